"""Lesson 12, certainty while one draws: the ten classes over the ink on the canvas."""

from collections.abc import Iterable
from functools import cache, lru_cache, partial
from typing import Annotated

import numpy as np
from matplotlib.axes import Axes

from cnnlib.activations import softmax
from cnnlib.demo.axes import LINES, MUTED, TEXT, Words, set_ticks
from cnnlib.demo.chart import chart
from cnnlib.demo.declare import Cells, Choice, Hidden, Slider, demo
from cnnlib.demo.painter import ORANGE
from cnnlib.demo.view import Panel, View
from cnnlib.demo.words import certain_text, count_text
from cnnlib.lessons.l12_inside_a_trained_network.canvas import (
    BLANK,
    SIDE,
    canvas_and_picture,
    canvas_code,
    canvas_ink,
    canvas_text,
    seen_text,
    softened,
)
from cnnlib.lessons.l12_inside_a_trained_network.lenet_digit import (
    certainty_bars,
    network,
)
from cnnlib.lessons.l12_inside_a_trained_network.pen import DIGIT_PATHS, pen_frames
from cnnlib.nn.drawn import centre_digit

OWN = "my own"
TALL = 17  # rows of a digit on the canvas
PACE = 10  # steps a second
LATELY = 6  # digits that are listed
APART = 14  # CSS pixels between two names in the chart
CHART = (714, 190)  # CSS pixels
GAP = np.full((1, 2), np.nan)


def _last_step(history: tuple[str, ...]) -> int:
    return max(len(history) - 1, 1)


@demo("Certainty while one draws", "how certain is LeNet of half a digit?", order="digit step play clear")
def explore_certainty(
    digit: Annotated[
        str | None,
        Choice([*DIGIT_PATHS, OWN], check=lambda _, digit: str(digit)),
        "Whose pen path is drawn; None for an empty canvas",
    ] = "8",
    *,
    step: Annotated[int | None, Slider(0, _last_step, label="pen step", called=False)] = None,
    drawing: Annotated[np.ndarray | None, Cells(called=False)] = None,
    history: Annotated[tuple[str, ...] | None, Hidden] = None,
) -> View:
    """Watch how certain LeNet is of each digit while one is drawn, by a pen that is played or by the learner.

    The output is the ten probabilities of the canvas as it is. The learner's own strokes are appended to what
    was drawn up to then; erasing goes back to less ink.

    >>> demo = explore_certainty("7")
    >>> demo.step.value = 0
    >>> demo.text.split(": ")[0]
    'Nothing is drawn'
    """
    *_, now = so_far = history[: step + 1]
    inks, shares = map(np.array, zip(*map(_moment, so_far), strict=True))
    return View(
        panels=[
            *canvas_and_picture(drawing, _picture(now)),
            certainty_bars("softmax", shares[-1]),
            _chart(inks, shares, max(_moment(history[-1])[0], 40)),
        ],
        sentence=_sentence(inks, shares),
        output=shares[-1].copy(),
        code=partial(canvas_code, now),
    )


explore_certainty.starts(lambda: {"digit": OWN})
explore_certainty.when("digit", lambda digit: _shown(_path(digit)))


@explore_certainty.when("drawing")
def _(before, now, history, step):
    """Append what the learner draws to what was drawn up to here; less ink is an earlier step."""
    text = canvas_text(softened(before, now))
    ink, _ = _moment(text)
    return _shown((*(one for one in history[: step + 1] if _moment(one)[0] < ink), text)) | {"digit": OWN}


@explore_certainty.when("step")
def _(step, history):
    step = min(step, len(history) - 1)  # one step long although there is none: a slider needs two ends
    return {"step": step, "drawing": canvas_ink(history[step])}


@explore_certainty.plays("play", "▷ draw", "draw step by step, or pause", speed=PACE)
def _(step, history, starting):
    if step < len(history) - 1:
        return {"step": step + 1}
    return {"step": 0} if starting else {}


explore_certainty.button("clear", "clear", "empty the canvas")(lambda: {"drawing": BLANK})


def _shown(history: tuple[str, ...]) -> dict:
    return {"history": history, "step": len(history) - 1, "drawing": canvas_ink(history[-1])}


@cache
def _path(digit: str) -> tuple[str, ...]:
    """Return the canvas, as text, after every bit of a digit's pen path; the learner's own begins blank."""
    if digit == OWN:
        return (canvas_text(BLANK),)
    strokes = [np.array(stroke) * TALL for stroke in DIGIT_PATHS[digit]]
    points = np.concatenate(strokes)
    corner = (SIDE - points.min(axis=0) - points.max(axis=0)) / 2
    frames = pen_frames([stroke + corner for stroke in strokes], SIDE)
    return tuple(dict.fromkeys(canvas_text(frame) for frame in [*frames[:-1:2], frames[-1]]))


