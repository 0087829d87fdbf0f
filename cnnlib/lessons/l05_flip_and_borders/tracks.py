"""Sounds below each other over one time axis, as an editor for sounds shows them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from cnnlib.demo.axes import DASHES, GRID, LINES, MUTED, TEXT, Words, set_ticks
from cnnlib.demo.chart import chart
from cnnlib.demo.numbers import number_text
from cnnlib.demo.painter import CASING, ORANGE
from cnnlib.demo.view import Panel
from cnnlib.lessons.l05_flip_and_borders.sound import PER_MS, Array, envelope

SIZE, BAND = (714, 340), 1.45  # CSS pixels, and from the foot of one sound to the foot of the next
SEEN = 5  # milliseconds that one point of a curve stands for
FEW = 8  # samples that are read out one by one
Stems = tuple[np.ndarray, np.ndarray]


@dataclass(frozen=True)
class Track:
    """One sound; `start` is when the first of its samples is, counted in samples.

    Examples
    --------
    >>> Track("click", np.array([0, 1.0])).words
    'click: 1 at 0.125 ms, else 0'
    """

    title: str
    samples: Array
    start: int = 0

    @property
    def top(self) -> float:
        """The height at the upper end of its scale, which stands still while little changes."""
        return max(1, np.ceil(2 * np.abs(self.samples).max()) / 2)

    @property
    def both(self) -> bool:
        """Whether it also swings below zero."""
        return bool(self.samples.min() < 0)

    def up(self, heights: np.ndarray) -> np.ndarray:
        """Return heights as shares of its band, 0 to 1."""
        share = heights / self.top
        return (1 + share) / 2 if self.both else share

    @property
    def outline(self) -> Stems:
        """Times in milliseconds and heights of the outline that stands for all samples."""
        low, high = envelope(self.samples, int(SEEN * PER_MS))
        loud = (low != 0) | (high != 0)
        kept = loud | np.roll(loud, 1) | np.roll(loud, -1)  # a straight line needs no points between its ends
        kept[[0, -1]] = True
        times, low, high = self.start / PER_MS + SEEN * np.flatnonzero(kept), low[kept], high[kept]
        if self.both:  # along the highest samples and back along the lowest
            return np.hstack([times, times[::-1]]), np.hstack([high, low[::-1]])
        return times.repeat(3), np.stack([low, high, low], axis=1).ravel()  # clicks stand upright

    @property
    def words(self) -> str:
        """What it shows: each sample of a few clicks, the ends and extremes of a longer sound."""
        loud = np.flatnonzero(self.samples).tolist()
        if len(loud) <= FEW:
            said = [f"{number_text(self.samples[i])} at {self._when(i)} ms" for i in loud]
            return f"{self.title}: {', '.join([*said, 'else 0'])}"
        low, high = number_text(self.samples.min()), number_text(self.samples.max())
        return f"{self.title}: {self._when(loud[0])} to {self._when(loud[-1])} ms, from {low} to {high}"

    def _when(self, sample: int) -> str:
        return number_text((self.start + sample) / PER_MS)


def tracks_panel(
    id: str, tracks: Sequence[Track], span: tuple[float, float], now: float, stems: Mapping[int, Stems]
) -> Panel:
    """Show sounds below each other from `span[0]` to `span[1]` milliseconds, with `now` marked in all.

    `stems` are numbers drawn in orange, by the number of their track: times in milliseconds, and heights.

    Examples
    --------
    >>> tracks_panel("sounds", [Track("click", np.ones(1))], (0, 100), 0, {}).alt
    'click: 1 at 0 ms, else 0'
    """
    feet = [BAND * band for band in reversed(range(len(tracks)))]
    times = [t for t in range(-1000, 1001, 200) if span[0] <= t <= span[1]]

    def draw(axes: Axes) -> None:
        axes.set(xlim=span, ylim=(-0.04, BAND * len(tracks) - 0.1), xlabel="time (ms)")
        _bars(axes, times, feet, color=GRID, zorder=0)
        _bars(axes, [now], feet, color=MUTED, linestyle=DASHES[2])
        ticks, outlines, titles = {}, [], Words(axes)
        for track, foot in zip(tracks, feet, strict=True):
            across, heights = track.outline
            outlines.append([[*across, np.nan], [*(foot + track.up(heights)), np.nan]])
            titles.write(span[0], foot + 1.215, track.title, TEXT)
            scale = np.array([-track.top, 0, track.top] if track.both else [0, track.top])
            ticks |= dict(zip((foot + track.up(scale)).tolist(), map(number_text, scale), strict=True))
        # All in one shape, as a shape costs more time than its points.
        shape = Path(np.hstack(outlines).T)
        axes.add_artist(PathPatch(shape, facecolor=LINES[0], edgecolor=LINES[0], linewidth=1.6))
        if stems:
            _stems(axes, *np.hstack([_placed(tracks[n], feet[n], *stem) for n, stem in stems.items()]))
        set_ticks(axes.xaxis, {time: number_text(time) for time in times}, grid=False)
        set_ticks(axes.yaxis, ticks)

    return chart(id, draw, size=SIZE, alt="; ".join(track.words for track in tracks))


def _bars(axes: Axes, times: Sequence[float], feet: Sequence[float], **style) -> None:
    """Draw a line at each time through each band, but not through the titles."""
    across = np.repeat([float(time) for time in times for _ in feet], 3)
    up = np.array([end for _ in times for foot in feet for end in (foot, foot + 1, np.nan)])
    _line(axes, across, up, linewidth=1, **style)


def _line(axes: Axes, across: np.ndarray, up: np.ndarray, **style) -> None:
    """Draw a line; `plot` would also look for the limits of the axes, which are known here."""
    axes.add_artist(Line2D(across, up, label="_", **style))


def _placed(track: Track, foot: float, times: np.ndarray, heights: np.ndarray) -> list[np.ndarray]:
    """Return times, feet and heads of stems in the band of their track."""
    return [times, foot + track.up(0 * heights), foot + track.up(heights)]


def _stems(axes: Axes, times: np.ndarray, feet: np.ndarray, heads: np.ndarray) -> None:
    across = np.repeat(times.astype(float), 3)
    up = np.stack([feet, heads, np.full(len(times), np.nan)], axis=1).ravel()
    _line(axes, across, up, color=ORANGE, linewidth=3)
    dots = {"linestyle": "", "marker": "o", "markersize": 7}
    _line(axes, times, heads, color=ORANGE, markeredgecolor=CASING, **dots)
