"""The network that is written out agrees with the layers, and with numbers worked out on paper."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from cnnlib.lessons.l11_train_a_small_cnn.by_hand import backward, forward, network, update
from cnnlib.nn import SGD, Dense, ReLU, Sequential, mean_squared_error

numbers = st.floats(-3, 3, width=16)
pairs = arrays(float, 2, elements=numbers)
networks = st.builds(network, arrays(float, (2, 2), elements=numbers), pairs, pairs, numbers)


def layers(weights):
    model = Sequential(Dense(2, 2), ReLU(), Dense(2, 1), seed=None).astype(np.float64)
    model[0].weights["weight"][...], model[0].weights["bias"][...] = weights.W, weights.b
    model[2].weights["weight"][...], model[2].weights["bias"][...] = weights.v[None], weights.c
    return model


@given(pairs, numbers, networks)
def test_forward_backward_and_update_are_those_of_the_layers(x, target, weights):
    made = forward(x, target, weights)
    found = backward(x, target, weights, made)
    model = layers(weights)
    z, h, y = model.activations(x[None])
    np.testing.assert_allclose(made.z, z[0], atol=1e-12)
    np.testing.assert_allclose(made.h, h[0], atol=1e-12)
    loss, gradient = mean_squared_error(model.forward(x[None], training=True), [[target]])
    assert made.y == pytest.approx(y.item(), abs=1e-12)
    assert made.loss == pytest.approx(loss, abs=1e-12)
    model.backward(gradient)
    for name, expected in {
        "0.weight": found.W,
        "0.bias": found.b,
        "2.weight": found.v,
        "2.bias": found.c,
    }.items():
        np.testing.assert_allclose(model.gradients[name].squeeze(), expected, atol=1e-9)
    SGD(model, 0.1, momentum=0).step()
    for name, expected in zip(
        ("0.weight", "0.bias", "2.weight", "2.bias"), update(weights, found, 0.1), strict=True
    ):
        np.testing.assert_allclose(model.weights[name].squeeze(), expected, atol=1e-9)


@given(pairs, numbers, networks)
def test_the_gradients_between_are_those_of_the_layers(x, target, weights):
    found = backward(x, target, weights, forward(x, target, weights))
    hidden, bend, out = layers(weights)
    y = out(bend(hidden(x[None])))
    _, gradient = mean_squared_error(y, [[target]])
    np.testing.assert_allclose(found.y, gradient.item(), atol=1e-9)
    h = out.backward(gradient)
    np.testing.assert_allclose(found.h, h[0], atol=1e-9)
    np.testing.assert_allclose(found.z, bend.backward(h)[0], atol=1e-9)


def test_on_paper():
    """z = (3, -1), h = (3, 0), y = 3, target 5: the loss is 4, and only the first unit learns."""
    weights = network([[1, 2], [3, -4]], [0, 0], [1, 1], 0)
    made = forward([1, 1], 5, weights)
    assert (made.z.tolist(), made.h.tolist(), made.y, made.loss) == ([3, -1], [3, 0], 3, 4)
    found = backward([1, 1], 5, weights, made)
    assert (found.y, found.v.tolist(), found.c) == (-4, [-12, 0], -4)
    assert (found.h.tolist(), found.z.tolist()) == ([-4, -4], [-4, 0])
    assert (found.W.tolist(), found.b.tolist()) == ([[-4, -4], [0, 0]], [-4, 0])


def test_at_a_sum_of_zero_no_gradient_passes():
    weights = network([[0, 0], [1, 0]], [0, 0], [1, 1], 0)
    found = backward([1, 1], 5, weights, forward([1, 1], 5, weights))
    assert found.z.tolist() == [0, -8]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (([[1, 2]], [0, 0], [1, 1], 0), r"W \(1, 2\) must be \(2, 2\)"),
        (([[1, 2], [3, 4]], [0], [1, 1], 0), r"b \(1,\) must hold two numbers"),
    ],
)
def test_other_shapes_are_refused(arguments, words):
    with pytest.raises(ValueError, match=words):
        network(*arguments)


def test_other_inputs_are_refused():
    with pytest.raises(ValueError, match=r"^forward: x \(3,\) must hold two numbers"):
        forward([1, 2, 3], 5, network([[0, 0], [1, 0]], [0, 0], [1, 1], 0))
