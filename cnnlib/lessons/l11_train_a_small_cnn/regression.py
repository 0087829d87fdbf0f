"""Lesson 11: the same network with two numbers at its end, which learn to say where a digit lies."""

from collections.abc import Mapping
from functools import cache, lru_cache, partial
from typing import Annotated, NamedTuple

import numpy as np

from cnnlib.demo.declare import Choice, Slider
from cnnlib.demo.lab import Moment, lab, measured, progress
from cnnlib.demo.numbers import number_text
from cnnlib.demo.training_code import both, layers_text, network_texts, settings_text, steps_texts
from cnnlib.demo.training_data import OPTIMISERS, RATES, network, optimiser_of, parts, parts_text
from cnnlib.demo.view import View, mosaic
from cnnlib.lessons.l11_train_a_small_cnn.centres import centres, mean_distance
from cnnlib.lessons.l11_train_a_small_cnn.training_panels import rates_text, trend
from cnnlib.nn import Run, mean_squared_error
from cnnlib.nn.layers import Array

PICTURES, SIDE = 3000, 16  # to learn from; and rows and columns of each
MIDDLE, HALF = (SIDE - 1) / 2, SIDE / 2
SHOWN, FINE = 12, 4  # validation pictures, drawn with so many rows for each of theirs
ORANGE, GREEN = (230, 159, 0), (0, 190, 120)


class Placed(NamedTuple):
    """Pictures (N, 1, 16, 16), and row and column of the centre of each, −1 to 1 (N, 2)."""

    images: Array
    labels: Array


@lab(
    "A number instead of a class",
    "can the same network say where the digit is?",
    pace=6,
    live="learning_rate",
)
def explore_regression(
    *,
    noise: Annotated[
        float, Slider(0.0, 0.5, 0.1), "Added to every pixel: its standard deviation, where ink is 1"
    ] = 0.2,
    learning_rate: Annotated[float, Choice(RATES)] = 0.03,
    optimiser: Annotated[str, Choice(OPTIMISERS)] = "SGD",
    epochs: Annotated[int, Slider(1, 20), "How often every picture is seen"] = 6,
    seed: Annotated[int, Slider(0, 9), "Of weights and order"] = 0,
) -> Run:
    """Train a network to say where the centre of a digit's ink is: two numbers in place of ten classes.

    The output is row and column that the network says of each validation picture, in pixels.

    >>> demo = explore_regression(epochs=1)
    >>> demo.step.click()
    >>> demo.output.shape
    (288, 2)
    """
    model = network((1, SIDE, SIDE), 2, seed=seed)
    return Run(
        model,
        _noisy("train", noise),
        _noisy("validation", noise),
        score=lambda outputs, targets: mean_distance(HALF * outputs, HALF * targets),
        loss=mean_squared_error,
        epochs=epochs,
        optimiser=optimiser_of(optimiser, model, learning_rate),
        seed=seed,
    )


@explore_regression.seen
def _view(at: Moment) -> View:
    run, said = at.run, MIDDLE + HALF * at.run.outputs
    return View(
        panels=[
            progress(at),
            trend(
                "distance",
                run.scores,
                "each time",
                keep=0,
                ylabel="mean distance (pixels)",
                caption=f"on {len(said)} validation pictures;\nalways saying the mean: {_baseline():.1f}",
                xlim=(0, run.total),
                ylim=(0, 7),
                new_row=True,
            ),
            mosaic(
                "pictures",
                _marked(run.held_out.images[:SHOWN, 0], _where(run.held_out)[:SHOWN], said[:SHOWN]),
                "green: the centre of the ink;\norange: where the network says it is",
                columns=4,
                kind="rgb",
                size=340,
            ),
        ],
        sentence=_sentence(at, run),
        output=said,
        code=None if at.why else partial(_code, at.begun, run),
    )


@cache
def _placed(part: str) -> Placed:
    """Return digits and the centres of their ink, before any noise."""
    split = parts("digits").validation if part == "validation" else parts("digits").train.take(PICTURES)
    return Placed(split.images, ((centres(split.images) - MIDDLE) / HALF).astype(np.float32))


@lru_cache(maxsize=4)
def _noisy(part: str, noise: float) -> Placed:
    clean = _placed(part)
    rng = np.random.default_rng(len(clean.images))
    return clean._replace(images=clean.images + noise * rng.standard_normal(clean.images.shape, np.float32))


def _where(placed: Placed) -> Array:
    return MIDDLE + HALF * placed.labels


@cache
def _baseline() -> float:
    """Return by how many pixels one is off who always says the mean of the training pictures."""
    targets = _placed("validation").labels
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


def _sentence(at: Moment, run: Run) -> str:
    begun, off = at.begun, f"{[*run.scores.values()][-1]:,.1f} pixels"
    if not run.number:
        text = (
            f"Before the first step the network's position is off by {off} on average. This is regression: "
            "only the last layer and the loss differ from the classifier's, with two outputs, row and "
            f"column, and their squared error. {begun['optimiser']} will train it with learning rate "
            f"{number_text(begun['learning_rate'])}, {run.total:,} steps."
        )
    else:
        loss = f"{number_text(run.losses[0], 2)} to {number_text(np.mean(run.losses[-10:]), 2)}"
        text = (
            f"After {run.number:,} of {run.total:,} steps{rates_text(run)}: the squared error has gone from "
            f"{loss}, and on {len(run.outputs)} validation pictures the position is off by {off} on "
            f"average{measured(run)}; always saying the mean would be off by {_baseline():.1f}."
        )
    return " ".join(filter(None, (text, at.why, at.next)))


def _code(begun: Mapping, run: Run) -> dict[str, str]:
    number = [*run.scores][-1]
    rates = {n: rate for n, rate in run.rates.items() if n < number} or None
    begin = (
        "def placed(split):\n"
        "    noise = np.random.default_rng(len(split)).standard_normal(split.images.shape, np.float32)\n"
        "    places = (centres(split.images) - 7.5) / 8\n"
        f"    images = split.images + {begun['noise']} * noise\n"
        "    return SimpleNamespace(images=images.astype(np.float32), labels=places.astype(np.float32))\n\n\n"
        f"{parts_text('digits')}\n"
        f"part, validation = placed(part.take({PICTURES})), placed(validation)\n"
    )
    made = network_texts(layers_text((1, SIDE, SIDE), 2), begun["seed"])
    settings = settings_text(begun) | {"rates": rates, "loss": "mean_squared_error"}
    steps = steps_texts("part", number, **settings)
    said = "model.outputs(validation.images)", "model(torch.tensor(validation.images)).detach().numpy()"
    return both(
        *(
            f"{begin}{network}{taken}result = {MIDDLE} + {SIDE // 2} * {outputs}"
            for network, taken, outputs in zip(made, steps, said, strict=True)
        ),
        "from cnnlib.lessons.l11_train_a_small_cnn.centres import centres\n",
    )
