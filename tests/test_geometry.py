"""Coverage and receptive fields: by hand, and by asking which pixels change a result."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cnnlib import conv2d, coverage, output_size, receptive_field
from cnnlib.geometry import left_over, reach, stack_sizes

SMALL = st.integers(1, 3)


def test_lenet():
    assert receptive_field([(5, 1), (2, 2), (5, 1), (2, 2)]) == [5, 6, 14, 16]


def test_three_blocks_of_two_convolutions_and_a_pooling():
    assert receptive_field([(3, 1), (3, 1), (2, 2)] * 3)[-1] == 36


def test_receptive_field_is_one_kernel_in_layer_one_only():
    assert receptive_field([(3, 1)]) == [3]
    assert receptive_field([(3, 1), (3, 1)]) == [3, 5]
    assert receptive_field([(3, 2), (3, 2)]) == [3, 7]
    assert receptive_field([]) == []


def test_a_dilated_kernel_spans_more():
    assert receptive_field([(3, 1, 2)]) == [5]
    assert receptive_field([(3, 1, 1), (3, 1, 2), (3, 1, 4)]) == [3, 7, 15]


def test_pairs_are_rows_then_columns():
    assert receptive_field([((3, 5), 1), ((1, 2), (1, 2)), (2, 1)]) == [(3, 5), (3, 6), (4, 8)]


@given(st.lists(st.tuples(st.integers(1, 4), SMALL, SMALL), min_size=1, max_size=3))
def test_the_field_is_the_span_of_the_pixels_that_a_number_depends_on(layers):
    """Each column of the identity is a picture with one bright pixel; positive weights do not cancel."""
    reads = np.eye(128)  # rows: numbers of the layer; columns: the pixels that they read
    for (kernel, stride, dilation), field in zip(layers, receptive_field(layers), strict=True):
        reads = conv2d(reads, np.ones((kernel, 1)), stride=(stride, 1), dilation=(dilation, 1))
        for number in reads:
            (pixels,) = number.nonzero()
            assert np.ptp(pixels) + 1 == field


@pytest.mark.parametrize("layer", [3, (3,), (3, 1, 1, 1), "33"])
def test_a_layer_is_two_or_three_numbers(layer):
    with pytest.raises(ValueError, match=r"^receptive_field: a layer is \(kernel, stride\) or .*, not "):
        receptive_field([layer])


def test_receptive_field_says_what_is_wrong():
    with pytest.raises(ValueError, match=r"^receptive_field: stride must be .* not 0"):
        receptive_field([(3, 1), (3, 0)])


def test_coverage_by_hand():
    assert coverage(5, 3).tolist() == [
        [1, 2, 3, 2, 1],
        [2, 4, 6, 4, 2],
        [3, 6, 9, 6, 3],
        [2, 4, 6, 4, 2],
        [1, 2, 3, 2, 1],
    ]
    assert coverage((1, 6), (1, 3), stride=2).tolist() == [[1, 1, 2, 1, 1, 0]]  # the floor leaves one unread
    assert coverage((1, 5), (1, 2), stride=3).tolist() == [[1, 1, 0, 1, 1]]  # a step longer than the kernel
    assert coverage((1, 5), (1, 2), dilation=(1, 4)).tolist() == [[1, 0, 0, 0, 1]]
    assert coverage((1, 3), (1, 3), padding=((0, 0), (0, 2))).tolist() == [[1, 2, 3]]
    assert coverage(3, 3, padding="same").tolist() == [[4, 6, 4], [6, 9, 6], [4, 6, 4]]


@given(
    st.tuples(st.integers(1, 7), st.integers(1, 7)),
    st.tuples(SMALL, SMALL),
    st.tuples(st.integers(1, 4), SMALL),
    st.tuples(st.tuples(*[st.integers(0, 2)] * 2), st.tuples(*[st.integers(0, 2)] * 2)),
    st.tuples(SMALL, SMALL),
)
def test_coverage_is_how_often_a_bright_pixel_is_met(size, kernel, stride, padding, dilation):
    more = {"stride": stride, "padding": padding, "dilation": dilation}
    assume(all(n + sum(p) > d * (k - 1) for n, p, d, k in zip(size, padding, dilation, kernel, strict=True)))
    counted = coverage(size, kernel, **more)
    for pixel in np.ndindex(size):
        picture = np.zeros(size, int)
        picture[pixel] = 1
        assert counted[pixel] == conv2d(picture, np.ones(kernel, int), **more).sum()


def test_coverage_says_what_is_wrong():
    with pytest.raises(
        ValueError, match=r"^coverage: the 6 × 6 kernel is larger than the padded image of 5 × 5"
    ):
        coverage(5, 6)
    with pytest.raises(ValueError, match=r"^coverage: stride must be .* not 0"):
        coverage(5, 3, stride=0)


def test_what_the_floor_drops():
    assert left_over(6, 3, stride=2) == (1, 1)  # (6 - 3) / 2 = 1.5
    assert left_over(7, 3, stride=2) == (0, 0)
    assert left_over((5, 8), 3, stride=(3, 4), padding=((0, 1), (1, 1))) == (0, 3)
    assert left_over(9, 3, stride=2, dilation=2) == (0, 0)
    assert left_over(10, 3, stride=2, dilation=2) == (1, 1)


@given(st.integers(1, 20), st.integers(1, 5), st.integers(1, 5), st.integers(0, 3), SMALL)
def test_windows_and_what_is_left_over_make_up_the_whole(size, kernel, stride, padding, dilation):
    assume(size + 2 * padding > dilation * (kernel - 1))
    more = {"stride": stride, "padding": padding, "dilation": dilation}
    last_begins = stride * (output_size(size, kernel, **more) - 1)
    span = dilation * (kernel - 1) + 1
    assert last_begins + span + left_over(size, kernel, **more)[0] == size + 2 * padding
    assert left_over(size, kernel, **more)[0] < stride


def test_lenet_shrinks():
    assert stack_sizes(32, [(5, 1, 0), (2, 2, 0), (5, 1, 0), (2, 2, 0)]) == [28, 14, 10, 5]
    assert stack_sizes(32, [(3, 1, 1)] * 3) == [32, 32, 32]
    assert stack_sizes(32, []) == []


def test_a_layer_that_cannot_be_built_is_named():
    says = r"^layer 3: the 5 × 5 kernel is larger than the padded image of 3 × 3; add padding or"
    with pytest.raises(ValueError, match=says):
        stack_sizes(10, [(5, 1, 0), (2, 2, 0), (5, 1, 0)])
    with pytest.raises(ValueError, match=r"^layer 1: stride must be .* not 0"):
        stack_sizes(10, [(5, 0, 0)])
    with pytest.raises(ValueError, match=r"^layer 2: a layer is \(kernel, stride, padding\), not \(2, 2\)$"):
        stack_sizes(10, [(5, 1, 0), (2, 2)])
    with pytest.raises(ValueError, match=r"^reach: a layer is \(kernel, stride, padding\), not 3$"):
        reach([3, 1, 1])
    with pytest.raises(ValueError, match=r"^reach: stride must be .* not 0"):
        reach([(3, 0, 0)])


@given(st.lists(st.tuples(st.integers(1, 4), SMALL, st.integers(0, 2)), max_size=3))
def test_reach_says_which_pixels_a_number_sees(layers):
    side = 96
    reads = np.eye(side)
    found = reach(layers)
    for kernel, stride, padding in layers:
        more = {"stride": (stride, 1), "padding": (padding, 0)}
        reads = conv2d(reads, np.ones((kernel, 1)), **more)
    for i, number in enumerate(reads):
        first = found.start + i * found.jump
        if first >= 0 and first + found.field <= side:  # not cut off by the border
            (pixels,) = number.nonzero()
            assert (pixels[0], pixels[-1] + 1) == (first, first + found.field)
