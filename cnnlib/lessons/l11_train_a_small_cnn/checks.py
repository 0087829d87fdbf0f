"""Lesson 11's checks: the parts of training, written by hand, and what training makes."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from cnnlib.activations import softmax
from cnnlib.exercises.check import Free, Ways, answer_check, function_check, kernel_check
from cnnlib.exercises.feedback import Feedback
from cnnlib.kernels import KERNELS
from cnnlib.lessons.l11_train_a_small_cnn.judging import grade_losses, grade_model, grade_split
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
        self.known: dict[bytes, float] = {}  # a check asks for the same places again and again

    def __call__(self, weight: object) -> float:
        """Return the loss with these weights, (out, in) or for a single output (in,)."""
        place = np.asarray(weight, float).tobytes()
        if place not in self.known:
            self.known[place] = self._run(weight)[0]
        return self.known[place]

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


def _tried(f, w, h, *, way=None, over=lambda h: 2 * h, after=lambda found: found) -> np.ndarray:
    """Try each weight as is right, but for what a mistake puts in place of a part."""
    ways = way or (lambda above, here, below: above - below)

    def slope(f, w, moved, h) -> float:
        return ways(f(w + h * moved), f(w), f(w - h * moved)) / over(h)

    return after(_one_by_one(slope)(f, w, h))


_TRIALS = Ways(
    _tried,
    {
        "way": (
            (
                lambda a, o, b: a - o,
                "You compare one side with the middle. The slope across the middle is far closer.",
            ),
            (
                lambda a, o, b: o - b,
                "You compare one side with the middle. The slope across the middle is far closer.",
            ),
            (lambda a, o, b: b - a, "The signs are turned: the loss after the step forward comes first."),
            (lambda a, o, b: o - a, "The signs are turned, and only one side is looked at."),
            (lambda a, o, b: a + b, "The two losses are added. Their difference says how steep it is."),
            (
                lambda a, o, b: a - 2 * o + b,
                "That is the second derivative: how the slope changes. The slope is asked for.",
            ),
            (lambda a, o, b: abs(a - b), "The sign of the slope is dropped: it says which way is uphill."),
            (lambda a, o, b: a, "That is the loss after a step. A slope is a difference per way."),
            (lambda a, o, b: o, "That is the loss itself. A slope is a difference per way."),
            (lambda a, o, b: a / b, "The losses are divided by each other. Take their difference."),
            (lambda a, o, b: (a - b) ** 2, "The difference is squared."),
            (
                lambda a, o, b: max(a, b) - o,
                "The larger of the two sides is taken. Look from below to above.",
            ),
            (
                lambda a, o, b: np.log(a) - np.log(b),
                "Logarithms of the losses are compared. Take the losses themselves.",
            ),
        ),
        "over": (
            (
                lambda h: h,
                "Divided by one step: from a step before to a step after, the way is two steps long.",
            ),
            (lambda h: 1, "That is how much the loss changes. A slope is change per way: divide by it."),
            (lambda h: 2, "Divided by 2 alone, and not by the step: the way is 2 · step."),
            (lambda h: h * h, "The step is squared."),
            (lambda h: 2 * h * h, "The step is squared: the way is 2 · step."),
            (lambda h: h / 2, "Divided by half a step: the way is two steps long."),
            (lambda h: 4 * h, "Divided by four steps: the way is two steps long."),
            (lambda h: 1 / (2 * h), "You multiply by the way. A slope is change per way: divide by it."),
            (lambda h: 1 / h, "You multiply by the step. A slope is change per way: divide by it."),
            (
                lambda h: 2 / h,
                "You multiply by the step where you should divide: `/ 2 * h` needs parentheses.",
            ),
        ),
        "after": (
            (
                lambda found: found / np.linalg.norm(found),
                "The gradient is brought to the length 1. Leave it as it is.",
            ),
            (lambda found: found.sum(), "The slopes are added up. Each weight has its own."),
            (lambda found: found.mean(), "The slopes are averaged. Each weight has its own."),
            (np.ravel, "The slopes are in one long row. Keep the shape of the weights."),
            (lambda found: found / found.size, "The slopes are divided by the number of weights."),
            (lambda found: np.sign(found), "Only the signs of the slopes are left."),
            (lambda found: np.round(found), "The slopes are rounded."),
            (
                lambda found: np.trunc(found),
                "The fractions of the slopes are cut off: they are stored as integers.",
            ),
            (
                lambda found: found.cumsum().reshape(found.shape),
                "A running total goes on from weight to weight.",
            ),
        ),
    },
)

_ONE_SIDE = (
    "You compare one side with the middle. The slope across the middle, from a step before to a step after, "
    "is far closer."
)
_AT_ONCE = "All weights are moved at once. Each has a slope of its own: move one, and leave the others alone."

# Weights and steps are eighths and the like: adding and taking away a step leaves no trace of rounding.
check_gradient = function_check(
    "11-gradient",
    makes="a learner's own gradient by trying, against backpropagation",
    takes="Takes `loss`, a function that returns one number for an array of weights, the weights, and "
    "the step; returns the slope for each weight, from one step below to one above it.",
    example="""
    >>> check_gradient(lambda loss, weight, step: (loss(weight + step) - loss(weight)) / step).verdict
    'wrong'
    """,
    call="numeric_gradient(loss, weight, step)",
    errors=(("only length-1 arrays", "`loss` returns one number for all weights together."),),
    cases=(
        (
            "one output with three weights and step 0.5",
            SquaredError([[1, 2, -1], [0, 1, 3]], [[1], [2]]),
            np.array([0.5, -1.0, 0.25]),
            np.float64(0.5),
        ),
        (
            "two outputs with three weights each and step 0.25",
            SquaredError([[1, 2, -1], [0, 1, 3], [2, 0, 1]], [[1, 0], [2, -1], [0, 3]]),
            np.array([[0.5, -1.0, 0.25], [1.5, 0.75, -2.0]]),
            np.float64(0.25),
        ),
        (
            "four weights and step 0.125",
            SquaredError([[1, 0, 2, 1], [3, -1, 1, 0]], [[0], [5]]),
            np.array([1.0, 2.0, -0.5, 0.125]),
            np.float64(0.125),
        ),
    ),
    truth=lambda loss, weight, step: loss.backprop(weight),
    ways=[_TRIALS],
    right="Your slopes, found by trying, are those that `Dense.backward` finds by the chain rule.",
    mistakes=(
        (_ONE_SIDE, _one_by_one(lambda f, w, moved, h: (f(w + h * moved) - f(w)) / h)),
        (_ONE_SIDE, _one_by_one(lambda f, w, moved, h: (f(w) - f(w - h * moved)) / h)),
        (
            "All slopes are twice too steep: from a step before to a step after, the way is two steps long.",
            _one_by_one(lambda f, w, moved, h: _across(f, w, moved, h) / h),
        ),
        (
            "That is how much the loss changes. A slope is change per way: divide by the distance between "
            "the two places.",
            _one_by_one(_across),
        ),
        (
            "That is how much the loss changes. A slope is change per way: divide by it, and look to both "
            "sides.",
            _one_by_one(lambda f, w, moved, h: f(w + h * moved) - f(w)),
        ),
        (
            "The signs are turned: the loss after the step forward comes first, minus the one before.",
            _one_by_one(lambda f, w, moved, h: -_across(f, w, moved, h) / (2 * h)),
        ),
        (_AT_ONCE, _all_at_once),
        (_AT_ONCE, lambda f, w, h: np.full(w.shape, _all_at_once(f, w, h))),
        (
            "A whole row of weights moves at once. Each has to move alone, whatever the shape.",
            _by_rows,
        ),
        (
            "The steps are cut off: the weights are stored as integers, and a step of a "
            "fraction moves none. Work on a "
            "copy in floats.",
            lambda f, w, h: _one_by_one(
                lambda f, w, moved, h: (f(np.trunc(w + h * moved)) - f(np.trunc(w - h * moved))) / (2 * h)
            )(f, np.trunc(w), h),
        ),
        (
            "You multiply by the step where you should divide: `/ 2 * h` divides by 2 "
            "only. Put 2 · step in parentheses.",
            _one_by_one(lambda f, w, moved, h: _across(f, w, moved, h) / 2 * h),
        ),
        *(
            (
                "A tiny step of your own is used in place of `step`: differences so "
                "small drown in the rounding of floats.",
                lambda f, w, h, tiny=tiny: _one_by_one(
                    lambda f, w, moved, h: _across(f, w, moved, h) / (2 * h)
                )(f, w, tiny),
            )
            for tiny in (1e-10, 1e-11, 1e-12, 1e-13, 1e-14, 1e-15, 1e-16)
        ),
        (
            "You divide by 2, and not by the step: a slope is change per way, and the way is 2 · step.",
            _one_by_one(lambda f, w, moved, h: _across(f, w, moved, h) / 2),
        ),
        (
            "`np.gradient` compares neighbouring weights. Asked for is how the loss "
            "changes as one weight moves.",
            lambda f, w, h: np.gradient(w) if w.ndim == 1 else np.gradient(w)[0],
        ),
        (
            "`np.gradient` compares neighbouring weights. Asked for is how the loss "
            "changes as one weight moves.",
            lambda f, w, h: np.gradient(w) if w.ndim == 1 else np.gradient(w)[1],
        ),
        (
            "You subtract a part of the slope already: that is a step downhill. The "
            "gradient alone is asked for.",
            lambda f, w, h: w - h * f.backprop(w),
        ),
        (
            "A weight that was moved is not put back before the next one is tried: from then on the slopes "
            "are those of another place.",
            _never_back,
        ),
    ),
)


# The ways in which learners keep exp small, or do not; the other mistakes come with any of them.
_EXPONENTIALS = (
    np.exp,
    lambda z: np.exp(z - z.max(axis=1, keepdims=True)),
    lambda z: np.exp(z - z.max(axis=0)),
    lambda z: np.exp(z - z.max()),
    lambda z: np.exp(z - z.max(axis=1)),  # for square batches only
)


_KEEP_AXIS = (
    "The sums of the rows, or their maxima, are laid along the columns: NumPy puts a row beside a row. Keep "
    "the axis that you add up, with length 1."
)


def _shares(powers: np.ndarray) -> np.ndarray:
    return powers / powers.sum(axis=1, keepdims=True)


def _any_exponential(way: Callable, says: str) -> tuple:
    """Return one mistake per exponential: ``way(exponential, logits, temperature)``."""
    return tuple(
        (says, lambda z, t, exponential=exponential: way(exponential, z, t)) for exponential in _EXPONENTIALS
    )


def _softened(z, t, *, shift=None, warmth=lambda z, t: z / t, axis=1, power=np.exp, after=None) -> np.ndarray:
    """Make probabilities as is right, but for what a mistake puts in place of a part."""
    logits = warmth(z, t)
    logits = logits - (logits.max(axis=1, keepdims=True) if shift is None else shift(logits))
    shares = power(logits) / power(logits).sum(axis=axis, keepdims=True)
    return shares if after is None else after(shares)


_BATCH = (
    "The probabilities of the whole batch sum to 1 together. Each row is one picture, and has to sum to 1."
)
_SIZE = "Large logits overflow, or small ones vanish: subtract each row's own largest logit."
_SHARES = Ways(
    _softened,
    {
        "shift": (
            (
                lambda z: 0,
                "`np.exp(1000)` is more than a float can hold: subtract each row's largest logit first.",
            ),
            (
                lambda z: z.max(),
                "The largest logit of the whole batch is subtracted: subtract each row's own.",
            ),
            (lambda z: z.min(axis=1, keepdims=True), f"The smallest logit of the row is subtracted. {_SIZE}"),
            (lambda z: z.mean(axis=1, keepdims=True), f"The mean of the row is subtracted. {_SIZE}"),
            (lambda z: np.median(z, axis=1, keepdims=True), f"The median of the row is subtracted. {_SIZE}"),
            (lambda z: z[:, :1], f"The first logit of the row is subtracted. {_SIZE}"),
            (lambda z: z[:, -1:], f"The last logit of the row is subtracted. {_SIZE}"),
            (
                lambda z: np.maximum(z.max(axis=1, keepdims=True), 0),
                f"Of negative logits nothing is subtracted: the search for the largest begins at 0. {_SIZE}",
            ),
            (
                lambda z: np.abs(z).max(axis=1, keepdims=True),
                f"The largest magnitude of the row is subtracted. {_SIZE}",
            ),
            (
                lambda z: z.max(axis=0),
                "A different number is subtracted in each column, which changes the probabilities.",
            ),
            (lambda z: z.mean(), f"The mean of the whole batch is subtracted. {_SIZE}"),
            (lambda z: z.min(), f"The smallest logit of the batch is subtracted. {_SIZE}"),
            (lambda z: z.sum(axis=1, keepdims=True), f"The sum of the row is subtracted. {_SIZE}"),
            (lambda z: 1000, f"A fixed number is subtracted. {_SIZE}"),
            *(
                (
                    lambda z, end=end, low=low: z - np.clip(z, low, end),
                    "The logits are clipped: all beyond come out as equal. Subtract each "
                    "row's largest logit instead.",
                )
                for end in (10, 20, 50, 88, 100, 300, 500, 700, 709)
                for low in (-end, -np.inf)
            ),
        ),
        "warmth": (
            (
                lambda z, t: z,
                "The temperature changes nothing: the logits are to be divided by it, before `exp`.",
            ),
            (lambda z, t: z * t, "The logits are multiplied by the temperature. They are divided by it."),
            (
                lambda z, t: z - t,
                "The temperature is subtracted, which cancels. The logits are divided by it.",
            ),
            (lambda z, t: z / t**2, "The temperature is in it squared."),
            (
                lambda z, t: -z / t,
                "The signs of the logits are turned: the smallest one gets the largest probability.",
            ),
            (lambda z, t: z / t / 2, "The logits are halved."),
            (lambda z, t: z**2 / t, "The logits are squared: signs are lost."),
            (lambda z, t: np.abs(z) / t, "The signs of the logits are dropped."),
            (
                lambda z, t: z / np.sqrt(t),
                "The root of the temperature divides the logits: it is the temperature itself.",
            ),
        ),
        "axis": (
            (
                0,
                "The probabilities sum to 1 down each column: that is the wrong axis. Each row is one "
                "picture.",
            ),
            (None, _BATCH),
        ),
        "power": (
            (np.exp2, "Powers of 2 are taken in place of `np.exp`."),
            (lambda z: 10.0**z, "Powers of 10 are taken in place of `np.exp`."),
            (lambda z: np.exp(z) + 1e-3, "Something is added to the exponentials: the probabilities change."),
            (lambda z: 1 / (1 + np.exp(-z)), "Sigmoids are taken in place of exponentials."),
            (np.expm1, "1 is subtracted from the exponentials."),
            (lambda z: np.maximum(z, 0), "ReLU is taken in place of exponentials."),
            (np.square, "Squares are taken in place of exponentials."),
            (np.abs, "Sizes are taken in place of exponentials."),
            (
                Free(lambda v: lambda z: np.exp(z) + v),
                "{} is added to the exponentials: the probabilities change.",
            ),
            (Free(lambda v: lambda z: np.exp(v * z)), "The logits are multiplied by {} before `exp`."),
        ),
        "after": (
            (np.log, "These are the logarithms of the probabilities: return the probabilities themselves."),
            (
                lambda shares: -np.log(shares),
                "These are losses, minus the logarithms: return the probabilities themselves.",
            ),
            (lambda shares: 100 * shares, "These are percent: the probabilities have to sum to 1."),
            (
                lambda shares: 1 - shares,
                "That is what the other classes get: the probabilities are taken from 1.",
            ),
            (
                lambda shares: shares.argmax(axis=1),
                "That is which class gets most. The probabilities are asked for.",
            ),
            (
                lambda shares: shares.max(axis=1),
                "That is the largest probability of each row. All probabilities are asked for.",
            ),
        ),
    },
)

_LOGITS = np.array([[2.0, 0.5, -1.0, 0.0], [1.0, 3.0, 0.5, -2.0], [0.0, 0.25, 4.0, 1.5]])

check_softmax = function_check(
    "11-softmax",
    makes="a learner's own softmax",
    takes="Takes logits ``(N, K)`` and a temperature, returns probabilities ``(N, K)`` whose rows sum to 1, "
    "also for logits of 1000.",
    example="""
    >>> from cnnlib import softmax
    >>> check_softmax(lambda logits, temperature: logits).verdict
    'wrong'
    """,
    call="softmax(logits, temperature)",
    errors=(
        ("broadcast", "Is the axis lost that you add up? It has to stay, with length 1."),
        (
            "math range error",
            "The exponential of 1000 is more than a float can hold: subtract each row's largest logit first.",
        ),
        ("positional argument", "It has to take the temperature as well."),
    ),
    cases=(
        ("the logits 1, 2, 3, 4 of one picture", np.array([[1.0, 2.0, 3.0, 4.0]]), np.float64(1)),
        ("three pictures and four classes", _LOGITS, np.float64(1)),
        ("three pictures and three classes at temperature 2", _LOGITS[:, :3], np.float64(2)),
        ("two pictures at temperature 0.5", _LOGITS[1:] + 1, np.float64(0.5)),
        (
            "logits around 1000 beside small ones",
            np.array([[1000.0, 1001, 1002, 998], [0, 2, 1, -1]]),
            np.float64(1),
        ),
        (
            "logits far below 0 beside some that lie far apart",
            np.array(
                [
                    [-1001.0, -1000, -1002, -998],
                    [2000, 0, 1, -3],
                    [0, 800, 801, 799],
                    [800, 799, 801, 0],
                    [0, 900, 901, -5000],
                    [3, -2, 1, 0],
                ]
            ),
            np.float64(1),
        ),
    ),
    truth=lambda logits, temperature: softmax(logits / temperature, axis=1),
    ways=[_SHARES],
    right=(
        "Each picture's probabilities sum to 1, whatever the batch, the temperature and the size of "
        "the logits."
    ),
    mistakes=(
        *_any_exponential(
            lambda exp, z, t: exp(z / t) / exp(z / t).sum(axis=0),
            "The probabilities sum to 1 down each column, over the pictures of the batch: that is the "
            "wrong axis. "
            "Each row is one picture, and has to sum to 1.",
        ),
        *_any_exponential(
            lambda exp, z, t: exp(z / t) / exp(z / t).sum(),
            "The probabilities of the whole batch sum to 1 together. Each picture is a question of its "
            "own: add up "
            "along its row only.",
        ),
        *_any_exponential(lambda exp, z, t: exp(z / t) / exp(z / t).sum(axis=1), _KEEP_AXIS),
        *_any_exponential(
            lambda exp, z, t: exp(z / t),
            "The exponentials are not divided by their sum, so the probabilities do not sum to 1.",
        ),
        *_any_exponential(
            lambda exp, z, t: _shares(exp(z * t)),
            "The logits are multiplied by the temperature, so a hot softmax gets surer instead of less sure.",
        ),
        *_any_exponential(
            lambda exp, z, t: _shares(exp(z)),
            "The temperature changes nothing. It belongs to the logits, before `exp`; after it, it cancels.",
        ),
        *_any_exponential(
            lambda exp, z, t: _shares(exp(z)) / t,
            "The probabilities are divided by the temperature, so they do not sum to 1. It belongs to "
            "the logits.",
        ),
        *_any_exponential(
            lambda exp, z, t: np.log(_shares(exp(z / t))),
            "These are the logarithms of the probabilities: the loss will take them. Return the "
            "probabilities themselves.",
        ),
        (
            "`np.exp(1000)` is more than a float can hold, and inf / inf is nan. Subtract each row's largest "
            "logit first: the quotient stays the same.",
            lambda z, t: _shares(np.exp(z / t)),
        ),
        (
            "The largest logit of the whole batch is subtracted, so a picture with small logits is left with "
            "0 / 0, which is nan. Subtract each row's own.",
            lambda z, t: _shares(np.exp(z / t - (z / t).max())),
        ),
        (
            "A different number is subtracted in each column, and that changes the probabilities. "
            "Subtract one "
            "number per row, its largest.",
            lambda z, t: _shares(np.exp(z / t - (z / t).max(axis=0))),
        ),
        (_KEEP_AXIS, lambda z, t: _shares(np.exp(z / t - (z / t).max(axis=1)))),
        (
            "Each logit by itself goes through a sigmoid: that is for yes/no questions, "
            "and the probabilities do not sum to 1.",
            lambda z, t: 1 / (1 + np.exp(-z / t)),
        ),
        (
            "Each logit by itself goes through a sigmoid, without the temperature: the "
            "probabilities do not sum to 1.",
            lambda z, t: 1 / (1 + np.exp(-z)),
        ),
        (
            "The logits are stretched to 0 to 1. Softmax takes exponentials, divided by their sum.",
            lambda z, t: (z - z.min(axis=1, keepdims=True)) / np.ptp(z, axis=1, keepdims=True),
        ),
        (
            "The logits themselves are divided by their sum: with negative ones that gives no "
            "probabilities. Take "
            "`np.exp` of them first.",
            lambda z, t: _shares(z / t),
        ),
        (
            "The largest logit gets all. Softmax leaves the others a probability, and that is what can "
            "be learned "
            "from.",
            lambda z, t: (z == z.max(axis=1, keepdims=True)).astype(float),
        ),
    ),
)


_BOAT = np.array([[0.94, 0.03, 0.02, 0.01]])
_THREE = np.array([[0.7, 0.1, 0.15, 0.05], [0.2, 0.3, 0.4, 0.1], [0.05, 0.8, 0.05, 0.1]])
_FOUR = np.array([[0.1, 0.2, 0.6, 0.1], [0.25, 0.3, 0.2, 0.25], [0.5, 0.05, 0.05, 0.4], [0.6, 0.2, 0.1, 0.1]])
_BATCHES = (
    ("one picture: boat 0.94, and it is a boat", _BOAT, np.array([0])),
    ("three pictures and four classes", _THREE, np.array([0, 2, 3])),
    ("four pictures and four classes", _FOUR, np.array([2, 1, 0, 1])),
    ("two pictures and three classes", np.array([[0.2, 0.5, 0.3], [0.6, 0.1, 0.3]]), np.array([1, 2])),
)
_LABEL_ERRORS = (
    ("out of bounds", "A label is a column: is it taken for a row, or does it count from 1?"),
    ("truth value", "Whole arrays cannot stand in an `if`."),
)


def _of_truth(p: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Return the probability that each picture's true class got."""
    return p[np.arange(len(labels)), labels]


