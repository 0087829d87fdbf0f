"""Lesson 07, the bend: what the words and the arithmetic claim of a map."""

import math

import numpy as np
import pytest
from scipy.signal import correlate2d

from cnnlib import KERNELS
from cnnlib.explore import explore_activation
from cnnlib.pictures import picture

EDGES = (
    correlate2d(picture("camera")[25:195, 50:220].astype(int), KERNELS["Sobel, columns"].matrix, "valid")
    / 255
)
BY_HAND = {
    "ReLU": lambda x: max(x, 0),
    "leaky ReLU": lambda x: x if x > 0 else 0.1 * x,
    "tanh": lambda x: 1 - 2 / (math.exp(2 * x) + 1),
    "sigmoid": lambda x: 1 / (1 + math.exp(-x)),
}


def written(demo):
    return "".join(text for text, _ in demo.view.arithmetic)


@pytest.mark.parametrize("bias", [-0.5, 0.0, 1.0])
@pytest.mark.parametrize("bend", BY_HAND)
def test_the_map_is_bent_number_by_number(bend, bias):
    demo = explore_activation(bend, bias)
    expected = [[BY_HAND[bend](x) for x in row] for row in EDGES + bias]
    np.testing.assert_allclose(demo.output, expected, atol=1e-12)


@pytest.mark.parametrize("at", [(143, 92), (60, 31), (0, 0)])
@pytest.mark.parametrize("bend", BY_HAND)
def test_the_slope_is_that_of_the_curve(bend, at):
    demo = explore_activation(bend, 0.3, at=at)
    x, step = EDGES[at] + 0.3, 1e-6
    slope = (BY_HAND[bend](x + step) - BY_HAND[bend](x - step)) / (2 * step)
    said = float(demo.text.split("the slope is ")[1].split(". ")[0])
    assert said == pytest.approx(slope, rel=0.01)
    assert f"becomes {written(demo).splitlines()[1].split('= ')[-1].strip()}," in demo.text


def test_shares_of_zeros_as_the_lesson_says_them():
    assert round(100 * np.mean(EDGES == 0)) == 8
    assert round(100 * np.mean(EDGES <= 0)) == 54
    demo = explore_activation()
    assert "Exactly 0: 8 % of the numbers before, 54 % after." in demo.text
    demo.bias.value = -0.5
    assert "Exactly 0: 0 % of the numbers before, 95 % after." in demo.text
    demo.set(bend="leaky ReLU", bias=0.0)
    assert "Exactly 0: 8 % of the numbers before, 8 % after." in demo.text
    demo.bend.value = "sigmoid"
    assert ", 0 % after" in demo.text


def test_it_begins_at_the_most_negative_number():
    demo = explore_activation()
    assert np.unravel_index(EDGES.argmin(), EDGES.shape) == (143, 92)
    assert "−3.37 becomes 0, where the slope is 0" in demo.text
    demo.bend.value = "tanh"
    assert "becomes −0.998, where the slope is 0.0047" in demo.text


def test_a_negative_bias_is_written_in_parentheses():
    assert "−3.37 + (−0.5) = −3.87" in written(explore_activation("tanh", -0.5))


@pytest.mark.parametrize(
    ("settings", "message"),
    [({"bend": "step"}, "'step' is unknown"), ({"bias": 3}, "lies outside the slider")],
)
def test_an_activation_that_is_not_there(settings, message):
    with pytest.raises(ValueError, match=message):
        explore_activation(**settings)
