"""One drawn picture of each class of `pictograms()`: a boat, a bird, a cat, a dog."""

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
