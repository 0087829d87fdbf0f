"""The pictures of `explore_transfer`: accuracy over labels, labelled letters, what is read in others."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from cnnlib.demo.axes import DASHES, LINES, MUTED, set_ticks
from cnnlib.demo.chart import chart
from cnnlib.demo.view import Panel, mosaic
from cnnlib.explore.words import percent_text
from cnnlib.nn.handwriting import printed
from cnnlib.nn.splits import Dataset
from cnnlib.nn.transfer import WAYS

ROWS = 4  # of labelled letters, at most, and of others and what is read in them
TRIM = slice(2, -2)  # MNIST's frame
ASIDE = 1.07  # the dots of the three ways beside each other
READ, MISREAD = 120, 255  # brightness of what is read: mistakes stand out
WIDE = 316


def chart_of(scores: Mapping, numbers: Sequence[int], number: int, classes: int) -> Panel:
    """Show a dot for each training, and a line through the means of each way."""
    found = {
        way: {n: [share for (_, m, w), share in scores.items() if (m, w) == (n, way)] for n in numbers}
        for way in WAYS
    }
    means = {way: {n: np.mean(all_) for n, all_ in by.items() if all_} for way, by in found.items()}

    def draw(axes) -> None:
        axes.set(xscale="log", xlim=(min(numbers) / 1.3, max(numbers) * 1.3), ylim=(0, 103))
        axes.set(xlabel="labelled pictures of each letter", ylabel="right, % of held-out letters")
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
    return chart("accuracy", draw, caption, size=(500, 300), alt=alt)


def labelled(data: Dataset, number: int, seed: int) -> Panel:
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


def answers(data: Dataset, outputs: NDArray | None) -> Panel:
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


def _mosaic(id: str, sheet: NDArray, caption: str, **more) -> Panel:
    tiles = 255 * sheet[..., TRIM, TRIM]
    columns = sheet.shape[-3]
    size = {"columns": columns, "kind": "gray", "size": WIDE}
    return mosaic(id, tiles.reshape(-1, *tiles.shape[-2:]), caption, **size, **more)
