"""What a convolutional layer makes and costs: its output's shape, weights, biases, multiplications."""

import operator
from collections.abc import Sequence
from typing import NamedTuple

from cnnlib.shapes import Padding, geometry, pair


class LayerSize(NamedTuple):
    """The size of a convolutional layer, for one input."""

    output_shape: tuple[int, int, int]  # (F, OH, OW)
    weights: int
    biases: int
    multiplications: int

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


def _three(where: str, shape: Sequence[int]) -> tuple[int, ...]:
    try:
        sizes = tuple(operator.index(n) for n in shape)
    except TypeError:
        sizes = ()
    if len(sizes) != 3 or min(sizes) < 1:
        raise ValueError(f"{where}: shape {shape!r} is not (C, H, W); give three whole numbers of at least 1")
    return sizes
