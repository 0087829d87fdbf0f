"""What holds for each number and each guess of every lesson."""

import numpy as np
import pytest

from cnnlib.exercises import EXERCISES, Number, Prediction, check_number, commit

NUMBERS = [key for key, exercise in EXERCISES.items() if isinstance(exercise, Number)]
GUESSES = [key for key, exercise in EXERCISES.items() if isinstance(exercise, Prediction)]


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
