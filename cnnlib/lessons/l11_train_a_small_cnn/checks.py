"""Lesson 11's checks: the parts of training, written by hand, and what training makes."""

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


# Weights and steps are eighths and the like: adding and taking away a step leaves no trace of rounding.
def _slopes(loss, weight, step):
    found = np.zeros(weight.shape)
    for index in np.ndindex(weight.shape):
        moved = np.zeros(weight.shape)
        moved[index] = step
        above, below = loss(weight + moved), loss(weight - moved)
        found[index] = (above - below) / (2 * step)
    return found


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
    errors=(
        ("only length-1 arrays", "`loss` returns one number for all weights together."),
        ("cannot reshape", "`loss` takes all weights at once, one of them moved: is it given a single one?"),
    ),
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
    right="Your slopes, found by trying, are those that `Dense.backward` finds by the chain rule.",
    truth=_slopes,
    edits="""
        (above - below) / (2 * step) -> (above - loss(weight)) / step
        (above - below) / (2 * step) -> (loss(weight) - below) / step
        above - below -> above - loss(weight)
        above - below -> loss(weight) - below
            You compare one side with the middle. The slope across the middle, from a step before to a step
            after, is far closer.
        / (2 * step) -> / step
            All slopes are twice too steep: from a step before to a step after, the way is two steps long.
        (above - below) / (2 * step) -> above - below
            That is how much the loss changes. A slope is change per way: divide by the distance between the
            two places.
        (above - below) / (2 * step) -> above - loss(weight)
            That is how much the loss changes. A slope is change per way: divide by it, and look to both
            sides.
        moved[index] = step -> moved[index] = step * weight[index]
            The step is a share of the weight in your function: it is the same for all.
        (2 * step) -> loss(weight)
            You divide by the loss. A slope is change per way: divide by the distance between the two places.
        above - below -> below - above
            The signs are turned: the loss after the step forward comes first, minus the one before.
        (above - below) / (2 * step) -> (loss(weight) - above) / step
            The signs are turned, and only one side is looked at: the loss after the step forward comes first.
        (above - below) / (2 * step) -> (above - 2 * loss(weight) + below) / step**2
            That is the second derivative: how the slope changes. The slope is asked for.
        moved[index] = step -> moved[...] = step
        moved[index] = step -> moved[...] = step ;; return found -> return found.flat[0]
            All weights are moved at once. Each has a slope of its own: move one, and leave the others alone.
        moved[index] = step -> moved[index[0] if weight.ndim > 1 else index] = step
            A whole row of weights moves at once. Each has to move alone, whatever the shape.
        weight + moved -> np.trunc(np.trunc(weight) + moved)
        ;; weight - moved -> np.trunc(np.trunc(weight) - moved)
            The steps are cut off: the weights are stored as integers, and a step of a fraction moves none.
            Work on a copy in floats.
        / (2 * step) -> / 2 * step
            You multiply by the step where you should divide: `/ 2 * h` divides by 2 only. Put 2 · step in
            parentheses.
        / (2 * step) -> / 2
            You divide by 2, and not by the step: a slope is change per way, and the way is 2 · step.
        / (2 * step) -> / step**2
        / (2 * step) -> / (2 * step**2)
            The step is squared: the way is 2 · step.
        return found -> return weight - step * found
            You subtract a part of the slope already: that is a step downhill. The gradient alone is asked
            for.
        return found -> return found / np.linalg.norm(found)
            The gradient is brought to the length 1. Leave it as it is.
        return found -> return np.gradient(weight) if weight.ndim == 1 else np.gradient(weight)[0]
        return found -> return np.gradient(weight) if weight.ndim == 1 else np.gradient(weight)[1]
            `np.gradient` compares neighbouring weights. Asked for is how the loss changes as one weight
            moves.
        loss(weight - moved) -> loss(weight := weight - moved)
            A weight that was moved is not put back before the next one is tried: from then on the slopes are
            those of another place.
    """,
    mistakes=(
        *(
            (
                "A tiny step of your own is used in place of `step`: differences so small drown in the "
                "rounding of floats.",
                lambda loss, weight, step, tiny=tiny: _slopes(loss, weight, tiny),
            )
            for tiny in (1e-10, 1e-11, 1e-12, 1e-13, 1e-14, 1e-15, 1e-16)
        ),
    ),
)


_LOGITS = np.array([[2.0, 0.5, -1.0, 0.0], [1.0, 3.0, 0.5, -2.0], [0.0, 0.25, 4.0, 1.5]])


