"""Trainings that keep a record, alone, in step, in turn; and what is measured of them."""

from types import SimpleNamespace

import numpy as np
import pytest

from cnnlib.lessons.l11_train_a_small_cnn.centres import centres, mean_distance
from cnnlib.lessons.l11_train_a_small_cnn.quarter_turns import quarter_turns
from cnnlib.nn import SGD, Dense, Run, Sequential, confusion_matrix, smooth, train
from cnnlib.nn.download import File, Source, on_disk
from cnnlib.nn.measures import accuracy
from cnnlib.nn.several import Race, Series


def four(offset=0.0):
    return SimpleNamespace(images=np.eye(4, dtype=np.float32) + np.float32(offset), labels=np.arange(4))


def model(seed=0):
    return Sequential(Dense(4, 4), seed=seed)


def test_a_run_takes_the_steps_of_train_and_measuring_changes_nothing():
    watched, plain = model(), model()
    run = Run(watched, four(), four(0.1), epochs=5, batch_size=1, seed=3)
    steps = [*train(plain, four(), epochs=5, batch_size=1, seed=3)]
    assert [*run] == steps
    assert run.losses == [step.loss for step in steps]
    for name, weight in plain.weights.items():
        np.testing.assert_array_equal(watched.weights[name], weight)


def test_when_a_run_measures():
    run = Run(model(), four(), four(), epochs=2, batch_size=1, looks=2)
    assert (run.number, run.total, [*run.scores]) == (0, 8, [0])
    for _ in range(3):
        next(run)
    assert (run.number, run.epoch, run.done, [*run.scores]) == (3, 1, False, [0, 2])
    run.look()
    run.look()
    assert [*run.scores] == [0, 2, 3]
    np.testing.assert_array_equal(run.outputs, run.model.outputs(four().images))
    assert run.scores[3] == accuracy(run.outputs, four().labels)
    assert len([*run]) == 5
    assert (run.done, [*run.scores]) == (True, [0, 2, 3, 4, 6, 8])
    assert run.history["step"].tolist() == [0, 2, 3, 4, 6, 8]
    assert run.history["loss"].shape == (8,)


def test_a_run_of_so_many_steps_measured_at_its_ends():
    run = Run(model(), four(), four(), steps=6, batch_size=1, looks=0)
    assert len([*run]) == run.total == 6
    assert [*run.scores] == [0, 6]
    with pytest.raises(StopIteration):
        next(run)


def test_the_test_part_is_measured_once_at_the_end():
    asked = []

    def score(outputs, labels):
        asked.append(len(labels))
        return accuracy(outputs, labels)

    three = SimpleNamespace(images=four(0.2).images[:3], labels=np.arange(3))
    run = Run(model(), four(), four(), test=three, score=score, epochs=2, batch_size=2, looks=1)
    assert run.tested is None
    for _ in range(3):
        next(run)
    assert (run.tested, 3 in asked) == (None, False)
    next(run)
    assert run.tested == accuracy(run.model.outputs(three.images), three.labels)
    assert asked.count(3) == 1
    with pytest.raises(ValueError, match="Run: a tuple is no part of a dataset"):
        Run(model(), four(), four(), test=(1, 2))


def test_the_learning_rate_may_change_between_two_steps():
    run, plain = Run(model(), four(), four(), epochs=3, batch_size=4), model()
    optimiser = SGD(plain)
    steps = train(plain, four(), epochs=3, batch_size=4, optimiser=optimiser)
    assert run.learning_rate == optimiser.learning_rate
    for rate in (0.1, 0.2, 0.05):
        run.learning_rate = optimiser.learning_rate = rate
        next(run)
        next(steps)
    assert run.rates == {0: 0.1, 1: 0.2, 2: 0.05}
    for name, weight in plain.weights.items():
        np.testing.assert_array_equal(run.model.weights[name], weight)


def test_a_race_has_one_learning_rate():
    race = Race({str(seed): Run(model(seed), four(), four()) for seed in (1, 2)})
    next(race)
    race.learning_rate = 0.01
    assert [run.learning_rate for run in race.runs.values()] == [0.01] * 2
    assert race.rates == {0: 0.05, 1: 0.01}
    assert race.learning_rate == 0.01


def test_a_run_that_is_rarely_measured():
    run = Run(model(), four(), four(), epochs=6, batch_size=1, looks=1 / 2)
    for _ in run:
        pass
    assert [*run.scores] == [0, 8, 16, 24]


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"batch_size": 0}, "batch_size must be a whole number of at least 1, not 0"),
        ({"steps": 0}, "steps must be a whole number of at least 1, not 0"),
        ({"held_out": SimpleNamespace(train=0, test=0)}, "give one part of the dataset, data.train to learn"),
    ],
)
def test_what_a_run_refuses(settings, words):
    with pytest.raises(ValueError, match=f"^Run: {words}"):
        Run(model(), four(), **{"held_out": four()} | settings)


