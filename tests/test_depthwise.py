"""One map for each channel against SciPy, and their sum against conv2d."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.signal import correlate2d

from cnnlib import conv2d, depthwise_conv2d


@given(
    shape=st.tuples(st.integers(1, 4), st.integers(3, 8), st.integers(3, 8)),
    kernel=st.tuples(st.integers(1, 3), st.integers(1, 3)),
    stride=st.integers(1, 3),
    seed=st.integers(0, 99),
)
def test_channel_by_channel(shape, kernel, stride, seed):
    rng = np.random.default_rng(seed)
    x, w = rng.integers(0, 256, shape), rng.integers(-9, 10, (shape[0], *kernel))
    maps = depthwise_conv2d(x, w, stride=stride)
    each = [correlate2d(*pair, "valid")[::stride, ::stride] for pair in zip(x, w, strict=True)]
    np.testing.assert_array_equal(maps, each)
    np.testing.assert_array_equal(maps.sum(axis=0), conv2d(x, w[None], stride=stride)[0])


def test_padding_and_dilation():
    x, w = np.ones((2, 3, 3), int), np.ones((2, 2, 2), int)
    assert depthwise_conv2d(x, w, padding=1)[1].tolist() == [
        [1, 2, 2, 1],
        [2, 4, 4, 2],
        [2, 4, 4, 2],
        [1, 2, 2, 1],
    ]
    assert depthwise_conv2d(x, w, dilation=2).shape == (2, 1, 1)


@pytest.mark.parametrize("shapes", [((3, 3), (3, 3)), ((3, 5, 5), (2, 3, 3)), ((3, 5, 5), (1, 3, 3, 3))])
def test_errors(shapes):
    with pytest.raises(
        ValueError, match=r"^depthwise_conv2d: image .* and kernels .* do not go together; give"
    ):
        depthwise_conv2d(*map(np.ones, shapes))
    with pytest.raises(ValueError, match="larger than the padded image"):
        depthwise_conv2d(np.ones((1, 2, 2)), np.ones((1, 3, 3)))
