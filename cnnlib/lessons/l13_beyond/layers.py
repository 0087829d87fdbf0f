"""Layers as descriptions: enough to count what they make, learn and cost, without a single weight."""

import math
from collections.abc import Iterable
from dataclasses import KW_ONLY, dataclass, fields
from typing import ClassVar

from cnnlib.geometry import receptive_field
from cnnlib.ledger import LayerSize, Ledger, Shape, layer_size, ledger
from cnnlib.shapes import geometry, pair


@dataclass(frozen=True, repr=False)
class Layer:
    """The base of all descriptions: a layer that passes its input on.

    Its `size` and `windows` are those of `cnnlib.ledger.Sized`.
    """

    words: ClassVar[str] = "nothing"  # the pattern of `name`
    windows = ()

    @property
    def name(self) -> str:
        """What it is, in a few words for a table."""
        return self.words.format(**vars(self))

    def size(self, shape: Shape) -> LayerSize:
        """Count for one input of this shape; ValueError if the layer cannot take it."""
        return LayerSize(shape)

    def __repr__(self) -> str:
        given = [(field, getattr(self, field.name)) for field in fields(self)]
        first = [repr(value) for field, value in given if not field.kw_only]
        more = [f"{f.name}={value!r}" for f, value in given if f.kw_only and value != f.default]
        return f"{type(self).__name__}({', '.join([*first, *more])})"


@dataclass(frozen=True, repr=False)
class Activation(Layer):
    """A function of each number by itself: "ReLU", "tanh" or "sigmoid"."""

    words: ClassVar[str] = "{kind}"

    kind: str = "ReLU"


@dataclass(frozen=True, repr=False)
class Norm(Layer):
    """Batch norm: each map is shifted and scaled by numbers measured in training, then by two learned ones.

    Its multiplications are not counted: they go into the weights before it once a network is trained. Ioffe
    and Szegedy (2015), *Batch normalization: accelerating deep network training by reducing internal
    covariate shift*.
    """

    words: ClassVar[str] = "batch norm"

    def size(self, shape: Shape) -> LayerSize:
        """Count a factor and a shift for each map."""
        return LayerSize(shape, maps(shape)[0], maps(shape)[0])


@dataclass(frozen=True, repr=False)
class Flatten(Layer):
    """All numbers in one row."""

    words: ClassVar[str] = "flatten"

    def size(self, shape: Shape) -> LayerSize:
        """Count the numbers."""
        return LayerSize((math.prod(shape),))


@dataclass(frozen=True, repr=False)
class GlobalPool(Layer):
    """The average of each whole map."""

    words: ClassVar[str] = "global average"
    windows = None

    def size(self, shape: Shape) -> LayerSize:
        """Count the maps."""
        return LayerSize(maps(shape)[:1])


@dataclass(frozen=True, repr=False)
class Dense(Layer):
    """Units that weigh all numbers.

    Examples
    --------
    >>> Dense(120).size((400,))
    LayerSize(output_shape=(120,), weights=48000, biases=120, multiplications=48000)
    """

    words: ClassVar[str] = "dense {units}"
    windows = None

    units: int

    def size(self, shape: Shape) -> LayerSize:
        """Count a weight for each input of each unit, and its bias."""
        if len(shape) != 1:
            raise ValueError(
                f"Dense: {shape_text(shape)} is not a row of numbers; put flatten or global average before it"
            )
        units = pair("Dense", "units", self.units)[0]
        return LayerSize((units,), units * shape[0], units, units * shape[0])


