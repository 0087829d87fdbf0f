"""Windows without shared weights: what a convolution would be if every place learned for itself."""

from collections.abc import Sequence

import numpy as np

from cnnlib.nn.conv import Conv2D
from cnnlib.nn.layers import Array, Shape, batch_last, fit, short
from cnnlib.shapes import Padding, pair


class LocallyConnected2D(Conv2D):
    """Look through windows as `Conv2D` does, but with filters of its own at every place.

    ``y[:, i, j] = filters[i, j] @ window[i, j] + bias[i, j]``: nothing is shared, so the gradient for the
    filters at (i, j) is ``g[:, i, j] window[i, j]^T`` alone, without a sum over places; the rest is as in
    `Conv2D`. It costs as many multiplications, OH * OW times the weights, and what it learns in one place it
    knows nowhere else.

    Parameters
    ----------
    in_channels, out_channels, kernel_size, stride, padding
        As for `Conv2D`.
    input_size : (rows, cols)
        Of the pictures, in pixels; no other size has a place for all weights.

    Raises
    ------
    ValueError
        If a setting is out of range, or the kernel does not fit.

    Notes
    -----
    LeCun (1989), *Generalization and network design strategies*, compares the two.

    Examples
    --------
    >>> layer = LocallyConnected2D(1, 4, 3, input_size=(8, 8))
    >>> layer.weights["weight"].shape, layer.weights["bias"].shape
    ((6, 6, 4, 1, 3, 3), (6, 6, 4))
    >>> layer.forward(np.ones((5, 1, 8, 8))).shape
    (5, 4, 6, 6)
    """

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        kernel_size: int | Sequence[int],
        *,
        input_size: int | Sequence[int],
        stride: int | Sequence[int] = 1,
        padding: Padding = 0,
    ) -> None:
        self.input_size = pair("LocallyConnected2D", "input_size", input_size)
        super().__init__(in_channels, out_channels, kernel_size, stride=stride, padding=padding)

    def _weight_gradients(self, windows: Array, g: Array) -> dict[str, Array]:
        return {"weight": self._as_weight(g @ windows.swapaxes(-1, -2)), "bias": g.sum(axis=3)}

    def output_shape(self, shape: Shape) -> Shape:
        """Return (F, OH, OW)."""
        made = super().output_shape(shape)
        if shape[1:] != self.input_size:
            raise ValueError(
                f"LocallyConnected2D: input {shape} is not {self.input_size} pixels, for which the weights "
                f"are made; make a layer with input_size={shape[1:]}"
            )
        return made

    def _input_gradient(self, g: Array, x_shape: Shape) -> Array:
        (height, width), (down, right) = self.kernel_size, self.stride
        padded = batch_last(np.zeros(x_shape, g.dtype), self.sides)
        shares = self._filters().swapaxes(-1, -2) @ g
        for i, j in np.ndindex(g.shape[:2]):
            window = shares[i, j].reshape(width, height, *padded.shape[2:]).swapaxes(0, 1)
            padded[i * down : i * down + height, j * right : j * right + width] += window
        (top, _), (left, _) = self.sides
        return padded[top : top + x_shape[2], left : left + x_shape[3]]

    def _places(self) -> tuple[int, ...]:
        return fit(type(self).__name__, self.input_size, self.kernel_size, self.stride, self.sides).output

    def _arguments(self) -> list[str]:
        first, rest = super()._arguments()[:3], super()._arguments()[3:]
        return [*first, f"input_size={short(self.input_size)}", *rest]
