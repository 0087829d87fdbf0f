"""The size of a layer: numbers worked by hand, and counted by a layer that really does the work."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnlib import conv2d, layer_size
from cnnlib.nn import Conv2D


@pytest.mark.parametrize(
    ("arguments", "shape", "weights", "parameters", "multiplications"),
    [
        (((1, 32, 32), 6, 5), (6, 28, 28), 150, 156, 117_600),  # 6 of 5 x 5 x 1
        (((6, 14, 14), 16, 5), (16, 10, 10), 2400, 2416, 240_000),  # 16 of 5 x 5 x 6
        (((3, 32, 32), 1, 5), (1, 28, 28), 75, 76, 58_800),  # the flashlight: 784 places, 75 products
        (((3, 3, 3), 1, 3), (1, 1, 1), 27, 28, 27),
    ],
)
def test_by_hand(arguments, shape, weights, parameters, multiplications):
    size = layer_size(*arguments)
    assert size.output_shape == shape
    assert size.weights == weights
    assert size.biases == arguments[1]
    assert size.parameters == parameters
    assert size.multiplications == multiplications


def test_five_layers_of_the_published_count():
    """5 filters of 3 x 3 on one channel: 45 weights; each later layer of 5 has 225, so five have 945."""
    first = layer_size((1, 32, 32), 5, 3, padding=1, bias=False)
    later = layer_size(first.output_shape, 5, 3, padding=1, bias=False)
    assert (first.parameters, later.parameters) == (45, 225)
    assert first.parameters + 4 * later.parameters == 945


def test_the_moving_demo():
    size = layer_size((3, 5, 5), 2, 3, stride=2, padding=1)
    assert size == ((2, 3, 3), 54, 2, 486)
    assert size.parameters == 56


@given(
    shape=st.tuples(st.integers(1, 4), st.integers(3, 9), st.integers(3, 9)),
    filters=st.integers(1, 5),
    kernel=st.tuples(st.integers(1, 3), st.integers(1, 3)),
    stride=st.integers(1, 3),
    padding=st.integers(0, 2),
    bias=st.booleans(),
)
def test_the_real_arrays_are_as_large(shape, filters, kernel, stride, padding, bias):
    size = layer_size(shape, filters, kernel, stride=stride, padding=padding, bias=bias)
    weights = np.ones((filters, shape[0], *kernel), int)
    maps = conv2d(np.ones(shape, int), weights, stride=stride, padding=padding)
    assert size.output_shape == maps.shape
    assert size.weights == weights.size
    assert size.biases == bias * filters
    # Of ones alone, a sum counts its products; those with the padding are multiplied, too.
    framed = np.ones((shape[0], shape[1] + 2 * padding, shape[2] + 2 * padding), int)
    assert size.multiplications == conv2d(framed, weights, stride=stride).sum()


@given(
    channels=st.integers(1, 4), filters=st.integers(1, 5), kernel=st.integers(1, 4), stride=st.integers(1, 3)
)
def test_the_layer_of_a_network_counts_alike(channels, filters, kernel, stride):
    layer, shape = Conv2D(channels, filters, kernel, stride=stride), (channels, 9, 7)
    size = layer_size(shape, filters, kernel, stride=stride)
    assert layer.output_shape(shape) == size.output_shape
    assert sum(array.size for array in layer.weights.values()) == size.parameters
    assert layer.multiplications(shape) == size.multiplications


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (((32, 32), 6, 5), r"layer_size: shape \(32, 32\) is not \(C, H, W\); give three"),
        (((3, 32.5, 32), 6, 5), "give three whole numbers"),
        ((5, 6, 5), "give three whole numbers"),
        (((0, 32, 32), 6, 5), "give three whole numbers"),
        (((3, 32, 32), 0, 5), "layer_size: filters must be a whole number of at least 1"),
        (((3, 4, 4), 6, 5), r"layer_size: the 5 × 5 kernel is larger than the padded image of 4 × 4; add"),
    ],
)
def test_errors(arguments, says):
    with pytest.raises(ValueError, match=says):
        layer_size(*arguments)
