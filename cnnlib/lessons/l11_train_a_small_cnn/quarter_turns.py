"""Filters made by hand, for a layer that need not find its own."""

import numpy as np
from numpy.typing import ArrayLike

from cnnlib.nn.layers import Array


def quarter_turns(kernel: ArrayLike, channels: int = 1) -> Array:
    """Return four filters: a kernel and its quarter turns, the same for every channel.

    They are scaled to the length that He's random filters have on average, the square root of 2, so that they
    differ from those in direction alone. A kernel of zeros stays one.

    Parameters
    ----------
    kernel : array_like, (K, K)
    channels : int

    Returns
    -------
    array, (4, channels, K, K)

    Raises
    ------
    ValueError
        If the kernel is not square.

    Examples
    --------
    >>> filters = quarter_turns([[-1, 1], [-1, 1]])
    >>> np.sign(filters[1, 0]).astype(int).tolist()
    [[1, 1], [-1, -1]]
    """
    kernel = np.asarray(kernel, float)
    if kernel.ndim != 2 or kernel.shape[0] != kernel.shape[1]:
        raise ValueError(
            f"quarter_turns: kernel {kernel.shape} must be square; its turns would not fit one layer"
        )
    length = np.linalg.norm(kernel)
    scaled = kernel * (np.sqrt(2 / channels) / length if length else 1)
    return np.stack([[np.rot90(scaled, turn)] * channels for turn in range(4)])
