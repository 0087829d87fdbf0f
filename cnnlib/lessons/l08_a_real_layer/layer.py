"""Lesson 08, a whole layer in numbers: what comes out, how many parameters it has, what it costs."""

from collections.abc import Iterable
from typing import Annotated

import numpy as np

from cnnlib.demo.declare import Choice, Slider, demo
from cnnlib.demo.numbers import number_text
from cnnlib.demo.view import Panel, View
from cnnlib.demo.words import aligned, capital, count_text, verb
from cnnlib.ledger import LayerSize, layer_size

NAMES = ("size", "channels", "filters", "kernel", "stride", "padding")
LAYERS = {
    "LeNet, first": (32, 1, 6, 5, 1, 0),
    "LeNet, second": (14, 6, 16, 5, 1, 0),
    "two filters on 5 × 5 × 3": (5, 3, 2, 3, 2, 1),
    "VGG-16, first": (224, 3, 64, 3, 1, 1),
}
OWN = "my own"

# The piles of sheets, in CSS pixels.
PAPER = 212  # side of the paper on which a pile lies
ROOM = 150  # for the side of the largest sheet
STEP = 5  # from one sheet to the next
MOST = 12  # sheets drawn; the caption says how many there are
SHEET, EDGE, ORANGE = (226, 230, 236, 255), (77, 86, 99, 255), (230, 159, 0, 255)
HATCH, PADDING = (138, 143, 152, 255), (24, 28, 34, 255)

NUMPY = """\
import numpy as np

size, channels, filters, kernel, stride, padding = {settings}
side = (size + 2 * padding - kernel) // stride + 1
weights = filters * channels * kernel * kernel
result = np.array([filters, side, side, weights, filters, side * side * weights])"""
PYTORCH = """\
import numpy as np
import torch
from torch import nn

size, channels, filters, kernel, stride, padding = {settings}
x = torch.empty(1, channels, size, size, device="meta")  # a shape without numbers
layer = nn.Conv2d(channels, filters, kernel, stride, padding, device="meta")
shape = layer(x).shape[1:]
weights = layer.weight.numel()
result = np.array([*shape, weights, layer.bias.numel(), shape[1] * shape[2] * weights])"""


def _numbers(layer: str) -> dict:
    return dict(zip(NAMES, LAYERS[layer], strict=True)) if layer in LAYERS else {}


def _name(**numbers: int) -> dict:
    """Find the name of a layer, if it is one of the list."""
    return {"layer": next((name for name in LAYERS if _numbers(name) == numbers), OWN)}


def _given(where: str, layer, _values: dict) -> dict:
    begin = _numbers("LeNet, first")
    if isinstance(layer, str):
        return {"layer": layer} | begin | _numbers(layer)
    if unknown := layer.keys() - begin:
        raise ValueError(
            f"{where}: {', '.join(sorted(unknown))} is no setting; choose from {', '.join(NAMES)}"
        )
    numbers = begin | dict(layer)
    return _name(**numbers) | numbers


@demo("A layer in numbers", "what comes out, and what does it cost?")
def explore_layer(
    layer: Annotated[
        str,
        Choice([*LAYERS, OWN], spread=_given),
        "Or a mapping with some of size, channels, filters, kernel, stride and padding; the others are those "
        "of LeNet's first layer",
    ] = "LeNet, first",
    *,
    size: Annotated[int, Slider(5, 227, label="picture side n", called=False)],
    channels: Annotated[int, Slider(1, 64, label="channels C", called=False, shown=False)],
    filters: Annotated[int, Slider(1, 96, label="filters F", called=False)],
    kernel: Annotated[int, Slider(1, 11, label="kernel side k", called=False)],
    stride: Annotated[int, Slider(1, 4, label="stride s", called=False)],
    padding: Annotated[int, Slider(0, 5, label="padding p", called=False)],
) -> View:
    """Set a layer's filters, their size, stride and padding; read shape, weights, biases, multiplications.

    The output is filters, rows, columns, weights, biases, multiplications.

    >>> demo = explore_layer()
    >>> demo.output.tolist()
    [6, 28, 28, 150, 6, 117600]
    >>> demo.layer.value = "LeNet, second"
    >>> demo.output[3:5].sum().item()
    2416
    """
    found = layer_size((channels, size, size), filters, kernel, stride=stride, padding=padding)

    settings = size, channels, filters, kernel, stride, padding
    return View(
        panels=[*_panels(found, size, channels, filters, kernel, padding)],
        sentence=_sentence(found, size, channels),
        arithmetic=_formulas(found, *settings),
        output=np.array([*found.output_shape, found.weights, found.biases, found.multiplications]),
        code=lambda: {"NumPy": NUMPY.format(settings=settings), "PyTorch": PYTORCH.format(settings=settings)},
    )


