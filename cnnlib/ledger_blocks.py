"""Blocks of layers that take one row of a ledger, and two kinds of layer that LeNet-5 alone has."""

import math
from dataclasses import KW_ONLY, dataclass
from typing import ClassVar

from cnnlib.geometry import receptive_field
from cnnlib.ledger import follow
from cnnlib.ledger_layers import Bend, Layer, Made, Norm, Shape, maps
from cnnlib.ledger_windows import Conv, Pool
from cnnlib.shapes import pair


@dataclass(frozen=True, repr=False)
class Block(Layer):
    """Lists of layers side by side, each given the same input; what they make is added up.

    Examples
    --------
    >>> Block().build((3, 8, 8)).shape
    (3, 8, 8)
    """

    def branches(self, channels: int) -> list[list[Layer]]:
        """Return the lists of layers for so many maps; an empty list hands on its input."""
        return [[]]

    def build(self, shape: Shape) -> Made:
        """Count for one input of this shape; ValueError if the block cannot take it."""
        found = [follow(shape, layers) for layers in self.branches(maps(shape)[0])]
        made = [one for branch in found for one in branch]
        looks = [tuple(look for one in branch for look in one.looks) for branch in found]
        return Made(
            self.joined([branch[-1].shape if branch else shape for branch in found]),
            sum(one.parameters for one in made),
            sum(one.multiplications for one in made),
            max(looks, key=_reach),
        )

    def joined(self, shapes: list[Shape]) -> Shape:
        """Return the shape of what the branches make together."""
        return shapes[0]


def _reach(looks: tuple) -> tuple[int, int]:
    return receptive_field(looks)[-1] if looks else (1, 1)


@dataclass(frozen=True, repr=False)
class Residual(Block):
    """Two convolutions with batch norm, whose answer is added to the input.

    Where the shape changes, the input is brought to it by a 1 x 1 convolution with batch norm.

    Parameters
    ----------
    filters : int
    stride : int
        Of the first convolution.

    Notes
    -----
    He, Zhang, Ren and Sun (2016), *Deep residual learning for image recognition*, figure 2 and option B.

    Examples
    --------
    >>> Residual(64).build((64, 56, 56)).parameters
    73984
    """

    filters: int
    _: KW_ONLY
    stride: int = 1

    @property
    def name(self) -> str:
        """What it is, in a few words for a table."""
        return f"residual 3 × 3, {self.filters}{f', s{self.stride}' if self.stride > 1 else ''}"

    def branches(self, channels: int) -> list[list[Layer]]:
        """Return the two convolutions, and the way around them."""
        count, step = self.filters, self.stride
        body = [*_conv(count, 3, 1, step), Bend(), *_conv(count, 3, 1)]
        return [body, [] if (channels, step) == (count, 1) else _conv(count, 1, 0, step)]


@dataclass(frozen=True, repr=False)
class Inception(Block):
    """Windows of several sizes side by side, whose maps are laid on each other.

    Parameters
    ----------
    one : int
        Filters of 1 x 1.
    three, five : (int, int)
        Filters of 1 x 1, then of 3 x 3, or of `side` x `side`.
    pooled : int
        Filters of 1 x 1 behind a max pooling of 3 x 3.
    side : int
        Of the larger windows: 5 in the paper.

    Notes
    -----
    Szegedy et al. (2015), *Going deeper with convolutions*, figure 2 (b); each convolution has batch norm and
    no bias here.

    Examples
    --------
    >>> Inception(64, (96, 128), (16, 32), 32).build((192, 28, 28)).shape
    (256, 28, 28)
    """

    one: int
    three: tuple[int, int]
    five: tuple[int, int]
    pooled: int
    _: KW_ONLY
    side: int = 5

    @property
    def name(self) -> str:
        """What it is, in a few words for a table."""
        return f"inception {sum(self.widths)}"

    @property
    def widths(self) -> tuple[int, int, int, int]:
        """How many maps each way adds."""
        return self.one, self.three[1], self.five[1], self.pooled

    def branches(self, channels: int) -> list[list[Layer]]:
        """Return the four ways through the block."""
        ways = [(self.three, 3), (self.five, self.side)]
        return [
            [*_conv(self.one, 1), Bend()],
            *([*_conv(few, 1), Bend(), *_conv(many, side, side // 2), Bend()] for (few, many), side in ways),
            [Pool(3, stride=1, padding=1), *_conv(self.pooled, 1), Bend()],
        ]

    def joined(self, shapes: list[Shape]) -> Shape:
        """Return the shape of all maps together."""
        return (sum(shape[0] for shape in shapes), *shapes[0][1:])


def _conv(filters: int, kernel: int, padding: int = 0, stride: int = 1) -> list[Layer]:
    """Return a convolution with batch norm, which has a bias of its own."""
    return [Conv(filters, kernel, stride=stride, padding=padding, bias=False), Norm()]


@dataclass(frozen=True, repr=False)
class Subsample(Layer):
    """LeNet-5's pooling: the sum of each window, times a learned number of its map, plus another.

    Parameters
    ----------
    window : int
        Side in pixels.

    Notes
    -----
    LeCun, Bottou, Bengio and Haffner (1998), *Gradient-based learning applied to document recognition*,
    section II.B.

    Examples
    --------
    >>> Subsample(2).build((6, 28, 28))[:3]
    ((6, 14, 14), 12, 1176)
    """

    words: ClassVar[str] = "subsample {window} × {window}"

    window: int

    def build(self, shape: Shape) -> Made:
        """Count for one input of this shape; ValueError if the layer cannot take it."""
        made = Pool(self.window).build(shape)
        return Made(made.shape, 2 * shape[0], math.prod(made.shape), made.looks)


@dataclass(frozen=True, repr=False)
class Codes(Layer):
    """LeNet-5's last layer: how far its input is from the drawn code of each class; nothing is learned.

    Parameters
    ----------
    classes : int

    Notes
    -----
    LeCun et al. (1998), section II.B: the codes are 7 x 12 drawings of the characters.

    Examples
    --------
    >>> Codes(10).build((84,))[:3]
    ((10,), 0, 840)
    """

    words: ClassVar[str] = "distance to {classes} codes"

    classes: int

    def build(self, shape: Shape) -> Made:
        """Count for one input of this shape: the squares; ValueError if the layer cannot take it."""
        if len(shape) != 1:
            raise ValueError("Codes: maps are not a row of numbers; put flatten before it")
        classes = pair("Codes", "classes", self.classes)[0]
        return Made((classes,), 0, classes * shape[0], looks=None)
