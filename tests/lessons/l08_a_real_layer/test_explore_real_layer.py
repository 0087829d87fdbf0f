"""Lesson 08's demos: one filter, a bank of filters, a layer in numbers, and the microscope on two filters."""

import asyncio
import re

import drive
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.signal import correlate2d

from cnnlib.demo.view import INVENTED
from cnnlib.explore import explore_convolution, explore_filter, explore_filter_bank, explore_layer
from cnnlib.lessons.l08_a_real_layer.filter_bank import BANK
from cnnlib.lessons.l08_a_real_layer.layer import LAYERS
from cnnlib.lessons.l08_a_real_layer.one_filter import FILTERS
from cnnlib.pictures import picture


def arithmetic(demo):
    return "".join(text for text, _ in demo.view.arithmetic).replace("\N{NO-BREAK SPACE}", "").splitlines()


def panel(demo, name):
    return next(p for p in demo.view.panels if p.id == name)


# ---- one filter over three channels
@pytest.mark.parametrize(
    ("name", "each", "total"),
    [
        ("outline, all channels", [258, -894, 258], -378),
        ("top − bottom, all channels", [-128, -128, -128], -384),
        ("left − right, all channels", [510, 127, -256], 381),
        ("left − right, red alone", [510, 0, 0], 510),
        ("left redder, right bluer", [510, 0, 256], 766),
    ],
)
def test_three_answers_and_one_number(name, each, total):
    demo = explore_filter(filter=name)
    assert demo.output.tolist() == [*each, total, max(total, 0)]
    channels = np.moveaxis(picture("colours 3x3"), -1, 0)
    found = [correlate2d(*pair, "valid").item() for pair in zip(channels, FILTERS[name], strict=True)]
    assert found == each


def test_the_sum_is_written_out():
    demo = explore_filter()
    assert arithmetic(demo) == ["sum    258 + (−894) + 258 + bias 0 = −378", "ReLU   max(0, −378) = 0"]
    assert demo.text.endswith("their sum is one number: −378. ReLU makes 0 of it.")
    demo.filter.value = "left − right, all channels"
    assert arithmetic(demo) == ["sum    510 + 127 + (−256) + bias 0 = 381", "ReLU   max(0, 381) = 381"]
    assert demo.text.endswith("ReLU lets it pass.")


def test_the_smallest_bias_that_lets_the_outline_pass():
    passed = [bias for bias in range(370, 390) if explore_filter(bias=bias).output[-1] > 0]
    assert passed[0] == 379


def test_the_bias_is_added_once_and_not_to_each_channel():
    demo = explore_filter(bias=5)
    assert demo.output.tolist() == [258, -894, 258, -373, 0]
    assert "with the bias 5, is one number: −373" in demo.text


def test_the_products_are_pixel_times_weight():
    labels = panel(explore_filter(), "products").labels
    assert labels[:9] == ["−255", "0", "0", "−128", "1024", "0", "−255", "0", "−128"]
    assert labels[9:12] == [""] * 3


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("binary 5x5",), r"explore_filter: image \(5, 5\) is not as large as the filter; give \(3, 3, 3\)"),
        (("colours 3x3", "edge"), "filter: 'edge' is unknown; choose from outline, all channels"),
    ],
)
def test_what_one_filter_cannot_show(arguments, says):
    with pytest.raises(ValueError, match=says):
        explore_filter(*arguments)


# ---- many filters
def test_each_map_is_the_sum_over_the_channels():
    demo = explore_filter_bank("chelsea", 7)
    image = picture("chelsea")[20:186, 40:206].astype(int)
    for answers, weights in zip(demo.output, BANK.values(), strict=True):
        channels = [correlate2d(image[..., c], weights[c], "valid") for c in range(3)]
        np.testing.assert_array_equal(answers, sum(channels))


@pytest.mark.parametrize("on", ["photo", "top − bottom"])
def test_pointing_reads_the_answer_of_every_filter(on):
    demo = explore_filter_bank(filters=3)
    message = {"type": "point", "panel": on, "row": 10, "col": 20, "number": 1}
    demo.grid._on_message(demo.grid, message, [])
    assert "At row 10, column 20 they answer" in demo.text
    maps = [p for p in demo.view.panels if p.id != "photo"]
    assert [p.cursor for p in demo.view.panels] == [(10, 20)] * 4
    assert demo.view.panels[0].span == (3, 3)
    for p, answer in zip(maps, demo.output[:, 10, 20], strict=True):
        assert p.caption.endswith(f": {answer}".replace("-", "−"))


def test_as_many_maps_as_filters_and_no_negative_after_relu():
    demo = explore_filter_bank(filters=1)
    assert demo.output.shape == (1, 164, 164)
    assert demo.text.startswith("One filter, one map: 166 × 166 × 3 numbers become 1 × 164 × 164.")
    demo.set(filters=7, relu=True)
    assert demo.output.shape == (7, 164, 164)
    assert demo.output.min() == 0


# ---- a layer in numbers
def test_the_numbers_of_lenet():
    demo = explore_layer()
    assert demo.output.tolist() == [6, 28, 28, 150, 6, 117_600]
    assert arithmetic(demo) == [
        "size        ⌊(32 + 2·0 − 5) / 1⌋ + 1 = ⌊27⌋ + 1 = 28",
        "weights     6 filters · 5·5·1 = 150",
        "biases      one for each filter = 6",
        "learned     150 + 6 = 156",
        "multiplied  28·28 places · 150 weights = 117,600",
    ]
    demo.layer.value = "LeNet, second"
    assert arithmetic(demo)[3].endswith("= 2,416")


def test_the_picture_s_side_changes_the_work_and_not_what_is_learned():
    demo = explore_layer()
    demo.size.value = 64
    assert demo.layer.value == "my own"
    assert demo.output.tolist() == [6, 60, 60, 150, 6, 540_000]
    demo.size.value = 32
    assert demo.layer.value == "LeNet, first"


def test_padding_keeps_the_size_and_filters_add_depth():
    demo = explore_layer({"padding": 2})
    assert demo.output[:3].tolist() == [6, 32, 32]
    demo.filters.value = 12
    assert demo.output[:3].tolist() == [12, 32, 32]


def test_the_formulas_are_true_at_every_layer_of_the_list():
    signs = {"⌊": "int(", "⌋": ")", "−": "-", "·": "*", ",": ""}
    for name in LAYERS:
        for line in arithmetic(explore_layer(name)):
            sums = re.sub("[a-z]", "", line[12:])
            for sign, python in signs.items():
                sums = sums.replace(sign, python)
            assert len({eval(part) for part in sums.split(" = ") if part.strip()}) == 1, line


def test_a_kernel_too_large_is_told():
    demo = explore_layer({"kernel": 7})
    demo.size.value = 5
    assert "kernel (7, 7) is larger than the padded image (5, 5)" in demo.problem
    demo.padding.value = 1
    assert demo.problem == ""


@pytest.mark.parametrize(
    ("layer", "says"),
    [
        ("AlexNet", "layer: 'AlexNet' is unknown; choose from LeNet, first"),
        ({"depth": 3}, "explore_layer: depth is no setting; choose from size, channels"),
        ({"filters": 200}, "filters K: 200 lies outside the slider"),
    ],
)
def test_what_no_layer_can_be(layer, says):
    with pytest.raises(ValueError, match=says):
        explore_layer(layer)


# ---- the microscope on filters that span all channels
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
    assert "Filter 1, row 1, column 1 of its feature map, place 14 of 18" in demo.text
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


@settings(deadline=None, max_examples=25)
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
