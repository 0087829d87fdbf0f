"""Lesson 1: learners' answers, right and known-wrong, and that every number of the exercises is true."""

import math

import numpy as np
import pytest

from cnnlib import binary, expose, pixels_per_cm, quantization_error, quantization_step, quantize, storage
from cnnlib.exercises import EXERCISES, check_codes, check_number, check_quantize, get_prediction

QUANTIZE = check_quantize.check


def clipped(volts, bits, full_scale):
    return np.clip(np.floor(volts / (full_scale / 2**bits)), 0, 2**bits - 1).astype(int)


def multiplied(volts, bits, full_scale):
    return np.clip((volts / full_scale * 2**bits).astype(int), 0, 2**bits - 1)


def one_by_one(volts, bits, full_scale):
    codes = np.zeros(volts.shape, np.uint16)
    for place, value in np.ndenumerate(volts):
        codes[place] = min(max(math.floor(value / full_scale * 2**bits), 0), 2**bits - 1)
    return codes


def by_counting(volts, bits, full_scale):
    edges = np.arange(1, 2**bits) * full_scale / 2**bits
    return (volts[..., None] >= edges).sum(axis=-1)


RIGHT = {check_quantize: [clipped, multiplied, one_by_one, by_counting]}


def test_the_truth_is_counted():
    for case in QUANTIZE.cases:
        np.testing.assert_array_equal(
            QUANTIZE.truth(*case.arguments), by_counting(*case.arguments), case.name
        )


def top_open(volts, bits, full_scale):
    codes = np.floor(volts / (full_scale / 2**bits)).astype(int)
    codes[codes < 0] = 0
    return codes


def in_bytes(volts, bits, full_scale):
    return np.clip(np.floor(volts / (full_scale / 2**bits)), 0, 2**bits - 1).astype(int).astype(np.uint8)


def rounded(volts, bits, full_scale):
    return np.clip(np.round(volts / (full_scale / 2**bits)), 0, 2**bits - 1).astype(int)


def counts_one_less(volts, bits, full_scale):
    step = full_scale / (2**bits - 1)
    return np.clip(np.round(volts / step), 0, 2**bits - 1).astype(int)


