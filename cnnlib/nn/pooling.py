"""Pooling as layers: keep one number of each window. No weights; channels stay apart."""

from collections.abc import Iterator, Sequence
from functools import reduce

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike

from cnnlib.nn.layers import Array, Layer, Shape, batch_first, batch_last, fit, short
from cnnlib.shapes import Padding, Sides, check_pool_padding, padding_sides, pair

FEW = 9  # cells of a window that are gone through one by one; with more, the windows are


class _Pool2D(Layer):
    """What pooling layers share: where the windows lie."""

    axes = "C, H, W"
    _border = 0.0

    def __init__(
        self,
        window: int | Sequence[int] = 2,
        *,
        stride: int | Sequence[int] | None = None,
        padding: Padding = 0,
    ) -> None:
        super().__init__()
        name = type(self).__name__
        self.window = pair(name, "window", window)
        self.stride = self.window if stride is None else pair(name, "stride", stride)
        self.sides: Sides = padding_sides(name, padding, self.window, self.stride)
        check_pool_padding(name, padding, self.sides, self.window)
        self.windows = ((self.window, self.stride),)

    def output_shape(self, shape: Shape) -> Shape:
        """Return (C, OH, OW)."""
        self._check_axes(shape)
        name = type(self).__name__
        where = fit(name, shape[1:], self.window, self.stride, self.sides, noun="window")
        return (shape[0], *where.output)

    def _padded(self, x: Array) -> Array:
        return batch_first(batch_last(x, self.sides, self._border)) if np.any(self.sides) else x

    def _inner(self, padded: Array, shape: Shape) -> Array:
        """Cut the padding off again."""
        (top, _), (left, _) = self.sides
        return padded[..., top : top + shape[-2], left : left + shape[-1]]

    def _cells(self, padded: Array) -> Iterator[Array]:
        """Go through the windows' cells: (0, 0) of every window at once, as a view; then (0, 1), ..."""
        (rows, cols), (down, right) = self.window, self.stride
        height, width = padded.shape[-2:]
        for i, j in np.ndindex(rows, cols):
            yield padded[..., i : height - rows + i + 1 : down, j : width - cols + j + 1 : right]

    def _arguments(self) -> list[str]:
        stride = [] if self.stride == self.window else [f"stride={short(self.stride)}"]
        padding = [f"padding={short(self.sides)}"] if np.any(self.sides) else []
        return [str(short(self.window)), *stride, *padding]


class MaxPool2D(_Pool2D):
    """Keep the largest number of each window.

    ``y = max(x_1, ..., x_k)`` changes as its winner does, and not at all with the others: the gradient goes
    to the winner alone. Where several are equally large the first, row by row, takes it, as in PyTorch. Where
    windows overlap, a number that wins in several of them collects the sum.

    Parameters
    ----------
    window, stride : int or (rows, cols)
        Pixels. The stride is the window unless given.
    padding : int, (rows, cols) or ((top, bottom), (left, right))
        Pixels of minus infinity added per side, at most half the window; they never win.

    Raises
    ------
    ValueError
        If a setting is out of range.

    Notes
    -----
    Goodfellow, Bengio and Courville (2016), *Deep Learning*, section 9.3.

    Examples
    --------
    >>> layer = MaxPool2D(2)
    >>> layer.forward([[[[1, 5], [5, 2]]]])
    array([[[[5.]]]], dtype=float32)
    >>> layer.backward([[[[10]]]])
    array([[[[ 0., 10.],
             [ 0.,  0.]]]], dtype=float32)
    """

    _border = -np.inf

    def forward(self, x: ArrayLike) -> Array:
        """Return (N, C, OH, OW)."""
        x = self._accept(x)
        padded = self._padded(x)
        y = self._seen(padded).max(axis=(-2, -1)) if self._large else reduce(np.maximum, self._cells(padded))
        self._kept = x.shape, padded, y
        return y

    def backward(self, gradient: ArrayLike, *, input_gradient: bool = True) -> Array | None:
        """Give each window's gradient to its first winner."""
        shape, padded, y = self._recall()
        gradient = self._matching(gradient, y.shape)
        if not input_gradient:
            return None
        result = np.zeros_like(padded)
        if self._large:
            first = self._seen(padded).reshape(*y.shape, -1).argmax(axis=-1)
            down, right = np.divmod(first, self.window[1])
            image, channel, row, col = np.indices(y.shape, sparse=True)
            row, col = row * self.stride[0] + down, col * self.stride[1] + right
            np.add.at(result, (image, channel, row, col), gradient)
            return self._inner(result, shape)
        left = gradient.copy(order="K")  # what no winner has taken yet: the first one takes all
        overlap = any(step < side for step, side in zip(self.stride, self.window, strict=True))
        *before, last = zip(self._cells(padded), self._cells(result), strict=True)
        for cell, target in before:
            taken = np.multiply(left, cell == y, out=None if overlap else target)
            left -= taken
            if overlap:
                target += taken
        last[1][...] += left  # nobody won before it
        return self._inner(result, shape)

    @property
    def _large(self) -> bool:
        return self.window[0] * self.window[1] > FEW

    def _seen(self, padded: Array) -> Array:
        """See the windows (N, C, OH, OW, rows, cols)."""
        down, right = self.stride
        return sliding_window_view(padded, self.window, axis=(-2, -1))[..., ::down, ::right, :, :]


