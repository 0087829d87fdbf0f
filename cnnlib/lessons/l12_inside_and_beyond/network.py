"""Lesson 12, the network view: draw a digit, and see every unit of LeNet answer."""

from collections.abc import Iterable
from functools import cache, lru_cache, partial

import numpy as np

from cnnlib.demo import controls as make
from cnnlib.demo.controls import Cells, Hidden
from cnnlib.demo.frame import Demo
from cnnlib.demo.view import View
from cnnlib.lessons.l12_inside_and_beyond.network_panels import panels
from cnnlib.lessons.l12_inside_and_beyond.network_units import (
    NAMES,
    Answers,
    place_of,
    sheet_shape,
    unit,
    unit_at,
    windows,
)
from cnnlib.lessons.l12_inside_and_beyond.network_words import code, sentence, written
from cnnlib.nn.datasets import digits
from cnnlib.nn.drawn import centre_digit

DEPTHS = ("network", "layer", "arithmetic")
SIDE = 24  # rows and columns of the canvas
LEVELS = 9  # of ink, so that a canvas can be written as text
EDGE = 5 / LEVELS  # ink beside the pen's middle


def explore_network(
    digit: int | None = 8,
    *,
    depth: str = "network",
    layer: str = "conv 1",
    hide: Iterable[str] = (),
    lock: Iterable[str] = (),
) -> Demo:
    """Draw a digit, or pick one, and see all layers of LeNet answer; point at a unit to see its arithmetic.

    Parameters
    ----------
    digit : int or None
        Which test picture of `cnnlib.nn.digits` lies on the canvas, 0 to 354; None for an empty canvas.
    depth : {"network", "layer", "arithmetic"}
        Whether all layers are shown, one and the one before it, or the numbers behind a single unit.
    layer : str
        Which layer is pointed at: ``"conv 1"``, ``"pool 1"``, ``"conv 2"``, ``"pool 2"``, ``"dense 1"``,
        ``"dense 2"``, ``"scores"`` or ``"softmax"``.
    hide, lock : str or iterable of str
        Controls to hide or to hold.

    Returns
    -------
    Demo
        With `output`, the ten probabilities. A learner's pen has soft edges: a cell that is painted inks the
        four around it, too.

    Raises
    ------
    ValueError
        If there is no such digit, depth or layer.

    Examples
    --------
    >>> demo = explore_network()
    >>> int(demo.output.argmax())
    3
    >>> demo.text.split(": ")[0]
    'The network sees a 3'
    """
    drawing = np.zeros((SIDE, SIDE)) if digit is None else sample(digit)
    settings = {
        "digit": make.slider("test digit", digit or 0, 0, len(digits_of_the_course()) - 1),
        "clear": make.button("clear", "empty the canvas"),
        "depth": make.switch("show", DEPTHS, depth),
        "layer": make.choice("layer", NAMES, layer),
        "whole": make.tick("whole sum"),
        "drawing": Cells(drawing),
    }
    row, col = strongest(drawing, layer)
    settings |= {"row": Hidden(row), "col": Hidden(col)}
    question = "which digit does it see, and why?"
    demo = Demo("Inside LeNet", question, settings, _view, hide=hide, lock=lock)
    _wire(demo)
    return demo


def _wire(demo: Demo) -> None:
    def move(change) -> None:
        demo.row.value, demo.col.value = strongest(demo.drawing.value, change.new)

    demo.when("digit", lambda change: demo.set(drawing=sample(change.new)))
    demo.when("drawing", lambda change: demo.set(drawing=softened(change.old, change.new)))
    demo.when("layer", move)  # a unit pointed at is set after its layer, and so is the one that stays
    demo.clear.on_click(lambda _: demo.set(drawing=np.zeros((SIDE, SIDE))))


@cache
def digits_of_the_course() -> np.ndarray:
    """Return the test pictures of the 8 x 8 digits, (N, 8, 8)."""
    return digits().test.images[:, 0]


def sample(digit: int) -> np.ndarray:
    """Put a test digit on the canvas, as large as MNIST's are.

    Raises
    ------
    ValueError
        If there is no such digit.
    """
    pictures = digits_of_the_course()
    if digit not in range(len(pictures)):
        raise ValueError(
            f"explore_network: there is no digit {digit}; choose 0 to {len(pictures) - 1}, or None"
        )
    frame = (32 - SIDE) // 2
    return np.round(LEVELS * centre_digit(pictures[digit])[frame:-frame, frame:-frame].astype(float)) / LEVELS


def softened(before: np.ndarray, after: np.ndarray) -> np.ndarray:
    """Give the pen and the eraser their soft edges: the four cells around each that changed.

    Examples
    --------
    >>> pen = np.zeros((3, 3))
    >>> pen[1, 1] = 1
    >>> (9 * softened(np.zeros((3, 3)), pen)).astype(int).tolist()
    [[0, 5, 0], [5, 9, 5], [0, 5, 0]]
    """
    rubbed = _beside(after < before) & (after < 1)
    inked = np.maximum(after, EDGE * _beside(after > before))
    return np.where(rubbed, 0, inked)


def _beside(cells: np.ndarray) -> np.ndarray:
    """Mark cells and the four around each."""
    wide = np.pad(cells, 1)
    return cells | wide[:-2, 1:-1] | wide[2:, 1:-1] | wide[1:-1, :-2] | wide[1:-1, 2:]


def canvas_text(drawing: np.ndarray) -> str:
    """Write a canvas line by line, a digit from 1 to 9 for ink and a point for paper."""
    levels = np.clip(np.round(LEVELS * np.asarray(drawing, float)), 0, LEVELS).astype(int)
    return "\n".join("".join(map(str, row)) for row in levels.tolist()).replace("0", ".")


def canvas_ink(text: str) -> np.ndarray:
    """Read what `canvas_text` wrote.

    Examples
    --------
    >>> canvas_ink(canvas_text(np.eye(2))).tolist()
    [[1.0, 0.0], [0.0, 1.0]]
    """
    return np.array([list(row.replace(".", "0")) for row in text.split()], float) / LEVELS


@lru_cache(8)
def _answers(text: str) -> Answers:
    return Answers(canvas_ink(text))


def strongest(drawing: np.ndarray, layer: str) -> tuple[int, int]:
    """Return the place on its sheet of the unit that answers most."""
    out = _answers(canvas_text(drawing)).out(layer)
    return place_of(layer, np.unravel_index(out.argmax(), out.shape), out.shape[-1])


def _view(*, digit, depth, layer, whole, drawing, row, col) -> View:
    text = canvas_text(drawing)
    answers = _answers(text)
    rows, cols = sheet_shape(layer, answers.out(layer))
    row, col = min(row, rows - 1), min(col, cols - 1)
    one = unit(answers, layer, unit_at(layer, row, col, answers.out(layer)))
    shown = panels(depth, drawing, answers, one, (row, col))
    probabilities = answers.out("softmax")
    return View(
        shown,
        sentence(bool(drawing.any()), probabilities, one),
        written(one, whole),
        [*windows(layer, one.at, {panel.id for panel in shown}, answers)],
        probabilities.copy(),
        partial(code, text),
        remember={"row": int(row), "col": int(col)},
    )
