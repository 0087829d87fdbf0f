"""Lesson 12, what LeNet gets wrong, and how certain it is of that."""

from functools import cache, partial
from itertools import pairwise
from typing import Annotated, NamedTuple

import numpy as np

from cnnlib.activations import softmax
from cnnlib.demo.axes import LINES, MUTED, TEXT, Words, set_ticks
from cnnlib.demo.chart import chart
from cnnlib.demo.declare import Place, Pointed, Switch, demo
from cnnlib.demo.view import Panel, Point, View, gray, mosaic
from cnnlib.demo.words import certain_text, count_text, percent_text
from cnnlib.lessons.l12_inside_a_trained_network.lenet_digit import (
    a_digit,
    certainty_bars,
    digits_for_lenet,
    network,
    starts,
)
from cnnlib.nn.datasets import digits
from cnnlib.nn.drawn import centre_digit
from cnnlib.transforms import rotate

POSES = {"upright": 0, "turned left": 1}  # quarter turns
SHOWN, COLUMNS = 16, 4
SURE, VERY_SURE = 0.9, 0.99
BARS = (0, 0.5, 0.7, SURE, 1)  # between these, digits are counted together


@demo("LeNet's mistakes", "how certain is it when it is wrong?")
def explore_mistakes(
    pose: Annotated[
        str, Switch(POSES, label="digits"), "As they were written, or after a quarter turn, never trained on"
    ] = "upright",
    *,
    at: Annotated[Place, Pointed, "The mistake to begin with"] = (0, 0),
) -> View:
    """Look through LeNet's mistakes, the most certain first; point at one to see all its certainties.

    They are among the 355 test digits of `cnnlib.nn.digits`. The output is the probabilities of the pictures
    that are shown, (16, 10).

    >>> demo = explore_mistakes()
    >>> demo.text.split(". ")[0]
    'A person wrote a 4; the network sees a 6, 99 % certain, and 1 % of 4'
    """
    pictures, shares, wrong = _gallery(pose)
    shown = wrong[:SHOWN]

    at = at.within((SHOWN // COLUMNS, COLUMNS))
    one = shown[COLUMNS * at.row + at.col]
    label, seen = int(digits_for_lenet()[1][one]), int(shares[one].argmax())
    certain, less = (certain_text(shares[one, digit]) for digit in (seen, label))
    few = "the mistakes" if len(wrong) <= SHOWN else f"{SHOWN} of {len(wrong)} mistakes"
    return View(
        panels=[
            mosaic(
                "mistakes",
                pictures[shown],
                f"{few}, most certain first",
                columns=COLUMNS,
                kind="gray",
                high=1,
                size=240,
                point=Point("at"),
                cursor=at,
            ),
            gray(
                "one",
                pictures[one],
                f"test digit {one}: {a_digit(label)}\nto the person who wrote it",
                high=1,
                size=192,
                symbol="→",
            ),
            certainty_bars("softmax", shares[one]),
            _reliability(pose),
        ],
        sentence=f"A person wrote {a_digit(label)}; the network sees {a_digit(seen)}, {certain} certain, and "
        f"{less} of {label}. {_calibration(pose)}",
        output=shares[shown].copy(),
        code=partial(_code, POSES[pose]),
    )


explore_mistakes.when("pose", lambda: {"at": (0, 0)})


class _Gallery(NamedTuple):
    """The pictures of a pose, and what the network makes of them."""

    pictures: np.ndarray  # (355, 32, 32)
    shares: np.ndarray  # (355, 10)
    wrong: np.ndarray  # their numbers where it is wrong, the most certain first


@cache
def _gallery(pose: str) -> _Gallery:
    pictures, labels = digits_for_lenet()
    if turns := POSES[pose]:
        pictures = np.stack([centre_digit(rotate(image[0], turns)) for image in digits().test.images])
    shares = softmax(network().outputs(pictures[:, None].astype(float)))
    wrong = np.flatnonzero(shares.argmax(axis=1) != labels)
    return _Gallery(pictures, shares, wrong[np.argsort(-shares[wrong].max(axis=1), kind="stable")])


@cache
def _calibration(pose: str) -> str:
    """Set certainty beside the share of right answers, over all pictures of a pose."""
    _, shares, wrong = _gallery(pose)
    certain = shares.max(axis=1)
    mean, right = percent_text(certain.mean()), percent_text(1 - len(wrong) / len(certain))
    counts = [
        f"{count_text(int((certain[wrong] > bar).sum()), 'mistake')} in {(certain > bar).sum()}"
        for bar in (SURE, VERY_SURE)
    ]
    return (
        f"Its accuracy on {len(certain)} digits is {right}, its mean certainty {mean}. Where it is "
        f"over {percent_text(SURE)} certain, it makes {counts[0]}; where over {percent_text(VERY_SURE)}, "
        f"{counts[1]}."
    )


def reliability(shares: np.ndarray, labels: np.ndarray) -> list[tuple[float, float, int]]:
    """Return mean certainty, share of right answers and number of pictures, of those about as certain.

    Examples
    --------
    >>> shares = np.array([[0.8, 0.2], [0.2, 0.8], [0.4, 0.6]])
    >>> [tuple(map(float, found)) for found in reliability(shares, np.array([0, 0, 1]))]
    [(0.6, 1.0, 1.0), (0.8, 0.5, 2.0)]
    """
    certain, right = shares.max(axis=1), shares.argmax(axis=1) == labels
    groups = [(low < certain) & (certain <= high) for low, high in pairwise(BARS)]
    return [(certain[some].mean(), right[some].mean(), int(some.sum())) for some in groups if some.any()]


def _reliability(pose: str) -> Panel:
    """Set the share of right answers against the certainty: a calibrated network is on the diagonal."""
    found = reliability(_gallery(pose).shares, digits_for_lenet()[1])

    def draw(axes) -> None:
        axes.set(xlim=(30, 104), ylim=(0, 125), xlabel="certainty, mean (%)", ylabel="right (%)")
        set_ticks(axes.xaxis, {n: str(n) for n in (40, 60, 80, 100)})
        set_ticks(axes.yaxis, {n: str(n) for n in (0, 25, 50, 75, 100)})
        axes.plot([30, 100], [30, 100], ":", color=MUTED, linewidth=1.5)
        x, y, _ = 100 * np.array(found).T
        axes.plot(x, y, "-o", color=LINES[0], linewidth=2, markersize=7)
        words = Words(axes)
        for certain, right, count in found:
            words.write(100 * certain, 100 * right + 6, str(count), TEXT, "center", "bottom")

    said = "; ".join(f"{n} about {percent_text(c)} certain, {percent_text(r)} right" for c, r, n in found)
    caption = "reliability diagram: digits grouped by certainty, with their number; dotted: calibrated"
    return chart("reliability", draw, caption, size=(560, 190), alt=f"reliability: {said}", new_row=True)


def _code(turns: int) -> dict[str, str]:
    numpy, torch = (
        text.replace("image[0]", f"np.rot90(image[0], {turns})") if turns else text for text in starts(None)
    )
    sort = (
        "wrong = np.flatnonzero(shares.argmax(axis=1) != digits().test.labels)\n"
        "order = np.argsort(-shares[wrong].max(axis=1))\n"
        f"result = shares[wrong[order][:{SHOWN}]]"
    )
    ask = "with torch.no_grad():\n    shares = torch.softmax(model(x), 1).numpy()\n"
    call = "shares = softmax(model.outputs(pictures.astype(float)))\n"
    return {
        "NumPy": f"from cnnlib import softmax\n{numpy}{call}{sort}",
        "PyTorch": f"{torch}{ask}{sort}",
    }
