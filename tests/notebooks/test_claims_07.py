"""What lesson 07 says in words is true: each claim of its prose that no cell of the lesson computes."""

import numpy as np
import pytest
from test_claims import cells

from cnnlib import conv2d
from cnnlib.composition import compose_kernels
from cnnlib.drawing import shapes_image
from cnnlib.exercises import check_compose, check_relu, check_zero_mean
from cnnlib.explore import explore_activation, explore_collapse, explore_matching
from cnnlib.matching import CURVE, normalised_correlation
from cnnlib.pictures import picture


def boxes(demo):
    """Return the places that `next box` goes to, the best first."""
    demo.set(at=(0, 81))  # none of them
    places = []
    for _ in range(3):
        demo.next_hit.click()
        places.append(demo.at.value)
    return places


def test_the_detector_keeps_its_promise_without_the_wall():
    demo, snail = explore_matching("snail", at=(24, 15)), picture("snail")
    assert demo.output[24, 15] == demo.output.max()
    assert not any(len(np.unique(snail[r : r + 7, c : c + 7])) == 1 for r, c in boxes(demo))
    assert not picture("animal")[:, 21:24].any()  # between the wall and what is left of the picture
    assert (picture("animal")[:, :21] == 255).all()


def test_six_products_are_left_of_49_and_three_when_turned():
    curve, detector = picture("curve 7x7"), CURVE.matrix
    assert (np.count_nonzero(detector), detector.size) == (6, 49)
    left = curve * np.rot90(detector, 2)
    assert sorted(left[left > 0]) == [20 * 30, 50 * 30, 50 * 30]
    assert set(np.nonzero(left)[1]) == {3}
    assert (np.rot90(detector, 2) == detector[::-1, ::-1]).all()  # the flip of lesson 05


def test_the_least_of_the_eight_ways_is_3000():
    sums = {}
    for turn in (0, 90, 180, 270):
        for mirror in (False, True):
            sums[turn, mirror] = explore_matching("curve 7x7", turn=turn, mirror=mirror).output.item()
            laid = np.rot90(np.fliplr(CURVE.matrix) if mirror else CURVE.matrix, turn // 90)
            products = picture("curve 7x7") * laid
            assert products.sum() == sums[turn, mirror]
            assert (products >= 0).all()
    assert min(sums.values()) == 3000
    assert {way for way, value in sums.items() if value == 3000} == {(90, False), (270, False), (90, True)}


def test_raw_sums_go_to_the_wall():
    demo = explore_matching()
    assert demo.output[demo.at.value] == 28_140
    places = boxes(demo)
    assert all(col + 7 <= 21 for _, col in places)
    assert {demo.output[place] for place in places} == {45_900}


def test_zero_mean_goes_to_the_snail_and_turned_to_the_edge():
    demo = explore_matching(score="zero-mean")
    assert all(col > 21 for _, col in boxes(demo))
    demo.turn.value = "180°"
    edge = boxes(demo)
    assert all(col < 21 < col + 7 for _, col in edge)
    assert {round(demo.output[place]) for place in edge} == {19_671}
    assert round(demo.output[:, 22:].max()) == 19_242
    demo.score.value = "normalised"
    assert all(col > 21 for _, col in boxes(demo))
    assert demo.output.max().round(3) == 0.618
    assert demo.output[edge[0]].round(3) == demo.output[:, :22].max().round(3) == 0.323


def loop():
    """Return the lesson's own loop for the normalised score."""
    (source,) = [source for source in cells("07") if "def match" in source]
    names = {"np": np}
    exec(source.partition("assert")[0], names)
    return names["match"]


@pytest.mark.parametrize("gain", [0.5, 1, 3])
def test_normalised_the_pattern_itself_gets_1_at_any_brightness(gain):
    image = picture("animal")[20:40, 30:60].astype(float)
    match, pattern = loop(), image[3:10, 5:12]
    scores = match(gain * image + 40, pattern)
    assert scores[3, 5] == pytest.approx(1)
    assert np.abs(scores).max() <= 1 + 1e-12
    np.testing.assert_allclose(match(-image, pattern), -scores, atol=1e-12)
    np.testing.assert_allclose(normalised_correlation(image, pattern), scores, atol=1e-12)


def test_the_obvious_solutions_pass():
    assert check_zero_mean(lambda kernel: kernel - kernel.mean()).verdict == "right"
    assert check_relu(lambda values: np.maximum(values, 0)).verdict == "right"
    assert check_compose(copies).verdict == "right"


def copies(first, second):
    """Compose as the lesson's cell does, for kernels of any size."""
    both = np.zeros(np.add(first.shape, second.shape) - 1)
    for row, col in np.ndindex(second.shape):
        both[row : row + first.shape[0], col : col + first.shape[1]] += second[row, col] * first
    return both


def test_shares_of_zeros_and_slopes():
    demo = explore_activation()
    assert "Exactly 0: 8 % of the numbers before, 54 % after" in demo.text
    assert "−3.37 becomes 0, where the slope is 0." in demo.text
    demo.bias.value = -0.5
    assert "Exactly 0: 0 % of the numbers before, 95 % after" in demo.text
    demo.reset()
    for bend, slope in (("leaky ReLU", "0.1"), ("tanh", "0.0047")):
        demo.bend.value = bend
        assert f"where the slope is {slope}. " in demo.text


def test_two_layers_differ_from_one_with_a_bend_unless_the_first_is_a_blur():
    demo = explore_collapse()
    assert "the largest difference is 0" in demo.text
    demo.bend.value = True
    assert "up to 4608, at 26 % of the positions" in demo.text
    demo.first.value = "box blur"
    assert not demo.output.any()
    assert conv2d(shapes_image(56), np.ones((3, 3))).min() >= 0


def test_doubling_and_adding_ten_still_fold_into_one():
    image, a, b = picture("animal"), np.array([[-1, 0, 1]] * 3), np.array([[1, 2, 1]] * 3)
    once = conv2d(image, compose_kernels(a, b))
    assert (conv2d(2 * conv2d(image, a), b) == conv2d(image, 2 * compose_kernels(a, b))).all()
    assert (conv2d(conv2d(image, a) + 10, b) == once + 10 * b.sum()).all()
