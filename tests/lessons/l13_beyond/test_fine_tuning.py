"""Letters as by hand, and what LeNet's layers are worth for them: as measured."""

import numpy as np
import pytest

from cnnlib.exercises import EXERCISES
from cnnlib.lessons.l13_beyond.fine_tuning import (
    CONVOLUTIONS,
    LAST,
    WAYS,
    learning_parameters,
    transfer,
    transferred,
)
from cnnlib.nn import SGD, Conv2D, Dense, Flatten, Run, Sequential, letters, pretrained_lenet
from cnnlib.nn.handwriting import FORMS, printed, write


@pytest.fixture(scope="module")
def data():
    return letters()


def accuracy(data, number, kept, seed):
    """Train a new layer behind frozen ones; return the share of right answers."""
    run = transfer("frozen", data.train.take(10 * number, seed), data.test, kept=kept, seed=seed)
    for _ in run:
        pass
    return run.scores[run.total]


def test_letters_lie_as_lenet_wants_them(data):
    for part in (data.train, data.test):
        assert (part.images.min(), part.images.max()) == (0, 1)
        assert (part.images.max(axis=(1, 2, 3)) == 1).all()
        ink = part.images[:, 0]
        for axis in (1, 2):
            mass = (ink.sum(axis=3 - axis) * np.arange(32)).sum(axis=1) / ink.sum(axis=(1, 2))
            assert (abs(mass - 16) <= 0.51).all()
        tall, wide = (ink.any(axis=axis).sum(axis=1) for axis in (2, 1))
        assert (np.maximum(tall, wide) == 20).all()
        assert set(np.bincount(part.labels)) == {len(part) // 10}


def test_letters_are_the_same_for_a_seed_and_others_for_another(data):
    again, other = letters(train=500, test=300), letters(train=500, test=1, seed=1)
    np.testing.assert_array_equal(again.train.images, data.train.images)
    assert (other.train.images[:300] != data.train.images[:300]).any(axis=(1, 2, 3)).all()
    seen = {image.tobytes() for image in data.train.images}
    assert len(seen) == 500
    assert not seen & {image.tobytes() for image in data.test.images}


def test_a_printed_letter_is_nearest_to_its_own_kind(data):
    """What is drawn is what it is called: the mean picture of each letter is most like its printed form."""
    means = np.stack([data.train.images[data.train.labels == label, 0].mean(axis=0) for label in range(10)])
    plain = np.stack([printed(name) for name in data.classes])
    likeness = np.einsum("kij,lij->kl", plain, means) / np.linalg.norm(means, axis=(1, 2))
    assert [data.classes[i] for i in likeness.argmax(axis=1)] == list(FORMS)


@pytest.mark.parametrize("name", ["Q", "a", ["A"]])
def test_a_letter_that_nobody_wrote_is_refused(name):
    for function, call in (
        ("write", lambda: write(name, np.random.default_rng(0))),
        ("printed", lambda: printed(name)),
    ):
        with pytest.raises(ValueError, match=f"^{function}: letter .* is unknown; use one of A E F H"):
            call()


@pytest.mark.parametrize("train", [0, 1.5])
def test_no_letters_are_refused(train):
    with pytest.raises(ValueError, match="letters: train must be a whole number of at least 1"):
        letters(train=train)


@pytest.mark.parametrize(
    ("kept", "way", "learning"),
    [
        (LAST, "frozen", 100 * 10 + 10),
        (LAST, "fine-tuned", 63_802),
        (LAST, "from scratch", 63_802),
        (CONVOLUTIONS, "frozen", 400 * 10 + 10),
        (CONVOLUTIONS, "fine-tuned", 156 + 2_416 + 4_010),
    ],
)
def test_how_many_parameters_learn(kept, way, learning):
    assert learning_parameters(transferred(way, pretrained_lenet(), kept=kept, classes=10)) == learning


def test_the_fill_in_asks_for_what_learns():
    model = transferred("frozen", pretrained_lenet(), kept=LAST, classes=26)
    assert learning_parameters(model) == EXERCISES["12-head"].answer


def test_where_the_weights_come_from():
    old = pretrained_lenet()
    frozen, tuned, fresh = (transferred(way, old, kept=LAST, classes=7, seed=3) for way in WAYS)
    for name, weight in old.weights.items():
        if not name.startswith("11."):
            np.testing.assert_array_equal(frozen.weights[name], weight)
            np.testing.assert_array_equal(tuned.weights[name], weight)
            assert not np.shares_memory(tuned.weights[name], weight)
        if name.endswith("weight") and not name.startswith("11."):
            assert (fresh.weights[name] != weight).all()
    for model in (frozen, tuned, fresh):
        assert model.output_shape((1, 32, 32)) == (7,)
        np.testing.assert_array_equal(model.weights["11.weight"], frozen.weights["11.weight"])
    assert not any(layer.frozen for layer in old)


def test_features_computed_once_give_the_training_of_the_whole_network(data):
    """The shortcut: a frozen network, trained as a whole, learns the same last layer."""
    part = data.train.take(10, 0)
    short = transfer("frozen", part, data.test, steps=20)
    whole = transferred("frozen", pretrained_lenet(), kept=LAST, classes=10)
    long = Run(whole, part, data.test, looks=0, steps=20, batch_size=10, optimiser=SGD(whole, 0.01))
    for _ in zip(short, long, strict=True):
        pass
    np.testing.assert_allclose(short.losses, long.losses, rtol=1e-4)
    for name in ("weight", "bias"):
        np.testing.assert_allclose(
            short.model[0].weights[name], whole[LAST].weights[name], rtol=1e-3, atol=1e-5
        )
    np.testing.assert_array_equal(whole[0].weights["weight"], pretrained_lenet()[0].weights["weight"])


def test_frozen_convolutions_lose_with_one_label_and_win_with_twenty(data):
    seeds = range(3)

    def mean(number, kept):
        return np.mean([accuracy(data, number, kept, seed) for seed in seeds])

    assert mean(1, LAST) > mean(1, CONVOLUTIONS) + 0.03
    assert mean(20, CONVOLUTIONS) > mean(20, LAST) + 0.02


def test_mistakes_are_explained():
    with pytest.raises(
        ValueError, match="way 'half' is unknown; use one of frozen, fine-tuned, from scratch"
    ):
        transferred("half", pretrained_lenet(), kept=LAST, classes=10)
    for kept in (0, 8, 12, 99):
        with pytest.raises(
            ValueError, match=f"kept {kept} does not end before a dense layer; use one of 7, 9, 11"
        ):
            transferred("frozen", pretrained_lenet(), kept=kept, classes=10)
    small = Sequential(Conv2D(1, 2, 3), Flatten(), Dense(8, 2))
    assert transferred("frozen", small, kept=2, classes=3).output_shape((1, 4, 4)) == (3,)