def _one_hot(p: np.ndarray, labels: np.ndarray) -> np.ndarray:
    return (labels[:, None] == np.arange(p.shape[1])).astype(float)


def _loss(p: np.ndarray, labels: np.ndarray) -> np.ndarray:
    return -np.log(_of_truth(p, labels)).mean()


def _mean_log(p, labels, *, share=_of_truth, log=np.log, mean=np.mean, sign=-1) -> np.ndarray:
    """Take the loss as is right, but for what a mistake puts in place of a part."""
    return sign * np.asarray(mean(log(share(p, labels))))


def _loss_ways() -> Ways:
    def at(p, columns):
        return p[np.arange(len(p)), columns]

    return Ways(
        _mean_log,
        {
            "share": (
                (
                    lambda p, y: p.max(axis=1),
                    "The class that the network believes in counts, right or wrong.",
                ),
                (
                    lambda p, y: p[:, 0],
                    "Always the first column is taken. The label of each picture says which one.",
                ),
                (
                    lambda p, y: p[:, 1],
                    "Always the second column is taken. The label of each picture says which one.",
                ),
                (
                    lambda p, y: p[:, -1],
                    "Always the last column is taken. The label of each picture says which one.",
                ),
                (
                    lambda p, y: at(p, y - 1),
                    "The column before the true class is taken: labels count from 0.",
                ),
                (lambda p, y: at(p, (y + 1) % p.shape[1]), "The column after the true class is taken."),
                (
                    lambda p, y: 1 - _of_truth(p, y),
                    "What the other classes got counts in place of the true one.",
                ),
                (lambda p, y: p[:, y], _PAIRS),
                (lambda p, y: np.diag(p[:, y])[:1] if len(p) else p, "Only the first picture counts."),
                (lambda p, y: p, _ALL),
                (lambda p, y: p * np.log(p) * 0 + p, _ALL),
                (
                    lambda p, y: _of_truth(softmax(p, axis=1), y),
                    "Softmax is applied twice: these are probabilities already.",
                ),
                (
                    lambda p, y: _of_truth(p, y).mean(),
                    "The mean of the probabilities comes first: first the logarithm.",
                ),
                (lambda p, y: _of_truth(p, y[::-1]), "The labels are in reverse order."),
                (lambda p, y: _of_truth(p, y)[:1], "Only the first picture counts."),
                (
                    lambda p, y: _of_truth(p, y)[-1:],
                    "Only the last picture counts: the others are overwritten.",
                ),
                (lambda p, y: _of_truth(p, y)[:-1], "The last picture is left out."),
                (
                    lambda p, y: np.where(p.argmax(axis=1) == y, p.max(axis=1), 1),
                    "Wrong answers cost nothing.",
                ),
                (
                    lambda p, y: (p.argmax(axis=1) == y).mean() + 1e-9,
                    "The accuracy stands in place of the probabilities.",
                ),
                (
                    lambda p, y: np.abs(1 - _one_hot(p, y) - p),
                    "The other classes count as well, with 1 − p: that is for several yes/no questions.",
                ),
                (
                    Free(lambda e: lambda p, y: np.maximum(_of_truth(p, y), e)),
                    "Shares below {} are lifted to it: far too early.",
                ),
                (Free(lambda e: lambda p, y: np.minimum(_of_truth(p, y), e)), "Shares above {} are cut off."),
                (
                    Free(lambda e: lambda p, y: np.clip(_of_truth(p, y), e, 1 - e)),
                    "Shares are clipped at {}: far too early.",
                ),
                (
                    Free(lambda e: lambda p, y: _of_truth(p, y) + e),
                    "{} is added to the probabilities: much too much.",
                ),
                (
                    lambda p, y: p[y % len(p), np.arange(len(y)) % p.shape[1]],
                    "Row and column have changed places: `[picture, label]`, the picture's row first.",
                ),
            ),
            "log": (
                (np.log10, _LOG),
                (np.log2, _LOG),
                (
                    np.log1p,
                    "The logarithm of 1 + probability is taken. `np.log` of the probability itself is meant.",
                ),
                (lambda q: q, _NO_LOG),
                (lambda q: 1 - q, _NO_LOG),
                (lambda q: (1 - q) ** 2, "That is a squared error: the logarithm is missing."),
                (lambda q: 1 / q, "1 is divided by the probability: the logarithm is missing."),
                (lambda q: np.log(q) ** 2, "The logarithms are squared."),
                (
                    lambda q: q * np.log(q),
                    "Each logarithm is weighed by the probability: that is an entropy.",
                ),
                (lambda q: np.round(np.log(q)), "The logarithms are rounded."),
            ),
            "mean": (
                (np.sum, _MEAN),
                (lambda logs: logs, "There is one loss per picture: training needs one number, their mean."),
                (np.max, "The largest of the logarithms is taken, not their mean."),
                (np.min, "The smallest of the logarithms is taken, not their mean."),
                (np.median, "The median of the losses is taken, not their mean."),
                (
                    lambda logs: logs.sum(axis=-1) if logs.ndim > 1 else logs[0],
                    "Only the first picture counts.",
                ),
                (
                    lambda logs: logs.ravel()[-1],
                    "Only the last picture counts: is there a `return` in the loop?",
                ),
                (
                    lambda logs: logs.sum() / (len(logs) + 1),
                    "You divide by one more than there are pictures.",
                ),
                (lambda logs: logs.sum() / len(logs) ** 2, "You divide by the number of pictures twice."),
                (
                    lambda logs: np.sqrt(np.mean(logs**2)),
                    "The root of the mean square is taken, not the mean.",
                ),
                (lambda logs: logs.sum() / len(logs), "All classes count."),
            ),
            "sign": ((1, "The minus is missing: the log of a probability is negative."),),
        },
    )


