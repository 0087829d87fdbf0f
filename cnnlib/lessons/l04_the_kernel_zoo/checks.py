"""Lesson 4's checks: kernels by their sums, and numbers turned into bytes."""

import numpy as np

from cnnlib.exercises.check import function_check, kernel_check, numbers_check


def _differs(value: float, target: float) -> bool:
    return not np.isclose(value, target, rtol=0, atol=1e-6)


check_normalise = kernel_check(
    "04-normalise",
    makes="a 3 × 3 box blur that keeps the brightness",
    takes="Nine equal weights, with the right sum.",
    example="""
    >>> print(check_normalise(np.ones((3, 3), int) // 9))
    Not yet: All weights are 0: `//` cuts off the fraction, and integers cannot hold it. Divide with `/`.
    """,
    right="Nine ninths make 1, so a flat wall keeps its brightness, and everything else becomes softer.",
    flaws=(
        (
            "All weights are 0: `//` cuts off the fraction, and integers cannot hold it. Divide with `/`.",
            lambda kernel: not kernel.any(),
        ),
        ("A blur mixes pixels, so none of its weights is negative.", lambda kernel: kernel.min() < 0),
        (
            "A single weight looks at a single pixel: nothing is mixed. A box blur treats all nine alike.",
            lambda kernel: np.count_nonzero(kernel) == 1,
        ),
        (
            "The weights differ. A box blur treats all nine pixels alike (a Gaussian one prefers the "
            "centre).",
            lambda kernel: not np.allclose(kernel, kernel[0, 0]),
        ),
        (
            "The weights add up to 9: the picture gets nine times too bright. The division is missing.",
            lambda kernel: not _differs(kernel.sum(), 9),
        ),
        (
            "The weights add up to 3: you divided by the side of the kernel, not by the number of its "
            "weights.",
            lambda kernel: not _differs(kernel.sum(), 3),
        ),
        (
            "The weights are rounded, so their sum is not quite 1. Let Python divide.",
            lambda kernel: 0 < abs(kernel.sum() - 1) <= 0.02 and _differs(kernel.sum(), 1),
            "close",
        ),
        (
            "The sum is below 1: the picture gets darker.",
            lambda kernel: kernel.sum() < 1 and _differs(kernel.sum(), 1),
        ),
        ("The sum is above 1: the picture gets brighter.", lambda kernel: _differs(kernel.sum(), 1)),
    ),
)


def _around(kernel: np.ndarray) -> np.ndarray:
    return np.delete(kernel.ravel(), 4)


def _has_diagonal(kernel: np.ndarray) -> bool:
    """Tell whether the diagonal stands out, as it does where ``np.eye(3)`` was added."""
    on = np.eye(3, dtype=bool)
    return (
        np.allclose(kernel[on], kernel[0, 0])
        and np.allclose(kernel[~on], kernel[0, 1])
        and (kernel[0, 0] > kernel[0, 1])
    )


