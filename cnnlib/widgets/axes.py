"""How every chart looks: margins that stand still, a light grid, numbers as a person writes them."""

from collections.abc import Callable

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import (
    AutoLocator,
    Formatter,
    LogFormatter,
    LogLocator,
    MaxNLocator,
    NullLocator,
    ScalarFormatter,
)
from matplotlib.transforms import Affine2D

from cnnlib.widgets.numbers import MINUS, number_text
from cnnlib.widgets.painter import CASING, ORANGE, font

TEXT, MUTED, GRID, BAR = "#14171c", "#4d5663", "#c9ced6", "#5d6b7e"
# Told apart with every common form of colour blindness, and none of them orange, red or blue, which have
# meanings of their own; lines differ in their dashes as well.
LINES = ("#5236d6", "#16997a", "#b52aae", "#847813")
DASHES = ("-", (0, (4, 1.5)), (0, (1, 1.2)), (0, (5, 1.4, 1, 1.4)))
VARIABLES = {TEXT: "--cnn-text", MUTED: "--cnn-muted", GRID: "--cnn-grid", BAR: "--cnn-bar"} | {
    color: f"--cnn-line{i}" for i, color in enumerate(LINES, 1)
}
SIZE, ROW, _SAMPLE = 12, 18, 44  # of text, of a row of it, of a piece of line before a name, in CSS pixels
LEFT, RIGHT, TOP, BOTTOM = 50, 14, 26, 42  # margins in CSS pixels: the same whatever the data


def figure_of(draw: Callable[[Axes], None], size: tuple[float, float], scale: float = 1) -> Figure:
    """Return a figure of `size` CSS pixels on which ``draw(axes)`` has plotted, in the look of the house.

    Examples
    --------
    >>> figure_of(lambda axes: axes.plot([1, 2]), (300, 200)).axes[0].get_position().x0 * 300
    50.0
    """
    figure = Figure(figsize=(size[0] / 72, size[1] / 72), dpi=72 * scale)
    figure.patch.set_visible(False)
    axes = figure.add_axes((0, 0, 1, 1), facecolor="none")
    _style(axes)
    draw(axes)
    rows = _rows([line for line in axes.lines if not line.get_label().startswith("_")], size[0])
    box = LEFT, BOTTOM, size[0] - LEFT - RIGHT, size[1] - BOTTOM - TOP - ROW * len(rows)
    axes.set_position([side / size[i % 2] for i, side in enumerate(box)])
    _ticks(axes.xaxis, box[2] / 60)
    _ticks(axes.yaxis, box[3] / 36)
    pixels = Affine2D().scale(1 / 72) + figure.dpi_scale_trans
    axes.yaxis.label.set_horizontalalignment("left")
    axes.yaxis.set_label_coords(6, size[1] - 12, transform=pixels)
    axes.xaxis.set_label_coords(box[0] + box[2] / 2, 11, transform=pixels)
    for i, row in enumerate(rows):
        _name(figure, row, size[1] - 12 - ROW * (i + 1), pixels)
    return figure


def mark(axes: Axes, name: str, point: tuple[float, float]) -> None:
    """Mark where the learner is now: a dot of the house's orange, lines to both axes, its name beside it."""
    for line, value in ((axes.axvline, point[0]), (axes.axhline, point[1])):
        line(value, color=MUTED, linewidth=1, linestyle=DASHES[2], label="_")
    axes.plot(
        *([v] for v in point), "o", color=ORANGE, markeredgecolor=CASING, markersize=9, zorder=5, label="_"
    )
    low, high = axes.get_xlim()
    side = -1 if point[0] > (low + high) / 2 else 1
    held = {"ha": "right" if side < 0 else "left", "va": "bottom", "color": TEXT, "size": SIZE}
    axes.annotate(name, point, (9 * side, 6), textcoords="offset points", **held)


def fitting(names: list[str], step: float) -> dict[int, str]:
    r"""Return the names that fit below bars `step` CSS pixels apart, in two lines or only every second, fifth.

    Examples
    --------
    >>> fitting(["max pool", "conv"], 40)
    {0: 'max\npool', 1: 'conv'}
    """
    if max(map(_width, names)) + 6 > step:
        names = [name.replace(" ", "\n", 1) for name in names]
    widest = max(_width(line) for name in names for line in name.split("\n"))
    choices = (n for power in range(9) for n in (10**power, 2 * 10**power, 5 * 10**power))
    every = next(n for n in choices if n * step >= widest + 4 or n > len(names))
    return {i: names[i] for i in range(0, len(names), every)}


def _width(text: str) -> float:
    return font(SIZE).getlength(text)


def _style(axes: Axes) -> None:
    """Set what `draw` may change again."""
    axes.set_prop_cycle(color=LINES, linestyle=DASHES)
    for side in ("left", "top", "right"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set(color=MUTED, linewidth=1)
    axes.grid(visible=True, color=GRID, linewidth=1, linestyle="-")
    axes.set_axisbelow(True)
    axes.tick_params(which="both", length=0, pad=5, labelsize=SIZE, labelcolor=MUTED)
    axes.xaxis.label.set(color=MUTED, size=SIZE, va="center")
    axes.yaxis.label.set(color=MUTED, size=SIZE, va="center", rotation=0)
    axes.margins(x=0.02)


def _ticks(axis, room: float) -> None:
    """Put about as many numbers on an axis as there is `room` for; leave the ticks that `draw` chose."""
    locator, formatter = axis.get_major_locator(), axis.get_major_formatter()
    if isinstance(locator, LogLocator):
        low, high = np.log10(axis.get_view_interval())
        axis.set_major_locator(
            LogLocator(subs=(1, 2, 5) if high - low < 2 else (1,), numticks=max(2, int(room)))
        )
        axis.set_minor_locator(NullLocator())
    elif isinstance(locator, AutoLocator):
        axis.set_major_locator(MaxNLocator(max(2, int(room)), steps=[1, 2, 2.5, 5, 10]))
    if isinstance(formatter, (ScalarFormatter, LogFormatter)):
        axis.set_major_formatter(Numbers())


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
            return [f"{number_text(v / 1e6)} M" if abs(v) >= 1e6 else number_text(v) for v in values]
        decimals = max((len(f"{v:.6f}".rstrip("0").partition(".")[2]) for v in values), default=0)
        return [f"{round(v, 6) + 0:.{decimals}f}".replace("-", MINUS) for v in values]


def _rows(lines: list[Line2D], room: float) -> list[list[Line2D]]:
    """Break the names of lines into rows; a line alone is named by its axis."""
    rows, width = [], room
    for line in lines if len(lines) > 1 else ():
        width += _SAMPLE + _width(line.get_label())
        if width + 6 > room:
            rows.append([])
            width = _SAMPLE + _width(line.get_label())
        rows[-1].append(line)
    return rows


def _name(figure: Figure, row: list[Line2D], y: float, pixels) -> None:
    """Write the names of a row of lines above the axes, each after a piece of its line."""
    x = 6
    for line in row:
        sample = Line2D([], [])
        sample.update_from(line)
        sample.set(
            transform=pixels,
            data=([x, x + 11, x + 22], [y] * 3),
            markevery=[1],
            drawstyle="default",
            clip_on=False,
        )
        figure.add_artist(sample)
        figure.text(x + 28, y, line.get_label(), transform=pixels, color=TEXT, size=SIZE, va="center")
        x += _SAMPLE + _width(line.get_label())
