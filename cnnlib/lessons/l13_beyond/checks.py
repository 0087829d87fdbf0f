"""Lesson 13's checks: Gram matrices."""

import numpy as np

from cnnlib.exercises.check import Ways, function_check
from cnnlib.nn.style import gram


def _maps(name: str, *maps: object) -> tuple:
    return (name, np.array(maps))


def _rows(maps: np.ndarray) -> np.ndarray:
    return maps.reshape(len(maps), -1)


def _sums(maps: np.ndarray) -> np.ndarray:
    return _rows(maps) @ _rows(maps).T


def _area(maps: np.ndarray) -> int:
    return maps[0].size


def _mixed(maps: np.ndarray) -> np.ndarray:
    """Reshape to (positions, F), which cuts the maps in pieces where a transpose would turn them."""
    columns = maps.reshape(-1, len(maps))
    return columns.T @ columns / _area(maps)


def _product(maps, *, rows=_rows, over=None, order=lambda out: out, mixed=None) -> np.ndarray:
    """Multiply as is right, but for what a mistake puts in place of a part."""
    table = rows(maps)
    return order(table @ (mixed or (lambda t: t.T))(table)) / (over(maps) if over else _area(maps))


_GRAMS = Ways(
    _product,
    {
        "rows": (
            (
                lambda m: _rows(m).T,
                "Your matrix has a row for each position. Filters times filters is asked for.",
            ),
            (
                lambda m: m.reshape(-1, len(m)).T,
                "`reshape` to (positions, filters) cuts the maps to pieces and mixes them.",
            ),
            (
                lambda m: m.reshape(-1, m.shape[2]).T,
                "The maps are taken to be (H, W, C): rows are mixed with filters. Here "
                "the filters come first.",
            ),
            (
                lambda m: _rows(m) - _rows(m).mean(axis=1, keepdims=True),
                "Each map's mean is subtracted: covariance.",
            ),
            (
                lambda m: _rows(m) - m.mean(),
                "The mean of all maps is subtracted. A Gram matrix takes maps as they are.",
            ),
            (
                lambda m: _rows(m) / np.linalg.norm(_rows(m), axis=1, keepdims=True),
                "Each map is brought to the length 1.",
            ),
            (lambda m: np.abs(_rows(m)), "The signs of the maps are dropped."),
            (lambda m: _rows(m) ** 2, "The maps are squared first. Multiply every two of them."),
            (lambda m: m[:, :, 0], "Only the first column of each map comes in. All positions count."),
            (lambda m: m[:, 0], "Only the first row of each map comes in. All positions count."),
            (
                lambda m: m.sum(axis=1),
                "The rows of each map are added up first. Multiply element by element.",
            ),
            (
                lambda m: m.sum(axis=2),
                "The columns of each map are added up first. Multiply element by element.",
            ),
            (
                lambda m: m.mean(axis=1),
                "The rows of each map are averaged first. Multiply element by element.",
            ),
            (
                lambda m: m.mean(axis=2),
                "The columns of each map are averaged first. Multiply element by element.",
            ),
        ),
        "over": (
            (lambda m: 1, "Those are sums over the positions. Divide by how many there are, H · W."),
            (lambda m: m.size, "You divide by all numbers of all maps. Divide by the positions, H · W."),
            (lambda m: len(m), "You divide by how many maps there are. Divide by the positions, H · W."),
            (lambda m: _area(m) - 1, "You divide by H · W − 1. Divide by the positions, H · W."),
            (lambda m: m.shape[1], "You divide by how many rows a map has. Divide by the positions, H · W."),
            (
                lambda m: m.shape[2],
                "You divide by how many columns a map has. Divide by the positions, H · W.",
            ),
            (
                lambda m: 2 * m.size,
                "You divide by 2 · F · H · W, as in one of the papers on style. The plain "
                "mean divides by "
                "the positions, H · W.",
            ),
            (
                lambda m: 4 * m.size**2,
                "You divide by 4 · F² · (H · W)², as in the loss of the paper on style. The "
                "plain mean "
                "divides by the positions, H · W.",
            ),
            (
                lambda m: 4 * len(m) ** 2 * _area(m) ** 2,
                "You divide by 4 · F² · (H · W)², as in the loss of the paper.",
            ),
            (lambda m: 2 * _area(m), "You divide by 2 · H · W. Divide by the positions, H · W."),
            (lambda m: 2 * len(m) * _area(m), "You divide by 2 · F · H · W. Divide by the positions, H · W."),
            (
                lambda m: len(m) ** 2,
                "You divide by how many pairs of maps there are. Divide by the positions, H · W.",
            ),
            (lambda m: _area(m) ** 2, "You divide by the positions twice."),
            (
                lambda m: np.sqrt(_area(m)),
                "You divide by the root of the number of positions. Divide by all of them.",
            ),
            (lambda m: m.shape[1] + m.shape[2], "You divide by H + W. There are H · W positions."),
            (lambda m: 1 / _area(m), "You multiply by the number of positions. Divide by it."),
        ),
        "order": (
            (
                np.triu,
                "Only the upper half of the matrix is filled: it is the same on both sides of its diagonal.",
            ),
            (
                np.tril,
                "Only the lower half of the matrix is filled: it is the same on both sides of its diagonal.",
            ),
            (
                lambda out: out - np.diag(np.diag(out)),
                "The diagonal is left out: each map also responds together with itself.",
            ),
            (
                lambda out: np.diag(np.diag(out)),
                "You multiply each map with itself alone. Every pair counts.",
            ),
            (np.diag, "You multiply each map with itself alone. Every pair counts."),
            (np.sum, "All pairs are added up. The matrix has a number for each pair."),
            (np.ravel, "The matrix is one long row: its rows and columns are lost."),
        ),
    },
)

