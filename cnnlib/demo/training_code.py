"""Trainings as text to run, in cnnlib.nn and in PyTorch: as far as they have come, with the same numbers.

PyTorch draws its first weights and its batches otherwise. So its text takes both from `cnnlib.nn`; all else,
from layers to optimiser, is its own.
"""

import re
from collections.abc import Mapping
from textwrap import fill
from typing import Any

from cnnlib import nn

OWN, TORCH = "cnnlib.nn", "PyTorch"
LAYERS = {  # of cnnlib.nn, and what PyTorch calls them
    r"\bConv2D\(": "nn.Conv2d(",
    r"\bDense\(": "nn.Linear(",
    r"\bMaxPool2D\(": "nn.MaxPool2d(",
    r"\bLocallyConnected2D\(": "LocallyConnected2d(",  # PyTorch has none: a text brings its own
    r"\b(ReLU|Flatten)\(": r"nn.\1(",
}
LOSSES = {"softmax_cross_entropy": "F.cross_entropy", "mean_squared_error": "F.mse_loss"}
NEEDS = {  # a line of imports, and the name that asks for it
    "from itertools import {}": (r"\b(islice|product)\(", True),
    "from types import SimpleNamespace": (r"\bSimpleNamespace\(", False),
    "": (None, False),
    "import numpy as np": (r"\bnp\.", False),
    "import torch": (r"\btorch\.", False),
    "from torch import nn": (r"(?<!\.)\bnn\.", False),
    "from torch.nn import functional as F": (r"\bF\.", False),
}


def both(own: str, torch: str, *imports: str) -> dict[str, str]:
    r"""Return the two texts, each with what it has to import.

    Parameters
    ----------
    own, torch : str
    *imports : str
        Lines for both, of modules that are not found by themselves: all of `cnnlib.nn` is.

    Examples
    --------
    >>> print(both("data = digits()\nresult = np.ones(3)", "result = torch.ones(3)")["cnnlib.nn"])
    import numpy as np
    from cnnlib.nn import digits
    <BLANKLINE>
    data = digits()
    result = np.ones(3)
    """
    return {OWN: _complete(own, imports), TORCH: _complete(torch, imports)}


def _complete(text: str, imports: tuple[str, ...]) -> str:
    lines = []
    for line, (pattern, several) in NEEDS.items():
        found = [] if pattern is None else sorted({*re.findall(pattern, text)})
        if pattern is None and lines:
            lines.append("")
        if found:
            lines.append(line.format(", ".join(found)) if several else line)
    names = [name for name in nn.__all__ if re.search(rf"(?<![.\w]){name}\b(?!=)", text)]
    if names:
        line = fill(f"from cnnlib.nn import {', '.join(names)}", 100, subsequent_indent=" " * 4)
        if "\n" in line:
            listed = fill(", ".join(names) + ",", 96, initial_indent=" " * 4, subsequent_indent=" " * 4)
            line = f"from cnnlib.nn import (\n{listed}\n)"
        lines.append(line)
    return "\n".join([*lines, *imports, "", text])


