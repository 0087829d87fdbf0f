"""Pooling against hand-worked numbers, a plain loop and PyTorch."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cnnlib import avg_pool2d, conv2d, max_pool2d, output_size, relu, sum_pool2d

TABLE = [[10, 5, 8, 2], [12, 7, 3, 1], [15, 11, 6, 4], [9, 14, 13, 0]]
POOLS = [max_pool2d, avg_pool2d, sum_pool2d]


def test_worked_examples():
    assert max_pool2d(TABLE).tolist() == [[12, 8], [15, 13]]
    assert max_pool2d(TABLE, stride=1).tolist() == [[12, 8, 8], [15, 11, 6], [15, 14, 13]]
    assert avg_pool2d(TABLE).tolist() == [[8.5, 3.5], [12.25, 5.75]]
    assert avg_pool2d(TABLE, stride=1).tolist() == [[8.5, 5.75, 3.5], [11.25, 6.75, 3.5], [12.25, 11, 5.75]]
    assert sum_pool2d(TABLE).tolist() == [[34, 14], [49, 23]]
    assert max_pool2d([[1, 1, 2, 4], [5, 6, 7, 8], [3, 2, 1, 0], [1, 2, 3, 4]]).tolist() == [[6, 8], [3, 4]]


def test_relu_and_pooling_change_places_for_max_only():
    x = np.array([[1.0, -2.0], [-3.0, -4.0]])
    assert relu(max_pool2d(x)) == max_pool2d(relu(x)) == 1
    assert relu(avg_pool2d(x)) == 0
    assert avg_pool2d(relu(x)) == 0.25


@st.composite
def pictures(draw, dtypes=("uint8", "int8", "int64", "bool", "float16", "float32", "float64")):
    """Draw a picture, and a window, stride and padding that suit it."""
    window = draw(st.tuples(st.integers(1, 4), st.integers(1, 4)))
    stride = draw(st.none() | st.tuples(st.integers(1, 5), st.integers(1, 5)))
    padding = tuple(draw(st.integers(0, k // 2)) for k in window)
    size = [max(1, k - 2 * p) + draw(st.integers(0, 8)) for k, p in zip(window, padding, strict=True)]
    lead = draw(st.sampled_from([(), (2,), (2, 3), (0, 2)]))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    x = rng.integers(-100, 100, (*lead, *size)).astype(draw(st.sampled_from(dtypes)))
    return x, window, stride, padding


@settings(max_examples=150)
@given(pictures())
def test_equals_the_loop(drawn):
    x, window, stride, padding = drawn
    (kh, kw), (sh, sw), (ph, pw) = window, stride or window, padding
    wide = x.astype(np.float64)
    ends = [(0, 0)] * (x.ndim - 2) + [(ph, ph), (pw, pw)]
    lowest, zero = (np.pad(wide, ends, constant_values=value) for value in (-np.inf, 0))
    rows, cols = output_size(x.shape[-2:], window, stride=stride or window, padding=padding)
    biggest, total = (np.empty((*x.shape[:-2], rows, cols)) for _ in range(2))
    for i, j in np.ndindex(rows, cols):
        at = np.s_[..., i * sh : i * sh + kh, j * sw : j * sw + kw]
        biggest[..., i, j], total[..., i, j] = lowest[at].max((-1, -2)), zero[at].sum((-1, -2))

    found = [pool(x, window, stride=stride, padding=padding) for pool in POOLS]
    real = x.dtype.kind == "f"
    assert [f.dtype for f in found] == [x.dtype, *((x.dtype, x.dtype) if real else (np.float64, np.int64))]
    for f, expected in zip(found, (biggest, total / (kh * kw), total), strict=True):
        np.testing.assert_allclose(f, expected.astype(f.dtype), rtol=1e-3 if x.dtype == np.float16 else 1e-6)


@settings(max_examples=40)
@given(pictures(dtypes=("float32",)))
def test_equals_pytorch(drawn):
    torch = pytest.importorskip("torch")
    x, window, stride, padding = drawn
    x = x.reshape(-1, 1, *x.shape[-2:])
    pooled = torch.nn.functional.max_pool2d(torch.from_numpy(x), window, stride, padding).numpy()
    np.testing.assert_array_equal(max_pool2d(x, window, stride=stride, padding=padding), pooled)
    pooled = torch.nn.functional.avg_pool2d(torch.from_numpy(x), window, stride, padding).numpy()
    np.testing.assert_allclose(avg_pool2d(x, window, stride=stride, padding=padding), pooled, atol=1e-5)


@pytest.mark.parametrize("dtype", ["int8", "int64", "float32"])
def test_max_padding_never_wins(dtype):
    negative = np.full((3, 3), -5, dtype)
    assert (max_pool2d(negative, 3, stride=1, padding=1) == -5).all()
    assert max_pool2d(np.full((1, 1), np.iinfo("int8").min, dtype), 2, padding=1).tolist() == [[-128]]


def test_average_counts_padding_as_zeros():
    assert avg_pool2d([[4, 4], [4, 4]], padding=1).tolist() == [[1, 1], [1, 1]]


def test_sum_is_a_convolution_by_ones():
    image = np.random.default_rng(0).integers(0, 256, (9, 7), dtype=np.uint8)
    found = sum_pool2d(image, (3, 2), stride=(2, 1), padding=1)
    np.testing.assert_array_equal(found, conv2d(image, np.ones((3, 2), int), stride=(2, 1), padding=1))


def test_sums_are_exact():
    assert sum_pool2d(np.full((2, 2), 255, np.uint8)).tolist() == [[1020]]
    assert sum_pool2d([[2**61 - 1] * 2] * 2).tolist() == [[2**63 - 4]]
    assert sum_pool2d([[True, True], [True, False]]).tolist() == [[3]]
    assert avg_pool2d(np.full((20, 20), 60000, np.float16), 20).tolist() == [[60000]]


def test_max_of_whole_numbers_is_exact():
    assert max_pool2d(np.array([[2**64 - 1, 2**64 - 2]] * 2, np.uint64)).tolist() == [[2**64 - 1]]


@pytest.mark.parametrize("pool", POOLS)
def test_nan_reaches_just_its_window(pool):
    x = np.zeros((4, 4))
    x[0, 0], x[3, 3] = np.nan, np.inf
    np.testing.assert_array_equal(pool(x), [[np.nan, 0], [0, np.inf]])


@pytest.mark.parametrize("pool", POOLS)
def test_input_is_left_alone(pool):
    x = np.arange(16.0).reshape(4, 4)
    pool(x)
    pool(x, 1)[:] = -1
    np.testing.assert_array_equal(x, np.arange(16.0).reshape(4, 4))


@pytest.mark.parametrize("pool", POOLS)
@pytest.mark.parametrize(
    ("x", "window", "how", "message"),
    [
        (TABLE, 5, {}, r"the 5 × 5 window is larger than the padded image of 4 × 4; .* smaller window"),
        (TABLE, 0, {}, r"window must be a whole number of at least 1"),
        (TABLE, 2.0, {}, r"window must be .* not 2\.0"),
        (TABLE, 2, {"stride": 0}, r"stride must be a whole number of at least 1"),
        (TABLE, 2, {"padding": -1}, r"padding must be a whole number of at least 0"),
        (
            TABLE,
            (3, 2),
            {"padding": 2},
            r"padding 2 is more than half of the 3 × 2 window; use at most 1",
        ),
        (TABLE, 2, {"padding": ((0, 0), (0, 2))}, r"padding \(\(0, 0\), \(0, 2\)\) is more than half"),
        (TABLE, 2, {"padding": "same"}, r"padding 'same' needs stride 1, not 2"),
        ([1, 2], 2, {}, r"shape \(2,\) has no rows and columns"),
        (np.ones((3, 0, 4)), 2, {}, r"image \(3, 0, 4\) has no pixels"),
        ([[1j, 2], [3, 4]], 2, {}, r"cannot work with complex128 values"),
    ],
)
def test_says_what_is_wrong(pool, x, window, how, message):
    with pytest.raises(ValueError, match=f"^{pool.__name__}: {message}"):
        pool(x, window, **how)


@pytest.mark.parametrize("pool", [avg_pool2d, sum_pool2d])
def test_sums_beyond_int64_are_refused(pool):
    with pytest.raises(ValueError, match=f"^{pool.__name__}: a sum could reach 9223372036854775808, more"):
        pool([[2**61] * 2] * 2)