_DIAGONAL = (
    "You multiply each map with itself alone. The matrix has a number for every pair of maps: who responds "
    "together is the point of it."
)

_WITHIN = "You multiply rows of a map with rows of the same map. Make each map one long row first."

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
    truth=gram,
    ways=[_GRAMS],
    right="Each map becomes a row; rows times columns multiplies every two of them element by element and "
    "adds up. Whatever the order of the positions, the sums are the same: where is forgotten.",
    mistakes=(
        (
            "Your matrix has a row for each position: positions times positions. Filters times filters is "
            "asked for: the other factor is to be transposed.",
            lambda m: _rows(m).T @ _rows(m) / _area(m),
        ),
        (
            "Your matrix has a row for each position: positions times positions. Filters times filters is "
            "asked for: the other factor is to be transposed, and the mean to be taken.",
            lambda m: _rows(m).T @ _rows(m),
        ),
        (
            "Those are sums over the positions. Divide by how many positions there are, H · W: the mean is "
            "asked for.",
            _sums,
        ),
        (
            "You divide by all numbers of all maps. Two maps have one product for each position: divide by "
            "the positions, H · W.",
            lambda m: _sums(m) / m.size,
        ),
        (
            "You divide by how many maps there are. Divide by the positions, H · W.",
            lambda m: _sums(m) / len(m),
        ),
        (
            "You divide by H · W − 1, as for a variance that is estimated. Divide by the positions, H · W.",
            lambda m: _sums(m) / (_area(m) - 1),
        ),
        (
            "You subtract each map's mean first: that is the covariance. A Gram matrix takes maps as they "
            "are, so that it also says how strongly a filter responds.",
            lambda m: np.cov(_rows(m), bias=True),
        ),
        (
            "That is the covariance: each map's mean is subtracted first. A Gram matrix takes maps as they "
            "are.",
            lambda m: np.cov(_rows(m)),
        ),
        (
            "That is the correlation: means are subtracted and strengths divided out. A Gram matrix takes "
            "maps as they are.",
            lambda m: np.corrcoef(_rows(m)),
        ),
        (_DIAGONAL, lambda m: (m * m).mean(axis=(1, 2))),
        (_DIAGONAL, lambda m: np.diag((m * m).mean(axis=(1, 2)))),
        (_DIAGONAL, lambda m: m * m),
        (
            "You multiply the means of the maps. Two maps that never respond in the same position would get "
            "a large number, too: multiply element by element first, then take the mean.",
            lambda m: np.outer(*[m.mean(axis=(1, 2))] * 2),
        ),
        (
            "You add up each map before you multiply. Multiply element by element first, then add up.",
            lambda m: np.outer(*[m.sum(axis=(1, 2))] * 2) / _area(m),
        ),
        (
            "`reshape` to (positions, filters) cuts the maps to pieces and mixes them. Reshape to (filters, "
            "positions), and turn that with `.T`.",
            _mixed,
        ),
        *(
            (
                "The maps are taken to be (H, W, C), with the filters last. Here they come first: (F, H, W).",
                lambda m, over=over: m.reshape(-1, m.shape[2]).T @ m.reshape(-1, m.shape[2]) / over(m),
            )
            for over in (lambda m: len(m) * m.shape[1], lambda m: 1, lambda m: m.size)
        ),
        (_WITHIN, lambda m: np.matmul(m, np.swapaxes(m, 1, 2)).mean(axis=0)),
        (_WITHIN, lambda m: np.matmul(m, np.swapaxes(m, 1, 2))),
    ),
)
