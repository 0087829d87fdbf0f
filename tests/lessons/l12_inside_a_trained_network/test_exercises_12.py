"""Lesson 12: learners' answers, right and known-wrong, and that every claim of the exercises is true."""

import math
from functools import cache

import numpy as np
import pytest

from cnnlib.activations import softmax
from cnnlib.exercises import EXERCISES, check_climb, check_covering, check_sizes, get_prediction
from cnnlib.geometry import reach
from cnnlib.ledger import ledger
from cnnlib.lessons.l12_inside_a_trained_network.checks import Certainty
from cnnlib.lessons.l12_inside_a_trained_network.lenet_digit import digits_for_lenet, network
from cnnlib.lessons.l13_beyond.architectures import ARCHITECTURES
from cnnlib.nn import Conv2D, Dense, Flatten, Sequential
from cnnlib.nn.explaining import occlusion_map
from cnnlib.nn.fooling import fool
from cnnlib.nn.pretrained import lenet

CLIMB = check_climb.check


LAYERS = ledger((1, 32, 32), ARCHITECTURES["LeNet of this course"].layers).rows
DENSE = [row.parameters for row in LAYERS if "dense" in row.layer.name]


def revealed(name):
    return get_prediction(f"12-predict-{name}").reveal


def learned(model):
    return [sum(array.size for array in layer.weights.values()) for layer in model if layer.weights]


# --- the sizes of LeNet


def test_right_sizes_pass_and_are_those_of_the_network():
    assert check_sizes(28, 14, 10, 5, 400).message == EXERCISES["12-sizes"].right
    shapes = [lenet()[:end].output_shape((1, 32, 32)) for end in (1, 3, 4, 6, 7)]
    assert [size.answer for size in EXERCISES["12-sizes"].parts.values()] == [shape[-1] for shape in shapes]
    assert [math.prod(shape) for shape in shapes][2:] == [1600, 400, 400]


def test_each_wrong_size_is_named():
    right = [size.answer for size in EXERCISES["12-sizes"].parts.values()]
    for index, (name, size) in enumerate(EXERCISES["12-sizes"].parts.items()):
        assert size.answer not in size.mistakes
        for wrong, says in [*size.mistakes.items(), (12345, size.hint)]:
            feedback = check_sizes(*right[:index], wrong, *right[index + 1 :])
            assert (feedback.verdict, feedback.message) == ("wrong", f"({name}) {says}")


@pytest.mark.parametrize(
    ("sizes", "words"),
    [
        ((32, 16, 16, 8, 1024), "(first convolution) That is with padding"),
        ((28, 27, 23, 22, 7744), "(first pooling) That is pooling at stride 1"),
        ((28, 14, 14, 7, 784), "(second convolution) That is with padding"),
        ((28, 14, 10, 5, 25), "(flatten) That is one map"),
        ((28, 14, 10, 5, 1600), "(flatten) That is 16 · 10 · 10"),
    ],
)
def test_the_first_size_that_is_amiss_is_told(sizes, words):
    assert check_sizes(*sizes).message.startswith(words)


def test_a_size_that_is_missing_is_no_answer():
    assert check_sizes().verdict == check_sizes(28, 14, ..., 5, 400).verdict == "not answered yet"
    assert check_sizes((6, 28, 28), 14, 10, 5, 400).verdict == "wrong"


# --- functions


def covering(certainty, picture, window, stride):
    rows = range(0, picture.shape[0] - window + 1, stride)
    cols = range(0, picture.shape[1] - window + 1, stride)
    found = []
    for top in rows:
        found.append([])
        for left in cols:
            covered = np.copy(picture)
            covered[top : top + window, left : left + window] = 0
            found[-1].append(certainty(picture) - certainty(covered))
    return found


def climb(picture, gradient, rate):
    changed = picture + rate * gradient
    return np.where(changed < 0, 0, np.where(changed > 1, 1, changed))


