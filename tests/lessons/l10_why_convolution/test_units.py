"""Lesson 10: a fitted curve is near inside, and far outside."""

import numpy as np
import pytest

from cnnlib.explore import explore_units


def test_units_are_near_inside_and_far_outside():
    demo = explore_units(100)
    x = np.linspace(-2, 2, 401)
    gaps = np.abs(demo.output - np.sin(5 * x))
    assert gaps[np.abs(x) <= 1].max() < 0.005
    assert gaps[np.abs(x) > 1].max() > 1
    assert "outside, the theorem promises nothing" in demo.text


@pytest.mark.parametrize("seed", range(10))
def test_a_jump_is_told_even_where_no_point_lies_on_it(seed):
    demo = explore_units(100, curve="step", seed=seed)
    assert "at the jump, no number of units is enough" in demo.text


def test_few_units_are_told_to_be_few():
    assert "More units come closer." in explore_units(3).text
    assert explore_units(1).text.startswith("One ReLU unit: ")
