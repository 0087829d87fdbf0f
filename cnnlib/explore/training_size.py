"""Lesson 11: how many pictures does learning need? Trained and measured while one watches."""

from collections.abc import Iterable, Mapping
from functools import partial

import numpy as np

from cnnlib.demo import controls as make
from cnnlib.demo.axes import LINES, MUTED, set_ticks
from cnnlib.demo.chart import chart
from cnnlib.demo.view import View, mosaic
from cnnlib.explore.lab import Lab
from cnnlib.explore.progress import BROKEN, Moment, progress, what_next
from cnnlib.explore.training_data import held_out, material, network, optimiser_of
from cnnlib.explore.words import count_text, percent_text
from cnnlib.nn import Run, digits
from cnnlib.nn.several import Series

SIZES = {"digits": (30, 100, 300, 1000, 3000, 10000), "shapes": (30, 100, 300, 1000, 2000)}
BATCH, RATE = 30, 0.03
LABELS = {"dataset": "pictures", "steps": "steps of each training", "repeats": "repeats", "seed": "seed"}


def explore_training_size(
    dataset: str = "digits",
    *,
    steps: int = 300,
    repeats: int = 3,
    seed: int = 0,
    start: bool = False,
    hide: Iterable[str] = (),
    lock: Iterable[str] = (),
) -> Lab:
    """Train the same network on few and on many pictures, with the same number of steps, and compare.

    Parameters
    ----------
    dataset : {"digits", "shapes"}
    steps : int
        Of each training, 50 to 600.
    repeats : int
        Trainings for each size, each with other pictures and weights, 1 to 5.
    seed : int
        Of the first repeat, 0 to 9.
    start : bool
        Train at once; a cell waits for it by ``await demo.finished()``.
    hide, lock : str or iterable of str
        Controls to hide or to hold.

    Returns
    -------
    Lab
        With `output`, the mean accuracy for each size until now; and `history`, all by size and seed.

    Raises
    ------
    ValueError
        If a name or a setting is unknown.

    Examples
    --------
    >>> demo = explore_training_size(repeats=1)
    >>> demo.run.total
    1800
    """
    settings = {
        "steps": make.slider(LABELS["steps"], steps, 50, 600, 50),
        "repeats": make.slider(LABELS["repeats"], repeats, 1, 5),
        "seed": make.slider(LABELS["seed"], seed, 0, 9),
        "dataset": make.choice(LABELS["dataset"], SIZES, dataset),
    }
    title, question = "How many pictures", "how does accuracy grow with the number of training pictures?"
    return Lab(title, question, settings, _view, _begin, start=start, hide=hide, lock=lock)


def _begin(*, dataset: str, steps: int, repeats: int, seed: int) -> Series:
    keys = [(size, seed + i) for i in range(repeats) for size in SIZES[dataset]]
    return Series(partial(_train_on, dataset, steps), keys, steps)


def _train_on(dataset: str, steps: int, key: tuple[int, int]) -> Run:
    size, seed = key
    data = material(dataset)
    model = network(data.train.images.shape[1:], len(data.classes), seed=seed)
    return Run(
        model,
        data.train.take(size, seed),
        held_out(dataset),
        looks=0,
        steps=steps,
        batch_size=BATCH,
        optimiser=optimiser_of("SGD", model, RATE),
        seed=seed,
    )


def _view(*, at: Moment, **settings) -> View:
    begun = at.begun or settings
    data, sizes = material(begun["dataset"]), SIZES[begun["dataset"]]
    scores = at.run.scores if at.run else {}
    means = {size: _mean(scores, size) for size in sizes if any(n == size for n, _ in scores)}
    total = begun["steps"] * begun["repeats"] * len(sizes)
    panels = [
        progress(at, total),
        _chart(data, sizes, scores, means),
        _smallest(data, sizes[0], begun["seed"]),
    ]
    panels[1].new_row = True
    return View(panels, _sentence(at, means, begun, settings), output=np.array([*means.values()]))


def _mean(scores: Mapping[tuple[int, int], float], size: int) -> float:
    return float(np.mean([share for (n, _), share in scores.items() if n == size]))


def _chart(data, sizes, scores: Mapping[tuple[int, int], float], means: Mapping[int, float]):
    """Show a dot for each training, and a line through the means."""

    def draw(axes) -> None:
        axes.plot(
            [n for n, _ in scores],
            [100 * share for share in scores.values()],
            label="one training",
            color=MUTED,
            linestyle="",
            marker="o",
            markersize=4,
        )
        axes.plot(
            [*means], [100 * mean for mean in means.values()], label="mean", color=LINES[0], linewidth=2
        )
        axes.axhline(100 / len(data.classes), color=MUTED, linewidth=1, linestyle=":", snap=True)
        axes.set(
            xlabel="training pictures", ylabel="right, % of held-out pictures", xscale="log", ylim=(0, 101)
        )
        axes.set_xlim(sizes[0] / 1.4, sizes[-1] * 1.4)
        set_ticks(axes.xaxis, {n: f"{n:,}" for n in sizes})

    alt = (
        ", ".join(f"{size} pictures {percent_text(mean)}" for size, mean in means.items())
        or "nothing measured yet"
    )
    caption = "dotted: guessing"
    if data.name == "digits":
        different = len(digits().train)
        caption += f"\n{different:,} digits, each in {len(data.train) // different} places"
    return chart("accuracy", draw, caption, size=(420, 260), alt=f"accuracy by training pictures: {alt}")


def _smallest(data, size: int, seed: int):
    images = 255 * data.train.take(size, seed).images
    caption = f"all {size} pictures of the smallest training"
    if images.shape[1] == 3:
        return mosaic("few", np.moveaxis(images, 1, -1), caption, columns=6, kind="rgb", size=250)
    return mosaic("few", images[:, 0], caption, columns=6, kind="gray", size=250)


def _sentence(at: Moment, means: Mapping[int, float], begun: dict, settings: dict) -> str:
    held = len(held_out(begun["dataset"]))
    if not means:
        times = begun["repeats"] * len(SIZES[begun["dataset"]])
        start = (
            f"The same network will be trained {times} times, each time "
            f"for {begun['steps']} steps of {BATCH} pictures; few pictures are seen again and again. "
            f"It is measured on {held} pictures held out."
        )
        return f"{start} {what_next(at, LABELS, settings)}".strip()
    few, many = min(means), max(means)
    done = count_text(len(at.run.scores), "training").capitalize()
    found = f"{done} done: learned from {few:,} pictures, "
    found += f"{percent_text(means[few])} of {held} held-out ones are right"
    found += f"; from {many:,}, {percent_text(means[many])}." if many != few else "."
    if at.state == BROKEN:
        found += f" {at.why}"
    elif at.run.done:
        found += " Every training took as many steps; what differs is how much there was to see."
    return f"{found} {what_next(at, LABELS, settings)}".strip()
