"""Lesson 03, two kernels: each makes its own map of one picture."""

from typing import Annotated

import numpy as np

from cnnlib.convolution import conv2d
from cnnlib.demo.colormaps import largest
from cnnlib.demo.declare import Cells, demo
from cnnlib.demo.inputs import kernel_of
from cnnlib.demo.numbers import number_text
from cnnlib.demo.parts import PICTURE, kernel_panel
from cnnlib.demo.view import View, gray, signed
from cnnlib.demo.words import percent_text
from cnnlib.demo.zoo import zoo
from cnnlib.drawing import shapes_image
from cnnlib.shapes import by


def _three_by_three(where: str, kernel) -> np.ndarray:
    weights = kernel_of(where, kernel)
    if weights.shape != (3, 3):
        raise ValueError(
            f"{where}: the {by(weights.shape)} kernel makes a map of another size; give one of 3 × 3"
        )
    return weights


@demo("Two kernels, two maps", "what does each one find?")
def explore_two_kernels(
    a: Annotated[
        np.ndarray, Cells(_three_by_three, argument="first"), "A name from `cnnlib.KERNELS`, or weights"
    ] = "Prewitt, columns",
    b: Annotated[np.ndarray, Cells(_three_by_three, argument="second"), "Like the first"] = "Prewitt, rows",
    *,
    first: Annotated[str, zoo("a", side=3, label="kernel A")],
    second: Annotated[str, zoo("b", side=3, label="kernel B")],
) -> View:
    """Show two kernels, their two maps of one picture, and where the maps differ.

    The output is the first map minus the second.

    >>> explore_two_kernels("outline", "outline").text
    'The two maps are equal everywhere: the two kernels hold the same numbers.'
    """
    image = shapes_image(64)
    maps = conv2d(image, a), conv2d(image, b)
    difference = maps[0] - maps[1]

    more = {"size": 190, "limit": max(largest(m) for m in (*maps, difference))}
    return View(
        panels=[
            gray("image", image, "the picture, 64 × 64", size=192),
            kernel_panel("a", a, "kernel A", edit="a"),
            signed("map a", maps[0], "map A", symbol="=", **more),
            kernel_panel("b", b, "kernel B", edit="b", symbol=PICTURE, new_row=True),
            signed("map b", maps[1], "map B", symbol="=", **more),
            signed("difference", difference, "map A − map B", **more),
        ],
        sentence=_compared(a, b, difference),
        output=difference,
    )


def _compared(a: np.ndarray, b: np.ndarray, difference: np.ndarray) -> str:
    if not difference.any():
        why = "hold the same numbers" if np.array_equal(a, b) else "cannot be told apart on this picture"
        return f"The two maps are equal everywhere: the two kernels {why}."
    share, most = np.mean(difference != 0), number_text(largest(difference))
    return (
        f"The maps differ at {percent_text(share)} of the positions, by up to {most}. "
        "There is one picture, and each kernel makes its own map of it."
    )
