"""Sizes and borders: worked examples, PyTorch's and NumPy's answers, and errors."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnlib import conv2d, output_size, pad, relu
from cnnlib.display import luma


@pytest.mark.parametrize(
    ("size", "kernel", "stride", "padding", "expected"),
    [(32, 5, 1, 0, 28), (5, 3, 2, 1, 3), (6, 3, 2, 0, 2), (7, 3, 2, 0, 3), (5, 5, 1, 2, 5), (1, 1, 1, 0, 1)],
)
def test_worked_examples(size, kernel, stride, padding, expected):
    assert output_size(size, kernel, stride=stride, padding=padding) == expected


def test_lenet_from_first_to_last_layer():
    assert [output_size(32, 5), output_size(28, 2, stride=2), output_size(14, 5)] == [28, 14, 10]
    assert output_size(10, 2, stride=2) == 5


@given(*[st.integers(1, 12)] * 3, st.integers(0, 5), st.integers(1, 4))
def test_counts_the_places_where_the_kernel_fits(size, kernel, stride, padding, dilation):
    reach = dilation * (kernel - 1)
    starts = [s for s in range(0, size + 2 * padding, stride) if s + reach < size + 2 * padding]
    if not starts:
        with pytest.raises(
            ValueError, match=r"^output_size: the .* kernel.* is larger than the padded image"
        ):
            output_size(size, kernel, stride=stride, padding=padding, dilation=dilation)
    else:
        found = output_size(size, kernel, stride=stride, padding=padding, dilation=dilation)
        assert found == len(starts)
        assert type(found) is int


def test_pairs_are_rows_then_columns():
    assert output_size((480, 640), (3, 5)) == (478, 636)
    assert output_size((10, 20), 3, stride=(1, 2), padding=(0, 1)) == (8, 10)
    assert output_size(10, 3, stride=(1, 2)) == (8, 4)
    assert output_size(5, 3, padding=((0, 1), (2, 3))) == (4, 8)
    assert output_size(np.array([5, 6]), np.int64(3), padding=[1, 0]) == (5, 4)
    assert output_size(np.int64(5), 3) == 3


@given(st.integers(1, 9), st.integers(1, 9), st.integers(1, 3))
def test_same_keeps_the_size(size, kernel, dilation):
    assert output_size(size, kernel, padding="same", dilation=dilation) == size


def test_a_number_in_an_array_is_one_number():
    assert output_size(np.array(5), 3, padding=np.array(1)) == 5
    assert type(output_size(np.array(5), np.array(3))) is int
    assert output_size(5, 3, padding=(1, (0, 2))) == (5, 5)


class Tensor:
    """Refuses NumPy as PyTorch's tensors do, with a gradient or of a type that NumPy has not."""

    def __init__(self, error):
        self.error = error

    def __array__(self, dtype=None, copy=None):
        raise self.error


@pytest.mark.parametrize("error", [RuntimeError("requires grad"), TypeError("unsupported ScalarType")])
def test_what_numpy_cannot_read_is_told_with_a_remedy(error):
    said = r"^\w+: NumPy cannot read this (Tensor|list); of a tensor x give x\.detach\(\)"
    for wrong in (Tensor(error), [Tensor(error)]):
        for call in (lambda x: conv2d(x, [[1]]), lambda x: pad(x, 1), relu, luma):
            with pytest.raises(ValueError, match=said):
                call(wrong)


def test_tensors_are_read_or_refused_in_words():
    torch = pytest.importorskip("torch")
    ones = torch.ones(3, 3)
    assert conv2d(ones, torch.ones(2, 2)).tolist() == [[4, 4], [4, 4]]
    assert conv2d(ones > 0, [[1]]).tolist() == [[1] * 3] * 3
    odd = [torch.ones(3, 3, requires_grad=True), ones.bfloat16(), ones.to_sparse(), ones.to("meta")]
    for tensor in (*odd, ones.to(torch.float8_e4m3fn), ones.to(torch.complex64).conj()):
        for call in (lambda x: conv2d(x, [[1]]), lambda x: pad(x, 1), relu, luma):
            with pytest.raises(ValueError, match=r"^\w+: NumPy cannot read this Tensor; of a tensor x"):
                call(tensor)
    assert conv2d(odd[0].detach().cpu().float().numpy(), [[1]]).tolist() == [[1] * 3] * 3
    assert conv2d(odd[1].detach().cpu().float().numpy(), [[1]]).tolist() == [[1] * 3] * 3


