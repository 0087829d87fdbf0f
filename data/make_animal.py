"""Draw this folder's `animal.png`: a snail in chalk beside a blank white wall, for lesson 07.

Run ``python data/make_animal.py`` to write it here, or give another folder as the argument.
"""

import hashlib
import sys
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

ROWS, COLUMNS = 64, 88
FINE = 8  # drawn so many times larger, then shrunk: Pillow's own lines have no soft edges
SEED = 7  # of the trembling hand
CHALK, WALL, PEN = 160, 255, 2  # brightness; width of a stroke in pixels
ASIDE = 24  # columns from the wall to where the snail's own are counted from


def spiral(row: float, col: float, start: float, end: float, turns: float) -> np.ndarray:
    """Return points (row, col) of a shell: from the rim, below, inwards against the clock."""
    share = np.linspace(0, 1, int(90 * turns))
    radius, angle = start + (end - start) * share, np.pi / 2 - 2 * np.pi * turns * share
    return np.stack([row + radius * np.sin(angle), col - radius * np.cos(angle)], axis=1)


def path(*corners: tuple[float, float]) -> np.ndarray:
    """Return points on a smooth curve through corners (row, col): Catmull-Rom, 12 to a stretch."""
    p = np.array([corners[0], *corners, corners[-1]], float)
    t = np.linspace(0, 1, 12)[:, None]
    parts = [
        b + t * (c - a) / 2 + t**2 * (a - 2.5 * b + 2 * c - d / 2) + t**3 * (1.5 * (b - c) + (d - a) / 2)
        for a, b, c, d in zip(p, p[1:], p[2:], p[3:], strict=False)
    ]
    return np.concatenate(parts)


SNAIL = (
    spiral(30, 29, 19, 2, 2.6),
    path((49, 29), (49, 48), (40, 52), (30, 50), (27, 54), (31, 59)),
    path((31, 59), (40, 59), (50, 57), (54, 50), (54, 16), (52, 8)),
    path((52, 8), (48, 16), (44, 17)),
    path((28, 52), (21, 50), (18, 49)),
    path((28, 56), (20, 58), (17, 59)),
)
EYES = ((17, 49), (16, 59))


def tremble(points: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Move points a little, neighbours together, as a hand does."""
    noise = rng.normal(0, 1, (len(points) + 14, 2))
    return points + 0.7 * np.stack([np.convolve(n, np.ones(15) / 15, "valid") for n in noise.T], axis=1)


def dense(points: np.ndarray) -> np.ndarray:
    """Fill in seven points between each two, so that dots in them make a line."""
    t = np.linspace(0, 1, 8, endpoint=False)[:, None, None]
    return (points[:-1] * (1 - t) + points[1:] * t).swapaxes(0, 1).reshape(-1, 2)


def dot(pen: ImageDraw.ImageDraw, row: float, col: float, radius: float) -> None:
    """Draw a round dot; whole numbers, so that the last digit of a sine changes nothing."""
    left, top, right, bottom = (
        round(float(v) * FINE) for v in (col - radius, row - radius, col + radius, row + radius)
    )
    pen.ellipse([left, top, right, bottom], CHALK)


def build() -> np.ndarray:
    """Return the drawing as uint8, (64, 88)."""
    rng = np.random.default_rng(SEED)
    sheet = Image.new("L", (COLUMNS * FINE, ROWS * FINE))
    pen = ImageDraw.Draw(sheet)
    for stroke in SNAIL:
        for row, col in dense(tremble(stroke, rng)):
            dot(pen, row, col + ASIDE, PEN / 2)
    for row, col in EYES:
        dot(pen, row, col + ASIDE, 2)
    pen.rectangle([0, 0, 21 * FINE - 1, ROWS * FINE], WALL)
    return np.asarray(sheet.reduce(FINE))


def main(folder: Path) -> None:
    """Write the drawing into `folder` and print its SHA-256."""
    target = folder / "animal.png"
    Image.fromarray(build()).save(target, optimize=True)
    print(hashlib.sha256(target.read_bytes()).hexdigest(), target.name)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
