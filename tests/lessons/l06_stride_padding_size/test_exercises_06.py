"""Lesson 6: learners' answers, right and known-wrong, and that every number of the exercises is true."""

import math

import numpy as np
from scipy.signal import correlate2d

from cnnlib import conv2d
from cnnlib.exercises import EXERCISES, check_number, check_out_size, commit, get_prediction

OUT_SIZE = check_out_size.check


def floored(size, kernel, stride, padding, dilation):
    return tuple(
        (n + 2 * padding - dilation * (k - 1) - 1) // stride + 1 for n, k in zip(size, kernel, strict=True)
    )


def one_by_one(size, kernel, stride, padding, dilation):
    rows, cols = size
    height, width = kernel
    down = math.floor((rows + 2 * padding - (dilation * (height - 1) + 1)) / stride + 1)
    across = math.floor((cols + 2 * padding - (dilation * (width - 1) + 1)) / stride + 1)
    return down, across


def counted(size, kernel, stride, padding, dilation):
    found = []
    for n, k in zip(size, kernel, strict=True):
        starts = range(-padding, n + padding, stride)
        found.append(sum(start + dilation * (k - 1) < n + padding for start in starts))
    return found


def by_doing_it(size, kernel, stride, padding, dilation):
    steps = {"stride": stride, "padding": padding, "dilation": dilation}
    return conv2d(np.zeros(size, int), np.zeros(kernel, int), **steps).shape


RIGHT = {check_out_size: [floored, one_by_one, counted, by_doing_it]}


def test_the_truth_is_counted():
    for case in OUT_SIZE.cases:
        assert OUT_SIZE.truth(*case.arguments).tolist() == counted(*case.arguments), case.name


def pairwise(formula):
    """Build a learner's function from a formula for one direction."""
    return lambda size, kernel, s, p, d: tuple(
        formula(n, k, s, p, d) for n, k in zip(size, kernel, strict=True)
    )


