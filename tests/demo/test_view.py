"""What a view promises to its painters: sizes of cells, numbers in them, and windows that tell the truth."""

import json
import math

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from cnnlib import conv2d, max_pool2d
from cnnlib.demo.numbers import number_text
from cnnlib.demo.pixelgrid import PixelGrid
from cnnlib.demo.view import View, Window, gray, mosaic, photo, rgb, signed

SIDES = st.integers(1, 600)


@given(SIDES, SIDES, st.integers(8, 700), st.sampled_from([gray, signed]))
def test_cells_fit_are_at_most_44_and_photos_stay_sharp(rows, cols, size, make):
    panel = make("it", np.zeros((rows, cols)), size=size)
    assert max(panel.width, panel.height) <= size + 1e-9
    assert panel.cell <= 44
    ratio = panel.cell if panel.cell >= 1 else 1 / panel.cell
    assert ratio == pytest.approx(round(ratio))  # whole, or 1/n: no pixel is wider than its neighbour
    assert (panel.pixels.shape[1] * panel.cell, panel.pixels.shape[0] * panel.cell) == (
        panel.width,
        panel.height,
    )


@given(SIDES, st.integers(8, 700))
@example(441, 9)
def test_no_room_is_given_away(side, size):
    cell = gray("it", np.zeros((side, side)), size=size).cell
    larger = (cell + 1) * side if cell >= 1 else side / (round(1 / cell) - 1)
    assert cell == 44 or larger > size


@pytest.mark.parametrize(("side", "cell"), [(256, 1), (128, 2), (257, 1 / 2), (512, 1 / 2), (5, 44), (1, 44)])
def test_cells_of_a_panel_of_256_pixels(side, cell):
    assert gray("it", np.zeros((side, side))).cell == cell


def test_numbers_stand_in_cells_that_are_large_enough():
    array = np.array([[1.5, -2, np.nan], [0, 1, 2]])
    assert gray("it", array, size=48).labels == ["1.5", "−2", "", "0", "1", "2"]
    assert gray("it", array, size=47).labels == []
    assert signed("it", array, size=48).legend == ()  # the numbers say it
    assert signed("it", array, size=47).legend == ("−2", "+2")
    assert signed("it", np.zeros((2, 2)), size=20).legend == ()
    assert signed("it", array, size=47, legend=False).legend == ()


@given(st.integers(1, 9), st.integers(1, 9))
def test_every_cell_has_its_own_number(rows, cols):
    array = np.arange(rows * cols).reshape(rows, cols)
    panel = signed("it", array, size=16 * max(rows, cols))
    assert panel.labels == [number_text(v) for v in array.ravel()]


def test_a_photo_is_gray_or_in_colour():
    colour = np.random.default_rng(0).integers(0, 256, (3, 4, 3), np.uint8)
    np.testing.assert_array_equal(photo("it", colour).pixels, rgb("it", colour).pixels)
    np.testing.assert_array_equal(photo("it", colour[..., 0]).pixels, gray("it", colour[..., 0]).pixels)


