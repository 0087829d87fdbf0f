"""The ledger of a network: what each layer makes, learns, costs and sees, from its description alone."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from cnnlib.geometry import receptive_field
from cnnlib.ledger_layers import Layer, Made, Shape
from cnnlib.shapes import Pair

BYTES = 4  # of a float32


class Row(NamedTuple):
    """One layer, for one input."""

    layer: Layer
    output_shape: Shape
    parameters: int
    multiplications: int
    memory: int  # bytes of what it hands on, in float32
    receptive_field: Pair  # rows and columns of the picture, padding counted


@dataclass(frozen=True)
class Ledger:
    """The rows of a network, and their sums.

    Examples
    --------
    >>> from cnnlib.ledger_layers import Dense, Flatten
    >>> from cnnlib.ledger_windows import Conv
    >>> found = ledger((1, 8, 8), [Conv(6, 5), Flatten(), Dense(10)])
    >>> [row.parameters for row in found.rows], found.parameters
    ([156, 0, 970], 1126)
    """

    input_shape: Shape
    rows: tuple[Row, ...]

    @property
    def output_shape(self) -> Shape:
        """What the last layer makes."""
        return self.rows[-1].output_shape if self.rows else self.input_shape

    @property
    def parameters(self) -> int:
        """What all layers learn."""
        return sum(row.parameters for row in self.rows)

    @property
    def multiplications(self) -> int:
        """What one input costs."""
        return sum(row.multiplications for row in self.rows)

    @property
    def memory(self) -> int:
        """Bytes that all layers hand on, in float32."""
        return sum(row.memory for row in self.rows)


def ledger(input_shape: Sequence[int], layers: Iterable[Layer]) -> Ledger:
    """Follow one input through a list of layers, and count; nothing is built.

    Parameters
    ----------
    input_shape : (C, H, W)
        Of one picture, without the batch.
    layers : iterable of layers
        Descriptions from `cnnlib.ledger_layers`, `ledger_windows` and `ledger_blocks`, first layer first.

    Returns
    -------
    Ledger
        A row for each layer, and sums.

    Raises
    ------
    ValueError
        If a layer cannot take what comes to it; its row, from 1, is named.

    Notes
    -----
    Multiplications are those by weights; batch norm's are not counted, as they go into the weights before it
    once a network is trained. Receptive fields: see `cnnlib.receptive_field`. A layer of which each output
    looks at all places of its input, such as a dense one, is a window of the size of that input.

    Examples
    --------
    >>> from cnnlib.ledger_windows import Conv, Pool
    >>> [row.receptive_field for row in ledger((1, 28, 28), [Conv(6, 5), Pool(2)]).rows]
    [(5, 5), (6, 6)]
    """
    layers = list(layers)
    shape = tuple(input_shape)
    apart = shape[1:]  # rows and columns whose places still lie apart
    rows, looks = [], []
    for layer, made in zip(layers, follow(shape, layers), strict=True):
        looks += [(apart, (1, 1))] if made.looks is None else made.looks
        apart = (1, 1) if made.looks is None else made.shape[1:] or apart
        memory = BYTES * math.prod(made.shape)
        rows.append((layer, made.shape, made.parameters, made.multiplications, memory, len(looks)))
    fields = [(1, 1), *receptive_field(looks)]
    return Ledger(shape, tuple(Row(*row, fields[seen]) for *row, seen in rows))


def follow(shape: Shape, layers: Iterable[Layer]) -> list[Made]:
    """Say of each layer what it makes of the output of the one before; ValueError as `ledger`."""
    found = []
    for number, layer in enumerate(layers, 1):
        try:
            found.append(layer.build(shape))
        except ValueError as error:
            why = str(error).partition(": ")[2]
            raise ValueError(f"row {number}, {layer.name}: {why}") from None
        shape = found[-1].shape
    return found
