"""How bars are drawn on the axes of a chart."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.ticker import FixedFormatter, FixedLocator

from cnnlib.demo.axes import BAR, MUTED, TEXT, text_width
from cnnlib.demo.colormaps import RED_BLUE
from cnnlib.demo.painter import CASING, ORANGE

BELOW, ABOVE = ("#{:02x}{:02x}{:02x}".format(*map(int, RED_BLUE[i])) for i in (0, -1))


def fitting(names: list[str], step: float) -> dict[int, str]:
    r"""Return the names that fit below bars `step` CSS pixels apart, in two lines or only every fifth.

    Examples
    --------
    >>> fitting(["max pool", "conv"], 40)
    {0: 'max\npool', 1: 'conv'}
    """
    if max(map(text_width, names)) + 6 > step:
        names = [name.replace(" ", "\n", 1) for name in names]
    widest = max(text_width(line) for name in names for line in name.split("\n"))
    choices = (n for power in range(9) for n in (10**power, 2 * 10**power, 5 * 10**power))
    every = next(n for n in choices if n * step >= widest + 4 or n > len(names))
    return {i: names[i] for i in range(0, len(names), every)}


def draw_bars(
    axes: Axes,
    heights: np.ndarray,
    marked: np.ndarray,
    texts: Sequence[str],
    names: Mapping[int, str],
    ylim: tuple[float, float] | None,
    step: float,
) -> None:
    """Draw bars at 0, 1, 2 ...

    Parameters
    ----------
    axes : Axes
        Linear or logarithmic.
    heights, marked : ndarray, shape (N,)
        The height of each bar, and whether it is drawn in orange.
    texts : sequence of str
        Written on the bars; empty for nothing.
    names : dict of int to str
        Written below them.
    ylim : (float, float) or None
        Ends of the axis.
    step : float
        From bar to bar, in CSS pixels.

    Examples
    --------
    >>> from cnnlib.demo.axes import figure_of
    >>> given = np.ones(2), np.zeros(2, bool), (), {}, None, 9
    >>> len(figure_of(lambda axes: draw_bars(axes, *given), (300, 200)).axes[0].patches)
    3
    """
    log = axes.get_yscale() == "log"
    low, high = ylim or _limits(heights, log, bool(texts))
    axes.set(xlim=(-0.5, len(heights) - 0.5), ylim=(low, high))
    below = heights < 0
    plain = ABOVE if below.any() else BAR
    for where, color in ((~below & ~marked, plain), (below & ~marked, BELOW), (marked, ORANGE)):
        edge = {"edgecolor": CASING, "linewidth": 1} if color == ORANGE else {"linewidth": 0}
        # As an artist: `add_patch` would look for the limits, which are set, and take the most time.
        axes.add_artist(PathPatch(_boxes(heights, where, low if log else 0, step), facecolor=color, **edge))
    if below.any():
        axes.axhline(0, color=MUTED, linewidth=1)
    for i, text in enumerate(texts):
        if np.isfinite(heights[i]):
            down = heights[i] < 0
            at = i, max(heights[i], low) if log else heights[i]
            held = {"va": "top" if down else "bottom", "ha": "center", "color": TEXT, "size": 11}
            axes.annotate(text, at, (0, -3 if down else 2), textcoords="offset points", **held)
    axes.xaxis.set_major_locator(FixedLocator([*names]))
    axes.xaxis.set_major_formatter(FixedFormatter([*names.values()]))


def _limits(heights: np.ndarray, log: bool, texts: bool) -> tuple[float, float]:
    """Return the ends of the axis of bars: zero is on it, and there is room for texts."""
    room = 1.14 if texts else 1.05
    if log:
        seen = heights[heights > 0] if (heights > 0).any() else np.ones(1)
        low = 10.0 ** np.floor(np.log10(seen.min()) - 0.2)
        return low, low * (max(seen.max() / low, 10) ** room)
    heights = np.nan_to_num(heights)
    low, high = min(heights.min(), 0) * room, max(heights.max(), 0) * room
    return (low, high) if low < high else (0, 1)


def _boxes(heights: np.ndarray, where: np.ndarray, foot: float, step: float) -> Path:
    """Return one path around all bars, as an artist for each of a hundred would be slow."""
    half = 0.36 if step > 8 else 0.5
    chosen = [(i, height) for i, height in enumerate(heights) if where[i] and abs(height) > 0]
    corners = [[(i - half, foot), (i - half, h), (i + half, h), (i + half, foot), (0, 0)] for i, h in chosen]
    codes = [Path.MOVETO, *[Path.LINETO] * 3, Path.CLOSEPOLY] * len(chosen)
    return Path(np.reshape(corners, (-1, 2)), codes) if chosen else Path(np.zeros((0, 2)))
