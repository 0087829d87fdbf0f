"""Lesson 5: learners' answers, right and known-wrong, and that every number of the exercises is true."""

import numpy as np
import pytest
from scipy.signal import convolve2d, correlate2d

from cnnlib.exercises import (
    EXERCISES,
    check_convolve,
    check_echo,
    check_flip,
    check_mirror,
    check_modes,
    get_prediction,
)

CONVOLVE = check_convolve.check
FLIP = check_flip.check
ECHO = check_echo.check
MIRROR = check_mirror.check


GRAY = np.array([[50, 75, 100, 125], [150, 175, 200, 225], [100, 125, 150, 175], [25, 50, 75, 100]])
EDGE = np.array([[1, 0, -1]] * 3)
TASKS = [FLIP, CONVOLVE, ECHO, MIRROR]


def by_hand(image, kernel):
    kernel = [row[::-1] for row in kernel.tolist()][::-1]
    rows, cols = image.shape[0] - len(kernel) + 1, image.shape[1] - len(kernel[0]) + 1
    out = np.zeros((rows, cols))
    for row, col in np.ndindex(rows, cols):
        for i, j in np.ndindex(len(kernel), len(kernel[0])):
            out[row, col] += float(image[row + i, col + j]) * kernel[i][j]
    return out


def looped_flip(kernel):
    out = np.zeros_like(kernel)
    rows, cols = kernel.shape
    for i, j in np.ndindex(rows, cols):
        out[rows - 1 - i, cols - 1 - j] = kernel[i, j]
    return out


def echo(sound, delay, strength):
    out = np.zeros(len(sound) + delay)
    for n, sample in enumerate(sound):
        out[n] += sample
        out[n + delay] += strength * sample
    return out


def mirror(image, width):
    rows = [image[i] for i in range(width)][::-1] + list(image) + [image[-1 - i] for i in range(width)]
    columns = np.array(rows).T
    columns = list(columns[:width][::-1]) + list(columns) + [columns[-1 - i] for i in range(width)]
    return np.array(columns).T


RIGHT = {
    check_flip: [
        looped_flip,
        lambda kernel: np.rot90(kernel, 2),
        lambda kernel: np.flipud(np.fliplr(kernel)).tolist(),
    ],
    check_convolve: [
        by_hand,
        lambda image, kernel: convolve2d(image.astype(float), kernel, "valid"),
        lambda i, k: correlate2d(i.astype(float), k[::-1, ::-1], "valid"),
    ],
    check_echo: [echo, lambda x, d, s: np.convolve(x, np.concatenate([[1], np.zeros(d - 1), [s]]))],
    check_mirror: [mirror, lambda image, width: np.pad(image, width, mode="symmetric")],
}


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.call)
def test_the_truths_are_scipys_and_the_loops(task):
    other = dict(zip((task.call for task in TASKS), (looped_flip, by_hand, echo, mirror), strict=True))[
        task.call
    ]
    for case in task.cases:
        np.testing.assert_allclose(task.truth(*case.arguments), other(*case.arguments))


WRONG = {
    check_flip: [
        (np.flipud, "Only the order of the rows"),
        (np.fliplr, "Only the columns"),
        (np.transpose, "Rows and columns are swapped"),
        (np.copy, "not turned at all"),
        (lambda k: np.flip(np.flip(k)), "turned twice"),
        (np.rot90, "quarter turn"),
        (np.negative, "signs are changed"),
    ],
    check_convolve: [
        (lambda i, k: correlate2d(1.0 * i, k, "valid"), "cross-correlation"),
        (lambda i, k: convolve2d(1.0 * i, k[::-1, ::-1], "valid"), "flipped twice"),
        (lambda i, k: correlate2d(1.0 * i, k[::-1], "valid"), "order of the rows"),
        (lambda i, k: correlate2d(1.0 * i, k[:, ::-1], "valid"), "Only the columns"),
        (lambda i, k: correlate2d(1.0 * i, k.T, "valid"), "swapped"),
        (lambda i, k: correlate2d(1.0 * i[::-1, ::-1], k, "valid"), "flipped the picture"),
        (lambda i, k: convolve2d(1.0 * i, k), 'That is "full"'),
        (lambda i, k: correlate2d(1.0 * i, k), "And the kernel is not turned"),
        (lambda i, k: -correlate2d(1.0 * i, k, "valid"), "changed the sign"),
        (lambda i, k: by_hand(i, k).astype(int).astype(i.dtype), "wrap round"),
    ],
    check_echo: [
        (lambda x, d, s: echo(x[::-1], d, s)[::-1], "weak sound comes first"),
        (lambda x, d, s: echo(x, d, s)[: len(x)], "end is cut off"),
        (lambda x, d, s: x + s * np.roll(x, d), "`np.roll`"),
        (lambda x, d, s: echo(x, d + 1, s), "too late"),
        (lambda x, d, s: np.concatenate([np.append(x, np.zeros(d))[:d], s * x]), "takes the sound's place"),
    ],
    check_mirror: [
        (lambda i, w: np.pad(i, w), "of zeros"),
        (lambda i, w: np.pad(i, w, mode="reflect"), '"reflect"'),
        (lambda i, w: np.pad(i, w, mode="edge"), '"edge"'),
        (lambda i, w: np.pad(i, w, mode="wrap"), '"wrap"'),
        (
            lambda i, w: np.block(
                [[i[:w, :w], i[:w], i[:w, -w:]], [i[:, :w], i, i[:, -w:]], [i[-w:, :w], i[-w:], i[-w:, -w:]]]
            ),
            "old order",
        ),
        (lambda i, w: np.vstack([i[:w][::-1], i, i[-w:][::-1]]), "columns need one"),
    ],
}
CLOSE = {check_echo: [(lambda x, d, s: echo(x, d, s).astype(int), "fractions are cut off")]}


