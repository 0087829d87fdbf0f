"""Moves of a picture against SciPy and Pillow, and what a convolution makes of them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from scipy import ndimage

from cnnlib import KERNELS, conv2d, max_pool2d, pad
from cnnlib.pictures import picture
from cnnlib.transforms import rotate, scale, shift

ARROW = picture("arrow")
SIDES = st.tuples(st.integers(1, 9), st.integers(1, 9))
STEPS = st.tuples(st.integers(-12, 12), st.integers(-12, 12))


@settings(max_examples=60)
@given(SIDES, STEPS, st.sampled_from(["zero", "wrap"]), st.sampled_from([(), (2,), (0,), (2, 3)]))
def test_shift_equals_scipy(size, step, fill, lead):
    x = np.arange(np.prod([*lead, *size])).reshape(*lead, *size) + 1
    found = shift(x, *step, fill=fill)
    mode = {"zero": "constant", "wrap": "grid-wrap"}[fill]
    expected = ndimage.shift(x, (0,) * len(lead) + step, order=0, mode=mode, cval=0) if x.size else x
    np.testing.assert_array_equal(found, expected)
    assert found.dtype == x.dtype


@settings(max_examples=60)
@given(SIDES, st.sampled_from([0.2, 0.5, 0.7, 1, 1.5, 2, 3, 7.3, 40]))
def test_scale_equals_pillow(size, factor):
    x = np.arange(np.prod(size)).reshape(size).astype(np.uint8) + 1
    height, width = size
    back = (1 / factor, 0, width / 2 - width / 2 / factor, 0, 1 / factor, height / 2 - height / 2 / factor)
    expected = Image.fromarray(x).transform((width, height), Image.Transform.AFFINE, back, 0, fillcolor=0)
    found = scale(x, factor)
    # On the line between two pixels neither is nearer, and rounding may choose.
    taken = [(np.arange(n) + 0.5 - n / 2) / factor + n / 2 for n in size]
    rows, cols = (np.abs(place - np.rint(place)) > 1e-6 for place in taken)
    sure = rows[:, None] & cols
    np.testing.assert_array_equal(found[sure], np.asarray(expected)[sure])


def test_enlarging_repeats_the_middle():
    x = np.arange(64).reshape(8, 8)
    np.testing.assert_array_equal(scale(x, 2), np.repeat(np.repeat(x[2:6, 2:6], 2, 0), 2, 1))
    np.testing.assert_array_equal(scale(np.stack([x, x + 1]), 4)[1, :4, :4], np.full((4, 4), x[3, 3] + 1))


def test_shrinking_leaves_a_frame_of_zeros():
    x = np.arange(1, 17).reshape(4, 4)
    assert scale(x, 0.5).tolist() == [[0, 0, 0, 0], [0, 6, 8, 0], [0, 14, 16, 0], [0, 0, 0, 0]]
    assert scale([[7]], 0.01).tolist() == [[7]]


@pytest.mark.parametrize("turns", range(-5, 6))
def test_quarter_turns_go_round(turns):
    x = np.arange(24).reshape(2, 3, 4)
    found = rotate(x, turns)
    if turns % 2:
        assert found.shape == (2, 4, 3)
    steps = turns % 4
    expected = x
    for _ in range(steps):  # the last column becomes the first row
        expected = np.stack([one.T[::-1] for one in expected])
    np.testing.assert_array_equal(found, expected)


@pytest.mark.parametrize("move", [shift, rotate, scale])
def test_the_picture_is_left_alone(move):
    x = np.arange(16).reshape(4, 4)
    settings = {"factor": 1} if move is scale else {}
    moved = move(x, **settings)
    moved[:] = -1
    np.testing.assert_array_equal(x, np.arange(16).reshape(4, 4))


@settings(max_examples=30)
@given(STEPS, st.integers(0, 2**32 - 1))
def test_convolution_follows_a_shift(step, seed):
    rng = np.random.default_rng(seed)
    x, kernel = rng.integers(-9, 10, (8, 9)), rng.integers(-9, 10, (3, 3))

    def answer(image):
        return conv2d(pad(image, 1, "wrap"), kernel)

    moved = shift(x, *step, fill="wrap")
    np.testing.assert_array_equal(shift(answer(x), *step, fill="wrap"), answer(moved))


def test_convolution_does_not_follow_a_turn_unless_its_kernel_does():
    answers = {name: conv2d(ARROW, KERNELS[name].matrix, padding=1) for name in ("Sobel, rows", "Laplacian")}
    turned = {name: conv2d(rotate(ARROW), KERNELS[name].matrix, padding=1) for name in answers}
    assert (rotate(answers["Sobel, rows"]) != turned["Sobel, rows"]).any()
    np.testing.assert_array_equal(rotate(answers["Laplacian"]), turned["Laplacian"])


def test_one_pixel_across_the_edge_of_a_window_changes_a_max_pool():
    x = np.zeros((4, 4), int)
    x[0, 0] = 9
    assert max_pool2d(shift(x, 0, 1)).tolist() == max_pool2d(x).tolist() == [[9, 0], [0, 0]]
    assert max_pool2d(shift(x, 0, 2)).tolist() == [[0, 9], [0, 0]]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: shift(ARROW, 0.5), r"shift: down must be a whole number of steps, not 0\.5"),
        (lambda: shift(ARROW, right="1"), r"shift: right must be a whole number of steps, not '1'"),
        (lambda: shift(ARROW, 1, fill="edge"), r"shift: fill 'edge' is unknown; use 'zero' or 'wrap'"),
        (lambda: shift([1, 2], 1), r"shift: shape \(2,\) has no rows and columns"),
        (lambda: rotate(ARROW, 0.25), r"rotate: turns must be a whole number of steps, not 0\.25"),
        (lambda: rotate(np.ones((0, 3))), r"rotate: image \(0, 3\) has no pixels"),
        (lambda: scale(ARROW, 0), r"scale: factor 0 is not positive; use 2 to enlarge"),
        (lambda: scale(ARROW, float("nan")), r"scale: factor nan is not positive"),
        (lambda: scale([["a"]], 2), r"scale: cannot work with"),
    ],
)
def test_says_what_is_wrong(call, message):
    with pytest.raises(ValueError, match=f"^{message}"):
        call()