def _shares_of(logits, temperature):
    scaled = logits / temperature
    powers = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    total = powers.sum(axis=1, keepdims=True)
    return powers / total


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
    right="Each picture's probabilities sum to 1, whatever the batch, the temperature and the logits' size.",
    truth=_shares_of,
    edits="""
        powers.sum(axis=1, keepdims=True) -> powers.sum(axis=0)
        powers.sum(axis=1, keepdims=True) -> powers.sum(axis=0)
        ;; scaled.max(axis=1, keepdims=True) -> scaled.max(axis=0)
        powers.sum(axis=1, keepdims=True) -> powers.sum(axis=0)
        ;; scaled.max(axis=1, keepdims=True) -> scaled.max()
        powers.sum(axis=1, keepdims=True) -> powers.sum(axis=0) ;; scaled.max(axis=1, keepdims=True) -> 0
            The probabilities sum to 1 down each column, over the pictures of the batch: that is the wrong
            axis. Each row is one picture, and has to sum to 1.
        powers.sum(axis=1, keepdims=True) -> powers.sum()
        powers.sum(axis=1, keepdims=True) -> powers.sum() ;; scaled.max(axis=1, keepdims=True) -> scaled.max()
        powers.sum(axis=1, keepdims=True) -> powers.sum() ;; scaled.max(axis=1, keepdims=True) -> 0
            The probabilities of the whole batch sum to 1 together. Each picture is a question of its own: add
            up along its row only.
        powers.sum(axis=1, keepdims=True) -> powers.sum(axis=1)
        powers.sum(axis=1, keepdims=True) -> powers.sum(axis=1)
        ;; scaled.max(axis=1, keepdims=True) -> scaled.max()
        powers.sum(axis=1, keepdims=True) -> powers.sum(axis=1)
        ;; scaled.max(axis=1, keepdims=True) -> scaled.max(axis=1)
        powers.sum(axis=1, keepdims=True) -> powers.sum(axis=1) ;; scaled.max(axis=1, keepdims=True) -> 0
        scaled.max(axis=1, keepdims=True) -> scaled.max(axis=1)
            The sums of the rows, or their maxima, are laid along the columns: NumPy puts a row beside a row.
            Keep the axis that you add up. It has to stay, with length 1.
        powers / total -> powers
            The exponentials are not divided by their sum, so the probabilities do not sum to 1.
        logits / temperature -> logits * temperature
            The logits are multiplied by the temperature, so a hot softmax gets surer instead of less sure.
        logits / temperature -> logits
            The temperature changes nothing. It belongs to the logits, before `exp`; after it, it cancels.
        logits / temperature -> logits ;; powers / total -> (powers / total) ** temperature
        logits / temperature -> logits ;; powers / total -> (powers / total) ** (1 / temperature)
            The temperature is an exponent of the finished probabilities: they no longer sum to 1. It belongs
            to the logits.
        logits / temperature -> logits ;; powers / total -> powers / total / temperature
            The probabilities are divided by the temperature, so they do not sum to 1. It belongs to the
            logits.
        return powers / total -> return np.log(powers / total)
            These are the logarithms of the probabilities: the loss will take them. Return the probabilities
            themselves.
        scaled.max(axis=1, keepdims=True) -> 0
            `np.exp(1000)` is more than a float can hold, and inf / inf is nan. Subtract each row's largest
            logit first: the quotient stays the same.
        np.exp(scaled - scaled.max(axis=1, keepdims=True))
        -> (np.exp(scaled) - np.exp(scaled).max(axis=1, keepdims=True))
        np.exp(scaled - scaled.max(axis=1, keepdims=True))
        -> (np.exp(scaled) - scaled.max(axis=1, keepdims=True))
            The largest is subtracted from the powers. Subtract it from the logits, before `exp`: there it
            changes nothing but their size.
        scaled.max(axis=1, keepdims=True) -> scaled.max()
            The largest logit of the whole batch is subtracted, so a picture with small logits is left with 0
            / 0, which is nan. Subtract each row's own.
        scaled.max(axis=1, keepdims=True) -> scaled.max(axis=0)
            A different number is subtracted in each column, and that changes the probabilities. Subtract one
            number per row, its largest.
        scaled.max(axis=1, keepdims=True) -> scaled.min(axis=1, keepdims=True)
            The smallest logit of the row is subtracted. Large logits overflow, or small ones vanish: subtract
            each row's own largest.
        scaled.max(axis=1, keepdims=True) -> scaled.mean(axis=1, keepdims=True)
        scaled.max(axis=1, keepdims=True) -> np.median(scaled, axis=1, keepdims=True)
            The mean of the row, or its median, is subtracted. Large logits overflow, or small ones vanish:
            subtract each row's own largest.
        scaled.max(axis=1, keepdims=True) -> scaled[:, :1]
        scaled.max(axis=1, keepdims=True) -> scaled[:, -1:]
            The first logit of the row, or its last, is subtracted. Large logits overflow, or small ones
            vanish: subtract each row's own largest.
        scaled.max(axis=1, keepdims=True) -> np.maximum(scaled.max(axis=1, keepdims=True), 0)
            Of negative logits nothing is subtracted: the search for the largest begins at 0. Subtract each
            row's own largest.
        scaled.max(axis=1, keepdims=True) -> np.abs(scaled).max(axis=1, keepdims=True)
            The largest magnitude of the row is subtracted. Small logits vanish: subtract the largest as it
            is.
        scaled.max(axis=1, keepdims=True) -> scaled.mean()
        scaled.max(axis=1, keepdims=True) -> scaled.min()
        scaled.max(axis=1, keepdims=True) -> scaled.sum(axis=1, keepdims=True)
            Another number than the row's largest logit is subtracted: large logits overflow, or small ones
            vanish.
        powers / total -> 1 / (1 + np.exp(-scaled))
            Each logit by itself goes through a sigmoid: that is for yes/no questions, and the probabilities
            do not sum to 1.
        powers / total -> 1 / (1 + np.exp(-logits))
            Each logit by itself goes through a sigmoid, without the temperature: the probabilities do not sum
            to 1.
        powers / total -> np.square(scaled) / np.square(scaled).sum(axis=1, keepdims=True)
            The logits are squared. Softmax takes exponentials: the more negative a logit, the less it gets.
        scaled - scaled.max(axis=1, keepdims=True) -> scaled / scaled.max(axis=1, keepdims=True)
        scaled - scaled.max(axis=1, keepdims=True) -> scaled / logits.max(axis=1, keepdims=True)
            The logits are divided by the row's largest. It is to be subtracted.
        powers / total -> np.exp(logits - logits.max(axis=1, keepdims=True)) / total
        total = powers -> total = np.exp(logits - logits.max(axis=1, keepdims=True))
            The temperature comes in on one side of the fraction bar only. It belongs to every logit.
        powers / total -> (logits.T - logits.min(axis=1)).T / np.ptp(logits, axis=1, keepdims=True)
            The logits are stretched to 0 to 1. Softmax takes exponentials, divided by their sum.
        powers / total -> scaled / scaled.sum(axis=1, keepdims=True)
            The logits themselves are divided by their sum: with negative ones that gives no probabilities.
            Take `np.exp` of them first.
        powers / total -> (logits == logits.max(axis=1, keepdims=True)) * 1.0
            The largest logit gets all. Softmax leaves the others a probability, and that is what can be
            learned from.
        return powers / total -> return 1 - powers / total
            That is what the other classes get: the probabilities are taken from 1.
        return powers / total -> return powers.argmax(axis=1)
            That is which class gets most. The probabilities are asked for.
    """,
    mistakes=(
        *(
            (
                "The logits are clipped: all beyond come out as equal. Subtract each row's largest logit "
                "instead.",
                lambda logits, temperature, low=low, end=end: _shares_of(
                    np.clip(logits / temperature, low, end), 1
                ),
            )
            for end in (10, 20, 30, 40, 50, 60, 80, 88, 100, 200, 300, 500, 700, 709)
            for low in (-end, -np.inf)
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
    ("two pictures and three classes", np.array([[0.2, 0.5, 0.3], [0.6, 0.3, 0.1]]), np.array([1, 2])),
)
_LABEL_ERRORS = (
    ("out of bounds", "A label is a column: is it taken for a row, or does it count from 1?"),
    ("truth value", "Whole arrays cannot stand in an `if`."),
)


def _one_hot(p: np.ndarray, labels: np.ndarray) -> np.ndarray:
    return (labels[:, None] == np.arange(p.shape[1])).astype(float)


def _cross_entropy(probabilities, labels):
    rows = np.arange(len(labels))
    shares = probabilities[rows, labels]
    return -np.log(shares).sum() / len(shares)


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
    right="One number for the batch, the mean of −ln of the true class's probability: 0.0619 for 0.94.",
    truth=_cross_entropy,
    edits="""
        -np.log(shares).sum() / len(shares) -> -np.log(shares).sum()
            The losses of the batch are added up. Take their mean, or a larger batch makes a larger loss.
        -np.log(shares).sum() / len(shares) -> -np.log(shares)
            There is one loss per picture. The mean over the batch is missing: training needs one number.
        -np.log(shares).sum() / len(shares) -> np.log(shares).mean()
            The minus is missing: the log of a probability is negative.
        -np.log(shares).sum() / len(shares) -> np.log(shares).sum()
            The minus is missing. And: The losses of the batch are added up. Take their mean, or a larger
            batch makes a larger loss.
        np.log -> np.log10
        np.log -> np.log2
            That is another logarithm. `np.log` is the natural one, to the base e, and the one for a loss.
        np.log -> np.log1p
            The logarithm of 1 + probability is taken. `np.log` of the probability itself is meant.
        -np.log(shares).sum() / len(shares) -> ((1 - shares) ** 2).mean()
            That is a squared error: the logarithm is missing. It is what makes a confident mistake dear.
        -np.log(shares).sum() / len(shares) -> 1 - shares.mean()
        -np.log(shares).sum() / len(shares) -> shares.mean()
        -np.log(shares).sum() / len(shares) -> -shares.mean()
            The logarithm is missing. It is what makes a confident mistake dear.
        -np.log(shares).sum() / len(shares) -> -np.log(shares.mean())
            You take the mean of the probabilities, then the logarithm. Each picture has a loss of its own:
            first the logarithm, then the mean.
        probabilities[rows, labels] -> probabilities[:, labels] ;; .sum() / len(shares) -> .mean()
        probabilities[rows, labels] -> probabilities[:, labels] ;; .sum() / len(shares) -> .sum()
        probabilities[rows, labels] -> probabilities[:, labels]
            Each label is looked up in every row: `p[:, labels]` pairs all with all. Row 0 belongs to label 0,
            row 1 to label 1: index with the rows as well.
        probabilities[rows, labels] -> probabilities ;; .sum() / len(shares) -> .mean()
        probabilities[rows, labels] -> probabilities ;; .sum() / len(shares) -> .sum()
        probabilities[rows, labels] -> probabilities
        np.log(shares).sum() -> (probabilities * np.log(probabilities)).sum()
            All classes count, whatever the label. Only the probability of the true class belongs in this
            loss.
        / len(shares) -> / probabilities.size
            You divide by the number of classes too, as a mean over the whole one-hot array does. There is one
            loss per picture: divide by the pictures.
        np.log(shares) -> shares * np.log(shares)
            Each logarithm is weighed by the probability: that is an entropy.
        probabilities[rows, labels] -> probabilities.max(axis=1)
            This is the class that the network believes in, right or wrong. The label says which counts.
        probabilities[rows, labels] -> probabilities[np.arange(len(labels)), labels - 1]
            The column before the true class is taken: labels count from 0, as columns do.
        probabilities[rows, labels] -> probabilities[rows, (labels + 1) % probabilities.shape[1]]
            The column after the true class is taken: labels count from 0, as columns do.
        probabilities[rows, labels] -> probabilities[:, 0]
        probabilities[rows, labels] -> probabilities[:, 1]
        probabilities[rows, labels] -> probabilities[:, -1]
            Always the same column is taken. The label of each picture says which one.
        probabilities[rows, labels] -> probabilities[labels % len(rows), rows % probabilities.shape[1]]
            Row and column have changed places: `[picture, label]`, the picture's row first.
        np.log(shares) -> np.log(1 - shares)
            That is the log of what the other classes got: the loss grows as the network gets better.
        np.log(shares) -> np.log(shares) * (probabilities.argmax(axis=1) != labels)
            Right answers cost nothing in your function. The loss asks how sure they are.
        np.log(shares) -> np.log(shares) * (probabilities.argmax(axis=1) == labels)
            Wrong answers cost nothing in your function: they should cost most.
        -np.log(shares).sum() / len(shares) -> (probabilities.argmax(axis=1) == labels).mean()
            That is the accuracy: the share of right answers. The loss asks how sure they are.
        -np.log(shares).sum() / len(shares) -> -np.log(shares)[0]
        -np.log(shares).sum() / len(shares) -> -np.log(shares)[-1]
            A single picture counts, the first or the last: is there a `return` in the loop?
        np.log(shares) -> np.log(np.maximum(shares, _))
            Probabilities below {} are lifted to it: far too early.
        np.log(shares) -> np.log(np.minimum(shares, _))
            Probabilities above {} are cut off.
        np.log(shares).sum() -> ((1 - _) * np.log(shares) + _ * np.log(probabilities).mean(axis=1)).sum()
            That is label smoothing: the other classes have a share of {} in the loss.
        np.log(shares) -> np.log(shares + _)
            {} is added to the probabilities: much too much.
    """,
    mistakes=(
        (
            "Softmax is applied twice: these are probabilities already.",
            lambda probabilities, labels: _cross_entropy(softmax(probabilities, axis=1), labels),
        ),
        (
            "The other classes count as well, with 1 − p: that is the loss for several yes/no questions. "
            "Here one class is true, and its probability alone counts.",
            lambda probabilities, labels: (
                -np.log(np.abs(1 - _one_hot(probabilities, labels) - probabilities)).sum()
                / len(probabilities)
            ),
        ),
        (
            "That is the squared error. Cross-entropy is the mean of −ln of what the true class got.",
            lambda probabilities, labels: ((probabilities - _one_hot(probabilities, labels)) ** 2).mean(),
        ),
    ),
)


