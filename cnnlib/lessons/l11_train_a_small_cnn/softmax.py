"""Lesson 11, before the training lab: scores become probabilities."""

from collections.abc import Iterable, Sequence
from functools import partial

import numpy as np

from cnnlib import softmax
from cnnlib.demo import controls as make
from cnnlib.demo.chart import bars
from cnnlib.demo.frame import Demo
from cnnlib.demo.numbers import number_text
from cnnlib.demo.tables import table
from cnnlib.demo.view import View
from cnnlib.lessons.l11_train_a_small_cnn.pictograms import CLASSES


def explore_softmax(
    logits: Sequence[float] = (1, 2, 3, 4),
    temperature: float = 1.0,
    *,
    hide: Iterable[str] = (),
    lock: Iterable[str] = (),
) -> Demo:
    """Turn four scores into probabilities: exponential, sum, share; and see what the temperature does.

    Parameters
    ----------
    logits : sequence of 4 floats
        The scores to begin with, −4 to 4.
    temperature : float
        What they are divided by first, 0.3 to 10.
    hide, lock : str or iterable of str
        Controls to hide or to hold.

    Returns
    -------
    Demo
        With `output`, the four probabilities.

    Raises
    ------
    ValueError
        If there are not four scores, or a number lies outside its slider.

    Examples
    --------
    >>> demo = explore_softmax()
    >>> demo.output.round(4).tolist()
    [0.0321, 0.0871, 0.2369, 0.6439]
    >>> demo.temperature.value = 10
    >>> demo.output.round(2).tolist()
    [0.21, 0.24, 0.26, 0.29]
    """
    scores = four("explore_softmax", "logits", logits)
    settings = {name: make.slider(name, float(z), -4.0, 4.0, 0.1) for name, z in scores.items()}
    settings |= {
        "temperature": make.slider("temperature T", float(temperature), 0.3, 10.0, 0.1),
        "written": make.choice("write out", CLASSES, max(scores, key=scores.get)),
    }
    return Demo("Softmax", "how do scores become probabilities?", settings, _softmax, hide=hide, lock=lock)


def _softmax(temperature: float, written: str, **scores: float) -> View:
    temperature = round(temperature, 2)  # sliders give 0.30000000000000004
    logits = np.round(list(scores.values()), 2)
    exps, shares = np.exp(logits / temperature), softmax(logits / temperature)
    columns = np.stack([logits, logits / temperature, exps, shares], axis=1)
    caption = "z the score, exp is e^(z/T),\np its share of the sum of all exp"
    panels = [
        table(
            "numbers", ["z", "z/T", "exp", "p"], dict(zip(scores, columns, strict=True)), caption, lit=written
        ),
        bars(
            "probabilities",
            dict(zip(scores, shares.tolist(), strict=True)),
            ylabel="probability p",
            caption="they always add up to 1",
            size=(340, 250),
            ylim=(0, 1),
            texts=[number_text(p) for p in shares],
            highlight=written,
        ),
    ]
    chosen = list(scores).index(written)
    return View(
        panels,
        _shared_out(logits, shares, temperature),
        _share_written(exps, shares, chosen),
        output=shares,
        code=partial(_softmax_code, logits, temperature),
    )


def _shared_out(logits: np.ndarray, shares: np.ndarray, temperature: float) -> str:
    """Say who gets most, by what factor, and what the temperature does to that."""
    second, first = np.argsort(logits, kind="stable")[-2:]
    one, other, gap = CLASSES[first], CLASSES[second], round(float(logits[first] - logits[second]), 2)
    best = number_text(shares[first])
    if temperature == 1:
        effect = "T = 1 is the usual softmax."
    elif temperature < 1:
        effect = "A temperature below 1 sharpens: the first gets more than at T = 1."
    else:
        effect = "A temperature above 1 levels: the probabilities move towards a quarter each."
    if gap == 0:
        return f"{_capital(other)} and {one} share the first place, {best} each. {effect}"
    times = number_text(np.exp(gap / temperature))
    power = number_text(gap) if temperature == 1 else f"({number_text(gap)}/{number_text(temperature)})"
    return (
        f"{_capital(one)} gets {best} of 1. It scores {number_text(gap)} more than {other} and so is "
        f"e^{power} = {times} times as probable. {effect}"
    )


def _share_written(exps: np.ndarray, shares: np.ndarray, chosen: int) -> list[tuple[str, str]]:
    terms = []
    for i, value in enumerate(exps):
        terms += [(" + " if i else "", ""), (number_text(value), "pixel" if i == chosen else "")]
    return [
        (f"p({CLASSES[chosen]}) = ", ""),
        (number_text(exps[chosen]), "pixel"),
        (" / (", ""),
        *terms,
        (") = ", ""),
        (number_text(shares[chosen]), "total"),
    ]


def _softmax_code(logits: np.ndarray, temperature: float) -> dict[str, str]:
    start = f"logits = {logits.tolist()}\ntemperature = {temperature}\n"
    numpy = "exps = np.exp(np.array(logits) / temperature)\nresult = exps / exps.sum()"
    torch = (
        "z = torch.tensor(logits, dtype=torch.float64) / temperature\n"
        "result = torch.softmax(z, dim=0).numpy()"
    )
    return {"NumPy": f"import numpy as np\n\n{start}{numpy}", "PyTorch": f"import torch\n\n{start}{torch}"}


def four(where: str, what: str, values: Sequence[float]) -> dict[str, float]:
    """Give each of four numbers its class; ValueError if there are not four.

    Examples
    --------
    >>> four("demo", "scores", [1, 2, 3, 4])
    {'boat': 1.0, 'bird': 2.0, 'cat': 3.0, 'dog': 4.0}
    """
    if len(values) != len(CLASSES):
        raise ValueError(f"{where}: {what} {tuple(values)} must be four numbers, for {', '.join(CLASSES)}")
    return dict(zip(CLASSES, map(float, values), strict=True))


def _capital(name: str) -> str:
    return name[0].upper() + name[1:]
