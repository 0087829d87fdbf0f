"""Lesson 6's check: the size of an output."""

from collections.abc import Callable

import numpy as np

from cnnlib.exercises.check import Ways, function_check
from cnnlib.shapes import output_size

Formula = Callable[[np.ndarray, np.ndarray, int, int, int], np.ndarray]


def _case(name: str, size: tuple[int, int], kernel: tuple[int, int], *steps: int) -> tuple:
    return (name, np.array(size), np.array(kernel), *map(np.int64, steps))


def _true_size(size, kernel, stride, padding, dilation) -> np.ndarray:
    steps = {"stride": int(stride), "padding": int(padding), "dilation": int(dilation)}
    return np.array(output_size(tuple(map(int, size)), tuple(map(int, kernel)), **steps))


def _size(n, k, s, p, d) -> np.ndarray:
    """Return the right size, as the mistakes below begin with it; rows and columns at once."""
    return (n + 2 * p - d * (k - 1) - 1) // s + 1


def _room(n, k, p, d) -> np.ndarray:
    return n + 2 * p - d * (k - 1) - 1


def _formula(
    n,
    k,
    s,
    p,
    d,
    *,
    padded=lambda p, k: 2 * p,
    span=lambda k, d: d * (k - 1) + 1,
    rounded=np.floor,
    plus=1,
    stride=None,
    order=lambda pair: pair,
):
    """Count as is right, but for what a mistake puts in place of a part."""
    return order(rounded((n + padded(p, k) - span(k, d)) / (stride or s)) + plus)


