"""Between photographs and arithmetic: brightness, bytes, and channels that come last.

A photograph holds bytes, 0 to 255. What a kernel answers keeps to no such range: here are the ways to
fit it in.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cnnlib.convolution import conv2d
from cnnlib.shapes import Padding, as_numbers, pad, padding_sides, pair

LUMA = np.array([0.299, 0.587, 0.114])  # ITU-R BT.601: how bright red, green and blue look


def luma(image: ArrayLike) -> NDArray[np.float64]:
    """Return how bright each pixel of a colour picture looks: 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601).

    Parameters
    ----------
    image : array, (H, W, 3)

    Returns
    -------
    ndarray of float64, (H, W)
        On the scale of the picture; not rounded.

    Examples
    --------
    >>> luma([[[100, 0, 0], [0, 100, 0], [0, 0, 100]]]).round(1).tolist()
    [[29.9, 58.7, 11.4]]
    """
    return as_numbers("luma", image) @ LUMA


def over(image: ArrayLike, alpha: float, ground: ArrayLike) -> NDArray[np.float64]:
    """Lay a picture over a ground that shines through: ``alpha * image + (1 - alpha) * ground``.

    Parameters
    ----------
    image : array
    alpha : float
        How opaque the picture is: 1 hides the ground, 0 is nothing but ground.
    ground : number or array
        What lies below, such as 255 for white.

    Returns
    -------
    ndarray of float64
        Not rounded.

    Examples
    --------
    >>> over([[200, 0]], 0.25, 100).tolist()
    [[125.0, 75.0]]
    """
    image, ground = (as_numbers("over", values).astype(np.float64) for values in (image, ground))
    return alpha * image + (1 - alpha) * ground


def dominant(image: ArrayLike) -> NDArray[np.int64]:
    """Return which channel of each pixel is the largest, -1 where two share that place.

    Parameters
    ----------
    image : array, (H, W, C)

    Returns
    -------
    ndarray of int64, (H, W)

    Examples
    --------
    >>> dominant([[[6, 1, 1], [1, 5, 1], [4, 4, 0]]]).tolist()
    [[0, 1, -1]]
    """
    image = as_numbers("dominant", image)
    alone = (image == image.max(-1, keepdims=True)).sum(-1) == 1
    return np.where(alone, image.argmax(-1), -1)


def sums_to_zero(kernel: ArrayLike) -> bool:
    """Tell whether the weights of a kernel add up to 0, but for the rounding of their own type of float.

    Examples
    --------
    >>> sums_to_zero([0.1, 0.2, -0.3]), sums_to_zero([-1, 2])
    (True, False)
    """
    kernel = as_numbers("sums_to_zero", kernel)
    if (kernel == np.rint(kernel)).all():  # whole numbers were not rounded
        return sum(kernel.ravel().tolist()) == 0
    rounding = 4 * np.finfo(kernel.dtype).eps  # a weight that took a step or two to compute
    exact = kernel.astype(np.promote_types(kernel.dtype, np.float64))
    return bool(abs(exact.sum()) <= rounding * np.abs(exact).sum())


def normalised(kernel: ArrayLike) -> NDArray[Any]:
    """Divide a kernel by the sum of its weights, so that a flat picture keeps its brightness.

    Parameters
    ----------
    kernel : array, (KH, KW)

    Returns
    -------
    ndarray, (KH, KW)
        The weights as they are where they add up to 0: nothing divides by that.

    Examples
    --------
    >>> normalised([[1, 2, 1]]).tolist(), normalised([[-1, 0, 1]]).tolist()
    ([[0.25, 0.5, 0.25]], [[-1, 0, 1]])
    """
    kernel = as_numbers("normalised", kernel)
    if sums_to_zero(kernel):
        return kernel
    shares = kernel / kernel.sum(dtype=np.float64)
    return shares.astype(kernel.dtype) if kernel.dtype.kind == "f" else shares


def clipped(values: ArrayLike) -> NDArray[np.uint8]:
    """Round to bytes; what is below 0 becomes 0, what is above 255 becomes 255.

    Examples
    --------
    >>> clipped([-150, 99.6, 300]).tolist()
    [0, 100, 255]
    """
    return np.clip(np.rint(as_numbers("clipped", values)), 0, 255).astype(np.uint8)


def absolute(values: ArrayLike) -> NDArray[np.uint8]:
    """Drop the signs, then clip to bytes.

    Examples
    --------
    >>> absolute([-150, 99.6, 300]).tolist()
    [150, 100, 255]
    """
    return clipped(np.abs(as_numbers("absolute", values).astype(np.float64)))


def wrapped(values: ArrayLike) -> NDArray[np.uint8]:
    """Cut off fractions and count in a circle of 256, as ``.astype(np.uint8)`` does with whole numbers.

    The last digits of floats, which differ from machine to machine, are rounded off first: 3.9999999 is 4.

    Examples
    --------
    >>> wrapped([-150, 99.6, 300]).tolist()
    [106, 99, 44]
    """
    values = as_numbers("wrapped", values)
    if values.dtype.kind == "f":
        values = values.astype(np.float64)
        nearest = np.rint(values)
        values = np.mod(np.where(np.abs(values - nearest) < 5e-7, nearest, np.trunc(values)), 256)
    return values.astype(np.uint8)


def share_beyond_bytes(values: ArrayLike) -> float:
    """Return the share of values, 0 to 1, that a byte cannot hold, even after rounding.

    Examples
    --------
    >>> share_beyond_bytes([-150, 99.6, 255.4, 300])
    0.5
    """
    rounded = np.rint(as_numbers("share_beyond_bytes", values))
    return float(np.mean((rounded < 0) | (rounded > 255)))


def feature_map(
    image: ArrayLike,
    kernel: ArrayLike,
    *,
    stride: int = 1,
    padding: Padding = 0,
    dilation: int = 1,
    flip: bool = False,
    border: str = "zero",
    bias: ArrayLike | None = None,
) -> tuple[NDArray[Any], NDArray[Any]]:
    """Slide one kernel, or F filters, over a picture whose channels come last, as a photograph's do.

    Parameters
    ----------
    image : array, (H, W) or (H, W, C)
    kernel : array, (KH, KW), (KH, KW, C), or filters as `cnnlib.conv2d` takes them, (F, C, KH, KW)
    stride, padding, dilation, flip
        As in `cnnlib.conv2d`.
    border : str
        What is beyond the picture, as in `cnnlib.pad`.
    bias : number or array (F,), optional
        One for the kernel, or one for each of the filters.

    Returns
    -------
    padded : ndarray
        The picture with its padding, channels last.
    found : ndarray, (OH, OW) or (F, OH, OW)
        One number for each place of the kernel, or of each filter.

    Raises
    ------
    ValueError
        If image and kernel do not go together, or the kernel does not fit.

    Examples
    --------
    >>> padded, found = feature_map(np.ones((3, 3, 3), int), np.ones((2, 2, 3), int), padding=1)
    >>> padded.shape, found[0].tolist()
    ((5, 5, 3), [3, 6, 6, 3])
    """
    image, kernel = as_numbers("feature_map", image), as_numbers("feature_map", kernel)
    filters = kernel if kernel.ndim == 4 else np.moveaxis(kernel, -1, 0)[None] if kernel.ndim == 3 else None
    channels = filters.shape[1:2] if filters is not None else ()
    if image.ndim not in (2, 3) or kernel.ndim < 2 or channels != image.shape[2:]:
        raise ValueError(
            f"feature_map: kernel {kernel.shape} and image {image.shape} do not go together; give both "
            "rows and columns, and in colour equally many channels, last"
        )
    window = kernel.shape[2:] if kernel.ndim == 4 else kernel.shape[:2]
    stride, dilation = pair("feature_map", "stride", stride), pair("feature_map", "dilation", dilation)
    sides = padding_sides("feature_map", padding, window, stride, dilation)
    bias = None if bias is None else np.atleast_1d(as_numbers("feature_map", bias))
    steps = {"bias": bias, "stride": stride, "dilation": dilation, "flip": flip}
    if image.ndim == 2:
        padded = pad(image, sides, border)
        return padded, conv2d(padded, kernel, **steps)
    padded = pad(np.moveaxis(image, -1, 0), sides, border)
    found = conv2d(padded, filters, **steps)
    return np.moveaxis(padded, 0, -1), found if kernel.ndim == 4 else found[0]
