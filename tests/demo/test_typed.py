"""One reader of numbers: the same text is the same number, or the same sentence, wherever it is typed."""

import ipywidgets
import numpy as np
import pytest

from cnnlib.demo import controls as make
from cnnlib.demo.controls import Cells
from cnnlib.demo.frame import Demo
from cnnlib.demo.view import View, signed
from cnnlib.exercises.reading import read_number

FIELDS = ("slider", "fraction", "field", "cells")


@pytest.fixture
def demo():
    def view(slider, fraction, field, cells):
        return View(panels=[signed("cells", cells, edit="cells")], sentence="Typed.")

    settings = {
        "slider": make.slider("stride", 2, -2000, 2000),
        "fraction": make.slider("gain", 2.0, -2000, 2000, 0.25),
        "field": make.whole_number("row", 2, 2000, low=-2000),
        "cells": Cells(np.full((1, 1), 2)),
    }
    return Demo("Typed", "what was typed?", settings, view)


def type_into(demo, name, text):
    """Type as the page tells it; return the number that is there then."""
    if name == "cells":
        message = {"type": "edit", "panel": "cells", "row": 0, "col": 0, "text": text}
    else:
        controls = [control.description for control in demo.bar.children]
        message = {"type": "type", "control": controls.index(getattr(demo, name).description), "text": text}
    demo.grid._on_message(demo.grid, message, [])
    return float(np.ravel(getattr(demo, name).value)[0])


@pytest.mark.parametrize("name", FIELDS)
@pytest.mark.parametrize(
    ("text", "value"),
    [
        *(("3", 3), (" 3 ", 3), ("-1", -1), ("−1", -1), ("+4", 4), ("1,5", 1.5), ("1.5", 1.5), ("3/2", 1.5)),
        *(("1e3", 1000), ("1,250", 1.25), ("15", 15), ("4/2", 2), ("1.0", 1)),
    ],
)
def test_a_text_is_the_same_number_everywhere(demo, name, text, value):
    found = type_into(demo, name, text)
    assert read_number(text) == value  # in an exercise, too
    if name in ("slider", "field") and value != int(value):
        assert found == 2
        assert f": {value} is no whole number; choose from −2000 to 2000" in demo.problem
    else:
        assert (found, demo.problem) == (value, "")


@pytest.mark.parametrize("name", FIELDS)
@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("1e999", "“1e999” is too large; stay within ±1,000,000"),
        ("-1e999", "“-1e999” is too large; stay within ±1,000,000"),
        ("12 apples", "“12 apples” is not a number; type one such as −1, 0.5 or 1/9"),
        ("", "an empty field is not a number; type one such as"),
        *((text, f"“{text}” is not a number") for text in ("abc", "1,5,0", "nan", "1/0", "5-3", "0x10")),
    ],
)
def test_what_is_no_number_is_told_and_changes_nothing(demo, name, text, why):
    assert type_into(demo, name, text) == 2
    assert why in demo.problem
    assert type_into(demo, name, "2") == 2
    assert demo.problem == ""


@pytest.mark.parametrize(("name", "label"), [("slider", "stride"), ("fraction", "gain"), ("field", "row")])
def test_what_lies_outside_is_told(demo, name, label):
    assert type_into(demo, name, "2001") == 2
    assert demo.problem == f"{label}: 2001 lies outside; choose from −2000 to 2000"


def test_what_lies_between_two_steps_is_told():
    settings = {"count": make.slider("count", 10, 10, 3000, 10)}
    demo = Demo("Typed", "?", settings, lambda count: View(panels=[], sentence=f"{count}"))
    assert isinstance(demo.count, ipywidgets.IntSlider)
    assert type_into(demo, "count", "15") == 10
    assert demo.problem == "count: 15 lies between two steps of 10; choose from 10 to 3000"
    assert type_into(demo, "count", "30") == 30
