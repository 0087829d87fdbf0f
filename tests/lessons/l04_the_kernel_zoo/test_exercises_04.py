"""Lesson 4: learners' answers, right and known-wrong, and that every number of the exercises is true."""

import numpy as np
import pytest

from cnnlib.exercises import (
    EXERCISES,
    check_display,
    check_kernel_sums,
    check_line_detector,
    check_normalise,
    check_sharpen,
    check_shift_kernel,
    get_prediction,
)

BLUR = np.ones((3, 3)) / 9
IDENTITY = np.array([[0, 0, 0], [0, 1, 0], [0, 0, 0]])
OUTLINE = [[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]]
LINE = np.array([[-1, 2, -1]] * 3)


def single(row, col, weight=1):
    kernel = np.zeros((3, 3))
    kernel[row, col] = weight
    return kernel


RIGHT = {
    check_shift_kernel: [single(1, 0), single(1, 0).tolist()],
    check_normalise: [BLUR, np.full((3, 3), 1 / 9, np.float32)],
    check_sharpen: [
        [[0, -1, 0], [-1, 5, -1], [0, -1, 0]],
        [[-1, -1, -1], [-1, 9, -1], [-1, -1, -1]],
        2 * IDENTITY - BLUR,
    ],
    check_line_detector: [LINE, [[-1, 2, -1], [-2, 4, -2], [-1, 2, -1]], [[0, 0, 0], [-1, 2, -1], [0, 0, 0]]],
    check_display: [
        lambda values: np.clip(values, 0, 255).astype(np.uint8),
        lambda values: np.minimum(np.maximum(values, 0), 255).astype("uint8"),
    ],
}


WRONG = {
    check_display: [
        (lambda values: np.clip(values.astype(np.uint8), 0, 255), "too late"),
        (lambda values: np.clip(values, 0, 256).astype(np.uint8), "256 would wrap to 0"),
        (lambda values: values * np.nan, "gives nan there"),
    ],
    check_shift_kernel: [
        (single(1, 2), "to the left"),
        (single(1, 1), "leaves every pixel where it is"),
        (single(0, 1), "moves the picture down"),
        (single(2, 1), "moves the picture up"),
        (single(0, 0), "both rows and columns"),
        (single(1, 0, 2), "changes the brightness"),
        (single(1, 0, -1), "change places"),
        (single(1, 0) + single(1, 1), "one more copy"),
        (np.zeros((3, 3)), "every output is black"),
    ],
    check_normalise: [
        (np.ones((3, 3), int) // 9, "`//` cuts off"),
        (np.ones((3, 3)), "add up to 9"),
        (np.ones((3, 3)) / 3, "divided by the side"),
        (np.ones((3, 3)) / 16, "darker"),
        (np.ones((3, 3)) / 4, "brighter"),
        (IDENTITY, "single weight"),
        (np.outer([1, 2, 1], [1, 2, 1]) / 16, "Gaussian"),
        (-BLUR, "none of its weights is negative"),
    ],
    check_sharpen: [
        (2 * np.eye(3) - BLUR, "`np.eye(3)` has ones down its whole diagonal"),
        (np.eye(3), "`np.eye(3)` has ones down its whole diagonal"),
        (np.zeros((3, 3)), "every output is black"),
        (OUTLINE, "only the detail is left"),
        (IDENTITY - BLUR, "only the detail is left"),
        (IDENTITY, "This is the identity"),
        (2 * IDENTITY - np.ones((3, 3), int) // 9, "integer division"),
        (2 * IDENTITY + BLUR, "blur was added"),
        (BLUR, "this is a blur"),
        (BLUR - 2 * IDENTITY, "wrong way round"),
        ([[0, -1, 0], [-1, 6, -1], [0, -1, 0]], "do not add up to 1"),
        ([[-2, -1, 0], [-1, 1, 1], [0, 1, 2]], "emboss"),
        ([[1, -1, 1], [-1, 1, -1], [1, -1, 1]], "A neighbour is added"),
        ([[0, 0, 0], [-1, 3, -1], [0, 0, 0]], "one direction only"),
    ],
    check_line_detector: [
        ([[1, 0, -1]] * 3, "edge detector"),
        ([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]], "edge detector"),
        ([[2, -1, -1]] * 3, "outer column"),
        (LINE + single(1, 1), "plain wall"),
        (LINE.T, "rotated by 90°"),
        (-LINE, "dark lines"),
        ([[0, 1, -1]] * 3, "only one side"),
        (OUTLINE, "every direction"),
        ([[1, 0, -1], [0, 0, 0], [-1, 0, 1]], "Each column adds up to 0"),
        (np.zeros((3, 3)), "All weights are 0"),
    ],
}

CLOSE = {check_normalise: [(np.full((3, 3), 0.11), "rounded")]}


def test_an_empty_function_is_told_without_a_word_of_loops():
    assert str(check_display(lambda values: None)) == (
        "Not answered yet. The function returns nothing so far. "
        "If its lines are written, only the `return` is missing."
    )
    assert "`as_bytes(values)`" in check_display().message  # the lesson's name


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
    assert {key: EXERCISES[key].answer for key in truth} == truth


def test_the_predictions_are_true():
    line, edge = np.full((3, 3), 40), np.array([[1, 0, -1]] * 3)
    line[:, 1] = 200
    assert get_prediction("04-predict-line").right == str((line * edge).sum())
    assert get_prediction("04-predict-sum").right == str((np.full((3, 3), 40) * edge).sum())
    assert get_prediction("04-predict-wrap").right == str(np.array([-150]).astype(np.uint8)[0])
    with pytest.raises(OverflowError):
        np.uint8(-150)
    reveal = get_prediction("04-predict-sharpen-range").reveal
    assert str(5 * 255) in reveal
    assert f"−{4 * 255}" in reveal


def test_imshow_rescales():
    from matplotlib.figure import Figure

    drawn = Figure().subplots().imshow(np.array([[-150, 300], [0, 100]]), cmap="gray")
    assert drawn.get_clim() == (-150, 300)
