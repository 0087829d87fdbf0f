"""Lesson 10: what a layer learns, dense, locally connected and convolutional, in numbers."""

from collections.abc import Iterable
from functools import partial

import numpy as np

from cnnlib.connections import KINDS, count_parameters
from cnnlib.demo import controls as make
from cnnlib.demo.chart import bars
from cnnlib.demo.frame import Demo
from cnnlib.demo.view import View
from cnnlib.demo.words import aligned
from cnnlib.ledger import layer_size

DENSE, LOCAL, SHARED = KINDS


def explore_parameters(
    size: int = 32,
    *,
    channels: int = 1,
    kernel: int = 5,
    filters: int = 6,
    hidden: int = 100,
    keep_size: bool = False,
    biases: bool = True,
    hide: Iterable[str] = (),
    lock: Iterable[str] = (),
) -> Demo:
    """Count what three kinds of layer learn that make the same maps, and a dense one of a few units.

    Parameters
    ----------
    size : int
        Side of the picture, 8 to 64 pixels.
    channels : int
        1 to 3.
    kernel : int
        Side of the window, 1 to 7.
    filters : int
        Maps, 1 to 16.
    hidden : int
        Units of the dense layer that makes no maps, 10 to 500.
    keep_size : bool
        Whether padding keeps the map as large as the picture.
    biases : bool
        Whether they are counted.
    hide, lock : str or iterable of str
        Controls to hide or to hold.

    Returns
    -------
    Demo
        With `output`, the four counts: dense to the maps, locally connected, convolution, dense to the units.

    Raises
    ------
    ValueError
        If a setting is outside its control.

    Examples
    --------
    >>> explore_parameters(32, kernel=5, filters=6).output.tolist()
    [4821600, 122304, 156, 102500]
    """
    settings = {
        "size": make.slider("picture side", size, 8, 64, 4),
        "channels": make.slider("channels", channels, 1, 3),
        "kernel": make.slider("window", kernel, 1, 7),
        "filters": make.slider("maps", filters, 1, 16),
        "hidden": make.slider("dense units", hidden, 10, 500, 10),
        "keep_size": make.tick("padding keeps the size", keep_size),
        "biases": make.tick("count biases", biases),
    }
    question = "what does sharing save?"
    return Demo("Parameters", question, settings, _parameters, hide=hide, lock=lock)


def _parameters(*, size, channels, kernel, filters, hidden, keep_size, biases) -> View:
    shape, padding = (channels, size, size), "same" if keep_size else 0
    maps = layer_size(shape, filters, kernel, padding=padding).output_shape
    count = partial(count_parameters, shape=shape, padding=padding, bias=biases)
    made = [count(kind, filters=filters, kernel=kernel) for kind in KINDS]
    few = count_parameters(DENSE, shape, hidden, size, bias=biases)  # a window as large as the picture
    totals = [one.parameters for one in (*made, few)]
    names = ["dense to maps", LOCAL, SHARED, f"dense to {hidden} units"]
    panel = bars(
        "parameters",
        dict(zip(names, totals, strict=True)),
        f"{_times(shape)} numbers in, {_times(maps)} out; to {hidden} units: {hidden} out",
        ylabel="numbers to learn",
        size=(620, 300),
        ylim=(1, 3e9),
        log=True,
        texts=[f"{total:,}" for total in totals],
        highlight=SHARED,
    )
    more = totals[0] / totals[2], totals[1] / totals[2]
    sentence = (
        f"For the same {_times(maps)} numbers, a convolution learns {totals[2]:,}, windows without sharing "
        f"{totals[1]:,} ({_factor(more[1])}), and a dense layer {totals[0]:,} ({_factor(more[0])}). "
        f"A dense layer of only {hidden} units learns {totals[3]:,}."
    )
    names = {"shape": shape, "filters": filters, "kernel": kernel, "padding": padding, "bias": biases}
    return View(
        [panel],
        sentence,
        _products(shape, maps, kernel, hidden, biases, totals),
        output=np.array(totals),
        code=lambda: _count_code(names, maps, hidden),
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


def _count_code(names: dict, maps: tuple[int, int, int], hidden: int) -> dict[str, str]:
    arguments = ", ".join(f"{name}={value!r}" for name, value in names.items() if name != "shape")
    shape, bias, kernel = names["shape"], names["bias"], names["kernel"]
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
        'there = {"bias": '
        + f"{bias}"
        + ', "device": "meta"}  # shapes alone, without memory for the weights\n'
        "layers = [  # the second: for each output a window of its own\n"
        f"    nn.Linear({inputs}, {outputs}, **there),\n"
        f"    nn.Conv1d({outputs}, {outputs}, {window}, groups={outputs}, **there),\n"
        f"    nn.Conv2d({shape[0]}, {maps[0]}, {kernel}, **there),\n"
        f"    nn.Linear({inputs}, {hidden}, **there),\n"
        "]\n"
        "result = np.array([sum(p.numel() for p in layer.parameters()) for layer in layers])"
    )
    return {"NumPy": numpy, "PyTorch": torch}
