"""Layers without a sense of place: every output sees every input."""

import math

import numpy as np
from numpy.typing import ArrayLike

from cnnlib.nn.layers import Array, Layer, Shape, product
from cnnlib.ranges import whole
from cnnlib.shapes import Pair


class Dense(Layer):
    """Weigh and add up all inputs, once per output.

    For one input, ``y[o] = bias[o] + sum over i of weight[o, i] * x[i]``; for a batch of rows,
    ``y = x W^T + b``. Follow one weight: it meets ``x[n, i]`` in every row n and changes ``y[n, o]`` by that
    much. So, with g the loss's gradient for y:

    - for ``weight[o, i]``: ``sum over n of g[n, o] * x[n, i]``, that is ``g^T x``
    - for ``bias[o]``: ``sum over n of g[n, o]``, because it is added once in every row
    - for ``x[n, i]``: ``sum over o of g[n, o] * weight[o, i]``, that is ``g W``: x[n, i] reaches every o

    The code computes the transposed products, which leaves the batch last in memory (see `batch_last`).

    Parameters
    ----------
    inputs, outputs : int
        Numbers per input and per output.

    Raises
    ------
    ValueError
        If one of them is not a whole number of at least 1.

    Notes
    -----
    Goodfellow, Bengio and Courville (2016), *Deep Learning*, section 6.5.6.

    Examples
    --------
    >>> layer = Dense(2, 1)
    >>> layer.weights["weight"][...] = [[10, 1]]
    >>> layer.forward([[3, 4]])
    array([[34.]], dtype=float32)
    >>> layer.backward([[2]])
    array([[20.,  2.]], dtype=float32)
    >>> layer.gradients["weight"]
    array([[6., 8.]], dtype=float32)
    """

    axes = "inputs"
    windows = None

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.inputs, self.outputs = whole("Dense", "inputs", inputs), whole("Dense", "outputs", outputs)
        self.weights = {
            "weight": np.empty((self.outputs, self.inputs), np.float32),
            "bias": np.empty(self.outputs, np.float32),
        }
        self.initialise(np.random.default_rng(0))

    def forward(self, x: ArrayLike) -> Array:
        """Return (N, outputs) for a batch (N, inputs)."""
        self._kept = x = self._accept(x)
        y = product(self.weights["weight"], x.T)
        y += self.weights["bias"][:, None]
        return y.T

    def backward(self, gradient: ArrayLike, *, input_gradient: bool = True) -> Array | None:
        """Hand the gradient back through the weights it came by."""
        x = self._recall()
        gradient = self._matching(gradient, (len(x), self.outputs))
        if not self.frozen:
            self.gradients = {"weight": product(gradient.T, x), "bias": gradient.sum(axis=0)}
        return product(self.weights["weight"].T, gradient.T).T if input_gradient else None

    def output_shape(self, shape: Shape) -> Shape:
        """Return (outputs,)."""
        if len(shape) > 1:
            raise ValueError(
                f"Dense: input {shape} is not a row of {self.inputs} numbers; put a Flatten() before it"
            )
        if shape != (self.inputs,):
            raise ValueError(
                f"Dense: input {shape} has {math.prod(shape)} numbers, but the weights are made for "
                f"{self.inputs}; make Dense({math.prod(shape)}, {self.outputs})"
            )
        return (self.outputs,)

    def multiplications(self, shape: Shape) -> int:
        """Count one per weight."""
        self.output_shape(shape)
        return self.inputs * self.outputs

    def _fans(self) -> Pair:
        return self.inputs, self.outputs

    def _arguments(self) -> list[str]:
        return [str(self.inputs), str(self.outputs)]


class Flatten(Layer):
    """Write each input's numbers in one row: (N, C, H, W) to (N, C * H * W).

    No number changes, so `backward` just puts the gradient back into the input's shape.

    Examples
    --------
    >>> layer = Flatten()
    >>> layer.forward([[[1, 2], [3, 4]]])
    array([[1., 2., 3., 4.]], dtype=float32)
    >>> layer.backward([[5, 6, 7, 8]]).shape
    (1, 2, 2)
    """

    def forward(self, x: ArrayLike) -> Array:
        """Return (N, all the rest)."""
        x = self._accept(x)
        self._kept = x.shape
        return np.moveaxis(x, 0, -1).reshape(-1, len(x)).T  # the batch stays last in memory if it was

    def backward(self, gradient: ArrayLike, *, input_gradient: bool = True) -> Array | None:
        """Give the gradient the shape of the input."""
        count, *shape = self._recall()
        gradient = self._matching(gradient, (count, math.prod(shape)))
        return np.moveaxis(gradient.T.reshape(*shape, count), -1, 0) if input_gradient else None

    def output_shape(self, shape: Shape) -> Shape:
        """Return (C * H * W,)."""
        return (math.prod(shape),)


class Dropout(Layer):
    """In training, put a random share of the numbers to 0, so that none is relied upon alone.

    ``y = x * mask``, where each mask number is 0 with probability `share`, else ``1 / (1 - share)``: on
    average y equals x, and prediction needs no correction ("inverted" dropout). For the same mask the
    gradient for x is ``gradient * mask``. Outside training (``layer.training`` False) x passes as it is.

    Parameters
    ----------
    share : float
        Of the numbers dropped; at least 0 and less than 1.
    seed : int
        Fixes all masks, in their order.

    Raises
    ------
    ValueError
        For another share.

    Notes
    -----
    Srivastava et al. (2014), *Dropout: a simple way to prevent neural networks from overfitting*.

    Examples
    --------
    >>> layer = Dropout(0.5, seed=1)
    >>> layer.training = True
    >>> layer.forward([[1, 1, 1, 1]])
    array([[2., 2., 0., 2.]], dtype=float32)
    >>> layer.backward([[10, 10, 10, 10]])
    array([[20., 20.,  0., 20.]], dtype=float32)
    """

    def __init__(self, share: float = 0.5, *, seed: int = 0) -> None:
        super().__init__()
        if not 0 <= share < 1:
            raise ValueError(f"Dropout: share {share!r} is out of range; use at least 0 and less than 1")
        self.share, self.seed = float(share), seed
        self._rng = np.random.default_rng(seed)

    def forward(self, x: ArrayLike) -> Array:
        """Drop numbers in training; else return x."""
        x = self._accept(x)
        mask: Array | float = 1.0
        if self.training:
            mask = ((self._rng.random(x.shape) >= self.share) / (1 - self.share)).astype(x.dtype)
        self._kept = x.shape, mask
        return x * mask

    def backward(self, gradient: ArrayLike, *, input_gradient: bool = True) -> Array | None:
        """Drop the same numbers of the gradient."""
        shape, mask = self._recall()
        return self._matching(gradient, shape) * mask if input_gradient else None

    def _arguments(self) -> list[str]:
        return [str(self.share), *([f"seed={self.seed}"] if self.seed else [])]
