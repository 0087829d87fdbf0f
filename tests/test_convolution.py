"""conv2d against hand-worked numbers, a plain loop, SciPy and PyTorch."""

import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.signal import convolve2d, correlate2d

from cnnlib import KERNELS, conv2d, output_size, pad

BINARY = [[1, 1, 1, 0, 0], [0, 1, 1, 1, 0], [0, 0, 1, 1, 1], [0, 0, 1, 1, 0], [0, 1, 1, 0, 0]]
RAMP = [[50, 75, 100, 125], [150, 175, 200, 225], [100, 125, 150, 175], [25, 50, 75, 100]]
EDGE = [[1, 0, -1]] * 3


def loop(x, w, stride=(1, 1), dilation=(1, 1)):
    """Work the definition out number by number: (N, C, H, W) with (F, C, KH, KW)."""
    n, _, height, width = x.shape
    f, _, kh, kw = w.shape
    span = [d * (k - 1) + 1 for k, d in zip((kh, kw), dilation, strict=True)]
    rows, cols = ((a - k) // s + 1 for a, k, s in zip((height, width), span, stride, strict=True))
    out = np.zeros((n, f, rows, cols), np.result_type(x, w))
    for at in np.ndindex(out.shape):
        top, left = at[2] * stride[0], at[3] * stride[1]
        window = x[at[0], :, top : top + span[0] : dilation[0], left : left + span[1] : dilation[1]]
        out[at] = np.sum(window * w[at[1]])
    return out


@st.composite
def layers(draw, dtypes=("uint8", "int16", "int64", "bool", "float16", "float32", "float64"), most=13):
    """Draw pictures, filters that fit them, and settings; tall pictures reach the shifted filters."""
    dilation = draw(st.tuples(st.integers(1, 2), st.integers(1, 3)))
    kernel = draw(st.tuples(st.integers(1, 4), st.integers(1, 4)))
    span = [d * (k - 1) + 1 for k, d in zip(kernel, dilation, strict=True)]
    size = [s + draw(st.integers(0, extra)) for s, extra in zip(span, (4 * most, most), strict=True)]
    n, c, f = draw(st.integers(0, 3)), draw(st.integers(1, 3)), draw(st.integers(1, 9))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    x = rng.integers(0, 200, (n, c, *size)).astype(draw(st.sampled_from(dtypes)))
    w = rng.integers(-9, 10, (f, c, *kernel)).astype(x.dtype if x.dtype.kind == "f" else "int64")
    stride = draw(st.tuples(st.integers(1, 4), st.integers(1, 4)))
    sides = draw(st.tuples(*[st.tuples(st.integers(0, 3), st.integers(0, 3))] * 2))
    return x, w, {"stride": stride, "padding": sides, "dilation": dilation}


@settings(max_examples=150)
@given(layers(), st.booleans(), st.booleans())
def test_equals_the_loop(drawn, flip, biased):
    x, w, how = drawn
    bias = np.arange(len(w)) if biased else None
    found = conv2d(x, w, bias=bias, flip=flip, **how)
    exact = loop(
        pad(x, how["padding"]).astype(np.int64),
        (w[..., ::-1, ::-1] if flip else w).astype(np.int64),
        how["stride"],
        how["dilation"],
    )
    exact += 0 if bias is None else bias.reshape(-1, 1, 1)
    assert found.dtype == (x.dtype if x.dtype.kind == "f" else np.int64)
    # All these sums are whole numbers below 2**24: float32 holds them exactly, float16 rounds them once.
    np.testing.assert_array_equal(found, exact.astype(found.dtype))
    assert found.shape[-2:] == output_size(x.shape[-2:], w.shape[-2:], **how)


@settings(max_examples=60)
@given(layers(dtypes=("float32", "float64")))
def test_equals_pytorch(drawn):
    torch = pytest.importorskip("torch")
    x, w, how = drawn
    rng = np.random.default_rng(len(w))
    x, w = rng.standard_normal(x.shape).astype(x.dtype), rng.standard_normal(w.shape).astype(x.dtype)
    bias = rng.standard_normal(len(w)).astype(x.dtype)
    (top, bottom), (left, right) = how.pop("padding")
    framed = torch.nn.functional.pad(torch.from_numpy(x), (left, right, top, bottom))
    expected = torch.nn.functional.conv2d(framed, torch.from_numpy(w), torch.from_numpy(bias), **how).numpy()
    found = conv2d(x, w, bias=bias, padding=((top, bottom), (left, right)), **how)
    assert found.dtype == expected.dtype
    np.testing.assert_allclose(found, expected, rtol=0, atol=2e-5 if x.dtype == np.float32 else 1e-12)


@pytest.mark.parametrize("kernel", [(1, 1), (2, 3), (4, 4), (5, 2)])
@pytest.mark.parametrize("dilation", [1, 2])
def test_same_puts_the_extra_pixel_where_pytorch_does(kernel, dilation):
    torch = pytest.importorskip("torch")
    rng = np.random.default_rng(0)
    x, w = rng.standard_normal((2, 20, 9)), rng.standard_normal((3, 2, *kernel))
    with warnings.catch_warnings(action="ignore"):  # PyTorch warns that uneven padding copies the input
        expected = torch.nn.functional.conv2d(
            torch.from_numpy(x), torch.from_numpy(w), padding="same", dilation=dilation
        )
    np.testing.assert_allclose(conv2d(x, w, padding="same", dilation=dilation), expected.numpy(), atol=1e-12)


def test_same_with_an_even_kernel_by_hand():
    assert conv2d([[1, 2, 3]], [[1, 10]], padding="same").tolist() == [[21, 32, 3]]


@settings(max_examples=40)
@given(*[st.integers(1, 5)] * 2, *[st.integers(5, 40)] * 2, st.sampled_from(["valid", "same", "full"]))
def test_equals_scipy(kh, kw, height, width, mode):
    rng = np.random.default_rng(kh + 10 * kw)
    image, kernel = rng.standard_normal((height, width)), rng.standard_normal((kh, kw))
    # SciPy centres an even kernel's "same" output differently for the two operations.
    before = {"valid": (0, 0), "full": (kh - 1, kw - 1), "same": (kh // 2, kw // 2)}[mode]
    after = {"valid": (0, 0), "full": (kh - 1, kw - 1), "same": ((kh - 1) // 2, (kw - 1) // 2)}[mode]
    turned = list(zip(before, after, strict=True))
    straight = list(zip(after, before, strict=True)) if mode == "same" else turned
    np.testing.assert_allclose(
        conv2d(image, kernel, padding=straight), correlate2d(image, kernel, mode), atol=1e-12
    )
    np.testing.assert_allclose(
        conv2d(image, kernel, padding=turned, flip=True), convolve2d(image, kernel, mode), atol=1e-12
    )


@pytest.mark.parametrize(("mode", "boundary"), [("symmetric", "symm"), ("wrap", "wrap"), ("zero", "fill")])
def test_borders_equal_scipys(mode, boundary):
    image = np.arange(30.0).reshape(5, 6) ** 2
    kernel = np.arange(9.0).reshape(3, 3)
    expected = correlate2d(image, kernel, "same", boundary)
    np.testing.assert_allclose(conv2d(pad(image, 1, mode), kernel), expected)


def test_binary_image():
    found = conv2d(BINARY, [[1, 0, 1], [0, 1, 0], [1, 0, 1]])
    assert found.tolist() == [[4, 3, 4], [2, 4, 3], [2, 3, 4]]


def test_ramp_answers_the_same_everywhere_and_the_other_sign_flipped():
    assert conv2d(RAMP, EDGE).tolist() == [[-150, -150]] * 2
    assert conv2d(RAMP, EDGE, flip=True).tolist() == [[150, 150]] * 2
    assert [conv2d(RAMP, EDGE, padding=p).shape for p in (2, 1, 0)] == [(6, 6), (4, 4), (2, 2)]


def test_visits_of_each_pixel():
    """A picture of one lit pixel, moved over all places, counts the windows that read it."""
    windows = np.ones((3, 3), int)
    visits = conv2d(windows, windows, padding=2)
    assert visits.tolist() == [
        [1, 2, 3, 2, 1],
        [2, 4, 6, 4, 2],
        [3, 6, 9, 6, 3],
        [2, 4, 6, 4, 2],
        [1, 2, 3, 2, 1],
    ]


def test_two_filters_on_colour_with_a_bias_each():
    x = np.arange(27).reshape(3, 3, 3)
    w = np.stack([np.ones((3, 2, 2), int), np.zeros((3, 2, 2), int)])
    found = conv2d(x, w, bias=[1, -5])
    assert found[0].tolist() == [[133, 145], [169, 181]]
    assert (found[1] == -5).all()
    assert conv2d(x[None], w, bias=[1, -5]).tolist() == [found.tolist()]


def test_strided_average_kernel_is_average_pooling():
    found = conv2d([[10, 5, 8, 2], [12, 7, 3, 1], [15, 11, 6, 4], [9, 14, 13, 0]], [[0.25] * 2] * 2, stride=2)
    assert found.tolist() == [[8.5, 3.5], [12.25, 5.75]]


@pytest.mark.parametrize("size", [(3, 3), (8, 5), (21, 5), (300, 300)])
def test_identity_changes_nothing_and_never_wraps(size):
    image = np.random.default_rng(0).integers(0, 256, size, dtype=np.uint8)
    found = conv2d(image, KERNELS["identity"], padding="same")
    assert found.dtype == np.int64
    np.testing.assert_array_equal(found, image)
    np.testing.assert_array_equal(conv2d(image, [[-3]]), image.astype(int) * -3)


def test_input_is_left_alone():
    x, w = np.ones((40, 40), np.float64), np.ones((1, 1), np.float64)
    found = conv2d(x, w, bias=1.0)
    assert (x == 1).all()
    assert (found == 2).all()


@pytest.mark.parametrize("rows", [3, 40])
def test_whole_numbers_are_exact_to_the_last(rows):
    big = 2**62 + 1
    assert conv2d([[big]] * rows, [[1]]).ravel().tolist() == [big] * rows
    for edge in (2**24, 2**53):
        assert conv2d([[edge + 1, -edge]] * rows, [[1, 1]]).ravel().tolist() == [1] * rows
        assert conv2d([[edge - 2, 1]] * rows, [[1, 1]], bias=2).ravel().tolist() == [edge + 1] * rows
    assert conv2d([[2**63 - 2]], [[1]], bias=1).tolist() == [[2**63 - 1]]
    assert conv2d([[-(2**63) + 1]], [[-1]]).tolist() == [[2**63 - 1]]
    assert conv2d(np.array([[2**62]], np.uint64), [[-1]]).tolist() == [[-(2**62)]]
    assert conv2d([[True, True]], [[True, True]]).tolist() == [[2]]


@pytest.mark.parametrize(
    ("x", "w", "bias", "expected"),
    [
        ("float32", "float64", None, "float32"),
        ("float32", "int64", None, "float32"),
        ("float64", "float32", None, "float64"),
        ("float16", "float64", None, "float16"),
        ("uint8", "float32", None, "float32"),
        ("int64", "float32", None, "float64"),
        ("uint64", "float64", None, "float64"),
        ("float32", "float32", 0.5, "float32"),
        ("uint8", "int8", 0.5, "float64"),
        ("uint8", "int8", 1, "int64"),
        ("bool", "bool", None, "int64"),
        ("longdouble", "float32", None, "longdouble"),
    ],
)
def test_dtypes(x, w, bias, expected):
    found = conv2d(np.ones((12, 3), x), np.ones((2, 2), w), bias=bias)
    assert found.dtype == expected
    assert (found == 4 + (bias or 0)).all()


def test_float16_is_summed_in_float32():
    """In float16, 2048 + 1 is 2048; ones added one by one would stop there."""
    assert conv2d(np.ones((50, 50), np.float16), np.ones((50, 50), np.float16)).tolist() == [[2500]]


@settings(max_examples=80)
@given(layers(dtypes=("float32", "float64")), st.lists(st.integers(0, 10**6), min_size=1, max_size=4))
@pytest.mark.filterwarnings("ignore:invalid value")
def test_nan_and_infinity_reach_just_their_windows(drawn, places):
    x, w, how = drawn
    for i, place in enumerate(places if x.size else []):
        x.flat[place % x.size] = (np.nan, np.inf, -np.inf)[i % 3]
    expected = loop(pad(x, how["padding"]), w, how["stride"], how["dilation"])
    np.testing.assert_array_equal(conv2d(x, w, **how), expected)


def test_an_empty_batch_gives_an_empty_batch():
    found = conv2d(np.ones((0, 3, 40, 9), np.float32), np.ones((4, 3, 3, 3)))
    assert (found.shape, found.dtype) == ((0, 4, 38, 7), np.float32)


GRAY, FILTERS = np.ones((3, 3)), np.ones((8, 1, 3, 3))


@pytest.mark.parametrize(
    ("x", "w", "how", "message"),
    [
        (
            GRAY,
            np.ones((5, 5)),
            {},
            r"the 5 × 5 kernel is larger than the padded image of 3 × 3; add padding or",
        ),
        (GRAY, np.ones((2, 2)), {"dilation": 4}, r"the 2 × 2 kernel with dilation 4 spans 5 × 5"),
        (GRAY, np.ones((5, 2)), {"padding": (0, 9)}, r"the 5 × 2 kernel is larger .* 3 × 21"),
        (
            np.ones(3),
            np.ones(3),
            {},
            r"image \(3,\) and kernel \(3,\) do not go together; give \(H, W\) with",
        ),
        (GRAY, FILTERS, {}, r"image \(3, 3\) and kernel \(8, 1, 3, 3\) do not go together"),
        (np.ones((9, 9, 3)), np.ones((3, 3)), {}, r".* turn a photo \(H, W, 3\) .* np\.moveaxis\(x, -1, 0\)"),
        (np.ones((9, 9, 3)), np.ones((8, 3, 3, 3)), {}, r"image \(9, 9, 3\) has 9 channels, .* np\.moveaxis"),
        (
            np.ones((3, 9, 9)),
            FILTERS,
            {},
            r"image \(3, 9, 9\) has 3 channels, but filters \(8, 1, 3, 3\) span 1",
        ),
        (np.ones((0, 3)), np.ones((1, 1)), {"padding": 1}, r"image \(0, 3\) has no pixels"),
        (np.ones((0, 9, 9)), FILTERS, {}, r"image \(0, 9, 9\) has 0 channels"),
        (GRAY, np.ones((0, 3)), {}, r"kernel \(0, 3\) is empty"),
        (np.ones((1, 3, 3)), np.ones((0, 1, 3, 3)), {}, r"kernel \(0, 1, 3, 3\) is empty"),
        (GRAY, GRAY, {"stride": 0}, r"stride must be a whole number of at least 1"),
        (GRAY, GRAY, {"stride": -1}, r"stride must be .* not -1"),
        (GRAY, GRAY, {"stride": 1.0}, r"stride must be .* not 1\.0"),
        (GRAY, GRAY, {"stride": "2"}, r"stride must be .* not '2'"),
        (GRAY, GRAY, {"dilation": (1, 0)}, r"dilation must be .* not \(1, 0\)"),
        (GRAY, GRAY, {"padding": -1}, r"padding must be a whole number of at least 0"),
        (GRAY, GRAY, {"padding": "full"}, r"padding 'full' is unknown; use pixels, 'same' or 'valid'"),
        (GRAY, GRAY, {"padding": "same", "stride": 2}, r"padding 'same' needs stride 1, not 2"),
        (GRAY, GRAY, {"bias": [1, 2]}, r"bias has shape \(2,\); give one number"),
        (GRAY[None], FILTERS, {"bias": 1}, r"bias has shape \(\); give one per filter, shape \(8,\)"),
        (GRAY[None], FILTERS, {"bias": np.ones((8, 1))}, r"bias has shape \(8, 1\); give one per filter"),
        (GRAY, GRAY * 1j, {}, r"cannot work with complex128 values; give whole or real numbers"),
        (GRAY, GRAY, {"bias": "1"}, r"cannot work with <U1 values"),
        ([[1, 2], [3]], GRAY, {}, r"the rows differ in length"),
        (
            np.full((3, 3), 2**62),
            np.ones((3, 3), int),
            {},
            r"a sum could reach 41505174165846491136, more than",
        ),
        (
            np.array([[2**63]], np.uint64),
            [[1]],
            {},
            r"a sum could reach 9223372036854775808, more than int64",
        ),
    ],
)
def test_says_what_is_wrong(x, w, how, message):
    with pytest.raises(ValueError, match="^conv2d: " + message):
        conv2d(x, w, **how)
