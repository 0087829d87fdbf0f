"""Lesson 06, a stack of layers: how large is each map, and how far does it see?"""

from collections.abc import Iterable
from typing import Annotated

import numpy as np

from cnnlib.convolution import conv2d
from cnnlib.demo.declare import Cells, Choice, Place, Pointed, Slider, demo
from cnnlib.demo.numbers import MINUS, number_text
from cnnlib.demo.view import LIT, Panel, Point, View, Window, gray, signed
from cnnlib.demo.words import aligned, capital, count_text, seen_text, verb
from cnnlib.drawing import shapes_image
from cnnlib.geometry import reach, receptive_field, stack_sizes

Layers = list[tuple[int, int, int]]

STACKS: dict[str, Layers] = {
    "LeNet": [(5, 1, 0), (2, 2, 0), (5, 1, 0), (2, 2, 0)],
    "3 × 3, no padding": [(3, 1, 0)] * 5,
    "3 × 3, padding 1": [(3, 1, 1)] * 5,
    "3 × 3, padding 1, stride 2": [(3, 2, 1)] * 4,
    "twice: 3 × 3, 3 × 3, pooling 2 × 2": [(3, 1, 1), (3, 1, 1), (2, 2, 0)] * 2,
}
OWN = "my own"
MOST = 6  # layers
LARGEST = 32  # kernel, stride and padding
WIDEST = 96  # pixels of a map
IMAGE, STRIP, LEAST, LAST = 240, 84, 24, 160  # CSS pixels: picture, maps in the strip, at least, last map

NUMPY = """\
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from cnnlib.drawing import shapes_image

result = shapes_image({size}).astype(float)
for kernel, stride, padding in {layers}:
    windows = sliding_window_view(np.pad(result, padding), (kernel, kernel))[::stride, ::stride]
    result = windows.mean(axis=(2, 3))"""
PYTORCH = """\
import torch
import torch.nn.functional as F
from cnnlib.drawing import shapes_image

x = torch.tensor(shapes_image({size}), dtype=torch.float64)[None, None]
for kernel, stride, padding in {layers}:
    x = F.avg_pool2d(F.pad(x, (padding,) * 4), kernel, stride)
result = x[0, 0].numpy()"""


def _table(layers: Layers) -> np.ndarray:
    """Fill the table up: what a learner gets who asks for more layers."""
    return np.array([*layers, *[(3, 1, 1)] * (MOST - len(layers))])


def _given(where: str, given, _values: dict) -> dict:
    name = given if isinstance(given, str) else OWN
    layers = STACKS.get(name, []) if isinstance(given, str) else list(given)
    if not 1 <= len(layers) <= MOST or any(np.shape(layer) != (3,) for layer in layers):
        raise ValueError(
            f"{where}: layers {given!r} cannot be shown; "
            f"give 1 to {MOST} layers as (kernel, stride, padding), or a name: {', '.join(STACKS)}"
        )
    return {"stack": name, "count": len(layers), "layers": _table(layers)}


@demo("A stack of layers", "how big is each map, and how far does it see?", order="stack count size")
def explore_stack(
    layers: Annotated[
        np.ndarray,
        Cells(spread=_given),
        f"One of {', '.join(STACKS)}; or at most {MOST} layers (kernel, stride, padding)",
    ] = "LeNet",
    *,
    size: Annotated[int, Slider(16, 64, label="picture side"), "In pixels"] = 32,
    at: Annotated[Place, Pointed, "The number of the last map to begin with"] = (2, 2),
    stack: Annotated[str, Choice([*STACKS, OWN], called=False)],
    count: Annotated[int, Slider(1, MOST, label="layers", called=False)],
) -> View:
    """Stack layers, and see the size and the receptive field after each; every layer averages its windows.

    The output is the last map. A layer that cannot be built is told in the demo.

    >>> demo = explore_stack("LeNet")
    >>> demo.output.shape
    (5, 5)
    >>> demo.text.split(". ")[1]
    'Its number at row 2, column 2 sees 16 × 16 pixels: rows 8 to 23, columns 8 to 23'
    """
    table = layers[:count]
    built, trouble = _built(size, [tuple(_plain(value) for value in layer) for layer in table])
    maps = [shapes_image(size).astype(float)]
    for kernel, stride, padding in built:
        average = np.full((kernel, kernel), 1 / kernel**2)
        maps.append(conv2d(maps[-1], average, stride=stride, padding=padding))

    at = at.within(maps[-1].shape)
    texts = {"size": size, "layers": built}
    return View(
        panels=[*_panels(table, maps, len(built), at)],
        sentence=trouble or _sentence(built, maps, at),
        arithmetic=_arithmetic(size, built),
        windows=[
            _window("picture", built),
            *(_window(f"map {number}", built[number:]) for number in range(len(maps))),
        ],
        output=maps[-1],
        code=lambda: {"NumPy": NUMPY.format(**texts), "PyTorch": PYTORCH.format(**texts)},
    )


