"""What the network view shows: drawing, maps as mosaics, rows of units, bars; at three depths."""

from collections.abc import Iterable

import numpy as np

from cnnlib.demo.numbers import number_text
from cnnlib.demo.view import Panel, mosaic, signed
from cnnlib.lessons.l12_inside_and_beyond.lenet_digit import DOWN, canvas_and_picture, certainty_bars
from cnnlib.lessons.l12_inside_and_beyond.network_units import NAMES, STAGES, Answers, Unit

CELLS = {"conv 1": 4, "pool 1": 5, "conv 2": 5, "pool 2": 6, "dense 1": 9, "dense 2": 9}  # CSS pixels
SMALL = CELLS | {"conv 1": 3}  # beside its arithmetic
LARGE = {"conv 1": 6, "pool 1": 7, "conv 2": 7, "pool 2": 11, "dense 1": 18, "dense 2": 18}
# Answers of the deepest red: the same for every drawing, so that a colour means the same while one draws.
FULL = {"conv 1": 3, "pool 1": 3, "conv 2": 5, "pool 2": 5, "dense 1": 4, "dense 2": 4, "scores": 10}
SUM = 180  # of a window and of its weights


def panels(depth: str, drawing: np.ndarray, answers: Answers, one: Unit, at: tuple[int, int]) -> list[Panel]:
    """Return the panels of a depth: the canvas and the answer always, below them layers or a sum."""
    top = [
        *canvas_and_picture(drawing, answers.picture),
        _scores(answers),
        certainty_bars("softmax", answers.out("softmax")),
    ]
    top[1].symbol, top[2].symbol = "→", "⋯"  # between them lies what is below
    below = {"network": _network, "layer": _layer, "arithmetic": _arithmetic}[depth](answers, one)
    made = [*top, *below]
    for panel in made:
        if panel.id in NAMES and (depth == "network" or panel.id == one.name):
            panel.point, panel.sets = "row col", {"layer": panel.id}
        if panel.id == one.name:
            panel.cursor = (int(at[0]), int(at[1]))
    return made


def _network(answers: Answers, _one: Unit) -> Iterable[Panel]:
    for name in NAMES[:6]:
        yield _sheet(name, answers, CELLS[name], new_row=name in ("conv 1", "conv 2"))


def _layer(answers: Answers, one: Unit) -> Iterable[Panel]:
    before = STAGES[one.name].before
    if before in CELLS:
        yield _sheet(before, answers, CELLS[before], new_row=True)
    if one.name in LARGE:
        yield _sheet(one.name, answers, LARGE[one.name], new_row=before not in CELLS)


def _arithmetic(answers: Answers, one: Unit) -> Iterable[Panel]:
    if one.name == "softmax":
        return
    before = STAGES[one.name].before.replace("picture", "the picture")
    yield _numbers("inputs", one.inputs, f"what it reads\nof {before}", new_row=True)
    if one.weights is not None:
        yield _numbers("weights", one.weights, "its weights:\nred +, blue −", symbol="×")
    if one.name in SMALL:
        yield _sheet(one.name, answers, SMALL[one.name])


def _numbers(id: str, array: np.ndarray, caption: str, **more) -> Panel:
    """Show a window, or all that a dense unit reads, laid out as where it comes from."""
    if array.ndim == 1:
        array = array.reshape(-1, 10)
    if array.ndim == 2 or len(array) == 1:
        grid = array.reshape(array.shape[-2:])
        rows = grid.shape[0]
        size = 80 if rows == 2 else min(SUM, 15 * rows) if rows > 5 else SUM  # many numbers: colours alone
        return signed(id, grid, caption, size=size, legend=False, **more)
    columns = 3 if len(array) == 6 else 4
    return mosaic(id, array, caption, columns=columns, size=SUM + 10, legend=(), **more)


def _sheet(name: str, answers: Answers, cell: float, **more) -> Panel:
    """Show the answers of a layer; one points at single units, in maps as well."""
    out, columns = answers.out(name), STAGES[name].columns
    more |= {"symbol": "→", "limit": FULL[name]}
    if out.ndim == 1:
        rows = out.reshape(-1, columns)
        panel = signed(
            name, rows, f"{name} + ReLU:\n{len(out)} units", size=cell * len(rows), legend=False, **more
        )
        panel.labels = []
        return panel
    count, height, width = out.shape
    bent = " + ReLU" if name.startswith("conv") else ""
    caption = f"{name}{bent}: {count} maps\nof {height} × {width}"
    size = cell * max(columns * (width + 1) - 1, -(-count // columns) * (height + 1) - 1)
    panel = mosaic(name, out, caption, columns=columns, size=size, legend=(), **more)
    panel.tile = None
    return panel


def _scores(answers: Answers) -> Panel:
    scores = answers.out("scores")
    panel = signed("scores", scores[:, None], "scores", size=10 * DOWN, limit=FULL["scores"])
    panel.labels = [str(digit) for digit in range(10)]
    panel.alt = "scores, " + ", ".join(f"{digit}: {number_text(score)}" for digit, score in enumerate(scores))
    return panel
