"""A round pen on paper: digits as the way of a pen, and the picture after every bit of that way."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cnnlib.nn.handwriting import Points, arc
from cnnlib.ranges import finite_above_0, whole
from cnnlib.shapes import as_numbers

WIDTH = 2.2  # of the pen, in pixels

# Strokes in the order and direction of a hand: points (row, col) in a box of height 1.
DIGIT_PATHS: dict[str, list[Points]] = {
    "0": [arc(0.5, 0.35, 0.5, 0.33, 0, 360)],
    "1": [[(0, 0.3), (1, 0.3)]],
    "1 with a flag": [[(0.22, 0.1), (0, 0.32), (1, 0.32)]],
    "2": [[*arc(0.27, 0.33, 0.27, 0.3, 190, 380), (1, 0.02), (1, 0.66)]],
    "3": [[*arc(0.25, 0.3, 0.25, 0.28, 200, 440), *arc(0.74, 0.3, 0.26, 0.33, -80, 160)]],
    "4": [[(1, 0.5), (0, 0.5), (0.66, 0), (0.66, 0.7)]],
    "4 that is open": [[(0, 0.1), (0.58, 0.03), (0.58, 0.68)], [(0.05, 0.55), (1, 0.5)]],
    "5": [[(0, 0.62), (0, 0.1), (0.42, 0.07), *arc(0.69, 0.3, 0.3, 0.33, -110, 150)]],
    "6": [[(0, 0.5), *arc(0.6, 0.55, 0.55, 0.5, 225, 180), *arc(0.72, 0.33, 0.27, 0.29, 180, 540)]],
    "7": [[(0, 0), (0, 0.65), (1, 0.2)]],
    "7 with a bar": [[(0, 0), (0, 0.65), (1, 0.2)], [(0.5, 0.15), (0.5, 0.62)]],
    "8": [[*arc(0.25, 0.33, 0.25, 0.24, 90, 450), *arc(0.75, 0.33, 0.26, 0.3, -90, 270)]],
    "9": [[*arc(0.28, 0.33, 0.28, 0.28, 0, 360), (1, 0.5)]],
}


def pen_frames(
    strokes: Sequence[ArrayLike], size: int, *, width: float = WIDTH, step: float = 1
) -> NDArray[np.float64]:
    """Draw strokes with a round pen, and keep the picture after every bit of its way.

    Parameters
    ----------
    strokes : sequence of array, each (N, 2)
        Points (row, col) in pixels, which straight lines join; (0, 0) is the corner of the paper, and the
        middle of its first pixel lies at (0.5, 0.5).
    size : int
        Height and width of the paper in pixels.
    width : float
        Of the pen, in pixels.
    step : float
        The longest bit of way from one picture to the next, in pixels.

    Returns
    -------
    ndarray, (F, size, size)
        From 0, paper, to 1, ink. The first picture is blank, the last one shows all; ink only gets more.

    Raises
    ------
    ValueError
        If there is no stroke, one is no list of two finite points or more, or size, width or step is not
        positive.

    Notes
    -----
    A pixel's ink is ``width / 2 + 1/2`` less the distance from its middle to the way, from 0 to 1: the share
    of a pixel that a straight edge parallel to its sides would cover.

    Examples
    --------
    >>> frames = pen_frames([[(1.5, 0.5), (1.5, 2.5)]], 3, width=1)
    >>> frames.astype(int)[:, 1].tolist()
    [[0, 0, 0], [1, 1, 0], [1, 1, 1]]
    """
    size = whole("pen_frames", "size", size)
    width, step = finite_above_0("pen_frames", "width", width), finite_above_0("pen_frames", "step", step)
    if not len(strokes):
        raise ValueError("pen_frames: there is no stroke; give at least one")
    starts, ends = (np.concatenate(side) for side in zip(*(_bits(one, step) for one in strokes), strict=True))
    ink = np.clip(width / 2 + 0.5 - _distances(starts, ends, size), 0, 1)
    return np.maximum.accumulate(np.concatenate([np.zeros((1, size, size)), ink]))


def _bits(stroke: ArrayLike, step: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Cut the lines of a stroke into bits no longer than `step`; return where each starts and ends."""
    points = as_numbers("pen_frames", stroke).astype(float)
    if points.ndim != 2 or points.shape[1] != 2 or len(points) < 2:
        raise ValueError(f"pen_frames: stroke {points.shape} must be (N, 2), N at least 2; give more points")
    if not np.isfinite(points).all():
        raise ValueError("pen_frames: a stroke holds NaN or infinity; give finite points (row, col)")
    lengths = np.linalg.norm(np.diff(points, axis=0), axis=1)
    parts = np.maximum(np.ceil(lengths / step - 1e-9), 1).astype(int)
    along = np.concatenate([i + np.arange(count) / count for i, count in enumerate(parts)] + [[len(parts)]])
    way = np.stack([np.interp(along, np.arange(len(points)), side) for side in points.T], axis=1)
    return way[:-1], way[1:]


def _distances(starts: NDArray, ends: NDArray, size: int) -> NDArray[np.float64]:
    """Return how far the middle of each pixel lies from each line, (lines, size, size)."""
    middles = np.stack(np.mgrid[:size, :size], axis=-1) + 0.5
    ways = (ends - starts)[:, None, None]
    apart = middles - starts[:, None, None]
    share = (apart * ways).sum(axis=-1) / np.maximum((ways**2).sum(axis=-1), 1e-12)
    return np.linalg.norm(apart - np.clip(share, 0, 1)[..., None] * ways, axis=-1)
