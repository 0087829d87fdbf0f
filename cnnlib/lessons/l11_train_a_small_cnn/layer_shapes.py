"""Lesson 11, before the training lab: what becomes of a picture on its way through a small network."""

import math
from collections.abc import Iterable
from functools import partial
from typing import Annotated

import numpy as np

from cnnlib.demo.declare import Choice, Group, Slider, demo
from cnnlib.demo.numbers import number_text
from cnnlib.demo.view import Panel, View, mosaic, rgb, signed
from cnnlib.demo.words import capital
from cnnlib.ledger import Row
from cnnlib.lessons.l11_train_a_small_cnn.pictograms import CLASSES, pictogram
from cnnlib.nn.activations import ReLU
from cnnlib.nn.conv import Conv2D
from cnnlib.nn.dense import Dense, Flatten
from cnnlib.nn.model import Sequential
from cnnlib.nn.pooling import MaxPool2D

STAGES = ("conv 1", "ReLU 1", "pool 1", "conv 2", "ReLU 2", "pool 2", "flatten", "dense")
PICTURE = (3, 32, 32)
WIDE = 200  # CSS pixels of the maps of a stage
FILTERS = Group({"first": Slider(1, 8, label="filters 1"), "second": Slider(1, 16, label="filters 2")})


@demo("A picture's way through a network", "how many numbers, and why?")
def explore_layer_shapes(
    image: Annotated[str, Choice(CLASSES, label="picture"), "A colour picture of 32 x 32 pixels"] = "cat",
    *,
    filters: Annotated[dict, FILTERS, "Of the first convolution, 1 to 8, and of the second, 1 to 16"] = (
        6,
        8,
    ),
    kernel: Annotated[int, Choice((3, 5, 7)), "Rows and columns of all kernels"] = 5,
    padding: Annotated[
        str,
        Choice(("none", "same")),
        "Whether zeros around the maps keep the convolutions from shrinking them",
    ] = "none",
    stage: Annotated[str, Choice(STAGES, label="explain"), "Which stage is explained"] = "conv 1",
    seed: Annotated[int, Slider(0, 9, label="seed of the weights"), "Which random weights"] = 0,
) -> View:
    """Follow a picture through two rounds of convolution, ReLU and pooling, flatten and dense.

    The weights are random: what counts here is how many numbers there are at each stage, and why. The output
    is that number for each stage, the picture first.

    >>> explore_layer_shapes().output.tolist()
    [3072, 4704, 4704, 1176, 800, 800, 200, 200, 4]
    """
    sides = kernel // 2 if padding == "same" else 0
    model = _network(**filters, kernel=kernel, sides=sides, seed=seed)
    outputs = [maps[0] for maps in model.activations(pictogram(image)[None])]
    rows = model.summary(PICTURE).rows
    shapes = [PICTURE, *(row.output_shape for row in rows)]

    chosen = STAGES.index(stage)
    words, arithmetic = _explained(rows[chosen], shapes[chosen], stage, kernel, sides)
    return View(
        panels=[*_panels(image, outputs, stage)],
        sentence=f"{capital(stage)}: {words} The whole way: {_chain(shapes)}.",
        arithmetic=arithmetic,
        output=np.array([math.prod(shape) for shape in shapes]),
        code=partial(_code, **filters, kernel=kernel, sides=sides),
    )


def _network(first: int, second: int, kernel: int, sides: int, seed: int) -> Sequential:
    start = [
        *(Conv2D(3, first, kernel, padding=sides), ReLU(), MaxPool2D(2)),
        *(Conv2D(first, second, kernel, padding=sides), ReLU(), MaxPool2D(2)),
        Flatten(),
    ]
    (numbers,) = Sequential(*start, seed=None).output_shape(PICTURE)
    return Sequential(*start, Dense(numbers, len(CLASSES)), seed=seed)


