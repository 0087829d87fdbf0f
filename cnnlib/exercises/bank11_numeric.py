"""Lesson 11's bank of gradients found by trying: each known mistake with the sentence that names it."""

from collections.abc import Callable

import numpy as np

from cnnlib.exercises.task import Case, Mistake, Task
from cnnlib.nn import Dense, mean_squared_error


class SquaredError:
    """The mean squared error of one dense layer without bias, as a function of its weights.

    Its second slopes do not change, so a central difference of any step is exact.

    Examples
    --------
    >>> error = SquaredError([[1, 2]], [[4]])
    >>> error([[1, 1]]), error.backprop([[1, 1]]).tolist()
    (1.0, [[-2.0, -4.0]])
    """

    def __init__(self, x: object, targets: object) -> None:
        self.x = np.asarray(x, float)
        self.targets = np.asarray(targets, float)
        self.layer = Dense(self.x.shape[1], self.targets.shape[1]).astype(float)
        self.layer.weights["bias"][...] = 0

    def __call__(self, weight: object) -> float:
        """Return the loss with these weights, (out, in) or for a single output (in,)."""
        return self._run(weight)[0]

    def backprop(self, weight: object) -> np.ndarray:
        """Return the loss's slope for each weight."""
        self.layer.backward(self._run(weight)[1])
        return self.layer.gradients["weight"].reshape(np.shape(weight))

    def copy(self) -> "SquaredError":
        """Return itself: it holds nothing that a learner changes."""
        return self

    def _run(self, weight: object) -> tuple[float, np.ndarray]:
        self.layer.weights["weight"][...] = np.reshape(weight, self.layer.weights["weight"].shape)
        return mean_squared_error(self.layer(self.x), self.targets)


def _one_by_one(slope: Callable) -> Callable:
    """Return a function that asks ``slope(loss, weight, moved, step)`` of each weight, where `moved` is 1."""

    def numeric(loss: Callable, weight: np.ndarray, step: float) -> np.ndarray:
        found = np.zeros(weight.shape)
        for index in np.ndindex(weight.shape):
            moved = np.zeros(weight.shape)
            moved[index] = 1
            found[index] = slope(loss, weight, moved, step)
        return found

    return numeric


def _across(loss: Callable, weight: np.ndarray, moved: np.ndarray, step: float) -> float:
    return loss(weight + step * moved) - loss(weight - step * moved)


def _never_back(loss: Callable, weight: np.ndarray, step: float) -> np.ndarray:
    weight, found = weight.copy(), np.zeros(weight.shape)
    for index in np.ndindex(weight.shape):
        weight[index] += step
        above = loss(weight)
        weight[index] -= 2 * step
        found[index] = (above - loss(weight)) / (2 * step)
    return found


def _all_at_once(loss: Callable, weight: np.ndarray, step: float) -> float:
    return _across(loss, weight, np.ones(weight.shape), step) / (2 * step)


def _by_rows(loss: Callable, weight: np.ndarray, step: float) -> np.ndarray:
    found = np.zeros(weight.shape)
    for row in range(len(weight)):
        moved = np.zeros(weight.shape)
        moved[row] = 1
        found[row] = _across(loss, weight, moved, step) / (2 * step)
    return found


_ONE_SIDE = (
    "You compare one side with the middle. The slope across the middle, from a step before to a step after, "
    "is far closer."
)
_AT_ONCE = "All weights are moved at once. Each has a slope of its own: move one, and leave the others alone."

# Weights and steps are eighths and the like: adding and taking away a step leaves no trace of rounding.
NUMERIC_GRADIENT = Task(
    call="numeric_gradient(loss, weight, step)",
    errors=(("only length-1 arrays", "`loss` returns one number for all weights together."),),
    cases=(
        Case(
            "one output with three weights and step 0.5",
            (
                SquaredError([[1, 2, -1], [0, 1, 3]], [[1], [2]]),
                np.array([0.5, -1.0, 0.25]),
                np.float64(0.5),
            ),
        ),
        Case(
            "two outputs with three weights each and step 0.25",
            (
                SquaredError([[1, 2, -1], [0, 1, 3], [2, 0, 1]], [[1, 0], [2, -1], [0, 3]]),
                np.array([[0.5, -1.0, 0.25], [1.5, 0.75, -2.0]]),
                np.float64(0.25),
            ),
        ),
        Case(
            "four weights and step 0.125",
            (
                SquaredError([[1, 0, 2, 1], [3, -1, 1, 0]], [[0], [5]]),
                np.array([1.0, 2.0, -0.5, 0.125]),
                np.float64(0.125),
            ),
        ),
    ),
    truth=lambda loss, weight, step: loss.backprop(weight),
    right="Your slopes, found by trying, are those that `Dense.backward` finds by the chain rule.",
    mistakes=(
        Mistake(_one_by_one(lambda f, w, moved, h: (f(w + h * moved) - f(w)) / h), _ONE_SIDE),
        Mistake(_one_by_one(lambda f, w, moved, h: (f(w) - f(w - h * moved)) / h), _ONE_SIDE),
        Mistake(
            _one_by_one(lambda f, w, moved, h: _across(f, w, moved, h) / h),
            "All slopes are twice too steep: from a step before to a step after, the way is two steps long.",
        ),
        Mistake(
            _one_by_one(_across),
            "That is how much the loss changes. A slope is change per way: divide by the distance between "
            "the two places.",
        ),
        Mistake(
            _one_by_one(lambda f, w, moved, h: f(w + h * moved) - f(w)),
            "That is how much the loss changes. A slope is change per way: divide by it, and look to both "
            "sides.",
        ),
        Mistake(
            _one_by_one(lambda f, w, moved, h: -_across(f, w, moved, h) / (2 * h)),
            "The signs are turned: the loss after the step forward comes first, minus the one before.",
        ),
        Mistake(_all_at_once, _AT_ONCE),
        Mistake(lambda f, w, h: np.full(w.shape, _all_at_once(f, w, h)), _AT_ONCE),
        Mistake(
            _by_rows,
            "A whole row of weights moves at once. Visit each weight: `np.ndindex(weight.shape)`.",
        ),
        Mistake(
            _never_back,
            "A weight that was moved is not put back before the next one is tried: from then on the slopes "
            "are those of another place.",
        ),
    ),
)
