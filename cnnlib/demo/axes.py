"""How every chart looks: margins that stand still, a light grid, numbers as a person writes them."""

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.ticker import (
    AutoLocator,
    FixedFormatter,
    Formatter,
    FuncFormatter,
    LogFormatter,
    LogLocator,
    MaxNLocator,
    ScalarFormatter,
)
from matplotlib.transforms import Affine2D, Transform

from cnnlib.demo.numbers import MINUS, number_text
from cnnlib.demo.painter import CASING, ORANGE, font
from cnnlib.demo.svg import SvgRenderer

TEXT, MUTED, GRID, BAR = "#14171c", "#4d5663", "#c9ced6", "#5d6b7e"
# Told apart with every common form of colour blindness, and none of them orange, red or blue, which have
# meanings of their own; lines differ in their dashes as well.
LINES = ("#5236d6", "#16997a", "#b52aae", "#847813")
DASHES = ("-", (0, (4, 1.5)), (0, (1, 1.2)), (0, (5, 1.4, 1, 1.4)))
VARIABLES = {TEXT: "--cnn-text", MUTED: "--cnn-muted", GRID: "--cnn-grid", BAR: "--cnn-bar"} | {
    color: f"--cnn-line{i}" for i, color in enumerate(LINES, 1)
}
SIZE, ROW, _SAMPLE = 12, 18, 44  # of text, of a row of it, of a piece of line before a name, in CSS pixels
LEFT, RIGHT, TOP, BOTTOM = 50, 14, 26, 42  # margins in CSS pixels, the same whatever the data


def figure_of(
    draw: Callable[[Axes], None], size: tuple[float, float], scale: float = 1, axes: Axes | None = None
) -> Figure:
    """Return a figure of `size` CSS pixels on which ``draw(axes)`` has plotted, in the look of the house.

    `axes` of an earlier figure are wiped and used again: making them takes longer than all the rest.

    Examples
    --------
    >>> figure_of(lambda axes: axes.plot([1, 2]), (300, 200)).get_size_inches().tolist()[0] * 72
    300.0
    """
    axes = _wiped(axes) if axes else Figure().add_axes((0, 0, 1, 1))
    figure = axes.get_figure()
    figure.set(dpi=72 * scale, size_inches=(size[0] / 72, size[1] / 72))
    figure.patch.set_visible(False)
    axes.set_prop_cycle(color=LINES, linestyle=DASHES)
    axes.margins(0.02, 0.05)
    draw(axes)
    axes.set_axis_off()  # Matplotlib's ticks take longer than all the rest: the scales are drawn here
    rows = _rows([line for line in axes.lines if not line.get_label().startswith("_")], size[0])
    bottom = BOTTOM if axes.get_xlabel() else BOTTOM - ROW
    box = LEFT, bottom, size[0] - LEFT - RIGHT, size[1] - bottom - TOP - ROW * len(rows)
    axes.set_position([side / size[i % 2] for i, side in enumerate(box)])
    page = _Page(figure)
    page.scale(axes.xaxis, box[2] / 60, lambda v: axes.transData.transform((v, 1))[0] / scale, box)
    page.scale(axes.yaxis, box[3] / 36, lambda v: axes.transData.transform((1, v))[1] / scale, box)
    page.write(box[0] + box[2] / 2, 11, axes.get_xlabel(), ha="center")
    page.write(6, size[1] - 12, axes.get_ylabel())
    for i, row in enumerate(rows):
        page.names(row, size[1] - 12 - ROW * (i + 1))
    return figure


def _wiped(axes: Axes) -> Axes:
    """Return axes as good as new; `Axes.clear` would make all the ticks again, which are never drawn."""
    figure = axes.get_figure()
    drawn = axes.lines, axes.patches, axes.texts, axes.collections, axes.artists, figure.texts, figure.artists
    for artist in [artist for kind in drawn for artist in kind]:
        artist.remove()
    axes.relim()
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(AutoLocator())
        axis.set_major_formatter(ScalarFormatter())
    if "log" in (axes.get_xscale(), axes.get_yscale()):
        axes.set(xscale="linear", yscale="linear")
    axes.set(xlabel="", ylabel="", xlim=(0, 1), ylim=(0, 1))
    axes.autoscale(True)
    return axes


class Words(Artist):
    """Many texts as one: our own renderer writes them without a layout, which takes half of the time."""

    zorder = 3

    def __init__(self, places: Transform):
        super().__init__()
        self.places, self.texts = places, []

    def write(self, x: float, y: float, text: str, color: str = MUTED, ha: str = "left", va: str = "center"):
        """Write a text, if there is one."""
        if text:
            self.texts.append({"x": x, "y": y, "text": text, "color": color, "ha": ha, "va": va})

    def draw(self, renderer) -> None:
        """Hand the texts to a renderer that can write, and to Matplotlib's own as its `Text`."""
        if isinstance(renderer, SvgRenderer):
            places = self.places.transform(
                np.reshape([(text["x"], text["y"]) for text in self.texts], (-1, 2))
            )
            for given, (x, y) in zip(self.texts, places.tolist(), strict=True):
                renderer.write(**given | {"x": x, "y": y}, size=SIZE)
            return
        for given in self.texts:
            text = Text(**given, size=SIZE, transform=self.places)
            text.set_figure(self.get_figure())
            text.draw(renderer)


