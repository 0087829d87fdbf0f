"""Lesson 8: learners' answers, right and known-wrong, and that every number of the exercises is true."""

import numpy as np
import pytest
from scipy.signal import correlate2d

from cnnlib import conv2d
from cnnlib.exercises import EXERCISES, check_count, check_layer, check_response, commit, get_prediction
from cnnlib.nn import Conv2D

COUNT = check_count.check
RESPONSE = check_response.check
LAYER = check_layer.check


# ---- what a learner may write, and is right
def one_number(window, filter, bias):
    total = float(bias)
    for c in range(len(window)):
        total += np.sum(window[c] * filter[c].astype(float))
    return max(total, 0)


def by_conv2d(window, filter, bias):
    return np.maximum(conv2d(window.astype(float), filter[None], bias=[bias])[0, 0, 0], 0)


def loops(x, filters, bias):
    count, channels, height, width = filters.shape
    maps = np.zeros((count, x.shape[1] - height + 1, x.shape[2] - width + 1))
    for k, i, j in np.ndindex(maps.shape):
        for c in range(channels):
            maps[k, i, j] += np.sum(x[c, i : i + height, j : j + width] * filters[k, c])
        maps[k, i, j] += bias[k]
    return maps


def by_scipy(x, filters, bias):
    return [
        sum(correlate2d(x[c].astype(float), filter[c], "valid") for c in range(len(x))) + b
        for filter, b in zip(filters, bias, strict=True)
    ]


RIGHT = {
    check_response: [one_number, by_conv2d],
    check_layer: [loops, by_scipy, lambda x, filters, bias: conv2d(x.astype(float), filters, bias=bias)],
    check_count: [
        lambda channels, filters, kernel: filters * (channels * kernel * kernel + 1),
        lambda c, f, k: sum(a.size for a in Conv2D(int(c), int(f), int(k)).weights.values()),
    ],
}


@pytest.mark.parametrize(
    ("task", "solution"),
    [(RESPONSE, one_number), (LAYER, loops), (COUNT, lambda c, f, k: f * (c * k * k + 1))],
)
def test_the_truth_is_the_hand_written_function(task, solution):
    for case in task.cases:
        np.testing.assert_allclose(task.truth(*case.arguments), solution(*case.arguments), err_msg=case.name)


# ---- what a learner may write, and is wrong
def slid(number):
    """Build a layer from a number at each place: ``number(window, filters[k], bias, k)``."""

    def layer(x, filters, bias):
        count, _, height, width = filters.shape
        maps = np.zeros((count, x.shape[1] - height + 1, x.shape[2] - width + 1))
        for k, i, j in np.ndindex(maps.shape):
            maps[k, i, j] = number(x[:, i : i + height, j : j + width], filters[k], bias, k)
        return maps

    return layer


def published(window, filter, bias, _k):
    total = 0
    for c in range(len(window)):
        total += (window[c] * filter[c]).sum() + bias[c]
    return total


def left_over(window, filter, bias, _k):
    total = 0
    for c in range(len(window)):
        total += (window[c] * filter[c]).sum()
    return total + bias[c]


def bias_in_the_loop(window, filter, bias, k):
    total = 0
    for c in range(len(window)):
        total += (window[c] * filter[c]).sum() + bias[k]
    return total


def overwritten(window, filter, bias, k):
    for c in range(len(window)):
        total = (window[c] * filter[c]).sum()
    return total + bias[k]


def product(window, filter):
    return (window * filter).sum()


def depthwise(x, filters, bias):
    return [correlate2d(x[c].astype(float), filters[0, c], "valid") for c in range(len(x))]


def each_channel(x, filters, bias):
    return [
        [correlate2d(x[c].astype(float), filter[c], "valid") for c in range(len(x))] for filter in filters
    ]


def test_a_bias_on_the_wrong_axis_is_explained():
    feedback = check_layer(lambda x, filters, bias: conv2d(x.astype(float), filters) + bias)
    assert feedback.verdict == "wrong"
    assert "it belongs to all places of its map" in feedback.message

    def layer(x, filters, bias):
        maps = conv2d(x.astype(float), filters)
        for k, i, j in np.ndindex(maps.shape):
            window = x[:, i : i + filters.shape[2], j : j + filters.shape[3]]
            maps[k, i, j] = product(window, filters[k]) + bias
        return maps

    feedback = check_layer(layer)
    assert "there is one number for each filter" in feedback.message


def relu(x):
    return np.maximum(x, 0)


def each(window, filter):
    return (window * filter.astype(float)).sum(axis=(1, 2))


