"""What is amiss with what training makes: losses, a model, a split. Nothing here records or raises."""

import math
from collections.abc import Callable, Iterable
from itertools import islice
from typing import NamedTuple

import numpy as np

from cnnlib import nn
from cnnlib.demo.numbers import number_text
from cnnlib.exercises.feedback import Feedback, is_blank
from cnnlib.exercises.safely import MOST
from cnnlib.exercises.trying import as_numbers, shape_text

FEWEST = 20  # losses, so that chance levels out in each tenth
GUESS_LOSS = float(np.log(10))  # the loss of a guess: no data set of the course has more than ten classes


def grade_losses(losses: object) -> Feedback:
    """Say whether a training's losses fall: the mean of the last tenth against that of the first.

    Parameters
    ----------
    losses : list of float or of Step
        In the order in which they came.

    Examples
    --------
    >>> print(grade_losses([2.3] * 30))
    Not yet: The loss is the same at each step: no weight moves. Is `step()` called, or is all frozen?
    """
    if is_blank(losses) or (isinstance(losses, list | tuple) and not losses):
        return Feedback("not answered yet", "Collect the loss of each step in a list, and hand it over.")
    values = as_numbers(_plain(losses))
    if values is not None and values.ndim == 2 and 1 in values.shape and values.size > 1:
        values = values.ravel()
    if values is not None and values.ndim == 2 and len(values) > 1:
        says = (
            f"Each step has {values.shape[1]} numbers here, perhaps loss and accuracy: hand "
            "over the losses alone."
        )
        return Feedback("wrong", says)
    if values is None or values.ndim != 1:
        return Feedback("wrong", "A list is needed, with one loss for each step.")
    if not np.isfinite(values).all():
        return Feedback("wrong", "The loss is no number at the end: the learning rate is far too large.")
    if len(values) < FEWEST:
        return Feedback("wrong", f"These are {len(values)} losses; chance levels out from {FEWEST} on.")
    return _fall(values)


def _plain(losses: object) -> object:
    """Return the losses of `train`'s steps; anything else as it is."""
    if isinstance(losses, Iterable) and not isinstance(losses, str):
        losses = list(islice(losses, MOST + 1))  # they may come without an end
    return [getattr(step, "loss", step) for step in losses] if isinstance(losses, list) else losses


def _fall(values: np.ndarray) -> Feedback:
    if values.min() < -1e-6:
        says = (
            "Losses below 0: cross-entropy and squared errors never are. Is the minus in "
            "front of the log missing?"
        )
        return Feedback("wrong", says)
    tenth = len(values) // 10
    first, last = values[:tenth].mean(), values[-tenth:].mean()
    from_to = f"from {number_text(first, 3)} to {number_text(last, 3)}, each the mean of a tenth of the steps"
    if np.ptp(values) < 1e-9 * max(abs(first), 1):
        says = "The loss is the same at each step: no weight moves. Is `step()` called, or is all frozen?"
        return Feedback("wrong", says)
    if last > 1.02 * first:
        says = "Is the sign of the update the wrong way round, or the learning rate too large?"
        return Feedback("wrong", f"The loss rises {from_to}. {says}")
    if last > 0.95 * first:
        says = (
            "It neither rises nor falls by more than chance: is the learning rate very small, or too large?"
        )
        return Feedback("wrong", f"The loss goes {from_to}. {says}")
    if says := _dead(values, last):
        return Feedback("wrong", f"The loss goes {from_to}. {says}")
    if last > GUESS_LOSS:
        says = (
            f"Whoever gives each of ten classes the same chance has ln 10 = {GUESS_LOSS:.3g}: it began far "
            "above and is not below yet. Were the first weights too large, or the pixels left at 0 to 255?"
        )
        return Feedback("wrong", f"The loss falls {from_to}. {says}")
    if last > 0.5 * min(first, GUESS_LOSS):
        half = "half" if first <= GUESS_LOSS else f"half of a guess's, {GUESS_LOSS / 2:.3g},"
        return Feedback("close", f"The loss falls {from_to}. Below {half} would be good: go on training.")
    return Feedback("right", f"The loss falls {from_to}. How it does on new pictures, losses cannot tell.")


