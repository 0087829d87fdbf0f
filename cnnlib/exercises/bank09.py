"""Lesson 09's bank: max and average pooling, and each known mistake with the sentence that names it."""

from collections.abc import Callable

import numpy as np

from cnnlib.activations import relu
from cnnlib.exercises.task import Case, Mistake, Task
from cnnlib.pooling import avg_pool2d, max_pool2d, sum_pool2d

TABLE = np.array([[10, 5, 8, 2], [12, 7, 3, 1], [15, 11, 6, 4], [9, 14, 13, 0]])
_DARK = np.array([[-9, -4, -7, -2, -8, -6], [-3, -5, -1, -9, -4, -7], [-8, -6, -2, -5, -3, -1], [-4] * 6])


def _case(name: str, x: np.ndarray, window: int, stride: int) -> Case:
    return Case(name, (x, np.int64(window), np.int64(stride)))


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


def _shared(pool: Callable, reduce: Callable) -> tuple[Mistake, ...]:
    """Return the mistakes that every pooling can have."""
    return (
        Mistake(
            lambda x, w, s: pool(x, w, stride=1),
            "The window moves on by 1, whatever the stride is. Its corner lies at `i * stride, j * stride`.",
        ),
        Mistake(
            lambda x, w, s: pool(x, w, stride=w),
            "The stride is not used: your windows lie side by side. That is the usual setting, but not the "
            "only one.",
        ),
        Mistake(
            lambda x, w, s: pool(x, s, stride=w),
            "Window and stride are swapped: the window says how many numbers are looked at, the stride how "
            "far it moves.",
        ),
        Mistake(
            lambda x, w, s: pool(x, s, stride=s),
            "Your window is as large as the stride. It has a size of its own.",
        ),
        Mistake(
            lambda x, w, s: _each(x, *_places(x, w, s), w, 1, reduce),
            "The right number of windows, but each begins one pixel after the last: its corner lies at "
            "`i * stride, j * stride`.",
        ),
        Mistake(
            _rounded_up(reduce),
            "You round the number of places up: the last windows hang over the end of the map.",
        ),
        Mistake(
            lambda x, w, s: _each(x, *((np.array(x.shape) - w) // s), w, s, reduce),
            "You counted the steps. Places are one more than steps, so the last row and column are missing.",
        ),
        Mistake(
            lambda x, w, s: pool(x, w, stride=s).T,
            "Rows and columns of the output are swapped.",
        ),
        Mistake(
            lambda x, w, s: _each(x, *_places(x, w, s)[[0, 0]], w, s, reduce),
            "You take the map to be square: its columns have to be counted with its width.",
        ),
        Mistake(
            lambda x, w, s: _each(x, *_places(x, w, s), max(w - 1, 1), s, reduce),
            "Your window is one row and one column too small: a slice ends before its last index.",
        ),
        Mistake(
            lambda x, w, s: _each(x, *_places(x, w, s), w + 1, s, reduce),
            "Your window is one row and one column too large: a slice ends before its last index.",
        ),
        Mistake(
            lambda x, w, s: _each(x, *_places(x, w, s), 1, s, np.sum),
            "You keep the first number of each window and look at none of the others.",
        ),
    )


def _max(x, w, s) -> np.ndarray:
    return max_pool2d(x, w, stride=s)


def _average(x, w, s) -> np.ndarray:
    return avg_pool2d(x, w, stride=s)


def _total(x, w, s) -> np.ndarray:
    return sum_pool2d(x, w, stride=s)


_FROM_ZERO = (
    "A window of negative numbers gives 0: your search for the largest begins at 0, or the map is padded "
    "with zeros. Begin with a number of the window; padding, if any, is minus infinity."
)

MAX_POOL = Task(
    call="max_pool(x, window, stride)",
    errors=_ERRORS,
    cases=_CASES,
    truth=_max,
    right="The largest number of each window, at any stride, and of negative numbers as well.",
    mistakes=(
        *_shared(max_pool2d, np.max),
        Mistake(_average, "That is average pooling. Here the largest number of each window is kept."),
        Mistake(_total, "You add the window up. Here its largest number is kept."),
        Mistake(lambda x, w, s: -_max(-x, w, s), "You keep the smallest number of each window."),
        Mistake(lambda x, w, s: np.maximum(_max(x, w, s), 0), _FROM_ZERO),
        Mistake(
            lambda x, w, s: _max(np.abs(x), w, s),
            "You keep the largest magnitude: −9 is not larger than 5. Max pooling looks at the numbers as "
            "they are.",
        ),
        Mistake(
            lambda x, w, s: _each(x, *_places(x, w, s), w, s, np.argmax),
            "`argmax` says where the largest number stands; the number itself is asked for.",
        ),
    ),
)

AVG_POOL = Task(
    call="avg_pool(x, window, stride)",
    errors=_ERRORS,
    cases=_CASES,
    truth=_average,
    right="The sum of each window, divided by how many numbers it holds: window times window.",
    mistakes=(
        *_shared(avg_pool2d, np.mean),
        Mistake(_max, "That is max pooling. Here all numbers of a window count."),
        Mistake(_total, "The windows are added up; the division is missing."),
        Mistake(
            lambda x, w, s: _total(x, w, s) // w**2,
            "Your averages are rounded down: `//` cuts off the fraction. Divide with `/`.",
        ),
        Mistake(
            lambda x, w, s: np.trunc(_average(x, w, s)),
            "The fractions are cut off: the output is an array of integers. Collect the averages in floats.",
        ),
        Mistake(
            lambda x, w, s: np.round(_average(x, w, s)), "Your averages are rounded. Leave them as they are."
        ),
        Mistake(
            lambda x, w, s: _total(x, w, s) / w,
            "You divide by the side of the window. It holds window times window numbers.",
        ),
        Mistake(
            lambda x, w, s: _total(x, w, s) / 4,
            "You always divide by 4. A 3 × 3 window holds nine numbers.",
        ),
        Mistake(
            lambda x, w, s: _total(x, w, s) / s**2,
            "You divide by the square of the stride. The window says how many numbers are averaged.",
        ),
        Mistake(
            lambda x, w, s: _average(relu(x), w, s),
            "Negative numbers count as 0 in your averages. There is no ReLU in pooling.",
        ),
        Mistake(
            lambda x, w, s: relu(_average(x, w, s)),
            "Averages below 0 come out as 0. There is no ReLU in pooling.",
        ),
        Mistake(
            lambda x, w, s: _each(x, *_places(x, w, s), w, s, np.median),
            "That is the median, the middle one of the sorted numbers. The mean is asked for.",
        ),
    ),
)
