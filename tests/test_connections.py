"""Connections: the matrix is the layer, the counts are those of layers that are there."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.linalg import toeplitz
from scipy.signal import correlate2d

from cnnlib import receptive_field
from cnnlib.connections import KINDS, connection_matrix, count_parameters, shuffle_pixels
from cnnlib.nn import Conv2D, Dense, Flatten, LocallyConnected2D, MaxPool2D, ReLU, Sequential

DENSE, LOCAL, SHARED = KINDS
SIZES = st.tuples(st.integers(3, 6), st.integers(3, 6))
WINDOWS = st.tuples(st.integers(1, 3), st.integers(1, 3))


def test_a_row_of_four_by_hand():
    given_ = (1, 4), (1, 2)
    assert connection_matrix(DENSE, *given_).tolist() == [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 10, 11]]
    assert connection_matrix(LOCAL, *given_).tolist() == [[0, 1, -1, -1], [-1, 2, 3, -1], [-1, -1, 4, 5]]
    assert connection_matrix(SHARED, *given_).tolist() == [[0, 1, -1, -1], [-1, 0, 1, -1], [-1, -1, 0, 1]]


def test_padding_by_hand():
    made = connection_matrix(SHARED, (1, 3), (1, 3), padding="same")
    assert made.tolist() == [[1, 2, -1], [0, 1, 2], [-1, 0, 1]]


def test_one_row_is_a_toeplitz_matrix():
    made = connection_matrix(SHARED, (1, 9), (1, 3))
    np.testing.assert_array_equal(made, toeplitz([0] + [-1] * 6, [0, 1, 2] + [-1] * 6))


@given(SIZES, WINDOWS, st.integers(0, 2))
def test_the_matrix_of_a_convolution_convolves(size, kernel, padding):
    rng = np.random.default_rng(0)
    picture, weights = rng.integers(-9, 9, size), rng.integers(-9, 9, kernel)
    matrix = np.append(weights, 0)[connection_matrix(SHARED, size, kernel, padding=padding)]
    answer = correlate2d(np.pad(picture, padding), weights, mode="valid")
    np.testing.assert_array_equal(matrix @ picture.ravel(), answer.ravel())


@given(SIZES, WINDOWS, st.integers(0, 2))
def test_the_matrix_of_a_local_layer_is_the_layer(size, kernel, padding):
    layer = LocallyConnected2D(1, 1, kernel, input_size=size, padding=padding)
    picture = np.random.default_rng(0).normal(size=size)
    weights = np.append(layer.weights["weight"], 0)
    matrix = weights[connection_matrix(LOCAL, size, kernel, padding=padding)]
    np.testing.assert_allclose(matrix @ picture.ravel(), layer(picture[None, None]).ravel(), atol=1e-5)


@given(SIZES, WINDOWS)
def test_each_kind_uses_its_weights_as_often_as_it_must(size, kernel):
    for kind, uses in ((DENSE, {1}), (LOCAL, {1})):
        numbers, times = np.unique(connection_matrix(kind, size, kernel), return_counts=True)
        assert set(times[numbers >= 0]) == uses
        assert numbers.max() + 1 == count_parameters(kind, (1, *size), 1, kernel, bias=False).weights
    shared = connection_matrix(SHARED, size, kernel)
    assert set(np.unique(shared[shared >= 0], return_counts=True)[1]) == {len(shared)}


@given(st.tuples(st.integers(1, 3), *[st.integers(3, 7)] * 2), st.integers(1, 4), WINDOWS, st.booleans())
def test_the_counts_are_those_of_layers(shape, filters, kernel, same):
    padding = "same" if same else 0
    conv = Conv2D(shape[0], filters, kernel, padding=padding)
    local = LocallyConnected2D(shape[0], filters, kernel, input_size=shape[1:], padding=padding)
    dense = Dense(int(np.prod(shape)), int(np.prod(conv.output_shape(shape))))
    for kind, layer in zip(KINDS, (dense, local, conv), strict=True):
        count = count_parameters(kind, shape, filters, kernel, padding=padding)
        assert count.weights == layer.weights["weight"].size
        assert count.biases == layer.weights["bias"].size
        assert count_parameters(kind, shape, filters, kernel, padding=padding, bias=False).biases == 0


def test_the_worked_examples():
    of = count_parameters
    assert [of(kind, (1, 32, 32), 6, 5).parameters for kind in KINDS] == [4_821_600, 122_304, 156]
    assert of(SHARED, (1, 32, 32), 5, 3).weights == 45
    assert of(LOCAL, (1, 32, 32), 5, 3, padding="same").weights == 32 * 32 * 5 * 3 * 3 == 46_080
    assert of(LOCAL, (1, 32, 32), 5, 3).weights == 40_500
    assert 32 * 32 * 5 * 3 == 15_360
    hidden = [of(DENSE, (1, side, side), 100, side).weights for side in (16, 28, 32)]
    assert hidden == [25_600, 78_400, 102_400]


def test_twice_the_side():
    small, large = ([count_parameters(kind, (1, n, n), 6, 5).weights for kind in KINDS] for n in (32, 64))
    dense, local, shared = (b / a for a, b in zip(small, large, strict=True))
    assert (round(dense), round(local), shared) == (18, 5, 1)
    small, large = (
        [count_parameters(kind, (1, n, n), 6, 5, padding="same").weights for kind in KINDS] for n in (32, 64)
    )
    assert [b / a for a, b in zip(small, large, strict=True)] == [16, 4, 1]


def test_lenet():
    layers = [
        *(Conv2D(1, 6, 5), ReLU(), MaxPool2D(2), Conv2D(6, 16, 5), ReLU(), MaxPool2D(2)),
        *(Flatten(), Dense(400, 120), ReLU(), Dense(120, 100), ReLU(), Dense(100, 10)),
    ]
    rows = Sequential(*layers).summary((1, 32, 32)).rows
    dense = sum(row.parameters for row in rows if isinstance(row.layer, Dense))
    total = sum(row.parameters for row in rows)
    assert (dense, total, round(100 * dense / total, 1)) == (61_230, 63_802, 96.0)
    assert receptive_field([(5, 1), (2, 2), (5, 1), (2, 2)]) == [5, 6, 14, 16]
    assert [rows[i].receptive_field[0] for i in (0, 2, 3, 5)] == [5, 6, 14, 16]


@given(st.integers(1, 5), st.integers(1, 5), st.integers(0, 9))
def test_shuffling_loses_nothing_and_treats_all_alike(rows, cols, seed):
    images = np.arange(3 * rows * cols).reshape(3, 1, rows, cols)
    moved = shuffle_pixels(images, seed)
    assert moved.shape == images.shape
    for before, after in zip(images, moved, strict=True):
        assert sorted(after.ravel()) == before.ravel().tolist()
    np.testing.assert_array_equal(moved[1] - moved[0], np.full((1, rows, cols), rows * cols))
    np.testing.assert_array_equal(moved, shuffle_pixels(images, seed))


def test_shuffling_moves_something():
    image = np.arange(256).reshape(16, 16)
    assert (shuffle_pixels(image) != image).mean() > 0.9
    assert (shuffle_pixels(image, 1) != shuffle_pixels(image, 2)).any()


def test_a_dense_layer_with_its_weights_shuffled_likewise_is_the_same_layer():
    images = np.random.default_rng(0).normal(size=(5, 6, 6))
    weights = np.random.default_rng(1).normal(size=(4, 6, 6))
    plain = images.reshape(5, -1) @ weights.reshape(4, -1).T
    moved = shuffle_pixels(images).reshape(5, -1) @ shuffle_pixels(weights).reshape(4, -1).T
    np.testing.assert_allclose(moved, plain)


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: connection_matrix("loose", 4, 2), "connection_matrix: kind 'loose' is unknown; use one of"),
        (lambda: connection_matrix(SHARED, 2, 3), "connection_matrix: the 3 × 3 kernel .* larger"),
        (lambda: count_parameters("loose", (1, 4, 4), 1, 2), "count_parameters: kind 'loose' is unknown"),
        (lambda: count_parameters(SHARED, (4, 4), 1, 2), r"shape \(4, 4\) is not"),
        (lambda: shuffle_pixels([1, 2, 3]), "shuffle_pixels: images .* have no rows and columns; give"),
    ],
)
def test_errors_say_what_to_do(call, says):
    with pytest.raises(ValueError, match=says):
        call()
