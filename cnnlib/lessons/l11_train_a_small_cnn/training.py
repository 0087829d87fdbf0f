"""Lesson 11, the training lab: a small network learns while one looks at everything in it."""

from collections.abc import Iterable
from functools import lru_cache, partial
from typing import Any

import numpy as np

from cnnlib.demo import controls as make
from cnnlib.demo.controls import Hidden
from cnnlib.demo.lab import Lab
from cnnlib.demo.numbers import number_text
from cnnlib.demo.progress import BROKEN, Moment, progress, what_next
from cnnlib.demo.training_data import (
    BATCHES,
    OPTIMISERS,
    RATES,
    held_out,
    material,
    names,
    network,
    optimiser_of,
)
from cnnlib.demo.view import View
from cnnlib.demo.words import percent_text
from cnnlib.lessons.l11_train_a_small_cnn.training_code import training_code
from cnnlib.lessons.l11_train_a_small_cnn.training_views import ANY, confusion, curves, filters, inside
from cnnlib.nn import Run

LABELS = {
    "dataset": "pictures",
    "filters": "filters",
    "kernel_size": "kernel size",
    "learning_rate": "learning rate",
    "batch_size": "batch",
    "optimiser": "optimiser",
    "epochs": "epochs",
    "seed": "seed",
}


def explore_training(
    dataset: str = "digits",
    *,
    filters: int = 8,
    kernel_size: int = 5,
    learning_rate: float = 0.03,
    batch_size: int = 64,
    optimiser: str = "SGD",
    epochs: int = 8,
    seed: int = 0,
    start: bool = False,
    hide: Iterable[str] = (),
    lock: Iterable[str] = (),
) -> Lab:
    """Train a small network, and watch its loss, its filters, its feature maps and its mistakes.

    Parameters
    ----------
    dataset : {"digits", "shapes", "pictograms", "MNIST"}
        MNIST can be chosen where it is on disk; asked for here, it is downloaded.
    filters : int
        Of the first of two convolutions, 2 to 16; the second has twice as many.
    kernel_size : int
        Of the first, 3, 5 or 7.
    learning_rate : float
        One of 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.
    batch_size : int
        8, 16, 32 or 64.
    optimiser : {"SGD", "Adam"}
        SGD has momentum 0.9.
    epochs : int
        How often every picture is seen, 1 to 30.
    seed : int
        Of weights and order, 0 to 9.
    start : bool
        Train at once; a cell waits for it by ``await demo.finished()``.
    hide, lock : str or iterable of str
        Controls to hide or to hold.

    Returns
    -------
    Lab
        With `output`, the filters of layer 1; `model`, the network; and `history`, its losses and scores.

    Raises
    ------
    ValueError
        If a name or a setting is unknown.

    Examples
    --------
    >>> demo = explore_training(epochs=1)
    >>> demo.step.click()
    >>> demo.text.split(":")[0]
    'After 1 of 181 steps, in epoch 1 of 1'
    """
    settings = {
        "learning_rate": make.choice(LABELS["learning_rate"], RATES, learning_rate),
        "optimiser": make.choice(LABELS["optimiser"], OPTIMISERS, optimiser),
        "batch_size": make.choice(LABELS["batch_size"], BATCHES, batch_size),
        "epochs": make.slider(LABELS["epochs"], epochs, 1, 30),
        "filters": make.slider(LABELS["filters"], filters, 2, 16),
        "kernel_size": make.choice(LABELS["kernel_size"], (3, 5, 7), kernel_size),
        "seed": make.slider(LABELS["seed"], seed, 0, 9),
        "dataset": make.choice(LABELS["dataset"], names(dataset), dataset),
    }
    looking = {
        "example": make.slider("picture looked into", 0, 0, 99),
        "row": Hidden(ANY),
        "col": Hidden(ANY),
    }
    question = "how do kernels find themselves?"
    demo = Lab(
        "Training lab", question, settings, _view, _begin, looking=looking, start=start, hide=hide, lock=lock
    )
    demo.when("dataset", lambda _: demo.set(row=ANY, col=ANY))
    return demo


def _begin(*, dataset, filters, kernel_size, learning_rate, batch_size, optimiser: str, epochs, seed) -> Run:
    data = material(dataset)
    shape, classes = data.train.images.shape[1:], len(data.classes)
    model = network(shape, classes, filters=filters, kernel_size=kernel_size, seed=seed)
    return Run(
        model,
        data.train,
        held_out(dataset),
        epochs=epochs,
        batch_size=batch_size,
        optimiser=optimiser_of(optimiser, model, learning_rate),
        seed=seed,
    )


_fresh = lru_cache(maxsize=2)(_begin)  # what a training would begin with, to look at only


def _view(*, at: Moment, example: int, row: int, col: int, **settings) -> View:
    run = at.run or _fresh(**settings)
    begun = at.begun or settings
    data, part = material(begun["dataset"]), held_out(begun["dataset"])
    last = len(data.classes) - 1
    row, col = min(row, last), min(col, last)
    panels = [
        progress(at, run.total),
        *curves(run, len(data.classes)),
        filters(run.model[0]),
        *inside(run, part, data.classes, example),
        *confusion(run, data, row, col),
    ]
    for first in (1, 3, 6):
        panels[first].new_row = True
    return View(
        panels,
        _sentence(at, run, begun, settings),
        output=run.model[0].weights["weight"].copy(),
        code=None if at.state == BROKEN else partial(training_code, begun, run.number),
    )


def _sentence(at: Moment, run: Run, begun: dict[str, Any], settings: dict[str, Any]) -> str:
    classes, share = material(begun["dataset"]).classes, [*run.scores.values()][-1]
    right = f"{percent_text(share)} of {len(run.held_out)} held-out pictures are right"
    if not run.number:
        return (
            f"Before the first step the filters are random, and the network guesses among {len(classes)} "
            f"classes: {right}. {begun['optimiser']}, with learning rate "
            f"{number_text(begun['learning_rate'])} and {begun['batch_size']} pictures a step, will show it "
            f"{len(material(begun['dataset']).train):,} others, "
            f"{'once' if run.epochs == 1 else f'{run.epochs} times'}."
        )
    where = f"in epoch {run.epoch} of {run.epochs}"
    so_far = (
        f"After {run.number:,} of {run.total:,} steps, {where}: the loss has gone from "
        f"{number_text(run.losses[0], 2)} to {number_text(np.mean(run.losses[-10:]), 2)}, and {right}."
    )
    more = at.why if at.state == BROKEN else _dead(run, begun)
    return " ".join(filter(None, [so_far, more, what_next(at, LABELS, settings)]))


def _dead(run: Run, begun: dict[str, Any]) -> str:
    """Say so if the network gives every picture the same answer."""
    if np.ptp(run.outputs, axis=0).max() > 1e-3:
        return ""
    rate = number_text(begun["learning_rate"])
    return (
        f"But it gives every picture the same answer: the steps of learning rate {rate} were so large "
        "that the ReLUs died, they answer 0 to everything and no gradient passes. Try a smaller one."
    )
