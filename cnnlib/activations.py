"""Activations: the nonlinearity between two layers, number by number.

Float input keeps its dtype; whole numbers stay whole in `relu` and become float64 elsewhere. NaN stays NaN.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cnnlib.shapes import as_numbers


def relu(x: ArrayLike) -> NDArray[Any]:
    """Replace negative numbers by 0: ``max(x, 0)``.

    Parameters
    ----------
    x : array of any shape

    Returns
    -------
    array
        The shape and dtype of `x`.

    Raises
    ------
    ValueError
        For complex numbers or text.

    Notes
    -----
    Nair and Hinton (2010), *Rectified linear units improve restricted Boltzmann machines*.

    Examples
    --------
    >>> relu([-378, -384, 381])
    array([  0,   0, 381])
    """
    x = as_numbers("relu", x)
    return np.maximum(x, x.dtype.type(0))


def leaky_relu(x: ArrayLike, slope: float = 0.01) -> NDArray[Any]:
    """Shrink negative numbers instead of cutting them off: ``x`` if x > 0, else ``slope * x``.

    Parameters
    ----------
    x : array of any shape
    slope : float
        Share of a negative number that is let through.

    Returns
    -------
    array
        The shape of `x`; float.

    Raises
    ------
    ValueError
        For complex numbers or text.

    Notes
    -----
    Maas, Hannun and Ng (2013), *Rectifier nonlinearities improve neural network acoustic models*.

    Examples
    --------
    >>> leaky_relu([-200.0, 0.0, 3.0])
    array([-2.,  0.,  3.])
    """
    x = _as_floats("leaky_relu", x)
    return np.where(x > 0, x, x * float(slope))


def sigmoid(x: ArrayLike) -> NDArray[Any]:
    """Squeeze every number into 0 to 1: ``1 / (1 + exp(-x))``.

    Parameters
    ----------
    x : array of any shape

    Returns
    -------
    array
        The shape of `x`; float.

    Raises
    ------
    ValueError
        For complex numbers or text.

    Notes
    -----
    Goodfellow, Bengio and Courville (2016), *Deep Learning*, equation 3.30.

    Examples
    --------
    >>> sigmoid([-1000.0, 0.0, 1000.0])
    array([0. , 0.5, 1. ])
    """
    x = _as_floats("sigmoid", x)
    small = np.exp(-np.abs(x))  # never more than 1, so nothing overflows
    return np.where(x >= 0, 1, small) / (1 + small)


def tanh(x: ArrayLike) -> NDArray[Any]:
    """Squeeze every number into -1 to 1: ``(exp(x) - exp(-x)) / (exp(x) + exp(-x))``.

    Parameters
    ----------
    x : array of any shape

    Returns
    -------
    array
        The shape of `x`; float.

    Raises
    ------
    ValueError
        For complex numbers or text.

    Notes
    -----
    Equal to ``2 * sigmoid(2 * x) - 1``; LeCun et al. (1998) used it, scaled, in LeNet-5.

    Examples
    --------
    >>> tanh([-1000.0, 0.0, 1000.0])
    array([-1.,  0.,  1.])
    """
    return np.tanh(_as_floats("tanh", x))


def softmax(x: ArrayLike, axis: int = -1) -> NDArray[Any]:
    """Turn scores into shares that sum to 1: ``exp(x) / sum(exp(x))`` along one axis.

    Parameters
    ----------
    x : array with at least one axis
        Scores (logits).
    axis : int
        The axis along which the shares sum to 1.

    Returns
    -------
    array
        The shape of `x`; float.

    Raises
    ------
    ValueError
        For complex numbers or text, an axis that `x` does not have, or one of length 0.

    Notes
    -----
    Goodfellow, Bengio and Courville (2016), *Deep Learning*, section 6.2.2.3. Subtracting the largest
    score first changes nothing in the quotient and keeps `exp` from overflowing.

    Examples
    --------
    >>> softmax([1, 2, 3, 4]).round(4)
    array([0.0321, 0.0871, 0.2369, 0.6439])
    """
    x = _as_floats("softmax", x)
    if not -x.ndim <= axis < x.ndim:
        raise ValueError(f"softmax: shape {x.shape} has no axis {axis}; use one of its {x.ndim} axes")
    if x.shape[axis] == 0:
        raise ValueError(f"softmax: shape {x.shape} has no scores along axis {axis}; give at least one")
    shares = np.exp(x - x.max(axis=axis, keepdims=True))
    total = shares.sum(axis=axis, keepdims=True, dtype=np.promote_types(x.dtype, np.float32))
    return (shares / total).astype(x.dtype, copy=False)


def _as_floats(where: str, x: ArrayLike) -> NDArray[Any]:
    x = as_numbers(where, x)
    return x if x.dtype.kind == "f" else x.astype(np.float64)
