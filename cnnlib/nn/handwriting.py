"""Letters as if by hand: a few strokes, never twice the same, in pictures like those of MNIST."""

from collections.abc import Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from cnnlib.nn.drawn import centre_digit
from cnnlib.nn.splits import Dataset, Split
from cnnlib.ranges import whole

SHEET, HEIGHT = 80, 52  # pixels of the paper, and of a letter on it; both are scaled down afterwards
TURN, SLANT = 8, 0.35  # degrees, and columns for each row: at most, either way
WIDTHS, PENS = (0.6, 1.05), (0.07, 0.17)  # lowest and highest; shares of a letter's height
# How far strokes, corners, and points of an arc stray: standard deviation, in heights of a letter.
OFF, SHAKE, CALM = 0.03, 0.045, 0.018
ROUNDS = 3  # a stroke's corners are cut 0, 1 or 2 times

Points = list[tuple[float, float]]


def arc(
    row: float, col: float, down: float, right: float, start: float, end: float, *, points: int = 25
) -> Points:
    """Return points on a piece of an ellipse.

    Parameters
    ----------
    row, col : float
        Its middle.
    down, right : float
        How far it reaches from there.
    start, end : float
        Degrees from the right, clockwise; the other way round where `end` is the smaller.
    points : int
        How many, at even angles.

    Examples
    --------
    >>> [round(side, 9) for side in arc(1, 1, 0.5, 0.5, 0, 90)[-1]]
    [1.5, 1.0]
    """
    angle = np.deg2rad(np.linspace(start, end, points))
    return [*zip((row + down * np.sin(angle)).tolist(), (col + right * np.cos(angle)).tolist(), strict=True)]


_arc = partial(arc, points=9)  # few: each of them shakes

# Two ways to write each letter: strokes through points (row, col), in a box of height and width 1.
FORMS: dict[str, tuple[list[Points], ...]] = {
    "A": (
        [[(1, 0), (0, 0.5), (1, 1)], [(0.62, 0.2), (0.62, 0.8)]],
        [[(1, 0.05), *_arc(0.3, 0.5, 0.3, 0.4, 180, 360), (1, 0.95)], [(0.55, 0.1), (0.55, 0.9)]],
    ),
    "E": (
        [[(0, 1), (0, 0), (1, 0), (1, 1)], [(0.5, 0), (0.5, 0.8)]],
        [[*_arc(0.25, 0.6, 0.25, 0.45, 320, 90), *_arc(0.75, 0.6, 0.25, 0.55, 270, 40)]],
    ),
    "F": (
        [[(0, 1), (0, 0), (1, 0)], [(0.48, 0), (0.48, 0.75)]],
        [[(0.05, 0.3), (1, 0.15)], [(0.12, 0), (0, 0.5), (0.05, 1)], [(0.5, 0.2), (0.47, 0.75)]],
    ),
    "H": (
        [[(0, 0), (1, 0)], [(0, 1), (1, 1)], [(0.5, 0), (0.5, 1)]],
        [[(0, 0.1), (0.5, 0), (1, 0.1)], [(0, 0.9), (0.5, 1), (1, 0.8)], [(0.6, -0.15), (0.45, 1.1)]],
    ),
    "K": (
        [[(0, 0), (1, 0)], [(0, 0.95), (0.5, 0.05), (1, 1)]],
        [[(0, 0.1), (1, 0)], [(0.1, 1), (0.6, 0)], [(0.45, 0.25), (1, 0.9)]],
    ),
    "M": (
        [[(1, 0), (0, 0), (0.65, 0.5), (0, 1), (1, 1)]],
        [[(1, 0), (0, 0.2), (0.9, 0.5), (0, 0.8), (1, 1)]],
    ),
    "N": (
        [[(1, 0), (0, 0), (1, 1), (0, 1)]],
        [[(1, 0), *_arc(0.3, 0.25, 0.3, 0.2, 220, 340), (0.9, 0.7), (0.95, 0.85), (0, 1)]],
    ),
    "R": (
        [[(1, 0), (0, 0), *_arc(0.25, 0.5, 0.25, 0.45, 270, 450), (0.5, 0.1)], [(0.5, 0.4), (1, 1)]],
        [[(0, 0.15), (1, 0.1)], [(0.2, 0), *_arc(0.26, 0.5, 0.26, 0.45, 230, 440), (0.55, 0.3), (1, 1)]],
    ),
    "W": (
        [[(0, 0), (1, 0.28), (0.25, 0.5), (1, 0.72), (0, 1)]],
        [[(0, 0), *_arc(0.7, 0.26, 0.3, 0.24, 180, 0), *_arc(0.7, 0.74, 0.3, 0.24, 180, 0), (0, 1)]],
    ),
    "X": (
        [[(0, 0), (1, 1)], [(0, 1), (1, 0)]],
        [[(0.1, 0), (0.1, 0.2), (0.9, 0.8), (0.9, 1)], [(0, 0.95), (0.5, 0.45), (1, 0.05)]],
    ),
}


