"""The layer that looks at a picture through windows: first as plainly as it can be written, then fast."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.lib.stride_tricks import as_strided
from numpy.typing import ArrayLike

from cnnlib.nn.layers import (
    BLAS,
    Array,
    Layer,
    Shape,
    batch_first,
    batch_last,
    fit,
    product,
    short,
    side_by_side,
)
from cnnlib.ranges import whole
from cnnlib.shapes import Padding, Pair, Sides, add_border, padding_sides, pair

STRIP_BYTES = 512 * 1024  # products made at once; beyond the processor's cache, adding them up costs more


class PlainConv2D(Layer):
    """Slide F filters over a picture: `Conv2D` as it can be read, with the same numbers and errors.

    ``y[f, i, j] = bias[f] + sum over c, p, q of weight[f, c, p, q] * x[c, i s + p, j s + q]`` for stride s,
    with x in its padding. Here p and q are the outer loop: the weights at one place of the filters, and the
    pixels that they meet in all windows at once. Follow one weight back: it meets a pixel in every window and
    changes y by that much. So, with g the loss's gradient for y:

    - for a weight: g times that pixel, summed over all windows, because each of them uses the same weight
    - for the bias: g, summed over all windows
    - for a pixel: g times the weight that it meets, summed over the windows and filters that meet it

    Parameters
    ----------
    in_channels, out_channels, kernel_size, stride, padding
        As for `Conv2D`.

    Raises
    ------
    ValueError
        If a setting is out of range.

    Notes
    -----
    LeCun et al. (1989), *Backpropagation applied to handwritten zip code recognition*; Goodfellow, Bengio and
    Courville (2016), *Deep Learning*, section 9.5.

    Examples
    --------
    >>> layer = PlainConv2D(1, 1, 2)
    >>> layer.weights["weight"][...] = [[1, 2], [3, 4]]
    >>> layer.forward([[[[1, 0, 0], [0, 0, 1]]]])
    array([[[[1., 4.]]]], dtype=float32)
    >>> layer.backward([[[[10, 1]]]])
    array([[[[10., 21.,  2.],
             [30., 43.,  4.]]]], dtype=float32)
    >>> layer.gradients["weight"]
    array([[[[10.,  0.],
             [ 0.,  1.]]]], dtype=float32)
    """

    axes = "C, H, W"

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        kernel_size: int | Sequence[int],
        *,
        stride: int | Sequence[int] = 1,
        padding: Padding = 0,
    ) -> None:
        super().__init__()
        name = type(self).__name__
        self.in_channels = whole(name, "in_channels", in_channels)
        self.out_channels = whole(name, "out_channels", out_channels)
        self.kernel_size = pair(name, "kernel_size", kernel_size)
        self.stride = pair(name, "stride", stride)
        self.sides: Sides = padding_sides(name, padding, self.kernel_size, self.stride)
        self.windows = ((self.kernel_size, self.stride),)
        places = self._places()
        self.weights = {
            "weight": np.empty((*places, self.out_channels, self.in_channels, *self.kernel_size), np.float32),
            "bias": np.empty((*places, self.out_channels), np.float32),
        }
        self.initialise(np.random.default_rng(0))

    def forward(self, x: ArrayLike) -> Array:
        """Return (N, F, OH, OW) for a batch (N, C, H, W)."""
        x = self._accept(x)
        weight, bias = self.weights["weight"], self.weights["bias"]
        padded = add_border(x, self.sides, 0)
        y = np.zeros((len(x), *self.output_shape(x.shape[1:])), x.dtype) + bias[:, None, None]
        for p, q in np.ndindex(self.kernel_size):
            y += np.einsum("fc,ncij->nfij", weight[:, :, p, q], self._met(padded, p, q))
        self._kept = x.shape, padded
        return y

    def backward(self, gradient: ArrayLike, *, input_gradient: bool = True) -> Array | None:
        """Hand the gradient back to the weights and to the pixels that they met."""
        shape, padded = self._recall()
        g = self._matching(gradient, (shape[0], *self.output_shape(shape[1:])))
        weight = self.weights["weight"]
        for_weight, for_padded = np.zeros_like(weight), np.zeros_like(padded)
        for p, q in np.ndindex(self.kernel_size):
            for_weight[:, :, p, q] = np.einsum("nfij,ncij->fc", g, self._met(padded, p, q))
            self._met(for_padded, p, q)[...] += np.einsum("fc,nfij->ncij", weight[:, :, p, q], g)
        if not self.frozen:
            self.gradients = {"weight": for_weight, "bias": g.sum(axis=(0, 2, 3))}
        (top, _), (left, _) = self.sides
        return for_padded[:, :, top : top + shape[2], left : left + shape[3]] if input_gradient else None

    def _met(self, padded: Array, p: int, q: int) -> Array:
        """Return a view of the pixels that place (p, q) of the kernel meets, one a window: (N, C, OH, OW)."""
        (height, width), (down, right) = self.kernel_size, self.stride
        rows, cols = padded.shape[2] - height + 1, padded.shape[3] - width + 1
        return padded[:, :, p : p + rows : down, q : q + cols : right]

    def output_shape(self, shape: Shape) -> Shape:
        """Return (F, OH, OW)."""
        self._check_axes(shape)
        name = type(self).__name__
        if shape[0] != self.in_channels:
            raise ValueError(
                f"{name}: input {shape} has {shape[0]} channels, but the filters span {self.in_channels}; "
                f"make {name}({shape[0]}, {self.out_channels}, ...)"
            )
        where = fit(name, shape[1:], self.kernel_size, self.stride, self.sides)
        return (self.out_channels, *where.output)

    def multiplications(self, shape: Shape) -> int:
        """Count each filter's weights at each place."""
        return math.prod(self.output_shape(shape)) * self._fans()[0]

    def _places(self) -> tuple[int, ...]:
        """Return the places that have filters of their own: none; all share the same."""
        return ()

    def _fans(self) -> Pair:
        height, width = self.kernel_size
        return self.in_channels * height * width, self.out_channels * height * width

    def _arguments(self) -> list[str]:
        found = [str(self.in_channels), str(self.out_channels), str(short(self.kernel_size))]
        found += [f"stride={short(self.stride)}"] if self.stride != (1, 1) else []
        return found + ([f"padding={short(self.sides)}"] if np.any(self.sides) else [])


