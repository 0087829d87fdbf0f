"""Three ways to connect a picture with a map: everything, windows, and windows that share their weights."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cnnlib.ledger import LayerSize, layer_size
from cnnlib.shapes import Padding, as_numbers, geometry, pair

KINDS = ("dense", "locally connected", "convolution")


def connection_matrix(
    kind: str, size: int | Sequence[int], kernel: int | Sequence[int], *, padding: Padding = 0
) -> NDArray[np.int64]:
    """Say for each output and each pixel which weight lies between them.

    Parameters
    ----------
    kind : {"dense", "locally connected", "convolution"}
    size : int or (rows, cols)
        Of the picture, in pixels.
    kernel : int or (rows, cols)
        Of the window; also for a dense layer, which makes as many outputs.
    padding : int, (rows, cols), ((top, bottom), (left, right)), "same" or "valid"
        Weights on padding are numbered, but have no column.

    Returns
    -------
    array of int, (outputs, pixels)
        The number of the weight, from 0, and -1 where there is none; pixels and outputs row by row.

    Raises
    ------
    ValueError
        If the kind is unknown, or the kernel does not fit.

    Notes
    -----
    With the weights in place of their numbers, ``matrix = np.append(weights, 0)[numbers]`` (-1 finds the
    0 at its end), ``matrix @ picture.ravel()`` is the layer. Goodfellow, Bengio and Courville (2016), *Deep
    Learning*, section 9.1: that of a convolution is a doubly block circulant matrix without the rows that
    would wrap around.

    Examples
    --------
    >>> connection_matrix("convolution", (1, 4), (1, 2))
    array([[ 0,  1, -1, -1],
           [-1,  0,  1, -1],
           [-1, -1,  0,  1]])
    >>> connection_matrix("locally connected", (1, 4), (1, 2))
    array([[ 0,  1, -1, -1],
           [-1,  2,  3, -1],
           [-1, -1,  4,  5]])
    """
    _known("connection_matrix", kind)
    rows, cols = size = pair("connection_matrix", "size", size)
    height, width = kernel = pair("connection_matrix", "kernel", kernel)
    (down, across), sides, *_ = geometry("connection_matrix", size, kernel, 1, padding, 1)
    if kind == "dense":
        return np.arange(down * across * rows * cols).reshape(down * across, rows * cols)
    (top, bottom), (left, right) = sides
    padded = np.full((down, across, top + rows + bottom, left + cols + right), -1)
    window = np.arange(height * width).reshape(kernel)
    for row, col in np.ndindex(down, across):
        first = 0 if kind == "convolution" else (row * across + col) * window.size
        padded[row, col, row : row + height, col : col + width] = first + window
    return padded[:, :, top : top + rows, left : left + cols].reshape(down * across, rows * cols)


def count_parameters(
    kind: str,
    shape: Sequence[int],
    filters: int,
    kernel: int | Sequence[int],
    *,
    padding: Padding = 0,
    bias: bool = True,
) -> LayerSize:
    """Count what a layer learns that makes `filters` maps of a picture.

    A convolution has ``C * KH * KW`` weights and one bias for each filter. Where nothing is shared, it has so
    many for each output; and dense, each output has a weight for every number of the picture.

    Parameters
    ----------
    kind : {"dense", "locally connected", "convolution"}
    shape : (C, H, W)
        Of the picture.
    filters, kernel, padding, bias
        As in `layer_size`; a dense layer makes as many outputs as the others.

    Returns
    -------
    LayerSize
        With `weights`, `biases`, `parameters`, and the rest as in `layer_size`.

    Raises
    ------
    ValueError
        If the kind is unknown, or the layer cannot be built.

    Examples
    --------
    >>> [count_parameters(kind, (1, 32, 32), 6, 5).parameters for kind in KINDS]
    [4821600, 122304, 156]
    """
    _known("count_parameters", kind)
    size = layer_size(shape, filters, kernel, padding=padding, bias=bias)
    if kind == "convolution":
        return size
    outputs = math.prod(size.output_shape)
    weights = outputs * math.prod(map(int, shape)) if kind == "dense" else size.multiplications
    return LayerSize(size.output_shape, weights, outputs if bias else 0, weights)


def shuffle_pixels(images: ArrayLike, seed: int = 0) -> NDArray:
    """Move the pixels of all pictures to other places, the same for every picture.

    Parameters
    ----------
    images : array_like, (..., H, W)
    seed : int
        Draws the new order.

    Returns
    -------
    array, (..., H, W)
        Each picture with its own pixels: nothing is lost, and the same seed always moves them alike.

    Raises
    ------
    ValueError
        If the pictures have no rows and columns.

    Examples
    --------
    >>> shuffle_pixels([[[1, 2], [3, 4]], [[5, 6], [7, 8]]], seed=0)
    array([[[3, 1],
            [2, 4]],
    <BLANKLINE>
           [[7, 5],
            [6, 8]]])
    """
    images = as_numbers("shuffle_pixels", images)
    if images.ndim < 2:
        raise ValueError(
            f"shuffle_pixels: images {images.shape} have no rows and columns; give an array (..., H, W)"
        )
    flat = images.reshape(*images.shape[:-2], -1)
    order = np.random.default_rng(seed).permutation(flat.shape[-1])
    return flat[..., order].reshape(images.shape)


def _known(where: str, kind: str) -> None:
    if kind not in KINDS:
        raise ValueError(f"{where}: kind {kind!r} is unknown; use one of {', '.join(map(repr, KINDS))}")