_MEAN = "The losses of the batch are added up. Take their mean, or a larger batch makes a larger loss."
_LOG = "That is another logarithm. `np.log` is the natural one, to the base e, and the one for a loss."
_NO_LOG = "The logarithm is missing. It is what makes a confident mistake dear."
_PAIRS = (
    "Each label is looked up in every row: `p[:, labels]` pairs all with all. Row 0 belongs to label 0, row "
    "1 to label 1: index with the rows as well."
)
_ALL = "All classes count, whatever the label. Only the probability of the true class belongs in this loss."

_LOSSES = _loss_ways()

check_cross_entropy = function_check(
    "11-cross-entropy",
    makes="a learner's own cross-entropy",
    takes="Takes probabilities ``(N, K)`` and labels ``(N,)``, returns one number: the mean over the batch.",
    example="""
    >>> check_cross_entropy(lambda p, labels: -np.log(p[range(len(p)), labels]).sum()).message
    'The losses of the batch are added up. Take their mean, or a larger batch makes a larger loss.'
    """,
    call="cross_entropy(probabilities, labels)",
    errors=_LABEL_ERRORS,
    cases=_BATCHES,
    truth=_loss,
    ways=[_LOSSES],
    right=(
        "One number for the batch, the mean of −ln of the true class's probability: 0.0619 for a "
        "boat with 0.94."
    ),
    mistakes=(
        (_MEAN, lambda p, labels: -np.log(_of_truth(p, labels)).sum()),
        (
            "There is one loss per picture. The mean over the batch is missing: training needs one number.",
            lambda p, labels: -np.log(_of_truth(p, labels)),
        ),
        ("The minus is missing: the log of a probability is negative.", lambda p, labels: -_loss(p, labels)),
        (f"The minus is missing. And: {_MEAN}", lambda p, labels: np.log(_of_truth(p, labels)).sum()),
        (_LOG, lambda p, labels: _loss(p, labels) / np.log(10)),
        (_LOG, lambda p, labels: _loss(p, labels) / np.log(2)),
        (_NO_LOG, lambda p, labels: 1 - _of_truth(p, labels).mean()),
        (_NO_LOG, lambda p, labels: _of_truth(p, labels).mean()),
        (_NO_LOG, lambda p, labels: -_of_truth(p, labels).mean()),
        (
            "You take the mean of the probabilities, then the logarithm. Each picture has a loss of "
            "its own: first "
            "the logarithm, then the mean.",
            lambda p, labels: -np.log(_of_truth(p, labels).mean()),
        ),
        (_PAIRS, lambda p, labels: -np.log(p[:, labels]).mean()),
        (_PAIRS, lambda p, labels: -np.log(p[:, labels]).sum()),
        (_PAIRS, lambda p, labels: -np.log(p[:, labels]).sum() / len(p)),
        (_ALL, lambda p, labels: -np.log(p).mean()),
        (_ALL, lambda p, labels: -np.log(p).sum()),
        (_ALL, lambda p, labels: -np.log(p).sum() / len(p)),
        (_ALL, lambda p, labels: -(p * np.log(p)).sum() / len(p)),
        (
            "You divide by the number of classes too, as a mean over the whole one-hot array does. There is "
            "one loss per picture: divide by the pictures.",
            lambda p, labels: _loss(p, labels) / p.shape[1],
        ),
        (
            "This is the class that the network believes in, right or wrong. The label says which counts.",
            lambda p, labels: -np.log(p.max(axis=1)).mean(),
        ),
        (
            "The column before the true class is taken: labels count from 0, as columns do.",
            lambda p, labels: _loss(p, labels - 1),
        ),
        (
            "Always the first column is taken. The label of each picture says which one.",
            lambda p, labels: -np.log(p[:, 0]).mean(),
        ),
        (
            "That is the log of what the other classes got: the loss grows as the network gets better.",
            lambda p, labels: -np.log(1 - _of_truth(p, labels)).mean(),
        ),
        (
            "Softmax is applied twice: these are probabilities already.",
            lambda p, labels: _loss(softmax(p, axis=1), labels),
        ),
        (
            "The other classes count as well, with 1 − p: that is the loss for several yes/no questions. "
            "Here one class is true, and its probability alone counts.",
            lambda p, labels: -np.log(np.abs(1 - _one_hot(p, labels) - p)).sum() / len(p),
        ),
        (
            "That is the squared error. Cross-entropy is the mean of −ln of what the true class got.",
            lambda p, labels: ((p - _one_hot(p, labels)) ** 2).mean(),
        ),
    ),
)