check_sharpen = kernel_check(
    "04-sharpen",
    makes="a 3 × 3 kernel that sharpens: the picture, plus what a blur takes away from it",
    takes="For example twice the identity minus a blur; any that keeps flat walls and treats all sides "
    "alike.",
    example="""
    >>> check_sharpen([[0, -1, 0], [-1, 4, -1], [0, -1, 0]]).verdict
    'wrong'
    """,
    right="The weights add up to 1, so flat walls stay; the negative ones around the centre raise every "
    "difference.",
    flaws=(
        ("All weights are 0, so every output is black.", lambda kernel: not kernel.any()),
        (
            "`np.eye(3)` has ones down its whole diagonal. The identity kernel has a single 1, in the "
            "centre.",
            _has_diagonal,
        ),
        (
            "This is the identity: the picture stays as it is. What a blur takes away has to be added to it.",
            lambda kernel: not _around(kernel).any() and not _differs(kernel[1, 1], 1),
        ),
        (
            "Only the centre has a weight, so the picture becomes brighter or darker, but not sharper. "
            "Was the blur all zeros, from an integer division?",
            lambda kernel: not _around(kernel).any(),
        ),
        (
            "The sum is 0, so only the detail is left and flat walls turn black. Add the picture itself once "
            "more.",
            lambda kernel: not _differs(kernel.sum(), 0) and kernel[1, 1] > 0,
        ),
        (
            "The sign is the wrong way round: the centre has to be added, its neighbours subtracted.",
            lambda kernel: kernel[1, 1] < 0 and _around(kernel).max() > 0,
        ),
        (
            "No weight is negative, so this is a blur. Sharpening subtracts the neighbours.",
            lambda kernel: kernel.min() >= 0 and not _differs(kernel.sum(), 1),
        ),
        (
            "No weight is negative: the blur was added. It has to be subtracted.",
            lambda kernel: kernel.min() >= 0,
        ),
        (
            "The weights do not add up to 1, so flat walls change their brightness.",
            lambda kernel: _differs(kernel.sum(), 1),
        ),
        (
            "The two sides of the centre differ: that lights the picture from one side (emboss).",
            lambda kernel: not np.allclose(kernel, kernel[::-1, ::-1]),
        ),
        (
            "A neighbour is added. All neighbours have to be subtracted, or be left alone.",
            lambda kernel: _around(kernel).max() > 1e-6,
        ),
        (
            "It sharpens in one direction only. Treat rows and columns alike.",
            lambda kernel: not np.allclose(kernel, kernel.T) or not np.allclose(kernel, kernel[::-1]),
        ),
    ),
)


def _columns(kernel: np.ndarray) -> np.ndarray:
    """Return what a bright line makes under the left, middle and right column."""
    return kernel.sum(axis=0)


check_line_detector = kernel_check(
    "04-line",
    makes="a 3 × 3 kernel that responds to a thin bright vertical line",
    takes="Has to respond most strongly on the line itself, less to an edge or a line across, and with 0 to"
    " a wall.",
    example="""
    >>> check_line_detector([[1, 0, -1]] * 3).verdict
    'wrong'
    """,
    name="check_line_detector",
    right="The middle is weighed against both sides: strongest on the line, weaker beside it and at an edge, "
    "0 on a wall.",
    flaws=(
        ("All weights are 0: it responds to nothing at all.", lambda kernel: not kernel.any()),
        (
            "The weights do not add up to 0, so it responds to a plain wall too, and more strongly the "
            "brighter it is.",
            lambda kernel: _differs(kernel.sum(), 0),
        ),
        (
            "This is an edge detector: when it stands on the line, the middle column counts for nothing and"
            " the sides cancel, so the response is 0.",
            lambda kernel: not np.allclose(_columns(kernel), 0) and not _differs(_columns(kernel)[1], 0),
        ),
        (
            "It is rotated by 90°: it responds to horizontal lines, and gives 0 on a vertical one.",
            lambda kernel: np.allclose(_columns(kernel), 0) and kernel[1].sum() > 1e-6,
        ),
        (
            "Each column adds up to 0, so a vertical line gives 0 wherever it lies. Compare the columns with "
            "each other.",
            lambda kernel: np.allclose(_columns(kernel), 0),
        ),
        (
            "The line lies in an outer column of the kernel: it has to be in the middle one, or every "
            "response is one pixel beside the line.",
            lambda kernel: (
                _columns(kernel)[1] < 0
                and _columns(kernel).max() > 0
                and not np.allclose(_columns(kernel)[0], _columns(kernel)[2])
            ),
        ),
        (
            "The signs are the wrong way round: it responds to dark lines on a bright wall.",
            lambda kernel: _columns(kernel)[1] < 0,
        ),
        (
            "It responds to an edge as strongly as to a line, because only one side is subtracted from the "
            "middle. Subtract both.",
            lambda kernel: _columns(kernel)[[0, 2]].max() > -1e-6,
        ),
        (
            "It responds to a horizontal line as well: it looks for spots and outlines of every direction.",
            lambda kernel: abs(kernel[1].sum()) > _columns(kernel)[1] / 2,
        ),
    ),
)


def _shown(values):
    return np.clip(values, 0, 255).astype(np.uint8)


