"""Lesson 11, the training lab: a small network learns while one looks at everything in it."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache, partial
from typing import Annotated

import numpy as np

from cnnlib.activations import softmax
from cnnlib.demo.declare import Choice, Place, Pointed, Slider, Tick
from cnnlib.demo.lab import FRESH, Moment, lab, measured, progress
from cnnlib.demo.numbers import number_text
from cnnlib.demo.tables import NAME
from cnnlib.demo.training_code import both, layers_text, network_texts, settings_text, steps_texts
from cnnlib.demo.training_data import (
    BATCHES,
    MATERIALS,
    OPTIMISERS,
    RATES,
    Parts,
    material,
    network,
    optimiser_of,
    parts,
    parts_text,
    to_download,
)
from cnnlib.demo.view import Panel, Point, View, mosaic, photo
from cnnlib.demo.words import percent_text
from cnnlib.lessons.l11_train_a_small_cnn.training_panels import filters, rates_text, trend
from cnnlib.nn import Dataset, ReLU, Run, Split, confusion_matrix
from cnnlib.nn.layers import Array
from cnnlib.nn.optimisers import lower_rate

TILES = 12  # mistakes shown at once
CURVE, SHEET, PICTURE = (262, 154), 150, 96  # CSS pixels: with them all is seen at once
ANY = -1  # no row or column of the confusion matrix in particular
# What the network is given in place of brightness from 0 to 1, and the text for it.
SCALES = {
    "0 to 1": (lambda images, mean, spread: images, ""),
    "0 to 255": (lambda images, mean, spread: 255 * images, "part = Split(255 * part.images, part.labels)"),
    "mean 0, spread 1": (
        lambda images, mean, spread: (images - mean) / spread,
        "part = Split((part.images - part.images.mean()) / part.images.std(), part.labels)",
    ),
}


def _pace(run: Run) -> float:
    """Return how many milliseconds a step takes: 4 for gray pictures of 16 x 16, others by their size."""
    batch, *shape = run.batch_shape
    return 1 + 3 * batch / 64 * np.prod(shape[1:]) / 256


@lab(
    "Training lab",
    "how does a network find its own filters?",
    pace=_pace,
    order="learning_rate dataset filters scale optimiser batch_size epochs kernel_size seed",
    live="learning_rate",
)
def explore_training(
    dataset: Annotated[
        str,
        Choice(MATERIALS, label="pictures"),
        "MNIST comes over the network where it is not here yet, if `download` allows it",
    ] = "digits",
    *,
    filters: Annotated[
        int, Slider(2, 16), "Of the first of two convolutions; the second has twice as many"
    ] = 8,
    kernel_size: Annotated[int, Choice((3, 5, 7), shown=False), "Of the first"] = 5,
    learning_rate: Annotated[
        float, Choice(RATES), "May be changed in the middle of a training: the next step takes it"
    ] = 0.03,
    batch_size: Annotated[int, Choice(BATCHES, label="batch", shown=False)] = 64,
    optimiser: Annotated[str, Choice(OPTIMISERS, shown=False), "SGD has momentum 0.9"] = "SGD",
    scale: Annotated[
        str, Choice(SCALES, label="pixels scaled"), "What the network gets for black and white"
    ] = "0 to 1",
    epochs: Annotated[int, Slider(1, 30, shown=False), "How often every picture is seen"] = 8,
    seed: Annotated[int, Slider(0, 9), "Of weights and order"] = 0,
    download: Annotated[
        bool,
        Tick(label="download MNIST", shown=lambda: to_download("MNIST")),
        "Allow 12 MB to be downloaded once, for MNIST",
    ] = False,
) -> Run:
    """Train a small network, and watch its loss, its filters, its feature maps and its mistakes.

    The pictures come in three parts: it learns from the first; the curve is that of the second, for
    validation; the test part is measured once, at the end. The output is the filters of layer 1; `model` is
    the network, `history` its losses and scores.

    >>> demo = explore_training(epochs=1)
    >>> demo.step.click()
    >>> demo.text.split(":")[0]
    'After 1 of 145 steps, in epoch 1 of 1'
    """
    if to_download(dataset) and not download:
        raise ValueError(
            "explore_training: MNIST, 12 MB, is not on this computer; tick 'download MNIST' (download=True) "
            "to have it fetched once, which may take a minute"
        )
    data, scaled = material(dataset), _scaled(dataset, scale)
    shape, classes = data.train.images.shape[1:], len(data.classes)
    model = network(shape, classes, filters=filters, kernel_size=kernel_size, seed=seed)
    return Run(
        model,
        scaled.train,
        scaled.validation,
        test=scaled.test,
        epochs=epochs,
        batch_size=batch_size,
        optimiser=optimiser_of(optimiser, model, learning_rate),
        seed=seed,
    )


@lru_cache(maxsize=2)
def _scaled(dataset: str, scale: str) -> Parts:
    """Return the parts as the network gets them; mean and spread are those of the part it learns from."""
    into, _ = SCALES[scale]
    train = parts(dataset).train.images
    mean, spread = train.mean(), train.std()
    return Parts(*(Split(into(part.images, mean, spread), part.labels) for part in parts(dataset)))


@explore_training.seen
def _view(
    at: Moment,
    *,
    example: Annotated[int, Slider(0, 99, label="picture looked into", shown=False)] = 0,
    cell: Annotated[Place, Pointed] = (ANY, ANY),
) -> View:
    run, data = at.run, material(at.begun["dataset"])
    cell = cell.within((len(data.classes),) * 2)
    return View(
        panels=[
            progress(at),
            *_curves(run, len(data.classes)),
            filters(run.model[0], size=SHEET, wide=1),
            *_inside(run, parts(at.begun["dataset"]).validation, data.classes, example),
            *_confusion(run, parts(at.begun["dataset"]).validation, data, cell),
        ],
        sentence=_sentence(at, run),
        output=run.model[0].weights["weight"].copy(),
        code=None if at.why else partial(_code, at.begun, run),
    )


explore_training.when("dataset", lambda: {"cell": (ANY, ANY)})


def _sentence(at: Moment, run: Run) -> str:
    begun = at.begun
    classes, share = material(begun["dataset"]).classes, [*run.scores.values()][-1]
    right = f"{percent_text(share)} of {len(run.held_out)} validation pictures are right{measured(run)}"
    if at.state == FRESH:
        text = (
            f"Before the first step the filters are random, and the network guesses among {len(classes)} "
            f"classes: {right}. {begun['optimiser']}, with learning rate "
            f"{number_text(begun['learning_rate'])} and {begun['batch_size']} pictures a step, will train it "
            f"on {len(parts(begun['dataset']).train):,} other pictures, scaled to {begun['scale']}, for "
            f"{'one epoch' if run.epochs == 1 else f'{run.epochs} epochs'}."
        )
        return f"{text} {at.next}".strip()
    text = (
        f"After {run.number:,} of {run.total:,} steps, in epoch {run.epoch} of {run.epochs}: "
        f"{_fall(run)}{right}{rates_text(run)}."
    )
    if run.tested is not None:
        tested = percent_text(run.tested)
        text += f" On the test part, {len(run.test):,} pictures used once, at the end: {tested}."
    return " ".join(filter(None, [text, at.why or _dead(run, begun), at.next]))


def _fall(run: Run) -> str:
    if not run.losses:
        return ""
    first, last = number_text(run.losses[0], 2), number_text(np.mean(run.losses[-10:]), 2)
    return f"the loss has gone from {first} to {last}, and "


def _dead(run: Run, begun: dict) -> str:
    """Say so if the network predicts the same for every picture, and which layer is silent."""
    if np.ptp(run.outputs, axis=0).max() > 1e-3:
        return ""
    rate, slower = begun["learning_rate"], lower_rate(begun["optimiser"], begun["learning_rate"])
    silent = _silent(run)
    why = f"the ReLUs of layer {silent} died: their output is 0 for every picture, and no gradient passes"
    if not silent:
        why = "the last layer's biases outweigh all that it reads"
    other = "pixels scaled 0 to 1" if begun["scale"] == "0 to 255" else number_text(slower)
    return (
        f"But it predicts the same for every picture: the steps of learning rate {number_text(rate)} were so "
        f"large that {why}. Try {other}."
    )


def _silent(run: Run) -> int:
    """Return the first layer, from 1, whose ReLUs give 0 for every picture; 0 where there is none."""
    ends = [end for end, part in enumerate(run.model, 1) if isinstance(part, ReLU)]
    silent = (n for n, end in enumerate(ends, 1) if not run.model[:end].outputs(run.held_out.images).any())
    return next(silent, 0)


def _curves(run: Run, classes: int) -> Iterable[Panel]:
    """Show the loss over the steps, smoothed and raw, and the accuracy on the validation part."""
    guess = np.log(classes)
    yield trend(
        "loss",
        dict(enumerate(run.losses, 1)),
        "each batch",
        ylabel="loss",
        caption=f"guessing costs ln {classes} = {guess:.2f}",
        xlim=(0, run.total),
        ylim=(0, 1.25 * guess),
        size=CURVE,
        new_row=True,
    )
    yield trend(
        "accuracy",
        {n: 100 * share for n, share in run.scores.items()},
        "each time",
        keep=0,
        ylabel="accuracy (%)",
        caption=f"on {len(run.held_out)} validation pictures,\nnever trained on",
        xlim=(0, run.total),
        ylim=(0, 101),
        size=CURVE,
    )


def _inside(run: Run, part: Split, classes: Sequence[str], index: int) -> Iterable[Panel]:
    """Show one of the validation pictures and what layer 1 makes of it."""
    image, label = part.images[index], part.labels[index]
    maps = run.model[:1](run.held_out.images[index][None])[0]
    chances = softmax(run.outputs[index])
    said = int(chances.argmax())
    truth, answer = f"picture {index}: {classes[label]}", f"{classes[said]}, {percent_text(chances[said])}"
    yield photo("example", _seen(image[None])[0], f"{truth}\nnetwork: {answer}", size=PICTURE, new_row=True)
    columns = max(2, round(len(maps) ** 0.5))
    caption = f"its {len(maps)} maps in layer 1"
    yield mosaic("maps", maps, caption, columns=columns, size=SHEET, symbol="→")


def _confusion(run: Run, part: Split, data: Dataset, cell: Place) -> Iterable[Panel]:
    """Show what is taken for what, and the pictures behind the cell that was pointed at."""
    labels, predicted = run.held_out.labels, run.outputs.argmax(axis=1)
    matrix = confusion_matrix(labels, predicted, len(data.classes))
    yield _matrix_panel(matrix, data.classes, cell)
    chosen = mistakes(labels, predicted, *cell)
    images = _seen(part.images[chosen[:TILES]])
    blank = np.full((TILES - len(images), *_seen(part.images[:1]).shape[1:]), np.nan)
    kind = "rgb" if images.ndim == 4 else "gray"
    named = [
        f"{data.classes[labels[i]]} taken for {data.classes[predicted[i]]}" for i in chosen[:TILES].tolist()
    ]
    more = f"\nthe first {TILES} are shown" if len(chosen) > TILES else ""
    yield mosaic(
        "mistakes",
        np.concatenate([images, blank]),
        cell_text(data.classes, *cell, len(chosen)) + more,
        columns=4,
        kind=kind,
        size=SHEET,
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


def _matrix_panel(matrix: Array, classes: Sequence[str], cell: Place) -> Panel:
    """Draw counts under the names of the classes, each the darker the larger its share of the row."""
    side = len(classes) + 1
    shares = np.sqrt(
        matrix / np.maximum(matrix.sum(axis=1, keepdims=True), 1)
    )  # a single mistake can be seen
    colors = np.empty((side, side, 4), np.uint8)
    colors[...] = NAME
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
        cell=44 if side < 6 else 20,
        point=Point("cell"),
        origin=(-1, -1),
        cursor=(cell.row + 1, cell.col + 1),
        alt=f"{np.trace(matrix)} of {matrix.sum()} right; " + ("; ".join(said) or "no mistake"),
    )


def _blues(shares: Array) -> Array:
    """Turn shares (K, K) into colours from white to blue."""
    return (255 - shares[..., None] * (255 - np.array([47, 127, 214]))).astype(np.uint8)


def _seen(images: Array) -> Array:
    """Return pictures as panels take them: (N, H, W) or (N, H, W, 3), 0 to 255."""
    return 255 * (images[:, 0] if images.shape[1] == 1 else np.moveaxis(images, 1, -1))


def _code(begun: Mapping, run: Run) -> dict[str, str]:
    data = material(begun["dataset"])
    size = {"filters": begun["filters"], "kernel_size": begun["kernel_size"]}
    layers = layers_text(data.train.images.shape[1:], len(data.classes), **size)
    own, torch = network_texts(layers, begun["seed"])
    pictures = ""
    if run.number:
        lines = [parts_text(begun["dataset"]), SCALES[begun["scale"]][1]]
        pictures = "".join(f"{line}\n" for line in lines if line)
        steps = steps_texts("part", run.number, rates=run.rates, **settings_text(begun))
        own, torch = (made + taken for made, taken in zip((own, torch), steps, strict=True))
    return both(
        f"{pictures}{own}result = model[0].weights['weight']",
        f"{pictures}{torch}result = model[0].weight.detach().numpy()",
    )
