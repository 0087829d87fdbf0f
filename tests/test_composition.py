"""Two kernels in one: against both steps, and against SciPy's convolution."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.signal import convolve2d

from cnnlib import KERNELS, conv2d, relu
from cnnlib.composition import compose_kernels
from cnnlib.pictures import picture

kernels = arrays(np.int64, st.tuples(st.integers(1, 4), st.integers(1, 4)), elements=st.integers(-9, 9))
pictures = arrays(np.int64, st.tuples(st.integers(8, 12), st.integers(8, 12)), elements=st.integers(0, 255))


def test_two_ones_by_hand():
    assert compose_kernels(np.ones((3, 3), int), np.ones((3, 3), int)).tolist() == [
        [1, 2, 3, 2, 1],
        [2, 4, 6, 4, 2],
        [3, 6, 9, 6, 3],
        [2, 4, 6, 4, 2],
        [1, 2, 3, 2, 1],
    ]


@given(image=pictures, first=kernels, second=kernels)
def test_one_step_gives_what_two_give(image, first, second):
    one = conv2d(image, compose_kernels(first, second))
    np.testing.assert_array_equal(one, conv2d(conv2d(image, first), second))
    assert one.dtype == np.int64


@given(first=kernels, second=kernels)
def test_it_is_scipys_full_convolution_in_either_order(first, second):
    np.testing.assert_array_equal(compose_kernels(first, second), convolve2d(first, second))
    np.testing.assert_array_equal(compose_kernels(first, second), compose_kernels(second, first))


def test_floats_stay_floats():
    blur = KERNELS["box blur"].weights
    assert compose_kernels(blur, blur).sum() == pytest.approx(1)


@pytest.mark.parametrize("small", [np.float16, np.float32])
def test_the_order_changes_no_digit_where_the_kernels_differ_in_type(small):
    first, second = np.array([[0.1, 0.2]], small), np.array([[0.3], [0.7]])
    one_way, other = compose_kernels(first, second), compose_kernels(second, first)
    np.testing.assert_array_equal(one_way, convolve2d(first.astype(float), second))
    np.testing.assert_array_equal(one_way, other)


def test_three_layers_of_three_make_seven():
    one = KERNELS["sharpen"].matrix
    assert compose_kernels(compose_kernels(one, one), one).shape == (7, 7)


def test_a_bend_between_the_two_ends_it():
    """No kernel at all gives these numbers: a linear layer would negate its answer with its input."""
    image = picture("camera").astype(int)
    first, second = KERNELS["Sobel, columns"].matrix, KERNELS["box blur"].matrix

    def bent(x):
        return conv2d(relu(conv2d(x, first)), second)

    assert np.abs(bent(image) - conv2d(image, compose_kernels(first, second))).max() > 1000
    assert not np.array_equal(bent(-image), -bent(image))


@pytest.mark.parametrize("wrong", [[1, 2], [], [[[1]]]])
def test_what_is_no_kernel_is_refused(wrong):
    with pytest.raises(ValueError, match=r"^compose_kernels: a kernel has shape"):
        compose_kernels(wrong, [[1]])
    with pytest.raises(ValueError, match=r"^compose_kernels: a kernel has shape"):
        compose_kernels([[1]], wrong)
