"""Lesson 6's check: the size of an output."""

from collections.abc import Callable

import numpy as np

from cnnlib.exercises.check import function_check

Formula = Callable[[np.ndarray, np.ndarray, int, int, int], np.ndarray]


def _case(name: str, size: tuple[int, int], kernel: tuple[int, int], *steps: int) -> tuple:
    return (name, np.array(size), np.array(kernel), *map(np.int64, steps))


def _out_size(size, kernel, stride, padding, dilation):
    """Return how often the kernel fits, as `cnnlib.shapes.output_size` does."""
    room = size + 2 * padding - dilation * (kernel - 1) - 1
    return room // stride + 1


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
    right="Your formula gives the size in seven settings: with and without a remainder, dilated, and where "
    "rows and columns differ.",
    truth=_out_size,
    edits="""
        room // stride -> room / stride
            The division leaves a fraction, and a position cannot be half used: round it down, with `//`.
        room // stride -> (size + 2 * padding - kernel) / stride
            That is the formula without its floor. It leaves fractions: round down, with `//`. And it knows no
            dilation.
        room // stride -> np.ceil(room / stride)
            You round up. At the position that this counts, the kernel would hang over the border.
        room // stride -> np.round(room / stride)
            You round to the nearest number. Where that is up, the kernel hangs over the border.
        room // stride + 1 -> room // stride
            You counted the steps. Positions are one more than steps, as with fence posts.
        2 * padding -> padding
            The padding is counted once. It lies on both sides: before and after.
        2 * padding -> 4 * padding
            The padding is counted four times. Along one direction it has two ends.
        2 * padding -> 0
            The padding is forgotten: the picture is larger by it, on both sides.
        + 2 * padding -> - 2 * padding
        + 2 * padding -> - padding
            The padding is subtracted. It makes the picture larger.
        2 * padding -> 2 * (kernel // 2)
        2 * padding -> kernel - 1
            `padding` is not used: you take what keeps the picture's size, half of the kernel on each side.
        dilation * (kernel - 1) -> (kernel - 1)
            The dilation is forgotten: a kernel with gaps spans more pixels than it has weights.
        dilation * (kernel - 1) - 1 -> dilation * kernel
            With dilation d your kernel spans d · k pixels. There is no gap after its last weight: k weights
            have k − 1 gaps between them.
        - dilation * (kernel - 1) - 1 -> - (kernel - dilation)
        - dilation * (kernel - 1) - 1 -> - kernel - dilation
        - dilation * (kernel - 1) - 1 -> - kernel - dilation + 1
        - dilation * (kernel - 1) - 1 -> - kernel - (kernel - 1) * dilation
            The dilation multiplies the gaps between the weights: the kernel spans d (k − 1) + 1 pixels.
        dilation * (kernel - 1) - 1 -> dilation * (kernel - 1)
            One too many is added before the division: the kernel spans d (k − 1) + 1 pixels, and the 1 for
            the first position comes after the division.
        size + 2 * padding - dilation * (kernel - 1) - 1 -> size * dilation + 2 * padding - kernel
            The dilation widens the picture in your formula. It widens the kernel.
        room // stride -> (size + 2 * padding - kernel) // (stride * dilation)
            The dilation is divided by, like the stride. It widens the kernel.
        room // stride -> room
            The stride is forgotten: the kernel moves on by more than one pixel.
        stride -> padding ;; 2 * padding -> 2 * stride
            Stride and padding are swapped: you divide by the padding and add twice the stride.
        // stride -> // dilation ;; dilation * (kernel - 1) -> stride * (kernel - 1)
            Stride and dilation are swapped: the stride is between windows, the dilation within one.
        room // stride + 1 -> (room // stride + 1)[::-1]
            Rows and columns are swapped: the first number of the result is the height.
        kernel - 1 -> kernel[::-1] - 1
            The kernel's rows and columns are swapped: its height goes with the picture's height.
        room // stride + 1 -> (room // stride + 1)[[0, 0]]
        room // stride + 1 -> (room // stride + 1)[[1, 1]]
            Your two numbers are always equal: columns have to be counted with the width, rows with the
            height.
        kernel - 1 -> kernel[[0, 0]] - 1
            You take the kernel to be square. Its width counts for the columns, its height for the rows.
        room // stride + 1 -> (room // stride + 1).prod()
            You return how many positions there are in all: rows and columns are asked for.
        room // stride -> size + 2 * padding - dilation * (kernel - 1) - 1 // stride
        room // stride -> size + 2 * padding - (dilation * (kernel - 1) + 1) // stride
            Only a part is divided by the stride. All of n + 2 p − d (k − 1) − 1 is: it needs parentheses
            around it.
        room // stride -> size + (2 * padding - dilation * (kernel - 1) - 1) // stride
            Only the padding and the kernel are divided by the stride. All of n + 2 p − d (k − 1) − 1 is.
        room // stride -> size // stride + 2 * padding - dilation * (kernel - 1) - 1
        room // stride -> (size + 2 * padding) // stride - dilation * (kernel - 1) - 1
            Only the picture is divided by the stride. All of n + 2 p − d (k − 1) − 1 is.
        room // stride + 1 -> (room + 1) // stride
            The + 1 is divided by the stride too. It stands for the first position, behind the division.
        room // stride + 1 -> (room - 2 * padding) // stride + 1 + 2 * padding
            The padding is added behind the division. It makes the picture larger, before the kernel takes its
            steps.
        room // stride + 1 -> (size - kernel) // stride + 1 + 2 * padding
            The padding is added behind the division, and the dilation is forgotten.
        room // stride -> size // stride + 2 * padding // stride - (dilation * (kernel - 1) + 1) // stride
            Every term is divided by the stride and rounded for itself. Add them first, and round once.
        room // stride -> room * stride
            The result is multiplied by the stride. The larger the stride, the fewer positions.
        room // stride + 1 -> (size - 1) * stride - 2 * padding + dilation * (kernel - 1) + 1
            That is the size of a transposed convolution, which goes the other way and makes maps larger.
        room // stride + 1 -> (size + 2 * padding) // stride
            The kernel does not come in yet: the last positions are those where it would hang over.
        - dilation * (kernel - 1) - 1 -> - 1
            The kernel does not come in: it cannot begin on the last pixels.
    """,
)
