"""Lesson 04, the hidden kernel: which numbers made this picture?"""

from typing import Annotated

import numpy as np

from cnnlib.convolution import conv2d
from cnnlib.demo.colormaps import largest
from cnnlib.demo.declare import Cells, Choice, Hidden, demo
from cnnlib.demo.numbers import number_text
from cnnlib.demo.parts import kernel_panel
from cnnlib.demo.view import View, gray, signed
from cnnlib.kernels import KERNELS

# On noise, unlike on a photo, no pixel says anything about its neighbour: a cell that comes closer to the
# hidden number always makes the outputs more alike, so changing one cell at a time leads there.
NOISE = np.random.default_rng(2).integers(-9, 10, (37, 37))
HIDDEN = dict(enumerate(("Prewitt, rows", "Laplacian", "line, diagonal up", "sharpen", "emboss"), start=1))
START = KERNELS["identity"].matrix


@demo("The hidden kernel", "which numbers made this picture?")
def explore_match(
    puzzle: Annotated[int, Choice(HIDDEN), "Which kernel is hidden"] = 1,
    *,
    kernel: Annotated[np.ndarray, Cells(called=False)] = START,
    best: Annotated[float, Hidden] = np.inf,
) -> View:
    """Find the hidden kernel: change nine numbers until your output equals the one shown.

    The output is your map minus the hidden kernel's.

    >>> demo = explore_match()
    >>> demo.kernel.value = KERNELS["Prewitt, rows"].matrix
    >>> demo.text
    'The two outputs agree in every pixel: you have found the hidden kernel.'
    """
    target = conv2d(NOISE, KERNELS[HIDDEN[puzzle]].matrix)
    yours = conv2d(NOISE, kernel)
    difference = yours - target
    error = float(np.abs(difference).mean())

    cells = "your kernel: click a\ncell to change it"
    more = {"size": 140, "limit": largest(target)}
    return View(
        panels=[
            gray("image", NOISE, "noise, −9 to 9", size=148, low=-9, high=9),
            kernel_panel("kernel", kernel, cells, size=102, edit="kernel"),
            signed("yours", yours, "your output", symbol="=", **more),
            signed("target", target, "hidden kernel's output", **more),
        ],
        sentence=_alike(error, best),
        output=difference,
        state={"best": min(best, error)},
    )


explore_match.when("puzzle", lambda: {"kernel": START, "best": np.inf})


def _alike(error: float, best: float) -> str:
    if error == 0:
        return "The two outputs agree in every pixel: you have found the hidden kernel."
    so_far = f" The best so far was {number_text(best)}." if best < error else ""
    return (
        f"The two outputs differ by {number_text(error)} on average.{so_far} "
        "Change one cell: does the number fall?"
    )
