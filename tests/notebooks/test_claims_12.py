"""What lesson 12 says in words is true."""

import math
import re

import numpy as np
import pytest
from scipy.ndimage import affine_transform, label

from cnnlib import nn, softmax
from cnnlib.exercises import check_climb, check_covering
from cnnlib.explore import (
    explore_certainty,
    explore_fooling,
    explore_learned,
    explore_mistakes,
    explore_network,
)
from cnnlib.lessons.l12_inside_a_trained_network.lenet_digit import digits_for_lenet
from cnnlib.lessons.l12_inside_a_trained_network.mistakes import reliability
from cnnlib.lessons.l12_inside_a_trained_network.pen import DIGIT_PATHS, pen_frames


@pytest.fixture(scope="module")
def model():
    return nn.pretrained_lenet()


@pytest.fixture(scope="module")
def three():
    return nn.centre_digit(nn.digits().test.images[23, 0])


def certainty(model, digit):
    return lambda picture: float(softmax(model(np.asarray(picture)[None, None]))[0, digit])


def test_lenet_has_the_sizes_and_the_parameters(model):
    shapes = [model[:end].output_shape((1, 32, 32)) for end in (1, 3, 4, 6, 7)]
    assert [shape[-1] for shape in shapes] == [28, 14, 10, 5, 400]
    assert math.prod(shapes[0]) == 4_704
    learned = sum(array.size for layer in model for array in layer.weights.values())
    assert learned == 63_802
    assert f"{nn.LENET_ACCURACY:.1%}" == "99.4%"


@pytest.mark.parametrize(("layer", "before", "maps"), [("pool 2", "conv 2", 1), ("conv 2", "pool 1", 6)])
def test_a_pool_2_unit_reads_one_map_and_a_conv_2_unit_six(layer, before, maps):
    demo = explore_network(layer=layer)
    assert [(window.of, window.on) for window in demo.view.windows].count((layer, before)) == maps


def test_a_score_adds_a_hundred_products_and_a_bias():
    demo = explore_network(depth="arithmetic", layer="scores")
    demo.whole.value = True
    written = "".join(text for text, _ in demo.view.arithmetic)
    assert written.count("·") == 100
    assert "(its bias)" in written


def test_the_8_jumps_ahead_when_its_last_loop_closes():
    demo = explore_certainty("8")
    shares = []
    for step in range(demo.step.max + 1):
        demo.step.value = step
        shares.append(demo.output)
    leads = np.argmax(shares, axis=1)
    assert np.flatnonzero(leads == 8)[0] == 44
    assert leads[43] == 9
    assert (leads[44:] == 8).all()


@pytest.mark.parametrize("digit", DIGIT_PATHS)
def test_before_the_pen_begins_a_1_is_seen(digit):
    demo = explore_certainty(digit)
    demo.step.value = 0
    assert demo.output.argmax() == 1


def test_only_the_1_is_never_taken_for_another():
    texts = {digit: explore_certainty(digit).text for digit in DIGIT_PATHS}
    assert [digit for digit, text in texts.items() if "It has seen nothing else so far" in text] == ["1"]


def test_the_middle_of_test_digit_8_counts_most():
    text = explore_learned("covering", 8).text
    assert "With rows 18 to 23 and columns 18 to 23 covered" in text
    assert "now sees a 1" in text


def test_filter_4_likes_ink_on_the_left(model):
    patches = nn.top_patches(model, 0, digits_for_lenet()[0][:, None], 6).images[4]
    left, right = patches[..., :2], patches[..., 3:]
    assert (left.mean(axis=(-2, -1)) > 0.5).all()
    assert (right.mean(axis=(-2, -1)) < 0.1).all()


def test_the_gradient_foretells_the_change():
    assert "by +0.207; tried, it does by +0.204" in explore_learned("gradient", 8).text


def covering(certainty, picture, window, stride):
    rows, cols = (range(0, side - window + 1, stride) for side in picture.shape)
    lost = np.full((len(rows), len(cols)), certainty(picture))
    for row, top in enumerate(rows):
        for col, left in enumerate(cols):
            covered = picture.copy()
            covered[top : top + window, left : left + window] = 0
            lost[row, col] -= certainty(covered)
    return lost


def test_the_learners_covering_is_the_demos_map(model, three):
    found = covering(certainty(model, 3), three, 6, 2)
    np.testing.assert_allclose(found, explore_learned("covering", 23).output, atol=1e-5)
    assert check_covering(covering).verdict == "right"


def test_certainty_falls_less_than_right_answers():
    found = {}
    for pose in ("upright", "turned left"):
        text = explore_mistakes(pose).text
        found[pose] = re.search(
            r"accuracy on 355 digits is (\d+) %, its mean certainty (\d+) %", text
        ).groups()
    assert found == {"upright": ("95", "95"), "turned left": ("28", "63")}


@pytest.mark.parametrize(("target", "steps"), [(8, 25), (7, 18)])
def test_so_many_steps_fool(target, steps):
    shares = [
        softmax(nn.pretrained_lenet()(explore_fooling(23, target, steps=taken).output[None, None]))[0, target]
        for taken in (steps - 1, steps)
    ]
    assert shares[0] < 0.99 <= shares[1]  # where the demo stops


