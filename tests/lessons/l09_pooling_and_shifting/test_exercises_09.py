"""Lesson 9: learners' answers, right and known-wrong, and that every number of the exercises is true."""

import numpy as np
import pytest
from scipy.signal import correlate2d

from cnnlib import avg_pool2d, max_pool2d, output_size, relu
from cnnlib.exercises import (
    EXERCISES,
    check_avg_pool,
    check_max_pool,
    check_pooled_layer,
    check_strided_kernel,
    get_prediction,
)
from cnnlib.pictures import picture
from cnnlib.transforms import shift

TASKS = {"max": (check_max_pool.check, np.max), "average": (check_avg_pool.check, np.mean)}
TABLE = np.array([[10, 5, 8, 2], [12, 7, 3, 1], [15, 11, 6, 4], [9, 14, 13, 0]])


def loop(reduce):
    """Write the learner's own loop."""

    def pool(x, window, stride):
        rows = (x.shape[0] - window) // stride + 1
        cols = (x.shape[1] - window) // stride + 1
        out = np.zeros((rows, cols))
        for i in range(rows):
            for j in range(cols):
                out[i, j] = reduce(x[i * stride : i * stride + window, j * stride : j * stride + window])
        return out

    return pool


@pytest.mark.parametrize("kind", TASKS)
def test_the_truth_is_the_loop(kind):
    task, reduce = TASKS[kind]
    for case in task.cases:
        np.testing.assert_allclose(task.truth(*case.arguments), loop(reduce)(*case.arguments))


def by_views(x, w, s):
    return np.lib.stride_tricks.sliding_window_view(x, (w, w))[::s, ::s].mean((2, 3))


