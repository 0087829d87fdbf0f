"""Where the middle of a picture's ink lies, and how far a network's answers are from it."""

import numpy as np
from numpy.typing import ArrayLike

from cnnlib.nn.layers import Array


def centres(images: Array) -> Array:
    """Return row and column of the centre of mass of pictures (N, 1, H, W) without negative pixels, (N, 2).

    Examples
    --------
    >>> centres(np.eye(3)[None, None]).tolist()
    [[1.0, 1.0]]
    """
    ink = images[:, 0]
    rows, cols = (np.arange(side) for side in ink.shape[1:])
    sums = np.stack([ink.sum(axis=2) @ rows, ink.sum(axis=1) @ cols], axis=1)
    return sums / ink.sum(axis=(1, 2))[:, None]


def mean_distance(outputs: ArrayLike, targets: ArrayLike) -> float:
    """Return how far points (N, D) lie from where they should, on average, in the unit they are given in.

    Examples
    --------
    >>> mean_distance([[0, 0], [3, 4]], [[0, 1], [0, 0]])
    3.0
    """
    return float(np.linalg.norm(np.subtract(outputs, targets), axis=1).mean())
