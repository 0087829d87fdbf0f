"""Scenes drawn by arithmetic alone, with smooth edges at every angle."""

from functools import lru_cache

import numpy as np

FINE = 8  # a drawn pixel is the mean of FINE x FINE points in it


def stripe_image(size: int = 64, *, angle: float = 90, width: float = 5) -> np.ndarray:
    """Draw a bright stripe through the middle of a dark square, with smooth edges.

    The middle is moved by half a pixel where that lets level and upright stripes end between pixels.

    Parameters
    ----------
    size : int
        Height and width of the picture in pixels.
    angle : float
        Direction in which the stripe runs, in degrees counter-clockwise: 0 is level, 90 upright.
    width : float
        Width of the stripe in pixels, measured across it.

    Returns
    -------
    ndarray of uint8, (size, size)
        255 on the stripe, 0 beside it, between them where an edge cuts through a pixel.

    Raises
    ------
    ValueError
        When `size` or `width` is not positive.

    Examples
    --------
    >>> stripe_image(5, angle=90, width=1)[0]
    array([  0,   0, 255,   0,   0], dtype=uint8)
    """
    if size < 1 or width <= 0:
        raise ValueError(f"stripe_image: size {size} and width {width} must be positive; try 64 and 5")
    size, angle, width = int(size), float(angle), float(width)
    row, col = _points(size, size)
    middle = size / 2 + (size - round(width)) % 2 / 2
    turn = np.deg2rad(angle % 180)
    across = (row - middle) * np.cos(turn) + (col - middle) * np.sin(turn)
    return _to_bytes(_mean(np.abs(across) < width / 2) * 255)


def shapes_image(size: int = 128, *, seed: int = 0) -> np.ndarray:
    """Draw a circle, a square, a triangle and a line on dark ground: edges at many angles.

    Parameters
    ----------
    size : int
        Height and width of the picture in pixels.
    seed : int
        Each seed turns the square, the triangle and the line to other angles.

    Returns
    -------
    ndarray of uint8, (size, size)
        Ground 32, square 128, triangle 176, circle 224, line 255.

    Raises
    ------
    ValueError
        When `size` is below 16, where the shapes can no longer be told apart.

    Examples
    --------
    >>> np.unique(shapes_image(128))[[0, -1]]
    array([ 32, 255], dtype=uint8)
    """
    if size < 16:
        raise ValueError(f"shapes_image: size {size} is too small for four shapes; use 16 or more")
    return _shapes(int(size), seed).copy()


@lru_cache(maxsize=8)  # a demo asks for the same ones at every move
def _shapes(size: int, seed: int) -> np.ndarray:
    turn = np.random.default_rng(seed).uniform(0, 2 * np.pi, 3)
    row, col = (points / size for points in _points(size, size))  # 0 to 1 from here on
    return _paint(
        np.full((size, size), 32.0),
        (np.hypot(row - 0.27, col - 0.27) < 0.19, 224),
        (_polygon(row - 0.27, col - 0.73, sides=4, inner=0.15, turn=turn[0]), 128),
        (_polygon(row - 0.73, col - 0.27, sides=3, inner=0.11, turn=turn[1]), 176),
        (_bar(row - 0.73, col - 0.73, length=0.42, width=0.024, turn=turn[2]), 255),
    )


def _points(height: int, width: int) -> tuple[np.ndarray, np.ndarray]:
    """Return row and column positions of all points, in pixels from the top left corner."""
    row, col = (np.arange(int(size) * FINE) + 0.5 for size in (height, width))
    return row[:, None] / FINE, col / FINE