WRONG = {
    check_out_size: [
        (pairwise(lambda n, k, s, p, d: (n + 2 * p - d * (k - 1) - 1) / s + 1), "round it down"),
        (pairwise(lambda n, k, s, p, d: round((n + 2 * p - d * (k - 1) - 1) / s) + 1), "nearest"),
        (pairwise(lambda n, k, s, p, d: math.ceil((n + 2 * p - d * (k - 1) - 1) / s) + 1), "round up"),
        (pairwise(lambda n, k, s, p, d: (n + p - d * (k - 1) - 1) // s + 1), "counted once"),
        (pairwise(lambda n, k, s, p, d: (n - d * (k - 1) - 1) // s + 1), "padding is forgotten"),
        (pairwise(lambda n, k, s, p, d: (n - k + 2 * p) // s + 1), "dilation is forgotten"),
        (pairwise(lambda n, k, s, p, d: (n - d * k + 2 * p) // s + 1), "k − 1 gaps"),
        (pairwise(lambda n, k, s, p, d: n + 2 * p - d * (k - 1)), "stride is forgotten"),
        (pairwise(lambda n, k, s, p, d: (n + 2 * p - d * (k - 1) - 1) // s), "counted the steps"),
        (lambda size, kernel, s, p, d: floored(size, kernel, p, s, d), "Stride and padding are swapped"),
        (lambda size, kernel, s, p, d: floored(size, kernel, d, p, s), "Stride and dilation are swapped"),
        (lambda *settings: floored(*settings)[::-1], "Rows and columns are swapped"),
        (lambda *settings: floored(*settings)[:1] * 2, "always equal"),
        (
            lambda size, kernel, *more: floored(size, kernel[::-1], *more),
            "kernel's rows and columns are swapped",
        ),
        (pairwise(lambda n, k, s, p, d: n + 2 * p - d * (k - 1) - 1 // s + 1), "parentheses"),
    ]
}


def test_settings_that_are_pairs_are_named():
    feedback = check_out_size(lambda size, kernel, stride, padding, dilation: size // stride[0])
    assert "`size` and `kernel` are pairs" in feedback.message


def places(size, kernel, padding, stride):
    """Count the windows by laying them: independent of the package's formula."""
    return sum(start + kernel <= size + 2 * padding for start in range(0, size + 2 * padding, stride))


def test_the_sizes_are_true():
    assert get_prediction("06-predict-32").right == places(32, 5, 0, 1) == 28
    assert get_prediction("06-predict-5").right == places(5, 3, 1, 2) == 3
    assert get_prediction("06-predict-floor").right == str(places(6, 3, 0, 2)) == "2"
    assert places(5, 5, EXERCISES["06-same"].answer, 1) == 5
    assert places(32, 5, EXERCISES["06-same"].answer, 1) == 32


def visits(size, stride):
    """Add up where the windows of a 3 × 3 kernel lie."""
    found = np.zeros((size, size), int)
    for row in range(0, size - 2, stride):
        for col in range(0, size - 2, stride):
            found[row : row + 3, col : col + 3] += 1
    return found


def test_the_visits_are_true():
    read = visits(5, 1)
    assert read[0, 0] == get_prediction("06-predict-corner").right == 1
    assert read[2, 2] == EXERCISES["06-centre"].answer == 9
    assert read.all()
    assert get_prediction("06-predict-padding").right == "none"
    assert (visits(6, 2) == 0).sum() == EXERCISES["06-unread"].answer == 11


def field(layers):
    """Measure with kernels of ones how many pixels a number in the middle depends on."""
    reads = np.eye(60)
    for kernel, stride in layers:
        reads = correlate2d(reads, np.ones((kernel, 1)), mode="valid")[::stride]
    return np.count_nonzero(reads[len(reads) // 2])


def test_the_receptive_fields_are_true():
    assert field([(3, 1), (3, 1)]) == EXERCISES["06-two-layers"].answer == 5
    assert field([(5, 1), (2, 2), (5, 1)]) == EXERCISES["06-lenet"].answer == 14
    assert str(field([(3, 2), (3, 2)])) == get_prediction("06-predict-field").right == "7"


def grown(first, added, layers=((5, 1), (2, 2), (5, 1))):
    """Let a receptive field grow from layer to layer by `added` of each kernel and the jump."""
    seen, jump = first, 1
    for kernel, stride in layers:
        seen, jump = seen + added(kernel, jump), jump * stride
    return seen


def test_each_wrong_receptive_field_is_what_its_reply_says():
    lenet, behind = ((5, 1), (2, 2), (5, 1)), ((2, 2), (5, 1))
    assert grown(1, lambda k, jump: (k - 1) * jump) == EXERCISES["06-lenet"].answer
    made = [
        (grown(1, lambda k, jump: k - 1), "the last 4 steps count double"),
        (grown(0, lambda k, jump: k), "adds up the kernels' sizes"),
        (grown(1, lambda k, jump: (k - 1) * jump, [lenet[0], (1, 2), lenet[2]]), "The pooling widens"),
        (5 + 1 * 2 + 4 * 2, "with the jump before its own stride"),
        (grown(1, lambda k, jump: (k - 1) * jump, [*lenet, (2, 2)]), "one pooling further on"),
        (grown(1, lambda k, jump: (k - 1) * jump, lenet[:2]) + 5 * 2, "the last layer added k · jump"),
        (grown(5, lambda k, jump: k * jump, behind), "Behind the first layer, each adds (k − 1) · jump"),
        (grown(1, lambda k, jump: k * jump), "Each layer adds (k − 1) · jump, not k · jump"),
        (6 + 4 * 4, "The jump is doubled once"),
    ]
    assert [number for number, _ in made] == [10, 12, 13, 15, 16, 16, 17, 18, 22]  # 16 has two causes
    for number, words in made:
        assert words in check_number("06-lenet", number).message


def test_an_unforeseen_number_is_answered_too():
    assert "turns the 5 pixels into 7" in commit("06-predict-5", 17).message
