"""Lesson 07, template matching: does a big number mean a match?"""

from collections.abc import Callable, Iterable
from functools import cache, partial

import numpy as np
from numpy.typing import ArrayLike

from cnnlib.convolution import conv2d
from cnnlib.demo import controls as make
from cnnlib.demo.code import image_text
from cnnlib.demo.controls import Hidden
from cnnlib.demo.frame import Demo
from cnnlib.demo.inputs import kernel_of, picture_of
from cnnlib.demo.numbers import number_text
from cnnlib.demo.parts import kernel_panel
from cnnlib.demo.view import Panel, View, Window, gray, mosaic, signed
from cnnlib.demo.words import size_text
from cnnlib.lessons.l07_pattern_detectors.matching_words import (
    NORMALISED,
    RAW,
    ZERO_MEAN,
    arithmetic,
    figure,
    matching_code,
    sentence,
)
from cnnlib.matching import CURVE, best_places, normalised_correlation, zero_mean

SCORES = {
    RAW: conv2d,
    ZERO_MEAN: lambda image, pattern: conv2d(image.astype(float), zero_mean(pattern)),
    NORMALISED: normalised_correlation,
}
TURNS = {"0°": 0, "90°": 1, "180°": 2, "270°": 3}
HITS = 3
PURPLE = (181, 42, 174, 255)  # of the boxes: orange is the window pointed at
LARGE, SMALL = 352, 175  # CSS pixels: a picture, a window whose numbers can be read
ROOM = 3  # pixels between the best windows, so that their boxes do not touch
Found = tuple[np.ndarray, np.ndarray, list[tuple[int, int]]]


def explore_matching(
    image: str | ArrayLike = "animal",
    kernel: ArrayLike = CURVE,
    *,
    score: str = RAW,
    turn: int = 0,
    mirror: bool = False,
    at: tuple[int, int] | None = None,
    hide: Iterable[str] = (),
    lock: Iterable[str] = (),
) -> Demo:
    """Slide a pattern over a picture, and see where its scores are best, and why.

    Parameters
    ----------
    image : str or array, (H, W)
    kernel : array, (KH, KW)
        The pattern. Default: the curve detector of lesson 07, 7 x 7.
    score : {"raw sum", "zero-mean", "normalised"}
        The sum of products; the same with the pattern's mean subtracted; divided by contrast as well.
    turn : int
        Degrees by which the pattern is turned, counter-clockwise: 0, 90, 180 or 270.
    mirror : bool
        Swap its left and right before it is turned.
    at : tuple of int, optional
        Row and column of the map to begin with. Default: where the normalised score is best.
    hide, lock : str or iterable of str
        Controls to hide or to hold.

    Returns
    -------
    Demo
        With `output`, the score of each place.

    Raises
    ------
    ValueError
        If the pattern does not fit on the picture, or a setting is unknown.

    Examples
    --------
    >>> demo = explore_matching("curve 7x7")
    >>> demo.output.tolist()
    [[6600]]
    >>> demo.score.value = "normalised"
    >>> demo.output.round(3).tolist()
    [[0.406]]
    """
    name = image if isinstance(image, str) else None
    image = picture_of("explore_matching", image)
    kernel = kernel_of("explore_matching", kernel)
    found = cache(partial(_found, image, kernel))
    settings = {
        "score": make.switch("score", SCORES, score),
        "turn": make.switch("turn the detector", TURNS, f"{turn}°"),
        "mirror": make.tick("mirror it", mirror),
        "next_hit": make.button("next box", "point at the next of the best places"),
        "row": Hidden(0),
        "col": Hidden(0),
    }
    row, col = at or found(NORMALISED, f"{turn}°", mirror)[2][0]
    settings["row"].value, settings["col"].value = row, col
    view = partial(_view, name, image, found)
    question = "does a big number mean a match?"
    demo = Demo("Template matching", question, settings, view, hide=hide, lock=lock)

    def go_on() -> None:
        hits = found(demo.score.value, demo.turn.value, demo.mirror.value)[2]
        here = demo.row.value, demo.col.value
        row, col = hits[(hits.index(here) + 1) % len(hits) if here in hits else 0]
        demo.set(row=row, col=col)

    demo.next_hit.on_click(lambda _: go_on())
    return demo


