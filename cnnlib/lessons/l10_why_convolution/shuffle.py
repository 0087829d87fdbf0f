"""Lesson 10: the pixels of all pictures are moved to other places; who notices?"""

from collections.abc import Mapping
from functools import partial
from typing import Annotated

import numpy as np

from cnnlib.demo.declare import Slider
from cnnlib.demo.lab import Moment, accuracies, lab, measured, progress
from cnnlib.demo.training_code import both, indented, share_texts
from cnnlib.demo.view import Panel, View, mosaic
from cnnlib.demo.words import percent_text
from cnnlib.lessons.l10_why_convolution.rivals import (
    COPIES,
    FARTHEST,
    RIVALS,
    contest,
    contest_texts,
    jittered,
    shuffled,
)
from cnnlib.nn import Dataset
from cnnlib.nn.several import Race

LOOKS = 3  # an epoch: every 30 steps


@lab("Shuffled pixels", "who needs neighbours?", pace=5, order="seed jitter")
def explore_shuffle(
    *,
    jitter: Annotated[
        int,
        Slider(0, FARTHEST, label="jitter (pixels)"),
        "How far a digit is off the centre at most, before the pixels are shuffled",
    ] = 2,
    seed: Annotated[int, Slider(0, 9), "Of weights and order"] = 0,
) -> Race:
    """Train a dense and a convolutional network on digits, and on the same digits with shuffled pixels.

    All pictures are shuffled alike: every pixel moves to a place of its own, always the same. The output is
    the shares of right answers: dense and convolution, then both with shuffled pixels; `run.runs` holds their
    trainings by name.

    >>> [*explore_shuffle().run.runs]
    ['dense', 'convolution', 'dense, shuffled', 'convolution, shuffled']
    """
    runs = {}
    for more, data in (("", jittered("digits", jitter)), (", shuffled", shuffled(jitter))):
        runs |= {name + more: contest(name, data, seed, looks=LOOKS) for name in RIVALS["digits"]}
    return Race(runs)


@explore_shuffle.seen
def _view(at: Moment) -> View:
    race, jitter = at.run, at.begun["jitter"]
    shares = {name: [*run.scores.values()][-1] for name, run in race.runs.items()}
    number = [*race.runs["dense"].scores][-1]
    return View(
        panels=[
            progress(at),
            accuracies(race, size=(460, 300), new_row=True),
            _pictures("digits", jittered("digits", jitter), "digits"),
            _pictures("shuffled", shuffled(jitter), "the same, shuffled"),
        ],
        sentence=_sentence(at, race, shares),
        output=np.array([*shares.values()]),
        code=None if at.why else partial(_code, at.begun, number),
    )


def _pictures(id: str, data: Dataset, caption: str) -> Panel:
    return mosaic(id, 255 * data.train.images[:8, 0], caption, columns=2, kind="gray", size=232)


def _sentence(at: Moment, race: Race, shares: dict[str, float]) -> str:
    if not race.number:
        text = (
            "Every picture has the pixels of its digit, but in an order that was drawn once and is the same "
            "for all. Two networks learn from the digits, two from the shuffled ones; "
            f"seed {at.settings['seed']} draws their first weights."
        )
    else:
        run = race.runs["dense"]
        told = "; ".join(f"{name} {percent_text(share)}" for name, share in shares.items())
        whole = {name: round(100 * share) for name, share in shares.items()}  # as a reader subtracts
        dense, conv = (whole[name] - whole[f"{name}, shuffled"] for name in RIVALS["digits"])
        text = (
            f"After {race.number:,} of {race.total:,} steps, accuracy on "
            f"{len(run.held_out)} test pictures{measured(run)}: {told}."
        )
        if race.number == race.total:  # before, all of them are guessing
            text += f" Shuffling costs the dense network {_points(dense)}, the convolution {_points(conv)}."
    return " ".join(filter(None, (text, at.why, at.next)))


def _points(lost: int) -> str:
    return "nothing" if lost <= 0 else "1 point" if lost == 1 else f"{lost} points"


def _code(begun: Mapping, number: int) -> dict[str, str]:
    begin = (
        f"data = digits(canvas=16, jitter={begun['jitter']}, copies={COPIES})\n"
        "result = []\n"
        "for move in (lambda images: images, shuffle_pixels):\n"
        "    part = Split(move(data.train.images), data.train.labels)\n"
        "    held_out = Split(move(data.test.images), data.test.labels)\n"
        f"    for name in {(*RIVALS['digits'],)}:\n"
    )
    texts = contest_texts("digits", "part", number, begun["seed"])
    return both(
        *(
            begin + indented(f"{training}result.append({share})", 8)
            for training, share in zip(texts, share_texts("held_out"), strict=True)
        ),
        "from cnnlib.connections import shuffle_pixels",
    )
