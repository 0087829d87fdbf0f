"""Lesson 11: how many pictures does learning need? Trained and measured while one watches."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Annotated

import numpy as np

from cnnlib.demo.axes import LINES, MUTED, set_ticks
from cnnlib.demo.chart import chart
from cnnlib.demo.declare import Choice, Slider
from cnnlib.demo.lab import Moment, lab, progress
from cnnlib.demo.training_code import both, indented, layers_text, network_texts, share_texts, steps_texts
from cnnlib.demo.training_data import material, network, optimiser_of, parts, parts_text
from cnnlib.demo.view import Panel, View, mosaic
from cnnlib.demo.words import capital, count_text, percent_text
from cnnlib.nn import Dataset, Run
from cnnlib.nn.several import Series

SIZES = {"digits": (30, 100, 300, 1000, 3000, 9000), "shapes": (30, 100, 300, 1000, 2000)}
BATCH, RATE = 30, 0.01  # Adam's: in 300 steps it comes as far as SGD in 600


@lab(
    "How many pictures",
    "how does accuracy grow with the number of training pictures?",
    pace=3,
    order="steps repeats seed dataset",
)
def explore_training_size(
    dataset: Annotated[str, Choice(SIZES, label="pictures")] = "digits",
    *,
    steps: Annotated[int, Slider(50, 600, 50, label="steps of each training")] = 300,
    repeats: Annotated[
        int, Slider(1, 5), "Trainings for each size, each with other pictures and weights"
    ] = 2,
    seed: Annotated[int, Slider(0, 9), "Of the first repeat"] = 0,
) -> Series:
    """Train the same network on few and on many pictures, with the same number of steps, and compare.

    The output is the mean accuracy for each size until now; `history` has all by size and seed.

    >>> demo = explore_training_size(repeats=1)
    >>> demo.run.total
    1800
    """
    keys = [(size, seed + i) for i in range(repeats) for size in SIZES[dataset]]
    return Series(partial(_train_on, dataset, steps), keys, steps)


def _train_on(dataset: str, steps: int, key: tuple[int, int]) -> Run:
    size, seed = key
    data = material(dataset)
    model = network(data.train.images.shape[1:], len(data.classes), seed=seed)
    return Run(
        model,
        parts(dataset).train.take(size, seed),
        parts(dataset).test,
        looks=0,
        steps=steps,
        batch_size=BATCH,
        optimiser=optimiser_of("Adam", model, RATE),
        seed=seed,
    )


@explore_training_size.seen
def _view(at: Moment) -> View:
    scores, dataset = at.run.scores, at.begun["dataset"]
    data, sizes = material(dataset), SIZES[dataset]
    means = {size: _mean(scores, size) for size in sizes if any(n == size for n, _ in scores)}
    return View(
        panels=[
            progress(at),
            _chart(data, sizes, scores, means),
            _smallest(dataset, sizes[0], at.begun["seed"]),
        ],
        sentence=_sentence(at, means),
        output=np.array([*means.values()]),
        code=None if at.why else partial(_code, at.begun, len(scores)),
    )


def _mean(scores: Mapping[tuple[int, int], float], size: int) -> float:
    return float(np.mean([share for (n, _), share in scores.items() if n == size]))


def _chart(
    data: Dataset,
    sizes: Sequence[int],
    scores: Mapping[tuple[int, int], float],
    means: Mapping[int, float],
) -> Panel:
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
        axes.set(xlabel="training pictures", ylabel="accuracy (%)", xscale="log", ylim=(0, 101))
        axes.set_xlim(sizes[0] / 1.4, sizes[-1] * 1.4)
        set_ticks(axes.xaxis, {n: f"{n:,}" for n in sizes})

    alt = (
        ", ".join(f"{size} pictures {percent_text(mean)}" for size, mean in means.items())
        or "nothing measured yet"
    )
    caption = "dotted: guessing"
    if data.name == "digits":
        different, copies = _digits()
        caption += f"\n{different:,} digits, each in {copies} places"
    return chart(
        "accuracy",
        draw,
        caption,
        size=(420, 260),
        alt=f"accuracy by training pictures: {alt}",
        new_row=True,
    )


def _digits() -> tuple[int, int]:
    """Return how many different digits there are to learn from, and in how many places each is."""
    part = parts("digits").train
    different = len(np.unique(part.originals))
    return different, len(part) // different


def _smallest(dataset: str, size: int, seed: int) -> Panel:
    images = 255 * parts(dataset).train.take(size, seed).images
    caption = f"all {size} pictures of the smallest training"
    if images.shape[1] == 3:
        return mosaic("few", np.moveaxis(images, 1, -1), caption, columns=6, kind="rgb", size=250)
    return mosaic("few", images[:, 0], caption, columns=6, kind="gray", size=250)


def _sentence(at: Moment, means: Mapping[int, float]) -> str:
    begun = at.begun
    test = len(parts(begun["dataset"]).test)
    if not means:
        times = begun["repeats"] * len(SIZES[begun["dataset"]])
        start = (
            f"The same network will be trained {times} times, each time "
            f"for {begun['steps']} steps of {BATCH} pictures; few pictures are seen again and again. "
            f"In the end each is asked about the {test} pictures of the test part."
        )
        return f"{start} {at.next}".strip()
    few, many = min(means), max(means)
    done = capital(count_text(len(at.run.scores), "training"))
    found = f"{done} done: trained on {_drawn(begun, few)} pictures, the network is right on "
    found += f"{percent_text(means[few])} of {test} test pictures"
    found += f"; on {_drawn(begun, many)}, {percent_text(means[many])}." if many != few else "."
    if at.why:
        found += f" {at.why}"
    elif at.run.done:
        found += " Every training took as many steps; what differs is how much there was to see."
    return f"{found} {at.next}".strip()


def _drawn(begun: Mapping, size: int) -> str:
    """Say how many pictures there were, how many of them the steps saw, and of what they were made."""
    seen = min(size, begun["steps"] * BATCH)
    about = [f"{seen:,} of them seen"] if seen < size else []
    if begun["dataset"] == "digits" and size > _digits()[0]:
        about.append(f"moved copies of {_digits()[0]:,} digits")
    return f"{size:,} ({', '.join(about)})" if about else f"{size:,}"


def _code(begun: Mapping, done: int) -> dict[str, str]:
    """Write the trainings that are done; `result` holds the mean accuracy for each size."""
    data, sizes = material(begun["dataset"]), SIZES[begun["dataset"]]
    begin = (
        f"{parts_text(begun['dataset'])}\n"
        f"sizes = {sizes}\n"
        "scores = {}\n"
        f"keys = product(range({begun['seed']}, {begun['seed'] + begun['repeats']}), sizes)\n"
        f"for seed, size in islice(keys, {done}):\n"
        "    some = part.take(size, seed)\n"
        f"    epochs = -(-{begun['steps']} // -(-size // {BATCH}))  # rounded up\n"
    )
    made = network_texts(layers_text(data.train.images.shape[1:], len(data.classes)), "seed")
    settings = {
        "optimiser": "Adam",
        "learning_rate": RATE,
        "epochs": "epochs",
        "batch_size": BATCH,
        "seed": "seed",
    }
    steps = steps_texts("some", begun["steps"], **settings)
    return both(
        *(
            begin
            + indented(f"{network}{taken}scores.setdefault(size, []).append({share})")
            + "\nresult = np.array([np.mean(scores[size]) for size in scores])"
            for network, taken, share in zip(made, steps, share_texts("data.test"), strict=True)
        )
    )
