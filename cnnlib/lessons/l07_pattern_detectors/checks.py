"""Lesson 7's checks: a kernel blind to brightness, ReLU, two kernels in one."""

import numpy as np

from cnnlib.convolution import conv2d
from cnnlib.exercises.check import function_check
from cnnlib.matching import CURVE

_BUMP = np.array([[1, 2, 1], [2, 5, 2], [1, 2, 3]])
_STEP = np.array([[-3, 0.5, 2], [4, -1, 0]])


def _lowered(kernel):
    return kernel - kernel.sum() / kernel.size


check_zero_mean = function_check(
    "07-zero-mean",
    makes="a learner's own function that makes a kernel blind to brightness",
    takes="Takes a kernel (KH, KW) and returns it minus the mean of its weights.",
    example="""
    >>> check_zero_mean(lambda kernel: kernel - 1).verdict
    'wrong'
    """,
    call="zero_mean(kernel)",
    cases=(
        ("the curve detector", CURVE.matrix.copy()),
        ("a 3 × 3 kernel of whole numbers", _BUMP),
        ("a 2 × 3 kernel with negative weights", _STEP),
        ("a 4 × 2 kernel of large weights", np.array([[70, -8], [31, 4], [16, -90], [25, 2]])),
    ),
    right="The weights add up to 0, and each still differs from each other by what it did before: blind to a "
    "wall, as sharp-eyed for the pattern.",
    truth=_lowered,
    edits="""
        kernel - kernel.sum() / kernel.size -> kernel
            The kernel comes back as it was. Its mean has to be subtracted.
        kernel - kernel.sum() / kernel.size -> kernel.mean()
            You return the mean itself. What is asked for is the kernel minus its mean.
        kernel.sum() / kernel.size -> kernel.sum()
            You subtract the sum of the weights from each of them. The mean is the sum over their number.
        kernel - kernel.sum() / kernel.size -> kernel / kernel.sum()
            You divide by the sum: the weights add up to 1, which keeps the brightness of a wall. To be blind
            to it they must add up to 0.
        kernel - kernel.sum() / kernel.size -> kernel / kernel.mean()
            You divide by the mean. Subtract it.
        kernel - kernel.sum() / kernel.size -> kernel + kernel.sum() / kernel.size
            You add the mean. Then the kernel responds to a wall twice as strongly.
        kernel - kernel.sum() / kernel.size -> kernel.sum() / kernel.size - kernel
            The signs are the wrong way round: it now looks for a dark curve on a bright wall.
        kernel.sum() / kernel.size -> kernel.mean(axis=1, keepdims=True)
            You subtract the mean of each row. One mean, that of all weights, goes off all of them.
        kernel.sum() / kernel.size -> kernel.mean(axis=0)
            You subtract the mean of each column. One mean, that of all weights, goes off all of them.
        kernel - kernel.sum() / kernel.size -> np.where(kernel != 0, kernel - kernel[kernel != 0].mean(), 0)
            You take the mean of the weights that are not 0, and leave the others at 0. The empty cells count,
            too: it is they that must object to brightness.
        kernel.sum() / kernel.size -> kernel[kernel != 0].mean()
        kernel.sum() / kernel.size -> kernel[kernel > 0].mean()
            You take the mean of the weights that are not 0. The empty cells count, too.
        kernel - kernel.sum() / kernel.size -> np.where(kernel != 0, kernel - kernel.mean(), 0)
        kernel - kernel.sum() / kernel.size -> np.where(kernel > 0, kernel - kernel.mean(), kernel)
            You lower only the weights that are not 0. The empty cells must become negative: it is they that
            object to pixels that are bright where the pattern is dark.
        kernel.sum() / kernel.size -> kernel.sum() // kernel.size
            You divide with `//`, which cuts off the fraction: the sum is not quite 0. Divide with `/`.
        kernel.sum() / kernel.size -> np.round(kernel.sum() / kernel.size)
            The mean is rounded. Leave its fraction.
        kernel - kernel.sum() / kernel.size -> np.trunc(kernel - kernel.sum() / kernel.size)
            The fractions are cut off: are the results stored in an array of whole numbers?
        kernel - kernel.sum() / kernel.size -> np.round(kernel - kernel.sum() / kernel.size)
            The weights are rounded, so their sum is not 0. Leave them be.
        kernel.size -> len(kernel)
            You divide the sum by the number of rows. The mean is over all cells: `kernel.size`.
        kernel.size -> kernel.shape[1]
            You divide the sum by the number of columns. The mean is over all cells: `kernel.size`.
        kernel.size -> len(kernel) ** 2
        kernel.size -> kernel.shape[1] ** 2
            You take the kernel to be square: divide by `kernel.size`.
        kernel.size -> 9
            You divide by 9, whatever the kernel's size: divide by `kernel.size`.
        kernel.size -> (kernel.size - 1)
        kernel.size -> (kernel.size + 1)
            The mean is over all cells: you divide by one too few, or too many.
        kernel.sum() / kernel.size -> (kernel.max() + kernel.min()) / 2
            You subtract what lies halfway between the smallest and the largest weight. The mean is the sum
            over the number of cells.
        kernel.sum() / kernel.size -> kernel.max()
            You subtract the largest weight. The mean has to be subtracted.
        kernel.sum() / kernel.size -> kernel.min()
            You subtract the smallest weight. The mean has to be subtracted.
        kernel.sum() / kernel.size -> np.median(kernel)
            That is the median. For a sum of 0 it must be the mean.
        kernel.sum() / kernel.size -> kernel[len(kernel) // 2, kernel.shape[1] // 2]
            You subtract the weight in the centre: it must be the mean.
        kernel.sum() / kernel.size
        -> kernel.sum() * (np.indices(kernel.shape).T == np.array(kernel.shape) // 2).all(axis=-1).T
            The weight in the centre alone makes up for the sum. The mean is subtracted from all weights.
        kernel.sum() / kernel.size -> kernel.std()
            You subtract the standard deviation. It must be the mean.
        kernel.sum() / kernel.size -> np.abs(kernel).mean()
            You take the mean without the signs: negative weights count as they are.
        kernel - kernel.sum() / kernel.size -> (kernel - kernel.sum() / kernel.size) / kernel.std()
        kernel - kernel.sum() / kernel.size -> (kernel - kernel.sum() / kernel.size) / kernel.std(ddof=1)
            You divide by the standard deviation, too. That makes kernels comparable, but is not asked for.
        kernel - kernel.sum() / kernel.size -> (k := kernel - kernel.sum() / kernel.size) / np.linalg.norm(k)
            You divide by the length, too. That belongs to the normalised score, but is not asked for here.
        kernel - kernel.sum() / kernel.size -> (kernel - kernel.sum() / kernel.size) / np.abs(kernel).max()
        kernel - kernel.sum() / kernel.size -> (kernel - kernel.sum() / kernel.size) / np.ptp(kernel)
        kernel - kernel.sum() / kernel.size -> (kernel - kernel.sum() / kernel.size) / kernel.sum()
        kernel - kernel.sum() / kernel.size -> (kernel - kernel.sum() / kernel.size) / np.abs(kernel).sum()
        kernel - kernel.sum() / kernel.size -> (kernel - kernel.sum() / kernel.size) / kernel.size
            You divide, too: by the largest weight, by their range, sum or number. Only the mean is
            subtracted.
    """,
)

