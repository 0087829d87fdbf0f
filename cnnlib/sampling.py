"""Sampling: a few measurements of what varies without a break, and the stripes they pretend to see."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cnnlib.ranges import finite, finite_above_0, whole
from cnnlib.shapes import as_numbers


def sample(
    signal: ArrayLike | Callable[[NDArray[np.float64]], ArrayLike], count: int
) -> tuple[NDArray[np.float64], NDArray[Any]]:
    """Measure a signal at `count` places, equally far apart, the first at its start.

    Parameters
    ----------
    signal : function or array, (N,)
        What gives the value at each place, 0 to 1 along the line; or a finely drawn scan line, whose nearest
        point before each place is taken.
    count : int
        Number of samples; of a drawn line at most N.

    Returns
    -------
    places : ndarray of float64, (count,)
        Share of the line's length at which each sample was taken, from 0 to below 1.
    values : ndarray, (count,)
        The samples.

    Raises
    ------
    ValueError
        If `count` is not a whole number of at least 1, or the line is no line or has too few points.

    Examples
    --------
    >>> places, values = sample([0, 10, 20, 30, 40, 50, 60, 70], 4)
    >>> places.tolist(), values.tolist()
    ([0.0, 0.25, 0.5, 0.75], [0, 20, 40, 60])
    """
    count = whole("sample", "count", count)
    if callable(signal):
        places = np.arange(count) / count
        return places, np.asarray(signal(places))
    line = as_numbers("sample", signal)
    if line.ndim != 1 or line.size < count:
        raise ValueError(
            f"sample: {count} samples cannot be taken of shape {line.shape}; take fewer or a longer line"
        )
    points = np.arange(count) * line.size // count
    return points / line.size, line[points]


def stripe_wave(places: ArrayLike, frequency: float) -> NDArray[np.float64]:
    """Return the brightness of soft stripes along a line: ``1/2 + 1/2 cos(2 pi frequency place)``.

    Parameters
    ----------
    places : array of any shape
        Shares of the line's length, 0 its start.
    frequency : float
        Stripes on the whole line; the first is brightest at its start.

    Returns
    -------
    ndarray of float64
        From 0 to 1, in the shape of `places`.

    Raises
    ------
    ValueError
        If `frequency` is negative or not finite.

    Examples
    --------
    >>> stripe_wave([0, 0.125, 0.25], 2)
    array([1. , 0.5, 0. ])
    """
    places = as_numbers("stripe_wave", places).astype(np.float64)
    turns = places * finite("stripe_wave", "frequency", frequency)
    return 0.5 + 0.5 * np.cos(2 * np.pi * turns)


def alias_frequency(frequency: float, rate: float) -> float:
    """Return the lowest frequency with the same samples: the distance to the nearest multiple of `rate`.

    Parameters
    ----------
    frequency : float
        What is sampled, in periods per unit (of length or time).
    rate : float
        Samples per the same unit.

    Returns
    -------
    float
        From 0 to half the rate; equal to `frequency` as long as that is at most half the rate.

    Raises
    ------
    ValueError
        If `frequency` is negative, `rate` not above 0, or one of them not finite.

    Notes
    -----
    Shannon (1949), *Communication in the presence of noise*, theorem 1.

    Examples
    --------
    >>> alias_frequency(3, 16), alias_frequency(13, 16), alias_frequency(16, 16)
    (3.0, 3.0, 0.0)
    """
    frequency = finite("alias_frequency", "frequency", frequency)
    return abs(math.remainder(frequency, finite_above_0("alias_frequency", "rate", rate)))
