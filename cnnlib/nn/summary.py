"""The table of a network: what each layer makes, costs and sees."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from cnnlib.geometry import receptive_field
from cnnlib.nn.layers import Layer, Shape
from cnnlib.shapes import Pair

HEADER = ("layer", "output shape", "parameters", "multiplications", "receptive field")


class Row(NamedTuple):
    """One layer, for one input."""

    layer: str
    output_shape: Shape
    parameters: int
    multiplications: int
    receptive_field: Pair | None  # None where the input has no rows and columns


@dataclass(frozen=True)
class Summary:
    """What each layer makes, costs and sees; prints as a table.

    Examples
    --------
    >>> from cnnlib.nn import Conv2D, Dense, Flatten, Sequential
    >>> Sequential(Conv2D(1, 6, 5), Flatten(), Dense(96, 10)).summary((1, 8, 8))
    layer            output shape  parameters  multiplications  receptive field
    Conv2D(1, 6, 5)     6 x 4 x 4         156            2,400            5 x 5
    Flatten()                  96           0                0            5 x 5
    Dense(96, 10)              10         970              960            8 x 8
    all                        10       1,126            3,360            8 x 8
    """

    rows: tuple[Row, ...]

    @property
    def parameters(self) -> int:
        """The number of weights and biases of all layers."""
        return sum(row.parameters for row in self.rows)

    @property
    def multiplications(self) -> int:
        """The number of multiplications by weights for one input."""
        return sum(row.multiplications for row in self.rows)

    def __repr__(self) -> str:
        total = [Row("all", self.rows[-1][1], self.parameters, self.multiplications, self.rows[-1][4])]
        lines = [HEADER, *(_texts(row) for row in [*self.rows, *total])]
        first, *widths = (max(map(len, column)) for column in zip(*lines, strict=True))
        return "\n".join(
            "  ".join([name.ljust(first), *(text.rjust(w) for text, w in zip(texts, widths, strict=True))])
            for name, *texts in lines
        )


def summarise(layers: Iterable[Layer], input_shape: Shape) -> Summary:
    """Follow one input through the layers.

    Parameters
    ----------
    layers : Layer, at least one
    input_shape : tuple
        Of one input, without the batch.

    Returns
    -------
    Summary
        Receptive fields are counted with the padding, so they can be larger than the picture.

    Raises
    ------
    ValueError
        If there is no layer, or a layer cannot take what comes to it.

    Examples
    --------
    >>> from cnnlib.nn import Conv2D, MaxPool2D
    >>> [row.receptive_field for row in summarise([Conv2D(1, 6, 5), MaxPool2D(2)], (1, 28, 28)).rows]
    [(5, 5), (6, 6)]
    """
    rows, looks = [], []
    shape = tuple(input_shape)
    size = shape[-2:] if len(shape) > 1 else (1, 1)  # rows and columns of the map that still lie apart
    for layer in layers:
        made = layer.output_shape(shape)
        looks.append((size, (1, 1)) if _sees_all(layer, shape, made) else layer.geometry)
        size = (1, 1) if _sees_all(layer, shape, made) else made[-2:] if len(made) > 1 else size
        parameters = sum(array.size for array in layer.weights.values())
        rows.append((repr(layer), made, parameters, layer.multiplications(shape)))
        shape = made
    if not rows:
        raise ValueError("summary: the model has no layers; give it at least one")
    fields = receptive_field(looks) if len(input_shape) > 1 else [None] * len(looks)
    return Summary(tuple(Row(*row, seen) for row, seen in zip(rows, fields, strict=True)))


def _sees_all(layer: Layer, shape: Shape, made: Shape) -> bool:
    """Tell whether one output of the layer looks at every place of its input: dense, and global pooling."""
    return len(made) == 1 and (bool(layer.weights) or made != (math.prod(shape),))


def _texts(row: Row) -> tuple[str, ...]:
    name, shape, parameters, multiplications, field = row
    seen = " x ".join(map(str, field)) if field else "all"
    return name, " x ".join(map(str, shape)), f"{parameters:,}", f"{multiplications:,}", seen
