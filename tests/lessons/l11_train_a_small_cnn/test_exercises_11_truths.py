"""What lesson 11's predictions and numbers say is what comes out."""

import math
import re

import numpy as np

from cnnlib import conv2d, nn, softmax
from cnnlib.exercises import EXERCISES, get_prediction
from cnnlib.lessons.l11_train_a_small_cnn.checks import SOBEL
from cnnlib.nn.one_kernel import descend, largest_rate, standardise
from cnnlib.pictures import picture


def right(name):
    return get_prediction(f"11-predict-{name}").right


def test_softmax_and_temperature():
    shares = softmax([1, 2, 3, 4])
    assert right("softmax") == f"{shares[3]:.4f}"
    assert ", ".join(f"{share:.4f}" for share in shares) in get_prediction("11-predict-softmax").reveal
    warm = softmax(np.array([1, 2, 3, 4]) / 10)
    assert f"{warm[0]:.4f} to {warm[3]:.4f}" in get_prediction("11-predict-temperature").reveal
    assert np.ptp(warm) < np.ptp(shares)
    assert right("temperature") == "they come closer together"


def test_cross_entropy_of_a_boat_and_of_guessing():
    assert right("cross-entropy") == f"{-math.log(0.94):.4f}"
    assert set(get_prediction("11-predict-cross-entropy").options) == {
        *(f"{value:.4f}" for value in (-math.log(0.94), -math.log10(0.94), -math.log(0.06))),
        "0.94",
    }
    loss, _ = nn.softmax_cross_entropy(np.zeros((5, 4)), [0, 1, 2, 3, 0])
    assert right("guess") == f"{loss:.3f}" == f"{math.log(4):.3f}"


def test_a_learning_rate_far_too_large():
    before = standardise(picture("camera")[::8, ::8])
    after = conv2d(before, SOBEL)
    rate = 0.1 * largest_rate(before, (3, 3))
    errors = descend(before, after, np.zeros((3, 3)), learning_rate=rate, steps=20).errors
    wild = descend(before, after, np.zeros((3, 3)), learning_rate=1000 * rate, steps=20)
    assert errors[-1] < errors[0] < wild.errors[1]
    assert wild.diverged
    assert right("rate") == "the loss grows with every step, without bound"


def test_relu_hands_back_nothing():
    layer = nn.ReLU()
    layer.training = True
    layer.forward([[-3.0]])
    assert right("relu") == f"{layer.backward([[5.0]]).item():g}"


def test_the_kernel_that_learns_itself():
    before = standardise(picture("camera")[::4, ::4])
    start = np.random.default_rng(0).normal(size=(3, 3))
    way = descend(before, conv2d(before, SOBEL), start, learning_rate=0.1, steps=4000)
    np.testing.assert_allclose(way.kernels[-1], SOBEL, atol=0.05)
    assert right("sobel") == "the Sobel kernel"


def test_sixty_digits_remembered():
    data = nn.digits()
    few = data.train.take(60)
    model = nn.Sequential(nn.Flatten(), nn.Dense(64, 32), nn.ReLU(), nn.Dense(32, 10))
    for _ in nn.train(model, few, epochs=60, batch_size=20):
        pass
    assert model.accuracy(few) == 1
    assert 0.2 < model.accuracy(data.test) < 0.95
    assert right("held-out") == "better than guessing, but worse"


def test_a_move_of_a_weight_mostly_changes_no_answer_but_the_loss():
    data = nn.digits().test
    model = nn.Sequential(nn.Flatten(), nn.Dense(64, 10)).astype(np.float64)
    before, answers = nn.softmax_cross_entropy(model(data.images), data.labels)[0], model.predict(data.images)
    model[1].weights["weight"][0, 20] += 1e-4
    assert nn.softmax_cross_entropy(model(data.images), data.labels)[0] != before
    assert (model.predict(data.images) == answers).mean() > 0.99
    assert "mostly changes no prediction" in " ".join(get_prediction("11-predict-training").replies.values())


def test_twice_the_filters_cost_four_times_as_much():
    one, two = (
        nn.Sequential(nn.Conv2D(1, n, 3), nn.Conv2D(n, 2 * n, 3)).summary((1, 12, 12)).rows[1]
        for n in (8, 16)
    )
    assert two.multiplications == 4 * one.multiplications
    assert right("filters") == "the second layer costs four times as much"


def test_the_best_of_twenty_is_lucky():
    rng = np.random.default_rng(0)
    seen = rng.binomial(300, 0.9, (2000, 20)) / 300  # twenty networks that are all equally good
    assert seen.max(axis=1).mean() > 0.9 + 0.02
    assert right("choose") == "it is too high on average"


def test_the_numbers_by_hand():
    size = len(nn.digits().train)
    assert f"{size:,} digits" in EXERCISES["11-steps"].title
    assert EXERCISES["11-steps"].answer == len(range(0, size, 64))
    assert re.findall(r"\d+", EXERCISES["11-steps"].why) == ["22", "1", "408", "34"]
    assert (22 * 64, size - 22 * 64) == (1408, 34)
    layer = nn.Dense(1, 1).astype(float)
    layer.weights["weight"][...], layer.weights["bias"][...] = 2, 1
    layer.training = True
    loss, gradient = nn.mean_squared_error(layer.forward([[3.0]]), [[10.0]])
    layer.backward(gradient)
    assert EXERCISES["11-slope"].answer == layer.gradients["weight"].item()
    optimiser = nn.SGD(nn.Sequential(layer, seed=None), learning_rate=0.01, momentum=0)
    optimiser.step()
    assert math.isclose(EXERCISES["11-step"].answer, layer.weights["weight"].item())
    layer.weights["bias"][...] = 1  # the exercise moves the weight alone
    after, _ = nn.mean_squared_error(layer.forward([[3.0]]), [[10.0]])
    assert (loss, round(after, 2)) == (9, 6.05)
