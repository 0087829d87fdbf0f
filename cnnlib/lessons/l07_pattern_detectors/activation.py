"""Lesson 07, the bend: what does an activation let through?"""

from collections.abc import Iterable
from functools import cache

import numpy as np

from cnnlib.convolution import conv2d
from cnnlib.demo import controls as make
from cnnlib.demo.chart import lines
from cnnlib.demo.code import convolution_code
from cnnlib.demo.controls import Hidden
from cnnlib.demo.frame import Demo
from cnnlib.demo.numbers import number_text
from cnnlib.demo.view import Panel, View, signed
from cnnlib.demo.words import aligned
from cnnlib.kernels import KERNELS
from cnnlib.nn.activations import LeakyReLU, ReLU, Sigmoid, Tanh
from cnnlib.pictures import picture

SLOPE = 0.1  # of the leaky ReLU: the usual 0.01 could not be told from 0 in the picture
BENDS = {"ReLU": ReLU, "leaky ReLU": lambda: LeakyReLU(SLOPE), "tanh": Tanh, "sigmoid": Sigmoid}
SOBEL = KERNELS["Sobel, columns"].matrix
HEAD = 25, 195, 50, 220  # the photographer and his camera: rows from and to, columns from and to
LARGEST = 4  # the most that this kernel answers to brightness from 0 to 1
BIAS, LIMIT = 2, 2.5  # few edges are stronger than that: with a limit of 4 most would be pale
REMARKS = {
    "ReLU": "What is negative is gone; what is positive passes as it is.",
    "leaky ReLU": "What is negative is shrunk to a tenth, not gone: no slope is 0.",
    "tanh": "All lies between −1 and 1: strong edges grow alike.",
    "sigmoid": "All lies between 0 and 1, and 0 becomes 0.5.",
}


def explore_activation(
    bend: str = "ReLU",
    bias: float = 0.0,
    *,
    at: tuple[int, int] = (143, 92),
    hide: Iterable[str] = (),
    lock: Iterable[str] = (),
) -> Demo:
    """Bend each number of a photo's edge map, and see what is left, and how steep the curve is there.

    Parameters
    ----------
    bend : {"ReLU", "leaky ReLU", "tanh", "sigmoid"}
        The leaky one lets a tenth through.
    bias : float
        Added to each number first, -2 to 2.
    at : tuple of int
        Row and column of the map to begin with. Default: its most negative number.
    hide, lock : str or iterable of str
        Controls to hide or to hold.

    Returns
    -------
    Demo
        With `output`, the map after the bend.

    Raises
    ------
    ValueError
        If the bend is unknown, or the bias lies outside its control.

    Examples
    --------
    >>> demo = explore_activation()
    >>> demo.output.min(), explore_activation("sigmoid").output.min() > 0
    (np.float64(0.0), np.True_)
    """
    settings = {
        "bend": make.switch("bend", BENDS, bend),
        "bias": make.slider("bias, added first", float(bias), float(-BIAS), float(BIAS), 0.1),
        "row": Hidden(at[0]),
        "col": Hidden(at[1]),
    }
    return Demo("The bend", "what does it let through?", settings, _view, hide=hide, lock=lock)


@cache
def _edges() -> np.ndarray:
    """Return the edge map of the photo, from brightness 0 to 1."""
    top, bottom, left, right = HEAD
    edges = conv2d(picture("camera")[top:bottom, left:right], SOBEL) / 255
    edges.setflags(write=False)
    return edges


def _bent(bend: str, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return what an activation makes of an array (N, ...), and its slope at each number."""
    layer = BENDS[bend]()
    y = layer.forward(x)
    return y, layer.backward(np.ones_like(y))


@cache
def _curve(bend: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    x = np.linspace(-LARGEST, LARGEST, 161)[None]
    return tuple(part[0] for part in (x, *_bent(bend, x)))


def _view(bend: str, bias: float, row: int, col: int) -> View:
    edge, before = _edges()[row, col], _edges() + bias
    after = BENDS[bend]().forward(before)
    value, slope = (float(part[0, 0]) for part in _bent(bend, before[[row]][:, [col]]))
    more = {"size": 170, "point": "row col", "cursor": (row, col)}
    limit = LIMIT if "ReLU" in bend else 1
    panels = [
        signed("before", before, "edge map of the photo\n(Sobel, columns)", limit=LIMIT, **more),
        _chart(bend, before[row, col], value),
        signed("after", after, f"after {bend}", limit=limit, symbol="→", **more),
    ]
    place = f"Row {row}, column {col}: {_text(before[row, col])} becomes {_text(value)}"
    zeros = f"Exactly 0: {_share(before)} numbers before, {_share(after)} after."
    return View(
        panels,
        f"{place}, where the slope is {_text(slope)}. {zeros} {REMARKS[bend]}",
        _arithmetic(bend, edge, bias, value, slope),
        output=after,
        code=lambda: _code(bend, bias),
    )


def _chart(bend: str, x: float, y: float) -> Panel:
    across, curve, slope = _curve(bend)
    return lines(
        "curve",
        across,
        {bend: curve, "its slope": slope},
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
    share = 100 * np.mean(values == 0)
    return f"{'fewer than 1' if 0 < share < 0.5 else round(share)} of 100"


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
    top, bottom, left, right = HEAD
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
