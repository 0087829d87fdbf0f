"""Lesson 06, a stack of layers: its sizes, what its numbers see, and layers that cannot be built."""

import re

import numpy as np
import pytest

from cnnlib.explore import explore_stack
from cnnlib.lessons.l06_stride_padding_size.stack import STACKS


def numbers_of(demo, name):
    text = "".join(text for text, _ in demo.view.arithmetic)
    (line,) = (line for line in text.split("\n") if line.startswith(name))
    return [int(number) for number in re.findall(r"\d+", line)]


def test_lenet():
    demo = explore_stack("LeNet")
    assert numbers_of(demo, "size") == [32, 28, 14, 10, 5]
    assert numbers_of(demo, "receptive field") == [1, 5, 6, 14, 16]
    assert numbers_of(demo, "jump") == [1, 1, 2, 2, 4]
    rectangles = {window.on: window.rectangles(1, 0) for window in demo.view.windows}
    assert rectangles["picture"] == [(4, 0, 16, 16)]
    assert rectangles["map 1"] == [(4, 0, 12, 12)]
    assert rectangles["map 4"] == [(1, 0, 1, 1)]


def test_padding_keeps_and_no_padding_loses():
    assert numbers_of(explore_stack("3 × 3, padding 1"), "size") == [32] * 6
    assert numbers_of(explore_stack("3 × 3, no padding"), "size") == [32, 30, 28, 26, 24, 22]


def seen_of(demo, rows, cols, place):
    """Run the demo's code on a picture that is bright in these rows and columns only."""
    bright = np.zeros((32, 32))
    bright[max(rows.start, 0) : rows.stop, max(cols.start, 0) : cols.stop] = 1
    names = {"shapes_image": lambda size: bright}
    exec(demo.code["NumPy"].replace("from cnnlib.drawing import shapes_image", ""), names)
    return names["result"][place]


@pytest.mark.parametrize("name", STACKS)
def test_the_window_holds_just_what_a_number_sees(name):
    demo = explore_stack(name)
    (window,) = (window for window in demo.view.windows if window.on == "picture")
    place = (len(demo.output) // 2,) * 2
    ((top, left, height, width),) = window.rectangles(*place)
    rows, cols = range(top, top + height), range(left, left + width)
    everything = seen_of(demo, range(32), range(32), place)
    assert seen_of(demo, rows, cols, place) == pytest.approx(everything)
    for less in (rows[1:], rows[:-1]):
        assert seen_of(demo, less, cols, place) < 0.9999 * everything


def type_into(demo, row, col, text):
    message = {"type": "edit", "panel": "layers", "row": row, "col": col, "text": text, "number": 1}
    demo.grid._on_message(demo.grid, message, [])


@pytest.mark.parametrize(
    ("cell", "text", "words"),
    [
        (
            (2, 0),
            "20",
            "Layer 3 cannot be built: the 20 × 20 kernel is larger than the padded image of 14 × 14; add",
        ),
        ((1, 1), "0", "Layer 2 cannot be built: stride must be a whole number of at least 1"),
        ((3, 2), "-1", "Layer 4 cannot be built: padding must be"),
        ((0, 0), "0,5", "Layer 1 cannot be built: kernel must be"),
        ((0, 2), "1e6", "Layer 1 is too large to be drawn"),
        ((0, 0), "33", "Layer 1 cannot be built: the 33 × 33 kernel is larger"),
    ],
)
def test_a_layer_that_cannot_be_built_gets_its_sentence(cell, text, words):
    demo = explore_stack()
    type_into(demo, *cell, text)
    assert demo.text.startswith(words)
    assert demo.problem == ""
    table = demo.view.panels[0]
    assert table.marks.any(axis=1).tolist() == [row == cell[0] for row in range(4)]
    assert numbers_of(demo, "size") == [32, 28, 14, 10, 5][: cell[0] + 1]


def test_a_table_that_is_no_stack_of_the_list_is_ones_own():
    demo = explore_stack()
    type_into(demo, 0, 0, "3")
    assert demo.stack.value == "my own"
    type_into(demo, 0, 0, "5")
    assert demo.stack.value == "LeNet"
    demo.count.value = 3
    assert demo.stack.value == "my own"
    assert numbers_of(demo, "size") == [32, 28, 14, 10]
    demo.stack.value = "3 × 3, padding 1, stride 2"
    assert demo.count.value == 4
    assert numbers_of(demo, "size") == [32, 16, 8, 4, 2]
    demo.stack.value = "my own"
    assert numbers_of(demo, "size") == [32, 16, 8, 4, 2]


def test_every_size_of_the_slider_can_be_drawn():
    demo = explore_stack("3 × 3, padding 1")
    for size in range(demo.size.min, demo.size.max + 1):
        demo.set(size=size)
        assert demo.problem == ""
        assert demo.output.shape == (size, size)


@pytest.mark.parametrize("layers", [[], [(3, 1, 1)] * 7, [(3, 1)], "AlexNet"])
def test_layers_that_cannot_be_shown_are_told(layers):
    with pytest.raises(ValueError, match=r"layers .* cannot be shown; give 1 to 6|'AlexNet' is unknown"):
        explore_stack(layers)


@pytest.mark.parametrize(
    ("layers", "words"),
    [
        ([(3, 1, 0)], "Without enough padding maps shrink; at stride 1,"),
        ([(3, 1, 1)], "Padding keeps the size; at stride 1,"),
        ([(1, 1, 0)], "Kernels of 1 keep the size; at stride 1,"),
        ([(3, 1, 2)], "So much padding makes maps grow; at stride 1,"),
        ([(3, 2, 2)], "Strides widen the view fast: its neighbour looks 2 pixels further on."),
    ],
)
def test_what_padding_and_stride_did_is_said(layers, words):
    assert words in explore_stack(layers).text
