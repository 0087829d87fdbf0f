"""Numbers as the learner reads and types them."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnlib.demo.numbers import MINUS, number_text, parse_number, signed_text

FINITE = st.floats(allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (-0.0, "0"),
        (-150, "−150"),
        (1 / 9, "0.111"),
        (0.5, "0.5"),
        (-0.25, "−0.25"),
        (2.99951, "3"),
        (1e-5, "1.00e−05"),
        (np.uint8(255), "255"),
        (np.float32(0.1), "0.1"),
        (True, "1"),
        (12345.6, "12,300"),
        (-9999.9, "−10,000"),
        (np.nan, "none"),
        (np.inf, "∞"),
        (-np.inf, "−∞"),
    ],
)
def test_numbers_are_short(value, text):
    assert number_text(value) == text


@given(FINITE)
def test_no_hyphen_stands_for_a_minus(value):
    assert "-" not in number_text(value) + signed_text(value)


@given(st.integers(-(10**6), 10**6))
def test_whole_numbers_come_back_as_whole_numbers(value):
    back = parse_number(number_text(value))
    assert back == value
    assert isinstance(back, int)


@given(st.floats(-1e6, 1e6))
def test_three_digits_come_back(value):
    assert parse_number(number_text(value)) == pytest.approx(value, rel=5e-3, abs=1e-300)


@given(FINITE)
def test_never_more_than_three_significant_digits_of_a_fraction(value):
    text = number_text(value)
    if value != round(value):
        digits = re.sub(rf"e.*|[{MINUS}.,]", "", text)
        assert len(digits.strip("0")) <= 3


@given(st.integers(-(10**15) + 1, 10**15 - 1))
def test_whole_numbers_are_exact(value):
    assert int(number_text(value).replace(MINUS, "-").replace(",", "")) == value


@given(FINITE)
def test_a_legend_always_says_the_sign(value):
    first = signed_text(value)[0]
    assert first == ("+" if value > 0 else MINUS if value < 0 else "0")


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("3", 3),
        (" 3 ", 3),
        ("-1", -1),
        ("−1", -1),
        ("+2", 2),
        ("0.5", 0.5),
        ("0,5", 0.5),
        (".5", 0.5),
        ("1/9", 1 / 9),
        ("−1/4", -0.25),
        ("1 / 4", 0.25),
        ("4/2", 2),
        ("1e3", 1000),
        ("1000000", 10**6),
        ("28,800", 28800),
        ("−1,000,000", -(10**6)),
        ("28,800/3", 9600),
        ("1/10,000", 1e-4),
        ("1,125", 1.125),
    ],
)
def test_what_can_be_typed(typed, value):
    found = parse_number(typed)
    assert found == value
    assert isinstance(found, int) == isinstance(value, int)


@pytest.mark.parametrize(
    "typed",
    ["", " ", "abc", "1 2", "--1", "1/0", "0/0", "1/2/3", "nan", "NaN", "inf", "-inf", "∞", "1;2"],
)
def test_what_is_no_number(typed):
    with pytest.raises(ValueError, match="is not a number; type one such as"):
        parse_number(typed)


@pytest.mark.parametrize("typed", ["1000001", "-1e9", "1/1e-9", "9" * 300, "1e999", "9" * 400])
def test_what_is_too_large(typed):
    with pytest.raises(ValueError, match="too large; stay within ±1,000,000"):
        parse_number(typed)


@given(st.text(max_size=2000))
def test_anything_typed_is_a_number_or_one_short_sentence(typed):
    try:
        said = parse_number(typed)
    except ValueError as error:
        said = str(error)
    if isinstance(said, str):
        assert len(said) < 120
    else:
        assert abs(said) <= 1e6
