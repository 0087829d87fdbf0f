"""Training: the same from the same seed, stopped and continued, interrupted, diverged."""

import copy
import itertools
from types import SimpleNamespace

import numpy as np
import pytest

from cnnlib.nn import (
    SGD,
    Adam,
    Conv2D,
    Dense,
    Dropout,
    Flatten,
    MaxPool2D,
    ReLU,
    Sequential,
    Step,
    TrainingDiverged,
    batches,
    mean_squared_error,
    random_shift,
    softmax_cross_entropy,
    train,
)


def stripes(count=100, seed=0):
    """Return noisy pictures with a bright row (class 0) or a bright column (class 1), somewhere."""
    rng = np.random.default_rng(seed)
    images = rng.random((count, 1, 8, 8), dtype=np.float32) / 2
    labels = rng.integers(0, 2, count)
    for image, label, place in zip(images[:, 0], labels, rng.integers(0, 8, count), strict=True):
        (image.T if label else image)[place] += 0.5
    return SimpleNamespace(images=images, labels=labels)


def network(seed=0):
    layers = Conv2D(1, 4, 3), ReLU(), MaxPool2D(2), Flatten(), Dropout(0.1), Dense(36, 2)
    return Sequential(*layers, seed=seed)


def copies(model):
    return {name: array.copy() for name, array in model.weights.items()}


def same(one, other):
    return all((array == other[name]).all() for name, array in one.items())


def finite(model):
    return all(np.isfinite(array).all() for array in model.weights.values())


@pytest.fixture(scope="module")
def data():
    return stripes()


def test_it_learns_what_it_has_not_seen():
    model, held_out = network(), stripes(200, seed=1)
    before = model.accuracy(held_out)
    steps = list(train(model, stripes(600), epochs=10, batch_size=16, optimiser=Adam(model, 0.01)))
    assert before < 0.7
    assert model.accuracy(held_out) > 0.95
    assert np.mean([s.loss for s in steps[-10:]]) < 0.3 * np.mean([s.loss for s in steps[:10]])


def test_one_step_is_a_batch_forward_its_loss_backward_and_the_weights_moved(data):
    model, by_hand = network(), network()
    step = next(train(model, data, batch_size=100, optimiser=SGD(model, learning_rate=0.1)))

    order = np.random.default_rng([0, 1]).permutation(100)
    outputs = by_hand.forward(data.images[order], training=True)
    loss, gradient = softmax_cross_entropy(outputs, data.labels[order])
    by_hand.backward(gradient)
    SGD(by_hand, learning_rate=0.1).step()

    assert same(model.weights, by_hand.weights)
    accuracy = np.mean(outputs.argmax(axis=1) == data.labels[order])
    assert step == Step(number=1, total=5, epoch=1, epochs=5, batches=1, loss=loss, accuracy=accuracy)


def test_steps_are_counted(data):
    steps = list(train(network(), data, epochs=2, batch_size=40))
    assert [s.number for s in steps] == [1, 2, 3, 4, 5, 6]
    assert [s.epoch for s in steps] == [1, 1, 1, 2, 2, 2]
    assert [s.ends_epoch for s in steps] == [False, False, True] * 2
    assert {(s.total, s.epochs, s.batches) for s in steps} == {(6, 2, 3)}


def test_every_picture_is_seen_once_an_epoch_in_another_order(data):
    seen = []

    def watched(outputs, labels):
        seen.append(labels)
        return softmax_cross_entropy(outputs, labels)

    numbered = SimpleNamespace(images=data.images, labels=np.arange(100))
    model = Sequential(Flatten(), Dense(64, 100))
    list(train(model, numbered, epochs=2, batch_size=40, loss=watched, seed=3))
    first, second = np.concatenate(seen[1:4]), np.concatenate(seen[4:])  # seen[0]: the loss before training
    assert [len(s) for s in seen[1:]] == [40, 40, 20] * 2
    assert sorted(first) == sorted(second) == list(range(100))
    assert (first != second).any()


@pytest.mark.parametrize("make", [SGD, Adam])
def test_the_same_seed_gives_the_same_weights_bit_for_bit(data, make):
    def run(seed):
        model = network()
        losses = [s.loss for s in train(model, data, epochs=2, optimiser=make(model), seed=seed)]
        return model.weights, losses

    (one, losses), (again, same_losses), (other, _) = run(1), run(1), run(2)
    assert losses == same_losses
    assert same(one, again)
    assert not same(one, other)


def test_stopping_looking_and_going_on_equals_one_run(data):
    whole, stopped = network(), network()
    losses = [s.loss for s in train(whole, data, epochs=3, batch_size=16)]

    steps = train(stopped, data, epochs=3, batch_size=16)
    first = [s.loss for s in itertools.islice(steps, 9)]
    stopped.accuracy(data)
    stopped.activations(data.images[:3])
    assert first + [s.loss for s in steps] == losses
    assert same(whole.weights, stopped.weights)


