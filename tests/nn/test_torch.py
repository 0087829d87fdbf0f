"""LeNet agrees with PyTorch: live where it is installed, and everywhere with numbers taken from it."""

import json

import numpy as np
import pytest
from torch_numbers import FILE, SETTINGS, STEPS, batch, digest, digests, torch_run, weights

import cnnlib.nn as nn

PARTS = ["gradients", *(f"after {step}" for step in range(1, STEPS + 1))]


def own_run(optimiser, dtype):
    model = nn.Sequential(
        nn.Conv2D(1, 6, 5, padding=2), nn.ReLU(), nn.MaxPool2D(2),
        nn.Conv2D(6, 16, 5), nn.ReLU(), nn.MaxPool2D(2),
        nn.Flatten(), nn.Dense(400, 120), nn.ReLU(), nn.Dense(120, 84), nn.ReLU(), nn.Dense(84, 10),
    ).astype(dtype)  # fmt: skip
    for name, array in weights(dtype).items():
        model.weights[name][...] = array
    mover = getattr(nn, optimiser)(model, **SETTINGS[optimiser])
    found = {"losses": []}
    for step in range(STEPS):
        images, labels = batch(step, dtype)
        loss, gradient = nn.softmax_cross_entropy(model.forward(images, training=True), labels)
        model.backward(gradient)
        if step == 0:
            found["gradients"] = {name: array.copy() for name, array in model.gradients.items()}
        mover.step()
        found["losses"].append(loss)
        found[f"after {step + 1}"] = {name: array.copy() for name, array in model.weights.items()}
    return found


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("optimiser", SETTINGS)
def test_agrees_with_pytorch(optimiser, dtype):
    pytest.importorskip("torch")
    own, theirs = own_run(optimiser, dtype), torch_run(optimiser, dtype)
    share = 1e-5 if dtype == "float32" else 1e-12
    np.testing.assert_allclose(own["losses"], theirs["losses"], rtol=share)
    for part in PARTS:
        assert own[part].keys() == theirs[part].keys()
        for name, array in own[part].items():
            assert array.dtype == dtype
            largest = np.abs(theirs[part][name]).max()
            np.testing.assert_allclose(
                array, theirs[part][name], rtol=0, atol=share * largest, err_msg=f"{part}: {name}"
            )


@pytest.mark.parametrize("optimiser", SETTINGS)
def test_agrees_with_numbers_taken_from_pytorch(optimiser):
    own, theirs = own_run(optimiser, "float64"), json.loads(FILE.read_text(encoding="utf-8"))[optimiser]
    np.testing.assert_allclose(own["losses"], theirs["losses"], rtol=1e-10)
    for part in PARTS:
        assert own[part].keys() == theirs[part].keys()
        for name, array in own[part].items():
            np.testing.assert_allclose(digest(array), theirs[part][name], rtol=1e-8, atol=1e-10)


@pytest.mark.parametrize("optimiser", SETTINGS)
def test_the_file_is_what_pytorch_says(optimiser):
    pytest.importorskip("torch")
    stored = json.loads(FILE.read_text(encoding="utf-8"))[optimiser]
    for part, numbers in digests(torch_run(optimiser)).items():
        both = (
            [(numbers, stored[part])]
            if part == "losses"
            else [(v, stored[part][k]) for k, v in numbers.items()]
        )
        for now, then in both:
            np.testing.assert_allclose(now, then, rtol=1e-8, atol=1e-10)
