"""Lesson 06, a stack of layers: how large is each map, and how far does its last number see?"""

from collections.abc import Iterable, Sequence

import numpy as np

from cnnlib.convolution import conv2d
from cnnlib.demo import controls as make
from cnnlib.demo.controls import Cells, Hidden
from cnnlib.demo.frame import Demo
from cnnlib.demo.numbers import MINUS, number_text
from cnnlib.demo.view import LIT, Panel, View, Window, gray, signed
from cnnlib.demo.words import aligned, count_text, span_text
from cnnlib.drawing import shapes_image
from cnnlib.geometry import Reach, reach, receptive_field, stack_sizes

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


def explore_stack(
    layers: str | Sequence[tuple[int, int, int]] = "LeNet",
    *,
    size: int = 32,
    hide: Iterable[str] = (),
    lock: Iterable[str] = (),
) -> Demo:
    """Stack layers, and see the size and the receptive field after each; every layer averages its windows.

    Parameters
    ----------
    layers : str or sequence of (kernel, stride, padding)
        The name of a stack in `STACKS`, or at most 6 layers. A learner can change each number.
    size : int
        Side of the picture, 16 to 64 pixels.
    hide, lock : str or iterable of str
        Controls to hide or to hold.

    Returns
    -------
    Demo
        With `output`, the last map.

    Raises
    ------
    ValueError
        If a name is unknown, or there are no layers, too many, or one without three numbers. A layer that
        cannot be built is told in the demo.

    Examples
    --------
    >>> demo = explore_stack("LeNet")
    >>> demo.output.shape
    (5, 5)
    >>> demo.text.split(". ")[1]
    'Its row 2, column 2 sees 16 × 16 pixels: rows 8 to 23, columns 8 to 23'
    """
    name = layers if isinstance(layers, str) else OWN
    stack = make.choice("stack", [*STACKS, OWN], name)
    layers = STACKS[name] if name in STACKS else [] if isinstance(layers, str) else list(layers)
    if not 1 <= len(layers) <= MOST or any(np.shape(layer) != (3,) for layer in layers):
        raise ValueError(
            f"explore_stack: layers {layers!r} cannot be shown; "
            f"give 1 to {MOST} layers as (kernel, stride, padding), or a name: {', '.join(STACKS)}"
        )
    settings = {
        "stack": stack,
        "count": make.slider("layers", len(layers), 1, MOST),
        "size": make.slider("picture side", size, 16, 64),
        "layers": Cells(_rows(layers)),
        "row": Hidden(2),
        "col": Hidden(2),
    }
    question = "how big is each map, and how far does it see?"
    demo = Demo("A stack of layers", question, settings, _view, hide=hide, lock=lock)
    _wire(demo)
    return demo


def _rows(layers: Layers) -> np.ndarray:
    """Fill the table up: what a learner gets who asks for more layers."""
    return np.array([*layers, *[(3, 1, 1)] * (MOST - len(layers))])


def _wire(demo: Demo) -> None:
    """Let the list of stacks fill the table, and the table say when it is no stack of the list."""

    def choose(change) -> None:
        if change.new in STACKS:
            demo.set(count=len(STACKS[change.new]), layers=_rows(STACKS[change.new]), row=2, col=2)

    def edited(_change) -> None:
        table = demo.layers.value[: demo.count.value]
        same = (name for name, layers in STACKS.items() if np.array_equal(table, layers))
        demo.stack.value = next(same, OWN)

    demo.when("stack", choose)
    demo.when("layers", edited)
    demo.when("count", edited)


def _view(*, stack, count, size, layers, row, col) -> View:
    wanted = [tuple(_plain(value) for value in layer) for layer in layers[:count]]
    built, trouble = _built(size, wanted)
    maps = [shapes_image(size).astype(float)]
    for kernel, stride, padding in built:
        average = np.full((kernel, kernel), 1 / kernel**2)
        maps.append(conv2d(maps[-1], average, stride=stride, padding=padding))
    row, col = (min(place, len(maps[-1]) - 1) for place in (row, col))
    panels, windows = _panels(layers[:count], maps, built, bool(trouble), (row, col))
    texts = {"size": size, "layers": built}
    return View(
        panels,
        trouble or _sentence(built, maps, row, col),
        _arithmetic(size, built),
        windows,
        maps[-1],
        lambda: {"NumPy": NUMPY.format(**texts), "PyTorch": PYTORCH.format(**texts)},
    )


def _plain(value: float) -> int | float:
    return int(value) if value == int(value) else float(value)


def _built(size: int, layers: Layers) -> tuple[Layers, str]:
    """Return the layers up to the first that cannot be built, and what is wrong with that one."""
    for number, layer in enumerate(layers, 1):
        try:
            side = stack_sizes(size, layers[:number])[-1]
        except ValueError as error:
            why = str(error).partition(": ")[2].replace("-", MINUS)
            return layers[: number - 1], f"Layer {number} cannot be built: {why}."
        if max(layer) > LARGEST or side > WIDEST:
            why = f"stay within {LARGEST} in each cell of the table, and a map within {WIDEST} pixels"
            return layers[: number - 1], f"Layer {number} is too large to be drawn: {why}."
    return layers, ""


def _panels(table, maps, built, stopped, at) -> tuple[list[Panel], list[Window]]:
    marks = np.zeros(table.shape, np.uint8)
    if stopped:
        marks[len(built)] = LIT
    last = len(maps[-1])
    panels = [
        signed("layers", table, "kernel, stride,\npadding of each layer", size=40 * len(table), limit=1e9),
        gray("picture", maps[0], f"the picture, {len(maps[0])} × {len(maps[0])}", size=IMAGE),
        gray("last", maps[-1], f"the last map, {last} × {last}", size=LAST, point="row col", cursor=at),
    ]
    panels[0].marks, panels[0].edit, panels[0].cell, panels[0].legend = marks, "layers", 40, ()
    panels[1].cell = IMAGE / len(maps[0])
    for number, made in enumerate(maps):
        panel = gray(f"map {number}", made, str(len(made)), new_row=number == 0, symbol="→" if number else "")
        panel.cell = max(STRIP / len(maps[0]), LEAST / len(made))  # room for an outline on the smallest
        panel.alt = f"after {count_text(number, 'layer')}: {len(made)} × {len(made)}"
        panels.append(panel)
    for panel in panels[1:]:
        panel.labels = []
    places = [("picture", 0), *((f"map {number}", number) for number in range(len(maps)))]
    return panels, [_window(name, reach(built[number:])) for name, number in places]


def _window(on: str, seen: Reach) -> Window:
    field, jump, start = seen
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


def _sentence(layers: Layers, maps: list[np.ndarray], row: int, col: int) -> str:
    field, jump, start = reach(layers)
    first, last = len(maps[0]), len(maps[-1])
    return (
        f"{count_text(len(layers), 'layer').capitalize()} make {last} × {last} of {first} × {first}. "
        f"Its row {row}, column {col} sees {field} × {field} pixels: "
        f"{span_text('row', start + row * jump, field)}, {span_text('column', start + col * jump, field)}. "
        f"{_advice(first == last, jump)}"
    )


def _advice(kept: bool, jump: int) -> str:
    """Say what stride and padding did for this stack."""
    if jump > 1:
        return f"Strides look far: the next number looks {number_text(jump)} pixels further on."
    if kept:
        return "Padding keeps the size; without a stride, each layer adds only k − 1 to the view."
    return "Without padding the border wears away; without a stride, each layer adds only k − 1 to the view."
