"""Lesson 12, certainty while one draws: the ten classes over the ink on the canvas."""

from collections.abc import Iterable
from functools import cache, lru_cache, partial

import numpy as np
from matplotlib.axes import Axes

from cnnlib.demo import controls as make
from cnnlib.demo.axes import LINES, MUTED, TEXT, Words, set_ticks
from cnnlib.demo.chart import chart
from cnnlib.demo.controls import Cells, Hidden
from cnnlib.demo.frame import Demo
from cnnlib.demo.painter import ORANGE
from cnnlib.demo.view import Panel, View
from cnnlib.explore.lenet_digit import canvas_and_picture, certain_text, certainty_bars
from cnnlib.explore.network import SIDE, canvas_ink, canvas_text, softened
from cnnlib.explore.network_units import Answers
from cnnlib.explore.network_words import code, seen_text
from cnnlib.explore.words import count_text
from cnnlib.nn.drawn import centre_digit
from cnnlib.pen import DIGIT_PATHS, pen_frames

OWN = "my own"
BLANK = canvas_text(np.zeros((SIDE, SIDE)))
TALL = 17  # rows of a digit on the canvas
PACE = 10  # steps a second
LATELY = 6  # digits that are listed
APART = 14  # CSS pixels between two names in the chart
CHART = (714, 190)  # CSS pixels
GAP = np.full((1, 2), np.nan)


def explore_certainty(digit: str | None = "8", *, hide: Iterable[str] = (), lock: Iterable[str] = ()) -> Demo:
    """Watch how certain LeNet is of each digit while one is drawn, by a pen that is played or by the learner.

    Parameters
    ----------
    digit : str or None
        Whose pen path is drawn, one of `cnnlib.pen.DIGIT_PATHS`: ``"0"`` to ``"9"``, ``"1 with a flag"``,
        ``"4 that is open"`` or ``"7 with a bar"``; None for an empty canvas.
    hide, lock : str or iterable of str
        Controls to hide or to hold.

    Returns
    -------
    Demo
        With `output`, the ten probabilities of the canvas as it is. The learner's own strokes are appended to
        what was drawn up to then; erasing goes back to less ink.

    Raises
    ------
    ValueError
        If the digit is unknown.

    Examples
    --------
    >>> demo = explore_certainty("7")
    >>> demo.step.value = 0
    >>> demo.text.split(": ")[0]
    'Nothing is drawn'
    """
    chosen = make.choice("digit", [*DIGIT_PATHS, OWN], OWN if digit is None else str(digit))
    history = _path(chosen.value)
    settings = {
        "digit": chosen,
        "step": make.slider("pen step", len(history) - 1, 0, max(len(history) - 1, 1)),
        "play": make.button("▷ draw", "draw step by step, or pause"),
        "clear": make.button("clear", "empty the canvas"),
        "drawing": Cells(canvas_ink(history[-1])),
        "history": Hidden(history),
        "pace": Hidden(PACE),
    }
    settings["play"].layout.min_width = "6em"  # pause is shorter, and what follows would jump
    question = "how certain is LeNet of half a digit?"
    demo = Demo("Certainty while one draws", question, settings, _view, hide=hide, lock=lock)
    _wire(demo)
    return demo


def _wire(demo: Demo) -> None:
    def last() -> int:
        return len(demo.history.value) - 1

    def begin(history: tuple[str, ...], **more) -> None:
        demo.step.max = max(len(history) - 1, 1)
        demo.set(drawing=canvas_ink(history[-1]), history=history, step=len(history) - 1, **more)

    def drawn(change) -> None:
        text = canvas_text(softened(change.old, change.new))
        before = demo.history.value[: demo.step.value + 1]
        begin((*(one for one in before if _moment(one)[0] < _moment(text)[0]), text), digit=OWN)

    def moved(change) -> None:
        if change.new > last():  # one step long although there is none: a slider needs two ends
            demo.set(step=last())
        demo.set(drawing=canvas_ink(demo.history.value[demo.step.value]))

    def steps():
        if demo.step.value >= last():
            yield {"step": 0}
        while demo.step.value < last():
            yield {"step": demo.step.value + 1}

    demo.drive(steps, play="play", speed="pace")
    demo.when("digit", lambda change: begin(_path(change.new)))
    demo.when("drawing", drawn)
    demo.when("step", moved)
    demo.clear.on_click(lambda _: demo.set(drawing=np.zeros((SIDE, SIDE))))


@cache
def _path(digit: str) -> tuple[str, ...]:
    """Return the canvas, as text, after every bit of a digit's pen path; the learner's own begins blank."""
    if digit == OWN:
        return (BLANK,)
    strokes = [np.array(stroke) * TALL for stroke in DIGIT_PATHS[digit]]
    points = np.concatenate(strokes)
    corner = (SIDE - points.min(axis=0) - points.max(axis=0)) / 2
    frames = pen_frames([stroke + corner for stroke in strokes], SIDE)
    return tuple(dict.fromkeys(canvas_text(frame) for frame in [*frames[:-1:2], frames[-1]]))


@lru_cache(4096)
def _moment(text: str) -> tuple[float, np.ndarray]:
    """Return how much ink is on a canvas, in cells, and the ten probabilities."""
    ink = canvas_ink(text)
    shares = Answers(ink).out("softmax")
    shares.setflags(write=False)
    return round(float(ink.sum()), 2), shares


def _view(*, step: int, history: tuple[str, ...], drawing: np.ndarray, **_) -> View:
    step = min(step, len(history) - 1)
    inks, shares = map(np.array, zip(*map(_moment, history), strict=True))
    now = shares[step]
    panels = [
        *canvas_and_picture(drawing, _picture(history[step])),
        certainty_bars("softmax", now),
        _chart(inks[: step + 1], shares[: step + 1], max(inks[-1], 40)),
    ]
    panels[1].symbol = "→"
    return View(
        panels,
        _sentence(inks[: step + 1], shares[: step + 1]),
        output=now.copy(),
        code=partial(code, history[step]),
        limits={"step": max(len(history) - 1, 1)},
    )


@lru_cache(64)
def _picture(text: str) -> np.ndarray:
    return centre_digit(canvas_ink(text))


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
