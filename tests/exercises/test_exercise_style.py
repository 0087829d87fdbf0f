"""Right Gram matrices pass, and each known mistake is named."""

import numpy as np
import pytest

from cnnlib.exercises import check_gram
from cnnlib.exercises.bank12_style import GRAM
from cnnlib.exercises.grading import grade_function


def by_rows(maps):
    rows = maps.reshape(len(maps), -1)
    return rows @ rows.T / rows.shape[1]


def by_loops(maps):
    return [[np.mean(one * other) for other in maps] for one in maps]


@pytest.mark.parametrize(
    "solution", [by_rows, by_loops, lambda maps: np.einsum("fhw,ghw->fg", maps, maps) / maps[0].size]
)
def test_a_right_gram_matrix_passes(solution):
    assert check_gram(solution).verdict == "right"


def test_each_mistake_of_the_bank_is_told_apart():
    for mistake in GRAM.mistakes:
        assert grade_function(mistake.imitate, GRAM).message == mistake.says


WRONG = {
    "places": (lambda m: m.reshape(len(m), -1).T @ m.reshape(len(m), -1) / m[0].size, "places times places"),
    "sum": (lambda m: np.tensordot(m, m, axes=([1, 2], [1, 2])), "H · W"),
    "divided by all": (lambda m: by_rows(m) / len(m), "all numbers of all maps"),
    "centred": (lambda m: by_rows(m - m.mean(axis=(1, 2), keepdims=True)), "covariance"),
    "elements": (lambda m: m**2, "who answers together"),
    "diagonal": (lambda m: np.diag(np.diag(by_rows(m))), "who answers together"),
    "means": (lambda m: [[a.mean() * b.mean() for b in m] for a in m], "means of the maps"),
    "reshape": (lambda m: m.reshape(-1, len(m)).T @ m.reshape(-1, len(m)) / m[0].size, "cuts the maps"),
    "not flattened": (lambda m: m @ m.T, "one long row first"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_known_mistake_is_named(name):
    function, words = WRONG[name]
    feedback = check_gram(function)
    assert feedback.verdict == "wrong"
    assert words in feedback.message


@pytest.mark.parametrize("nothing", [None, ..., lambda maps: None])
def test_no_answer_is_no_mistake(nothing):
    assert check_gram(nothing).verdict == "not answered yet"
