"""Lesson 11: the same network with two numbers at its end, which learn to say where a digit lies."""

from collections.abc import Iterable
from functools import cache, lru_cache, partial
from typing import Any, NamedTuple

import numpy as np

from cnnlib.demo import controls as make
from cnnlib.demo.numbers import number_text
from cnnlib.demo.old_lab import Lab
from cnnlib.demo.progress import BROKEN, Moment, progress, what_next
from cnnlib.demo.training_data import OPTIMISERS, RATES, held_out, material, network, optimiser_of
from cnnlib.demo.view import View, mosaic
from cnnlib.lessons.l11_train_a_small_cnn.centres import centres, mean_distance
from cnnlib.lessons.l11_train_a_small_cnn.curves import trend
from cnnlib.lessons.l11_train_a_small_cnn.training_code import regression_code
from cnnlib.nn import Run, mean_squared_error
from cnnlib.nn.layers import Array

PICTURES, SIDE = 3000, 16  # to learn from; and rows and columns of each
MIDDLE, HALF = (SIDE - 1) / 2, SIDE / 2
SHOWN, FINE = 12, 4  # held-out pictures, drawn with so many rows for each of theirs
ORANGE, GREEN = (230, 159, 0), (0, 190, 120)
LABELS = {
    "noise": "noise",
    "learning_rate": "learning rate",
    "optimiser": "optimiser",
    "epochs": "epochs",
    "seed": "seed",
}


class Placed(NamedTuple):
    """Pictures (N, 1, 16, 16), and row and column of the centre of each, −1 to 1 (N, 2)."""

    images: Array
    labels: Array


def explore_regression(
    *,
    noise: float = 0.2,
    learning_rate: float = 0.03,
    optimiser: str = "SGD",
    epochs: int = 6,
    seed: int = 0,
    start: bool = False,
    hide: Iterable[str] = (),
    lock: Iterable[str] = (),
) -> Lab:
    """Train a network to say where the centre of a digit's ink lies: two numbers in place of ten classes.

    Parameters
    ----------
    noise : float
        Added to every pixel, the standard deviation of it: 0 to 0.5, where ink is 1.
    learning_rate : float
        One of 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.
    optimiser : {"SGD", "Adam"}
    epochs : int
        How often every picture is seen, 1 to 20.
    seed : int
        Of weights and order, 0 to 9.
    start : bool
        Train at once; a cell waits for it by ``await demo.finished()``.
    hide, lock : str or iterable of str
        Controls to hide or to hold.

    Returns
    -------
    Lab
        With `output`, row and column that the network says of each held-out picture, in pixels.

    Raises
    ------
    ValueError
        If a name or a setting is unknown.

    Examples
    --------
    >>> demo = explore_regression(epochs=1)
    >>> demo.step.click()
    >>> demo.output.shape
    (355, 2)
    """
    settings = {
        "noise": make.slider(LABELS["noise"], float(noise), 0.0, 0.5, 0.1),
        "learning_rate": make.choice(LABELS["learning_rate"], RATES, learning_rate),
        "optimiser": make.choice(LABELS["optimiser"], OPTIMISERS, optimiser),
        "epochs": make.slider(LABELS["epochs"], epochs, 1, 20),
        "seed": make.slider(LABELS["seed"], seed, 0, 9),
    }
    title, question = "A number instead of a class", "can the same network say where the digit lies?"
    return Lab(title, question, settings, _view, _begin, start=start, hide=hide, lock=lock)


@cache
def _placed(part: str) -> Placed:
    """Return digits and the centres of their ink, before any noise."""
    split = held_out("digits") if part == "test" else material("digits").train.take(PICTURES)
    return Placed(split.images, ((centres(split.images) - MIDDLE) / HALF).astype(np.float32))


@lru_cache(maxsize=4)
def _noisy(part: str, noise: float) -> Placed:
    clean = _placed(part)
    rng = np.random.default_rng(len(clean.images))
    return clean._replace(images=clean.images + noise * rng.standard_normal(clean.images.shape, np.float32))


