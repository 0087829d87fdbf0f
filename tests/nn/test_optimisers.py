"""Optimisers step by step on numbers worked by hand; PyTorch's are in test_torch."""

import numpy as np
import pytest

from cnnlib.nn import SGD, Adam, Dense, ReLU, Sequential


def one_number(weight=1.0):
    """Return a model with one weight and one bias."""
    model = Sequential(Dense(1, 1))
    model.weights["0.weight"][...] = weight
    return model


def move(model, optimiser, gradient):
    model[0].gradients = {"weight": np.full((1, 1), gradient, np.float32), "bias": np.zeros(1, np.float32)}
    optimiser.step()
    return model.weights["0.weight"].item()


def test_sgd_by_hand():
    model = one_number()
    plain = SGD(model, learning_rate=0.5, momentum=0)
    assert [move(model, plain, 1.0), move(model, plain, -1.0)] == [0.5, 1.0]

    model = one_number()
    heavy = SGD(model, learning_rate=0.5, momentum=0.5)  # velocities 1, 1.5, 0.75
    assert [move(model, heavy, gradient) for gradient in (1, 1, 0)] == [0.5, -0.25, -0.625]

    model = one_number(weight=8.0)
    shrinking = SGD(model, learning_rate=0.5, momentum=0, weight_decay=0.25)
    assert [move(model, shrinking, 0) for _ in range(2)] == [7.0, 6.125]


def test_adam_by_hand():
    model = one_number(weight=0.0)
    adam = Adam(model, learning_rate=0.1, betas=(0.5, 0.75))
    # mean 0.5 / 0.5 = 1, square 0.25 / 0.25 = 1
    assert move(model, adam, 1.0) == pytest.approx(-0.1)
    # mean (0.25 - 1) / 0.75 = -1, square (0.1875 + 1) / 0.4375 = 2.714286
    assert move(model, adam, -2.0) == pytest.approx(-0.1 + 0.1 / np.sqrt(2.714286))


def test_adams_first_step_is_the_learning_rate():
    for gradient in (1e-3, 5.0, -1e4):
        model = one_number()
        moved = move(model, Adam(model, learning_rate=0.01), gradient)
        assert moved == pytest.approx(1 - 0.01 * np.sign(gradient), abs=1e-5)


def test_weight_decay_pulls_adam_too():
    model = one_number(weight=8.0)
    assert move(model, Adam(model, learning_rate=0.5, weight_decay=0.1), 0) == pytest.approx(7.5)


@pytest.mark.parametrize("make", [SGD, Adam])
def test_learning_rate_can_change_between_steps(make):
    model = one_number()
    optimiser = make(model, learning_rate=np.float64(0.5))
    move(model, optimiser, 1.0)
    before = model.weights["0.weight"].copy()
    optimiser.learning_rate = 0
    move(model, optimiser, 1.0)
    assert (model.weights["0.weight"] == before).all()
    assert before.dtype == np.float32


@pytest.mark.parametrize("make", [SGD, Adam])
def test_frozen_layers_stay_and_start_afresh(make):
    model = Sequential(Dense(3, 3), ReLU(), Dense(3, 2))
    optimiser = make(model, learning_rate=0.1)
    x, gradient = np.ones((2, 3)), np.ones((2, 2))

    def step():
        model.forward(x, training=True)
        model.backward(gradient)
        before = {name: array.copy() for name, array in model.weights.items()}
        optimiser.step()
        return {name for name, array in model.weights.items() if (array != before[name]).any()}

    model[2].frozen = True
    assert all(name.startswith("0.") for name in step() | step())
    model[2].frozen, model[0].frozen = False, True
    bias = model.weights["2.bias"].copy()
    moved = step()
    assert "2.bias" in moved
    assert all(name.startswith("2.") for name in moved)
    first = 0.1 if make is Adam else 0.2  # the gradient is 2; no memory of the frozen steps
    np.testing.assert_allclose(bias - model.weights["2.bias"], first, rtol=1e-5)


@pytest.mark.parametrize("make", [SGD, Adam])
def test_reset_forgets(make):
    model, fresh = one_number(), one_number()
    used = make(model, learning_rate=0.1)
    move(model, used, 5.0)
    used.reset()
    model.weights["0.weight"][...] = 1
    assert move(model, used, -1.0) == move(fresh, make(fresh, learning_rate=0.1), -1.0)


def test_weights_move_in_place():
    model = one_number()
    weight = model[0].weights["weight"]
    move(model, SGD(model, learning_rate=0.5), 1.0)
    assert model[0].weights["weight"] is weight
    assert weight.item() == 0.5


@pytest.mark.parametrize("make", [SGD, Adam])
def test_a_step_needs_gradients(make):
    with pytest.raises(ValueError, match=r"step: layer 0, Dense\(1, 1\), has no gradients yet; call"):
        make(one_number()).step()


@pytest.mark.parametrize(
    ("make", "settings", "words"),
    [
        (SGD, {"learning_rate": -0.1}, "^SGD: learning_rate -0.1 must be a number of at least 0$"),
        (SGD, {"learning_rate": float("nan")}, "learning_rate nan"),
        (SGD, {"momentum": 1}, "momentum 1 must be a number of at least 0, less than 1"),
        (SGD, {"weight_decay": -1}, "weight_decay -1"),
        (Adam, {"learning_rate": float("inf")}, "^Adam: learning_rate inf"),
        (Adam, {"betas": (0.9, 1.0)}, "betas 1.0"),
        (Adam, {"epsilon": -1e-8}, "epsilon -1e-08"),
        (SGD, {"learning_rate": "0.1"}, "learning_rate '0.1' must be a number"),
    ],
)
def test_settings_out_of_range(make, settings, words):
    with pytest.raises(ValueError, match=words):
        make(one_number(), **settings)


@pytest.mark.parametrize("make", [SGD, Adam])
def test_the_model_comes_first(make):
    with pytest.raises(
        ValueError,
        match=r"^(SGD|Adam): 0.01 is no Sequential; give the model first, as in (SGD|Adam)\(model\)",
    ):
        make(0.01)
