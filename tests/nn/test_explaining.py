"""What a network looks at: maps and patches against slow, independent ways; fooling keeps its promises."""

import itertools

import numpy as np
import pytest

from cnnlib import softmax
from cnnlib.nn import (
    Conv2D,
    Dense,
    Dropout,
    Flatten,
    MaxPool2D,
    ReLU,
    Sequential,
    centre_digit,
    digits,
    fool,
    occlusion_map,
    pretrained_lenet,
    saliency,
    top_patches,
)


@pytest.fixture(scope="module")
def model():
    return pretrained_lenet().astype(float)


@pytest.fixture(scope="module")
def pictures():
    return np.stack([centre_digit(image[0]) for image in digits().test.images[:40]])[:, None].astype(float)


def small(*first, seed=3):
    """A model of pictures (2, 6, 7) with three classes, in float64."""
    return Sequential(*first, Conv2D(2, 3, 3), ReLU(), Flatten(), Dense(60, 3), seed=seed).astype(float)


def random_picture(*shape, seed=1):
    return np.random.default_rng(seed).uniform(0, 1, shape)


@pytest.mark.parametrize(("window", "stride", "fill"), [(1, 1, 0), (3, 2, 0), (4, 1, 0.5), (6, 5, 0)])
def test_occlusion_by_a_loop(window, stride, fill):
    network, picture = small(), random_picture(2, 6, 7)
    found = occlusion_map(network, picture, 1, window, stride, fill=fill)
    tops, lefts = range(0, 7 - window, stride), range(0, 8 - window, stride)
    assert found.shape == (len(tops), len(lefts))
    certain = softmax(network(picture[None]))[0, 1]
    for (i, top), (j, left) in itertools.product(enumerate(tops), enumerate(lefts)):
        covered = picture.copy()
        for row, col in itertools.product(range(top, top + window), range(left, left + window)):
            covered[:, row, col] = fill
        np.testing.assert_allclose(found[i, j], certain - softmax(network(covered[None]))[0, 1], atol=1e-12)


def test_covering_paper_with_paper_changes_nothing(model, pictures):
    found = occlusion_map(model, pictures[8, 0], 3, 4, 4)
    empty = pictures[8, 0].reshape(8, 4, 8, 4).max(axis=(1, 3)) == 0
    assert 10 < empty.sum() < 60
    np.testing.assert_array_equal(found[empty], 0)
    np.testing.assert_array_equal(occlusion_map(model, np.zeros((32, 32)), 3, 8, 8), np.zeros((4, 4)))
    assert found.max() > 0.05


def test_saliency_against_finite_differences_small():
    network, picture, step = small(), random_picture(2, 6, 7), 1e-6
    found = saliency(network, picture, 2)
    assert found.shape == picture.shape
    for index in np.ndindex(picture.shape):
        nudge = np.zeros(picture.shape)
        nudge[index] = step
        up, down = network(np.stack([picture + nudge, picture - nudge]))[:, 2]
        assert found[index] == pytest.approx((up - down) / (2 * step), abs=1e-6)


def test_saliency_against_finite_differences_lenet(model, pictures):
    picture, step = pictures[8, 0] + random_picture(32, 32) / 100, 1e-6  # no two pixels tie in a pool
    found = saliency(model, picture, 3)
    for index in [(10, 12), (16, 16), (20, 18), (0, 0), (25, 14)]:
        nudge = np.zeros(picture.shape)
        nudge[index] = step
        up, down = model(np.stack([picture + nudge, picture - nudge])[:, None])[:, 3]
        assert found[index] == pytest.approx((up - down) / (2 * step), abs=1e-5)


def test_saliency_drops_nothing():
    picture = random_picture(2, 6, 7)
    np.testing.assert_array_equal(
        saliency(small(Dropout(0.9)), picture, 0), saliency(small(Layerless()), picture, 0)
    )


class Layerless(ReLU):
    """A layer in the place of Dropout, so that both models draw the same weights: pictures are positive."""


@pytest.mark.parametrize(("layer", "side"), [(0, 5), (2, 6), (3, 14), (5, 16)])
def test_top_patches_alone_give_the_same_answer(model, pictures, layer, side):
    """Nothing but its receptive field counts: the patch as a picture of its own makes a map of one number."""
    found = top_patches(model, layer, pictures, 4)
    filters = len(found.answers)
    assert found.images.shape == (filters, 4, 1, side, side)
    for k in range(filters):
        alone = model[: layer + 1](found.images[k])
        assert alone.shape == (4, filters, 1, 1)
        np.testing.assert_allclose(alone[:, k, 0, 0], found.answers[k], atol=1e-12)


def test_top_patches_are_the_highest_of_their_pictures(model, pictures):
    found, maps = top_patches(model, 4, pictures, 6), model[:5](pictures)
    for k, answers in enumerate(found.answers):
        np.testing.assert_array_equal(answers, sorted(maps[:, k].max(axis=(1, 2)), reverse=True)[:6])
        assert len(set(found.numbers[k])) == 6
        for answer, number, (row, col) in zip(answers, found.numbers[k], found.places[k], strict=True):
            assert maps[number, k, row, col] == answer


def test_top_patches_lie_where_they_say(model, pictures):
    found = top_patches(model, 3, pictures, 3)
    for k, i in np.ndindex(found.answers.shape):
        row, col = found.corners[k, i]
        np.testing.assert_array_equal(
            found.images[k, i, 0], pictures[found.numbers[k, i], 0, row : row + 14, col : col + 14]
        )