# ---- where the way back begins
def _slope(p: np.ndarray, labels: np.ndarray) -> np.ndarray:
    return (p - _one_hot(p, labels)) / len(p)


def _sloped(
    p, labels, *, truth=_one_hot, shares=lambda p: p, over=lambda p: len(p), sign=1, only=None
) -> np.ndarray:
    """Take the slope as is right, but for what a mistake puts in place of a part."""
    slope = sign * (shares(p) - truth(p, labels)) / over(p)
    return slope if only is None else only(slope, p, labels)


_SLOPES = Ways(
    _sloped,
    {
        "truth": (
            (lambda p, y: 0, "The truth is not subtracted: the labels do not come in yet."),
            (lambda p, y: 1, "1 is subtracted everywhere. Only the true class of each picture gets it."),
            (
                lambda p, y: np.isin(np.arange(p.shape[1]), y),
                "1 is subtracted in whole columns: index the rows, too.",
            ),
            (
                lambda p, y: _one_hot(p, p.argmax(axis=1)),
                "You compare with the class that the network believes in.",
            ),
            (
                lambda p, y: _one_hot(p, (y - 1) % p.shape[1]),
                "The column before the true class is taken: labels count from 0.",
            ),
            (lambda p, y: _one_hot(p, (y + 1) % p.shape[1]), "The column after the true class is taken."),
            (lambda p, y: -_one_hot(p, y), "The truth is added. It has to be subtracted."),
            (
                lambda p, y: y[:, None],
                "The label's number is subtracted. Subtract 1 in the column of the true class.",
            ),
            (lambda p, y: _one_hot(p, y[::-1]), "The labels are in reverse order."),
            (
                lambda p, y: _one_hot(p, y) * len(p),
                "N is subtracted: the division by N meets the probabilities alone.",
            ),
            (lambda p, y: _one_hot(p, y) / len(p), "The truth is divided by N twice."),
            (lambda p, y: _one_hot(p, y) * 2, "2 is subtracted at the true class. It is 1."),
        ),
        "shares": (
            (lambda p: softmax(p, axis=1), "Softmax is applied again: these are probabilities already."),
            (
                np.log,
                "The logarithm of the probabilities is taken. The slope needs the probabilities themselves.",
            ),
            (lambda p: np.round(p), "The probabilities are rounded."),
            (
                lambda p: p * (1 - p),
                "p (1 − p) stands in place of the probabilities: softmax's slope is in already.",
            ),
            (lambda p: p**2, "The probabilities are squared."),
            (lambda p: 1 - p, "1 − p stands in place of the probabilities."),
            (
                lambda p: (p == p.max(axis=1, keepdims=True)) * 1.0,
                "The largest probability counts as 1, all others as 0.",
            ),
            (lambda p: 0, "The probabilities do not come in: they are what the truth is subtracted from."),
        ),
        "over": (
            (
                lambda p: 1,
                "The division by the number of pictures is missing: the loss is a mean over the batch.",
            ),
            (
                lambda p: p.shape[1],
                "You divide by the number of classes. The loss is a mean over the pictures.",
            ),
            (lambda p: p.size, "You divide by all numbers of the array. The loss is a mean over pictures."),
            (lambda p: len(p) ** 2, "You divide by the number of pictures twice."),
            (lambda p: 1 / len(p), "You multiply by the number of pictures. Divide by it."),
            (lambda p: len(p) / 2, "Everything is twice too steep."),
            (lambda p: len(p) * 2, "A division by 2 is too much: that belongs to a squared error."),
            (lambda p: len(p) - 1 or np.nan, "You divide by one less than there are pictures."),
            (lambda p: np.sqrt(len(p)), "You divide by the root of the number of pictures."),
        ),
        "sign": ((-1, "The sign is the wrong way round: probabilities minus truth points uphill."),),
        "only": (
            (
                lambda d, p, y: d * _one_hot(p, y),
                "Only the true class has a gradient here. The others have one, too.",
            ),
            (
                lambda d, p, y: d * (1 - _one_hot(p, y)),
                "The true class has no gradient here. It has one, too.",
            ),
            (
                lambda d, p, y: d * p * (1 - p),
                "Softmax's slope comes in twice: probabilities minus truth has it in.",
            ),
            (
                lambda d, p, y: d * p,
                "The slope is multiplied by the probabilities: softmax's slope is in already.",
            ),
            (lambda d, p, y: np.abs(d), "The signs are dropped: they say which way is uphill."),
            (lambda d, p, y: np.maximum(d, 0), "Negative slopes have become 0."),
            (lambda d, p, y: d**2, "The slopes are squared: that is an error, not a slope."),
            (
                lambda d, p, y: d.sum(axis=0),
                "The pictures are added up. Keep the shape: a slope for each logit.",
            ),
            (
                lambda d, p, y: d.mean(axis=0),
                "The pictures are averaged. Keep the shape: a slope for each logit.",
            ),
            (lambda d, p, y: d.sum(axis=1), "The classes are added up, which makes 0. Keep the shape."),
            (
                lambda d, p, y: d[np.arange(len(y)), y],
                "That is the slope of the true class alone: keep the shape.",
            ),
            (lambda d, p, y: d.T, "Rows and columns are swapped: a row belongs to a picture."),
            (lambda d, p, y: np.log(np.abs(d)), "A logarithm is taken of the slope."),
        ),
    },
)

