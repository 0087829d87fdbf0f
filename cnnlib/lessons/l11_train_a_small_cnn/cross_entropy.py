"""Lesson 11, before the training lab: probabilities become a loss."""

from collections.abc import Sequence
from functools import partial
from typing import Annotated

import numpy as np

from cnnlib.demo.chart import lines
from cnnlib.demo.declare import Choice, Group, Slider, demo
from cnnlib.demo.numbers import number_text
from cnnlib.demo.tables import table
from cnnlib.demo.view import View, rgb
from cnnlib.lessons.l11_train_a_small_cnn.pictograms import CLASSES, four, pictogram
from cnnlib.nn.losses import softmax_cross_entropy

WHOLE = 100  # probabilities are set in whole percent


def _percent(where: str, probabilities: Sequence[float], _values: dict) -> dict[str, int]:
    percent = {name: round(WHOLE * p) for name, p in four(where, "probabilities", probabilities).items()}
    if min(percent.values()) < 1 or sum(percent.values()) != WHOLE:
        raise ValueError(
            f"{where}: probabilities {tuple(probabilities)} must be at least 0.01 each and "
            "add up to 1, in steps of 0.01"
        )
    return percent


PERCENT = Group(
    {name: Slider(1, WHOLE - len(CLASSES) + 1, label=f"{name} (%)") for name in CLASSES}, spread=_percent
)


@demo("Cross-entropy", "what does a wrong answer cost?", order="image target")
def explore_cross_entropy(
    image: Annotated[str, Choice(CLASSES, label="picture"), "What is shown"] = "boat",
    probabilities: Annotated[dict, PERCENT, "Four, each at least 0.01 and together 1"] = (
        0.94,
        0.01,
        0.04,
        0.01,
    ),
    *,
    target: Annotated[
        str | None,
        Choice(CLASSES, label="its label", follows="image"),
        "Default: what is shown. It can be wrong",
    ] = None,
) -> View:
    """Choose a picture, its label and what the network says, and see the loss written out.

    The output is the loss, an array without axes.

    >>> demo = explore_cross_entropy()
    >>> demo.output.round(4).item()
    0.0619
    >>> demo.target.value = "cat"
    >>> demo.output.round(4).item()
    3.2189
    """
    label, shares = CLASSES.index(target), np.array(list(probabilities.values())) / WHOLE
    loss, _ = softmax_cross_entropy(np.log(shares)[None], [label])
    wanted = np.eye(len(CLASSES))[label]
    columns = np.stack([wanted, shares, -np.log(shares)], axis=1)
    pixels = 255 * np.moveaxis(pictogram(image), 0, -1)
    curve = np.linspace(0.01, 1, 100)
    panels = [
        rgb("picture", pixels, f"the picture: a {image}", size=160, alt=f"a {image}"),
        table(
            "numbers",
            ["t", "p", "−ln p"],
            dict(zip(CLASSES, columns, strict=True)),
            "t the target, p the\nnetwork's probabilities",
            lit=target,
        ),
        lines(
            "loss",
            curve,
            {"loss": -np.log(curve)},
            xlabel="probability p given to the label",
            ylabel="loss −ln p",
            caption="from certain and wrong to certain and right",
            size=(300, 220),
            at={"loss": (shares[label], loss)},
        ),
    ]
    return View(
        panels=panels,
        sentence=_cost(image, target, shares[label], loss),
        arithmetic=_loss_written(wanted, shares, loss),
        output=np.asarray(loss),
        code=partial(_loss_code, shares, label),
    )


@explore_cross_entropy.when("probabilities")
def _leave_the_rest(probabilities, moved):
    """Give the other three what is left, in the proportions they had: the sum stays 1."""
    others = {name: p for name, p in probabilities.items() if name != moved}
    return dict(zip(others, _in_parts(WHOLE - probabilities[moved], [*others.values()]), strict=True))


def _in_parts(whole: int, weights: Sequence[int]) -> list[int]:
    """Divide a whole number into whole parts of at least 1, in about the proportions of the weights."""
    exact = 1 + (whole - len(weights)) * np.array(weights) / sum(weights)
    parts = np.floor(exact).astype(int)
    parts[np.argsort(parts - exact, kind="stable")[: whole - parts.sum()]] += 1
    return parts.tolist()


def _cost(picture: str, target: str, share: float, loss: float) -> str:
    shows = f"The picture shows a {picture} and its label says so."
    if picture != target:
        shows = (
            f"The picture shows a {picture}, but its label says {target}, and the loss knows only the label."
        )
    guess = np.log(len(CLASSES))
    against = (
        "less than"
        if share > 1 / len(CLASSES)
        else "as much as"
        if share == 1 / len(CLASSES)
        else "more than"
    )
    return (
        f"{shows} The network gives {target} {number_text(share)}, so the loss is −ln {number_text(share)} = "
        f"{number_text(loss)}: {against} a guess among four would cost, {number_text(guess)}."
    )


def _loss_written(wanted: np.ndarray, shares: np.ndarray, loss: float) -> list[tuple[str, str]]:
    pieces = [("loss = −(", "")]
    for i, (t, p) in enumerate(zip(wanted, shares, strict=True)):
        pieces += [(" + " if i else "", ""), (number_text(t), "weight"), ("·ln ", "")]
        pieces.append((number_text(p), "pixel" if t else ""))
    return [*pieces, (") = ", ""), (number_text(loss), "total")]


def _loss_code(shares: np.ndarray, label: int) -> dict[str, str]:
    start = f"p = {shares.tolist()}\nlabel = {label}\n"
    numpy = "target = np.eye(4)[label]\nresult = -np.sum(target * np.log(p))"
    torch = (
        "logits = torch.tensor(p, dtype=torch.float64).log()  # softmax makes p of them again\n"
        "result = F.cross_entropy(logits[None], torch.tensor([label])).numpy()"
    )
    return {
        "NumPy": f"import numpy as np\n\n{start}{numpy}",
        "PyTorch": f"import torch\nimport torch.nn.functional as F\n\n{start}{torch}",
    }
