"""Training size, regression head, own kernel in layer 1: each trains for real, briefly."""

import asyncio

import numpy as np
import pytest

from cnnlib import KERNELS
from cnnlib.demo.training_data import parts
from cnnlib.explore import explore_own_kernel, explore_regression, explore_training_size
from cnnlib.lessons.l11_train_a_small_cnn.quarter_turns import quarter_turns
from cnnlib.nn import SGD, TrainingDiverged, softmax_cross_entropy


def trained(demo):
    """Train a demo to its end; return it."""

    async def scene():
        demo.play.click()
        await demo.finished()

    asyncio.run(scene())
    assert demo.run.done
    assert demo.problem == ""
    return demo


def test_more_pictures_help():
    demo = trained(explore_training_size(steps=100, repeats=2))
    assert [*demo.history] == [(size, seed) for seed in (0, 1) for size in (30, 100, 300, 1000, 3000, 9000)]
    means = np.array([*demo.history.values()]).reshape(2, 6).mean(axis=0)
    np.testing.assert_allclose(demo.output, means)
    assert means[-1] > means[0] + 0.1
    assert demo.text.startswith("Twelve trainings done")
    assert f"trained on 30 pictures, the network is right on {100 * means[0]:.0f} %" in demo.text
    assert (
        f"on 9,000 (3,000 of them seen, moved copies of 1,154 digits), {100 * means[-1]:.0f} %" in demo.text
    )


def test_a_training_size_that_is_stopped_keeps_what_is_known():
    demo = explore_training_size(steps=50, repeats=1)
    for _ in range(51):
        demo.step.click()
    assert demo.output.shape == (1,)
    demo.stop.click()
    assert demo.text.startswith("One training done: trained on 30 pictures")
    assert demo.text.endswith("Stopped: ▷ train begins anew.")


def test_moved_copies_are_not_passed_off_as_other_digits():
    (chart,) = (panel for panel in explore_training_size().view.panels if panel.id == "accuracy")
    assert chart.caption.endswith("1,154 digits, each in 8 places")
    (chart,) = (panel for panel in explore_training_size("shapes").view.panels if panel.id == "accuracy")
    assert "places" not in chart.caption


def test_a_regression_head_finds_the_centre():
    demo = trained(explore_regression(epochs=3))
    images = parts("digits").validation.images[:, 0]
    ink = images.sum(axis=(1, 2))
    rows = (images.sum(axis=2) * np.arange(16)).sum(axis=1) / ink
    cols = (images.sum(axis=1) * np.arange(16)).sum(axis=1) / ink
    off = np.hypot(demo.output[:, 0] - rows, demo.output[:, 1] - cols).mean()
    np.testing.assert_allclose(off, demo.history["held_out"][-1], rtol=1e-5)
    assert off < 1.5 < 3 < np.hypot(rows - rows.mean(), cols - cols.mean()).mean()
    assert f"off by {off:.1f} pixels on average" in demo.text
    assert demo.model.output_shape((1, 16, 16)) == (2,)


def test_noise_is_added_to_the_pictures_and_not_to_the_places():
    clean, noisy = (explore_regression(noise=noise).run.held_out for noise in (0.0, 0.5))
    np.testing.assert_array_equal(clean.images, parts("digits").validation.images)
    np.testing.assert_array_equal(clean.labels, noisy.labels)
    assert 0.48 < (noisy.images - clean.images).std() < 0.52


def test_frozen_kernels_stay_and_free_ones_move():
    demo = trained(explore_own_kernel(steps=100))
    bank = quarter_turns(KERNELS["Sobel, columns"].matrix).astype(np.float32)
    layers = {name: run.model[0].weights["weight"] for name, run in demo.run.runs.items()}
    np.testing.assert_array_equal(layers["yours, frozen"], bank)
    moved = np.linalg.norm(layers["yours, free"] - bank) / np.linalg.norm(bank)
    assert moved > 0.05
    assert f"your kernel has moved by {100 * moved:.0f} % of its length" in demo.text
    fresh = explore_own_kernel(steps=100).run.runs["random, free"].model[0].weights["weight"]
    np.testing.assert_array_equal(layers["random, frozen"], fresh)
    assert (layers["random, free"] != fresh).any()
    assert demo.output.tolist() == [[*run.scores.values()][-1] for run in demo.run.runs.values()]


def test_the_runners_differ_in_layer_1_alone():
    runs = explore_own_kernel("Laplacian", "shapes").run.runs
    first = runs["yours, frozen"].model
    for run in runs.values():
        for name, weight in run.model.weights.items():
            if not name.startswith("0."):
                np.testing.assert_array_equal(weight, first.weights[name])
    assert [run.model[0].frozen for run in runs.values()] == [True, False, True, False]


