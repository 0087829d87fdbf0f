"""Charts: curves and bars as panels of a `View`, in the colours of the house.

A chart is drawn by Matplotlib on a `Figure` of its own, never through pyplot. The page gets it as SVG, whose
text and colours follow JupyterLab's theme (`svg.py`); a static picture, through Agg, from the same `draw`.
"""

from collections.abc import Callable, Collection, Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from PIL import Image

from cnnlib.demo.axes import (
    BAR,
    DASHES,
    LINES,
    MUTED,
    TEXT,
    VARIABLES,
    Words,
    figure_of,
    mark,
    set_ticks,
    text_width,
    whole,
)
from cnnlib.demo.colormaps import RED_BLUE
from cnnlib.demo.numbers import number_text
from cnnlib.demo.painter import CASING, ORANGE, SCALE, font
from cnnlib.demo.panel import Panel
from cnnlib.demo.svg import SvgRenderer

BELOW, ABOVE = ("#{:02x}{:02x}{:02x}".format(*map(int, RED_BLUE[i])) for i in (0, -1))
MOST = 8  # bars whose values are read out one by one


def chart(
    id: str,
    draw: Callable[[Axes], None],
    caption: str = "",
    *,
    size: tuple[int, int] = (420, 260),
    alt: str,
    **more,
) -> Panel:
    """Show what `draw` plots on a pair of axes.

    Parameters
    ----------
    id, caption : str
        See `Panel`.
    draw : callable
        ``draw(axes)`` plots on Matplotlib axes of this chart alone, and labels them with their units. It is
        called again for a static picture: it changes nothing else, and finds the same data then. Lines that
        have a label are named above the axes where there are several. Ticks may be chosen; how they look
        is the same everywhere.
    size : (int, int), default (420, 260)
        Width and height in CSS pixels.
    alt : str
        The chart in words, with its numbers.
    **more
        Further fields of `Panel`.

    Examples
    --------
    >>> panel = chart("square", lambda axes: axes.plot([0, 1, 2], [0, 1, 4]), alt="the square of 0, 1 and 2")
    >>> panel.width, panel.height
    (420, 260)
    """
    renderer = SvgRenderer(*size)
    figure_of(draw, size).draw(renderer)
    blank = np.broadcast_to(np.zeros(4, np.uint8), (size[1], size[0], 4))
    return Panel(id, blank, caption, alt=alt, svg=renderer.text(VARIABLES), draw=draw, **more)


def chart_image(panel: Panel, scale: float = SCALE) -> Image.Image:
    """Paint a chart without a page, in RGBA on nothing, with `scale` device pixels for each CSS pixel.

    Examples
    --------
    >>> chart_image(bars("sizes", {"a": 1, "b": 2}, ylabel="size"), scale=2).size
    (840, 520)
    """
    canvas = FigureCanvasAgg(figure_of(panel.draw, (panel.width, panel.height), scale))
    canvas.draw()
    return Image.fromarray(np.array(canvas.buffer_rgba()))