def _panels(image: str, outputs: list[np.ndarray], stage: str) -> Iterable[Panel]:
    pixels = 255 * np.moveaxis(pictogram(image), 0, -1)
    yield rgb("picture", pixels, f"a {image}: {_shape_text(PICTURE)}", size=128)
    for name, maps in zip(STAGES, outputs, strict=True):
        caption = f"{'▸ ' if name == stage else ''}{name}: {_shape_text(maps.shape)}"
        more = {"symbol": "→", "new_row": name in ("pool 1", "pool 2"), "size": WIDE}
        if maps.ndim == 3:
            # In two rows, and few of them smaller, all stages are seen at once.
            few = {"size": 2 * WIDE // 3} if len(maps) < 5 else {}
            yield mosaic(name, maps, caption, columns=math.ceil(len(maps) / 2), **more | few)
        elif name == "flatten":
            side = 20 * math.ceil(len(maps) / 20) - len(maps)
            lines = np.append(maps, np.full(side, np.nan)).reshape(-1, 20)
            yield signed(name, lines, caption, **more)
        else:
            yield signed(name, maps[None], f"{caption}\n{', '.join(CLASSES)}", **more)


def _explained(
    row: Row, before: tuple, stage: str, kernel: int, sides: int
) -> tuple[str, list[tuple[str, str]]]:
    """Say what one stage does to the numbers, and write the sum behind its size."""
    shape, parameters = row.output_shape, f"{row.parameters:,}"
    if stage.startswith("conv"):
        words = (
            f"each of {shape[0]} filters spans all {before[0]} maps before it and makes one map; "
            f"{shape[0]}·({before[0]}·{kernel}·{kernel} + 1) = {parameters} weights and biases."
        )
        return words, _size_written(before[1], kernel, sides, shape[1])
    if stage.startswith("ReLU"):
        return "negative numbers become 0; no shape changes, and there is nothing to learn.", _same(shape)
    if stage.startswith("pool"):
        words = "of each 2 × 2 numbers only the largest stays, map by map; there is nothing to learn."
        return words, _size_written(before[1], 2, 0, shape[1], stride=2)
    if stage == "flatten":
        words = "all maps are written in one row; no number is lost, and there is nothing to learn."
        return words, [*_times(before), (" = ", ""), (str(shape[0]), "total")]
    count = before[0]
    words = f"each of 4 scores weighs all {count} numbers; {count}·4 + 4 = {parameters} weights and biases."
    return words, [(f"{count} numbers → ", ""), (f"{shape[0]} scores", "total")]


def _size_written(size: int, window: int, sides: int, result: int, stride: int = 1) -> list[tuple[str, str]]:
    """Write the size formula with its numbers; the floor only where it cuts something off."""
    framed = f"{size} + 2·{sides}" if sides else str(size)
    exact = (size + 2 * sides - window) / stride + 1
    cut = [] if exact == result else [(f"{number_text(exact)}, rounded down to ", "")]
    return [
        ("rows: (", ""),
        (framed, "pixel"),
        (f" − {window})/{stride} + 1 = ", ""),
        *cut,
        (str(result), "total"),
    ]


def _times(shape: tuple) -> list[tuple[str, str]]:
    return [(" · ".join(map(str, shape)), "pixel")]


def _same(shape: tuple) -> list[tuple[str, str]]:
    return [
        *_times(shape),
        (" = ", ""),
        (f"{math.prod(shape):,}", "total"),
        (" numbers, before and after", ""),
    ]


def _shape_text(shape: tuple) -> str:
    return " × ".join(map(str, shape))


def _chain(shapes: list[tuple]) -> str:
    """Write the shapes in order, those that a ReLU leaves as they are once."""
    different = [shape for shape, last in zip(shapes, [None, *shapes[:-1]], strict=True) if shape != last]
    return " → ".join(map(_shape_text, different))


def _code(first: int, second: int, kernel: int, sides: int) -> dict[str, str]:
    numpy = (
        "def maps(count, size, window, sides=0, stride=1):\n"
        "    side = (size + 2 * sides - window) // stride + 1\n"
        "    return count, side, side\n\n"
        "shapes = [(3, 32, 32)]\n"
        f"for filters in ({first}, {second}):\n"
        f"    conv = maps(filters, shapes[-1][1], {kernel}, sides={sides})\n"
        "    shapes += [conv, conv, maps(filters, conv[1], 2, stride=2)]\n"
        "shapes += [(np.prod(shapes[-1]),), (4,)]\n"
        "result = np.array([np.prod(shape) for shape in shapes])"
    )
    torch = (
        "x = torch.zeros(1, 3, 32, 32)\n"
        "numbers = [x.numel()]\n"
        "layers = [\n"
        f"    *(nn.Conv2d(3, {first}, {kernel}, padding={sides}), nn.ReLU(), nn.MaxPool2d(2)),\n"
        f"    *(nn.Conv2d({first}, {second}, {kernel}, padding={sides}), nn.ReLU(), nn.MaxPool2d(2)),\n"
        "    *(nn.Flatten(), nn.LazyLinear(4)),\n"
        "]\n"
        "for layer in layers:\n"
        "    x = layer(x)\n"
        "    numbers.append(x.numel())\n"
        "result = np.array(numbers)"
    )
    return {
        "NumPy": f"import numpy as np\n\n{numpy}",
        "PyTorch": f"import numpy as np\nimport torch\nfrom torch import nn\n\n{torch}",
    }
