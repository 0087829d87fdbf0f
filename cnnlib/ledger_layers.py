"""Layers as descriptions: enough to count what they make and cost, without a single weight."""

import math
from dataclasses import dataclass, fields
from typing import ClassVar, NamedTuple

from cnnlib.shapes import Pair, pair

Shape = tuple[int, ...]


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

    words: ClassVar[str] = "nothing"  # the pattern of `name`

    @property
    def name(self) -> str:
        """What it is, in a few words for a table."""
        return self.words.format(**vars(self))

    def build(self, shape: Shape) -> Made:
        """Count for one input of this shape; ValueError if the layer cannot take it."""
        return Made(shape)

    def __repr__(self) -> str:
        given = [(field, getattr(self, field.name)) for field in fields(self)]
        first = [repr(value) for field, value in given if not field.kw_only]
        more = [f"{f.name}={value!r}" for f, value in given if f.kw_only and value != f.default]
        return f"{type(self).__name__}({', '.join([*first, *more])})"


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

    words: ClassVar[str] = "{kind}"

    kind: str = "ReLU"


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

    words: ClassVar[str] = "batch norm"

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

    words: ClassVar[str] = "flatten"

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

    words: ClassVar[str] = "global average"

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

    words: ClassVar[str] = "dense {units}"

    units: int

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