def test_two_trainings_side_by_side_do_not_disturb_each_other(data):
    alone = network(1)
    list(train(alone, data, epochs=1, seed=1))
    one, other = network(1), network(2)
    for _ in itertools.zip_longest(train(one, data, epochs=1, seed=1), train(other, data, epochs=1, seed=2)):
        pass
    assert same(one.weights, alone.weights)


def test_the_data_stays_as_it_is():
    data = stripes()
    data.images.flags.writeable = data.labels.flags.writeable = False
    before = data.images.copy()
    list(train(network(), data, epochs=1))
    assert (data.images == before).all()


@pytest.mark.parametrize("part", ["forward", "backward"])
@pytest.mark.parametrize("index", range(6))
def test_interrupted_in_any_layer_the_model_stays_usable(data, part, index):
    model = network()
    steps = train(model, data, batch_size=16)
    next(steps)
    before = copies(model)

    def interrupt(*args, **settings):
        raise KeyboardInterrupt

    setattr(model[index], part, interrupt)
    with pytest.raises(KeyboardInterrupt):
        next(steps)
    delattr(model[index], part)
    assert same(before, model.weights)
    assert (model(data.images) == model(data.images)).all()  # no Dropout left switched on
    assert next(train(model, data)).number == 1


def test_interrupted_while_the_weights_move_the_model_stays_usable(data):
    model = network()
    optimiser = SGD(model)

    class Interrupting(dict):
        def items(self):
            yield "bias", self["bias"]
            raise KeyboardInterrupt

    layer = model[5]
    steps = train(model, data, optimiser=optimiser)
    next(steps)
    whole, moving = layer.weights, optimiser.step

    def step():
        layer.weights = Interrupting(whole)
        moving()

    optimiser.step = step
    with pytest.raises(KeyboardInterrupt):
        next(steps)
    layer.weights, optimiser.step = whole, moving
    assert finite(model)
    assert list(train(model, data, optimiser=optimiser, epochs=1))[-1].ends_epoch


def test_closed_half_way(data):
    model = network()
    steps = train(model, data)
    next(steps)
    steps.close()
    assert list(steps) == []
    assert finite(model)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("rate", [30.0, 1e3, 1e20, 1e38])
def test_a_learning_rate_too_large_is_explained(data, rate):
    model = network()
    with pytest.raises(TrainingDiverged) as caught:
        list(train(model, data, epochs=50, optimiser=SGD(model, learning_rate=rate)))
    told = caught.value
    assert f"train: at step {told.step} the loss was {told.loss:.3g} with learning rate {rate:g}" in str(told)
    assert f"learning rate {rate:g} is too large, try {rate / 10:g}" in str(told)
    assert told.learning_rate == rate
    assert finite(model)


def test_after_a_bad_step_the_weights_are_those_of_before(data):
    model = network()
    optimiser = SGD(model)
    steps = train(model, data, optimiser=optimiser)
    next(steps)
    before = copies(model)
    optimiser.learning_rate = 1e6
    next(steps)
    assert not same(before, model.weights)
    with pytest.raises(TrainingDiverged, match="at step 3 "):
        next(steps)
    assert same(before, model.weights)
    optimiser.learning_rate, fresh = 0.05, copy.deepcopy(model)
    go_on = [s.loss for s in train(model, data, optimiser=optimiser, epochs=1)]
    assert go_on == [s.loss for s in train(fresh, data, epochs=1)]  # the optimiser does not remember either


def test_weights_are_never_left_infinite(data):
    model = network()
    optimiser = SGD(model)
    steps = train(model, data, optimiser=optimiser)
    next(steps)
    before = copies(model)
    optimiser.learning_rate = 1e300
    with pytest.raises(TrainingDiverged, match=r"at step 2 .* learning rate 1e.300 is too large"):
        next(steps)
    assert same(before, model.weights)


@pytest.mark.filterwarnings("error")
def test_a_picture_that_is_nan_is_explained_and_the_learnt_kept():
    data = stripes()
    place = np.random.default_rng([0, 1]).permutation(100)[50]  # seen in the fourth batch of 16
    data.images[place, 0, 3, 3] = np.nan
    model = network()
    steps = train(model, data, batch_size=16)
    for _ in range(3):
        next(steps)
    before = copies(model)
    with pytest.raises(
        TrainingDiverged, match=r"at step 4 the loss was nan .*; the images hold NaN or infinity"
    ):
        next(steps)
    assert same(before, model.weights)


def test_pictures_that_are_not_scaled_are_explained(data):
    big = SimpleNamespace(images=data.images * 1e5, labels=data.labels)
    with pytest.raises(TrainingDiverged, match=r"images up to .*e.04 are too large, scale them to 0..1; or"):
        list(train(network(), big, epochs=20))


def test_weights_that_are_nan_from_the_start_are_explained(data):
    model = network()
    model.weights["5.bias"][0] = np.nan
    with pytest.raises(
        TrainingDiverged, match=r"at step 1 the loss was nan .*; no weight has moved yet, look for"
    ):
        next(train(model, data))


