"""Losses: one number for how wrong a batch of outputs is, and its gradient for each of them."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from cnnlib.nn.layers import Array
from cnnlib.shapes import as_numbers

Loss = Callable[[Any, Any], tuple[float, Array]]  # of outputs and targets; loss, gradient


def softmax_cross_entropy(logits: ArrayLike, labels: ArrayLike) -> tuple[float, Array]:
    """Mean of ``-log(softmax(logits)[label])`` over the batch.

    With p = softmax(z) and the true class y, the loss is ``-z_y + log(sum(exp(z)))``. Its derivative for z_i
    is p_i, less 1 at i = y: the probabilities minus the truth. The mean divides by N.

    Parameters
    ----------
    logits : array, (N, K)
        One number per class; the larger, the likelier.
    labels : array of whole numbers, (N,)
        The true classes, 0 to K - 1.

    Returns
    -------
    loss : float
        In nats: log(K) for guessing, 0 for certainty. NaN or inf if the logits are.
    gradient : array, (N, K)
        The dtype of the logits; float32 for whole numbers.

    Raises
    ------
    ValueError
        If the shapes do not fit, or a label is not a class.

    Notes
    -----
    Goodfellow, Bengio and Courville (2016), *Deep Learning*, section 6.2.2.3.

    Examples
    --------
    >>> loss, gradient = softmax_cross_entropy([[2.0, 2.0]], [0])
    >>> round(loss, 4), gradient.tolist()
    (0.6931, [[-0.5, 0.5]])
    """
    logits = _floats("softmax_cross_entropy", logits)
    labels = _classes(logits, as_numbers("softmax_cross_entropy", labels))
    rows = np.arange(len(labels))
    with np.errstate(over="ignore", invalid="ignore"):  # the loss then says so, and train explains it
        # the same probabilities, and exp cannot overflow
        shifted = logits - logits.max(axis=1, keepdims=True)
        gradient = np.exp(shifted)
        total = gradient.sum(axis=1, keepdims=True)
        loss = float(np.mean(np.log(total[:, 0]) - shifted[rows, labels]))
    gradient /= total
    gradient[rows, labels] -= 1
    gradient /= len(labels)
    return loss, gradient


def mean_squared_error(outputs: ArrayLike, targets: ArrayLike) -> tuple[float, Array]:
    """Mean of ``(outputs - targets)**2`` over all numbers of the batch.

    The derivative for one output is twice its error, divided by how many numbers there are.

    Parameters
    ----------
    outputs, targets : arrays of the same shape, (N, ...)

    Returns
    -------
    loss : float
    gradient : array, the shape and dtype of the outputs
        float32 for whole numbers.

    Raises
    ------
    ValueError
        If the shapes differ.

    Notes
    -----
    The mean is over all numbers, not over the batch alone, as in PyTorch's ``MSELoss``.

    Examples
    --------
    >>> loss, gradient = mean_squared_error([[1.0], [4.0]], [[1.0], [2.0]])
    >>> loss, gradient.tolist()
    (2.0, [[0.0], [2.0]])
    """
    outputs = _floats("mean_squared_error", outputs)
    targets = as_numbers("mean_squared_error", targets)
    if outputs.shape != targets.shape or not outputs.size:
        raise ValueError(
            f"mean_squared_error: outputs {outputs.shape} and targets {targets.shape} must be of one shape; "
            "give a target for each output, as in targets.reshape(-1, 1)"
        )
    with np.errstate(over="ignore", invalid="ignore"):
        error = outputs - targets.astype(outputs.dtype, copy=False)
        return float(np.mean(error**2)), error * (2 / error.size)


def _floats(where: str, values: ArrayLike) -> Array:
    array = as_numbers(where, values)
    return array if array.dtype.kind == "f" else array.astype(np.float32)


def _classes(logits: Array, labels: Array) -> Array:
    """Return the labels, if they are classes of the logits."""
    if logits.ndim != 2 or labels.shape != logits.shape[:1] or not logits.size:
        raise ValueError(
            f"softmax_cross_entropy: logits {logits.shape} and labels {labels.shape} do not fit; "
            "give logits (N, classes) and one label for each of the N"
        )
    if labels.dtype.kind not in "iu" or labels.min() < 0 or labels.max() >= logits.shape[1]:
        raise ValueError(
            f"softmax_cross_entropy: labels from {labels.min()} to {labels.max()} ({labels.dtype}) "
            f"must be whole numbers from 0 to {logits.shape[1] - 1}; the model needs one output per class"
        )
    return labels