def _mean(points: np.ndarray) -> np.ndarray:
    """Return the mean of each pixel's points."""
    rows, columns = (n // FINE for n in points.shape)
    return points.reshape(rows, FINE, columns, FINE).mean(axis=(1, 3))


def _to_bytes(values: np.ndarray) -> np.ndarray:
    return np.rint(values).astype(np.uint8)


def _paint(canvas: np.ndarray, *layers: tuple[np.ndarray, object]) -> np.ndarray:
    """Lay flat colours, each with the points it covers, over `canvas`, the last on top."""
    for inside, colour in layers:
        covered = _mean(inside)
        covered = covered.reshape(covered.shape + (1,) * (canvas.ndim - 2))
        canvas = canvas + covered * (np.asarray(colour) - canvas)
    return _to_bytes(canvas)


def _polygon(row: np.ndarray, col: np.ndarray, *, sides: int, inner: float, turn: float) -> np.ndarray:
    """Return the points in a regular polygon about (0, 0), `inner` from middle to side."""
    angles = turn + 2 * np.pi * np.arange(sides) / sides
    return np.all([row * np.sin(a) + col * np.cos(a) < inner for a in angles], axis=0)


def _bar(row: np.ndarray, col: np.ndarray, *, length: float, width: float, turn: float) -> np.ndarray:
    across, along = row * np.cos(turn) + col * np.sin(turn), col * np.cos(turn) - row * np.sin(turn)
    return (np.abs(across) < width / 2) & (np.abs(along) < length / 2)


def stairs() -> np.ndarray:
    """Draw sixteen upright steps of 17 from black to white, each 8 pixels wide."""
    return np.tile(np.repeat(np.arange(16) * 17, 8).astype(np.uint8), (128, 1))


def stripes() -> np.ndarray:
    """Draw four quarters, in each of which the stripes run another way: down, across, falling, rising."""
    row, col = _points(64, 64)
    slant = np.sqrt(2)
    vertical, horizontal, falling, rising = (
        _mean(across % 8 < 4)
        for across in (col + 0 * row, row + 0 * col, (row - col) / slant, (row + col) / slant)
    )
    return _to_bytes(np.block([[vertical, horizontal], [falling, rising]]) * 255)


def house() -> np.ndarray:
    """Draw a house in an evening meadow, the scene over which the flashlight of lesson 03 slides."""
    row, col = _points(32, 32)
    depth = np.minimum(np.arange(32) / 23, 1)[:, None, None]
    sky = (1 - depth) * np.array([70, 130, 220]) + depth * np.array([255, 205, 150])
    return _paint(
        np.broadcast_to(sky, (32, 32, 3)),
        (np.hypot(row - 6.5, col - 24.5) < 3.5, (255, 225, 80)),
        (row > 23 - 2 * np.sin(col / 8 + 0.4), (70, 150, 60)),
        ((np.abs(col - 12) < 6) & (row > 15) & (row < 27), (240, 230, 210)),
        ((np.abs(col - 12) < (row - 8)) & (row < 15), (200, 45, 40)),
        ((np.abs(col - 9.5) < 1.5) & (np.abs(row - 19.5) < 1.5), (60, 110, 190)),
        ((np.abs(col - 14.5) < 1.5) & (row > 20) & (row < 27), (120, 70, 40)),
        ((np.abs(col - 26) < 1) & (row > 20) & (row < 27), (100, 65, 40)),
        (np.hypot(row - 18, col - 26) < 3.6, (30, 105, 50)),
    )


def bouncing_ball(frames: int = 12, height: int = 36, width: int = 48, *, seed: int = 0) -> np.ndarray:
    """Draw a short video: a ball hops over a meadow from left to right, and nothing else moves.

    Parameters
    ----------
    frames, height, width : int
        At least 2 frames, of at least 12 rows and 12 columns.
    seed : int
        Each seed lets the ball begin elsewhere in its hop, and gives it another colour.

    Returns
    -------
    ndarray of uint8, (frames, height, width, 3)

    Raises
    ------
    ValueError
        When the video would be too small to see the ball move.

    Examples
    --------
    >>> bouncing_ball(frames=3).shape
    (3, 36, 48, 3)
    """
    if frames < 2 or height < 12 or width < 12:
        size = f"{frames} frames of {height} x {width}"
        raise ValueError(f"bouncing_ball: {size} are too small; use 2 frames of 12 x 12 or more")
    rng = np.random.default_rng(seed)
    phase, colour = rng.uniform(0, np.pi), rng.choice([(200, 40, 40), (70, 60, 160), (130, 30, 110)])
    row, col = _points(height, width)
    ground, radius = 0.8 * height, height / 8
    meadow = _paint(
        np.full((height, width, 3), (150.0, 195.0, 235.0)),
        (row + 0 * col > ground, (95, 165, 80)),
        (np.hypot(row - 0.2 * height, col - 0.82 * width) < radius, (255, 240, 170)),
    )
    path = np.linspace(0.12, 0.88, frames)
    heights = np.abs(np.sin(phase + np.arange(frames) * np.pi / 5)) * 0.55 * height
    return np.stack(
        [
            _paint(meadow, (np.hypot(row - (ground - radius - up), col - at * width) < radius, colour))
            for at, up in zip(path, heights, strict=True)
        ]
    )
