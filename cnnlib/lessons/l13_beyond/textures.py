"""Pieces of photographs that are all one texture, filters for their lines, and the distance of two styles."""

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
