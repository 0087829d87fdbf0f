"""Lesson 11: a kernel drawn by hand as layer 1 of a network, against kernels that begin at random."""

from collections.abc import Mapping
from functools import lru_cache, partial
from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike

from cnnlib.demo.code import array_text
from cnnlib.demo.declare import Cells, Choice, Slider
from cnnlib.demo.inputs import kernel_of
from cnnlib.demo.lab import Moment, accuracies, lab, measured, progress
from cnnlib.demo.numbers import number_text
from cnnlib.demo.training_code import (
    both,
    indented,
    layers_text,
    network_texts,
    settings_text,
    share_texts,
    steps_texts,
)
from cnnlib.demo.training_data import RATES, material, network, optimiser_of, parts, parts_text
from cnnlib.demo.view import View, signed
from cnnlib.demo.words import percent_text
from cnnlib.demo.zoo import zoo
from cnnlib.lessons.l11_train_a_small_cnn.quarter_turns import quarter_turns
from cnnlib.lessons.l11_train_a_small_cnn.training_panels import filters, rates_text
from cnnlib.nn import Run, Split
from cnnlib.nn.several import Race

TURNS = 4  # the kernel and its three quarter turns: the four filters of layer 1
BATCH = 32
# name: whether layer 1 begins with the learner's kernel, and whether it stays as it begins
RUNNERS = {
    "yours, frozen": (True, True),
    "yours, free": (True, False),
    "random, frozen": (False, True),
    "random, free": (False, False),
}


def _weights(where: str, kernel: ArrayLike) -> np.ndarray:
    array = kernel_of(where, kernel)
    if array.shape != (3, 3):
        raise ValueError(f"{where}: kernel {array.shape} does not fit layer 1; give 3 rows of 3 weights")
    return array


@lab(
    "Your kernel in layer 1",
    "does it help to begin with a kernel that somebody drew?",
    pace=6,
    order="kernel pictures steps learning_rate seed dataset zoo",
    live="learning_rate",
)
def explore_own_kernel(
    kernel: Annotated[
        np.ndarray, Cells(_weights, label="your kernel"), "A 3 x 3 kernel of `cnnlib.KERNELS`, or weights"
    ] = "Sobel, columns",
    dataset: Annotated[
        str,
        Choice(("shapes", "digits"), label="pictures"),
        "For shapes, the kernel looks at red, green and blue alike",
    ] = "digits",
    *,
    pictures: Annotated[int, Slider(100, 2000, 100, label="training pictures"), "To learn from"] = 1000,
    steps: Annotated[int, Slider(50, 1000, 50), "Of batches of 32"] = 600,
    learning_rate: Annotated[float, Choice(RATES)] = 0.03,
    seed: Annotated[int, Slider(0, 9), "Of weights, order and the choice of pictures"] = 0,
) -> Race:
    """Place a kernel of your own in layer 1, frozen or free, and let it compete with random ones.

    The four filters of layer 1 are the kernel and its quarter turns, each as long as random filters are. The
    output is the accuracies of the four networks; `run.runs` holds their trainings by name.

    >>> demo = explore_own_kernel()
    >>> demo.step.click()
    >>> [*demo.run.runs]
    ['yours, frozen', 'yours, free', 'random, frozen', 'random, free']
    """
    part = _part(dataset, pictures, seed)
    more = {"steps": steps, "learning_rate": learning_rate}
    return Race(
        {
            name: _runner(kernel, dataset, part, own, frozen, seed, **more)
            for name, (own, frozen) in RUNNERS.items()
        }
    )


@lru_cache(maxsize=2)
def _part(dataset: str, pictures: int, seed: int) -> Split:
    return parts(dataset).train.take(pictures, seed)


