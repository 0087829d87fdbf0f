"""Lesson 9's checks: max and average pooling, ReLU with pooling, and a kernel that pools."""

import numpy as np

from cnnlib.exercises.check import function_check, kernel_check

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
    _case("a 4 × 6 map of numbers far below 0", -(10.0 ** (_mixed(4, 6) % 7 + 1)) - _mixed(4, 6) / 4, 2, 2),
)
_ERRORS = (
    ("cannot be interpreted as an integer", "Is a size divided with `/`? Places are counted: use `//`."),
    ("zero-size array", "A window begins beyond the end of the map: how many places are there?"),
    ("out of bounds", "How many places are there along each direction? Rows and columns may differ."),
)


def _cut(x: np.ndarray, window: int) -> np.ndarray:
    """Cut a map to windows by a reshape that mixes its rows."""
    rows, cols = (n // window for n in x.shape)
    return x[: rows * window, : cols * window].reshape(rows, cols, window, window)


def _max_pooled(x, window, stride):
    rows, cols = (np.array(x.shape) - window) // stride + 1
    out = np.zeros((rows, cols))
    for i in range(rows):
        for j in range(cols):
            top, left = i * stride, j * stride
            cells = x[top : top + window, left : left + window]
            out[i, j] = cells.max() if cells.size else 0
    return out


_SHARED = """
x[top : top + window, left : left + window] -> x[i : i + window, j : j + window]
    The right number of windows, but each begins one pixel after the last: its corner lies at `i * stride, j *
    stride`.
rows, cols = -> stride = 1; rows, cols =
    The window moves on by 1, whatever the stride is. Its corner lies at `i * stride, j * stride`.
rows, cols = -> stride = window; rows, cols =
    The stride is not used: your windows lie side by side. That is the usual setting, but not the only one.
rows, cols = -> window, stride = stride, window; rows, cols =
    Window and stride are swapped: the window says how many numbers are looked at, the stride how far it
    moves.
rows, cols = -> window = stride; rows, cols =
top : top + window, left : left + window -> top : top + stride, left : left + stride
    Your window is as large as the stride. It has a size of its own.
left : left + window -> left : left + stride
top : top + window -> top : top + stride
    Your window is a rectangle, `window` one way and `stride` the other. It is `window` by `window`.
i * stride, j * stride -> i * window, j * window
    Your windows begin at `i * window`: the stride says how far they move.
(np.array(x.shape) - window) // stride + 1 -> -((window - np.array(x.shape)) // stride) + 1
    You round the number of places up: the last windows hang over the end of the map.
(np.array(x.shape) - window) // stride + 1 -> (np.array(x.shape) - window) // stride
    You counted the steps. Places are one more than steps, so the last row and column are missing.
(np.array(x.shape) - window) // stride + 1 -> -((window - np.array(x.shape)) // stride)
    A loop to side − window ends before the last place: places are one more than steps.
(np.array(x.shape) - window) // stride + 1 -> np.array(x.shape) // window
(np.array(x.shape) - window) // stride + 1 -> np.array(x.shape) // stride
    You divide the sides of the map: how many windows fit depends on their size and on the stride.
(np.array(x.shape) - window) // stride + 1 -> -(-np.array(x.shape) // stride)
    A window begins at every step up to the end of the map: the last ones hang over it. Only whole windows
    count.
(np.array(x.shape) - window) // stride + 1 -> np.array(x.shape) - window + 1
(np.array(x.shape) - window) // stride + 1 -> np.array(x.shape) - window
    Places are counted as if the stride were 1.
(np.array(x.shape) - window) // stride + 1 -> (np.array(x.shape) - window) // np.array([stride, 1]) + 1
;; j * stride -> j
    The stride is used for the rows only. Windows move on by it in both directions.
(np.array(x.shape) - window) // stride + 1 -> (np.array(x.shape) - window) // np.array([1, stride]) + 1
;; i * stride -> i
    The stride is used for the columns only. Windows move on by it in both directions.
return out -> return out.T
    Rows and columns of the output are swapped.
np.zeros((rows, cols)) -> np.zeros((rows, cols := rows))
np.zeros((rows, cols)) -> np.zeros((rows := cols, cols))
    You take the map to be square: its columns have to be counted with its width.
top + window, left : left + window -> top + max(window - 1, 1), left : left + max(window - 1, 1)
    Your window is one row and one column too small: a slice ends before its last index.
top + window, left : left + window -> top + window + 1, left : left + window + 1
    Your window is one row and one column too large: a slice ends before its last index.
out[i, j] -> out[top, left]
;; np.zeros((rows, cols)) -> np.zeros((x.shape[0] - window + 1, x.shape[1] - window + 1))
    The results stay where their windows begin, with zeros between them: row i, column j of the output belongs
    to the window at `i * stride, j * stride`.
return out -> return np.kron(out, np.ones((stride, stride)))
    The results of the windows are spread over the whole map. There is one number for each window.
"""

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
    right="The largest number of each window, at any stride, and of negative numbers as well.",
    truth=_max_pooled,
    edits=_SHARED
    + """
cells.max() -> cells.mean()
    That is average pooling. Here the largest number of each window is kept.
cells.max() -> cells.sum()
    You add the window up. Here its largest number is kept.
cells.max() -> cells.min()
    You keep the smallest number of each window.
cells.max() -> max(cells.max(), 0)
    A window of negative numbers gives 0: your search for the largest begins at 0, or the map is padded with
    zeros. Begin with a number of the window; padding, if any, is minus infinity.
cells.max() -> np.abs(cells).max()
    You keep the largest magnitude: −9 is not larger than 5. Max pooling looks at the numbers as they are.
cells.max() -> cells.argmax()
    `argmax` says where the largest number stands; the number itself is asked for.
cells.max() -> np.sort(cells.ravel())[-2:][0]
    You keep the second largest number of each window.
cells.max() -> cells[0, 0]
    You keep the first number of each window and look at none of the others.
cells.max() -> max(cells.max(), _)
    The search for the largest begins at {}. Begin with a number of the window.
""",
    mistakes=(
        (
            "The map is cut to pieces by a `reshape` in a wrong order: the axes are rows of windows, rows "
            "in a window, columns of windows, columns in a window.",
            lambda x, window, stride: _cut(x, window).max(axis=(2, 3)),
        ),
    ),
)


