"""The range lab tells the truth."""

import numpy as np
import pytest

from cnnlib import KERNELS
from cnnlib.demo.colormaps import RED_BLUE, largest
from cnnlib.explore import explore_range


def pixels(demo, id):
    (panel,) = (panel for panel in demo.view.panels if panel.id == id)
    return panel.pixels[..., :3].astype(int)


@pytest.mark.parametrize("gain", [0.1, 1.0, 4.0])
@pytest.mark.parametrize("name", ["Sobel, columns", "box blur"])
def test_only_the_largest_value_gets_the_darkest_colour(name, gain):
    """The scale ends at the largest value, so that the signed picture cuts nothing off."""
    demo = explore_range(name)
    demo.gain.value = gain
    response = demo.output
    darkest = (pixels(demo, "signed") == RED_BLUE[-1]).all(axis=-1) | (
        pixels(demo, "signed") == RED_BLUE[0]
    ).all(axis=-1)
    assert darkest.any()
    assert np.abs(response[darkest]).min() > 0.99 * largest(response)


def test_the_bytes_shown_are_numpys():
    demo = explore_range("Sobel, columns")
    whole = demo.output.astype(np.int64)
    np.testing.assert_array_equal(pixels(demo, "wrapped")[..., 0], whole.astype(np.uint8))
    np.testing.assert_array_equal(pixels(demo, "clipped")[..., 0], np.clip(whole, 0, 255))
    np.testing.assert_array_equal(pixels(demo, "absolute")[..., 0], np.clip(abs(whole), 0, 255))


def test_an_unknown_kernel_is_told():
    with pytest.raises(ValueError, match="no kernel is named 'Sobel'"):
        explore_range("Sobel")
    assert set(explore_range().kernel.options) == set(KERNELS)