def layers_text(shape: tuple[int, ...], outputs: int, *, filters: int = 8, kernel_size: int = 5) -> str:
    """Write the layers that `cnnlib.demo.training_data.network` makes; `shape` is that of a picture.

    Examples
    --------
    >>> print(layers_text((1, 16, 16), 10, filters=4, kernel_size=3))
    Conv2D(1, 4, 3, padding=1), ReLU(), MaxPool2D(2),
    Conv2D(4, 8, 3, padding=1), ReLU(), MaxPool2D(2),
    Flatten(), Dense(128, 10),
    """
    channels, rows, cols = shape
    padding = kernel_size // 2
    last = 2 * filters * (rows // 4) * (cols // 4)
    return (
        f"Conv2D({channels}, {filters}, {kernel_size}, padding={padding}), ReLU(), MaxPool2D(2),\n"
        f"Conv2D({filters}, {2 * filters}, 3, padding=1), ReLU(), MaxPool2D(2),\n"
        f"Flatten(), Dense({last}, {outputs}),"
    )


def network_texts(layers: str, seed: Any, own: str = "", torch: str = "") -> tuple[str, str]:
    """Write a network with its first weights, in both languages.

    Parameters
    ----------
    layers : str
        As `layers_text` writes them.
    seed : int, or the name of one
    own : str
        Lines that change `model`, the network of `cnnlib.nn`: its first weights, what is frozen.
    torch : str
        Lines for PyTorch's, beyond the weights.
    """
    made = f"model = Sequential(\n{indented(layers)}\n    seed={seed},\n)\n{own}"
    return made, torch_network(layers, re.sub(r"\bmodel\b", "start", made)) + torch


def torch_network(layers: str, start: str) -> str:
    """Write a network in PyTorch that begins with the weights of `start`, which lines of `cnnlib.nn` make.

    Examples
    --------
    >>> print(torch_network("Flatten(), Dense(64, 10),", ""))
    model = nn.Sequential(
        nn.Flatten(), nn.Linear(64, 10),
    )
    model.load_state_dict({name: torch.tensor(w) for name, w in start.weights.items()})
    <BLANKLINE>
    """
    for pattern, name in LAYERS.items():
        layers = re.sub(pattern, name, layers)
    return (
        f"{start}model = nn.Sequential(\n{indented(layers)}\n)\n"
        "model.load_state_dict({name: torch.tensor(w) for name, w in start.weights.items()})\n"
    )


def steps_texts(
    part: str,
    number: int | str,
    *,
    optimiser: str = "SGD",
    learning_rate: float | str,
    rates: Mapping[int, float] | None = None,
    seed: Any,
    loss: str = "softmax_cross_entropy",
    **settings: Any,
) -> tuple[str, str]:
    """Write a training of `model` up to a number of steps, in both languages.

    Parameters
    ----------
    part : str
        The name of what is learned from.
    number : int, or the name of one
    optimiser : {"SGD", "Adam"}
    learning_rate : float, or the name of one
    rates : dict of int to float, optional
        The learning rates by the number of steps done, if it may have changed on the way or since.
    seed : int, or the name of one
    loss : str
        A function of `cnnlib.nn`.
    **settings
        Of `batches`: epochs, batch_size, augment.
    """
    given = "".join(f", {name}={value}" for name, value in settings.items() if value is not None)
    more = "" if loss == "softmax_cross_entropy" else f", loss={loss}"
    changes = rates is not None and len(rates) > 1
    rate = rates[0] if rates else learning_rate
    table = f"rates = {dict(rates)}  # by the number of steps done\n" if changes else ""
    body = (
        "optimiser.learning_rate = rates.get(step.number, optimiser.learning_rate)"
        if changes
        else "pass  # step.loss, step.accuracy"
    )
    own = (
        f"optimiser = {optimiser}(model, learning_rate={rate})\n{table}"
        f"steps = train(model, {part}{given}{more}, optimiser=optimiser, seed={seed})\n"
        f"for step in islice(steps, {number}):\n    {body}\n"
    )
    momentum = ", momentum=0.9" if optimiser == "SGD" else ""
    drawn = f"islice(batches({part}{given}, seed={seed}), {number})"
    head, now = f"for images, labels in {drawn}:\n", ""
    if changes:
        head = f"for number, (images, labels) in enumerate({drawn}):\n"
        now = '    group = optimiser.param_groups[0]\n    group["lr"] = rates.get(number, group["lr"])\n'
    torch = (
        f"optimiser = torch.optim.{optimiser}(model.parameters(), lr={rate}{momentum})\n{table}{head}{now}"
        "    optimiser.zero_grad()\n"
        f"    loss = {LOSSES[loss]}(model(torch.tensor(images)), torch.tensor(labels))\n"
        "    loss.backward()\n"
        "    optimiser.step()\n"
    )
    return own, torch


def settings_text(begun: Mapping[str, Any]) -> dict[str, Any]:
    """Return a lab's settings as arguments of `steps_texts`."""
    names = ("optimiser", "learning_rate", "epochs", "batch_size", "seed")
    return {name: begun[name] for name in names if name in begun}


def share_texts(part: str) -> tuple[str, str]:
    """Write the share of right answers of `model` on a part, in both languages.

    Examples
    --------
    >>> share_texts("data.test")[0]
    'model.accuracy(data.test)'
    """
    right = f"model(torch.tensor({part}.images)).argmax(1).numpy() == {part}.labels"
    return f"model.accuracy({part})", f"np.mean({right})"


def indented(text: str, by: int = 4) -> str:
    """Move lines to the right."""
    return "\n".join(" " * by + line if line else line for line in text.split("\n"))
