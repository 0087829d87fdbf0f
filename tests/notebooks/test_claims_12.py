"""What lesson 12 says in words is true; letters are in tests/lessons/l12_inside_a_trained_network."""

import math
import re

import numpy as np
import pytest

from cnnlib import nn, softmax
from cnnlib.exercises import check_climb, check_covering, check_gram
from cnnlib.explore import (
    explore_architecture,
    explore_certainty,
    explore_fooling,
    explore_learned,
    explore_mistakes,
    explore_network,
    explore_style,
    explore_text,
    explore_timeline,
    explore_transfer,
)
from cnnlib.ledger import ledger
from cnnlib.lessons.l12_inside_a_trained_network.lenet_digit import digits_for_lenet
from cnnlib.lessons.l12_inside_a_trained_network.pen import DIGIT_PATHS
from cnnlib.lessons.l13_beyond.architectures import ARCHITECTURES
from cnnlib.lessons.l13_beyond.timeline import WINNERS


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
    assert "learns 63,802 parameters, 96.0 % of them in dense layers" in explore_architecture().text
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
        found[pose] = re.search(r"reads (\d+) % of 355 digits rightly and is (\d+) % certain", text).groups()
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


def test_before_its_training_the_transfer_demo_says_what_the_lesson_does():
    text = explore_transfer().text
    assert "1,010 parameters" in text
    assert "all 63,802 do" in text


def test_the_second_convolution_multiplies_most():
    rows = ledger((1, 32, 32), ARCHITECTURES["LeNet of this course"].layers).rows
    work = {row.layer.name: row.multiplications for row in rows}
    assert max(work, key=work.get) == "conv 5 × 5, 16"
    assert (work["conv 5 × 5, 16"], sum(row.multiplications for row in rows)) == (240_000, 418_600)
    learned = {row.layer.name: row.parameters for row in rows}
    assert max(learned, key=learned.get) == "dense 120"


def test_a_global_average_leaves_17_722():
    demo = explore_architecture(row=6, kind="global average")
    demo.insert.click()
    demo.row.value = 8
    demo.remove.click()
    assert demo.problem == ""
    assert demo.output.sum() == 17_722


def test_the_last_pooling_sees_36_pixels():
    demo = explore_architecture("(conv, conv, pool) × 3", row=15)
    assert "Row 15, max pool 2 × 2, makes 10 × 4 × 4; each sees 36 × 36 pixels" in demo.text


def test_only_vgg_learns_more_from_larger_photos():
    found = {}
    for name in ("VGG-16", "ResNet-18"):
        demo = explore_architecture(name)
        sizes = [demo.output.sum()]
        demo.side.value = 256
        found[name] = [*sizes, demo.output.sum()]
    assert found["VGG-16"] == [138_357_544, 169_814_824]
    assert len(set(found["ResNet-18"])) == 1


def test_resnet_left_out_the_largest_part_of_the_errors():
    errors = explore_timeline().output
    fewer = dict(zip((one.name for one in WINNERS[1:]), 1 - errors[1:] / errors[:-1], strict=True))
    first, second, third = sorted(fewer, key=fewer.get)[:-4:-1]
    assert (first, second, third) == ("ResNet-152", "GoogLeNet", "AlexNet")
    assert [round(100 * fewer[name]) for name in (first, third)] == [46, 41]


def test_shuffled_maps_keep_the_gram_matrix_and_shuffled_pixels_do_not():
    before = explore_style().output
    assert np.array_equal(explore_style(shuffle="the maps").output, before)
    assert not np.allclose(explore_style(shuffle="the pixels").output[0], before[0])
    assert [explore_style("noise", "wood", steps=n).text.split()[-3] for n in (0, 20)] == ["39", "1"]
    assert check_gram(lambda maps: np.einsum("fij,gij->fg", maps, maps) / maps[0].size).verdict == "right"


def test_ing_stands_at_5_10_and_21_and_one_letter_off_at_15():
    demo = explore_text()
    assert np.flatnonzero(demo.output).tolist() == [5, 10, 21]
    demo.place.value = 15
    assert "2 of 3 letters fit" in demo.text
    demo.differ.value = True
    assert np.flatnonzero(demo.output).tolist() == [5, 10, 15, 21]