class AvgPool2D(_Pool2D):
    """Average each window; padding counts as zeros, as in `cnnlib.avg_pool2d`.

    ``y = (x_1 + ... + x_k) / k`` changes by 1/k with each of them: every pixel of a window gets that share of
    its gradient, and the sum of the shares where windows overlap.

    Parameters
    ----------
    window, stride, padding
        As for `MaxPool2D`; `padding` adds zeros.

    Raises
    ------
    ValueError
        If a setting is out of range.

    Notes
    -----
    LeCun et al. (1998), *Gradient-based learning applied to document recognition*: "subsampling".

    Examples
    --------
    >>> layer = AvgPool2D(2)
    >>> layer.forward([[[[1, 5], [4, 2]]]])
    array([[[[3.]]]], dtype=float32)
    >>> layer.backward([[[[10]]]])
    array([[[[2.5, 2.5],
             [2.5, 2.5]]]], dtype=float32)
    """

    def forward(self, x: ArrayLike) -> Array:
        """Return (N, C, OH, OW)."""
        x = self._accept(x)
        padded = self._padded(x)
        self._kept = x.shape, padded
        return reduce(np.add, self._cells(padded)) / (self.window[0] * self.window[1])

    def backward(self, gradient: ArrayLike, *, input_gradient: bool = True) -> Array | None:
        """Share each window's gradient among its pixels."""
        shape, padded = self._recall()
        gradient = self._matching(gradient, (shape[0], *self.output_shape(shape[1:])))
        if not input_gradient:
            return None
        share, result = gradient / (self.window[0] * self.window[1]), np.zeros_like(padded)
        for target in self._cells(result):
            target += share
        return self._inner(result, shape)


class GlobalAvgPool2D(Layer):
    """Average each channel's whole map: (N, C, H, W) to (N, C).

    ``y[n, c]`` is a mean of H * W numbers; each of them gets ``1 / (H * W)`` of its gradient.

    Notes
    -----
    Lin, Chen and Yan (2014), *Network in network*: a head without weights, for pictures of any size.

    Examples
    --------
    >>> layer = GlobalAvgPool2D()
    >>> layer.forward([[[[1, 5], [4, 2]]]])
    array([[3.]], dtype=float32)
    >>> layer.backward([[10]])
    array([[[[2.5, 2.5],
             [2.5, 2.5]]]], dtype=float32)
    """

    axes = "C, H, W"
    windows = None

    def forward(self, x: ArrayLike) -> Array:
        """Return (N, C)."""
        x = self._accept(x)
        self._kept = x.shape
        return x.mean(axis=(2, 3))

    def backward(self, gradient: ArrayLike, *, input_gradient: bool = True) -> Array | None:
        """Spread each channel's gradient evenly over its map."""
        shape = self._recall()
        gradient = self._matching(gradient, shape[:2])
        share = gradient[:, :, None, None] / (shape[2] * shape[3])
        return np.broadcast_to(share, shape).copy() if input_gradient else None

    def output_shape(self, shape: Shape) -> Shape:
        """Return (C,)."""
        self._check_axes(shape)
        return shape[:1]