class _Page:
    """Writes and draws on a figure, in CSS pixels from its lower left corner."""

    def __init__(self, figure: Figure):
        self.figure = figure
        self.pixels = Affine2D().scale(1 / 72) + figure.dpi_scale_trans
        self.words = Words(self.pixels)
        self.write = self.words.write
        figure.add_artist(self.words)

    def rule(self, ends: list[tuple], color: str) -> None:
        """Draw thin lines behind everything, each from the first to the second of two points."""
        path = Path(np.reshape(ends, (-1, 2)), [Path.MOVETO, Path.LINETO] * (len(ends) // 2))
        self.figure.add_artist(
            PathPatch(path, transform=self.pixels, edgecolor=color, fill=False, linewidth=1, zorder=-1)
        )

    def scale(self, axis, room: float, place: Callable[[float], float], box: tuple) -> None:
        """Draw the numbers of an axis and a line for each; names have no lines."""
        _choose_ticks(axis, room)
        low, high = sorted(axis.get_view_interval())
        slack = 1e-9 * (high - low)
        values = [v for v in axis.get_majorticklocs() if low - slack <= v <= high + slack]
        left, bottom, right, top = box[0], box[1], box[0] + box[2], box[1] + box[3]
        across = axis.axis_name == "x"
        spots = [place(value) for value in values]
        for spot, text in zip(spots, axis.get_major_formatter().format_ticks(values), strict=True):
            if across:
                self.write(spot, bottom - 5, text, ha="center", va="top")
            else:
                self.write(left - 6, spot, text, ha="right")
        if spots and not isinstance(axis.get_major_formatter(), FixedFormatter):
            pairs = [[(s, bottom), (s, top)] if across else [(left, s), (right, s)] for s in spots]
            self.rule([end for pair in pairs for end in pair], GRID)
        if across and spots:  # a diagram without a scale has no ground line either
            self.rule([(left, bottom), (right, bottom)], MUTED)

    def names(self, row: list[Line2D], y: float) -> None:
        """Write the names of a row of lines above the axes, each after a piece of its line."""
        x = 6
        for line in row:
            sample = Line2D([], [])
            sample.update_from(line)
            sample.set(transform=self.pixels, data=([x, x + 11, x + 22], [y] * 3), markevery=[1])
            sample.set(drawstyle="default", clip_on=False)
            self.figure.add_artist(sample)
            self.write(x + 28, y, line.get_label(), TEXT)
            x += _SAMPLE + text_width(line.get_label())


def mark(axes: Axes, name: str, point: tuple[float, float]) -> None:
    """Mark where the learner is now: a dot of the house's orange, lines to both axes, its name beside it."""
    style = {"color": MUTED, "linewidth": 1, "linestyle": DASHES[2], "label": "_"}
    across, up = axes.get_xaxis_transform(), axes.get_yaxis_transform()
    axes.add_artist(Line2D([point[0]] * 2, [0, 1], transform=across, **style))
    axes.add_artist(Line2D([0, 1], [point[1]] * 2, transform=up, **style))
    axes.plot(
        *([v] for v in point), "o", color=ORANGE, markeredgecolor=CASING, markersize=9, zorder=5, label="_"
    )
    low, high = axes.get_xlim()
    side = -1 if point[0] > (low + high) / 2 else 1
    held = {"ha": "right" if side < 0 else "left", "va": "bottom", "color": TEXT, "size": SIZE}
    axes.annotate(name, point, (9 * side, 6), textcoords="offset points", **held)


@lru_cache(4096)
def text_width(text: str) -> float:
    """Return the width of a text in CSS pixels.

    Examples
    --------
    >>> text_width("mm") == 2 * text_width("m")
    True
    """
    return font(SIZE).getlength(text)


def _choose_ticks(axis, room: float) -> None:
    """Choose about as many numbers as there is `room` for, unless `draw` chose its own."""
    locator, formatter = axis.get_major_locator(), axis.get_major_formatter()
    most = max(2, int(room))
    if isinstance(locator, LogLocator):
        low, high = np.log10(axis.get_view_interval())
        axis.set_major_locator(LogLocator(subs=(1, 2, 5) if high - low < 2 else (1,), numticks=most))
    elif isinstance(locator, AutoLocator):
        axis.set_major_locator(MaxNLocator(most, steps=[1, 2, 2.5, 5, 10]))
    if isinstance(formatter, LogFormatter):
        axis.set_major_formatter(FuncFormatter(lambda value, _: _large(value)))
    elif isinstance(formatter, ScalarFormatter):
        axis.set_major_formatter(Numbers())


def _large(value: float) -> str:
    if abs(value) >= 1e6:
        return f"{number_text(value / 1e6)} M"
    return f"{value:,.0f}".replace("-", MINUS) if abs(value) >= 1e4 else number_text(value)


class Numbers(Formatter):
    """The numbers of one axis, all with as many decimals as the finest needs.

    Examples
    --------
    >>> Numbers().format_ticks([-0.5, 0, 0.25])
    ['−0.50', '0.00', '0.25']
    """

    def __call__(self, x, pos=None):
        """Return the text of one number alone."""
        return number_text(x)

    def format_ticks(self, values):
        """Return the texts of all numbers of an axis."""
        if any(abs(v) >= 1e5 or 0 < abs(v) < 1e-4 for v in values):
            return [_large(value) for value in values]
        decimals = max((len(f"{v:.6f}".rstrip("0").partition(".")[2]) for v in values), default=0)
        return [f"{round(v, 6) + 0:.{decimals}f}".replace("-", MINUS) for v in values]


def _rows(lines: list[Line2D], room: float) -> list[list[Line2D]]:
    """Break the names of lines into rows; a line alone is named by its axis."""
    rows, width = [], room
    for line in lines if len(lines) > 1 else ():
        width += _SAMPLE + text_width(line.get_label())
        if width + 6 > room:
            rows.append([])
            width = _SAMPLE + text_width(line.get_label())
        rows[-1].append(line)
    return rows