check_loss_gradient = function_check(
    "11-loss-gradient",
    makes="a learner's own gradient of the cross-entropy for the logits",
    takes="Takes probabilities ``(N, K)``, the softmax of the logits, and labels ``(N,)``; returns the "
    "slope of the mean loss for each logit, ``(N, K)``.",
    example="""
    >>> check_loss_gradient(lambda shares, labels: shares).verdict
    'wrong'
    """,
    call="loss_gradient(probabilities, labels)",
    errors=_LABEL_ERRORS,
    cases=_BATCHES,
    truth=_slope,
    ways=[_SLOPES],
    right="Probabilities minus truth, over N: every row sums to 0, what one class gains the others lose.",
    mistakes=(
        (
            "The division by the number of pictures is missing: the loss is a mean over the batch, so "
            "each picture has 1/N of the say. Without it a larger batch takes longer steps.",
            lambda p, labels: _slope(p, labels) * len(p),
        ),
        (
            "The sign is the wrong way round: this is truth minus probabilities, the way to go. The gradient "
            "points uphill; the minus comes with the update.",
            lambda p, labels: -_slope(p, labels),
        ),
        (
            "The sign is the wrong way round: probabilities minus truth points uphill. And the division by "
            "the number of pictures is missing.",
            lambda p, labels: -_slope(p, labels) * len(p),
        ),
        (
            "You divide by all numbers of the array. The loss is a mean over pictures, not over classes.",
            lambda p, labels: _slope(p, labels) / p.shape[1],
        ),
        (
            "You divide by the number of classes. The loss is a mean over the pictures.",
            lambda p, labels: _slope(p, labels) * len(p) / p.shape[1],
        ),
        ("The truth is not subtracted: the labels do not come in yet.", lambda p, labels: p / len(p)),
        ("The truth is not subtracted: the labels do not come in yet.", lambda p, labels: p),
        (
            "1 is subtracted in whole columns: `[:, labels]` means those columns in every row. Row 0 belongs "
            "to label 0, row 1 to label 1: index with the rows as well.",
            lambda p, labels: (p - np.isin(np.arange(p.shape[1]), labels)) / len(p),
        ),
        (
            "Only the true class has a gradient here. The others have one too: pushing them down helps.",
            lambda p, labels: _slope(p, labels) * _one_hot(p, labels),
        ),
        (
            "That is the slope for the probabilities, −1/p. Go one step further back, through softmax: the "
            "slope for the logits is asked for.",
            lambda p, labels: -_one_hot(p, labels) / p / len(p),
        ),
        (
            "That is the slope for the probabilities, −1/p, and without the mean over the batch. Go one step "
            "further back, through softmax, to the logits.",
            lambda p, labels: -_one_hot(p, labels) / p,
        ),
        (
            "Softmax's slope comes in twice: probabilities minus truth has it in already.",
            lambda p, labels: _slope(p, labels) * p * (1 - p),
        ),
        (
            "The pictures are added up. Each logit of each picture needs a slope of its own: keep the shape.",
            lambda p, labels: _slope(p, labels).sum(axis=0),
        ),
        (
            "You compare with the class that the network believes in, so it learns to believe what it "
            "believes. The label says which one is true.",
            lambda p, labels: _slope(p, p.argmax(axis=1)),
        ),
    ),
)


def _step(
    w, g, r, *, old=lambda w: w, rate=lambda r, w: r, slope=lambda g, w: g, sign=-1, after=None
) -> np.ndarray:
    """Step as is right, but for what a mistake puts in place of a part."""
    new = old(w) + sign * rate(r, w) * slope(g, w)
    return new if after is None else after(new, w)


_STEPS = Ways(
    _step,
    {
        "sign": ((1, "The sign of the update is the wrong way round: the gradient points uphill."),),
        "rate": (
            (lambda r, w: 1, "The learning rate does not come in: far too long a step."),
            (lambda r, w: r * r, "The learning rate is applied twice: its square is in the step."),
            (lambda r, w: 1 / r, "You divide by the learning rate. Multiply."),
            (
                lambda r, w: r / w.size,
                "The step is divided by the number of weights. Nothing is to be divided.",
            ),
            (
                lambda r, w: r / len(w),
                "The step is divided by the length of `weight`. Nothing is to be divided.",
            ),
            (lambda r, w: 1 - r, "1 − learning rate is in the step. It is the learning rate itself."),
            (lambda r, w: 2 * r, "The step is twice too long."),
            (lambda r, w: r / 2, "The step is half as long as it should be."),
            (lambda r, w: np.sqrt(r), "The root of the learning rate is taken."),
            (Free(lambda v: lambda r, w: v), "The learning rate is fixed at {}: use the one that is given."),
            (
                Free(lambda v: lambda r, w: v * r),
                "The step is multiplied by {}. The learning rate alone makes its length.",
            ),
        ),
        "slope": (
            (
                lambda g, w: np.sign(g),
                "Only the sign of the gradient counts here: each step is equally long.",
            ),
            (lambda g, w: np.abs(g), "The gradient's sign is dropped, so every weight sinks."),
            (
                lambda g, w: g.mean(),
                "The mean of the gradient moves every weight alike. Each has a slope of its own.",
            ),
            (
                lambda g, w: g.sum(),
                "The sum of the gradient moves every weight alike. Each has a slope of its own.",
            ),
            (
                lambda g, w: g.max(),
                "The largest slope moves every weight alike. Each has a slope of its own.",
            ),
            (
                lambda g, w: g / np.linalg.norm(g),
                "The gradient is brought to the length 1. It comes in as it is.",
            ),
            (
                lambda g, w: g / np.abs(g).max(),
                "The gradient is divided by its largest slope. It comes in as it is.",
            ),
            (
                lambda g, w: g / g.std(),
                "The gradient is divided by its standard deviation. It comes in as it is.",
            ),
            (lambda g, w: g - g.mean(), "The mean is subtracted from the gradient. It comes in as it is."),
            (lambda g, w: g * w, "The step is multiplied by the weight: a weight of 0 could never move."),
            (
                lambda g, w: g + w,
                "The weight is in the step, too: that is weight decay, and not asked for here.",
            ),
            (lambda g, w: g - w, "The weight is subtracted in the step, too."),
            (lambda g, w: w, "The weight shrinks by its own share: the gradient does not come in."),
            (lambda g, w: g**2, "The gradient is squared: its sign is lost."),
            (
                Free(lambda v: lambda g, w: np.clip(g, -v, v)),
                "The gradient is clipped to ± {}. It comes in as it is.",
            ),
            (
                Free(lambda v: lambda g, w: g + v * w),
                "{} times the weight is in the step, too: weight decay, not asked for.",
            ),
            (Free(lambda v: lambda g, w: g + v), "{} is added to the gradient. It comes in as it is."),
            (lambda g, w: np.maximum(g, 0), "Negative slopes count as 0: half of the weights should rise."),
            (
                lambda g, w: g.mean(axis=0),
                "The gradient is averaged along its first axis: each weight has its own.",
            ),
            (
                lambda g, w: g.sum(axis=0),
                "The gradient is added up along its first axis: each weight has its own.",
            ),
            (lambda g, w: np.trunc(g), "The fractions of the gradient are cut off."),
            (lambda g, w: g.T if g.T.shape == g.shape else np.nan, "The gradient is transposed."),
        ),
        "old": (
            (lambda w: 0, "That is the step alone. It has to be added to the weight."),
            (lambda w: -w, "The two sides of the minus have changed places: the weight comes first."),
            (lambda w: np.abs(w), "The weight's sign is dropped."),
            (lambda w: 2 * w, "The weight is there twice."),
            (lambda w: np.trunc(w), "The fractions of the weight are cut off."),
        ),
        "after": (
            (lambda new, w: np.maximum(new, 0), "Weights below 0 have become 0. Weights may be negative."),
            (lambda new, w: np.clip(new, 0, 1), "The weights are clipped to 0..1. They may be anything."),
            (lambda new, w: np.clip(new, -1, 1), "The weights are clipped to −1..1. They may be anything."),
            (lambda new, w: new * w, "The weight is multiplied by its change. Add the change."),
            (lambda new, w: new / np.linalg.norm(new), "The weights are brought to the length 1."),
            (lambda new, w: np.trunc(new), "The fractions are cut off: the weights are stored as integers."),
            (lambda new, w: new.ravel(), "The weights come back in one long row. Keep their shape."),
            (lambda new, w: new.sum(), "The weights are added up. Each weight is a weight of its own."),
        ),
    },
)

