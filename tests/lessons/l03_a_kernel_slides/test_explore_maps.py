"""Lesson 03 after the microscope: two kernels beside their lists, and pictures of any size."""

import drive
import numpy as np
import pytest

from cnnlib import KERNELS
from cnnlib.explore import explore_ripple, explore_shift, explore_two_kernels


def edit(demo, panel, text):
    message = {"type": "edit", "panel": panel, "row": 1, "col": 1, "text": text, "number": 1}
    demo.grid._on_message(demo.grid, message, [])


@pytest.mark.parametrize(("names", "cells"), [("first", "a"), ("second", "b")])
def test_an_edited_kernel_is_ones_own_and_can_be_chosen_anew(names, cells):
    demo = explore_two_kernels()
    chosen, kernel = getattr(demo, names), getattr(demo, cells)
    before, text = chosen.value, demo.text
    edit(demo, cells, "9")
    assert chosen.value == "my own"
    assert kernel.value[1, 1] == 9
    chosen.value = before
    np.testing.assert_array_equal(kernel.value, KERNELS[before].matrix)
    assert demo.text == text


def test_choosing_ones_own_changes_no_number():
    demo = explore_two_kernels()
    before = demo.output
    demo.first.value = "my own"
    np.testing.assert_array_equal(demo.output, before)
    demo.reset()
    assert demo.first.value == "Prewitt, columns"


def test_two_kernels_are_the_zoos():
    with pytest.raises(ValueError, match="no kernel is named 'my own'"):
        explore_two_kernels("my own")


@pytest.mark.parametrize("demo", [explore_shift, explore_ripple])
@pytest.mark.parametrize("shape", [(9, 9), (3, 30), (300, 200)])
def test_a_picture_of_any_size_fits_the_page(demo, shape):
    shown = demo(np.arange(np.prod(shape)).reshape(shape) % 7)
    assert drive.owes(shown) == []
    assert sum(panel.width for panel in shown.view.panels) < drive.WIDEST


@pytest.mark.parametrize("demo", [explore_shift, explore_ripple])
def test_a_picture_too_large_to_play_with_is_told(demo):
    with pytest.raises(ValueError, match="longer than 1024 pixels"):
        demo(np.zeros((2, 1025)))


def test_the_code_of_the_shift_names_its_picture():
    assert "image = picture('arrow')\n" in explore_shift().code["NumPy"]
    assert "picture" not in explore_shift(np.eye(4)).code["NumPy"]
