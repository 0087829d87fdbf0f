"""Lesson 03, the kernel with a single 1: where does the picture go?"""

from typing import Annotated

import numpy as np

from cnnlib.convolution import conv2d
from cnnlib.demo.code import convolution_code, image_text
from cnnlib.demo.declare import Cells, Group, Hidden, Place, Slider, demo
from cnnlib.demo.inputs import named_picture
from cnnlib.demo.parts import kernel_panel
from cnnlib.demo.view import INVENTED, PLAIN, Point, View, gray

ROOM = 243  # CSS pixels: three panels fit side by side
AT = Group(
    {"row": Slider(0, 2, label="row of the 1"), "col": Slider(0, 2, label="column of the 1")}, into=Place
)


@demo("The kernel with a single 1", "where does the picture go?")
def explore_shift(
    image: Annotated[
        np.ndarray, Cells(spread=named_picture), "A picture's name, or numbers (H, W)"
    ] = "arrow",
    *,
    at: Annotated[Place, AT, "Where the 1 stands at first"] = (1, 1),
    name: Annotated[str | None, Hidden],
) -> View:
    """Move the single 1 of a kernel, and see the picture move.

    The output is the moved picture, as large as the first.

    >>> demo = explore_shift()
    >>> demo.col.value = 2
    >>> demo.text
    'The 1 sits to the right of the centre. Each output fetches the pixel to the right of it, so the picture \
moves left.'
    """
    kernel = np.zeros((3, 3), int)
    kernel[at] = 1
    output = conv2d(image, kernel, padding=1)

    inside = conv2d(np.ones_like(image), kernel, padding=1)  # 0 where the 1 fetches a padding pixel
    marks = np.where(inside, PLAIN, INVENTED).astype(np.uint8)
    outside = "; hatched: fetched from\noutside, where all is 0" if marks.any() else ""
    more = {"size": min(27 * max(image.shape), ROOM), "high": max(image.max(), 1)}
    return View(
        panels=[
            gray("image", image, "the picture", **more),
            kernel_panel("kernel", kernel, "kernel: point at a cell", point=Point("row", "col"), cursor=at),
            gray("output", output, f"the output{outside}", symbol="=", marks=marks, **more),
        ],
        sentence=_where_to(at.row - 1, at.col - 1),
        output=output,
        code=lambda: convolution_code(image_text(image, name), kernel, padding=1),
    )


def _where_to(down: int, right: int) -> str:
    if not (down or right):
        return "The 1 sits in the centre. Each output fetches its own pixel: the picture stays as it is."
    ways = [("above", "", "below")[down + 1], ("to the left of", "", "to the right of")[right + 1]]
    back = [("down", "", "up")[down + 1], ("right", "", "left")[right + 1]]
    where = " and ".join(way for way in ways if way)
    goes = " and ".join(way for way in back if way)
    fetches = f"Each output fetches the pixel {where} it, so the picture moves {goes}."
    return f"The 1 sits {where} the centre. {fetches}"
