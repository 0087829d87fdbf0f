"""Lesson 11, overfitting: few pictures are learned by heart; and what augmentation changes."""

from collections.abc import Mapping
from functools import partial
from typing import Annotated, NamedTuple

import numpy as np

from cnnlib.demo.chart import lines
from cnnlib.demo.declare import Choice, Slider
from cnnlib.demo.lab import FRESH, Moment, lab, progress
from cnnlib.demo.numbers import number_text
from cnnlib.demo.training_code import both, layers_text, network_texts, share_texts, steps_texts
from cnnlib.demo.training_data import network, optimiser_of, parts, parts_text
from cnnlib.demo.view import Panel, View, mosaic
from cnnlib.demo.words import percent_text
from cnnlib.nn import Run, Split, random_shift, softmax_cross_entropy
from cnnlib.nn.layers import Array
from cnnlib.nn.measures import accuracy

BATCH, RATE, STEPS = 30, 0.03, 600
EVERY = 10  # steps between two measurements
SHOWN = 30  # of the pictures it learns from
WORST = 7  # loss at the upper end of the axis
GAP = 10  # points between the two accuracies from which one speaks of overfitting


class Both(NamedTuple):
    """What is measured on the training pictures and on the validation pictures."""

    training_loss: float
    validation_loss: float
    training: float
    validation: float


