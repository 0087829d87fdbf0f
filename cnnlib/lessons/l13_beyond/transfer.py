"""Lesson 13: does what was learned from digits help with letters? Trained and measured while one watches."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache, partial
from itertools import product
from typing import Annotated

import numpy as np

from cnnlib.demo.axes import DASHES, LINES, MUTED, set_ticks
from cnnlib.demo.chart import chart
from cnnlib.demo.declare import Choice, Fixed, Switch
from cnnlib.demo.lab import FRESH, Moment, lab, progress
from cnnlib.demo.training_code import TORCH, both, indented, share_texts, steps_texts, torch_network
from cnnlib.demo.view import Panel, View, mosaic
from cnnlib.demo.words import count_text, percent_text
from cnnlib.lessons.l13_beyond.fine_tuning import (
    BATCH,
    CONVOLUTIONS,
    LAST,
    RATE,
    STEPS,
    WAYS,
    learning_parameters,
    transfer,
    transferred,
)
from cnnlib.nn.handwriting import letters, printed
from cnnlib.nn.pretrained import pretrained_lenet
from cnnlib.nn.several import Series
from cnnlib.nn.splits import Dataset
from cnnlib.ranges import whole

NUMBERS = (1, 2, 5, 20)
KEPT = {"all but the last layer": LAST, "the convolutions": CONVOLUTIONS}
# LeNet's layers as text: up to its first dense one, and from there with a new last one.
FEATURES = "Conv2D(1, 6, 5), ReLU(), MaxPool2D(2),\nConv2D(6, 16, 5), ReLU(), MaxPool2D(2),\nFlatten(), "
HEAD = "Dense(400, 120), ReLU(), Dense(120, 100), ReLU(), Dense(100, 10)"
MOST = 0.8  # of the repeats must agree before one way is called better
FROZEN, SCRATCH = WAYS[0], WAYS[-1]
ROWS = 4  # of labelled letters, at most, and of others and what is read in them
TRIM = slice(2, -2)  # MNIST's frame
ASIDE = 1.07  # the dots of the three ways beside each other
READ, MISREAD = 120, 255  # brightness of what is read: mistakes stand out
WIDE = 316

Scores = Mapping[tuple[int, int, str], float]
_letters = cache(letters)


def _numbers(where: str, numbers) -> tuple[int, ...]:
    numbers = tuple(dict.fromkeys(numbers if isinstance(numbers, Iterable) else [numbers]))
    return _counts(where, "numbers", numbers, len(_letters().train) // len(_letters().classes))


def _repeats(where: str, repeats) -> int:
    return _counts(where, "repeats", (repeats,), 10)[0]


def _counts(where: str, name: str, values: tuple, high: int) -> tuple[int, ...]:
    if not values or any(not isinstance(n, int | np.integer) or not 1 <= n <= high for n in values):
        told = ", ".join(map(str, values)) or "of none"
        raise ValueError(f"{where}: {name} {told} out of range; choose whole ones, 1 to {high}")
    return tuple(map(int, values))


@lab(
    "From digits to letters",
    "does it help to have learned something else before?",
    pace=1.2,
    positional="number kept",
)
def explore_transfer(
    kept: Annotated[
        str, Choice(KEPT, label="transfer of"), "What is taken from LeNet; a new last layer follows"
    ] = "all but the last layer",
    *,
    numbers: Annotated[
        Iterable[int], Fixed(_numbers), "How many labelled pictures of each letter to try, 1 to 50"
    ] = NUMBERS,
    repeats: Annotated[
        int,
        Fixed(_repeats),
        "Trainings of each kind, each with other pictures and random weights, 1 to 10",
    ] = 3,
    seed: Annotated[int, Fixed(lambda where, seed: whole(where, "seed", seed, 0)), "Of the first repeat"] = 0,
) -> Series:
    """Teach letters to LeNet's layers, which know digits: frozen, fine-tuned, and from scratch.

    The output is the shares of right answers until now, by repeat, number and way; `history`, these by (seed,
    number, way).

    >>> explore_transfer(numbers=(2, 20), repeats=1).run.total
    1200
    """
    data = _letters()

    def begin(key: tuple[int, int, str]):
        seed, number, way = key
        part = data.train.take(number * len(data.classes), seed)
        return transfer(way, part, data.test, kept=KEPT[kept], seed=seed)

    return Series(begin, [*product(range(seed, seed + repeats), numbers, WAYS)], STEPS)


@explore_transfer.seen
def _view(
    at: Moment,
    number: Annotated[
        int | None,
        Switch(lambda numbers: numbers, label="labels a letter"),
        "For which number of labelled pictures the results are told; default: 2, or the first that is tried",
    ] = None,
) -> View:
    begun, scores = at.begun, at.run.scores
    numbers, seed = begun["numbers"], begun["seed"]
    return View(
        panels=[
            progress(at),
            _chart(scores, numbers, number, len(_letters().classes)),
            _labelled(_letters(), number, seed),
            _answers(_letters(), at.run.outputs.get((seed, number, FROZEN))),
        ],
        sentence=_sentence(at, scores, number),
        output=np.array([*scores.values()]),
        code=partial(_code, begun, len(scores)),
    )


@explore_transfer.starts
def _(numbers):
    return {"number": 2 if 2 in numbers else numbers[0]}


def _sentence(at: Moment, scores: Scores, number: int) -> str:
    by_way = {way: [share for (_, n, w), share in scores.items() if (n, w) == (number, way)] for way in WAYS}
    if all(by_way.values()):
        told = _found(by_way, number)
    elif at.state == FRESH:
        told = _plan(at.begun["kept"], at.begun["repeats"])
    else:
        told = f"Nothing is measured yet with {count_text(number, 'labelled picture')} of each letter."
    return " ".join(filter(None, [told, at.why, at.next]))


def _plan(kept: str, repeats: int) -> str:
    """Say what will be trained, before anything is."""
    head, all_ = (_learning(way, kept) for way in (FROZEN, SCRATCH))
    return (
        f"LeNet knows digits. A new network takes {kept} from it and gets a new last layer, for ten letters. "
        f"Frozen: only the new layer learns, {head:,} parameters. Fine-tuned: all {all_:,} do. From scratch: "
        f"all do, and begin with random numbers. Each is trained {count_text(repeats, 'time')} with each "
        f"number of labels, for {STEPS} steps, and asked about {len(_letters().test)} other letters."
    )


@cache
def _learning(way: str, kept: str) -> int:
    return learning_parameters(transferred(way, pretrained_lenet(), kept=KEPT[kept], classes=10))


def _found(by_way: Mapping[str, list[float]], number: int) -> str:
    """Tell the mean of each way, and whether the frozen features helped: by the numbers measured."""
    means = {way: float(np.mean(shares)) for way, shares in by_way.items()}
    told = ", ".join(f"{way} {percent_text(mean)}" for way, mean in means.items())
    pairs = list(zip(by_way[FROZEN], by_way[SCRATCH], strict=False))  # the last one may still lack its rival
    gap = round(100 * means[FROZEN]) - round(100 * means[SCRATCH])  # of the rounded, as a reader would
    return (
        f"With {count_text(number, 'labelled picture')} of each letter, accuracy on {len(_letters().test)} "
        f"others is on average: {told}. {_verdict(gap, pairs)}"
    )


def _verdict(gap: int, pairs: list[tuple[float, float]]) -> str:
    ahead, behind = sum(a > b for a, b in pairs), sum(a < b for a, b in pairs)
    of = f"of {len(pairs)} repeat{'' if len(pairs) == 1 else 's'}"
    if gap > 0 and ahead >= MOST * len(pairs):
        ahead_by = f"{count_text(gap, 'point')} ahead of from scratch"
        return f"Frozen is {ahead_by}, in {ahead} {of}: what digits taught helps."
    if gap < 0 and behind >= MOST * len(pairs):
        return (
            f"Frozen is {count_text(-gap, 'point')} behind from scratch, in {behind} {of}: features made for "
            "digits stay as they are, while from scratch all can fit the letters."
        )
    return f"No clear winner: frozen is ahead of from scratch in {ahead} {of}."


def _code(begun: Mapping, done: int) -> dict[str, str]:
    """Write the trainings that are done; `result` holds their shares of right answers."""
    seed, repeats, numbers = (begun[name] for name in ("seed", "repeats", "numbers"))
    kept, classes = KEPT[begun["kept"]], len(_letters().classes)
    begin = (
        "data = letters()\n"
        f"keys = product(range({seed}, {seed + repeats}), {numbers}, WAYS)\n"
        "result = []\n"
        f"for seed, number, way in islice(keys, {done}):\n"
        f"    part = data.train.take({classes} * number, seed)\n"
    )
    own = (
        f"run = transfer(way, part, data.test, kept={kept}, seed=seed)\n"
        "for step in run:\n"
        "    pass  # step.loss, step.accuracy\n"
        "result.append(run.scores[run.total])"
    )
    last = "Dense(400, 10)" if kept == CONVOLUTIONS else HEAD
    made = f"transferred(way, pretrained_lenet(), kept={kept}, classes={classes}, seed=seed)"
    torch = torch_network(f"{FEATURES}{last},", f"start = {made}\n")
    settings = {"learning_rate": RATE, "epochs": STEPS, "batch_size": BATCH, "seed": "seed"}
    _, steps = steps_texts("part", STEPS, **settings)
    _, share = share_texts("data.test")
    torch += f"model[:{kept}].requires_grad_(way != 'frozen')\n{steps}result.append({share})"
    home = transfer.__module__
    texts = both(begin + indented(own), begin + indented(torch), f"from {home} import WAYS, transfer")
    return texts | {TORCH: texts[TORCH].replace("import WAYS, transfer", "import WAYS, transferred")}


def _chart(scores: Mapping, numbers: Sequence[int], number: int, classes: int) -> Panel:
    """Show a dot for each training, and a line through the means of each way."""
    found = {
        way: {n: [share for (_, m, w), share in scores.items() if (m, w) == (n, way)] for n in numbers}
        for way in WAYS
    }
    means = {way: {n: np.mean(all_) for n, all_ in by.items() if all_} for way, by in found.items()}

    def draw(axes) -> None:
        axes.set(xscale="log", xlim=(min(numbers) / 1.3, max(numbers) * 1.3), ylim=(0, 103))
        axes.set(xlabel="labelled pictures of each letter", ylabel="accuracy (%)")
        set_ticks(axes.xaxis, {n: str(n) for n in numbers})
        axes.axvline(number, color=MUTED, linewidth=1, snap=True)
        axes.axhline(100 / classes, color=MUTED, linewidth=1, linestyle=":", snap=True)
        for i, way in enumerate(WAYS):
            color = LINES[i]
            dots = [(n * ASIDE ** (i - 1), 100 * share) for n, all_ in found[way].items() for share in all_]
            axes.plot(*np.reshape(dots, (-1, 2)).T, color=color, linestyle="", marker="o", markersize=3)
            line = [*means[way]], [100 * mean for mean in means[way].values()]
            axes.plot(*line, label=way, color=color, linewidth=2, linestyle=DASHES[i])

    told = [f"{way} with {n} {percent_text(mean)}" for way, by in means.items() for n, mean in by.items()]
    alt = f"accuracy by labelled pictures of each letter: {', '.join(told) or 'nothing measured yet'}"
    caption = "dots: one training each; lines: their means; dotted: guessing"
    return chart("accuracy", draw, caption, size=(500, 230), alt=alt, new_row=True)


def _labelled(data: Dataset, number: int, seed: int) -> Panel:
    """Show what the trainings of the first repeat learn from: a column for each letter."""
    classes = len(data.classes)
    part = data.train.take(number * classes, seed)
    sheet = np.full((ROWS, classes, *part.images.shape[2:]), np.nan)
    for label in range(classes):
        some = part.images[part.labels == label][:ROWS, 0]
        sheet[: len(some), label] = some
    few = f"{ROWS} of the {number}" if number > ROWS else "all" if number > 1 else "the only"
    plural = "s" if number > 1 else ""
    return _mosaic("labelled", sheet, f"{few} labelled picture{plural} of each letter")


def _answers(data: Dataset, outputs: np.ndarray | None) -> Panel:
    """Show letters held out and, below each, what the frozen network of the first repeat reads in it."""
    classes = len(data.classes)
    order = np.argsort(data.test.labels, kind="stable").reshape(classes, -1)[:, : ROWS // 2].T
    pictures = data.test.images[order, 0]
    read = np.full_like(pictures, np.nan)
    if outputs is None:
        caption = "letters held out; below each there will be\nwhat frozen layers read"
        return _mosaic("answers", np.stack([pictures, read], axis=1), caption)
    said = outputs.argmax(axis=1)[order]
    plain = np.stack([printed(name) for name in data.classes])
    right = said == np.arange(classes)
    read = plain[said] * np.where(right, READ, MISREAD)[..., None, None] / 255
    wrong = [
        f"{data.classes[label]} read as {data.classes[said[row, label]]}"
        for row, label in np.argwhere(~right)
    ]
    caption = "letters held out; below each, what frozen layers\nread: gray if right, white if wrong"
    told = f"{order.size} letters held out: {', '.join(wrong) or 'all'} {'' if wrong else 'read rightly'}"
    return _mosaic("answers", np.stack([pictures, read], axis=1), caption, alt=told.strip())


def _mosaic(id: str, sheet: np.ndarray, caption: str, **more) -> Panel:
    tiles = 255 * sheet[..., TRIM, TRIM]
    pictures = tiles.reshape(-1, *tiles.shape[-2:])
    return mosaic(id, pictures, caption, columns=sheet.shape[-3], kind="gray", size=WIDE, **more)
