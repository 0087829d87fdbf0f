"""Lesson 07, two layers or one: what the words claim, and what SciPy says."""

import numpy as np
import pytest
from scipy.signal import correlate2d

from cnnlib import KERNELS
from cnnlib.drawing import shapes_image
from cnnlib.explore import explore_collapse

ZOO = [name for name, kernel in KERNELS.items() if kernel.matrix.shape == (3, 3)]


@pytest.mark.parametrize("second", ["box blur", "emboss"])
@pytest.mark.parametrize("first", ZOO)
def test_two_layers_are_one_and_with_a_bend_what_scipy_says(first, second):
    demo = explore_collapse(first, second)
    assert not demo.output.any()
    assert "the largest difference is 0" in demo.text
    demo.bend.value = True
    image, a, b = shapes_image(56).astype(int), KERNELS[first].matrix, KERNELS[second].matrix
    inner = correlate2d(image, a, "valid")
    difference = correlate2d(np.maximum(inner, 0) - inner, b, "valid")
    np.testing.assert_array_equal(demo.output, difference)
    assert ("changes nothing" in demo.text) == (not difference.any())


def test_the_composed_kernel_is_shown():
    (both,) = (panel for panel in explore_collapse().view.panels if panel.id == "both")
    assert both.labels[:5] == ["−1", "−1", "0", "1", "1"]
    assert both.labels[10:15] == ["−4", "−4", "0", "4", "4"]


def test_the_numbers_of_the_lesson():
    demo = explore_collapse(bend=True)
    assert "up to 4608, at 26 % of the positions" in demo.text
    assert demo.output.max() == 4608


def test_a_blur_before_the_relu_has_nothing_to_bend():
    assert "Choose another kernel A" in explore_collapse("box blur", "Sobel, columns", bend=True).text


def test_rounding_is_not_taken_for_a_difference():
    demo = explore_collapse()
    demo.set(a=np.full((3, 3), 1 / 9), b=np.full((3, 3), 1 / 7))
    assert not demo.output.any()
    assert demo.first.value == "my own"


@pytest.mark.parametrize(
    ("kernel", "message"),
    [(np.eye(2), "this one is 2 × 2"), ("Gaussian blur 5x5", "is unknown; choose from")],
)
def test_a_kernel_of_another_size_is_told(kernel, message):
    with pytest.raises(ValueError, match=message):
        explore_collapse(second=kernel)