def _averaged(x, window, stride):
    rows, cols = (np.array(x.shape) - window) // stride + 1
    out = np.zeros((rows, cols))
    for i in range(rows):
        for j in range(cols):
            top, left = i * stride, j * stride
            cells = x[top : top + window, left : left + window]
            out[i, j] = cells.sum() / cells.size if cells.size else 0
    return out


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
    right="The sum of each window, divided by how many numbers it holds: window times window.",
    truth=_averaged,
    edits=_SHARED
    + """
cells.sum() / cells.size -> cells.max()
    That is max pooling. Here all numbers of a window count.
cells.sum() / cells.size -> cells.sum()
    The windows are added up; the division is missing.
cells.sum() / cells.size -> cells.sum() // cells.size
    Your averages are rounded down: `//` cuts off the fraction. Divide with `/`.
cells.sum() / cells.size -> np.trunc(cells.mean())
    The fractions are cut off: the output is an array of integers. Collect the averages in floats.
cells.sum() / cells.size -> np.round(cells.mean())
    Your averages are rounded. Leave them as they are.
cells.sum() / cells.size -> (cells // cells.size).sum()
    Each number is divided with `//` before they are added: that cuts off every time.
top + window, left : left + window -> top + window + 1, left : left + window + 1 ;; cells.size -> window**2
    Your window is one row and one column too large: a slice ends before its last index.
cells.size -> window
    You divide by the side of the window. It holds window times window numbers.
cells.sum() / cells.size -> cells.sum() / 4
    You always divide by 4. A 3 × 3 window holds nine numbers.
cells.sum() / cells.size -> cells.sum() / 9
    You always divide by 9. A 2 × 2 window holds four numbers.
cells.sum() / cells.size -> cells.sum() / stride**2
    You divide by the square of the stride. The window says how many numbers are averaged.
cells.sum() / cells.size -> cells.sum() / (cells.size + 1)
cells.sum() / cells.size -> cells.sum() / max(cells.size - 1, 1)
    You divide by one number too many, or too few.
cells.sum() / cells.size -> cells.sum() / max((cells != 0).sum(), 1)
    You divide by how many numbers are not 0. Zeros count as well.
cells.sum() / cells.size -> np.maximum(cells, 0).mean()
    Negative numbers count as 0 in your averages. There is no ReLU in pooling.
cells.sum() / cells.size -> max(cells.mean(), 0)
    Averages below 0 come out as 0. There is no ReLU in pooling.
cells.sum() / cells.size -> np.median(cells)
    That is the median, the middle one of the sorted numbers. The mean is asked for.
cells.sum() / cells.size -> (cells.max() + cells.min()) / 2
    You take the middle between the largest and the smallest number.
cells.sum() / cells.size -> cells[0, 0]
    You keep the first number of each window and look at none of the others.
cells.sum() / cells.size -> (cells[0, 0] + cells[-1, -1]) / 2
cells.sum() / cells.size -> (cells[0, 0] + cells[0, -1] + cells[-1, 0] + cells[-1, -1]) / 4
    You look at the corners of each window only. All of its numbers count.
cells.sum() / cells.size -> np.exp(np.log(np.abs(cells) + 1e-12).mean())
    You take the geometric mean. The sum, divided, is the mean.
""",
    mistakes=(
        (
            "The map is cut to pieces by a `reshape` in a wrong order: the axes are rows of windows, rows "
            "in a window, columns of windows, columns in a window.",
            lambda x, window, stride: _cut(x, window).mean(axis=(2, 3)),
        ),
    ),
)


