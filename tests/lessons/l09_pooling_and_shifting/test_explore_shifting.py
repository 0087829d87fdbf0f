"""Lesson 09, shifting: what the demos claim about moves, measured by other means."""

import numpy as np
import pytest
from scipy.signal import correlate2d

from cnnlib import KERNELS
from cnnlib.explore import explore_bright_pixel, explore_equivariance, explore_pool_shift
from cnnlib.pictures import picture

CAMERA = picture("camera").astype(int)
SYMMETRIC = {"identity", "box blur", "Gaussian blur", "Gaussian blur 5x5", "sharpen", "outline", "Laplacian"}


@pytest.mark.parametrize("kernel", KERNELS)
def test_a_shift_goes_with_every_kernel(kernel):
    demo = explore_equivariance(kernel=kernel)
    for right in (-24, -1, 1, 12, 24):
        demo.right.value = right
        assert not demo.output.any()
        assert "Both orders agree exactly" in demo.text
        assert demo.text.endswith("the same weights are used at every position.")


@pytest.mark.parametrize("kernel", KERNELS)
def test_a_quarter_turn_goes_with_kernels_that_look_the_same(kernel):
    demo = explore_equivariance(kernel=kernel, right=0, turns=1)
    assert (not demo.output.any()) == (kernel in SYMMETRIC)
    assert ("looks the same after this turn" in demo.text) == (kernel in SYMMETRIC)


@pytest.mark.parametrize("factor", ["half", "twice", "three times"])
@pytest.mark.parametrize("kernel", KERNELS)
def test_scale_goes_with_no_kernel_that_looks_at_neighbours(kernel, factor):
    demo = explore_equivariance(kernel=kernel, right=0, factor=factor)
    assert demo.output.any() == (kernel != "identity")


def test_the_numbers_of_the_turn():
    """By SciPy, on the places whose whole window is photo."""
    image, kernel = CAMERA[20:116, 70:166], KERNELS["Prewitt, columns"].matrix
    answer = correlate2d(image, kernel, mode="valid")
    gaps = np.rot90(answer) - correlate2d(np.rot90(image), kernel, mode="valid")
    demo = explore_equivariance(right=0, turns=1)
    np.testing.assert_array_equal(demo.output[1:-1, 1:-1], gaps)
    assert round(np.abs(gaps).mean(), 1) == 68.4
    assert round(np.abs(answer).mean(), 1) == 44.3
    assert (
        "differ at 95 % of the positions, by 68.4 on average, where the mean size of a response is 44.3"
        in demo.text
    )


def test_half_a_turn_changes_the_sign_of_an_edge_kernel():
    demo = explore_equivariance(right=0, turns=2)
    assert "by 88.7 on average" in demo.text
    demo.kernel.value = "line, vertical"
    assert not demo.output.any()


def test_nothing_moved_and_nothing_left():
    assert explore_equivariance(right=0).text == "Nothing is moved yet, so both orders give the same map."
    demo = explore_equivariance(np.ones((3, 3)), right=1)
    assert demo.text.endswith("No position is left at which neither order reads padding.")
    demo = explore_equivariance(np.full((9, 9), 7), "box blur", right=0, factor="twice")
    assert demo.text.endswith("this picture does not show the difference.")


def shares(shift, window, reduce):
    """Count with plain loops over windows, on another cut of the photo for each shift."""
    kernel = KERNELS["Prewitt, columns"].matrix
    before, after = (
        np.maximum(correlate2d(CAMERA[19:117, 69 - n : 167 - n], kernel, mode="valid"), 0) for n in (0, shift)
    )
    side = 96 // window
    pooled = [
        np.array(
            [
                [reduce(x[window * i : window * (i + 1), window * j : window * (j + 1)]) for j in range(side)]
                for i in range(side)
            ]
        )
        for x in (before, after)
    ]
    seen = (pooled[0] != 0) | (pooled[1] != 0)
    same = 100 * np.mean((pooled[0] == pooled[1])[seen])
    return round(same), round(100 * np.abs(pooled[1] - pooled[0]).mean() / pooled[0].mean())


@pytest.mark.parametrize(
    ("shift", "window", "kind", "stay", "change"),
    [
        (1, 2, "max", 27, 53),
        (1, 2, "average", 6, 66),
        (2, 2, "max", 5, 102),
        (1, 4, "max", 56, 25),
        (4, 4, "max", 11, 101),
        (1, 8, "max", 78, 7),
        (8, 8, "max", None, None),
    ],
)
def test_the_shares_that_a_shift_leaves(shift, window, kind, stay, change):
    counted = shares(shift, window, {"max": np.max, "average": np.mean}[kind])
    plain = shares(shift, 1, np.max)
    if stay is not None:
        assert counted == (stay, change)
    text = explore_pool_shift(kind=kind, shift=shift, window=window).text
    assert (
        f"{plain[0]} % of the map's numbers stay exactly as they are, and {counted[0]} % of the pooled"
        in text
    )
    assert f"changes by {plain[1]} % of its mean, the {kind}-pooled one by {counted[1]} %." in text


def test_unpooled_three_of_a_hundred_stay():
    assert shares(1, 1, np.max) == (3, 85)
    assert "A window of 1 pools nothing." in explore_pool_shift(window=1).text
    assert explore_pool_shift(shift=0).text == "Nothing is shifted yet, so nothing changes."


def test_one_step_across_the_edge_of_a_window():
    demo = explore_bright_pixel()
    assert demo.text.endswith("Of the 4 one-pixel steps from here, 2 leave the max pool as it is.")
    demo.col.value = 3
    assert demo.output.tolist() == [[0, 0, 0], [0, 9, 0], [0, 0, 0]]
    assert "the max pool stays as it was, because both are in one window" in demo.text
    demo.col.value = 4
    assert demo.output.tolist() == [[0, 0, 0], [0, 0, 9], [0, 0, 0]]
    assert "the max pool has changed, because that is another window" in demo.text


@pytest.mark.parametrize(("window", "at", "leave"), [(1, (1, 1), "not one leaves"), (3, (1, 1), "4 leave")])
def test_how_many_steps_are_not_noticed(window, at, leave):
    assert (
        f"Of the 4 one-pixel steps from here, {leave} the max pool"
        in explore_bright_pixel(window, at=at).text
    )


def test_at_the_border_fewer_steps_are_possible():
    assert explore_bright_pixel(at=(0, 0)).text.endswith(
        "Of the 2 one-pixel steps from here, 2 leave the max pool as it is."
    )
    assert "Of the 3 one-pixel steps from here, 2 leave" in explore_bright_pixel(at=(0, 2)).text
