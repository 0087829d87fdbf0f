"""Activations against their definitions, at the ends of the number range, and PyTorch."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from cnnlib import leaky_relu, relu, sigmoid, softmax, tanh

ALL = [relu, leaky_relu, sigmoid, tanh, softmax]
ARRAYS = hnp.arrays(np.float64, hnp.array_shapes(max_dims=3), elements=st.floats(-30, 30))


def test_worked_examples():
    assert relu([-378, -384, 381]).tolist() == [0, 0, 381]
    np.testing.assert_allclose(softmax([1, 2, 3, 4]), [0.0321, 0.0871, 0.2369, 0.6439], atol=5e-5)
    assert sigmoid(0) == 0.5
    np.testing.assert_allclose(sigmoid(2), 0.880797, atol=5e-7)
    np.testing.assert_allclose(tanh(1), 0.761594, atol=5e-7)
    assert leaky_relu([-2, 4], slope=0.5).tolist() == [-1, 4]


@given(ARRAYS)
def test_definitions(x):
    np.testing.assert_array_equal(relu(x), x * (x > 0))
    np.testing.assert_array_equal(leaky_relu(x), x * np.where(x > 0, 1, 0.01))
    np.testing.assert_allclose(sigmoid(x), 1 / (1 + np.exp(-x)), rtol=1e-12)
    np.testing.assert_allclose(tanh(x), 2 * sigmoid(2 * x) - 1, atol=1e-12)
    for axis in range(x.ndim):
        shares = np.exp(x) / np.exp(x).sum(axis, keepdims=True)
        np.testing.assert_allclose(softmax(x, axis), shares, rtol=1e-9)


@given(ARRAYS)
def test_equals_pytorch(x):
    torch = pytest.importorskip("torch")
    functional, given_x = torch.nn.functional, torch.from_numpy(x)
    pairs = [
        (relu(x), torch.relu(given_x)),
        (leaky_relu(x), functional.leaky_relu(given_x)),
        (sigmoid(x), torch.sigmoid(given_x)),
        (tanh(x), torch.tanh(given_x)),
        (softmax(x), torch.softmax(given_x, -1)),
    ]
    for found, expected in pairs:
        np.testing.assert_allclose(found, expected.numpy(), rtol=1e-9, atol=1e-14)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_largest_numbers_overflow_nowhere(dtype):
    top = np.finfo(dtype).max
    ends = np.array([-top, 0, top], dtype)
    assert sigmoid(ends).tolist() == [0, 0.5, 1]
    assert tanh(ends).tolist() == [-1, 0, 1]
    assert softmax(ends / 4).tolist() == [0, 0, 1]
    assert relu(ends).tolist() == [0, 0, top]


def test_small_sigmoids_keep_their_digits():
    np.testing.assert_allclose(sigmoid([-40.0, -700.0]), np.exp([-40.0, -700.0]), rtol=1e-12)


def test_softmax_does_not_mind_a_shift():
    np.testing.assert_allclose(softmax([1001.0, 1002.0]), softmax([1.0, 2.0]), rtol=1e-12)


@pytest.mark.parametrize("f", ALL)
@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
def test_floats_keep_their_dtype(f, dtype):
    x = np.array([[-1.5, 2], [0, 1]], dtype)
    before = x.copy()
    assert f(x).dtype == dtype
    np.testing.assert_array_equal(x, before)


def test_many_small_shares_sum_to_1_in_float16():
    """In float16, 2048 + 1 is 2048, and 70000 is infinite."""
    for axis, shape in ((0, (5000, 2)), (0, (70_000, 2)), (1, (2, 70_000))):
        shares = softmax(np.zeros(shape, np.float16), axis=axis)
        np.testing.assert_allclose(shares.astype(float).sum(axis=axis), 1, rtol=2e-3)


@pytest.mark.parametrize("f", ALL)
def test_whole_numbers(f):
    x = np.array([3, 200], np.uint8)
    assert f(x).dtype == (np.uint8 if f is relu else np.float64)


@pytest.mark.parametrize("f", ALL)
def test_nan_stays(f):
    assert np.isnan(f([np.nan, 1.0]))[0]
    assert f(np.ones((2, 0, 3))).shape == (2, 0, 3)


def test_infinity_takes_the_limit():
    ends = np.array([-np.inf, np.inf])
    assert relu(ends).tolist() == [0, np.inf]
    assert leaky_relu(ends).tolist() == [-np.inf, np.inf]
    assert sigmoid(ends).tolist() == [0, 1]
    assert tanh(ends).tolist() == [-1, 1]
    assert softmax([-np.inf, 0.0]).tolist() == [0, 1]


@pytest.mark.parametrize("f", ALL)
def test_says_what_is_wrong(f):
    with pytest.raises(ValueError, match=f"^{f.__name__}: cannot work with complex128 values"):
        f([1j])


def test_softmax_says_what_is_wrong_with_the_axis():
    with pytest.raises(ValueError, match=r"^softmax: shape \(2,\) has no axis 1; use one of its 1 axes"):
        softmax([1.0, 2.0], axis=1)
    with pytest.raises(ValueError, match=r"^softmax: shape \(\) has no axis -1"):
        softmax(3.0)
    with pytest.raises(ValueError, match=r"^softmax: shape \(2, 0\) has no scores along axis -1"):
        softmax(np.ones((2, 0)))
