"""Lesson 07's bank: the inputs, the truth, and each known mistake with the sentence that names it."""

import numpy as np

from cnnlib.activations import leaky_relu, relu, sigmoid
from cnnlib.composition import compose_kernels
from cnnlib.convolution import conv2d
from cnnlib.exercises.task import Case, Mistake, Task
from cnnlib.matching import CURVE, zero_mean

BUMP = np.array([[1, 2, 1], [2, 5, 2], [1, 2, 3]])
STEP = np.array([[-3, 0.5, 2], [4, -1, 0]])


_EMPTY = "You take the mean of the weights that are not 0. The empty cells count, too."

ZERO_MEAN = Task(
    call="zero_mean(kernel)",
    cases=(
        Case("the curve detector", (CURVE.matrix.copy(),)),
        Case("a 3 × 3 kernel of whole numbers", (BUMP,)),
        Case("a 2 × 3 kernel with negative weights", (STEP,)),
    ),
    truth=zero_mean,
    right="The weights add up to 0, and each still differs from each other by what it did before: blind to a "
    "wall, as sharp-eyed for the pattern.",
    mistakes=(
        Mistake(lambda k: k, "The kernel comes back as it was. Its mean has to be subtracted."),
        Mistake(
            lambda k: k.mean(), "You return the mean itself. What is asked for is the kernel, less its mean."
        ),
        Mistake(
            lambda k: k - k.sum(),
            "You subtract the sum of the weights from each of them. The mean is the sum over their number.",
        ),
        Mistake(
            lambda k: k / k.sum(),
            "You divide by the sum: the weights add up to 1, which keeps the brightness of a wall. To be "
            "blind to it they must add up to 0.",
        ),
        Mistake(lambda k: k / k.mean(), "You divide by the mean. Subtract it."),
        Mistake(
            lambda k: k + k.mean(), "You add the mean. Then the kernel answers to a wall twice as strongly."
        ),
        Mistake(
            lambda k: k.mean() - k,
            "The signs are the wrong way round: it now looks for a dark curve on a bright wall.",
        ),
        Mistake(
            lambda k: k - k.mean(axis=1, keepdims=True),
            "You subtract the mean of each row. One mean, that of all weights, goes off all of them.",
        ),
        Mistake(
            lambda k: k - k.mean(axis=0),
            "You subtract the mean of each column. One mean, that of all weights, goes off all of them.",
        ),
        Mistake(
            lambda k: np.where(k != 0, k - k[k != 0].mean(), 0),
            "You take the mean of the weights that are not 0, and leave the others at 0. The empty cells "
            "count, too: it is they that must object to brightness.",
        ),
        Mistake(lambda k: k - k[k != 0].mean(), _EMPTY),
        Mistake(lambda k: k - k[k > 0].mean(), _EMPTY),
        Mistake(
            lambda k: np.where(k != 0, zero_mean(k), 0),
            "You lower only the weights that are not 0. The empty cells must become negative: it is they "
            "that object to pixels that are bright where the pattern is dark.",
        ),
        Mistake(
            lambda k: k - k.sum() // k.size,
            "You divide with `//`, which cuts off the fraction: the sum is not quite 0. Divide with `/`.",
        ),
        Mistake(
            lambda k: np.trunc(zero_mean(k)),
            "The fractions are cut off: are the results stored in an array of whole numbers?",
        ),
        Mistake(
            lambda k: np.round(zero_mean(k)), "The weights are rounded, so their sum is not 0. Leave them be."
        ),
        Mistake(
            lambda k: k - k.sum() / len(k),
            "You divide the sum by the number of rows. The mean is over all cells: `kernel.size`.",
        ),
        Mistake(
            lambda k: k - (k.max() + k.min()) / 2,
            "You subtract what lies halfway between the smallest and the largest weight. The mean is the sum "
            "over the number of cells.",
        ),
        Mistake(lambda k: k - np.median(k), "That is the median. For a sum of 0 it must be the mean."),
        Mistake(
            lambda k: zero_mean(k) / k.std(),
            "You divide by the standard deviation, too. That makes kernels comparable, but is not asked for.",
        ),
        Mistake(
            lambda k: zero_mean(k) / np.linalg.norm(zero_mean(k)),
            "You divide by the length, too. That belongs to the normalised score, but is not asked for here.",
        ),
    ),
)

_ONE_BY_ONE = "The bend is for each number by itself: what comes out has the shape of what goes in."
_COMPARED = (
    "A whole array is not greater than 0 or not: use `np.maximum(values, 0)`, or `np.where` with a condition."
)

