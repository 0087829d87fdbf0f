"""The gallery of mistakes: what is shown is wrong indeed, in the order that is said, and counted."""

import re

import numpy as np
import pytest

from cnnlib import softmax
from cnnlib.explore import explore_mistakes
from cnnlib.nn import centre_digit, digits, pretrained_lenet

TEST = digits().test


def answers(turns):
    pictures = [centre_digit(np.rot90(image[0], turns)) for image in TEST.images]
    return softmax(pretrained_lenet().outputs(np.stack(pictures)[:, None]))


@pytest.fixture(scope="module", params=[("upright", 0), ("turned left", 1)], ids=lambda pose: pose[0])
def posed(request):
    pose, turns = request.param
    return explore_mistakes(pose), answers(turns)


def point(demo, row, col):
    message = {"type": "point", "panel": "mistakes", "row": row, "col": col, "number": 1}
    demo.grid._on_message(demo.grid, message, [])


def test_all_that_is_shown_is_wrong_and_in_order(posed):
    demo, shares = posed
    wrong = np.flatnonzero(shares.argmax(axis=1) != TEST.labels)
    highest = np.sort(shares[wrong].max(axis=1))[::-1][:16]
    np.testing.assert_allclose(demo.output.max(axis=1), highest, atol=1e-5)
    assert (np.diff(demo.output.max(axis=1)) <= 0).all()


def test_the_one_pointed_at(posed):
    demo, shares = posed
    point(demo, 2, 3)
    (one,) = (panel for panel in demo.view.panels if panel.id == "one")
    number = int(re.search(r"test digit (\d+)", one.caption)[1])
    label, seen = TEST.labels[number], shares[number].argmax()
    assert label != seen
    assert re.match(rf"A person wrote an? {label}; the network sees an? {seen}, ", demo.text)
    np.testing.assert_allclose(demo.output[11], shares[number], atol=1e-5)
    sheet = next(panel for panel in demo.view.panels if panel.id == "mistakes")
    row, col, height, width = sheet.block(2, 3, 1, 1)
    np.testing.assert_array_equal(sheet.pixels[row : row + height, col : col + width, 0], one.pixels[..., 0])


def test_certainty_and_being_right(posed):
    demo, shares = posed
    certain, right = shares.max(axis=1), shares.argmax(axis=1) == TEST.labels
    said = demo.text.partition("Its ")[2]
    assert f"accuracy on 355 digits is {100 * right.mean():.0f} %" in said
    assert f"its mean certainty {100 * certain.mean():.0f} %" in said
    assert f"in {(certain > 0.9).sum()}; where over 99 %" in said
    assert said.endswith(f"in {(certain > 0.99).sum()}.")


def test_what_the_lesson_may_claim():
    upright, turned = explore_mistakes().text, explore_mistakes("turned left").text
    assert "accuracy on 355 digits is 95 %, its mean certainty 95 %" in upright
    assert "three mistakes in 295; where over 99 %, no mistakes in 193" in upright
    assert "accuracy on 355 digits is 28 %, its mean certainty 63 %" in turned
    assert "16 mistakes in 61; where over 99 %, two mistakes in 7" in turned


def test_in_every_upright_mistake_the_right_digit_comes_second():
    shares = answers(0)
    order = shares.argsort(axis=1)
    wrong = order[:, -1] != TEST.labels
    assert wrong.sum() == 16
    assert (order[wrong, -2] == TEST.labels[wrong]).all()


def test_another_pose_begins_with_its_most_certain():
    demo = explore_mistakes()
    point(demo, 3, 1)
    demo.pose.value = "turned left"
    assert demo.text == explore_mistakes("turned left").text
    with pytest.raises(ValueError, match="digits: 'askew' is unknown"):
        explore_mistakes("askew")
