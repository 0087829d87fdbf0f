"""The gradient check passes what is right, and names what is wrong."""

import re

import numpy as np
import pytest

from cnnlib.nn import (
    Conv2D,
    Dense,
    Dropout,
    Flatten,
    GradientMismatch,
    MaxPool2D,
    ReLU,
    Sequential,
    Tanh,
    gradient_check,
    mean_squared_error,
    softmax_cross_entropy,
)

X = np.random.default_rng(0).normal(size=(3, 2, 6, 6))


def network():
    return Sequential(
        Conv2D(2, 3, 3), Tanh(), MaxPool2D(2), Dropout(0.3), Flatten(), Dense(12, 5), ReLU(), Dense(5, 4)
    )


def test_a_network_with_its_loss_passes():
    report = gradient_check(network(), X, [0, 3, 1], loss=softmax_cross_entropy)
    assert report.checked == 100 + 54 + 3 + 60 + 5 + 20 + 4
    assert report.largest_difference < 1e-8
    assert str(report).startswith("246 derivatives agree; largest difference ")
    assert gradient_check(network(), X, np.ones((3, 4)), loss=mean_squared_error).checked == 246


def test_nothing_changes():
    layer, x = Dense(3, 2), np.ones((2, 3), np.float32)
    layer.forward(x)
    before = layer.weights["weight"].copy()
    gradient_check(layer, x)
    assert (layer.weights["weight"] == before).all()
    assert layer.weights["weight"].dtype == np.float32
    assert layer.gradients == {}
    assert layer.training is False
    assert layer.backward(np.ones((2, 2))).shape == (2, 3)  # the forward before the check still counts


def test_each_number_of_a_large_array_could_be_checked():
    layer = Dense(30, 20)
    x = np.ones((1, 30))
    assert gradient_check(layer, x, samples=7).checked == 7 + 7 + 7
    assert gradient_check(layer, x, samples=600).checked == 30 + 600 + 20


def test_frozen_layers_pass_without_their_weights():
    layer = Dense(3, 2)
    layer.frozen = True
    assert gradient_check(layer, [[1, 2, 3]]).checked == 3


def test_at_a_kink_either_slope_is_right():
    gradient_check(ReLU(), [[0.0, 0.0, 1.0, -1.0, 3e-6, -3e-6]])
    gradient_check(MaxPool2D(2), np.zeros((1, 1, 4, 4)))


class WrongWeight(Dense):
    """One number of the weights' gradient is off."""

    def backward(self, gradient, *, input_gradient=True):
        passed = super().backward(gradient, input_gradient=input_gradient)
        self.gradients["weight"][1, 2] += 0.25
        return passed


class LetsNegativesThrough(ReLU):
    def backward(self, gradient, *, input_gradient=True):
        return np.asarray(gradient)


class WrongSign(Tanh):
    def backward(self, gradient, *, input_gradient=True):
        return -super().backward(gradient)


class ForgetsTheShape(Flatten):
    def backward(self, gradient, *, input_gradient=True):
        return np.asarray(gradient)


class ForgetsTheBias(Dense):
    def backward(self, gradient, *, input_gradient=True):
        passed = super().backward(gradient)
        del self.gradients["bias"]
        return passed


class GivesNothing(Tanh):
    def backward(self, gradient, *, input_gradient=True):
        return None


class GivesNaN(Tanh):
    def backward(self, gradient, *, input_gradient=True):
        return super().backward(gradient) * np.nan


NUMBER = r"-?\d[\d.e-]*"


@pytest.mark.parametrize(
    ("layer", "x", "words"),
    [
        (WrongWeight(3, 2), X[:, 0, 0, :3], rf"WrongWeight\(3, 2\) weight\[1, 2\]: backprop ({NUMBER}), "),
        (LetsNegativesThrough(), [[2.0, -1.0]], r"LetsNegativesThrough\(\) input\[0, 1\]: backprop .*, "),
        (WrongSign(), X, r"WrongSign\(\) input\[0, 0, 0, 0\]: backprop"),
        (GivesNaN(), X, r"GivesNaN\(\) input\[0, 0, 0, 0\]: backprop nan, "),
        (
            ForgetsTheShape(),
            X,
            r"input: backward gives a gradient \(3, 72\) for \(3, 2, 6, 6\); it needs one",
        ),
        (ForgetsTheBias(3, 2), X[:, 0, 0, :3], r"bias: backward gives no gradient for \(2,\); it needs one"),
        (GivesNothing(), X, r"GivesNothing\(\) input: backward gives no gradient"),
    ],
)
def test_a_mistake_is_named(layer, x, words):
    with pytest.raises(GradientMismatch, match=f"^.*{words}"):
        gradient_check(layer, x)


def test_both_derivatives_are_told():
    with pytest.raises(GradientMismatch) as caught:
        gradient_check(WrongWeight(3, 2), X[:, 0, 0, :3])
    told = re.search(rf"backprop ({NUMBER}), finite differences ({NUMBER})$", str(caught.value))
    backprop, numeric = map(float, told.groups())
    assert backprop - numeric == pytest.approx(0.25, abs=1e-5)


def test_in_a_network_the_layer_is_named():
    model = Sequential(Flatten(), Dense(72, 3), Tanh(), WrongWeight(3, 2))
    with pytest.raises(GradientMismatch, match=r"^layer 3, WrongWeight\(3, 2\) weight\[1, 2\]: "):
        gradient_check(model, X, [0, 1, 1], loss=softmax_cross_entropy)


def test_a_wrong_loss_is_found():
    def forgot_the_mean(outputs, targets):
        loss, gradient = softmax_cross_entropy(outputs, targets)
        return loss, gradient * len(outputs)

    with pytest.raises(GradientMismatch, match=r"^Sequential input\[0, 0\]: "):
        gradient_check(Sequential(Dense(3, 2)), X[:, 0, 0, :3], [0, 1, 1], loss=forgot_the_mean)


def test_small_derivatives_count_too():
    tiny = WrongWeight(3, 2)
    with pytest.raises(GradientMismatch):
        gradient_check(tiny, np.full((1, 3), 1e-3), step=1e-4)
    scaled = Sequential(Dense(3, 2))

    def off_by_a_percent(outputs, targets):
        loss, gradient = mean_squared_error(outputs * 0.01, targets)
        return loss, gradient * 0.0101

    with pytest.raises(GradientMismatch):
        gradient_check(scaled, X[:, 0, 0, :3], np.zeros((3, 2)), loss=off_by_a_percent)
