"""Lesson 04 after the filter lab: the range lab tells the truth."""

import re
from pathlib import Path

import numpy as np
import pytest

from cnnlib import KERNELS
from cnnlib.demo.colormaps import RED_BLUE, largest
from cnnlib.explore import explore_edge_or_line, explore_match, explore_range


def pixels(demo, id):
    (panel,) = (panel for panel in demo.view.panels if panel.id == id)
    return panel.pixels[..., :3].astype(int)


@pytest.mark.parametrize("gain", [0.1, 1.0, 4.0])
@pytest.mark.parametrize("name", ["Sobel, columns", "box blur"])
def test_only_the_largest_value_gets_the_darkest_colour(name, gain):
    """The scale ends at the largest value, so that the signed picture cuts nothing off."""
    demo = explore_range(name)
    demo.gain.value = gain
    response = demo.output
    darkest = (pixels(demo, "signed") == RED_BLUE[-1]).all(axis=-1) | (
        pixels(demo, "signed") == RED_BLUE[0]
    ).all(axis=-1)
    assert darkest.any()
    assert np.abs(response[darkest]).min() > 0.99 * largest(response)


def test_the_bytes_shown_are_numpys():
    demo = explore_range("Sobel, columns")
    whole = demo.output.astype(np.int64)
    np.testing.assert_array_equal(pixels(demo, "wrapped")[..., 0], whole.astype(np.uint8))
    np.testing.assert_array_equal(pixels(demo, "clipped")[..., 0], np.clip(whole, 0, 255))
    np.testing.assert_array_equal(pixels(demo, "absolute")[..., 0], np.clip(abs(whole), 0, 255))


def test_an_unknown_kernel_is_told():
    with pytest.raises(ValueError, match="no kernel is named 'Sobel'"):
        explore_range("Sobel")
    assert set(explore_range().kernel.options) == set(KERNELS)


@pytest.mark.parametrize("puzzle", range(1, 6))
def test_changing_one_cell_at_a_time_finds_the_hidden_kernel(puzzle):
    """The exercise gives this advice: change one cell by 1, keep what helps."""
    demo = explore_match(puzzle)

    def error(kernel):
        demo.kernel.value = kernel
        return np.abs(demo.output).mean()

    kernel = demo.kernel.value.copy()
    for _ in range(40):
        steps = [(r, c, by) for r in range(3) for c in range(3) for by in (-1, 1)]
        tries = [
            (error(kernel + by * (np.arange(9).reshape(3, 3) == 3 * r + c)), r, c, by) for r, c, by in steps
        ]
        best, r, c, by = min(tries)
        if best >= error(kernel):
            break
        kernel[r, c] += by
    assert error(kernel) == 0
    assert "you have found the hidden kernel" in demo.text


def test_the_example_in_contributing_is_this_demo():
    text = (Path(__file__).parents[3] / "CONTRIBUTING.md").read_text(encoding="utf-8")
    code, *_ = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    names = {}
    exec(code, names)
    shown, real = names["explore_edge_or_line"](width=3), explore_edge_or_line(width=3)
    np.testing.assert_array_equal(shown.output, real.output)
    assert shown.values == real.values
    assert [panel.id for panel in shown.view.panels] == [panel.id for panel in real.view.panels]
    assert shown.text.removeprefix("T") in real.text
