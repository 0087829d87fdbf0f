"""Counting where windows go: how often a pixel is read, and how far a number of a deep layer sees."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from cnnlib.shapes import Padding, Pair, geometry, pair


def receptive_field(layers: Iterable[Sequence[int | Sequence[int]]]) -> list[int] | list[Pair]:
    """Say after each layer how many pixels of the picture one of its numbers depends on.

    Parameters
    ----------
    layers : iterable of (kernel, stride) or (kernel, stride, dilation)
        First layer first; each entry a whole number or (rows, cols), in pixels of the layer's own input.
        Pooling counts by its window, an activation is a kernel of 1.

    Returns
    -------
    list of int, or of (rows, cols)
        Pixels per side, padding counted like pixels; whole numbers if no entry is a pair.

    Raises
    ------
    ValueError
        If a layer has another number of entries, or an entry is not a whole number of at least 1.

    Notes
    -----
    ``r += d (k - 1) * jump``, then ``jump *= s``, where jump is how many pixels lie between neighbours of the
    layer's input: Araujo, Norris and Sim (2019), *Computing receptive fields of convolutional neural
    networks*, equation 2.

    Examples
    --------
    LeNet: convolution 5, pooling 2, convolution 5, pooling 2.

    >>> receptive_field([(5, 1), (2, 2), (5, 1), (2, 2)])
    [5, 6, 14, 16]
    """
    layers = list(layers)
    fields = []
    field = jump = (1, 1)
    for layer in layers:
        kernel, stride, dilation = _three_pairs(layer)
        span = [d * (k - 1) for k, d in zip(kernel, dilation, strict=True)]
        field = tuple(r + more * j for r, more, j in zip(field, span, jump, strict=True))
        jump = tuple(j * s for j, s in zip(jump, stride, strict=True))
        fields.append(field)
    single = all(np.isscalar(entry) for layer in layers for entry in layer)
    return [rows for rows, _ in fields] if single else fields


def _three_pairs(layer: Sequence[int | Sequence[int]]) -> tuple[Pair, ...]:
    """Write a layer out as kernel, stride and dilation, each (rows, cols)."""
    if not isinstance(layer, tuple | list) or len(layer) not in (2, 3):
        raise ValueError(
            f"receptive_field: a layer is (kernel, stride) or (kernel, stride, dilation), not {layer!r}"
        )
    names = ("kernel", "stride", "dilation")
    entries = (*layer, 1)[:3]
    return tuple(pair("receptive_field", name, entry) for name, entry in zip(names, entries, strict=True))


def coverage(
    size: int | Sequence[int],
    kernel: int | Sequence[int],
    *,
    stride: int | Sequence[int] = 1,
    padding: Padding = 0,
    dilation: int | Sequence[int] = 1,
) -> NDArray[np.int64]:
    """Count for each pixel how many windows read it; 0 where none does.

    Parameters
    ----------
    size, kernel, stride, padding, dilation
        As in `cnnlib.output_size`; one number stands for both directions.

    Returns
    -------
    array of int, (H, W)
        Of the picture alone, without its padding.

    Raises
    ------
    ValueError
        If the kernel does not fit, or an argument is not a whole number in its range.

    Examples
    --------
    >>> coverage(5, 3)
    array([[1, 2, 3, 2, 1],
           [2, 4, 6, 4, 2],
           [3, 6, 9, 6, 3],
           [2, 4, 6, 4, 2],
           [1, 2, 3, 2, 1]])
    """
    size, kernel = pair("coverage", "size", size), pair("coverage", "kernel", kernel)
    found = geometry("coverage", size, kernel, stride, padding, dilation)
    settings = zip(size, kernel, *found, strict=True)
    return np.outer(*(_reads(*along) for along in settings))  # rows and columns are read independently


def _reads(size: int, kernel: int, places: int, ends: Pair, stride: int, dilation: int) -> NDArray[np.int64]:
    """Count along one direction how many windows read each pixel."""
    first = stride * np.arange(places)[:, None]
    taps = dilation * np.arange(kernel)
    counts = np.bincount((first + taps).ravel(), minlength=ends[0] + size + ends[1])
    return counts[ends[0] : ends[0] + size]
