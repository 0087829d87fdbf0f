"""What lesson 09 says in words is true: each claim of its prose that no cell computes."""

import re

import numpy as np
import pytest
from test_claims import cells, defined

from cnnlib import KERNELS, max_pool2d, receptive_field
from cnnlib.exercises import check_avg_pool, check_max_pool
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
    return "".join(text for line in [demo.view.arithmetic] for text, _ in line).replace("\xa0", "")


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
