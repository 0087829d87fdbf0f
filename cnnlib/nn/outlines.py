"""What `shapes()` and `pictograms()` draw: outlines within -1 to 1, as (row, col), row 1 at the bottom.

Each drawing is a function of a random generator, so that two boats differ by more than their size and angle.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

MAIN, SECOND, ACCENT, DARK = range(4)  # a drawing's colours, chosen for each picture


class Part(NamedTuple):
    """A filled outline, or a line of the given width, in one of the drawing's colours."""

    colour: int
    points: np.ndarray
    width: float = 0.0


Drawing = Callable[[np.random.Generator], list[Part]]


def _ellipse(colour: int, row: float, col: float, height: float, width: float) -> Part:
    turn = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    return Part(colour, np.stack([row + height * np.sin(turn), col + width * np.cos(turn)], axis=1))


def _polygon(colour: int, *points: tuple[float, float]) -> Part:
    return Part(colour, np.array(points))


def _line(colour: int, width: float, *points: tuple[float, float]) -> Part:
    return Part(colour, np.array(points), width)


def _circle(rng: np.random.Generator) -> list[Part]:
    return [_ellipse(MAIN, 0, 0, 0.85, 0.85)]


def _square(rng: np.random.Generator) -> list[Part]:
    return [_polygon(MAIN, (-0.7, -0.7), (-0.7, 0.7), (0.7, 0.7), (0.7, -0.7))]


def _triangle(rng: np.random.Generator) -> list[Part]:
    return [_polygon(MAIN, (-1, 0), (0.5, 0.87), (0.5, -0.87))]


def _cross(rng: np.random.Generator) -> list[Part]:
    arm = rng.uniform(0.2, 0.32)
    return [
        _polygon(MAIN, (-arm, -0.9), (-arm, 0.9), (arm, 0.9), (arm, -0.9)),
        _polygon(MAIN, (-0.9, -arm), (0.9, -arm), (0.9, arm), (-0.9, arm)),
    ]


def _boat(rng: np.random.Generator) -> list[Part]:
    deck, mast = rng.uniform(0.25, 0.4), rng.uniform(-0.2, 0.1)
    top, jib = rng.uniform(-0.95, -0.75), rng.uniform(-0.5, -0.2)
    return [
        _line(DARK, 0.12, (top, mast), (deck, mast)),
        _polygon(SECOND, (top, mast + 0.1), (deck - 0.12, mast + 0.1), (deck - 0.12, 0.85)),
        _polygon(ACCENT, (jib, mast - 0.1), (deck - 0.12, mast - 0.1), (deck - 0.12, -0.75)),
        _polygon(MAIN, (deck, -0.95), (deck, 0.95), (0.8, 0.6), (0.8, -0.6)),
    ]


def _bird(rng: np.random.Generator) -> list[Part]:
    tip, back = rng.choice([-1, 1]) * rng.uniform(0.7, 0.95), rng.uniform(-0.5, -0.1)
    tail = rng.uniform(-0.25, 0.2)
    return [
        _polygon(SECOND, (0, -0.35), (tail - 0.15, -1), (tail + 0.2, -0.95), (0.2, -0.3)),
        _ellipse(MAIN, 0.05, 0, 0.28, 0.52),
        _ellipse(MAIN, -0.15, 0.5, 0.24, 0.24),
        _polygon(ACCENT, (-0.25, 0.68), (-0.1, 1), (-0.02, 0.66)),
        _polygon(SECOND, (0.05, -0.28), (tip, back), (0.05, 0.25)),
        _ellipse(DARK, -0.2, 0.55, 0.07, 0.07),
    ]


def _cat(rng: np.random.Generator) -> list[Part]:
    curl, tip = rng.uniform(0.7, 0.95), rng.uniform(-0.2, 0.3)
    ear = rng.uniform(-1, -0.85)
    parts = [
        _line(MAIN, 0.17, (0.75, 0.2), (0.75, curl - 0.1), (0.5, curl), (tip, curl - 0.15)),
        _ellipse(MAIN, 0.45, 0, 0.45, 0.38),
        _ellipse(SECOND, 0.5, 0, 0.3, 0.18),
        _ellipse(MAIN, -0.3, 0, 0.4, 0.47),
    ]
    for side in (-1, 1):
        parts += [
            _polygon(MAIN, (-0.25, side * 0.47), (ear, side * 0.42), (-0.6, side * 0.05)),
            _ellipse(ACCENT, -0.33, side * 0.2, 0.1, 0.11),
            _ellipse(DARK, -0.33, side * 0.2, 0.09, 0.04),
        ]
    return [*parts, _polygon(DARK, (-0.18, -0.08), (-0.18, 0.08), (-0.08, 0))]


def _dog(rng: np.random.Generator) -> list[Part]:
    wag, step, head = rng.uniform(-0.8, -0.3), rng.uniform(-0.1, 0.1), rng.uniform(-0.5, -0.3)
    legs = [(-0.62, SECOND, -step), (0.22, SECOND, step), (-0.45, MAIN, step), (0.38, MAIN, -step)]
    return [
        *(_line(colour, 0.17, (0.2, col), (0.9, col + swing)) for col, colour, swing in legs),
        _line(MAIN, 0.13, (0, -0.6), (wag, -0.95)),
        _ellipse(MAIN, 0.12, -0.1, 0.26, 0.6),
        _line(MAIN, 0.3, (0.1, 0.35), (head, 0.5)),
        _ellipse(MAIN, head, 0.5, 0.26, 0.27),
        _ellipse(MAIN, head + 0.08, 0.75, 0.14, 0.24),
        _ellipse(DARK, head + 0.02, 0.95, 0.08, 0.08),
        _ellipse(SECOND, head + 0.08, 0.35, 0.3, 0.12),
        _ellipse(DARK, head - 0.08, 0.58, 0.06, 0.06),
    ]


SHAPES: dict[str, Drawing] = {
    "circle": _circle,
    "square": _square,
    "triangle": _triangle,
    "cross": _cross,
}
PICTOGRAMS: dict[str, Drawing] = {"boat": _boat, "bird": _bird, "cat": _cat, "dog": _dog}