def climb(picture, gradient, rate):
    return np.clip(picture + rate * gradient, 0, 1)


def test_the_learners_climb_needs_15_steps(model, three):
    assert check_climb(climb).verdict == "right"
    picture, shares = three, []
    for _ in range(15):
        picture = climb(picture, nn.saliency(model, picture, 8), 0.05)
        shares.append(certainty(model, 8)(picture))
    assert shares[13] <= 0.99 < shares[14]


# ---- filters, covering, gradient
def test_the_weights_of_filter_4_are_positive_left_and_negative_right(model):
    kernel = model[0].weights["weight"][4, 0]
    assert kernel[:, 0].min() > 0 > kernel[:, 2:].max()


def test_arches_loops_and_the_foot_of_a_2():
    pictures, labels = digits_for_lenet()
    found = nn.top_patches(nn.pretrained_lenet(), 3, pictures[:, None], 4)
    arches, loops, feet = (found.images[k, :, 0] for k in (8, 12, 9))
    assert all(label(arch[-1] > 0.35)[1] == 2 for arch in arches)  # open below: two legs
    assert sum(_holes(loop > 0.35) for loop in loops) >= 2 > 0 == sum(_holes(foot > 0.35) for foot in feet)
    assert (labels[found.numbers[9]] == 2).all()
    assert (feet[:, 8:10].mean(axis=(1, 2)) > 1.8 * feet[:, :4].mean(axis=(1, 2))).all()  # its line


def _holes(ink):
    """Count pieces of paper that do not reach the border."""
    return label(np.pad(~ink, 1, constant_values=True))[1] - 1


def test_a_unit_of_conv_2_sees_14_pixels():
    assert explore_learned(layer="conv 2").text.count("14 × 14 pixels") == 1


def test_the_square_over_most_ink_costs_nothing_and_paper_on_paper_exactly_nothing(model):
    three, lost = digits_for_lenet()[0][23], explore_learned("covering", 23).output
    ink = np.array([[three[2 * i :, 2 * j :][:6, :6].sum() for j in range(14)] for i in range(14)])
    assert abs(lost[np.unravel_index(ink.argmax(), ink.shape)]) < 0.01
    assert (lost[ink == 0] == 0).all()
    assert (lost.size, lost.max() > 0.9) == (196, True)  # and the whole picture: asked 197 times


def test_some_paper_pixels_have_slopes_almost_as_large(model):
    three = digits_for_lenet()[0][8]
    slopes = np.abs(explore_learned("gradient", 8).output)
    assert slopes[three == 0].max() > 0.85 * slopes.max()


# ---- calibration
def test_lenet_is_calibrated_on_upright_digits_and_overconfident_on_turned_ones(model):
    pictures, labels = digits_for_lenet()
    upright = reliability(softmax(model.outputs(pictures[:, None])), labels)
    assert all(abs(certain - right) < 0.05 for certain, right, count in upright if count > 12)
    demo = explore_mistakes("turned left")
    alt = next(panel for panel in demo.view.panels if panel.id == "reliability").alt
    pairs = re.findall(r"about (\d+) % certain, (\d+) % right", alt)
    assert len(pairs) == 4
    assert all(int(certain) > int(right) + 20 for certain, right in pairs)


# ---- fooling
def test_the_same_changes_shuffled_do_not_fool(model, three):
    *_, fooled = nn.fool(model, three, 8, steps=25, rate=0.1)
    changes = fooled.picture - three
    assert (np.abs(changes) > 0.01).sum() > 200  # hundreds of pixels
    chance = np.random.default_rng(0)
    shuffled = np.stack([np.clip(three + chance.permuted(changes), 0, 1) for _ in range(100)])
    assert (model.outputs(shuffled[:, None]).argmax(axis=1) == 3).all()


def test_a_digit_in_a_corner_is_read_as_in_the_middle():
    pen = np.zeros((24, 24))
    strokes = pen_frames([8 * np.array(DIGIT_PATHS["3"][0]) + 2], 12)[-1]
    for row, col in ((0, 0), (6, 6), (12, 12)):
        drawing = pen.copy()
        drawing[row : row + 12, col : col + 12] = strokes
        view = explore_network.view(depth="answer", drawing=drawing)
        assert view.output.argmax() == 3


@pytest.mark.parametrize("lean", [-0.25, 0.25])  # columns a row: about 14°
def test_slanted_digits_are_read_almost_as_well(model, lean):
    pictures, labels = digits_for_lenet()
    upright = (model.outputs(pictures[:, None]).argmax(axis=1) == labels).mean()
    matrix, offset = [[1, 0], [lean, 1]], [0, -lean * 15.5]
    slanted = np.stack([affine_transform(each, np.array(matrix), offset, order=1) for each in pictures])
    assert (model.outputs(slanted[:, None]).argmax(axis=1) == labels).mean() > upright - 0.03
