"""Lesson 08, the convolution microscope on filters that span all channels."""

import asyncio

import drive
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.signal import correlate2d

from cnnlib.demo.view import INVENTED
from cnnlib.explore import explore_convolution


def arithmetic(demo):
    return "".join(text for text, _ in demo.view.arithmetic).splitlines()


def panel(demo, name):
    return next(p for p in demo.view.panels if p.id == name)


def moving():
    return explore_convolution("digits 5x5x3", stride=2, padding=1)


def test_the_moving_demo_by_hand():
    demo = moving()
    assert demo.output.tolist() == [
        [[0, 0, -1], [4, 0, 0], [1, -4, -2]],
        [[-2, 5, 1], [4, -1, -1], [-2, -4, -3]],
    ]
    demo.set(filter=1, row=1, col=1)
    assert arithmetic(demo)[-1] == "sum    (−2) + (−3) + 4 + bias 0 = −1"
    assert "Filter 1, row 1, column 1 of its feature map, position 14 of 18" in demo.text
    assert demo.text.endswith("27 products and the bias 0 add up to −1.")


def test_every_place_is_the_sum_of_its_lines():
    demo = moving()
    for place in np.ndindex(demo.output.shape):
        demo.set(**dict(zip(("filter", "row", "col"), place, strict=True)))
        assert drive.owes(demo) == []
        *lines, total = (line[7:].replace("−", "-").replace("·", "*") for line in arithmetic(demo))
        for line in [*lines, total.replace("bias ", "")]:
            terms, found = line.split(" = ")
            assert eval(terms) == int(found)
        assert int(total.split(" = ")[1]) == demo.output[place]


def test_a_window_lights_up_on_each_channel_with_the_filter_and_its_bias():
    demo = moving()
    image = np.pad(demo.image.value, ((1, 1), (1, 1), (0, 0)))
    sheet = np.concatenate([np.pad(image[..., c], ((0, 0), (0, 1))) for c in range(3)], axis=1)
    for f, row, col in np.ndindex(demo.output.shape):
        windows = [w for w in demo.view.windows if w.of == f"map {f}"]
        cells = [w.rectangles(row, col)[0] for w in windows if w.on == "image"]
        taken = [sheet[r : r + h, c : c + w] for r, c, h, w in cells]
        assert np.sum(taken * demo.kernel.value[f]) + demo.bias.value[f, 0] == demo.output[f, row, col]
        assert {w.on for w in windows} == {"image", f"filter {f}", f"bias {f}"}


def test_pointing_at_a_map_chooses_its_filter():
    demo = moving()
    message = {"type": "point", "panel": "map 1", "row": 2, "col": 0, "number": 1}
    demo.grid._on_message(demo.grid, message, [])
    assert (demo.filter.value, demo.row.value, demo.col.value) == (1, 2, 0)
    assert panel(demo, "map 0").cursor is None
    assert panel(demo, "map 1").cursor == (2, 0)
    locked = explore_convolution("digits 5x5x3", lock="filter")
    assert not any(p.point for p in locked.view.panels)


def test_the_walk_goes_on_to_the_second_filter_and_stops_at_its_end():
    demo = moving()
    demo.set(row=2, col=2)
    drive.press(demo.forward)
    assert (demo.filter.value, demo.row.value, demo.col.value) == (1, 0, 0)
    drive.press(demo.back)
    assert (demo.filter.value, demo.row.value, demo.col.value) == (0, 2, 2)
    demo.set(filter=1, row=2, col=2)
    drive.press(demo.forward)
    assert (demo.filter.value, demo.row.value, demo.col.value) == (1, 2, 2)
    drive.press(demo.to_start)
    assert (demo.filter.value, demo.row.value, demo.col.value) == (0, 0, 0)


