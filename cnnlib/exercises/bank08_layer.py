"""Lesson 08's bank: a whole layer, whose bias was published with the wrong index; each mistake, named."""

from collections.abc import Callable

import numpy as np

from cnnlib.activations import relu
from cnnlib.convolution import conv2d, depthwise_conv2d
from cnnlib.exercises.bank08 import (
    BIAS_PER_CHANNEL,
    BIAS_PER_WEIGHT,
    BYTES,
    FLIPPED,
    MEAN,
    NO_BIAS,
    NOT_SUMMED,
    ONE_CHANNEL,
    SAME_KERNEL,
)
from cnnlib.exercises.task import Case, Mistake, Task


def _layer(x, filters, bias) -> np.ndarray:
    return conv2d(x.astype(float), filters, bias=bias)


def _with(change: Callable) -> Callable:
    """Return a layer whose maps, without bias, are changed by ``change(maps, x, filters, bias)``."""
    return lambda x, filters, bias: change(conv2d(x.astype(float), filters), x, filters, bias)


def _each(x, filters) -> np.ndarray:
    """Return the map of each channel for each filter, (F, C, OH, OW)."""
    return np.stack([depthwise_conv2d(x.astype(float), filter) for filter in filters])


def _tall(bias) -> np.ndarray:
    return np.asarray(bias)[:, None, None]


def _channel_bias(channels: int, bias) -> np.ndarray:
    """Return a bias for each channel, as the published formula has it; IndexError where there are too few."""
    return np.array([bias[c] for c in range(channels)])


def _numbers(seed: int, shape: tuple[int, ...], low: int, high: int) -> np.ndarray:
    return np.random.default_rng(seed).integers(low, high, shape)


def _volume(name: str, shape: tuple[int, int, int], filters: int, taps: tuple[int, int], bias: list) -> Case:
    x, w = _numbers(1, shape, 0, 10), _numbers(2, (filters, shape[0], *taps), -3, 4)
    return Case(name, (x, w, np.array(bias)))


_ONE_BIAS = (
    "If it is the bias: one number for each filter, so `bias[k]` in the loop, or `bias[:, None, None]`."
)

