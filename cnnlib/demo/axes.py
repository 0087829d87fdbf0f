"""How every chart looks: margins that stand still, a light grid, numbers as a person writes them."""

import pickle
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.ticker import (
    AutoLocator,
    FixedFormatter,
    FixedLocator,
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
# What artists would else take from the learner's style sheet.
_PLAIN = {"sketch_params": None, "path_effects": []}
_LINE = {"solid_capstyle": "projecting", "solid_joinstyle": "round", "dash_capstyle": "butt"}
_LINE |= {"dash_joinstyle": "round", "markeredgewidth": 1}
_FONT = {"family": "DejaVu Sans", "style": "normal", "stretch": "normal"}
_FONT |= {"usetex": False, "parse_math": False}
LEFT, RIGHT, TOP, BOTTOM = 50, 14, 26, 42  # margins in CSS pixels, the same whatever the data


def figure_of(draw: Callable[[Axes], None], size: tuple[float, float], scale: float = 1) -> Figure:
    """Return a figure of `size` CSS pixels on which ``draw(axes)`` has plotted, in the look of the house.

    Examples
    --------
    >>> figure_of(lambda axes: axes.plot([1, 2]), (300, 200)).get_size_inches().tolist()[0] * 72
    300.0
    """
    figure = pickle.loads(_blank())
    (axes,) = figure.axes
    figure.set(dpi=72 * scale, size_inches=(size[0] / 72, size[1] / 72))
    draw(axes)
    rows = _rows([line for line in axes.lines if not line.get_label().startswith("_")], size[0])
    bottom = BOTTOM if axes.get_xlabel() else BOTTOM - ROW
    box = LEFT, bottom, size[0] - LEFT - RIGHT, size[1] - bottom - TOP - ROW * len(rows)
    axes.set_position([side / size[i % 2] for i, side in enumerate(box)])
    page = _Page(axes)
    page.scale(axes.xaxis, box[2] / 60, box)
    page.scale(axes.yaxis, box[3] / 36, box)
    page.write(box[0] + box[2] / 2, 11, axes.get_xlabel(), ha="center")
    page.write(6, size[1] - 12, axes.get_ylabel())
    for i, row in enumerate(rows):
        page.names(row, size[1] - 12 - ROW * (i + 1))
    for artist in [*figure.artists, *axes.lines, *axes.patches, *axes.texts]:
        own = _LINE if isinstance(artist, Line2D) else _FONT if isinstance(artist, Text) else {}
        artist.set(**own, **_PLAIN)
    return figure


@cache
def _blank() -> bytes:
    """Return an empty figure; to unpack one takes a seventh of the time to make one."""
    figure = Figure(layout="none")
    figure.patch.set_visible(False)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_prop_cycle(color=LINES, linestyle=DASHES)
    axes.margins(0.02, 0.05)
    axes.set_axis_off()  # Matplotlib's ticks take longer than all the rest: scales are drawn here
    for axis in (axes.xaxis, axes.yaxis):
        axis.majorTicks.clear()
        axis.minorTicks.clear()
    return pickle.dumps(figure)


def pixels(figure: Figure) -> Transform:
    """Return the transform from CSS pixels, counted from the lower left corner."""
    return Affine2D().scale(1 / 72) + figure.dpi_scale_trans


def set_ticks(axis: Axis, names: Mapping[float, str], *, grid: bool = True) -> None:
    """Choose what is written where; Matplotlib's `set_xticks` would make ticks, which are never drawn."""
    axis.set_major_locator(FixedLocator([*names]))
    told = FuncFormatter(lambda value, _: names[value]) if grid else FixedFormatter([*names.values()])
    axis.set_major_formatter(told)


class Words(Artist):
    """Many texts as one, written on the page without a layout, which takes half of the time.

    Parameters
    ----------
    axes : Axes
    places : Transform, optional
        Where the texts stand; default: by the data.
    """

    zorder = 3

    def __init__(self, axes: Axes, places: Transform | None = None):
        super().__init__()
        self.places, self.texts = places or axes.transData, []
        axes.figure.add_artist(self)  # not to the axes, which would cut off what is around them

    def write(
        self,
        x: float,
        y: float,
        text: str,
        color=MUTED,
        ha="left",
        va="center",
        *,
        shift=(0, 0),
        size=SIZE,
        most=None,
    ):
        """Write a text, if there is one, `shift` CSS pixels beside its place; `most` as in `SvgRenderer`."""
        if text:
            look = {"text": text, "color": color, "ha": ha, "va": va, "size": size, "most": most}
            self.texts.append(((x, y), shift, look))

    def draw(self, renderer) -> None:
        """Hand the texts to our own renderer as they are, and to Matplotlib's as its `Text`."""
        if not self.texts:
            return
        figure, (places, shifts, given) = self.get_figure(), zip(*self.texts, strict=True)
        places = self.places.transform(places) + np.multiply(shifts, figure.dpi / 72)
        for (x, y), words in zip(places.tolist(), given, strict=True):
            if isinstance(renderer, SvgRenderer):
                renderer.write(x, y, **words)
                continue
            plain = {name: value for name, value in words.items() if name != "most"}
            text = Text(x, y, **plain, **_PLAIN, **_FONT)
            text.set_figure(figure)
            text.draw(renderer)


class _Page:
    """Writes and draws around axes, in CSS pixels from the lower left corner."""

    def __init__(self, axes: Axes):
        self.figure, self.pixels = axes.figure, pixels(axes.figure)
        self.write = Words(axes, self.pixels).write

    def rule(self, ends: list[tuple], color: str) -> None:
        """Draw thin lines behind everything, each from the first to the second of two points."""
        path = Path(np.reshape(ends, (-1, 2)), [Path.MOVETO, Path.LINETO] * (len(ends) // 2))
        look = {"edgecolor": color, "fill": False, "linewidth": 1, "snap": True, "zorder": -1}
        self.figure.add_artist(PathPatch(path, transform=self.pixels, **look))

    def scale(self, axis: Axis, room: float, box: tuple) -> None:
        """Draw the numbers of an axis and a line for each; names have no lines."""
        _choose_ticks(axis, room)
        low, high = sorted(axis.get_view_interval())
        slack = 1e-9 * (high - low)
        values = [v for v in axis.get_majorticklocs() if low - slack <= v <= high + slack]
        across = axis.axis_name == "x"
        data = axis.axes.transData + self.pixels.inverted()
        spots = data.transform([(v, 1) if across else (1, v) for v in values] or np.empty((0, 2)))
        spots = spots[:, 0 if across else 1].tolist()
        left, bottom, right, top = box[0], box[1], box[0] + box[2], box[1] + box[3]
        texts = axis.get_major_formatter().format_ticks(values)
        apart = min(np.diff(sorted(spots)), default=box[2]) - 4
        most = _most(texts, apart if across else left - 8)
        for spot, text in zip(spots, texts, strict=True):
            if across:
                self.write(spot, bottom - 5, text, ha="center", va="top", most=most)
            else:
                self.write(left - 6, spot, text, ha="right", most=most)
        if spots and not isinstance(axis.get_major_formatter(), FixedFormatter):
            pairs = [[(s, bottom), (s, top)] if across else [(left, s), (right, s)] for s in spots]
            self.rule([end for pair in pairs for end in pair], GRID)
        if across and spots:  # a diagram without a scale has no ground line either
            self.rule([(left, bottom), (right, bottom)], MUTED)

    def names(self, row: list[Line2D], y: float) -> None:
        """Write the names of a row of lines above the axes, each after a piece of its line."""
        x, widths = 6, [text_width(line.get_label()) for line in row]
        for line, width in zip(row, widths, strict=True):
            sample = Line2D([], [])
            sample.update_from(line)
            sample.set(transform=self.pixels, data=([x, x + 11, x + 22], [y] * 3), markevery=[1])
            sample.set(drawstyle="default", clip_on=False)
            self.figure.add_artist(sample)
            self.write(x + 28, y, line.get_label(), TEXT, most=SIZE * (1 + 10 / max(1, *widths)))
            x += _SAMPLE + width


def whole(dots: Line2D) -> None:
    """Let no edge of the axes cut dots in half, unless some lie beyond it."""
    ends = np.sort([dots.axes.get_xlim(), dots.axes.get_ylim()])
    places = dots.get_xydata()
    dots.set_clip_on(not ((ends[:, 0] <= places) & (places <= ends[:, 1])).all())


def mark(axes: Axes, name: str, point: tuple[float, float]) -> None:
    """Mark where the learner is now: a dot of the house's orange, lines to both axes, its name beside it."""
    style = {"color": MUTED, "linewidth": 1, "linestyle": DASHES[2], "label": "_", "snap": True}
    across, up = axes.get_xaxis_transform(), axes.get_yaxis_transform()
    axes.add_artist(Line2D([point[0]] * 2, [0, 1], transform=across, **style))
    axes.add_artist(Line2D([0, 1], [point[1]] * 2, transform=up, **style))
    look = {"color": ORANGE, "markeredgecolor": CASING, "markersize": 9, "zorder": 5, "label": "_"}
    whole(*axes.plot(*([v] for v in point), "o", **look))
    side, ha = (-1, "right") if point[0] > sum(axes.get_xlim()) / 2 else (1, "left")
    Words(axes).write(*point, name, TEXT, ha, "bottom", shift=(9 * side, 6))


@lru_cache(4096)
def text_width(text: str) -> float:
    """Return the width of a text in CSS pixels.

    Examples
    --------
    >>> text_width("mm") == 2 * text_width("m")
    True
    """
    return font(SIZE).getlength(text)


def _most(texts: Sequence[str], room: float) -> float:
    """Return the largest size in which each of the texts fits into the room."""
    widest = max((text_width(line) for text in texts for line in text.split("\n")), default=0)
    return SIZE * max(1, room / max(1, widest))


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
    if abs(value) >= 1e5:  # seven characters have no room left of a chart
        return f"{number_text(value / 1e6)} M"
    return f"{value:,.0f}".replace("-", MINUS) if abs(value) >= 1e4 else number_text(value)


class Numbers(Formatter):
    """The numbers of one axis, all with as many decimals as the finest needs.

    Examples
    --------
    >>> Numbers().format_ticks([-0.5, 0, 0.25])
    ['−0.50', '0.00', '0.25']
    >>> Numbers().format_ticks([0, 50_000, 100_000])
    ['0', '50,000', '0.1 M']
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
