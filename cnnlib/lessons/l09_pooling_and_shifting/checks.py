"""Lesson 9's checks: max and average pooling, ReLU with pooling, and a kernel that pools."""

from collections.abc import Callable

import numpy as np

from cnnlib.activations import relu
from cnnlib.exercises.check import function_check, kernel_check
from cnnlib.pooling import avg_pool2d, max_pool2d, sum_pool2d

TABLE = np.array([[10, 5, 8, 2], [12, 7, 3, 1], [15, 11, 6, 4], [9, 14, 13, 0]])
_DARK = np.array([[-9, -4, -7, -2, -8, -6], [-3, -5, -1, -9, -4, -7], [-8, -6, -2, -5, -3, -1], [-4] * 6])


def _case(name: str, x: np.ndarray, window: int, stride: int) -> tuple:
    return (name, x, np.int64(window), np.int64(stride))


def _mixed(rows: int, cols: int) -> np.ndarray:
    """Return numbers of both signs, no two neighbours alike."""
    return np.arange(rows * cols).reshape(rows, cols) ** 2 % 37 - 15


_CASES = (
    _case("the 4 × 4 map with a 2 × 2 window at stride 2", TABLE, 2, 2),
    _case("the same map at stride 1", TABLE, 2, 1),
    _case("a map of negative numbers", _DARK, 2, 2),
    _case("a 6 × 8 map with a 3 × 3 window at stride 2", _mixed(6, 8), 3, 2),
    _case("a 7 × 5 map with a 2 × 2 window at stride 3", _mixed(7, 5), 2, 3),
)
_ERRORS = (
    ("cannot be interpreted as an integer", "Is a size divided with `/`? Places are counted: use `//`."),
    ("zero-size array", "A window begins beyond the end of the map: how many places are there?"),
    ("out of bounds", "How many places are there along each direction? Rows and columns may differ."),
)


def _each(x: np.ndarray, rows: int, cols: int, window: int, stride: int, reduce: Callable) -> np.ndarray:
    """Reduce windows one by one; those that hang over the end hold what there is."""
    out = np.zeros((max(int(rows), 0), max(int(cols), 0)))
    for i, j in np.ndindex(out.shape):
        cells = x[i * stride : i * stride + window, j * stride : j * stride + window]
        out[i, j] = reduce(cells) if cells.size else 0
    return out


def _places(x: np.ndarray, window: int, stride: int) -> np.ndarray:
    return (np.array(x.shape) - window) // stride + 1


