"""What one asks of a model besides its loss: how often it is right, what it mixes up, where it tends."""

from collections.abc import Sequence
from itertools import accumulate

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cnnlib.nn.layers import Array


def accuracy(outputs: ArrayLike, labels: ArrayLike) -> float:
    """Return the share of the outputs (N, K) whose largest number stands at the label (N,), 0 to 1.

    Examples
    --------
    >>> accuracy([[0.1, 0.9], [0.8, 0.2]], [1, 1])
    0.5
    """
    return float(np.mean(np.argmax(outputs, axis=1) == np.asarray(labels)))


def confusion_matrix(labels: ArrayLike, predicted: ArrayLike, classes: int) -> NDArray[np.int64]:
    """Count what is taken for what.

    Parameters
    ----------
    labels, predicted : array of int, (N,)
        True and predicted classes, 0 to `classes` - 1.
    classes : int

    Returns
    -------
    array of int, (classes, classes)
        The entry in row t, column p counts the pictures of class t that were taken for p.

    Raises
    ------
    ValueError
        If the arrays differ in length, or hold something that is no class.

    Examples
    --------
    >>> confusion_matrix([0, 0, 1], [0, 1, 1], 2).tolist()
    [[1, 1], [0, 1]]
    """
    labels, predicted = np.asarray(labels), np.asarray(predicted)
    known = [array.size == 0 or (array.min() >= 0 and array.max() < classes) for array in (labels, predicted)]
    if labels.shape != predicted.shape or labels.ndim != 1 or not all(known):
        raise ValueError(
            f"confusion_matrix: labels {labels.shape} and predictions {predicted.shape} must be as many, and "
            f"classes from 0 to {classes - 1}; give model.predict(images) beside the labels of these images"
        )
    return np.bincount(classes * labels + predicted, minlength=classes**2).reshape(classes, classes)


def smooth(values: Sequence[float], keep: float = 0.9) -> Array:
    """Return a running mean that keeps a share of what it was: ``mean = keep * mean + (1 - keep) * value``.

    The mean starts at 0 and is divided by the share of the values that has arrived, as in Adam: else it would
    come up from 0 although the values do not.

    Parameters
    ----------
    values : sequence of float, (N,)
    keep : float
        0 up to 1; the mean looks back over some ``1 / (1 - keep)`` values.

    Returns
    -------
    array, (N,)

    Raises
    ------
    ValueError
        If `keep` lies elsewhere.

    Notes
    -----
    Kingma and Ba (2015), *Adam: a method for stochastic optimization*, section 3.

    Examples
    --------
    >>> smooth([4, 4, 0], keep=0.5).round(3).tolist()
    [4.0, 4.0, 1.714]
    """
    if not 0 <= keep < 1:
        raise ValueError(f"smooth: keep {keep} must be from 0 up to 1, without 1 itself; try 0.9")
    means = accumulate(values, lambda mean, value: keep * mean + (1 - keep) * value, initial=0.0)
    arrived = 1 - keep ** np.arange(1, len(values) + 1)
    return np.fromiter(means, float)[1:] / arrived