class Conv2D(PlainConv2D):
    """Slide F filters over a picture: the layer around `cnnlib.conv2d`, 5 to 16 times as fast as plainly.

    What it computes stands in `PlainConv2D`. How: with the window at (i, j) as one column of C * KH * KW
    numbers, and the filters as the rows of a matrix, ``y[:, i, j] = filters @ window[i, j] + bias``: a Dense
    layer, used at every place with the same weights. So its gradients are those of Dense, summed over all
    places: ``g[:, i, j] window[i, j]^T`` for the filters, ``filters^T @ g[:, i, j]`` for a window's pixels.

    The batch lies with its pictures innermost, (H, W, C, N) (see `batch_last`). Then the windows need no
    copying around: rows of windows are copied together once, a window is a stretch of that memory, and each
    place is one small matrix product for the whole batch.

    Parameters
    ----------
    in_channels, out_channels : int
        C, and the number of filters F.
    kernel_size, stride : int or (rows, cols)
        Pixels.
    padding : int, (rows, cols), ((top, bottom), (left, right)), "same" or "valid"
        Zeros added per side.

    Raises
    ------
    ValueError
        If a setting is out of range.

    Notes
    -----
    LeCun et al. (1989), *Backpropagation applied to handwritten zip code recognition*; Goodfellow, Bengio and
    Courville (2016), *Deep Learning*, section 9.5.

    Examples
    --------
    >>> layer = Conv2D(1, 1, 2)
    >>> layer.weights["weight"][...] = [[1, 2], [3, 4]]
    >>> layer.forward([[[[1, 0, 0], [0, 0, 1]]]])
    array([[[[1., 4.]]]], dtype=float32)
    """

    def forward(self, x: ArrayLike) -> Array:
        """Return (N, F, OH, OW) for a batch (N, C, H, W)."""
        x = self._accept(x)
        (height, width), (down, right) = self.kernel_size, self.stride
        windows = windows_of(strips_of(batch_last(x, self.sides), height, down), width, right)
        y = product(self._filters(), windows)
        y += np.repeat(self.weights["bias"][..., None], len(x), axis=-1)  # long rows add up faster
        self._kept = x.shape, windows
        return batch_first(y)

    def backward(self, gradient: ArrayLike, *, input_gradient: bool = True) -> Array | None:
        """Hand the gradient back to the weights and to the pixels of each window."""
        x_shape, windows = self._recall()
        g = batch_last(self._matching(gradient, (x_shape[0], *self.output_shape(x_shape[1:]))))
        if not self.frozen:
            self.gradients = self._weight_gradients(windows, g)
        return batch_first(self._input_gradient(g, x_shape)) if input_gradient else None

    def _filters(self) -> Array:
        """Return the filters as the rows (F, KW * KH * C) of a matrix, in the order of a window in memory."""
        weight = self.weights["weight"].swapaxes(-3, -1)
        return weight.reshape(*weight.shape[:-3], -1)

    def _weight_gradients(self, windows: Array, g: Array) -> dict[str, Array]:
        """Add up ``window @ g^T`` over all places, as many rows of them at once as `STRIP_BYTES` hold."""
        if not BLAS:
            total = product(side_by_side(windows), side_by_side(g).T)
            return {"weight": self._as_weight(total.T), "bias": np.einsum("ijfn->f", g)}
        (rows, cols, size, _), g_turned = windows.shape, g.swapaxes(-1, -2)
        total = np.zeros((size, self.out_channels), g.dtype)
        strip = max(1, STRIP_BYTES // (cols * total.nbytes))
        each = np.empty((strip, cols, *total.shape), g.dtype)  # the same memory for each strip
        for top in range(0, rows, strip):
            some = slice(top, top + strip)
            total += np.matmul(windows[some], g_turned[some], out=each[: rows - top]).sum(axis=(0, 1))
        return {"weight": self._as_weight(total.T), "bias": np.einsum("ijfn->f", g)}

    def _as_weight(self, filters: Array) -> Array:
        """Turn the rows of a matrix, as from `_filters`, into (..., F, C, KH, KW) again."""
        height, width = self.kernel_size
        shape = (*filters.shape[:-1], width, height, self.in_channels)
        return np.ascontiguousarray(filters.reshape(shape).swapaxes(-3, -1))

    def _input_gradient(self, g: Array, x_shape: Shape) -> Array:
        """Return what each pixel gets from the windows it lies in, (H, W, C, N).

        The pixel at column c is under the filter's column q in the window at c - q. So a row of pixels sees g
        through windows, too, in which the filter is turned around: its last column comes first.
        """
        (height, width), (down, right) = self.kernel_size, self.stride
        (top, bottom), (left, right_side) = self.sides
        (rows, cols, filters, count), (_, channels, *size) = g.shape, x_shape
        wide = np.zeros((rows, left + size[1] + right_side + width - 1, filters, count), g.dtype)
        wide[:, width - 1 : width + (cols - 1) * right : right] = g
        turned = self.weights["weight"][..., ::-1].transpose(2, 1, 3, 0)  # (KH, C, KW, F)
        matrix = turned.reshape(height * channels, -1)
        padded = np.zeros((top + size[0] + bottom, size[1], channels, count), g.dtype)
        windows = windows_of(wide[:, :, None], width, 1)[:, left : left + size[1]]  # not of invented columns
        room = np.empty((size[1], len(matrix), count), g.dtype)  # the same memory for each row
        for i in range(rows):
            shares = product(matrix, windows[i], room).reshape(-1, height, channels, count)  # (W, KH, C, N)
            padded[i * down : i * down + height] += shares.swapaxes(0, 1)
        return padded[top : top + size[0]]


def strips_of(padded: Array, height: int, down: int = 1) -> Array:
    """Copy each row of windows out of a padded batch: (H, W, C, N) to (OH, W, KH, C, N).

    A pixel is there once for each row of windows it lies in: at most KH times, not KH * KW times.
    """
    rows = (len(padded) - height) // down + 1
    full, *inner = padded.shape[1:]
    strips = np.empty((rows, full, height, *inner), padded.dtype)
    for p in range(height):
        strips[:, :, p] = padded[p : p + (rows - 1) * down + 1 : down]
    return strips


def windows_of(strips: Array, width: int, right: int = 1) -> Array:
    """See strips as windows (OH, OW, KW * KH * C, N), for reading: they share pixels, nothing moves.

    A strip's columns follow one another in memory, so the numbers of a window are one stretch of it.
    """
    rows, full, height, channels, count = strips.shape
    by_row, by_col, _, by_number, by_picture = strips.strides
    shape = rows, (full - width) // right + 1, width * height * channels, count
    return as_strided(strips, shape, (by_row, by_col * right, by_number, by_picture), writeable=False)
