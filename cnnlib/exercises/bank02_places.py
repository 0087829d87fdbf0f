"""Lesson 02's bank of places: which pixel an index finds, and where in memory it lies."""

from collections.abc import Callable

import numpy as np

from cnnlib.exercises.task import Case, Mistake, Task


def scene(height: int, width: int, channels: int = 3) -> np.ndarray:
    """Return a picture of bytes among which no two neighbours, and no two channels of a pixel, are alike."""
    return (
        ((np.arange(height * width * channels) * 37 + 11) % 251)
        .reshape(height, width, channels)
        .astype(np.uint8)
    )


def _whole(*numbers: int) -> tuple[np.int64, ...]:
    return tuple(map(np.int64, numbers))  # with a `copy` method, as every argument of a case needs


# ---- pixel(image, row, col)
_COUNTED = "You counted from 1. The first row is row 0, and so is the first column."
_SWAPPED = "Row and column are swapped: the row comes first in the index, as the rows are the first axis."

PIXEL = Task(
    call="pixel(image, row, col)",
    errors=(
        (
            "out of bounds",
            "Are row and column in that order? A landscape picture has more columns than rows.",
        ),
        ("too many indices", "One index for each axis: row, column, and perhaps the channel."),
    ),
    cases=(
        Case("row 1, column 4 of a 3 × 6 picture", (scene(3, 6), *_whole(1, 4))),
        Case("row 2, column 1 of a 3 × 6 picture", (scene(3, 6), *_whole(2, 1))),
        Case("row 2, column 1 of a 4 × 4 picture", (scene(4, 4)[::-1], *_whole(2, 1))),
        Case("row 1, column 2 of a 4 × 5 picture", (scene(4, 5), *_whole(1, 2))),
        Case("row 0, column 0 of a 4 × 3 picture", (scene(4, 3), *_whole(0, 0))),
    ),
    truth=lambda image, row, col: image[row, col],
    right="Rows first, from 0: your function finds the pixel in five places.",
    mistakes=(
        Mistake(lambda image, row, col: image[col, row], _SWAPPED),
        Mistake(lambda image, row, col: image[row - 1, col - 1], _COUNTED),
        Mistake(lambda image, row, col: image[row + 1, col + 1], _COUNTED),
        Mistake(
            lambda image, row, col: image[:, row, col],
            "That is how PyTorch would ask, with the channels first. Here they come last: `[row, col]` "
            "leaves them.",
        ),
        Mistake(
            lambda image, row, col: image[row, col, 0],
            "That is the red of the pixel. A pixel in colour is all three numbers.",
        ),
        Mistake(
            lambda image, row, col: image[row, col, ::-1],
            "The three numbers come in the order blue, green, red, as OpenCV has them. Here red is first.",
        ),
        Mistake(
            lambda image, row, col: image[row, col].mean(),
            "You averaged the three channels. The pixel is all three numbers.",
        ),
        Mistake(lambda image, row, col: image[row], "That is a whole row of pixels: the column is missing."),
        Mistake(
            lambda image, row, col: image[:, col], "That is a whole column of pixels: the row is missing."
        ),
        Mistake(
            lambda image, row, col: image[-row, -col],
            "Negative indices count from the end. Yours count from the far corner.",
        ),
        Mistake(
            lambda image, row, col: image[image.shape[0] - 1 - row, col],
            "Your rows count from the bottom, as in geometry. In an image row 0 is on top.",
        ),
    ),
)

# ---- place(index, shape)
Place = Callable[..., int]


def _case(index: tuple[int, int, int], shape: tuple[int, int, int]) -> Case:
    return Case(f"index {index} of a picture of shape {shape}", (np.array(index), np.array(shape)))


def _place(formula: Place) -> Callable:
    """Return a mistake from a formula with the six numbers by their names."""
    return lambda index, shape: formula(*map(int, index), *map(int, shape))


PLACE = Task(
    call="place(index, shape)",
    errors=(
        ("unpack", "`index` is (row, col, channel) and `shape` is (H, W, C): three numbers each."),
        ("not callable", "Is a multiplication sign missing in front of a parenthesis?"),
    ),
    cases=(
        _case((1, 4, 1), (3, 6, 3)),
        _case((2, 1, 2), (3, 6, 3)),
        _case((0, 0, 0), (3, 6, 3)),
        _case((4, 3, 1), (5, 7, 4)),
        _case((3, 2, 0), (6, 4, 1)),
        _case((100, 200, 2), (480, 640, 3)),
    ),
    truth=lambda index, shape: np.ravel_multi_index(tuple(index), tuple(shape)),
    right="Whole rows first, then whole pixels, then channels: your formula finds six places, in four "
    "pictures.",
    mistakes=(
        Mistake(
            _place(lambda r, c, k, h, w, d: (c * h + r) * d + k),
            "Rows and columns are swapped: row after row lies in memory, so whole rows of W pixels come "
            "before.",
        ),
        Mistake(
            _place(lambda r, c, k, h, w, d: (c * w + r) * d + k),
            "Row and column are swapped: before a pixel lie `row` whole rows of W pixels, and `col` pixels "
            "more.",
        ),
        Mistake(
            _place(lambda r, c, k, h, w, d: (r * h + c) * d + k),
            "A row is as long as the picture is wide: multiply the row by W, not by H.",
        ),
        Mistake(
            _place(lambda r, c, k, h, w, d: (k * h + r) * w + c),
            "That is right for CHW, where each channel is a picture of its own. Here the channels lie side "
            "by side.",
        ),
        Mistake(
            _place(lambda r, c, k, h, w, d: (r * w + c) * d + k + 1),
            "One too many: counting begins at 0, so the very first value has 0 before it.",
        ),
        Mistake(
            _place(lambda r, c, k, h, w, d: ((r - 1) * w + c - 1) * d + k - 1),
            "You counted from 1. Row, column and channel begin at 0, so nothing is to be subtracted.",
        ),
        Mistake(
            _place(lambda r, c, k, h, w, d: ((r + 1) * w + c + 1) * d + k + 1),
            "You counted from 1. Row 0 has no rows before it.",
        ),
        Mistake(
            _place(lambda r, c, k, h, w, d: (r * w + c) * d),
            "The channel is missing: you always point at the pixel's red.",
        ),
        Mistake(
            _place(lambda r, c, k, h, w, d: r * w + c),
            "You counted pixels. Each pixel holds C values.",
        ),
        Mistake(
            _place(lambda r, c, k, h, w, d: r * w + c + k),
            "You counted pixels, then channels: the pixels before hold C values each.",
        ),
        Mistake(
            _place(lambda r, c, k, h, w, d: r * w + c * d + k),
            "Only the columns are multiplied by C. A whole row holds W · C values: parentheses are missing.",
        ),
        Mistake(
            _place(lambda r, c, k, h, w, d: r * w * d + c + k),
            "Only the rows are multiplied by C. Each pixel before it in its row holds C values too.",
        ),
        Mistake(
            _place(lambda r, c, k, h, w, d: (r * (w - 1) + c) * d + k),
            "A row has W pixels, not W − 1: the last column is W − 1, but column 0 counts too.",
        ),
        Mistake(
            _place(lambda r, c, k, h, w, d: r * c * k),
            "You multiplied the index itself. How many values lie before it? Whole rows first.",
        ),
        Mistake(
            _place(lambda r, c, k, h, w, d: r + c + k), "A step down passes a whole row of values, not one."
        ),
        Mistake(
            _place(lambda r, c, k, h, w, d: 8 * ((r * w + c) * d + k)),
            "You counted bytes of float64. Values are to be counted, whatever their type.",
        ),
    ),
)
