"""The trainings of lesson 11 as text to run, in parts: as far as they have come, with the same numbers."""

from collections.abc import Mapping
from typing import Any

LAYERS = "Conv2D, Dense, Flatten, MaxPool2D, ReLU, Sequential"


def imports(optimiser: str, data: str, *more: str) -> str:
    """Write what a training needs of `cnnlib.nn`; `data` is the text that makes the pictures.

    Examples
    --------
    >>> print(imports("SGD", "digits()"))
    from cnnlib.nn import Conv2D, Dense, Flatten, MaxPool2D, ReLU, Sequential
    from cnnlib.nn import SGD, digits, train
    """
    names = [optimiser, data.partition("(")[0], *more, "train"]
    return f"from cnnlib.nn import {LAYERS}\nfrom cnnlib.nn import {', '.join(names)}"


def settings_text(begun: Mapping[str, Any]) -> dict[str, Any]:
    """Return a lab's settings as arguments of `train`, for `steps_text`."""
    made = f"{begun['optimiser']}(model, learning_rate={begun['learning_rate']})"
    named = {name: begun[name] for name in ("epochs", "batch_size") if name in begun}
    return {**named, "optimiser": made, "seed": begun["seed"]}


def steps_text(part: str, number: int, **settings: Any) -> str:
    """Write a training up to a number of steps.

    Examples
    --------
    >>> print(steps_text("data.train", 9, seed=0))
    steps = train(
        model,
        data.train,
        seed=0,
    )
    for step in islice(steps, 9):
        pass  # step.loss, step.accuracy
    """
    given = "".join(f"\n    {name}={value}," for name, value in settings.items())
    return (
        f"steps = train(\n    model,\n    {part},{given}\n)\n"
        f"for step in islice(steps, {number}):\n    pass  # step.loss, step.accuracy"
    )


def network_text(
    shape: tuple[int, ...], outputs: int, seed: int, *, filters: int = 8, kernel_size: int = 5
) -> str:
    """Write the network that `cnnlib.demo.training_data.network` makes; `shape` is that of a picture."""
    channels, rows, cols = shape
    padding = kernel_size // 2
    last = 2 * filters * (rows // 4) * (cols // 4)
    return (
        "model = Sequential(\n"
        f"    Conv2D({channels}, {filters}, {kernel_size}, padding={padding}), ReLU(), MaxPool2D(2),\n"
        f"    Conv2D({filters}, {2 * filters}, 3, padding=1), ReLU(), MaxPool2D(2),\n"
        f"    Flatten(), Dense({last}, {outputs}),\n"
        f"    seed={seed},\n)"
    )
