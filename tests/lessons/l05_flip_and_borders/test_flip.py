"""SciPy's two functions beside each other."""

import numpy as np
import pytest
from scipy.signal import convolve2d, correlate2d

from cnnlib.explore import explore_convolution, explore_flip
from cnnlib.pictures import picture

GRAY = np.array([[50, 75, 100, 125], [150, 175, 200, 225], [100, 125, 150, 175], [25, 50, 75, 100]])
EDGE = "left − right"


def arithmetic(demo):
    return "".join(text for text, _ in demo.view.arithmetic)


def panel(demo, id):
    (found,) = (p for p in demo.view.panels if p.id == id)
    return found


def test_a_single_one_gives_the_kernel_back():
    demo = explore_flip()
    correlated, convolved = demo.output
    kernel = np.arange(1, 10).reshape(3, 3)
    np.testing.assert_array_equal(convolved[1:4, 1:4], kernel)
    np.testing.assert_array_equal(correlated[1:4, 1:4], kernel[::-1, ::-1])
    assert "correlate2d makes the flipped kernel, convolve2d the kernel itself" in demo.text
    demo.hand_over.value = "flipped by 180°"
    np.testing.assert_array_equal(demo.output, [convolved, correlated])
    assert "correlate2d makes the kernel itself, convolve2d the flipped kernel" in demo.text


@pytest.mark.parametrize("hand_over", ["as it is", "flipped by 180°"])
def test_the_maps_are_scipys_and_the_difference_is_theirs(hand_over):
    demo = explore_flip("shapes", "emboss", hand_over=hand_over)
    image, kernel = picture("shapes").astype(int), demo.kernel.value
    if hand_over != "as it is":
        kernel = kernel[::-1, ::-1]
    expected = correlate2d(image, kernel, "valid"), convolve2d(image, kernel, "valid")
    np.testing.assert_array_equal(demo.output, expected)
    seen = panel(demo, "difference").pixels[..., :3]
    assert (seen[expected[0] == expected[1]] == seen[0, 0]).all()


def test_the_gray_picture_changes_its_sign():
    demo = explore_flip("gray 4x4", EDGE)
    assert (demo.output == [[[-150]], [[150]]]).all()
    assert "its own negative" in demo.text
    assert arithmetic(demo).count("·(−1)") == 6
    demo = explore_flip("ramp 4x4", "right − left")
    assert (demo.output == [[[60]], [[-60]]]).all()


def test_the_microscope_agrees():
    for flip, map_ in zip((False, True), explore_flip("gray 4x4", "1 to 9").output, strict=True):
        microscope = explore_convolution("gray 4x4", np.arange(1, 10).reshape(3, 3), flip=flip)
        np.testing.assert_array_equal(microscope.output, map_)


def test_a_kernel_that_half_a_turn_leaves_as_it_is():
    demo = explore_flip("shapes", "Gaussian blur")
    np.testing.assert_array_equal(*demo.output)
    assert "agree everywhere" in demo.text


def test_lists_and_cells_are_kept_in_step():
    demo = explore_flip()
    demo.chosen.value = EDGE
    assert demo.kernel.value[0].tolist() == [1, 0, -1]
    demo.kernel.value = np.ones((3, 3), int)
    assert demo.chosen.value == "my own"
    demo.preset.value = "gray 4x4"
    np.testing.assert_array_equal(demo.image.value, GRAY)
    changed = demo.image.value.copy()
    changed[0, 0] = 9
    demo.image.value = changed
    assert demo.preset.value == "my own"
    assert "picture(" not in demo.code["NumPy"]


def test_a_kernel_that_does_not_fit():
    with pytest.raises(
        ValueError, match="explore_flip: the 5 × 5 kernel is larger than the picture of 4 × 4; use"
    ):
        explore_flip("gray 4x4", np.ones((5, 5)))
    demo = explore_flip(kernel=np.ones((5, 5)))
    demo.preset.value = "gray 4x4"
    assert "use a smaller kernel" in demo.problem
    with pytest.raises(ValueError, match="kernel 'nosuch' is unknown; use 1 to 9"):
        explore_flip(kernel="nosuch")
