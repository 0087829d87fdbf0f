"""Brightness, bytes and channels last: by hand, by property, and against Pillow, NumPy and SciPy."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from PIL import Image
from scipy.signal import convolve2d, correlate2d

from cnnlib import KERNELS
from cnnlib.display import (
    absolute,
    clipped,
    feature_map,
    luma,
    normalised,
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


@pytest.mark.parametrize(
    "shapes", [((4, 4, 3), (3, 3)), ((4, 4), (3, 3, 3)), ((4, 4, 3), (3, 3, 2)), ((4,), (3,))]
)
def test_shapes_that_do_not_go_together_are_told(shapes):
    with pytest.raises(ValueError, match=r"^feature_map: .* do not go together; give"):
        feature_map(*map(np.ones, shapes))