@dataclass(frozen=True, repr=False)
class Conv(Layer):
    """Filters that slide.

    Parameters
    ----------
    filters, kernel, stride, padding : int
        How many, their side, and the rest as in `cnnlib.conv2d`, in pixels.
    bias : bool
        Whether each filter has one.
    spans : tuple of tuples of int, or None
        The maps that each filter spans, from 0; None: all of them.

    Examples
    --------
    >>> Conv(16, 5).size((6, 14, 14)).parameters
    2416
    >>> Conv(2, 5, spans=((0, 1, 2), (0, 5))).size((6, 14, 14)).parameters
    127
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
        parts = [f"s{self.stride}"] * (self.stride > 1) + [f"p{self.padding}"] * (self.padding > 0)
        more = f", {' '.join(parts)}" if parts else ""
        return f"conv {self.kernel} × {self.kernel}, {self.filters}{more}"

    @property
    def windows(self) -> tuple:
        """Its window and stride."""
        return (((self.kernel,) * 2, (self.stride,) * 2),)

    def size(self, shape: Shape) -> LayerSize:
        """Count as `layer_size`; of the kernels, only those that are there."""
        made = {"stride": self.stride, "padding": self.padding, "bias": self.bias}
        size = layer_size(maps(shape), self.filters, self.kernel, **made)
        if self.spans is None:
            return size
        if len(self.spans) != self.filters or max(map(max, self.spans)) >= shape[0]:
            raise ValueError(
                f"Conv: the table of maps is not for {self.filters} filters over {shape[0]} maps; "
                "give each filter its maps, from 0"
            )
        kernels, used = self.filters * shape[0], sum(map(len, self.spans))
        weights, multiplications = (n // kernels * used for n in (size.weights, size.multiplications))
        return size._replace(weights=weights, multiplications=multiplications)


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
    >>> Pool(3, stride=2, up=True).size((64, 112, 112)).output_shape
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
        kind = {"max": "max", "average": "avg"}[self.kind]
        more = "" if self.step == self.window else f", s{self.step}"
        more += f" p{self.padding}" if self.padding else ""
        return f"{kind} pool {self.window} × {self.window}{more}{', up' if self.up else ''}"

    @property
    def windows(self) -> tuple:
        """Its window and stride."""
        return (((self.window,) * 2, (self.step,) * 2),)

    def size(self, shape: Shape) -> LayerSize:
        """Count the windows that fit."""
        channels, *picture = maps(shape)
        most = pair("Pool", "window", self.window)[0] // 2
        if self.padding > most:
            raise ValueError(f"Pool: padding {self.padding} is over half the window; use at most {most}")
        end = self.padding + (pair("Pool", "stride", self.step)[0] - 1 if self.up else 0)
        sides = ((self.padding, end),) * 2
        size = geometry("Pool", tuple(picture), self.window, self.step, sides, noun="window").output
        return LayerSize((channels, *size))


@dataclass(frozen=True, repr=False)
class Block(Layer):
    """Lists of layers side by side, each given the same input; what they make is added up."""

    def branches(self, channels: int) -> list[list[Layer]]:
        """Return the lists of layers for so many maps; an empty list hands on its input."""
        return [[]]

    @property
    def windows(self) -> tuple:
        """Those of the branch that sees the most."""
        found = [tuple(look for layer in branch for look in layer.windows) for branch in self.branches(1)]
        return max(found, key=lambda windows: receptive_field(windows)[-1] if windows else (1, 1))

    def size(self, shape: Shape) -> LayerSize:
        """Count all layers of all branches."""
        found = [follow(shape, layers) for layers in self.branches(maps(shape)[0])]
        made = [size for branch in found for size in branch]
        weights, biases, multiplications = (sum(counts) for counts in list(zip(*made, strict=True))[1:])
        shapes = [branch[-1].output_shape if branch else shape for branch in found]
        return LayerSize(self.joined(shapes), weights, biases, multiplications)

    def joined(self, shapes: list[Shape]) -> Shape:
        """Return the shape of what the branches make together."""
        return shapes[0]


@dataclass(frozen=True, repr=False)
class Residual(Block):
    """Two convolutions with batch norm, whose output is added to the input.

    Where the shape changes, the input is brought to it by a 1 x 1 convolution with batch norm. The stride is
    that of the first convolution. He, Zhang, Ren and Sun (2016), *Deep residual learning for image
    recognition*, figure 2 and option B.

    Examples
    --------
    >>> Residual(64).size((64, 56, 56)).parameters
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
        body = [*_conv(count, 3, 1, step), Activation(), *_conv(count, 3, 1)]
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
    >>> Inception(64, (96, 128), (16, 32), 32).size((192, 28, 28)).output_shape
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
            [*_conv(self.one, 1), Activation()],
            *(
                [*_conv(few, 1), Activation(), *_conv(many, side, side // 2), Activation()]
                for (few, many), side in ways
            ),
            [Pool(3, stride=1, padding=1), *_conv(self.pooled, 1), Activation()],
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

    LeCun, Bottou, Bengio and Haffner (1998), *Gradient-based learning applied to document recognition*,
    section II.B.
    """

    words: ClassVar[str] = "subsample {window} × {window}"

    window: int

    @property
    def windows(self) -> tuple:
        """Its window, which is its stride."""
        return Pool(self.window).windows

    def size(self, shape: Shape) -> LayerSize:
        """Count a factor and a bias for each map, and a product for each number made."""
        made = Pool(self.window).size(shape).output_shape
        return LayerSize(made, shape[0], shape[0], math.prod(made))


@dataclass(frozen=True, repr=False)
class Codes(Layer):
    """LeNet-5's last layer: how far its input is from the drawn code of each class; nothing is learned.

    LeCun et al. (1998), section II.B: the codes are 7 x 12 drawings of the characters.
    """

    words: ClassVar[str] = "distance to {classes} codes"
    windows = None

    classes: int

    def size(self, shape: Shape) -> LayerSize:
        """Count the squares."""
        if len(shape) != 1:
            raise ValueError("Codes: maps are not a row of numbers; put flatten before it")
        classes = pair("Codes", "classes", self.classes)[0]
        return LayerSize((classes,), multiplications=classes * shape[0])


def named_ledger(shape: Shape, layers: Iterable[Layer]) -> Ledger:
    """Return the `ledger`; where a layer cannot take what comes to it, ValueError says which row it is."""
    layers = tuple(layers)
    follow(shape, layers)
    return ledger(shape, layers)


def follow(shape: Shape, layers: Iterable[Layer]) -> list[LayerSize]:
    """Say of each layer what it makes of the output of the one before."""
    found = []
    for number, layer in enumerate(layers, 1):
        try:
            found.append(layer.size(shape))
        except ValueError as error:
            why = str(error).partition(": ")[2]
            raise ValueError(f"row {number}, {layer.name}: {why}") from None
        shape = found[-1].output_shape
    return found


def maps(shape: Shape) -> Shape:
    """Return a shape (C, H, W); refuse any other."""
    if len(shape) != 3:
        raise ValueError(
            f"maps: a row of {shape[0]} numbers has no maps; put this layer before they are lost"
        )
    return shape


def shape_text(shape: Shape) -> str:
    """Write a shape, as in 6 × 28 × 28."""
    return " × ".join(map(str, shape))
