"""Lesson 13's checks: Gram matrices."""

import numpy as np

from cnnlib.exercises.check import function_check


def _maps(name: str, *maps: object) -> tuple:
    return (name, np.array(maps))


def _gram(maps):
    filters, height, width = maps.shape
    rows = maps.reshape(filters, height * width)
    return rows @ rows.T / (height * width)


check_gram = function_check(
    "12-gram",
    makes="a learner's own Gram matrix",
    takes="Takes maps ``(F, H, W)``; returns the mean, over all positions, of the product of every two of "
    "them, ``(F, F)``.",
    example="""
    >>> check_gram(lambda maps: maps.sum(axis=(1, 2))).verdict
    'wrong'
    """,
    call="gram(maps)",
    errors=(
        ("core dimension", "Make each map one long row of numbers first."),
        ("not aligned", "Make each map one long row of numbers first."),
    ),
    cases=(
        _maps("two maps of 1 × 3", [[1, 0, 3]], [[2, 5, 0]]),
        _maps("three maps of 2 × 3", [[0, 2, 1], [4, 0, 0]], [[3, 0, 0], [1, 2, 6]], [[0, 0, 5], [0, 7, 1]]),
        _maps(
            "four maps of 3 × 2",
            [[1.5, 0], [0, 2], [3, 0]],
            [[0, 4], [1, 1], [0, 0.5]],
            [[2, 2], [0, 0], [1, 0]],
            [[0, 0], [6, 0], [0, 1]],
        ),
        _maps("two maps of 2 × 2 with signs", [[1, -2], [0.5, 3]], [[-1, 4], [2, -0.5]]),
    ),
    right="Each map becomes a row; rows times columns multiplies every two of them element by element and "
    "adds up. Whatever the order of the positions, the sums are the same: where is forgotten.",
    truth=_gram,
    edits="""
        rows @ rows.T -> rows.T @ rows
            Your matrix has a row for each position: positions times positions. Filters times filters is asked
            for: the other factor is to be transposed.
        rows @ rows.T / (height * width) -> rows.T @ rows
            Your matrix has a row for each position: positions times positions. Filters times filters is asked
            for: the other factor is to be transposed, and the mean to be taken.
        / (height * width) -> / 1
            Those are sums over the positions. Divide by how many positions there are, H · W: the mean is
            asked for.
        / (height * width) -> / maps.size
            You divide by all numbers of all maps. Two maps have one product for each position: divide by the
            positions, H · W.
        / (height * width) -> / filters
            You divide by how many maps there are. Divide by the positions, H · W.
        / (height * width) -> / (height * width - 1)
            You divide by H · W − 1, as for a variance that is estimated. Divide by the positions, H · W.
        / (height * width) -> / (2 * maps.size)
        / (height * width) -> / (4 * maps.size**2)
            You divide as one of the papers on style does in its loss. The plain mean divides by the places, H
            · W.
        / (height * width) -> / height / width / height / width
            You divide by the positions twice.
        / (height * width) -> / height
        / (height * width) -> / width
            You divide by one side of the maps. Divide by the places, H · W.
        / (height * width) -> / (height + width)
            You divide by H + W. There are H · W positions.
        / (height * width) -> / filters**2
            You divide by how many pairs of maps there are. Divide by the positions, H · W.
        rows @ rows.T / (height * width) -> np.cov(rows, bias=True)
        rows @ rows.T / (height * width) -> np.cov(rows)
            You subtract each map's mean first: that is the covariance. A Gram matrix takes maps as they are,
            so that it also says how strongly a filter responds.
        rows @ rows.T / (height * width) -> np.corrcoef(rows)
            That is the correlation: means are subtracted and strengths divided out. A Gram matrix takes maps
            as they are.
        rows = -> maps = maps / np.linalg.norm(maps, axis=(1, 2), keepdims=True); rows =
            Each map is brought to the length 1. A Gram matrix takes maps as they are.
        rows @ rows.T / (height * width) -> (rows * rows).mean(axis=1)
        rows @ rows.T / (height * width) -> np.diag((rows * rows).mean(axis=1))
        rows @ rows.T / (height * width) -> maps * maps
            You multiply each map with itself alone. The matrix has a number for every pair of maps: who
            responds together is the point of it.
        return rows @ rows.T / (height * width) -> return np.triu(rows @ rows.T / (height * width))
        return rows @ rows.T / (height * width) -> return np.tril(rows @ rows.T / (height * width))
            Only one half of the matrix is filled: it is the same on both sides of its diagonal.
        rows @ rows.T -> rows @ rows.T * (1 - np.eye(filters))
            The diagonal is left out: each map also responds together with itself.
        rows @ rows.T / (height * width) -> np.outer(rows.mean(axis=1), rows.mean(axis=1))
            You multiply the means of the maps. Two maps that never respond in the same position would get a
            large number, too: multiply element by element first, then take the mean.
        rows @ rows.T -> np.outer(rows.sum(axis=1), rows.sum(axis=1))
            You add up each map before you multiply. Multiply element by element first, then add up.
        maps.reshape(filters, height * width) -> maps.sum(axis=1)
        maps.reshape(filters, height * width) -> maps.sum(axis=2)
        maps.reshape(filters, height * width) -> maps.mean(axis=1)
        maps.reshape(filters, height * width) -> maps.mean(axis=2)
            The rows, or columns, of each map are put together first. Multiply place by place.
        maps.reshape(filters, height * width) -> maps.reshape(height * width, filters).T
            `reshape` to (positions, filters) cuts the maps to pieces and mixes them. Reshape to (filters,
            positions), and turn that with `.T`.
        maps.reshape(filters, height * width) -> maps.reshape(filters * height, width).T
        ;; / (height * width) -> / (filters * height)
        maps.reshape(filters, height * width) -> maps.reshape(filters * height, width).T
        ;; / (height * width) -> / 1
        maps.reshape(filters, height * width) -> maps.reshape(filters * height, width).T
        ;; / (height * width) -> / maps.size
            The maps are taken to be (H, W, C), with the filters last. Here they come first: (F, H, W).
        rows @ rows.T / (height * width) -> np.matmul(maps, np.swapaxes(maps, 1, 2)).mean(axis=0)
        rows @ rows.T / (height * width) -> np.matmul(maps, np.swapaxes(maps, 1, 2))
            You multiply rows of a map with rows of the same map. Make each map one long row first.
    """,
)