def test_playing_walks_through_both_maps():
    demo = explore_convolution("digits 5x5x3", stride=4, padding=1)
    demo.speed.value = 20

    async def play():
        demo.play.click()
        await demo.finished()

    asyncio.run(play())
    assert (demo.filter.value, demo.row.value, demo.col.value) == (1, 1, 1)


def test_a_bias_lifts_the_whole_map_of_its_filter_and_no_other():
    demo = moving()
    before = demo.output
    message = {"type": "edit", "panel": "bias 1", "row": 0, "col": 0, "text": "10", "number": 1}
    demo.grid._on_message(demo.grid, message, [])
    np.testing.assert_array_equal(demo.output - before, np.stack([np.zeros((3, 3)), np.full((3, 3), 10)]))


def test_invented_pixels_are_hatched_on_every_channel():
    image = panel(moving(), "image")
    assert (image.marks == INVENTED).sum() == 3 * (49 - 25)
    assert image.labels[:8] == ["0"] * 7 + [""]


@settings(max_examples=25)
@given(
    filters=st.integers(1, 3),
    taps=st.tuples(st.integers(1, 3), st.integers(1, 3)),
    stride=st.integers(1, 3),
    padding=st.integers(0, 2),
    dilation=st.integers(1, 2),
    flip=st.booleans(),
    seed=st.integers(0, 99),
)
def test_any_layer(filters, taps, stride, padding, dilation, flip, seed):
    rng = np.random.default_rng(seed)
    image, weights = rng.integers(0, 9, (5, 6, 3)), rng.integers(-9, 10, (filters, 3, *taps))
    bias = rng.integers(-9, 10, filters)
    steps = {"stride": stride, "padding": padding, "dilation": dilation, "flip": flip}
    demo = explore_convolution(image, weights, bias=bias, **steps)
    padded = np.pad(image, ((padding, padding), (padding, padding), (0, 0)))
    spread = np.zeros((filters, 3, *(dilation * (k - 1) + 1 for k in taps)), int)
    spread[:, :, ::dilation, ::dilation] = weights[..., ::-1, ::-1] if flip else weights
    for f in range(filters):
        maps = [correlate2d(padded[..., c], spread[f, c], "valid") for c in range(3)]
        np.testing.assert_array_equal(demo.output[f], (sum(maps) + bias[f])[::stride, ::stride])
    np.testing.assert_array_equal(drive.result_of(demo.code["NumPy"]), demo.output)
    assert drive.owes(demo) == []


@pytest.mark.parametrize(
    "more", [{}, {"stride": 2, "padding": 1}, {"flip": True, "padding": 2, "border": "wrap"}]
)
def test_the_pytorch_text_of_a_layer(more):
    pytest.importorskip("torch")
    demo = explore_convolution("digits 5x5x3", **more)
    np.testing.assert_array_equal(drive.result_of(demo.code["PyTorch"]), demo.output)


def test_every_control_of_the_moving_demo_and_back():
    demo = moving()
    text = demo.text
    for move, act in list(drive.moves(demo)):
        act()
        assert drive.owes(demo) == [], move
        demo.reset()
        assert demo.text == text, move


@pytest.mark.parametrize(
    ("arguments", "more", "says"),
    [
        (("binary 5x5", np.ones((2, 3, 3, 3))), {}, "have no room to be read; give"),
        (("flashlight", np.ones((2, 3, 3, 3))), {}, r"image \(32, 32, 3\) and filters"),
        (("digits 5x5x3", np.ones((2, 2, 3, 3))), {}, r"or \(F, 3, H, W\) for F filters"),
        (("digits 5x5x3",), {"bias": [1]}, r"bias has shape \(1,\); give one for each filter, shape \(2,\)"),
        (("binary 5x5",), {"bias": [1]}, r"bias needs filters; give the kernel the shape \(F, C, KH, KW\)"),
    ],
)
def test_what_the_microscope_cannot_take(arguments, more, says):
    with pytest.raises(ValueError, match="^explore_convolution: .*" + says):
        explore_convolution(*arguments, **more)
