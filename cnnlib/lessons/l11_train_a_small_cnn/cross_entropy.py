"""Lesson 11, before the training lab: probabilities become a loss."""

from collections.abc import Iterable, Sequence
from functools import partial

import numpy as np

from cnnlib.demo import controls as make
from cnnlib.demo.chart import lines
from cnnlib.demo.frame import Demo
from cnnlib.demo.numbers import number_text
from cnnlib.demo.tables import table
from cnnlib.demo.view import View, rgb
from cnnlib.lessons.l11_train_a_small_cnn.pictograms import CLASSES, pictogram
from cnnlib.lessons.l11_train_a_small_cnn.softmax import four
from cnnlib.nn.losses import softmax_cross_entropy

WHOLE = 100  # probabilities are set in whole percent


def explore_cross_entropy(
    image: str = "boat",
    probabilities: Sequence[float] = (0.94, 0.01, 0.04, 0.01),
    *,
    target: str | None = None,
    hide: Iterable[str] = (),
    lock: Iterable[str] = (),
) -> Demo:
    """Choose a picture, its label and what the network says, and see the loss written out.

    Parameters
    ----------
    image : {"boat", "bird", "cat", "dog"}
        What is shown.
    probabilities : sequence of 4 floats
        The network's answer, in whole percent, each at least 0.01 and all together 1.
    target : str, optional
        The label; default: what the picture shows. It can be wrong: the loss knows nothing else.
    hide, lock : str or iterable of str
        Controls to hide or to hold.

    Returns
    -------
    Demo
        With `output`, the loss, an array without axes.

    Raises
    ------
    ValueError
        If a name is unknown, or the probabilities are not four that add up to 1.

    Examples
    --------
    >>> demo = explore_cross_entropy()
    >>> demo.output.round(4).item()
    0.0619
    >>> demo.target.value = "cat"
    >>> demo.output.round(4).item()
    3.2189
    """
    given = four("explore_cross_entropy", "probabilities", probabilities)
    percent = {name: round(WHOLE * p) for name, p in given.items()}
    if min(percent.values()) < 1 or sum(percent.values()) != WHOLE:
        raise ValueError(
            f"explore_cross_entropy: probabilities {tuple(probabilities)} must be at least 0.01 each and "
            "add up to 1, in steps of 0.01"
        )
    settings = {
        "image": make.choice("picture", CLASSES, image),
        "target": make.choice("its label", CLASSES, target or image),
    }
    settings |= {
        name: make.slider(f"{name} (%)", p, 1, WHOLE - len(CLASSES) + 1) for name, p in percent.items()
    }
    question = "what does a wrong answer cost?"
    demo = Demo("Cross-entropy", question, settings, _cross_entropy, hide=hide, lock=lock)
    demo.when("image", lambda change: demo.set(target=change.new))
    for name in CLASSES:
        demo.when(name, partial(_leave_the_rest, demo, name))
    return demo


def _leave_the_rest(demo: Demo, moved: str, _change) -> None:
    """Give the other three what is left, in the proportions they had: the sum stays 1."""
    others = [name for name in CLASSES if name != moved]
    values = [getattr(demo, name).value for name in others]
    demo.set(**dict(zip(others, _in_parts(WHOLE - getattr(demo, moved).value, values), strict=True)))


def _in_parts(whole: int, weights: Sequence[int]) -> list[int]:
    """Divide a whole number into whole parts of at least 1, in about the proportions of the weights."""
    exact = 1 + (whole - len(weights)) * np.array(weights) / sum(weights)
    parts = np.floor(exact).astype(int)
    parts[np.argsort(parts - exact, kind="stable")[: whole - parts.sum()]] += 1
    return parts.tolist()


def _cross_entropy(image: str, target: str, **percent: int) -> View:
    label, shares = CLASSES.index(target), np.array(list(percent.values())) / WHOLE
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
        panels,
        _cost(image, target, shares[label], loss),
        _loss_written(wanted, shares, loss),
        output=np.asarray(loss),
        code=partial(_loss_code, shares, label),
    )


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
