"""One pixel, and a kernel with a single 1: pictures of any size."""

import drive
import numpy as np
import pytest

from cnnlib.explore import explore_ripple, explore_shift


@pytest.mark.parametrize("demo", [explore_shift, explore_ripple])
@pytest.mark.parametrize("shape", [(9, 9), (3, 30), (300, 200)])
def test_a_picture_of_any_size_fits_the_page(demo, shape):
    shown = demo(np.arange(np.prod(shape)).reshape(shape) % 7)
    assert drive.owes(shown) == []
    assert sum(panel.width for panel in shown.view.panels) < drive.WIDEST


@pytest.mark.parametrize("demo", [explore_shift, explore_ripple])
def test_a_picture_too_large_to_play_with_is_told(demo):
    with pytest.raises(ValueError, match="longer than 1024 pixels"):
        demo(np.zeros((2, 1025)))


def test_the_code_of_the_shift_names_its_picture():
    assert "image = picture('arrow')\n" in explore_shift().code["NumPy"]
    assert "picture" not in explore_shift(np.eye(4)).code["NumPy"]
