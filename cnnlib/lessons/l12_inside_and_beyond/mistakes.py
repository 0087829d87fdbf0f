"""Lesson 12, what LeNet gets wrong, and how certain it is of that."""

from collections.abc import Iterable
from functools import cache, partial
from typing import NamedTuple

import numpy as np

from cnnlib.activations import softmax
from cnnlib.demo import controls as make
from cnnlib.demo.controls import Hidden
from cnnlib.demo.frame import Demo
from cnnlib.demo.view import View, gray, mosaic
from cnnlib.demo.words import count_text, percent_text
from cnnlib.lessons.l12_inside_and_beyond.lenet_digit import (
    a_digit,
    certain_text,
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


def explore_mistakes(pose: str = "upright", *, hide: Iterable[str] = (), lock: Iterable[str] = ()) -> Demo:
    """Look through LeNet's mistakes, the most certain first; point at one to see all its certainties.

    Parameters
    ----------
    pose : {"upright", "turned left"}
        The 355 test digits of `cnnlib.nn.digits` as they were written, or after a quarter turn to the left,
        which the network never saw in training.
    hide, lock : str or iterable of str
        Controls to hide or to hold.

    Returns
    -------
    Demo
        With `output`, the probabilities of the pictures that are shown, (16, 10).

    Raises
    ------
    ValueError
        If the pose is unknown.

    Examples
    --------
    >>> demo = explore_mistakes()
    >>> demo.text.split(". ")[0]
    'A person wrote a 4; the network sees a 6, 99 % certain, and 1 % of 4'
    """
    settings = {
        "pose": make.switch("digits", POSES, pose),
        "row": Hidden(0),
        "col": Hidden(0),
    }
    question = "how certain is it when it is wrong?"
    demo = Demo("LeNet's mistakes", question, settings, _view, hide=hide, lock=lock)
    demo.when("pose", lambda _: demo.set(row=0, col=0))
    return demo


class Gallery(NamedTuple):
    """The pictures of a pose, and what the network makes of them."""

    pictures: np.ndarray  # (355, 32, 32)
    shares: np.ndarray  # (355, 10)
    wrong: np.ndarray  # their numbers where it is wrong, the most certain first


@cache
def _gallery(pose: str) -> Gallery:
    pictures, labels = digits_for_lenet()
    if turns := POSES[pose]:
        pictures = np.stack([centre_digit(rotate(image[0], turns)) for image in digits().test.images])
    shares = softmax(network().outputs(pictures[:, None].astype(float)))
    wrong = np.flatnonzero(shares.argmax(axis=1) != labels)
    return Gallery(pictures, shares, wrong[np.argsort(-shares[wrong].max(axis=1), kind="stable")])


def _view(*, pose: str, row: int, col: int) -> View:
    pictures, shares, wrong = _gallery(pose)
    shown = wrong[:SHOWN]
    one = shown[COLUMNS * row + col]
    label, seen = int(digits_for_lenet()[1][one]), int(shares[one].argmax())
    few = "the mistakes" if len(wrong) <= SHOWN else f"{SHOWN} of {len(wrong)} mistakes"
    panels = [
        mosaic(
            "mistakes",
            pictures[shown],
            f"{few}, most certain first",
            **{"columns": COLUMNS, "kind": "gray", "high": 1, "size": 280},
            **{"point": "row col", "cursor": (row, col)},
        ),
        gray(
            "one",
            pictures[one],
            f"test digit {one}: {a_digit(label)}\nto the person who wrote it",
            high=1,
            size=192,
        ),
        certainty_bars("softmax", shares[one]),
    ]
    panels[1].symbol = "→"
    certain, less = (certain_text(shares[one, digit]) for digit in (seen, label))
    said = (
        f"A person wrote {a_digit(label)}; the network sees {a_digit(seen)}, {certain} certain, and {less} "
        f"of {label}. {_calibration(pose)}"
    )
    return View(panels, said, output=shares[shown].copy(), code=partial(_code, POSES[pose]))


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
        f"It reads {right} of {len(certain)} digits rightly and is {mean} certain on average. Where it is "
        f"over {percent_text(SURE)} certain, it makes {counts[0]}; where over {percent_text(VERY_SURE)}, "
        f"{counts[1]}."
    )


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