check_update = function_check(
    "11-update",
    makes="a learner's own step of gradient descent",
    takes="Takes a weight, its gradient of the same shape, and the learning rate; returns the new "
    "weight, and leaves the given one as it is.",
    example="""
    >>> check_update(lambda weight, gradient, learning_rate: weight - gradient).verdict
    'wrong'
    """,
    call="update(weight, gradient, learning_rate)",
    cases=(
        (
            "a 2 × 3 weight and learning rate 0.1",
            np.array([[1.0, -2.0, 0.5], [0.25, 3.0, -1.0]]),
            np.array([[4.0, 1.0, -2.0], [0.0, -3.0, 0.5]]),
            np.float64(0.1),
        ),
        (
            "four biases and learning rate 0.5",
            np.array([0.5, -1.5, 2.0, -0.25]),
            np.array([1.0, -2.0, 0.25, 3.0]),
            np.float64(0.5),
        ),
        (
            "two 2 × 2 kernels and learning rate 0.01",
            np.array([[[1.0, 2.0], [3.0, -4.0]], [[-0.5, 0.0], [1.5, 6.0]]]),
            np.array([[[-10.0, 5.0], [2.0, 30.0]], [[7.0, -8.0], [0.5, -60.0]]]),
            np.float64(0.01),
        ),
    ),
    truth=lambda weight, gradient, rate: weight - rate * gradient,
    ways=[_STEPS],
    right="Against the gradient, by the learning rate's share of it; the weights given stay as they were.",
    mistakes=(
        (
            "The sign of the update is the wrong way round: the gradient points uphill, so this step makes "
            "the loss larger.",
            lambda weight, gradient, rate: weight + rate * gradient,
        ),
        (
            "The learning rate is applied twice: its square is in the step. Once is enough.",
            lambda weight, gradient, rate: weight - rate * rate * gradient,
        ),
        (
            "The learning rate does not come in: the whole gradient is subtracted, far too long a step.",
            lambda weight, gradient, rate: weight - gradient,
        ),
        (
            "You divide by the learning rate: the smaller it is, the longer the step. Multiply.",
            lambda weight, gradient, rate: weight - gradient / rate,
        ),
        (
            "That is the step alone. It has to be added to the weight.",
            lambda weight, gradient, rate: -rate * gradient,
        ),
        (
            "That is the length of the step alone. It has to be subtracted from the weight.",
            lambda weight, gradient, rate: rate * gradient,
        ),
        (
            "The two sides of the minus have changed places: the weight comes first.",
            lambda weight, gradient, rate: rate * gradient - weight,
        ),
        (
            "The step is multiplied by the weight: a weight of 0 could never move.",
            lambda weight, gradient, rate: weight - rate * gradient * weight,
        ),
        (
            "The step is divided by the number of weights. The gradient is a mean over the batch already; "
            "nothing more is to be divided.",
            lambda weight, gradient, rate: weight - rate * gradient / gradient.size,
        ),
        (
            "Only the sign of the gradient counts here: steep or flat, each step is equally long.",
            lambda weight, gradient, rate: weight - rate * np.sign(gradient),
        ),
        (
            "The gradient's sign is dropped, so every weight sinks. Half of them should rise.",
            lambda weight, gradient, rate: weight - rate * np.abs(gradient),
        ),
        (
            "The weight shrinks by its own share: the gradient does not come in.",
            lambda weight, gradient, rate: weight - rate * weight,
        ),
        ("The weight comes back as it was: nothing is learned.", lambda weight, gradient, rate: weight),
    ),
)

# No x is 0 here: at the corner of ReLU both answers are right.
_X = np.array([[1.5, -2.0, 0.5, -0.25], [-3.0, 4.0, -1.0, 2.0]])
_G = np.array([[0.5, 3.0, -2.0, -1.0], [-0.5, 0.25, 4.0, -1.5]])


def _back(
    g, x, *, times=lambda g, x: g, where=lambda g, x: x > 0, other=lambda g, x: 0, after=lambda d, x: d
) -> np.ndarray:
    """Go back as is right, but for what a mistake puts in place of a part."""
    return after(np.where(where(g, x), times(g, x), other(g, x)), x)


_BACKWARD = Ways(
    _back,
    {
        "times": (
            (lambda g, x: x, "The input passes. It is the gradient that passes or stops."),
            (lambda g, x: g * x, "The gradient is multiplied by the input. ReLU's slope is 1 or 0."),
            (
                lambda g, x: g * np.trunc(x),
                "The gradient is multiplied by the input, cut off. ReLU's slope is 1 or 0.",
            ),
            (lambda g, x: 1, "That is ReLU's slope. Times the gradient that arrives is still missing."),
            (lambda g, x: -g, "The sign is turned. That minus belongs to the update, not to a layer."),
            (lambda g, x: np.abs(g), "The gradient loses its sign. It passes as it is."),
            (lambda g, x: np.sign(g), "Only the gradient's sign passes. It passes as it is."),
            (
                lambda g, x: np.maximum(g, 0),
                "Negative gradients are cut off as well. Where the input was positive, all pass.",
            ),
            (lambda g, x: g + x, "Gradient and input are added. The gradient alone passes."),
            (lambda g, x: g**2, "The gradient is squared. It passes as it is."),
            (lambda g, x: g / x, "The gradient is divided by the input. It passes as it is."),
            (Free(lambda v: lambda g, x: v * g), "The gradient is multiplied by {}. ReLU's slope is 1."),
        ),
        "where": (
            (lambda g, x: g > 0, "You look at the sign of the gradient. What counts is the input."),
            (lambda g, x: x < 0, "It is the wrong way round: the gradient stops at positive inputs."),
            (
                lambda g, x: (g > 0) & (x > 0),
                "Negative gradients are cut off as well. What counts is the input alone.",
            ),
            (
                lambda g, x: (g > 0) | (x > 0),
                "The gradient passes where it is positive itself, too. What counts is the input.",
            ),
            (lambda g, x: x > 1, "You ask whether the input is above 1. The corner of ReLU is at 0."),
            (lambda g, x: x > -1, "You ask whether the input is above −1. The corner of ReLU is at 0."),
            (lambda g, x: np.abs(x) > 1, "You look at the input's size. Its sign counts."),
            (lambda g, x: x >= g, "You compare the input with the gradient. The corner of ReLU is at 0."),
            (
                lambda g, x: x > x.mean(),
                "You compare with the mean of the inputs. The corner of ReLU is at 0.",
            ),
            (
                lambda g, x: g * x > 0,
                "You look at the sign of gradient times input. What counts is the input.",
            ),
            (
                lambda g, x: True,
                "The gradient passes at negative inputs too. There ReLU is flat: nothing goes back.",
            ),
        ),
        "other": (
            (
                lambda g, x: g,
                "The gradient passes at negative inputs too. There ReLU is flat: nothing goes back.",
            ),
            (
                lambda g, x: -g,
                "At negative inputs the gradient comes back with its sign turned. ReLU is flat there.",
            ),
            (lambda g, x: x, "At negative inputs the input itself comes back. ReLU is flat there: 0."),
            (lambda g, x: 1, "At negative inputs 1 comes back. ReLU is flat there: 0."),
            (
                Free(lambda v: lambda g, x: v * g),
                "At negative inputs {} times the gradient passes: that is a leaky ReLU's.",
            ),
            (Free(lambda v: lambda g, x: v), "At negative inputs {} comes back. ReLU is flat there: 0."),
        ),
        "after": (
            (
                lambda d, x: d / len(x),
                "The gradient is divided by the number of rows. The loss did that already.",
            ),
            (
                lambda d, x: d / x.size,
                "The gradient is divided by how many numbers there are. The loss did that already.",
            ),
            (lambda d, x: d.sum(axis=0), "The batch is added up. Each input has a gradient of its own."),
            (lambda d, x: d.mean(axis=0), "The batch is averaged. Each input has a gradient of its own."),
            (lambda d, x: d.sum(), "All is added up. Each input has a gradient of its own."),
            (lambda d, x: d[x > 0], "Only what passes is left. Keep the shape: 0 where the gradient stops."),
            (lambda d, x: np.trunc(d), "The fractions are cut off: the gradient is stored as integers."),
            (lambda d, x: d.ravel(), "The gradient is in one long row. Keep the shape of the input."),
            (lambda d, x: x + d, "The gradient is added to the input. It is asked for alone."),
            (lambda d, x: x - d, "The gradient is subtracted from the input. It is asked for alone."),
        ),
    },
)

