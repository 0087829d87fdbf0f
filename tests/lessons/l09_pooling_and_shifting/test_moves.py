"""Filtering and moving in both orders, counted window by window; and the shares that a move leaves."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cnnlib import KERNELS, conv2d
from cnnlib.lessons.l09_pooling_and_shifting.moves import relative_change, two_orders, unchanged_share
from cnnlib.pictures import picture
from cnnlib.transforms import rotate, scale, shift

STEPS = st.tuples(st.integers(-12, 12), st.integers(-12, 12))


def test_what_is_empty_before_and_after_does_not_count():
    assert unchanged_share([[0, 0], [3, 0]], [[0, 0], [3, 0]]) == 1
    assert unchanged_share([0, 3, 0], [0, 0, 3]) == 0
    assert unchanged_share([0.0, 0.0], [0.0, 0.0]) == 1
    assert unchanged_share([1, 2, 3, 4, 0], [1, 2, 3, 5, 0]) == 0.75


@settings(max_examples=40)
@given(STEPS, st.integers(0, 3), st.sampled_from([0.5, 1, 2]), st.integers(0, 2**32 - 1))
def test_the_two_orders_are_counted_where_both_read_true_pixels_alone(step, turns, factor, seed):
    def move(x):
        return scale(rotate(shift(x, *step), turns), factor)

    rng = np.random.default_rng(seed)
    x, kernel = rng.integers(-9, 10, (9, 9)), rng.integers(-9, 10, (3, 3))
    one, other, true = two_orders(x, kernel, move)
    np.testing.assert_array_equal(one, move(conv2d(x, kernel, padding=1)))
    np.testing.assert_array_equal(other, conv2d(move(x), kernel, padding=1))
    numbered = move(np.arange(1, 82).reshape(9, 9))
    for row, col in np.ndindex(9, 9):
        window = numbered[max(row - 1, 0) : row + 2, max(col - 1, 0) : col + 2]
        centre = divmod(numbered[row, col] - 1, 9)
        inside = window.size == 9 and window.all() and all(0 < n < 8 for n in centre)
        assert true[row, col] == inside
    if (turns, factor) == (0, 1):
        assert (one == other)[true].all()


def test_a_blur_follows_a_turn_and_does_not_follow_a_scale():
    image = picture("camera")[:40, 60:100]
    one, other, true = two_orders(image, KERNELS["box blur"].matrix, rotate)
    assert (one == other)[true].all()
    one, other, true = two_orders(image, KERNELS["box blur"].matrix, lambda x: scale(x, 2))
    assert (one != other)[true].mean() > 0.8


def test_the_change_is_told_in_shares():
    assert relative_change([2, -2], [0, 0]) == 1
    assert relative_change(np.uint8([10, 0]), np.uint8([5, 15])) == 2
    assert relative_change([0], [0]) == 0
    assert relative_change([0], [1]) == np.inf


@pytest.mark.parametrize("measure", [unchanged_share, relative_change])
def test_shapes_that_differ_are_told(measure):
    with pytest.raises(ValueError, match=rf"^{measure.__name__}: shapes \(1,\) and \(2,\) differ"):
        measure([1], [1, 2])


def test_a_kernel_too_large_is_told():
    with pytest.raises(ValueError, match=r"^conv2d: "):
        two_orders([1, 2], [[1]], shift)