def _found(image: np.ndarray, kernel: np.ndarray, score: str, turn: str, mirror: bool) -> Found:
    """Return the turned pattern, its scores and the best places."""
    pattern = np.rot90(kernel[:, ::-1] if mirror else kernel, TURNS[turn])
    scores = np.round(SCORES[score](image, pattern), 9) + 0  # blank is 0, not 0.0000000000001 nor -0
    scores.setflags(write=False)
    return pattern, scores, best_places(scores, HITS, (pattern.shape[0] + ROOM, pattern.shape[1] + ROOM))


def _view(
    name: str | None,
    image: np.ndarray,
    found: Callable[..., Found],
    *,
    score: str,
    turn: str,
    mirror: bool,
    row: int,
    col: int,
) -> View:
    pattern, scores, hits = found(score, turn, mirror)
    row, col = (min(at, n - 1) for at, n in zip((row, col), scores.shape, strict=True))
    rows, cols = pattern.shape
    patches = np.stack([image[r : r + rows, c : c + cols] for r, c in hits])
    window = image[row : row + rows, col : col + cols]
    weights = pattern if score == RAW else zero_mean(pattern)
    white = 255 if image.max() > 64 else max(image.max(), 1)
    products = _products(window, weights, score)
    if scores.size == 1:
        alone = gray("image", image, "the picture", size=SMALL, high=white)
        symbol = "→" if score == NORMALISED else "="
        panels = [alone, *products, _map(scores, score, (row, col), 64, f"the score:\n{score}", symbol)]
    else:
        panels = [
            *_pictures(image, white, scores, hits, (rows, cols), (row, col), score),
            gray("window", window, "the window", size=SMALL, high=white, new_row=True),
            *products,
            _best(patches, white),
        ]
    return View(
        panels,
        sentence((row, col), scores, hits, patches, score),
        arithmetic(window, pattern, score),
        [Window("map", "image", (rows, cols))],
        scores,
        lambda: matching_code(image_text(image, name), pattern, score),
    )


def _pictures(image, white, scores, hits, size, at, score) -> Iterable[Panel]:
    caption = "the picture; boxes: the best places" if len(hits) > 1 else "the picture"
    yield _boxed(gray("image", image, caption, size=LARGE, high=white), hits, size)
    caption = f"map {size_text(scores)}: {score}, point at it"
    across = LARGE / max(image.shape) * max(scores.shape)
    yield _boxed(_map(scores, score, at, across, caption, "→", point="row col"), hits, (1, 1))


def _map(scores, score, at, size, caption, symbol, **more) -> Panel:
    limit = 1 if score == NORMALISED else np.abs(scores).max()
    return signed("map", scores, caption, size=size, limit=limit, symbol=symbol, cursor=at, **more)


def _best(patches: np.ndarray, white: float) -> Panel:
    caption = "what is in\nthe boxes" if len(patches) > 1 else "the best"
    more = {"columns": 1, "kind": "gray", "size": 59 * len(patches) - 4, "high": white}
    return mosaic("best", patches, caption, **more)


def _boxed(panel: Panel, places: list[tuple[int, int]], size: tuple[int, int]) -> Panel:
    """Draw a box around each place, one cell wide, within the panel; a single place needs none."""
    if len(places) > 1:
        panel.colors, panel.table = panel.pixels.copy(), ""
    for row, col in places if len(places) > 1 else ():
        first = panel.colors[row, col].copy()
        box = panel.colors[max(row - 1, 0) : row + size[0] + 1, max(col - 1, 0) : col + size[1] + 1]
        box[[0, -1]] = box[:, [0, -1]] = PURPLE
        if size == (1, 1):  # at the rim of the map the box would cover the number it stands for
            panel.colors[row, col] = first
    return panel


def _products(window: np.ndarray, weights: np.ndarray, score: str) -> Iterable[Panel]:
    terms = window * weights
    less = "the detector" if score == RAW else "the detector, less its mean"
    yield _short(kernel_panel("kernel", weights, less, size=SMALL), weights)
    total = figure(terms.sum())
    limit = max(np.abs(terms).max(), 1)
    shown = signed(
        "products", terms, f"the products\nsum {total}", size=SMALL, limit=limit, symbol="=", legend=False
    )
    yield _short(shown, terms)


def _short(panel: Panel, values: np.ndarray) -> Panel:
    """Write numbers with two digits, or whole, so that they can be read in small cells."""
    if panel.labels:
        panel.labels = [number_text(round(v)) if abs(v) >= 10 else number_text(v, 2) for v in values.flat]
    return panel
