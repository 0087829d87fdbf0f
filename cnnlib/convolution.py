"""Convolution: one small grid of weights slides over a picture.

The whole idea, for one gray picture, is these lines; everything below gives the same numbers sooner::

    out = np.zeros((H - KH + 1, W - KW + 1))
    for row in range(H - KH + 1):
        for col in range(W - KW + 1):
            window = image[row : row + KH, col : col + KW]
            out[row, col] = np.sum(window * kernel)

The quicker way lays windows side by side as the columns of one matrix ("im2col", Chellapilla, Puri and
Simard 2006), so that all their sums are a single matrix product, which processors do best.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike, NDArray

from cnnlib.shapes import Padding, Pair, add_border, as_numbers, check_picture, geometry, magnitude

STRIP_BYTES = 512 * 1024  # windows laid out at once; beyond the processor's cache, copying costs more
FULL_PRODUCT = 8  # filters from which a matrix product runs at speed


def conv2d(
    x: ArrayLike,
    w: ArrayLike,
    *,
    bias: ArrayLike | None = None,
    stride: int | Sequence[int] = 1,
    padding: Padding = 0,
    dilation: int | Sequence[int] = 1,
    flip: bool = False,
) -> NDArray[Any]:
    """Slide a kernel over a picture; each output number is the sum of window times kernel.

    ``out[f, i, j] = bias[f] + sum over c, p, q of w[f, c, p, q] * x[c, i + p, j + q]``

    This is *cross-correlation*. Convolution proper turns the kernel by 180 degrees first (``flip=True``).
    The field says "convolution" for both: a network learns its weights, so it would learn the turned
    kernel just as well, and leaving the turn out saves work. Only with a kernel made by hand, or when
    comparing with `scipy.signal.convolve2d`, does the difference show.

    Parameters
    ----------
    x : array, (H, W), (C, H, W) or (N, C, H, W)
        One gray picture, one picture of C channels, or N of these.
    w : array, (KH, KW) for a gray picture, else (F, C, KH, KW)
        One kernel, or F filters of C kernels each.
    bias : number for a gray picture, else array (F,), optional
        Added to every output of a filter.
    stride, dilation : int or (rows, cols)
        Pixels from one window to the next; pixels from one kernel cell to the next.
    padding : int, (rows, cols), ((top, bottom), (left, right)), "same" or "valid"
        Zeros added per side. For other borders call `pad` first. "same" keeps the picture's size and
        needs stride 1; an even kernel then gets its extra pixel at the bottom and right, as in PyTorch.
    flip : bool
        Turn the kernel by 180 degrees first.

    Returns
    -------
    array, (OH, OW), (F, OH, OW) or (N, F, OH, OW)
        The size is `output_size`'s. Whole numbers and booleans (as 0 and 1) give exact int64, also from
        uint8 and uint64. A float picture keeps its dtype whatever the kernel's (float16 is summed in
        float32, then rounded once); a whole-number picture with a float kernel follows NumPy's
        promotion. NaN and infinity reach just the outputs whose window holds them.

    Raises
    ------
    ValueError
        For shapes that do not fit, settings out of range, complex numbers or text, and whole numbers
        so large that a sum could leave int64.

    Notes
    -----
    Goodfellow, Bengio and Courville (2016), *Deep Learning*, equation 9.6.

    Examples
    --------
    >>> ramp = [[50, 75, 100, 125], [150, 175, 200, 225], [100, 125, 150, 175], [25, 50, 75, 100]]
    >>> conv2d(ramp, [[1, 0, -1]] * 3)
    array([[-150, -150],
           [-150, -150]])
    """
    x, w = as_numbers("conv2d", x), as_numbers("conv2d", w)
    _check_shapes(x, w)
    bias = _check_bias(bias, x, w)
    images, filters = _as_layers(x, w)
    where = geometry("conv2d", x.shape[-2:], w.shape[-2:], stride, padding, dilation)
    result, working = _dtypes(images, filters, bias)
    padded = (
        add_border(images, where.sides, 0, working)
        if np.any(where.sides)
        else images.astype(working, copy=False)
    )
    weights = (filters[..., ::-1, ::-1] if flip else filters).astype(working)
    maps = _correlate(padded, weights, where.stride, where.dilation)
    if bias is not None:
        maps += bias.astype(working).reshape(-1, 1, 1)
    return maps.astype(result, copy=False)[(0,) * (4 - x.ndim)]


def depthwise_conv2d(
    x: ArrayLike,
    w: ArrayLike,
    *,
    stride: int | Sequence[int] = 1,
    padding: Padding = 0,
    dilation: int | Sequence[int] = 1,
) -> NDArray[Any]:
    """Slide a kernel over each channel by itself: a map for each; added up, they are `conv2d`'s one map.

    Parameters
    ----------
    x, w : array, (C, H, W) and (C, KH, KW)
        A picture, and one kernel for each of its channels.
    stride, padding, dilation
        As in `conv2d`.

    Returns
    -------
    array, (C, OH, OW)

    Raises
    ------
    ValueError
        As in `conv2d`, and if there is not one kernel for each channel.

    Examples
    --------
    >>> x, w = [[[1, 2]], [[3, 4]]], [[[1, 1]], [[10, 10]]]
    >>> depthwise_conv2d(x, w).tolist(), conv2d(x, [w]).tolist()
    ([[[3]], [[70]]], [[[73]]])
    """
    x, w = as_numbers("depthwise_conv2d", x), as_numbers("depthwise_conv2d", w)
    if not x.ndim == w.ndim == 3 or len(x) != len(w):
        raise ValueError(
            f"depthwise_conv2d: image {x.shape} and kernels {w.shape} do not go together; "
            "give (C, H, W) and (C, KH, KW), one kernel for each channel"
        )
    steps = {"stride": stride, "padding": padding, "dilation": dilation}
    return np.stack([conv2d(channel, kernel, **steps) for channel, kernel in zip(x, w, strict=True)])


def _correlate(x: NDArray[Any], w: NDArray[Any], stride: Pair, dilation: Pair) -> NDArray[Any]:
    """Choose the way: (N, C, H, W) and (F, C, KH, KW) of one dtype to (N, F, OH, OW)."""
    shifts = FULL_PRODUCT // len(w)
    tall_enough = x.shape[2] >= w.shape[2] + (FULL_PRODUCT - 1) * stride[0]
    # Shifted filters multiply pixels outside the window by 0, and 0 times infinity or NaN is NaN.
    if shifts > 1 and tall_enough and dilation[0] == 1 and np.isfinite(x).all():
        return _correlate_shifted(x, w, stride, dilation, shifts)
    return _correlate_strips(x, w, stride, dilation)


def _correlate_strips(x: NDArray[Any], w: NDArray[Any], stride: Pair, dilation: Pair) -> NDArray[Any]:
    """Lay the windows of a few output rows side by side as columns; multiply by the filters; go on."""
    (sh, sw), (dh, dw) = stride, dilation
    span = dh * (w.shape[2] - 1) + 1, dw * (w.shape[3] - 1) + 1
    windows = sliding_window_view(x, span, axis=(2, 3))[:, :, ::sh, ::sw, ::dh, ::dw]
    windows = windows.transpose(0, 1, 4, 5, 2, 3)  # (N, C, KH, KW, OH, OW)
    rows, cols = windows.shape[-2:]
    matrix = w.reshape(len(w), -1)
    strip = max(1, STRIP_BYTES // (matrix.shape[1] * cols * x.itemsize))
    maps = np.empty((len(x), len(w), rows, cols), x.dtype)
    for image, out in zip(windows, maps, strict=True):
        for top in range(0, rows, strip):
            columns = image[..., top : top + strip, :].reshape(matrix.shape[1], -1)
            out[:, top : top + strip] = (matrix @ columns).reshape(len(w), -1, cols)
    return maps


def _correlate_shifted(
    x: NDArray[Any], w: NDArray[Any], stride: Pair, dilation: Pair, shifts: int
) -> NDArray[Any]:
    """Make few filters many, because a product with one or two rows is slow.

    A filter moved down by 0, 1, 2 ... steps inside a taller frame of zeros makes `shifts` filters. Taken
    with `shifts` times the stride, they give `shifts` neighbouring output rows from one set of windows.
    """
    count, channels, height, width = w.shape
    rows = (x.shape[2] - height) // stride[0] + 1
    tall = np.zeros((count, shifts, channels, (shifts - 1) * stride[0] + height, width), w.dtype)
    for shift in range(shifts):
        tall[:, shift, :, shift * stride[0] : shift * stride[0] + height] = w
    if rows % shifts:  # complete the last set of windows with rows that are cut off again
        x = add_border(x, ((0, shifts * stride[0]), (0, 0)), 0)
    tall = tall.reshape(-1, *tall.shape[2:])
    if count == channels == stride[1] == dilation[1] == 1:
        maps = _correlate_columns(x, tall, shifts * stride[0])
    else:
        maps = _correlate_strips(x, tall, (shifts * stride[0], stride[1]), dilation)
    sets, cols = maps.shape[2:]
    maps = maps.reshape(len(x), count, shifts, sets, cols).swapaxes(2, 3)
    return maps.reshape(len(x), count, sets * shifts, cols)[:, :, :rows]


def _correlate_columns(x: NDArray[Any], w: NDArray[Any], down: int) -> NDArray[Any]:
    """Slide filters of one channel: each of their columns multiplies the picture's rows as they lie there."""
    columns = np.ascontiguousarray(w[:, 0].transpose(2, 0, 1))  # (KW, F, KH)
    rows = sliding_window_view(x[:, 0], w.shape[2], axis=1)[:, ::down].swapaxes(2, 3)  # (N, OH, KH, W)
    cols = x.shape[3] - len(columns) + 1
    maps = np.empty((*rows.shape[:2], len(w), cols), x.dtype)
    strip = max(1, STRIP_BYTES // (len(w) * cols * x.itemsize))
    for image, out in zip(rows, maps, strict=True):
        for top in range(0, len(image), strip):
            some, part = image[top : top + strip], out[top : top + strip]
            np.matmul(columns[0], some[..., :cols], out=part)
            for q in range(1, len(columns)):
                part += columns[q] @ some[..., q : q + cols]
    return maps.swapaxes(1, 2)


def _as_layers(x: NDArray[Any], w: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Give every picture the shape (N, C, H, W) and every kernel (F, C, KH, KW)."""
    return x[(None,) * (4 - x.ndim)], w[(None,) * (4 - w.ndim)]


def _dtypes(x: NDArray[Any], w: NDArray[Any], bias: NDArray[Any] | None) -> tuple[Any, Any]:
    """Return the dtype of the result and the one to work in."""
    given = [a for a in (x, w, bias) if a is not None]
    if all(a.dtype.kind in "bui" for a in given):
        return np.int64, _exact_dtype(x, w, bias)
    if x.dtype.kind == "f":
        result = x.dtype
    else:
        result = np.result_type(x, w) if w.dtype.kind == "f" else np.dtype(np.float64)
    return result, np.promote_types(result, np.float32)


def _exact_dtype(x: NDArray[Any], w: NDArray[Any], bias: NDArray[Any] | None) -> type:
    """Pick the fastest dtype in which no sum of these whole numbers is rounded."""
    weights = np.abs(w.astype(object)).reshape(len(w), -1).sum(axis=1).max()
    largest = magnitude(x) * weights + (0 if bias is None else magnitude(bias))
    # Below these bounds every partial sum is exact, in whatever order the products are added.
    for bound, dtype in ((2**24, np.float32), (2**53, np.float64), (2**63, np.int64)):
        if largest < bound:
            return dtype
    raise ValueError(f"conv2d: a sum could reach {largest}, more than int64 holds; convert to float64 first")


def _check_shapes(x: NDArray[Any], w: NDArray[Any]) -> None:
    """Refuse pictures and kernels that do not belong together."""
    photo = x.ndim == 3 and x.shape[-1] in (3, 4)
    remedy = "; turn a photo (H, W, 3) into (3, H, W) with np.moveaxis(x, -1, 0)" if photo else ""
    if (x.ndim, w.ndim) not in {(2, 2), (3, 4), (4, 4)}:
        raise ValueError(
            f"conv2d: image {x.shape} and kernel {w.shape} do not go together; give (H, W) with (KH, KW), "
            f"or (C, H, W) or (N, C, H, W) with (F, C, KH, KW){remedy}"
        )
    check_picture("conv2d", x)
    if w.size == 0:
        raise ValueError(f"conv2d: kernel {w.shape} is empty; give at least one weight")
    if x.ndim > 2 and x.shape[-3] != w.shape[1]:
        raise ValueError(
            f"conv2d: image {x.shape} has {x.shape[-3]} channels, but filters {w.shape} span {w.shape[1]}; "
            f"make the two equal{remedy}"
        )


def _check_bias(bias: ArrayLike | None, x: NDArray[Any], w: NDArray[Any]) -> NDArray[Any] | None:
    """Return one bias per filter."""
    if bias is None:
        return None
    bias = as_numbers("conv2d", bias)
    if bias.shape not in ({(), (1,)} if x.ndim == 2 else {(len(w),)}):
        need = "one number" if x.ndim == 2 else f"one per filter, shape ({len(w)},)"
        raise ValueError(f"conv2d: bias has shape {bias.shape}; give {need}")
    return bias