@lru_cache(64)
def _picture(text: str) -> np.ndarray:
    return centre_digit(canvas_ink(text))


@lru_cache(4096)
def _moment(text: str) -> tuple[float, np.ndarray]:
    """Return how much ink is on a canvas, in cells, and the ten probabilities."""
    shares = softmax(network()(_picture(text)[None, None]))[0]
    shares.setflags(write=False)
    return round(float(canvas_ink(text).sum()), 2), shares


def _leads(shares: np.ndarray) -> list[tuple[int, int, int]]:
    """Return who leads from which step to which: (digit, first, last).

    Examples
    --------
    >>> _leads(np.array([[0.6, 0.4], [0.2, 0.8], [0.1, 0.9]]))
    [(0, 0, 0), (1, 1, 2)]
    """
    first = shares.argmax(axis=1)
    starts = np.flatnonzero(np.diff(first, prepend=-1)).tolist()
    ends = [*(start - 1 for start in starts[1:]), len(first) - 1]
    return [(int(first[start]), start, end) for start, end in zip(starts, ends, strict=True)]


def _sentence(inks: np.ndarray, shares: np.ndarray) -> str:
    start = seen_text(inks[-1] > 0, shares[-1])
    if len(shares) == 1:
        return start
    seen = [str(digit) for digit, *_ in _leads(shares)]
    if len(seen) == 1:
        return f"{start} It has seen nothing else so far. {_jump_text(inks, shares)}"
    often = {2: "once", 3: "twice"}.get(len(seen), count_text(len(seen) - 1, "time"))
    lately = "lately" if len(seen) > LATELY else f"from {seen[0]} to"
    *early, last = seen[1:][-LATELY:]
    listed = f"{', '.join(early)} and {last}" if early else last
    return f"{start} It has changed its mind {often}: {lately} {listed}. {_jump_text(inks, shares)}"


def _jump_text(inks: np.ndarray, shares: np.ndarray) -> str:
    """Tell the largest change of a certainty from one step to the next."""
    changes = np.abs(np.diff(shares, axis=0))
    step, digit = (int(i) for i in np.unravel_index(changes.argmax(), changes.shape))
    before, after = (certain_text(shares[i, digit]) for i in (step, step + 1))
    return f"Its largest jump: {digit} from {before} to {after}, with {inks[step + 1]:.0f} cells of ink."


def _chart(inks: np.ndarray, shares: np.ndarray, most: float) -> Panel:
    """Draw ten curves, each thick and named where it leads."""
    percent, leads = 100 * shares, _leads(shares)
    parts = [(digit, inks[start : end + 1], percent[start : end + 1, digit]) for digit, start, end in leads]

    def draw(axes: Axes) -> None:
        axes.set(
            xlim=(0, 1.02 * most), ylim=(0, 116), xlabel="ink on the canvas (cells)", ylabel="certainty (%)"
        )
        set_ticks(axes.yaxis, {n: str(n) for n in (0, 25, 50, 75, 100)})
        axes.plot(*_joined((inks, curve) for curve in percent.T), "-", color=MUTED, linewidth=1)
        # A point alone makes no line, and Matplotlib's clipping would join it to what comes after the gap.
        if wide := [part[1:] for part in parts if len(part[1]) > 1]:
            axes.plot(*_joined(wide), "-", color=LINES[0], linewidth=3)
        axes.plot(inks[-1:], percent[-1:, leads[-1][0]], "o", color=ORANGE, markersize=8)
        names = Words(axes)
        for digit, x, y in _named(parts, APART * most / CHART[0]):
            names.write(x, y + 9, str(digit), TEXT, "center")

    said = "; ".join(
        f"{digit} from {x[0]:.0f} cells on, up to {certain_text(y.max() / 100)}" for digit, x, y in parts
    )
    caption = "ten curves, one a digit; thick and named where it leads"
    return chart("certainty", draw, caption, size=CHART, alt=f"leading over the ink: {said}", new_row=True)


def _joined(curves: Iterable[tuple[np.ndarray, np.ndarray]]) -> np.ndarray:
    """Return many curves as one with gaps, which is drawn much faster."""
    return np.concatenate([point for curve in curves for point in (np.stack(curve, axis=1), GAP)]).T


def _named(parts: list[tuple], apart: float) -> Iterable[tuple[int, float, float]]:
    """Return digit and place of the names for which there is room: over the middle of a curve's height."""
    before = -np.inf
    for digit, x, y in parts:
        highest = np.flatnonzero(y > y.max() - 10)
        middle = (x[highest[0]] + x[highest[-1]]) / 2
        if middle - before >= apart:
            before = middle
            yield digit, middle, y.max()
