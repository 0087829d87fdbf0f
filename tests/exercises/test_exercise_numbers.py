"""What holds for each number and each guess of every lesson."""

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


@pytest.mark.parametrize("typed", ["many", "inf", "9" * 400, True, [1], 10**400])
def test_what_is_no_number_is_told(typed):
    assert "One number is needed" in check_number("12-parameters", typed).message


def test_a_comma_in_a_number_is_explained():
    said = check_number("12-parameters", 63, 802)
    assert said.verdict == "not answered yet"
    assert "12_345" in said.message
