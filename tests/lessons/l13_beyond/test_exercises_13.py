"""Lesson 13's checks: learners' answers, right and known-wrong."""

import numpy as np

from cnnlib.exercises import EXERCISES, check_gram, get_prediction
from cnnlib.ledger import ledger
from cnnlib.lessons.l13_beyond.architectures import ARCHITECTURES
from cnnlib.lessons.l13_beyond.timeline import IMAGENET
from cnnlib.nn import Dense, Sequential


def revealed(name):
    return get_prediction(f"12-predict-{name}").reveal


def by_rows(maps):
    rows = maps.reshape(len(maps), -1)
    return rows @ rows.T / rows.shape[1]


def by_loops(maps):
    return [[np.mean(one * other) for other in maps] for one in maps]


RIGHT = {check_gram: [by_rows, by_loops, lambda maps: np.einsum("fhw,ghw->fg", maps, maps) / maps[0].size]}


WRONG = {
    check_gram: [
        (lambda m: m.reshape(len(m), -1).T @ m.reshape(len(m), -1) / m[0].size, "positions times positions"),
        (lambda m: np.tensordot(m, m, axes=([1, 2], [1, 2])), "H · W"),
        (lambda m: by_rows(m) / len(m), "all numbers of all maps"),
        (lambda m: by_rows(m - m.mean(axis=(1, 2), keepdims=True)), "covariance"),
        (lambda m: m**2, "who responds together"),
        (lambda m: np.diag(np.diag(by_rows(m))), "who responds together"),
        (lambda m: [[a.mean() * b.mean() for b in m] for a in m], "means of the maps"),
        (lambda m: m.reshape(-1, len(m)).T @ m.reshape(-1, len(m)) / m[0].size, "cuts the maps"),
        (lambda m: m @ m.T, "one long row first"),
    ]
}


def test_the_head_and_its_mistakes_lead_to_their_numbers():
    head = sum(array.size for array in Sequential(Dense(100, 26)).weights.values())
    assert EXERCISES["12-head"].answer == head == 2_626
    frozen = 63_802 - 1_010
    made = {2_600, 1_010, frozen + 2_626, 63_802, frozen, 100 + 26, 401 * 26, 12_100 + 2_626, 16 * 101}
    assert made == set(EXERCISES["12-head"].mistakes) - {48_120 + 12_100 + 2_626}


def test_the_lenet_of_1998_is_another():
    names = [layer.name for layer in ARCHITECTURES["LeNet-5 of 1998"].layers]
    assert "tanh" in names
    assert "dense 84" in names
    assert "ReLU" not in names
    assert not any("max" in name for name in names)
    rows = ledger((1, 32, 32), ARCHITECTURES["LeNet-5 of 1998"].layers).rows
    assert rows[2].output_shape == (6, 14, 14)
    assert rows[2].parameters == 12  # a weight and a bias for each map
    for name in ("LeNet-5 of 1998", "LeNet-5 of today", "LeNet of this course"):
        assert f"{ARCHITECTURES[name].parameters:,}" in revealed("1998")


def test_the_errors_of_imagenet():
    errors = {(entry.year, entry.place): entry.error for entry in IMAGENET}
    assert (errors[2012, 1], errors[2012, 2], errors[2011, 1]) == (15.3, 26.2, 25.8)
    for error in ("15.3", "26.2", "25.8"):
        assert error in revealed("five")
