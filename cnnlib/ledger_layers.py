"""Layers as descriptions: enough to count what they make and cost, without a single weight."""

import math
from dataclasses import KW_ONLY, dataclass, fields
from typing import NamedTuple

from cnnlib.layer_size import layer_size
from cnnlib.shapes import Pair, geometry, pair

Shape = tuple[int, ...]
BENDS = ("ReLU", "tanh", "sigmoid")


class Made(NamedTuple):
    """What a layer makes of one input, and what that takes."""

    shape: Shape
    parameters: int = 0
    multiplications: int = 0
    looks: tuple[tuple[Pair, Pair], ...] | None = ()  # windows and strides; None: at all places at once


@dataclass(frozen=True, repr=False)
class Layer:
    """The base of all descriptions: a layer that passes its input on.

    Examples
    --------
    >>> Layer().build((1, 2, 2)).shape
    (1, 2, 2)
    """

    @property
    def name(self) -> str:
        """What it is, in a few words for a table."""
        return type(self).__name__.lower()

    def build(self, shape: Shape) -> Made:
        """Count for one input of this shape; ValueError if the layer cannot take it."""
        return Made(shape)

    def __repr__(self) -> str:
        given = [(field, getattr(self, field.name)) for field in fields(self)]
        first = [repr(value) for field, value in given if not field.kw_only]
        more = [f"{f.name}={value!r}" for f, value in given if f.kw_only and value != f.default]
        return f"{type(self).__name__}({', '.join([*first, *more])})"


