"""Lesson 10: how many parameters a layer has: dense, locally connected and convolutional."""

from collections.abc import Iterable
from functools import partial
from typing import Annotated

import numpy as np

from cnnlib.connections import KINDS, count_parameters
from cnnlib.demo.chart import bars
from cnnlib.demo.declare import Slider, Tick, demo
from cnnlib.demo.view import View
from cnnlib.demo.words import aligned
from cnnlib.ledger import layer_size

DENSE, LOCAL, SHARED = KINDS


@demo("Parameters", "what does sharing save?")
def explore_parameters(
    size: Annotated[int, Slider(8, 64, 4, label="picture side"), "In pixels"] = 32,
    *,
    channels: Annotated[int, Slider(1, 3, shown=False)] = 1,
    kernel: Annotated[int, Slider(1, 7, label="window"), "Side of the window"] = 5,
    filters: Annotated[int, Slider(1, 16, label="maps"), "Maps"] = 6,
    hidden: Annotated[
        int,
        Slider(10, 500, 10, label="dense units", shown=False),
        "Units of the dense layer that makes no maps",
    ] = 100,
    keep_size: Annotated[
        bool,
        Tick(label="padding keeps the size"),
        "Whether padding keeps the map as large as the picture",
    ] = False,
    biases: Annotated[bool, Tick(label="count biases"), "Whether they are counted"] = True,
) -> View:
    """Count the parameters of three kinds of layer that make the same maps, and of a dense one of few units.

    The output is the four counts: dense to the maps, locally connected, convolution, dense to the units.

    >>> explore_parameters(32, kernel=5, filters=6).output.tolist()
    [4821600, 122304, 156, 102500]
    """
    shape, padding = (channels, size, size), "same" if keep_size else 0
    maps = layer_size(shape, filters, kernel, padding=padding).output_shape
    count = partial(count_parameters, shape=shape, padding=padding, bias=biases)
    made = [count(kind, filters=filters, kernel=kernel) for kind in KINDS]
    few = count_parameters(DENSE, shape, hidden, size, bias=biases)  # a window as large as the picture
    totals = [one.parameters for one in (*made, few)]

    counted = "parameters" if biases else "weights"
    more = totals[0] / totals[2], totals[1] / totals[2]
    return View(
        panels=[
            bars(
                "parameters",
                dict(zip(["dense to maps", LOCAL, SHARED, f"dense to {hidden} units"], totals, strict=True)),
                f"{_times(shape)} numbers in, {_times(maps)} out; the last: {hidden} out",
                ylabel=counted,
                size=(620, 300),
                ylim=(1, 3e9),
                log=True,
                texts=[f"{total:,}" for total in totals],
                highlight=SHARED,
            )
        ],
        sentence=f"To make the same {_times(maps)} numbers, a convolution has {totals[2]:,} {counted}, a "
        f"locally connected layer {totals[1]:,} ({_factor(more[1])}) and a dense layer {totals[0]:,} "
        f"({_factor(more[0])}). A dense layer of only {hidden} units has {totals[3]:,}.",
        arithmetic=_products(shape, maps, kernel, hidden, biases, totals),
        output=np.array(totals),
        code=partial(
            _code, shape, maps, hidden, filters=filters, kernel=kernel, padding=padding, bias=biases
        ),
    )


def _times(numbers: Iterable[int]) -> str:
    return " × ".join(map(str, numbers))


def _factor(ratio: float) -> str:
    return f"{round(ratio):,} times as many" if ratio >= 1.5 else "as many"


def _products(shape, maps, kernel, hidden, biases, totals) -> list[tuple[str, str]]:
    """Write the four products below each other."""
    one = "(", f" + {1}) · " if biases else ") · "
    window = f"{kernel}·{kernel}·{shape[0]}"
    whole = f"{shape[1]}·{shape[2]}·{shape[0]}"
    places = f"{maps[1]}·{maps[2]}·{maps[0]}"
    rows = [
        ("dense to maps", whole, places),
        ("locally connected", window, places),
        ("convolution", window, str(maps[0])),
        ("dense to units", whole, str(hidden)),
    ]
    return aligned(
        [
            [
                (f"{name:<18}{one[0]}", ""),
                (inputs, "weight"),
                (f"{one[1]}{outputs} = ", ""),
                (f"{total:,}", "total"),
            ]
            for (name, inputs, outputs), total in zip(rows, totals, strict=True)
        ]
    )


def _code(shape, maps, hidden, **settings) -> dict[str, str]:
    arguments = ", ".join(f"{name}={value!r}" for name, value in settings.items())
    kernel, bias = settings["kernel"], settings["bias"]
    inputs, outputs = int(np.prod(shape)), int(np.prod(maps))
    window = shape[0] * kernel**2
    numpy = (
        "import numpy as np\nfrom cnnlib.connections import KINDS, count_parameters\n\n"
        f"counts = [count_parameters(kind, {shape}, {arguments}) for kind in KINDS]\n"
        f"units = {hidden} * ({inputs} + {int(bias)})\n"
        "result = np.array([*(count.parameters for count in counts), units])"
    )
    torch = (
        "import numpy as np\nimport torch\nfrom torch import nn\n\n"
        f'there = {{"bias": {bias}, "device": "meta"}}  # shapes alone, without memory for the weights\n'
        "layers = [  # the second: for each output a window of its own\n"
        f"    nn.Linear({inputs}, {outputs}, **there),\n"
        f"    nn.Conv1d({outputs}, {outputs}, {window}, groups={outputs}, **there),\n"
        f"    nn.Conv2d({shape[0]}, {maps[0]}, {kernel}, **there),\n"
        f"    nn.Linear({inputs}, {hidden}, **there),\n"
        "]\n"
        "result = np.array([sum(p.numel() for p in layer.parameters()) for layer in layers])"
    )
    return {"NumPy": numpy, "PyTorch": torch}