def _dead(values: np.ndarray, last: float) -> str:
    """Name a loss that stands still where guessing among some classes begins."""
    end = values[len(values) // 2 :]
    wide = {10: 0.12}  # a dead network's loss jumps about
    classes = next((k for k in (10, 4, 2, 3) if abs(last / np.log(k) - 1) < wide.get(k, 0.05)), None)
    if classes is None or abs(end[: len(end) // 2].mean() - end[len(end) // 2 :].mean()) > 0.05 * last:
        return ""
    return (
        f"It stands still at ln {classes} = {np.log(classes):.3g}, where guessing among "
        f"{classes} classes begins: the network "
        "is dead, and predicts the same for every picture. Is the learning rate far too large?"
    )


# ---- a model
DATASETS: dict[str, Callable[[], nn.Dataset]] = {
    "digits": nn.digits,
    "shapes": nn.shapes,
    "pictograms": nn.pictograms,
    "mnist": nn.mnist,
    "fashion_mnist": nn.fashion_mnist,
}
# Held-out accuracy. Two small convolutions passed the first three (digits of 8 x 8)
# after 5 to 8 epochs with each of three seeds; the last two are not measured.
BARS = {"digits": 0.93, "shapes": 0.9, "pictograms": 0.9, "mnist": 0.97, "fashion_mnist": 0.85}
GUESSING = 1.5  # times what guessing gets
GAP = 0.05  # of the training above the held-out pictures: it remembers
LEAK = 3  # standard errors of the held-out above the training pictures: chance does so once in 700 models
SAMPLE = 2000  # training pictures to look at


def grade_model(model: object, dataset: object = "digits") -> tuple[Feedback, float | None]:
    """Test a learner's model on its test pictures, and name what a low accuracy comes from.

    Parameters
    ----------
    model : Sequential
    dataset : str or Dataset
        The name of one of the course's, or the dataset itself, for example with a larger canvas.

    Returns
    -------
    Feedback
    float or None
        The test accuracy, if there is one.

    Examples
    --------
    >>> feedback, accuracy = grade_model(nn.Sequential(nn.Flatten(), nn.Dense(64, 10)))
    >>> feedback.verdict, accuracy < 0.3
    ('wrong', True)
    """
    if is_blank(model):
        return Feedback("not answered yet", "Train a model first, and hand it over."), None
    if not isinstance(model, nn.Sequential):
        kind = type(model).__name__
        return Feedback("wrong", f"A trained `Sequential` is needed, not a value of type {kind}."), None
    try:
        data = dataset if isinstance(dataset, nn.Dataset) else _named(dataset)
        model.output_shape(data.train.images.shape[1:])
        return _judge(model, data)
    except ValueError as error:  # a download that failed, or layers that do not fit: the sentence says which
        return Feedback("wrong", f"It could not be tested. {error}."), None


def _named(name: object) -> nn.Dataset:
    if not isinstance(name, str) or name not in DATASETS:
        raise ValueError(f"There is no dataset {name!r}; use one of {', '.join(DATASETS)}")
    return DATASETS[name]()


def _judge(model: nn.Sequential, data: nn.Dataset) -> tuple[Feedback, float | None]:
    classes = len(data.classes)
    outputs = model.outputs(data.test.images)
    if not np.isfinite(outputs).all():
        says = "Its outputs are not numbers: training diverged, at a learning rate far too large."
        return Feedback("wrong", says), None
    if outputs.shape[1:] != (classes,):
        made = " × ".join(map(str, outputs.shape[1:]))
        return Feedback("wrong", f"It has {made} outputs, but {data.name} has {classes} classes."), None
    chosen = outputs.argmax(axis=1)
    held_out = float(np.mean(chosen == data.test.labels))
    trained = model.accuracy(data.train.take(min(SAMPLE, len(data.train))))
    verdict, why = _why(held_out, trained, len(np.unique(chosen)), data)
    start = f"{_percent(held_out)} of {len(data.test)} test pictures are right"
    return Feedback(verdict, f"{start}{why}"), held_out


def _why(held_out: float, trained: float, answers: int, data: nn.Dataset) -> tuple[str, str]:
    bar, training = BARS.get(data.name, 0.8), f"{_percent(trained)} of the pictures it was to learn from"
    if held_out - trained > LEAK * _standard_error(held_out, trained, data):
        return "wrong", f", but only {training}. Was it trained on the test part?"
    if held_out >= bar:
        return "right", f", and {training}."
    if answers == 1:
        return "wrong", ": it predicts the same class for every picture. Is the learning rate too large?"
    if held_out < GUESSING / len(data.classes):
        return "wrong", ", no more than guessing gets. Was it trained, and on these pictures?"
    if trained > held_out + GAP:
        advice = "That gap is overfitting: train on more pictures, or with `Dropout`."
        return "close", f", but {training}. {advice}"
    return "close", f"; the bar is {_percent(bar)}. It still gains: train on, or try another learning rate."


def _standard_error(held_out: float, trained: float, data: nn.Dataset) -> float:
    """Return how far two accuracies lie apart by chance, if the model is as good on both parts."""
    tests, seen = len(data.test), min(SAMPLE, len(data.train))
    both = (tests * held_out + seen * trained) / (tests + seen)
    return math.sqrt(both * (1 - both) * (1 / tests + 1 / seen))


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


# ---- a split
class Parts(NamedTuple):
    """A learner's split of rows, and where each row's picture comes from."""

    train: np.ndarray
    test: np.ndarray
    originals: np.ndarray
    labels: np.ndarray | None


def grade_split(
    train: object, test: object, originals: np.ndarray, labels: np.ndarray | None = None
) -> Feedback:
    """Say what is amiss with a split: above all, what the test part shares with the training part.

    Parameters
    ----------
    train, test : array_like of int or bool
        Row numbers, or True for the rows that belong to the part.
    originals : array, (N,)
        For each row the number of the picture that it was made from.
    labels : array, (N,), optional
        Classes, to see whether each is in both parts.

    Examples
    --------
    >>> print(grade_split([0, 1, 2, 3], [4], [0, 1, 2, 3, 0]))
    Not yet: 1 of 1 test picture is a copy of a picture to train on: it was moved, but the digit is known. \
Split the originals, then give each copy to the part of its original.
    """
    if is_blank(train) or is_blank(test):
        return Feedback("not answered yet", "Put your row numbers in place of `...`, for both parts.")
    originals = np.asarray(originals)
    rows = {}
    for name, part in (("training", train), ("test", test)):
        rows[name] = _rows(part, len(originals))
        if isinstance(rows[name], str):
            return Feedback("wrong", f"The {name} part {rows[name]}.")
    parts = Parts(rows["training"], rows["test"], originals, None if labels is None else np.asarray(labels))
    for fault in _FAULTS:
        if feedback := fault(parts):
            return feedback
    share = round(100 * len(parts.test) / len(originals))
    says = f"No test picture, and no copy of one, is trained on; {share} % are held out."
    return Feedback("right", says)


def _rows(part: object, size: int) -> np.ndarray | str:
    """Return a part as row numbers, or what is wrong with it."""
    rows = as_numbers(part)
    if rows is None or rows.ndim != 1 or (rows.size and rows.dtype.kind == "f"):
        what = f"of type {type(part).__name__}" if rows is None else f"{shape_text(rows)} of {rows.dtype}"
        return f"has to be a row of row numbers (or of True and False), and is {what}"
    if rows.dtype.kind == "b":
        short = f"has {len(rows)} times True or False, but there are {size} pictures"
        return np.flatnonzero(rows) if len(rows) == size else short
    if rows.size and (rows.min() < 0 or rows.max() >= size):
        return f"has row numbers from {rows.min()} to {rows.max()}, but the rows are 0 to {size - 1}"
    return rows.astype(int)


def _empty(parts: Parts) -> Feedback | None:
    name = "training" if not len(parts.train) else "test"
    return None if len(parts.train) and len(parts.test) else Feedback("wrong", f"The {name} part is empty.")


def _overlap(parts: Parts) -> Feedback | None:
    both = int(np.isin(parts.test, parts.train).sum())
    says = (
        f"{both} of {_count(len(parts.test), 'test picture')} {_are(both)} trained on as well: the test asks "
        "what the network has seen. A row belongs to one part."
    )
    return Feedback("wrong", says) if both else None


def _leak(parts: Parts) -> Feedback | None:
    copies = int(np.isin(parts.originals[parts.test], parts.originals[parts.train]).sum())
    are = "are copies" if copies > 1 else "is a copy"
    moved = (
        "they were moved, but the digits are known" if copies > 1 else "it was moved, but the digit is known"
    )
    says = (
        f"{copies} of {_count(len(parts.test), 'test picture')} {are} of a picture to train on: {moved}. "
        "Split the originals, then give each copy to the part of its original."
    )
    return Feedback("wrong", says) if copies else None


def _repeated(parts: Parts) -> Feedback | None:
    for name, rows in (("training", parts.train), ("test", parts.test)):
        twice = len(rows) - len(np.unique(rows))
        if twice:
            says = f"{_count(twice, 'row')} of the {name} part came before: was it drawn with replacement?"
            return Feedback("wrong", says)
    return None


def _swapped(parts: Parts) -> Feedback | None:
    says = "The test part is the larger one: have the two changed places? Most pictures are for training."
    return Feedback("wrong", says) if len(parts.test) > len(parts.train) else None


def _classes(parts: Parts) -> Feedback | None:
    if parts.labels is None:
        return None
    for name, rows in (("training", parts.train), ("test", parts.test)):
        lacking = sorted(set(parts.labels.tolist()) - set(parts.labels[rows].tolist()))
        if lacking:
            which = ", ".join(map(str, lacking))
            says = f"The {name} part has no picture of class {which}: the rows are sorted. Draw by chance."
            return Feedback("wrong", says)
    return None


def _lost(parts: Parts) -> Feedback | None:
    lost = len(parts.originals) - len(parts.train) - len(parts.test)
    says = f"No leak, but {_count(lost, 'picture')} {_are(lost)} in neither part. Give each a place."
    return Feedback("close", says) if lost else None


def _small(parts: Parts) -> Feedback | None:
    says = (
        f"No leak, but {_count(len(parts.test), 'test picture')} of {len(parts.originals)} tell little: "
        "chance moves the accuracy by points. Hold out a tenth at least."
    )
    return Feedback("close", says) if len(parts.test) < 0.1 * len(parts.originals) else None


_FAULTS = (_empty, _overlap, _leak, _repeated, _swapped, _classes, _lost, _small)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _are(number: int) -> str:
    return "is" if number == 1 else "are"
