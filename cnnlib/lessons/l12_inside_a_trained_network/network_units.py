"""LeNet layer by layer: where on a sheet of maps a unit lies, and the numbers that make it."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from cnnlib.activations import softmax
from cnnlib.demo.view import Window
from cnnlib.geometry import reach
from cnnlib.lessons.l12_inside_a_trained_network.lenet_digit import BARS, network
from cnnlib.nn.drawn import centre_digit


class Stage(NamedTuple):
    """One layer as it is shown: where its numbers come from, and how they are laid out."""

    kind: str  # "conv", "pool", "dense" or "softmax"
    before: str  # the stage that it reads
    total: int  # which of the model's outputs are its sums
    out: int  # and which its answers: after the ReLU, if there is one
    columns: int  # of the sheet: maps in a row, or units in a row


STAGES = {
    "conv 1": Stage("conv", "picture", 0, 1, 3),
    "pool 1": Stage("pool", "conv 1", 2, 2, 3),
    "conv 2": Stage("conv", "pool 1", 3, 4, 4),
    "pool 2": Stage("pool", "conv 2", 5, 5, 4),
    "dense 1": Stage("dense", "pool 2", 7, 8, 10),
    "dense 2": Stage("dense", "dense 1", 9, 10, 10),
    "scores": Stage("dense", "dense 2", 11, 11, 1),
    "softmax": Stage("softmax", "scores", 12, 12, 1),
}
NAMES = tuple(STAGES)
GAP = 1  # cells between two maps of a sheet


class Answers:
    """What every layer makes of one drawing, (H, W), from paper, 0, to ink, 1."""

    def __init__(self, ink: np.ndarray):
        self.picture = centre_digit(ink)
        found = [output[0] for output in network().activations(self.picture[None, None])]
        self._found = [*found, softmax(found[-1])]

    def out(self, name: str) -> np.ndarray:
        """Return the activations of a stage: (maps, rows, cols), or one number a unit."""
        return self.picture[None] if name == "picture" else self._found[STAGES[name].out]

    def sums(self, name: str) -> np.ndarray:
        """Return its sums, before the ReLU."""
        return self._found[STAGES[name].total]


@dataclass(frozen=True)
class Unit:
    """One unit of a stage: what it reads, with which weights, and its output.

    Attributes
    ----------
    name : str
        Of its stage.
    at : tuple of int
        (map, row, column), or (unit,).
    inputs, weights : ndarray or None
        Of the same shape; what only picks or shares out has no weights.
    bias, total, answer : float
    """

    name: str
    at: tuple[int, ...]
    inputs: np.ndarray
    weights: np.ndarray | None
    bias: float
    total: float
    answer: float


def unit(answers: Answers, name: str, at: tuple[int, ...]) -> Unit:
    """Return one unit of a stage with the numbers that make it.

    Examples
    --------
    >>> one = unit(Answers(np.eye(24)), "conv 2", (3, 0, 9))
    >>> one.inputs.shape, bool(np.isclose((one.inputs * one.weights).sum() + one.bias, one.total))
    ((6, 5, 5), True)
    """
    stage = STAGES[name]
    inputs, layer = answers.out(stage.before), network()[min(stage.total, 11)]
    weights, bias = None, 0.0
    if stage.kind == "pool":
        m, row, col = at
        inputs = inputs[m, 2 * row : 2 * row + 2, 2 * col : 2 * col + 2]
    elif stage.kind == "conv":
        m, row, col = at
        inputs = inputs[:, row : row + 5, col : col + 5]
    if stage.kind in ("conv", "dense"):
        weights = layer.weights["weight"][at[0]].reshape(inputs.shape)
        bias = float(layer.weights["bias"][at[0]])
    total, answer = float(answers.sums(name)[at]), float(answers.out(name)[at])
    return Unit(name, at, inputs, weights, bias, total, answer)


def sheet_shape(name: str, out: np.ndarray) -> tuple[int, int]:
    """Return rows and columns of the panel that shows a stage."""
    columns = STAGES[name].columns
    if name == "softmax":
        return len(out), BARS + 1
    if out.ndim == 1:
        return len(out) // columns, columns
    count, height, width = out.shape
    return math.ceil(count / columns) * (height + GAP) - GAP, columns * (width + GAP) - GAP


def place_of(name: str, at: tuple[int, ...], side: int) -> tuple[int, int]:
    """Return row and column of a unit on its sheet; `side` is that of a map."""
    columns = STAGES[name].columns
    if len(at) == 1:
        return divmod(at[0], columns)
    m, row, col = at
    return m // columns * (side + GAP) + row, m % columns * (side + GAP) + col


def unit_at(name: str, row: int, col: int, out: np.ndarray) -> tuple[int, ...]:
    """Return the unit at a place on the sheet; the gap after a map counts as its edge.

    Examples
    --------
    >>> unit_at("conv 1", 30, 28, np.zeros((6, 28, 28)))
    (3, 1, 27)
    """
    columns = STAGES[name].columns
    if name == "softmax":
        return (row,)
    if out.ndim == 1:
        return (row * columns + col,)
    side = out.shape[1]
    (down, row), (across, col) = divmod(row, side + GAP), divmod(col, side + GAP)
    return down * columns + across, min(row, side - 1), min(col, side - 1)


def field(name: str, at: tuple[int, ...], since: str = "picture") -> tuple[int, int, int]:
    """Return how many rows and columns of an earlier stage a unit depends on, and the first of each.

    Examples
    --------
    >>> field("pool 2", (0, 2, 2)), field("scores", (3,))
    ((16, 8, 8), (32, 0, 0))
    """
    if len(at) == 1:
        return 32, 0, 0
    looks = {"conv": (5, 1, 0), "pool": (2, 2, 0)}
    first = 0 if since == "picture" else NAMES.index(since) + 1
    chain = NAMES[first : NAMES.index(name) + 1]
    size, jump, start = reach(looks[STAGES[one].kind] for one in chain)
    return size, start + at[1] * jump, start + at[2] * jump


def windows(name: str, at: tuple[int, ...], shown: Iterable[str], answers: Answers) -> Iterable[Window]:
    """Yield what lights up for a unit: its field in each earlier stage that is shown, and in the picture."""
    earlier = NAMES[: NAMES.index(name)]
    for since in ("picture", *earlier):
        if since not in shown:
            continue
        if len(at) == 1:
            if since in ("picture", STAGES[name].before):
                yield _fixed(name, since, (0, 0), _extent(since, answers))
            continue
        size, row, col = field(name, at, since)
        for m in _maps(name, at[0], since, answers):
            place = (
                (row, col) if since == "picture" else place_of(since, (m, row, col), _side(since, answers))
            )
            yield _fixed(name, since, place, (size, size))


def _fixed(of: str, on: str, start: tuple[int, int], taps: tuple[int, int]) -> Window:
    """Return a window that lies where it lies, whichever cell is pointed at."""
    return Window(of, on, taps, stride=(0, 0), start=start)


def _extent(name: str, answers: Answers) -> tuple[int, int]:
    return answers.picture.shape if name == "picture" else sheet_shape(name, answers.out(name))


def _side(name: str, answers: Answers) -> int:
    return answers.out(name).shape[1]


def _maps(name: str, m: int, since: str, answers: Answers) -> Iterable[int]:
    """Return which maps of an earlier stage a unit of map `m` reads: pooling keeps to its own."""
    between = NAMES[NAMES.index(since) + 1 if since in NAMES else 0 : NAMES.index(name) + 1]
    own = all(STAGES[one].kind == "pool" for one in between)
    return [m] if own else range(len(answers.out(since)))
