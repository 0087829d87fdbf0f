"""Lesson 11's functions: learners' answers, right and known-wrong, and that the truths are true."""

import numpy as np
import pytest
from scipy.special import log_softmax
from scipy.special import softmax as scipy_softmax

from cnnlib import nn
from cnnlib.exercises import (
    check_cross_entropy,
    check_flatten_backward,
    check_gradient,
    check_loss_gradient,
    check_relu_backward,
    check_report,
    check_softmax,
    check_update,
)

CROSS_ENTROPY = check_cross_entropy.check
LOSS_GRADIENT = check_loss_gradient.check
SOFTMAX = check_softmax.check


# ---- right ones
def softmax_by_loops(logits, temperature):
    out = np.zeros(logits.shape)
    for row, scores in enumerate(logits):
        powers = np.exp((scores - max(scores)) / temperature)
        out[row] = powers / sum(powers)
    return out


def loss_by_loops(probabilities, labels):
    losses = []
    for row in range(len(labels)):
        losses.append(-np.log(probabilities[row, labels[row]]))
    return sum(losses) / len(losses)


def slope_by_copy(probabilities, labels):
    gradient = probabilities.copy()
    gradient[range(len(labels)), labels] -= 1
    return gradient / len(labels)


def numeric_in_place(loss, weight, step):
    found = np.zeros_like(weight)
    for index in np.ndindex(weight.shape):
        weight[index] += step
        above = loss(weight)
        weight[index] -= 2 * step
        below = loss(weight)
        weight[index] += step
        found[index] = (above - below) / (2 * step)
    return found


def numeric_with_own_step(loss, weight, step):
    return numeric_in_place(loss, weight.copy(), 1e-4)


def relu_backward_by_mask(gradient, x):
    out = gradient.copy()
    out[x < 0] = 0
    return out


def by_layer(layer):
    def backward(gradient, x):
        layer.training = True
        layer.forward(x)
        return layer.backward(gradient)

    return backward


RIGHT = {
    check_softmax: [
        lambda logits, temperature: scipy_softmax(logits / temperature, axis=1),
        softmax_by_loops,
    ],
    check_cross_entropy: [
        loss_by_loops,
        lambda p, labels: -(np.log(p) * np.eye(p.shape[1])[labels]).sum(axis=1).mean(),
        lambda p, labels: nn.softmax_cross_entropy(np.log(p), labels)[0],
    ],
    check_loss_gradient: [slope_by_copy, lambda p, labels: nn.softmax_cross_entropy(np.log(p), labels)[1]],
    check_update: [lambda weight, gradient, learning_rate: weight - learning_rate * gradient],
    check_relu_backward: [
        relu_backward_by_mask,
        lambda gradient, x: gradient * (x >= 0),
        by_layer(nn.ReLU()),
    ],
    check_flatten_backward: [
        lambda gradient, x: gradient.reshape(x.shape),
        lambda gradient, x: gradient.reshape(len(x), *x.shape[1:]),
        by_layer(nn.Flatten()),
    ],
    check_gradient: [numeric_in_place, numeric_with_own_step],
    check_report: [lambda train, validation, test: test[np.argmax(validation)]],
}


def test_the_truth_is_scipys():
    for case in SOFTMAX.cases:
        logits, temperature = case.arguments
        np.testing.assert_allclose(
            SOFTMAX.truth(*case.arguments), scipy_softmax(logits / temperature, axis=1)
        )
    for case in CROSS_ENTROPY.cases:
        probabilities, labels = case.arguments
        logs = log_softmax(np.log(probabilities), axis=1)
        assert CROSS_ENTROPY.truth(*case.arguments) == pytest.approx(-logs[range(len(labels)), labels].mean())


def test_the_slope_is_what_moving_a_logit_says():
    for case in LOSS_GRADIENT.cases:
        probabilities, labels = case.arguments
        logits, step = np.log(probabilities), 1e-5
        for index in np.ndindex(logits.shape):
            moved = np.zeros(logits.shape)
            moved[index] = step
            above, below = (
                CROSS_ENTROPY.truth(scipy_softmax(logits + way * moved, axis=1), labels) for way in (1, -1)
            )
            slope = LOSS_GRADIENT.truth(probabilities, labels)[index]
            assert slope == pytest.approx((above - below) / (2 * step), abs=1e-8)


# ---- wrong ones
def softmax_with(axis, keepdims=True, shift=False):
    def softmax(logits, temperature):
        logits = logits / temperature
        if shift:
            logits = logits - logits.max(axis=axis, keepdims=keepdims)
        powers = np.exp(logits)
        return powers / powers.sum(axis=axis, keepdims=keepdims)

    return softmax