RELU = Task(
    call="my_relu(values)",
    errors=(("truth value", _COMPARED), ("not supported between", _COMPARED)),
    cases=(
        Case("the three sums −378, −384, 381", (np.array([-378, -384, 381]),)),
        Case(
            "a 3 × 4 map of fractions", (np.array([[-1.5, 0.25, 3, -0.5], [0, 1, -2, 0.5], [4, -4, 2, 300]]),)
        ),
        Case("a map without a negative number", (np.array([[5, 0], [1.5, 2]]),)),
    ),
    truth=relu,
    right="What is positive passes as it is, all else is 0: the simplest bend there is.",
    mistakes=(
        Mistake(np.abs, "You drop the signs. ReLU does not turn the negative ones round; they become 0."),
        Mistake(lambda x: x, "The numbers come back as they were. What is negative has to become 0."),
        Mistake(
            lambda x: np.minimum(x, 0),
            "The wrong half is cut off: what is positive became 0. Take the larger of the number and 0.",
        ),
        Mistake(
            lambda x: np.where(x > 0, 1, 0),
            "You say whether a number is positive: 1 or 0, the slope of ReLU. ReLU itself lets the number "
            "pass as it is.",
        ),
        Mistake(lambda x: x[x > 0], "You throw the negative numbers away. " + _ONE_BY_ONE),
        Mistake(lambda x: np.max(x), "You take the largest number of all, as pooling does. " + _ONE_BY_ONE),
        Mistake(
            lambda x: np.maximum(x, 1),
            "What is below 1 becomes 1. The corner of the curve lies at 0, and so does its flat part.",
        ),
        Mistake(lambda x: np.clip(x, 0, 1), "You clip to 0..1. What is positive passes, however large."),
        Mistake(lambda x: np.clip(x, 0, 255), "You clip to bytes, 0..255. ReLU has no upper end."),
        Mistake(leaky_relu, "That is the leaky ReLU: it lets a hundredth of the negative numbers through."),
        Mistake(
            lambda x: leaky_relu(x, 0.1),
            "That is the leaky ReLU: it lets a tenth of the negative numbers through.",
        ),
        Mistake(sigmoid, "That is the sigmoid: it squeezes everything into 0 to 1."),
        Mistake(np.tanh, "That is tanh: it squeezes everything into −1 to 1."),
        Mistake(
            lambda x: np.where(x >= 1, x, 0),
            "What lies between 0 and 1 became 0. The corner of the curve lies at 0.",
        ),
        Mistake(
            lambda x: x - x.min(),
            "You lift everything until nothing is negative. Then what was 0 is no longer 0.",
        ),
        Mistake(
            lambda x: np.trunc(relu(x)),
            "The fractions are cut off: are the results stored in an array of whole numbers?",
        ),
    ),
)


def _full(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Slide the second over the first without the flip, at all places where they touch."""
    rows, cols = (n - 1 for n in second.shape)
    return conv2d(np.pad(first, ((rows, rows), (cols, cols))), second)


def _last_only(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Write each copy over the ones before, where they should add up."""
    out = np.zeros(np.add(first.shape, second.shape) - 1)
    for row, col in np.ndindex(second.shape):
        out[row : row + first.shape[0], col : col + first.shape[1]] = second[row, col] * first
    return out


def _corners(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    out = np.zeros(np.add(first.shape, second.shape) - 1)
    for part in (first, second):
        out[: part.shape[0], : part.shape[1]] += part
    return out


_NO_FLIP = (
    "That slides one kernel over the other as `conv2d` does. A weight in the lower right of `second` reads "
    "the map further down and right, so its copy of `first` moves down and right: slide with `flip=True`."
)

COMPOSE = Task(
    call="compose(first, second)",
    errors=(
        ("broadcast", "A copy of `first` has as many rows and columns as `first`, wherever it is put."),
        ("out of bounds", "The result has rows first + rows second − 1, and so for the columns."),
    ),
    cases=(
        Case("two 3 × 3 kernels", (np.array([[-1, 0, 2], [3, 1, 0], [0, -2, 4]]), BUMP)),
        Case(
            "a 2 × 3 and a 3 × 2 kernel",
            (np.array([[1, 2, 0], [-1, 3, 5]]), np.array([[2, 1], [0, 4], [-3, 1]])),
        ),
        Case("a 1 × 2 and a 2 × 1 kernel of fractions", (np.array([[0.5, -1]]), np.array([[2], [3]]))),
    ),
    truth=compose_kernels,
    right="One kernel that gives in one step what the two give one after the other: two layers with nothing "
    "between them are one.",
    mistakes=(
        Mistake(_full, _NO_FLIP),
        Mistake(lambda a, b: _full(b, a), _NO_FLIP),
        Mistake(
            lambda a, b: compose_kernels(a, b)[::-1, ::-1],
            "The result is turned by 180°. A dot sent through both layers shows it so; turn it back.",
        ),
        Mistake(
            lambda a, b: a * b,
            "You multiply the kernels cell by cell. Two layers in a row see more than one kernel's cells: "
            "each weight of the second brings a moved copy of the first along.",
        ),
        Mistake(
            lambda a, b: a @ b,
            "That is the matrix product. Each weight of the second kernel brings a moved copy of the first "
            "along; add those up.",
        ),
        Mistake(
            lambda a, b: a + b,
            "You add the kernels: that is two layers side by side, their maps added. Here the second works "
            "on the map of the first.",
        ),
        Mistake(
            _corners,
            "You add the two kernels on a larger sheet. Each weight of the second brings a whole copy of the "
            "first along, times that weight.",
        ),
        Mistake(
            _last_only,
            "The copies overwrite each other. Where they overlap they have to add up: `+=`, not `=`.",
        ),
        Mistake(
            np.kron,
            "The copies are laid side by side. Neighbouring weights lie one pixel apart, so their copies "
            "overlap nearly whole, and add up.",
        ),
        Mistake(
            lambda a, b: np.pad(a, [(0, n - 1) for n in b.shape]) * b.sum(),
            "All copies land in the same place. Each moves to where its weight lies in the second kernel.",
        ),
    ),
)