def test_the_modes_are_scipys():
    modes = EXERCISES["05-modes"].parts
    for mode, exercise in modes.items():
        assert convolve2d(GRAY, EDGE, mode).shape == (exercise.answer,) * 2
    assert check_modes(6, 4, 2).verdict == "right"
    assert check_modes(6, 4, ...).verdict == "not answered yet"
    for name, exercise in modes.items():
        sides = {"full": 6, "same": 4, "valid": 2}
        for wrong, says in exercise.mistakes.items():
            assert check_modes(**sides | {name: wrong}).message == f"({name}) {says}"


def test_the_numbers_are_true():
    sample = np.convolve([2, 0, 1, 3], [1, 0.5, 0.25])
    exercise = EXERCISES["05-sample"]
    assert exercise.answer == sample[3]
    assert {1.5, 10.5} <= set(exercise.mistakes)
    assert (sample[2], sample.sum()) == (1.5, 10.5)
    ahead = np.correlate([2, 0, 1, 3], [1, 0.5, 0.25], "valid")
    assert ahead.tolist() == [2.25, 1.25]
    assert set(ahead) <= set(exercise.mistakes)
    assert (correlate2d(GRAY, EDGE, "valid") == EXERCISES["05-correlation"].answer).all()
    assert (convolve2d(GRAY, EDGE, "valid") == EXERCISES["05-convolution"].answer).all()
    true_pixels = correlate2d(np.ones((4, 4)), np.ones((3, 3)), "same")
    assert (true_pixels < 9).sum() == EXERCISES["05-invented"].answer == 12


def test_the_predictions_are_true():
    one = np.zeros((7, 7), int)
    one[3, 3] = 1
    kernel = np.arange(1, 10).reshape(3, 3)
    written = correlate2d(one, kernel, "valid")[1:4, 1:4]
    assert (written == kernel[::-1, ::-1]).all()
    assert get_prediction("05-predict-impulse").right == "the kernel, turned by 180°"
    ramp = np.array([[10, 20, 30, 40]] * 4)
    assert (convolve2d(ramp, -EDGE, "valid") == -60).all()
    assert get_prediction("05-predict-scipy").right == "−60"
    assert get_prediction("05-predict-unflipped").right == "−150 everywhere"
    wall = convolve2d(np.full((9, 9), 255), np.full((3, 3), 1 / 9), "same")
    assert get_prediction("05-predict-corner").right == str(round(wall[0, 0]))
    assert round(wall[0, 4]) == 170
    full = convolve2d(np.full((9, 9), 255), np.full((3, 3), 1 / 9), "full")
    assert round(full[0, 0]) == 28


def test_no_turn_and_no_border_gives_the_published_numbers():
    found = [
        convolve2d(GRAY, kernel, mode, boundary)
        for kernel in (EDGE, -EDGE)
        for mode in ("full", "same")
        for boundary in ("fill", "symm", "wrap")
    ]
    assert not any(np.isin(made, [1025, -1275]).any() for made in found)
    zeros = correlate2d(GRAY, EDGE, "full")
    assert (zeros.min(), zeros.max()) == (-375, 525)
    assert set(np.unique(correlate2d(GRAY, EDGE, "same", "wrap"))) == {-150, 150}


def test_each_padded_layer_widens_the_frame_that_depends_on_padding():
    touched, widths = np.zeros((32, 32)), []
    for _ in range(16):
        padded = np.pad(touched, 1, constant_values=1)
        touched = (correlate2d(padded, np.ones((3, 3)), "valid") > 0).astype(int)
        widths.append(int(touched[16, :16].sum()))
    assert widths == list(range(1, 17))
    assert touched.all()  # after 16 layers the whole map
    assert get_prediction("05-predict-stacked").right == f"{widths[4]} pixels"
    assert 32**2 - 22**2 > 32**2 / 2


def test_a_network_that_turns_its_kernels_learns_them_turned():
    """Three steps of gradient descent towards a Sobel map: the same errors, and kernels that are turned."""
    rng = np.random.default_rng(5)
    image, start = rng.normal(size=(12, 12)), rng.normal(size=(3, 3))
    target = correlate2d(image, [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]], "valid")
    plain, turning = start.copy(), start[::-1, ::-1].copy()
    for _ in range(3):
        error = correlate2d(image, plain, "valid") - target
        other = convolve2d(image, turning, "valid") - target
        np.testing.assert_allclose(error, other)
        plain -= 1e-3 * correlate2d(image, error, "valid")
        turning -= 1e-3 * correlate2d(image, other, "valid")[::-1, ::-1]
    np.testing.assert_allclose(turning, plain[::-1, ::-1])