# ---- where the way back begins


def _loss_slope(probabilities, labels):
    truth = np.eye(probabilities.shape[1])[labels]
    return (probabilities - truth) / len(labels)


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
    right="Probabilities minus truth, over N: every row sums to 0, what one class gains the others lose.",
    truth=_loss_slope,
    edits="""
        / len(labels) -> / 1
            The division by the number of pictures is missing: the loss is a mean over the batch, so each
            picture has 1/N of the say. Without it a larger batch takes longer steps.
        probabilities - truth -> truth - probabilities
            The sign is the wrong way round: this is truth minus probabilities, the way to go. The gradient
            points uphill; the minus comes with the update.
        (probabilities - truth) / len(labels) -> truth - probabilities
            The sign is the wrong way round: probabilities minus truth points uphill. And the division by the
            number of pictures is missing.
        / len(labels) -> / probabilities.size
            You divide by all numbers of the array. The loss is a mean over pictures, not over classes.
        / len(labels) -> / probabilities.shape[1]
            You divide by the number of classes. The loss is a mean over the pictures.
        probabilities - truth -> probabilities
        (probabilities - truth) / len(labels) -> probabilities
            The truth is not subtracted: the labels do not come in yet.
        np.eye(probabilities.shape[1])[labels] -> np.isin(np.arange(probabilities.shape[1]), labels) * 1.0
            1 is subtracted in whole columns: `[:, labels]` means those columns in every row. Row 0 belongs to
            label 0, row 1 to label 1: index with the rows as well.
        probabilities - truth -> (probabilities - truth) * truth
            Only the true class has a gradient here. The others have one too: pushing them down helps.
        probabilities - truth -> probabilities * (1 - truth)
            The true class has no gradient here. It has one, too.
        probabilities - truth -> -truth / probabilities
            That is the slope for the probabilities, −1/p. Go one step further back, through softmax: the
            slope for the logits is asked for.
        (probabilities - truth) / len(labels) -> -truth / probabilities
            That is the slope for the probabilities, −1/p, and without the mean over the batch. Go one step
            further back, through softmax, to the logits.
        probabilities - truth -> (probabilities - truth) * probabilities * (1 - probabilities)
            Softmax's slope comes in twice: probabilities minus truth has it in already.
        probabilities - truth -> (probabilities - truth) * probabilities
            The slope is multiplied by the probabilities: softmax's slope is in already.
        probabilities - truth -> probabilities * (1 - probabilities)
        (probabilities - truth) / len(labels) -> probabilities * (1 - probabilities)
            That is softmax's own slope, p (1 − p): the truth does not come in.
        probabilities - truth -> probabilities * (1 - probabilities) - truth
            p (1 − p) stands in place of the probabilities: softmax's slope is in already.
        (probabilities - truth) / len(labels) -> (probabilities - truth).sum(axis=0) / len(labels)
            The pictures are added up. Each logit of each picture needs a slope of its own: keep the shape.
        [labels] -> [probabilities.argmax(axis=1)]
            You compare with the class that the network believes in, so it learns to believe what it believes.
            The label says which one is true.
        [labels] -> [labels - 1]
        [labels] -> [(labels + 1) % probabilities.shape[1]]
            The column beside the true class is taken: labels count from 0, as columns do.
        np.eye(probabilities.shape[1])[labels] -> labels[:, None]
            The label's number is subtracted. Subtract 1 in the column of the true class.
        np.eye(probabilities.shape[1])[labels] -> 1
            1 is subtracted everywhere. Only the true class of each picture gets it.
        (probabilities - truth) / len(labels) -> probabilities / len(labels) - truth
            Only the probabilities are divided by the number of pictures: parentheses are missing.
        (probabilities - truth) / len(labels) -> probabilities - truth / len(labels)
            Only the truth is divided by the number of pictures: parentheses are missing.
        (probabilities - truth) / len(labels) -> 2 * (probabilities - truth) / len(labels)
            Everything is twice too steep: the 2 belongs to a squared error.
    """,
    mistakes=(
        (
            "Softmax is applied again: these are probabilities already.",
            lambda probabilities, labels: _loss_slope(softmax(probabilities, axis=1), labels),
        ),
    ),
)


