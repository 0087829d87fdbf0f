"""Hidden units: solved as SciPy and hand would, nearer with each unit inside, and nothing outside."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cnnlib.lessons.l10_why_convolution.hidden_units import CURVES, UNITS, fit_units

X = np.linspace(-1, 1, 201)
WIDE = np.linspace(-2, 2, 401)
OUTSIDE = np.abs(WIDE) > 1


def gap(fit, curve, x=X):
    return np.abs(fit(x) - CURVES[curve](x)).max()


def test_no_unit_is_the_mean():
    assert fit_units([0, 1, 1], [1, 2, 6], 0)([-1, 5]).tolist() == [3, 3]


def test_one_unit_fits_its_own_bend():
    drawn = fit_units(X, X, 1)
    fit = fit_units(X, 3 * np.maximum(drawn.slopes * (X - drawn.places), 0) - 2, 1)
    assert (fit.weights[0], fit.bias) == (pytest.approx(3), pytest.approx(-2))


@pytest.mark.parametrize("curve", CURVES)
def test_the_least_squares_are_least(curve):
    y = CURVES[curve](X)
    fit = fit_units(X, y, 8, seed=3)
    rest = y - fit(X)
    hidden = np.maximum(fit.slopes * (X[:, None] - fit.places), 0)
    np.testing.assert_allclose(hidden.T @ rest, 0, atol=1e-8)  # normal equations
    assert abs(rest.sum()) < 1e-8


@settings(max_examples=25)
@given(st.integers(0, 9), st.sampled_from([*CURVES]), st.integers(0, 59))
def test_a_unit_more_never_fits_worse(seed, curve, count):
    y = CURVES[curve](X)
    fewer, more = (fit_units(X, y, n, seed=seed) for n in (count, count + 1))
    np.testing.assert_array_equal(more.places[:count], fewer.places)
    assert np.square(more(X) - y).sum() <= np.square(fewer(X) - y).sum() + 1e-6


def test_what_the_lesson_says_of_the_wave():
    fits = {count: fit_units(X, CURVES["wave"](X), count) for count in (10, 30, 100)}
    assert [round(gap(fit, "wave"), 3) for fit in fits.values()] == [0.208, 0.04, 0.005]
    assert all(gap(fit, "wave", WIDE[OUTSIDE]) > 1 for fit in fits.values())


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("seed", range(4))
def test_near_inside_says_nothing_of_outside(unit, seed):
    for curve in ("wave", "parabola"):
        fit = fit_units(X, CURVES[curve](X), 100, unit=unit, seed=seed)
        assert gap(fit, curve) < 0.05
        assert gap(fit, curve, WIDE[OUTSIDE]) > 1


@pytest.mark.parametrize("unit", UNITS)
def test_a_jump_is_never_met(unit):
    fine = np.linspace(-1, 1, 20001)
    for count in (10, 30, 100):
        assert gap(fit_units(X, CURVES["step"](X), count, unit=unit), "step", fine) > 0.7


def test_relu_units_go_on_straight():
    fit = fit_units(X, CURVES["wave"](X), 50)
    for far in (np.linspace(1, 2, 9), np.linspace(-2, -1, 9)):
        np.testing.assert_allclose(np.diff(fit(far), 2), 0, atol=1e-9)


@pytest.mark.parametrize(
    ("given_", "says"),
    [
        (([0], [1], 1), "are no points; give"),
        (([0, 1], [1], 1), "are no points; give"),
        (([0, 1], [1, 2], -1), "count must be a whole number of at least 0, not -1"),
        (([0, 1], [1, 2], 1.5), "count must be a whole number"),
    ],
)
def test_errors(given_, says):
    with pytest.raises(ValueError, match=f"fit_units: .*{says}"):
        fit_units(*given_)
    with pytest.raises(ValueError, match="fit_units: unit 'step' is unknown; use 'relu' or 'tanh'"):
        fit_units(X, X, 2, unit="step")
