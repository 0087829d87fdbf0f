"""Lesson 3's checks: a sliding window, and a kernel that shifts."""

from collections.abc import Callable
from functools import partial

import numpy as np

from cnnlib.exercises.check import function_check, kernel_check
from cnnlib.exercises.ways import slide_ways, windows


def _slide(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    return windows(image, kernel, lambda window, weights: (window.astype(float) * weights).sum())


def _after(change: Callable) -> Callable:
    """Return a slide whose finished map is changed by `change(map, image, kernel)`."""
    return lambda image, kernel: change(_slide(image, kernel), image, kernel)


def _each(number: Callable) -> Callable:
    """Return a slide in which `number(window, kernel)` is taken at each place."""
    return partial(windows, number=number)


def _into(out: np.ndarray, part: np.ndarray, row: int = 0, col: int = 0) -> np.ndarray:
    out[row : row + part.shape[0], col : col + part.shape[1]] = part
    return out


def _centred(out: np.ndarray, image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    return _into(np.zeros(image.shape), out, kernel.shape[0] // 2, kernel.shape[1] // 2)


def _zero_padded(before: int, after: int) -> Callable:
    """Return a slide over a padded image; for even kernels the extra row may go to either side, or both."""
    return lambda image, kernel: _slide(
        np.pad(image, [((size - before) // 2, (size - after) // 2) for size in kernel.shape]), kernel
    )


def _stored_as(out: np.ndarray, kind: np.dtype) -> np.ndarray:
    return np.trunc(out).astype(np.int64).astype(kind)


def _in_place(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    """Write each sum over the pixels that later windows read."""
    work, out = image.astype(float), np.zeros(_slide(image, kernel).shape)
    for r, c in np.ndindex(out.shape):
        middle = r + kernel.shape[0] // 2, c + kernel.shape[1] // 2
        work[middle] = (work[r : r + kernel.shape[0], c : c + kernel.shape[1]] * kernel).sum()
        out[r, c] = work[middle]
    return out


def _fixed(size: int) -> Callable:
    """Return a slide whose window is always as large; it fails where the kernel is not."""

    def slide(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
        places = np.array(image.shape) - size + 1
        return np.array(
            [
                [(image[r : r + size, c : c + size].astype(float) * kernel).sum() for c in range(places[1])]
                for r in range(places[0])
            ]
        )

    return slide


def _swapped_sides(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    """Take the kernel's rows for its columns."""
    kw, kh = kernel.shape
    places = np.array(image.shape) - (kh, kw) + 1
    return np.array(
        [
            [(image[r : r + kh, c : c + kw].astype(float) * kernel).sum() for c in range(places[1])]
            for r in range(places[0])
        ]
    )


def _framed(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    out = _slide(image, kernel)
    return _into(image.astype(float), out, kernel.shape[0] // 2, kernel.shape[1] // 2)


def _typed_twice(repeat: Callable) -> Callable:
    """Return a slide of windows that are changed by ``repeat(window)``."""
    return _each(lambda window, kernel: (repeat(window.astype(float)) * kernel).sum())


def _read(row: int, col: int, instead: tuple[int, int]) -> Callable:
    def repeat(window: np.ndarray) -> np.ndarray:
        window = window.copy()
        window[row, col] = window[instead]
        return window

    return repeat


_SAME_SIZE = (
    "Your map has the image's size, filled up at the border. It should have one number for each position at "
    "which the whole kernel fits, so it is smaller than the image."
)
_SHORT = (
    "One loop (or both) ends one position too early: the last row or column of the map is missing. Count "
    "again."
)
_SUM = "The products of a window have to be added up: you keep a single one, or all of them side by side."
_RUNNING = "The running total goes on from window to window. Each window has to begin again at 0."
_BYTES = (
    "The results go into the image's own type of integer: negative numbers and large ones wrap round, "
    "fractions are cut off. Collect them in floats."
)

_OVER = "Perhaps a window runs over the border: how often does the kernel fit?"
_ARRAY = "A whole array does not fit into one cell: are the products of a window added up?"

check_slide = function_check(
    "03-slide",
    makes="a learner's own sliding window",
    takes="Takes an image ``(H, W)`` and a kernel ``(KH, KW)``, returns the map ``(H - KH + 1, W - KW + "
    "1)``: at each place the sum of the products, the kernel not turned.",
    example="""
    >>> from scipy.signal import correlate2d
    >>> check_slide(lambda image, kernel: image).verdict
    'wrong'
    """,
    call="slide(image, kernel)",
    errors=(
        ("broadcast", _OVER),
        ("out of bounds", _OVER),
        ("array element with a sequence", _ARRAY),
        ("converted to Python scalars", _ARRAY),
    ),
    cases=(
        (
            "the 5 × 5 binary image with the X kernel",
            np.array([[1, 1, 1, 0, 0], [0, 1, 1, 1, 0], [0, 0, 1, 1, 1], [0, 0, 1, 1, 0], [0, 1, 1, 0, 0]]),
            np.array([[1, 0, 1], [0, 1, 0], [1, 0, 1]]),
        ),
        (
            "a 5 × 5 image with a kernel of nine different weights",
            np.array([[3, 1, 4, 1, 5], [9, 2, 6, 5, 3], [5, 8, 9, 7, 9], [3, 2, 3, 8, 4], [6, 2, 6, 4, 3]]),
            np.array([[-1, 2, 0], [3, -4, 1], [5, -2, -3]]),
        ),
        (
            "a 4 × 6 image with a 2 × 3 kernel",
            np.arange(24).reshape(4, 6) ** 2 % 17,
            np.array([[1, -2, 3], [0, 4, -1]]),
        ),
        (
            "the 4 × 4 gray image of bytes",
            np.array(
                [[50, 75, 100, 125], [150, 175, 200, 225], [100, 125, 150, 175], [25, 50, 75, 100]], np.uint8
            ),
            np.array([[1, 0, -1], [1, 0, -1], [1, 0, -1]]),
        ),
        (
            "a 6 × 5 image with weights that are fractions",
            np.arange(30).reshape(6, 5) ** 2 % 13,
            np.array([[0.5, 0.25, 0], [0.25, -1.5, 1], [0, 0.75, 0.125]]),
        ),
        (
            "a 3 × 3 image, as large as its kernel",
            np.array([[2, 7, 1], [8, 2, 8], [1, 8, 2]]),
            np.array([[0, 1, 2], [-1, 3, 1], [4, 0, -2]]),
        ),
        (
            "a 4 × 5 image of large numbers with a 2 × 2 kernel",
            (np.arange(20).reshape(4, 5) ** 2 * 37) % 4001 - 900,
            np.array([[20, -35], [-7, 40]]),
        ),
    ),
    truth=_slide,
    ways=[
        slide_ways(
            lambda k: k,
            ((lambda k: k[::-1, ::-1], "The kernel is flipped (turned by 180°) before it is used."),),
        )
    ],
    right="Your loop gives the same map on seven different images, also where rows and columns differ in "
    "number.",
    mistakes=(
        (
            "The kernel is flipped (turned by 180°) before it is used. Here its upper left weight meets the "
            "window's upper left pixel.",
            lambda image, kernel: _slide(image, kernel[::-1, ::-1]),
        ),
        (
            "The kernel's rows and columns are swapped: `kernel[i, j]` belongs to the window's row i, "
            "column j.",
            lambda image, kernel: _slide(image, kernel.T),
        ),
        (
            "Your map is transposed: its rows and columns are swapped. Rows first, both in the loops and "
            "in the index.",
            _after(lambda out, image, kernel: out.T),
        ),
        (_SAME_SIZE, _after(lambda out, image, kernel: _into(np.zeros(image.shape), out))),
        (_SAME_SIZE, _after(_centred)),
        (_SAME_SIZE, _zero_padded(0, 1)),
        (_SAME_SIZE, _zero_padded(1, 0)),
        (_SAME_SIZE, _zero_padded(0, 0)),
        (_SHORT, _after(lambda out, image, kernel: out[:-1, :-1])),
        (_SHORT, _after(lambda out, image, kernel: out[:, :-1])),
        (_SHORT, _after(lambda out, image, kernel: out[:-1])),
        (_SHORT, _after(lambda out, image, kernel: _into(np.zeros(out.shape), out[:-1, :-1]))),
        (_SHORT, _after(lambda out, image, kernel: _into(np.zeros(out.shape), out[:, :-1]))),
        (_SHORT, _after(lambda out, image, kernel: _into(np.zeros(out.shape), out[:-1]))),
        (_SUM, _each(lambda window, kernel: window[-1, -1] * kernel[-1, -1])),
        (_SUM, _each(lambda window, kernel: window * kernel)),
        (
            "The map has the image's size: around it, the image's own pixels are left. "
            "Only the positions at which the whole "
            "kernel fits are asked for.",
            _framed,
        ),
        (
            "The results are written into the image while it is read, so later windows "
            "meet numbers that are no pixels. "
            "Collect them in an array of their own.",
            _in_place,
        ),
        (
            "Your window is always 3 × 3. It has to be as large as the kernel: take the "
            "sides from `kernel.shape`.",
            _fixed(3),
        ),
        (
            "The sides of the kernel are swapped: `kernel.shape` is (rows, columns).",
            _swapped_sides,
        ),
        *(
            (
                f"The pixel in row {i}, column {j} of the window is read twice, and the "
                f"one in row {r}, column {c} "
                "never: an index is typed wrongly.",
                _typed_twice(_read(r, c, (i, j))),
            )
            for r, c in np.ndindex(3, 3)
            for i, j in np.ndindex(3, 3)
            if (r, c) != (i, j) and abs(r - i) + abs(c - j) == 1
        ),
        (_RUNNING, _after(lambda out, image, kernel: np.cumsum(out).reshape(out.shape))),
        (_RUNNING, _after(lambda out, image, kernel: np.cumsum(out, axis=1))),
        (_BYTES, _after(lambda out, image, kernel: _stored_as(out, image.dtype))),
        (_BYTES, _each(lambda window, kernel: (window * kernel.astype(window.dtype)).sum())),
        (
            "Fractions are cut off: the results go into integers. Collect them in floats.",
            _after(lambda out, image, kernel: np.trunc(out)),
        ),
        (
            "You divide by the number of weights: that is the mean of the products. Their sum is asked for.",
            _after(lambda out, image, kernel: out / kernel.size),
        ),
        (
            "You keep the largest product of each window. All of them have to be added.",
            _each(lambda window, kernel: (window * kernel).max()),
        ),
        (
            "The window's pixels are added as they are: the kernel's weights do not come in yet.",
            _each(lambda window, kernel: window.sum()),
        ),
        (
            "`@` (or `np.dot`) is the matrix product. Each pixel has to meet the weight on top of it: that "
            "is `*`.",
            _each(lambda window, kernel: (window @ kernel).sum()),
        ),
        (
            "Your windows stand side by side: the kernel jumps by its own size. It has to move on by one "
            "pixel.",
            lambda image, kernel: windows(image, kernel, lambda w, k: (w * k).sum(), kernel.shape),
        ),
        (
            "Negative results are set to 0. They belong in the map: a minus sign says which side is "
            "brighter.",
            _after(lambda out, image, kernel: np.maximum(out, 0)),
        ),
        (
            "The signs are dropped. They belong in the map: a minus sign says which side is brighter.",
            _after(lambda out, image, kernel: np.abs(out)),
        ),
    ),
)

_WHICH_SIDE = "From which side must each output fetch its pixel?"


def _single(row: int, col: int) -> Callable[[np.ndarray], bool]:
    return lambda kernel: np.count_nonzero(kernel) == 1 and kernel[row, col] != 0


check_shift_kernel = kernel_check(
    "03-shift",
    makes="a 3 × 3 kernel that moves the picture one pixel to the right",
    takes="Used without turning it, as `conv2d` does.",
    example="""
    >>> print(check_shift_kernel(np.zeros((3, 3))))
    Not yet: All weights are 0, so every output is black.
    """,
    name="check_shift_kernel",
    right="Each output fetches its left neighbour, so everything appears one pixel further to the right.",
    flaws=(
        ("All weights are 0, so every output is black.", lambda kernel: not kernel.any()),
        ("A single weight in the centre leaves every pixel where it is.", _single(1, 1)),
        (
            "This one moves the picture to the left: that surprises nearly everyone. The weight does not "
            "push a pixel away, it fetches one from where it sits.",
            _single(1, 2),
        ),
        (f"This one moves the picture down. {_WHICH_SIDE}", _single(0, 1)),
        (f"This one moves the picture up. {_WHICH_SIDE}", _single(2, 1)),
        (
            "A weight in a corner moves the picture along both rows and columns. Only the columns should "
            "change.",
            lambda kernel: np.count_nonzero(kernel) == 1 and not kernel[1].any(),
        ),
        (
            "Each weight that is not 0 adds one more copy of the picture. To move it, a single one does.",
            lambda kernel: np.count_nonzero(kernel) > 1,
        ),
        ("The weight is negative, so bright and dark change places.", lambda kernel: kernel.min() < 0),
        (
            "The position is right, but this weight changes the brightness.",
            lambda kernel: not np.isclose(kernel.sum(), 1),
        ),
    ),
)
