"""Lesson 08's bank: one number of a layer, a whole layer, its count; and each known mistake, named."""

from collections.abc import Callable

import numpy as np

from cnnlib.activations import relu
from cnnlib.exercises.task import Case, Mistake, Task
from cnnlib.kernels import KERNELS
from cnnlib.ledger import layer_size
from cnnlib.pictures import picture

_COLOURS = np.moveaxis(picture("colours 3x3"), -1, 0)
_OUTLINE = np.stack([KERNELS["outline"].matrix] * 3)
_PREWITT = np.stack([KERNELS["Prewitt, columns"].matrix] * 3)

FLIPPED = (
    "The kernels are turned by 180° before they are used. Here the upper left weight meets the upper left "
    "pixel."
)
NOT_SUMMED = (
    "The channels are not added up: you keep a number for each of them. A filter spans all channels and "
    "makes one."
)
ONE_CHANNEL = "Only one channel gets through: the others are left out, or overwritten. Add all of them up."
BIAS_PER_CHANNEL = (
    "The bias is added once for each channel. It belongs to the filter: the sum over all channels gets it "
    "once."
)
BIAS_PER_WEIGHT = "The bias is added to every product. The finished sum gets it, once."
RELU_ON_PRODUCTS = "ReLU is applied to each product. Add all of them and the bias first: ReLU bends the sum."
NO_BIAS = "The bias does not come in yet."
SAME_KERNEL = (
    "The same kernel lies on all channels. A filter has a kernel of its own for each: give it the index of "
    "the channel."
)
BYTES = (
    "The numbers stay in the image's own type of integer: negative and large ones wrap round. Collect them "
    "in floats."
)
MEAN = "You take a mean of the channels. A filter adds them up."


def _number(window, filter, bias) -> np.ndarray:
    return relu((window.astype(float) * filter).sum() + bias)


def _sums(window, filter) -> np.ndarray:
    return (window.astype(float) * filter).sum(axis=(1, 2))


def _wrapped_number(window, filter, bias) -> float:
    return max(0, int((window * filter.astype(window.dtype)).sum(dtype=window.dtype)) + bias)


def _place(name: str, window, filter, bias: float) -> Case:
    return Case(name, (np.asarray(window), np.asarray(filter), np.array(bias)))


RESPONSE = Task(
    call="response(window, filter, bias)",
    cases=(
        _place("the nine colours, an outline filter and bias 0", _COLOURS, _OUTLINE, 0),
        _place("the nine colours, an outline filter and bias 500", _COLOURS, _OUTLINE, 500),
        _place("the nine colours, left − right and bias −100", _COLOURS, -_PREWITT, -100),
        _place(
            "two channels of 2 × 3, with bias 7",
            [[[5, 1, 4], [2, 8, 0]], [[3, 3, 1], [6, 0, 2]]],
            [[[1, -2, 0], [0, 3, -1]], [[-1, 2, 5], [1, 0, -2]]],
            7,
        ),
        _place(
            "bytes, weights from −1 to 2 and bias 3",
            np.array([[[10, 30], [220, 70]], [[200, 90], [40, 250]], [[60, 255], [5, 80]]], np.uint8),
            [[[1, 1], [2, -1]], [[2, -1], [0, 1]], [[-1, 2], [1, 0]]],
            3,
        ),
        _place("one channel and bias −3", [[[4, 2], [1, 3]]], [[[0.5, 1], [-1.5, 2]]], -3),
    ),
    truth=_number,
    right="Three sums, one number: the bias once, and ReLU at the very end.",
    mistakes=(
        Mistake(
            lambda window, filter, bias: (window.astype(float) * filter).sum() + bias,
            "The sum and the bias are right, but what is negative has to become 0: ReLU is missing.",
        ),
        Mistake(
            lambda window, filter, bias: relu((window.astype(float) * filter).sum()) + bias,
            "ReLU comes too early: the bias is added first, for it decides what is above 0.",
        ),
        Mistake(
            lambda window, filter, bias: relu(relu(_sums(window, filter)).sum() + bias),
            "ReLU is applied to each channel. The three sums are parts of one number: add them first.",
        ),
        Mistake(
            lambda window, filter, bias: relu(_sums(window, filter)).sum() + bias,
            "ReLU is applied to each channel. The three sums are parts of one number: add them first.",
        ),
        Mistake(
            lambda window, filter, bias: relu(window.astype(float) * filter).sum() + bias, RELU_ON_PRODUCTS
        ),
        Mistake(
            lambda window, filter, bias: relu(window.astype(float) * filter + bias).sum(), RELU_ON_PRODUCTS
        ),
        Mistake(lambda window, filter, bias: relu(_sums(window, filter) + bias), NOT_SUMMED),
        Mistake(lambda window, filter, bias: _sums(window, filter) + bias, NOT_SUMMED),
        Mistake(lambda window, filter, bias: relu(_sums(window, filter)), NOT_SUMMED),
        Mistake(lambda window, filter, bias: relu((_sums(window, filter) + bias).sum()), BIAS_PER_CHANNEL),
        Mistake(lambda window, filter, bias: (_sums(window, filter) + bias).sum(), BIAS_PER_CHANNEL),
        Mistake(
            lambda window, filter, bias: relu((window.astype(float) * filter + bias).sum()), BIAS_PER_WEIGHT
        ),
        Mistake(lambda window, filter, bias: relu(_sums(window, filter).sum()), NO_BIAS),
        Mistake(
            lambda window, filter, bias: relu(_sums(window, filter).sum() - bias),
            "The bias is subtracted. It is added, as one more weight whose pixel is always 1.",
        ),
        Mistake(lambda window, filter, bias: relu(_sums(window, filter)[0] + bias), ONE_CHANNEL),
        Mistake(lambda window, filter, bias: relu(_sums(window, filter)[-1] + bias), ONE_CHANNEL),
        Mistake(lambda window, filter, bias: relu(_sums(window, filter).mean() + bias), MEAN),
        Mistake(
            lambda window, filter, bias: relu(_sums(window, filter).max() + bias),
            "You keep the channel with the largest answer. All of them are added.",
        ),
        Mistake(lambda window, filter, bias: relu(_sums(window, filter[:1]).sum() + bias), SAME_KERNEL),
        Mistake(lambda window, filter, bias: _number(window, filter[:, ::-1, ::-1], bias), FLIPPED),
        Mistake(
            lambda window, filter, bias: np.abs(_sums(window, filter).sum() + bias),
            "You drop the sign. ReLU makes 0 of everything negative.",
        ),
        Mistake(_wrapped_number, BYTES),
    ),
)


