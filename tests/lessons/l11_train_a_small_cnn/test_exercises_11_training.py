"""Lesson 11's splits, kernels, losses and models: what is right passes, what is amiss is named."""

import numpy as np
import pytest

from cnnlib import conv2d, nn
from cnnlib.exercises import check_learned_kernel, check_losses, check_model, check_split
from cnnlib.lessons.l11_train_a_small_cnn.checks import SOBEL
from cnnlib.nn.one_kernel import descend, standardise

COPIES = 3
ROWS = np.arange(20 * COPIES)
ORIGINALS = ROWS % 20  # as digits(copies=3) lays them out
LABELS = ORIGINALS % 4
TESTED = ORIGINALS >= 16


def split(train, test, labels=LABELS):
    return check_split(train, test, originals=ORIGINALS, labels=labels)


@pytest.mark.parametrize(
    ("train", "test"),
    [
        (~TESTED, TESTED),
        (ROWS[~TESTED], ROWS[TESTED]),
        (np.random.default_rng(0).permutation(ROWS[~TESTED]).tolist(), ROWS[TESTED].tolist()),
    ],
)
def test_a_split_of_the_originals_is_right(train, test):
    assert str(split(train, test)) == (
        "Right. No test picture, and no copy of one, is trained on; 20 % are held out."
    )


SHUFFLED = np.random.default_rng(1).permutation(ROWS)
WRONG_SPLITS = [
    (ROWS[:48], ROWS[48:], "12 of 12 test pictures are copies of a picture to train on"),
    (SHUFFLED[:48], SHUFFLED[48:], "12 of 12 test pictures are copies"),
    (ROWS, ROWS[TESTED], "12 of 12 test pictures are trained on as well"),
    (ROWS[:49], ROWS[48:], "1 of 12 test pictures is trained on as well"),
    (np.repeat(ROWS[~TESTED], 2), ROWS[TESTED], "48 rows of the training part came before"),
    (TESTED, ~TESTED, "have the two changed places"),
    (LABELS < 3, LABELS == 3, "The training part has no picture of class 3"),
    (ROWS[~TESTED], [], "The test part is empty"),
    (ROWS[~TESTED] + 20, ROWS[TESTED], "row numbers from 20 to 75, but the rows are 0 to 59"),
    (ROWS[~TESTED], TESTED[:10], "has 10 times True or False, but there are 60 pictures"),
    (ROWS[~TESTED] / 1, ROWS[TESTED], "has to be a row of row numbers"),
    (np.zeros((48, 8)), ROWS[TESTED], "has to be a row of row numbers"),
    (print, ROWS[TESTED], "of type builtin_function_or_method"),
]


@pytest.mark.parametrize(("train", "test", "words"), WRONG_SPLITS)
def test_what_is_amiss_with_a_split_is_named(train, test, words):
    feedback = split(train, test)
    assert feedback.verdict == "wrong"
    assert words in feedback.message


def test_a_split_without_leak_that_could_be_better_is_close():
    lost = split(ROWS[ORIGINALS < 15], ROWS[TESTED])
    assert (lost.verdict, "3 pictures are in neither part" in lost.message) == ("close", True)
    few = split(ROWS[ORIGINALS < 19], ROWS[ORIGINALS == 19], labels=None)
    assert (few.verdict, "3 test pictures of 60" in few.message) == ("close", True)


@pytest.mark.parametrize("part", [None, ..., [..., 3]])
def test_an_unanswered_split(part):
    assert split(part, ROWS[TESTED]).verdict == "not answered yet"


def test_the_originals_of_moved_digits_are_rows_modulo_their_number():
    data, plain = nn.digits(canvas=12, copies=COPIES).train, nn.digits().train
    ink = plain.images.sum(axis=(1, 2, 3))
    np.testing.assert_allclose(data.images.sum(axis=(1, 2, 3)), np.tile(ink, COPIES), rtol=1e-5)
    assert (data.labels == np.tile(plain.labels, COPIES)).all()


# ---- the kernel
def learned(steps, learning_rate=0.1, scale=1, start=((0, 0, 0),) * 3):
    before = standardise(np.random.default_rng(2).normal(size=(32, 32)))
    return descend(
        before, scale * conv2d(before, SOBEL), start, learning_rate=learning_rate, steps=steps
    ).kernels[-1]


@pytest.mark.parametrize(
    ("kernel", "verdict", "words"),
    [
        (learned(80), "right", "The Sobel kernel"),
        (learned(3), "close", "a few more steps"),
        (learned(5, start=np.eye(3)), "close", "take more steps"),
        (learned(80, scale=0.25), "close", "its scale is another"),
        (learned(40, learning_rate=5), "wrong", "exploded"),
        (learned(0), "wrong", "All weights are 0"),
        (SOBEL[::-1, ::-1], "wrong", "Turned by 180°"),
        (SOBEL.T, "wrong", "the other Sobel kernel"),
        (np.random.default_rng(3).normal(size=(3, 3)), "wrong", "not near the Sobel kernel"),
        (None, "not answered yet", "Put numbers"),
    ],
)
def test_learned_kernels(kernel, verdict, words):
    feedback = check_learned_kernel(kernel)
    assert feedback.verdict == verdict
    assert words in feedback.message


