"""Lesson 07's template matching: the numbers of the lesson, and what the words claim."""

import numpy as np
import pytest
from scipy.signal import correlate2d

from cnnlib.explore import explore_matching
from cnnlib.matching import CURVE
from cnnlib.pictures import picture


def panel(demo, id):
    (found,) = (panel for panel in demo.view.panels if panel.id == id)
    return found


def written(demo):
    return "".join(text for text, _ in demo.view.arithmetic)


def test_the_curve_by_hand_in_three_ways():
    demo = explore_matching("curve 7x7")
    assert written(demo).strip() == "raw sum     0·30 + 50·30 + 20·30 + 50·30 + 50·30 + 50·30 = 6600"
    demo.score.value = "zero-mean"
    assert "6600 − 180/49 · 650 = 4212" in written(demo)
    demo.score.value = "normalised"
    assert "4212 / (68.84 · 150.6) = 0.406" in written(demo)
    assert demo.text.endswith("1 would be the detector's own pattern, at any brightness and contrast.")


def test_the_detector_turned_by_180_degrees_is_the_flipped_one():
    demo = explore_matching("curve 7x7", turn=180)
    assert demo.output.item() == 3600
    assert panel(demo, "kernel").labels == [str(v) for v in CURVE.matrix[::-1, ::-1].flat]


@pytest.mark.parametrize(("gray", "score"), [(50, 9000), (255, 45_900)])
def test_a_wall_scores_more_than_the_curve(gray, score):
    demo = explore_matching(np.full((9, 9), gray))
    assert (demo.output == score).all()
    assert "It is blank" in demo.text
    for kind in ("zero-mean", "normalised"):
        demo.score.value = kind
        assert not demo.output.any()
        assert written(demo).rstrip().endswith(" 0")
    assert "is flat: " in written(demo)


def test_raw_sums_box_the_wall():
    demo = explore_matching()
    assert demo.at.value == (24, 32)
    assert demo.text == (
        "Row 24, column 32 of the map: the raw sum is 28,140. The three best positions, boxed, "
        "score 45,900 each. All of them are blank: each pixel there is as bright as the next. "
        "A large sum, and no curve."
    )
    np.testing.assert_array_equal(demo.output, correlate2d(picture("animal").astype(int), CURVE, "valid"))


def test_zero_mean_finds_curves_then_an_edge_and_normalised_finds_curves_again():
    demo = explore_matching(score="zero-mean")
    assert "score 19,316, 18,910 and 17,850" in demo.text
    demo.turn.value = "180°"
    assert "score 19,671 each" in demo.text
    demo.score.value = "normalised"
    assert "score 0.618, 0.608 and 0.551" in demo.text


def test_next_box_goes_round_the_best_places():
    demo = explore_matching(score="normalised", at=(0, 0))
    seen = []
    for _ in range(4):
        demo.next_hit.click()
        seen.append(demo.at.value)
    assert seen == [(24, 32), (17, 78), (27, 45), (24, 32)]
    assert demo.output[seen[0]] == demo.output.max()


@pytest.mark.parametrize("mirror", [False, True])
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_turn_and_mirror_move_the_pattern_not_the_picture(turn, mirror):
    """A turned detector answers to the turned picture as the first one does to the first picture."""
    image = picture("animal")
    demo = explore_matching(np.rot90(image[:, ::-1] if mirror else image, turn // 90), turn=turn)
    demo.mirror.value = mirror
    first = explore_matching().output
    np.testing.assert_array_equal(demo.output, np.rot90(first[:, ::-1] if mirror else first, turn // 90))


def test_boxes_surround_the_windows_they_stand_for():
    demo = explore_matching(score="normalised")
    purple = (panel(demo, "image").colors == (181, 42, 174, 255)).all(axis=2)
    assert purple.sum() == 3 * (9 * 9 - 7 * 7)
    for row, col in [(24, 32), (17, 78), (27, 45)]:
        assert purple[row - 1 : row + 8, col - 1].all()
        assert not purple[row : row + 7, col : col + 7].any()


def test_a_single_place_is_not_pointed_at():
    demo = explore_matching("curve 7x7")
    assert [panel.id for panel in demo.view.panels] == ["image", "kernel", "products", "map"]
    assert not panel(demo, "map").point
    assert demo.text == "The raw sum is 6600."
    assert panel(explore_matching(), "map").point.names == ["at"]


def test_the_snail_alone_says_nothing_of_brightness():
    """The lesson opens with it, and the learner has yet to find out."""
    demo = explore_matching("snail")
    assert demo.text.endswith(
        "score 28,800, 28,800 and 28,650. The redder a cell of the map, the larger its sum."
    )


def test_another_pattern_may_be_given():
    image = picture("animal")
    demo = explore_matching(kernel=image[10:17, 40:49], score="normalised")
    assert demo.output.max() == pytest.approx(1)
    assert demo.output[10, 40] == pytest.approx(1)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"turn": 45}, "'45°' is unknown; choose from 0°, 90°"),
        ({"score": "best"}, "'best' is unknown; choose from raw sum"),
        ({"image": np.ones((5, 9))}, r"the 7 × 7 kernel is larger than the padded image of 5 × 9"),
    ],
)
def test_what_makes_no_sense_is_told(settings, message):
    with pytest.raises(ValueError, match=message):
        explore_matching(**settings)


def test_a_box_on_the_map_leaves_its_number_to_see():
    places = [(0, 0), (0, 10), (10, 0)]  # at the rim
    colors = panel(explore_matching(), "map").colors
    assert not any((colors[place] == (181, 42, 174, 255)).all() for place in places)
    assert (colors[1, 1] == (181, 42, 174, 255)).all()
