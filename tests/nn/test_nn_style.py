"""Pictures that move towards a Gram matrix: the step against a numeric gradient, and where it ends."""

import numpy as np
import pytest

from cnnlib.lessons.l13_beyond.textures import LINES, gram_distance, texture
from cnnlib.nn import Conv2D, Dense, Flatten, ReLU, Sequential, match_gram
from cnnlib.nn.style import gram


@pytest.fixture
def lines():
    model = Sequential(Conv2D(1, 4, 3), ReLU()).astype(float)
    model[0].weights["weight"][...] = LINES
    return model


def style(model, picture):
    return gram(model(np.asarray(picture, float)[None, None])[0])


def loss(model, picture, target):
    return np.sum((gram(model(picture[None])[0]) - target) ** 2)


def test_the_step_follows_the_numeric_gradient():
    rng = np.random.default_rng(0)
    model = Sequential(Conv2D(2, 3, 2), ReLU(), seed=1).astype(float)
    picture = rng.uniform(100, 150, (2, 4, 5))
    target = gram(model(rng.uniform(100, 150, (1, 2, 4, 5)))[0])
    slope = np.zeros_like(picture)
    for place in np.ndindex(picture.shape):
        near = np.zeros_like(picture)
        near[place] = 1e-3
        slope[place] = (loss(model, picture + near, target) - loss(model, picture - near, target)) / 2e-3
    expected = picture - loss(model, picture, target) / np.sum(slope**2) * slope
    (found,) = match_gram(model, picture, target, steps=1)
    np.testing.assert_allclose(found, np.clip(expected, 0, 255), rtol=1e-6)


def test_noise_becomes_wood_to_these_filters(lines):
    target = style(lines, texture("wood"))
    before = {name: array.copy() for name, array in lines.weights.items()}
    distances = [
        gram_distance(style(lines, now), target)
        for now in match_gram(lines, texture("noise"), target, steps=20)
    ]
    assert len(distances) == 20
    assert round(100 * distances[-1]) == 1
    assert max(distances[10:]) < 0.04
    for name, array in lines.weights.items():
        np.testing.assert_array_equal(array, before[name])


def test_pixels_stay_what_pixels_can_be(lines):
    target = 50 * style(lines, texture("noise"))
    *_, last = match_gram(lines, texture("grass"), target, steps=5, high=200)
    assert (last.min(), last.max()) == (0, 200)


def test_there_is_nothing_to_do_where_the_picture_is_there(lines):
    target = style(lines, texture("grass"))
    assert [*match_gram(lines, texture("grass"), target, steps=9)] == []


@pytest.mark.parametrize(
    ("model", "target"),
    [
        (Sequential(Conv2D(1, 4, 3)), np.eye(3)),
        (Sequential(Flatten(), Dense(25, 4)), np.eye(4)),
    ],
)
def test_errors_name_the_remedy(model, target):
    with pytest.raises(ValueError, match=r"match_gram: the model makes .*; give a model that makes F maps"):
        next(match_gram(model, np.ones((5, 5)), target, steps=1))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"steps": -1}, "steps must be a whole number of at least 1, not -1"),
        ({"steps": 1.5}, "steps must be a whole number"),
        ({"high": -1}, "high must be a finite number of at least 0"),
        ({"picture": np.full((5, 5), np.nan)}, "picture or target hold NaN or infinity; give finite"),
        ({"target": np.full((4, 4), np.inf)}, "picture or target hold NaN or infinity; give finite"),
        ({"target": "wood"}, "cannot work with .* values; give"),
    ],
)
def test_nonsense_is_refused(lines, changed, said):
    given = {"picture": np.ones((5, 5)), "target": np.eye(4), "steps": 1} | changed
    with pytest.raises(ValueError, match=f"^match_gram: {said}"):
        next(match_gram(lines, **given))
