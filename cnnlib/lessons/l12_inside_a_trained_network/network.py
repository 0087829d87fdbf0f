"""Lesson 12, the network view: draw a digit, and see the output of every unit of LeNet."""

from collections.abc import Iterable
from functools import lru_cache, partial
from typing import Annotated

import numpy as np

from cnnlib.demo.declare import Cells, Choice, Place, Pointed, Slider, Switch, Tick, demo
from cnnlib.demo.numbers import MINUS, number_text
from cnnlib.demo.view import Panel, Point, View, mosaic, signed
from cnnlib.demo.words import capital, products
from cnnlib.demo.words import seen_text as square_text
from cnnlib.lessons.l12_inside_a_trained_network.canvas import (
    BLANK,
    LEVELS,
    SIDE,
    canvas_and_picture,
    canvas_code,
    canvas_ink,
    canvas_text,
    seen_text,
    softened,
)
from cnnlib.lessons.l12_inside_a_trained_network.lenet_digit import (
    DOWN,
    LAST,
    certainty_bars,
    digits_for_lenet,
)
from cnnlib.lessons.l12_inside_a_trained_network.network_units import (
    NAMES,
    STAGES,
    Answers,
    Unit,
    field,
    place_of,
    sheet_shape,
    unit,
    unit_at,
    windows,
)
from cnnlib.nn import digits

DEPTHS = ("answer", "network", "layer", "arithmetic")
CELLS = {"conv 1": 3, "pool 1": 4, "conv 2": 4, "pool 2": 4, "dense 1": 8, "dense 2": 8}  # CSS pixels
LARGE = {"conv 1": 5, "pool 1": 7, "conv 2": 7, "pool 2": 11, "dense 1": 18, "dense 2": 18}
# Answers of the deepest red: the same for every drawing, so that a colour means the same while one draws.
FULL = {"conv 1": 3, "pool 1": 3, "conv 2": 5, "pool 2": 5, "dense 1": 4, "dense 2": 4, "scores": 10}
SUM = 180  # of a window and of its weights
SHORT = 9  # terms of a sum that is not shown whole

Pieces = list[tuple[str, str]]


def _sample(digit: int) -> np.ndarray:
    """Put a test digit on the canvas, as large as MNIST's are."""
    frame = (32 - SIDE) // 2
    return np.round(LEVELS * digits_for_lenet()[0][digit, frame:-frame, frame:-frame]) / LEVELS


def _drawn(where: str, digit: int, _values: dict) -> dict:
    if digit not in range(LAST + 1):
        raise ValueError(f"{where}: there is no digit {digit}; choose 0 to {LAST}, or None")
    return {"digit": digit, "drawing": _sample(digit)}


@demo("Inside LeNet", "which digit does it see, and why?", order="digit clear")
def explore_network(
    digit: Annotated[
        int | None,
        Slider(0, LAST, label="test digit", spread=_drawn),
        "Which test picture of `cnnlib.nn.digits` lies on the canvas; None for an empty one",
    ] = 8,
    *,
    depth: Annotated[
        str,
        Switch(DEPTHS, label="show"),
        "Only what comes out; all layers; one and the one before it; or the numbers behind a single unit",
    ] = "network",
    layer: Annotated[str, Choice(NAMES), "Which is pointed at"] = "conv 1",
    whole: Annotated[bool, Tick(label="whole sum"), "Whether a long sum is written out"] = False,
    drawing: Annotated[np.ndarray, Cells(called=False)] = BLANK,
    at: Annotated[Place | None, Pointed, "The unit's place in the picture of its layer"] = None,
) -> View:
    """Draw a digit, or pick one, and see all activations of LeNet; point at a unit to see its arithmetic.

    The output is the ten probabilities. The pen has soft edges: a cell that is painted inks the four around
    it, too.

    >>> demo = explore_network()
    >>> int(demo.output.argmax())
    3
    >>> demo.text.split(": ")[0]
    'The network sees a 3'
    """
    text = canvas_text(drawing)
    answers = _answers(text, digit)
    probabilities = answers.out("softmax")
    seen, code = (
        seen_text(bool(drawing.any()), probabilities),
        partial(canvas_code, text, digit if _untouched(text, digit) else None),
    )
    if depth == "answer":
        panels = [*canvas_and_picture(drawing, answers.picture), certainty_bars("softmax", probabilities)]
        return View(panels=panels, sentence=seen, output=probabilities.copy(), code=code)

    at = at.within(sheet_shape(layer, answers.out(layer)))
    one = unit(answers, layer, unit_at(layer, *at, answers.out(layer)))
    panels = _panels(depth, drawing, answers, one, at)
    return View(
        panels=panels,
        sentence=f"{seen} {_unit_text(one)} {_field_text(one)}",
        arithmetic=_written(one, whole),
        windows=[*windows(layer, one.at, {panel.id for panel in panels}, answers)],
        output=probabilities.copy(),
        code=code,
    )