explore_layer.when("layer", _numbers)


@explore_layer.when(" ".join(NAMES))
def _moved(size, channels, filters, kernel, stride, padding):
    return _name(size=size, channels=channels, filters=filters, kernel=kernel, stride=stride, padding=padding)


def _panels(found: LayerSize, size, channels, filters, kernel, padding) -> Iterable[Panel]:
    """Draw input, one filter and output as piles of sheets, all to one scale."""
    side = found.output_shape[1]
    scale = ROOM / max(size + 2 * padding, side, kernel)
    more = f"\n+ padding of {padding} per side" if padding else "\n"
    words = f"input {channels} × {size} × {size}{more}"
    yield _pile("input", size, channels, scale, words, frame=padding, window=kernel)
    words = f"one filter {channels} × {kernel} × {kernel}\n" + f"{filters} of them" * (filters > 1)
    yield _pile("filter", kernel, channels, scale, words, symbol="⋆", window=kernel)
    words = f"output {filters} × {side} × {side}\none map per filter"
    yield _pile("output", side, filters, scale, words, symbol="=", window=1)


def _pile(id: str, side: int, depth: int, scale: float, caption: str, *, frame=0, window=0, **more) -> Panel:
    """Draw sheets behind each other, around the first `frame` hatched numbers, in its corner a `window`."""
    sheets = min(depth, MOST)
    size = max(round(scale * (side + 2 * frame)), 4)
    back = STEP * (sheets - 1)
    colors = np.zeros((PAPER, PAPER, 4), np.uint8)
    first = (PAPER - size - back) // 2  # the pile lies in the middle
    for sheet in range(sheets):
        _box(colors, first + STEP * sheet, first + back - STEP * sheet, size)
    front = colors[first + back : first + back + size, first : first + size]
    if frame:
        _hatch(front, max(round(scale * frame), 1))
    if window:
        _outline(front, max(round(scale * window), 3))
    return Panel(id, colors, caption, **more)


def _box(colors: np.ndarray, top: int, left: int, size: int) -> None:
    colors[top : top + size, left : left + size] = EDGE
    colors[top + 1 : top + size - 1, left + 1 : left + size - 1] = SHEET


def _hatch(sheet: np.ndarray, width: int) -> None:
    """Hatch the rim of a sheet, as padding is hatched everywhere."""
    row, col = np.indices(sheet.shape[:2])
    size = len(sheet)
    rim = (np.minimum(row, col) < width) | (np.maximum(row, col) >= size - width)
    sheet[rim] = PADDING
    sheet[rim & ((row + col) % 4 == 0)] = HATCH


def _outline(sheet: np.ndarray, size: int) -> None:
    """Outline the window in the upper left corner of a sheet."""
    size, thick = min(size, len(sheet)), 2
    for part in (np.s_[:thick, :size], np.s_[:size, :thick], np.s_[max(size - thick, 0) : size, :size]):
        sheet[part] = ORANGE
    sheet[:size, max(size - thick, 0) : size] = ORANGE


def _formulas(found: LayerSize, size, channels, filters, kernel, stride, padding) -> list[tuple[str, str]]:
    side = found.output_shape[1]
    exact = number_text((size + 2 * padding - kernel) / stride)
    one = f"{kernel}·{kernel}·{channels}"
    lines = {
        "size": (f"⌊({size} + 2·{padding} − {kernel}) / {stride}⌋ + 1 = ⌊{exact}⌋ + 1 = ", side),
        "weights": (f"{filters} filter{'s' * (filters > 1)} · {one} = ", found.weights),
        "biases": ("one per filter = ", found.biases),
        "parameters": (f"{found.weights:,} + {found.biases} = ", found.parameters),
        "multiplied": (
            f"{side}·{side} positions · {found.weights:,} weight{'s' * (found.weights > 1)} = ",
            found.multiplications,
        ),
    }
    return aligned(
        [[(f"{name:<12}{text}", ""), (f"{value:,}", "total")] for name, (text, value) in lines.items()]
    )


def _sentence(found: LayerSize, size: int, channels: int) -> str:
    filters, side, _ = found.output_shape
    makers = f"{capital(count_text(filters, 'filter'))} {verb(filters, 'make')}"
    before, after = size * size * channels, filters * side * side
    return (
        f"{makers} {count_text(filters, 'feature map')} of {side} × {side}: {before:,} numbers become "
        f"{after:,}. The layer has {found.parameters:,} parameters, however large the picture is; its "
        f"{found.multiplications:,} multiplications grow with the picture."
    )
