"""Gram matrices: hand-worked, against loops, blind to places; and the textures they tell apart."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from cnnlib import conv2d, relu
from cnnlib.connections import shuffle_pixels
from cnnlib.lessons.l13_beyond.textures import (
    LINES,
    PIECES,
    SIDE,
    TEXTURES,
    gram_distance,
    texture,
)
from cnnlib.nn.style import gram
from cnnlib.pictures import picture

whole_maps = hnp.arrays(
    np.int64, hnp.array_shapes(min_dims=3, max_dims=3, max_side=5), elements=st.integers(-900, 900)
)


def style(image):
    return gram(relu(conv2d(image[None], LINES)))


def test_by_hand():
    maps = [[[1, 2], [3, 0]], [[0, 1], [0, 5]]]
    assert gram(maps).tolist() == [[14 / 4, 2 / 4], [2 / 4, 26 / 4]]


@given(whole_maps)
def test_every_cell_is_the_mean_of_a_product(maps):
    expected = [[np.mean(one * other) for other in maps] for one in maps]
    np.testing.assert_allclose(gram(maps), expected, rtol=1e-12)


@given(whole_maps, st.integers(0, 99))
def test_places_do_not_matter_to_the_last_digit(maps, seed):
    assert np.array_equal(gram(shuffle_pixels(maps, seed)), gram(maps))


@given(hnp.arrays(np.float64, (3, 2, 4), elements=st.floats(-10, 10)))
def test_it_is_symmetric_and_no_direction_is_negative(maps):
    matrix = gram(maps)
    np.testing.assert_array_equal(matrix, matrix.T)
    assert np.linalg.eigvalsh(matrix).min() > -1e-9


def test_small_whole_numbers_do_not_wrap():
    assert gram(np.full((1, 2, 2), 200, np.uint8)).tolist() == [[40000.0]]
    assert gram(np.ones((1, 2, 2), bool)).tolist() == [[1.0]]


@given(hnp.arrays(np.float64, (3, 3), elements=st.floats(0, 100)), st.floats(0.1, 9))
def test_a_distance(matrix, scale):
    other = matrix[::-1] + 1
    assert gram_distance(matrix, matrix) == 0
    assert 0 <= gram_distance(matrix, other) <= 1
    assert gram_distance(matrix, other) == gram_distance(other, matrix)
    assert gram_distance(scale * matrix, scale * other) == pytest.approx(gram_distance(matrix, other))


def test_nothing_and_nothing_are_not_apart():
    assert gram_distance(np.zeros((2, 2)), np.zeros((2, 2))) == 0
    assert gram_distance([[1, 0]], [[0, 1]]) == pytest.approx(0.5**0.5)


def test_pieces_of_one_photo_do_not_overlap():
    for one, other in (("wood", "more wood"), ("grass", "more grass")):
        (photo, *first), (again, *second) = PIECES[one], PIECES[other]
        assert photo == again
        assert max(abs(a - b) for a, b in zip(first, second, strict=True)) >= SIDE


@pytest.mark.parametrize("name", TEXTURES)
def test_a_texture_is_a_fresh_piece(name):
    piece = texture(name)
    assert (piece.shape, piece.dtype) == ((SIDE, SIDE), np.uint8)
    before = piece.copy()
    piece[...] = 0
    np.testing.assert_array_equal(texture(name), before)


def test_where_the_pieces_are_from():
    np.testing.assert_array_equal(texture("wood"), picture("coffee")[158:196, :38, 1])
    np.testing.assert_array_equal(texture("grass"), picture("camera")[195:233, 205:243])
    assert (texture("noise").min(), texture("noise").max()) == (96, 160)


def test_what_the_lesson_says_of_them():
    found = {name: style(texture(name)) for name in TEXTURES}

    def apart(one, other):
        return round(100 * gram_distance(found[one], found[other]))

    assert (apart("wood", "more wood"), apart("grass", "more grass")) == (3, 4)
    assert (apart("wood", "grass"), apart("wood", "noise")) == (69, 39)
    assert found["wood"].argmax() == 15  # rising lines, as the grain runs
    shuffled = style(shuffle_pixels(texture("wood")))
    assert round(100 * gram_distance(shuffled, found["wood"])) == 38  # as far as noise


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: gram(np.ones((2, 2))), r"gram: maps \(2, 2\) must be \(F, H, W\)"),
        (lambda: gram(np.ones((2, 0, 2))), "gram: maps"),
        (
            lambda: gram_distance(np.ones((2, 2)), np.ones((3, 3))),
            r"gram_distance: matrices \(2, 2\) and \(3, 3\)",
        ),
        (lambda: texture("silk"), "texture: 'silk' is unknown; use one of 'wood'"),
    ],
)
def test_errors_name_the_remedy(call, said):
    with pytest.raises(ValueError, match=said):
        call()
