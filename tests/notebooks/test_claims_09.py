"""What lesson 09 says in words is true: each claim of its prose that no cell computes."""

import re

import numpy as np
import pytest
from choices import one_right
from test_claims import cells, defined

from cnnlib import KERNELS, avg_pool2d, conv2d, max_pool2d, receptive_field, relu, sum_pool2d
from cnnlib.exercises import check_avg_pool, check_max_pool, get_prediction
from cnnlib.explore import (
    explore_bright_pixel,
    explore_equivariance,
    explore_pool_order,
    explore_pool_shift,
    explore_pooling,
    explore_strided,
)
from cnnlib.lessons.l09_pooling_and_shifting.feature_maps import BUST, answer_map
from cnnlib.pictures import picture
from cnnlib.transforms import rotate, shift

POOLS = {"max": max_pool2d, "average": avg_pool2d, "sum": sum_pool2d}


def test_almost_three_in_four_numbers_change_when_the_photo_moves_by_one():
    photo = picture("camera")
    assert 0.7 < np.mean(photo[:, 1:] != photo[:, :-1]) < 0.75


def test_four_maps_stay_four_and_a_window_sees_twice_as_far():
    demo = explore_pooling("four maps of a photo")
    assert demo.image.value.shape == (4, 32, 32)
    assert demo.output.shape == (4, 16, 16)
    assert receptive_field([(2, 2), (3, 1)])[-1] == 2 * 3


def test_the_loop_of_the_lesson_passes_and_one_word_makes_it_average():
    assert check_max_pool(defined("09", "max_pool_by_hand")).verdict == "right"
    (source,) = [source for source in cells("09") if "def max_pool_by_hand(" in source]
    assert source.count("max()") == 1
    names = {"np": np}
    exec(source.replace("max()", "mean()"), names)
    assert check_avg_pool(names["max_pool_by_hand"]).verdict == "right"


def test_a_window_of_3_at_stride_1_gives_2_by_2_and_15_wins_twice():
    demo = explore_pooling("4×4, up to 15")
    demo.window.value = 3
    demo.stride.value = 1
    assert demo.output.tolist() == [[15, 11], [15, 14]]


def test_twelve_of_sixteen_can_be_0_before_the_output_changes():
    demo = explore_pooling("4×4, up to 15")
    table, winners = demo.image.value, demo.output
    demo.image.value = np.where(np.isin(table, winners), table, 0)
    assert np.sum(demo.image.value == 0) == 12
    assert (demo.output == winners).all()
    for row, col in np.argwhere(demo.image.value):
        fewer = demo.image.value.copy()
        fewer[row, col] = 0
        assert (max_pool2d(fewer) != winners).any()


def test_orders_differ_nowhere_for_max_and_by_1_75_where_5_and_2_meet_what_is_negative():
    assert not explore_pool_order("max").output.any()
    demo = explore_pool_order("average")
    assert np.count_nonzero(demo.output) == 3
    assert demo.output.max() == demo.output[1, 0] == 1.75
    assert demo.image.value[2:, :2].tolist() == [[5, -6], [-1, 2]]
    assert "(5 + (−6) + (−1) + 2) / 4 = 0" in said(explore_pool_order("average", at=(1, 0)))


def said(demo):
    """Return the arithmetic that a demo writes out."""
    return "".join(text for line in [demo.view.arithmetic] for text, _ in line)


@pytest.mark.parametrize(("kind", "weight"), [("average", 1 / 4), ("sum", 1)])
def test_four_equal_weights_average_or_add(kind, weight):
    demo = explore_strided(kind, kernel=np.full((2, 2), weight))
    assert not demo.output.any()
    assert demo.text.startswith("Equal, whatever the map holds")


def test_a_single_1_hits_two_of_the_four_largest_numbers_at_most():
    singles = np.eye(4, dtype=int).reshape(4, 2, 2)
    hits = [int(np.sum(explore_strided("max", kernel=kernel).output == 0)) for kernel in singles]
    assert hits == [2, 0, 2, 0]


@pytest.mark.parametrize("name", KERNELS)
def test_every_kernel_agrees_after_any_shift(name):
    demo = explore_equivariance(kernel=name)
    for right in (-24, -1, 1, 12, 24):
        demo.right.value = right
        assert not demo.output.any()


def test_kernels_that_go_along_with_a_quarter_turn_and_with_scale():
    turned, scaled = set(), set()
    for name in KERNELS:
        demo = explore_equivariance(kernel=name, right=0, turns=1)
        turned |= {name} if not demo.output.any() else set()
        factors = [explore_equivariance(kernel=name, right=0, factor=f).output for f in FACTORS]
        scaled |= {name} if not np.any(factors) else set()
    blurs = {name for name in KERNELS if "blur" in name}
    assert turned == {"identity", "Laplacian", "outline", "sharpen", *blurs}
    assert scaled == {"identity"}


FACTORS = ("half", "twice", "three times")


def test_two_of_four_steps_go_unnoticed_and_all_four_from_the_middle_of_three():
    assert "Of the 4 one-pixel steps from here, 2 leave" in explore_bright_pixel().text
    for middle in (1, 4):
        assert (
            "Of the 4 one-pixel steps from here, 4 leave" in explore_bright_pixel(3, at=(middle, middle)).text
        )


def test_more_than_half_stay_from_a_window_of_4_on():
    stay = {window: numbers(explore_pool_shift(window=window))[:2] for window in range(2, 9)}
    assert {plain for plain, _ in stay.values()} == {3}
    assert (stay[2][1], stay[4][1]) == (27, 56)
    assert [window for window in stay if stay[window][1] > 50] == [4, 5, 6, 7, 8]


