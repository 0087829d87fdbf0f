"""Lesson 08, one filter over three channels: how do three pictures become one number?"""

from collections.abc import Iterable
from typing import Annotated

import numpy as np

from cnnlib.activations import relu
from cnnlib.convolution import conv2d, depthwise_conv2d
from cnnlib.demo.code import array_text, image_lines, image_text
from cnnlib.demo.declare import Cells, Choice, Hidden, Slider, demo
from cnnlib.demo.inputs import named_picture
from cnnlib.demo.numbers import number_text
from cnnlib.demo.parts import CHANNELS, channel_planes, kernel_panel, planes
from cnnlib.demo.view import Panel, View, rgb, signed
from cnnlib.demo.volumes import sum_line
from cnnlib.demo.words import aligned
from cnnlib.lessons.l08_a_real_layer.filters import FILTERS
from cnnlib.shapes import by

CELL = 32  # CSS pixels


def _small(where: str, image, values: dict) -> dict:
    found = named_picture(where, image, values, colour=True)
    if (shape := found["image"].shape) != (3, 3, 3):
        raise ValueError(
            f"{where}: an image of {by(shape)} is not as large as the filter; give one of 3 × 3 × 3"
        )
    return found


@demo("One filter, three channels", "how do three channels become one number?")
def explore_one_filter(
    image: Annotated[
        np.ndarray, Cells(spread=_small), "A picture's name, or numbers (3, 3, 3), channels last"
    ] = "colours 3x3",
    filter: Annotated[str, Choice(FILTERS), "A kernel of 3 x 3 for each channel"] = "outline, all channels",
    *,
    bias: Annotated[int, Slider(-500, 500)] = 0,
    name: Annotated[str | None, Hidden],
) -> View:
    """Lay one filter on three channels: three responses, their sum, the bias, the ReLU.

    The picture is as large as the filter: one position, one number. The output is the responses on red,
    green and blue, their sum with the bias, and that after ReLU.

    >>> demo = explore_one_filter()
    >>> demo.output.tolist()
    [258, -894, 258, -378, 0]
    >>> demo.bias.value = 400
    >>> demo.output.tolist()
    [258, -894, 258, 22, 22]
    """
    weights, x = FILTERS[filter], np.moveaxis(image, -1, 0)
    each = depthwise_conv2d(x, weights)[:, 0, 0]
    total = conv2d(x, weights[None], bias=[bias]).item()
    after = relu(total).item()

    line = [
        ("ReLU   max(0, ", ""),
        (number_text(total), "pixel"),
        (") = ", ""),
        (number_text(after), "total"),
    ]
    return View(
        panels=[*_panels(image, np.moveaxis(weights, 0, -1), each, total, after)],
        sentence=_sentence(each, bias, total, after),
        arithmetic=aligned([sum_line("sum", each, bias, total), line]),
        output=np.array([*each, total, after]),
        code=lambda: _code(image_text(image, name), weights, bias),
    )


def _panels(image, weights, each, total, after) -> Iterable[Panel]:
    column = np.full((3, 1, 3), np.nan)
    column[1] = each
    more = {"legend": False, "limit": max(np.abs(each).max(), abs(total), 1)}
    yield rgb("image", image, "picture\n3 × 3 × 3", size=60)
    yield channel_planes("channels", image, "red, green\nand blue", cell=CELL, axis=0)
    yield kernel_panel(
        "filter", planes(weights, axis=0), "one filter:\nthree kernels", size=11 * CELL, symbol="⊙"
    )
    products = planes(image * weights, axis=0)
    yield signed("products", products, "pixel times\nweight", size=11 * CELL, symbol="=", legend=False)
    yield signed("answers", planes(column, axis=0), "the sum\nof each", size=11 * CELL, symbol="Σ", **more)
    yield signed("total", [[total]], "sum\n+ bias", size=CELL, symbol="Σ", **more)
    yield signed("after", [[after]], "after\nReLU", size=CELL, symbol="→", **more)


def _sentence(each: np.ndarray, bias: int, total: float, after: float) -> str:
    texts = [f"{number_text(value)} on {name}" for name, value in zip(CHANNELS, each, strict=True)]
    with_bias = f", with the bias of {number_text(bias)}," if bias else ""
    end = "leaves it as it is" if after == total else "turns it into 0"
    return (
        f"The three kernels respond with {texts[0]}, {texts[1]} and {texts[2]}. They belong to one filter, "
        f"so these add up{with_bias} to one number: {number_text(total)}. ReLU {end}."
    )


def _code(image: str, weights: np.ndarray, bias: int) -> dict[str, str]:
    given = f"filter = np.array({array_text(weights)})\nbias = {bias}\n"
    numpy = (
        "channels = np.moveaxis(image, -1, 0)\n"
        "each = (channels * filter).sum(axis=(1, 2))\n"
        "total = each.sum() + bias\n"
        "result = np.array([*each, total, np.maximum(total, 0)])"
    )
    torch = (
        "x = torch.tensor(image, dtype=torch.float64).permute(2, 0, 1)[None]\n"
        "w = torch.tensor(filter, dtype=torch.float64)\n"
        "each = F.conv2d(x, w[:, None], groups=3).flatten()  # each channel by itself\n"
        "total = F.conv2d(x, w[None], torch.tensor([bias], dtype=torch.float64)).flatten()\n"
        "result = torch.cat([each, total, torch.relu(total)]).numpy()"
    )
    start = "\n".join(image_lines(image))
    with_torch = "\n".join(image_lines(image, "import torch", "import torch.nn.functional as F"))
    return {"NumPy": f"{start}\n{given}{numpy}", "PyTorch": f"{with_torch}\n{given}{torch}"}
