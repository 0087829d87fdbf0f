"""Losses against worked numbers, finite differences, and the sentences for what does not fit."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnlib import softmax
from cnnlib.nn import mean_squared_error, softmax_cross_entropy


def test_worked_examples():
    loss, gradient = softmax_cross_entropy([[1, 2, 3, 4]], [3])
    assert loss == pytest.approx(-math.log(0.6439), abs=1e-4)
    np.testing.assert_allclose(gradient, [[0.0321, 0.0871, 0.2369, 0.6439 - 1]], atol=1e-4)
    boat = np.log([[0.94, 0.03, 0.02, 0.01]])
    assert softmax_cross_entropy(boat, [0])[0] == pytest.approx(0.0619, abs=1e-4)
    loss, gradient = mean_squared_error([[1.0, 2.0], [3.0, 4.0]], [[1.0, 0.0], [0.0, 4.0]])
    assert loss == (4 + 9) / 4
    assert gradient.tolist() == [[0, 1], [1.5, 0]]


def test_guessing_costs_the_logarithm_of_the_classes():
    assert softmax_cross_entropy(np.zeros((7, 10)), np.arange(7))[0] == pytest.approx(math.log(10))


def test_the_mean_is_over_the_batch():
    logits, labels = np.array([[1.0, 2.0, -1.0]]), np.array([2])
    once, gradient = softmax_cross_entropy(logits, labels)
    twice, halves = softmax_cross_entropy(np.repeat(logits, 2, axis=0), np.repeat(labels, 2))
    assert once == pytest.approx(twice)
    np.testing.assert_allclose(halves, np.repeat(gradient / 2, 2, axis=0))


@given(st.integers(1, 6), st.integers(1, 5), st.integers(0, 2**32 - 1))
def test_gradients_are_the_slopes(count, classes, seed):
    rng = np.random.default_rng(seed)
    x, labels = rng.normal(0, 3, (count, classes)), rng.integers(0, classes, count)
    for loss, targets in ((softmax_cross_entropy, labels), (mean_squared_error, rng.normal(size=x.shape))):
        _, gradient = loss(x, targets)
        for index in np.ndindex(x.shape):
            step = np.zeros_like(x)
            step[index] = 1e-5
            slope = (loss(x + step, targets)[0] - loss(x - step, targets)[0]) / 2e-5
            assert gradient[index] == pytest.approx(slope, abs=1e-7)


@given(st.integers(0, 2**32 - 1))
def test_probabilities_minus_the_truth(seed):
    rng = np.random.default_rng(seed)
    logits, labels = rng.normal(0, 5, (4, 3)), rng.integers(0, 3, 4)
    _, gradient = softmax_cross_entropy(logits, labels)
    np.testing.assert_allclose(gradient, (softmax(logits) - np.eye(3)[labels]) / 4, atol=1e-12)
    np.testing.assert_allclose(gradient.sum(axis=1), 0, atol=1e-12)


def test_huge_logits_do_not_overflow():
    loss, gradient = softmax_cross_entropy(np.float32([[3e38, 0, -3e38]]), [1])
    assert loss == pytest.approx(3e38)
    assert gradient.tolist() == [[1, -1, 0]]


@pytest.mark.parametrize("bad", [np.nan, np.inf])
@pytest.mark.filterwarnings("error")
def test_what_is_no_number_stays_so(bad):
    assert math.isnan(softmax_cross_entropy([[bad, 0.0]], [0])[0])
    assert not math.isfinite(mean_squared_error([[bad, 0.0]], [[0.0, 0.0]])[0])


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_arguments_stay_and_dtypes_too(dtype):
    x, targets = np.ones((2, 3), dtype), np.zeros((2, 3))
    assert softmax_cross_entropy(x, [0, 1])[1].dtype == dtype
    assert mean_squared_error(x, targets)[1].dtype == dtype
    assert (x == 1).all()


@pytest.mark.parametrize(
    ("logits", "labels", "words"),
    [
        ([[1.0, 2.0]], [0, 1], r"logits \(1, 2\) and labels \(2,\) do not fit; give"),
        ([[1.0, 2.0]], [[0]], r"labels \(1, 1\) do not fit"),
        ([1.0, 2.0], [0, 1], r"logits \(2,\)"),
        (np.zeros((0, 3)), np.zeros(0, int), r"logits \(0, 3\)"),
        ([[1.0, 2.0]], [2], "labels from 2 to 2 .* from 0 to 1; the model needs one output per class"),
        ([[1.0, 2.0]], [-1], "labels from -1 to -1"),
        ([[1.0, 2.0]], [0.5], "labels from 0.5 to 0.5 .float64. must be whole numbers"),
        ([["a", "b"]], [0], "<U1 values; give"),
    ],
)
def test_labels_that_do_not_fit(logits, labels, words):
    with pytest.raises(ValueError, match=f"^softmax_cross_entropy: .*{words}"):
        softmax_cross_entropy(logits, labels)


@pytest.mark.parametrize(("outputs", "targets"), [([[1.0], [2.0]], [1.0, 2.0]), ([], [])])
def test_targets_that_would_be_broadcast_or_are_missing(outputs, targets):
    with pytest.raises(ValueError, match=r"^mean_squared_error: outputs .* must be of one shape; give"):
        mean_squared_error(outputs, targets)
