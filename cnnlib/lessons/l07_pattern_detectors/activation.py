"""Lesson 07, the activation function: what does it let through?"""

from functools import cache
from typing import Annotated

import numpy as np

from cnnlib.convolution import conv2d
from cnnlib.demo.chart import lines
from cnnlib.demo.code import convolution_code
from cnnlib.demo.declare import Place, Pointed, Slider, Switch, demo
from cnnlib.demo.numbers import number_text
from cnnlib.demo.view import Panel, Point, View, signed
from cnnlib.demo.words import aligned, percent_text
from cnnlib.kernels import KERNELS
from cnnlib.nn.activations import LeakyReLU, ReLU, Sigmoid, Tanh
from cnnlib.pictures import picture

SLOPE = 0.1  # of the leaky ReLU: the usual 0.01 could not be told from 0 in the picture
ACTIVATIONS = {"ReLU": ReLU, "leaky ReLU": lambda: LeakyReLU(SLOPE), "tanh": Tanh, "sigmoid": Sigmoid}
SOBEL = KERNELS["Sobel, columns"].matrix
HEAD_AND_CAMERA = 25, 195, 50, 220  # the photographer's: rows from and to, columns from and to
LARGEST = 4  # the largest response of this kernel to brightness from 0 to 1
LIMIT = 2.5  # few edges are stronger than that: with a limit of 4 most would be pale
REMARKS = {
    "ReLU": "What is negative is gone; what is positive passes as it is.",
    "leaky ReLU": "What is negative is shrunk to a tenth, not gone: no slope is 0.",
    "tanh": "All is between −1 and 1: strong edges become alike, as tanh saturates.",
    "sigmoid": "All is between 0 and 1, and 0 becomes 0.5.",
}


@demo("Activation function", "what does it let through?")
def explore_activation(
    bend: Annotated[
        str, Switch(ACTIVATIONS, label="activation"), "The leaky one lets a tenth through"
    ] = "ReLU",
    bias: Annotated[
        float, Slider(-2.0, 2.0, 0.1, label="bias, added first"), "Added to each number first"
    ] = 0.0,
    *,
    at: Annotated[Place, Pointed, "Default: the most negative number of the map"] = (143, 92),
) -> View:
    """Apply an activation function to a photo's edge map; see what is left, and how steep it is there.

    The output is the map after the activation.

    >>> demo = explore_activation()
    >>> demo.output.min(), explore_activation("sigmoid").output.min() > 0
    (np.float64(0.0), np.True_)
    """
    before = _edges() + bias
    after = ACTIVATIONS[bend]().forward(before)

    row, col = at = at.within(before.shape)
    value, slope = (float(part[0, 0]) for part in _activated(bend, before[[row]][:, [col]]))
    limit = LIMIT if "ReLU" in bend else 1
    link = {"size": 170, "point": Point("at"), "cursor": at}
    added = f"plus bias {number_text(bias)}" if bias else "(Sobel, columns)"
    return View(
        panels=[
            signed("before", before, f"edge map of the photo\n{added}", limit=LIMIT, **link),
            _chart(bend, before[at], value),
            signed("after", after, f"after {bend}", limit=limit, symbol="→", **link),
        ],
        sentence=f"Row {row}, column {col}: {_text(before[at])} becomes {_text(value)}, where the slope is "
        f"{_text(slope)}. Exactly 0: {_share(before)} of the numbers before, {_share(after)} after. "
        f"{REMARKS[bend]}",
        arithmetic=_arithmetic(bend, _edges()[at], bias, value, slope),
        output=after,
        code=lambda: _code(bend, bias),
    )


@cache
def _edges() -> np.ndarray:
    """Return the edge map of the photo, from brightness 0 to 1."""
    top, bottom, left, right = HEAD_AND_CAMERA
    edges = conv2d(picture("camera")[top:bottom, left:right], SOBEL) / 255
    edges.setflags(write=False)
    return edges


def _activated(bend: str, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return what an activation makes of an array (N, ...), and its slope at each number."""
    layer = ACTIVATIONS[bend]()
    y = layer.forward(x)
    return y, layer.backward(np.ones_like(y))


@cache
def _curve(bend: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    x = np.linspace(-LARGEST, LARGEST, 161)[None]
    return tuple(part[0] for part in (x, *_activated(bend, x)))


def _chart(bend: str, x: float, y: float) -> Panel:
    across, curve, slope = _curve(bend)
    return lines(
        "curve",
        across,
        {bend: curve, "its slope (derivative)": slope},
        "what goes in, what comes out",
        xlabel="in",
        ylabel="out",
        size=(290, 230),
        at={bend: (np.clip(x, -LARGEST, LARGEST), np.clip(y, -LARGEST, LARGEST))},
        xlim=(-LARGEST, LARGEST),
        ylim=(-1.2, LARGEST if "ReLU" in bend else 1.2),
        symbol="→",
    )


def _text(value: float) -> str:
    return number_text(round(float(value), 9))


def _share(values: np.ndarray) -> str:
    share = np.mean(values == 0)
    return "fewer than 1 %" if 0 < share < 0.005 else percent_text(share)


def _arithmetic(bend: str, edge: float, bias: float, value: float, slope: float) -> list[tuple[str, str]]:
    x, y, plus = _text(edge + bias), _text(value), _text(bias)
    inner = f"({x})" if x.startswith("−") else x
    plus = f"({plus})" if bias < 0 else plus
    if bend == "ReLU":
        out, rise = f"max(0, {x})", "0 left of 0, 1 right of it"
    elif bend == "leaky ReLU":
        out, rise = (x if edge + bias > 0 else f"{SLOPE} · {inner}"), f"{SLOPE} left of 0, 1 right of it"
    elif bend == "tanh":
        out, rise = f"tanh({x})", f"1 − ({y})²"
    else:
        out, rise = f"1 / (1 + exp(−{inner}))", f"{y} · (1 − {y})"
    return aligned(
        [
            [("in     ", ""), (_text(edge), "pixel"), (" + ", ""), (plus, "weight"), (f" = {x}", "")],
            [("out    ", ""), (f"{out} = ", ""), (y, "total")],
            [("slope  ", ""), (f"{rise}: " if "ReLU" in bend else f"{rise} = ", ""), (_text(slope), "")],
        ]
    )


def _code(bend: str, bias: float) -> dict[str, str]:
    top, bottom, left, right = HEAD_AND_CAMERA
    image = f"picture('camera')[{top}:{bottom}, {left}:{right}] / 255"
    texts = convolution_code(image, SOBEL)
    numpy = {
        "ReLU": "np.maximum(result, 0)",
        "leaky ReLU": f"np.where(result > 0, result, {SLOPE} * result)",
        "tanh": "np.tanh(result)",
        "sigmoid": "1 / (1 + np.exp(-result))",
    }
    torch = {"leaky ReLU": f"F.leaky_relu(x, {SLOPE})"}.get(bend, f"torch.{bend.lower()}(x)")
    more = f"\nresult = result + {bias}\nresult = {numpy[bend]}"
    torch = f"\nx = torch.from_numpy(result) + {bias}\nresult = {torch}.numpy()"
    return {"NumPy": texts["NumPy"] + more, "PyTorch": texts["PyTorch"] + torch}
