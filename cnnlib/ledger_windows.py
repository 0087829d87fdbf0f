"""Layers with windows, as descriptions: convolution and pooling."""

from dataclasses import KW_ONLY, dataclass

from cnnlib.layer_size import layer_size
from cnnlib.ledger_layers import Layer, Made, Shape, maps
from cnnlib.shapes import geometry, pair

SHORT = {"max": "max", "average": "avg"}


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
        look = (self.kernel,) * 2, (self.stride,) * 2
        kernels, used = self.filters * shape[0], self._kernels(shape[0])
        weights, multiplications = (n // kernels * used for n in (size.weights, size.multiplications))
        return Made(size.output_shape, weights + size.biases, multiplications, (look,))

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
        return f"{SHORT[self.kind]} pool {self.window} × {self.window}{more}{', up' if self.up else ''}"

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


def _steps(stride: int, padding: int) -> str:
    parts = [f"s{stride}"] * (stride > 1) + [f"p{padding}"] * (padding > 0)
    return f", {' '.join(parts)}" if parts else ""
