"""Every function of the arithmetic says the same of small, read-only, reversed ... arrays as of float64.

NumPy's small types wrap (200 + 100 is 44 in uint8), stop counting (2048 + 1 is 2048 in float16) or refuse
(True - True). What is asked here is the number, not the type: functions that keep it may round once.
"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cnnlib import (
    avg_pool2d,
    conv2d,
    depthwise_conv2d,
    leaky_relu,
    max_pool2d,
    output_size,
    pad,
    relu,
    sigmoid,
    softmax,
    sum_pool2d,
    tanh,
)
from cnnlib import display as show
from cnnlib.composition import compose_kernels
from cnnlib.connections import connection_matrix, count_parameters, shuffle_pixels
from cnnlib.drawing import bouncing_ball, shapes_image, stripe_image
from cnnlib.geometry import coverage, left_over, reach, receptive_field, stack_sizes
from cnnlib.kernels import Kernel
from cnnlib.matching import best_places, normalised_correlation, zero_mean
from cnnlib.memory import address, binary, flat_index, storage
from cnnlib.quantization import dequantize, quantization_error, quantization_step, quantize, sqnr
from cnnlib.sampling import sample, stripe_wave
from cnnlib.sensor import bucket_means, expose, pixels_per_cm, summed_area_table, table_means
from cnnlib.shapes import BORDERS
from cnnlib.transforms import rotate, scale, shift

RANGES = {"bool": (0, 1), "uint8": (0, 255), "int8": (-128, 127), "int16": (-2000, 2000)}
RANGES |= {"uint64": (0, 2**20), "float16": (-99, 99), "float32": (-5000, 5000)}
OUTLINE = [[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]]

OF_NUMBERS = {  # x is (6, 8)
    **{f"pad {mode}": lambda x, mode=mode: pad(x, 3, mode) for mode in BORDERS},
    "conv2d": lambda x: conv2d(x, OUTLINE, padding=1),
    "conv2d by a part": lambda x: conv2d(x, np.where(x[:2, :3] > 0, x[:2, :3], 0), stride=2),
    "conv2d with a bias": lambda x: conv2d(x[None], [[OUTLINE]], bias=x[0, :1], flip=True, dilation=2),
    "depthwise_conv2d": lambda x: depthwise_conv2d(x.reshape(2, 4, 6), np.array([OUTLINE, OUTLINE], "int8")),
    "max_pool2d": lambda x: max_pool2d(x, 3, stride=1, padding=1),
    "avg_pool2d": lambda x: avg_pool2d(x, 3, padding=1),
    "sum_pool2d": lambda x: sum_pool2d(x, 3, padding=1),
    "relu": relu,
    "leaky_relu": leaky_relu,
    "sigmoid": sigmoid,
    "tanh": tanh,
    "softmax": lambda x: softmax(x, axis=0),
    "shift": lambda x: shift(x, 2, -1),
    "shift around": lambda x: shift(x, 2, -1, fill="wrap"),
    "rotate": lambda x: rotate(x, 3),
    "scale": lambda x: scale(x, 1.7),
    "shuffle_pixels": shuffle_pixels,
    "zero_mean": zero_mean,
    "normalised_correlation": lambda x: normalised_correlation(x, x[1:4, :3]),
    "best_places": lambda x: best_places(x, 4, 2),
    "luma": lambda x: show.luma(x.reshape(4, 4, 3)),
    "over": lambda x: show.over(x, 0.25, x[::-1]),
    "over, opaque": lambda x: show.over(x, 1, x[::-1]),
    "dominant": lambda x: show.dominant(x.reshape(4, 4, 3)),
    "sums_to_zero": lambda x: [show.sums_to_zero(x), show.sums_to_zero(x * 0)],
    "normalised": lambda x: show.normalised(abs_(x)),
    "clipped": show.clipped,
    "absolute": show.absolute,
    "wrapped": show.wrapped,
    "share_beyond_bytes": show.share_beyond_bytes,
    "feature_map": lambda x: show.feature_map(x, OUTLINE, padding="same", border="edge", bias=x[0, 0])[1],
    "feature_map, padded": lambda x: show.feature_map(x, OUTLINE, padding=2, border="reflect")[0],
    "feature_map, colours": lambda x: show.feature_map(x.reshape(4, 4, 3), np.ones((2, 2, 3), "int8"))[1],
    "compose_kernels": lambda x: compose_kernels(x, OUTLINE),
    "compose_kernels, turned": lambda x: compose_kernels(OUTLINE, x),
    "Kernel.total": lambda x: Kernel("own", x).total,
    "Kernel.weights": lambda x: Kernel("own", x, divisor=3).weights,
    "bucket_means": lambda x: bucket_means(abs_(x), (4, 3)),
    "table_means": lambda x: table_means(summed_area_table(abs_(x)), 2),
    "expose": lambda x: expose(abs_(x), exposure=0.01),
    "quantize": lambda x: quantize(x, 8, 100.0),
    "quantization_error": lambda x: quantization_error(x, 8, 100.0),
    "sqnr": lambda x: sqnr(x, 8, 300.0),
    "sample": lambda x: sample(x[0], 5)[1],
    "stripe_wave": lambda x: stripe_wave(x, 0.013),
}


def abs_(x):
    """No light is negative, and no number of int8 stands for 128."""
    return np.where(x < 0, 0, x).astype(x.dtype)


@st.composite
def arrays(draw):
    """Draw numbers of a small type, laid in memory in some unusual way, ready for what keeps to 6 x 8."""
    dtype = draw(st.sampled_from(list(RANGES)))
    low, high = RANGES[dtype]
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    x = rng.integers(low, high, (6, 8), endpoint=True).astype(dtype)
    x[0, :3] = low, high, high
    way = draw(st.sampled_from(["plain", "read-only", "reversed", "strided", "by columns", "swapped bytes"]))
    if way == "read-only":
        x.setflags(write=False)
    if way == "strided":
        x = np.repeat(np.repeat(x, 3, axis=0), 2, axis=1)[::3, ::2]
    if way == "swapped bytes":
        x = x.astype(x.dtype.newbyteorder())
    return {"reversed": x[::-1, ::-1], "by columns": np.asfortranarray(x)}.get(way, x)


def same(found, expected):
    found, expected = np.asarray(found), np.asarray(expected, float)
    rounding = np.finfo(found.dtype).eps if found.dtype.kind == "f" else 0
    close = rounding * 8 * max(1, np.abs(expected).max(initial=0))
    np.testing.assert_allclose(found.astype(float), expected, rtol=1e-12, atol=max(close, 1e-12))


@pytest.mark.parametrize("name", OF_NUMBERS)
@settings(max_examples=60)
@given(arrays())
@pytest.mark.filterwarnings("error")
def test_small_types_give_the_numbers_of_float64(name, x):
    before = x.copy()
    found = OF_NUMBERS[name](x)
    expected = OF_NUMBERS[name](x.astype(np.float64))
    same(found, expected)
    np.testing.assert_array_equal(x, before)


OF_SIZES = {  # n turns a number into one of a small type
    "output_size": lambda n: output_size(n(100), n(3), stride=n(2), padding=n(100), dilation=n(40)),
    "receptive_field": lambda n: receptive_field([(n(100), n(100)), (n(100), n(3), n(2))]),
    "reach": lambda n: reach([(n(3), n(100), n(1)), (n(3), n(100), n(120)), (n(2), n(1), n(0))]),
    "stack_sizes": lambda n: stack_sizes(n(120), [(n(3), n(1), n(100)), (n(2), n(2), n(0))]),
    "left_over": lambda n: left_over(n(100), n(3), stride=n(7), padding=n(100)),
    "coverage": lambda n: coverage(n(12), n(3), padding=n(2)),
    "pad": lambda n: pad(np.ones((2, 2)), n(100)).shape,
    "connection_matrix": lambda n: connection_matrix("locally connected", n(12), n(3)),
    "count_parameters": lambda n: count_parameters("dense", (n(3), n(100), n(100)), n(6), n(5))[1:],
    "storage": lambda n: storage((n(100), n(100), n(3)), n(12)),
    "flat_index": lambda n: flat_index((n(99), n(50)), (n(100), n(100))),
    "address": lambda n: address((n(99), n(50)), (n(100), n(100)), itemsize=n(8), start=n(100)),
    "binary": lambda n: binary(n(50), n(8)),
    "quantization_step": lambda n: quantization_step(n(16), n(5)),
    "quantize": lambda n: quantize(np.linspace(-1, 6, 20), n(16), n(5)),
    "dequantize": lambda n: dequantize([0, 100, 200], n(8), n(5)),
    "sample": lambda n: sample(np.arange(120), n(100))[1],
    "bucket_means": lambda n: bucket_means(np.eye(9) * 100, n(100)),
    "pixels_per_cm": lambda n: pixels_per_cm((n(100), n(120)), (n(10), n(15))),
    "best_places": lambda n: best_places(np.eye(9), n(2), n(3)),
    "shift": lambda n: shift(np.eye(9), n(100), n(2)),
    "rotate": lambda n: rotate(np.eye(9), n(101)),
    "stripe_image": lambda n: stripe_image(n(65), angle=n(30), width=n(100)),
    "shapes_image": lambda n: shapes_image(n(64)),
    "bouncing_ball": lambda n: bouncing_ball(n(3), n(36), n(48)),
}


@pytest.mark.parametrize("name", OF_SIZES)
@pytest.mark.parametrize("kind", [np.int8, np.uint8, np.int16, np.uint64, np.array])
@pytest.mark.filterwarnings("error")
def test_sizes_may_be_small_whole_numbers_of_numpy(name, kind):
    found, expected = OF_SIZES[name](kind), OF_SIZES[name](int)
    assert type(found) is type(expected)
    assert np.shape(found) == np.shape(expected)
    np.testing.assert_array_equal(found, expected)
