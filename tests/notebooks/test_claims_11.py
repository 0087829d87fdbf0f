"""What lesson 11 says in words is true; of its trainings, at twice the steps and with three seeds, too."""

import re

import numpy as np
import pytest

from cnnlib import KERNELS
from cnnlib.demo.training_data import parts
from cnnlib.exercises.predictions import get_prediction
from cnnlib.explore import (
    explore_backprop,
    explore_cross_entropy,
    explore_kernel_learning,
    explore_layer_shapes,
    explore_overfitting,
    explore_own_kernel,
    explore_softmax,
    explore_training,
    explore_two_seeds,
)
from cnnlib.lessons.l11_train_a_small_cnn import training_size
from cnnlib.nn import Dense, Sequential, TrainingDiverged
from cnnlib.nn.one_kernel import descend

SEEDS = (0, 1, 2)
by_seed = pytest.mark.parametrize("seed", SEEDS)


def trained(run, half=None):
    """Return what a lab trains, at its end; measured at half the steps, too, if that is asked for."""
    for _ in run:
        if run.number == half:
            run.look()
    return run


def test_a_rate_of_01_finds_the_kernel_and_03_is_the_first_to_lose_it():
    ends = {}
    for rate in (0.001, 0.003, 0.01, 0.03, 0.1, 0.3):
        ends[rate] = explore_kernel_learning(learning_rate=rate, steps=400).text
    assert "within 0.05 of the hidden one" in ends[0.1]
    assert ["too large" in text for text in ends.values()] == [False] * 5 + [True]


def test_the_error_falls_fast_at_first_and_ever_more_slowly_later():
    before = np.random.default_rng(2).normal(size=(20, 20))
    after = np.zeros((18, 18))
    errors = descend(before, after, KERNELS["Sobel, columns"].weights, learning_rate=0.1, steps=30).errors
    assert (np.diff(errors) < 0).all()
    assert (np.diff(np.diff(errors)) > 0).all()


def test_a_thousand_times_the_rate_grows_without_bound():
    w, far = 2.0, 2.0
    for _ in range(100):
        w -= 0.01 * 2 * (3 * w + 1 - 10) * 3
    for _ in range(20):
        before, far = abs(far - 3), far - 10 * 2 * (3 * far + 1 - 10) * 3
        assert abs(far - 3) > before
    assert abs(w - 3) < 1e-6


def test_softmax_ignores_what_is_added_and_keeps_the_order():
    demo = explore_softmax((1, 2, 3, 4))
    assert np.allclose(explore_softmax((0, 1, 2, 3)).output, demo.output)
    for temperature in (0.3, 1, 10):
        demo.temperature.value = temperature
        assert (np.diff(demo.output) > 0).all()


def test_a_wrong_label_and_a_guess_have_their_price():
    assert explore_cross_entropy(target="cat").output.round(2) == 3.22
    guess = explore_cross_entropy(probabilities=(0.25, 0.25, 0.25, 0.25))
    assert guess.output == pytest.approx(np.log(4))


def test_one_option_alone_is_the_loss_of_a_boat_with_094():
    values = [float(option) for option in get_prediction("11-predict-cross-entropy").options]
    assert sum(round(-np.log(0.94), digits) == value for value in values for digits in (2, 3, 4)) == 1


def test_an_update_helps_and_a_dead_relu_stops_four_weights():
    demo = explore_backprop(step=12)
    assert "from 0.25 to 0.108" in demo.text
    demo.b.value = [[0], [-1]]
    names = ["W00", "W01", "W10", "W11", "b0", "b1", "v0", "v1", "c"]
    still = [name for name, slope in zip(names, demo.output, strict=True) if slope == 0]
    assert still == ["W10", "W11", "b1", "v1"]


def test_the_second_convolution_has_the_most_weights():
    weights = {}
    for stage in ("conv 1", "ReLU 1", "pool 1", "conv 2", "ReLU 2", "pool 2", "flatten", "dense"):
        found = re.search(r"= ([\d,]+) weights", explore_layer_shapes(stage=stage).text)
        weights[stage] = int(found[1].replace(",", "")) if found else 0
    assert weights.pop("conv 2") == 1208
    assert max(weights.values()) < 1208
    assert {stage for stage, count in weights.items() if count} == {"conv 1", "dense"}
    assert explore_layer_shapes(padding="same").output[7] == 512


def test_filters_that_begin_at_zero_stay_equal():
    model = Sequential(Dense(4, 3), Dense(3, 2), seed=None)
    for weight in model.weights.values():
        weight[...] = 0
    model[1].weights["weight"][...] = 1
    model.forward(np.eye(4), training=True)
    model.backward(np.array([[1.0, 0.5]] * 4))
    assert np.ptp(model[0].gradients["weight"], axis=0).max() == 0


@by_seed
def test_a_rate_of_1_stays_at_the_price_of_guessing(seed):
    run = explore_training("digits", learning_rate=1.0, seed=seed).run
    losses = [next(run).loss for _ in range(200)][-100:]
    assert np.mean(losses) == pytest.approx(np.log(10), abs=0.1)


@by_seed
def test_pixels_up_to_255_do_not_learn_at_the_same_rate(seed):
    run = explore_training("digits", scale="0 to 255", seed=seed).run
    try:
        losses = [next(run).loss for _ in range(300)][-100:]
    except TrainingDiverged:
        return
    assert np.mean(losses) > 2


@by_seed
def test_the_training_lab_reads_nine_of_ten(seed):
    run = trained(explore_training("digits", seed=seed).run)
    assert run.tested > 0.9
    assert abs(run.tested - run.history["held_out"][-1]) < 0.06


def test_chance_changes_every_loss():
    first, second = trained(explore_two_seeds(epochs=1).run).runs.values()
    assert (first.history["loss"] != second.history["loss"]).all()


@by_seed
def test_sixty_digits_are_learned_by_heart_and_augmentation_helps(seed):
    plain, moved = (
        trained(explore_overfitting(60, shift=shift, steps=1200, seed=seed).run) for shift in (0, 3)
    )
    for steps in (600, 1200):
        for run in (plain, moved):
            assert run.scores[steps].training > 0.95
        assert plain.scores[steps].validation < 0.35
        assert moved.scores[steps].validation > 0.65
        losses = {step: score.validation_loss for step, score in plain.scores.items() if step <= steps}
        assert min(losses, key=losses.get) <= 30
        assert losses[steps] > 2 * min(losses.values())


@by_seed
def test_a_hundred_pictures_are_too_few_for_half_and_a_thousand_are_enough(seed):
    few, many = (trained(training_size._train_on("digits", 600, (size, seed)), 300) for size in (100, 1000))
    for steps in (300, 600):
        assert few.scores[steps] < 0.4
        assert many.scores[steps] > 0.7


def test_moved_copies_show_no_other_digit():
    part = parts("digits").train
    assert len(set(part.originals)) == 1154 < len(part)


@by_seed
def test_random_and_frozen_is_worst_and_four_equal_filters_see_one_thing(seed):
    sobel = trained(explore_own_kernel("Sobel, columns", steps=1000, seed=seed).run, 600).runs
    equal = explore_own_kernel("identity", steps=1000, seed=seed).run.runs["yours, frozen"]
    trained(equal, 600)
    for steps in (600, 1000):
        last = {name: run.scores[steps] for name, run in sobel.items()}
        assert min(last, key=last.get) == "random, frozen"
        assert equal.scores[steps] < last["yours, frozen"] - 0.15
