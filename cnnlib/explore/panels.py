"""Panels that several demos show."""

import numpy as np

from cnnlib.widgets.numbers import number_text
from cnnlib.widgets.view import Panel, rgb, signed

CHANNELS = ("red", "green", "blue")


def kernel_panel(id: str, kernel: np.ndarray, caption: str, *, size: float = 120, **more) -> Panel:
    """Show a kernel between the picture and what it answers; ``edit="kernel"`` lets the learner change it.

    Parameters
    ----------
    id, caption, size, **more
        See `cnnlib.widgets.view.signed`.
    kernel : ndarray, (KH, KW)

    Examples
    --------
    >>> kernel_panel("kernel", np.eye(2), "two ones").symbol
    '∗'
    """
    return signed(id, kernel, caption, size=size, **{"legend": False, "symbol": "∗"} | more)


def channel_panel(
    id: str, values: np.ndarray, channel: int, caption: str, *, high: float = 255, **more
) -> Panel:
    """Show the numbers of one channel in its own colour, the brighter the larger.

    Parameters
    ----------
    id, caption, **more
        See `cnnlib.widgets.view.rgb`; its `size` leaves room for numbers.
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
