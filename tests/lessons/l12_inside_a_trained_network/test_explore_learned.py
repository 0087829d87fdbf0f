"""What did it learn: the sentences tell the true numbers."""

import drive
import numpy as np
import pytest

from cnnlib.explore import explore_learned
from cnnlib.lessons.l12_inside_a_trained_network.lenet_digit import digits_for_lenet


def test_a_patch_and_where_it_is_from(model):
    demo = explore_learned(digit=40)
    demo.set(at=(4, 2))
    k, _, answer, *_, source, label, digit, _, highest = drive.numbers(demo.text)
    pictures, labels = digits_for_lenet()
    maps = model[:1](pictures[:, None])[:, 4].max(axis=(1, 2))
    assert (k, digit) == (4, 40)
    assert np.argsort(-maps)[2] == source
    assert answer == pytest.approx(maps[int(source)], abs=0.01)
    assert labels[int(source)] == label
    assert highest == pytest.approx(maps[40], abs=0.01)
    assert (np.diff(demo.output, axis=1) <= 0).all()


@pytest.mark.parametrize(("at", "filter_", "patch"), [((4, 5), 9, 0), ((4, 4), 8, 3), ((0, 2), 0, 2)])
def test_patches_of_the_second_convolution_are_cut_where_it_responds(model, at, filter_, patch):
    demo = explore_learned(layer="conv 2", digit=40, at=at)
    k, _, response, side, _, source, label, _, _, highest = drive.numbers(demo.text)
    pictures, labels = digits_for_lenet()
    maps = model[:4](pictures[:, None])[:, filter_]
    assert (k, side, source) == (filter_, 14, np.argsort(-maps.max(axis=(1, 2)), kind="stable")[patch])
    assert response == pytest.approx(maps[int(source)].max(), abs=0.01)
    assert (labels[int(source)], highest) == (label, pytest.approx(maps[40].max(), abs=0.01))
    row, col = np.unravel_index(maps[int(source)].argmax(), (10, 10))
    sheet = next(panel for panel in demo.view.panels if panel.id == "patches")
    height, width, gap = sheet.tile
    top, left = sheet.cursor[0] * (height + gap), sheet.cursor[1] * (width + gap)
    shown = sheet.pixels[top : top + height, left : left + width, 0] / 255
    seen = pictures[int(source), 2 * row : 2 * row + 14, 2 * col : 2 * col + 14]
    np.testing.assert_allclose(shown, seen, atol=1 / 255)


def test_two_filters_of_the_second_convolution_are_silent(model):
    pictures = digits_for_lenet()[0]
    loud = model[:4](pictures[:, None]).max(axis=(0, 2, 3)) > 0
    said = ["silent" not in explore_learned(layer="conv 2", at=(k // 2, k % 2 * 5)).text for k in range(16)]
    assert said == loud.tolist()
    assert np.flatnonzero(~loud).tolist() == [6, 7]


@pytest.mark.parametrize("digit", [8, 23, 100])
def test_what_covering_costs(seen, digit):
    demo = explore_learned("covering", digit)
    picture = digits_for_lenet()[0][digit].copy()
    first, before = seen(picture)
    demo.set(at=(7, 8))
    picture[14:20, 16:22] = 0
    _, after = seen(picture)
    assert demo.output[7, 8] == pytest.approx(before[first] - after[first], abs=1e-5)
    assert "rows 14 to 19 and columns 16 to 21" in demo.text
    assert f"certain of {first}, " in demo.text
    shown = next(panel for panel in demo.view.panels if panel.id == "digit")
    assert not shown.colors[14:20, 16:22].any()


def test_the_dearest_square_comes_first():
    demo = explore_learned("covering", 8)
    panel = next(panel for panel in demo.view.panels if panel.id == "map")
    assert demo.output[panel.cursor] == demo.output.max()
    assert "and now sees a 1" in demo.text  # a 3 without the end of its belly


def test_the_gradient_is_tried(model):
    demo = explore_learned("gradient", 8)
    demo.set(at=(12, 17))
    row, col, slope, ink, label, said, tried, _ = drive.numbers(demo.text)
    picture = digits_for_lenet()[0][8].copy()
    before = model(picture[None, None])[0, int(label)]
    picture[12, 17] += ink
    assert (row, col) == (12, 17)
    assert tried == pytest.approx(model(picture[None, None])[0, int(label)] - before, abs=0.002)
    assert said == pytest.approx(0.1 * slope, abs=0.001)
    assert slope == pytest.approx(demo.output[12, 17], abs=0.01)


def test_another_question_begins_at_its_own_strongest_place():
    demo = explore_learned("gradient", 8)
    demo.set(at=(31, 31))
    demo.show.value = "covering"
    assert demo.text == explore_learned("covering", 8).text
    demo.set(at=(0, 0))
    demo.digit.value = 9
    assert demo.text == explore_learned("covering", 9).text


def test_a_patch_stays_while_the_digit_changes():
    demo = explore_learned()
    demo.set(at=(3, 5))
    demo.digit.value = 100
    assert demo.text.startswith("Filter 3 of conv 1 responds")
    assert drive.numbers(demo.text)[2] == pytest.approx(demo.output[3, 5], abs=0.01)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: explore_learned("hopes"), "show: 'hopes' is unknown"),
        (lambda: explore_learned(digit=355), "355 lies outside the slider; choose from 0 to 354"),
    ],
)
def test_errors_name_the_remedy(call, said):
    with pytest.raises(ValueError, match=said):
        call()
