"""A kernel learns itself: the steps are those of a Conv2D, and the largest rate is where they diverge."""

import numpy as np
import pytest

from cnnlib import KERNELS, conv2d
from cnnlib.nn import SGD, Conv2D, Sequential, mean_squared_error
from cnnlib.nn.one_kernel import descend, largest_rate

SOBEL = KERNELS["Sobel, columns"].matrix


def noise(*shape):
    return np.random.default_rng(1).normal(size=shape)


def test_the_steps_are_those_of_a_convolution_layer():
    before, start = noise(9, 12), noise(2, 3)
    after = conv2d(before, SOBEL[:2].astype(float))
    way = descend(before, after, start, learning_rate=0.1, steps=5)
    model = Sequential(Conv2D(1, 1, (2, 3)), seed=None).astype(np.float64)
    model[0].weights["weight"][...], model[0].weights["bias"][...] = start, 0
    for kernel, error in zip(way.kernels, way.errors, strict=True):
        np.testing.assert_allclose(model[0].weights["weight"][0, 0], kernel, rtol=1e-12)
        outputs = model.forward(before[None, None], training=True)
        loss, gradient = mean_squared_error(outputs, after[None, None])
        assert loss == pytest.approx(error)
        model.backward(gradient)
        model[0].gradients["bias"][...] = 0
        SGD(model, 0.1, momentum=0).step()


def test_on_noise_the_hidden_kernel_is_found():
    before = noise(40, 40)
    way = descend(before, conv2d(before, SOBEL.astype(float)), np.zeros((3, 3)), learning_rate=0.3, steps=60)
    np.testing.assert_allclose(way.kernels[-1], SOBEL, atol=1e-9)
    assert len(way.kernels) == len(way.errors) == 61
    assert (np.diff(way.errors[:20]) < 0).all()
    assert not way.diverged


@pytest.mark.parametrize("before", [noise(20, 20), noise(20, 20).cumsum(axis=1)])
def test_just_below_the_largest_rate_the_error_falls_and_just_above_it_grows(before):
    after = conv2d(before, SOBEL.astype(float))
    largest = largest_rate(before, (3, 3))
    below = descend(before, after, np.zeros((3, 3)), learning_rate=0.98 * largest, steps=400)
    above = descend(before, after, np.zeros((3, 3)), learning_rate=1.05 * largest, steps=400)
    assert below.errors[-1] < below.errors[0]
    assert not below.diverged
    assert above.diverged
    assert above.errors[-1] > 100 * above.errors[0] >= above.errors[-2]


def test_no_step_is_the_start():
    way = descend(noise(5, 5), np.zeros((3, 3)), SOBEL, learning_rate=1, steps=0)
    np.testing.assert_array_equal(way.kernels, [SOBEL])


def test_a_start_without_error_stays():
    before = noise(5, 5)
    way = descend(before, conv2d(before, SOBEL.astype(float)), SOBEL, learning_rate=0.01, steps=9)
    np.testing.assert_allclose(way.kernels[-1], SOBEL, atol=1e-12)
    assert not way.diverged


def test_what_does_not_fit_is_refused():
    with pytest.raises(ValueError, match=r"kernel \(3, 3\) does not lie on the picture \(2, 9\)"):
        largest_rate(np.zeros((2, 9)), (3, 3))
    with pytest.raises(ValueError, match="has 4 numbers, but the kernel fits in 1 places"):
        descend(np.ones((3, 3)), np.ones((2, 2)), SOBEL, learning_rate=1, steps=1)
    assert largest_rate(np.zeros((4, 4)), (2, 2)) == np.inf