def _runner(
    kernel, dataset, part, own: bool, frozen: bool, seed: int, *, steps: int, learning_rate: float
) -> Run:
    classes = len(material(dataset).classes)
    model = network(part.images.shape[1:], classes, filters=TURNS, kernel_size=3, seed=seed)
    if own:
        model[0].weights["weight"][...] = quarter_turns(kernel, part.images.shape[1])
    model[0].frozen = frozen
    return Run(
        model,
        part,
        parts(dataset).validation,
        looks=2,
        steps=steps,
        batch_size=BATCH,
        optimiser=optimiser_of("SGD", model, learning_rate),
        seed=seed,
    )


@explore_own_kernel.seen
def _view(
    at: Moment, kernel: np.ndarray, *, zoo: Annotated[str, zoo("kernel", side=3, label="kernels")]
) -> View:
    race = at.run
    shares = {name: [*run.scores.values()][-1] for name, run in race.runs.items()}
    kernel_panel = signed(
        "kernel", kernel, "your kernel: click\na cell to change it", size=132, edit="kernel", new_row=True
    )
    layers = [
        filters(
            run.model[0],
            name,
            f"{name}: {percent_text(shares[name])}",
            size=120,
            new_row=name == "yours, frozen",
        )
        for name, run in race.runs.items()
    ]
    run = race.runs["yours, free"]
    return View(
        panels=[progress(at), kernel_panel, accuracies(race, size=(520, 200)), *layers],
        sentence=_sentence(at, race, shares),
        output=np.array([*shares.values()]),
        code=None if at.why else partial(_code, at.begun, run),
    )


def _sentence(at: Moment, race: Race, shares: dict[str, float]) -> str:
    begun = at.begun
    if not race.number:
        text = (
            "Four networks that differ in layer 1 alone: two begin with your kernel and its quarter turns, "
            "two with random filters; frozen ones keep them. "
            f"All learn from the same {begun['pictures']:,} pictures, in {race.total:,} steps, with "
            f"learning rate {number_text(begun['learning_rate'])}."
        )
    else:
        free = race.runs["yours, free"]
        found = "; ".join(f"{name}: {percent_text(share)}" for name, share in shares.items())
        text = (
            f"After {race.number:,} of {race.total:,} steps{rates_text(race)}, accuracy on "
            f"{len(free.held_out)} validation pictures{measured(free)}: {found}. Where it is free to "
            f"learn, your kernel has moved by {percent_text(_moved(race, begun))} of its length."
        )
    return " ".join(filter(None, (text, at.why, at.next)))


def _moved(race: Race, begun: Mapping) -> float:
    weight = race.runs["yours, free"].model[0].weights["weight"]
    start = quarter_turns(begun["kernel"], weight.shape[1])
    return float(np.linalg.norm(weight - start) / (np.linalg.norm(start) or 1))


def _code(begun: Mapping, run: Run) -> dict[str, str]:
    dataset, number = begun["dataset"], [*run.scores][-1]
    shape, classes = material(dataset).train.images.shape[1:], len(material(dataset).classes)
    rates = {n: rate for n, rate in run.rates.items() if n < number} or None
    settings = settings_text(begun) | {"epochs": run.epochs, "batch_size": BATCH, "rates": rates}
    made = network_texts(
        layers_text(shape, classes, filters=TURNS, kernel_size=3),
        begun["seed"],
        own=f"if own:\n    model[0].weights['weight'][...] = quarter_turns(kernel, {shape[0]})\n"
        "model[0].frozen = frozen\n",
        torch="model[0].requires_grad_(not frozen)\n",
    )
    steps = steps_texts("part", number, **settings)
    begin = (
        f"kernel = np.array({array_text(begun['kernel'])})\n"
        f"{parts_text(dataset)}\n"
        f"part = part.take({begun['pictures']}, {begun['seed']})\n"
        "result = []\n"
        "for own, frozen in ((True, True), (True, False), (False, True), (False, False)):\n"
    )
    return both(
        *(
            begin + indented(f"{network}{taken}result.append({share})")
            for network, taken, share in zip(made, steps, share_texts("validation"), strict=True)
        ),
        "from cnnlib.lessons.l11_train_a_small_cnn.quarter_turns import quarter_turns",
    )
