"""Lesson 10: learners' answers, right and known-wrong, and that every number of the exercises is true."""

import numpy as np
from scipy.signal import correlate2d

from cnnlib.exercises import EXERCISES, check_counts, check_fields
from cnnlib.nn import Conv2D, Dense, LocallyConnected2D

COUNTS = check_counts.check
FIELDS = check_fields.check


def counted(size, channels, kernel, filters):
    outputs = (size - kernel + 1) ** 2 * filters
    window = kernel * kernel * channels
    return [(size * size * channels + 1) * outputs, (window + 1) * outputs, (window + 1) * filters]


def by_looking(size, channels, kernel, filters):
    """Count in layers that are there."""
    size, channels, kernel, filters = map(int, (size, channels, kernel, filters))
    conv = Conv2D(channels, filters, kernel)
    local = LocallyConnected2D(channels, filters, kernel, input_size=size)
    layers = Dense(channels * size**2, filters * (size - kernel + 1) ** 2), local, conv
    return [sum(array.size for array in layer.weights.values()) for layer in layers]


def recursion(layers):
    field, jump, found = 1, 1, []
    for kernel, stride in layers:
        field += (kernel - 1) * jump
        jump *= stride
        found.append(field)
    return found


def measured(layers):
    """Let kernels of ones say how many pixels a number in the middle depends on."""
    found, reads = [], np.eye(160)
    for kernel, stride in layers:
        reads = correlate2d(reads, np.ones((kernel, 1)), mode="valid")[::stride]
        found.append(np.count_nonzero(reads[len(reads) // 2]))
    return found


RIGHT = {
    check_counts: [counted, by_looking, lambda *given: np.array(counted(*given))],
    check_fields: [recursion],
}


def test_the_truths_are_counted_and_measured():
    for case in COUNTS.cases:
        assert COUNTS.truth(*case.arguments).tolist() == by_looking(*case.arguments), case.name
    for case in FIELDS.cases[:5]:  # in the last one, kernels leave out pixels
        assert FIELDS.truth(*case.arguments).tolist() == measured(*case.arguments), case.name


def no_bias(n, c, k, f):
    places = (n - k + 1) ** 2 * f
    return n * n * c * places, k * k * c * places, k * k * c * f


def shared_bias(n, c, k, f):
    dense, local, shared = counted(n, c, k, f)
    return dense, local - (n - k + 1) ** 2 * f + f, shared


def padded(n, c, k, f):
    window = k * k * c
    return (n * n * c + 1) * n * n * f, (window + 1) * n * n * f, (window + 1) * f


def one_channel(n, c, k, f):
    return counted(n, 1, k, f)


def single_factor(n, c, k, f):
    places = (n - k + 1) ** 2 * f
    return (n * n * c + 1) * places, (k * c + 1) * places, (k * c + 1) * f


def dense_to_filters(n, c, k, f):
    return [(n * n * c + 1) * f, *counted(n, c, k, f)[1:]]


def grown(step):
    """Build a learner's recursion from one step."""

    def fields(layers):
        field, jump, found = 1, 1, []
        for kernel, stride in layers:
            field, jump = step(field, jump, kernel, stride)
            found.append(field)
        return found

    return fields


WRONG = {
    check_counts: [
        (no_bias, "biases are forgotten"),
        (shared_bias, "shares no biases either"),
        (padded, "as many outputs as pixels"),
        (one_channel, "channels are forgotten"),
        (single_factor, "15,360"),
        (dense_to_filters, "all numbers of the maps"),
        (lambda *g: [counted(*g)[i] for i in (0, 2, 2)], "shares nothing"),
        (lambda *g: [counted(*g)[i] for i in (0, 1, 1)], "share their weights"),
        (lambda *g: counted(*g)[::-1], "another order"),
        (lambda *g: counted(*g)[2], "Only the last number is returned"),
    ],
    check_fields: [
        (lambda layers: [k for k, _ in layers], "first layer only"),
        (lambda layers: np.cumsum([k for k, _ in layers]), "added up"),
        (grown(lambda r, j, k, s: (r + k - 1, j)), "strides are forgotten"),
        (grown(lambda r, j, k, s: (r + (k - 1) * j * s, j * s)), "behind it"),
        (grown(lambda r, j, k, s: (r + k * j, j * s)), "k − 1 steps between"),
        (grown(lambda r, j, k, s: (r + (k - 1) * j, j + s - 1)), "Jumps multiply"),
        (grown(lambda r, j, k, s: (r + (k - 1) * j, s)), "only the last stride"),
        (lambda layers: [r - 1 for r in recursion(layers)], "a pixel sees itself"),
        (lambda layers: recursion(layers)[-1], "last one alone"),
        (lambda layers: [1, *recursion(layers)], "picture itself"),
    ],
}


def test_the_numbers_are_true():
    local = LocallyConnected2D(1, 5, 3, input_size=32, padding=1).weights["weight"].size
    assert EXERCISES["10-own"].answer == local == 32 * 32 * 5 * 3 * 3 == 46_080
    assert LocallyConnected2D(1, 5, 3, input_size=32).weights["weight"].size == 40_500
    assert 32 * 32 * 5 * 3 == 15_360
    assert EXERCISES["10-shared"].answer == Conv2D(1, 5, 3).weights["weight"].size == 45
    assert EXERCISES["10-hidden"].answer == Dense(28 * 28, 100).weights["weight"].size == 78_400
    assert EXERCISES["10-deep"].answer == measured([(3, 1), (3, 1), (2, 2)] * 3)[-1] == 36


def test_each_wrong_field_is_the_mistake_that_is_named():
    said = dict(EXERCISES["10-deep"].mistakes)
    jumps = [(kernel, 2**round) for round in range(3) for kernel in (3, 3, 2)]
    whole = sum(k * jump for k, jump in jumps)
    for wrong in (whole, 1 + whole, 1 + sum((k if k == 3 else k - 1) * jump for k, jump in jumps)):
        assert "not k · jump" in said[wrong]
    assert "overlap" in said[sum(k for k, _ in jumps)]
    assert "jump" in said[1 + sum(k - 1 for k, _ in jumps)]
    assert measured([(3, 1), (3, 1), (2, 2)] * 3) == [3, 5, 6, 10, 14, 16, 24, 32, 36]
