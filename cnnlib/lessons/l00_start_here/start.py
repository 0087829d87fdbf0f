"""Lesson 00: does everything move in this browser?"""

from collections.abc import Iterable

import numpy as np

from cnnlib.demo import controls as make
from cnnlib.demo.controls import Cells
from cnnlib.demo.frame import Demo
from cnnlib.demo.numbers import number_text
from cnnlib.demo.view import View, gray, signed
from cnnlib.demo.words import count_text


def explore_start(*, hide: Iterable[str] = (), lock: Iterable[str] = ()) -> Demo:
    """Try all the ways in which a demo can be moved: slider, pointing, painting, typing.

    Parameters
    ----------
    hide, lock : str or iterable of str
        Controls to hide or to hold.

    Returns
    -------
    Demo
        With `output`, the picture that follows the slider.

    Examples
    --------
    >>> demo = explore_start()
    >>> demo.col.value = 5
    >>> demo.text
    'The bright square is in row 3, column 5. No cells are painted. The nine numbers add up to 45.'
    """
    settings = {
        "col": make.slider("move me", 0, 0, 7),
        "row": make.whole_number("row", 3, 7),
        "drawing": Cells(np.zeros((8, 8), int)),
        "numbers": Cells(np.arange(1, 10).reshape(3, 3)),
    }
    return Demo("Move me", "does the picture follow?", settings, _view, hide=hide, lock=lock)


def _view(col: int, row: int, drawing: np.ndarray, numbers: np.ndarray) -> View:
    square = np.zeros((8, 8), int)
    square[row, col] = 1
    more = {"size": 200, "high": 1}
    follows = "follows the slider,\nthe mouse and the arrow keys"
    paint = "paint here: mouse, finger,\nor arrow keys and space"
    panels = [
        gray("square", square, follows, point="row col", cursor=(row, col), **more),
        gray("drawing", drawing, paint, paint="drawing", **more),
        signed("numbers", numbers, "click a cell\nto change it", size=132, edit="numbers"),
    ]
    for panel in panels[:2]:
        panel.labels = []  # squares, not zeros and ones
    painted = int(drawing.sum())
    sentence = (
        f"The bright square is in row {row}, column {col}. {count_text(painted, 'cell').capitalize()} "
        f"{'is' if painted == 1 else 'are'} painted. The nine numbers add up to {number_text(numbers.sum())}."
    )
    return View(panels, sentence, output=square)