def softmax_times(logits, temperature):
    powers = np.exp(logits * temperature)
    return powers / powers.sum(axis=1, keepdims=True)


def every_row(probabilities, labels):
    total = 0
    for label in labels:
        total -= np.log(probabilities[:, label]).sum()
    return total / len(labels)


def slope_in_place(probabilities, labels):
    probabilities[range(len(labels)), labels] -= 1
    return probabilities / len(labels)


def update_in_place(weight, gradient, learning_rate):
    weight -= learning_rate * gradient


def update_in_place_and_back(weight, gradient, learning_rate):
    weight -= learning_rate * gradient
    return weight


def relu_by_loops(gradient, x):
    out = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        if gradient[index] > 0:
            out[index] = gradient[index]
    return out


def numeric_with_all(loss, weight, step):
    return (loss(weight + step) - loss(weight - step)) / (2 * step)


def numeric_left_moved(loss, weight, step):
    found = np.zeros(weight.shape)
    for index in np.ndindex(weight.shape):
        weight[index] += step
        found[index] = loss(weight)
    return found


WRONG = {
    check_softmax: [
        (softmax_with(0), "that is the wrong axis"),
        (softmax_with(0, shift=True), "that is the wrong axis"),
        (softmax_with(None), "the whole batch sum to 1 together"),
        (softmax_with(None, shift=True), "the whole batch sum to 1 together"),
        (softmax_with(1), "more than a float can hold"),
        (softmax_with(1, keepdims=False), "It has to stay, with length 1"),
        (softmax_with(1, keepdims=False, shift=True), "It has to stay, with length 1"),
        (softmax_times, "multiplied by the temperature"),
        (lambda logits, temperature: np.exp(logits / temperature), "not divided by their sum"),
        (lambda logits, temperature: scipy_softmax(logits, axis=1), "temperature changes nothing"),
        (lambda logits: scipy_softmax(logits, axis=1), "has to take the temperature as well"),
    ],
    check_cross_entropy: [
        (lambda p, labels: loss_by_loops(p, labels) * len(p), "are added up"),
        (lambda p, labels: -loss_by_loops(p, labels), "minus is missing"),
        (lambda p, labels: -np.log10(p[range(len(p)), labels]).mean(), "another logarithm"),
        (lambda p, labels: -np.log2(p[range(len(p)), labels]).mean(), "another logarithm"),
        (every_row, "pairs all with all"),
        (lambda p, labels: -np.log(p[labels, range(len(p))]).mean(), "Row and column have changed places"),
        (lambda p, labels: nn.softmax_cross_entropy(p, labels)[0], "applied twice"),
        (lambda p, labels: loss_by_loops(p, labels - 1), "count from 0"),
    ],
    check_loss_gradient: [
        (lambda p, labels: p - np.eye(p.shape[1])[labels], "division by the number of pictures"),
        (lambda p, labels: -slope_by_copy(p, labels), "points uphill"),
    ],
    check_update: [
        (lambda w, gradient, rate: w + rate * gradient, "sign of the update"),
        (lambda w, gradient, rate: w - rate * (rate * gradient), "applied twice"),
        (update_in_place, "changes the array it is given"),
        (lambda w, gradient, rate: -rate * gradient, "the step alone"),
    ],
    check_relu_backward: [
        (lambda gradient, x: gradient, "passes at negative inputs"),
        (relu_by_loops, "sign of the gradient"),
        (lambda gradient, x: gradient * x * (x > 0), "multiplied by the output"),
    ],
    check_flatten_backward: [
        (lambda gradient, x: gradient, "still flat"),
        (
            lambda gradient, x: gradient.reshape(len(x), *x.shape[2:], x.shape[1]).transpose(0, 3, 1, 2),
            "in the wrong places",
        ),
        (lambda gradient, x: gradient.reshape(x.shape[1:]), "The batch is forgotten"),
    ],
    check_gradient: [
        (numeric_with_all, "moved at once"),
        (numeric_left_moved, "changes the array it is given"),
    ],
    check_report: [
        (lambda train, validation, test: max(test), "You chose with the test part"),
        (lambda train, validation, test: max(validation), "best of many tries"),
    ],
}
CLOSE = {
    check_update: [(update_in_place_and_back, "The numbers are right, but your function changes the array")],
    check_loss_gradient: [(slope_in_place, "The numbers are right, but your function changes the array")],
}
