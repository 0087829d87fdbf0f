"""Lesson 12's Gram matrix: learners' answers, right and known-wrong."""

import numpy as np

from cnnlib.exercises import check_gram


def by_rows(maps):
    rows = maps.reshape(len(maps), -1)
    return rows @ rows.T / rows.shape[1]


def by_loops(maps):
    return [[np.mean(one * other) for other in maps] for one in maps]


RIGHT = {check_gram: [by_rows, by_loops, lambda maps: np.einsum("fhw,ghw->fg", maps, maps) / maps[0].size]}


WRONG = {
    check_gram: [
        (lambda m: m.reshape(len(m), -1).T @ m.reshape(len(m), -1) / m[0].size, "places times places"),
        (lambda m: np.tensordot(m, m, axes=([1, 2], [1, 2])), "H · W"),
        (lambda m: by_rows(m) / len(m), "all numbers of all maps"),
        (lambda m: by_rows(m - m.mean(axis=(1, 2), keepdims=True)), "covariance"),
        (lambda m: m**2, "who answers together"),
        (lambda m: np.diag(np.diag(by_rows(m))), "who answers together"),
        (lambda m: [[a.mean() * b.mean() for b in m] for a in m], "means of the maps"),
        (lambda m: m.reshape(-1, len(m)).T @ m.reshape(-1, len(m)) / m[0].size, "cuts the maps"),
        (lambda m: m @ m.T, "one long row first"),
    ]
}