def lines(
    id: str,
    x: Sequence[float],
    series: Mapping[str, Sequence[float] | tuple],
    caption: str = "",
    *,
    xlabel: str,
    ylabel: str,
    size: tuple[int, int] = (420, 260),
    at: Mapping[str, tuple[float, float]] | None = None,
    xlim: tuple[float, float] | None = None,
    ylim: tuple[float, float] | None = None,
    steps: bool | Collection[str] = False,
    dots: bool | Collection[str] = False,
    log: bool = False,
    alt: str | None = None,
    **more,
) -> Panel:
    """Show curves over a common axis.

    Parameters
    ----------
    id, caption : str
        See `Panel`.
    x : sequence of float, shape (N,)
        In the unit that `xlabel` names.
    series : dict of str to sequence of float, shape (N,)
        Values by name, NaN where there is none; or a pair ``(x, y)`` for a curve with an x of its own.
    xlabel, ylabel : str
        What the axes count, with the unit: ``"voltage (V)"``.
    size : (int, int), default (420, 260)
        Width and height in CSS pixels.
    at : dict of str to (float, float), optional
        Points marked in orange, by name: where the learner is now.
    xlim, ylim : (float, float), optional
        Ends of the axes; give them where the data change, so that the axes stand still.
    steps : bool or collection of str
        Whether a value holds until the next x, as in a staircase; or the names of the curves that do so.
    dots : bool or collection of str
        Whether each point gets a dot on its line; or the names of those drawn as dots without a line.
    log : bool, default False
        Whether the y axis counts in powers of ten.
    alt : str, optional
        The chart in words; default: the range, the ends, the extremes and the marked points.
    **more
        Further fields of `Panel`.

    Raises
    ------
    ValueError
        If there is no curve, or one has not as many values as there are x, or none.

    Examples
    --------
    >>> lines("loss", [0, 1, 2], {"training": [3, 1.5, 1]}, xlabel="step", ylabel="loss").alt
    'loss over step from 0 to 2: training from 3 to 1, lowest 1 at 2, highest 3 at 0'
    """
    if not series:
        raise ValueError(f"lines: no curve for {id!r}; give at least one")
    curves = {name: _curve(name, x, values) for name, values in series.items()}
    held, dotted = _named(steps, curves), _named(dots, curves)
    at = dict(at or {})

    limits = {name: ends for name, ends in (("xlim", xlim), ("ylim", ylim)) if ends is not None}

    def draw(axes: Axes) -> None:
        if log:
            axes.set_yscale("log")
        axes.set(xlabel=xlabel, ylabel=ylabel, **limits)
        for i, (name, (across, up)) in enumerate(curves.items()):
            alone = name in dotted and dots is not True
            (line,) = axes.plot(
                *(across, up),
                label=name,
                linewidth=2,
                color=LINES[i % len(LINES)],
                linestyle="" if alone else DASHES[i % len(DASHES)],
                drawstyle="steps-post" if name in held else "default",
                marker="o" if name in dotted or len(up) == 1 else "",
                markersize=5 if alone else 4,
            )
            if alone:
                whole(line)
        for name, point in at.items():
            mark(axes, "" if name in curves else name, point)

    return chart(id, draw, caption, size=size, alt=alt or _curves_text(curves, xlabel, ylabel, at), **more)


def bars(
    id: str,
    values: Mapping[str, float],
    caption: str = "",
    *,
    ylabel: str,
    xlabel: str = "",
    size: tuple[int, int] = (420, 260),
    ylim: tuple[float, float] | None = None,
    log: bool = False,
    texts: Sequence[str] | None = None,
    highlight: str | Collection[str] = (),
    alt: str | None = None,
    **more,
) -> Panel:
    """Show one bar for each name; where some are negative, in the red and blue of the house.

    Parameters
    ----------
    id, caption : str
        See `Panel`.
    values : dict of str to float
        Height of each bar.
    ylabel, xlabel : str
        What the bars count, with the unit; what the names are.
    size : (int, int), default (420, 260)
        Width and height in CSS pixels.
    ylim : (float, float), optional
        Ends of the axis; give them where the data change, so that the axis stands still.
    log : bool, default False
        Whether the axis counts in powers of ten; a bar of zero or less is then not drawn.
    texts : sequence of str, optional
        Written on the bars; default: the values, where there is room; ``()`` for nothing.
    highlight : str or collection of str
        The bars drawn in orange.
    alt : str, optional
        The chart in words; default: the values of up to 8 bars, the extremes of more.
    **more
        Further fields of `Panel`.

    Raises
    ------
    ValueError
        If there is no bar, or there are texts for other than all of them.

    Examples
    --------
    >>> bars("sizes", {"dense": 1000, "conv": 9}, ylabel="parameters", log=True).alt
    'parameters: dense 1000, conv 9'
    """
    names, heights = [str(name) for name in values], np.array([*values.values()], float)
    if not names or (texts and len(texts) != len(names)):
        raise ValueError(
            f"bars: {len(names)} bars and {len(texts or ())} texts; give at least one bar, a text for each"
        )
    step = (size[0] - 60) / len(names)
    chosen = {highlight} if isinstance(highlight, str) else {str(name) for name in highlight}
    marked = np.array([name in chosen for name in names])
    if texts is None:
        texts = [number_text(value) for value in heights] if step > 14 else ()
        texts = texts if max((font(11).getlength(text) for text in texts), default=0) + 4 <= step else ()
    shown = _fitting(names, step)

    def draw(axes: Axes) -> None:
        if log:
            axes.set_yscale("log")
        axes.set(xlabel=xlabel, ylabel=ylabel)
        _draw_bars(axes, heights, marked, texts, shown, ylim, step)

    return chart(id, draw, caption, size=size, alt=alt or _bars_text(names, heights, ylabel), **more)