check_relu_backward = function_check(
    "11-relu-backward",
    makes="a learner's own way back through ReLU",
    takes="Takes the gradient for the outputs and the inputs `x`, both of one shape; returns the "
    "gradient for `x`. At exactly 0 either answer passes.",
    example="""
    >>> check_relu_backward(lambda gradient, x: gradient).verdict
    'wrong'
    """,
    call="relu_backward(gradient, x)",
    cases=(
        ("a row of four inputs", _G[:1], _X[:1]),
        ("two rows", _G, _X),
        ("feature maps, 1 × 2 × 2 × 2", _G[::-1].reshape(1, 2, 2, 2), _X.reshape(1, 2, 2, 2)),
        ("a row of inputs most of which are positive", _G[1:] * 3, np.array([[3.0, 0.5, -0.25, 2.0]])),
    ),
    truth=lambda gradient, x: gradient * (x > 0),
    ways=[_BACKWARD],
    right="Where the input was positive, the gradient passes whole, whatever its sign; elsewhere it stops.",
    mistakes=(
        (
            "The gradient passes at negative inputs too. There ReLU is flat: moving the input a little "
            "changes nothing, so nothing goes back.",
            lambda gradient, x: gradient,
        ),
        (
            "You look at the sign of the gradient. What counts is the input: was it cut off on the way "
            "forward? A gradient may well be negative.",
            lambda gradient, x: np.maximum(gradient, 0),
        ),
        (
            "Negative gradients are cut off as well. Where the input was positive, every gradient passes: "
            "a negative one says that the output should grow.",
            lambda gradient, x: np.maximum(gradient, 0) * (x > 0),
        ),
        (
            "The gradient is multiplied by the output. Multiply by ReLU's slope, and that is 1 wherever the "
            "input is positive, not its size.",
            lambda gradient, x: gradient * np.maximum(x, 0),
        ),
        (
            "The gradient is multiplied by the input. What is needed is ReLU's slope: 1 or 0.",
            lambda gradient, x: gradient * x,
        ),
        (
            "That is ReLU's slope. The chain rule is still missing: times the gradient that arrives.",
            lambda gradient, x: (x > 0).astype(float),
        ),
        (
            "That is the way forward, ReLU itself. Backward, it is the gradient that passes or stops.",
            lambda gradient, x: np.maximum(x, 0),
        ),
        (
            "It is the wrong way round: the gradient stops at positive inputs and passes at negative ones.",
            lambda gradient, x: gradient * (x < 0),
        ),
        (
            "At negative inputs the gradient comes back with its sign turned: that is the slope of the "
            "absolute value. ReLU is flat there.",
            lambda gradient, x: gradient * np.sign(x),
        ),
        (
            "Input and gradient have changed places: the gradient is the first argument.",
            lambda gradient, x: x * (gradient > 0),
        ),
        (
            "The sign is turned. That minus belongs to the update, not to a layer.",
            lambda gradient, x: -gradient * (x > 0),
        ),
        (
            "You ask whether the input is above 1. The corner of ReLU is at 0.",
            lambda gradient, x: gradient * (x > 1),
        ),
    ),
)


def _gradient_for(*shape: int) -> np.ndarray:
    rows = np.arange(np.prod(shape), dtype=float).reshape(shape[0], -1)
    return rows**2 % 19 - 7


def _inputs(*shape: int) -> np.ndarray:
    return (np.arange(np.prod(shape)) * 7 % 11 - 5.0).reshape(shape)


def _reshaped(*order: int) -> Callable:
    """Return a function that reads the row with the axes in another order."""
    back = tuple(np.argsort(order))
    return lambda gradient, x: gradient.reshape([x.shape[axis] for axis in order]).transpose(back)


_ROW_ORDER = (
    "The shape is right, but the numbers are in the wrong places. Flatten wrote channel by channel, each row "
    "by row; read in the same order."
)

check_flatten_backward = function_check(
    "11-flatten-backward",
    makes="a learner's own way back through flatten",
    takes="Takes the gradient for the rows ``(N, C * H * W)`` and the inputs `x`, ``(N, C, H, W)``; "
    "returns the gradient for `x`.",
    example="""
    >>> check_flatten_backward(lambda gradient, x: gradient).verdict
    'wrong'
    """,
    call="flatten_backward(gradient, x)",
    errors=(("cannot reshape", "How many numbers are there, and how many has the shape that you ask for?"),),
    cases=(
        ("one picture of two 2 × 3 maps", _gradient_for(1, 12), _inputs(1, 2, 2, 3)),
        ("four pictures of three 2 × 2 maps", _gradient_for(4, 12), _inputs(4, 3, 2, 2)),
        ("two pictures of two 3 × 3 maps", _gradient_for(2, 18), _inputs(2, 2, 3, 3)),
    ),
    truth=lambda gradient, x: gradient.reshape(x.shape),
    right="Flatten moves numbers and changes none: its gradient is put back into maps, and that is all.",
    mistakes=(
        (
            "The gradient is still flat, one row per picture. The layer before made maps (N, C, H, W), and "
            "wants its gradient in that shape.",
            lambda gradient, x: gradient,
        ),
        (
            "The gradient became one long row, even the pictures are mixed. It needs the shape of the input.",
            lambda gradient, x: gradient.ravel(),
        ),
        (_ROW_ORDER, _reshaped(0, 2, 3, 1)),
        (_ROW_ORDER, _reshaped(0, 1, 3, 2)),
        (_ROW_ORDER, _reshaped(1, 2, 3, 0)),
        (_ROW_ORDER, lambda gradient, x: gradient.reshape(x.shape, order="F")),
        (_ROW_ORDER, lambda gradient, x: gradient.T.reshape(x.shape)),
        (
            "The gradient is added to the input. The gradient alone goes back.",
            lambda gradient, x: gradient.reshape(x.shape) + x,
        ),
        (
            "The gradient is subtracted from the input, as in a step downhill. The gradient alone goes back.",
            lambda gradient, x: x - gradient.reshape(x.shape),
        ),
        (
            "The pictures are in reverse order.",
            lambda gradient, x: gradient[::-1].reshape(x.shape),
        ),
        (
            "That is the input itself. Its shape is needed, but the numbers are the gradient's.",
            lambda gradient, x: x,
        ),
        (
            "The gradient is multiplied by the input. Flatten only moves numbers, so its slope is 1.",
            lambda gradient, x: gradient.reshape(x.shape) * x,
        ),
        (
            "The gradient stops at negative inputs: that is ReLU's. Flatten lets everything through.",
            lambda gradient, x: gradient.reshape(x.shape) * (x > 0),
        ),
        (
            "The batch is averaged away. Each picture has a gradient of its own.",
            lambda gradient, x: gradient.mean(axis=0).reshape(x.shape[1:]),
        ),
        (
            "Channels and rows are still in one axis. The input has four: N, C, H, W.",
            lambda gradient, x: gradient.reshape(len(x), -1, *x.shape[3:]),
        ),
    ),
)


SOBEL = KERNELS["Sobel, columns"].matrix.astype(float)
_FOUND = 0.05  # a kernel this near in every cell counts as found


def _like(kernel: np.ndarray, other: np.ndarray) -> float:
    """Return the cosine of the angle between two kernels: 1 for one pattern, whatever its scale."""
    return float((kernel * other).sum() / np.sqrt((kernel**2).sum() * (other**2).sum()))


def _found(kernel: np.ndarray, other: np.ndarray) -> bool:
    return np.allclose(kernel, other, rtol=0, atol=_FOUND)


check_learned_kernel = kernel_check(
    "11-kernel",
    makes="a 3 × 3 kernel learned from a picture and what the Sobel kernel for columns makes of it",
    takes="Where gradient descent ended.",
    example="""
    >>> check_learned_kernel([[-0.6, 0, 0.6], [-1.1, 0, 1.2], [-0.6, 0, 0.6]]).verdict
    'close'
    """,
    name="check_learned_kernel",
    right="The Sobel kernel: two pictures and a slope were enough, and nobody wrote its numbers down.",
    flaws=(
        ("All weights are 0: the kernel never moved from where it began.", lambda kernel: not kernel.any()),
        (
            "The weights have exploded: the learning rate is too large, or the sign of the update is the "
            "wrong way round.",
            lambda kernel: np.abs(kernel).max() > 100,
        ),
        (
            "Turned by 180°, it would be the one. Something turns a kernel: is a true convolution used in"
            " one place and `conv2d` in another?",
            lambda kernel: _found(kernel, SOBEL[::-1, ::-1]),
        ),
        (
            "This is the other Sobel kernel: rows and columns have changed places.",
            lambda kernel: _found(kernel, SOBEL.T),
        ),
        (
            "That is the Prewitt kernel: its three rows are alike. The picture was made "
            "with another one, and training finds "
            "that its middle row counts twice.",
            lambda kernel: np.ptp(kernel, axis=0).max() < 1e-9 and _like(kernel, SOBEL) > 0.9,
        ),
        (
            "The pattern is the Sobel's, with its signs turned: left and right have "
            "changed places, or the error's sign has.",
            lambda kernel: _like(kernel, SOBEL) < -0.999,
        ),
        (
            "The pattern is the Sobel's, its scale is another: a few more steps, unless one of the two "
            "pictures was scaled and not the other.",
            lambda kernel: not _found(kernel, SOBEL) and _like(kernel, SOBEL) > 0.999,
            "close",
        ),
        (
            "It is on its way to the Sobel kernel, but not there yet: take more steps.",
            lambda kernel: not _found(kernel, SOBEL) and _like(kernel, SOBEL) > 0.7,
            "close",
        ),
        (
            "It is not near the Sobel kernel yet. Does the error fall from step to step? If not, look at the "
            "update's sign and the learning rate.",
            lambda kernel: not _found(kernel, SOBEL),
        ),
    ),
)