check_display = function_check(
    "04-display",
    makes="a learner's own function that turns any numbers into bytes by clipping",
    takes="Takes an array of numbers and returns one of the same shape, ``uint8``, clipped to 0..255.",
    example="""
    >>> print(check_display(lambda values: np.maximum(values, 0)))
    Not yet: Only the lower end is clipped; a byte ends at 255. And uint8 is needed, not int64.
    """,
    call="as_bytes(values)",
    cases=(
        ("a map from −150 to 300", np.array([[-150, 0, 100], [255, 256, 300]])),
        ("a 2 × 2 map of a sharpened checkerboard", np.array([[-370, 580], [580, -370]])),
        ("a map of floats", np.array([[-1.0, 12.25, 700.0, 254.0]])),
        ("a map of numbers far beyond the range", np.array([[70_000, -66_000, 128], [-129, 1, 99]])),
    ),
    dtype=np.uint8,
    right="Below 0 becomes 0, above 255 becomes 255, all else stays: −150 is black, not a middle gray.",
    truth=_shown,
    edits="""
        np.clip(values, 0, 255).astype(np.uint8) -> np.mod(np.trunc(values), 256)
        np.clip(values, 0, 255).astype(np.uint8) -> np.mod(np.trunc(values), 255)
        np.clip(values, 0, 255).astype(np.uint8) -> np.trunc(values).astype(int).astype(np.uint8)
            The numbers wrap round, as if bytes ran in a circle. Clip first, then convert; after the
            conversion it is too late.
        np.clip(values, 0, 255) -> (255 * (values - values.min()) / np.ptp(values))
        np.clip(values, 0, 255) -> ((values - values.min()) / (np.ptp(values) + 1e-9) * 255)
            You stretched the range: the smallest number is black, the largest white, whatever they are.
            Clipping leaves 0 to 255 as it is.
        np.clip(values, 0, 255).astype(np.uint8) -> (values - values.min()) / np.ptp(values)
            You scaled to 0..1. Bytes run from 0 to 255.
        np.clip(values, 0, 255).astype(np.uint8) -> np.minimum(values, 255).astype(int) % 256
        np.clip(values, 0, 255).astype(np.uint8) -> np.maximum(values, 0).astype(int) % 256
            Only one end of the range is guarded; beyond the other one, numbers still wrap round.
        np.clip(values, 0, 255).astype(np.uint8) -> np.minimum(values, 255)
            Only the upper end is clipped; a byte cannot be negative.
        np.clip(values, 0, 255).astype(np.uint8) -> np.maximum(values, 0)
            Only the lower end is clipped; a byte ends at 255.
        np.clip(values, 0, 255) -> (np.abs(values).astype(int) % 256)
            You dropped the signs, and what is above 255 wraps round.
        np.clip(values, 0, 255) -> np.minimum(np.abs(values), 255)
            You dropped the signs. Clipping turns what is negative into 0.
        np.clip(values, 0, 255).astype(np.uint8) -> np.clip(values, 0, 256)
            A byte ends at 255: 0 to 255 are 256 values.
        np.clip(values, 0, 255) -> np.maximum(np.minimum(values, 0), 255)
            The two ends have changed places, so all becomes 255. `np.maximum` guards the lower end.
        np.clip(values, 0, 255).astype(np.uint8) -> np.minimum(values, 0).astype(int) % 256
        np.clip(values, 0, 255).astype(np.uint8) -> np.maximum(values, 255).astype(int) % 256
            Smaller and larger are mixed up: `np.maximum` keeps the larger one and so guards the lower end,
            `np.minimum` the upper.
        np.clip(values, 0, 255).astype(np.uint8) -> np.clip(values, 0, 255)
            The range is right, but a fraction is still there: `.astype(np.uint8)` makes bytes.
        np.clip(values, 0, 255) -> (np.clip(values, 0, 255) / 255)
            What was clipped is divided by 255 as well: as a byte, only white is left. Leave it at 0 to 255.
        np.clip(values, 0, 255) -> np.ceil(np.clip(values, 0, 255))
            Fractions are rounded up. Clip, and change the type.
        np.clip(values, 0, 255) -> np.clip(values, 0, 254)
            A byte ends at 255, not at 254.
        np.clip(values, 0, 255).astype(np.uint8) -> np.clip(values, -128, 127)
            You clipped to −128..127, the range of a byte with a sign (`int8`). `uint8` runs from 0 to 255.
        .astype(np.uint8) -> .astype(int).astype(np.int8)
            The numbers are stored as bytes with a sign (`int8`), which end at 127: more wraps round.
        np.clip(values, 0, 255) -> np.clip(values, 0, 1)
            You clipped to 0..1. Bytes run from 0 to 255.
        np.clip(values, 0, 255) -> np.where((values < 0) | (values > 255), 0, values)
            What is above 255 became black. Clipping ends at the nearer end of the range, and that is 255: 256
            would wrap to 0.
        np.clip(values, 0, 255) -> np.where(values < 0, 255, np.where(values > 255, 0, values))
            What lies beyond one end came to the other: below 0 became white, or above 255 black. Clipping
            ends at the nearer end.
        np.clip(values, 0, 255) -> np.where(values < 0, 255, np.minimum(values, 255))
            What is below 0 became white. Clipping ends at the nearer end of the range.
        np.clip(values, 0, 255) -> np.clip(values / 2 + 128, 0, 255)
        np.clip(values, 0, 255) -> np.clip(values / 2 + 127.5, 0, 255)
            You put 0 in the middle of the gray levels, at 128: that shows a map with its signs. Clipping
            leaves 0 to 255 as it is.
        np.clip(values, 0, 255) -> np.clip(values + 128, 0, 255)
        np.clip(values, 0, 255) -> np.clip(values + 127, 0, 255)
        np.clip(values, 0, 255) -> (values / np.abs(values).max() * 127 + 128)
        np.clip(values, 0, 255) -> (values / np.abs(values).max() * 127 + 127)
        np.clip(values, 0, 255) -> ((values / np.abs(values).max() + 1) / 2 * 255)
        np.clip(values, 0, 255).astype(np.uint8) -> (values / 2 + 128).astype(int) % 256
        np.clip(values, 0, 255).astype(np.uint8) -> (values + 128).astype(int) % 256
            You put 0 in the middle of the gray levels. Clipping leaves 0 to 255 as it is.
        np.clip(values, 0, 255) -> np.clip(values - values.min(), 0, 255)
            You lifted the numbers until none is negative. Clipping leaves 0 to 255 as it is.
        np.clip(values, 0, 255) -> np.clip(values / values.max() * 255, 0, 255)
        np.clip(values, 0, 255) -> np.clip(values / np.abs(values).max() * 255, 0, 255)
            You divided by the largest number: 255 is then no longer 255. Clipping leaves 0 to 255 as it is.
        np.clip(values, 0, 255) -> np.where(values > 127, 255, 0)
        np.clip(values, 0, 255) -> np.where(values > 0, 255, 0)
            Only black and white are left. Grays between them stay.
        np.clip(values, 0, 255).astype(np.uint8) -> values
            The numbers come back as they were: neither clipped nor converted.
        np.clip(values, 0, 255) -> np.clip(values, _, 255)
            The range begins at {}. Bytes begin at 0.
        np.clip(values, 0, 255) -> np.clip(values, 0, _)
            The range ends at {}. Bytes end at 255.
        np.clip(values, 0, 255) -> np.clip(values + _, 0, 255)
            {} is added first. Clipping leaves 0 to 255 as it is.
        np.clip(values, 0, 255) -> np.clip(values * _, 0, 255)
            The numbers are multiplied by {} first. Clipping leaves 0 to 255 as it is.
    """,
)

check_kernel_sums = numbers_check(
    "04-kernel-sums",
    makes="the sums of the weights of three kernels: identity, outline (8 in the centre), and box blur",
    takes={"identity, edge, blur": "The three sums."},
    example="""
    >>> check_kernel_sums(1, 16, 1).verdict
    'wrong'
    """,
)