def test_valid_is_no_padding():
    assert output_size(5, 3, padding="valid") == 3


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"size": 0, "kernel": 3}, r"size must be a whole number of at least 1, .* not 0"),
        ({"size": 5, "kernel": 0}, r"kernel must be a whole number of at least 1, .* not 0"),
        ({"size": 5, "kernel": 3, "stride": 0}, r"stride must be .* not 0"),
        ({"size": 5, "kernel": 3, "stride": -1}, r"stride must be .* not -1"),
        ({"size": 5, "kernel": 3, "stride": 1.5}, r"stride must be .* not 1\.5"),
        ({"size": 5, "kernel": 3, "stride": (1, 2, 3)}, r"stride must be .* not \(1, 2, 3\)"),
        ({"size": 5, "kernel": 3, "dilation": 0}, r"dilation must be .* not 0"),
        ({"size": 5, "kernel": 3, "padding": -1}, r"padding must be a whole number of at least 0, .* not -1"),
        ({"size": 5, "kernel": 3, "padding": 0.5}, r"padding must be .* not 0\.5"),
        ({"size": 5, "kernel": 3, "padding": None}, r"padding must be .* not None"),
        ({"size": 5, "kernel": 3, "padding": "full"}, r"padding 'full' is unknown"),
        (
            {"size": 5, "kernel": 3, "padding": "same", "stride": 2},
            r"padding 'same' needs stride 1, not 2",
        ),
        ({"size": 5, "kernel": 3, "dilation": 3}, r"the 3 × 3 kernel with dilation 3 spans 7 × 7"),
    ],
)
def test_output_size_says_what_is_wrong(arguments, message):
    with pytest.raises(ValueError, match="^output_size: " + message):
        output_size(**arguments)


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        ("zero", [0, 0, 1, 2, 3, 0, 0]),
        ("reflect", [3, 2, 1, 2, 3, 2, 1]),
        ("symmetric", [2, 1, 1, 2, 3, 3, 2]),
        ("edge", [1, 1, 1, 2, 3, 3, 3]),
        ("wrap", [2, 3, 1, 2, 3, 1, 2]),
    ],
)
def test_borders_by_hand(mode, expected):
    assert pad([[1, 2, 3]], (0, 2), mode).tolist() == [expected]
    assert pad([[1], [2], [3]], (2, 0), mode).ravel().tolist() == expected


@given(
    st.tuples(*[st.integers(1, 4)] * 3),
    st.tuples(*[st.integers(0, 6)] * 4),
    st.sampled_from(["zero", "reflect", "symmetric", "edge", "wrap"]),
)
def test_pad_is_numpys_on_the_last_two_axes(shape, ends, mode):
    image = np.arange(np.prod(shape), dtype=np.uint8).reshape(shape) + 1
    sides = (ends[:2], ends[2:])
    expected = np.pad(image, ((0, 0), *sides), mode="constant" if mode == "zero" else mode)
    found = pad(image, sides, mode)
    np.testing.assert_array_equal(found, expected)
    assert found.dtype == np.uint8
    assert not np.shares_memory(found, image)


def test_padding_forms():
    image = np.ones((2, 3))
    assert pad(image, 1).shape == (4, 5)
    assert pad(image, (1, 2)).shape == (4, 7)
    assert pad(image, ((1, 0), (0, 2))).shape == (3, 5)
    assert pad(image, (1, (0, 2))).shape == (4, 5)
    assert pad(np.ones((0, 2, 3)), 1).shape == (0, 4, 5)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ([[1, 2]], 1, "mirror"),
            r"mode 'mirror' is unknown; use one of zero, reflect, symmetric, edge, wrap",
        ),
        (([[1, 2]], -1), r"padding must be a whole number of at least 0"),
        (([[1, 2]], (1, 2, 3)), r"padding must be .* not \(1, 2, 3\)"),
        (([[1, 2]], "same"), r"padding 'same' needs a kernel's size"),
        (([1, 2], 1), r"shape \(2,\) has no rows and columns"),
        ((np.ones((0, 3)), 1, "edge"), r"image \(0, 3\) has no pixels"),
        (([[1j]], 1), r"cannot work with complex128 values"),
        (([["a"]], 1), r"cannot work with .* values"),
        (([[1, 2], [3]], 1), r"the rows differ in length"),
    ],
)
def test_pad_says_what_is_wrong(arguments, message):
    with pytest.raises(ValueError, match="^pad: " + message):
        pad(*arguments)
