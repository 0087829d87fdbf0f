"""From values to colours: every picture in the course gets its pixels here, as (H, W, 4) RGBA bytes.

Colour has one meaning through all lessons: red is positive, white is zero, blue is negative. Alpha 0
marks a cell that has no value yet (NaN in the array).
"""

import numpy as np

# ColorBrewer's RdBu (C. Brewer, colorbrewer2.org), from negative to positive: told apart with every
# common form of colour blindness, because lightness falls on both sides of zero. It is Matplotlib's RdBu_r
# without its darkest ends, on which digits stand out less; to import Matplotlib for nine colours, each demo
# would start a tenth of a second later.
RED_BLUE = np.array(
    [
        [33, 102, 172],
        [67, 147, 195],
        [146, 197, 222],
        [209, 229, 240],
        [247, 247, 247],
        [253, 219, 199],
        [244, 165, 130],
        [214, 96, 77],
        [178, 24, 43],
    ],
    dtype=float,
)
_HALF = 127
_POSITIONS = np.linspace(0, len(RED_BLUE) - 1, 2 * _HALF + 1)
_SIGNED = np.stack([np.interp(_POSITIONS, np.arange(len(RED_BLUE)), c) for c in RED_BLUE.T], axis=-1)

# Colours by level, (256, 4) RGBA: a panel sends one byte a pixel, and the page looks the colour up.
EMPTY = 255  # in the signed table: a cell without a value
TABLES = {
    "gray": np.stack([*[np.arange(256)] * 3, np.full(256, 255)], axis=-1).astype(np.uint8),
    "signed": np.pad(np.pad(_SIGNED.round(), ((0, 0), (0, 1)), constant_values=255), ((0, 1), (0, 0))).astype(
        np.uint8
    ),
}


def gray_rgba(array: np.ndarray, low: float = 0, high: float = 255) -> np.ndarray:
    """Colour an array in grays: `low` and below is black, `high` and above is white.

    Parameters
    ----------
    array : ndarray, shape (H, W)
        Values; NaN marks an empty cell.
    low, high : float
        The values drawn black and white.

    Returns
    -------
    ndarray of uint8, shape (H, W, 4)

    Examples
    --------
    >>> gray_rgba(np.array([[0, 128, 300]]))[0, :, 0].tolist()
    [0, 128, 255]
    """
    array = np.asarray(array)
    empty = np.isnan(array)
    pixels = TABLES["gray"][gray_levels(np.where(empty, low, array), low, high)]
    pixels[empty] = 0
    return pixels


def gray_levels(array: np.ndarray, low: float = 0, high: float = 255) -> np.ndarray:
    """Return the levels in the gray table of an array without empty cells, shape (H, W).

    Examples
    --------
    >>> gray_levels(np.array([[0, 128, 300]])).tolist()
    [[0, 128, 255]]
    """
    if array.dtype == np.uint8 and (low, high) == (0, 255):
        return array
    low, high = float(low), float(high)  # small types wrap
    scaled = (array - low) * (255 / ((high - low) or 1))
    return np.clip(np.rint(scaled), 0, 255).astype(np.uint8)


def rgb_rgba(array: np.ndarray) -> np.ndarray:
    """Add the alpha channel to an RGB picture, clipped to 0..255.

    Examples
    --------
    >>> rgb_rgba(np.array([[[255, 0, 300]]])).tolist()
    [[[255, 0, 255, 255]]]
    """
    array = np.asarray(array)
    pixels = np.full((*array.shape[:2], 4), 255, np.uint8)
    pixels[..., :3] = array if array.dtype == np.uint8 else np.clip(np.rint(array), 0, 255)
    return pixels


def signed_rgba(array: np.ndarray, limit: float | None = None) -> np.ndarray:
    """Colour an array by sign and size: red above zero, white at zero, blue below.

    Parameters
    ----------
    array : ndarray, shape (H, W)
        Values; NaN marks an empty cell.
    limit : float, optional
        The magnitude that gets the darkest colour; default: the largest in the array.

    Returns
    -------
    ndarray of uint8, shape (H, W, 4)

    Examples
    --------
    >>> signed_rgba(np.array([[-1.0, 0.0, 1.0]]))[0, :, :3].tolist()
    [[33, 102, 172], [247, 247, 247], [178, 24, 43]]
    """
    array = np.asarray(array, dtype=float)
    return TABLES["signed"][signed_levels(array, largest(array) if limit is None else limit)]


def signed_levels(array: np.ndarray, limit: float) -> np.ndarray:
    """Return the levels in the signed table: 0 is -`limit`, 127 zero, 254 `limit`, 255 an empty cell.

    Examples
    --------
    >>> signed_levels(np.array([[-2.0, 0.0, np.nan]]), limit=2).tolist()
    [[0, 127, 255]]
    """
    scaled = np.clip(np.rint(array / (limit or 1) * _HALF), -_HALF, _HALF) + _HALF
    return np.where(np.isnan(array), EMPTY, scaled).astype(np.uint8)


def largest(array: np.ndarray) -> float:
    """Return the largest magnitude in `array`, ignoring empty cells; 0 where there is none.

    Examples
    --------
    >>> largest(np.array([[-3.0, np.nan, 2.0]]))
    3.0
    """
    magnitudes = np.abs(np.asarray(array, dtype=float))
    magnitudes = magnitudes[np.isfinite(magnitudes)]
    return float(magnitudes.max()) if magnitudes.size else 0.0