def _begin(*, noise: float, learning_rate: float, optimiser: str, epochs: int, seed: int) -> Run:
    model = network((1, SIDE, SIDE), 2, seed=seed)
    return Run(
        model,
        _noisy("train", noise),
        _noisy("test", noise),
        score=lambda outputs, targets: mean_distance(HALF * outputs, HALF * targets),
        loss=mean_squared_error,
        epochs=epochs,
        optimiser=optimiser_of(optimiser, model, learning_rate),
        seed=seed,
    )


_fresh = lru_cache(maxsize=2)(_begin)  # what a training would begin with, to look at only


def _view(*, at: Moment, **settings) -> View:
    run = at.run or _fresh(**settings)
    begun = at.begun or settings
    said = MIDDLE + HALF * run.outputs
    panels = [
        progress(at, run.total),
        trend(
            "distance",
            run.scores,
            "each time",
            keep=0.5,
            ylabel="mean distance (pixels)",
            caption=f"{len(said)} pictures, never trained on;\nalways saying the mean: {_baseline():.1f}",
            xlim=(0, run.total),
            ylim=(0, 7),
        ),
        mosaic(
            "pictures",
            _marked(run.held_out.images[:SHOWN, 0], _where(run.held_out)[:SHOWN], said[:SHOWN]),
            "green: the centre of the ink,\norange: where the network says it is",
            columns=4,
            kind="rgb",
            size=340,
        ),
    ]
    panels[1].new_row = True
    code = None if at.state == BROKEN else partial(regression_code, begun, [*run.scores][-1], PICTURES)
    return View(panels, _sentence(at, run, begun, settings), output=said, code=code)


def _where(placed: Placed) -> Array:
    return MIDDLE + HALF * placed.labels


@cache
def _baseline() -> float:
    """Return by how many pixels one is off who always says the mean of the training pictures."""
    targets = _placed("test").labels
    return HALF * mean_distance(np.broadcast_to(_placed("train").labels.mean(axis=0), targets.shape), targets)


def _marked(images: Array, true: Array, said: Array) -> Array:
    """Draw pictures (N, H, W) larger and in colour (N, H', W', 3), with a cross at each of two places."""
    large = np.clip(255 * np.repeat(np.repeat(images, FINE, axis=1), FINE, axis=2), 0, 255)
    drawn = np.stack([large] * 3, axis=-1)
    for places, color in ((true, GREEN), (said, ORANGE)):
        middles = np.clip(np.rint(FINE * places + (FINE - 1) / 2), 0, FINE * SIDE - 1).astype(int)
        for picture, (row, col) in zip(drawn, middles, strict=True):
            picture[row : row + 2, max(col - 4, 0) : col + 6] = color
            picture[max(row - 4, 0) : row + 6, col : col + 2] = color
    return drawn


def _sentence(at: Moment, run: Run, begun: dict[str, Any], settings: dict[str, Any]) -> str:
    off = f"{[*run.scores.values()][-1]:.1f} pixels"
    if not run.number:
        text = (
            f"Before the first step the network's place is off by {off} on average. Only its last layer and "
            "its loss are not those for classes: two outputs, row and column, and their squared error. "
            f"{begun['optimiser']} will train it with learning rate {number_text(begun['learning_rate'])}, "
            f"{run.total:,} steps."
        )
    else:
        loss = f"{number_text(run.losses[0], 2)} to {number_text(np.mean(run.losses[-10:]), 2)}"
        text = (
            f"After {run.number:,} of {run.total:,} steps: the squared error has gone from {loss}, and on "
            f"{len(run.outputs)} held-out pictures the place is off by {off} on average; always saying the "
            f"mean would be off by {_baseline():.1f}."
        )
    more = at.why if at.state == BROKEN else ""
    return " ".join(filter(None, [text, more, what_next(at, LABELS, settings)]))
