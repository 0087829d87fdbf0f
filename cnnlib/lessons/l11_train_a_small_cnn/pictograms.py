"""The four classes of `pictograms()`, boat, bird, cat, dog, and a drawn picture of each."""

from collections.abc import Sequence
from functools import cache

import numpy as np

from cnnlib.nn.datasets import pictograms
from cnnlib.nn.splits import Split

CLASSES = ("boat", "bird", "cat", "dog")


def pictogram(name: str) -> np.ndarray:
    """Return a picture of one class, (3, 32, 32), red, green and blue from 0 to 1; read-only.

    Examples
    --------
    >>> pictogram("boat").shape
    (3, 32, 32)
    """
    drawn = _one_of_each()
    return drawn.images[np.flatnonzero(drawn.labels == CLASSES.index(name))[0]]


@cache
def _one_of_each() -> Split:
    return pictograms(train=len(CLASSES), test=len(CLASSES)).train


def four(where: str, what: str, values: Sequence[float]) -> dict[str, float]:
    """Give each of four numbers its class; ValueError if there are not four.

    Examples
    --------
    >>> four("demo", "scores", [1, 2, 3, 4])
    {'boat': 1.0, 'bird': 2.0, 'cat': 3.0, 'dog': 4.0}
    """
    if len(values) != len(CLASSES):
        raise ValueError(f"{where}: {what} {tuple(values)} must be four numbers, for {', '.join(CLASSES)}")
    return dict(zip(CLASSES, map(float, values), strict=True))
