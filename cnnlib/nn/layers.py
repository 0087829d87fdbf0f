"""What all layers of a network share.

A layer turns a batch into a batch (`forward`), and the loss's gradient for its output into the one for its
input (`backward`). Batches of pictures are arrays (N, C, H, W); layers that gain by it put the batch last in
memory, which nobody sees.
"""

import math
import sys
from functools import lru_cache
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

from cnnlib.ledger import LayerSize, Shape
from cnnlib.shapes import Pair, Sides, as_numbers, geometry

Array = NDArray[Any]

BLAS = sys.platform != "emscripten"  # the browser's NumPy multiplies matrices without it
fit = lru_cache(geometry)  # where the windows lie: the same sizes come with every batch


class Layer:
    """The base of all layers: one that passes its input on.

    Attributes
    ----------
    weights : dict of arrays
        What training changes, by name; empty for layers that have none.
    gradients : dict of arrays
        The loss's gradient for each of the weights; each `backward` replaces them.
    frozen : bool
        Whether the weights stay as they are: `backward` then leaves `gradients` alone.
    training : bool
        Whether this is a training run; only `Dropout` cares. A model sets it for its `forward` alone.
    windows : tuple of ((int, int), (int, int)), or None
        Window and stride, in (rows, cols), from which receptive fields follow; empty where each number is
        looked at by itself, None where every output sees all places.

    Examples
    --------
    >>> Layer().forward([[1, 2]])
    array([[1., 2.]], dtype=float32)
    """

    axes: ClassVar[str] = ""  # of one input, as in "C, H, W"; empty where any shape will do
    windows: tuple[tuple[Pair, Pair], ...] | None = ()

    def __init__(self) -> None:
        self.weights: dict[str, Array] = {}
        self.gradients: dict[str, Array] = {}
        self.frozen = False
        self.training = False
        self._kept: Any = None  # what forward leaves for backward

    def __call__(self, x: ArrayLike) -> Array:
        """Do the same as `forward`."""
        return self.forward(x)

    def forward(self, x: ArrayLike) -> Array:
        """Compute the layer's output for a batch, and keep what `backward` will need.

        Parameters
        ----------
        x : array, (N, ...)
            A batch of inputs. Calculated in the dtype of the weights; without weights, in x's own (float32
            for whole numbers).

        Returns
        -------
        array, (N, ...)
            The shape of one output is `output_shape`'s.

        Raises
        ------
        ValueError
            If the layer cannot take inputs of this shape.
        """
        self._kept = x = self._accept(x)
        return x

    def backward(self, gradient: ArrayLike, *, input_gradient: bool = True) -> Array | None:
        """Turn the gradient for the last output into that for the last input; set `gradients` on the way.

        Parameters
        ----------
        gradient : array, the shape of the last output
            How the loss changes with each number of it.
        input_gradient : bool
            False saves the work where nobody asks: at the first layer.

        Returns
        -------
        array, the shape of the last input, or None

        Raises
        ------
        ValueError
            If no `forward` came before, or the shapes differ.
        """
        return self._matching(gradient, self._recall().shape) if input_gradient else None

    def output_shape(self, shape: Shape) -> Shape:
        """Return the shape of the output for one input, without the batch; ValueError if it does not fit."""
        return shape

    def multiplications(self, shape: Shape) -> int:
        """Count the multiplications by weights for one input of this shape."""
        return 0

    def size(self, shape: Shape) -> LayerSize:
        """Return what the layer makes of one input of this shape, learns and costs, for a `ledger`."""
        learned = sum(array.size for array in self.weights.values())
        biases = self.weights["bias"].size if "bias" in self.weights else 0
        return LayerSize(self.output_shape(shape), learned - biases, biases, self.multiplications(shape))

    def initialise(self, rng: np.random.Generator, kind: str = "he") -> None:
        """Draw new weights, and set the biases to 0.

        Parameters
        ----------
        rng : numpy.random.Generator
        kind : {"he", "glorot"}
            Normal with variance 2 / inputs, made for ReLU (He et al., 2015, *Delving deep into rectifiers*),
            or uniform with variance 2 / (inputs + outputs) (Glorot and Bengio, 2010, equation 16).

        Raises
        ------
        ValueError
            For another kind.
        """
        if kind not in ("he", "glorot"):
            raise ValueError(f"initialise: kind {kind!r} is unknown; use 'he' or 'glorot'")
        for name, old in self.weights.items():
            if name == "bias":
                old[...] = 0
            elif kind == "he":
                old[...] = rng.normal(0, math.sqrt(2 / self._fans()[0]), old.shape)
            else:
                limit = math.sqrt(6 / sum(self._fans()))
                old[...] = rng.uniform(-limit, limit, old.shape)

    def astype(self, dtype: DTypeLike) -> Self:
        """Convert the weights, for example to float64 for a gradient check; return the layer itself."""
        self.weights = {name: array.astype(dtype) for name, array in self.weights.items()}
        self.gradients = {}
        return self

    def forget(self) -> None:
        """Let go of what `forward` kept for `backward`: nothing but predictions needs no such memory."""
        self._kept = None

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(self._arguments())})"

    def _arguments(self) -> list[str]:
        return []

    def _fans(self) -> Pair:
        """Return how many inputs feed one output, and how many outputs one input feeds."""
        raise NotImplementedError

    def _accept(self, x: ArrayLike) -> Array:
        """Check a batch against the layer; return it as an array of the dtype to work in."""
        self._kept = None  # the memory of the last batch is free for this one
        name = type(self).__name__
        x = as_numbers(name, x)
        if x.ndim < 2 or 0 in x.shape:
            wanted = ", ".join(["N", self.axes or "..."])
            raise ValueError(
                f"{name}: input {x.shape} is no batch; give an array ({wanted}) with N at least 1"
            )
        self.output_shape(x.shape[1:])
        return self._as_floats(x)

    def _as_floats(self, array: Array) -> Array:
        """Convert to the dtype of the weights; without weights, whole numbers to float32."""
        own = next(iter(self.weights.values()), array).dtype
        return array.astype(own if own.kind == "f" else np.float32, copy=False)

    def _recall(self) -> Any:
        """Return what forward kept."""
        if self._kept is None:
            raise ValueError(
                f"{type(self).__name__}: backward has no forward before it; call forward(x) first, "
                "of a model forward(x, training=True)"
            )
        return self._kept

    def _matching(self, gradient: ArrayLike, shape: Shape) -> Array:
        """Return the gradient as an array; refuse it if its shape is not that of the output."""
        gradient = as_numbers(type(self).__name__, gradient)
        if gradient.shape != shape:
            raise ValueError(
                f"{type(self).__name__}: gradient {gradient.shape} does not fit the output {shape}; "
                "give the gradient for the output of the last forward"
            )
        return self._as_floats(gradient)

    def _check_axes(self, shape: Shape) -> None:
        """Refuse an input without the axes that the layer works on."""
        if len(shape) != len(self.axes.split(", ")):
            raise ValueError(
                f"{type(self).__name__}: input {shape} does not have the axes ({self.axes}); "
                f"give a batch (N, {self.axes})"
            )


