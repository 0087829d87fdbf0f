"""Lesson 7's checks: a kernel blind to brightness, ReLU, two kernels in one."""

import numpy as np

from cnnlib.activations import leaky_relu, relu, sigmoid
from cnnlib.composition import compose_kernels
from cnnlib.convolution import conv2d
from cnnlib.exercises.check import Ways, function_check
from cnnlib.exercises.ways import BENDS
from cnnlib.matching import CURVE, zero_mean

_BUMP = np.array([[1, 2, 1], [2, 5, 2], [1, 2, 3]])
_STEP = np.array([[-3, 0.5, 2], [4, -1, 0]])


def _lowered(k, *, less=np.mean, over=lambda k: 1, after=lambda out: out, share=lambda k: 1) -> np.ndarray:
    """Lower a kernel as is right, but for what a mistake puts in place of a part."""
    return after((k - less(k) * share(k)) / over(k))


_LOWERINGS = Ways(
    _lowered,
    {
        "less": (
            (lambda k: 0, "Nothing is subtracted. The mean of the weights has to go off each."),
            (np.sum, "You subtract the sum of the weights. The mean is the sum over their number."),
            (np.max, "You subtract the largest weight. The mean has to be subtracted."),
            (np.min, "You subtract the smallest weight. The mean has to be subtracted."),
            (np.median, "You subtract the median. For a sum of 0 it must be the mean."),
            (
                lambda k: np.abs(k).mean(),
                "You take the mean without the signs: negative weights count as they are.",
            ),
            (
                lambda k: k.sum() / (k.size - 1),
                "You divide by one number too few: the mean is over all cells.",
            ),
            (
                lambda k: k.sum() / (k.size + 1),
                "You divide by one number too many: the mean is over all cells.",
            ),
            (lambda k: k.sum() / len(k), "You divide by the number of rows. The mean is over all cells."),
            (lambda k: k.sum() / len(k) ** 2, "You take the kernel to be square: divide by `kernel.size`."),
            (
                lambda k: k.sum() / k.shape[1] ** 2,
                "You take the kernel to be square: divide by `kernel.size`.",
            ),
            (lambda k: k.sum() / 9, "You divide by 9, whatever the kernel's size: divide by `kernel.size`."),
            (
                lambda k: k.sum() / k.shape[1],
                "You divide by the number of columns. The mean is over all cells.",
            ),
            (lambda k: k.sum() // k.size, "You divide with `//`, which cuts off the fraction."),
            (lambda k: np.round(k.mean()), "The mean is rounded. Leave its fraction."),
            (lambda k: 2 * k.mean(), "The mean is subtracted twice."),
            (lambda k: -k.mean(), "The mean is added. It has to be subtracted."),
            (
                lambda k: k.mean(axis=0),
                "You subtract the mean of each column. One mean goes off all weights.",
            ),
            (
                lambda k: k.mean(axis=1, keepdims=True),
                "You subtract the mean of each row. One mean goes off all weights.",
            ),
            (
                lambda k: k[k != 0].mean(),
                "You take the mean of the weights that are not 0. Empty cells count, too.",
            ),
            (lambda k: k[k > 0].mean(), "You take the mean of the positive weights. All cells count."),
            (
                lambda k: (k.max() + k.min()) / 2,
                "You subtract the middle of the smallest and the largest weight.",
            ),
            (
                lambda k: k[k.shape[0] // 2, k.shape[1] // 2],
                "You subtract the weight in the centre: it must be the mean.",
            ),
            (lambda k: k.flat[0], "You subtract the first weight. It must be the mean."),
            (np.std, "You subtract the standard deviation. It must be the mean."),
            (
                lambda k: np.sqrt((k * k).mean()),
                "You subtract the root of the mean square. It must be the mean.",
            ),
            (lambda k: 1 / k.size, "You subtract 1 over the number of weights. It must be their mean."),
        ),
        "share": (
            (
                lambda k: k != 0,
                "Only the weights that are not 0 are lowered. The empty cells must become negative.",
            ),
            (lambda k: k > 0, "Only the positive weights are lowered. All of them have to be."),
        ),
        "over": (
            (np.std, "You divide by the standard deviation, too."),
            (lambda k: k.std(ddof=1), "You divide by the standard deviation, too."),
            (np.sum, "You divide by the sum, too."),
            (np.size, "You divide by the number of weights, too."),
            (lambda k: np.abs(k).sum(), "You divide by the sum of the sizes, too."),
            (lambda k: np.abs(k).max(), "You divide by the largest weight, too."),
            (np.max, "You divide by the largest weight, too."),
            (lambda k: np.linalg.norm(k), "You divide by the length of the kernel, too."),
            (np.ptp, "You divide by the range of the weights, too."),
            (np.mean, "You divide by the mean, too."),
            (lambda k: -1, "The signs are the wrong way round: it looks for a dark curve on a bright wall."),
        ),
        "after": (
            (np.trunc, "The fractions are cut off: are the results stored in an array of whole numbers?"),
            (np.round, "The weights are rounded, so their sum is not 0."),
            (np.abs, "The signs are dropped: negative weights are what objects to brightness."),
            (relu, "Negative weights have become 0: they are what objects to brightness."),
            (np.square, "The weights are squared."),
            (lambda out: out / np.linalg.norm(out), "You divide by the length, too."),
            (np.sum, "That is the sum of the weights. The kernel is asked for."),
        ),
    },
)

_EMPTY = "You take the mean of the weights that are not 0. The empty cells count, too."

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
    ),
    truth=zero_mean,
    ways=[_LOWERINGS],
    right="The weights add up to 0, and each still differs from each other by what it did before: blind to a "
    "wall, as sharp-eyed for the pattern.",
    mistakes=(
        ("The kernel comes back as it was. Its mean has to be subtracted.", lambda k: k),
        ("You return the mean itself. What is asked for is the kernel minus its mean.", lambda k: k.mean()),
        (
            "You subtract the sum of the weights from each of them. The mean is the sum over their number.",
            lambda k: k - k.sum(),
        ),
        (
            "You divide by the sum: the weights add up to 1, which keeps the brightness of a wall. To be "
            "blind to it they must add up to 0.",
            lambda k: k / k.sum(),
        ),
        ("You divide by the mean. Subtract it.", lambda k: k / k.mean()),
        ("You add the mean. Then the kernel responds to a wall twice as strongly.", lambda k: k + k.mean()),
        (
            "The signs are the wrong way round: it now looks for a dark curve on a bright wall.",
            lambda k: k.mean() - k,
        ),
        (
            "You subtract the mean of each row. One mean, that of all weights, goes off all of them.",
            lambda k: k - k.mean(axis=1, keepdims=True),
        ),
        (
            "You subtract the mean of each column. One mean, that of all weights, goes off all of them.",
            lambda k: k - k.mean(axis=0),
        ),
        (
            "You take the mean of the weights that are not 0, and leave the others at 0. The empty cells "
            "count, too: it is they that must object to brightness.",
            lambda k: np.where(k != 0, k - k[k != 0].mean(), 0),
        ),
        (_EMPTY, lambda k: k - k[k != 0].mean()),
        (_EMPTY, lambda k: k - k[k > 0].mean()),
        (
            "You lower only the weights that are not 0. The empty cells must become negative: it is they "
            "that object to pixels that are bright where the pattern is dark.",
            lambda k: np.where(k != 0, zero_mean(k), 0),
        ),
        (
            "You divide with `//`, which cuts off the fraction: the sum is not quite 0. Divide with `/`.",
            lambda k: k - k.sum() // k.size,
        ),
        (
            "The fractions are cut off: are the results stored in an array of whole numbers?",
            lambda k: np.trunc(zero_mean(k)),
        ),
        ("The weights are rounded, so their sum is not 0. Leave them be.", lambda k: np.round(zero_mean(k))),
        (
            "You divide the sum by the number of rows. The mean is over all cells: `kernel.size`.",
            lambda k: k - k.sum() / len(k),
        ),
        (
            "You subtract what lies halfway between the smallest and the largest weight. The mean is the sum "
            "over the number of cells.",
            lambda k: k - (k.max() + k.min()) / 2,
        ),
        ("That is the median. For a sum of 0 it must be the mean.", lambda k: k - np.median(k)),
        (
            "You divide by the standard deviation, too. That makes kernels comparable, but is not asked for.",
            lambda k: zero_mean(k) / k.std(),
        ),
        (
            "You divide by the length, too. That belongs to the normalised score, but is not asked for here.",
            lambda k: zero_mean(k) / np.linalg.norm(zero_mean(k)),
        ),
    ),
)