@explore_stack.when("stack")
def _choose(stack):
    layers = STACKS.get(stack)
    return {"count": len(layers), "layers": _table(layers), "at": (2, 2)} if layers else {}


@explore_stack.when("layers count")
def _edited(layers, count):
    same = (name for name, stack in STACKS.items() if np.array_equal(layers[:count], stack))
    return {"stack": next(same, OWN)}


def _plain(value: float) -> int | float:
    return int(value) if value == int(value) else float(value)


def _built(size: int, layers: Layers) -> tuple[Layers, str]:
    """Return the layers up to the first that cannot be built, and what is wrong with that one."""
    for number, layer in enumerate(layers, 1):
        try:
            side = stack_sizes(size, layers[:number])[-1]
        except ValueError as error:
            why = str(error).partition(": ")[2].replace("-", MINUS).replace(", or a pair of them", "")
            return layers[: number - 1], f"Layer {number} cannot be built: {why}."
        if max(layer) > LARGEST or side > WIDEST:
            why = f"stay within {LARGEST} in each cell of the table, and a map within {WIDEST} pixels"
            return layers[: number - 1], f"Layer {number} is too large to be drawn: {why}."
    return layers, ""


def _panels(table: np.ndarray, maps: list[np.ndarray], failed: int, at: Place) -> Iterable[Panel]:
    """Show the table, the picture and the last map, and below them a strip of all maps."""
    marks = np.zeros(table.shape, np.uint8)
    marks[failed : failed + 1] = LIT
    first, last = len(maps[0]), len(maps[-1])
    yield signed(
        "layers",
        table,
        "kernel, stride,\npadding of each layer",
        cell=40,
        limit=1e9,
        legend=False,
        marks=marks,
        edit="layers",
    )
    yield gray("picture", maps[0], f"the picture, {first} × {first}", cell=IMAGE / first, labels=[])
    yield gray(
        "last",
        maps[-1],
        f"the last map, {last} × {last}",
        size=LAST,
        labels=[],
        point=Point("at"),
        cursor=at,
    )
    for number, made in enumerate(maps):
        yield gray(
            f"map {number}",
            made,
            str(len(made)),
            cell=max(STRIP / first, LEAST / len(made)),  # room for an outline on the smallest
            labels=[],
            new_row=number == 0,
            symbol="→" if number else "",
            alt=f"after {count_text(number, 'layer')}: {len(made)} × {len(made)}",
        )


def _window(on: str, layers: Layers) -> Window:
    field, jump, start = reach(layers)
    return Window("last", on, (field, field), (jump, jump), (start, start))


def _arithmetic(size: int, layers: Layers) -> list[tuple[str, str]]:
    """Write size, receptive field and jump after each layer below each other."""
    jumps = [reach(layers[:number]).jump for number in range(len(layers) + 1)]
    fields = [1, *receptive_field([layer[:2] for layer in layers])]
    lines = {"size": [size, *stack_sizes(size, layers)], "receptive field": fields, "jump": jumps}
    return aligned([_line(name, numbers) for name, numbers in lines.items()])


def _line(name: str, numbers: list[int]) -> list[tuple[str, str]]:
    *before, last = (f"{number:>3}" for number in numbers)
    return [(f"{name:<17}" + "".join(f"{number} → " for number in before), ""), (last, "total")]


def _sentence(layers: Layers, maps: list[np.ndarray], at: Place) -> str:
    field, jump, start = reach(layers)
    first, last = len(maps[0]), len(maps[-1])
    return (
        f"{capital(count_text(len(layers), 'layer'))} {verb(len(layers), 'turn')} {first} × {first} "
        f"into {last} × {last}. "
        f"Its number at row {at.row}, column {at.col} sees {field} × {field} pixels: "
        f"{seen_text(start + at.row * jump, start + at.col * jump, field, first)}. "
        f"{_advice(layers, last - first, jump)}"
    )


def _advice(layers: Layers, grown: int, jump: int) -> str:
    """Say what stride and padding did for this stack."""
    if jump > 1:
        return f"Strides widen the view fast: its neighbour looks {number_text(jump)} pixels further on."
    padded = any(padding for _, _, padding in layers)
    if grown:
        size = "So much padding makes maps grow" if grown > 0 else "Without enough padding maps shrink"
    else:
        size = f"{'Padding keeps' if padded else 'Kernels of 1 keep'} the size"
    return f"{size}; at stride 1, each layer adds only k − 1 to the receptive field."
