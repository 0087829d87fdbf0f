"""Moving a picture within its frame: shift, quarter turns, scale.

All work on the last two axes, in whole pixels: no number is invented but 0, and none is mixed with another.
"""

import operator
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cnnlib.shapes import as_numbers, check_picture


def shift(image: ArrayLike, down: int = 0, right: int = 0, *, fill: str = "zero") -> NDArray[Any]:
    """Move a picture within its frame.

    Parameters
    ----------
    image : array, (..., H, W)
    down, right : int
        Pixels; negative numbers move up and left.
    fill : {"zero", "wrap"}
        What comes in at the sides: 0, or what went out at the opposite side.

    Returns
    -------
    array, (..., H, W)
        A new one, of the dtype of `image`.

    Raises
    ------
    ValueError
        If a step is not a whole number, the fill is unknown, or there is no picture.

    Examples
    --------
    >>> shift([[1, 2, 3]], right=1)
    array([[0, 1, 2]])
    >>> shift([[1, 2, 3]], right=1, fill="wrap")
    array([[3, 1, 2]])
    """
    image = _picture("shift", image)
    down, right = _whole("shift", "down", down), _whole("shift", "right", right)
    if fill not in ("zero", "wrap"):
        raise ValueError(f"shift: fill {fill!r} is unknown; use 'zero' or 'wrap'")
    if fill == "wrap":
        return np.roll(image, (down, right), (-2, -1))
    moved = np.zeros_like(image)
    rows, cols = (_overlap(*ends) for ends in zip(image.shape[-2:], (down, right), strict=True))
    moved[..., rows[1], cols[1]] = image[..., rows[0], cols[0]]
    return moved


def _overlap(size: int, step: int) -> tuple[slice, slice]:
    """Return which part of a side stays in the frame, and where it comes to lie."""
    step = max(-size, min(step, size))
    stays, comes = slice(max(0, -step), size - max(0, step)), slice(max(0, step), size - max(0, -step))
    return stays, comes


def rotate(image: ArrayLike, turns: int = 1) -> NDArray[Any]:
    """Turn a picture by quarter turns.

    Parameters
    ----------
    image : array, (..., H, W)
    turns : int
        Quarter turns, counter-clockwise; negative ones go clockwise.

    Returns
    -------
    array, (..., H, W), or (..., W, H) after an odd number of turns
        A new one, of the dtype of `image`.

    Raises
    ------
    ValueError
        If `turns` is not a whole number, or there is no picture.

    Examples
    --------
    >>> rotate([[1, 2], [3, 4]])
    array([[2, 4],
           [1, 3]])
    """
    image = _picture("rotate", image)
    return np.rot90(image, _whole("rotate", "turns", turns), axes=(-2, -1)).copy()


def scale(image: ArrayLike, factor: float) -> NDArray[Any]:
    """Enlarge or shrink a picture about its middle; its frame stays.

    Each pixel takes the number of the nearest pixel, ``floor((i + 0.5 - n / 2) / factor + n / 2)`` along a
    side of n; what lies outside is 0.

    Parameters
    ----------
    image : array, (..., H, W)
    factor : float
        2 makes everything twice as long and twice as wide, and cuts off what has no room.

    Returns
    -------
    array, (..., H, W)
        A new one, of the dtype of `image`.

    Raises
    ------
    ValueError
        If `factor` is not a positive number, or there is no picture.

    Examples
    --------
    >>> scale([[1, 2, 3, 4]], 2)
    array([[2, 2, 3, 3]])
    >>> scale([[1, 2, 3, 4]], 0.5)
    array([[0, 2, 4, 0]])
    """
    image = _picture("scale", image)
    if not np.isfinite(factor) or factor <= 0:
        raise ValueError(f"scale: factor {factor!r} is not positive; use 2 to enlarge, 0.5 to shrink")
    (rows, top), (cols, left) = (_nearest(size, factor) for size in image.shape[-2:])
    scaled = np.zeros_like(image)
    scaled[..., top : top + len(rows), left : left + len(cols)] = image[..., rows[:, None], cols]
    return scaled


def _nearest(size: int, factor: float) -> tuple[NDArray[np.int64], int]:
    """Return which pixels are taken along one side, and the first place of the frame that takes one."""
    taken = np.floor((np.arange(size) + 0.5 - size / 2) / factor + size / 2)
    inside = (taken >= 0) & (taken < size)
    return taken[inside].astype(int), int(np.argmax(inside))


def _picture(where: str, image: ArrayLike) -> NDArray[Any]:
    image = as_numbers(where, image)
    check_picture(where, image)
    return image


def _whole(where: str, name: str, value: Any) -> int:
    try:
        return operator.index(value)
    except TypeError:
        raise ValueError(f"{where}: {name} must be a whole number of steps, not {value!r}") from None
