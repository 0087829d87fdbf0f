"""Pooling: keep one number of each window. No weights; channels and pictures stay apart."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cnnlib.shapes import (
    Geometry,
    Padding,
    add_border,
    as_numbers,
    check_picture,
    check_pool_padding,
    geometry,
    magnitude,
    pair,
)


def max_pool2d(
    x: ArrayLike,
    window: int | Sequence[int] = 2,
    *,
    stride: int | Sequence[int] | None = None,
    padding: Padding = 0,
) -> NDArray[Any]:
    """Keep the largest number of each window.

    Parameters
    ----------
    x : array, (..., H, W)
        Pooled over the last two axes.
    window, stride : int or (rows, cols)
        Pixels. The stride is the window unless given.
    padding : int, (rows, cols) or ((top, bottom), (left, right))
        Pixels added per side, at most half the window. They never win: minus infinity for floats, the
        dtype's smallest value for whole numbers (each window holds a real pixel, at least as large).

    Returns
    -------
    array, (..., OH, OW)
        The dtype of `x`; the size is `output_size`'s. NaN in a window gives NaN.

    Raises
    ------
    ValueError
        If the window does not fit, the padding exceeds half of it, or a setting is out of range.

    Notes
    -----
    Goodfellow, Bengio and Courville (2016), *Deep Learning*, section 9.3.

    Examples
    --------
    >>> max_pool2d([[1, 1, 2, 4], [5, 6, 7, 8], [3, 2, 1, 0], [1, 2, 3, 4]])
    array([[6, 8],
           [3, 4]])
    """
    x, where, window = _prepare("max_pool2d", x, window, stride, padding)
    return _combine(np.maximum, x, where, window, _lowest(x.dtype))


def avg_pool2d(
    x: ArrayLike,
    window: int | Sequence[int] = 2,
    *,
    stride: int | Sequence[int] | None = None,
    padding: Padding = 0,
) -> NDArray[Any]:
    """Average each window.

    Padding counts as zeros: the sum is always divided by the window's full area, as PyTorch does by
    default (``count_include_pad=True``).

    Parameters
    ----------
    x, window, stride, padding
        As for `max_pool2d`; `padding` adds zeros.

    Returns
    -------
    array, (..., OH, OW)
        The dtype of `x` if that is a float, else float64.

    Raises
    ------
    ValueError
        As `sum_pool2d`.

    Notes
    -----
    LeCun et al. (1998), *Gradient-based learning applied to document recognition*: "subsampling",
    there with a trained factor and bias.

    Examples
    --------
    >>> avg_pool2d([[10, 5, 8, 2], [12, 7, 3, 1], [15, 11, 6, 4], [9, 14, 13, 0]])
    array([[ 8.5 ,  3.5 ],
           [12.25,  5.75]])
    """
    x, where, window = _prepare("avg_pool2d", x, window, stride, padding)
    average = _sum("avg_pool2d", x, where, window) / (window[0] * window[1])
    return average.astype(x.dtype, copy=False) if x.dtype.kind == "f" else average


def sum_pool2d(
    x: ArrayLike,
    window: int | Sequence[int] = 2,
    *,
    stride: int | Sequence[int] | None = None,
    padding: Padding = 0,
) -> NDArray[Any]:
    """Add up each window.

    Parameters
    ----------
    x, window, stride, padding
        As for `max_pool2d`; `padding` adds zeros.

    Returns
    -------
    array, (..., OH, OW)
        Exact int64 for whole numbers and booleans; the dtype of `x` for floats.

    Raises
    ------
    ValueError
        As `max_pool2d`; also for whole numbers so large that a sum could leave int64.

    Notes
    -----
    A convolution by a kernel of ones, one channel at a time.

    Examples
    --------
    >>> sum_pool2d([[10, 5, 8, 2], [12, 7, 3, 1], [15, 11, 6, 4], [9, 14, 13, 0]])
    array([[34, 14],
           [49, 23]])
    """
    x, where, window = _prepare("sum_pool2d", x, window, stride, padding)
    total = _sum("sum_pool2d", x, where, window)
    return total.astype(x.dtype, copy=False) if x.dtype.kind == "f" else total


def _prepare(
    name: str, x: ArrayLike, window: Any, stride: Any, padding: Any
) -> tuple[NDArray[Any], Geometry, tuple[int, int]]:
    """Check the arguments; return the array, where the windows lie, and the window as (rows, cols)."""
    x = as_numbers(name, x)
    check_picture(name, x)
    where = geometry(name, x.shape[-2:], window, window if stride is None else stride, padding, noun="window")
    window = pair(name, "window", window)
    check_pool_padding(name, padding, where.sides, window)
    return x, where, window


def _combine(
    operation: Callable[..., Any], x: NDArray[Any], where: Geometry, window: tuple[int, int], border: float
) -> NDArray[Any]:
    """Combine all windows at once, cell by cell: cell (0, 0) of every window with cell (0, 1), ..."""
    x = add_border(x, where.sides, border) if np.any(where.sides) else x
    (rows, cols), (down, right) = where.output, where.stride
    out = None
    for i, j in np.ndindex(window):
        cells = x[..., i : i + (rows - 1) * down + 1 : down, j : j + (cols - 1) * right + 1 : right]
        out = cells.copy() if out is None else operation(out, cells, out=out)
    return out


def _sum(name: str, x: NDArray[Any], where: Geometry, window: tuple[int, int]) -> NDArray[Any]:
    if x.dtype.kind == "f":
        return _combine(np.add, x.astype(np.promote_types(x.dtype, np.float32), copy=False), where, window, 0)
    largest = magnitude(x) * window[0] * window[1]
    if largest >= 2**63:
        raise ValueError(
            f"{name}: a sum could reach {largest}, more than int64 holds; convert to float64 first"
        )
    return _combine(np.add, x.astype(np.int64), where, window, 0)


def _lowest(dtype: np.dtype[Any]) -> float:
    if dtype.kind == "f":
        return -np.inf
    return False if dtype.kind == "b" else np.iinfo(dtype).min
