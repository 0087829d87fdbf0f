"""Lesson 11, backpropagation by hand: a network small enough to write out, one step at a time."""

from collections.abc import Iterable
from functools import partial
from typing import Annotated, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Circle
from numpy.typing import ArrayLike

from cnnlib.demo.axes import LINES, MUTED, TEXT, Words, pixels
from cnnlib.demo.chart import chart
from cnnlib.demo.code import array_text
from cnnlib.demo.declare import Cells, Choice, Slider, demo
from cnnlib.demo.inputs import kernel_of
from cnnlib.demo.numbers import number_text
from cnnlib.demo.painter import ORANGE
from cnnlib.demo.view import Panel, View, signed
from cnnlib.lessons.l11_train_a_small_cnn.by_hand import (
    Backward,
    Forward,
    Weights,
    backward,
    forward,
    network,
    update,
)

RATES = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3)
LARGEST = 1e6  # as the cells take it; beyond, the numbers are no longer readable
AFTER_LOSS = 5  # the step at which the loss is known
# What each step makes, in order; from then on it is shown, and in its own step it is orange.
MADE = (
    ("z₀",),
    ("z₁",),
    ("h₀", "h₁"),
    ("y",),
    ("L",),
    ("∂y",),
    ("∂v₀", "∂v₁", "∂c"),
    ("∂h₀", "∂h₁"),
    ("∂z₀", "∂z₁"),
    ("∂W₀₀", "∂W₀₁", "∂b₀"),
    ("∂W₁₀", "∂W₁₁", "∂b₁"),
    ("new",),
)
EARNED = {name for made in MADE for name in made}  # the others are given from the start


class Pass(NamedTuple):
    """A pass through the small network: forward, backward, and the update that follows."""

    x: np.ndarray
    target: float
    weights: Weights
    made: Forward
    found: Backward
    rate: float
    new: Weights
    new_loss: float


def _pass(x, t, W, b, v, c, rate) -> Pass:
    """Do the whole arithmetic; the steps only tell it."""
    inputs, target, weights = x[0].astype(float), float(t[0, 0]), network(W, b[:, 0], v[0], c[0, 0])
    made = forward(inputs, target, weights)
    found = backward(inputs, target, weights, made)
    new = update(weights, found, rate)
    return Pass(inputs, target, weights, made, found, rate, new, forward(inputs, target, new).loss)


def _cells(values: ArrayLike) -> np.ndarray:
    array = np.asarray(values, float)
    return array.astype(int) if np.array_equal(array, array.astype(int)) else array


def _weights(_where: str, W, values: dict) -> dict[str, np.ndarray]:
    given = network(W, values["b"], values["v"], values["c"])
    arrays = {"W": given.W, "b": given.b[:, None], "v": given.v[None], "c": given.c[None, None]}
    return {name: _cells(array) for name, array in arrays.items()}


def _inputs(where: str, x) -> np.ndarray:
    return _cells(kernel_of(where, [x]))


@demo(
    "Backpropagation by hand", "how much does each weight change the loss?", order="back forward stage rate"
)
def explore_backprop(
    x: Annotated[np.ndarray, Cells(_inputs, argument="inputs"), "Two inputs"] = (1, 2),
    t: Annotated[
        np.ndarray,
        Cells(lambda _, target: _cells([[target]]), argument="target"),
        "What the output should be, a number",
    ] = 1,
    *,
    W: Annotated[
        np.ndarray, Cells(spread=_weights), "Weights of the hidden units, (2, 2), a row for each"
    ] = ((1, 0.5), (0.5, -0.25)),
    b: Annotated[np.ndarray, Cells(), "Their biases, (2,)"] = (0, 0.5),
    v: Annotated[np.ndarray, Cells(), "Weights of the output, (2,)"] = (1, -1),
    c: Annotated[np.ndarray, Cells(), "Its bias, a number"] = 0,
    rate: Annotated[float, Choice(RATES, label="learning rate", argument="learning_rate")] = 0.01,
    stage: Annotated[int, Slider(1, len(MADE), label="step", argument="step"), "Steps shown at first"] = 1,
) -> View:
    """Run a tiny network forward and backward, with every number visible, then update its weights.

    Two inputs, two hidden units with a ReLU, one output, and the squared error as the loss; the arithmetic is
    that of `cnnlib.lessons.l11_train_a_small_cnn.by_hand`. The output is the nine gradients: of W row by row,
    b, v and c.

    >>> demo = explore_backprop()
    >>> demo.output.tolist()
    [1.0, 2.0, -1.0, -2.0, 1.0, -1.0, 2.0, 0.5, 1.0]
    """
    run = _pass(x, t, W, b, v, c, rate)
    found = run.found

    direction = "forward" if stage <= AFTER_LOSS else "backward" if stage < len(MADE) else "update"
    sentence, arithmetic = STEPS[stage - 1](run)
    return View(
        panels=[_diagram(run, stage), *_editable(x, t, W, b, v, c)],
        sentence=f"Step {stage} of {len(MADE)}, {direction}: {sentence}",
        arithmetic=arithmetic,
        output=np.concatenate([found.W.ravel(), found.b, found.v, [found.c]]),
        code=partial(_code, run.x, run.target, run.weights),
    )