def by_the_package(certainty, picture, window, stride):
    """A dense layer with two scores, the second of them 0, is a sigmoid of the first."""
    model = Sequential(Flatten(), Dense(picture.size, 2)).astype(float)
    model[1].weights["weight"][...] = [certainty.weights.ravel(), np.zeros(picture.size)]
    return occlusion_map(model, picture, 0, int(window), int(stride))


RIGHT = {check_climb: [climb], check_covering: [covering, by_the_package]}


def test_the_true_step_raises_the_certainty():
    certainty = Certainty(np.linspace(-1, 2, 12).reshape(3, 4))
    picture = np.full((3, 4), 0.5)
    assert certainty(CLIMB.truth(picture, certainty.weights, 0.1)) > certainty(picture)


def one_copy(certainty, picture, window, stride):
    covered, found = picture.copy(), []
    for top in range(0, picture.shape[0] - window + 1, stride):
        found.append([])
        for left in range(0, picture.shape[1] - window + 1, stride):
            covered[top : top + window, left : left + window] = 0
            found[-1].append(certainty(picture) - certainty(covered))
    return found


def no_copy(certainty, picture, window, stride):
    found = []
    for top in range(0, picture.shape[0] - window + 1, stride):
        found.append([])
        for left in range(0, picture.shape[1] - window + 1, stride):
            whole = certainty(picture)
            picture[top : top + window, left : left + window] = 0
            found[-1].append(whole - certainty(picture))
    return found


def hanging_over(certainty, picture, window, stride):
    found = np.zeros((len(picture[::stride]), len(picture[0, ::stride])))
    for i, j in np.ndindex(found.shape):
        covered = picture.copy()
        covered[i * stride :, j * stride :][:window, :window] = 0
        found[i, j] = certainty(picture) - certainty(covered)
    return found


def cut_out(certainty, picture, window, stride):
    return [[certainty(picture[:window, :window])]]


def in_place(picture, gradient, rate):
    picture += rate * gradient
    picture[...] = picture.clip(0, 1)
    return picture


WRONG = {
    check_covering: [
        (lambda c, x, w, s: c(x) - np.array(covering(c, x, w, s)), "certainty that is left"),
        (lambda *given: -np.array(covering(*given)), "sign is the wrong way round"),
        (one_copy, "Squares stay covered"),
        (no_copy, "changes the array it is given"),
        (hanging_over, "hang over the end"),
        (lambda *given: np.transpose(covering(*given)), "Rows and columns of the map are swapped"),
        (cut_out, "hand over that copy"),
        (lambda *given: np.max(covering(*given)), "The largest of the results alone is returned"),
    ],
    check_climb: [
        (lambda x, g, r: np.clip(x - r * g, 0, 1), "downhill"),
        (lambda x, g, r: x + r * g, "leads out of 0"),
        (lambda x, g, r: np.clip(x, 0, 1) + r * g, "leads out of 0"),
        (lambda x, g, r: np.clip(x + r * g, 0, 255), "not to 255"),
        (lambda x, g, r: np.clip(x + r * np.sign(g), 0, 1), "signs"),
        (lambda x, g, r: np.clip(x + r * g / np.sqrt((g**2).sum()), 0, 1), "as the demo does"),
        (lambda x, g, r: np.clip(x + g, 0, 1), "The rate does not come in"),
    ],
}
CLOSE = {check_climb: [(in_place, "changes the array it is given")]}


# --- numbers


def test_the_numbers_are_true():
    assert EXERCISES["12-parameters"].answer == sum(learned(lenet())) == 63_802
    assert EXERCISES["12-share"].answer == round(100 * sum(DENSE) / 63_802, 1) == 96.0
    seen = reach([(5, 1, 0), (2, 2, 0), (5, 1, 0), (2, 2, 0)])
    first = seen.start + 3 * seen.jump
    assert (EXERCISES["12-window"].answer, first, first + seen.field - 1) == (12, 12, 27)


