"""Lesson 09, one bright pixel: which step across the squared paper does a max pool notice?"""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

import numpy as np

from cnnlib.demo import controls as make
from cnnlib.demo.code import image_text
from cnnlib.demo.frame import Demo
from cnnlib.demo.view import Panel, View, Window, signed
from cnnlib.lessons.l09_pooling_and_shifting.pooling_code import pooling_code
from cnnlib.pooling import max_pool2d
from cnnlib.transforms import shift

SIDE, BRIGHT = 6, 9
CELL = 36  # CSS pixels
TINT = (222, 226, 230, 255)
STEPS = ((-1, 0), (0, 1), (1, 0), (0, -1))


def explore_bright_pixel(
    window: int = 2,
    *,
    at: tuple[int, int] = (2, 2),
    hide: Iterable[str] = (),
    lock: Iterable[str] = (),
) -> Demo:
    """Move a single bright pixel, step by step, and see when the max pool notices.

    Parameters
    ----------
    window : int
        Of the pooling, and its stride: 1 to 3.
    at : tuple of int
        Row and column where the pixel begins, 0 to 5.
    hide, lock : str or iterable of str
        Controls to hide or to hold.

    Returns
    -------
    Demo
        With `output`, the pooled numbers.

    Raises
    ------
    ValueError
        If a setting lies outside its control.

    Examples
    --------
    >>> demo = explore_bright_pixel()
    >>> demo.col.value = 3
    >>> demo.text.split(". ")[0]
    'From row 2, column 2 the bright pixel has moved to row 2, column 3: the max pool stays as it was, \
because both lie in one window'
    """
    settings = {
        "window": make.slider("window and stride", window, 1, 3),
        "row": make.slider("row", at[0], 0, SIDE - 1),
        "col": make.slider("column", at[1], 0, SIDE - 1),
    }
    question = "which step does a max pool notice?"
    return Demo("One bright pixel", question, settings, partial(_view, at), hide=hide, lock=lock)


def _view(start: tuple[int, int], *, window: int, row: int, col: int) -> View:
    image = _dot(row, col)
    pooled, was = max_pool2d(image, window), max_pool2d(_dot(*start), window)
    place = row // window, col // window
    panels = [
        _paper(image, window, (row, col)),
        signed("pooled", pooled, f"max pooled, {len(pooled)} × {len(pooled)}", cursor=place, **_look(pooled)),
        signed("change", pooled - was, "change since\nthe start", **_look(pooled) | {"symbol": ""}),
    ]
    return View(
        panels,
        f"{_told(start, (row, col), bool((pooled != was).any()))} {_steps(image, pooled, window)}",
        windows=[Window("pooled", "image", (window, window), (window, window))],
        output=pooled,
        code=lambda: pooling_code(image_text(image), "max", window, window, 0, 2),
    )


def _dot(row: int, col: int) -> np.ndarray:
    image = np.zeros((SIDE, SIDE), int)
    image[row, col] = BRIGHT
    return image


def _look(pooled: np.ndarray) -> dict:
    return {"size": CELL * len(pooled), "room": CELL * SIDE + 8, "limit": BRIGHT, "symbol": "→"}


def _paper(image: np.ndarray, window: int, at: tuple[int, int]) -> Panel:
    """Show the pixel on paper on which every other window is tinted."""
    panel = signed("image", image, "point at a cell to\nmove the bright pixel", size=CELL * SIDE)
    row, col = np.indices(image.shape) // window
    colors = panel.pixels.copy()
    colors[(image == 0) & ((row + col) % 2 == 1)] = TINT
    return replace(panel, colors=colors, table="", point="row col", cursor=at)


def _told(start: tuple[int, int], now: tuple[int, int], noticed: bool) -> str:
    here = f"row {now[0]}, column {now[1]}"
    if now == start:
        return f"The bright pixel stands in {here}, where it began."
    before = f"From row {start[0]}, column {start[1]} the bright pixel has moved to {here}"
    if noticed:
        return f"{before}: the max pool has changed, because that is another window."
    return f"{before}: the max pool stays as it was, because both lie in one window."


def _steps(image: np.ndarray, pooled: np.ndarray, window: int) -> str:
    """Say how many of the next steps the max pool would not notice."""
    moved = [shift(image, *step) for step in STEPS]
    pools = [max_pool2d(there, window) for there in moved if there.any()]  # the others leave the paper
    same = sum(np.array_equal(there, pooled) for there in pools)
    return f"{same} of the {len(pools)} steps of one pixel from here leave the max pool as it is."
