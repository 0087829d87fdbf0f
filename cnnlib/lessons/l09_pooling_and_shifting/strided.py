"""Lesson 09, a convolution with stride 2 in place of pooling: which weights make them equal?"""

from collections.abc import Iterable
from typing import Annotated

import numpy as np

from cnnlib.convolution import conv2d
from cnnlib.demo.code import array_text, image_text
from cnnlib.demo.colormaps import largest
from cnnlib.demo.declare import Cells, Place, Pointed, Switch, demo
from cnnlib.demo.inputs import kernel_of, picture_of
from cnnlib.demo.numbers import number_text
from cnnlib.demo.parts import kernel_panel
from cnnlib.demo.view import Panel, Point, View, Window, signed
from cnnlib.demo.words import aligned, capital, count_text, part_text, products, size_text, verb
from cnnlib.lessons.l09_pooling_and_shifting.pools import (
    DIGITS,
    POOLS,
    TABLE,
    pool_line,
    pooled_terms,
    text_start,
    torch_pool,
)

WINDOW = 2
LARGEST = 8  # sides of a map whose numbers can be read
CORNER = np.array([[1, 0], [0, 0]])
WEIGHTS = {"average": 1 / WINDOW**2, "sum": 1}  # all four alike; no weights make a largest number
ROOM = 176  # CSS pixels


def _both(where: str, kernel, values: dict) -> dict:
    kernel, image = kernel_of(where, kernel), values["image"]
    if kernel.shape != (WINDOW, WINDOW) or max(image.shape) > LARGEST:
        raise ValueError(
            f"{where}: the {size_text(kernel)} kernel on a map of {size_text(image)}; give a 2 × 2 kernel "
            f"and a map of at most {LARGEST} rows and columns"
        )
    return {"kernel": kernel}


@demo("Convolution with stride 2", "which weights pool?")
def explore_strided(
    kind: Annotated[str, Switch(POOLS, label="pooling to match")] = "average",
    image: Annotated[np.ndarray, Cells(picture_of), "A map (H, W) of at most 8 rows and columns"] = TABLE,
    kernel: Annotated[np.ndarray, Cells(spread=_both), "The weights to begin with, (2, 2)"] = CORNER,
    *,
    at: Annotated[Place, Pointed, "The number of the output to begin with"] = (0, 0),
) -> View:
    """Let a 2 × 2 convolution with stride 2 replace pooling: find its four weights.

    The output is the convolution minus the pooling.

    >>> demo = explore_strided()
    >>> demo.output.tolist()
    [[1.5, 4.5], [2.75, 0.25]]
    >>> demo.kernel.value = [[1 / 4, 1 / 4], [1 / 4, 1 / 4]]
    >>> demo.output.any()
    np.False_
    """
    answers, pooled = conv2d(image, kernel, stride=WINDOW), POOLS[kind](image, WINDOW)
    gaps = np.round(answers - pooled, 9)  # the two add in different orders: fractions may differ in digit 17

    row, col = at = at.within(pooled.shape)
    window = image[WINDOW * row :, WINDOW * col :][:WINDOW, :WINDOW]
    total = number_text(answers[at], DIGITS), "total"
    steps = (WINDOW, WINDOW)
    return View(
        panels=[*_panels(image, kernel, answers, pooled, gaps, kind, at)],
        sentence=_sentence(kind, kernel, gaps),
        arithmetic=aligned(
            [
                [("convolution: ", ""), *products(window.ravel(), kernel.ravel(), 0)[:-1], total],
                pooled_terms(kind, f"{kind} pooling", window, pooled[at]),
            ]
        ),
        windows=[Window(name, "image", steps, steps) for name in ("answers", "pooled")],
        output=gaps,
        code=lambda: _code(image_text(image), kernel, kind),
    )


def _panels(image, kernel, answers, pooled, gaps, kind, at) -> Iterable[Panel]:
    cell = min(44, ROOM // max(image.shape))
    more = {"cell": cell, "digits": DIGITS, "legend": False}
    place = {"point": Point("at"), "cursor": at, "limit": max(largest(pooled), 1)}
    yield signed("image", image, "the map:\nclick a cell", cell=cell, edit="image", legend=False)
    yield kernel_panel("kernel", kernel, "your kernel:\nclick a cell", size=88, edit="kernel")
    yield signed("answers", answers, "convolution,\nstride 2", symbol="=", **more, **place)
    yield signed("pooled", pooled, f"{kind}\npooling", **more, **place)
    yield signed("difference", gaps, "convolution\nminus pooling", symbol="→", **more)


def _sentence(kind: str, kernel: np.ndarray, gaps: np.ndarray) -> str:
    differ = int(np.count_nonzero(gaps))
    if differ:
        return (
            f"{capital(part_text(differ, gaps.size, 'number'))} {verb(differ, 'differ')}, "
            f"by {'up to ' * (differ > 1)}{number_text(largest(gaps), DIGITS)}: "
            f"these weights do not replace {kind} pooling."
        )
    if kind in WEIGHTS and (kernel == WEIGHTS[kind]).all():
        return (
            f"Equal, whatever the map holds: four weights of {number_text(WEIGHTS[kind])} and a stride of 2 "
            f"are {kind} pooling."
        )
    all_ = "The only number agrees" if gaps.size == 1 else f"All {count_text(gaps.size, 'number')} agree"
    return f"{all_}, but only for this map: change one of its cells and look again."


def _code(image: str, kernel: np.ndarray, kind: str) -> dict[str, str]:
    weights = f"kernel = np.array({array_text(kernel)})"
    numpy = [
        *text_start(image, "from numpy.lib.stride_tricks import sliding_window_view"),
        weights,
        *pool_line(kind, WINDOW, WINDOW, name="pooled"),
        "result = (windows * kernel).sum((-2, -1)) - pooled",
    ]
    torch = [
        *text_start(image, "import torch", "import torch.nn.functional as F"),
        weights,
        "x = torch.tensor(image, dtype=torch.float64)[None, None]",
        "w = torch.tensor(kernel, dtype=torch.float64)[None, None]",
        f"pooled = {torch_pool(kind, WINDOW, WINDOW)}",
        f"result = (F.conv2d(x, w, stride={WINDOW}) - pooled)[0, 0].numpy()",
    ]
    return {"NumPy": "\n".join(numpy), "PyTorch": "\n".join(torch)}
