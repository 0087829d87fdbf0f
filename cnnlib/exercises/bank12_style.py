"""Lesson 12's bank of Gram matrices: the truth, and each known mistake with the sentence that names it."""

import numpy as np

from cnnlib.exercises.task import Case, Mistake, Task
from cnnlib.nn.style import gram


def _maps(name: str, *maps: object) -> Case:
    return Case(name, (np.array(maps),))


def _rows(maps: np.ndarray) -> np.ndarray:
    return maps.reshape(len(maps), -1)


def _sums(maps: np.ndarray) -> np.ndarray:
    return _rows(maps) @ _rows(maps).T


def _places(maps: np.ndarray) -> int:
    return maps[0].size


def _mixed(maps: np.ndarray) -> np.ndarray:
    """Reshape to (places, F), which cuts the maps in pieces where a transpose would turn them."""
    columns = maps.reshape(-1, len(maps))
    return columns.T @ columns / _places(maps)


_NO_MEAN = (
    "Those are sums over the places. Divide by how many places there are, H · W: the mean is asked for."
)
_DIAGONAL = (
    "You multiply each map with itself alone. The matrix has a number for every pair of maps: who answers "
    "together is the point of it."
)

_WITHIN = "You multiply rows of a map with rows of the same map. Make each map one long row first."

GRAM = Task(
    call="gram(maps)",
    errors=(
        ("core dimension", "Make each map one long row first: `maps.reshape(len(maps), -1)`."),
        ("not aligned", "Make each map one long row first: `maps.reshape(len(maps), -1)`."),
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
    ),
    truth=gram,
    right="Each map becomes a row; rows times columns multiplies every two of them place by place and adds "
    "up. Whatever the order of the places, the sums are the same: where is forgotten.",
    mistakes=(
        Mistake(
            lambda m: _rows(m).T @ _rows(m) / _places(m),
            "Your matrix has a row for each place: places times places. Filters times filters is asked for: "
            "the other factor is to be transposed.",
        ),
        Mistake(
            lambda m: _rows(m).T @ _rows(m),
            "Your matrix has a row for each place: places times places. Filters times filters is asked for: "
            "the other factor is to be transposed, and the mean to be taken.",
        ),
        Mistake(_sums, _NO_MEAN),
        Mistake(
            lambda m: _sums(m) / m.size,
            "You divide by all numbers of all maps. Two maps have one product for each place: divide by the "
            "places, H · W.",
        ),
        Mistake(
            lambda m: _sums(m) / len(m), "You divide by how many maps there are. Divide by the places, H · W."
        ),
        Mistake(
            lambda m: _sums(m) / (_places(m) - 1),
            "You divide by H · W − 1, as for a variance that is estimated. Divide by the places, H · W.",
        ),
        Mistake(
            lambda m: np.cov(_rows(m), bias=True),
            "You subtract each map's mean first: that is the covariance. A Gram matrix takes maps as they "
            "are, so that it also says how strongly a filter answers.",
        ),
        Mistake(
            lambda m: np.cov(_rows(m)),
            "That is the covariance: each map's mean is subtracted first. A Gram matrix takes maps as they "
            "are.",
        ),
        Mistake(
            lambda m: np.corrcoef(_rows(m)),
            "That is the correlation: means are subtracted and strengths divided out. A Gram matrix takes "
            "maps as they are.",
        ),
        Mistake(lambda m: (m * m).mean(axis=(1, 2)), _DIAGONAL),
        Mistake(lambda m: np.diag((m * m).mean(axis=(1, 2))), _DIAGONAL),
        Mistake(lambda m: m * m, _DIAGONAL),
        Mistake(
            lambda m: np.outer(*[m.mean(axis=(1, 2))] * 2),
            "You multiply the means of the maps. Two maps that never answer in the same place would get a "
            "large number, too: multiply place by place first, then take the mean.",
        ),
        Mistake(
            lambda m: np.outer(*[m.sum(axis=(1, 2))] * 2) / _places(m),
            "You add up each map before you multiply. Multiply place by place first, then add up.",
        ),
        Mistake(
            _mixed,
            "`reshape` to (places, filters) cuts the maps to pieces and mixes them. Reshape to (filters, "
            "places), and turn that with `.T`.",
        ),
        Mistake(
            lambda m: np.matmul(m, np.swapaxes(m, 1, 2)).mean(axis=0),
            _WITHIN,
        ),
        Mistake(
            lambda m: np.matmul(m, np.swapaxes(m, 1, 2)),
            _WITHIN,
        ),
    ),
)