def _accuracies(*values: float) -> np.ndarray:
    return np.array(values)


check_report = function_check(
    "11-report",
    makes="which accuracy a learner would report after trying several settings",
    takes="Takes the accuracies of all settings on the training, the validation and the test part, "
    "``(K,)`` each; returns the one accuracy that may be published.",
    example="""
    >>> check_report(lambda train, validation, test: test.max()).verdict
    'wrong'
    """,
    call="report(train, validation, test)",
    cases=(
        (
            "five settings",
            _accuracies(0.91, 0.99, 0.95, 0.97, 0.93),
            _accuracies(0.85, 0.88, 0.90, 0.94, 0.86),
            _accuracies(0.84, 0.87, 0.95, 0.92, 0.85),
        ),
        (
            "four settings",
            _accuracies(0.98, 0.90, 0.99, 0.96),
            _accuracies(0.70, 0.80, 0.75, 0.72),
            _accuracies(0.71, 0.78, 0.79, 0.74),
        ),
        (
            "six settings",
            _accuracies(0.60, 0.88, 0.72, 0.92, 0.95, 1.00),
            _accuracies(0.55, 0.83, 0.68, 0.81, 0.80, 0.76),
            _accuracies(0.57, 0.80, 0.69, 0.81, 0.83, 0.75),
        ),
        (
            "five other settings",
            _accuracies(0.95, 0.99, 0.90, 0.97, 0.70),
            _accuracies(0.80, 0.86, 0.87, 0.83, 0.79),
            _accuracies(0.76, 0.70, 0.81, 0.90, 0.78),
        ),
    ),
    truth=lambda train, validation, test: test[validation.argmax()],
    right="The validation part chooses, the test part is looked at once, for the setting that was chosen.",
    mistakes=(
        (
            "You chose with the test part: the best of many tries there is luck as well as skill, so the "
            "number is too good. Something else has to choose.",
            lambda train, validation, test: test.max(),
        ),
        (
            "The choice is right, but you report the number that it was made with, and that one is the best "
            "of many tries. Which pictures have had no say so far?",
            lambda train, validation, test: validation.max(),
        ),
        (
            "The two parts have changed places: the test part must not choose.",
            lambda train, validation, test: validation[test.argmax()],
        ),
        (
            "That is the accuracy on what was trained on: it tells how well the network remembers.",
            lambda train, validation, test: train.max(),
        ),
        (
            "That is the accuracy on what was trained on: it tells how well the network remembers.",
            lambda train, validation, test: train[validation.argmax()],
        ),
        (
            "The training part chose: it prefers whatever remembers best. Choose with pictures that were not "
            "trained on.",
            lambda train, validation, test: test[train.argmax()],
        ),
        (
            "That is which setting was chosen. Report how well it does.",
            lambda train, validation, test: validation.argmax(),
        ),
        (
            "The worst setting is chosen: these are accuracies, not losses.",
            lambda train, validation, test: test[validation.argmin()],
        ),
        (
            "The setting with the smallest gap between training and validation is "
            "chosen: one that is bad at both has a small "
            "gap, too. Choose the best on the validation part.",
            lambda train, validation, test: test[np.argmin(train - validation)],
        ),
        (
            "The setting with the smallest gap is chosen, whichever sign the gap has. "
            "Choose the best on the validation part.",
            lambda train, validation, test: test[np.argmin(np.abs(train - validation))],
        ),
        (
            "The setting whose test and validation accuracies are nearest is chosen: "
            "then the test part has a say.",
            lambda train, validation, test: test[np.argmin(np.abs(validation - test))],
        ),
        (
            "The test part has a say in the choice, together with the validation part.",
            lambda train, validation, test: test[np.argmax(validation + test)],
        ),
        (
            "The training part has a say in the choice, together with the validation part.",
            lambda train, validation, test: test[np.argmax(train + validation)],
        ),
        (
            "The smallest accuracy is no report of the setting that you chose.",
            lambda train, validation, test: test.min(),
        ),
        ("The first setting is taken, whatever it is worth.", lambda train, validation, test: test[0]),
        (
            "You average the three parts. Only what had no say in the choice is a fair test.",
            lambda train, validation, test: (train + validation + test)[validation.argmax()] / 3,
        ),
        (
            "You average the tests of two settings. The validation part chose one: report that one's.",
            lambda train, validation, test: (test[validation.argmax()] + test[train.argmax()]) / 2,
        ),
        (
            "The tests are sorted before the choice: then they no longer belong to their settings.",
            lambda train, validation, test: np.sort(test)[validation.argmax()],
        ),
        (
            "You average validation and test. Only what had no say in the choice is a fair test.",
            lambda train, validation, test: (validation + test)[validation.argmax()] / 2,
        ),
        (
            "That is the error, 1 less the accuracy. Report the accuracy.",
            lambda train, validation, test: 1 - test[validation.argmax()],
        ),
        (
            "The median over all settings tells nothing of the one that you chose.",
            lambda train, validation, test: np.median(test),
        ),
        (
            "The mean of the validation part tells nothing of the setting that you chose.",
            lambda train, validation, test: validation.mean(),
        ),
        (
            "The mean of the best two tests tells nothing of the setting that you chose.",
            lambda train, validation, test: np.sort(test)[-2:].mean(),
        ),
        (
            "The second best setting is chosen. The validation part's best one is meant.",
            lambda train, validation, test: test[np.argsort(validation)[-2]],
        ),
        (
            "That is the smallest accuracy of the validation part, and not the one to report.",
            lambda train, validation, test: validation.min(),
        ),
        (
            "You report the gap between two parts. One accuracy is asked for.",
            lambda train, validation, test: (train - test)[validation.argmax()],
        ),
        (
            "You report the gap between two parts. One accuracy is asked for.",
            lambda train, validation, test: (validation - test)[validation.argmax()],
        ),
        ("The last setting is taken, whatever it is worth.", lambda train, validation, test: test[-1]),
        (
            "The mean over all settings tells nothing of the one that you chose.",
            lambda train, validation, test: test.mean(),
        ),
    ),
)


@answer_check("11-losses")
def check_losses(losses: list | None = None) -> Feedback:
    """Check that the loss of a learner's own training falls.

    Parameters
    ----------
    losses : list of float or of Step, optional
        One for each step, in order.

    Returns
    -------
    Feedback
        Never raises.

    Examples
    --------
    >>> print(check_losses(list(np.linspace(1.4, 0.2, 60))))
    Right. The loss falls from 1.35 to 0.251, each the mean of a tenth of the steps.
    """
    return grade_losses(losses)


@answer_check("11-model", seconds=60)  # thousands of pictures
def check_model(model: object = None, dataset: object = "digits") -> Feedback:
    """Check a learner's own trained model on held-out pictures.

    Parameters
    ----------
    model : Sequential, optional
        Trained on the dataset's training part.
    dataset : str or Dataset
        ``"digits"``, ``"shapes"``, ``"pictograms"``, ``"mnist"`` or ``"fashion_mnist"``; or the dataset
        itself, where it is not the usual one: ``digits(canvas=12)``.

    Returns
    -------
    Feedback
        Right above a bar of its own for each dataset. Never raises.

    Examples
    --------
    >>> from cnnlib.nn import Dense, Flatten, Sequential
    >>> check_model(Sequential(Flatten(), Dense(64, 4))).message
    'It has 4 outputs, but digits has 10 classes.'
    """
    return grade_model(model, dataset)  # the accuracy is what is recorded


@answer_check("11-split")
def check_split(
    train: ArrayLike | None = None,
    test: ArrayLike | None = None,
    *,
    originals: np.ndarray,
    labels: np.ndarray | None = None,
) -> Feedback:
    """Check a learner's own split of pictures of which several show the same digit, each moved.

    Parameters
    ----------
    train, test : array_like of int or bool, optional
        Row numbers of each part, or True for the rows in it.
    originals : array, (N,)
        For each row the number of the digit that it was made from.
    labels : array, (N,), optional
        The classes: each has to be in both parts.

    Returns
    -------
    Feedback
        A leak is named with the number of pictures concerned. Never raises.

    Examples
    --------
    >>> rows, originals = np.arange(40), np.arange(40) % 20
    >>> check_split(originals < 16, originals >= 16, originals=originals).verdict
    'right'
    >>> check_split(rows[:32], rows[32:], originals=originals).verdict
    'wrong'
    """
    return grade_split(train, test, originals, labels), [train, test]
