"""The checks of kernels, bytes and numbers: solutions pass, known mistakes are named, nothing raises."""

import numpy as np
import pytest

from cnnlib.exercises import (
    EXERCISES,
    Number,
    check_display,
    check_kernel_sums,
    check_line_detector,
    check_normalise,
    check_number,
    check_sharpen,
    check_shift_kernel,
)
from cnnlib.exercises.bank04 import DISPLAY
from cnnlib.exercises.grading import grade_function

BLUR = np.ones((3, 3)) / 9
IDENTITY = np.array([[0, 0, 0], [0, 1, 0], [0, 0, 0]])
OUTLINE = [[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]]
LINE = np.array([[-1, 2, -1]] * 3)
NUMBERS = {key: exercise for key, exercise in EXERCISES.items() if isinstance(exercise, Number)}


def single(row, col, weight=1):
    kernel = np.zeros((3, 3))
    kernel[row, col] = weight
    return kernel


RIGHT = [
    (check_shift_kernel, single(1, 0)),
    (check_shift_kernel, single(1, 0).tolist()),
    (check_normalise, BLUR),
    (check_normalise, np.full((3, 3), 1 / 9, np.float32)),
    (check_sharpen, [[0, -1, 0], [-1, 5, -1], [0, -1, 0]]),
    (check_sharpen, [[-1, -1, -1], [-1, 9, -1], [-1, -1, -1]]),
    (check_sharpen, 2 * IDENTITY - BLUR),
    (check_line_detector, LINE),
    (check_line_detector, [[-1, 2, -1], [-2, 4, -2], [-1, 2, -1]]),
    (check_line_detector, [[0, 0, 0], [-1, 2, -1], [0, 0, 0]]),
]


@pytest.mark.parametrize(("check", "kernel"), RIGHT)
def test_right_kernels_pass(check, kernel):
    assert check(kernel).verdict == "right"