@explore_backprop.button("back", "◀ step", "step back")
def _back(stage):
    return {"stage": max(stage - 1, 1)}


@explore_backprop.button("forward", "step ▶", "step forward")
def _forward(stage):
    return {"stage": min(stage + 1, len(MADE))}


@explore_backprop.button("update", "take the new weights", "update all weights, and see the new loss")
def _take(x, t, W, b, v, c, rate):
    new = _pass(x, t, W, b, v, c, rate).new
    if max(np.abs(weight).max() for weight in new) > LARGEST:
        raise ValueError(
            "the weights would leave ±1,000,000: they run away; choose a smaller learning rate, or reset"
        )
    return {"W": new.W, "b": new.b[:, None], "v": new.v[None], "c": new.c[None, None], "stage": AFTER_LOSS}


explore_backprop.when("rate", lambda: {"stage": len(MADE)})  # the one step in which it counts


def _editable(x, t, W, b, v, c) -> Iterable[Panel]:
    arrays = {"x": (x, "inputs x"), "W": (W, "weights W"), "b": (b, "biases b")}
    arrays |= {"v": (v, "weights v"), "c": (c, "bias c"), "t": (t, "target t")}
    for name, (array, caption) in arrays.items():
        yield signed(
            name, array, caption, size=40 * max(array.shape), legend=False, edit=name, new_row=name == "x"
        )


# ---- the steps: for each, what happens in words, and the arithmetic
Pieces = list[tuple[str, str]]


def _sum(unit: int):
    def step(run: Pass) -> tuple[str, Pieces]:
        weights, i = run.weights, unit - 1
        pieces = [(f"z{_low(unit - 1)} = ", "")]
        for value, weight in zip(run.x, weights.W[i], strict=True):
            pieces += [*_product(value, weight), (" + ", "")]
        pieces += [(_bracketed(weights.b[i]), "weight"), (" = ", ""), (number_text(run.made.z[i]), "total")]
        which = "first" if unit == 1 else "second"
        return f"the {which} hidden unit adds up its inputs, each times its weight, and its bias.", pieces

    return step


def _activation(run: Pass) -> tuple[str, Pieces]:
    pieces = []
    for i in range(2):
        z, h = (number_text(values[i]) for values in (run.made.z, run.made.h))
        pieces += [
            (";  " if i else "", ""),
            (f"h{_low(i)} = max(0, ", ""),
            (z, "pixel"),
            (") = ", ""),
            (h, "total"),
        ]
    cut = [f"z{_low(i)}" for i in range(2) if run.made.z[i] <= 0]
    passed = "both sums are positive and pass as they are"
    words = {
        0: passed,
        1: f"{' and '.join(cut)} is not positive and becomes 0",
        2: "neither sum is positive; both become 0",
    }
    return f"the ReLU cuts off what is negative: {words[len(cut)]}.", pieces


def _output(run: Pass) -> tuple[str, Pieces]:
    pieces: Pieces = [("y = ", "")]
    for value, weight in zip(run.made.h, run.weights.v, strict=True):
        pieces += [*_product(value, weight), (" + ", "")]
    pieces += [(_bracketed(run.weights.c), "weight"), (" = ", ""), (number_text(run.made.y), "total")]
    return "the output adds up the hidden units, each times its weight, and its bias.", pieces


