"""Brightness, bytes and channels last: by hand, by property, and against Pillow, NumPy and SciPy."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from PIL import Image
from scipy.signal import convolve2d, correlate2d

from cnnlib import KERNELS, pad
from cnnlib.display import (
    absolute,
    clipped,
    dominant,
    feature_map,
    luma,
    normalised,
    over,
    share_beyond_bytes,
    sums_to_zero,
    wrapped,
)

REALS = hnp.arrays(float, (3, 4), elements=st.floats(-2000, 2000))
WHOLE = hnp.arrays(np.int64, (3, 4), elements=st.integers(-2000, 2000))


# ---- brightness
@given(hnp.arrays(np.uint8, (2, 3, 3)))
def test_luma_is_pillows_to_the_rounding(image):
    theirs = np.array(Image.fromarray(image).convert("L"))  # whole-number arithmetic: now and then 1 beside
    np.testing.assert_allclose(luma(image), theirs, atol=0.51)


def test_gray_stays_as_bright_as_it_is():
    gray = np.arange(256)
    np.testing.assert_allclose(luma(np.stack([gray] * 3, axis=-1)), gray)


# ---- kernels
@pytest.mark.parametrize("name", KERNELS)
def test_a_normalised_kernel_keeps_a_flat_picture_unless_it_is_blind_to_it(name):
    matrix = KERNELS[name].matrix
    assert sums_to_zero(matrix) == (KERNELS[name].total == 0)
    assert normalised(matrix).sum() == pytest.approx(0 if sums_to_zero(matrix) else 1)


def test_nothing_is_divided_by_the_rounding_of_floats():
    kernel = np.array([0.1, 0.2, -0.3])
    assert kernel.sum() != 0
    np.testing.assert_array_equal(normalised(kernel), kernel)


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
@pytest.mark.parametrize("divisor", [1, 7, 9, 1e-3, 1e4])
def test_the_sum_is_zero_in_the_digits_of_the_kernels_own_type(divisor, dtype):
    """An outline in float32, divided by 9, adds up to 2e-8: 4e7 times that is no brightness kept."""
    near = float(20 * np.finfo(dtype).eps)
    for name, kernel in KERNELS.items():
        matrix = kernel.matrix.astype(dtype) / dtype(divisor)
        assert sums_to_zero(matrix) == (kernel.total == 0), name
        if sums_to_zero(matrix):
            np.testing.assert_array_equal(normalised(matrix), matrix)
        else:
            assert normalised(matrix).dtype == dtype
            assert normalised(matrix).sum(dtype=float) == pytest.approx(1, abs=near), name


def test_small_weights_are_no_zeros():
    assert normalised([[1e-10, 3e-10]]).tolist() == [[0.25, 0.75]]
    assert sums_to_zero([[1e-10, -1e-10]])
    assert not sums_to_zero(np.array([[1000, -996]], np.float16))
    assert not sums_to_zero([[1, -1 + 1e-12]])
    assert sums_to_zero(np.zeros((3, 3)))


def test_differences_of_floats_add_up_to_zero():
    for dtype in (np.float32, np.float64):
        blurs = [np.exp(-((np.arange(9) - 4) ** 2) / (2 * s * s)).astype(dtype) for s in (1, 2)]
        grids = [np.outer(blur, blur) / np.outer(blur, blur).sum() for blur in blurs]
        assert sums_to_zero(grids[0] - grids[1])
        assert not sums_to_zero(grids[0])


def test_whole_numbers_are_added_up_exactly():
    assert not sums_to_zero(np.array([[2**63 - 1, 2**63 - 1, 2]], np.uint64))  # together 0 in 64 bits
    assert not sums_to_zero(np.array([[100, 100, 56]], np.uint8))
    assert normalised(np.array([[100, 100, 56]], np.uint8)).tolist() == [[100 / 256, 100 / 256, 56 / 256]]


def test_a_sum_below_zero_turns_the_signs():
    assert normalised([[-1, -1]]).tolist() == [[0.5, 0.5]]


# ---- bytes
def test_the_numbers_of_lesson_four():
    values = [-150, -370, 580, 0, 255, 256, 90]
    assert clipped(values).tolist() == [0, 0, 255, 0, 255, 255, 90]
    assert wrapped(values).tolist() == [106, 142, 68, 0, 255, 0, 90]
    assert absolute(values).tolist() == [150, 255, 255, 0, 255, 255, 90]


@given(WHOLE)
def test_whole_numbers_wrap_as_numpy_does(values):
    np.testing.assert_array_equal(wrapped(values), values.astype(np.uint8))


@given(REALS)
def test_clipping_finds_the_nearest_byte(values):
    nearest = np.abs(values[..., None] - np.arange(256)).min(axis=-1)
    np.testing.assert_allclose(np.abs(values - clipped(values)), nearest, atol=1e-9)


def test_small_types_are_not_cut_before_they_are_shown():
    assert absolute(np.array([-128, 127], np.int8)).tolist() == [128, 127]
    assert wrapped(np.array([1, 255], np.uint8)).tolist() == [1, 255]
    assert wrapped(np.array([-1], np.int8)).tolist() == [255]
    assert wrapped(np.array([True])).tolist() == [1]
    assert wrapped(np.array([5064, 300.5], np.float16)).tolist() == [5064 % 256, 44]
    assert wrapped([802_089_951_225.0]).tolist() == [802_089_951_225 % 256]
    assert over(np.array([2049], np.float32), 0.5, np.array([1], np.float16)).tolist() == [1025]
    assert over(np.array([200], np.uint8), 2, 100).tolist() == [300]


@pytest.mark.parametrize("function", [luma, dominant, sums_to_zero, normalised, clipped, absolute, wrapped])
@pytest.mark.parametrize("wrong", [[["a", "b", "c"]], [[1j, 2, 3]], [[1], [2, 3]], None])
def test_what_is_no_number_is_told(function, wrong):
    with pytest.raises(ValueError, match=rf"^{function.__name__}: .*; give "):
        function(wrong)


def test_rounding_noise_does_not_wrap():
    assert wrapped([3.9999999, -1e-12, 256 - 1e-9, 3.99]).tolist() == [4, 0, 0, 3]


@given(REALS)
def test_what_lies_is_what_a_byte_cannot_hold(values):
    held = [float(round(v)) == float(clipped(v)) for v in values.ravel()]
    assert share_beyond_bytes(values) == pytest.approx(1 - np.mean(held))


def test_rounding_is_no_lie():
    assert share_beyond_bytes([-0.4, 0, 255, 255.4]) == 0
    assert share_beyond_bytes([-0.6, 255.6]) == 1


# ---- channels last
@given(
    image=hnp.arrays(int, (5, 6, 3), elements=st.integers(-9, 9)),
    kernel=hnp.arrays(int, (2, 3, 3), elements=st.integers(-9, 9)),
    stride=st.integers(1, 3),
    padding=st.integers(0, 2),
    flip=st.booleans(),
)
def test_a_colour_map_is_the_sum_of_its_channels(image, kernel, stride, padding, flip):
    padded, found = feature_map(image, kernel, stride=stride, padding=padding, flip=flip, border="edge")
    np.testing.assert_array_equal(padded, np.pad(image, [(padding,) * 2] * 2 + [(0, 0)], mode="edge"))
    slide = convolve2d if flip else correlate2d
    expected = sum(slide(padded[..., c], kernel[..., c], "valid") for c in range(3))
    np.testing.assert_array_equal(found, expected[::stride, ::stride])


def test_a_gray_picture_needs_no_channels():
    padded, found = feature_map(np.arange(9).reshape(3, 3), [[1, 0], [0, 1]], dilation=2)
    assert padded.tolist() == np.arange(9).reshape(3, 3).tolist()
    assert found.tolist() == [[8]]


@pytest.mark.parametrize("bias", [10, [10], np.array(10)])
def test_a_bias_is_added_in_gray_and_in_colour(bias):
    gray, colour = np.arange(9).reshape(3, 3), np.ones((3, 3, 2), int)
    assert feature_map(gray, [[1, 0], [0, 1]], bias=bias)[1].tolist() == [[14, 16], [20, 22]]
    assert feature_map(colour, np.ones((3, 3, 2), int), bias=bias)[1].tolist() == [[28]]
    assert feature_map(colour, np.ones((1, 2, 3, 3), int), bias=bias)[1].tolist() == [[[28]]]


@pytest.mark.parametrize("border", ["zero", "reflect", "edge", "wrap"])
@pytest.mark.parametrize("size", [(3, 3), (2, 3), (1, 4)])
def test_same_keeps_the_size_whatever_lies_beyond_the_border(border, size):
    gray, kernel = np.arange(20).reshape(4, 5), np.arange(np.prod(size)).reshape(size)
    sides = [((n - 1) // 2, n // 2) for n in size]
    padded, found = feature_map(gray, kernel, padding="same", border=border)
    np.testing.assert_array_equal(padded, pad(gray, sides, border))
    np.testing.assert_array_equal(found, correlate2d(padded, kernel, "valid"))
    assert found.shape == gray.shape
    colours = (np.stack([numbers] * 3, axis=-1) for numbers in (gray, kernel))
    np.testing.assert_array_equal(feature_map(*colours, padding="same", border=border)[1], 3 * found)
    np.testing.assert_array_equal(feature_map(gray, kernel, padding="valid")[0], gray)


def test_same_needs_stride_1():
    with pytest.raises(ValueError, match=r"^feature_map: padding 'same' needs stride 1, not 2"):
        feature_map(np.ones((4, 4)), np.ones((3, 3)), padding="same", stride=2)


@pytest.mark.parametrize(
    "shapes", [((4, 4, 3), (3, 3)), ((4, 4), (3, 3, 3)), ((4, 4, 3), (3, 3, 2)), ((4,), (3,))]
)
def test_shapes_that_do_not_go_together_are_told(shapes):
    with pytest.raises(ValueError, match=r"^feature_map: .* do not go together; give"):
        feature_map(*map(np.ones, shapes))