explore_network.when("digit", lambda digit: {"drawing": _sample(digit)})
explore_network.when("drawing", lambda before, now: {"drawing": softened(before, now)})
explore_network.button("clear", "clear", "empty the canvas")(lambda: {"drawing": BLANK})


@explore_network.when("layer")  # a unit pointed at is set after its layer, and so is the one that stays
def _(drawing, digit, layer):
    """Go to the unit that responds most."""
    out = _answers(canvas_text(drawing), digit).out(layer)
    return {"at": place_of(layer, np.unravel_index(out.argmax(), out.shape), out.shape[-1])}


@lru_cache(8)
def _answers(text: str, digit: int) -> Answers:
    """Read the test digit itself while it lies on the canvas as it is, else the ink of the canvas."""
    return Answers(digits().test.images[digit, 0] if _untouched(text, digit) else canvas_ink(text))


def _untouched(text: str, digit: int) -> bool:
    return text == canvas_text(_sample(digit))


def _panels(depth: str, drawing: np.ndarray, answers: Answers, one: Unit, at: Place) -> list[Panel]:
    """Show the canvas and the output always, below them layers or a sum."""

    def link(name: str) -> dict:
        """Say what pointing at a layer sets, and where its unit is."""
        chosen = {"cursor": at} if name == one.name else {}
        return chosen | ({"point": Point("at", layer=name)} if chosen or depth == "network" else {})

    below = {"network": _network, "layer": _layer, "arithmetic": _arithmetic}[depth]
    return [
        *canvas_and_picture(drawing, answers.picture),
        _scores(answers, **link("scores")),
        certainty_bars("softmax", answers.out("softmax"), **link("softmax")),
        *below(answers, one, link),
    ]


def _network(answers: Answers, _one: Unit, link) -> Iterable[Panel]:
    for name in NAMES[:6]:
        yield _sheet(name, answers, CELLS[name], new_row=name in ("conv 1", "pool 2"), **link(name))


def _layer(answers: Answers, one: Unit, link) -> Iterable[Panel]:
    before = STAGES[one.name].before
    if before in CELLS:
        yield _sheet(before, answers, CELLS[before], new_row=True)
    if one.name in LARGE:
        yield _sheet(one.name, answers, LARGE[one.name], new_row=before not in CELLS, **link(one.name))


