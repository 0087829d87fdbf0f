"""How a batch lies in memory.

To the reader a batch of pictures is an array (N, C, H, W). Inside, layers lay it out as (H, W, C, N).
"""

import numpy as np
from numpy.lib.stride_tricks import as_strided

from cnnlib.nn.layers import Array
from cnnlib.shapes import Sides


def batch_last(x: Array, sides: Sides = ((0, 0), (0, 0)), border: float = 0) -> Array:
    """Lay a batch out with the pictures innermost, in a border of one value.

    Neighbours in memory then get the same treatment, whatever the number of channels, and 64 of them fill the
    processor's vector units. It is also why a window is one piece of memory.

    Parameters
    ----------
    x : array, (N, C, H, W)
    sides : ((top, bottom), (left, right))
        Pixels to add.
    border : float
        What they hold.

    Returns
    -------
    array, (top + H + bottom, left + W + right, C, N)
        Contiguous; a copy only where one is needed.

    Examples
    --------
    >>> batch_last(np.zeros((64, 3, 5, 5)), ((1, 1), (0, 0))).shape
    (7, 5, 3, 64)
    """
    x = x.transpose(2, 3, 1, 0)
    (top, bottom), (left, right) = sides
    if not top + bottom + left + right:
        return np.ascontiguousarray(x)
    height, width, *inner = x.shape
    framed = np.full((top + height + bottom, left + width + right, *inner), border, x.dtype)
    framed[top : top + height, left : left + width] = x
    return framed


def batch_first(x: Array) -> Array:
    """See an array (H, W, C, N) as (N, C, H, W); nothing moves in memory.

    Examples
    --------
    >>> batch_first(np.zeros((7, 5, 3, 64))).shape
    (64, 3, 7, 5)
    """
    return x.transpose(3, 2, 0, 1)


def strips_of(framed: Array, height: int, down: int = 1) -> Array:
    """Copy each row of windows out of a padded batch.

    Parameters
    ----------
    framed : array, (H, W, C, N)
    height, down : int
        Rows of a window, and from one window to the next.

    Returns
    -------
    array, (OH, W, KH, C, N)
        A pixel is there once for each row of windows it lies in: at most KH times, not KH * KW times.

    Examples
    --------
    >>> strips_of(np.zeros((7, 5, 3, 64)), 3).shape
    (5, 5, 3, 3, 64)
    """
    rows = (len(framed) - height) // down + 1
    full, *inner = framed.shape[1:]
    strips = np.empty((rows, full, height, *inner), framed.dtype)
    for p in range(height):
        strips[:, :, p] = framed[p : p + (rows - 1) * down + 1 : down]
    return strips


def windows_of(strips: Array, width: int, right: int = 1) -> Array:
    """See strips as windows; nothing moves in memory.

    A strip's columns follow one another in memory, so the numbers of a window are one stretch of it.

    Parameters
    ----------
    strips : array, (OH, W, KH, C, N)
    width, right : int
        Columns of a window, and from one window to the next.

    Returns
    -------
    array, (OH, OW, KW * KH * C, N)
        For reading: windows share their pixels.

    Examples
    --------
    >>> windows_of(strips_of(np.zeros((7, 5, 3, 64)), 3), 3).shape
    (5, 3, 27, 64)
    """
    rows, full, height, channels, count = strips.shape
    by_row, by_col, _, by_number, by_picture = strips.strides
    shape = rows, (full - width) // right + 1, width * height * channels, count
    return as_strided(strips, shape, (by_row, by_col * right, by_number, by_picture), writeable=False)
