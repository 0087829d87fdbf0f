"""What lesson 10 says in words is true; what its trainings find is in tests/lessons/l10_why_convolution."""

import re

import numpy as np
import pytest
from choices import one_right

from cnnlib import receptive_field
from cnnlib.connections import KINDS, count_parameters
from cnnlib.explore import explore_connections, explore_parameters, explore_stack, explore_units
from cnnlib.lessons.l10_why_convolution.rivals import windows


def test_three_layers_have_225_81_and_9_weights():
    assert [explore_connections(kind).output.max() + 1 for kind in KINDS] == [225, 81, 9]


def test_each_shared_weight_is_used_nine_times():
    demo = explore_connections("convolution")
    assert np.unique(demo.output, return_counts=True)[1][1:].tolist() == [9] * 9
    assert "weight 4, which is used 9 times" in demo.text


def test_twice_the_side_leaves_156():
    demo = explore_parameters(32, kernel=5, filters=6)
    assert demo.output[:3].tolist() == [4_821_600, 122_304, 156]
    demo.size.value = 64
    assert demo.output[[0, 2]].tolist() == [88_495_200, 156]
    assert "88,495,200" in demo.text


def test_the_published_product_lacks_a_factor():
    demo = explore_parameters(32, kernel=3, filters=5, keep_size=True, biases=False)
    assert demo.output[1:3].tolist() == [46_080, 45]
    assert "(3·3·1) · 32·32·5 = 46,080" in "".join(text for text, _ in demo.view.arithmetic)
    demo.keep_size.value = False
    assert demo.output[1] == 40_500
    assert 32 * 32 * 5 * 3 == 46_080 // 3 == 15_360


def test_windows_of_their_own_take_300_times_as_much():
    own, shared = (
        sum(array.size for layer in windows(kind, 0) for array in layer.weights.values())
        for kind in (False, True)
    )
    assert own // shared == 308


def test_lenet_sees_5_6_14_and_16_pixels():
    demo, fields = explore_stack("LeNet"), []
    for count in (1, 2, 3, 4):
        demo.count.value = count
        fields.append(int(re.search(r"sees (\d+) × ", demo.text)[1]))
    assert fields == [5, 6, 14, 16]
    assert "its neighbour looks 4 pixels further on" in demo.text


def test_lenet_keeps_96_percent_in_its_dense_layers():
    dense = [(inputs + 1) * outputs for inputs, outputs in ((400, 120), (120, 100), (100, 10))]
    convolutions = [
        count_parameters("convolution", shape, f, 5) for shape, f in (((1, 32, 32), 6), ((6, 14, 14), 16))
    ]
    every = sum(dense) + sum(count.parameters for count in convolutions)
    assert (dense, every) == ([48_120, 12_100, 1_010], 63_802)
    assert f"{sum(dense) / every:.1%}" == "96.0%"


def test_a_hundred_units_know_the_curve_inside_only():
    demo = explore_units(100)
    inside, outside = map(float, re.findall(r"at most ([\d.]*\d)", demo.text))
    assert round(inside, 3) == 0.005
    assert 1.4 < outside < 1.5


def off(**settings):
    found = re.search(r"fit is off by (?:at most ([\d.]*\d)|less than)", explore_units(**settings).text)
    return float(found[1] or 0)


@pytest.mark.parametrize("unit", ["relu", "tanh"])
def test_the_step_alone_is_never_met(unit):
    assert min(off(count=n, curve="step", unit=unit, seed=s) for n in (10, 60, 100) for s in range(10)) >= 1
    assert max(off(count=100, curve=curve, unit=unit) for curve in ("wave", "parabola", "chirp")) < 0.1


def test_unshared_weights_grow_as_the_picture_and_dense_ones_as_its_square():
    grows = {
        kind: count_parameters(kind, (1, 64, 64), 5, 3, padding="same", bias=False).parameters
        / count_parameters(kind, (1, 32, 32), 5, 3, padding="same", bias=False).parameters
        for kind in KINDS
    }
    assert grows == {"dense": 16, "locally connected": 4, "convolution": 1}
    words = {1: "stays", 2: "doubles", 4: "becomes four times as large", 16: "becomes sixteen times as large"}
    one_right("10-predict-grow", lambda option: option == f"it {words[grows['locally connected']]}")


def test_a_dense_layer_on_a_photo_takes_4_gigabytes():
    weights = count_parameters("dense", (1, 1000, 1000), 1000, 1000, bias=False).parameters
    assert weights == 10**9
    assert weights * np.dtype(np.float32).itemsize == 4 * 10**9


def test_most_parameters_are_dense_in_lenet_and_not_where_maps_are_averaged_at_the_end():
    lenet, averaged = 61_230 / 63_802, 512 * 1000 / 11_689_512  # ResNet-18, as torchvision counts
    most = {lenet > 0.5, averaged > 0.5}
    means = {"in all of them": {True}, "in some of them": {True, False}, "in none of them": {False}}
    one_right("10-predict-most", lambda option: means[option] == most)


def test_the_third_layer_of_lenet_is_5_cells_wide_2_pixels_apart():
    assert np.diff(receptive_field([(5, 1), (2, 2), (5, 1), (2, 2)])).tolist() == [1, 8, 2]
    assert 8 == (5 - 1) * 2


@pytest.mark.parametrize(("channels", "filters"), [(1, 6), (3, 5)])
def test_with_one_place_all_layers_are_one(channels, filters):
    for kernel in range(1, 9):
        counts = {count_parameters(kind, (channels, 8, 8), filters, kernel).parameters for kind in KINDS}
        assert (len(counts) == 1) == (kernel == 8)