def test_nothing_held_out_is_trained_on():
    held = four(5)
    held.images.setflags(write=False)
    with_it, without = model(), model()
    [*Run(with_it, four(), held, epochs=3)], [*Run(without, four(), four(), epochs=3)]
    for name, weight in without.weights.items():
        np.testing.assert_array_equal(with_it.weights[name], weight)


def test_a_race_is_each_run_alone():
    def runs():
        made = {}
        for rate in (0.01, 0.5):
            net = model()
            made[str(rate)] = Run(net, four(), four(), epochs=3, batch_size=2, optimiser=SGD(net, rate))
        return made

    race, alone = Race(runs()), runs()
    assert len([*race]) == race.total == race.number == 6
    assert race.done
    for name, run in alone.items():
        assert [step.loss for step in run] == race.runs[name].losses
    assert race.model is race.runs["0.01"].model
    with pytest.raises(ValueError, match="runs of a 1, b 2 steps; give runs of as many steps each"):
        Race({"a": Run(model(), four(), four(), steps=1), "b": Run(model(), four(), four(), steps=2)})
    with pytest.raises(ValueError, match="runs of no steps"):
        Race({})


def test_a_series_takes_one_after_the_other_and_begins_each_when_it_is_its_turn():
    begun = []

    def begin(seed):
        begun.append(seed)
        return Run(model(seed), four(), four(), steps=3)

    series = Series(begin, (5, 6), 3)
    assert (series.model, begun, series.total) == (None, [], 6)
    for _ in range(3):
        next(series)
    assert (begun, [*series.scores], series.done) == ([5], [5], False)
    assert len([*series]) == 3
    assert (begun, [*series.scores], series.done, series.number) == ([5, 6], [5, 6], True, 6)
    run = Run(model(5), four(), four(), steps=3)
    assert len([*run]) == 3
    assert series.scores[5] == run.scores[3]


def test_confusion_matrix_by_hand():
    matrix = confusion_matrix([0, 0, 2, 2, 2], [0, 2, 2, 2, 1], 3)
    assert matrix.tolist() == [[1, 0, 1], [0, 0, 0], [0, 1, 2]]


@pytest.mark.parametrize(("labels", "predicted"), [([0, 1], [0]), ([0, 3], [0, 1]), ([0, 1], [-1, 1])])
def test_confusion_matrix_refuses(labels, predicted):
    with pytest.raises(ValueError, match=r"confusion_matrix: labels .* classes from 0 to 2; give"):
        confusion_matrix(labels, predicted, 3)


def test_smooth():
    np.testing.assert_allclose(smooth([7] * 20, 0.9), 7)
    np.testing.assert_array_equal(smooth([3, 1, 2], 0), [3, 1, 2])
    assert smooth([], 0.5).shape == (0,)
    # the weights of the definition, written out: (1/4 * 8 + 1/2 * 2) / (1/4 + 1/2)
    np.testing.assert_allclose(smooth([8, 2], 0.5), [8, (2 + 1) / 0.75])
    with pytest.raises(ValueError, match="smooth: keep 1 must be from 0 up to 1"):
        smooth([1], 1)


def test_centres_and_distances():
    image = np.zeros((2, 1, 5, 7))
    image[0, 0, 1, 6] = 0.5
    image[1, 0, 2, [0, 4]] = 1, 3
    assert centres(image).tolist() == [[1, 6], [2, 3]]
    assert mean_distance([[0, 0], [1, 1]], [[0, 5], [1, 1]]) == 2.5


@pytest.mark.parametrize("channels", [1, 3])
def test_quarter_turns(channels):
    sobel = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    filters = quarter_turns(sobel, channels)
    assert filters.shape == (4, channels, 3, 3)
    np.testing.assert_allclose(np.linalg.norm(filters.reshape(4, -1), axis=1), np.sqrt(2))
    np.testing.assert_allclose(filters[2], -filters[0])
    np.testing.assert_allclose(filters[1, 0] * sobel[1, 2] / filters[0, 0, 1, 2], np.rot90(sobel))
    assert not quarter_turns(np.zeros((3, 3))).any()
    with pytest.raises(ValueError, match=r"kernel \(1, 3\) must be square"):
        quarter_turns([[1, 2, 3]])


def test_on_disk_looks_into_the_named_folder_and_the_cache(tmp_path, monkeypatch):
    source = Source("toy", "CNNLIB_TOY", (), (File("a.gz", ""), File("b.gz", "")))
    monkeypatch.setattr("cnnlib.nn.download.cache_folder", lambda source: tmp_path / "cache")
    monkeypatch.delenv("CNNLIB_TOY", raising=False)
    assert not on_disk(source)
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache/a.gz").touch()
    (tmp_path / "b.gz").touch()
    assert not on_disk(source)
    monkeypatch.setenv("CNNLIB_TOY", str(tmp_path))
    assert on_disk(source)
