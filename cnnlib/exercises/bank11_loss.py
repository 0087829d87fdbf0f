"""Lesson 11's bank of losses and their gradients: each known mistake with the sentence that names it."""

import numpy as np

from cnnlib.activations import softmax
from cnnlib.exercises.task import Case, Mistake, Task

_BOAT = np.array([[0.94, 0.03, 0.02, 0.01]])
_THREE = np.array([[0.7, 0.1, 0.15, 0.05], [0.2, 0.3, 0.4, 0.1], [0.05, 0.8, 0.05, 0.1]])
_FOUR = np.array([[0.1, 0.2, 0.6, 0.1], [0.25, 0.3, 0.2, 0.25], [0.5, 0.05, 0.05, 0.4], [0.6, 0.2, 0.1, 0.1]])
_BATCHES = (
    Case("one picture: boat 0.94, and it is a boat", (_BOAT, np.array([0]))),
    Case("three pictures and four classes", (_THREE, np.array([0, 2, 3]))),
    Case("four pictures and four classes", (_FOUR, np.array([2, 1, 0, 1]))),
    Case("two pictures and three classes", (np.array([[0.2, 0.5, 0.3], [0.6, 0.1, 0.3]]), np.array([1, 2]))),
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

CROSS_ENTROPY = Task(
    call="cross_entropy(probabilities, labels)",
    errors=_LABEL_ERRORS,
    cases=_BATCHES,
    truth=_loss,
    right="One number for the batch, the mean of −ln of the true class's share: 0.0619 for a boat with 0.94.",
    mistakes=(
        Mistake(lambda p, labels: -np.log(_of_truth(p, labels)).sum(), _MEAN),
        Mistake(
            lambda p, labels: -np.log(_of_truth(p, labels)),
            "There is one loss per picture. The mean over the batch is missing: training needs one number.",
        ),
        Mistake(lambda p, labels: -_loss(p, labels), "The minus is missing: the log of a share is negative."),
        Mistake(lambda p, labels: np.log(_of_truth(p, labels)).sum(), f"The minus is missing. And: {_MEAN}"),
        Mistake(lambda p, labels: _loss(p, labels) / np.log(10), _LOG),
        Mistake(lambda p, labels: _loss(p, labels) / np.log(2), _LOG),
        Mistake(lambda p, labels: 1 - _of_truth(p, labels).mean(), _NO_LOG),
        Mistake(lambda p, labels: _of_truth(p, labels).mean(), _NO_LOG),
        Mistake(lambda p, labels: -_of_truth(p, labels).mean(), _NO_LOG),
        Mistake(
            lambda p, labels: -np.log(_of_truth(p, labels).mean()),
            "You take the mean of the shares, then the logarithm. Each picture has a loss of its own: first "
            "the logarithm, then the mean.",
        ),
        Mistake(lambda p, labels: -np.log(p[:, labels]).mean(), _PAIRS),
        Mistake(lambda p, labels: -np.log(p[:, labels]).sum(), _PAIRS),
        Mistake(lambda p, labels: -np.log(p[:, labels]).sum() / len(p), _PAIRS),
        Mistake(lambda p, labels: -np.log(p).mean(), _ALL),
        Mistake(lambda p, labels: -np.log(p).sum(), _ALL),
        Mistake(lambda p, labels: -np.log(p).sum() / len(p), _ALL),
        Mistake(lambda p, labels: -(p * np.log(p)).sum() / len(p), _ALL),
        Mistake(
            lambda p, labels: _loss(p, labels) / p.shape[1],
            "You divide by the number of classes too, as a mean over the whole one-hot array does. There is "
            "one loss per picture: divide by the pictures.",
        ),
        Mistake(
            lambda p, labels: -np.log(p.max(axis=1)).mean(),
            "This is the class that the network believes in, right or wrong. The label says which counts.",
        ),
        Mistake(
            lambda p, labels: _loss(p, labels - 1),
            "The column before the true class is taken: labels count from 0, as columns do.",
        ),
        Mistake(
            lambda p, labels: -np.log(p[:, 0]).mean(),
            "Always the first column is taken. The label of each picture says which one.",
        ),
        Mistake(
            lambda p, labels: -np.log(1 - _of_truth(p, labels)).mean(),
            "That is the log of what the other classes got: the loss grows as the network gets better.",
        ),
        Mistake(
            lambda p, labels: _loss(softmax(p, axis=1), labels),
            "Softmax is applied twice: these are probabilities already.",
        ),
        Mistake(
            lambda p, labels: -np.log(np.abs(1 - _one_hot(p, labels) - p)).sum() / len(p),
            "The other classes count as well, with 1 − p: that is the loss for several yes/no questions. "
            "Here one class is true, and its share alone counts.",
        ),
        Mistake(
            lambda p, labels: ((p - _one_hot(p, labels)) ** 2).mean(),
            "That is the squared error. Cross-entropy is the mean of −ln of what the true class got.",
        ),
    ),
)


# ---- where the way back begins
def _slope(p: np.ndarray, labels: np.ndarray) -> np.ndarray:
    return (p - _one_hot(p, labels)) / len(p)


_BATCH = (
    "The division by the number of pictures is missing: the loss is a mean over the batch, so each picture "
    "has 1/N of the say. Without it a larger batch takes longer steps."
)

LOSS_GRADIENT = Task(
    call="loss_gradient(probabilities, labels)",
    errors=_LABEL_ERRORS,
    cases=_BATCHES,
    truth=_slope,
    right="Probabilities minus truth, over N: every row sums to 0, what one class gains the others lose.",
    mistakes=(
        Mistake(lambda p, labels: _slope(p, labels) * len(p), _BATCH),
        Mistake(
            lambda p, labels: -_slope(p, labels),
            "The sign is the wrong way round: this is truth minus probabilities, the way to go. The gradient "
            "points uphill; the minus comes with the update.",
        ),
        Mistake(
            lambda p, labels: -_slope(p, labels) * len(p),
            "The sign is the wrong way round: probabilities minus truth points uphill. And the division by "
            "the number of pictures is missing.",
        ),
        Mistake(
            lambda p, labels: _slope(p, labels) / p.shape[1],
            "You divide by all numbers of the array. The loss is a mean over pictures, not over classes.",
        ),
        Mistake(
            lambda p, labels: _slope(p, labels) * len(p) / p.shape[1],
            "You divide by the number of classes. The loss is a mean over the pictures.",
        ),
        Mistake(lambda p, labels: p / len(p), "The truth is not subtracted: the labels do not come in yet."),
        Mistake(lambda p, labels: p, "The truth is not subtracted: the labels do not come in yet."),
        Mistake(
            lambda p, labels: (p - np.isin(np.arange(p.shape[1]), labels)) / len(p),
            "1 is subtracted in whole columns: `[:, labels]` means those columns in every row. Row 0 belongs "
            "to label 0, row 1 to label 1: index with the rows as well.",
        ),
        Mistake(
            lambda p, labels: _slope(p, labels) * _one_hot(p, labels),
            "Only the true class has a gradient here. The others have one too: pushing them down helps.",
        ),
        Mistake(
            lambda p, labels: -_one_hot(p, labels) / p / len(p),
            "That is the slope for the probabilities, −1/p. Go one step further back, through softmax: the "
            "slope for the logits is asked for.",
        ),
        Mistake(
            lambda p, labels: -_one_hot(p, labels) / p,
            "That is the slope for the probabilities, −1/p, and without the mean over the batch. Go one step "
            "further back, through softmax, to the logits.",
        ),
        Mistake(
            lambda p, labels: _slope(p, labels) * p * (1 - p),
            "Softmax's slope comes in twice: probabilities minus truth has it in already.",
        ),
        Mistake(
            lambda p, labels: _slope(p, labels).sum(axis=0),
            "The pictures are added up. Each logit of each picture needs a slope of its own: keep the shape.",
        ),
        Mistake(
            lambda p, labels: _slope(p, p.argmax(axis=1)),
            "You compare with the class that the network believes in, so it learns to believe what it "
            "believes. The label says which one is true.",
        ),
    ),
)
