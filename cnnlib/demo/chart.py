"""Charts: curves and bars as panels of a `View`, in the colours of the house.

A chart is drawn by Matplotlib on a `Figure` of its own, never through pyplot. The page gets it as SVG, whose
text and colours follow JupyterLab's theme (`svg.py`); a static picture, through Agg, from the same `draw`.
"""

import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from PIL import Image

from cnnlib.demo.axes import DASHES, LINES, VARIABLES, figure_of, mark
from cnnlib.demo.barplot import draw_bars, fitting
from cnnlib.demo.chartwords import bars_text, curves_text
from cnnlib.demo.numbers import number_text
from cnnlib.demo.painter import SCALE, font
from cnnlib.demo.panel import Panel
from cnnlib.demo.svg import SvgRenderer

_ONE_AT_A_TIME = threading.Lock()  # Matplotlib's caches are shared by all figures


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
    renderer = SvgRenderer(*size, VARIABLES)
    with _ONE_AT_A_TIME:
        figure_of(draw, size, axes=_axes()).draw(renderer)
    blank = np.broadcast_to(np.zeros(4, np.uint8), (size[1], size[0], 4))
    return Panel(id, blank, caption, alt=alt, svg=renderer.text(), draw=draw, **more)


@cache
def _axes() -> Axes:
    """Return the axes of all charts of the page, one after the other."""
    return figure_of(lambda axes: None, (420, 260)).axes[0]


def chart_image(panel: Panel, scale: float = SCALE) -> Image.Image:
    """Paint a chart without a page, in RGBA on nothing, with `scale` device pixels for each CSS pixel.

    Examples
    --------
    >>> chart_image(bars("sizes", {"a": 1, "b": 2}, ylabel="size"), scale=2).size
    (840, 520)
    """
    with _ONE_AT_A_TIME:
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
        axes.set_yscale("log" if log else "linear")
        for i, (name, (across, up)) in enumerate(curves.items()):
            alone = name in dotted and dots is not True
            axes.plot(
                *(across, up),
                label=name,
                linewidth=2,
                color=LINES[i % len(LINES)],
                linestyle="" if alone else DASHES[i % len(DASHES)],
                drawstyle="steps-post" if name in held else "default",
                marker="o" if name in dotted or len(up) == 1 else "",
                markersize=5 if alone else 4,
            )
        axes.set(xlabel=xlabel, ylabel=ylabel, **limits)
        for name, point in at.items():
            mark(axes, "" if name in curves else name, point)

    return chart(id, draw, caption, size=size, alt=alt or curves_text(curves, xlabel, ylabel, at), **more)


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
    shown = fitting(names, step)

    def draw(axes: Axes) -> None:
        axes.set(xlabel=xlabel, ylabel=ylabel, yscale="log" if log else "linear")
        draw_bars(axes, heights, marked, texts, shown, ylim, step)

    return chart(id, draw, caption, size=size, alt=alt or bars_text(names, heights, ylabel), **more)


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