def _loss(run: Pass) -> tuple[str, Pieces]:
    y, t = number_text(run.made.y), _bracketed(run.target)
    pieces = [("L = (", ""), (y, "pixel"), (f" − {t})² = ", ""), (number_text(run.made.loss), "total")]
    return (
        f"the output is {y}, the target {number_text(run.target)}; the loss is the square of the difference.",
        pieces,
    )


def _output_slope(run: Pass) -> tuple[str, Pieces]:
    y, t = number_text(run.made.y), _bracketed(run.target)
    pieces = [("∂L/∂y = 2·(", ""), (y, "pixel"), (f" − {t}) = ", ""), (number_text(run.found.y), "total")]
    way = "up" if run.found.y > 0 else "down"
    if run.found.y == 0:
        return (
            "the output is right: the loss is at its lowest, and every gradient is 0.",
            pieces,
        )
    times = "just" if abs(run.found.y) == 1 else f"{number_text(abs(run.found.y))} times"
    return (
        f"a little more output moves the loss {way}, {times} as much.",
        pieces,
    )


def _output_weights(run: Pass) -> tuple[str, Pieces]:
    pieces = []
    for i in range(2):
        pieces += _equation(f"∂L/∂v{_low(i)}", run.found.y, run.made.h[i], run.found.v[i])
    pieces += [("∂L/∂c = ", ""), (number_text(run.found.c), "total")]
    return (
        "each weight of the output gets the output's gradient, times the number that came through it.",
        pieces,
    )


def _hidden(run: Pass) -> tuple[str, Pieces]:
    pieces = []
    for i in range(2):
        pieces += _equation(f"∂L/∂h{_low(i)}", run.found.y, run.weights.v[i], run.found.h[i])
    return (
        "the gradient goes back to each hidden unit, times the weight by which the unit was heard.",
        pieces[:-1],
    )


def _through_relu(run: Pass) -> tuple[str, Pieces]:
    pieces: Pieces = []
    for i in range(2):
        gate = 1 if run.made.z[i] > 0 else 0
        pieces += _equation(f"∂L/∂z{_low(i)}", run.found.h[i], gate, run.found.z[i])
    shut = [f"z{_low(i)}" for i in range(2) if run.made.z[i] <= 0]
    words = "the ReLU let both numbers through, so both gradients pass."
    if shut:
        cut = " and ".join(shut)
        words = f"the ReLU cut off {cut}, so no gradient passes there: those weights will not move."
    return words, pieces[:-1]


def _hidden_weights(unit: int):
    def step(run: Pass) -> tuple[str, Pieces]:
        i, pieces = unit - 1, []
        for j in range(2):
            pieces += _equation(
                f"∂L/∂W{_low(unit - 1)}{_low(j)}", run.found.z[i], run.x[j], run.found.W[i, j]
            )
        pieces += [(f"∂L/∂b{_low(unit - 1)} = ", ""), (number_text(run.found.b[i]), "total")]
        which = "first" if unit == 1 else "second"
        return (
            f"the weights of the {which} hidden unit get its gradient, times the input that came through.",
            pieces,
        )

    return step


def _update(run: Pass) -> tuple[str, Pieces]:
    old, new = number_text(run.weights.W[0, 0]), number_text(run.new.W[0, 0])
    pieces = [
        ("W₀₀ becomes ", ""),
        (old, "weight"),
        (f" − {number_text(run.rate)}·", ""),
        (_bracketed(run.found.W[0, 0]), "pixel"),
        (" = ", ""),
        (new, "total"),
        (", and so do all", ""),
    ]
    before, after = number_text(run.made.loss), number_text(run.new_loss)
    if run.new_loss > run.made.loss:
        why = (
            f"the loss grows from {before} to {after}. The step is too long: choose a smaller learning rate."
        )
    elif run.new_loss == run.made.loss:
        why = f"the loss stays at {before}."
    else:
        why = f"the loss falls from {before} to {after}."
    return (
        f"every weight moves against its gradient, times the learning rate. With the new weights {why}",
        pieces,
    )


def _low(number: int) -> str:
    return "₀₁"[number]


def _bracketed(value: float) -> str:
    return number_text(value) if value >= 0 else f"({number_text(value)})"


def _product(value: float, weight: float) -> Pieces:
    return [(_bracketed(value), "pixel"), ("·", ""), (_bracketed(weight), "weight")]


def _equation(name: str, slope: float, factor: float, result: float) -> Pieces:
    return [
        (f"{name} = ", ""),
        (number_text(slope), "pixel"),
        ("·", ""),
        (_bracketed(factor), "weight"),
        (" = ", ""),
        (number_text(result), "total"),
        (";  ", ""),
    ]