@pytest.mark.parametrize(("window", "change"), [(2, 66), (8, 16)])
def test_six_averages_of_100_stay_and_they_move_little(window, change):
    _, stay, _, by = numbers(explore_pool_shift(kind="average", window=window))
    assert (stay, by) == (6, change)


def numbers(demo):
    """Return the percentages of the last demo: of numbers that stay, and by how much they change."""
    return [int(n) for n in re.findall(r"(\d+) %", demo.text)]


def test_after_two_pixels_five_stay_and_all_are_found_one_place_to_the_right():
    assert numbers(explore_pool_shift(shift=2))[1] == 5
    maps = [answer_map(BUST._replace(left=BUST.left - moved), "Prewitt, columns") for moved in (0, 2)]
    before, after = map(max_pool2d, maps)
    assert (after[:, 1:] == before[:, :-1]).all()


def test_max_pooling_alone_tells_a_strong_response_from_four_weak_ones():
    one, four = np.reshape([8, 0, 0, 0], (2, 2)), np.full((2, 2), 2)
    tell = {kind for kind, pool in POOLS.items() if pool(one) != pool(four)}
    means = {"max only": {"max"}, "average only": {"average"}, "max and sum": {"max", "sum"}}
    one_right("09-predict-tell", lambda option: means.get(option, {*POOLS}) == tell)


def test_max_pooling_alone_commutes_with_relu():
    maps = np.random.default_rng(0).integers(-9, 10, (50, 4, 4))
    commute = {k for k in ("max", "average") if (relu(POOLS[k](maps)) == POOLS[k](relu(maps))).all()}
    means = {
        "for max pooling only": {"max"},
        "for average pooling only": {"average"},
        "for both": {"max", "average"},
        "for neither": set(),
    }
    one_right("09-predict-order", lambda option: means[option] == commute)


def test_four_weights_make_an_average_and_a_sum_and_no_largest_number():
    maps = np.random.default_rng(0).integers(-9, 10, (50, 4, 4)).astype(float)
    windows = maps.reshape(50, 2, 2, 2, 2).transpose(0, 1, 3, 2, 4).reshape(-1, 4)
    reached = set()
    for kind, pool in POOLS.items():
        wanted = pool(maps).ravel()
        weights = np.linalg.lstsq(windows, wanted, rcond=None)[0]  # the best there are
        reached |= {kind} if np.allclose(windows @ weights, wanted) else set()
    means = {"average and sum": {"average", "sum"}, "max only": {"max"}, "all three": {*POOLS}, "none": set()}
    one_right("09-predict-strided", lambda option: means[option] == reached)


def test_what_a_shift_and_a_turn_do_to_a_feature_map():
    photo, edge = picture("camera").astype(int), KERNELS["Prewitt, columns"].matrix
    before, after = conv2d(photo, edge), conv2d(shift(photo, right=12), edge)[:, 12:]
    shifted = {
        "it stays as it is": (after == before[:, 12:]).all(),
        "it moves 12 pixels to the right": (after == before[:, :-12]).all(),
        "it changes everywhere": not np.isin(after, before).any(),
    }
    one_right("09-predict-shift", shifted.__getitem__)
    turned = conv2d(rotate(photo, 1), edge)
    compared = {
        "it is the same": np.array_equal(turned, before),
        "it is the same, turned by 90°": np.array_equal(turned, rotate(before, 1)),
    }
    one_right("09-predict-turn", lambda option: compared.get(option, not any(compared.values())))


def test_one_right_answer_to_how_the_pooled_map_changes():
    dot = np.zeros((6, 6))
    dot[2, 3] = 9
    same = np.array_equal(max_pool2d(dot), max_pool2d(shift(dot, right=1)))
    one_right("09-predict-edge", lambda option: (option == "it stays as it is") == same)
    stay = numbers(explore_pool_shift())[1] / 100
    ranges = {
        "none": (0, 0),
        "fewer than half": (0.01, 0.5),
        "more than half": (0.5, 0.9),
        "nearly all": (0.9, 1),
    }
    one_right("09-predict-share", lambda option: ranges[option][0] <= stay <= ranges[option][1])


def test_with_stride_2_the_map_moves_along_with_shifts_of_2_only():
    photo, edge = picture("camera").astype(int), KERNELS["Prewitt, columns"].matrix
    before, by_2, by_1 = (conv2d(shift(photo, right=n), edge, stride=2) for n in (0, 2, 1))
    assert (by_2[:, 1:] == before[:, :-1]).all()
    assert not (by_1[:, 1:] == before[:, :-1]).all()
    assert not (by_1[:, 1:] == before[:, 1:]).all()


def test_zero_padding_marks_the_border():
    flat = conv2d(np.full((6, 6), 5), np.ones((3, 3), int), padding=1)
    inside = np.zeros((6, 6), bool)
    inside[1:-1, 1:-1] = True
    assert (flat[inside] == 45).all()
    assert (flat[~inside] < 45).all()


def test_pooling_saves_weights_of_the_dense_layer_behind_it():
    maps = np.zeros((16, 10, 10))
    assert (maps.size * 120, max_pool2d(maps).size * 120) == (192_000, 48_000)
    reveal = get_prediction("09-predict-weights").reveal
    assert "192,000" in reveal
    assert "48,000" in reveal