def test_large_targets_are_no_explosion():
    rng = np.random.default_rng(0)
    x = rng.random((300, 1), dtype=np.float32)
    data = SimpleNamespace(images=x, labels=1000 * x)
    model = Sequential(Dense(1, 1))
    steps = list(train(model, data, epochs=10, batch_size=1, loss=mean_squared_error))
    assert steps[-1].loss < 1
    assert model([[0.5]]).item() == pytest.approx(500, abs=1)
    assert {s.accuracy for s in steps} == {None}


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"epochs": 0}, "^train: epochs must be a whole number of at least 1, not 0"),
        ({"batch_size": 2.5}, "^train: batch_size must be .* not 2.5"),
        ({"seed": -1}, "^train: seed must be a whole number of at least 0, not -1"),
        ({"optimiser": SGD}, "^train: the optimiser is <class .*; make one for this model, as in SGD.model"),
        ({"optimiser": SGD(network())}, "^train: the optimiser moves another model; make one for this"),
    ],
)
def test_settings_are_checked_at_the_call(data, settings, words):
    with pytest.raises(ValueError, match=words):
        train(network(), data, **settings)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"labels": np.zeros(99, int)}, "^train: 100 images and 99 labels; give as many"),
        ({"images": np.zeros((0, 1, 8, 8)), "labels": np.zeros(0, int)}, "^train: 0 images and 0 labels"),
        (
            {"images": np.zeros((100, 1, 8, 8), np.uint8)},
            "^train: images are uint8; give float32 from 0 to 1",
        ),
        ({"labels": [0] * 100}, "^train: a SimpleNamespace is no part of a dataset; give one, as in dig"),
        ({"images": np.zeros((100, 3, 8, 8))}, r"^Conv2D: input \(3, 8, 8\) has 3 channels"),
        (
            {"train": None},
            "^train: give one part of the dataset, data.train to learn from",
        ),
    ],
)
def test_data_is_checked_at_the_call(data, change, words):
    with pytest.raises(ValueError, match=words):
        train(network(), SimpleNamespace(**{**vars(data), **change}))


def test_more_classes_than_outputs_is_said(data):
    three = SimpleNamespace(images=data.images, labels=data.labels + 1)
    with pytest.raises(ValueError, match=r"labels from 1 to 2 .* the model needs one output per class"):
        next(train(network(), three))


def test_the_batches_are_those_that_are_trained_on():
    data = SimpleNamespace(images=np.arange(10, dtype=np.float32)[:, None], labels=np.arange(10))
    drawn = [*batches(data, epochs=2, batch_size=4, seed=5)]
    assert [len(labels) for _, labels in drawn] == [4, 4, 2] * 2
    for epoch in (drawn[:3], drawn[3:]):
        assert sorted(np.concatenate([labels for _, labels in epoch])) == [*range(10)]
    assert [*map(str, drawn[:3])] != [*map(str, drawn[3:])]
    first = np.random.default_rng([5, 1]).permutation(10)[:4]
    np.testing.assert_array_equal(drawn[0][1], first)
    np.testing.assert_array_equal(drawn[0][0], data.images[first])


def test_pictures_are_augmented_anew_at_every_step_and_labels_are_not(data):
    seen = []

    def augment(images, rng):
        seen.append(rng.random())
        return images + np.float32(len(seen))

    drawn = [*batches(data, epochs=2, batch_size=50, augment=augment)]
    plain = [*batches(data, epochs=2, batch_size=50)]
    assert len({*seen}) == 4
    for number, ((images, labels), (before, same)) in enumerate(zip(drawn, plain, strict=True), 1):
        np.testing.assert_array_equal(images, before + np.float32(number))
        np.testing.assert_array_equal(labels, same)
    again = []
    [*batches(data, epochs=2, batch_size=50, augment=lambda images, rng: again.append(rng.random()))]
    assert again == seen  # by the seed


def test_training_learns_from_the_augmented_pictures(data):
    dark, plain = network(), network()
    black = SimpleNamespace(images=0 * data.images, labels=data.labels)
    losses = [
        [*train(m, d, epochs=1, **s)]
        for m, d, s in ((dark, data, {"augment": lambda images, rng: 0 * images}), (plain, black, {}))
    ]
    assert losses[0] == losses[1]


def test_a_random_shift_moves_whole_pictures_by_at_most_so_much():
    rng = np.random.default_rng(0)
    images = np.zeros((400, 2, 9, 9), np.float32)
    images[:, 0, 4, 4], images[:, 1, 4, 5] = 1, 2
    moved = random_shift(3)(images, rng)
    assert (moved.shape, moved.dtype) == (images.shape, np.float32)
    places = np.argwhere(moved[:, 0] == 1)
    assert places[:, 0].tolist() == [*range(400)]
    assert {*places[:, 1]} == {*places[:, 2]} == {*range(1, 8)}
    for n, row, col in places:  # all channels alike
        assert moved[n, 1, row, col + 1] == 2
    np.testing.assert_array_equal(random_shift(0)(images, rng), images)


def test_what_leaves_the_picture_is_lost():
    moved = random_shift(5)(np.ones((50, 1, 3, 3)), np.random.default_rng(1))
    assert set(np.unique(moved)) == {0, 1}
    assert moved.sum(axis=(1, 2, 3)).min() == 0
