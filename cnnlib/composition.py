"""Two layers with nothing between them are one layer: the kernels fold into a single, larger one."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cnnlib.convolution import conv2d
from cnnlib.shapes import as_numbers


def compose_kernels(first: ArrayLike, second: ArrayLike) -> NDArray[Any]:
    """Return the one kernel that does in one step what two do one after the other.

    ``conv2d(conv2d(x, first), second) == conv2d(x, compose_kernels(first, second))``

    Each weight of `second` brings a copy of `first` along, moved to where that weight lies; the copies add
    up. That is convolution proper, with a flip: of `first`, with zeros around it, by `second`.

    Parameters
    ----------
    first : array, (AH, AW)
        The kernel applied first.
    second : array, (BH, BW)

    Returns
    -------
    ndarray, (AH + BH - 1, AW + BW - 1)
        3 x 3 and 3 x 3 make 5 x 5. Whole numbers stay whole. The order does not matter.

    Raises
    ------
    ValueError
        If a kernel has not rows and columns of numbers.

    Notes
    -----
    Convolution is associative: Goodfellow, Bengio and Courville (2016), *Deep Learning*, section 9.1. It
    ends where something bends the numbers between the two steps, as ReLU does.

    Examples
    --------
    >>> compose_kernels([[1, 2]], [[1, 10]])
    array([[ 1, 12, 20]])
    """
    first, second = (_kernel(kernel) for kernel in (first, second))
    if "f" in (first.dtype.kind, second.dtype.kind):
        first = first.astype(np.result_type(first, second))
    rows, cols = (n - 1 for n in second.shape)
    return conv2d(np.pad(first, ((rows, rows), (cols, cols))), second, flip=True)


def _kernel(values: ArrayLike) -> NDArray[Any]:
    array = as_numbers("compose_kernels", values)
    if array.ndim != 2 or array.size == 0:
        raise ValueError(
            f"compose_kernels: a kernel has shape {array.shape}; give rows and columns of numbers"
        )
    return array