@lab(
    "Overfitting",
    "what does it know about pictures it was not trained on?",
    pace=7,
    order="pictures shift steps seed",
)
def explore_overfitting(
    pictures: Annotated[
        int, Choice((30, 60, 100, 300, 1000), label="training pictures"), "Handwritten digits"
    ] = 60,
    *,
    shift: Annotated[
        int,
        Slider(0, 4, label="augmentation: shift (pixels)"),
        "By how much each training picture is moved at most, anew at every step; 0 is no augmentation",
    ] = 0,
    steps: Annotated[int, Slider(200, 1200, 200), f"Of batches of {BATCH}"] = STEPS,
    seed: Annotated[int, Slider(0, 9), "Of weights, order and the choice of pictures"] = 0,
) -> Run:
    """Train a network on few digits, and compare what it makes of them and of others, step by step.

    The output is the two accuracies: on the pictures it learns from, and on the validation pictures.

    >>> demo = explore_overfitting()
    >>> demo.step.click()
    >>> demo.output.shape
    (2,)
    """
    few, validation = parts("digits").train.take(pictures, seed), parts("digits").validation
    seen = Split(*(np.concatenate(arrays) for arrays in zip(_arrays(few), _arrays(validation), strict=True)))
    model = network(few.images.shape[1:], 10, seed=seed)
    return Run(
        model,
        few,
        seen,
        score=partial(_score, pictures),
        looks=-(-pictures // BATCH) / EVERY,
        steps=steps,
        batch_size=BATCH,
        optimiser=optimiser_of("SGD", model, RATE),
        augment=random_shift(shift) if shift else None,
        seed=seed,
    )


def _arrays(part: Split) -> tuple[Array, Array]:
    return part.images, part.labels


def _score(pictures: int, outputs: Array, labels: Array) -> Both:
    halves = [(outputs[part], labels[part]) for part in (slice(pictures), slice(pictures, None))]
    return Both(*(softmax_cross_entropy(*half)[0] for half in halves), *(accuracy(*half) for half in halves))


@explore_overfitting.seen
def _view(at: Moment) -> View:
    run, begun = at.run, at.begun
    now = [*run.scores.values()][-1]
    return View(
        panels=[progress(at), *_charts(run), *_pictures(begun)],
        sentence=_sentence(at, run, now),
        output=np.array([now.training, now.validation]),
        code=None if at.why else partial(_code, begun, [*run.scores][-1], run.epochs),
    )


def _charts(run: Run) -> list[Panel]:
    """Show loss and accuracy of the two parts over the steps."""
    steps, scores = [*run.scores], np.array([*run.scores.values()])
    axis = {"xlabel": "step", "xlim": (0, run.total), "size": (350, 220)}
    loss = {"training": (steps, scores[:, 0]), "validation": (steps, np.minimum(scores[:, 1], WORST))}
    right = {"training": (steps, 100 * scores[:, 2]), "validation": (steps, 100 * scores[:, 3])}
    return [
        lines("loss", (), loss, ylabel="loss", ylim=(0, WORST), new_row=True, **axis),
        lines("accuracy", (), right, ylabel="accuracy (%)", ylim=(0, 101), **axis),
    ]


def _pictures(begun: Mapping) -> list[Panel]:
    """Show some of the pictures that are learned from; augmented, also as one step sees them."""
    few = parts("digits").train.take(begun["pictures"], begun["seed"]).images[:SHOWN]
    about = f"{min(SHOWN, begun['pictures'])} of the {begun['pictures']:,} training pictures"
    about = about if begun["pictures"] > SHOWN else f"the {SHOWN} training pictures"
    panels = [mosaic("few", 255 * few[:, 0], about, columns=10, kind="gray", size=340, new_row=True)]
    if begun["shift"]:
        moved = random_shift(begun["shift"])(few, np.random.default_rng(begun["seed"]))
        caption = "the same, as one step sees them:\nmoved anew at each step"
        panels.append(
            mosaic("moved", 255 * moved[:, 0], caption, columns=10, kind="gray", size=340, symbol="→")
        )
    return panels


def _sentence(at: Moment, run: Run, now: Both) -> str:
    begun = at.begun
    others = len(run.held_out) - begun["pictures"]
    if at.state == FRESH:
        moved = f", each moved by up to {begun['shift']} pixels anew at every step" if begun["shift"] else ""
        text = (
            f"A network will be trained on {begun['pictures']:,} digits{moved}, for {run.total:,} steps. "
            f"Every {EVERY} steps it is measured on these, and on {others} validation pictures that it never "
            "learns from."
        )
        return f"{text} {at.next}".strip()
    text = (
        f"After {[*run.scores][-1]:,} of {run.total:,} steps {percent_text(now.training)} of the training "
        f"pictures are right, and {percent_text(now.validation)} of {others} validation pictures."
    )
    return " ".join(filter(None, [text, at.why or _verdict(run, now), at.next]))


def _verdict(run: Run, now: Both) -> str:
    """Name what is seen: overfitting, and when the validation loss was lowest."""
    if round(100 * now.training) - round(100 * now.validation) < GAP:
        return "What it learned holds for pictures that it never saw."
    losses = {step: score.validation_loss for step, score in run.scores.items()}
    best = min(losses, key=losses.get)
    risen = ""
    if losses[best] < 0.8 * now.validation_loss:
        risen = (
            f" The validation loss was lowest after {best} steps, {number_text(losses[best], 2)}, and has "
            f"risen to {number_text(now.validation_loss, 2)} since."
        )
    return f"It knows the pictures it was trained on far better than others: overfitting.{risen}"


def _code(begun: Mapping, number: int, epochs: int) -> dict[str, str]:
    begin = f"{parts_text('digits')}\nfew = part.take({begun['pictures']}, {begun['seed']})\n"
    made = network_texts(layers_text((1, 16, 16), 10), begun["seed"])
    settings = {"learning_rate": RATE, "epochs": epochs, "batch_size": BATCH, "seed": begun["seed"]}
    augment = f"random_shift({begun['shift']})" if begun["shift"] else None
    steps = steps_texts("few", number, augment=augment, **settings)
    shares = zip(share_texts("few"), share_texts("validation"), strict=True)
    return both(
        *(
            f"{begin}{network}{taken}result = np.array([{training}, {validation}])"
            for network, taken, (training, validation) in zip(made, steps, shares, strict=True)
        )
    )
