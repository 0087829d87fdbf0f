"""A network for single digits, slid over a page of them in one go: its dense layers become convolutions."""

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cnnlib.activations import relu
from cnnlib.convolution import conv2d
from cnnlib.nn.datasets import digits
from cnnlib.nn.drawn import centre_digit
from cnnlib.nn.pretrained import pretrained_lenet
from cnnlib.pooling import max_pool2d

SIDE = 32  # pixels of a window: what LeNet was made for
JUMP = 4  # pixels from one window to the next: two poolings by 2
HEIGHT, WIDTH = 64, 112  # of a page
DIGITS = 4  # on a page
PLACES = tuple((row, col) for row in (0, 28) for col in (0, 37, 74))  # for them, up to some pixels off
COVER = 0.2  # of two boxes that overlap more, the less certain one goes


class Box(NamedTuple):
    """A square of `SIDE` pixels on the page, what is read in it, and how certainly."""

    row: int
    col: int
    digit: int
    certain: float = 1.0


@cache
def layers() -> tuple[tuple[NDArray, NDArray], ...]:
    """Return LeNet's filters and biases, its dense layers as convolutions: 5 × 5, then 1 × 1.

    Examples
    --------
    >>> [filters.shape for filters, _ in layers()][1:]
    [(16, 6, 5, 5), (120, 16, 5, 5), (100, 120, 1, 1), (10, 100, 1, 1)]
    """
    conv1, conv2, *dense = (one.weights for one in pretrained_lenet().astype(float) if one.weights)
    shapes = (120, 16, 5, 5), (100, 120, 1, 1), (10, 100, 1, 1)
    found = [(one["weight"], one["bias"]) for one in (conv1, conv2)]
    found += [(one["weight"].reshape(shape), one["bias"]) for one, shape in zip(dense, shapes, strict=True)]
    return tuple(found)


def scan(page: NDArray) -> NDArray[np.float64]:
    """Return LeNet's ten scores for each window of a page (H, W): (10, rows, cols).

    Examples
    --------
    >>> scan(np.zeros((64, 112))).shape
    (10, 9, 21)
    """
    (conv1, bias1), (conv2, bias2), *dense, (last, bias) = layers()
    maps = max_pool2d(relu(conv2d(page[None], conv1, bias=bias1)), 2)
    maps = max_pool2d(relu(conv2d(maps, conv2, bias=bias2)), 2)
    for filters, bias_of_it in dense:
        maps = relu(conv2d(maps, filters, bias=bias_of_it))
    return conv2d(maps, last, bias=bias)


@cache
def page(number: int) -> tuple[NDArray[np.float64], tuple[Box, ...]]:
    """Return a page with four test digits, always the same for a number, and where they are."""
    chance, test = np.random.default_rng(number), digits().test
    paper, written = np.zeros((HEIGHT, WIDTH)), []
    for place, i in zip(
        chance.permutation(PLACES)[:DIGITS], chance.permutation(len(test.images)), strict=False
    ):
        row, col = (int(side) for side in place + chance.integers((5, 7)))
        paper[row : row + SIDE, col : col + SIDE] += centre_digit(test.images[i, 0])  # only paper overlaps
        written.append(Box(row, col, int(test.labels[i])))
    paper.setflags(write=False)
    return paper, tuple(written)


def found(shares: NDArray, threshold: float) -> list[Box]:
    """Return a box for each window in which one digit is at least so certain, the most certain first.

    Examples
    --------
    >>> found(np.array([[[0.2, 0.6]], [[0.8, 0.4]]]), 0.5)
    [Box(row=0, col=0, digit=1, certain=0.8), Box(row=0, col=4, digit=0, certain=0.6)]
    """
    certain, seen = shares.max(axis=0), shares.argmax(axis=0)
    boxes = [
        Box(JUMP * int(row), JUMP * int(col), int(seen[row, col]), float(certain[row, col]))
        for row, col in np.argwhere(certain >= threshold)
    ]
    return sorted(boxes, key=lambda box: -box.certain)


def overlap(one: Box, other: Box) -> float:
    """Return the area that two boxes share, of the area they cover together: intersection over union.

    Examples
    --------
    >>> overlap(Box(0, 0, 3), Box(0, 16, 3)).__round__(2), overlap(Box(0, 0, 3), Box(32, 0, 3))
    (0.33, 0.0)
    """
    down, across = (max(SIDE - abs(a - b), 0) for a, b in zip(one[:2], other[:2], strict=True))
    return down * across / (2 * SIDE**2 - down * across)


def thinned(boxes: Iterable[Box]) -> list[Box]:
    """Keep of boxes that overlap only the most certain one: non-maximum suppression.

    Examples
    --------
    >>> [box.digit for box in thinned([Box(0, 0, 3), Box(0, 4, 8), Box(0, 40, 7)])]
    [3, 7]
    """
    kept: list[Box] = []
    for box in boxes:
        if all(overlap(box, other) <= COVER for other in kept):
            kept.append(box)
    return kept


def hits(boxes: Iterable[Box], written: Iterable[Box]) -> set[Box]:
    """Return the digits that are found: some box says the same digit and overlaps it by half at least.

    Examples
    --------
    >>> hits([Box(0, 8, 3), Box(0, 40, 7)], [Box(0, 4, 3), Box(0, 44, 1)])
    {Box(row=0, col=4, digit=3, certain=1.0)}
    """
    boxes = list(boxes)
    return {one for one in written if any(_hit(box, one) for box in boxes)}


def _hit(box: Box, one: Box) -> bool:
    return box.digit == one.digit and overlap(box, one) >= 0.5


def right(boxes: Iterable[Box], written: Iterable[Box]) -> list[Box]:
    """Return the boxes around a digit that is there."""
    written = list(written)
    return [box for box in boxes if any(_hit(box, one) for one in written)]
