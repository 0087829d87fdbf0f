"""The trainings of lesson 11 as text to run: as far as they have come, with the same numbers."""

from typing import Any

from cnnlib.demo.code import array_text
from cnnlib.demo.training_data import MATERIALS, held_out, material

LAYERS = "Conv2D, Dense, Flatten, MaxPool2D, ReLU, Sequential"


def training_code(begun: dict[str, Any], number: int) -> dict[str, str]:
    """Write the training lab's training; before the first step, the network alone.

    Parameters
    ----------
    begun : dict
        The lab's settings.
    number : int
        Steps done. `result` is then the filters of layer 1.

    Examples
    --------
    >>> settings = {"dataset": "digits", "filters": 2, "kernel_size": 3, "seed": 1}
    >>> names = {}
    >>> exec(training_code(settings, 0)["NumPy"], names)
    >>> names["result"].shape
    (2, 1, 3, 3)
    """
    data = material(begun["dataset"])
    shape = data.train.images.shape[1:]
    size = {"filters": begun["filters"], "kernel_size": begun["kernel_size"]}
    model = _network(shape, len(data.classes), begun["seed"], **size)
    if not number:
        return {"NumPy": f"from cnnlib.nn import {LAYERS}\n\n{model}\nresult = model[0].weights['weight']"}
    text = MATERIALS[begun["dataset"]].text
    return {
        "NumPy": f"from itertools import islice\n\n{_imports(begun['optimiser'], text)}\n\n{model}\n"
        f"data = {text}\n{_steps('data.train', number, **_settings(begun))}\n"
        "result = model[0].weights['weight']"
    }


def regression_code(begun: dict[str, Any], number: int, pictures: int) -> dict[str, str]:
    """Write the training of the regression head; `result` is what it says of the held-out pictures.

    Examples
    --------
    >>> "loss=mean_squared_error" in regression_code(
    ...     {"noise": 0, "optimiser": "SGD", "learning_rate": 1, "epochs": 1, "seed": 0}, 1, 10
    ... )["NumPy"]
    True
    """
    text = MATERIALS["digits"].text
    more = {"loss": "mean_squared_error"}
    return {
        "NumPy": "from itertools import islice\nfrom types import SimpleNamespace\n\nimport numpy as np\n"
        f"{_imports(begun['optimiser'], text, 'mean_squared_error')}\n"
        "from cnnlib.lessons.l11_train_a_small_cnn.centres import centres\n\n\n"
        "def placed(split):\n"
        "    noise = np.random.default_rng(len(split)).standard_normal(split.images.shape, np.float32)\n"
        "    places = (centres(split.images) - 7.5) / 8\n"
        f"    images = split.images + {begun['noise']} * noise\n"
        "    return SimpleNamespace(images=images, labels=places.astype(np.float32))\n\n\n"
        f"data = {text}\n"
        f"part = placed(data.train.take({pictures}))\n"
        f"held_out = placed(data.test.take({len(held_out('digits'))}))\n"
        f"{_network((1, 16, 16), 2, begun['seed'])}\n"
        f"{_steps('part', number, **_settings(begun), **more)}\n"
        "result = 7.5 + 8 * model.outputs(held_out.images)"
    }


def own_kernel_code(begun: dict[str, Any], number: int, epochs: int, batch_size: int) -> dict[str, str]:
    """Write the four trainings with a kernel of one's own and random ones; `result` is their accuracies.

    Examples
    --------
    >>> settings = {"kernel": [[1]], "dataset": "digits", "pictures": 9, "learning_rate": 1, "seed": 0}
    >>> "quarter_turns(kernel, 1)" in own_kernel_code(settings, 1, 1, 32)["NumPy"]
    True
    """
    data, text = material(begun["dataset"]), MATERIALS[begun["dataset"]].text
    shape = data.train.images.shape[1:]
    settings = _settings({"optimiser": "SGD", **begun}) | {"epochs": epochs, "batch_size": batch_size}
    inside = (
        f"{_network(shape, len(data.classes), begun['seed'], filters=4, kernel_size=3)}\n"
        "if own:\n"
        f"    model[0].weights['weight'][...] = quarter_turns(kernel, {shape[0]})\n"
        "model[0].frozen = frozen\n"
        f"{_steps('part', number, **settings)}\n"
        "result.append(model.accuracy(held_out))"
    )
    return {
        "NumPy": f"from itertools import islice\n\nimport numpy as np\n{_imports('SGD', text)}\n"
        "from cnnlib.lessons.l11_train_a_small_cnn.quarter_turns import quarter_turns\n\n"
        f"kernel = np.array({array_text(begun['kernel'])})\n"
        f"data = {text}\n"
        f"part = data.train.take({begun['pictures']}, {begun['seed']})\n"
        f"held_out = data.test.take({len(held_out(begun['dataset']))})\n"
        "result = []\n"
        "for own, frozen in ((True, True), (True, False), (False, True), (False, False)):\n"
        + "\n".join(f"    {line}" for line in inside.split("\n"))
    }


def _imports(optimiser: str, data: str, *more: str) -> str:
    names = [optimiser, data.partition("(")[0], *more, "train"]
    return f"from cnnlib.nn import {LAYERS}\nfrom cnnlib.nn import {', '.join(names)}"


def _settings(begun: dict[str, Any]) -> dict[str, Any]:
    """Return the arguments of `train` as text."""
    made = f"{begun['optimiser']}(model, learning_rate={begun['learning_rate']})"
    named = {name: begun[name] for name in ("epochs", "batch_size") if name in begun}
    return {**named, "optimiser": made, "seed": begun["seed"]}


def _steps(part: str, number: int, **settings: Any) -> str:
    given = "".join(f"\n    {name}={value}," for name, value in settings.items())
    return (
        f"steps = train(\n    model,\n    {part},{given}\n)\n"
        f"for step in islice(steps, {number}):\n    pass  # step.loss, step.accuracy"
    )


def _network(
    shape: tuple[int, ...], outputs: int, seed: int, *, filters: int = 8, kernel_size: int = 5
) -> str:
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