STEPS = (
    _sum(1),
    _sum(2),
    _activation,
    _output,
    _loss,
    _output_slope,
    _output_weights,
    _hidden,
    _through_relu,
    _hidden_weights(1),
    _hidden_weights(2),
    _update,
)


# ---- the drawing: numbers in circles, weights on lines, gradients in purple
SIZE = (700, 284)
RADIUS = 27
GRADIENT = LINES[0]
# In CSS pixels from the lower left corner.
UP, DOWN, MIDDLE = 232, 82, 157
PLACES = {"x₀": (45, UP), "x₁": (45, DOWN), "z₀": (285, UP), "z₁": (285, DOWN)}
PLACES |= {"h₀": (385, UP), "h₁": (385, DOWN), "y": (530, MIDDLE), "L": (645, MIDDLE)}
# Where each weight is written, beside its line, and how far below it its gradient.
WEIGHTS = {
    ("x₀", "z₀"): ("W₀₀", (124, UP + 10), 20),
    ("x₁", "z₀"): ("W₀₁", (180, 208), 14),
    ("x₀", "z₁"): ("W₁₀", (178, 118), 14),
    ("x₁", "z₁"): ("W₁₁", (124, DOWN + 10), 20),
    ("h₀", "y"): ("v₀", (490, 220), 14),
    ("h₁", "y"): ("v₁", (474, 96), 14),
}
BIASES = {"z₀": "b₀", "z₁": "b₁", "y": "c"}
PLAIN_LINES = (("z₀", "h₀"), ("z₁", "h₁"), ("y", "L"))


def _diagram(run: Pass, stage: int) -> Panel:
    return chart(
        "network",
        lambda axes: _draw_network(axes, run, stage),
        "∂ and purple: how the loss changes with each number; orange: this step",
        size=SIZE,
        alt=_network_text(run, stage),
    )


def _draw_network(axes: Axes, run: Pass, stage: int) -> None:
    """Draw the network with all that is known after `stage` steps."""
    axes.set(xticks=[], yticks=[])
    known = {name for made in MADE[:stage] for name in made}
    fresh = set(MADE[stage - 1])
    values, slopes, new = _numbers(run)
    for ends in (*WEIGHTS, *PLAIN_LINES):
        _line(axes, *ends, fresh=_is_fresh(ends, fresh))
    for name, place, below in WEIGHTS.values():
        _weight(axes, name, place, below, values, slopes, new, known)
    for node, name in BIASES.items():
        col, row = PLACES[node]
        _weight(axes, name, (col, row - RADIUS - 10), 14, values, slopes, new, known)
    for name in PLACES:
        _node(axes, name, values, slopes, known, fresh)
    for row in (UP, DOWN):
        _write(axes, (335, row + 10), "ReLU", MUTED)
    _write(axes, (645, MIDDLE - RADIUS - 10), f"target t = {number_text(run.target)}")


def _network_text(run: Pass, stage: int) -> str:
    """Say in words what is drawn: all numbers that are known, by name."""
    known = {name for made in MADE[:stage] for name in made}
    values, slopes, new = _numbers(run)
    parts = [
        ", ".join(
            f"{name} {number_text(values[name])}" for name in values if name in known or name not in EARNED
        ),
        ", ".join(f"∂{name} {number_text(slope)}" for name, slope in slopes.items() if "∂" + name in known),
        ", ".join(
            f"{name} becomes {number_text(weight, 4)}" for name, weight in new.items() if "new" in known
        ),
    ]
    return f"the network after step {stage}: target {number_text(run.target)}; " + "; ".join(
        filter(None, parts)
    )


def _numbers(run: Pass) -> tuple[dict, dict, dict]:
    """Return the values, the gradients and the new weights by name."""
    W, b, v, c = run.weights
    names = ("W₀₀", "W₀₁", "W₁₀", "W₁₁", "b₀", "b₁", "v₀", "v₁", "c")
    weights = dict(zip(names, [*W.ravel(), *b, *v, c], strict=True))
    found, made = run.found, run.made
    slopes = dict(zip(names, [*found.W.ravel(), *found.b, *found.v, found.c], strict=True))
    slopes |= dict(zip(("y", "h₀", "h₁", "z₀", "z₁"), [found.y, *found.h, *found.z], strict=True))
    values = dict(zip(("x₀", "x₁", "z₀", "z₁", "h₀", "h₁"), [*run.x, *made.z, *made.h], strict=True))
    W, b, v, c = run.new
    new = dict(zip(names, [*W.ravel(), *b, *v, c], strict=True))
    return weights | values | {"y": made.y, "L": made.loss}, slopes, new


