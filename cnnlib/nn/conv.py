"""The layer that looks at a picture through windows.

It lays the batch out with its pictures innermost, (H, W, C, N) (see `batch_last`). Then the windows need no
copying around: rows of windows are copied together once, a window is a stretch of that memory, and each
output place is one small matrix product for the whole batch, ``filters @ window``.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from cnnlib.layer_size import layer_size
from cnnlib.nn.layers import Array, Layer, Shape, fit, short, whole
from cnnlib.nn.memory import batch_first, batch_last, strips_of, windows_of
from cnnlib.shapes import Padding, Pair, padding_sides, pair

STRIP_BYTES = 512 * 1024  # products made at once; beyond the processor's cache, adding them up costs more


class Conv2D(Layer):
    """Slide F filters over a picture: the layer around `cnnlib.conv2d`.

    ``y[f, i, j] = bias[f] + sum over c, p, q of weight[f, c, p, q] * x[c, i s + p, j s + q]`` for stride s,
    with x in its padding. Written with the window at (i, j) as one column of C * KH * KW numbers, and the
    filters as the rows of a matrix: ``y[:, i, j] = filters @ window[i, j] + bias``. That is a Dense layer,
    used at every place with the same weights. So, with g the loss's gradient for y:

    - for the filters: what Dense has, ``g[:, i, j] window[i, j]^T``, summed over all places, because each of
      them uses the same weights
    - for the bias: g, summed over all places
    - for x: ``filters^T @ g[:, i, j]`` for the window at (i, j); a pixel gets the sum of all its windows

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
        self.geometry = pair(name, "kernel_size", kernel_size), pair(name, "stride", stride)
        self.sides = padding_sides(name, padding, *self.geometry)
        places = self._places()
        self.weights = {
            "weight": np.empty((*places, self.out_channels, self.in_channels, *self.geometry[0]), np.float32),
            "bias": np.empty((*places, self.out_channels), np.float32),
        }
        self.initialise(np.random.default_rng(0))

    def forward(self, x: ArrayLike) -> Array:
        """Return (N, F, OH, OW) for a batch (N, C, H, W)."""
        x = self._accept(x)
        (height, width), (down, right) = self.geometry
        windows = windows_of(strips_of(batch_last(x, self.sides), height, down), width, right)
        y = self._filters() @ windows
        y += self.weights["bias"][..., None]
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
        (height, width), _ = self.geometry
        shape = (*filters.shape[:-1], width, height, self.in_channels)
        return np.ascontiguousarray(filters.reshape(shape).swapaxes(-3, -1))

    def _input_gradient(self, g: Array, x_shape: Shape) -> Array:
        """Return what each pixel gets from the windows it lies in, (H, W, C, N).

        The pixel at column c is under the filter's column q in the window at c - q. So a row of pixels sees g
        through windows, too, in which the filter is turned around: its last column comes first.
        """
        (height, width), (down, right) = self.geometry
        (top, bottom), (left, right_side) = self.sides
        (rows, cols, filters, count), (_, channels, *size) = g.shape, x_shape
        wide = np.zeros((rows, left + size[1] + right_side + width - 1, filters, count), g.dtype)
        wide[:, width - 1 : width + (cols - 1) * right : right] = g
        turned = self.weights["weight"][..., ::-1].transpose(2, 1, 3, 0)  # (KH, C, KW, F)
        matrix = turned.reshape(height * channels, -1)
        framed = np.zeros((top + size[0] + bottom, size[1], channels, count), g.dtype)
        windows = windows_of(wide[:, :, None], width, 1)[:, left : left + size[1]]  # not of invented columns
        for i in range(rows):
            shares = (matrix @ windows[i]).reshape(-1, height, channels, count)  # (W, KH, C, N)
            framed[i * down : i * down + height] += shares.swapaxes(0, 1)
        return framed[top : top + size[0]]

    def output_shape(self, shape: Shape) -> Shape:
        """Return (F, OH, OW)."""
        self._check_axes(shape)
        name = type(self).__name__
        if shape[0] != self.in_channels:
            raise ValueError(
                f"{name}: input {shape} has {shape[0]} channels, but the filters span {self.in_channels}; "
                f"make {name}({shape[0]}, {self.out_channels}, ...)"
            )
        kernel, stride = self.geometry
        return (self.out_channels, *fit(name, shape[1:], kernel, stride, self.sides).output)

    def multiplications(self, shape: Shape) -> int:
        """Count each filter's weights at each place."""
        self.output_shape(shape)
        kernel, stride = self.geometry
        size = layer_size(shape, self.out_channels, kernel, stride=stride, padding=self.sides)
        return size.multiplications

    def _places(self) -> tuple[int, ...]:
        """Return the places that have filters of their own: none; all share the same."""
        return ()

    def _fans(self) -> Pair:
        height, width = self.geometry[0]
        return self.in_channels * height * width, self.out_channels * height * width

    def _arguments(self) -> list[str]:
        kernel, stride = self.geometry
        found = [str(self.in_channels), str(self.out_channels), str(short(kernel))]
        found += [f"stride={short(stride)}"] if stride != (1, 1) else []
        return found + ([f"padding={short(self.sides)}"] if np.any(self.sides) else [])
