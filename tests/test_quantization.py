"""The converter: the lesson's numbers, every edge of every width, and exact fractions as a second opinion."""

from fractions import Fraction
from math import floor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnlib import binary, dequantize, quantization_error, quantization_step, quantize, sqnr

ALL_BITS = range(1, 17)
FULL_SCALES = [5.0, 3.3, 1.0, 0.8, 1.8, 2.7, 1e-3, 1e6]


# ---- the lesson's numbers
def test_three_bits_over_five_volts():
    assert quantization_step(3, 5) == 0.625
    volts = [0, 0.624, 0.625, 2.5, 4.374, 4.375, 5]
    assert quantize(volts, 3, 5).tolist() == [0, 0, 1, 4, 6, 7, 7]
    assert quantize(volts, 3, 5, ties="down").tolist() == [0, 0, 0, 3, 6, 6, 7]
    assert binary(quantize(2.5, 3, 5), bits=3) == "100"


def test_four_bits_have_steps_of_five_sixteenths():
    assert quantization_step(4, 5) == 0.3125


def test_one_bit_is_a_threshold_and_half_is_a_tie():
    assert quantize([0, 0.49, 0.5, 0.8, 1], 1, 1).tolist() == [0, 0, 1, 1, 1]
    assert quantize([0, 0.49, 0.5, 0.8, 1], 1, 1, ties="down").tolist() == [0, 0, 0, 1, 1]


@pytest.mark.parametrize(("at", "worst"), [("middle", 0.3125), ("lower", 0.625)])
def test_three_bits_miss_by_half_a_step_or_a_whole_one(at, worst):
    error = quantization_error(np.linspace(0, 5, 10_001), 3, 5, at=at)
    assert np.abs(error).max() == pytest.approx(worst)
    assert np.abs(error).max() <= worst


@pytest.mark.parametrize(
    ("bits", "decibels"), [(1, 6.44), (2, 12.81), (3, 19.09), (4, 25.31), (8, 49.79), (12, 73.97)]
)
def test_sqnr_of_a_full_scale_sine(bits, decibels):
    wave = 2.5 + 2.5 * np.sin(2 * np.pi * (np.arange(200_000) + 0.5) / 200_000)
    assert sqnr(wave, bits, 5) == pytest.approx(decibels, abs=0.005)


@pytest.mark.parametrize("bits", [1, 2, 3, 8, 12])
def test_sqnr_of_a_ramp_is_six_decibels_a_bit(bits):
    ramp = (np.arange(2**18) + 0.5) * (5 / 2**18)
    assert sqnr(ramp, bits, 5) == pytest.approx(20 * np.log10(2) * bits, abs=0.002)


def test_the_lower_edge_costs_six_decibels():
    ramp = (np.arange(2**16) + 0.5) * (5 / 2**16)
    assert sqnr(ramp, 4, 5) - sqnr(ramp, 4, 5, at="lower") == pytest.approx(6.02, abs=0.01)


# ---- edges
@pytest.mark.parametrize("full_scale", FULL_SCALES)
@pytest.mark.parametrize("bits", ALL_BITS)
def test_each_edge_is_its_code_by_every_way_of_writing_it(bits, full_scale):
    codes = np.arange(2**bits)
    step = quantization_step(bits, full_scale)
    for edges in (codes * step, codes / 2**bits * full_scale, full_scale * codes / 2**bits):
        np.testing.assert_array_equal(quantize(edges, bits, full_scale), codes)
        below = np.maximum(codes - 1, 0)
        np.testing.assert_array_equal(quantize(edges, bits, full_scale, ties="down"), below)
    middles = dequantize(codes, bits, full_scale)
    for ties in ("up", "down"):
        np.testing.assert_array_equal(quantize(middles, bits, full_scale, ties=ties), codes)
        for near in (codes + 1e-6, codes + 1 - 1e-6):  # what is off the edge is no tie
            np.testing.assert_array_equal(quantize(near * step, bits, full_scale, ties=ties), codes)


def test_tenths_of_a_volt_lie_on_their_edges_however_they_were_reached():
    expected = list(range(8))
    literal = [0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7]
    added = [0.0, *np.cumsum([0.1] * 7)]
    product = [0.1 * k for k in range(8)]
    assert floor(literal[3] / 0.1) == 2  # what the bare formula does
    for volts in (literal, added, product):
        assert quantize(volts, 3, 0.8).tolist() == expected
        assert quantize(volts, 3, 0.8, ties="down").tolist() == [0, 0, 1, 2, 3, 4, 5, 6]


@given(
    volts=st.fractions(-1, 7, max_denominator=1000),
    bits=st.integers(1, 12),
    full_scale=st.sampled_from([Fraction(5), Fraction(33, 10), Fraction(1, 2), Fraction(4, 5)]),
)
def test_decimal_numbers_get_the_code_that_exact_fractions_give(volts, bits, full_scale):
    top, steps = 2**bits - 1, volts * 2**bits / full_scale
    up = min(max(floor(steps), 0), top)
    down = min(max(-floor(-steps) - 1, 0), top)
    assert quantize(float(volts), bits, float(full_scale)) == up
    assert quantize(float(volts), bits, float(full_scale), ties="down") == down


