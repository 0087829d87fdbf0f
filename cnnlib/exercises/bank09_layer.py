"""Lesson 09's bank: ReLU and pooling of several maps, and a kernel that pools."""

import numpy as np

from cnnlib.activations import relu
from cnnlib.exercises.task import Case, Mistake, Task
from cnnlib.exercises.values import Flaw
from cnnlib.pooling import avg_pool2d, max_pool2d, sum_pool2d


def _stack(channels: int, rows: int, cols: int) -> np.ndarray:
    return np.arange(channels * rows * cols).reshape(channels, rows, cols) ** 2 % 29 - 14


def _pooled(maps: np.ndarray) -> np.ndarray:
    return avg_pool2d(relu(maps), 2)


POOLED_LAYER = Task(
    call="pooled_layer(maps)",
    errors=(("cannot reshape", "Which axis is which? The maps are `(C, H, W)`."),),
    cases=(
        Case("one map of 4 × 4 with both signs", (_stack(1, 4, 4),)),
        Case("three maps of 4 × 6", (_stack(3, 4, 6),)),
        Case("two maps of 6 × 2 below 0", (-np.abs(_stack(2, 6, 2)) - 1,)),
        Case("four maps of 4 × 4", (_stack(4, 4, 4),)),
    ),
    truth=_pooled,
    right="First the ReLU, then the average, map by map: as many maps come out as go in.",
    mistakes=(
        Mistake(
            lambda x: relu(avg_pool2d(x, 2)),
            "The ReLU comes after the average pooling: by then, negative numbers have cancelled positive "
            "ones. With max pooling the order would not matter.",
        ),
        Mistake(lambda x: avg_pool2d(x, 2), "The ReLU is missing."),
        Mistake(lambda x: relu(x), "The pooling is missing: the maps are as large as before."),
        Mistake(
            lambda x: max_pool2d(relu(x), 2),
            "That is max pooling after the ReLU. Here each window is averaged.",
        ),
        Mistake(lambda x: sum_pool2d(relu(x), 2), "The windows are added up; the division by 4 is missing."),
        Mistake(
            lambda x: avg_pool2d(np.abs(x), 2), "You took magnitudes. The ReLU turns what is negative into 0."
        ),
        Mistake(
            lambda x: avg_pool2d(relu(-x), 2),
            "Your ReLU keeps the negative numbers. It keeps the positive ones.",
        ),
        Mistake(
            lambda x: _pooled(x).mean(axis=0),
            "The maps are averaged into one. Pooling treats each map alone: the depth stays.",
        ),
        Mistake(
            lambda x: _pooled(x).sum(axis=0),
            "The maps are added into one, as a filter does it. Pooling treats each map alone.",
        ),
        Mistake(
            lambda x: _pooled(x).max(axis=0),
            "Of the maps only the largest number is kept. Pooling treats each map alone: the depth stays.",
        ),
        Mistake(lambda x: avg_pool2d(relu(x), 2, stride=1), "Your windows overlap. Here the stride is 2."),
        Mistake(
            lambda x: _pooled(x).swapaxes(1, 2), "Rows and columns are swapped: the axes are `(C, H, W)`."
        ),
        Mistake(
            lambda x: np.moveaxis(_pooled(x), 0, -1),
            "The channels have moved to the end. Here they come first, as in every layer.",
        ),
    ),
)

STRIDED_RIGHT = "A quarter of each of the four numbers: that is their average, whatever the map holds."
STRIDED_FLAWS = (
    Flaw(
        lambda kernel: not kernel.any(),
        "All weights are 0: `//` cuts off the fraction, and integers cannot hold it. Divide with `/`.",
    ),
    Flaw(
        lambda kernel: np.allclose(kernel, 1),
        "Four weights of 1 add the window up: that is sum pooling. An average is smaller.",
    ),
    Flaw(
        lambda kernel: np.allclose(kernel, 1 / 2),
        "You divided by the side of the window. It holds four numbers.",
    ),
    Flaw(
        lambda kernel: np.count_nonzero(kernel) == 1,
        "A single weight keeps one number of each window and drops the other three.",
    ),
    Flaw(lambda kernel: kernel.min() < 0, "In an average no number counts negatively."),
    Flaw(
        lambda kernel: not np.allclose(kernel, kernel[0, 0]),
        "The weights differ. In an average all four numbers count alike.",
    ),
    Flaw(
        lambda kernel: 0 < abs(kernel.sum() - 1) <= 0.05 and not np.allclose(kernel, 1 / 4),
        "The weights are rounded, so their sum is not quite 1. Let Python divide.",
        "close",
    ),
    Flaw(
        lambda kernel: not np.allclose(kernel, 1 / 4),
        "On a flat map every answer has to be that map's number: what must the four weights add up to?",
    ),
)