WRONG = {
    check_quantize: [
        (top_open, "The top is not clipped"),
        (lambda v, n, f: np.clip(np.floor(v / f * 2**n), 0, 2**n), "The top is not clipped"),
        (lambda v, n, f: np.floor(v * 2**n / f).astype(int), "Nothing is clipped"),
        (lambda v, n, f: (v * 2**n / f).astype(int), "Nothing is clipped"),
        (lambda v, n, f: np.minimum(np.floor(v / f * 2**n), 2**n - 1), "the bottom is not"),
        (lambda v, n, f: np.floor(v / f * 2**n).astype(int) % 2**n, "begin again"),
        (lambda v, n, f: np.floor(v / f * 2**n).astype(int) & (2**n - 1), "begin again"),
        (rounded, "round to the nearest"),
        (lambda v, n, f: np.clip(np.ceil(v / f * 2**n), 0, 2**n - 1), "You round up"),
        (lambda v, n, f: np.clip(np.ceil(v / f * 2**n) - 1, 0, 2**n - 1), "the lower one"),
        (counts_one_less, "2**bits − 1 steps"),
        (lambda v, n, f: np.floor(v / f * (2**n - 1)).astype(int), "2**bits − 1 steps"),
        (lambda v, n, f: np.clip(np.floor(v / (f / n)), 0, 2**n - 1), "each bit doubles it"),
        (lambda v, n, f: np.clip(np.floor(v / (f / (2 * n))), 0, 2**n - 1), "each bit doubles it"),
        (lambda v, n, f: np.clip(v // f, 0, 2**n - 1), "divide by the wrong thing"),
        (lambda v, n, f: np.clip(v // 2**n, 0, 2**n - 1), "divide by the wrong thing"),
        (lambda v, n, f: np.floor(v * (f / 2**n)), "divide by the wrong thing"),
        (in_bytes, "`uint8` is too small"),
        (lambda v, n, f: clipped(v, n, f) * f / 2**n, "what the code stands for"),
        (lambda v, n, f: (clipped(v, n, f) + 0.5) * f / 2**n, "what the code stands for"),
        (lambda v, n, f: np.clip(v / (f / 2**n), 0, 2**n - 1), "Codes are whole numbers"),
        (lambda v, n, f: clipped(v, n, f) + 1, "counted from 0"),
        (lambda v, n, f: clipped(v, 3, f), "number of bits is fixed"),
        (lambda v, n, f: clipped(v, n, 5.0), "The range is fixed"),
        (lambda v, n, f: int(v / f * 2**n), "take one number"),
        (lambda v, n, f: math.floor(v / f * 2**n), "take one number"),
        (lambda v, n, f: min(v // (f / 2**n), 2**n - 1), "look at one number"),
        (lambda v, n, f: 7 if v >= f else v, "look at one number"),
        (lambda v, n, f: [np.binary_repr(k, int(n)) for k in clipped(v, n, f).flat], "numbers is needed"),
        (lambda v, n, f: clipped(v, n, f).ravel(), "one long row"),
        (lambda volts: volts, "called as `quantize(volts, bits, full_scale)`"),
    ]
}


def test_unanswered():
    def todo(volts, bits, full_scale):
        raise NotImplementedError

    assert check_quantize(todo).verdict == "not answered yet"
    assert check_codes(4, "100", 7, ...).verdict == "not answered yet"


def test_the_codes_by_hand():
    assert check_codes(4, "100", 7, 0.3125).verdict == check_codes(4, 100, 7, 5 / 16).verdict == "right"
    assert check_codes(3, "100", 7, 0.3125).message.startswith("(code) Code 3 ends where")
    assert check_codes(4, "011", 7, 0.3125).message.startswith("(bits) 011 is 2 + 1")
    assert check_codes(4, "100", 8, 0.3125).message.startswith("(top) 8 needs four bits")
    assert check_codes(4, "100", 7, 5 / 15).message.startswith("(step) There are 16 steps")


def test_their_answers_are_true():
    code = int(quantize(2.5, 3, 5.0))
    assert EXERCISES["01-codes"].parts["code"].answer == code
    assert EXERCISES["01-codes"].parts["bits"].answer == int(binary(code, 3))
    assert EXERCISES["01-codes"].parts["top"].answer == quantize(5.0, 3, 5.0)
    assert EXERCISES["01-codes"].parts["step"].answer == quantization_step(4, 5.0)


def test_the_numbers_are_true():
    stripes = np.cos(2 * np.pi * 20 * np.arange(16) / 16)
    assert np.argmax(np.abs(np.fft.rfft(stripes))) == EXERCISES["01-alias"].answer
    shape = (1200, 1800, 3)
    assert pixels_per_cm(shape, (10, 15)) == (120, 120)
    assert storage(shape).bytes == EXERCISES["01-bytes"].answer
    for key in ("01-alias", "01-bytes"):
        assert check_number(key, EXERCISES[key].answer).verdict == "right"
        for wrong, says in EXERCISES[key].mistakes.items():
            assert check_number(key, wrong).message == says


def test_the_predictions_are_true():
    assert expose(4 / 5, exposure=10.0) / 2 == get_prediction("01-predict-full").right
    stripes = np.cos(2 * np.pi * 13 * np.arange(16) / 16)
    assert np.argmax(np.abs(np.fft.rfft(stripes))) == get_prediction("01-predict-stripes").right
    ramp = np.linspace(0, 5, 1000)
    assert np.unique(quantize(ramp, 3, 5.0)).size == 8
    assert "8 flat bands" in get_prediction("01-predict-banding").reveal
    assert int("011", 2) == quantize(2.5, 3, 5.0, ties="down") == 3


def worst_error(bits):
    return np.abs(quantization_error(np.linspace(0, 5, 8001), bits, 5.0)).max()


TRUE = {  # whether an option is what happens
    "01-predict-code": lambda option: int(option, 2) == quantize(2.5, 3, 5.0),
    "01-predict-top": lambda option: option == f"{quantize(5.0, 3, 5.0)} = {binary(7, 3)}",
    "01-predict-sqnr": lambda option: np.isclose(
        {"half": 1 / 2, "quarter": 3 / 4, "same": 1, "twice": 2}[
            next(word for word in ("half", "quarter", "same", "twice") if word in option)
        ],
        worst_error(4) / worst_error(3),
    ),
}


@pytest.mark.parametrize("key", TRUE)
def test_exactly_one_option_is_true(key):
    prediction = get_prediction(key)
    assert [option for option in prediction.options if TRUE[key](option)] == [prediction.right]
