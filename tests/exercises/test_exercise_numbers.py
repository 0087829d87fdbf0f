"""What holds for each number and each guess of every lesson."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from cnnlib.exercises import EXERCISES, Number, Prediction, check_codes, check_number, commit
from cnnlib.exercises.sums import explain_number, value_of

NUMBERS = [key for key, exercise in EXERCISES.items() if isinstance(exercise, Number)]
GUESSES = [key for key, one in EXERCISES.items() if isinstance(one, Prediction) and one.kind != "test"]


@pytest.mark.parametrize("key", NUMBERS)
def test_a_wrong_number_gets_its_own_reply(key):
    exercise = EXERCISES[key]
    assert check_number(key, exercise.answer).message == exercise.why
    for wrong, says in exercise.mistakes.items():
        assert check_number(key, wrong).message == says
    assert exercise.answer not in exercise.mistakes
    assert check_number(key, 1234567).message == exercise.hint
    assert check_number(key).verdict == "not answered yet"


@pytest.mark.parametrize("key", GUESSES)
def test_each_option_is_answered(key):
    guess = EXERCISES[key]
    for option in guess.options:
        assert (commit(key, option).verdict == "right") == (option == guess.right)


@pytest.mark.parametrize("typed", [63802, "63802", "63,802", " 63,802 ", "127604/2"])
def test_a_number_may_be_typed_as_the_lessons_write_it(typed):
    assert check_number("12-parameters", typed).verdict == "right"


@pytest.mark.parametrize("typed", ["many", "inf", "9" * 400, True, [6, 3], 10**400])
def test_what_is_no_number_is_told(typed):
    assert "One number is needed" in check_number("12-parameters", typed).message


def test_a_comma_in_a_number_is_explained():
    said = check_number("12-parameters", 63, 802)
    assert said.verdict == "not answered yet"
    assert "12_345" in said.message


@pytest.mark.parametrize("key", NUMBERS)
def test_numbers_right_wrong_and_strange(key):
    exercise = EXERCISES[key]
    for value in (
        exercise.answer,
        float(exercise.answer),
        str(exercise.answer),
        np.array([exercise.answer])[0],
    ):
        assert check_number(key, value).verdict == "right"
    for value, says in exercise.mistakes.items():
        assert check_number(key, value).message == says
    assert check_number(key, 12345).message == exercise.hint
    for value in ("many", [1, 2], {}, print, True, np.nan, 1j, object(), 10**5000):
        assert check_number(key, value).verdict == "wrong"
    for value in (None, ..., "", " ... "):
        assert check_number(key, value).verdict == "not answered yet"


@pytest.mark.parametrize("key", NUMBERS)
def test_a_hint_never_says_the_answer(key):
    exercise = EXERCISES[key]
    words = " ".join([exercise.hint, *exercise.mistakes.values()]).replace(".", " ").replace(",", " ").split()
    if exercise.answer not in (0, 9):  # small numbers occur in passing: the cells of a kernel, the first byte
        assert str(exercise.answer) not in words


def test_an_unknown_exercise_is_the_authors_mistake():
    with pytest.raises(ValueError, match=r"no exercise '03-plces'; use one of .*03-places"):
        check_number("03-plces", 784)


# ---- a number is a number, however it is written
@pytest.mark.parametrize(
    "written",
    [
        *("2416", "2,416", "2 416", "2.416", "2'416", "2\N{NARROW NO-BREAK SPACE}416"),
        *(Fraction(2416), Decimal("2416.0"), [2416], np.float32(2416), 2416 + 0j),
        *(np.array(2416), np.array([2416]), np.array([[2416]], object)),
    ],
)
def test_a_right_number_is_right_in_any_notation(written):
    assert check_number("08-lenet-2", written).verdict == "right"


@pytest.mark.parametrize("written", ["2.416", 2.416])
def test_a_point_is_a_thousand_only_where_thousands_are_meant(written):
    assert check_number("11-step", written).verdict == "wrong"
    assert (check_number("08-lenet-2", written).verdict == "right") == isinstance(written, str)


@pytest.mark.parametrize("written", [28 / 3, 9.33, 9.3, "28/3", Fraction(28, 3), 9.333])
def test_a_known_wrong_number_is_found_in_any_rounding(written):
    assert "windows side by side" in check_number("09-size", written).message


@pytest.mark.parametrize("written", [180 / 49, 3.673, 3.67, "180/49", 3.6735])
def test_a_right_number_may_be_rounded(written):
    assert check_number("07-mean", written).verdict == "right"


@pytest.mark.parametrize("bits", [100, "100", "0b100", bin(4), [1, 0, 0], np.array([1, 0, 0])])
def test_bits_may_be_written_as_python_does(bits):
    assert check_codes(4, bits, 7, 0.3125).verdict == "right"


@pytest.mark.parametrize(
    ("key", "number", "words"),
    [
        ("08-lenet-2", 16 * (25 * 3 + 1), "3 in place of 6 maps"),
        ("12-parameters", 63802 - 230, "1 bias is left out with 400 numbers, 120 numbers, 100 numbers"),
        ("10-own", 32 * 32 * 5 * 9 * 5, "5 filters comes in twice"),
        ("08-next", 19, "they multiply"),
        ("11-steps", 1442 / 64, "no part of a step"),
        ("12-head", 26 * 101 * 10, "a zero too many"),
    ],
)
def test_a_slip_in_the_calculation_is_named(key, number, words):
    feedback = check_number(key, number)
    assert feedback.verdict == "wrong"
    assert words in feedback.message


NUMBERS_MADE = {
    (key, name): part
    for key, asked in EXERCISES.items()
    for name, part in getattr(asked, "parts", {"": asked}).items()
    if getattr(part, "made_of", "")
}


@pytest.mark.parametrize("key", NUMBERS_MADE)
def test_no_slip_in_a_calculation_gives_the_right_number(key):
    part = NUMBERS_MADE[key]
    assert value_of(part.made_of) == pytest.approx(part.answer, rel=1e-3)
    assert explain_number(value_of(part.made_of), part.made_of) == ""