def _curve(name: str, x, values) -> tuple[np.ndarray, np.ndarray]:
    """Return x and y of a curve, as arrays of their own."""
    across, up = values if isinstance(values, tuple) else (x, values)
    across, up = np.array(across, float), np.array(up, float)
    if across.shape != up.shape or across.ndim != 1 or not across.size:
        raise ValueError(
            f"lines: {name!r} has {up.shape} values over {across.shape} x; give as many of both, at least one"
        )
    return across, up


def _named(which: bool | Collection[str], curves: Mapping) -> set[str]:
    """Return the names of the curves for which a setting holds."""
    if isinstance(which, bool):
        return set(curves) if which else set()
    return {which} if isinstance(which, str) else set(which)


def _fitting(names: list[str], step: float) -> dict[int, str]:
    """Return the names that fit below bars `step` CSS pixels apart, in two lines or only every fifth."""
    if max(map(text_width, names)) + 6 > step:
        names = [name.replace(" ", "\n", 1) for name in names]
    widest = max(text_width(line) for name in names for line in name.split("\n"))
    choices = (n for power in range(9) for n in (10**power, 2 * 10**power, 5 * 10**power))
    every = next(n for n in choices if n * step >= widest + 4 or n > len(names))
    return {i: names[i] for i in range(0, len(names), every)}


def _draw_bars(
    axes: Axes,
    heights: np.ndarray,
    marked: np.ndarray,
    texts: Sequence[str],
    names: Mapping[int, str],
    ylim: tuple[float, float] | None,
    step: float,
) -> None:
    """Draw bars at 0, 1, 2 ..., `step` CSS pixels apart, with `texts` on them and `names` below."""
    log = axes.get_yscale() == "log"
    low, high = ylim or _limits(heights, log, bool(texts))
    axes.set(xlim=(-0.5, len(heights) - 0.5), ylim=(low, high))
    below = heights < 0
    plain = ABOVE if below.any() else BAR
    for where, color in ((~below & ~marked, plain), (below & ~marked, BELOW), (marked, ORANGE)):
        edge = {"edgecolor": CASING, "linewidth": 1} if color == ORANGE else {"linewidth": 0}
        # As an artist: `add_patch` would look for the limits, which are set, and take the most time.
        boxes = _boxes(heights, where, low if log else 0, step)
        axes.add_artist(PathPatch(boxes, facecolor=color, snap=True, **edge))
    if below.any():
        axes.axhline(0, color=MUTED, linewidth=1, snap=True)
    words = Words(axes)
    for i, text in enumerate(texts):
        if np.isfinite(heights[i]):
            at = i, max(heights[i], low) if log else heights[i]
            va, up = ("top", -3) if heights[i] < 0 else ("bottom", 2)
            words.write(*at, text, TEXT, "center", va, shift=(0, up), size=11)
    set_ticks(axes.xaxis, names, grid=False)


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


def _curves_text(curves: Mapping[str, tuple], xlabel: str, ylabel: str, at: Mapping[str, tuple]) -> str:
    """Return curves in words: range, ends, extremes, marked points."""
    ends = [x[np.isfinite(x)] for x, _ in curves.values()]
    low, high = min(x.min() for x in ends if x.size), max(x.max() for x in ends if x.size)
    parts = [_curve_text(name, x, y) for name, (x, y) in curves.items()]
    parts += [f"{name} at {number_text(x)}: {number_text(y)}" for name, (x, y) in at.items()]
    return f"{ylabel} over {xlabel} from {number_text(low)} to {number_text(high)}: " + "; ".join(parts)


def _curve_text(name: str, x: np.ndarray, y: np.ndarray) -> str:
    x, y = x[np.isfinite(y)], y[np.isfinite(y)]
    if not y.size:
        return f"{name} without a value"
    text = f"{name} from {number_text(y[0])} to {number_text(y[-1])}"
    if y.size > 2:
        for word, i in (("lowest", y.argmin()), ("highest", y.argmax())):
            text += f", {word} {number_text(y[i])} at {number_text(x[i])}"
    return text


def _bars_text(names: list[str], heights: np.ndarray, ylabel: str) -> str:
    """Return bars in words: each value of a few, the extremes of many."""
    if len(names) <= MOST:
        return f"{ylabel}: " + ", ".join(f"{n} {number_text(h)}" for n, h in zip(names, heights, strict=True))
    low, high = np.nanargmin(heights), np.nanargmax(heights)
    most = f"highest {number_text(heights[high])} at {names[high]}"
    least = f"lowest {number_text(heights[low])} at {names[low]}"
    return f"{ylabel}: {len(names)} bars from {names[0]} to {names[-1]}, {most}, {least}"