_COUNTS = ((1, 6, 5), (6, 16, 5), (3, 2, 3), (3, 64, 3), (64, 10, 1), (5, 5, 3))


def _count(change: Callable[[int, int, int], int]) -> Callable:
    return lambda channels, filters, kernel: np.asarray(change(int(channels), int(filters), int(kernel)))


COUNT = Task(
    call="count(channels, filters, kernel)",
    cases=tuple(
        Case(f"{f} filters of {k} × {k} over {c} channel{'s' * (c > 1)}", tuple(map(np.int64, (c, f, k))))
        for c, f, k in _COUNTS
    ),
    truth=_count(lambda c, f, k: layer_size((c, k, k), f, k).parameters),
    right="156 and 2,416 for the first two layers of LeNet, and four more: a kernel for each channel, a "
    "bias for each filter.",
    mistakes=(
        Mistake(_count(lambda c, f, k: f * c * k * k), "The biases are missing: one for each filter."),
        Mistake(
            _count(lambda c, f, k: f * (k * k + 1)),
            "The channels are forgotten: a filter has a kernel for each of them.",
        ),
        Mistake(
            _count(lambda c, f, k: f * k * k),
            "Channels and biases are forgotten: a filter has a kernel for each channel, and one bias.",
        ),
        Mistake(
            _count(lambda c, f, k: f * c * (k * k + 1)),
            "There is a bias for each kernel. A filter has one for all of its kernels together.",
        ),
        Mistake(
            _count(lambda c, f, k: f * c * k * k + c),
            "There is a bias for each channel. There is one for each filter.",
        ),
        Mistake(
            _count(lambda c, f, k: f * c * k * k + 1), "There is one bias for all. Each filter has its own."
        ),
        Mistake(_count(lambda c, f, k: c * k * k + 1), "That is a single filter. There are several."),
        Mistake(
            _count(lambda c, f, k: c * k * k + f),
            "Every filter has its own bias, but all share the same weights here. Weights, too, are its own.",
        ),
        Mistake(
            _count(lambda c, f, k: f * (c * k + 1)),
            "The kernel is square: k rows and k columns make k · k weights, not k.",
        ),
        Mistake(
            _count(lambda c, f, k: (f + 1) * c * k * k),
            "The 1 stands beside the filters. It counts the bias, so it belongs to the weights of one "
            "filter.",
        ),
    ),
)
