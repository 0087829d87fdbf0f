"""Shapes: how large an output is, and what lies beyond the border.

All functions count in pixels, rows before columns, from 0.
"""

import operator
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Pair = tuple[int, int]
Sides = tuple[Pair, Pair]
Padding = int | Sequence[int | Sequence[int]] | str

BORDERS = {"zero": "constant", "reflect": "reflect", "symmetric": "symmetric", "edge": "edge", "wrap": "wrap"}


class Geometry(NamedTuple):
    """Where the windows lie: every setting checked and written out as (rows, cols)."""

    output: Pair
    sides: Sides
    stride: Pair
    dilation: Pair


def output_size(
    size: int | Sequence[int],
    kernel: int | Sequence[int],
    *,
    stride: int | Sequence[int] = 1,
    padding: Padding = 0,
    dilation: int | Sequence[int] = 1,
) -> int | Pair:
    """Count the places at which a kernel fits: ``floor((n + 2 p - d (k - 1) - 1) / s) + 1``.

    Parameters
    ----------
    size, kernel, stride, dilation : int or (rows, cols)
        Pixels. One number stands for both directions.
    padding : int, (rows, cols), ((top, bottom), (left, right)), "same" or "valid"
        Pixels added per side.

    Returns
    -------
    int or (rows, cols)
        A whole number if no argument is a pair.

    Raises
    ------
    ValueError
        If the kernel does not fit, or an argument is not a whole number in its range.

    Notes
    -----
    Relationship 15 of Dumoulin and Visin (2016), *A guide to convolution arithmetic for deep learning*.

    Examples
    --------
    >>> output_size(5, 3, padding=1, stride=2)
    3
    >>> output_size((480, 640), 3, stride=2)
    (239, 319)
    """
    found = geometry("output_size", pair("output_size", "size", size), kernel, stride, padding, dilation)
    single = not any(map(has_two, (size, kernel, stride, padding, dilation)))
    return found.output[0] if single else found.output


def pad(image: ArrayLike, padding: Padding, mode: str = "zero") -> NDArray[Any]:
    """Invent pixels around a picture, on its last two axes.

    Parameters
    ----------
    image : array, (..., H, W)
    padding : int, (rows, cols) or ((top, bottom), (left, right))
        Pixels added per side.
    mode : {"zero", "reflect", "symmetric", "edge", "wrap"}
        What the new pixels hold: 0; the picture mirrored at its outermost pixel; mirrored just
        outside it, so that pixel appears twice; the outermost pixel again; the opposite side.
        Padding wider than the picture goes on by the same rule.

    Returns
    -------
    array, (..., top + H + bottom, left + W + right)
        A new array of the same dtype.

    Raises
    ------
    ValueError
        For an unknown mode, padding that is not a whole number of at least 0, or no pixels to repeat.

    Examples
    --------
    >>> pad([[1, 2, 3]], (0, 2), mode="reflect")
    array([[3, 2, 1, 2, 3, 2, 1]])
    """
    image = as_numbers("pad", image)
    if mode not in BORDERS:
        raise ValueError(f"pad: mode {mode!r} is unknown; use one of {', '.join(BORDERS)}")
    if isinstance(padding, str):
        raise ValueError(f"pad: padding {padding!r} needs a kernel's size; give the pixels per side")
    check_picture("pad", image)
    sides = padding_sides("pad", padding)
    if mode == "zero":
        return add_border(image, sides, 0)
    return np.pad(image, [(0, 0)] * (image.ndim - 2) + list(sides), mode=BORDERS[mode])


def add_border(image: NDArray[Any], sides: Sides, value: float, dtype: Any = None) -> NDArray[Any]:
    """Surround the last two axes with one value; much quicker than `numpy.pad`."""
    (top, bottom), (left, right) = sides
    height, width = image.shape[-2:]
    padded = np.full(
        (*image.shape[:-2], top + height + bottom, left + width + right), value, dtype or image.dtype
    )
    padded[..., top : top + height, left : left + width] = image
    return padded


