"""Lesson 08, many filters on one photo: a map of each, and what is read at a position."""

import numpy as np
import pytest
from scipy.signal import correlate2d

from cnnlib.explore import explore_filter_bank
from cnnlib.lessons.l08_a_real_layer.filters import BANK
from cnnlib.pictures import picture


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
    assert "At row 10, column 20 their responses are" in demo.text
    maps = [p for p in demo.view.panels if p.id != "photo"]
    assert [p.cursor for p in demo.view.panels] == [(10, 20)] * 4
    assert demo.view.panels[0].span == (3, 3)
    for p, answer in zip(maps, demo.output[:, 10, 20], strict=True):
        assert p.caption.endswith(f": {answer}".replace("-", "−"))


def test_as_many_maps_as_filters_and_no_negative_after_relu():
    demo = explore_filter_bank(filters=1)
    assert demo.output.shape == (1, 164, 164)
    assert demo.text.startswith(
        "One filter makes one feature map: 3 channels of 166 × 166 become 1 of 164 × 164."
    )
    demo.set(filters=7, relu=True)
    assert demo.output.shape == (7, 164, 164)
    assert demo.output.min() == 0
