"""How a batch lies in memory.

To the reader a batch of pictures is an array (N, C, H, W). Inside, layers lay it out as (H, W, C, N).
"""

import numpy as np

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