@given(
    st.integers(1, 9),
    st.integers(1, 6),
    st.integers(1, 6),
    st.integers(1, 9),
    st.sampled_from(["signed", "gray", "rgb"]),
)
def test_every_picture_of_a_mosaic_has_its_tile(count, height, width, columns, kind):
    colour = (3,) if kind == "rgb" else ()
    arrays = np.arange(count * height * width * (3 if colour else 1)).reshape(count, height, width, *colour)
    panel = mosaic("it", arrays, columns=columns, kind=kind, size=90, limit=255)
    assert max(panel.width, panel.height) <= 90
    empty = panel.pixels[..., 3] == 0
    columns, one = min(columns, count), {"signed": signed, "gray": gray, "rgb": rgb}[kind]
    for i, array in enumerate(arrays):
        row, col, rows, cols = panel.block(i // columns, i % columns, 1, 1)
        more = {"limit": 255, "legend": False} if kind == "signed" else {}
        alone = one("one", array, size=10, **more)
        np.testing.assert_array_equal(panel.pixels[row : row + rows, col : col + cols], alone.pixels)
        empty[row : row + rows, col : col + cols] = True
    assert empty.all()  # between and after the pictures there is nothing


@pytest.mark.parametrize(
    ("shape", "more"),
    [
        ((2, 3), {}),
        ((0, 3, 3), {}),
        ((2, 3, 3), {"columns": 0}),
        ((2, 3, 3), {"kind": "rgb"}),
        ((2, 3, 3), {"kind": "red"}),
    ],
)
def test_what_is_no_mosaic_is_said(shape, more):
    with pytest.raises(ValueError, match=r"mosaic: .* of shape"):
        mosaic("it", np.zeros(shape), **more)


def test_a_mosaic_says_how_many_pictures_it_has():
    panel = mosaic("filters", np.ones((5, 3, 4)), "five filters", columns=3)
    assert panel.alt == "five filters, 5 pictures of 3 rows by 4 columns"
    assert panel.legend == ("−1", "+1")


def test_a_panel_is_never_without_words():
    assert gray("image", np.zeros((2, 3))).alt == "image, 2 rows by 3 columns"
    assert gray("image", np.zeros((2, 3)), "the cat").alt == "the cat, 2 rows by 3 columns"
    assert gray("image", np.zeros((2, 3)), alt="a cat").alt == "a cat"


def covered(window: Window, row: int, col: int, shape: tuple[int, int]) -> np.ndarray:
    """Mark the cells that the outlines of one output enclose."""
    cells = np.zeros(shape, bool)
    for top, left, rows, cols in window.rectangles(row, col):
        assert top >= 0
        assert left >= 0
        cells[top : top + rows, left : left + cols] = True
    return cells


@given(
    size=st.tuples(st.integers(1, 7), st.integers(1, 7)),
    taps=st.tuples(st.integers(1, 3), st.integers(1, 3)),
    stride=st.tuples(st.integers(1, 3), st.integers(1, 3)),
    padding=st.tuples(st.integers(0, 2), st.integers(0, 2)),
    dilation=st.tuples(st.integers(1, 3), st.integers(1, 3)),
    data=st.data(),
)
def test_a_window_holds_the_pixels_that_change_its_output(size, taps, stride, padding, dilation, data):
    padded = [n + 2 * p for n, p in zip(size, padding, strict=True)]
    span = [d * (k - 1) + 1 for d, k in zip(dilation, taps, strict=True)]
    assume(all(s <= n for s, n in zip(span, padded, strict=True)))
    settings = {"stride": stride, "padding": padding, "dilation": dilation}
    image, kernel = np.zeros(size, int), np.ones(taps, int)
    before = conv2d(image, kernel, **settings)
    pixel = tuple(data.draw(st.integers(0, n - 1)) for n in size)
    image[pixel] = 1
    changed = conv2d(image, kernel, **settings) != before
    # Counted in cells of the padded picture, and in cells of the picture itself.
    on_padded = Window("map", "image", taps, stride, (0, 0), dilation)
    shown = pixel[0] + padding[0], pixel[1] + padding[1]
    holds = [
        [covered(on_padded, r, c, padded)[shown] for c in range(before.shape[1])]
        for r in range(before.shape[0])
    ]
    np.testing.assert_array_equal(holds, changed)


def test_a_window_may_start_outside_the_panel():
    window = Window("map", "image", (3, 3), start=(-1, -1))
    assert window.rectangles(0, 0) == [(-1, -1, 3, 3)]
    assert window.rectangles(2, 1) == [(1, 0, 3, 3)]


def test_a_pooling_window_holds_its_winner():
    image = np.random.default_rng(1).permutation(36).reshape(6, 6)
    window = Window("map", "image", (2, 2), (2, 2))
    for (row, col), value in np.ndenumerate(max_pool2d(image)):
        assert image[covered(window, row, col, (6, 6))].max() == value


@given(st.tuples(st.integers(1, 4), st.integers(1, 4)), st.tuples(st.integers(1, 3), st.integers(1, 3)))
def test_outlines_count_every_tap_once(taps, dilation):
    found = Window("map", "image", taps, dilation=dilation).rectangles(0, 0)
    assert sum(rows * cols for _, _, rows, cols in found) == math.prod(taps)
    assert len(found) == (1 if dilation == (1, 1) else math.prod(taps))


def test_what_is_sent_to_the_page_is_plain_data():
    marks = np.zeros((2, 3), np.uint8)
    panel = gray("image", np.arange(6.0).reshape(2, 3), marks=marks, cursor=(0, 1), origin=(-1, -1))
    grid = PixelGrid("Grid", "what?", print)
    grid.show(
        View(
            panels=[panel],
            sentence="Six numbers.",
            arithmetic=[("1", "pixel")],
            windows=[Window("image", "image", (2, 2))],
        )
    )
    (sent,) = grid.view["panels"]
    assert np.frombuffer(grid.pixels0, np.uint8).tolist() == panel.colors.ravel().tolist()
    assert sent["marks"] == "000000"
    assert (sent["rows"], sent["cols"], sent["cell"]) == (2, 3, 44)
    json.dumps(grid.view)
    assert grid.view["sentence"] == "Six numbers."


def test_only_the_pixels_that_changed_travel_again():
    same = gray("image", np.zeros((64, 64)))
    grid = PixelGrid("Grid", "what?", print)
    grid.show(View(panels=[same, gray("result", np.ones((64, 64)))], sentence="First."))
    sent = []
    grid.send_state = lambda key=None: sent.append({key} if isinstance(key, str) else set(key))
    grid.show(View(panels=[same, gray("result", np.full((64, 64), 9))], sentence="Then."))
    assert sent == [{"view", "pixels1"}]  # one message, too: picture and words change together


def test_more_panels_than_the_page_has_room_for():
    panel = gray("image", np.zeros((2, 2)))
    with pytest.raises(ValueError, match="25 panels are too many; show at most 24"):
        PixelGrid("Grid", "what?", print).show(View(panels=[panel] * 25, sentence="Many."))