def _updated(weight, gradient, learning_rate):
    return weight - learning_rate * gradient


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
    right="Against the gradient, by the learning rate's share of it; the weights given stay as they were.",
    truth=_updated,
    edits="""
        weight - -> weight +
            The sign of the update is the wrong way round: the gradient points uphill, so this step makes the
            loss larger.
        learning_rate * gradient -> learning_rate**2 * gradient
            The learning rate is applied twice: its square is in the step. Once is enough.
        learning_rate * gradient -> gradient
            The learning rate does not come in: the whole gradient is subtracted, far too long a step.
        learning_rate * gradient -> gradient / learning_rate
            You divide by the learning rate: the smaller it is, the longer the step. Multiply.
        weight - learning_rate * gradient -> -learning_rate * gradient
            That is the step alone. It has to be added to the weight.
        weight - learning_rate * gradient -> learning_rate * gradient
            That is the length of the step alone. It has to be subtracted from the weight.
        weight - learning_rate * gradient -> learning_rate * gradient - weight
            The two sides of the minus have changed places: the weight comes first.
        * gradient -> * gradient * weight
            The step is multiplied by the weight: a weight of 0 could never move.
        * gradient -> * gradient / gradient.size
        * gradient -> * gradient / len(gradient)
            The step is divided by the number of weights. The gradient is a mean over the batch already;
            nothing more is to be divided.
        * gradient -> * np.sign(gradient)
            Only the sign of the gradient counts here: steep or flat, each step is equally long.
        * gradient -> * np.abs(gradient)
            The gradient's sign is dropped, so every weight sinks. Half of them should rise.
        * gradient -> * weight
            The weight shrinks by its own share: the gradient does not come in.
        weight - learning_rate * gradient -> weight + 0
            The weight comes back as it was: nothing is learned.
        * gradient -> * (gradient + weight)
            The weight is in the step, too: that is weight decay, and not asked for here.
        weight - learning_rate * gradient -> (weight - learning_rate) * gradient
            The learning rate alone is subtracted from the weight: the multiplication comes first.
        * gradient -> * gradient.mean()
        * gradient -> * gradient.sum()
        * gradient -> * gradient.max()
            One number for the whole gradient moves every weight alike. Each has a slope of its own.
        * gradient -> * gradient / np.linalg.norm(gradient)
            The gradient is brought to the length 1. It comes in as it is.
        * gradient -> * gradient / np.abs(gradient).max()
            The gradient is divided by its largest slope. It comes in as it is.
        * gradient -> * np.maximum(gradient, 0)
            Negative slopes count as 0: half of the weights should rise.
        learning_rate * gradient -> (1 - learning_rate) * gradient
            1 − learning rate is in the step. It is the learning rate itself.
        * gradient -> * np.clip(gradient, -_, _)
            The gradient is clipped to ± {}. It comes in as it is.
        * gradient -> * (gradient + _ * weight)
            {} times the weight is in the step, too: weight decay, not asked for.
    """,
)