def batch_last(x: Array, sides: Sides = ((0, 0), (0, 0)), border: float = 0) -> Array:
    """Lay a batch (N, C, H, W) out as (H, W, C, N), contiguous, in a border of one value.

    Neighbours in memory then get the same treatment, whatever the number of channels, and 64 of them fill the
    processor's vector units. It is also why a window is one piece of memory.
    """
    x = x.transpose(2, 3, 1, 0)
    (top, bottom), (left, right) = sides
    if not top + bottom + left + right:
        return np.ascontiguousarray(x)
    height, width, *inner = x.shape
    padded = np.full((top + height + bottom, left + width + right, *inner), border, x.dtype)
    padded[top : top + height, left : left + width] = x
    return padded


def batch_first(x: Array) -> Array:
    """See an array (H, W, C, N) as (N, C, H, W); nothing moves in memory."""
    return x.transpose(3, 2, 0, 1)


def product(a: Array, b: Array, room: Array | None = None) -> Array:
    """Multiply a matrix with a matrix, or with each of a stack of them, as ``a @ b``; BLAS uses the room.

    Without BLAS, one long loop over the columns of all of them takes half the time of many small products.
    """
    if BLAS or a.ndim > 2:
        return np.matmul(a, b, out=room)
    y = np.einsum("ij,jk->ik", a, side_by_side(b)).reshape(len(a), *b.shape[:-2], b.shape[-1])
    return y.transpose(*range(1, b.ndim - 1), 0, -1)


def side_by_side(stack: Array) -> Array:
    """Write the matrices of a stack (..., K, N) next to each other: (K, ... * N)."""
    return stack.transpose(-2, *range(stack.ndim - 2), -1).reshape(stack.shape[-2], -1)


def short(both: Any) -> Any:
    """Write a pair of equals, as (3, 3), as one of them, for `repr`; pairs within it, too."""
    if not isinstance(both, tuple):
        return both
    first, second = parts = tuple(short(part) for part in both)
    if any(isinstance(part, tuple) for part in parts):
        return both
    return first if first == second else parts