WRONG = {
    check_layer: [
        (slid(published), "carries the index of the channel"),
        (slid(left_over), "there is no c left"),
        (slid(bias_in_the_loop), "added once for each channel"),
        (slid(lambda w, f, b, k: (w * f + b[k]).sum()), "added to every product"),
        (slid(lambda w, f, b, k: product(w, f)), "does not come in yet"),
        (slid(lambda w, f, b, k: product(w, f) + b[0]), "the first bias"),
        (slid(lambda w, f, b, k: product(w, f) - b[k]), "subtracted"),
        (slid(overwritten), "Only one channel gets through"),
        (slid(lambda w, f, b, k: product(w[0], f[0]) + b[k]), "Only one channel gets through"),
        (slid(lambda w, f, b, k: product(w, f[:, ::-1, ::-1]) + b[k]), "turned by 180°"),
        (slid(lambda w, f, b, k: product(w, f[0]) + b[k]), "The same kernel lies on all channels"),
        (slid(lambda w, f, b, k: product(w, f) / len(w) + b[k]), "mean of the channels"),
        (slid(lambda w, f, b, k: max(product(w, f) + b[k], 0)), "ReLU is the next step"),
        (depthwise, "that is a depthwise convolution"),
        (each_channel, "The channels are not added up"),
        (lambda x, w, b: loops(x, w, b).sum(axis=0), "The maps are added up"),
        (lambda x, w, b: loops(x, w, b).transpose(1, 2, 0), "The maps come last"),
    ],
    check_response: [
        (lambda w, f, b: each(w, f).sum() + b, "ReLU is missing"),
        (lambda w, f, b: relu(each(w, f).sum()) + b, "ReLU comes too early"),
        (lambda w, f, b: relu(each(w, f)).sum() + b, "ReLU is applied to each channel"),
        (lambda w, f, b: relu(w * f.astype(float)).sum() + b, "applied to each product"),
        (lambda w, f, b: relu(w * f.astype(float) + b).sum(), "applied to each product"),
        (lambda w, f, b: relu(each(w, f) + b), "not added up"),
        (lambda w, f, b: 7, "gives 7, which is not the number it should be. Work it out"),
        (lambda w, f, b: "seven", "A number is needed, but for the nine colours"),
        (lambda w, f, b: relu(sum(each(w, f) + b)), "added once for each channel"),
        (lambda w, f, b: relu(each(w, f).sum()), "does not come in"),
        (lambda w, f, b: relu((w[0] * f[0].astype(float)).sum() + b), "Only one channel"),
        (lambda w, f, b: relu(each(w, f).max() + b), "largest answer"),
        (lambda w, f, b: abs(each(w, f).sum() + b), "are dropped"),
    ],
    check_count: [
        (lambda c, f, k: f * c * k * k, "biases are missing"),
        (lambda c, f, k: f * k * k + f, "channels are forgotten"),
        (lambda c, f, k: f * c * (k * k + 1), "a bias for each kernel"),
        (lambda c, f, k: f * c * k * k + c, "a bias for each channel"),
        (lambda c, f, k: f * c * k * k + 1, "one bias for all"),
        (lambda c, f, k: c * k * k + 1, "a single filter"),
    ],
}


# ---- the numbers
def learned(channels, filters, kernel):
    """Count the real arrays of a layer."""
    return sum(array.size for array in Conv2D(channels, filters, kernel).weights.values())


def test_the_counts_are_true():
    assert EXERCISES["08-lenet-1"].answer == learned(1, 6, 5) == 156
    assert EXERCISES["08-lenet-2"].answer == learned(6, 16, 5) == 2416
    assert EXERCISES["08-next"].answer == Conv2D(10, 1, 3).weights["weight"].size == 90
    assert get_prediction("08-predict-larger").right == learned(1, 6, 5)
    assert loops(np.zeros((1, 64, 64)), np.zeros((6, 1, 5, 5)), np.zeros(6)).size == 21_600
    assert (21_600 * 25, 6 * 28 * 28 * 25) == (540_000, 117_600)


def test_the_products_are_counted_one_by_one():
    framed = np.ones((3, 7, 7))
    products = 0
    for _filter in range(2):
        for row in range(0, 5, 2):
            for col in range(0, 5, 2):
                products += framed[:, row : row + 3, col : col + 3].size
    assert EXERCISES["08-products"].answer == products == 486


def test_each_wrong_number_of_products_is_the_mistake_that_is_named():
    said = dict(EXERCISES["08-products"].mistakes)
    assert "bias" in said[18 * (27 + 1)]
    assert "stride" in said[5 * 5 * 2 * 27]
    assert "padding" in said[2 * 2 * 2 * 27]
    assert "channels" in said[18 * 9]


def test_the_predictions_are_true():
    x, filters = np.ones((3, 4, 4)), np.ones((1, 3, 3, 3))
    grown = loops(x, filters, [1]) - loops(x, filters, [0])
    assert (grown == get_prediction("08-predict-bias").right).all()


def test_an_unforeseen_number_is_answered_too():
    assert "gets the bias once" in commit("08-predict-bias", 12).message
