"""Lesson 3's checks: a sliding window, and a kernel that shifts."""

from collections.abc import Callable

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from cnnlib.exercises.check import function_check, kernel_check


def _slide(image, kernel):
    height, width = image.shape
    rows, cols = kernel.shape
    out = np.zeros((height - rows + 1, width - cols + 1))
    for i in range(height - rows + 1):
        for j in range(width - cols + 1):
            window = image[i : i + rows, j : j + cols].astype(float)
            out[i, j] = (window * kernel).sum()
    return out


_OVER = "Perhaps a window runs over the border: how often does the kernel fit?"
_ARRAY = "A whole array does not fit into one cell: are the products of a window added up?"


def _reads(row: int, col: int, instead: tuple[int, int]) -> Callable:
    """Return a slide in which one pixel of each window is taken for another."""

    def slide(image, kernel):
        moved = kernel.astype(float)
        moved[instead] += moved[row, col]
        moved[row, col] = 0
        return _slide(image, moved)

    return slide


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
            "a 7 × 7 image with a 4 × 5 kernel of fractions",
            np.arange(49).reshape(7, 7) ** 2 % 13,
            np.arange(20).reshape(4, 5) ** 2 % 11 / 4 - 1,
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
    right="Your loop gives the same map on seven different images, also where rows and columns differ in "
    "number.",
    truth=_slide,
    edits="""
        window * kernel -> window * kernel[::-1, ::-1]
            The kernel is flipped (turned by 180°) before it is used. Here its upper left weight meets the
            window's upper left pixel.
        window * kernel -> window * kernel.T
            The kernel's rows and columns are swapped: `kernel[i, j]` belongs to the window's row i, column j.
        window * kernel -> window * kernel[::-1]
        window * kernel -> window * kernel[:, ::-1]
            The kernel is mirrored. Its upper left weight meets the window's upper left pixel.
        return out -> return out.T
            Your map is transposed: its rows and columns are swapped. Rows first, both in the loops and in the
            index.
        height, width = image.shape -> image = image.astype(float); height, width = image.shape
        ;; out[i, j] = -> out[i, j] = image[i + rows // 2, j + cols // 2] =
            The results are written into the image while it is read, so later windows meet numbers that are no
            pixels. Collect them in an array of their own.
        rows, cols = kernel.shape -> rows, cols = 3, 3
            Your window is always 3 × 3. It has to be as large as the kernel: take the sides from
            `kernel.shape`.
        rows, cols = kernel.shape -> cols, rows = kernel.shape
            The sides of the kernel are swapped: `kernel.shape` is (rows, columns).
        (window * kernel).sum() -> np.trunc((window * kernel).sum()).astype(int).astype(image.dtype)
        (window * kernel).sum() -> (window * kernel.astype(image.dtype)).astype(int).astype(image.dtype).sum()
            The results go into the image's own type of integer: negative numbers and large ones wrap round,
            fractions are cut off. Collect them in floats.
        return out -> return out[::rows, ::cols]
            Your windows stand side by side: the kernel jumps by its own size. It has to move on by one pixel.
        window * kernel -> (window - kernel) ** 2
        window * kernel -> np.abs(window - kernel)
            You compare window and kernel by their differences. Multiply pixel by weight, and add up.
        window * kernel -> window @ kernel
            `@` (or `np.dot`) is the matrix product. Each pixel has to meet the weight on top of it:
            that is `*`.
        (window * kernel).sum() -> window.sum() * kernel.sum()
        window * kernel -> window.sum(axis=0) * kernel.sum(axis=0)
        window * kernel -> window.sum(axis=1) * kernel.sum(axis=1)
            Sums are multiplied. Each pixel meets its own weight first; then the products are added up.
        window * kernel -> window / np.linalg.norm(window) * kernel / np.linalg.norm(kernel)
            The sum is normalised by the lengths of window and kernel. Leave it.
    """,
    mistakes=(
        (
            "The products of a window have to be added up: you keep all of them side by side.",
            lambda image, kernel: sliding_window_view(image.astype(float), kernel.shape) * kernel,
        ),
        *(
            (
                f"The pixel in row {i}, column {j} of the window is read twice, and the "
                f"one in row {r}, column {c} never: an index is typed wrongly.",
                _reads(r, c, (i, j)),
            )
            for r, c in np.ndindex(3, 3)
            for i, j in np.ndindex(3, 3)
            if (r, c) != (i, j) and abs(r - i) + abs(c - j) == 1
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
