"""Lesson 11, before the training lab: scores become probabilities."""

from functools import partial
from typing import Annotated

import numpy as np

from cnnlib import softmax
from cnnlib.demo.chart import bars
from cnnlib.demo.declare import Choice, Group, Slider, demo
from cnnlib.demo.numbers import number_text
from cnnlib.demo.tables import table
from cnnlib.demo.view import View
from cnnlib.demo.words import capital
from cnnlib.lessons.l11_train_a_small_cnn.pictograms import CLASSES, four

SCORES = Group(
    {name: Slider(-4.0, 4.0, 0.1) for name in CLASSES},
    spread=lambda where, logits, _values: four(where, "logits", logits),
)


@demo("Softmax", "how do scores become probabilities?")
def explore_softmax(
    logits: Annotated[dict, SCORES, "Four scores, −4 to 4"] = (1, 2, 3, 4),
    temperature: Annotated[
        float, Slider(0.3, 10.0, 0.1, label="temperature T"), "What they are divided by first"
    ] = 1.0,
    *,
    written: Annotated[str | None, Choice(CLASSES, label="write out", called=False)] = None,
) -> View:
    """Turn four scores into probabilities: exponential, sum, share; and see what the temperature does.

    The output is the four probabilities.

    >>> demo = explore_softmax()
    >>> demo.output.round(4).tolist()
    [0.0321, 0.0871, 0.2369, 0.6439]
    >>> demo.temperature.value = 10
    >>> demo.output.round(2).tolist()
    [0.21, 0.24, 0.26, 0.29]
    """
    temperature = round(temperature, 2)  # sliders give 0.30000000000000004
    scores = np.round(list(logits.values()), 2)
    exps = np.exp(scores / temperature)
    shares = softmax(scores / temperature)

    columns = np.stack([scores, scores / temperature, exps, shares], axis=1)
    return View(
        panels=[
            table(
                "numbers",
                ["z", "z/T", "exp", "p"],
                dict(zip(CLASSES, columns, strict=True)),
                "z the score, exp is e^(z/T),\np its share of the sum of all exp",
                lit=written,
            ),
            bars(
                "probabilities",
                dict(zip(CLASSES, shares.tolist(), strict=True)),
                ylabel="probability p",
                caption="they always add up to 1",
                size=(340, 250),
                ylim=(0, 1),
                texts=[number_text(p) for p in shares],
                highlight=written,
            ),
        ],
        sentence=_shared_out(scores, shares, temperature),
        arithmetic=_share_written(exps, shares, CLASSES.index(written)),
        output=shares,
        code=partial(_code, scores, temperature),
    )


@explore_softmax.starts
def _most_probable(logits):
    return {"written": max(logits, key=logits.get)}


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
        return f"{capital(other)} and {one} share the first place, {best} each. {effect}"
    times = number_text(np.exp(gap / temperature))
    power = number_text(gap) if temperature == 1 else f"({number_text(gap)}/{number_text(temperature)})"
    return (
        f"{capital(one)} gets {best} of 1. It scores {number_text(gap)} more than {other} and so is "
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


def _code(logits: np.ndarray, temperature: float) -> dict[str, str]:
    start = f"logits = {logits.tolist()}\ntemperature = {temperature}\n"
    numpy = "exps = np.exp(np.array(logits) / temperature)\nresult = exps / exps.sum()"
    torch = (
        "z = torch.tensor(logits, dtype=torch.float64) / temperature\n"
        "result = torch.softmax(z, dim=0).numpy()"
    )
    return {"NumPy": f"import numpy as np\n\n{start}{numpy}", "PyTorch": f"import torch\n\n{start}{torch}"}
