"""Samples and aliases: by hand, and by what sampling cannot tell apart."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnlib import alias_frequency, sample, stripe_wave


def test_a_scan_line_is_read_at_the_point_before_each_place():
    line = np.arange(10) * 10
    places, values = sample(line, 4)  # at 0, 2.5, 5 and 7.5 points
    assert values.tolist() == [0, 20, 50, 70]
    assert places.tolist() == [0, 0.2, 0.5, 0.7]
    assert sample(line, 1)[1].tolist() == [0]


@pytest.mark.parametrize("size", [1, 7, 49, 1000])
def test_as_many_samples_as_points_are_the_line(size):
    line = np.random.default_rng(0).random(size)
    places, values = sample(line, size)
    np.testing.assert_array_equal(values, line)
    np.testing.assert_array_equal(places, np.arange(size) / size)


def test_a_function_is_asked_at_equal_distances():
    places, values = sample(lambda place: 8 * place, 4)
    assert places.tolist() == [0, 0.25, 0.5, 0.75]
    assert values.tolist() == [0, 2, 4, 6]


@pytest.mark.parametrize(
    ("signal", "count", "message"),
    [
        ([1, 2, 3], 4, r"4 samples cannot be taken of shape \(3,\); take fewer"),
        ([[1, 2], [3, 4]], 1, r"1 samples cannot be taken of shape \(2, 2\)"),
        ([1, 2, 3], 0, r"count must be a whole number of at least 1, not 0"),
        ([1, 2, 3], 1.5, r"count must be a whole number of at least 1, not 1\.5"),
        (["a"], 1, r"cannot work with"),
    ],
)
def test_sample_says_what_is_wrong(signal, count, message):
    with pytest.raises(ValueError, match="^sample: " + message):
        sample(signal, count)


def test_stripes_are_bright_at_their_start_and_dark_half_way():
    np.testing.assert_allclose(stripe_wave([0, 0.25, 0.5, 0.75, 1], 2), [1, 0, 1, 0, 1], atol=1e-15)
    assert stripe_wave(np.arange(1000) / 1000, 5).mean() == pytest.approx(0.5)
    assert stripe_wave([0.1, 0.7], 0).tolist() == [1, 1]


@pytest.mark.parametrize(
    ("frequency", "alias"), [(0, 0), (3, 3), (7, 7), (8, 8), (9, 7), (13, 3), (15, 1), (16, 0), (19, 3)]
)
def test_sixteen_samples_see_at_most_eight_stripes(frequency, alias):
    assert alias_frequency(frequency, 16) == alias
    dots, pretended = (sample(lambda p, f=f: stripe_wave(p, f), 16)[1] for f in (frequency, alias))
    np.testing.assert_allclose(dots, pretended, atol=1e-12)


@given(st.floats(0, 200), st.integers(1, 40))
def test_no_sample_tells_a_frequency_from_its_alias(frequency, rate):
    alias = alias_frequency(frequency, rate)
    assert 0 <= alias <= rate / 2
    places = np.arange(rate) / rate
    np.testing.assert_allclose(stripe_wave(places, alias), stripe_wave(places, frequency), atol=1e-9)
    if frequency <= rate / 2:
        assert alias == frequency


@given(st.floats(0, 20), st.integers(1, 40))
def test_multiples_of_the_rate_pass_unseen(frequency, rate):
    assert alias_frequency(frequency + 3 * rate, rate) == pytest.approx(
        alias_frequency(frequency, rate), abs=1e-9
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((-1, 16), r"frequency must be a finite number of at least 0, not -1"),
        ((np.nan, 16), r"frequency must be a finite number"),
        ((3, 0), r"rate must be above 0, not 0"),
        ((3, np.inf), r"rate must be a finite number"),
    ],
)
def test_alias_frequency_says_what_is_wrong(arguments, message):
    with pytest.raises(ValueError, match="^alias_frequency: " + message):
        alias_frequency(*arguments)


def test_stripe_wave_says_what_is_wrong():
    with pytest.raises(ValueError, match=r"^stripe_wave: frequency must be a finite number of at least 0"):
        stripe_wave([0], -2)
