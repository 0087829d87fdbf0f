"""What lesson 08 says in words is true: each claim of its prose that no cell computes."""

import numpy as np
import pytest
from choices import one_right
from test_claims import defined

from cnnlib import conv2d, layer_size, output_size, relu
from cnnlib.display import luma
from cnnlib.exercises import check_layer
from cnnlib.explore import explore_convolution, explore_filter_bank, explore_layer, explore_one_filter
from cnnlib.lessons.l08_a_real_layer.filters import BANK, FILTERS
from cnnlib.pictures import picture


def test_the_layer_of_the_lesson_passes_its_own_check():
    assert check_layer(defined("08", "layer_by_hand")).verdict == "right"


def test_a_bias_of_379_is_the_smallest_that_lets_the_outline_pass():
    biases = [*range(-500, 378, 50), 378, 379, 400, 500]
    passes = [bias for bias in biases if explore_one_filter(bias=bias).output[-1] > 0]
    assert passes == [379, 400, 500]


def test_one_filter_makes_one_map():
    shape = conv2d(np.ones((3, 5, 5)), np.ones((1, 3, 3, 3))).shape
    means = {
        "one map of 3 × 3": (1, 3, 3),
        "three maps of 3 × 3": (3, 3, 3),
        "one map of 3 × 3 × 3": (1, 3, 3, 3),
        "one map of 5 × 5": (1, 5, 5),
    }
    one_right("08-predict-one", lambda option: means[option] == shape)
    one_right("08-predict-relu", lambda option: int(option.replace("−", "-")) == relu(258 - 894 + 258))


def test_twice_as_many_filters_make_twice_as_many_maps_of_the_same_size():
    assert conv2d(np.ones((3, 32, 32)), np.ones((8, 3, 3, 3))).shape == (8, 30, 30)
    shape = conv2d(np.ones((3, 32, 32)), np.ones((16, 3, 3, 3))).shape
    one_right("08-predict-filters", lambda option: tuple(map(int, option.split(" × "))) == shape)


def test_a_filter_for_colours_gives_0_on_gray_and_nothing_else():
    gray = picture("camera").astype(int)
    edges = conv2d(gray, [[1, 0, -1]] * 3)
    response = conv2d(np.stack([gray] * 3), FILTERS["left redder, right bluer"][None])[0]
    means = {
        "0 everywhere": not response.any(),
        "the edges of the photo": (response == edges).all(),
        "the edges, twice as strong": (response == 2 * edges).all(),
        "0 in flat regions only": response[edges != 0].all(),
    }
    one_right("08-predict-gray", means.__getitem__)


def test_left_redder_right_bluer_answers_most_and_nothing_on_gray():
    name = "left redder, right bluer"
    answers = {each: explore_one_filter(filter=each).output[-2] for each in FILTERS}
    assert max(answers, key=answers.get) == name
    assert answers[name] == 766
    red, green, blue = FILTERS[name]
    assert (red == -blue).all()
    assert not green.any()
    gray = np.stack([picture("camera").astype(int)] * 3)
    assert not conv2d(gray, FILTERS[name][None]).any()


def test_seven_maps_of_164_and_one_of_them_all_but_empty_after_relu():
    demo = explore_filter_bank("coffee", 7, relu=True)
    assert demo.output.shape == (7, output_size(166, 3), 164)
    assert demo.output.min() == 0
    left = dict(zip(BANK, (demo.output > 0).sum(axis=(1, 2)), strict=True))
    assert left.pop("blue − yellow") == 52
    assert min(left.values()) > 10_000
    assert demo.output[0].size == 26_896


def test_the_centre_of_map_1_and_ten_more_for_its_bias():
    demo = explore_convolution("digits 5x5x3", stride=2, padding=1)
    before = demo.output
    demo.set(filter=1, row=1, col=1)
    assert "(−2) + (−3) + 4 + bias 0 = −1" in "".join(text for text, _ in demo.view.arithmetic)
    demo.bias.value = [[1], [10]]
    assert (demo.output - before).tolist() == [[[0] * 3] * 3, [[10] * 3] * 3]


def test_a_larger_picture_takes_more_multiplications_and_no_more_weights():
    demo = explore_layer()
    assert demo.output.tolist() == [6, 28, 28, 150, 6, 117_600]
    demo.size.value = 64
    assert demo.output.tolist() == [6, 60, 60, 150, 6, 540_000]
    assert [p for p in range(6) if output_size(32, 5, padding=p) == 32] == [2]


@pytest.mark.parametrize(("channels", "filters", "side"), [(1, 6, 5), (6, 16, 5), (3, 64, 3)])
def test_what_a_layer_learns_by_the_formula_of_the_summary(channels, filters, side):
    learned = layer_size((channels, 32, 32), filters, side).parameters
    assert learned == filters * (side * side * channels + 1)


def test_luma_is_a_convolution_of_1_by_1():
    photo = picture("coffee")
    weights = np.array([0.299, 0.587, 0.114]).reshape(1, 3, 1, 1)
    assert np.allclose(conv2d(np.moveaxis(photo, -1, 0), weights)[0], luma(photo))