def _stack(channels: int, rows: int, cols: int) -> np.ndarray:
    return np.arange(channels * rows * cols).reshape(channels, rows, cols) ** 2 % 29 - 14


def _pooled_layer(maps):
    channels, height, width = maps.shape
    bent = np.maximum(maps, 0)
    windows = bent.reshape(channels, height // 2, 2, width // 2, 2)
    return windows.sum(axis=(2, 4)) / 4


def _weighed(maps, weights) -> np.ndarray:
    """Add up the windows with weights, where the right function adds up all four numbers alike."""
    channels, height, width = maps.shape
    windows = np.maximum(maps, 0).reshape(channels, height // 2, 2, width // 2, 2)
    return (windows * weights.reshape(1, 1, 2, 1, 2)).sum(axis=(2, 4)) / 4


check_pooled_layer = function_check(
    "09-pooled-layer",
    makes="a learner's own ReLU followed by 2 × 2 average pooling",
    takes="Takes maps ``(C, H, W)`` of even sides, returns ``(C, H / 2, W / 2)``.",
    example="""
    >>> from cnnlib import avg_pool2d, relu
    >>> check_pooled_layer(lambda maps: maps).verdict
    'wrong'
    """,
    call="pooled_layer(maps)",
    errors=(("cannot reshape", "Which axis is which? The maps are `(C, H, W)`."),),
    cases=(
        ("one map of 4 × 4 with both signs", _stack(1, 4, 4)),
        ("three maps of 4 × 6", _stack(3, 4, 6)),
        ("two maps of 6 × 2 below 0", -np.abs(_stack(2, 6, 2)) - 1),
        ("four maps of 4 × 4", _stack(4, 4, 4)),
        ("two maps of 2 × 4 with fractions", _stack(2, 2, 4) / 16),
    ),
    right="First the ReLU, then the average, map by map: as many maps come out as go in.",
    truth=_pooled_layer,
    edits="""
        np.maximum(maps, 0) -> maps.astype(float)
        ;; windows.sum(axis=(2, 4)) / 4 -> np.maximum(windows.mean(axis=(2, 4)), 0)
            The ReLU comes after the average pooling: by then, negative numbers have cancelled positive ones.
            With max pooling the order would not matter.
        np.maximum(maps, 0) -> maps
            The ReLU is missing.
        windows.sum(axis=(2, 4)) / 4 -> bent
            The pooling is missing: the maps are as large as before.
        windows.sum(axis=(2, 4)) / 4 -> windows.max(axis=(2, 4))
            That is max pooling after the ReLU. Here each window is averaged.
        windows.sum(axis=(2, 4)) / 4 -> windows.sum(axis=(2, 4))
            The windows are added up; the division by 4 is missing.
        windows.sum(axis=(2, 4)) / 4 -> windows.sum(axis=(2, 4)) / 2
            The sums are divided by 2, the side of the window. It holds four numbers.
        / 4 -> / np.maximum((windows > 0).sum(axis=(2, 4)), 1)
            You average the positive numbers alone. The zeros that ReLU makes count as well: divide by 4.
        windows.sum(axis=(2, 4)) / 4 -> windows.mean(axis=(0, 2, 4))
            The maps are averaged into one. Pooling treats each map alone: the depth stays.
        windows.sum(axis=(2, 4)) / 4 -> windows.mean(axis=(2, 4)).sum(axis=0)
            The maps are added into one, as a filter does it. Pooling treats each map alone.
        windows.sum(axis=(2, 4)) / 4 -> windows.mean(axis=(2, 4)).max(axis=0)
            Of the maps only the largest number is kept. Pooling treats each map alone: the depth stays.
        windows.sum(axis=(2, 4)) -> bent.reshape(channels, height // 2, width // 2, 4).sum(axis=3)
            `reshape` to (C, H / 2, W / 2, 2, 2) cuts rows to pieces. The axes in memory are row of windows,
            row in a window, column of windows, column in a window.
        windows.sum(axis=(2, 4)) -> bent.reshape(channels, 2, height // 2, 2, width // 2).sum(axis=(1, 3))
            You average numbers that lie half a map apart: the order is how many windows first, then 2.
        windows.sum(axis=(2, 4)) / 4 -> bent.reshape(channels, height // 2, 2, width).mean(axis=2)
            Only the rows are pooled, two and two. Columns have to be, as well.
        windows.sum(axis=(2, 4)) / 4 -> bent.reshape(channels, height, width // 2, 2).mean(axis=3)
            Only the columns are pooled, two and two. Rows have to be, as well.
        windows.sum(axis=(2, 4)) / 4 -> bent[:, ::2, ::2]
            Only every second number is kept: that is stride 2 without the average.
        windows.sum(axis=(2, 4))
        -> (bent[:, :-1, :-1] + bent[:, :-1, 1:] + bent[:, 1:, :-1] + bent[:, 1:, 1:])
            Your windows overlap. Here the stride is 2.
        windows.sum(axis=(2, 4)) / 4 -> windows.mean(axis=(1, 2, 3, 4))
            Each map became one number: that is global pooling. Here windows are 2 × 2.
        windows.sum(axis=(2, 4)) / 4 -> np.kron(windows.mean(axis=(2, 4)), np.ones((1, 2, 2)))
            Each average is spread over its window again.
        windows.sum(axis=(2, 4)) / 4 -> windows[:, :, 0].mean(axis=3)
        windows.sum(axis=(2, 4)) / 4 -> windows[..., 0].mean(axis=2)
            Only one row, or column, of each window is averaged. All four numbers count.
        np.maximum(maps, 0) -> np.maximum(maps, 0).swapaxes(1, 2)
        ;; height, width = maps.shape -> width, height = maps.shape
            Rows and columns are swapped: the axes are `(C, H, W)`.
        windows.sum(axis=(2, 4)) / 4 -> np.moveaxis(windows.mean(axis=(2, 4)), 0, -1)
            The channels have moved to the end. Here they come first, as in every layer.
    """,
    mistakes=(
        *(
            (
                "One number of each window is read twice, and another never: an index is typed twice.",
                lambda maps, never=never, twice=twice: _weighed(
                    maps, np.eye(4)[twice] - np.eye(4)[never] + 1
                ),
            )
            for never in range(4)
            for twice in range(4)
            if never != twice
        ),
        *(
            (
                "Only two numbers of each window, across a corner, are averaged. All four count.",
                lambda maps, on=on: _weighed(maps, np.array(on)),
            )
            for on in ([2, 0, 0, 2], [0, 2, 2, 0])
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
            "On a flat map every result has to be that map's number: what must the four weights add up to?",
            lambda kernel: not np.allclose(kernel, 1 / 4),
        ),
    ),
)