# No x is 0 here: at the corner of ReLU both answers are right.
_X = np.array([[1.5, -2.0, 0.5, -0.25], [-3.0, 4.0, -1.0, 2.0]])
_G = np.array([[0.5, 3.0, -2.0, -1.0], [-0.5, 0.25, 4.0, -1.5]])


def _relu_back(gradient, x):
    return np.where(x > 0, gradient, 0)


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
    right="Where the input was positive, the gradient passes whole, whatever its sign; elsewhere it stops.",
    truth=_relu_back,
    edits="""
        np.where(x > 0, gradient, 0) -> gradient + 0
            The gradient passes at negative inputs too. There ReLU is flat: moving the input a little changes
            nothing, so nothing goes back.
        x > 0 -> gradient > 0
            You look at the sign of the gradient. What counts is the input: was it cut off on the way forward?
            A gradient may well be negative.
        x > 0 -> (x > 0) & (gradient > 0)
            Negative gradients are cut off as well. Where the input was positive, every gradient passes: a
            negative one says that the output should grow.
        x > 0 -> (x > 0) | (gradient > 0)
            The gradient passes where it is positive itself, too. What counts is the input.
        np.where(x > 0, gradient, 0) -> gradient * np.maximum(x, 0)
            The gradient is multiplied by the output. Multiply by ReLU's slope, and that is 1 wherever the
            input is positive, not its size.
        np.where(x > 0, gradient, 0) -> gradient * x
        np.where(x > 0, gradient, 0) -> gradient * np.trunc(x)
            The gradient is multiplied by the input. What is needed is ReLU's slope: 1 or 0.
        np.where(x > 0, gradient, 0) -> (x > 0) * 1.0
            That is ReLU's slope. The chain rule is still missing: times the gradient that arrives.
        np.where(x > 0, gradient, 0) -> np.maximum(x, 0)
            That is the way forward, ReLU itself. Backward, it is the gradient that passes or stops.
        np.where(x > 0, gradient, 0) -> np.where(x > 0, x, gradient)
            At positive inputs the input itself comes back, and at negative ones the gradient. It has to pass
            at the positive ones; at the others ReLU is flat: 0.
        x > 0 -> x < 0
            It is the wrong way round: the gradient stops at positive inputs and passes at negative ones.
        np.where(x > 0, gradient, 0) -> gradient * np.sign(x)
            At negative inputs the gradient comes back with its sign turned: that is the slope of the absolute
            value. ReLU is flat there.
        np.where(x > 0, gradient, 0) -> x * (gradient > 0)
            Input and gradient have changed places: the gradient is the first argument.
        np.where(x > 0, gradient, 0) -> -gradient * (x > 0)
            The sign is turned. That minus belongs to the update, not to a layer.
        x > 0 -> x > 1
            You ask whether the input is above 1. The corner of ReLU is at 0.
        x > 0 -> x >= gradient
            You compare the input with the gradient. The corner of ReLU is at 0.
        x > 0 -> x * gradient > 0
            You look at the sign of gradient times input. What counts is the input.
        np.where(x > 0, gradient, 0) -> gradient[x > 0]
            Only what passes is left. Keep the shape: 0 where the gradient stops.
        np.where(x > 0, gradient, 0) -> np.where(x > 0, gradient, 0) / len(x)
        np.where(x > 0, gradient, 0) -> np.where(x > 0, gradient, 0) / x.size
            The gradient is divided by how many numbers, or pictures, there are. The loss did that already.
        gradient, 0 -> gradient, x
            At negative inputs the input itself comes back. ReLU is flat there: 0.
        gradient, 0 -> gradient, _ * gradient
            At negative inputs {} times the gradient passes: that is a leaky ReLU's.
        gradient, 0 -> gradient, _
            At negative inputs {} comes back. ReLU is flat there: 0.
        x > 0 -> x > 1
            You ask whether the input is above 1. The corner of ReLU is at 0.
    """,
)


