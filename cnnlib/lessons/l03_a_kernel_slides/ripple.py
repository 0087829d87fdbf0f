"""Lesson 03, one pixel changes: how far does it reach into the map?"""

from typing import Annotated

import numpy as np

from cnnlib.convolution import conv2d
from cnnlib.demo.declare import Cells, Group, Number, Place, Slider, demo
from cnnlib.demo.inputs import kernel_of, picture_of
from cnnlib.demo.numbers import number_text
from cnnlib.demo.parts import kernel_panel
from cnnlib.demo.view import Point, View, Window, gray, signed
from cnnlib.demo.words import capital, count_text, verb

ROOM = 243  # CSS pixels: three panels fit side by side
ONE_TO_NINE = np.arange(1, 10).reshape(3, 3)
AT = Group(
    {
        "row": Number(0, lambda image: image.shape[0] - 1),
        "col": Number(0, lambda image: image.shape[1] - 1, label="column"),
    },
    into=Place,
)


@demo("One pixel changes", "how far does it reach?")
def explore_ripple(
    image: Annotated[np.ndarray, Cells(picture_of), "A picture's name, or numbers (H, W)"] = "arrow",
    kernel: Annotated[np.ndarray, Cells(kernel_of), "Weights (KH, KW)"] = ONE_TO_NINE,
    *,
    amount: Annotated[int, Slider(-9, 9, label="add to the pixel")] = 1,
    at: Annotated[Place | None, AT, "The pixel to begin with. Default: in the middle"] = None,
) -> View:
    """Change one pixel, and see which numbers of the feature map change with it.

    The output is how much each number of the map changes.

    >>> explore_ripple().output[2:5, 2:5].tolist()
    [[9, 8, 7], [6, 5, 4], [3, 2, 1]]
    """
    changed = image.copy()
    changed[at] += amount
    difference = conv2d(changed, kernel) - conv2d(image, kernel)

    cell = min(25, ROOM / max(image.shape))
    height, width = kernel.shape
    return View(
        panels=[
            gray(
                "image",
                changed,
                "point at a pixel",
                low=image.min() - 9,
                high=image.max() + 9,
                size=cell * max(image.shape),
                point=Point("row", "col"),
                cursor=at,
            ),
            kernel_panel("kernel", kernel, "kernel: click a cell\nto change it", size=102, edit="kernel"),
            signed("change", difference, "change of the map", size=cell * max(difference.shape), symbol="→"),
        ],
        sentence=_reach(at, amount, difference),
        # A pixel is read by the windows that start up to one kernel above and left of it.
        windows=[Window("image", "change", kernel.shape, start=(1 - height, 1 - width))],
        output=difference,
    )


@explore_ripple.starts
def _middle(image):
    height, width = image.shape
    return {"row": height // 2, "col": width // 2}


def _reach(at: Place, amount: int, difference: np.ndarray) -> str:
    pixel = f"row {at.row}, column {at.col}"
    if amount == 0:
        return f"Nothing is added to the pixel in {pixel}, so nothing changes in the map."
    touched = int(np.count_nonzero(difference))
    return (
        f"The pixel in {pixel} changes by {number_text(amount)}. "
        f"{capital(count_text(touched, 'number'))} of the map's {difference.size} "
        f"{verb(touched, 'change')}; the others stay as they are."
    )