@pytest.mark.parametrize("ties", ["up", "down"])
@pytest.mark.parametrize("bits", [1, 3, 16])
def test_out_of_range_clips_as_a_converter_does(bits, ties):
    top = 2**bits - 1
    volts = [-np.inf, -1e300, -0.001, -0.0, 5.0, 5.001, 1e300, np.inf]
    assert quantize(volts, bits, 5, ties=ties).tolist() == [0] * 4 + [top] * 4


@given(st.lists(st.floats(-10, 10), min_size=2), st.integers(1, 16), st.sampled_from(["up", "down"]))
def test_more_volts_never_give_a_lower_code_and_one_more_bit_halves_it(volts, bits, ties):
    volts = np.sort(volts)
    codes = quantize(volts, bits, 5, ties=ties)
    assert codes.dtype == np.int64
    assert (np.diff(codes) >= 0).all()
    if bits < 16 and ties == "up":
        np.testing.assert_array_equal(quantize(volts, bits + 1, 5) // 2, codes)


# ---- there and back
@given(st.lists(st.floats(0, 5), min_size=1), st.integers(1, 16), st.sampled_from(["up", "down"]))
def test_the_error_stays_within_half_a_step(volts, bits, ties):
    half = quantization_step(bits, 5) / 2
    assert np.abs(quantization_error(volts, bits, 5, ties=ties)).max() <= half * (1 + 1e-8)
    lower = quantization_error(volts, bits, 5, ties=ties, at="lower")
    assert lower.max() <= 1e-8 * half
    assert lower.min() >= -2 * half * (1 + 1e-8)


def test_volts_of_codes():
    assert dequantize([0, 7], 3, 5, at="lower").tolist() == [0, 4.375]
    assert dequantize(np.array([[255]], np.uint8), 8, 5).tolist() == [[255.5 * 5 / 256]]
    assert dequantize(65535, 16, 1) == 65535.5 / 65536


def test_shapes_are_kept_and_whole_numbers_taken():
    assert quantize(np.zeros((2, 3, 4)), 8, 5).shape == (2, 3, 4)
    assert quantize([], 8, 5).shape == (0,)
    assert quantize(np.array([0, 2, 5], np.uint8), 3, 5).tolist() == [0, 3, 7]
    assert quantization_error(np.zeros((2, 3)), 8, 5).shape == (2, 3)


def test_signals_without_variance_or_without_error():
    assert np.var([0.1] * 3) > 0  # by rounding alone
    assert sqnr([0.1] * 3, 3, 5) == -np.inf
    assert sqnr(dequantize(np.arange(8), 3, 5), 3, 5) == np.inf


# ---- words
@pytest.mark.parametrize("function", [quantize, quantization_error, sqnr])
def test_there_is_no_code_for_nan(function):
    with pytest.raises(ValueError, match=r": the voltages hold NaN, for which there is no code"):
        function([1.0, np.nan], 3, 5)


@pytest.mark.parametrize("function", [quantize, dequantize, quantization_error, sqnr])
@pytest.mark.parametrize("bits", [0, 17, -1, 2.0, "3", None])
def test_bits_are_one_to_sixteen(function, bits):
    with pytest.raises(ValueError, match=r"bits must be a whole number from 1 to 16, not "):
        function([1], bits, 5)


@pytest.mark.parametrize("function", [quantize, dequantize, quantization_error, sqnr])
@pytest.mark.parametrize("full_scale", [0, -5, np.nan, np.inf, "5 V"])
def test_the_full_scale_is_above_0_and_finite(function, full_scale):
    with pytest.raises(ValueError, match=r"full_scale must be (above 0|a finite number)"):
        function([1], 3, full_scale)


def test_steps_have_the_same_limits():
    with pytest.raises(ValueError, match=r"^quantization_step: bits must be a whole number from 1 to 16"):
        quantization_step(17, 5)
    with pytest.raises(ValueError, match=r"^quantization_step: full_scale must be above 0, not 0"):
        quantization_step(3, 0)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: quantize([1], 3, 5, ties="even"), r"^quantize: ties 'even' is unknown; use 'up' or 'down'"),
        (lambda: quantize(["1 V"], 3, 5), r"^quantize: cannot work with"),
        (lambda: quantize([1j], 3, 5), r"^quantize: cannot work with complex128 values"),
        (lambda: dequantize([1], 3, 5, at="top"), r"^dequantize: at 'top' is unknown; use 'middle' or"),
        (lambda: dequantize([8], 3, 5), r"^dequantize: 8 is not from 0 to 7, all that 3 bits can hold"),
        (lambda: dequantize([-1], 3, 5), r"^dequantize: -1 is not from 0 to 7"),
        (lambda: dequantize([1.0], 3, 5), r"^dequantize: cannot .* float64 values .*; give whole numbers"),
        (lambda: sqnr([], 3, 5), r"^sqnr: an infinite signal, or none, has no ratio"),
        (lambda: sqnr([1, np.inf], 3, 5), r"^sqnr: an infinite signal, or none, has no ratio"),
    ],
)
def test_what_is_wrong_is_said(call, message):
    with pytest.raises(ValueError, match=message):
        call()
