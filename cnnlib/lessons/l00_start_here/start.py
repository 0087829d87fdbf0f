"""Lesson 00: does everything move in this browser?"""

from typing import Annotated

import numpy as np

from cnnlib.demo.declare import Cells, Number, Slider, demo
from cnnlib.demo.numbers import number_text
from cnnlib.demo.view import Point, View, gray, signed
from cnnlib.demo.words import capital, count_text, verb

BLANK, ONE_TO_NINE = np.zeros((8, 8), int), np.arange(1, 10).reshape(3, 3)


@demo("Move me", "does the picture follow?")
def explore_start(
    *,
    col: Annotated[int, Slider(0, 7, label="move me")] = 0,
    row: Annotated[int, Number(0, 7)] = 3,
    drawing: Annotated[np.ndarray, Cells(called=False)] = BLANK,
    numbers: Annotated[np.ndarray, Cells(called=False)] = ONE_TO_NINE,
) -> View:
    """Try all the ways in which a demo can be moved: slider, pointing, painting, typing.

    The output is the picture that follows the slider.

    >>> demo = explore_start()
    >>> demo.col.value = 5
    >>> demo.text
    'The bright square is in row 3, column 5. No cells are painted. The nine numbers add up to 45.'
    """
    square = np.zeros((8, 8), int)
    square[row, col] = 1
    painted = int(drawing.sum())
    follows = "follows the slider,\nthe mouse and the arrow keys"
    paint = "paint here: mouse, finger,\nor arrow keys and space"
    more = {"size": 200, "high": 1, "labels": []}  # squares, not zeros and ones
    return View(
        panels=[
            gray("square", square, follows, point=Point("row", "col"), cursor=(row, col), **more),
            gray("drawing", drawing, paint, paint="drawing", **more),
            signed("numbers", numbers, "click a cell\nto change it", size=132, edit="numbers"),
        ],
        sentence=f"The bright square is in row {row}, column {col}. "
        f"{capital(count_text(painted, 'cell'))} {verb(painted, 'are')} painted. "
        f"The nine numbers add up to {number_text(numbers.sum())}.",
        output=square,
    )
