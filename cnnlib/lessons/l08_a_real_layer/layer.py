"""Lesson 08, a whole layer in numbers: what comes out, what is learned, what it costs."""

from collections.abc import Iterable, Mapping

import numpy as np

from cnnlib.demo import controls as make
from cnnlib.demo.frame import Demo
from cnnlib.demo.numbers import number_text
from cnnlib.demo.view import Panel, View
from cnnlib.demo.words import aligned, count_text
from cnnlib.ledger import LayerSize, layer_size
from cnnlib.lessons.l08_a_real_layer.piles import pile

NAMES = ("size", "channels", "filters", "kernel", "stride", "padding")
LAYERS = {
    "LeNet, first": (32, 1, 6, 5, 1, 0),
    "LeNet, second": (14, 6, 16, 5, 1, 0),
    "two filters on 5 × 5 × 3": (5, 3, 2, 3, 2, 1),
    "VGG-16, first": (224, 3, 64, 3, 1, 1),
}
OWN = "my own"
ROOM = 150  # CSS pixels for the side of the largest sheet

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


def explore_layer(
    layer: str | Mapping[str, int] = "LeNet, first",
    *,
    hide: Iterable[str] = (),
    lock: Iterable[str] = (),
) -> Demo:
    """Set a layer's filters, their size, stride and padding; read shape, weights, biases, multiplications.

    Parameters
    ----------
    layer : str or mapping
        A name from `LAYERS`, or some of ``size`` (rows and columns of the picture, 5 to 227),
        ``channels`` (1 to 64), ``filters`` (1 to 96), ``kernel`` (1 to 11), ``stride`` (1 to 4) and
        ``padding`` (0 to 5); the others are those of LeNet's first layer.
    hide, lock : str or iterable of str
        Controls to hide or to hold.

    Returns
    -------
    Demo
        With `output`: filters, rows, columns, weights, biases, multiplications.

    Raises
    ------
    ValueError
        If a name is unknown, a setting lies outside its slider, or the kernel does not fit.

    Examples
    --------
    >>> demo = explore_layer()
    >>> demo.output.tolist()
    [6, 28, 28, 150, 6, 117600]
    >>> demo.layer.value = "LeNet, second"
    >>> demo.output[3:5].sum().item()
    2416
    """
    name, values = _chosen(layer)
    settings = {
        "layer": make.choice("layer", [*LAYERS, OWN], name),
        "size": make.slider("picture side W", values["size"], 5, 227),
        "channels": make.slider("channels C", values["channels"], 1, 64),
        "filters": make.slider("filters K", values["filters"], 1, 96),
        "kernel": make.slider("kernel side F", values["kernel"], 1, 11),
        "stride": make.slider("stride S", values["stride"], 1, 4),
        "padding": make.slider("padding P", values["padding"], 0, 5),
    }
    question = "what comes out, and what does it cost?"
    demo = Demo("A layer in numbers", question, settings, _view, hide=hide, lock=lock)
    _wire(demo)
    return demo


def _chosen(layer: str | Mapping[str, int]) -> tuple[str, dict[str, int]]:
    """Return the name and all six settings of what was asked for."""
    if isinstance(layer, str):
        return layer, dict(zip(NAMES, LAYERS.get(layer, LAYERS["LeNet, first"]), strict=True))
    unknown = set(layer) - set(NAMES)
    if unknown:
        raise ValueError(
            f"explore_layer: {', '.join(sorted(unknown))} is no setting; choose from {', '.join(NAMES)}"
        )
    values = dict(zip(NAMES, LAYERS["LeNet, first"], strict=True)) | dict(layer)
    return _name(values), values


def _name(values: Mapping[str, int]) -> str:
    """Return the name of a layer, if it is one of the list."""
    numbers = tuple(values[name] for name in NAMES)
    return next((name for name, layer in LAYERS.items() if layer == numbers), OWN)


def _wire(demo: Demo) -> None:
    """Let the list of layers set the sliders, and a slider say when the layer is none of the list."""

    def choose(change) -> None:
        if change.new in LAYERS:
            demo.set(**dict(zip(NAMES, LAYERS[change.new], strict=True)))

    def moved(_change) -> None:
        demo.layer.value = _name(demo.values)

    demo.when("layer", choose)
    for name in NAMES:
        demo.when(name, moved)


def _view(*, layer: str, **values) -> View:
    size, channels, filters, kernel, stride, padding = (values[name] for name in NAMES)
    found = layer_size((channels, size, size), filters, kernel, stride=stride, padding=padding)
    settings = tuple(values[name] for name in NAMES)
    return View(
        [*_panels(found, **values)],
        _sentence(found, size, channels),
        _formulas(found, **values),
        output=np.array([*found.output_shape, found.weights, found.biases, found.multiplications]),
        code=lambda: {"NumPy": NUMPY.format(settings=settings), "PyTorch": PYTORCH.format(settings=settings)},
    )


def _panels(found: LayerSize, *, size, channels, filters, kernel, padding, **_) -> Iterable[Panel]:
    """Draw input, one filter and output as piles of sheets, all to one scale."""
    side = found.output_shape[1]
    scale = ROOM / max(size + 2 * padding, side, kernel)
    invented = f"\n+ {count_text(padding, 'invented pixel')} per side" if padding else "\n"
    words = f"input {channels} × {size} × {size}{invented}"
    yield pile("input", size, channels, scale, words, frame=padding, window=kernel)
    words = (
        f"one filter {channels} × {kernel} × {kernel}\n{filters} of them"
        if filters > 1
        else (f"one filter {channels} × {kernel} × {kernel}\n")
    )
    yield pile("filter", kernel, channels, scale, words, symbol="∗", window=kernel)
    words = f"output {filters} × {side} × {side}\na map of each filter"
    yield pile("output", side, filters, scale, words, symbol="=", window=1)


def _formulas(found: LayerSize, *, size, channels, filters, kernel, stride, padding) -> list[tuple[str, str]]:
    side = found.output_shape[1]
    exact = number_text((size + 2 * padding - kernel) / stride)
    one = f"{kernel}·{kernel}·{channels}"
    lines = {
        "size": (f"⌊({size} + 2·{padding} − {kernel}) / {stride}⌋ + 1 = ⌊{exact}⌋ + 1 = ", side),
        "weights": (f"{filters} filters · {one} = ", found.weights),
        "biases": ("one for each filter = ", found.biases),
        "learned": (f"{found.weights:,} + {found.biases} = ", found.parameters),
        "multiplied": (f"{side}·{side} places · {found.weights:,} weights = ", found.multiplications),
    }
    return aligned(
        [[(f"{name:<12}{text}", ""), (f"{value:,}", "total")] for name, (text, value) in lines.items()]
    )


def _sentence(found: LayerSize, size: int, channels: int) -> str:
    filters, side, _ = found.output_shape
    makes = "makes" if filters == 1 else "make"
    start = f"{count_text(filters, 'filter').capitalize()} {makes} {count_text(filters, 'map')}"
    before, after = size * size * channels, filters * side * side
    return (
        f"{start} of {side} × {side}: {before:,} numbers become {after:,}. The layer learns "
        f"{found.parameters:,} numbers, whatever the size of the picture; the {found.multiplications:,} "
        "multiplications grow with it."
    )
