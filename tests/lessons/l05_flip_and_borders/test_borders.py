"""Borders: sizes, shares and values, against SciPy."""

import numpy as np
import pytest
from scipy.signal import correlate2d

from cnnlib.demo.view import INVENTED
from cnnlib.explore import explore_borders
from cnnlib.pictures import picture

GRAY = np.array([[50, 75, 100, 125], [150, 175, 200, 225], [100, 125, 150, 175], [25, 50, 75, 100]])
PHOTO = "photo, 96×96"


def panel(demo, id):
    (found,) = (p for p in demo.view.panels if p.id == id)
    return found


@pytest.mark.parametrize("boundary", [("zero", "fill"), ("symmetric", "symm"), ("wrap", "wrap")])
@pytest.mark.parametrize("mode", ["full", "same", "valid"])
def test_borders_and_modes_are_scipys(boundary, mode):
    demo = explore_borders(border=boundary[0], mode=mode)
    np.testing.assert_array_equal(demo.output, correlate2d(GRAY, [[1, 0, -1]] * 3, mode, boundary[1]))
    demo = explore_borders(PHOTO, boundary[0], mode, kernel="mean", side=7)
    image = picture("camera")[20:116, 70:166].astype(float)
    np.testing.assert_allclose(demo.output, correlate2d(image, np.full((7, 7), 1 / 49), mode, boundary[1]))


@pytest.mark.parametrize(("mode", "side", "touched"), [("full", 6, 32), ("same", 4, 12), ("valid", 2, 0)])
def test_sizes_and_shares(mode, side, touched):
    demo = explore_borders(mode=mode)
    assert demo.output.shape == (side, side)
    counts = [int(text) for text in panel(demo, "padding").labels]
    assert sum(count > 0 for count in counts) == touched
    assert (f"{touched} of {side**2}" in demo.text) == (touched > 0)


@pytest.mark.parametrize(("picture", "side"), [("4×4, gray", 3), (PHOTO, 15)])
@pytest.mark.parametrize("mode", ["full", "same", "valid"])
def test_the_share_is_where_the_border_rule_matters(picture, side, mode):
    """An output that reads no padding pixel is the same for every border; one that does, for some is not."""
    demo = explore_borders(picture, mode=mode, kernel="mean", side=side)
    made = []
    for border in demo.border.options:
        demo.border.value = border
        made.append(demo.output)
    differ = np.ptp(made, axis=0) > 1e-9
    total = differ.size
    assert (f": {differ.sum():,} of {total:,} (" in demo.text) == differ.any()


def test_invented_pixels_are_hatched():
    demo = explore_borders(mode="full")
    marks = panel(demo, "image").marks
    assert (marks == INVENTED).sum() == 8 * 8 - 16
    assert not marks[2:6, 2:6].any()
    demo.mode.value = "valid"
    assert not panel(demo, "image").marks.any()


def test_a_photo_is_not_painted_over():
    """Hatching and frames lie outside; inside, the pixels are the photo's."""
    for mode in ("full", "same", "valid"):
        demo = explore_borders(PHOTO, "wrap", mode, kernel="mean", side=11)
        inner = panel(demo, "image").pixels[20:116, 20:116, 0]
        np.testing.assert_array_equal(inner, picture("camera")[20:116, 70:166])


@pytest.mark.parametrize("mode", ["full", "same", "valid"])
@pytest.mark.parametrize(("picture", "side"), [("4×4, gray", 3), (PHOTO, 9)])
def test_the_window_lies_on_what_an_output_reads(picture, side, mode):
    demo = explore_borders(picture, "zero", mode, kernel="mean", side=side)
    (window,) = demo.view.windows
    ((top, left, rows, cols),) = window.rectangles(0, 0)
    origin = panel(demo, "image").origin
    before = {"full": side - 1, "same": side // 2, "valid": 0}[mode]
    assert (top + origin[0], left + origin[1], rows, cols) == (-before, -before, side, side)


def test_another_picture_brings_its_kernel_and_its_limits():
    demo = explore_borders()
    demo.preset.value = PHOTO
    assert (demo.side.value, demo.side.max, demo.kernel.value) == (11, 21, "mean")
    demo.side.value = 21
    demo.preset.value = "4×4, gray"
    assert (demo.side.value, demo.side.max, demo.output.shape) == (3, 3, (4, 4))
    assert demo.problem == ""