WRONG = [
    (check_shift_kernel, single(1, 2), "to the left"),
    (check_shift_kernel, single(1, 1), "leaves every pixel where it is"),
    (check_shift_kernel, single(0, 1), "moves the picture down"),
    (check_shift_kernel, single(2, 1), "moves the picture up"),
    (check_shift_kernel, single(0, 0), "both rows and columns"),
    (check_shift_kernel, single(1, 0, 2), "changes the brightness"),
    (check_shift_kernel, single(1, 0, -1), "change places"),
    (check_shift_kernel, single(1, 0) + single(1, 1), "one more copy"),
    (check_shift_kernel, np.zeros((3, 3)), "every output is black"),
    (check_normalise, np.ones((3, 3), int) // 9, "`//` cuts off"),
    (check_normalise, np.ones((3, 3)), "add up to 9"),
    (check_normalise, np.ones((3, 3)) / 3, "divided by the side"),
    (check_normalise, np.ones((3, 3)) / 16, "darker"),
    (check_normalise, np.ones((3, 3)) / 4, "brighter"),
    (check_normalise, IDENTITY, "single weight"),
    (check_normalise, np.outer([1, 2, 1], [1, 2, 1]) / 16, "Gaussian"),
    (check_normalise, -BLUR, "none of its weights is negative"),
    (check_sharpen, 2 * np.eye(3) - BLUR, "`np.eye(3)` has ones down its whole diagonal"),
    (check_sharpen, np.eye(3), "`np.eye(3)` has ones down its whole diagonal"),
    (check_sharpen, OUTLINE, "only the detail is left"),
    (check_sharpen, IDENTITY - BLUR, "only the detail is left"),
    (check_sharpen, IDENTITY, "This is the identity"),
    (check_sharpen, 2 * IDENTITY - np.ones((3, 3), int) // 9, "integer division"),
    (check_sharpen, 2 * IDENTITY + BLUR, "blur was added"),
    (check_sharpen, BLUR, "this is a blur"),
    (check_sharpen, BLUR - 2 * IDENTITY, "wrong way round"),
    (check_sharpen, [[0, -1, 0], [-1, 6, -1], [0, -1, 0]], "do not add up to 1"),
    (check_sharpen, [[-2, -1, 0], [-1, 1, 1], [0, 1, 2]], "emboss"),
    (check_sharpen, [[1, -1, 1], [-1, 1, -1], [1, -1, 1]], "A neighbour is added"),
    (check_sharpen, [[0, 0, 0], [-1, 3, -1], [0, 0, 0]], "one direction only"),
    (check_line_detector, [[1, 0, -1]] * 3, "edge detector"),
    (check_line_detector, [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]], "edge detector"),
    (check_line_detector, LINE + single(1, 1), "empty wall"),
    (check_line_detector, LINE.T, "turned by 90°"),
    (check_line_detector, -LINE, "dark lines"),
    (check_line_detector, [[0, 1, -1]] * 3, "only one side"),
    (check_line_detector, OUTLINE, "every direction"),
    (check_line_detector, [[1, 0, -1], [0, 0, 0], [-1, 0, 1]], "Each column adds up to 0"),
    (check_line_detector, np.zeros((3, 3)), "All weights are 0"),
]


@pytest.mark.parametrize(("check", "kernel", "words"), WRONG)
def test_a_known_mistake_is_named(check, kernel, words):
    feedback = check(kernel)
    assert feedback.verdict == "wrong"
    assert words in feedback.message


def test_a_rounded_blur_is_close():
    assert check_normalise(np.full((3, 3), 0.11)).verdict == "close"


KERNEL_CHECKS = [check_shift_kernel, check_normalise, check_sharpen, check_line_detector]


@pytest.mark.parametrize("check", KERNEL_CHECKS)
@pytest.mark.parametrize("kernel", [None, ..., [[0, ..., 0]] * 3, np.array([[0, ..., 0]] * 3)])
def test_an_unanswered_kernel(check, kernel):
    assert check(kernel).verdict == "not answered yet"


@pytest.mark.parametrize("check", KERNEL_CHECKS)
@pytest.mark.parametrize(
    ("kernel", "words"),
    [
        (np.ones((3, 2)), "this one is 3 × 2"),
        (1.0, "this one is a single number"),
        ("blur", "not a value of type str"),
        ([[1], [1, 2]], "not a value of type list"),
        (print, "not a value of type"),
        (np.full((3, 3), np.nan), "ordinary number"),
        (np.ones((3, 3), complex), "not a value of type ndarray"),
    ],
)
def test_strange_kernels_are_told_not_raised(check, kernel, words):
    assert words in check(kernel).message


@pytest.mark.parametrize("function", [
    lambda values: np.clip(values, 0, 255).astype(np.uint8),
    lambda values: np.minimum(np.maximum(values, 0), 255).astype("uint8"),
])  # fmt: skip
def test_display_solutions(function):
    assert check_display(function).verdict == "right"


@pytest.mark.parametrize("mistake", DISPLAY.mistakes)
def test_each_display_mistake_is_named(mistake):
    assert grade_function(mistake.imitate, DISPLAY).message == mistake.says


def test_display_clipped_after_the_conversion():
    assert "too late" in check_display(lambda values: np.clip(values.astype(np.uint8), 0, 255)).message


def test_display_clipped_at_256():
    message = check_display(lambda values: np.clip(values, 0, 256).astype(np.uint8)).message
    assert "256 would wrap to 0" in message


def test_an_empty_function_is_told_without_a_word_of_loops():
    assert str(check_display(lambda values: None)) == (
        "Not answered yet. The function returns nothing so far. "
        "If its lines are written, only the `return` is missing."
    )
    assert "`as_bytes(values)`" in check_display().message  # the lesson's name


def test_a_number_that_is_none_is_called_so():
    assert "gives nan there" in check_display(lambda values: values * np.nan).message


def test_display_in_place_is_noticed():
    def in_place(values):
        values[values < 0] = 0
        values[values > 255] = 255
        return values.astype(np.uint8)

    assert "changes the array" in check_display(in_place).message


def test_kernel_sums():
    assert check_kernel_sums(1, 0, 1).verdict == "right"
    assert check_kernel_sums(1, 0, np.full(9, 1 / 9).sum()).verdict == "right"
    assert "(edge) You dropped the signs" in check_kernel_sums(1, 16, 1).message
    assert "(identity) You counted the cells" in check_kernel_sums(9, 0, 1).message
    assert "(blur) A ninth is not 0" in check_kernel_sums(1, 0, 0).message
    assert check_kernel_sums(1, 0).verdict == "not answered yet"
    assert check_kernel_sums(1, ..., 7).verdict == "not answered yet"


def test_the_numbers_are_true():
    places = (32 - 5 + 1) ** 2
    seen = sum(1 for row in range(10) for col in range(10) if 0 <= 5 - row < 5 and 0 <= 5 - col < 5)
    truth = {
        "03-places": places,
        "03-products": np.ones((5, 5, 3)).size,
        "03-touches": seen,
        "03-side": len(range(32 - 7 + 1)),
        "04-clip": np.clip(-150, 0, 255),
        "04-wrap": np.array([400]).astype(np.uint8)[0],
    }
    assert {key: NUMBERS[key].answer for key in truth} == truth


@pytest.mark.parametrize("key", NUMBERS)
def test_numbers_right_wrong_and_strange(key):
    exercise = NUMBERS[key]
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
    exercise = NUMBERS[key]
    words = " ".join([exercise.hint, *exercise.mistakes.values()]).replace(".", " ").replace(",", " ").split()
    if exercise.answer not in (0, 9):  # small numbers occur in passing: the cells of a kernel, the first byte
        assert str(exercise.answer) not in words


def test_an_unknown_exercise_is_the_authors_mistake():
    with pytest.raises(ValueError, match=r"no exercise '03-plces'; use one of .*03-places"):
        check_number("03-plces", 784)
