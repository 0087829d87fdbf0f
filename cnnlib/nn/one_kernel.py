"""One kernel that learns itself from a picture before and after: gradient descent at its smallest.

The error of a kernel k is ``mean((conv2d(before, k) - after)**2)``, a bowl over the kernel's cells. A step
goes down its slope: ``k - learning_rate * gradient``. Cell (p, q) of the kernel meets the pixel p rows below
and q columns right of each window's corner, so its slope is ``2 * mean(error * those pixels)``: the picture,
correlated with the map of errors. That is what `Conv2D` computes for a batch; here it is two small products.
"""

from typing import NamedTuple

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike, NDArray

from cnnlib.shapes import as_numbers

EXPLODED = 100  # a descent is lost at this many times the error it began with

Float = NDArray[np.float64]


class Descent(NamedTuple):
    """The way of a kernel down the bowl.

    Attributes
    ----------
    kernels : ndarray, (steps + 1, KH, KW)
        At the start and after each step.
    errors : ndarray, (steps + 1,)
        The mean squared error of each.
    diverged : bool
        Whether it was broken off, because the error had grown a hundredfold.
    """

    kernels: Float
    errors: Float
    diverged: bool


def descend(
    before: ArrayLike, after: ArrayLike, start: ArrayLike, *, learning_rate: float, steps: int
) -> Descent:
    """Learn the kernel that makes one picture from the other.

    Parameters
    ----------
    before : array, (H, W)
    after : array, (H - KH + 1, W - KW + 1)
        What the kernel to be learned makes of it.
    start : array, (KH, KW)
        The kernel to begin with.
    learning_rate : float
        What the gradient is multiplied by. Above `largest_rate` the error grows.
    steps : int
        Gradient steps, fewer if the error grows to `EXPLODED` times what it was.

    Returns
    -------
    Descent

    Raises
    ------
    ValueError
        If the shapes do not fit.

    Notes
    -----
    Goodfellow, Bengio and Courville (2016), *Deep Learning*, section 4.3.

    Examples
    --------
    >>> way = descend([[0, 1, 0, 1]], [[2, -2, 2]], [[0, 0]], learning_rate=0.5, steps=60)
    >>> way.kernels[-1].round(3).tolist()
    [[-2.0, 2.0]]
    """
    kernel = as_numbers("descend", start).astype(float)
    windows = _windows("descend", before, kernel.shape)
    wanted = _wanted(after, windows)
    # windows = q r, and q keeps lengths: with the small r instead, errors and gradients are the same, sooner.
    q, r = np.linalg.qr(windows)
    reached = q.T @ wanted
    rest = np.sum((wanted - q @ reached) ** 2)  # what no kernel can explain
    kernels, errors = [kernel.ravel()], []
    while True:
        difference = r @ kernels[-1] - reached
        errors.append((difference @ difference + rest) / len(wanted))
        lost = errors[-1] > EXPLODED * max(errors[0], 1e-9)  # a start without error is no reason to stop
        if lost or len(errors) > steps:
            return Descent(np.reshape(kernels, (-1, *kernel.shape)), np.array(errors), bool(lost))
        gradient = 2 / len(wanted) * (difference @ r)
        kernels.append(kernels[-1] - learning_rate * gradient)


def largest_rate(before: ArrayLike, shape: tuple[int, int]) -> float:
    """Return the learning rate above which `descend` diverges: 2 over the bowl's strongest curvature.

    Across the bowl's narrowest direction, with curvature c, a step multiplies the distance from the floor by
    ``1 - learning_rate * c``; above 2 / c that is more than its size, on the other side.

    Parameters
    ----------
    before : array, (H, W)
        The picture to learn from; the curvature depends on it alone.
    shape : (int, int)
        Rows and columns of the kernel.

    Returns
    -------
    float
        Infinite for a black picture, which teaches nothing.

    Raises
    ------
    ValueError
        If the kernel is larger than the picture.

    Notes
    -----
    Goodfellow, Bengio and Courville (2016), *Deep Learning*, section 4.3.1.

    Examples
    --------
    >>> largest_rate([[1, 1], [1, 1]], (1, 1))
    1.0
    """
    windows = _windows("largest_rate", before, shape)
    curvature = 2 * np.linalg.eigvalsh(windows.T @ windows / len(windows)).max()
    return float(2 / curvature) if curvature > 0 else float("inf")


def standardise(picture: ArrayLike) -> Float:
    """Shift and scale a picture to mean 0 and spread 1, which makes the bowl rounder and quicker to descend.

    Parameters
    ----------
    picture : array

    Returns
    -------
    ndarray of float64
        All zeros for a picture of one brightness.

    Examples
    --------
    >>> standardise([[0, 10, 20, 10]]).round(2).tolist()
    [[-1.41, 0.0, 1.41, 0.0]]
    """
    centred = as_numbers("standardise", picture).astype(float)
    centred -= centred.mean()
    return centred / (centred.std() or 1.0)


def _windows(where: str, before: ArrayLike, shape: tuple[int, ...]) -> Float:
    """Return each window as a row of KH * KW numbers."""
    before = as_numbers(where, before).astype(float)
    if before.ndim != 2 or len(shape) != 2 or any(k > n for k, n in zip(shape, before.shape, strict=True)):
        raise ValueError(
            f"{where}: kernel {shape} does not lie on the picture {before.shape}; "
            "give a picture (H, W) and a kernel (KH, KW) no larger"
        )
    return sliding_window_view(before, shape).reshape(-1, shape[0] * shape[1])


def _wanted(after: ArrayLike, windows: Float) -> Float:
    after = as_numbers("descend", after).astype(float)
    if after.size != len(windows):
        raise ValueError(
            f"descend: the picture after, {after.shape}, has {after.size} numbers, but the kernel fits in "
            f"{len(windows)} places before; give conv2d(before, kernel)"
        )
    return after.ravel()
