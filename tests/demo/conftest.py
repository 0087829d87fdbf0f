"""A toy demo with one control of each kind, whose view can be made to fail."""

import ipywidgets
import numpy as np
import pytest

from cnnlib.demo.controls import Cells, Hidden
from cnnlib.demo.frame import Demo
from cnnlib.demo.view import Point, View, gray


class Toy:
    """A view that counts how often it is asked, and fails for some values of `size`."""

    IMPOSSIBLE, BROKEN = 8, 9

    def __init__(self):
        self.calls = 0

    def view(self, *, size, shift, kernel, drawing, best, row, col):
        self.calls += 1
        if size == self.IMPOSSIBLE:
            raise ValueError(f"toy: size {size} does not fit; choose a smaller one")
        if size == self.BROKEN:
            raise KeyError("a fault in the demo")
        panels = [
            gray("map", np.zeros((size + 1, size + 1)), point=Point("row", "col"), cursor=(row, col)),
            gray("kernel", np.pad(kernel, 1), edit="kernel", origin=(-1, -1)),
            gray("drawing", drawing, paint="drawing"),
            gray("nothing", np.zeros((2, 2))),
        ]
        return View(
            panels=panels,
            sentence=f"Size {size}, shift {shift}, sum {kernel.sum():g}, painted {drawing.sum():g}.",
            output=kernel * size,
            code=lambda: {"NumPy": f"result = {(kernel * size).tolist()}"},
            state={"best": max(best, size)},
        )

    def demo(self, **more):
        controls = {
            "size": ipywidgets.IntSlider(3, 1, 9),
            "shift": ipywidgets.FloatSlider(0.5),
            "kernel": Cells(np.arange(9).reshape(3, 3)),
            "drawing": Cells(np.zeros((2, 2), np.uint8)),
            "best": Hidden(0),
            "row": ipywidgets.BoundedIntText(2, 0, 100),
            "col": ipywidgets.BoundedIntText(1, 0, 100),
            "go": ipywidgets.Button(description="go"),
        }
        limits = dict.fromkeys(("row", "col"), lambda values: values["size"])
        return Demo("Toy", "what is it for?", controls, self.view, limits=limits, **more)


@pytest.fixture
def toy():
    return Toy()


@pytest.fixture
def demo(toy):
    return toy.demo()
