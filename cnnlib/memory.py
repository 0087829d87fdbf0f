"""Memory: how many bits a picture takes, where each of its values lies, and how that value looks in bits.

Rows before columns before channels, each counted from 0; a byte is 8 bits.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cnnlib.ranges import whole, whole_codes

LAYOUTS = {"HWC": (0, 1, 2), "CHW": (2, 0, 1)}  # which axis of a picture comes first in memory, which last


class Storage(NamedTuple):
    """What an array takes: how many values, how many bits, how many bytes."""

    values: int
    bits: int
    bytes: int


def storage(shape: Sequence[int], bits: int = 8) -> Storage:
    """Count the values of an array, and the bits and bytes that hold them packed without gaps.

    Parameters
    ----------
    shape : sequence of int
        As NumPy gives it: (H, W), (H, W, C), for a video (T, H, W, C).
    bits : int
        Bits of one value; for a colour picture those of one channel.

    Returns
    -------
    Storage
        ``values``, ``bits`` and ``bytes``; a last byte that is only partly filled counts.

    Raises
    ------
    ValueError
        If a size or `bits` is not a whole number of at least 1.

    Examples
    --------
    >>> storage((4, 4, 3), bits=3)
    Storage(values=48, bits=144, bytes=18)
    """
    values = math.prod(whole("storage", "each size", size) for size in shape)
    total = values * whole("storage", "bits", bits)
    return Storage(values, total, -(-total // 8))


def flat_index(index: Sequence[int], shape: Sequence[int], *, layout: str = "HWC") -> int:
    """Count the values that lie in memory before the one at `index`.

    ``(row * W + col) * C + channel`` for HWC: the channels of a pixel lie side by side;
    ``(channel * H + row) * W + col`` for CHW: each channel is a picture of its own. Gray: ``row * W + col``.

    Parameters
    ----------
    index : (row, col) or (row, col, channel)
    shape : (H, W) or (H, W, C)
        Of the picture, whatever the layout.
    layout : {"HWC", "CHW"}
        What changes slowest in memory comes first. Makes no difference to a gray picture.

    Returns
    -------
    int

    Raises
    ------
    ValueError
        If the index lies outside the picture, or the layout is unknown.

    Examples
    --------
    >>> flat_index((1, 2, 0), (4, 6, 3)), flat_index((1, 2, 0), (4, 6, 3), layout="CHW")
    (24, 8)
    """
    return _flat_index("flat_index", index, shape, layout)


def address(
    index: Sequence[int],
    shape: Sequence[int],
    *,
    layout: str = "HWC",
    itemsize: int = 1,
    start: int = 0,
) -> int:
    """Return the address of the first byte of a value: ``start + itemsize * flat_index``.

    Parameters
    ----------
    index, shape, layout
        As for `flat_index`.
    itemsize : int
        Bytes of one value, ``image.itemsize``: 1 for uint8, 8 for float64.
    start : int
        Address of the picture's first byte.

    Returns
    -------
    int

    Raises
    ------
    ValueError
        As `flat_index`; also if `itemsize` is not at least 1, or `start` is negative.

    Examples
    --------
    >>> address((1, 2, 0), (4, 6, 3), itemsize=8, start=1000)
    1192
    """
    before = _flat_index("address", index, shape, layout)
    return whole("address", "start", start, 0) + whole("address", "itemsize", itemsize) * before


def binary(values: ArrayLike, bits: int = 8) -> str | NDArray[np.str_]:
    """Write whole numbers in the binary system, each with as many digits as it has bits.

    Parameters
    ----------
    values : int or array of ints, any shape
        From 0 to ``2**bits - 1``.
    bits : int
        Digits, 1 to 64; leading zeros are written.

    Returns
    -------
    str, or array of str in the shape of `values`
        The bit worth most comes first.

    Raises
    ------
    ValueError
        If a value is not whole or needs more bits, or `bits` is not from 1 to 64.

    Examples
    --------
    >>> binary(50), binary([4, 7], bits=3).tolist()
    ('00110010', ['100', '111'])
    """
    bits = whole("binary", "bits", bits, 1, 64)
    values = whole_codes("binary", values, bits)
    digits = np.array([np.binary_repr(int(value), bits) for value in values.flat], dtype=f"U{bits}")
    return digits.reshape(values.shape) if values.ndim else str(digits[0])


def _flat_index(where: str, index: Sequence[int], shape: Sequence[int], layout: str) -> int:
    if layout not in LAYOUTS:
        raise ValueError(f"{where}: layout {layout!r} is unknown; use 'HWC' or 'CHW'")
    shape = tuple(whole(where, "each size", size) for size in shape)
    if len(shape) not in (2, 3) or len(index) != len(shape):
        raise ValueError(
            f"{where}: index {tuple(index)} and shape {shape} do not go together; "
            "give (row, col) with (H, W), or (row, col, channel) with (H, W, C)"
        )
    for name, place, size in zip(("row", "col", "channel"), index, shape, strict=False):
        whole(where, name, place, 0, size - 1)
    order = LAYOUTS[layout] if len(shape) == 3 else (0, 1)
    return int(np.ravel_multi_index([index[axis] for axis in order], [shape[axis] for axis in order]))
