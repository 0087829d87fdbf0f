"""A drawing comes out as MNIST's digits do: as large, in the same place, as dark."""

import os

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strokes import LINES, draw

from cnnlib.nn import centre_digit, mnist

NAMES = st.sampled_from(sorted(LINES))


def centre_of_mass(picture):
    return [float((picture.sum(axis=1 - axis) * np.arange(32)).sum() / picture.sum()) for axis in (0, 1)]


def test_what_is_20_pixels_high_is_only_moved():
    drawing = np.zeros((28, 28), np.uint8)
    drawing[0:20, 3:5] = 250
    drawing[0:4, 5:9] = 50
    # 40 pixels of 1 and 16 of 0.2, together 43.2. Rows: (40 * 9.5 + 3.2 * 1.5) / 43.2 = 8.9, so row 9 comes
    # to row 16. Columns, from the first with ink: (40 * 0.5 + 3.2 * 3.5) / 43.2 = 0.72: column 1 to 16.
    expected = np.zeros((32, 32), np.float32)
    expected[7:27, 15:17] = 1
    expected[7:11, 17:21] = 0.2
    picture = centre_digit(drawing)
    assert picture.dtype == np.float32
    np.testing.assert_allclose(picture, expected, rtol=1e-6)


def test_shrinking_averages():
    drawing = np.zeros((40, 40))
    drawing[8:28, :6] = 100
    drawing[0] = drawing[39] = drawing[:, 39] = 10
    digit = centre_digit(drawing)
    rows, cols = digit.nonzero()
    assert np.ptp(rows) == np.ptp(cols) == 19
    # A new pixel sees four old ones, at distances of 3/4, 1/4, 1/4, 3/4 new pixels: weights 1/8, 3/8, 3/8,
    # 1/8, and where the two at one side are off the edge, 3/7, 3/7, 1/7 for the rest. The last column is one
    # of 10 after columns of 0: 3/7 of it, far from all other ink.
    assert digit[rows.min() + 17, cols.max()] == pytest.approx(0.1 * 3 / 7, abs=1e-6)
    assert digit.max() == 1


@settings(max_examples=60)
@given(
    NAMES, st.integers(28, 300), st.floats(0.3, 0.8), st.floats(0.05, 0.2), st.floats(0, 1), st.floats(0, 1)
)
def test_longer_side_is_20_and_the_mass_is_in_the_middle(name, canvas, height, pen, down, right):
    picture = centre_digit(draw(name, canvas, height, pen, down, right))
    rows, cols = (np.ptp(ends) + 1 for ends in picture.nonzero())
    assert max(rows, cols) == 20
    assert picture.max() == 1
    assert picture.min() == 0
    assert all(15.499 <= place <= 16.501 for place in centre_of_mass(picture))


@settings(max_examples=30)
@given(NAMES, st.integers(0, 60), st.integers(0, 60))
def test_where_on_the_canvas_it_was_drawn_changes_nothing(name, down, right):
    drawing = draw(name, 90, 0.6)
    moved = np.zeros((150, 160), np.uint8)
    moved[down : down + 90, right : right + 90] = drawing
    np.testing.assert_array_equal(centre_digit(moved), centre_digit(drawing))


def test_enlarging_and_the_colour_of_ink_change_nothing():
    drawing = draw("3")
    np.testing.assert_allclose(centre_digit(drawing / 255), centre_digit(drawing), atol=1e-6)
    np.testing.assert_allclose(centre_digit(drawing // 2 * 2), centre_digit(drawing), atol=0.01)
    twice = np.kron(drawing, np.ones((2, 2)))
    np.testing.assert_allclose(centre_digit(twice), centre_digit(drawing), atol=0.1)


@pytest.mark.parametrize("shape", [(28, 28), (1, 1), (200, 3)])
def test_a_blank_canvas_is_a_blank_picture(shape):
    np.testing.assert_array_equal(centre_digit(np.zeros(shape)), np.zeros((32, 32)))


def test_a_dot_and_a_canvas_full_of_ink_are_pictures_too():
    for drawing in (np.eye(1), np.full((9, 9), 255), np.pad([[1]], 5), np.ones((1, 500)), np.ones((500, 1))):
        picture = centre_digit(drawing)
        assert picture.shape == (32, 32)
        assert np.isfinite(picture).all()
        assert picture.max() == 1


@pytest.mark.parametrize(
    ("drawing", "message"),
    [
        (np.zeros((28, 28, 3)), r"drawing \(28, 28, 3\) must be \(H, W\); give one gray picture"),
        (np.zeros(784), r"\(784,\) has no rows and columns"),
        (np.zeros((0, 28)), "has no pixels"),
        (-np.eye(28), "negative ink; give 0..255"),
        (np.full((4, 4), np.nan), "NaN, infinity"),
        (np.full((4, 4), np.inf), "NaN, infinity"),
        ([["a"]], "cannot work with"),
    ],
)
def test_what_is_no_drawing_is_refused(drawing, message):
    with pytest.raises(ValueError, match=f"^centre_digit: .*{message}"):
        centre_digit(drawing)


@pytest.mark.skipif("CNNLIB_MNIST" not in os.environ, reason="CNNLIB_MNIST names no folder with MNIST")
def test_mnist_itself_comes_out_as_it_went_in():
    """All but three of its test pictures: those lost a row of their box to rounding."""
    pictures = mnist().test.images[:, 0]
    framed = np.pad(pictures, ((0, 0), (2, 2), (2, 2))) / pictures.max(axis=(1, 2), keepdims=True)
    centred = np.array([centre_digit(picture) for picture in pictures])
    same = np.abs(centred - framed).max(axis=(1, 2)) < 1e-6
    assert np.flatnonzero(~same).tolist() == [4530, 9300, 9302]
