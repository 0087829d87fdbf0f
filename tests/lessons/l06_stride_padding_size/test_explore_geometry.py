"""Lesson 06: every setting of the geometry view agrees with conv2d, and what lights up is what is added."""

import importlib.util
import itertools
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cnnlib import conv2d, output_size
from cnnlib.demo.view import DIMMED, INVENTED
from cnnlib.explore import explore_geometry, explore_stack
from cnnlib.lessons.l06_stride_padding_size.stack import STACKS
from cnnlib.pictures import picture

PICTURE = np.arange(1, 82).reshape(9, 9)  # no two pixels alike, none 0: padding shows
TORCH = importlib.util.find_spec("torch") is not None
SIDES = ("top", "bottom", "left", "right")
SETTINGS = st.fixed_dictionaries(
    {"height": st.integers(1, 9), "width": st.integers(1, 9)}
    | {name: st.integers(1, 5) for name in ("rows", "cols")}
    | {"stride": st.integers(1, 4), "dilation": st.integers(1, 3)}
    | {side: st.integers(0, 2) for side in SIDES}
)


def agree(demo, values):
    """Insist that picture, windows, formula and output say the same, and the same as conv2d."""
    padding = (demo.top.value, demo.bottom.value), (demo.left.value, demo.right.value)
    steps = {"stride": demo.stride.value, "padding": padding, "dilation": demo.dilation.value}
    image = PICTURE[: demo.height.value, : demo.width.value]
    kernel = np.ones((demo.rows.value, demo.cols.value), int)
    if "larger than the padded image" in demo.problem:
        with pytest.raises(ValueError, match=re.escape(demo.problem)):
            conv2d(image, kernel, **steps)
        return
    assert demo.problem == "", values
    np.testing.assert_array_equal(demo.output, conv2d(image, kernel, **steps), str(values))
    assert demo.output.shape == output_size(image.shape, kernel.shape, **steps)
    lit_is_added(demo, values)
    said = tuple(int(text.strip("\xa0")) for text, role in demo.view.arithmetic if role == "total")
    assert said == demo.output.shape


def lit_is_added(demo, values):
    """Add what is written in the cells of each window; no cell of any window is shaded, all others are."""
    sheet = demo.view.panels[0]
    numbers = np.array([int(label or 0) for label in sheet.labels]).reshape(sheet.colors.shape[:2])
    (window,) = demo.view.windows
    read = np.zeros(numbers.shape, bool)
    for place, number in np.ndenumerate(demo.output):
        total = 0
        for row, col, height, width in window.rectangles(*place):
            cells = np.s_[row : row + height, col : col + width]
            total += numbers[cells].sum()
            read[cells] = True
        assert total == number, (values, place)
    drawn = np.zeros(numbers.shape, bool)
    drawn[
        2 - demo.top.value : 2 + demo.height.value + demo.bottom.value,
        2 - demo.left.value : 2 + demo.width.value + demo.right.value,
    ] = True
    np.testing.assert_array_equal(sheet.marks == DIMMED, drawn & ~read, str(values))


def test_every_setting_of_one_direction():
    """Rows take every setting there is, while the columns take those of another."""
    demo = explore_geometry(PICTURE, size=(9, 9))
    one_direction = itertools.product(range(1, 10), range(1, 6), range(1, 5), range(1, 4), range(3), range(3))
    for height, rows, stride, dilation, top, bottom in one_direction:
        values = {"height": height, "rows": rows, "stride": stride, "dilation": dilation}
        values |= {"top": top, "bottom": bottom, "left": bottom, "right": 2 - top}
        values |= {"width": 10 - height, "cols": 6 - rows}
        demo.set(**values)
        agree(demo, values)


@settings(deadline=None, max_examples=100)
@given(SETTINGS)
def test_any_setting_of_both_directions(values):
    demo = explore_geometry(PICTURE, size=(9, 9))
    demo.set(**values)
    agree(demo, values)


@settings(deadline=None, max_examples=40)
@given(SETTINGS)
def test_the_code_gives_the_same_numbers(values):
    demo = explore_geometry(PICTURE, size=(9, 9))
    demo.set(**values)
    for language, text in demo.code.items():
        if language == "NumPy" or TORCH:
            names = {}
            exec(text, names)
            np.testing.assert_array_equal(names["result"], demo.output)