_ONE_BY_ONE = "An activation works on each number separately: what comes out has the shape of what goes in."
_COMPARED = "A whole array is not greater than 0 or not: each of its numbers is to be compared by itself."

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
    truth=relu,
    ways=[Ways(lambda values, *, bend=relu: bend(values.astype(float)), {"bend": BENDS})],
    right="What is positive passes as it is, all else is 0: the simplest nonlinearity there is.",
    mistakes=(
        ("You drop the signs. ReLU does not turn the negative ones round; they become 0.", np.abs),
        ("The numbers come back as they were. What is negative has to become 0.", lambda x: x),
        (
            "The wrong half is cut off: what is positive became 0. Take the larger of the number and 0.",
            lambda x: np.minimum(x, 0),
        ),
        (
            "You say whether a number is positive: 1 or 0, the slope of ReLU. ReLU itself lets the number "
            "pass as it is.",
            lambda x: np.where(x > 0, 1, 0),
        ),
        (
            "That is softplus, a ReLU with a round corner. ReLU's corner is sharp: 0 up "
            "to 0, then the number itself.",
            lambda x: np.logaddexp(0, x),
        ),
        (
            "That is ELU: it lets negative numbers fall to −1 along an exponential. Here they become 0.",
            lambda x: np.where(x > 0, x, np.exp(np.minimum(x, 0)) - 1),
        ),
        (
            "That is ReLU6, clipped at 6. ReLU has no upper end.",
            lambda x: np.clip(x, 0, 6),
        ),
        *(
            (
                f"What is negative becomes {low:g}. It has to become 0, or there would be "
                "a step at the corner.",
                lambda x, low=low: np.where(x > 0, x, low),
            )
            for low in (0.01, 0.1, 1, -1, 0.001, 1e-5)
        ),
        (
            "You square the positive numbers. They pass as they are.",
            lambda x: np.maximum(x, 0) ** 2,
        ),
        (
            "You take the slope of the leaky ReLU. ReLU lets the number itself pass.",
            lambda x: np.where(x > 0, 1, 0.01),
        ),
        (
            "What is negative became `nan`. It has to become 0.",
            lambda x: np.where(x > 0, x, np.nan),
        ),
        ("You throw the negative numbers away. " + _ONE_BY_ONE, lambda x: x[x > 0]),
        ("You take the largest number of all, as pooling does. " + _ONE_BY_ONE, lambda x: np.max(x)),
        (
            "What is below 1 becomes 1. The corner of the curve lies at 0, and so does its flat part.",
            lambda x: np.maximum(x, 1),
        ),
        ("You clip to 0..1. What is positive passes, however large.", lambda x: np.clip(x, 0, 1)),
        ("You clip to bytes, 0..255. ReLU has no upper end.", lambda x: np.clip(x, 0, 255)),
        ("That is the leaky ReLU: it lets a hundredth of the negative numbers through.", leaky_relu),
        (
            "That is the leaky ReLU: it lets a tenth of the negative numbers through.",
            lambda x: leaky_relu(x, 0.1),
        ),
        ("That is the sigmoid: it squeezes everything into 0 to 1.", sigmoid),
        ("That is tanh: it squeezes everything into −1 to 1.", np.tanh),
        (
            "What lies between 0 and 1 became 0. The corner of the curve lies at 0.",
            lambda x: np.where(x >= 1, x, 0),
        ),
        (
            "You lift everything until nothing is negative. Then what was 0 is no longer 0.",
            lambda x: x - x.min(),
        ),
        (
            "The fractions are cut off: are the results stored in an array of whole numbers?",
            lambda x: np.trunc(relu(x)),
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


def _middle(full: np.ndarray, shape: tuple[int, int]) -> np.ndarray:
    """Return the middle of a full convolution, as SciPy's "same" does."""
    top, left = ((size - wanted) // 2 for size, wanted in zip(full.shape, shape, strict=True))
    return full[top : top + shape[0], left : left + shape[1]]


_NO_FLIP = (
    "That slides one kernel over the other as `conv2d` does. A weight in the lower right of `second` reads "
    "the map further down and right, so its copy of `first` moves down and right. Sliding moves it the other "
    "way: something has to be turned first."
)


def _both_in_one(a, b, *, first=lambda k: k, second=lambda k: k, after=lambda out, a, b: out) -> np.ndarray:
    """Compose as is right, but for what a mistake puts in place of a part."""
    return after(compose_kernels(first(a), second(b)), a, b)


def _changed(name: str) -> tuple:
    return (
        (lambda k: k.T, f"`{name}` is transposed."),
        (lambda k: k[::-1], f"The rows of `{name}` are reversed."),
        (lambda k: k[:, ::-1], f"The columns of `{name}` are reversed."),
        (np.rot90, f"`{name}` is turned by a quarter."),
        (np.abs, f"The signs of `{name}` are dropped."),
        (np.square, f"The weights of `{name}` are squared."),
        (lambda k: k - k.mean(), f"The mean of `{name}` is subtracted."),
        (lambda k: k / k.sum(), f"`{name}` is divided by its sum."),
    )


_COMPOSITIONS = Ways(
    _both_in_one,
    {
        "first": ((lambda k: k[::-1, ::-1], _NO_FLIP), *_changed("first")),
        "second": ((lambda k: k[::-1, ::-1], _NO_FLIP), *_changed("second")),
        "after": (
            (lambda out, a, b: _middle(out, a.shape), "Its border is cut off: it has the size of `first`."),
            (lambda out, a, b: _middle(out, b.shape), "Its border is cut off: it has the size of `second`."),
            (
                lambda out, a, b: out[: a.shape[0], : a.shape[1]],
                "Its end is cut off: it has the size of `first`.",
            ),
            (
                lambda out, a, b: relu(out),
                "What is negative has become 0. There is no ReLU between the layers.",
            ),
            (lambda out, a, b: np.abs(out), "The signs are dropped."),
            (lambda out, a, b: out.T, "Rows and columns of the result are swapped."),
            (lambda out, a, b: np.pad(out, 1), "There is a border of zeros around it: it is too large."),
            (
                lambda out, a, b: np.pad(out, [(0, 1), (0, 1)]),
                "There is a row and a column too many, of zeros.",
            ),
            (lambda out, a, b: out[:-1, :-1], "The last row and column are missing."),
            (lambda out, a, b: out / b.size, "It is divided by the number of weights of `second`."),
            (lambda out, a, b: out / a.size, "It is divided by the number of weights of `first`."),
            (
                lambda out, a, b: out / out.sum(),
                "It is divided by its sum. That keeps the brightness, but is not asked for.",
            ),
        ),
    },
)

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
    truth=compose_kernels,
    ways=[_COMPOSITIONS],
    right="One kernel that gives in one step what the two give one after the other: two layers with nothing "
    "between them are one.",
    mistakes=(
        (_NO_FLIP, _full),
        (_NO_FLIP, lambda a, b: _full(b, a)),
        (
            "The result is turned by 180°. A dot sent through both layers shows it so; turn it back.",
            lambda a, b: compose_kernels(a, b)[::-1, ::-1],
        ),
        (
            "You multiply the kernels cell by cell. Two layers in a row see more than one kernel's cells: "
            "each weight of the second brings a moved copy of the first along.",
            lambda a, b: a * b,
        ),
        (
            "That is the matrix product. Each weight of the second kernel brings a moved copy of the first "
            "along; add those up.",
            lambda a, b: a @ b,
        ),
        (
            "You add the kernels: that is two layers side by side, their maps added. Here the second works "
            "on the map of the first.",
            lambda a, b: a + b,
        ),
        (
            "You add the two kernels on a larger sheet. Each weight of the second brings a whole copy of the "
            "first along, times that weight.",
            _corners,
        ),
        (
            "The copies overwrite each other. Where they overlap they have to add up: `+=`, not `=`.",
            _last_only,
        ),
        (
            'The result has the size of the first kernel ("same"): its border is cut off. Two layers '
            "together see further than one, rows first + rows second − 1.",
            lambda a, b: _middle(compose_kernels(a, b), a.shape),
        ),
        (
            'The result has the size of the first kernel ("same"), and one of the kernels is not turned. '
            "Two layers together see further than one.",
            lambda a, b: _middle(_full(a, b), a.shape),
        ),
        (
            'The result has the size of the first kernel ("same"), and one of the kernels is not turned. '
            "Two layers together see further than one.",
            lambda a, b: _middle(_full(a, b)[::-1, ::-1], a.shape)[
                ::-1, ::-1
            ],  # SciPy's middle, where sides are even
        ),
        (
            "You lay a border of one pixel around `first`, whatever the size of "
            "`second`: it has to be one less "
            "than `second` on each side.",
            lambda a, b: conv2d(np.pad(a, 1), b, flip=True),
        ),
        (
            "You lay a border around `first` as wide as `second`: it has to be one less.",
            lambda a, b: conv2d(np.pad(a, [(n, n) for n in b.shape]), b, flip=True),
        ),
        (
            "You multiply the two kernels cell by cell on a larger sheet. Each weight of "
            "the second brings a moved copy of the "
            "first along.",
            lambda a, b: np.pad(a, [(0, n - 1) for n in b.shape]) * np.pad(b, [(0, n - 1) for n in a.shape]),
        ),
        (
            "The kernels are multiplied with all pairs of weights, but their copies do "
            "not overlap right: that is the outer "
            "product.",
            np.outer,
        ),
        (
            "The copies are laid side by side. Neighbouring weights lie one pixel apart, so their copies "
            "overlap nearly whole, and add up.",
            np.kron,
        ),
        (
            "All copies land in the same position. Each moves to where its weight is in the second kernel.",
            lambda a, b: np.pad(a, [(0, n - 1) for n in b.shape]) * b.sum(),
        ),
    ),
)