_COMPARED = "A whole array is not greater than 0 or not: each of its numbers is to be compared by itself."


def _relu(values):
    return np.maximum(values, 0)


check_relu = function_check(
    "07-relu",
    makes="a learner's own ReLU",
    takes="Takes an array of numbers of any shape and returns one of the same shape.",
    example="""
    >>> print(check_relu(np.abs))
    Not yet: You drop the signs. ReLU does not turn the negative ones round; they become 0.
    """,
    call="my_relu(values)",
    errors=(("truth value", _COMPARED), ("not supported between", _COMPARED)),
    cases=(
        ("the three sums −378, −384, 381", np.array([-378, -384, 381])),
        ("a 3 × 4 map of fractions", np.array([[-1.5, 0.25, 3, -0.5], [0, 1, -2, 0.5], [4, -4, 2, 300]])),
        ("a map without a negative number", np.array([[5, 0], [1.5, 2]])),
    ),
    right="What is positive passes as it is, all else is 0: the simplest nonlinearity there is.",
    truth=_relu,
    edits="""
        np.maximum(values, 0) -> np.abs(values)
            You drop the signs. ReLU does not turn the negative ones round; they become 0.
        np.maximum(values, 0) -> values
            The numbers come back as they were. What is negative has to become 0.
        np.maximum(values, 0) -> np.minimum(values, 0)
            The wrong half is cut off: what is positive became 0. Take the larger of the number and 0.
        np.maximum(values, 0) -> np.where(values > 0, 1, 0)
            You say whether a number is positive: 1 or 0, the slope of ReLU. ReLU itself lets the number pass
            as it is.
        np.maximum(values, 0) -> np.clip(values, 0, 6)
            That is ReLU6, clipped at 6. ReLU has no upper end.
        np.maximum(values, 0) -> np.clip(values, 0, 1)
            You clip to 0..1. What is positive passes, however large.
        np.maximum(values, 0) -> np.clip(values, 0, 255)
            You clip to bytes, 0..255. ReLU has no upper end.
        np.maximum(values, 0) -> np.where(values > 0, 1, 0.01)
        np.maximum(values, 0) -> np.where(values > 0, 1, 0.1)
            You take the slope of the leaky ReLU. ReLU lets the number itself pass.
        np.maximum(values, 0) -> values[values > 0]
            You throw the negative numbers away. The bend is for each number by itself: what comes out has the
            shape of what goes in.
        np.maximum(values, 0) -> np.max(values)
            You take the largest number of all, as pooling does. The bend is for each number by itself: what
            comes out has the shape of what goes in.
        np.maximum(values, 0) -> values - values.min()
            You lift everything until nothing is negative. Then what was 0 is no longer 0.
        np.maximum(values, 0) -> np.where(values > 0, values, 0.01 * values)
            That is the leaky ReLU: it lets a hundredth of the negative numbers through.
        np.maximum(values, 0) -> np.where(values > 0, values, 0.1 * values)
            That is the leaky ReLU: it lets a tenth of the negative numbers through.
    """,
)