# ---- the losses
NOISE = np.random.default_rng(4).normal(scale=0.05, size=100)


@pytest.mark.parametrize(
    ("losses", "verdict", "words"),
    [
        (2.3 * np.exp(-np.arange(100) / 30) + NOISE, "right", "falls from"),
        (np.linspace(2.3, 1.6, 100), "close", "go on training"),
        (2.3 + NOISE, "wrong", "more than chance"),
        (np.linspace(2.3, 3, 100), "wrong", "rises from"),
        ([2.3] * 100, "wrong", "no weight moves"),
        ([2.3] * 19 + [np.nan], "wrong", "no number"),
        (np.linspace(-0.1, -3, 60), "wrong", "Losses below 0"),
        (np.append(np.full(10, 7.4), np.full(60, 2.33)), "wrong", "the network is dead"),
        (np.linspace(7.4, 2.6, 100), "wrong", "it began far above and is not below yet"),
        (7.4 * np.exp(-np.arange(100) / 20) + 1.5, "close", "half of a guess's, 1.15,"),
        (7.4 * np.exp(-np.arange(100) / 20), "right", "losses cannot tell"),
        (np.append(np.linspace(2.3, 0.2, 40), np.full(40, 0.15)), "right", "falls from"),
        ([(2.3 - i / 40, i / 60) for i in range(60)], "wrong", "perhaps loss and accuracy"),
        (np.linspace(2.3, 0.3, 40)[:, None], "right", "falls from"),
        ([2.3, 1.0], "wrong", "These are 2 losses"),
        ("falling", "wrong", "A list is needed"),
        (0.5, "wrong", "A list is needed"),
        ([[1, 2], [3]], "wrong", "A list is needed"),
        (None, "not answered yet", "Collect"),
        ([], "not answered yet", "Collect"),
    ],
)
def test_losses(losses, verdict, words):
    feedback = check_losses(losses)
    assert feedback.verdict == verdict
    assert words in feedback.message


# ---- the model
def network(seed=0, outputs=10):
    return nn.Sequential(
        nn.Conv2D(1, 8, 3, padding=1),
        nn.ReLU(),
        nn.MaxPool2D(2),
        nn.Flatten(),
        nn.Dense(128, outputs),
        seed=seed,
    )


def trained(part, epochs, batch_size=32):
    model = network()
    steps = list(nn.train(model, part, epochs=epochs, batch_size=batch_size))
    return model, steps


def test_a_trained_model_passes_and_its_loss_falls():
    data = nn.digits()
    model, steps = trained(data.train, 6)
    for feedback in (check_model(model), check_model(model, data)):
        assert feedback.verdict == "right"
        assert f"{100 * model.accuracy(data.test):.1f} % of 355 test pictures" in feedback.message
    assert check_losses(steps).verdict == "right"
    assert check_losses([step.loss for step in steps]).verdict == "right"


def test_a_model_that_remembers():
    model, _ = trained(nn.digits().train.take(60), 60)
    few = nn.Dataset("digits", nn.digits().train.take(60), nn.digits().test, nn.digits().classes)
    feedback = check_model(model, few)
    assert feedback.verdict == "close"
    assert "That gap is overfitting" in feedback.message


def test_a_good_model_trained_on_the_whole_test_part():
    data = nn.digits()
    model = nn.Sequential(nn.Flatten(), nn.Dense(64, 32), nn.ReLU(), nn.Dense(32, 10))
    list(nn.train(model, data.test, epochs=60))
    assert model.accuracy(data.train) > 0.93
    feedback = check_model(model)
    assert feedback.verdict == "wrong"
    assert "Was it trained on the test part?" in feedback.message


def test_a_model_trained_on_the_test_part():
    model, _ = trained(nn.digits().test.take(150), 60)
    seen = nn.Dataset("digits", nn.digits().train, nn.digits().test.take(150), nn.digits().classes)
    assert "Was it trained on the test part?" in check_model(model, seen).message


def constant():
    model = network()
    model[4].weights["weight"][...] = 0
    model[4].weights["bias"][3] = 1
    return model


def broken():
    model = network()
    model[4].weights["bias"][3] = np.nan
    return model


@pytest.mark.parametrize(
    ("model", "dataset", "words"),
    [
        (network(), "digits", "no more than guessing gets"),
        (constant(), "digits", "the same class for every picture"),
        (broken(), "digits", "not numbers"),
        (network(outputs=4), "digits", "4 outputs, but digits has 10 classes"),
        (network(), nn.digits(canvas=12), "It could not be tested. Dense: input"),
        (network(), "faces", "no dataset 'faces'; use one of digits"),
        (network(), [], "no dataset []"),
        (nn.Dense(64, 10), "digits", "not a value of type Dense"),
    ],
)
def test_what_is_amiss_with_a_model_is_named(model, dataset, words):
    feedback = check_model(model, dataset)
    assert feedback.verdict == "wrong"
    assert words in feedback.message


def test_no_model_yet():
    assert check_model().verdict == check_model(..., "digits").verdict == "not answered yet"
