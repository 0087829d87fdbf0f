"""Lesson 04, edge or line: which kernel finds which?"""

from typing import Annotated

import numpy as np

from cnnlib.convolution import conv2d
from cnnlib.demo.colormaps import largest
from cnnlib.demo.declare import Slider, demo
from cnnlib.demo.numbers import signed_text
from cnnlib.demo.view import View, gray, signed
from cnnlib.drawing import stripe_image
from cnnlib.kernels import KERNELS


@demo("Edge or line", "which kernel finds which?")
def explore_edge_or_line(
    width: Annotated[int, Slider(1, 20, label="width of the stripe"), "In pixels"] = 1,
    angle: Annotated[
        int, Slider(0, 175, 5, label="angle (degrees)"), "Its direction: 0 is horizontal, 90 vertical"
    ] = 90,
) -> View:
    """Turn and widen a bright stripe between an edge kernel and a line kernel.

    The output is the two responses, shape (2, H, W).

    >>> explore_edge_or_line().text
    "At the stripe's middle, in row 24, column 24, the edge kernel gives 0, the line kernel +1530. \
Beside it the edge kernel gives +765 on one side and −765 on the other."
    """
    image = stripe_image(49, angle=angle, width=width)
    edge = conv2d(image, KERNELS["Prewitt, columns"].matrix)
    line = conv2d(image, KERNELS["line, vertical"].matrix)
    responses = np.stack([edge, line])

    more = {"size": 196, "limit": max(largest(responses), 1)}
    at_edge, at_line = map(signed_text, responses[:, 23, 23])  # the window around row and column 24
    high, low = signed_text(edge.max()), signed_text(edge.min())
    beside = f"Beside it the edge kernel gives {high} on one side and {low} on the other."
    if not edge.any():
        beside = "Along a horizontal stripe nothing changes from column to column: neither kernel responds."
    return View(
        panels=[
            gray("image", image, "the stripe, 49 × 49", size=196),
            signed("edge", edge, "edge kernel (Prewitt, columns)", **more),
            signed("line", line, "line kernel (line, vertical)", **more),
        ],
        sentence="At the stripe's middle, in row 24, column 24, "
        f"the edge kernel gives {at_edge}, the line kernel {at_line}. {beside}",
        output=responses,
    )