def test_the_mistakes_of_the_count_lead_to_their_numbers():
    parts = 156, 2_416, 48_120, 12_100, 1_010
    assert parts == tuple(learned(lenet()))
    one_map = sum(learned(Sequential(Conv2D(1, 16, 5))))
    others = {
        63_550: 63_802 - (6 + 16 + 120 + 100 + 10),
        61_706: ARCHITECTURES["LeNet-5 of today"].parameters,
        60_000: ARCHITECTURES["LeNet-5 of 1998"].parameters,
        61_802: 63_802 - 2_416 + one_map,
        63_882: 63_802 - 16 + 16 * 6,
        61_230: sum(DENSE),
        2_572: 156 + 2_416,
        62_792: 63_802 - 1_010,
        18_802: 63_802 - 48_120 + (25 + 1) * 120,
        207_802: 63_802 - 48_120 + (1600 + 1) * 120,
        138_682: 63_802 - 48_120 + (16 * 8 * 8 + 1) * 120,
        418_600: sum(row.multiplications for row in LAYERS),
    }
    assert all(wrong == made for wrong, made in others.items())
    assert set(EXERCISES["12-parameters"].mistakes) == set(others)


def test_the_mistakes_of_the_share_lead_to_their_numbers():
    work = [row.multiplications for row in LAYERS if "dense" in row.layer.name]
    shares = [sum(DENSE[:1]) / 63_802, sum(DENSE[:2]) / 63_802, sum(work) / 418_600, 2_572 / 63_802]
    assert [round(100 * part, 1) for part in shares] == [75.4, 94.4, 14.6, 4.0]
    assert {75.4, 94.4, 14.6, 4.0} <= set(EXERCISES["12-share"].mistakes)


# --- predictions


@cache
def certainties():
    return softmax(network().outputs(digits_for_lenet()[0][:, None]))


def test_an_empty_canvas_is_a_one():
    shares = softmax(network()(np.zeros((1, 1, 32, 32))))[0]
    assert shares.argmax() == 1
    assert round(100 * shares[1]) == 74


def test_the_middle_of_the_foot_carries_the_three():
    pictures, labels = digits_for_lenet()
    assert labels[23] == 3
    assert round(100 * certainties()[23, 3]) == 99
    lost = occlusion_map(network(), pictures[23], 3, 6, 2)
    assert (lost < 0.05).mean() > 0.75  # most squares cost next to nothing
    assert (lost < 0.09).mean() > 0.5  # with most of them covered, over 90 % are left
    assert ((lost > 0.4) & (lost < 0.6)).any()  # there are places that leave about half
    row, col = np.unravel_index(lost.argmax(), lost.shape)
    covered = pictures[23].copy()
    covered[2 * row : 2 * row + 6, 2 * col : 2 * col + 6] = 0
    now = softmax(network()(covered[None, None]))[0]
    assert (now.argmax(), round(100 * now[3])) == (7, 4)
    ink = np.argwhere(pictures[23] > 0.5)
    foot = ink[ink[:, 0] >= 22]  # its lowest rows
    assert 2 * row + 6 > foot[:, 0].max()
    assert foot[:, 1].min() < 2 * col < foot[:, 1].max()


def test_three_mistakes_are_sure_and_the_truth_comes_second():
    sure = certainties().max(axis=1) >= 0.9
    wrong = certainties().argmax(axis=1) != digits_for_lenet()[1]
    assert (len(sure), wrong.sum(), sure.sum(), (sure & wrong).sum()) == (355, 16, 295, 3)
    second = certainties().argsort(axis=1)[:, -2]
    assert (second == digits_for_lenet()[1])[wrong].all()


def test_a_little_makes_the_three_an_eight():
    start = digits_for_lenet()[0][23]
    *_, (picture, shares) = fool(network(), start, 8, steps=25, rate=0.1, limit=0.25)
    assert shares.argmax() == 8
    assert shares[8] > 0.99
    assert round(float(np.abs(picture - start).mean()), 3) == 0.028
    assert np.abs(picture - start).max() <= 0.25 + 1e-9
    assert np.corrcoef(picture.ravel(), start.ravel())[0, 1] > 0.95  # the 3 is still there