def _gradient_for(*shape: int) -> np.ndarray:
    rows = np.arange(np.prod(shape), dtype=float).reshape(shape[0], -1)
    return rows**2 % 19 - 7


def _inputs(*shape: int) -> np.ndarray:
    return (np.arange(np.prod(shape)) * 7 % 11 - 5.0).reshape(shape)


def _unflattened(gradient, x):
    return gradient.reshape(x.shape)


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
    right="Flatten moves numbers and changes none: its gradient is put back into maps, and that is all.",
    truth=_unflattened,
    edits="""
        gradient.reshape(x.shape) -> gradient + 0
            The gradient is still flat, one row per picture. The layer before made maps (N, C, H, W), and
            wants its gradient in that shape.
        gradient.reshape(x.shape) -> gradient.ravel()
            The gradient became one long row, even the pictures are mixed. It needs the shape of the input.
        gradient.reshape(x.shape) -> x.reshape(len(x), -1)
            That is the way forward: the input, flattened. On the way back the gradient is put into maps.
        gradient.reshape(x.shape) -> gradient.reshape(x.shape[1:])
            The batch is forgotten: the maps of one picture are three axes, and in front of them stands one
            for the pictures.
        gradient.reshape(x.shape) -> gradient.reshape(x.transpose(0, 2, 3, 1).shape).transpose(0, 3, 1, 2)
        gradient.reshape(x.shape) -> gradient.reshape(x.transpose(0, 1, 3, 2).shape).transpose(0, 1, 3, 2)
        gradient.reshape(x.shape) -> gradient.reshape(x.transpose(1, 2, 3, 0).shape).transpose(3, 0, 1, 2)
        gradient.reshape(x.shape) -> gradient.reshape(x.shape, order="F")
        gradient.reshape(x.shape) -> gradient.T.reshape(x.shape)
            The shape is right, but the numbers are in the wrong places. Flatten wrote channel by channel,
            each row by row; read in the same order.
        gradient.reshape(x.shape) -> gradient.reshape(x.shape) + x
            The gradient is added to the input. The gradient alone goes back.
        gradient.reshape(x.shape) -> x - gradient.reshape(x.shape)
            The gradient is subtracted from the input, as in a step downhill. The gradient alone goes back.
        gradient.reshape(x.shape) -> gradient[::-1].reshape(x.shape)
            The pictures are in reverse order.
        gradient.reshape(x.shape) -> x + 0
            That is the input itself. Its shape is needed, but the numbers are the gradient's.
        gradient.reshape(x.shape) -> gradient.reshape(x.shape) * x
            The gradient is multiplied by the input. Flatten only moves numbers, so its slope is 1.
        gradient.reshape(x.shape) -> gradient.reshape(x.shape) * (x > 0)
            The gradient stops at negative inputs: that is ReLU's. Flatten lets everything through.
        gradient.reshape(x.shape) -> gradient.mean(axis=0).reshape(x.shape[1:])
            The batch is averaged away. Each picture has a gradient of its own.
        gradient.reshape(x.shape) -> gradient.reshape(len(x), -1, *x.shape[3:])
            Channels and rows are still in one axis. The input has four: N, C, H, W.
    """,
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


