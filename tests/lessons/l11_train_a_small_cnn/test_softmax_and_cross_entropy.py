"""Softmax and cross-entropy: the published numbers, and four probabilities that always add up to 1."""

import numpy as np
import pytest

from cnnlib.explore import explore_cross_entropy, explore_softmax
from cnnlib.lessons.l11_train_a_small_cnn.cross_entropy import _in_parts
from cnnlib.lessons.l11_train_a_small_cnn.pictograms import CLASSES

PUBLISHED = [0.0321, 0.0871, 0.2369, 0.6439]  # softmax of 1, 2, 3, 4


def said(demo):
    return "".join(text for text, _ in demo.view.arithmetic)


def percents(demo):
    return [getattr(demo, name).value for name in CLASSES]


def test_the_published_probabilities():
    demo = explore_softmax()
    np.testing.assert_allclose(demo.output, PUBLISHED, atol=5e-5)
    assert said(demo) == "p(dog) = 54.6 / (2.72 + 7.39 + 20.1 + 54.6) = 0.644"
    assert "scores 1 more than cat and so is e^1 = 2.72 times as probable" in demo.text


def test_the_same_number_added_to_all_changes_no_probability():
    assert explore_softmax([-2, -1, 0, 1]).output == pytest.approx(explore_softmax([1, 2, 3, 4]).output)


def test_temperature_sharpens_and_levels():
    demo = explore_softmax()
    at_one = demo.output.max()
    demo.temperature.value = 0.5
    assert demo.output.max() > at_one
    assert "e^(1/0.5) = 7.39 times" in demo.text
    assert "sharpens" in demo.text
    demo.temperature.value = 10
    assert demo.output.max() < at_one
    assert "levels" in demo.text


def test_two_firsts_share():
    demo = explore_softmax([0, 3, 3, 0])
    assert demo.text.startswith("Bird and cat share the first place, 0.476 each.")


def test_what_is_written_out_is_chosen():
    demo = explore_softmax()
    demo.written.value = "boat"
    assert said(demo).startswith("p(boat) = 2.72 / (")
    assert said(demo).endswith("= 0.0321")


def test_the_published_loss():
    demo = explore_cross_entropy()
    assert demo.output == pytest.approx(0.0619, abs=5e-5)
    assert said(demo) == "loss = −(1·ln 0.94 + 0·ln 0.01 + 0·ln 0.04 + 0·ln 0.01) = 0.0619"
    assert "less than a guess among four would cost, 1.39" in demo.text


def test_the_label_follows_the_picture_and_can_be_wrong():
    demo = explore_cross_entropy()
    demo.image.value = "cat"
    assert demo.target.value == "cat"
    assert demo.output == pytest.approx(-np.log(0.04))
    demo.target.value = "boat"
    assert demo.output == pytest.approx(-np.log(0.94))
    assert "shows a cat, but its label says boat, and the loss knows only the label" in demo.text


@pytest.mark.parametrize("name", CLASSES)
@pytest.mark.parametrize("value", [1, 2, 25, 50, 96, 97])
def test_four_probabilities_always_add_up_to_one(name, value):
    demo = explore_cross_entropy()
    getattr(demo, name).value = value
    assert getattr(demo, name).value == value
    assert sum(percents(demo)) == 100
    assert min(percents(demo)) >= 1


def test_the_rest_keeps_its_proportions():
    assert _in_parts(60, [20, 20, 20]) == [20, 20, 20]
    assert _in_parts(3, [97, 1, 1]) == [1, 1, 1]
    assert _in_parts(34, [1, 2, 28]) == [2, 3, 29]


def test_a_guess_costs_the_logarithm_of_four():
    demo = explore_cross_entropy("dog", [0.25] * 4)
    assert demo.output == pytest.approx(np.log(4))
    assert "as much as a guess" in demo.text


@pytest.mark.parametrize("bad", [[0.5, 0.5, 0, 0], [0.9, 0.1, 0.1, 0.1]])
def test_probabilities_that_are_none_are_refused(bad):
    with pytest.raises(ValueError, match=r"must be at least 0\.01 each and add up to 1"):
        explore_cross_entropy("dog", bad)


def test_four_are_four():
    with pytest.raises(ValueError, match="must be four numbers, for boat, bird, cat, dog"):
        explore_softmax([1, 2, 3])
    with pytest.raises(ValueError, match="'fish' is unknown; choose from boat"):
        explore_cross_entropy("fish")
