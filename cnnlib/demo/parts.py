"""Panels, and a part of a photo, that several demos show."""

import numpy as np

from cnnlib.demo.colormaps import rgb_rgba
from cnnlib.demo.numbers import number_text
from cnnlib.demo.view import Panel, rgb, signed

CHANNELS = ("red", "green", "blue")
PICTURE = "picture ⋆"  # before a kernel that begins a row: the picture stands in another one
PHOTOGRAPHER = np.s_[10:210, 30:230]  # he and his camera, in the picture "camera"


def kernel_panel(id: str, kernel: np.ndarray, caption: str, *, size: float = 120, **more) -> Panel:
    """Show a kernel between a picture and its feature map; ``edit="kernel"`` lets the learner change it.

    The ⋆ between them is cross-correlation, which slides the kernel as it is; ∗ would be convolution.

    Parameters
    ----------
    id, caption, size, **more
        See `cnnlib.demo.view.signed`.
    kernel : ndarray, (KH, KW)

    Examples
    --------
    >>> kernel_panel("kernel", np.eye(2), "two ones").symbol
    '⋆'
    """
    return signed(id, kernel, caption, size=size, **{"legend": False, "symbol": "⋆"} | more)


def channel_panel(
    id: str, values: np.ndarray, channel: int, caption: str, *, high: float = 255, **more
) -> Panel:
    """Show the numbers of one channel in its own colour, the brighter the larger.

    Parameters
    ----------
    id, caption, **more
        See `cnnlib.demo.view.rgb`; its `size` leaves room for numbers.
    values : ndarray, (H, W)
    channel : int
        0 red, 1 green, 2 blue.
    high : float
        The value drawn brightest.

    Examples
    --------
    >>> channel_panel("red", np.array([[7, 0]]), 0, "the red channel", high=7).colors[0, 0].tolist()
    [255, 0, 0, 255]
    """
    colors = np.zeros((*values.shape, 3))
    colors[..., channel] = values * (255 / high)
    return rgb(id, colors, caption, labels=[number_text(value) for value in values.flat], **more)


def planes(array: np.ndarray, axis: int = 1, gap: float = np.nan) -> np.ndarray:
    """Lay the channels of an array side by side, or below each other, with an empty line between two.

    Parameters
    ----------
    array : ndarray, (H, W, C)
    axis : int
        1 side by side, 0 below each other.
    gap : float
        What the empty lines hold.

    Examples
    --------
    >>> planes(np.array([[[1, 2]], [[3, 4]]])).tolist()
    [[1.0, nan, 2.0], [3.0, nan, 4.0]]
    """
    line = np.full((len(array), 1) if axis else (1, array.shape[1]), gap)
    parts = [part for c in range(array.shape[2]) for part in (line, array[..., c])]
    return np.concatenate(parts[1:], axis=axis)


def channel_planes(
    id: str, values: np.ndarray, caption: str, *, cell: float, axis: int = 1, high: float = 255, **more
) -> Panel:
    """Show the numbers of three channels on one panel, each in its own colour; see `planes`.

    Parameters
    ----------
    id, caption, **more
        See `Panel`.
    values : ndarray, (H, W, 3)
    cell : float
        Side of a cell in CSS pixels, at least 16: numbers need room.
    axis : int
        1 side by side, 0 below each other.
    high : float
        The value drawn brightest.

    Examples
    --------
    >>> panel = channel_planes("image", np.array([[[7, 0, 7]]]), "one pixel", cell=30, high=7)
    >>> panel.labels, panel.pixels[0, :, 3].tolist()
    (['7', '', '0', '', '7'], [255, 0, 255, 0, 255])
    """
    sheet = planes(values, axis)
    channel = planes(np.broadcast_to(np.arange(values.shape[2]), values.shape), axis)
    colors = np.stack([np.where(channel == c, sheet * (255 / high), 0) for c in range(3)], axis=-1)
    shades = rgb_rgba(colors)
    shades[np.isnan(sheet)] = 0
    labels = ["" if np.isnan(value) else number_text(value) for value in sheet.flat]
    return Panel(id, shades, caption, labels=labels, cell=cell, **more)
