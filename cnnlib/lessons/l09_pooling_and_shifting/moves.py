"""What survives a move: the two orders of filtering and moving, and how much is left unchanged."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cnnlib.convolution import conv2d
from cnnlib.shapes import as_numbers


class TwoOrders(NamedTuple):
    """What comes out when a picture is filtered and then moved, and when it is moved and then filtered."""

    moved_after: NDArray[Any]
    moved_before: NDArray[Any]
    true: NDArray[np.bool_]  # where both read pixels of the picture alone, no padding


def two_orders(
    image: ArrayLike, kernel: ArrayLike, move: Callable[[NDArray[Any]], NDArray[Any]]
) -> TwoOrders:
    """Filter and move a picture in both orders: where they agree, the convolution is equivariant to the move.

    Parameters
    ----------
    image : array, (H, W)
    kernel : array, (KH, KW)
        Rows and columns odd; zeros around the picture keep its size.
    move : callable
        Takes an array (H, W) and returns one, such as `cnnlib.transforms.rotate`. It may move numbers and
        bring in zeros, nothing else.

    Returns
    -------
    TwoOrders

    Raises
    ------
    ValueError
        As `conv2d`.

    Notes
    -----
    Equivariance is ``f(g(x)) = g(f(x))``: Goodfellow, Bengio and Courville (2016), *Deep Learning*,
    section 9.2.

    Examples
    --------
    >>> from cnnlib.transforms import shift
    >>> image = np.arange(25).reshape(5, 5) ** 2
    >>> one, other, true = two_orders(image, [[-1, 0, 1]], shift)
    >>> (one == other)[true].all()
    np.True_
    """
    image, kernel = as_numbers("two_orders", image), as_numbers("two_orders", kernel)
    ones = np.ones(image.shape, bool)
    reads = np.ones(kernel.shape, bool)

    def whole(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
        return conv2d(mask, reads, padding="same") == reads.size

    return TwoOrders(
        move(conv2d(image, kernel, padding="same")),
        conv2d(move(image), kernel, padding="same"),
        move(whole(ones)) & whole(move(ones)),
    )


def unchanged_share(before: ArrayLike, after: ArrayLike) -> float:
    """Say which share of numbers a move leaves as it was, where there is anything to see.

    Positions that are 0 before and after do not count: an empty wall looks the same wherever it moves.

    Parameters
    ----------
    before, after : array
        Of one shape.

    Returns
    -------
    float
        From 0 to 1; 1 where all is empty.

    Raises
    ------
    ValueError
        If the shapes differ.

    Examples
    --------
    >>> unchanged_share([0, 0, 5, 6], [0, 4, 5, 7])
    0.3333333333333333
    """
    before, after = _alike("unchanged_share", before, after)
    counted = (before != 0) | (after != 0)
    return float(np.mean((before == after)[counted])) if counted.any() else 1.0


def relative_change(before: ArrayLike, after: ArrayLike) -> float:
    """Say how much numbers change on average, as a share of how large they were.

    Parameters
    ----------
    before, after : array
        Of one shape.

    Returns
    -------
    float
        Mean of ``|after - before|`` over mean of ``|before|``; 0 where nothing was and nothing comes.

    Raises
    ------
    ValueError
        If the shapes differ.

    Examples
    --------
    >>> relative_change([4, 4], [4, 2])
    0.25
    """
    before, after = _alike("relative_change", before, after)
    change, size = np.abs(after.astype(float) - before).sum(), np.abs(before.astype(float)).sum()
    return float(change / size) if size else float(np.inf if change else 0)


def _alike(where: str, before: ArrayLike, after: ArrayLike) -> tuple[NDArray[Any], NDArray[Any]]:
    before, after = as_numbers(where, before), as_numbers(where, after)
    if before.shape != after.shape:
        raise ValueError(f"{where}: shapes {before.shape} and {after.shape} differ; compare equal ones")
    return before, after
