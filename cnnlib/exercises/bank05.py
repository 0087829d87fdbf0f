"""Lesson 05's bank: turning and convolving, and each known mistake with the sentence that names it."""

from collections.abc import Callable

import numpy as np

from cnnlib.convolution import conv2d
from cnnlib.exercises.task import Case, Mistake, Task
from cnnlib.shapes import pad

_ASYMMETRIC = np.array([[-1, 2, 0], [3, -4, 1], [5, -2, -3]])
_WIDE = np.array([[1, -2, 3], [0, 4, -1]])
GRAY = np.array([[50, 75, 100, 125], [150, 175, 200, 225], [100, 125, 150, 175], [25, 50, 75, 100]])


def turned(kernel: np.ndarray) -> np.ndarray:
    """Turn a kernel by 180 degrees.

    Examples
    --------
    >>> turned(np.array([[1, 2], [3, 4]])).tolist()
    [[4, 3], [2, 1]]
    """
    return kernel[::-1, ::-1]


_NOT_TURNED = (
    "The kernel is as it was: not turned at all, or turned twice, and two half turns are a whole one."
)
_ROWS_ONLY = "Only the order of the rows is turned round. That mirrors; half a turn does the columns as well."
_COLUMNS_ONLY = "Only the columns are turned round. That mirrors; half a turn does the rows as well."
_TRANSPOSED = "Rows and columns are swapped: `.T` mirrors at the diagonal. Half a turn reverses both orders."
_BOTH = "The kernel is turned, and transposed as well. Leave `.T` out."
_QUARTER = "That is a quarter turn. Convolution takes half a turn: two of them."
_SIGN = "The signs are changed. Half a turn moves the weights, it does not change them."

FLIP = Task(
    call="flip(kernel)",
    cases=(
        Case("a 3 × 3 kernel with nine different weights", (_ASYMMETRIC,)),
        Case("a 2 × 3 kernel", (_WIDE,)),
        Case("left minus right", (np.array([[1, 0, -1]] * 3),)),
        Case("a 4 × 4 kernel of fractions", (np.arange(16).reshape(4, 4) ** 2 % 11 / 4,)),
    ),
    truth=turned,
    right="The first weight becomes the last, row by row: half a turn.",
    mistakes=(
        Mistake(lambda k: k, _NOT_TURNED),
        Mistake(lambda k: k[::-1], _ROWS_ONLY),
        Mistake(lambda k: k[:, ::-1], _COLUMNS_ONLY),
        Mistake(lambda k: k.T, _TRANSPOSED),
        Mistake(lambda k: turned(k).T, _BOTH),
        Mistake(lambda k: np.rot90(k), _QUARTER),
        Mistake(lambda k: np.rot90(k, 3), _QUARTER),
        Mistake(lambda k: -k, _SIGN),
        Mistake(lambda k: -turned(k), f"It is turned, but {_SIGN[0].lower()}{_SIGN[1:]}"),
    ),
)


def _slide(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    return conv2d(image.astype(float), kernel)


def _with(change: Callable[[np.ndarray], np.ndarray]) -> Callable:
    """Return a slide of the kernel that `change` makes."""
    return lambda image, kernel: _slide(image, change(kernel))


def _over(image: np.ndarray, kernel: np.ndarray, full: bool) -> np.ndarray:
    """Surround a picture with the zeros that "full" or "same" needs."""
    sides = [(size - 1, size - 1) if full else ((size - 1) // 2, size // 2) for size in kernel.shape]
    return pad(image.astype(float), sides)


_AND_NOT = " And the kernel is not turned."
_FULL = (
    'Your map is larger than the picture: it holds every place where the two touch. That is "full", SciPy\'s '
    'default; only the places where the whole kernel fits are asked for: `mode="valid"`.'
)
_SAME = (
    'Your map is as large as the picture: that is "same", with invented zeros at the border. Only the places '
    'where the whole kernel fits are asked for: "valid".'
)

CONVOLVE = Task(
    call="convolve(image, kernel)",
    errors=(("broadcast", "Does the turned kernel still have the shape of the window?"),),
    cases=(
        Case("the 4 × 4 gray image with left minus right", (GRAY, np.array([[1, 0, -1]] * 3))),
        Case(
            "a 5 × 5 image with a kernel of nine different weights",
            (np.arange(25).reshape(5, 5) ** 2 % 17, _ASYMMETRIC),
        ),
        Case("a 4 × 6 image with a 2 × 3 kernel", (np.arange(24).reshape(4, 6) ** 2 % 17, _WIDE)),
        Case("the 4 × 4 gray image as bytes", (GRAY.astype(np.uint8), _ASYMMETRIC)),
        Case(
            "a 7 × 7 image with a single 1",
            (np.pad([[1]], 3), np.arange(1, 10).reshape(3, 3)),
        ),
    ),
    truth=_with(turned),
    right="The same numbers as SciPy's `convolve2d` with mode valid; and a single 1 gives the kernel back.",
    mistakes=(
        Mistake(
            _slide,
            "This is cross-correlation: the kernel is not turned by 180° (or turned twice, which is as good "
            "as never).",
        ),
        Mistake(_with(lambda k: k[::-1]), _ROWS_ONLY),
        Mistake(_with(lambda k: k[:, ::-1]), _COLUMNS_ONLY),
        Mistake(_with(lambda k: k.T), _TRANSPOSED),
        Mistake(_with(lambda k: turned(k).T), _BOTH),
        Mistake(_with(np.rot90), _QUARTER),
        Mistake(_with(lambda k: np.rot90(k, 3)), _QUARTER),
        Mistake(
            lambda image, kernel: _slide(turned(image), kernel),
            "You turned the picture. Its numbers are the right ones, but then the map lies turned as well: "
            "turn the kernel instead.",
        ),
        Mistake(
            lambda image, kernel: turned(_slide(image, kernel)),
            "The map is turned, not the kernel (or picture and kernel both are, which comes to the same).",
        ),
        Mistake(
            lambda image, kernel: -_slide(image, kernel),
            "You changed the sign of a cross-correlation. That agrees for left minus right, but half a turn "
            "moves weights, it does not negate them.",
        ),
        Mistake(lambda image, kernel: _slide(_over(image, kernel, True), turned(kernel)), _FULL),
        Mistake(lambda image, kernel: _slide(_over(image, kernel, True), kernel), _FULL + _AND_NOT),
        Mistake(lambda image, kernel: _slide(_over(image, kernel, False), turned(kernel)), _SAME),
        Mistake(lambda image, kernel: _slide(_over(image, kernel, False), kernel), _SAME + _AND_NOT),
        Mistake(
            lambda image, kernel: np.abs(_slide(image, turned(kernel))),
            "The signs are dropped: they are what turning is about.",
        ),
        Mistake(
            lambda image, kernel: _slide(image, turned(kernel)).astype(int).astype(image.dtype),
            "The results go into the image's own type of integer, where negative numbers wrap round. Collect "
            "them in floats.",
        ),
    ),
)