LAYER = Task(
    call="layer(x, filters, bias)",
    errors=(
        ("broadcast", _ONE_BIAS),
        ("setting an array element", _ONE_BIAS),
        (
            "out of bounds",
            "How many filters are there, how many channels, and which of them does an index count?",
        ),
    ),
    cases=(
        _volume("three channels of 5 × 6 and three filters of 3 × 3", (3, 5, 6), 3, (3, 3), [1, -20, 300]),
        _volume("two channels of 6 × 5 and three filters of 2 × 2", (2, 6, 5), 3, (2, 2), [40, 5, -6]),
        _volume("one channel of 4 × 7 and two filters of 3 × 2", (1, 4, 7), 2, (3, 2), [-7, 80]),
        _volume("three channels of 5 × 4 and two filters of 2 × 3", (3, 5, 4), 2, (2, 3), [9, 0.5]),
        Case(
            "a picture in bytes, four channels and four filters",
            (
                _numbers(3, (4, 4, 5), 0, 256).astype(np.uint8),
                _numbers(4, (4, 4, 2, 2), -2, 3),
                np.array([3, 0, -50, 8]),
            ),
        ),
        _volume("three channels of 3 × 3 and two filters of 3 × 3", (3, 3, 3), 2, (3, 3), [2, -9]),
    ),
    truth=_layer,
    right="Six layers with different numbers of channels and filters give the right maps. The formula is "
    "out[k, i, j] = b[k] + the sum over c, p and q: one bias for each filter, and no c is left over.",
    mistakes=(
        Mistake(
            _with(lambda maps, x, filters, bias: maps + _channel_bias(len(x), bias).sum()),
            "The bias carries the index of the channel, as published, and is added with each: the sum then "
            "holds all of them. One bias belongs to each filter.",
        ),
        Mistake(
            _with(lambda maps, x, filters, bias: maps + _channel_bias(len(x), bias)[-1]),
            "Every map gets the bias with the last channel's index. After the sum over c there is no c left: "
            "the bias belongs to the filter.",
        ),
        Mistake(
            lambda x, filters, bias: _each(x, filters) + _tall(_channel_bias(len(x), bias)),
            "Each channel gets a bias and a map of its own. A filter adds its channels up to one map, with "
            "one bias.",
        ),
        Mistake(_with(lambda maps, x, filters, bias: maps + len(x) * _tall(bias)), BIAS_PER_CHANNEL),
        Mistake(_with(lambda maps, x, filters, bias: maps + filters[0].size * _tall(bias)), BIAS_PER_WEIGHT),
        Mistake(
            _with(lambda maps, x, filters, bias: maps + filters[0, 0].size * _tall(bias)),
            "The bias is added once for each weight of a kernel. The finished sum gets it, once.",
        ),
        Mistake(_with(lambda maps, x, filters, bias: maps), NO_BIAS),
        Mistake(
            _with(lambda maps, x, filters, bias: maps + bias[0]),
            "All maps get the first bias. Each filter has its own.",
        ),
        Mistake(
            _with(lambda maps, x, filters, bias: maps + np.sum(bias)),
            "Every map gets all biases. Each filter has its own.",
        ),
        Mistake(
            _with(lambda maps, x, filters, bias: maps - _tall(bias)), "The bias is subtracted. It is added."
        ),
        Mistake(lambda x, filters, bias: _each(x, filters), NOT_SUMMED),
        Mistake(lambda x, filters, bias: _each(x, filters) + _tall(bias)[:, None], NOT_SUMMED),
        Mistake(
            lambda x, filters, bias: _each(x, filters[:1])[0],
            "There is a map for each channel: that is a depthwise convolution. Here, each filter makes one "
            "map of all channels.",
        ),
        Mistake(
            lambda x, filters, bias: _each(x, filters).reshape(-1, *_layer(x, filters, bias).shape[1:]),
            "There is a map for each channel of each filter. A filter adds its channels up to one map.",
        ),
        Mistake(lambda x, filters, bias: _layer(x[:1], filters[:, :1], bias), ONE_CHANNEL),
        Mistake(lambda x, filters, bias: _layer(x[-1:], filters[:, -1:], bias), ONE_CHANNEL),
        Mistake(lambda x, filters, bias: _each(x, filters).mean(axis=1) + _tall(bias), MEAN),
        Mistake(
            lambda x, filters, bias: _layer(x, np.repeat(filters[:, :1], len(x), axis=1), bias), SAME_KERNEL
        ),
        Mistake(
            lambda x, filters, bias: _layer(x, np.repeat(filters[:1], len(filters), axis=0), bias),
            "All maps are alike but for the bias: each comes from the first filter. Use the k-th for map k.",
        ),
        Mistake(lambda x, filters, bias: _layer(x, filters[..., ::-1, ::-1], bias), FLIPPED),
        Mistake(
            lambda x, filters, bias: _layer(x, filters[:, ::-1], bias),
            "The order of the channels is turned round: kernel c belongs to channel c.",
        ),
        Mistake(
            lambda x, filters, bias: _layer(x, filters.swapaxes(0, 1), bias),
            "Filter and channel are swapped: filters[k, c] is the kernel of filter k for channel c.",
        ),
        Mistake(
            lambda x, filters, bias: _layer(x, filters, bias).sum(axis=0),
            "The maps are added up. The sum runs over the channels, not over the filters: each filter "
            "keeps its map.",
        ),
        Mistake(
            lambda x, filters, bias: relu(_layer(x, filters, bias)),
            "What is negative has become 0. The formula ends with the bias; ReLU is the next step.",
        ),
        Mistake(
            lambda x, filters, bias: np.moveaxis(_layer(x, filters, bias), 0, -1),
            "The maps come last. The order asked for is filter, row, column.",
        ),
        Mistake(
            lambda x, filters, bias: np.trunc(_layer(x, filters, bias)).astype(np.int64).astype(x.dtype),
            BYTES,
        ),
    ),
)
