"""A layer of hidden units fitted to a curve: what universal approximation promises, and what not."""

import operator
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cnnlib.activations import relu, tanh
from cnnlib.shapes import as_numbers

UNITS: dict[str, Callable] = {"relu": relu, "tanh": tanh}
STEEPEST = 8  # of the slopes that are drawn for tanh; ReLU units are only mirrored
CURVES: dict[str, Callable[[NDArray], NDArray]] = {
    "wave": lambda x: np.sin(5 * x),
    "parabola": lambda x: 2 * x**2 - 1,
    "step": lambda x: np.where(x < 0, -1.0, 1.0),
    "chirp": lambda x: np.sin(8 * (x + 1.2) ** 2 / 2),
}


class Units(NamedTuple):
    """One hidden layer: ``y = bias + sum over i of weights[i] * unit(slopes[i] * (x - places[i]))``."""

    unit: str
    slopes: NDArray
    places: NDArray
    weights: NDArray
    bias: float

    def __call__(self, x: ArrayLike) -> NDArray:
        """Return the values at x, an array of any shape."""
        x = as_numbers("Units", x)
        return self.bias + UNITS[self.unit](self.slopes * (x[..., None] - self.places)) @ self.weights


def fit_units(x: ArrayLike, y: ArrayLike, count: int, *, unit: str = "relu", seed: int = 0) -> Units:
    """Fit a layer of hidden units to points of a curve.

    Slope and place of each unit are drawn by chance and stay; the weights of the output are those with the
    least sum of squared errors, solved for and not trained. More units of the same seed are those of before
    and new ones, so the fit to the points never gets worse.

    Parameters
    ----------
    x, y : array_like, (N,)
        Points to fit, at least 2; x with values from -1 to 1.
    count : int
        Hidden units, 0 or more; 0 is a constant.
    unit : {"relu", "tanh"}
    seed : int
        Draws slopes and places.

    Returns
    -------
    Units
        Called with x, it gives its values.

    Raises
    ------
    ValueError
        If the points or a setting cannot be used.

    Notes
    -----
    Cybenko (1989), *Approximation by superpositions of a sigmoidal function*, says that enough units come as
    near as one likes, on a closed range. Units by chance with solved weights: Huang, Zhu and Siew (2006),
    *Extreme learning machine*.

    Examples
    --------
    >>> x = np.linspace(-1, 1, 50)
    >>> fit = fit_units(x, np.abs(x), 100)
    >>> bool(np.abs(fit(x) - np.abs(x)).max() < 0.05)
    True
    """
    x, y = as_numbers("fit_units", x), as_numbers("fit_units", y)
    if x.ndim != 1 or x.shape != y.shape or len(x) < 2:
        raise ValueError(f"fit_units: x {x.shape} and y {y.shape} are no points; give two rows of 2 or more")
    if unit not in UNITS:
        raise ValueError(f"fit_units: unit {unit!r} is unknown; use {' or '.join(map(repr, UNITS))}")
    slopes, places = _drawn(count, unit, seed)
    hidden = UNITS[unit](slopes * (x[:, None] - places))
    middle = hidden.mean(axis=0)  # around their means, constant and weights do not disturb each other
    weights = np.linalg.lstsq(hidden - middle, y - y.mean(), rcond=1e-7)[0]
    return Units(unit, slopes, places, weights, float(y.mean() - middle @ weights))


def _drawn(count: int, unit: str, seed: int) -> tuple[NDArray, NDArray]:
    """Draw slopes and places, unit by unit: the first ones are the same whatever the count."""
    try:
        number = operator.index(count)
    except TypeError:
        number = -1
    if number < 0:
        raise ValueError(f"fit_units: count must be a whole number of at least 0, not {count!r}")
    drawn = np.random.default_rng(seed).uniform(-1, 1, (number, 2))
    steep = 1 + (STEEPEST - 1) * np.abs(drawn[:, 0]) if unit == "tanh" else 1.0
    return np.where(drawn[:, 0] < 0, -steep, steep), drawn[:, 1]
