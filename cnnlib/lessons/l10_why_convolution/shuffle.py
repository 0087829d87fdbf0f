"""Lesson 10: the pixels of all pictures are moved to other places; who notices?"""

from collections.abc import Iterable
from functools import lru_cache

import numpy as np

from cnnlib.demo import controls as make
from cnnlib.demo.chart import lines
from cnnlib.demo.old_lab import Lab
from cnnlib.demo.progress import BROKEN, Moment, progress, what_next
from cnnlib.demo.view import View, mosaic
from cnnlib.demo.words import percent_text
from cnnlib.lessons.l10_why_convolution.rivals import (
    BATCH,
    FARTHEST,
    RATES,
    RIVALS,
    contest,
    jittered,
    shuffled,
)
from cnnlib.nn.several import Race

LABELS = {"jitter": "jitter", "seed": "seed"}
LOOKS = 12  # an epoch: every 30 steps
NUMPY = """\
from itertools import islice

import numpy as np
from cnnlib.connections import shuffle_pixels
from cnnlib.nn import SGD, Conv2D, Dense, Flatten, MaxPool2D, ReLU, Sequential, Split, digits, train

data = digits(canvas=16, jitter={jitter}, copies=8)
result = []
for move in (lambda images: images, shuffle_pixels):
    learned = Split(move(data.train.images), data.train.labels)
    held_out = Split(move(data.test.images), data.test.labels)
    dense = Sequential(Flatten(), Dense(256, 64), ReLU(), Dense(64, 10), seed={seed})
    convolution = Sequential(
        Conv2D(1, 8, 3, padding=1), ReLU(), MaxPool2D(2),
        Conv2D(8, 16, 3, padding=1), ReLU(), MaxPool2D(2),
        Flatten(), Dense(256, 10), seed={seed},
    )
    for model in (dense, convolution):
        steps = train(model, learned, batch_size={batch}, optimiser=SGD(model, {rate}), seed={seed})
        for step in islice(steps, {number}):
            pass  # step.loss, step.accuracy
        result.append(model.accuracy(held_out))
result = np.array(result)"""


def explore_shuffle(
    *,
    jitter: int = 2,
    seed: int = 0,
    start: bool = False,
    hide: Iterable[str] = (),
    lock: Iterable[str] = (),
) -> Lab:
    """Train a dense and a convolutional network on digits, and on the same digits with shuffled pixels.

    All pictures are shuffled alike: every pixel moves to a place of its own, always the same.

    Parameters
    ----------
    jitter : int
        How many pixels a digit lies from the middle at most, before the pixels are shuffled; 0 to 4.
    seed : int
        Of weights and order, 0 to 9.
    start : bool
        Train at once; a cell waits for it by ``await demo.finished()``.
    hide, lock : str or iterable of str
        Controls to hide or to hold.

    Returns
    -------
    Lab
        With `output`, the shares of right answers: dense and convolution, then both with shuffled pixels;
        and `run.runs`, their trainings by name.

    Raises
    ------
    ValueError
        If a setting lies outside its control.

    Examples
    --------
    >>> [*explore_shuffle().run.runs]
    ['dense', 'convolution', 'dense, shuffled', 'convolution, shuffled']
    """
    settings = {
        "seed": make.slider("seed", seed, 0, 9),
        "jitter": make.slider("jitter (pixels)", jitter, 0, FARTHEST),
    }
    title, question = "Shuffled pixels", "who needs neighbours?"
    return Lab(title, question, settings, _view, _begin, start=start, hide=hide, lock=lock)


def _begin(*, jitter: int, seed: int) -> Race:
    runs = {}
    for more, data in (("", jittered("digits", jitter)), (", shuffled", shuffled(jitter))):
        runs |= {name + more: contest(name, data, seed, looks=LOOKS) for name in RIVALS["digits"]}
    return Race(runs)


@lru_cache(maxsize=50)  # each jitter with each seed: a slider comes back
def _fresh(jitter: int, seed: int) -> Race:
    """Return what a training would begin with, to look at only."""
    return _begin(jitter=jitter, seed=seed)


def _view(*, at: Moment, jitter: int, seed: int) -> View:
    settings = {"jitter": jitter, "seed": seed}
    race, begun = at.run or _fresh(**settings), at.begun or settings
    shares = {name: [*run.scores.values()][-1] for name, run in race.runs.items()}
    curves = lines(
        "accuracy",
        (),
        {name: ([*run.scores], 100 * np.array([*run.scores.values()])) for name, run in race.runs.items()},
        xlabel="step",
        ylabel="right, % of held-out pictures",
        size=(460, 300),
        xlim=(0, race.total),
        ylim=(0, 101),
        new_row=True,
    )
    names = {**begun, "batch": BATCH, "rate": RATES["digits"], "number": [*race.runs["dense"].scores][-1]}
    return View(
        [
            progress(at, race.total),
            curves,
            _pictures("digits", jittered("digits", begun["jitter"]), "digits"),
            _pictures("shuffled", shuffled(begun["jitter"]), "the same, shuffled"),
        ],
        _sentence(at, race, shares, settings),
        output=np.array([*shares.values()]),
        code=None if at.state == BROKEN else lambda: {"NumPy": NUMPY.format(**names)},
    )


def _pictures(id: str, data, caption: str):
    return mosaic(id, 255 * data.train.images[:8, 0], caption, columns=2, kind="gray", size=232)


def _sentence(at: Moment, race: Race, shares: dict[str, float], settings: dict) -> str:
    if not race.number:
        text = (
            "Every picture has the pixels of its digit, but in an order that was drawn once and is the same "
            "for all. Two networks learn from the digits, two from the shuffled ones; "
            f"seed {settings['seed']} draws their first weights."
        )
    else:
        told = "; ".join(f"{name} {percent_text(share)}" for name, share in shares.items())
        whole = {name: round(100 * share) for name, share in shares.items()}  # as a reader subtracts
        dense, conv = (whole[name] - whole[f"{name}, shuffled"] for name in RIVALS["digits"])
        text = (
            f"After {race.number:,} of {race.total:,} steps, so many of "
            f"{len(race.runs['dense'].held_out)} held-out digits are right: {told}. "
            f"Shuffling costs the dense network {_points(dense)}, the convolution {_points(conv)}."
        )
    more = at.why if at.state == BROKEN else ""
    return " ".join(part for part in (text, more, what_next(at, LABELS, settings)) if part)


def _points(lost: int) -> str:
    return "nothing" if lost <= 0 else "1 point" if lost == 1 else f"{lost} points"
