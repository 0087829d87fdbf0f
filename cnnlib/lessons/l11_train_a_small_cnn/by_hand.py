"""Backpropagation on a network small enough to write out: two inputs, two hidden units, one output.

Every line is one that a person can do on paper; `Dense`, `ReLU` and `mean_squared_error` compute the same for
any size and batch.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cnnlib.activations import relu
from cnnlib.shapes import as_numbers

Float = NDArray[np.float64]


class Weights(NamedTuple):
    """What the small network learns.

    Attributes
    ----------
    W : ndarray, (2, 2)
        ``W[i, j]`` leads from input j to hidden unit i.
    b : ndarray, (2,)
        One bias per hidden unit.
    v : ndarray, (2,)
        From the hidden units to the output.
    c : ndarray, ()
        The output's bias.
    """

    W: Float
    b: Float
    v: Float
    c: Float


class Forward(NamedTuple):
    """All numbers on the way to the loss, in the order in which they are made."""

    z: Float  # (2,) sums of the hidden units
    h: Float  # (2,) what they pass on
    y: float  # the output
    loss: float  # its squared distance from the target


class Backward(NamedTuple):
    """How the loss changes with each number, in the order in which that is found."""

    y: float
    v: Float  # (2,)
    c: float
    h: Float  # (2,)
    z: Float  # (2,)
    W: Float  # (2, 2)
    b: Float  # (2,)


def forward(x: ArrayLike, target: float, weights: Weights) -> Forward:
    """Run two inputs through the network: ``y = v . relu(W x + b) + c``, ``loss = (y - target)^2``.

    Parameters
    ----------
    x : array, (2,)
    target : float
        What the output should be.
    weights : Weights

    Returns
    -------
    Forward

    Raises
    ------
    ValueError
        If a shape is another.

    Examples
    --------
    >>> weights = network([[1, 2], [3, -4]], [0, 0], [1, 1], 0)
    >>> forward([1, 1], 5, weights).loss
    4.0
    """
    z = weights.W @ _pair("forward", "x", x) + weights.b
    h = relu(z)
    y = float(weights.v @ h + weights.c)
    return Forward(z, h, y, (y - float(target)) ** 2)


def backward(x: ArrayLike, target: float, weights: Weights, made: Forward) -> Backward:
    """Follow the loss back to every weight, with the chain rule, one line per number.

    Parameters
    ----------
    x, target, weights
        As in `forward`.
    made : Forward
        What `forward` returned.

    Returns
    -------
    Backward
        Nine gradients for the nine weights, and those of the numbers between.

    Notes
    -----
    Rumelhart, Hinton and Williams (1986), *Learning representations by back-propagating errors*.

    Examples
    --------
    >>> weights = network([[1, 2], [3, -4]], [0, 0], [1, 1], 0)
    >>> backward([1, 1], 5, weights, forward([1, 1], 5, weights)).W.tolist()
    [[-4.0, -4.0], [0.0, 0.0]]
    """
    y = 2 * (made.y - float(target))
    v, c = y * made.h, y  # the output weights meet h, the bias meets 1
    h = y * weights.v
    z = np.where(made.z > 0, h, 0)  # ReLU lets the gradient through where it let the number through
    return Backward(y, v, c, h, z, np.outer(z, _pair("backward", "x", x)), z)


def update(weights: Weights, gradients: Backward, learning_rate: float) -> Weights:
    """Move every weight against its gradient: ``w - learning_rate * gradient``.

    Examples
    --------
    >>> weights = network([[1, 2], [3, -4]], [0, 0], [1, 1], 0)
    >>> gradients = backward([1, 1], 5, weights, forward([1, 1], 5, weights))
    >>> update(weights, gradients, 0.1).v.tolist()
    [2.2, 1.0]
    """
    slopes = (gradients.W, gradients.b, gradients.v, gradients.c)
    moved = (old - learning_rate * slope for old, slope in zip(weights, slopes, strict=True))
    return Weights(*map(np.asarray, moved))


def network(W: ArrayLike, b: ArrayLike, v: ArrayLike, c: float) -> Weights:
    """Return the weights as float arrays.

    Raises
    ------
    ValueError
        If a shape is not that of `Weights`.

    Examples
    --------
    >>> network([[1, 2], [3, -4]], [0, 0], [1, 1], 0).v
    array([1., 1.])
    """
    matrix = as_numbers("network", W).astype(float)
    if matrix.shape != (2, 2):
        raise ValueError(f"network: W {matrix.shape} must be (2, 2): one row for each hidden unit")
    return Weights(matrix, _pair("network", "b", b), _pair("network", "v", v), np.asarray(float(c)))


def _pair(where: str, name: str, values: ArrayLike) -> Float:
    array = as_numbers(where, values).astype(float)
    if array.shape != (2,):
        raise ValueError(f"{where}: {name} {array.shape} must hold two numbers, shape (2,)")
    return array