@dataclass(frozen=True, repr=False)
class Conv(Layer):
    """Filters that slide.

    Parameters
    ----------
    filters, kernel : int
        How many, and their side in pixels.
    stride, padding : int
        Pixels, as in `cnnlib.conv2d`.
    bias : bool
        Whether each filter has one.
    spans : tuple of tuples of int, or None
        The maps that each filter spans, from 0; None: all of them.

    Examples
    --------
    >>> Conv(16, 5).build((6, 14, 14))[:3]
    ((16, 10, 10), 2416, 240000)
    >>> Conv(2, 5, spans=((0, 1, 2), (0, 5))).build((6, 14, 14))[:3]
    ((2, 10, 10), 127, 12500)
    """

    filters: int
    kernel: int
    _: KW_ONLY
    stride: int = 1
    padding: int = 0
    bias: bool = True
    spans: tuple[tuple[int, ...], ...] | None = None

    @property
    def name(self) -> str:
        """What it is, in a few words for a table."""
        more = _steps(self.stride, self.padding)
        return f"conv {self.kernel} × {self.kernel}, {self.filters}{more}"

    def build(self, shape: Shape) -> Made:
        """Count for one input of this shape; ValueError if the layer cannot take it."""
        made = {"stride": self.stride, "padding": self.padding, "bias": self.bias}
        size = layer_size(maps(shape), self.filters, self.kernel, **made)
        kernels, used = self.filters * shape[0], self._kernels(shape[0])
        weights, multiplications = (n // kernels * used for n in (size.weights, size.multiplications))
        return Made(size.output_shape, weights + size.biases, multiplications, (_look(self),))

    def _kernels(self, channels: int) -> int:
        if self.spans is None:
            return self.filters * channels
        if len(self.spans) != self.filters or max(map(max, self.spans)) >= channels:
            raise ValueError(
                f"Conv: the table of maps is not for {self.filters} filters over {channels} maps; "
                "give each filter its maps, from 0"
            )
        return sum(map(len, self.spans))


@dataclass(frozen=True, repr=False)
class Pool(Layer):
    """One number for each window; nothing is learned.

    Parameters
    ----------
    window : int
        Side in pixels.
    stride : int, optional
        Pixels; default: the window.
    padding : int
        Pixels, at most half the window.
    up : bool
        Whether what is left over at the end makes one more window: the size is rounded up.
    kind : {"max", "average"}

    Examples
    --------
    >>> Pool(2).build((6, 28, 28)).shape
    (6, 14, 14)
    >>> Pool(3, stride=2, up=True).build((64, 112, 112)).shape
    (64, 56, 56)
    """

    window: int
    _: KW_ONLY
    stride: int | None = None
    padding: int = 0
    up: bool = False
    kind: str = "max"

    @property
    def step(self) -> int:
        """The stride in pixels."""
        return self.window if self.stride is None else self.stride

    @property
    def name(self) -> str:
        """What it is, in a few words for a table."""
        more = "" if self.step == self.window else f", s{self.step}"
        more += f" p{self.padding}" if self.padding else ""
        return f"{self.kind} pool {self.window} × {self.window}{more}{', up' if self.up else ''}"

    def build(self, shape: Shape) -> Made:
        """Count for one input of this shape; ValueError if the layer cannot take it."""
        channels, *picture = maps(shape)
        most = pair("Pool", "window", self.window)[0] // 2
        if self.padding > most:
            raise ValueError(f"Pool: padding {self.padding} is over half the window; use at most {most}")
        end = self.padding + (pair("Pool", "stride", self.step)[0] - 1 if self.up else 0)
        sides = ((self.padding, end),) * 2
        size = geometry("Pool", tuple(picture), self.window, self.step, sides, noun="window").output
        return Made((channels, *size), looks=(((self.window,) * 2, (self.step,) * 2),))


@dataclass(frozen=True, repr=False)
class Bend(Layer):
    """An activation: each number is bent by itself.

    Parameters
    ----------
    kind : {"ReLU", "tanh", "sigmoid"}

    Examples
    --------
    >>> Bend().name
    'ReLU'
    """

    kind: str = "ReLU"

    @property
    def name(self) -> str:
        """What it is, in a few words for a table."""
        return self.kind


@dataclass(frozen=True, repr=False)
class Norm(Layer):
    """Batch norm: each map is shifted and scaled by numbers measured in training, then by two learned ones.

    Notes
    -----
    Ioffe and Szegedy (2015), *Batch normalization: accelerating deep network training by reducing internal
    covariate shift*.

    Examples
    --------
    >>> Norm().build((64, 7, 7)).parameters
    128
    """

    @property
    def name(self) -> str:
        """What it is, in a few words for a table."""
        return "batch norm"

    def build(self, shape: Shape) -> Made:
        """Count for one input of this shape; ValueError if the layer cannot take it."""
        return Made(shape, 2 * maps(shape)[0])


@dataclass(frozen=True, repr=False)
class Flatten(Layer):
    """All numbers in one row.

    Examples
    --------
    >>> Flatten().build((16, 5, 5)).shape
    (400,)
    """

    def build(self, shape: Shape) -> Made:
        """Count for one input of this shape."""
        return Made((math.prod(shape),))


@dataclass(frozen=True, repr=False)
class GlobalPool(Layer):
    """The average of each whole map.

    Examples
    --------
    >>> GlobalPool().build((512, 7, 7)).shape
    (512,)
    """

    @property
    def name(self) -> str:
        """What it is, in a few words for a table."""
        return "global average"

    def build(self, shape: Shape) -> Made:
        """Count for one input of this shape; ValueError if the layer cannot take it."""
        return Made(maps(shape)[:1], looks=None)


@dataclass(frozen=True, repr=False)
class Dense(Layer):
    """Units that weigh all numbers.

    Parameters
    ----------
    units : int

    Examples
    --------
    >>> Dense(120).build((400,))[:3]
    ((120,), 48120, 48000)
    """

    units: int

    @property
    def name(self) -> str:
        """What it is, in a few words for a table."""
        return f"dense {self.units}"

    def build(self, shape: Shape) -> Made:
        """Count for one input of this shape; ValueError if the layer cannot take it."""
        if len(shape) != 1:
            raise ValueError(
                f"Dense: {shape_text(shape)} is not a row of numbers; put flatten or global average before it"
            )
        units = pair("Dense", "units", self.units)[0]
        return Made((units,), units * (shape[0] + 1), units * shape[0], looks=None)


def maps(shape: Shape) -> Shape:
    """Return a shape (C, H, W); refuse any other."""
    if len(shape) != 3:
        raise ValueError(
            f"maps: a row of {shape[0]} numbers has no maps; put this layer before they are lost"
        )
    return shape


def shape_text(shape: Shape) -> str:
    """Write a shape.

    Examples
    --------
    >>> shape_text((6, 28, 28))
    '6 × 28 × 28'
    """
    return " × ".join(map(str, shape))


def _look(layer: Conv) -> tuple[Pair, Pair]:
    return (layer.kernel,) * 2, (layer.stride,) * 2


def _steps(stride: int, padding: int) -> str:
    parts = [f"s{stride}"] * (stride > 1) + [f"p{padding}"] * (padding > 0)
    return f", {' '.join(parts)}" if parts else ""
