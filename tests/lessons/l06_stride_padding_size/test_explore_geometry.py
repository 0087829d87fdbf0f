"""Lesson 06: every setting of the geometry view agrees with conv2d, and what lights up is what is added."""

import importlib.util
import itertools
import re
from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cnnlib import conv2d, output_size
from cnnlib.demo.controls import Place
from cnnlib.demo.view import DIMMED, INVENTED
from cnnlib.explore import explore_geometry
from cnnlib.pictures import picture

PICTURE = np.arange(1, 82).reshape(9, 9)  # no two pixels alike, none 0: padding shows
TORCH = importlib.util.find_spec("torch") is not None
SIDES = ("top", "bottom", "left", "right")
SETTINGS = st.fixed_dictionaries(
    {
        "size": st.tuples(st.integers(1, 9), st.integers(1, 9)),
        "kernel": st.tuples(st.integers(1, 5), st.integers(1, 5)),
        "stride": st.integers(1, 4),
        "dilation": st.integers(1, 3),
        "sides": st.tuples(*[st.tuples(st.integers(0, 2), st.integers(0, 2))] * 2),
    }
)


def view_of(values):
    """Return the view of these settings; None where the kernel does not fit, and conv2d says so, too."""
    (rows, cols), taps = values["size"], values["kernel"]
    steps = {"stride": values["stride"], "padding": values["sides"], "dilation": values["dilation"]}
    convolved = partial(conv2d, PICTURE[:rows, :cols], np.ones(taps, int), **steps)
    fixed = {"image": PICTURE, "padding": 0, "show": "pixels", "at": Place(1, 1), "name": None}
    try:
        view = explore_geometry.view(**values, **fixed)
    except ValueError as error:
        problem = str(error)
    else:
        np.testing.assert_array_equal(view.output, convolved(), str(values))
        assert view.output.shape == output_size((rows, cols), taps, **steps)
        return view
    assert "larger than the padded image" in problem, values
    with pytest.raises(ValueError, match=re.escape(problem)):
        convolved()
    return None


def agree(values):
    """Insist that picture, windows, formula and output say the same, and the same as conv2d."""
    if view := view_of(values):
        lit_is_added(view, values)
        said = tuple(int(text) for text, role in view.arithmetic if role == "total")
        assert said == view.output.shape


def lit_is_added(view, values):
    """Add what is written in the cells of each window; no cell of any window is shaded, all others are."""
    sheet = view.panels[0]
    numbers = np.array([int(label or 0) for label in sheet.labels]).reshape(sheet.colors.shape[:2])
    (window,) = view.windows
    read = np.zeros(numbers.shape, bool)
    for place, number in np.ndenumerate(view.output):
        total = 0
        for row, col, height, width in window.rectangles(*place):
            cells = np.s_[row : row + height, col : col + width]
            total += numbers[cells].sum()
            read[cells] = True
        assert total == number, (values, place)
    drawn = np.zeros(numbers.shape, bool)
    (height, width), ((top, bottom), (left, right)) = values["size"], values["sides"]
    drawn[2 - top : 2 + height + bottom, 2 - left : 2 + width + right] = True
    np.testing.assert_array_equal(sheet.marks == DIMMED, drawn & ~read, str(values))


def test_every_setting_of_one_direction():
    """Rows take every setting there is, while the columns take those of another."""
    one_direction = itertools.product(range(1, 10), range(1, 6), range(1, 5), range(1, 4), range(3), range(3))
    for height, rows, stride, dilation, top, bottom in one_direction:
        values = {"size": (height, 10 - height), "kernel": (rows, 6 - rows)}
        values |= {"stride": stride, "dilation": dilation, "sides": ((top, bottom), (bottom, 2 - top))}
        agree(values)


@settings(max_examples=100)
@given(SETTINGS)
def test_any_setting_of_both_directions(values):
    agree(values)


@settings(max_examples=40)
@given(SETTINGS)
def test_the_code_gives_the_same_numbers(values):
    if view := view_of(values):
        for language, text in view.code().items():
            if language == "NumPy" or TORCH:
                names = {}
                exec(text, names)
                np.testing.assert_array_equal(names["result"], view.output)


@settings(max_examples=20)
@given(SETTINGS)
def test_the_demo_shows_what_its_function_returns(values):
    demo = explore_geometry(PICTURE, size=(9, 9))
    numbers = (*values["size"], *values["kernel"], *itertools.chain(*values["sides"]))
    names = ("height", "width", "rows", "cols", *SIDES)
    demo.set(stride=values["stride"], dilation=values["dilation"], **dict(zip(names, numbers, strict=True)))
    view = view_of(values)
    assert bool(demo.problem) == (view is None)
    if view:
        assert demo.text == view.sentence
        np.testing.assert_array_equal(demo.output, view.output)


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
    assert re.search(r"the 5 × 3 kernel with dilation 3 spans 13 × 7 and is larger", demo.problem)
    np.testing.assert_array_equal(demo.output, before)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"image": np.zeros((13, 2))}, r"an image of 13 × 2 has too many numbers to read; give at most 12"),
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
