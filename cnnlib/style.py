"""Style in the small: which filters of a picture answer together, wherever they do.

A texture has no places: another piece of the same wood shows the grain elsewhere, and is wood. So forget the
places: multiply every two maps place by place and take the mean. What is left, a number for each pair of
filters, is the Gram matrix.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cnnlib.kernels import KERNELS
from cnnlib.pictures import picture
from cnnlib.shapes import as_numbers

SIDE = 38  # pixels: 36 x 36 places for a kernel of 3 x 3
PIECES = {  # of photographs: name, first row, first column
    "wood": ("coffee", 158, 0),
    "more wood": ("coffee", 200, 0),
    "grass": ("camera", 195, 205),
    "more grass": ("camera", 200, 78),
}
NOISE = "noise"
TEXTURES = (*PIECES, NOISE)
LINES = np.stack(
    [KERNELS[f"line, {way}"].matrix for way in ("vertical", "horizontal", "diagonal down", "diagonal up")]
)[:, None]  # four filters (4, 1, 3, 3): fine bright lines, upright, level, falling, rising
LINES.setflags(write=False)


def texture(name: str) -> NDArray[np.uint8]:
    """Return a piece of a photograph that is all one texture, or noise to begin with.

    Parameters
    ----------
    name : {"wood", "more wood", "grass", "more grass", "noise"}
        Pieces of "coffee" (its green channel) and "camera" that do not overlap; noise is drawn evenly from 96
        to 160, always the same.

    Returns
    -------
    ndarray of uint8, (38, 38)

    Raises
    ------
    ValueError
        If there is no such texture.

    Examples
    --------
    >>> texture("grass").shape
    (38, 38)
    """
    if name not in TEXTURES:
        raise ValueError(f"texture: {name!r} is unknown; use one of {', '.join(map(repr, TEXTURES))}")
    if name == NOISE:
        return np.random.default_rng(1).integers(96, 161, (SIDE, SIDE)).astype(np.uint8)
    photo, row, col = PIECES[name]
    piece = picture(photo)[row : row + SIDE, col : col + SIDE]
    return piece if piece.ndim == 2 else piece[..., 1].copy()


def gram(maps: ArrayLike) -> NDArray[np.float64]:
    """Say how much every two maps answer together: the mean, over all places, of their product.

    ``gram[i, j] = sum over places of maps[i] * maps[j] / (H * W)``

    Parameters
    ----------
    maps : array, (F, H, W)

    Returns
    -------
    ndarray of float64, (F, F)
        Symmetric. Whole-number maps are summed exactly, so that the order of the places does not matter to
        the last digit.

    Raises
    ------
    ValueError
        If the maps have not three axes with numbers on them.

    Notes
    -----
    Gatys, Ecker and Bethge (2016), *Image style transfer using convolutional neural networks*, equation 3,
    which is the sum; they divide by the places later, in equation 4. Here they are divided at once, so that
    pictures of different sizes can be compared.

    Examples
    --------
    >>> gram([[[1, 0, 3]], [[2, 5, 0]]])
    array([[3.33333333, 0.66666667],
           [0.66666667, 9.66666667]])
    """
    maps = as_numbers("gram", maps)
    if maps.ndim != 3 or maps.size == 0:
        raise ValueError(f"gram: maps {maps.shape} must be (F, H, W); give F maps of H rows and W columns")
    rows = maps.reshape(len(maps), -1)
    rows = rows.astype(np.int64 if rows.dtype.kind in "bui" else np.float64)
    return rows @ rows.T / rows.shape[1]


def gram_distance(one: ArrayLike, other: ArrayLike) -> float:
    """Say how far two Gram matrices lie apart: 0 if they are equal, at most 1.

    ``|one - other| / (|one| + |other|)``, where |a| is the root of the summed squares.

    Parameters
    ----------
    one, other : array, (F, F)

    Returns
    -------
    float
        0 also for two matrices of zeros.

    Raises
    ------
    ValueError
        If they are not equally large.

    Notes
    -----
    Equation 4 of Gatys, Ecker and Bethge (2016) sums the squared differences, as a loss to be made small;
    divided by the sizes, as here, it can be read without knowing how bright a picture is.

    Examples
    --------
    >>> gram_distance([[3, 0], [0, 4]], [[0, 0], [0, 4]]).__round__(3)
    0.333
    """
    one, other = (as_numbers("gram_distance", matrix).astype(float) for matrix in (one, other))
    if one.shape != other.shape:
        raise ValueError(
            f"gram_distance: matrices {one.shape} and {other.shape} cannot be compared; use the same filters "
            "for both"
        )
    size = np.linalg.norm(one) + np.linalg.norm(other)
    return float(np.linalg.norm(one - other) / size) if size else 0.0
