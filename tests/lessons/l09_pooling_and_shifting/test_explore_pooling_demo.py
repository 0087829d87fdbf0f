"""Lesson 09, pooling: what lights up is what is kept, and what the sentences claim is true."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cnnlib import avg_pool2d, conv2d, max_pool2d, relu, sum_pool2d
from cnnlib.demo.view import INVENTED, LIT
from cnnlib.explore import explore_pool_order, explore_pooling, explore_strided
from cnnlib.lessons.l09_pooling_and_shifting.pooling import MAPS, PHOTO, PRESETS, SEVERAL, TABLE

POOLS = {"max": max_pool2d, "average": avg_pool2d, "sum": sum_pool2d}
REDUCE = {"max": np.max, "average": np.mean, "sum": np.sum}
NUMBERS = np.arange(35).reshape(5, 7) ** 2 % 41 - 20


def written(demo):
    """Return the arithmetic as text."""
    return "".join(text for text, _ in demo.view.arithmetic)


def panel(demo, id):
    (found,) = (panel for panel in demo.view.panels if panel.id == id)
    return found


@pytest.mark.parametrize("kind", POOLS)
@pytest.mark.parametrize("window", [1, 2, 3, 4])
@pytest.mark.parametrize("stride", [1, 2, 3, 4])
@pytest.mark.parametrize("padding", [0, 1, 2])
def test_every_setting_keeps_what_its_window_holds(kind, window, stride, padding):
    """The cells in the window of each output give that output, by what is written in them."""
    demo = explore_pooling(NUMBERS, kind, window=window, stride=stride, padding=padding)
    used = min(padding, window // 2)
    np.testing.assert_array_equal(demo.output, POOLS[kind](NUMBERS, window, stride=stride, padding=used))
    cells = panel(demo, "map 0")
    texts = [text.replace("−", "-").replace("∞", "inf") for text in cells.labels]
    numbers = np.array(texts, float).reshape(cells.marks.shape)
    for row, col in np.ndindex(demo.output.shape):
        ((top, left, height, width),) = demo.view.windows[0].rectangles(row, col)
        inside = np.s_[top : top + height, left : left + width]
        assert REDUCE[kind](numbers[inside]) == demo.output[row, col]
        demo.set(at=(row, col))
        winners = np.argwhere(panel(demo, "map 0").marks == LIT)
        if kind == "max":
            ((down, across),) = winners
            assert numbers[down, across] == demo.output[row, col]
            assert top <= down < top + height
            assert left <= across < left + width
        else:
            assert winners.size == 0


def test_the_worked_examples():
    assert explore_pooling().output.tolist() == [[12, 8], [15, 13]]
    assert explore_pooling(stride=1).output.tolist() == [[12, 8, 8], [15, 11, 6], [15, 14, 13]]
    assert explore_pooling(kind="average").output.tolist() == [[8.5, 3.5], [12.25, 5.75]]
    assert explore_pooling(kind="average", stride=1).output.tolist() == [
        [8.5, 5.75, 3.5],
        [11.25, 6.75, 3.5],
        [12.25, 11, 5.75],
    ]
    assert explore_pooling(kind="sum").output.tolist() == [[34, 14], [49, 23]]
    assert explore_pooling("4×4, up to 8").output.tolist() == [[6, 8], [3, 4]]


def test_the_arithmetic_is_written_out():
    demo = explore_pooling(at=(1, 0))
    assert written(demo) == "max(15, 11, 9, 14) = 15"
    demo.kind.value = "average"
    assert written(demo) == "(15 + 11 + 9 + 14) / 4 = 12.25"
    assert "Its four numbers average 12.25." in demo.text
    assert panel(demo, "pooled 0").labels == ["8.5", "3.5", "12.25", "5.75"]
    demo.kind.value = "sum"
    assert written(demo) == "15 + 11 + 9 + 14 = 49"


def test_a_new_window_brings_its_stride_along():
    demo = explore_pooling(PHOTO)
    demo.window.value = 3
    assert demo.stride.value == 3
    assert "overlap" not in demo.text
    demo.stride.value = 1
    assert "Neighbouring windows share two rows or two columns." in demo.text


def test_what_the_windows_leave_out_is_told():
    demo = explore_pooling(NUMBERS)
    assert demo.text.endswith("5 × 7 becomes 2 × 3. No window reaches the last row and the last column.")
    demo.set(window=1, stride=2)
    assert "Between neighbouring windows one row or one column is never read." in demo.text
    demo.stride.value = 3
    assert "Between neighbouring windows two rows or two columns are never read." in demo.text


def test_each_map_is_pooled_alone():
    demo = explore_pooling(MAPS)
    maps = PRESETS[MAPS]()
    assert demo.output.shape == (4, 16, 16)
    for before, after in zip(maps, demo.output, strict=True):
        np.testing.assert_array_equal(after, max_pool2d(before))
    assert "Four maps go in and four maps come out: each is pooled on its own." in demo.text
    assert [line.split(":")[0] for line in written(demo).split("\n")] == list(SEVERAL)
    demo.grid._on_message(
        demo.grid, {"type": "point", "panel": "pooled 2", "row": 3, "col": 4, "number": 1}, []
    )
    assert {panel(demo, f"pooled {i}").cursor for i in range(4)} == {(3, 4)}


def test_large_windows_of_several_maps_are_not_written_out():
    demo = explore_pooling(MAPS, "average", window=4)
    first, *others = written(demo).split("\n")
    assert first == f"Prewitt, columns: average of 16 numbers = {demo.output[0, 0, 0]:.4g}"
    assert len(others) == 3
    demo.kind.value = "max"
    assert f"outline: largest of 16 numbers = {demo.output[2, 0, 0]}" in written(demo)


def test_the_photo_s_map_begins_where_averages_differ_most():
    demo = explore_pool_order("average")
    demo.preset.value = "a photo's map, 96×96"
    assert demo.output[demo.at.value] == demo.output.max() == 124.25


def test_ones_own_numbers():
    demo = explore_pooling()
    message = {"type": "edit", "panel": "map 0", "row": 0, "col": 1, "text": "99", "number": 1}
    demo.grid._on_message(demo.grid, message, [])
    assert demo.preset.value == "my own numbers"
    assert demo.output.tolist() == [[99, 8], [15, 13]]
    demo.preset.value = "4×4, up to 15"
    assert demo.output.tolist() == [[12, 8], [15, 13]]
    demo.preset.value = "my own numbers"
    assert not demo.output.any()


def test_padding_never_wins_and_counts_as_zeros_elsewhere():
    demo = explore_pooling(np.full((2, 2), -5), padding=1)
    assert (demo.output == -5).all()
    cells = panel(demo, "map 0")
    assert {text for text, mark in zip(cells.labels, cells.marks.flat, strict=True) if mark == INVENTED} == {
        "−∞"
    }
    demo.kind.value = "average"
    assert (demo.output == -1.25).all()
    assert demo.padding not in demo.bar.children
    assert explore_pooling(show="padding").padding.description == "padding"


@pytest.mark.parametrize(
    ("image", "message"),
    [
        (np.zeros((5, 4, 4)), r"maps of shape \(5, 4, 4\) cannot be drawn"),
        (np.zeros((65, 4)), r"maps of shape \(65, 4\) cannot be drawn"),
        ([1, 2], r"maps of shape \(2,\) cannot be drawn"),
        ([[1, np.nan]], "the map holds NaN or infinity"),
    ],
)
def test_maps_that_cannot_be_drawn(image, message):
    with pytest.raises(ValueError, match=f"^explore_pooling: {message}"):
        explore_pooling(image)


def test_an_unknown_map_is_told():
    with pytest.raises(ValueError, match="map: 'no such' is unknown; choose from 4×4, up to 15"):
        explore_pooling("no such")


# ---- ReLU and pooling
def test_the_order_matters_for_the_average_alone():
    demo = explore_pool_order()
    assert not demo.output.any()
    demo.kind.value = "average"
    assert demo.output.tolist() == [[0.25, 0.25], [1.75, 0]]
    assert demo.text.startswith("3 of 4 averages differ, by up to 1.75")
    assert written(demo) == (
        "ReLU first: (1 + 0 + 0 + 0) / 4 = 0.25\n"
        "average first: (1 + (−2) + (−3) + (−4)) / 4 = −2, after ReLU 0"
    )


def test_the_order_on_the_photo():
    demo = explore_pool_order("average", preset="a photo's map, 96×96")
    assert demo.text.startswith("770 of 2,304 averages differ")
    assert demo.output.min() == 0
    demo.kind.value = "max"
    assert not demo.output.any()


@settings(max_examples=40)
@given(st.integers(0, 2**32 - 1), st.integers(-9, 5))
def test_averages_differ_where_a_window_holds_both_signs(seed, low):
    x = np.random.default_rng(seed).integers(low, 9, (4, 4))
    demo = explore_pool_order("average", x)
    windows = x.reshape(2, 2, 2, 2).swapaxes(1, 2).reshape(2, 2, 4)
    both = (windows > 0).any(-1) & (windows < 0).any(-1)
    np.testing.assert_array_equal(demo.output > 0, both)
    assert ("no window holds both signs" in demo.text) == (not both.any())
    np.testing.assert_array_equal(demo.output, avg_pool2d(relu(x)) - relu(avg_pool2d(x)))


# ---- a stride in place of pooling
@pytest.mark.parametrize(("kind", "weight"), [("average", 1 / 4), ("sum", 1)])
def test_four_equal_weights_are_pooling(kind, weight):
    demo = explore_strided(kind)
    assert demo.output.any()
    demo.kernel.value = np.full((2, 2), weight)
    assert not demo.output.any()
    assert demo.text.startswith("Equal, whatever the map holds: four weights of ")
    demo.image.value = np.random.default_rng(0).normal(size=(6, 8))
    assert not demo.output.any()


def test_no_weights_are_max_pooling_on_two_maps():
    """On one map a kernel can agree with the largest numbers; a change of the map tells."""
    windows = TABLE.reshape(2, 2, 2, 2).swapaxes(1, 2).reshape(4, 4)
    weights = np.linalg.solve(windows, max_pool2d(TABLE).ravel()).reshape(2, 2)
    demo = explore_strided("max", kernel=weights)
    assert (
        demo.text == "All four numbers agree, but only for this map: change one of its cells and look again."
    )
    image = TABLE.copy()
    image[0, 0] = 0
    demo.image.value = image
    assert re.match(r"\d of 4 numbers differ", demo.text)


def test_stride_2_takes_a_corner():
    demo = explore_strided()
    np.testing.assert_array_equal(demo.output + avg_pool2d(TABLE), TABLE[::2, ::2])
    np.testing.assert_array_equal(conv2d(TABLE, demo.kernel.value, stride=2), TABLE[::2, ::2])
    assert demo.text.startswith("4 of 4 numbers differ, by up to 4.5")


def test_a_kernel_of_another_size_is_told():
    with pytest.raises(
        ValueError, match="explore_strided: the 3 × 3 kernel on a map of 4 × 4; give a 2 × 2 kernel"
    ):
        explore_strided(kernel=np.ones((3, 3)))


def test_one_number_is_told_as_one_and_thousands_with_a_comma():
    one, apart = np.ones((2, 2)), np.array([[5, -4], [3, -2]])
    assert explore_pool_order("max", one).text.startswith("Both orders give the same number.")
    assert "the same 2,304 numbers" in explore_pool_order("max", preset="a photo's map, 96×96").text
    assert explore_pool_order("average", apart).text.startswith("The only average differs, by 1.5, and")
    assert explore_strided(image=one, kernel=np.ones((2, 2))).text.startswith(
        "The only number differs, by 3:"
    )