def _reported(train, validation, test):
    return test[validation.argmax()]


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
    right="The validation part chooses, the test part is looked at once, for the setting that was chosen.",
    truth=_reported,
    edits="""
        test[validation.argmax()] -> test.max()
            You chose with the test part: the best of many tries there is luck as well as skill, so the number
            is too good. Something else has to choose.
        test[validation.argmax()] -> validation.max()
            The choice is right, but you report the number that it was made with, and that one is the best of
            many tries. Which pictures have had no say so far?
        test[validation.argmax()] -> validation[test.argmax()]
            The two parts have changed places: the test part must not choose.
        test[validation.argmax()] -> train.max()
        test[validation.argmax()] -> train[validation.argmax()]
            That is the accuracy on what was trained on: it tells how well the network remembers.
        test[validation.argmax()] -> test[train.argmax()]
            The training part chose: it prefers whatever remembers best. Choose with pictures that were not
            trained on.
        test[validation.argmax()] -> validation[train.argmax()]
            The training part chose, and what you report is no test: neither may be.
        test[validation.argmax()] -> train
        test[validation.argmax()] -> validation
        test[validation.argmax()] -> test
            That is a whole list of accuracies. One of them is to be published, that of the setting chosen.
        test[validation.argmax()] -> validation.argmax()
            That is which setting was chosen. Report how well it does.
        test[validation.argmax()] -> test[validation.argmin()]
            The worst setting is chosen: these are accuracies, not losses.
        test[validation.argmax()] -> test[np.argmin(train - validation)]
        test[validation.argmax()] -> test[np.argmin(np.abs(train - validation))]
            The setting with the smallest gap between training and validation is chosen: one that is bad at
            both has a small gap, too. Choose the best on the validation part.
        test[validation.argmax()] -> test[np.argmin(np.abs(validation - test))]
            The setting whose test and validation accuracies are nearest is chosen: then the test part has a
            say.
        test[validation.argmax()] -> test[(validation + test).argmax()]
            The test part has a say in the choice, together with the validation part.
        test[validation.argmax()] -> test[(train + validation).argmax()]
            The training part has a say in the choice, together with the validation part.
        test[validation.argmax()] -> (train + validation + test)[validation.argmax()] / 3
        test[validation.argmax()] -> (validation + test)[validation.argmax()] / 2
            You average over parts. Only what had no say in the choice is a fair test.
        test[validation.argmax()] -> (test[validation.argmax()] + test[train.argmax()]) / 2
            You average the tests of two settings. The validation part chose one: report that one's.
        test[validation.argmax()] -> np.sort(test)[validation.argmax()]
            The tests are sorted before the choice: then they no longer belong to their settings.
        test[validation.argmax()] -> 1 - test[validation.argmax()]
            That is the error, 1 less the accuracy. Report the accuracy.
        test[validation.argmax()] -> test[np.argsort(validation)[-2]]
            The second best setting is chosen. The validation part's best one is meant.
        test[validation.argmax()] -> (train - test)[validation.argmax()]
        test[validation.argmax()] -> (validation - test)[validation.argmax()]
            You report the gap between two parts. One accuracy is asked for.
        test[validation.argmax()] -> test[0]
        test[validation.argmax()] -> test[-1]
            The same setting is always taken, the first or the last, whatever it is worth.
        test[validation.argmax()] -> test.min()
        test[validation.argmax()] -> test.mean()
        test[validation.argmax()] -> np.median(test)
        test[validation.argmax()] -> np.sort(test)[-2:].mean()
        test[validation.argmax()] -> validation.mean()
        test[validation.argmax()] -> validation.min()
            That is a number of all settings together: it tells nothing of the one that you chose.
    """,
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
    >>> print(check_losses([1.4] * 60))
    Not yet: The loss is the same at each step: no weight moves. Is `step()` called, or is all frozen?
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
