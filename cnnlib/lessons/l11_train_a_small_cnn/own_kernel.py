"""Lesson 11: a kernel drawn by hand as layer 1 of a network, against kernels that begin at random."""

from collections.abc import Iterable
from functools import lru_cache, partial
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from cnnlib.demo import controls as make
from cnnlib.demo.chart import lines
from cnnlib.demo.controls import Cells
from cnnlib.demo.numbers import number_text
from cnnlib.demo.old_lab import Lab
from cnnlib.demo.progress import BROKEN, Moment, progress, what_next
from cnnlib.demo.training_data import RATES, held_out, material, network, optimiser_of
from cnnlib.demo.view import Panel, View, signed
from cnnlib.demo.words import percent_text
from cnnlib.demo.zoo import OWN_KERNEL, wire_zoo
from cnnlib.kernels import KERNELS
from cnnlib.lessons.l11_train_a_small_cnn.quarter_turns import quarter_turns
from cnnlib.lessons.l11_train_a_small_cnn.training_code import own_kernel_code
from cnnlib.lessons.l11_train_a_small_cnn.training_views import filters
from cnnlib.nn import Run
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
LABELS = {
    "kernel": "your kernel",
    "dataset": "pictures",
    "pictures": "training pictures",
    "steps": "steps",
    "learning_rate": "learning rate",
    "seed": "seed",
}


def explore_own_kernel(
    kernel: str = "Sobel, columns",
    dataset: str = "digits",
    *,
    pictures: int = 1000,
    steps: int = 300,
    learning_rate: float = 0.03,
    seed: int = 0,
    start: bool = False,
    hide: Iterable[str] = (),
    lock: Iterable[str] = (),
) -> Lab:
    """Place a kernel of your own in layer 1, frozen or free, and let it compete with random ones.

    The four filters of layer 1 are the kernel and its quarter turns, each as long as random filters are.

    Parameters
    ----------
    kernel : str
        A 3 x 3 kernel from `cnnlib.KERNELS`; the learner can choose others and change each cell.
    dataset : {"digits", "shapes"}
        For shapes, the kernel looks at red, green and blue alike.
    pictures : int
        To learn from, 100 to 2000.
    steps : int
        Of batches of 32, 50 to 1000.
    learning_rate : float
        One of 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.
    seed : int
        Of weights, order and the choice of pictures, 0 to 9.
    start : bool
        Train at once; a cell waits for it by ``await demo.finished()``.
    hide, lock : str or iterable of str
        Controls to hide or to hold.

    Returns
    -------
    Lab
        With `output`, the accuracies of the four networks; and `run.runs`, their trainings by name.

    Raises
    ------
    ValueError
        If a name or a setting is unknown.

    Examples
    --------
    >>> demo = explore_own_kernel()
    >>> demo.step.click()
    >>> [*demo.run.runs]
    ['yours, frozen', 'yours, free', 'random, frozen', 'random, free']
    """
    zoo = [*(name for name, known in KERNELS.items() if known.matrix.shape == (3, 3)), OWN_KERNEL]
    settings = {
        "kernel": Cells(KERNELS[kernel].matrix),
        "pictures": make.slider(LABELS["pictures"], pictures, 100, 2000, 100),
        "steps": make.slider(LABELS["steps"], steps, 50, 1000, 50),
        "learning_rate": make.choice(LABELS["learning_rate"], RATES, learning_rate),
        "seed": make.slider(LABELS["seed"], seed, 0, 9),
        "dataset": make.choice(LABELS["dataset"], ("shapes", "digits"), dataset),
    }
    looking = {"zoo": make.choice("kernels", zoo, KERNELS[kernel].name)}
    title, question = "Your kernel in layer 1", "does it help to begin with a kernel that somebody drew?"
    demo = Lab(title, question, settings, _view, _begin, looking=looking, start=start, hide=hide, lock=lock)
    wire_zoo(demo, "zoo", "kernel")
    return demo


def _begin(*, kernel: ArrayLike, dataset: str, pictures: int, seed: int, **settings) -> Race:
    part = material(dataset).train.take(pictures, seed)
    return Race(
        {
            name: _runner(kernel, dataset, part, own, frozen, seed, **settings)
            for name, (own, frozen) in RUNNERS.items()
        }
    )


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
        held_out(dataset),
        looks=2,
        steps=steps,
        batch_size=BATCH,
        optimiser=optimiser_of("SGD", model, learning_rate),
        seed=seed,
    )


@lru_cache(maxsize=2)
def _fresh(cells: tuple, **settings) -> Race:
    """Return what a training would begin with, to look at only."""
    return _begin(kernel=cells, **settings)


def _view(*, at: Moment, zoo: str, **settings) -> View:
    kernel, rest = settings["kernel"], {name: v for name, v in settings.items() if name != "kernel"}
    race = at.run or _fresh(tuple(map(tuple, kernel.tolist())), **rest)
    begun = at.begun or settings
    shares = {name: [*run.scores.values()][-1] for name, run in race.runs.items()}
    panels = [
        progress(at, race.total),
        signed("kernel", kernel, "your kernel: click\na cell to change it", size=132, edit="kernel"),
        _curves(race),
        *(_layer(name, run, shares[name]) for name, run in race.runs.items()),
    ]
    panels[1].new_row = panels[3].new_row = True
    run = race.runs["yours, free"]
    return View(
        panels,
        _sentence(at, race, shares, begun, settings),
        output=np.array([*shares.values()]),
        code=None
        if at.state == BROKEN
        else partial(own_kernel_code, begun, [*run.scores][-1], run.epochs, BATCH),
    )


def _curves(race: Race) -> Panel:
    return lines(
        "accuracy",
        (),
        {name: ([*run.scores], 100 * np.array([*run.scores.values()])) for name, run in race.runs.items()},
        xlabel="step",
        ylabel="right, % of held-out pictures",
        size=(520, 250),
        xlim=(0, race.total),
        ylim=(0, 101),
    )


def _layer(name: str, run: Run, share: float) -> Panel:
    panel = filters(run.model[0], size=120)
    panel.id, panel.caption = name, f"{name}: {percent_text(share)}"
    return panel


def _sentence(at: Moment, race: Race, shares: dict[str, float], begun: dict, settings: dict) -> str:
    if not race.number:
        text = (
            "Four networks that differ in layer 1 alone: two begin with your kernel and its quarter turns, "
            "two with random filters; frozen ones keep them. "
            f"All learn from the same {begun['pictures']:,} pictures, in {race.total:,} steps, with "
            f"learning rate {number_text(begun['learning_rate'])}."
        )
    else:
        found = "; ".join(f"{name}: {percent_text(share)}" for name, share in shares.items())
        text = (
            f"After {race.number:,} of {race.total:,} steps, so many of "
            f"{len(held_out(begun['dataset']))} held-out pictures are right: {found}. Where it is free to "
            f"learn, your kernel has moved by {percent_text(_moved(race, begun))} of its length."
        )
    more = at.why if at.state == BROKEN else ""
    return " ".join(part for part in (text, more, what_next(at, LABELS, settings)) if part)


def _moved(race: Race, begun: dict[str, Any]) -> float:
    weight = race.runs["yours, free"].model[0].weights["weight"]
    start = quarter_turns(begun["kernel"], weight.shape[1])
    return float(np.linalg.norm(weight - start) / (np.linalg.norm(start) or 1))
