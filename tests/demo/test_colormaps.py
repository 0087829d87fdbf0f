"""Red above zero, white at zero, blue below; transparent where there is no value."""

import matplotlib
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from cnnlib.demo.colormaps import RED_BLUE, TABLES, gray_rgba, largest, rgb_rgba, signed_rgba

FLOATS = hnp.arrays(float, hnp.array_shapes(min_dims=2, max_dims=2), elements=st.floats(-1e9, 1e9))
WHITE = RED_BLUE[4].tolist()


def test_bytes_are_shown_as_they_are():
    every = np.arange(256, dtype=np.uint8).reshape(16, 16)
    pixels = gray_rgba(every)
    for channel in range(3):
        np.testing.assert_array_equal(pixels[..., channel], every)
    assert (pixels[..., 3] == 255).all()


@pytest.mark.parametrize("dtype", [np.int64, np.uint16, np.float32, np.float64])
def test_whole_values_are_the_same_gray_in_every_type(dtype):
    every = np.arange(256).reshape(16, 16)
    np.testing.assert_array_equal(gray_rgba(every.astype(dtype)), gray_rgba(every.astype(np.uint8)))


def test_gray_ends_and_beyond():
    assert gray_rgba(np.array([[-5, 0, 1, 7]]), high=1)[0, :, 0].tolist() == [0, 0, 255, 255]
    assert gray_rgba(np.array([[True, False]]), high=1)[0, :, 0].tolist() == [255, 0]
    assert gray_rgba(np.array([[3, 3]]), low=3, high=3).shape == (1, 2, 4)  # no division by zero


@pytest.mark.parametrize("color", [gray_rgba, signed_rgba])
def test_an_empty_cell_is_transparent_and_no_other(color):
    pixels = color(np.array([[np.nan, 0.0], [1.0, np.nan]]))
    assert pixels[..., 3].tolist() == [[0, 255], [255, 0]]
    assert not pixels[0, 0].any()


@given(FLOATS)
def test_the_sign_is_the_hue(array):
    limit = largest(array)
    red, blue = signed_rgba(array)[..., 0].astype(int), signed_rgba(array)[..., 2].astype(int)
    seen = np.abs(array) > limit / 100  # one step of the table is limit / 127
    assert (red > blue)[seen & (array > 0)].all()
    assert (red < blue)[seen & (array < 0)].all()
    assert (red == blue)[array == 0].all()


@given(FLOATS)
def test_a_change_of_sign_turns_the_scale_around(array):
    levels = {tuple(color): i for i, color in enumerate(TABLES["signed"][:255])}
    there = [levels[tuple(c)] for c in signed_rgba(array).reshape(-1, 4)]
    back = [levels[tuple(c)] for c in signed_rgba(-array).reshape(-1, 4)]
    assert [254 - level for level in back] == there


def test_equal_sizes_are_equally_far_from_white():
    assert len({tuple(c) for c in TABLES["signed"][:255]}) == 255
    lightness = TABLES["signed"][:255][:, :3] @ np.array([0.2126, 0.7152, 0.0722])
    assert (np.diff(lightness[:128:4]) > 0).all()  # so that it is read without colour, too; rounded, hence 4
    assert (np.diff(lightness[127::4]) < 0).all()
    assert TABLES["signed"][:255][127, :3].tolist() == WHITE


def test_the_scale_is_matplotlibs_without_its_darkest_ends():
    theirs = matplotlib.colormaps["RdBu_r"].resampled(11)(np.arange(1, 10))[:, :3]
    np.testing.assert_allclose(RED_BLUE, 255 * theirs, atol=1e-6)


def test_ends_and_beyond_the_limit():
    ends = signed_rgba(np.array([[-9.0, -2.0, 0.0, 2.0, 9.0]]), limit=2)[0, :, :3].tolist()
    assert ends == [RED_BLUE[0].tolist()] * 2 + [WHITE] + [RED_BLUE[-1].tolist()] * 2


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("value", [0.0, np.nan])
def test_nothing_to_scale_is_no_division_by_zero(value):
    array = np.full((2, 2), value)
    assert largest(array) == 0
    assert signed_rgba(array).shape == (2, 2, 4)
    assert gray_rgba(array).shape == (2, 2, 4)


def test_largest_ignores_what_is_not_finite():
    assert largest(np.array([[-3, np.nan], [np.inf, 2]])) == 3
    assert largest(np.array([], dtype=float)) == 0


def test_colour_photos_are_shown_as_they_are():
    photo = np.random.default_rng(0).integers(0, 256, (5, 7, 3), dtype=np.uint8)
    np.testing.assert_array_equal(rgb_rgba(photo)[..., :3], photo)
    assert rgb_rgba(np.array([[[-1, 254.6, 300]]])).tolist() == [[[0, 255, 255, 255]]]


@given(FLOATS)
def test_the_array_itself_stays(array):
    kept = array.copy()
    for color in (gray_rgba, signed_rgba):
        color(array)[:] = 7
    np.testing.assert_array_equal(array, kept)