def _rounded_up(reduce: Callable) -> Callable:
    """Return a pooling whose number of places is rounded up."""
    return lambda x, w, s: _each(x, *(-((w - np.array(x.shape)) // s) + 1), w, s, reduce)


def _shared(pool: Callable, reduce: Callable) -> tuple:
    """Return the mistakes that every pooling can have."""
    return (
        (
            "The window moves on by 1, whatever the stride is. Its corner lies at `i * stride, j * stride`.",
            lambda x, w, s: pool(x, w, stride=1),
        ),
        (
            "The stride is not used: your windows lie side by side. That is the usual setting, but not the "
            "only one.",
            lambda x, w, s: pool(x, w, stride=w),
        ),
        (
            "Window and stride are swapped: the window says how many numbers are looked at, the stride how "
            "far it moves.",
            lambda x, w, s: pool(x, s, stride=w),
        ),
        (
            "Your window is as large as the stride. It has a size of its own.",
            lambda x, w, s: pool(x, s, stride=s),
        ),
        (
            "The right number of windows, but each begins one pixel after the last: its corner lies at "
            "`i * stride, j * stride`.",
            lambda x, w, s: _each(x, *_places(x, w, s), w, 1, reduce),
        ),
        (
            "You round the number of places up: the last windows hang over the end of the map.",
            _rounded_up(reduce),
        ),
        (
            "You counted the steps. Places are one more than steps, so the last row and column are missing.",
            lambda x, w, s: _each(x, *((np.array(x.shape) - w) // s), w, s, reduce),
        ),
        ("Rows and columns of the output are swapped.", lambda x, w, s: pool(x, w, stride=s).T),
        (
            "You take the map to be square: its columns have to be counted with its width.",
            lambda x, w, s: _each(x, *_places(x, w, s)[[0, 0]], w, s, reduce),
        ),
        (
            "Your window is one row and one column too small: a slice ends before its last index.",
            lambda x, w, s: _each(x, *_places(x, w, s), max(w - 1, 1), s, reduce),
        ),
        (
            "Your window is one row and one column too large: a slice ends before its last index.",
            lambda x, w, s: _each(x, *_places(x, w, s), w + 1, s, reduce),
        ),
        (
            "You keep the first number of each window and look at none of the others.",
            lambda x, w, s: _each(x, *_places(x, w, s), 1, s, np.sum),
        ),
    )


def _max(x, w, s) -> np.ndarray:
    return max_pool2d(x, w, stride=s)


def _average(x, w, s) -> np.ndarray:
    return avg_pool2d(x, w, stride=s)


def _total(x, w, s) -> np.ndarray:
    return sum_pool2d(x, w, stride=s)


check_max_pool = function_check(
    "09-max-pool",
    makes="a learner's own max pooling",
    takes="Takes a map ``(H, W)``, and window and stride as whole numbers; returns the largest number "
    "of each window.",
    example="""
    >>> from cnnlib import avg_pool2d
    >>> print(check_max_pool(lambda x, window, stride: avg_pool2d(x, window, stride=stride)))
    Not yet: That is average pooling. Here the largest number of each window is kept.
    """,
    call="max_pool(x, window, stride)",
    errors=_ERRORS,
    cases=_CASES,
    truth=_max,
    right="The largest number of each window, at any stride, and of negative numbers as well.",
    mistakes=(
        *_shared(max_pool2d, np.max),
        ("That is average pooling. Here the largest number of each window is kept.", _average),
        ("You add the window up. Here its largest number is kept.", _total),
        ("You keep the smallest number of each window.", lambda x, w, s: -_max(-x, w, s)),
        (
            "A window of negative numbers gives 0: your search for the largest begins at 0, or the map is"
            " padded with zeros. Begin with a number of the window; padding, if any, is minus infinity.",
            lambda x, w, s: np.maximum(_max(x, w, s), 0),
        ),
        (
            "You keep the largest magnitude: −9 is not larger than 5. Max pooling looks at the numbers as "
            "they are.",
            lambda x, w, s: _max(np.abs(x), w, s),
        ),
        (
            "`argmax` says where the largest number stands; the number itself is asked for.",
            lambda x, w, s: _each(x, *_places(x, w, s), w, s, np.argmax),
        ),
    ),
)

check_avg_pool = function_check(
    "09-avg-pool",
    makes="a learner's own average pooling",
    takes="Takes a map ``(H, W)``, and window and stride as whole numbers; returns the average of each "
    "window.",
    example="""
    >>> from cnnlib import sum_pool2d
    >>> print(check_avg_pool(lambda x, window, stride: sum_pool2d(x, window, stride=stride)))
    Not yet: The windows are added up; the division is missing.
    """,
    call="avg_pool(x, window, stride)",
    errors=_ERRORS,
    cases=_CASES,
    truth=_average,
    right="The sum of each window, divided by how many numbers it holds: window times window.",
    mistakes=(
        *_shared(avg_pool2d, np.mean),
        ("That is max pooling. Here all numbers of a window count.", _max),
        ("The windows are added up; the division is missing.", _total),
        (
            "Your averages are rounded down: `//` cuts off the fraction. Divide with `/`.",
            lambda x, w, s: _total(x, w, s) // w**2,
        ),
        (
            "The fractions are cut off: the output is an array of integers. Collect the averages in floats.",
            lambda x, w, s: np.trunc(_average(x, w, s)),
        ),
        ("Your averages are rounded. Leave them as they are.", lambda x, w, s: np.round(_average(x, w, s))),
        (
            "You divide by the side of the window. It holds window times window numbers.",
            lambda x, w, s: _total(x, w, s) / w,
        ),
        ("You always divide by 4. A 3 × 3 window holds nine numbers.", lambda x, w, s: _total(x, w, s) / 4),
        (
            "You divide by the square of the stride. The window says how many numbers are averaged.",
            lambda x, w, s: _total(x, w, s) / s**2,
        ),
        (
            "Negative numbers count as 0 in your averages. There is no ReLU in pooling.",
            lambda x, w, s: _average(relu(x), w, s),
        ),
        (
            "Averages below 0 come out as 0. There is no ReLU in pooling.",
            lambda x, w, s: relu(_average(x, w, s)),
        ),
        (
            "That is the median, the middle one of the sorted numbers. The mean is asked for.",
            lambda x, w, s: _each(x, *_places(x, w, s), w, s, np.median),
        ),
    ),
)


def _stack(channels: int, rows: int, cols: int) -> np.ndarray:
    return np.arange(channels * rows * cols).reshape(channels, rows, cols) ** 2 % 29 - 14


def _pooled(maps: np.ndarray) -> np.ndarray:
    return avg_pool2d(relu(maps), 2)


check_pooled_layer = function_check(
    "09-pooled-layer",
    makes="a learner's own ReLU followed by 2 × 2 average pooling",
    takes="Takes maps ``(C, H, W)`` of even sides, returns ``(C, H / 2, W / 2)``.",
    example="""
    >>> from cnnlib import avg_pool2d, relu
    >>> check_pooled_layer(lambda maps: avg_pool2d(relu(maps), 2)).verdict
    'right'
    """,
    call="pooled_layer(maps)",
    errors=(("cannot reshape", "Which axis is which? The maps are `(C, H, W)`."),),
    cases=(
        ("one map of 4 × 4 with both signs", _stack(1, 4, 4)),
        ("three maps of 4 × 6", _stack(3, 4, 6)),
        ("two maps of 6 × 2 below 0", -np.abs(_stack(2, 6, 2)) - 1),
        ("four maps of 4 × 4", _stack(4, 4, 4)),
    ),
    truth=_pooled,
    right="First the ReLU, then the average, map by map: as many maps come out as go in.",
    mistakes=(
        (
            "The ReLU comes after the average pooling: by then, negative numbers have cancelled positive "
            "ones. With max pooling the order would not matter.",
            lambda x: relu(avg_pool2d(x, 2)),
        ),
        ("The ReLU is missing.", lambda x: avg_pool2d(x, 2)),
        ("The pooling is missing: the maps are as large as before.", lambda x: relu(x)),
        (
            "That is max pooling after the ReLU. Here each window is averaged.",
            lambda x: max_pool2d(relu(x), 2),
        ),
        ("The windows are added up; the division by 4 is missing.", lambda x: sum_pool2d(relu(x), 2)),
        ("You took magnitudes. The ReLU turns what is negative into 0.", lambda x: avg_pool2d(np.abs(x), 2)),
        (
            "Your ReLU keeps the negative numbers. It keeps the positive ones.",
            lambda x: avg_pool2d(relu(-x), 2),
        ),
        (
            "The maps are averaged into one. Pooling treats each map alone: the depth stays.",
            lambda x: _pooled(x).mean(axis=0),
        ),
        (
            "The maps are added into one, as a filter does it. Pooling treats each map alone.",
            lambda x: _pooled(x).sum(axis=0),
        ),
        (
            "Of the maps only the largest number is kept. Pooling treats each map alone: the depth stays.",
            lambda x: _pooled(x).max(axis=0),
        ),
        ("Your windows overlap. Here the stride is 2.", lambda x: avg_pool2d(relu(x), 2, stride=1)),
        ("Rows and columns are swapped: the axes are `(C, H, W)`.", lambda x: _pooled(x).swapaxes(1, 2)),
        (
            "The channels have moved to the end. Here they come first, as in every layer.",
            lambda x: np.moveaxis(_pooled(x), 0, -1),
        ),
    ),
)

check_strided_kernel = kernel_check(
    "09-strided",
    makes="the 2 × 2 kernel that makes a convolution with stride 2 an average pooling",
    takes="Four weights.",
    example="""
    >>> print(check_strided_kernel([[1, 1], [1, 1]]))
    Not yet: Four weights of 1 add the window up: that is sum pooling. An average is smaller.
    """,
    name="check_strided_kernel",
    shape=(2, 2),
    right="A quarter of each of the four numbers: that is their average, whatever the map holds.",
    flaws=(
        (
            "All weights are 0: `//` cuts off the fraction, and integers cannot hold it. Divide with `/`.",
            lambda kernel: not kernel.any(),
        ),
        (
            "Four weights of 1 add the window up: that is sum pooling. An average is smaller.",
            lambda kernel: np.allclose(kernel, 1),
        ),
        (
            "You divided by the side of the window. It holds four numbers.",
            lambda kernel: np.allclose(kernel, 1 / 2),
        ),
        (
            "A single weight keeps one number of each window and drops the other three.",
            lambda kernel: np.count_nonzero(kernel) == 1,
        ),
        ("In an average no number counts negatively.", lambda kernel: kernel.min() < 0),
        (
            "The weights differ. In an average all four numbers count alike.",
            lambda kernel: not np.allclose(kernel, kernel[0, 0]),
        ),
        (
            "The weights are rounded, so their sum is not quite 1. Let Python divide.",
            lambda kernel: 0 < abs(kernel.sum() - 1) <= 0.05 and not np.allclose(kernel, 1 / 4),
            "close",
        ),
        (
            "On a flat map every answer has to be that map's number: what must the four weights add up to?",
            lambda kernel: not np.allclose(kernel, 1 / 4),
        ),
    ),
)