def test_the_hand_worked_sizes():
    assert explore_geometry(PICTURE, size=(5, 5), padding=1, stride=2).output.shape == (3, 3)
    demo = explore_geometry(PICTURE, size=(6, 6), stride=2)
    assert demo.output.shape == (2, 2)
    assert "⌊1.5⌋ + 1 = " in "".join(text for text, _ in demo.view.arithmetic)
    assert "11 of 36 pixels are never read. The floor drops one row and one column." in demo.text
    assert explore_geometry(PICTURE, size=(5, 5), kernel=5, padding="same", stride=1).output.shape == (5, 5)


def test_coverage_is_written_into_the_cells():
    demo = explore_geometry("binary 5x5", stride=1, show="how often each is read")
    counts = [label for label in demo.view.panels[0].labels if label]
    assert counts == list("1232124642369632464212321")
    assert "at least once and at most nine times" in demo.text
    np.testing.assert_array_equal(demo.output, conv2d(picture("binary 5x5"), np.ones((3, 3), int)))


def test_padding_is_hatched_and_the_picture_keeps_its_place():
    demo = explore_geometry(stride=1)
    before = demo.view.panels[0]
    demo.padding.value = 2
    after = demo.view.panels[0]
    assert [demo.values[side] for side in SIDES] == [2] * 4
    assert (before.width, before.height, before.cell) == (after.width, after.height, after.cell)
    inside = np.s_[2:10, 2:11]
    cells = np.array([panel.labels for panel in (before, after)]).reshape(2, *after.marks.shape)
    np.testing.assert_array_equal(cells[0][inside], cells[1][inside])
    assert (after.marks[inside] == 0).all()
    assert (after.marks == INVENTED).sum() == 12 * 13 - 8 * 9


@pytest.mark.parametrize("shape", [(1, 1), (6, 5), (9, 9), (12, 3), (12, 12)])
def test_nothing_moves_when_the_output_grows(shape):
    demo = explore_geometry(np.ones(shape), kernel=1, stride=4)
    room, seen = demo.view.panels[1].room, []
    for change in ({"stride": 4}, {"stride": 1}, {"padding": 2}):
        demo.set(**change)
        assert demo.view.panels[1].width <= room
        card = np.asarray(demo.picture().convert("L"))
        sheet = (card[650:700, 10:] < 255).any(axis=0)  # below the window and its outline
        seen.append((card.shape, sheet.argmax()))
    assert len(set(seen)) == 1


def test_each_side_has_its_own_padding():
    demo = explore_geometry(stride=1, padding=((1, 0), (2, 1)))
    assert demo.output.shape == (7, 10)
    demo.bottom.value = 2
    assert demo.output.shape == (9, 10)
    demo.reset()
    assert demo.output.shape == (7, 10)


def test_a_kernel_that_does_not_fit_is_told_and_the_picture_stays():
    demo = explore_geometry(size=(5, 5))
    before = demo.output
    demo.set(rows=5, dilation=3)
    assert re.search(r"kernel \(5, 3\) with dilation \(3, 3\) spans \(13, 7\) and is larger", demo.problem)
    np.testing.assert_array_equal(demo.output, before)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"image": np.zeros((13, 2))}, r"image \(13, 2\) has too many numbers to read; give at most 12"),
        ({"padding": 3}, r"padding 3 has no room here; give at most 2 per side"),
        ({"kernel": 6}, r"kernel height: 6 lies outside the slider"),
        ({"size": (10, 9)}, r"picture height: 10 lies outside the slider"),
        ({"padding": "same"}, r"padding 'same' needs stride 1"),
        ({"show": "nothing"}, r"show: 'nothing' is unknown"),
    ],
)
def test_what_cannot_be_shown_is_told(arguments, message):
    with pytest.raises(ValueError, match=message):
        explore_geometry(**arguments)


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
            "Layer 3 cannot be built: kernel (20, 20) is larger than the padded image (14, 14); add",
        ),
        ((1, 1), "0", "Layer 2 cannot be built: stride must be a whole number of at least 1"),
        ((3, 2), "-1", "Layer 4 cannot be built: padding must be"),
        ((0, 0), "0,5", "Layer 1 cannot be built: kernel must be"),
        ((0, 2), "1e6", "Layer 1 is too large to be drawn"),
        ((0, 0), "33", "Layer 1 cannot be built: kernel (33, 33) is larger"),
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
