"""Lesson 9's checks: max and average pooling, ReLU with pooling, and a kernel that pools."""

from collections.abc import Callable
from functools import partial

import numpy as np

from cnnlib.activations import leaky_relu, relu, sigmoid
from cnnlib.exercises.check import Ways, function_check, kernel_check
from cnnlib.exercises.ways import BENDS
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
    _case("a 4 × 6 map of numbers far below 0", -(10.0 ** (_mixed(4, 6) % 7 + 1)) - _mixed(4, 6) / 4, 2, 2),
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


def _pooling(x, w, s, *, reduce, window=None, step=None, places=None, after=lambda out: out) -> np.ndarray:
    """Pool as is right, but for what a mistake puts in place of a part."""
    rows, cols = (places or _places)(x, w, s)
    return after(_each(x, rows, cols, window(w, s) if window else w, step(w, s) if step else s, reduce))


def _ways(reduce: Callable, others: tuple) -> Ways:
    """Return what learners put in place of the parts of a pooling, `others` for its `reduce`."""
    fit = "how many windows fit depends on their size and on the stride"
    right = partial(_pooling, reduce=reduce)
    return Ways(
        lambda x, w, s, **choice: (partial(_pooling) if "reduce" in choice else right)(x, w, s, **choice),
        {
            "reduce": others,
            "window": (
                (
                    lambda w, s: w - 1,
                    "Your window is one row and one column too small: a slice ends before its end.",
                ),
                (
                    lambda w, s: w + 1,
                    "Your window is one row and one column too large: a slice ends before its end.",
                ),
                (lambda w, s: s, "Your window is as large as the stride. It has a size of its own."),
                (lambda w, s: 2, "The window is always 2 × 2 in your function: use `window`."),
                (lambda w, s: 3, "The window is always 3 × 3 in your function: use `window`."),
                (lambda w, s: 1, "A single number of each window is looked at."),
            ),
            "step": (
                (
                    lambda w, s: 1,
                    "Each window begins one pixel after the last: its corner lies at `i * stride`.",
                ),
                (lambda w, s: w, "Your windows begin at `i * window`: the stride says how far they move."),
                (lambda w, s: 2, "Your windows always move on by 2: use `stride`."),
                (lambda w, s: s + 1, "Your windows move on by one pixel more than the stride."),
            ),
            "places": (
                (lambda x, w, s: -((w - np.array(x.shape)) // s) + 1, "You round the number of places up."),
                (lambda x, w, s: (np.array(x.shape) - w) // s, "You counted the steps: places are one more."),
                (
                    lambda x, w, s: -((w - np.array(x.shape)) // s),
                    "A loop to side − window ends before the last place.",
                ),
                (lambda x, w, s: np.array(x.shape) // w, f"You divide the sides by the window: {fit}."),
                (lambda x, w, s: np.array(x.shape) // s, f"You divide the sides by the stride: {fit}."),
                (
                    lambda x, w, s: -(-np.array(x.shape) // s),
                    f"A window begins at every `stride`-th pixel: {fit}.",
                ),
                (
                    lambda x, w, s: (np.array(x.shape) - w) // w + 1,
                    "Places are counted as if the stride were `window`.",
                ),
                (lambda x, w, s: np.array(x.shape) - w + 1, "Places are counted as if the stride were 1."),
                (
                    lambda x, w, s: np.array(x.shape) - w,
                    "Places are counted as if the stride were 1, and one less.",
                ),
                (
                    lambda x, w, s: (np.array(x.shape) - s) // w + 1,
                    "Window and stride are swapped in the count.",
                ),
                (
                    lambda x, w, s: _places(x, w, s)[[0, 0]],
                    "You take the map to be square: columns need its width.",
                ),
                (
                    lambda x, w, s: _places(x, w, s)[[1, 1]],
                    "You take the map to be square: rows need its height.",
                ),
                (
                    lambda x, w, s: _places(x, w, s)[::-1],
                    "How many rows and how many columns there are is swapped.",
                ),
                (lambda x, w, s: _places(x, w, s) + 1, "There is a place too many along each direction."),
            ),
            "after": (
                (np.transpose, "Rows and columns of the output are swapped."),
                (relu, "Results below 0 come out as 0. There is no ReLU in pooling."),
                (np.abs, "The signs of the results are dropped."),
                (np.trunc, "The fractions are cut off: the output is an array of integers."),
                (np.floor, "The results are rounded down: `//` cuts off the fraction."),
                (np.round, "The results are rounded. Leave them as they are."),
                (np.ravel, "The result is one long row: its rows and columns are lost."),
            ),
        },
    )


_CORNERS = "You look at {} of each window only. All of its numbers count."
_LOOKED_AT = (
    (lambda c: c[0, 0], "You keep the first number of each window and look at none of the others."),
    (lambda c: c[-1, -1], "You keep the last number of each window and look at none of the others."),
    (np.min, "You keep the smallest number of each window."),
    (np.sum, "You add the window up."),
    (lambda c: np.sort(c.ravel())[-2:][0], "You keep the second largest number of each window."),
    (lambda c: c.sum() / (c.size + 1), "You divide by one number too many."),
    (lambda c: c[len(c) // 2, len(c) // 2], "You keep the number in the middle of each window."),
    (lambda c: np.round(c.mean(axis=1)).mean(), "You round on the way. Leave the numbers as they are."),
    (lambda c: c.max(axis=1).mean(), "You take the largest of each row, then their mean."),
    (lambda c: c.max(axis=0).sum(), "You take the largest of each column, then their sum."),
    (lambda c: c.sum() / 4, "You always divide by 4. A 3 × 3 window holds nine numbers."),
    (lambda c: c.sum() / 9, "You always divide by 9. A 2 × 2 window holds four numbers."),
    (
        lambda c: c.sum() / len(c),
        "You divide by the side of the window. It holds window times window numbers.",
    ),
    (np.median, "You take the median, the middle one of the sorted numbers."),
    (lambda c: np.abs(c).max(), "You keep the largest magnitude: signs count in pooling."),
    (
        lambda c: c[np.unravel_index(np.abs(c).argmax(), c.shape)],
        "You keep the number of the largest magnitude.",
    ),
    (np.argmax, "`argmax` says where the largest number stands; the number itself is asked for."),
    (np.ptp, "You take the largest less the smallest number of each window."),
    (lambda c: (c.max() + c.min()) / 2, "You take the middle between the largest and the smallest number."),
    (np.std, "You take the standard deviation of each window."),
    (
        lambda c: np.sqrt((c * c).sum()),
        "You take the length of each window, the root of the sum of its squares.",
    ),
    (lambda c: c[0].max(), _CORNERS.format("the first row")),
    (lambda c: c[:, 0].max(), _CORNERS.format("the first column")),
    (lambda c: np.diag(c).max(), _CORNERS.format("the diagonal")),
    (lambda c: c[0].mean(), _CORNERS.format("the first row")),
    (lambda c: c[:, 0].mean(), _CORNERS.format("the first column")),
    (lambda c: np.diag(c).mean(), _CORNERS.format("the diagonal")),
    (lambda c: (c[0, 0] + c[-1, -1]) / 2, _CORNERS.format("two corners")),
    (lambda c: (c[0, 0] + c[0, -1] + c[-1, 0] + c[-1, -1]) / 4, _CORNERS.format("the corners")),
    (
        lambda c: (c // c.size).sum(),
        "Each number is divided with `//` before they are added: that cuts off every time.",
    ),
    (
        lambda c: c.sum() / c.size if c.sum() > 0 else 0,
        "Averages below 0 come out as 0. There is no ReLU in pooling.",
    ),
    (
        lambda c: c.sum() / max((c != 0).sum(), 1),
        "You divide by how many numbers are not 0. Zeros count as well.",
    ),
    (lambda c: c.sum() / (c.size - 1) if c.size > 1 else c.sum(), "You divide by one number too few."),
    (
        lambda c: np.exp(np.log(np.abs(c) + 1e-12).mean()),
        "You take the geometric mean. The sum, divided, is the mean.",
    ),
    (lambda c: c.max(axis=0).mean(), "You take the largest of each column, then their mean."),
    (
        lambda c: sum(c[i, j] for i in range(len(c)) for j in range(i, c.shape[1])) / c.size,
        _CORNERS.format("one half"),
    ),
)


def _sparse(pool: Callable) -> Callable:
    """Return a pooling whose results stay where their windows begin, with zeros between them."""

    def pooled(x, w, s) -> np.ndarray:
        out = np.zeros(np.array(x.shape) - w + 1)
        out[::s, ::s] = pool(x, w, stride=s)
        return out

    return pooled


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
            "The results stay where their windows begin, with zeros between them: row i, "
            "column j of the output belongs to "
            "the window at `i * stride, j * stride`.",
            _sparse(pool),
        ),
        (
            "The results of the windows are spread over the whole map. There is one number for each window.",
            lambda x, w, s: np.kron(pool(x, w, stride=s), np.ones((s, s))),
        ),
        (
            "The map is cut to pieces by a `reshape` in a wrong order: the axes are rows "
            "of windows, rows in a window, "
            "columns of windows, columns in a window.",
            lambda x, w, s: np.array(
                [
                    [reduce(block) for block in row]
                    for row in _cropped(x, w).reshape(x.shape[0] // w, x.shape[1] // w, w, w)
                ]
            ),
        ),
        (
            "You keep the first number of each window and look at none of the others.",
            lambda x, w, s: _each(x, *_places(x, w, s), 1, s, np.sum),
        ),
    )


def _cropped(x: np.ndarray, w: int) -> np.ndarray:
    """Leave out the rows and columns that fill no window."""
    return x[: x.shape[0] // w * w, : x.shape[1] // w * w]


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
    ways=[_ways(np.max, ((np.mean, "That is average pooling."), *_LOOKED_AT))],
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
    ways=[_ways(np.mean, ((np.max, "That is max pooling."), *_LOOKED_AT))],
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


def _positive_mean(maps: np.ndarray) -> np.ndarray:
    held = np.maximum(avg_pool2d((maps > 0).astype(float), 2), 1 / 4)
    return _pooled(maps) / held


def _by_twos(maps: np.ndarray) -> np.ndarray:
    """Return the windows of 2 × 2 side by side, each as a row of four numbers."""
    c, h, w = maps.shape
    return maps.reshape(c, h // 2, 2, w // 2, 2).transpose(0, 1, 3, 2, 4).reshape(c, h // 2, w // 2, 4)


def _layered(
    maps, *, bend=relu, reduce=lambda w: w.mean(axis=-1), late=False, before=None, after=lambda out: out
):
    """Pool a layer as is right, but for what a mistake puts in place of a part."""
    maps = maps.astype(float) if before is None else before(maps.astype(float))
    return after(bend(reduce(_by_twos(maps))) if late else reduce(_by_twos(bend(maps))))


_POOLED = Ways(
    _layered,
    {
        "late": (
            (
                True,
                "The ReLU comes after the pooling: by then, negative numbers have cancelled positive ones.",
            ),
        ),
        "bend": BENDS,
        "reduce": (
            (lambda w: w.max(axis=-1), "That is max pooling. Here each window is averaged."),
            (lambda w: w.min(axis=-1), "You keep the smallest number of each window. Here it is averaged."),
            (lambda w: w.sum(axis=-1), "The windows are added up; the division by 4 is missing."),
            (
                lambda w: w.sum(axis=-1) / 2,
                "The sums are divided by 2, the side of the window. It holds four numbers.",
            ),
            (lambda w: w[..., 0], "You keep the first number of each window. All four count."),
            (lambda w: w[..., -1], "You keep the last number of each window. All four count."),
            (lambda w: np.median(w, axis=-1), "You take the median of each window, not the mean."),
            (lambda w: w[..., :2].mean(axis=-1), "Only the upper two numbers of each window are averaged."),
            (lambda w: w[..., ::2].mean(axis=-1), "Only the left two numbers of each window are averaged."),
            (lambda w: w[..., ::3].mean(axis=-1), "Only two corners of each window are averaged."),
            (
                lambda w: w.sum(axis=-1) / np.maximum((w != 0).sum(axis=-1), 1),
                "You divide by how many are not 0, not by 4.",
            ),
        ),
        "before": (
            (lambda m: m - m.mean(axis=(1, 2), keepdims=True), "The mean of each map is subtracted first."),
            (lambda m: m - m.mean(), "The mean of all maps is subtracted first."),
            (lambda m: m / np.abs(m).max(), "The maps are divided by their largest number."),
            (np.trunc, "The fractions of the maps are cut off."),
            (lambda m: m[::-1], "The order of the maps is turned round."),
            (lambda m: np.swapaxes(m, 1, 2), "Rows and columns of the maps are swapped."),
        ),
        "after": (
            (lambda out: out.mean(axis=0), "The maps are averaged into one. The depth stays."),
            (lambda out: out.sum(axis=0), "The maps are added into one. The depth stays."),
            (lambda out: out.max(axis=0), "Of the maps only the largest number is kept. The depth stays."),
            (lambda out: out[0], "Only the first map is returned. As many come out as go in."),
            (lambda out: out[-1], "Only the last map is returned: the others are overwritten."),
            (lambda out: out[:-1], "The last map is missing: as many come out as go in."),
            (lambda out: out[1:], "The first map is missing: as many come out as go in."),
            (
                lambda out: np.moveaxis(out, 0, -1),
                "The channels have moved to the end. Here they come first.",
            ),
            (np.trunc, "The fractions are cut off: the results are stored as integers."),
            (np.round, "The averages are rounded. Leave them as they are."),
            (
                lambda out: out.mean(axis=(1, 2)),
                "Each map became one number: that is global pooling. Here windows are 2 × 2.",
            ),
            (
                lambda out: np.repeat(np.repeat(out, 2, 1), 2, 2),
                "Each average is spread over its window again.",
            ),
        ),
    },
)

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
    truth=_pooled,
    ways=[_POOLED],
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
        *(
            (
                f"That is {name}. ReLU turns what is negative into 0, and lets all else pass.",
                lambda x, bend=bend: avg_pool2d(bend(x.astype(float)), 2),
            )
            for name, bend in (
                ("the leaky ReLU, with a hundredth of the negative numbers", leaky_relu),
                ("the leaky ReLU, with a tenth of the negative numbers", lambda x: leaky_relu(x, 0.1)),
                ("the sigmoid", sigmoid),
                ("softplus", lambda x: np.logaddexp(0, x)),
                ("the slope of ReLU, 0 or 1", lambda x: (x > 0).astype(float)),
            )
        ),
        (
            "`reshape` to (C, H / 2, W / 2, 2, 2) cuts rows to pieces. The axes in "
            "memory are row of windows, row in a "
            "window, column of windows, column in a window.",
            lambda x: relu(x).reshape(len(x), x.shape[1] // 2, x.shape[2] // 2, 2, 2).mean(axis=(3, 4)),
        ),
        (
            "You average the positive numbers alone. The zeros that ReLU makes count as well: divide by 4.",
            _positive_mean,
        ),
        (
            "The sums are divided by 2, the side of the window. It holds four numbers.",
            lambda x: sum_pool2d(relu(x), 2) / 2,
        ),
        (
            "Only the rows are pooled, two and two. Columns have to be, as well.",
            lambda x: relu(x).reshape(len(x), x.shape[1] // 2, 2, x.shape[2]).mean(axis=2),
        ),
        (
            "Only the columns are pooled, two and two. Rows have to be, as well.",
            lambda x: relu(x).reshape(*x.shape[:2], x.shape[2] // 2, 2).mean(axis=3),
        ),
        (
            "Only every second number is kept: that is stride 2 without the average.",
            lambda x: relu(x)[:, ::2, ::2],
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
            "On a flat map every result has to be that map's number: what must the four weights add up to?",
            lambda kernel: not np.allclose(kernel, 1 / 4),
        ),
    ),
)