_WAYS = Ways(
    _formula,
    {
        "padded": (
            (lambda p, k: 0, "The padding is forgotten: the picture is larger by it, on both sides."),
            (lambda p, k: p, "The padding is counted once. It lies on both sides: before and after."),
            (lambda p, k: 4 * p, "The padding is counted four times. Along one direction it has two ends."),
            (lambda p, k: -2 * p, "The padding is subtracted. It makes the picture larger."),
            (
                lambda p, k: -p,
                "The padding is subtracted, and once only. It makes the picture larger, twice.",
            ),
            (lambda p, k: 2 * p**2, "The padding is squared. It is added on both sides."),
            (
                lambda p, k: 2 * (k // 2),
                "`padding` is not used: you take half of the kernel, as for a map of the same size.",
            ),
            (lambda p, k: k - 1, "`padding` is not used: you take what keeps the picture's size."),
        ),
        "span": (
            (lambda k, d: k, "The dilation is forgotten: a kernel with gaps spans more pixels than weights."),
            (
                lambda k, d: d * k,
                "With dilation d your kernel spans d · k pixels: the gap after the last is none.",
            ),
            (lambda k, d: 0, "The kernel does not come in: it cannot begin on the last pixels."),
            (lambda k, d: 1, "The kernel does not come in: it cannot begin on the last pixels."),
            (lambda k, d: d * (k - 1), "The kernel is taken one pixel too small: it spans d (k − 1) + 1."),
            (
                lambda k, d: d * k - 1,
                "With dilation d your kernel spans d · k pixels, and the first position is lost.",
            ),
            (lambda k, d: k - d, "The dilation is subtracted from the kernel. It widens it: d (k − 1) + 1."),
            (lambda k, d: k - 1, "The kernel is taken one pixel too small, and the dilation is forgotten."),
            (
                lambda k, d: k + d,
                "The dilation is added to the kernel. It multiplies the gaps: d (k − 1) + 1.",
            ),
            (
                lambda k, d: k + d - 1,
                "The dilation is added to the kernel. It multiplies the gaps: d (k − 1) + 1.",
            ),
            (
                lambda k, d: k + (k - 1) * d,
                "A dilation of 1 has no gaps: there are d − 1 pixels in each gap, not d.",
            ),
            (lambda k, d: d * (k + 1) - 1, "k weights have k − 1 gaps between them, not k + 1."),
            (lambda k, d: 2 * k, "The kernel is subtracted twice."),
            (lambda k, d: -k, "The kernel is added. The larger it is, the fewer positions it has."),
        ),
        "rounded": (
            (
                lambda x: x,
                "The division leaves a fraction. A position cannot be half used: round it down.",
            ),
            (np.ceil, "You round up: at the last position the kernel would hang over the border."),
            (
                np.round,
                "You round to the nearest number. Where that is up, the kernel hangs over the border.",
            ),
        ),
        "plus": (
            (0, "You counted the steps. Positions are one more than steps, as with fence posts."),
            (2, "Positions are one more than steps, not two."),
            (-1, "You counted the steps, and one less. Positions are one more than steps."),
        ),
        "stride": ((1, "The stride is forgotten: the kernel moves on by more than one pixel."),),
        "order": (
            (lambda pair: pair[::-1], "Rows and columns are swapped: the first number is the height."),
            (
                lambda pair: pair[[0, 0]],
                "The number of columns is that of the rows: count each with its own side.",
            ),
            (
                lambda pair: pair[[1, 1]],
                "The number of rows is that of the columns: count each with its own side.",
            ),
            (
                lambda pair: pair.prod(),
                "You return how many positions there are in all: rows and columns are asked for.",
            ),
        ),
    },
)

_PARENTHESES = (
    "Only a part is divided by the stride. All of n + 2 p − d (k − 1) − 1 is: it needs parentheses around it."
)
_SQUARE = (
    "Your two numbers are always equal: columns have to be counted with the width, rows with the height."
)

check_out_size = function_check(
    "06-out-size",
    makes="a learner's own formula for the size of the output",
    takes="Takes a picture's size (rows, cols), a kernel's size (rows, cols), and stride, padding per "
    "side and dilation as whole numbers; returns the output's (rows, cols).",
    example="""
    >>> print(check_out_size(lambda n, k, s, p, d: (n + 2 * p - d * (k - 1) - 1) / s + 1))
    Not yet: The division leaves a fraction, and a position cannot be half used: round it down, with `//`.
    """,
    call="out_size(size, kernel, stride, padding, dilation)",
    errors=(
        ("zero", "Is anything divided by the padding, which may be 0?"),
        (
            "converted to Python scalars",
            "`int()` and `math.floor` take one number, and here are two: round down with "
            "`//`, which takes both.",
        ),
        ("unpack", "`size` and `kernel` are pairs; stride, padding and dilation are single numbers."),
        ("not iterable", "`size` and `kernel` are pairs; stride, padding and dilation are single numbers."),
        (
            "not subscriptable",
            "`size` and `kernel` are pairs; stride, padding and dilation are single numbers.",
        ),
        ("invalid index to scalar", "`size` and `kernel` are pairs; the other three are single numbers."),
    ),
    cases=(
        _case("a 5 × 5 kernel on 32 × 32 at stride 1", (32, 32), (5, 5), 1, 0, 1),
        _case("a 3 × 3 kernel on 5 × 5 at stride 2 with padding 1", (5, 5), (3, 3), 2, 1, 1),
        _case("a 3 × 3 kernel on 6 × 6 at stride 2", (6, 6), (3, 3), 2, 0, 1),
        _case("a 3 × 2 kernel on 7 × 10 with padding 2", (7, 10), (3, 2), 1, 2, 1),
        _case(
            "a 3 × 3 kernel with dilation 2 on 12 × 9 at stride 3 with padding 1", (12, 9), (3, 3), 3, 1, 2
        ),
        _case(
            "a 2 × 5 kernel with dilation 3 on 20 × 16 at stride 2 with padding 3", (20, 16), (2, 5), 2, 3, 3
        ),
        _case("a 1 × 4 kernel on 4 × 9 at stride 4 with padding 1", (4, 9), (1, 4), 4, 1, 1),
    ),
    truth=_true_size,
    ways=[_WAYS],
    right="Your formula gives the size in seven settings: with and without a remainder, dilated, and where "
    "rows and columns differ.",
    mistakes=(
        (
            "The division leaves a fraction, and a position cannot be half used: round it down, with `//`.",
            lambda n, k, s, p, d: _room(n, k, p, d) / s + 1,
        ),
        (
            "That is the formula without its floor. It leaves fractions: round down, with `//`. And it "
            "knows no dilation.",
            lambda n, k, s, p, d: (n - k + 2 * p) / s + 1,
        ),
        (
            "You round up. At the position that this counts, the kernel would hang over the border.",
            lambda n, k, s, p, d: np.ceil(_room(n, k, p, d) / s) + 1,
        ),
        (
            "You round to the nearest number. Where that is up, the kernel hangs over the border.",
            lambda n, k, s, p, d: np.round(_room(n, k, p, d) / s) + 1,
        ),
        (
            "You counted the steps. Positions are one more than steps, as with fence posts.",
            lambda n, k, s, p, d: _room(n, k, p, d) // s,
        ),
        (
            "The padding is counted once. It lies on both sides: before and after.",
            lambda n, k, s, p, d: (n + p - d * (k - 1) - 1) // s + 1,
        ),
        (
            "The padding is counted four times. Along one direction it has two ends.",
            lambda n, k, s, p, d: (n + 4 * p - d * (k - 1) - 1) // s + 1,
        ),
        (
            "The padding is forgotten: the picture is larger by it, on both sides.",
            lambda n, k, s, p, d: _size(n, k, s, 0, d),
        ),
        (
            "The padding is subtracted. It makes the picture larger.",
            lambda n, k, s, p, d: (n - 2 * p - d * (k - 1) - 1) // s + 1,
        ),
        (
            "The dilation is forgotten: a kernel with gaps spans more pixels than it has weights.",
            lambda n, k, s, p, d: _size(n, k, s, p, 1),
        ),
        (
            "With dilation d your kernel spans d · k pixels. There is no gap after its last weight: "
            "k weights have k − 1 gaps between them.",
            lambda n, k, s, p, d: (n + 2 * p - d * k) // s + 1,
        ),
        (
            "The stride is forgotten: the kernel moves on by more than one pixel.",
            lambda n, k, s, p, d: _size(n, k, 1, p, d),
        ),
        (
            "Stride and padding are swapped: you divide by the padding and add twice the stride.",
            lambda n, k, s, p, d: _size(n, k, p, s, d),
        ),
        (
            "Stride and dilation are swapped: the stride is between windows, the dilation within one.",
            lambda n, k, s, p, d: _size(n, k, d, p, s),
        ),
        (
            "Rows and columns are swapped: the first number of the result is the height.",
            lambda n, k, s, p, d: _size(n, k, s, p, d)[::-1],
        ),
        (
            "The kernel's rows and columns are swapped: its height goes with the picture's height.",
            lambda n, k, s, p, d: _size(n, k[::-1], s, p, d),
        ),
        (_SQUARE, lambda n, k, s, p, d: _size(n[[0, 0]], k[[0, 0]], s, p, d)),
        (_SQUARE, lambda n, k, s, p, d: _size(n[[1, 1]], k[[1, 1]], s, p, d)),
        (
            "You take the kernel to be square. Its width counts for the columns, its height for the rows.",
            lambda n, k, s, p, d: _size(n, k[[0, 0]], s, p, d),
        ),
        (_PARENTHESES, lambda n, k, s, p, d: n + 2 * p - d * (k - 1) - 1 // s + 1),
        (_PARENTHESES, lambda n, k, s, p, d: n + 2 * p - (d * (k - 1) + 1) // s + 1),
        (
            "Only the padding and the kernel are divided by the stride. All of n + 2 p − d (k − 1) − 1 is.",
            lambda n, k, s, p, d: n + (2 * p - d * (k - 1) - 1) // s + 1,
        ),
        (
            "The + 1 is divided by the stride too. It stands for the first position, behind the division.",
            lambda n, k, s, p, d: (n + 2 * p - d * (k - 1)) // s,
        ),
        (
            "The padding is added behind the division. It makes the picture larger, "
            "before the kernel takes its steps.",
            lambda n, k, s, p, d: (n - d * (k - 1) - 1) // s + 1 + 2 * p,
        ),
        (
            "The padding is added behind the division, and the dilation is forgotten.",
            lambda n, k, s, p, d: (n - k) // s + 1 + 2 * p,
        ),
        (
            "The dilation widens the picture in your formula. It widens the kernel.",
            lambda n, k, s, p, d: (n * d + 2 * p - k) // s + 1,
        ),
        (
            "The dilation is divided by, like the stride. It widens the kernel.",
            lambda n, k, s, p, d: (n + 2 * p - k) // (s * d) + 1,
        ),
        (
            "Every term is divided by the stride and rounded for itself. Add them first, and round once.",
            lambda n, k, s, p, d: n // s + 2 * p // s - (d * (k - 1) + 1) // s + 1,
        ),
        (
            "The result is multiplied by the stride. The larger the stride, the fewer positions.",
            lambda n, k, s, p, d: _room(n, k, p, d) * s + 1,
        ),
        (
            "That is the size of a transposed convolution, which goes the other way and makes maps larger.",
            lambda n, k, s, p, d: (n - 1) * s - 2 * p + d * (k - 1) + 1,
        ),
        (
            "The kernel does not come in yet: the last positions are those where it would hang over.",
            lambda n, k, s, p, d: (n + 2 * p) // s,
        ),
    ),
)