def letters(*, train: int = 500, test: int = 300, seed: int = 0) -> Dataset:
    """Return handwritten letters A E F H K M N R W X, drawn by chance, which look like no digit.

    They differ in form, slant, turn, width, pen and in how much the hand shook; then `centre_digit` makes
    of them what MNIST made of its digits.

    Parameters
    ----------
    train, test : int
        How many pictures to draw; a third of a millisecond each.
    seed : int
        Other seeds draw other pictures; test pictures are never among the training pictures.

    Returns
    -------
    Dataset
        Pictures (N, 1, 32, 32) from 0, paper, to 1, ink, as many of each class as can be.

    Raises
    ------
    ValueError
        When `train` or `test` is not a whole number of at least 1.

    Examples
    --------
    >>> letters(train=20, test=10).train
    Split(20 pictures, 1 x 32 x 32)
    """
    parts, names = [], list(FORMS)
    for part, number in enumerate((whole("letters", "train", train), whole("letters", "test", test))):
        rng = np.random.default_rng([seed, part])
        labels = rng.permutation(np.arange(number) % len(names))
        parts.append(Split(np.stack([write(names[label], rng) for label in labels])[:, None], labels))
    return Dataset("letters", *parts, tuple(names))


def write(letter: str, rng: np.random.Generator) -> NDArray[np.float32]:
    """Write a letter by hand, (32, 32).

    Parameters
    ----------
    letter : str
        One of `FORMS`.
    rng : Generator
        Where all chance comes from.

    Raises
    ------
    ValueError
        For another letter.

    Examples
    --------
    >>> write("A", np.random.default_rng(0)).shape
    (32, 32)
    """
    forms = _forms("write", letter)
    form = forms[rng.integers(len(forms))]
    hand = _hand(rng)
    return centre_digit(_ink([_shaken(np.array(line), rng) @ hand for line in form], rng.uniform(*PENS)))


def printed(letter: str) -> NDArray[np.float32]:
    """Return a letter in its plain form, as one prints it, (32, 32).

    Raises
    ------
    ValueError
        If it is none of `FORMS`.

    Examples
    --------
    >>> printed("X")[16, 16]
    np.float32(1.0)
    """
    return centre_digit(
        _ink([(np.array(line) - 0.5) * (1, 0.7) for line in _forms("printed", letter)[0]], 0.12)
    )


def _forms(where: str, letter: str) -> tuple[list[Points], ...]:
    if letter not in tuple(FORMS):
        raise ValueError(f"{where}: letter {letter!r} is unknown; use one of {' '.join(FORMS)}")
    return FORMS[letter]


def _hand(rng: np.random.Generator) -> NDArray[np.float64]:
    """Return the matrix by which points (row, col) are made slimmer, slanted and turned."""
    wide, slant = rng.uniform(*WIDTHS), rng.uniform(-SLANT, SLANT)
    turn = np.deg2rad(rng.uniform(-TURN, TURN))
    sine, cosine = np.sin(turn), np.cos(turn)
    return np.array([[1, slant], [0, wide]]) @ np.array([[cosine, sine], [-sine, cosine]])


def _shaken(line: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.float64]:
    """Return a stroke around 0 as an unsteady hand makes it, its corners more or less round."""
    shake = SHAKE if len(line) < 6 else CALM  # the points of an arc lie closer
    line = line - 0.5 + rng.normal(0, OFF, 2) + rng.normal(0, shake, line.shape)
    for _ in range(rng.integers(ROUNDS)):
        line = _cut(line)
    return line


def _cut(line: NDArray[np.float64]) -> NDArray[np.float64]:
    """Cut all corners of a stroke: Chaikin (1974), *An algorithm for high-speed curve generation*."""
    before, after = line[:-1], line[1:]
    cut = np.stack([0.75 * before + 0.25 * after, 0.25 * before + 0.75 * after], axis=1).reshape(-1, 2)
    return np.concatenate([line[:1], cut[1:-1], line[-1:]])


def _ink(lines: Sequence[NDArray[np.float64]], pen: float) -> NDArray[np.uint8]:
    """Draw strokes around 0 with a round pen, its width in heights of a letter: (SHEET, SHEET), 0 or 255."""
    from PIL import Image, ImageDraw

    sheet = Image.new("L", (SHEET, SHEET))
    brush, radius = ImageDraw.Draw(sheet), pen * HEIGHT / 2
    for line in lines:
        places = [(col, row) for row, col in (line * HEIGHT + SHEET / 2).tolist()]
        brush.line(places, 255, round(2 * radius), joint="curve")
        for col, row in places:
            brush.ellipse([col - radius, row - radius, col + radius, row + radius], 255)
    return np.asarray(sheet)
