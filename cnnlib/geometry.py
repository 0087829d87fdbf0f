"""Counting where windows go: how often a pixel is read, and how far a number of a deep layer sees."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cnnlib.shapes import Padding, Pair, geometry, has_two, pair


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
    paired = any(has_two(entry) for layer in layers for entry in layer)
    return fields if paired else [rows for rows, _ in fields]


def _three_pairs(layer: Sequence[int | Sequence[int]]) -> tuple[Pair, ...]:
    """Write a layer out as kernel, stride and dilation, each (rows, cols)."""
    if not isinstance(layer, tuple | list) or len(layer) not in (2, 3):
        raise ValueError(
            f"receptive_field: a layer is (kernel, stride) or (kernel, stride, dilation), not {layer!r}"
        )
    names = ("kernel", "stride", "dilation")
    entries = (*layer, 1)[:3]
    return tuple(pair("receptive_field", name, entry) for name, entry in zip(names, entries, strict=True))


def _kernel_stride_padding(where: str, layer: Sequence[int]) -> Sequence[int]:
    try:
        _, _, _ = layer
    except (TypeError, ValueError):
        raise ValueError(f"{where}: a layer is (kernel, stride, padding), not {layer!r}") from None
    return layer


class Reach(NamedTuple):
    """Which pixels the numbers of a deep layer see, along one direction."""

    field: int  # how many pixels one number sees
    jump: int  # how many pixels further on its neighbour looks
    start: int  # the first pixel that number 0 sees; negative in the padding


def reach(layers: Iterable[tuple[int, int, int]]) -> Reach:
    """Say where the numbers of the last layer look: number i sees `field` pixels from ``start + i * jump``.

    Parameters
    ----------
    layers : iterable of (kernel, stride, padding)
        First layer first; pixels of the layer's own input.

    Returns
    -------
    Reach

    Raises
    ------
    ValueError
        If a kernel or stride is not a whole number of at least 1, or a padding not one of at least 0.

    Notes
    -----
    Araujo, Norris and Sim (2019), equations 2, 3 and 6; see `receptive_field`.

    Examples
    --------
    >>> reach([(3, 1, 1), (2, 2, 0)])
    Reach(field=4, jump=2, start=-1)
    """
    layers = [_kernel_stride_padding("reach", layer) for layer in layers]
    jump, start = 1, 0
    for _, stride, padding in layers:
        start -= pair("reach", "padding", padding, least=0)[0] * jump
        jump *= pair("reach", "stride", stride)[0]
    fields = receptive_field([(kernel, stride) for kernel, stride, _ in layers])
    return Reach(fields[-1] if fields else 1, jump, start)


def stack_sizes(size: int, layers: Iterable[tuple[int, int, int]]) -> list[int]:
    """Say how large the map is after each layer: `output_size`, again and again.

    Parameters
    ----------
    size : int
        Side of the picture, in pixels.
    layers : iterable of (kernel, stride, padding)

    Returns
    -------
    list of int

    Raises
    ------
    ValueError
        If a layer cannot be built; its number, from 1, is named.

    Examples
    --------
    >>> stack_sizes(32, [(5, 1, 0), (2, 2, 0), (5, 1, 0), (2, 2, 0)])
    [28, 14, 10, 5]
    """
    sizes = [pair("stack_sizes", "size", size)[0]]
    for number, layer in enumerate(layers, 1):
        kernel, stride, padding = _kernel_stride_padding(f"layer {number}", layer)
        side = (sizes[-1], sizes[-1])
        sizes.append(geometry(f"layer {number}", side, kernel, stride, padding).output[0])
    return sizes[1:]


def left_over(
    size: int | Sequence[int],
    kernel: int | Sequence[int],
    *,
    stride: int | Sequence[int] = 1,
    padding: Padding = 0,
    dilation: int | Sequence[int] = 1,
) -> Pair:
    """Count the rows and columns after the last window: what the floor in `output_size` drops.

    Parameters
    ----------
    size, kernel, stride, padding, dilation
        As in `cnnlib.output_size`; one number stands for both directions.

    Returns
    -------
    (rows, cols)
        Of the padded picture; each smaller than the stride.

    Raises
    ------
    ValueError
        If the kernel does not fit, or an argument is not a whole number in its range.

    Examples
    --------
    >>> left_over((6, 7), 3, stride=2)
    (1, 0)
    """
    size, kernel = pair("left_over", "size", size), pair("left_over", "kernel", kernel)
    _, sides, stride, dilation = geometry("left_over", size, kernel, stride, padding, dilation)
    rows, cols = zip(size, sides, kernel, dilation, stride, strict=True)
    return _remainder(*rows), _remainder(*cols)


def _remainder(size: int, ends: Pair, kernel: int, dilation: int, stride: int) -> int:
    return (size + sum(ends) - dilation * (kernel - 1) - 1) % stride


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
