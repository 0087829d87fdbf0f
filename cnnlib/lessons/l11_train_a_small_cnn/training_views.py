"""The pictures of the training lab: curves, filters, feature maps, and what is mistaken for what."""

from collections.abc import Iterable, Sequence

import numpy as np

from cnnlib.activations import softmax
from cnnlib.demo.view import Panel, mosaic, photo
from cnnlib.demo.words import percent_text
from cnnlib.lessons.l11_train_a_small_cnn.curves import trend
from cnnlib.nn import Conv2D, Dataset, Run, Split, confusion_matrix
from cnnlib.nn.layers import Array

TILES = 12  # mistakes shown at once
HEAD = (226, 230, 236, 255)  # the ground of names, as in tables
ANY = -1  # no row or column of the confusion matrix in particular


def curves(run: Run, classes: int) -> Iterable[Panel]:
    """Show loss and held-out accuracy over the steps, smoothed and raw."""
    guess = np.log(classes)
    yield trend(
        "loss",
        dict(enumerate(run.losses, 1)),
        "each batch",
        ylabel="loss",
        caption=f"guessing costs ln {classes} = {guess:.2f}",
        xlim=(0, run.total),
        ylim=(0, 1.25 * guess),
    )
    yield trend(
        "accuracy",
        {n: 100 * share for n, share in run.scores.items()},
        "each time",
        keep=0.5,
        ylabel="right, % of held-out pictures",
        caption=f"{len(run.held_out.images)} pictures, never trained on",
        xlim=(0, run.total),
        ylim=(0, 101),
    )


def filters(layer: Conv2D, size: float = 190) -> Panel:
    """Show the filters of the first layer; of colour pictures, one row for each of red, green and blue."""
    weight = layer.weights["weight"]
    count, channels, height, width = weight.shape
    caption = f"{count} filters of {height} × {width}"
    columns = max(2, round(count**0.5)) if channels == 1 else count
    if channels == 3:
        caption += "\nrows: for red, green, blue"
        size *= 1.6
    tiles = weight.transpose(1, 0, 2, 3).reshape(-1, height, width)
    return mosaic("filters", tiles, caption, columns=columns, size=size)


def inside(run: Run, part: Split, classes: Sequence[str], index: int) -> Iterable[Panel]:
    """Show one of the held-out pictures and what layer 1 makes of it."""
    image, label = part.images[index], part.labels[index]
    maps = run.model[:1](image[None])[0]
    chances = softmax(run.outputs[index])
    said = int(chances.argmax())
    truth, answer = f"picture {index}: {classes[label]}", f"{classes[said]}, {percent_text(chances[said])}"
    yield photo("example", _seen(image[None])[0], f"{truth}\nnetwork: {answer}", size=128)
    columns = max(2, round(len(maps) ** 0.5))
    yield mosaic(
        "maps", maps, f"its {len(maps)} feature maps in layer 1", columns=columns, size=230, symbol="→"
    )


def confusion(run: Run, data: Dataset, row: int, col: int) -> Iterable[Panel]:
    """Show what is taken for what, and the pictures behind the cell that was pointed at."""
    labels, predicted = run.held_out.labels, run.outputs.argmax(axis=1)
    matrix = confusion_matrix(labels, predicted, len(data.classes))
    yield _matrix_panel(matrix, data.classes, row, col)
    chosen = mistakes(labels, predicted, row, col)
    images = _seen(run.held_out.images[chosen[:TILES]])
    blank = np.full((TILES - len(images), *_seen(run.held_out.images[:1]).shape[1:]), np.nan)
    kind = "rgb" if images.ndim == 4 else "gray"
    named = [
        f"{data.classes[labels[i]]} taken for {data.classes[predicted[i]]}" for i in chosen[:TILES].tolist()
    ]
    more = f"\nthe first {TILES} are shown" if len(chosen) > TILES else ""
    yield mosaic(
        "mistakes",
        np.concatenate([images, blank]),
        cell_text(data.classes, row, col, len(chosen)) + more,
        columns=4,
        kind=kind,
        size=280,
        alt="; ".join(named) or "no picture",
    )


def mistakes(labels: Array, predicted: Array, row: int, col: int) -> Array:
    """Return the numbers of the pictures in a cell of the confusion matrix; of the wrong ones for `ANY`.

    Examples
    --------
    >>> labels, predicted = np.array([0, 1, 1, 1]), np.array([0, 1, 0, 0])
    >>> mistakes(labels, predicted, ANY, ANY).tolist(), mistakes(labels, predicted, 1, 1).tolist()
    ([2, 3], [1])
    """
    chosen = np.full(labels.shape, True) if ANY not in (row, col) else labels != predicted
    if row != ANY:
        chosen &= labels == row
    if col != ANY:
        chosen &= predicted == col
    return np.flatnonzero(chosen)


def cell_text(classes: Sequence[str], row: int, col: int, count: int) -> str:
    """Say what the pictures behind a cell of the confusion matrix are.

    Examples
    --------
    >>> cell_text("0123456789", 3, 8, 2), cell_text("0123456789", ANY, 8, 1)
    ('2 pictures of 3 taken for 8', '1 picture wrongly taken for 8')
    """
    pictures = f"{count} picture{'' if count == 1 else 's'}"
    if row == col == ANY:
        return f"{count} mistake{'' if count == 1 else 's'}"
    if row == ANY:
        return f"{pictures} wrongly taken for {classes[col]}"
    if col == ANY:
        return f"{pictures} of {classes[row]} taken for something else"
    return f"{pictures} of {classes[row]} taken for {classes[col]}"


def _matrix_panel(matrix: Array, classes: Sequence[str], row: int, col: int) -> Panel:
    """Draw counts under the names of the classes, each the darker the larger its share of the row."""
    side = len(classes) + 1
    shares = np.sqrt(
        matrix / np.maximum(matrix.sum(axis=1, keepdims=True), 1)
    )  # a single mistake can be seen
    colors = np.empty((side, side, 4), np.uint8)
    colors[...] = HEAD
    colors[1:, 1:, :3] = _blues(shares)
    counts = [[str(count) if count else "" for count in line] for line in matrix.tolist()]
    labels = ["", *classes]
    for name, line in zip(classes, counts, strict=True):
        labels += [name, *line]
    said = [
        f"{classes[r]} taken for {classes[c]} {matrix[r, c]} times"
        for r, c in zip(*np.nonzero(matrix - np.diag(np.diag(matrix))), strict=True)
    ]
    return Panel(
        "confusion",
        colors,
        "row: true, column: predicted;\npoint at a cell to see it",
        labels=labels,
        cell=44 if side < 8 else 25,
        point="row col",
        origin=(-1, -1),
        cursor=(row + 1, col + 1),
        alt=f"{np.trace(matrix)} of {matrix.sum()} right; " + ("; ".join(said) or "no mistake"),
    )


def _blues(shares: Array) -> Array:
    """Turn shares (K, K) into colours from white to blue."""
    return (255 - shares[..., None] * (255 - np.array([47, 127, 214]))).astype(np.uint8)


def _seen(images: Array) -> Array:
    """Return pictures as panels take them: (N, H, W) or (N, H, W, 3), 0 to 255."""
    return 255 * (images[:, 0] if images.shape[1] == 1 else np.moveaxis(images, 1, -1))
