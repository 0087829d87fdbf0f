"""What the trainings of lesson 11 show: noisy values by step, and the filters that are learned."""

from collections.abc import Mapping

import numpy as np

from cnnlib.demo.axes import LINES, MUTED
from cnnlib.demo.chart import chart
from cnnlib.demo.numbers import number_text
from cnnlib.demo.view import Panel, mosaic
from cnnlib.nn import Conv2D, Run
from cnnlib.nn.layers import Array
from cnnlib.nn.measures import smooth
from cnnlib.nn.several import Race

POINTS = 150  # of a curve, at most


def trend(
    id: str,
    values: Mapping[int, float],
    name: str,
    *,
    ylabel: str,
    caption: str,
    xlim: tuple[float, float],
    ylim: tuple[float, float],
    keep: float = 0.9,
    size: tuple[int, int] = (336, 200),
    **more,
) -> Panel:
    """Show noisy values by step, thin, and their running mean, thick; with `keep` 0 the values alone.

    Parameters
    ----------
    id, caption, ylabel, xlim, ylim, size, **more
        As in `chart` and `lines`.
    values : dict of int to float
        By the number of steps; there may be none.
    name : str
        What a single value is called.
    keep : float
        See `smooth`.

    Examples
    --------
    >>> trend("loss", {1: 2, 2: 1}, "raw", ylabel="loss", caption="", xlim=(0, 2), ylim=(0, 2)).alt
    'loss after steps 1 to 2: from 2 to 1, lowest 1; smoothed now 1.47'
    """
    steps, raw = np.array([*values], float), np.array([*values.values()], float)
    mean = smooth(raw, keep)
    some = np.unique(np.linspace(0, len(raw) - 1, POINTS).astype(int)) if len(raw) else []

    def draw(axes) -> None:
        dot = "o" if len(some) < 40 else ""
        thin = {"color": MUTED, "linewidth": 0.8, "marker": dot, "markersize": 3}
        if keep:
            axes.plot(steps[some], raw[some], "-", label=name, **thin)
        named = {"label": "smoothed"} if keep else {"label": name, "marker": dot, "markersize": 4}
        axes.plot(steps[some], mean[some], "-", color=LINES[0], linewidth=2, **named)
        axes.set(xlabel="step", ylabel=ylabel, xlim=xlim, ylim=ylim)

    now = f"; smoothed now {number_text(mean[-1])}" if keep and len(raw) else ""
    alt = f"{ylabel} {_course(steps, raw)}{now}" if len(raw) else f"{ylabel}: nothing yet"
    return chart(id, draw, caption, size=size, alt=alt, **more)


def _course(steps: Array, raw: Array) -> str:
    if len(raw) == 1:
        return f"after step {number_text(steps[0])}: {number_text(raw[0])}"
    start, end, first, last, lowest = map(number_text, (steps[0], steps[-1], raw[0], raw[-1], raw.min()))
    return f"after steps {start} to {end}: from {first} to {last}, lowest {lowest}"


def rates_text(run: Run | Race) -> str:
    """Say how the learning rate was changed on the way, if it was."""
    first, *changes = run.rates.items()
    if not changes:
        return ""
    then = ", ".join(f"{number_text(rate)} from step {number + 1:,} on" for number, rate in changes)
    return f", with learning rate {number_text(first[1])}, then {then}"


def filters(
    layer: Conv2D, id: str = "filters", caption: str = "", *, size: float = 190, wide: float = 1.6, **more
) -> Panel:
    """Show the filters of the first layer; of colour ones `wide` times as wide, a row for each channel."""
    weight = layer.weights["weight"]
    count, channels, height, width = weight.shape
    about = f"{count} filters of {height} × {width}"
    columns = max(2, round(count**0.5)) if channels == 1 else count
    if channels == 3:
        about += "\nrows: red, green, blue"
        size *= wide
    tiles = weight.transpose(1, 0, 2, 3).reshape(-1, height, width)
    alt = f"{about}, {len(tiles)} pictures of {height} rows by {width} columns"
    return mosaic(id, tiles, caption or about, columns=columns, size=size, alt=alt, **more)
