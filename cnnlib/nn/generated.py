"""Pictures drawn by chance: outlines in some pose on a cloudy background, and faces; all with noise."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from cnnlib.nn.outlines import ACCENT, DARK, MAIN, SECOND, Drawing, Part

SIZE = 32
FACE = 24  # rows and columns of a picture with a face
FINE = 4  # drawn at FINE times the size and averaged, for smooth edges
TRIES = 8  # main colours drawn, of which the one that stands out most is taken

Array = NDArray[Any]


class Style(NamedTuple):
    """How much the pictures of a set differ from each other; pairs are lowest and highest."""

    turn: float  # degrees, either way
    size: tuple[float, float]  # of the whole picture
    sky: tuple[float, float]  # brightness of the background, 0 to 1
    ink: tuple[float, float]  # brightness of the main colour


def paint(
    drawings: Sequence[Drawing], labels: NDArray[np.int64], style: Style, rng: np.random.Generator
) -> NDArray[np.float32]:
    """Paint one picture for each label.

    Parameters
    ----------
    drawings : sequence of functions
        One for each class, as in `cnnlib.nn.outlines`.
    labels : ndarray of int, (N,)
        Which of the drawings each picture shows.
    style : Style
        The limits within which pose and colours vary.
    rng : Generator
        Where all chance comes from.

    Returns
    -------
    ndarray of float32, (N, 3, 32, 32)
        Red, green and blue, from 0 to 1.

    Examples
    --------
    >>> from cnnlib.nn.outlines import SHAPES
    >>> style = Style(turn=0, size=(0.5, 0.8), sky=(0, 0.5), ink=(0.6, 1))
    >>> paint([SHAPES["circle"]], np.zeros(2, int), style, np.random.default_rng(0)).shape
    (2, 3, 32, 32)
    """
    number = len(labels)
    sky, palettes = _colours(number, style, rng)
    matrices, middles = _poses(number, style, rng)
    drawn = np.empty((number, SIZE, SIZE, 4), np.uint8)
    for index, label in enumerate(labels):
        drawn[index] = _draw(drawings[label](rng), matrices[index], middles[index], palettes[index])
    layer = np.moveaxis(drawn, -1, 1).astype(np.float32) / 255  # red, green, blue and how much is covered
    pictures = _clouds(sky, rng)
    pictures += layer[:, 3:] * (layer[:, :3] - pictures)
    grain = rng.uniform(0, 0.06, (number, 1, 1, 1)).astype(np.float32)
    pictures += grain * rng.standard_normal(pictures.shape, np.float32)
    return np.clip(pictures, 0, 1, out=pictures)


def _colours(number: int, style: Style, rng: np.random.Generator) -> tuple[Array, Array]:
    """Return backgrounds (N, 3) and palettes (N, 4, 3) whose main colour stands out from them."""
    sky = _hues(rng.random(number), rng.uniform(0, 0.6, number), rng.uniform(*style.sky, number))
    many = (TRIES, number)
    tries = _hues(rng.random(many), rng.uniform(0.4, 1, many), rng.uniform(*style.ink, many))
    main = tries[np.linalg.norm(tries - sky, axis=-1).argmax(axis=0), np.arange(number)]
    palettes = np.empty((number, 4, 3))
    palettes[:, MAIN] = main
    palettes[:, SECOND] = main + np.where(main.mean(axis=1, keepdims=True) > 0.5, -0.25, 0.25)
    palettes[:, ACCENT] = _hues(rng.random(number), np.full(number, 0.7), np.ones(number))
    palettes[:, DARK] = 0.08
    return sky, (np.clip(palettes, 0, 1) * 255).astype(np.uint8)


def _hues(hue: Array, saturation: Array, value: Array) -> Array:
    """Turn hue, saturation and value, each from 0 to 1, into red, green and blue on a new last axis."""
    wheel = np.abs((6 * hue[..., None] + np.array([0, 4, 2])) % 6 - 3) - 1
    return value[..., None] * (1 - saturation[..., None] * (1 - np.clip(wheel, 0, 1)))


def _poses(number: int, style: Style, rng: np.random.Generator) -> tuple[Array, Array]:
    """Return matrices (N, 2, 2) and middles (N, 2) that put an outline into the picture, in fine pixels."""
    half = SIZE * FINE / 2
    angle = np.deg2rad(rng.uniform(-style.turn, style.turn, number))
    size = rng.uniform(*style.size, number)
    mirrored = rng.choice([-1, 1], number) * rng.uniform(0.85, 1.15, number)  # and a little wider or slimmer
    turned = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    matrices = half * size * turned * np.stack([np.ones(number), mirrored])
    middles = half + half * (1 - size) * rng.uniform(-1, 1, (2, number))
    return np.moveaxis(matrices, -1, 0), middles.T


def _draw(parts: list[Part], matrix: Array, middle: Array, palette: Array) -> NDArray[np.uint8]:
    """Draw one outline, (SIZE, SIZE, 4): red, green, blue, and how much of the pixel it covers."""
    from PIL import Image, ImageDraw

    image = Image.new("RGBA", (SIZE * FINE, SIZE * FINE))
    pen = ImageDraw.Draw(image)
    scale = abs(np.linalg.det(matrix)) ** 0.5
    for part in parts:
        places = [(col, row) for row, col in (part.points @ matrix.T + middle).tolist()]
        colour = (*palette[part.colour].tolist(), 255)
        if part.width:
            pen.line(places, colour, round(part.width * scale), joint="curve")
        else:
            pen.polygon(places, colour)
    return np.asarray(image.reduce(FINE))


def _clouds(sky: Array, rng: np.random.Generator, *, knots: int = 4) -> NDArray[np.float32]:
    """Return backgrounds (N, 3, SIZE, SIZE): each of its colour, lighter here and darker there."""
    places = np.linspace(0, knots - 1, SIZE, dtype=np.float32)
    weights = np.clip(1 - np.abs(places[:, None] - np.arange(knots, dtype=np.float32)), 0, 1)
    lumps = rng.uniform(-0.15, 0.15, (len(sky), 3, knots, knots)).astype(np.float32)
    return sky.astype(np.float32)[:, :, None, None] + weights @ lumps @ weights.T


def paint_faces(smiles: NDArray[np.int64], jitter: int, rng: np.random.Generator) -> NDArray[np.float32]:
    """Paint faces that smile or frown.

    Parameters
    ----------
    smiles : ndarray of int, (N,)
        1 for a smile, 0 for a frown.
    jitter : int
        How many pixels a face lies at most from the middle, along rows and along columns; 0 to 4.
    rng : Generator
        Where all chance comes from.

    Returns
    -------
    ndarray of float32, (N, 1, 24, 24)
        From 0 to 1.

    Examples
    --------
    >>> paint_faces(np.array([0, 1]), 0, np.random.default_rng(0)).shape
    (2, 1, 24, 24)
    """
    drawn = [_face(bool(smile), rng.integers(-jitter, jitter + 1, 2), rng) for smile in smiles]
    pictures = np.array(drawn, np.float32)[:, None] / 255
    pictures += 0.05 * rng.standard_normal(pictures.shape, np.float32)
    return np.clip(pictures, 0, 1, out=pictures)


def _face(smile: bool, shift: Array, rng: np.random.Generator) -> NDArray[np.uint8]:
    """Draw a face of 16 x 14 pixels: a disc, two eyes and a mouth that bends up or down."""
    from PIL import Image, ImageDraw

    image = Image.new("L", (FACE * FINE, FACE * FINE))
    pen = ImageDraw.Draw(image)
    skin, ink = int(rng.integers(60, 110)), int(rng.integers(200, 255))
    eyes, aside = rng.uniform(2.4, 3.2), rng.uniform(-0.4, 0.4)
    bend, wide = rng.uniform(1.5, 2.6) * (1 if smile else -1), rng.uniform(2.6, 3.6)

    def place(row: float, col: float) -> tuple[float, float]:
        return (FACE / 2 + shift[1] + col) * FINE, (FACE / 2 + shift[0] + row) * FINE

    def disc(row: float, col: float, height: float, width: float, brightness: int) -> None:
        pen.ellipse([place(row - height, col - width), place(row + height, col + width)], brightness)

    disc(0, 0, 8, 7, skin)
    for side in (-eyes, eyes):
        disc(-1.5, side, 0.8, 0.8, ink)
    mouth = [place(3.8 + bend * (0.5 - t * t), aside + wide * t) for t in np.linspace(-1, 1, 9)]
    pen.line(mouth, ink, 5, joint="curve")
    return np.asarray(image.reduce(FINE))
