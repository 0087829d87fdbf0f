"""Lesson 11's train/test split: what is amiss with it, above all a leak."""

from typing import NamedTuple

import numpy as np

from cnnlib.exercises.feedback import Feedback, is_blank
from cnnlib.exercises.task import as_numbers, shape_text


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
