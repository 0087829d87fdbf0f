"""Coverage and receptive fields: by hand, and by asking which pixels change a result."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cnnlib import conv2d, coverage, receptive_field

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


@settings(deadline=None)
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


@settings(deadline=None)
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
        ValueError, match=r"^coverage: kernel \(6, 6\) is larger than the padded image \(5, 5\)"
    ):
        coverage(5, 6)
    with pytest.raises(ValueError, match=r"^coverage: stride must be .* not 0"):
        coverage(5, 3, stride=0)
