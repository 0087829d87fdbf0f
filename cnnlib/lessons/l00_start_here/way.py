"""Lesson 00, the whole way from light to classes, and where on it a lesson stands."""

from functools import cache
from typing import Annotated, NamedTuple

import numpy as np

from cnnlib.activations import softmax
from cnnlib.demo.declare import Choice, Fixed, demo
from cnnlib.demo.view import Panel, Point, View, gray, signed
from cnnlib.nn import pretrained_lenet
from cnnlib.quantization import quantize
from cnnlib.sensor import bucket_means, expose

FINE, SIDE, BITS, VOLTS = 256, 32, 3, 5.0
TOP = 2**BITS - 1  # the highest code
SIZE = 46  # CSS pixels of a picture: eight of them, with their arrows, make one row
PEN = 0.06  # half the width of the chalk, as a share of the board
CORNER = np.s_[8:11, 10:13]  # of the codes: a part of the chalk with its edge
MAP = 0  # of LeNet's first layer: the one that is shown


class Stop(NamedTuple):
    """Where a lesson stands on the way, and what happens there."""

    steps: str
    text: str


ALL = "kernels activation pooling classes"
STOPS = {
    1: Stop(
        "light photosites ADC", "photosites collect the light, and an ADC rounds their voltages to codes"
    ),
    2: Stop("matrix", "the codes are a matrix of bytes in memory, and all that a computer has of a picture"),
    3: Stop("kernels", "a kernel, a small table of weights, slides over the matrix and makes a feature map"),
    4: Stop("kernels", "each kernel finds, blurs or sharpens something of its own"),
    5: Stop("kernels", "a kernel can be flipped, and at the borders it needs pixels that are not there"),
    6: Stop("kernels", "stride and padding decide how large a feature map is"),
    7: Stop("activation", "an activation function, here ReLU, sets what is negative to 0; all else passes"),
    8: Stop("kernels activation", "many filters, biases and ReLU together make one convolution layer"),
    9: Stop("pooling", "pooling shrinks each map, and a small shift of the picture changes it less"),
    10: Stop(ALL, "why units see a window and share their weights, and are not connected with everything"),
    11: Stop(ALL, "all weights between matrix and classes are found by training"),
    12: Stop(ALL, "what a trained network's kernels look for, and when its classes can be trusted"),
    13: Stop("classes", "what else can stand at the end: other classes, where, when, in which style"),
}


HERE = "the whole way"  # the choice of no step
STEPS = {
    "light": "A lens projects light from the scene onto the sensor",
    "photosites": "Each photosite collects the light that falls on it, and turns it into a voltage",
    "ADC": f"An analog-to-digital converter rounds each voltage to a code, here of {BITS} bits",
    "matrix": "The codes stand in rows and columns; nine of them are shown here",
    "kernels": "A kernel slides over the matrix and makes a feature map, red above zero and blue below",
    "activation": "An activation function, here ReLU, sets all that is below zero to 0",
    "pooling": "Pooling keeps the largest of each four, so half as many rows and columns are left",
    "classes": "After another round of the last three steps, a classifier gives each class a probability",
}


class Way(NamedTuple):
    """One digit on its way; the probabilities are those of a trained LeNet."""

    light: np.ndarray
    volts: np.ndarray
    codes: np.ndarray
    sums: np.ndarray
    active: np.ndarray
    pooled: np.ndarray
    probabilities: np.ndarray


def _known(where: str, lesson: int) -> int:
    if lesson not in (0, *STOPS):
        raise ValueError(f"{where}: there is no lesson {lesson}; choose 1 to {max(STOPS)}, or 0 for none")
    return lesson


@demo("From light to classes", "where are we?")
def explore_way(
    lesson: Annotated[int, Fixed(_known), "The one whose steps are framed; 0 for none"] = 0,
    *,
    step: Annotated[str, Choice([HERE, *STEPS], shown=False), "The one that is told of in its place"] = HERE,
) -> View:
    """Show the whole way from light to classes, and where on it a lesson stands; point at any step.

    The output is the ten probabilities at its end.

    >>> demo = explore_way(3)
    >>> demo.text.split(": ")[0]
    'You are here, in lesson 3'
    >>> int(demo.output.argmax())
    3
    """
    way = _way()
    framed = [step] if step != HERE else STOPS[lesson].steps.split() if lesson else []
    return View(
        panels=_panels(way, framed), sentence=_sentence(way, lesson, step), output=way.probabilities.copy()
    )


@cache
def _way() -> Way:
    """Follow a digit in chalk through sensor and converter, and through a trained LeNet to its end."""
    light = _three()
    volts = expose(bucket_means(light, SIDE), exposure=VOLTS, full_well=VOLTS)
    codes = quantize(volts, BITS, VOLTS)

    network = pretrained_lenet().astype(float)
    picture = codes[None, None] / TOP
    sums, active, pooled = (network[:layers](picture)[0, MAP] for layers in (1, 2, 3))
    return Way(light, volts, codes, sums, active, pooled, softmax(network(picture))[0])


def _three() -> np.ndarray:
    """Draw a 3 as two arcs of chalk on a board, (256, 256), from 0 to 1."""
    row, col = (np.mgrid[:FINE, :FINE] + 0.5) / FINE
    distance = np.full((FINE, FINE), np.inf)
    for middle, turn in ((0.36, -1), (0.64, 1)):
        down, right = row - middle, col - 0.47
        open_side = (right < 0) & (turn * down < 0)  # the arc stops where the other one begins
        to_arc = np.abs(np.hypot(down, right) - 0.14)
        distance = np.minimum(distance, np.where(open_side, np.inf, to_arc))
    return np.clip(2 - 2 * distance / PEN, 0, 1)


def _panels(way: Way, framed: list[str]) -> list[Panel]:
    """Show a picture for each step; pointing at one tells of it."""

    def step(make, name: str, array: np.ndarray, caption: str = "", **more) -> Panel:
        more = {"symbol": "→", "cell": SIZE / len(array), "point": Point("", step=name)} | more
        frame = {"cursor": (0, 0)} if name in framed else {}
        return make(name, array, caption or name, tile=(*array.shape, 0), **frame, **more)

    numbers = way.codes[CORNER]
    bars = np.clip(10 * way.probabilities[:, None] - np.arange(10), 0, 1)
    maps = {"limit": np.abs(way.sums).max(), "legend": False}
    return [
        step(gray, "light", way.light, high=1, symbol=""),
        step(gray, "photosites", way.volts, high=VOLTS),
        step(gray, "ADC", way.codes, high=TOP),
        step(gray, "matrix", numbers, high=TOP, labels=[str(code) for code in numbers.flat]),
        step(signed, "kernels", way.sums, **maps),
        step(signed, "activation", way.active, **maps),
        step(signed, "pooling", way.pooled, **maps),
        step(signed, "classes", bars, f"class: {_seen(way)}", limit=1, legend=False, symbol="⋯"),
    ]


def _seen(way: Way) -> str:
    return f"a {way.probabilities.argmax()}"


def _sentence(way: Way, lesson: int, step: str) -> str:
    if step != HERE:
        first = next(number for number, stop in STOPS.items() if step in stop.steps.split())
        return f"{STEPS[step]}. More of it from lesson {first} on."
    if lesson:
        return f"You are here, in lesson {lesson}: {STOPS[lesson].text}."
    return (
        "Light falls on photosites, an ADC turns their voltages into codes, and a matrix holds these. Layers "
        "of kernels, activation and pooling turn the matrix into ten probabilities; the largest is that "
        f"of {_seen(way)}."
    )
