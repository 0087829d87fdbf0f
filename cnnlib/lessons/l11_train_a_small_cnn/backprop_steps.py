"""The twelve steps of backpropagation by hand: for each, what happens in words, and the arithmetic."""

from typing import NamedTuple

import numpy as np

from cnnlib.demo.numbers import number_text
from cnnlib.lessons.l11_train_a_small_cnn.by_hand import Backward, Forward, Weights

Pieces = list[tuple[str, str]]


class Run(NamedTuple):
    """One run through the small network: forward, backward, and the update that follows."""

    x: np.ndarray
    target: float
    weights: Weights
    made: Forward
    found: Backward
    rate: float
    new: Weights
    new_loss: float


def _sum(unit: int):
    def step(run: Run) -> tuple[str, Pieces]:
        weights, i = run.weights, unit - 1
        pieces = [(f"z{_low(unit)} = ", "")]
        for value, weight in zip(run.x, weights.W[i], strict=True):
            pieces += [*_product(value, weight), (" + ", "")]
        pieces += [(_bracketed(weights.b[i]), "weight"), (" = ", ""), (number_text(run.made.z[i]), "total")]
        which = "first" if unit == 1 else "second"
        return f"the {which} hidden unit adds up its inputs, each times its weight, and its bias.", pieces

    return step


def _bend(run: Run) -> tuple[str, Pieces]:
    pieces = []
    for i in range(2):
        z, h = (number_text(values[i]) for values in (run.made.z, run.made.h))
        pieces += [
            (";  " if i else "", ""),
            (f"h{_low(i + 1)} = max(0, ", ""),
            (z, "pixel"),
            (") = ", ""),
            (h, "total"),
        ]
    cut = [f"z{_low(i + 1)}" for i in range(2) if run.made.z[i] <= 0]
    passed = "both sums are positive and pass as they are"
    words = {
        0: passed,
        1: f"{' and '.join(cut)} is not positive and becomes 0",
        2: "neither sum is positive; both become 0",
    }
    return f"the ReLU cuts off what is negative: {words[len(cut)]}.", pieces


def _output(run: Run) -> tuple[str, Pieces]:
    pieces: Pieces = [("y = ", "")]
    for value, weight in zip(run.made.h, run.weights.v, strict=True):
        pieces += [*_product(value, weight), (" + ", "")]
    pieces += [(_bracketed(run.weights.c), "weight"), (" = ", ""), (number_text(run.made.y), "total")]
    return "the output adds up the hidden units, each times its weight, and its bias.", pieces


def _loss(run: Run) -> tuple[str, Pieces]:
    y, t = number_text(run.made.y), _bracketed(run.target)
    pieces = [("L = (", ""), (y, "pixel"), (f" − {t})² = ", ""), (number_text(run.made.loss), "total")]
    return (
        f"the output is {y}, the target {number_text(run.target)}; the loss is the square of the difference.",
        pieces,
    )


def _output_slope(run: Run) -> tuple[str, Pieces]:
    y, t = number_text(run.made.y), _bracketed(run.target)
    pieces = [("∂L/∂y = 2·(", ""), (y, "pixel"), (f" − {t}) = ", ""), (number_text(run.found.y), "total")]
    way = "up" if run.found.y > 0 else "down"
    if run.found.y == 0:
        return (
            "the output is right: the loss is at its lowest, and no weight is to blame for anything.",
            pieces,
        )
    return (
        f"a little more output moves the loss {way}, {number_text(abs(run.found.y))} times as much.",
        pieces,
    )


def _output_weights(run: Run) -> tuple[str, Pieces]:
    pieces = []
    for i in range(2):
        pieces += _equation(f"∂L/∂v{_low(i + 1)}", run.found.y, run.made.h[i], run.found.v[i])
    pieces += [("∂L/∂c = ", ""), (number_text(run.found.c), "total")]
    return (
        "each weight of the output gets the output's gradient, times the number that came through it.",
        pieces,
    )


def _hidden(run: Run) -> tuple[str, Pieces]:
    pieces = []
    for i in range(2):
        pieces += _equation(f"∂L/∂h{_low(i + 1)}", run.found.y, run.weights.v[i], run.found.h[i])
    return (
        "the gradient goes back to each hidden unit, times the weight by which the unit was heard.",
        pieces[:-1],
    )


def _through_relu(run: Run) -> tuple[str, Pieces]:
    pieces: Pieces = []
    for i in range(2):
        gate = 1 if run.made.z[i] > 0 else 0
        pieces += _equation(f"∂L/∂z{_low(i + 1)}", run.found.h[i], gate, run.found.z[i])
    shut = [f"z{_low(i + 1)}" for i in range(2) if run.made.z[i] <= 0]
    words = "the ReLU let both numbers through, so both gradients pass."
    if shut:
        cut = " and ".join(shut)
        words = f"the ReLU cut off {cut}, so no gradient passes there: those weights will not move."
    return words, pieces[:-1]


def _hidden_weights(unit: int):
    def step(run: Run) -> tuple[str, Pieces]:
        i, pieces = unit - 1, []
        for j in range(2):
            pieces += _equation(
                f"∂L/∂W{_low(unit)}{_low(j + 1)}", run.found.z[i], run.x[j], run.found.W[i, j]
            )
        pieces += [(f"∂L/∂b{_low(unit)} = ", ""), (number_text(run.found.b[i]), "total")]
        which = "first" if unit == 1 else "second"
        return (
            f"the weights of the {which} hidden unit get its gradient, times the input that came through.",
            pieces,
        )

    return step


def _update(run: Run) -> tuple[str, Pieces]:
    old, new = number_text(run.weights.W[0, 0]), number_text(run.new.W[0, 0])
    pieces = [
        ("W₁₁ becomes ", ""),
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
    return "₀₁₂"[number]


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
    _bend,
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
