"""Lesson 11: the same training twice, side by side; only the seed of weights and order differs."""

from collections.abc import Mapping
from functools import partial
from typing import Annotated

import numpy as np

from cnnlib.demo.chart import lines
from cnnlib.demo.declare import Choice, Slider
from cnnlib.demo.lab import FRESH, Moment, accuracies, lab, measured, progress
from cnnlib.demo.training_code import both, indented, layers_text, network_texts, share_texts, steps_texts
from cnnlib.demo.training_data import material, network, optimiser_of, parts, parts_text
from cnnlib.demo.view import Panel, View
from cnnlib.demo.words import percent_text
from cnnlib.lessons.l11_train_a_small_cnn.training_panels import filters
from cnnlib.nn import Run, smooth
from cnnlib.nn.several import Race

BATCH, RATE, FILTERS = 64, 0.03, 8


@lab(
    "Two seeds", "does the same training find the same filters?", pace=12, order="first second epochs dataset"
)
def explore_two_seeds(
    dataset: Annotated[str, Choice(("digits", "shapes"), label="pictures")] = "digits",
    *,
    first: Annotated[int, Slider(0, 9, label="seed of the first"), "Of weights and order"] = 0,
    second: Annotated[int, Slider(0, 9, label="seed of the second"), "Of weights and order"] = 1,
    epochs: Annotated[int, Slider(1, 4), "How often every picture is seen"] = 2,
) -> Race:
    """Train two networks that differ in their seed alone, side by side.

    The output is the two accuracies; `run.runs` holds the trainings by name.

    >>> demo = explore_two_seeds()
    >>> demo.step.click()
    >>> [*demo.run.runs]
    ['first, seed 0', 'second, seed 1']
    """
    data = parts(dataset)
    classes = len(material(dataset).classes)

    def begin(seed: int) -> Run:
        model = network(data.train.images.shape[1:], classes, filters=FILTERS, seed=seed)
        optimiser = optimiser_of("SGD", model, RATE)
        settings = {"epochs": epochs, "batch_size": BATCH, "optimiser": optimiser, "seed": seed}
        return Run(model, data.train, data.validation, looks=8, **settings)

    return Race({f"first, seed {first}": begin(first), f"second, seed {second}": begin(second)})


@explore_two_seeds.seen
def _view(at: Moment) -> View:
    race = at.run
    shares = {name: [*run.scores.values()][-1] for name, run in race.runs.items()}
    layers = [
        filters(run.model[0], name, f"{name}: {percent_text(shares[name])}", size=190, new_row=not i)
        for i, (name, run) in enumerate(race.runs.items())
    ]
    number = [*next(iter(race.runs.values())).scores][-1]
    return View(
        panels=[progress(at), _losses(race), accuracies(race, size=(350, 220)), *layers],
        sentence=_sentence(at, race, shares),
        output=np.array([*shares.values()]),
        code=None if at.why else partial(_code, at.begun, number),
    )


def _losses(race: Race) -> Panel:
    """Show the smoothed loss of both over the steps; before the first step a curve outside of the chart."""
    curves = {
        name: (1 + np.arange(len(run.losses)), smooth(run.losses)) if run.losses else ([-1], [0])
        for name, run in race.runs.items()
    }
    told = ", ".join(f"{name} {curve[-1]:.2f}" for name, (_, curve) in curves.items())
    axis = {"xlabel": "step", "ylabel": "loss, smoothed", "xlim": (0, race.total), "ylim": (0, 3)}
    alt = f"loss after {race.number} steps: {told}" if race.number else "loss: nothing yet"
    return lines("loss", (), curves, size=(350, 220), new_row=True, alt=alt, **axis)


def _sentence(at: Moment, race: Race, shares: Mapping[str, float]) -> str:
    begun = at.begun
    if at.state == FRESH:
        apart = "Only their random first weights and the order of the pictures differ."
        if begun["first"] == begun["second"]:
            apart = "They have the same seed: twins to the last digit."
        text = (
            "Two networks of the same layers will see the same pictures, with the same learning rate, in "
            f"{race.total:,} steps. {apart}"
        )
        return f"{text} {at.next}".strip()
    told = "; ".join(f"{name}: {percent_text(share)}" for name, share in shares.items())
    run = next(iter(race.runs.values()))
    gap = abs(np.subtract(*(round(100 * share) for share in shares.values())))
    chance = (
        "Same seed, same numbers: a training can be repeated exactly."
        if begun["first"] == begun["second"]
        else f"Chance alone makes a difference of {gap} point{'' if gap == 1 else 's'}, and other filters."
    )
    text = (
        f"After {race.number:,} of {race.total:,} steps, accuracy on {len(run.held_out)} validation "
        f"pictures{measured(run)}: {told}. {chance}"
    )
    return " ".join(filter(None, [text, at.why, at.next]))


def _code(begun: Mapping, number: int) -> dict[str, str]:
    data = material(begun["dataset"])
    begin = (
        f"{parts_text(begun['dataset'])}\nresult = []\nfor seed in ({begun['first']}, {begun['second']}):\n"
    )
    made = network_texts(layers_text(data.train.images.shape[1:], len(data.classes)), "seed")
    settings = {"learning_rate": RATE, "epochs": begun["epochs"], "batch_size": BATCH, "seed": "seed"}
    steps = steps_texts("part", number, **settings)
    return both(
        *(
            begin + indented(f"{network}{taken}result.append({share})")
            for network, taken, share in zip(made, steps, share_texts("validation"), strict=True)
        )
    )
