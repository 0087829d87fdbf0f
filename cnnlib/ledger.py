"""The ledger of a network: what each layer makes, learns, costs, and how much of the picture it sees."""

import math
import operator
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from cnnlib.geometry import receptive_field
from cnnlib.shapes import Padding, Pair, geometry, pair

Shape = tuple[int, ...]
BYTES = 4  # of a float32
HEADER = ("layer", "output shape", "parameters", "multiplications", "receptive field")


class LayerSize(NamedTuple):
    """The size of a layer, for one input."""

    output_shape: Shape  # (F, OH, OW) of a convolution
    weights: int = 0
    biases: int = 0
    multiplications: int = 0

    @property
    def parameters(self) -> int:
        """What the layer learns: weights and biases."""
        return self.weights + self.biases


def layer_size(
    shape: Sequence[int],
    filters: int,
    kernel: int | Sequence[int],
    *,
    stride: int | Sequence[int] = 1,
    padding: Padding = 0,
    dilation: int | Sequence[int] = 1,
    bias: bool = True,
) -> LayerSize:
    """Count what a layer of `filters` filters makes of one input, and what that costs.

    A filter holds ``C * KH * KW`` weights, one kernel for each channel, and one bias. It makes one map; each
    number of the map takes one multiplication per weight.

    Parameters
    ----------
    shape : (C, H, W)
        Of the input, without the batch.
    filters : int
        How many: as many maps come out.
    kernel, stride, padding, dilation
        As in `cnnlib.output_size`.
    bias : bool
        Whether each filter has one.

    Returns
    -------
    LayerSize
        With `output_shape` (F, OH, OW), `weights`, `biases`, `multiplications`, `parameters`.

    Raises
    ------
    ValueError
        If the kernel does not fit, or an argument is not a whole number in its range.

    Notes
    -----
    Dumoulin and Visin (2016), *A guide to convolution arithmetic for deep learning*.

    Examples
    --------
    The second layer of LeNet: 16 filters of 5 x 5 over 6 maps.

    >>> size = layer_size((6, 14, 14), 16, 5)
    >>> size
    LayerSize(output_shape=(16, 10, 10), weights=2400, biases=16, multiplications=240000)
    >>> size.parameters
    2416
    """
    channels, *picture = _three("layer_size", shape)
    count = pair("layer_size", "filters", filters)[0]
    height, width = pair("layer_size", "kernel", kernel)
    rows, cols = geometry("layer_size", tuple(picture), kernel, stride, padding, dilation).output
    weights = count * channels * height * width
    return LayerSize((count, rows, cols), weights, count if bias else 0, weights * rows * cols)


def _three(where: str, shape: Sequence[int]) -> Shape:
    try:
        sizes = tuple(operator.index(n) for n in shape)
    except TypeError:
        sizes = ()
    if len(sizes) != 3 or min(sizes) < 1:
        raise ValueError(f"{where}: shape {shape!r} is not (C, H, W); give three whole numbers of at least 1")
    return sizes


class Sized(Protocol):
    """What a ledger asks of a layer, one of `cnnlib.nn` or a mere description."""

    # Windows and strides that it looks through, each (rows, cols); None: every output sees all places.
    windows: tuple[tuple[Pair, Pair], ...] | None

    def size(self, shape: Shape) -> LayerSize:
        """Return what it makes of one input of this shape; ValueError if it cannot take it."""


class Row(NamedTuple):
    """One layer, for one input."""

    layer: Any
    output_shape: Shape
    parameters: int
    multiplications: int
    memory: int  # bytes of what it hands on, in float32
    receptive_field: Pair | None  # rows and columns of the picture, padding counted; None: it has none


@dataclass(frozen=True, repr=False)
class Ledger:
    """The rows of a network, and their sums; prints as a table.

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

    input_shape: Shape
    rows: tuple[Row, ...]

    @property
    def output_shape(self) -> Shape:
        """What the last layer makes."""
        return self.rows[-1].output_shape if self.rows else self.input_shape

    @property
    def parameters(self) -> int:
        """What all layers learn: weights and biases."""
        return sum(row.parameters for row in self.rows)

    @property
    def multiplications(self) -> int:
        """What one input costs: multiplications by weights."""
        return sum(row.multiplications for row in self.rows)

    @property
    def memory(self) -> int:
        """Bytes that all layers hand on, in float32."""
        return sum(row.memory for row in self.rows)

    def __repr__(self) -> str:
        seen = self.rows[-1].receptive_field if self.rows else (1, 1)
        total = Row("all", self.output_shape, self.parameters, self.multiplications, self.memory, seen)
        lines = [HEADER, *(_texts(row) for row in (*self.rows, total))]
        first, *widths = (max(map(len, column)) for column in zip(*lines, strict=True))
        return "\n".join(
            "  ".join([name.ljust(first), *(text.rjust(w) for text, w in zip(texts, widths, strict=True))])
            for name, *texts in lines
        )


def _texts(row: Row) -> tuple[str, ...]:
    seen = " x ".join(map(str, row.receptive_field)) if row.receptive_field else "all"
    shape = " x ".join(map(str, row.output_shape))
    return str(row.layer), shape, f"{row.parameters:,}", f"{row.multiplications:,}", seen


def ledger(input_shape: Sequence[int], layers: Iterable[Sized]) -> Ledger:
    """Follow one input through a list of layers, and count; nothing is computed.

    Parameters
    ----------
    input_shape : (C, H, W), or (numbers,)
        Of one input, without the batch.
    layers : iterable of layers
        Of `cnnlib.nn`, or descriptions that have the same `size` and `windows`; first layer first.

    Returns
    -------
    Ledger
        A row for each layer, and sums. Receptive fields are counted with the padding, so they can be larger
        than the picture.

    Raises
    ------
    ValueError
        If a layer cannot take what comes to it.

    Notes
    -----
    Receptive fields: see `cnnlib.receptive_field`. A layer of which each output looks at all places of its
    input, such as a dense one, is a window of the size of that input.

    Examples
    --------
    >>> from cnnlib.nn import Conv2D, MaxPool2D
    >>> [row.receptive_field for row in ledger((1, 28, 28), [Conv2D(1, 6, 5), MaxPool2D(2)]).rows]
    [(5, 5), (6, 6)]
    """
    shape = input_shape = tuple(input_shape)
    apart = shape[1:]  # rows and columns whose places still lie apart
    rows, windows = [], []
    for layer in layers:
        size = layer.size(shape)
        shape = size.output_shape
        windows += [(apart or (1, 1), (1, 1))] if layer.windows is None else layer.windows
        apart = (1, 1) if layer.windows is None else shape[1:] or apart
        memory = BYTES * math.prod(shape)
        rows.append((layer, shape, size.parameters, size.multiplications, memory, len(windows)))
    fields = [(1, 1), *receptive_field(windows)] if input_shape[1:] else [None] * (len(windows) + 1)
    return Ledger(input_shape, tuple(Row(*row, fields[seen]) for *row, seen in rows))
