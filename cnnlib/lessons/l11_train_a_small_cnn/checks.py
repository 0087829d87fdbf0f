"""Lesson 11's checks: the parts of training, written by hand, and what training makes."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from cnnlib.activations import softmax
from cnnlib.exercises.check import answer_check, function_check, kernel_check
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
        ("A whole row of weights moves at once. Visit each weight: `np.ndindex(weight.shape)`.", _by_rows),
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
    "the axis, with `keepdims=True`."
)


def _shares(powers: np.ndarray) -> np.ndarray:
    return powers / powers.sum(axis=1, keepdims=True)


def _any_exponential(way: Callable, says: str) -> tuple:
    """Return one mistake per exponential: ``way(exponential, logits, temperature)``."""
    return tuple(
        (says, lambda z, t, exponential=exponential: way(exponential, z, t)) for exponential in _EXPONENTIALS
    )


_LOGITS = np.array([[2.0, 0.5, -1.0, 0.0], [1.0, 3.0, 0.5, -2.0], [0.0, 0.25, 4.0, 1.5]])

check_softmax = function_check(
    "11-softmax",
    makes="a learner's own softmax",
    takes="Takes logits ``(N, K)`` and a temperature, returns shares ``(N, K)`` whose rows sum to 1, "
    "also for logits of 1000.",
    example="""
    >>> from cnnlib import softmax
    >>> check_softmax(lambda logits, temperature: softmax(logits / temperature)).verdict
    'right'
    """,
    call="softmax(logits, temperature)",
    errors=(
        ("broadcast", "Is the axis lost that you add up? `keepdims=True` keeps it, with length 1."),
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
    ),
    truth=lambda logits, temperature: softmax(logits / temperature, axis=1),
    right="Each picture's shares sum to 1, whatever the batch, the temperature and the size of the logits.",
    mistakes=(
        *_any_exponential(
            lambda exp, z, t: exp(z / t) / exp(z / t).sum(axis=0),
            "The shares sum to 1 down each column, over the pictures of the batch: that is the wrong axis. "
            "Each row is one picture, and has to sum to 1.",
        ),
        *_any_exponential(
            lambda exp, z, t: exp(z / t) / exp(z / t).sum(),
            "The shares of the whole batch sum to 1 together. Each picture is a question of its own: add up "
            "along its row only.",
        ),
        *_any_exponential(lambda exp, z, t: exp(z / t) / exp(z / t).sum(axis=1), _KEEP_AXIS),
        *_any_exponential(
            lambda exp, z, t: exp(z / t),
            "The exponentials are not divided by their sum, so the shares do not sum to 1.",
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
            "The shares are divided by the temperature, so they do not sum to 1. It belongs to the logits.",
        ),
        *_any_exponential(
            lambda exp, z, t: np.log(_shares(exp(z / t))),
            "These are the logarithms of the shares: the loss will take them. Return the shares themselves.",
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
            "A different number is subtracted in each column, and that changes the shares. Subtract one "
            "number per row, its largest.",
            lambda z, t: _shares(np.exp(z / t - (z / t).max(axis=0))),
        ),
        (_KEEP_AXIS, lambda z, t: _shares(np.exp(z / t - (z / t).max(axis=1)))),
        (
            "The logits themselves are divided by their sum: with negative ones that gives no shares. Take "
            "`np.exp` of them first.",
            lambda z, t: _shares(z / t),
        ),
        (
            "The largest logit gets all. Softmax leaves the others a share, and that is what can be learned "
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
    """Return the share that each picture's true class got."""
    return p[np.arange(len(labels)), labels]


def _one_hot(p: np.ndarray, labels: np.ndarray) -> np.ndarray:
    return (labels[:, None] == np.arange(p.shape[1])).astype(float)


def _loss(p: np.ndarray, labels: np.ndarray) -> np.ndarray:
    return -np.log(_of_truth(p, labels)).mean()


_MEAN = "The losses of the batch are added up. Take their mean, or a larger batch makes a larger loss."
_LOG = "That is another logarithm. `np.log` is the natural one, to the base e, and the one for a loss."
_NO_LOG = "The logarithm is missing. It is what makes a confident mistake dear."
_PAIRS = (
    "Each label is looked up in every row: `p[:, labels]` pairs all with all. Row 0 belongs to label 0, row "
    "1 to label 1: index with the rows as well."
)
_ALL = "All classes count, whatever the label. Only the share of the true class belongs in this loss."

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
    right="One number for the batch, the mean of −ln of the true class's share: 0.0619 for a boat with 0.94.",
    mistakes=(
        (_MEAN, lambda p, labels: -np.log(_of_truth(p, labels)).sum()),
        (
            "There is one loss per picture. The mean over the batch is missing: training needs one number.",
            lambda p, labels: -np.log(_of_truth(p, labels)),
        ),
        ("The minus is missing: the log of a share is negative.", lambda p, labels: -_loss(p, labels)),
        (f"The minus is missing. And: {_MEAN}", lambda p, labels: np.log(_of_truth(p, labels)).sum()),
        (_LOG, lambda p, labels: _loss(p, labels) / np.log(10)),
        (_LOG, lambda p, labels: _loss(p, labels) / np.log(2)),
        (_NO_LOG, lambda p, labels: 1 - _of_truth(p, labels).mean()),
        (_NO_LOG, lambda p, labels: _of_truth(p, labels).mean()),
        (_NO_LOG, lambda p, labels: -_of_truth(p, labels).mean()),
        (
            "You take the mean of the shares, then the logarithm. Each picture has a loss of its own: first "
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
            "Here one class is true, and its share alone counts.",
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


check_loss_gradient = function_check(
    "11-loss-gradient",
    makes="a learner's own gradient of the cross-entropy for the logits",
    takes="Takes probabilities ``(N, K)``, the softmax of the logits, and labels ``(N,)``; returns the "
    "slope of the mean loss for each logit, ``(N, K)``.",
    example="""
    >>> check_loss_gradient(lambda p, labels: (p - np.eye(p.shape[1])[labels]) / len(p)).verdict
    'right'
    """,
    call="loss_gradient(probabilities, labels)",
    errors=_LABEL_ERRORS,
    cases=_BATCHES,
    truth=_slope,
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

check_update = function_check(
    "11-update",
    makes="a learner's own step of gradient descent",
    takes="Takes a weight, its gradient of the same shape, and the learning rate; returns the new "
    "weight, and leaves the given one as it is.",
    example="""
    >>> check_update(lambda weight, gradient, learning_rate: weight - learning_rate * gradient).verdict
    'right'
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

check_relu_backward = function_check(
    "11-relu-backward",
    makes="a learner's own way back through ReLU",
    takes="Takes the gradient for the outputs and the inputs `x`, both of one shape; returns the "
    "gradient for `x`. At exactly 0 either answer passes.",
    example="""
    >>> check_relu_backward(lambda gradient, x: gradient * (x > 0)).verdict
    'right'
    """,
    call="relu_backward(gradient, x)",
    cases=(
        ("a row of four inputs", _G[:1], _X[:1]),
        ("two rows", _G, _X),
        ("feature maps, 1 × 2 × 2 × 2", _G[::-1].reshape(1, 2, 2, 2), _X.reshape(1, 2, 2, 2)),
    ),
    truth=lambda gradient, x: gradient * (x > 0),
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


@answer_check("11-model")
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
