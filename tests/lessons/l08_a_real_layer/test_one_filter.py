"""Lesson 08, one filter over three channels: three answers, one number."""

import numpy as np
import pytest
from scipy.signal import correlate2d

from cnnlib.explore import explore_one_filter
from cnnlib.lessons.l08_a_real_layer.filters import FILTERS
from cnnlib.pictures import picture


def arithmetic(demo):
    return "".join(text for text, _ in demo.view.arithmetic).splitlines()


def panel(demo, name):
    return next(p for p in demo.view.panels if p.id == name)


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
    demo = explore_one_filter(filter=name)
    assert demo.output.tolist() == [*each, total, max(total, 0)]
    channels = np.moveaxis(picture("colours 3x3"), -1, 0)
    found = [correlate2d(*pair, "valid").item() for pair in zip(channels, FILTERS[name], strict=True)]
    assert found == each


def test_the_sum_is_written_out():
    demo = explore_one_filter()
    assert arithmetic(demo) == ["sum    258 + (−894) + 258 + bias 0 = −378", "ReLU   max(0, −378) = 0"]
    assert demo.text.endswith("so these add up to one number: −378. ReLU turns it into 0.")
    demo.filter.value = "left − right, all channels"
    assert arithmetic(demo) == ["sum    510 + 127 + (−256) + bias 0 = 381", "ReLU   max(0, 381) = 381"]
    assert demo.text.endswith("ReLU leaves it as it is.")


def test_the_smallest_bias_that_lets_the_outline_pass():
    passed = [bias for bias in range(370, 390) if explore_one_filter(bias=bias).output[-1] > 0]
    assert passed[0] == 379


def test_the_bias_is_added_once_and_not_to_each_channel():
    demo = explore_one_filter(bias=5)
    assert demo.output.tolist() == [258, -894, 258, -373, 0]
    assert "add up, with the bias of 5, to one number: −373" in demo.text


def test_the_products_are_pixel_times_weight():
    labels = panel(explore_one_filter(), "products").labels
    assert labels[:9] == ["−255", "0", "0", "−128", "1024", "0", "−255", "0", "−128"]
    assert labels[9:12] == [""] * 3


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (
            ("binary 5x5",),
            r"explore_one_filter: an image of 5 × 5 is not as large as the filter; give one of 3 × 3 × 3",
        ),
        (("colours 3x3", "edge"), "filter: 'edge' is unknown; choose from outline, all channels"),
    ],
)
def test_what_one_filter_cannot_show(arguments, says):
    with pytest.raises(ValueError, match=says):
        explore_one_filter(*arguments)
