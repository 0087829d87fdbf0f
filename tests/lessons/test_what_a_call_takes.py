"""What teachers name, and settings that no control can have, in plain words."""

import drive
import numpy as np
import pytest

from cnnlib import explore
from cnnlib.demo.declare import NamesOf

LISTS = [
    (name, list_, control.of)
    for name in explore.__all__
    for list_, control in getattr(explore, name).when.__self__.controls.items()
    if isinstance(control, NamesOf)
]


@pytest.mark.parametrize(("name", "list_", "cells"), LISTS)
def test_cells_are_held_and_hidden_with_the_list_of_names_beside_them(name, list_, cells):
    held = getattr(explore, name)(lock=cells)
    assert getattr(held, list_).disabled
    assert not any(panel.edit == cells for panel in held.view.panels)
    hidden = getattr(explore, name)(hide=[cells])
    assert getattr(hidden, list_) not in hidden.bar.children


def test_a_control_goes_by_what_stands_beside_it():
    demo = explore.explore_filters(hide=["use my own", "divide by the sum"], lock=["show"])
    assert demo.upload not in demo.bar.children
    assert demo.normalise not in demo.bar.children
    assert demo.display.disabled
    assert not demo.gain.disabled


@pytest.mark.parametrize(
    ("name", "settings", "why"),
    [
        ("explore_filters", {"lock": True}, r"^True is no name of a control; give names, such as \['gain'\]"),
        ("explore_filters", {"hide": None}, "^None is no name of a control"),
        ("explore_filters", {"lock": ["gain", 3]}, "^3 is no name of a control"),
        ("explore_filters", {"gain": "x"}, r"^gain: 'x' is no number; choose from 0.1 to 4.0"),
        ("explore_filters", {"gain": True}, "^gain: True is no number"),
        ("explore_filters", {"normalise": "x"}, "^divide by the sum: 'x' is neither on nor off"),
        ("explore_ripple", {"at": ("a", 1)}, "^row: 'a' is no whole number; give one of at least 0"),
        ("explore_borders", {"kernel": np.ones((3, 3))}, "^kernel: an array is unknown; choose from left"),
        ("explore_ripple", {"at": 5}, "^explore_ripple: at 5 does not do; give row, col"),
    ],
)
def test_a_setting_that_no_control_can_have_is_told_in_plain_words(name, settings, why):
    with pytest.raises(ValueError, match=why):
        getattr(explore, name)(**settings)


def test_a_problem_names_no_function():
    demo = explore.explore_text()
    demo.pattern.value = "12345678"
    assert demo.problem
    assert "explore_text" not in demo.problem
    demo = explore.explore_flip()
    demo.image.value = [[1]]
    assert demo.problem.startswith("the 3 × 3 kernel")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("1e999", "is too large"),
        ("−1e999", "is too large"),
        ("1,5x", "is not a number"),
    ],
)
def test_what_no_cell_can_hold_is_told(text, says):
    demo = explore.explore_filters()
    message = {"type": "edit", "panel": "kernel", "row": 0, "col": 0, "number": 1, "text": text}
    demo.grid._on_message(demo.grid, message, [])
    assert says in demo.problem
    message["text"] = "1,5"
    demo.grid._on_message(demo.grid, message, [])
    assert demo.kernel.value[0, 0] == 1.5
    assert drive.owes(demo) == []
