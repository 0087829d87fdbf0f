"""Style as a matrix: the sentences tell the true numbers, shuffled or moved."""

import re

import numpy as np
import pytest

from cnnlib.explore import explore_style
from cnnlib.lessons.l13_beyond.textures import gram_distance


def panel(demo, name):
    return next(panel for panel in demo.view.panels if panel.id == name)


def test_it_says_what_the_cell_holds():
    demo = explore_style()
    said = "Horizontal and rising lines: mean product 2720 in wood, 293 in grass"
    assert demo.text == f"{said}; the matrices are 69 % apart."
    demo.set(at=(2, 2))
    assert demo.text.startswith("Falling lines: mean square 1910 in wood, 771 in grass;")
    assert demo.output[0, 2, 2] == pytest.approx(1910, rel=0.005)
    assert panel(demo, "gram0").cursor == panel(demo, "gram1").cursor == (2, 2)


def test_the_sum_written_out_is_the_cell():
    demo = explore_style()
    demo.set(at=(0, 3))
    text = "".join(text for text, _ in demo.view.arithmetic)
    assert "… 1287 more products …" in text
    assert text.endswith(") /\N{NO-BREAK SPACE}1296\N{NO-BREAK SPACE}positions = 662")
    assert demo.output[0, 0, 3] == pytest.approx(662, abs=0.5)


def test_shuffled_maps_keep_their_gram_matrix_to_the_last_digit():
    demo = explore_style()
    before, seen = demo.output, panel(demo, "picture0").colors
    demo.shuffle.value = "the maps"
    assert np.array_equal(demo.output, before)
    assert "stays the same to the last digit" in demo.text
    after = panel(demo, "picture0").colors
    assert not np.array_equal(after, seen)
    np.testing.assert_array_equal(np.sort(after, axis=None), np.sort(seen, axis=None))


def test_pixels_shuffled_before_the_filters_do_not():
    demo = explore_style()
    before = demo.output
    demo.shuffle.value = "the pixels"
    moved = round(100 * gram_distance(demo.output[0], before[0]))
    assert f"moves by {moved} %" in demo.text
    assert moved == 38
    np.testing.assert_array_equal(demo.output[1], before[1])


def test_steps_lead_from_noise_to_wood_and_back():
    demo = explore_style("noise", "wood")
    apart = [int(re.search(r"(\d+) % apart", demo.text)[1])]
    for steps in (5, 10, 20):
        demo.steps.value = steps
        apart.append(int(re.search(r"(\d+) % apart", demo.text)[1]))
        assert f"{steps} steps" in panel(demo, "picture0").caption or steps < 13
    assert apart == sorted(apart, reverse=True)
    assert (apart[0], apart[-1]) == (39, 1)
    assert "what was noise" in demo.text
    demo.steps.value = 0
    np.testing.assert_array_equal(demo.output, explore_style("noise", "wood").output)


def test_nowhere_to_go():
    demo = explore_style("grass", "grass", steps=7)
    assert "steps" not in demo.text
    assert demo.text.endswith("the matrices are 0 % apart.")


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: explore_style("silk"), "picture: 'silk' is unknown"),
        (lambda: explore_style(shuffle="all"), "shuffle: 'all' is unknown"),
        (lambda: explore_style(steps=21), "21 lies outside the slider"),
    ],
)
def test_errors_name_the_remedy(call, said):
    with pytest.raises(ValueError, match=said):
        call()