def test_top_patches_with_padding_and_oblong_windows():
    network = Sequential(
        Conv2D(2, 3, (3, 5), padding=(1, 2)), ReLU(), MaxPool2D((2, 1)), Conv2D(3, 4, 3, stride=2, padding=1)
    ).astype(float)
    x = random_picture(5, 2, 12, 11)
    found, maps = top_patches(network, 3, x, 5), network(x)
    assert found.images.shape == (4, 5, 2, 8, 7)
    assert found.corners.min() < 0
    for k, i in np.ndindex(found.answers.shape):
        number, (row, col), (top, left) = found.numbers[k, i], found.places[k, i], found.corners[k, i]
        assert maps[number, k, row, col] == found.answers[k, i]
        # all else of the picture may change, and the answer stays; the patch may not
        rows, cols = np.mgrid[:12, :11]
        seen = (rows >= top) & (rows < top + 8) & (cols >= left) & (cols < left + 7)
        other = np.where(seen, x[number], random_picture(2, 12, 11, seed=9))
        assert network(other[None])[0, k, row, col] == pytest.approx(found.answers[k, i], abs=1e-12)
        wide = np.pad(x[number], ((0, 0), (9, 9), (9, 9)))
        patch = wide[:, top + 9 : top + 17, left + 9 : left + 16]
        np.testing.assert_array_equal(found.images[k, i], patch)


@pytest.mark.parametrize("label", [0, 5, 8, 9])
@pytest.mark.parametrize("number", [0, 8])
def test_fooling_reaches_its_class_and_stays_near(model, pictures, number, label):
    picture = pictures[number, 0]
    before = {name: array.copy() for name, array in model.weights.items()}
    *_, last = way = [*fool(model, picture, label, 60, 0.1, limit=0.25)]
    assert len(way) == 60
    assert last.probabilities.argmax() == label
    assert last.probabilities[label] > 0.99
    for number, step in enumerate(way, 1):
        assert np.abs(step.picture - picture).max() <= 0.25 + 1e-12
        assert 0 <= step.picture.min() <= step.picture.max() <= 1
        assert np.linalg.norm(step.picture - picture) <= 0.1 * number + 1e-12
        np.testing.assert_allclose(step.probabilities, softmax(model(step.picture[None, None]))[0])
    assert all(np.array_equal(array, before[name]) for name, array in model.weights.items())


def test_a_step_goes_up_the_hill():
    """The first step of a linear model: along the difference of its classes' weights."""
    network = Sequential(Flatten(), Dense(4, 2)).astype(float)
    network[1].weights["weight"][...] = [[3, 0, 0, 0], [0, 4, 0, 0]]
    (step,) = fool(network, np.full((2, 2), 0.5), 0, 1, 0.05)
    np.testing.assert_allclose(step.picture, [[0.5 + 0.05 * 0.6, 0.5 - 0.05 * 0.8], [0.5, 0.5]])


def test_two_climb_in_turns_and_neither_notices(model, pictures):
    one, other = ([*fool(model, pictures[n, 0], 8, 5, 0.1)] for n in (0, 8))
    turns = zip(*(fool(model, pictures[n, 0], 8, 5, 0.1) for n in (0, 8)), strict=True)
    for (first, second), alone, also in zip(turns, one, other, strict=True):
        np.testing.assert_array_equal(first.picture, alone.picture)
        np.testing.assert_array_equal(second.picture, also.picture)


def test_noise_of_the_same_length_fools_nobody(model, pictures):
    """What the lesson says beside the demo: it is the direction that fools, not the size of the change."""
    picture = pictures[8, 0]
    way = fool(model, picture, 8, 60, 0.1)
    fooled = next(step.picture for step in way if step.probabilities[8] > 0.99)
    noise = np.random.default_rng(0).normal(size=(50, 32, 32))
    noise *= np.linalg.norm(fooled - picture) / np.linalg.norm(noise, axis=(1, 2), keepdims=True)
    assert set(model.predict(np.clip(picture + noise, 0, 1)[:, None])) == {3}


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda m, x: occlusion_map(m, x, 0, 7, 1), "occlusion_map: window 7 .* smaller window"),
        (lambda m, x: occlusion_map(m, x, 3, 2, 1), "occlusion_map: label 3 is no class"),
        (lambda m, x: occlusion_map(m, x, 0, 2, 0), "occlusion_map: stride must be"),
        (lambda m, x: saliency(m, x, -1), "saliency: label -1 is no class"),
        (lambda m, x: saliency(m, x[None], 0), r"saliency: picture \(1, 2, 6, 7\) must be"),
        (lambda m, x: top_patches(m, 4, x[None], 1), "top_patches: there is no layer 4; choose 0 to 3"),
        (lambda m, x: top_patches(m, 3, x[None], 1), r"layer 3, Dense\(60, 3\), makes no maps"),
        (lambda m, x: top_patches(m, 0, x[None], 2), "N at least 2"),
        (lambda m, x: next(fool(m, x - 1, 0, 1, 0.1)), "fool: picture from -1.0 to"),
        (lambda m, x: next(fool(m, x, 0, 1, 0)), "rate 0 and limit 0.25; give"),
        (lambda m, x: next(fool(m, x, 5, 1, 0.1)), "fool: label 5 is no class"),
    ],
)
def test_errors_name_the_remedy(call, said):
    with pytest.raises(ValueError, match=said):
        call(small(), np.zeros((2, 6, 7)))
