"""Lesson 08, a layer in numbers: its size, what it learns, what it costs."""

import re

import pytest

from cnnlib.explore import explore_layer
from cnnlib.lessons.l08_a_real_layer.layer import LAYERS


def arithmetic(demo):
    return "".join(text for text, _ in demo.view.arithmetic).splitlines()


def test_the_numbers_of_lenet():
    demo = explore_layer()
    assert demo.output.tolist() == [6, 28, 28, 150, 6, 117_600]
    assert arithmetic(demo) == [
        "size        ⌊(32 + 2·0 − 5) / 1⌋ + 1 = ⌊27⌋ + 1 = 28",
        "weights     6 filters · 5·5·1 = 150",
        "biases      one per filter = 6",
        "parameters  150 + 6 = 156",
        "multiplied  28·28 positions · 150 weights = 117,600",
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
    assert "the 7 × 7 kernel is larger than the padded image of 5 × 5" in demo.problem
    demo.padding.value = 1
    assert demo.problem == ""


@pytest.mark.parametrize(
    ("layer", "says"),
    [
        ("AlexNet", "layer: 'AlexNet' is unknown; choose from LeNet, first"),
        ({"depth": 3}, "explore_layer: depth is no setting; choose from size, channels"),
        ({"filters": 200}, "filters F: 200 lies outside the slider"),
    ],
)
def test_what_no_layer_can_be(layer, says):
    with pytest.raises(ValueError, match=says):
        explore_layer(layer)