def by_reshaping(x):
    return np.maximum(x, 0).reshape(len(x), x.shape[1] // 2, 2, x.shape[2] // 2, 2).mean((2, 4))


RIGHT = {
    check_max_pool: [loop(np.max), lambda x, w, s: max_pool2d(x, w, stride=s)],
    check_avg_pool: [loop(np.mean), by_views],
    check_pooled_layer: [by_reshaping],
    check_strided_kernel: [np.full((2, 2), 0.25), [[1 / 4, 1 / 4], [1 / 4, 1 / 4]]],
}


def always_1(x, window, stride):
    return loop(np.max)(x, window, 1)


def from_zero(x, window, stride):
    out = np.zeros(output_size(x.shape, (int(window),) * 2, stride=int(stride)))
    for i, j in np.ndindex(out.shape):
        for number in x[i * stride : i * stride + window, j * stride : j * stride + window].ravel():
            out[i, j] = max(out[i, j], number)
    return out


def no_floor(x, window, stride):
    return np.zeros(((x.shape[0] - window) / stride + 1, 1))


def whole_numbers(x, window, stride):
    return loop(np.mean)(x, window, stride).astype(int)


def by_its_side(x, window, stride):
    return loop(np.sum)(x, window, stride) / window


WRONG = {
    check_strided_kernel: [
        (np.ones((2, 2)) // 4, "`//` cuts off"),
        (np.ones((2, 2)), "sum pooling"),
        (np.full((2, 2), 0.5), "divided by the side"),
        ([[1, 0], [0, 0]], "A single weight"),
        ([[-1, 1], [1, 0]], "negatively"),
        ([[0.5, 0.25], [0.25, 0]], "The weights differ"),
        (np.full((2, 2), 1 / 9), "flat map"),
        (np.full((3, 3), 1 / 9), "has to be 2 × 2"),
    ],
    check_max_pool: [
        (always_1, "moves on by 1"),
        (loop(np.mean), "average pooling"),
        (from_zero, "minus infinity"),
        (no_floor, "use `//`"),
        (lambda x, w, s: loop(np.max)(x, s, w), "swapped"),
    ],
    check_avg_pool: [
        (loop(np.max), "max pooling"),
        (whole_numbers, "Collect the averages in floats"),
        (by_its_side, "window times window"),
    ],
    check_pooled_layer: [
        (lambda x: relu(avg_pool2d(x, 2)), "ReLU comes after"),
        (lambda x: avg_pool2d(relu(x), 2).sum(0), "each map alone"),
    ],
}


CLOSE = {check_strided_kernel: [(np.full((2, 2), 0.24), "rounded")]}


def test_what_the_table_of_the_lesson_pools_to():
    for check in (check_max_pool, check_avg_pool):
        assert check.check.cases[0].arguments[0].tolist() == TABLE.tolist()
    assert loop(np.max)(TABLE, 2, 2)[1, 1] == EXERCISES["09-max-number"].answer == 13
    assert loop(np.mean)(TABLE, 2, 2)[0, 0] == EXERCISES["09-avg-number"].answer == 8.5


def test_each_wrong_number_of_the_table_is_the_mistake_that_is_named():
    said = dict(EXERCISES["09-max-number"].mistakes)
    assert "the middle" in said[TABLE[1:3, 1:3].max()]
    assert "before it" in said[TABLE[2:, :2].max()] == said[TABLE.max()]
    assert "in column 1" in said[TABLE[2:, 1:3].max()] == said[TABLE[2:, 1].max()]
    assert "average" in said[TABLE[2:, 2:].mean()]
    assert "sum" in said[TABLE[2:, 2:].sum()]
    said = dict(EXERCISES["09-avg-number"].mistakes)
    assert "the window: 12 and 7" in said[TABLE[0, :2].mean()]
    assert "the map's first row" in said[TABLE[0].mean()]
    said = dict(EXERCISES["09-size"].mistakes)
    assert "stride 1" in said[output_size(28, 3)]
    assert "stride 3" in said[output_size(28, 3, stride=3)]
    assert "2 × 2" in said[output_size(28, 2, stride=2)]


def test_sizes_and_depth_are_true():
    assert output_size(28, 3, stride=2) == EXERCISES["09-size"].answer == 13
    assert max_pool2d(np.zeros((16, 10, 10))).size == EXERCISES["09-depth"].answer == 400


def test_the_orders_are_true():
    x = np.array([[3, -3], [3, -3]])
    assert relu(avg_pool2d(x)) == 0
    assert avg_pool2d(relu(x)) == 1.5
    assert relu(max_pool2d(x)) == max_pool2d(relu(x)) == 3


def test_the_moves_are_true():
    image = picture("camera").astype(int)[20:116, 70:166]
    edge = np.array([[-1, 0, 1]] * 3)

    def answer(picture):
        return correlate2d(picture, edge, mode="valid")

    moved = answer(shift(image, right=12))
    np.testing.assert_array_equal(moved[:, 12:], answer(image)[:, :-12])
    gap = np.rot90(answer(image)) - answer(np.rot90(image))
    reveal = get_prediction("09-predict-turn").reveal
    assert f"{np.abs(gap).mean():.1f}" in reveal
    assert f"{np.abs(answer(image)).mean():.1f}" in reveal


def test_one_pixel_to_the_right_is_true():
    x = np.zeros((6, 6))
    x[2, 3] = 9
    before, after = max_pool2d(x), max_pool2d(shift(x, right=1))
    assert (before[1, 1], before[1, 2], after[1, 1], after[1, 2]) == (9, 0, 0, 9)
    x = shift(x, right=-1)
    np.testing.assert_array_equal(max_pool2d(x), max_pool2d(shift(x, right=1)))


def test_the_shares_are_true():
    """By SciPy, and reshaped windows: another way than the demo's."""
    camera, edge = picture("camera").astype(int), np.array([[-1, 0, 1]] * 3)
    maps = [np.maximum(correlate2d(camera[19:117, 69 - n : 167 - n], edge, mode="valid"), 0) for n in (0, 1)]

    def stay(window, reduce):
        before, after = (
            reduce(x.reshape(96 // window, window, 96 // window, window), axis=(1, 3)) for x in maps
        )
        return round(100 * np.mean((before == after)[(before != 0) | (after != 0)]))

    reveal = get_prediction("09-predict-share").reveal
    assert f"{stay(2, np.max)} % stay, against {stay(1, np.max)} % of the map before pooling" in reveal
    assert (stay(4, np.max), stay(2, np.mean), stay(8, np.mean)) == (56, 6, 6)  # what the demo then tells
    windows = maps[0].reshape(48, 2, 48, 2).transpose(0, 2, 1, 3).reshape(-1, 4)
    winners = windows[windows.max(axis=1) > 0].argmax(axis=1)
    assert 0.45 < np.mean(winners % 2) < 0.55  # half of them are in the right column, which leaves the window