def test_a_kernel_changed_meanwhile_waits_for_the_next_run():
    demo = explore_own_kernel(steps=50)
    demo.step.click()
    demo.kernel.value = np.eye(3, dtype=int)
    assert demo.zoo.value == "my own"
    assert "goes on with your kernel as it was; stop and train anew for the new one." in demo.text
    demo.stop.click()
    demo.step.click()
    found = demo.run.runs["yours, frozen"].model[0].weights["weight"][0, 0]
    np.testing.assert_allclose(found, np.eye(3) * np.sqrt(2 / 3), rtol=1e-6)


def test_weights_can_be_handed_over():
    demo = explore_own_kernel([[0, 1, 0], [1, 0, 1], [0, 1, 0]])
    assert demo.zoo.value == "my own"
    assert demo.run.runs["yours, free"].model[0].weights["weight"][0, 0, 0, 0] == 0
    with pytest.raises(ValueError, match=r"explore_own_kernel: kernel \(2, 2\) does not fit layer 1"):
        explore_own_kernel(np.eye(2))
    with pytest.raises(ValueError, match="kernels: 'Gaussian blur 5x5' is unknown"):
        explore_own_kernel("Gaussian blur 5x5")


def test_a_kernel_of_zeros_can_be_trained_with():
    demo = explore_own_kernel(steps=50)
    demo.kernel.value = np.zeros((3, 3))
    demo.step.click()
    assert demo.problem == ""
    assert "0 %" in demo.text


def test_one_of_four_that_diverges_is_explained():
    demo = explore_own_kernel(steps=50)
    demo.step.click()

    def breaks():
        raise TrainingDiverged("train: too fast; slow down", 2, 99.0, 0.3)
        yield

    demo.run.runs["random, frozen"]._steps = breaks()
    demo.step.click()
    assert demo.problem == "too fast; slow down"
    demo.zoo.value = "Laplacian"
    assert "with learning rate 0.3 each step jumps over the valley" in demo.text
    assert demo.problem == ""
    demo.step.click()
    assert demo.run.number == 1


def test_the_learning_rate_and_the_part_of_the_pictures_reach_the_training():
    settings = {"pictures": 200, "seed": 2}
    run = explore_own_kernel(**settings, learning_rate=0.1).run.runs["random, free"]
    same = explore_own_kernel(**settings).run.runs["random, free"].model
    loss = next(run).loss
    part = parts("digits").train.take(200, 2)
    batch = np.random.default_rng([2, 1]).permutation(200)[:32]
    outputs = same.forward(part.images[batch], training=True)
    expected, gradient = softmax_cross_entropy(outputs, part.labels[batch])
    assert loss == expected
    same.backward(gradient)
    SGD(same, 0.1).step()
    for name, weight in same.weights.items():
        np.testing.assert_array_equal(run.model.weights[name], weight)


def test_moving_the_learning_rate_moves_it_for_all_four():
    demo = explore_own_kernel(steps=50)
    for _ in range(3):
        demo.step.click()
    demo.learning_rate.value = 0.01
    demo.step.click()
    assert {run.learning_rate for run in demo.run.runs.values()} == {0.01}
    assert "After 4 of 50 steps, with learning rate 0.03, then 0.01 from step 4 on, accuracy" in demo.text


def test_when_it_was_measured_is_said(monkeypatch):
    demo = explore_own_kernel(steps=100)
    run = demo.run
    demo.step.click()
    monkeypatch.setattr(type(demo.run), "look", lambda self: None)
    demo.step.click()
    demo.step.click()
    assert "on 288 validation pictures (measured after one step): yours, frozen:" in demo.text
    assert run is not demo.run


LABS = {
    "own kernel": lambda: explore_own_kernel(steps=50, pictures=200),
    "regression": lambda: explore_regression(epochs=1),
    "training size": lambda: explore_training_size(steps=50, repeats=1),
}


@pytest.mark.parametrize("name", LABS)
def test_pytorch_finds_the_same(name):
    pytest.importorskip("torch")
    demo = LABS[name]()
    for _ in range(101 if name == "training size" else 20):
        demo.step.click()
    assert [*demo.code] == ["cnnlib.nn", "PyTorch"]
    for text in demo.code.values():
        names = {}
        exec(text, names)
        np.testing.assert_allclose(names["result"], demo.output, atol=0.01)