def geometry(
    where: str, image: Pair, kernel: Any, stride: Any, padding: Any, dilation: Any = 1, noun: str = "kernel"
) -> Geometry:
    """Check the settings of a sliding window and work out where it fits; `where` names the caller."""
    kernel = pair(where, noun, kernel)
    stride = pair(where, "stride", stride)
    dilation = pair(where, "dilation", dilation)
    sides = padding_sides(where, padding, kernel, stride, dilation)
    padded = tuple(n + sum(ends) for n, ends in zip(image, sides, strict=True))
    span = tuple(d * (k - 1) + 1 for k, d in zip(kernel, dilation, strict=True))
    if span[0] > padded[0] or span[1] > padded[1]:
        spread = f" with dilation {once(dilation)} spans {by(span)} and" if span != kernel else ""
        raise ValueError(
            f"{where}: the {by(kernel)} {noun}{spread} is larger than the padded image of {by(padded)}; "
            f"add padding or use a smaller {noun}"
        )
    rows, cols = ((n - k) // s + 1 for n, k, s in zip(padded, span, stride, strict=True))
    return Geometry((rows, cols), sides, stride, dilation)


def padding_sides(
    where: str, padding: Any, kernel: Pair = (1, 1), stride: Pair = (1, 1), dilation: Pair = (1, 1)
) -> Sides:
    """Write padding out as ((top, bottom), (left, right))."""
    if not isinstance(padding, str):
        both = padding if has_two(padding) else (padding, padding)
        top_bottom, left_right = (pair(where, "padding", side, least=0) for side in both)
        return top_bottom, left_right
    if padding == "valid":
        return (0, 0), (0, 0)
    if padding != "same":
        raise ValueError(f"{where}: padding {padding!r} is unknown; use pixels, 'same' or 'valid'")
    if stride != (1, 1):
        raise ValueError(
            f"{where}: padding 'same' needs stride 1, not {once(stride)}; give the padding in pixels"
        )
    # An even kernel needs an odd number of pixels: the extra one goes to the end, as in PyTorch.
    extra = [d * (k - 1) for k, d in zip(kernel, dilation, strict=True)]
    return (extra[0] // 2, extra[0] - extra[0] // 2), (extra[1] // 2, extra[1] - extra[1] // 2)


def pair(where: str, name: str, value: Any, least: int = 1) -> Pair:
    """Turn one whole number, or two, into (rows, cols)."""
    try:
        first, second = (operator.index(v) for v in (value if has_two(value) else (value, value)))
    except TypeError:
        first = second = least - 1
    if min(first, second) < least:
        raise ValueError(
            f"{where}: {name} must be a whole number of at least {least}, or a pair of them, not {value!r}"
        )
    return first, second


def check_pool_padding(where: str, padding: Any, sides: Sides, window: Pair) -> None:
    """Refuse padding so wide that a pooling window could lie in it altogether."""
    most = window[0] // 2, window[1] // 2
    if any(max(ends) > half for ends, half in zip(sides, most, strict=True)):
        raise ValueError(
            f"{where}: padding {padding!r} is more than half of the {by(window)} window; "
            f"use at most {once(most)}"
        )


def by(size: Sequence[int]) -> str:
    """Write a size as it is read beside a picture, rows first: 5 × 3."""
    return " × ".join(map(str, size))


def once(both: Pair) -> int | Pair:
    """Write a setting that is the same down and across as the one number it was given as."""
    return both[0] if both[0] == both[1] else both


def has_two(value: Any) -> bool:
    """Tell whether rows and columns are given each on their own."""
    if isinstance(value, np.ndarray):
        return value.shape[:1] == (2,)
    return isinstance(value, tuple | list) and len(value) == 2


def as_numbers(where: str, values: ArrayLike) -> NDArray[Any]:
    """Return an array of whole or real numbers; refuse complex numbers, text and ragged lists."""
    array = as_array(where, values)
    if array.dtype.kind not in "buif":
        raise ValueError(f"{where}: cannot work with {array.dtype} values; give whole or real numbers")
    return array


def wide(array: NDArray[Any]) -> NDArray[Any]:
    """Return whole numbers as int64 and others as float64: sums of bytes wrap, float16 cannot count on."""
    if array.dtype.kind in "bi" or (array.dtype.kind == "u" and array.max(initial=0) < 2**63):
        return array.astype(np.int64)
    return array.astype(np.float64)


def as_array(where: str, values: ArrayLike) -> NDArray[Any]:
    """Return an array; refuse ragged lists, and tensors that NumPy cannot read."""
    try:
        return np.asarray(values)
    except ValueError:
        raise ValueError(f"{where}: the rows differ in length; give every row as many numbers") from None
    except (TypeError, RuntimeError):  # PyTorch's: with a gradient, on a GPU, of a type that NumPy lacks
        kind, remedy = type(values).__name__, "x.detach().cpu().float().numpy()"
        raise ValueError(f"{where}: NumPy cannot read this {kind}; of a tensor x give {remedy}") from None


def check_picture(where: str, image: NDArray[Any]) -> None:
    """Refuse an array without two picture axes, or with no pixel on them."""
    if image.ndim < 2:
        raise ValueError(f"{where}: shape {image.shape} has no rows and columns; give an array (..., H, W)")
    if 0 in image.shape[-2:]:
        raise ValueError(f"{where}: image {image.shape} has no pixels; give at least one row and one column")


def magnitude(values: NDArray[Any]) -> int:
    """Return the largest absolute value of a whole-number array, exactly."""
    return max(int(values.max(initial=0)), -int(values.min(initial=0)))