def _sheet(kernel: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Lay a kernel into the corner of a sheet as large as the one kernel for both."""
    return np.pad(kernel, [(0, n - 1) for n in other.shape])


def _middle(full: np.ndarray, shape: tuple[int, int]) -> np.ndarray:
    """Return the middle of a full convolution, as SciPy's "same" does."""
    top, left = ((size - wanted) // 2 for size, wanted in zip(full.shape, shape, strict=True))
    return full[top : top + shape[0], left : left + shape[1]]


def _composed(first, second):
    rows, cols = first.shape
    out = np.zeros((rows + len(second) - 1, cols + second.shape[1] - 1))
    for i in range(len(second)):
        for j in range(second.shape[1]):
            out[i : i + rows, j : j + cols] += second[i, j] * first
    return out


check_compose = function_check(
    "07-compose",
    makes="a learner's own function that puts two kernels into one",
    takes="Takes the kernel applied first and the one applied to its map; returns the one kernel that "
    "does both.",
    example="""
    >>> check_compose(lambda first, second: first @ second).verdict
    'wrong'
    """,
    call="compose(first, second)",
    errors=(
        ("broadcast", "A copy of `first` has as many rows and columns as `first`, wherever it is put."),
        ("out of bounds", "The result has rows first + rows second − 1, and so for the columns."),
    ),
    cases=(
        ("two 3 × 3 kernels", np.array([[-1, 0, 2], [3, 1, 0], [0, -2, 4]]), _BUMP),
        (
            "a 2 × 3 and a 3 × 2 kernel",
            np.array([[1, 2, 0], [-1, 3, 5]]),
            np.array([[2, 1], [0, 4], [-3, 1]]),
        ),
        ("a 1 × 2 and a 2 × 1 kernel of fractions", np.array([[0.5, -1]]), np.array([[2], [3]])),
    ),
    right="One kernel that gives in one step what the two give one after the other: two layers with nothing "
    "between them are one.",
    truth=_composed,
    edits="""
        second[i, j] * first -> second[i, j] * first[::-1, ::-1]
        second[i, j] * first -> second[::-1, ::-1][i, j] * first
            That slides one kernel over the other as `conv2d` does. A weight in the lower right of `second`
            reads the map further down and right, so its
            copy of `first` moves down and right. Sliding moves it the other way:
            something has to be turned first. Whoever lays down copies of `first` turns nothing.
        return out -> return out[::-1, ::-1]
            The result is turned by 180°. A dot sent through both layers shows it so; turn it back.
        return out -> return first * second
            You multiply the kernels cell by cell. Two layers in a row see more than one kernel's cells: each
            weight of the second brings a moved copy of the first along.
        return out -> return first @ second
            That is the matrix product. Each weight of the second kernel brings a moved copy of the first
            along; add those up.
        return out -> return first + second
            You add the kernels: that is two layers side by side, their maps added. Here the second works on
            the map of the first.
        += second[i, j] * first -> = second[i, j] * first
            The copies overwrite each other. Where they overlap they have to add up: `+=`, not `=`.
        return out -> return _middle(out, first.shape)
            The result has the size of the first kernel ("same"): its border is cut off. Two layers together
            see further than one, rows first + rows second − 1.
        return out -> return _middle(out, second.shape)
            The result has the size of the second kernel: its border is cut off. Two layers together see
            further than one, rows first + rows second − 1.
        return out -> return out[:rows, :cols]
            The end of the result is cut off: it has the size of `first`. Two layers together see further than
            one.
        second[i, j] * first -> second[::-1, ::-1][i, j] * first
        ;; return out -> return _middle(out, first.shape)
        second[i, j] * first -> second[i, j] * first[::-1, ::-1]
        ;; return out -> return _middle(out, first.shape)
            The result has the size of the first kernel ("same"), and one of the kernels is not turned. Two
            layers together see further than one.
        return out -> return np.outer(first, second)
            The kernels are multiplied with all pairs of weights, but their copies do not overlap right: that
            is the outer product.
        return out -> return np.kron(first, second)
        return out -> return np.kron(second, first)
            The copies are laid side by side. Neighbouring weights lie one pixel apart, so their copies
            overlap nearly whole, and add up.
        out[i : i + rows, j : j + cols] += -> out[:rows, :cols] +=
            All copies land in the same position. Each moves to where its weight is in the second kernel.
    """,
    mistakes=(
        (
            "You add the two kernels on a larger sheet. Each weight of the second brings a whole copy of "
            "the first along, times that weight.",
            lambda first, second: _sheet(first, second) + _sheet(second, first),
        ),
        (
            "You multiply the two kernels cell by cell on a larger sheet. Each weight of the second brings "
            "a moved copy of the first along.",
            lambda first, second: _sheet(first, second) * _sheet(second, first),
        ),
        (
            "You lay a border of one pixel around `first`, whatever the size of `second`: it has to be one "
            "less than `second` on each side.",
            lambda first, second: conv2d(np.pad(first, 1), second, flip=True),
        ),
        (
            "You lay a border around `first` as wide as `second`: it has to be one less.",
            lambda first, second: conv2d(np.pad(first, [(n, n) for n in second.shape]), second, flip=True),
        ),
    ),
)