def _arithmetic(answers: Answers, one: Unit, link) -> Iterable[Panel]:
    if one.name == "softmax":
        return
    before = STAGES[one.name].before.replace("picture", "the picture")
    yield _numbers("inputs", one.inputs, f"what it reads\nof {before}", new_row=True)
    if one.weights is not None:
        yield _numbers("weights", one.weights, "its weights:\nred +, blue −", symbol="×")
    if one.name in CELLS:
        yield _sheet(one.name, answers, CELLS[one.name], **link(one.name))


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
    """Show the activations of a layer; one points at single units, in maps as well."""
    out, columns = answers.out(name), STAGES[name].columns
    more |= {"symbol": "→", "limit": FULL[name]}
    if out.ndim == 1:
        caption = f"{name}, ReLU: {len(out)}"
        rows = out.reshape(-1, columns)
        return signed(name, rows, caption, size=cell * len(rows), legend=False, labels=[], **more)
    count, height, width = out.shape
    activation = ", ReLU" if name.startswith("conv") else ""
    caption = f"{name}{activation}: {count} × {height} × {width}"
    size = cell * max(columns * (width + 1) - 1, -(-count // columns) * (height + 1) - 1)
    return mosaic(name, out, caption, columns=columns, size=size, legend=(), tile=None, **more)


def _scores(answers: Answers, **more) -> Panel:
    scores = answers.out("scores")
    said = (f"{digit}: {number_text(score)}" for digit, score in enumerate(scores))
    return signed(
        "scores",
        scores[:, None],
        "scores",
        size=10 * DOWN,
        limit=FULL["scores"],
        labels=[*"0123456789"],
        beside=[f"{score:.2f}".replace("-", MINUS) for score in scores],
        symbol="⋯",  # between picture and scores lies what is below
        alt=", ".join(["scores", *said]),
        **more,
    )


def _unit_text(one: Unit) -> str:
    answer = number_text(one.answer)
    if one.name == "softmax":
        return f"Softmax turns the score of {one.at[0]} into a probability: {answer}."
    if one.name == "scores":
        return f"The score of {one.at[0]} is {answer}."
    place = f"unit {one.at[0]}" if len(one.at) == 1 else "map {}, row {}, column {}".format(*one.at)
    silent = ", as its sum is negative" if one.total < 0 and one.answer == 0 else ""
    return f"{capital(one.name)}, {place} responds with {answer}{silent}."


def _field_text(one: Unit) -> str:
    size, row, col = field(one.name, one.at)
    if size == 32:
        return "Its receptive field is the whole picture."
    return f"Its receptive field is {size} × {size} pixels: {square_text(row, col, size, 32)}."


def _written(one: Unit, whole: bool) -> Pieces:
    """Write how a unit is made: weighted sum, bias and ReLU, the largest of four, or a share."""
    kind = STAGES[one.name].kind
    if kind == "pool":
        return _largest(one)
    if kind == "softmax":
        return _share(one)
    longest = one.inputs.size if whole else SHORT
    terms = products(one.inputs.ravel(), one.weights.ravel(), one.total, longest=longest)[:-2]
    bias = number_text(one.bias)
    pieces = [
        *terms,
        ("\n+ ", ""),
        (bias if one.bias >= 0 else f"({bias})", "weight"),
        (" (its bias) = ", ""),
        (number_text(one.total), "total"),
    ]
    if one.name == "scores":
        return [*pieces, ("; no ReLU: a score may be negative", "")]
    return [*pieces, (f"; ReLU: max(0, {number_text(one.total)}) = ", ""), (number_text(one.answer), "total")]


def _largest(one: Unit) -> Pieces:
    pieces: Pieces = [("max(", "")]
    for i, value in enumerate(one.inputs.ravel()):
        pieces += [(", ", "")] if i else []
        pieces += [(number_text(value), "pixel")]
    return [*pieces, (") = ", ""), (number_text(one.answer), "total")]


def _share(one: Unit) -> Pieces:
    """Write the softmax of one score; its exponentials as powers, as they grow long."""
    powers = [f"e^{number_text(score)}" for score in one.inputs]
    pieces: Pieces = [(f"p({one.at[0]}) = ", ""), (powers[one.at[0]], "pixel"), (" / (", "")]
    for i, power in enumerate(powers):
        pieces += [(" + " if i else "", ""), (power, "pixel" if i == one.at[0] else "")]
    return [*pieces, (") = ", ""), (number_text(one.answer), "total")]
