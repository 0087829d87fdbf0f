"""The controls: each shows the decimals of its step, and none moves a value in silence."""

import ipywidgets
import numpy as np
import pytest

from cnnlib.demo import controls as make


@pytest.mark.parametrize(
    ("value", "step", "kind", "shown"),
    [
        (1, 1, ipywidgets.IntSlider, "d"),
        (np.int64(1), 1, ipywidgets.IntSlider, "d"),
        (1.0, 1, ipywidgets.FloatSlider, ".1f"),
        (1.0, 0.5, ipywidgets.FloatSlider, ".1f"),
        (1.0, 0.05, ipywidgets.FloatSlider, ".2f"),
        (0.5, 0.125, ipywidgets.FloatSlider, ".3f"),
    ],
)
def test_a_slider_shows_the_decimals_of_its_step(value, step, kind, shown):
    slider = make.slider("size", value, 0, 4, step)
    assert type(slider) is kind
    assert slider.readout_format == shown


def test_a_value_outside_is_told():
    with pytest.raises(ValueError, match=r"gain: 5 lies outside the slider; choose from 0 to 4"):
        make.slider("gain", 5, 0, 4)


def test_fields():
    assert make.whole_number("row", 3, 7).min == 0
    assert make.whole_number("volts", -3, 7, low=-7).value == -3


def test_an_unknown_option_is_told():
    for control in (make.choice, make.switch):
        with pytest.raises(ValueError, match="way: 'up' is unknown; choose from left, right"):
            control("way", ["left", "right"], "up")


def test_enter_acts_and_typing_does_not():
    pressed = []
    field = make.entry("name", "type")
    make.on_enter(field, lambda: pressed.append(field.value))
    field.value = "ab"
    assert pressed == []
    for event in ("other", "submit"):
        field._handle_msg(
            {"content": {"data": {"method": "custom", "content": {"event": event}}}, "buffers": []}
        )
    assert pressed == ["ab"]
