"""Lesson 09, one bright pixel: which step across the squared paper does a max pool notice?"""

from dataclasses import replace
from typing import Annotated

import numpy as np

from cnnlib.demo.code import image_text
from cnnlib.demo.declare import Group, Hidden, Place, Slider, demo
from cnnlib.demo.view import Panel, Point, View, Window, signed
from cnnlib.demo.words import verb
from cnnlib.lessons.l09_pooling_and_shifting.pools import pooling_code
from cnnlib.pooling import max_pool2d
from cnnlib.transforms import shift

SIDE, BRIGHT = 6, 9
CELL = 36  # CSS pixels
TINT = (222, 226, 230, 255)
STEPS = ((-1, 0), (0, 1), (1, 0), (0, -1))
PLACE = Group({"row": Slider(0, SIDE - 1), "col": Slider(0, SIDE - 1, label="column")}, into=Place)


@demo("One bright pixel", "which step does a max pool notice?")
def explore_bright_pixel(
    window: Annotated[int, Slider(1, 3, label="window and stride"), "Of the pooling"] = 2,
    *,
    at: Annotated[Place, PLACE, "Where the pixel begins"] = (2, 2),
    start: Annotated[Place, Hidden],
) -> View:
    """Move a single bright pixel, step by step, and see when the max pool notices.

    The output is the pooled numbers.

    >>> demo = explore_bright_pixel()
    >>> demo.col.value = 3
    >>> demo.text.split(". ")[0]
    'The bright pixel has moved from row 2, column 2 to row 2, column 3: the max pool stays as it was, \
because both are in one window'
    """
    image = _dot(at)
    pooled, was = max_pool2d(image, window), max_pool2d(_dot(start), window)

    look = {"size": CELL * len(pooled), "room": CELL * SIDE + 8, "limit": BRIGHT}
    seen = Place(at.row // window, at.col // window)
    return View(
        panels=[
            _paper(image, window, at),
            signed(
                "pooled",
                pooled,
                f"max-pooled, {len(pooled)} × {len(pooled)}",
                cursor=seen,
                symbol="→",
                **look,
            ),
            signed("change", pooled - was, "change since\nthe start", **look),
        ],
        sentence=f"{_told(start, at, bool((pooled != was).any()))} {_steps(image, pooled, window)}",
        windows=[Window("pooled", "image", (window, window), (window, window))],
        output=pooled,
        code=lambda: pooling_code(image_text(image), "max", window, window, 0, 2),
    )


explore_bright_pixel.starts(lambda at: {"start": at})


def _dot(at: Place) -> np.ndarray:
    image = np.zeros((SIDE, SIDE), int)
    image[at] = BRIGHT
    return image


def _paper(image: np.ndarray, window: int, at: Place) -> Panel:
    """Show the pixel on paper on which every other window is tinted."""
    panel = signed("image", image, "point at a cell to\nmove the bright pixel", size=CELL * SIDE)
    row, col = np.indices(image.shape) // window
    colors = panel.pixels.copy()
    colors[(image == 0) & ((row + col) % 2 == 1)] = TINT
    return replace(panel, colors=colors, table="", point=Point("row", "col"), cursor=at)


def _told(start: Place, now: Place, noticed: bool) -> str:
    here = f"row {now.row}, column {now.col}"
    if now == start:
        return f"The bright pixel is at {here}, where it started."
    before = f"The bright pixel has moved from row {start.row}, column {start.col} to {here}"
    if noticed:
        return f"{before}: the max pool has changed, because that is another window."
    return f"{before}: the max pool stays as it was, because both are in one window."


def _steps(image: np.ndarray, pooled: np.ndarray, window: int) -> str:
    """Say how many of the next steps the max pool would not notice."""
    moved = [shift(image, *step) for step in STEPS]
    pools = [max_pool2d(there, window) for there in moved if there.any()]  # the others leave the paper
    same = sum(np.array_equal(there, pooled) for there in pools)
    leave = f"{same} {verb(same, 'leave')}" if same else "not one leaves"
    return f"Of the {len(pools)} one-pixel steps from here, {leave} the max pool as it is."
