"""Two kernels beside their lists."""

import numpy as np
import pytest

from cnnlib import KERNELS
from cnnlib.explore import explore_two_kernels


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
    with pytest.raises(
        ValueError, match=r"explore_two_kernels: the 1 × 3 kernel makes a map of another size"
    ):
        explore_two_kernels([[1, 0, -1]])
