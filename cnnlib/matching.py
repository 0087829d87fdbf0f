"""Template matching: where does a picture look like a small pattern, and what a large score is worth.

A kernel is a pattern, too: it responds most strongly where bright pixels lie under its large weights. But
its response also grows with brightness, so a blank wall can give more than the pattern itself:

- subtract the kernel's mean, and what is flat gives 0 (`zero_mean`);
- divide by the contrast of the window as well, and nothing gives more than the pattern: 1
  (`normalised_correlation`).
"""

from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike, NDArray

from cnnlib.kernels import Kernel
from cnnlib.shapes import as_numbers, geometry, pair

CURVE = Kernel(
    "curve",
    [
        [0, 0, 0, 0, 0, 30, 0],
        [0, 0, 0, 0, 30, 0, 0],
        [0, 0, 0, 30, 0, 0, 0],
        [0, 0, 0, 30, 0, 0, 0],
        [0, 0, 0, 30, 0, 0, 0],
        [0, 0, 0, 30, 0, 0, 0],
        [0, 0, 0, 0, 0, 0, 0],
    ],
    "a line that rises, then bends to the right",
    "such a bend, and anything bright",
)


def zero_mean(kernel: ArrayLike) -> NDArray[Any]:
    """Subtract the mean of the weights: what is flat then gives 0, at any brightness.

    ``kernel - kernel.mean()``

    Parameters
    ----------
    kernel : array, (KH, KW)

    Returns
    -------
    ndarray of float, (KH, KW)
        Its weights add up to 0.

    Raises
    ------
    ValueError
        If the kernel has not rows and columns of numbers.

    Examples
    --------
    >>> zero_mean([[0, 30], [30, 0]]).tolist()
    [[-15.0, 15.0], [15.0, -15.0]]
    """
    kernel = _grid("zero_mean", "kernel", kernel).astype(float)
    return kernel - kernel.mean()


def normalised_correlation(image: ArrayLike, kernel: ArrayLike) -> NDArray[np.float64]:
    """Compare a kernel with each window, leaving brightness and contrast aside.

    With `w` a window and `k` the kernel, both less their means: ``sum(w * k) / sqrt(sum(w**2) * sum(k**2))``

    Parameters
    ----------
    image : array, (H, W)
    kernel : array, (KH, KW)

    Returns
    -------
    ndarray of float64, (H - KH + 1, W - KW + 1)
        1 where a window is the kernel itself, brighter or darker, of more or less contrast; -1 where it is
        the negative; 0 where there is no likeness, or where window or kernel are flat.

    Raises
    ------
    ValueError
        If one of the two has not rows and columns of numbers, or the kernel does not fit on the picture.

    Notes
    -----
    Pearson's correlation coefficient; Lewis (1995), *Fast normalized cross-correlation*.

    Examples
    --------
    >>> normalised_correlation([[5, 9, 9, 9], [9, 5, 9, 9]], [[0, 1], [1, 0]]).round(3).tolist()
    [[1.0, -0.577, 0.0]]
    """
    image = _grid("normalised_correlation", "image", image).astype(float)
    kernel = zero_mean(_grid("normalised_correlation", "kernel", kernel))
    geometry("normalised_correlation", image.shape, kernel.shape, 1, 0, 1)
    windows = sliding_window_view(image, kernel.shape)
    flat = (windows == windows[..., :1, :1]).all(axis=(2, 3)) | (kernel == kernel[0, 0]).all()
    windows = windows - windows.mean(axis=(2, 3), keepdims=True)
    lengths = np.linalg.norm(windows, axis=(2, 3)) * np.linalg.norm(kernel)
    products = np.tensordot(windows, kernel, 2)
    return np.divide(products, lengths, out=np.zeros_like(products), where=~flat)


def best_places(scores: ArrayLike, count: int = 3, apart: int | tuple[int, int] = 1) -> list[tuple[int, int]]:
    """Return where the largest scores lie, the largest first, no two closer than `apart`.

    Parameters
    ----------
    scores : array, (H, W)
    count : int
        How many places, at most; there may be room for fewer.
    apart : int or (rows, cols)
        Two places differ by that many rows or that many columns: with the kernel's size, their windows do
        not overlap.

    Returns
    -------
    list of (row, col)
        Of equal scores, the first in reading order.

    Raises
    ------
    ValueError
        If the scores have not rows and columns of numbers, or `count` or `apart` is below 1.

    Examples
    --------
    >>> best_places([[3, 9, 8, 1], [1, 7, 8, 2]], 2, apart=2)
    [(0, 1), (1, 3)]
    """
    left = _grid("best_places", "scores", scores).astype(float)
    rows, cols = pair("best_places", "apart", apart)
    if count < 1:
        raise ValueError(f"best_places: count {count} finds nothing; give at least 1")
    places = []
    while len(places) < count and np.isfinite(left).any():
        row, col = divmod(int(np.nanargmax(left)), left.shape[1])
        places.append((row, col))
        left[max(row - rows + 1, 0) : row + rows, max(col - cols + 1, 0) : col + cols] = np.nan
    return places


def _grid(where: str, name: str, values: ArrayLike) -> NDArray[Any]:
    array = as_numbers(where, values)
    if array.ndim != 2 or array.size == 0:
        raise ValueError(f"{where}: {name} has shape {array.shape}; give rows and columns of numbers")
    return array
