"""Template matching: the curve by hand, and any pattern against other routes."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from cnnlib import conv2d
from cnnlib.matching import CURVE, best_places, normalised_correlation, zero_mean
from cnnlib.pictures import picture

PATCH = picture("curve 7x7")
FLAT = np.full((7, 7), 50)
TURNS = [np.rot90(CURVE.matrix, k) for k in range(4)]
bytes_ = arrays(np.uint8, st.tuples(st.integers(4, 9), st.integers(4, 9)))
small = arrays(np.int64, st.tuples(st.integers(1, 4), st.integers(1, 4)), elements=st.integers(-9, 9))


def sum_of_products(window, kernel):
    return int((window * kernel).sum())


def test_the_numbers_of_the_lesson_by_hand():
    assert CURVE.matrix.sum() == 6 * 30
    assert sum_of_products(PATCH, CURVE.matrix) == 5 * 50 * 30 - 30 * 30 == 6600
    assert sum_of_products(PATCH, CURVE.matrix[::-1, ::-1]) == 3600
    assert sum_of_products(FLAT, CURVE.matrix) == 50 * 180 == 9000
    assert sum_of_products(np.full((7, 7), 255), CURVE.matrix) == 45_900
    assert sum_of_products(CURVE.matrix, CURVE.matrix) == 5400


def test_without_its_mean_the_detector_answers_to_the_curve_alone():
    kernel = zero_mean(CURVE)
    assert conv2d(PATCH, kernel).item() == pytest.approx(6600 - 180 / 49 * PATCH.sum())
    assert round(conv2d(PATCH, kernel).item()) == 4212
    assert conv2d(FLAT, kernel).item() == pytest.approx(0, abs=1e-9)


def test_normalised_the_curve_the_wall_and_the_template():
    assert normalised_correlation(PATCH, CURVE).round(3).tolist() == [[0.406]]
    assert normalised_correlation(FLAT, CURVE).tolist() == [[0]]
    assert normalised_correlation(CURVE, CURVE).item() == pytest.approx(1)
    assert normalised_correlation(-3 * CURVE.matrix + 7, CURVE).item() == pytest.approx(-1)


@given(kernel=small)
def test_zero_mean_keeps_differences_and_sums_to_zero(kernel):
    moved = zero_mean(kernel)
    assert moved.sum() == pytest.approx(0, abs=1e-9)
    np.testing.assert_allclose(moved - moved[0, 0], kernel - kernel[0, 0], atol=1e-9)


@given(image=bytes_, kernel=small)
def test_normalised_is_pearsons_r_of_each_window(image, kernel):
    found = normalised_correlation(image, kernel)
    rows, cols = kernel.shape
    for row, col in np.ndindex(found.shape):
        window = image[row : row + rows, col : col + cols]
        expected = 0.0
        if np.ptp(window.astype(int)) and np.ptp(kernel):
            expected = np.corrcoef(window.ravel(), kernel.ravel())[0, 1]
        assert found[row, col] == pytest.approx(expected, abs=1e-9)


@given(image=bytes_, kernel=small, gain=st.floats(0.1, 9), plus=st.floats(-99, 99))
def test_brightness_and_contrast_change_nothing(image, kernel, gain, plus):
    one, other = (normalised_correlation(i, kernel) for i in (image, image * gain + plus))
    np.testing.assert_allclose(one, other, atol=1e-6)


@pytest.mark.parametrize("gray", [0, 0.1, 7, 1e6])
def test_what_is_flat_gives_exactly_nothing(gray):
    assert not normalised_correlation(np.full((9, 9), gray), CURVE).any()
    assert not normalised_correlation(picture("animal"), np.full((3, 3), gray)).any()


@given(scores=bytes_, count=st.integers(1, 6), rows=st.integers(1, 4), cols=st.integers(1, 4))
def test_best_places_are_the_best_of_what_is_left(scores, count, rows, cols):
    places = best_places(scores, count, (rows, cols))
    values = [int(scores[place]) for place in places]
    assert values == sorted(values, reverse=True)
    assert values[0] == scores.max()
    for one, other in itertools.combinations(places, 2):
        assert abs(one[0] - other[0]) >= rows or abs(one[1] - other[1]) >= cols
    free = [
        at
        for at in np.ndindex(scores.shape)
        if all(abs(at[0] - r) >= rows or abs(at[1] - c) >= cols for r, c in places)
    ]
    assert len(places) == count or not free
    assert all(scores[at] <= values[-1] for at in free)


def test_best_places_of_equal_scores_are_the_first_in_reading_order():
    assert best_places(np.zeros((2, 3)), 2) == [(0, 0), (0, 1)]
    assert best_places([[1, np.nan, -2]], 5) == [(0, 0), (0, 2)]


def kinds(scores):
    """Say where in the drawing the three best windows lie: on the wall, over its edge, or on the snail."""
    windows = [picture("animal")[r : r + 7, c : c + 7] for r, c in best_places(scores, 3, 10)]
    return ["wall" if (w == 255).all() else "edge" if (w == 255).any() else "snail" for w in windows]


@pytest.mark.parametrize("kernel", TURNS)
def test_raw_sums_find_the_wall_and_normalised_ones_the_snail(kernel):
    image = picture("animal")
    raw = conv2d(image, kernel)
    assert raw.max() == 45_900
    assert kinds(raw) == ["wall"] * 3
    assert raw[:, 22:].max() == 28_800  # beside the wall
    assert kinds(normalised_correlation(image, kernel)) == ["snail"] * 3


def test_zero_mean_is_blind_to_the_wall_but_not_to_its_edge():
    zero = [conv2d(picture("animal"), zero_mean(kernel)) for kernel in TURNS]
    assert [kinds(scores)[0] for scores in zero] == ["snail", "snail", "edge", "snail"]
    assert kinds(zero[0]) == ["snail"] * 3
    assert kinds(zero[2]) == ["edge"] * 3
    assert round(zero[0].max()) == 19_316
    assert round(zero[2].max()) == 19_671
    assert round(zero[2][:, 22:].max()) == 19_242
    assert np.allclose(zero[2][:, :15], 0)


def test_the_best_match_of_the_drawing():
    best = normalised_correlation(picture("animal"), CURVE)
    assert best_places(best)[0] == (24, 32)
    assert round(best.max(), 3) == 0.599
    assert conv2d(picture("animal"), CURVE)[24, 32] == 28_140


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: zero_mean([1, 2]), r"^zero_mean: kernel has shape \(2,\); give rows and columns"),
        (lambda: normalised_correlation([], [[1]]), r"^normalised_correlation: image has shape \(0,\)"),
        (lambda: normalised_correlation([[1]], [1]), r"^normalised_correlation: kernel has shape \(1,\)"),
        (
            lambda: normalised_correlation([[1]], [[1, 2]]),
            r"^normalised_correlation: the 1 × 2 kernel is larg",
        ),
        (lambda: best_places([[1]], 0), r"^best_places: count 0 finds nothing; give at least 1"),
        (lambda: best_places([[1]], 1, 0), r"^best_places: apart must be a whole number"),
    ],
)
def test_what_makes_no_sense_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()