def _is_fresh(ends: tuple[str, str], fresh: set[str]) -> bool:
    """Tell whether this step's numbers come along this line."""
    start, end = ends
    if ends in WEIGHTS and "∂" + WEIGHTS[ends][0] in fresh:
        return True
    return end in fresh or "∂" + start in fresh


def _line(axes: Axes, start: str, end: str, *, fresh: bool) -> None:
    """Draw a line from circle to circle; it stays outside of both, as they have no ground of their own."""
    ends = np.array([PLACES[start], PLACES[end]], float)
    step = ends[1] - ends[0]
    ends += np.outer([1, -1], step * (RADIUS / np.hypot(*step)))
    style = {"color": ORANGE, "linewidth": 3} if fresh else {"color": MUTED, "linewidth": 1}
    axes.add_line(Line2D(*ends.T, label="_line", clip_on=False, transform=pixels(axes.figure), **style))


def _weight(axes, name, place, below, values, slopes, new, known) -> None:
    # One digit more than elsewhere: an update often moves no other.
    change = f"→ {number_text(new[name], 4)}" if "new" in known else f"= {number_text(values[name], 4)}"
    _write(axes, place, f"{name} {change}")
    if "∂" + name in known:
        _write(axes, (place[0], place[1] - below), _slope(slopes[name]), GRADIENT)


def _node(axes, name, values, slopes, known, fresh) -> None:
    col, row = PLACES[name]
    lit = name in fresh or "∂" + name in fresh
    edge = {"edgecolor": ORANGE, "linewidth": 3} if lit else {"edgecolor": MUTED, "linewidth": 1.2}
    circle = Circle((col, row), RADIUS, clip_on=False, facecolor="none", **edge)
    circle.set_transform(pixels(axes.figure))
    axes.add_patch(circle)
    _write(axes, (col, row + RADIUS + 9), "L = (y − t)²" if name == "L" else name, MUTED)
    both = "∂" + name in known
    if name in known or name[0] == "x":
        _write(axes, (col, row + (8 if both else 0)), number_text(values[name]))
    if both:
        _write(axes, (col, row - 8), _slope(slopes[name]), GRADIENT)


def _write(axes: Axes, place: tuple[float, float], text: str, color: str = TEXT) -> None:
    Words(axes, pixels(axes.figure)).write(*place, text, color, "center")


def _slope(value: float) -> str:
    return "∂ " + number_text(value)


def _code(x: np.ndarray, target: float, weights: Weights) -> dict[str, str]:
    W, b, v, c = weights
    start = (
        f"x, target = np.array({array_text(x[None])[1:-1]}), {target}\n"
        f"W = np.array({array_text(W)})\n"
        f"b = np.array({array_text(b[None])[1:-1]})\n"
        f"v = np.array({array_text(v[None])[1:-1]})\n"
        f"c = np.array({c.item()})\n\n"
    )
    numpy = (
        "z = W @ x + b\n"
        "h = np.maximum(z, 0)\n"
        "y = v @ h + c\n"
        "loss = (y - target) ** 2\n\n"
        "dy = 2 * (y - target)\n"
        "dv, dc = dy * h, dy\n"
        "dh = dy * v\n"
        "dz = np.where(z > 0, dh, 0)\n"
        "dW, db = np.outer(dz, x), dz\n"
        "result = np.concatenate([dW.ravel(), db, dv, [dc]])"
    )
    torch = (
        "x, W, b, v, c = (torch.tensor(a, requires_grad=True) for a in (x, W, b, v, c))\n"
        "y = v @ torch.relu(W @ x + b) + c\n"
        "loss = (y - target) ** 2\n"
        "loss.backward()\n"
        "result = torch.cat([W.grad.flatten(), b.grad, v.grad, c.grad[None]]).numpy()"
    )
    return {
        "NumPy": f"import numpy as np\n\n{start}{numpy}",
        "PyTorch": f"import numpy as np\nimport torch\n\n{start}{torch}",
    }
