"""Lesson 10: two networks learn from pictures that lie ever further from the middle."""

from collections.abc import Iterable, Mapping
from functools import partial

import numpy as np

from cnnlib.demo import controls as make
from cnnlib.demo.chart import lines
from cnnlib.demo.old_lab import Lab
from cnnlib.demo.progress import BROKEN, Moment, progress, what_next
from cnnlib.demo.view import Panel, View, mosaic
from cnnlib.demo.words import count_text, percent_text
from cnnlib.lessons.l10_why_convolution.rivals import FARTHEST, RIVALS, STEPS, contest, jittered
from cnnlib.nn.several import Series

JITTERS = range(FARTHEST + 1)
LABELS = {"seed": "seed"}
NOUNS = {"digits": "digit", "faces": "face"}


def explore_jitter(
    data: str = "digits",
    *,
    jitter: int = 2,
    seed: int = 0,
    start: bool = False,
    hide: Iterable[str] = (),
    lock: Iterable[str] = (),
) -> Lab:
    """Train two networks anew on pictures in place and ever further out of place, and compare them.

    Parameters
    ----------
    data : {"digits", "faces"}
        Dense against convolutional on handwritten digits; locally connected against convolutional on drawn
        faces that smile or frown.
    jitter : int
        Which pictures are shown, and which results are told: those that lie up to so many pixels from the
        middle, 0 to 4.
    seed : int
        Of weights and order, 0 to 9.
    start : bool
        Train at once; a cell waits for it by ``await demo.finished()``.
    hide, lock : str or iterable of str
        Controls to hide or to hold.

    Returns
    -------
    Lab
        With `output`, the shares of right answers until now; and `history`, these by jitter and network.

    Raises
    ------
    ValueError
        If a name is unknown, or a setting lies outside its control.

    Examples
    --------
    >>> explore_jitter("faces").run.total
    3000
    """
    if data not in RIVALS:
        raise ValueError(f"explore_jitter: data {data!r} is unknown; use 'digits' or 'faces'")
    settings = {"seed": make.slider(LABELS["seed"], seed, 0, 9)}
    looking = {"jitter": make.slider("jitter (pixels)", jitter, 0, FARTHEST)}
    question = "what if it lies elsewhere?"
    view, begin = partial(_view, data), partial(_begin, data)
    return Lab(
        "Out of place", question, settings, view, begin, looking=looking, start=start, hide=hide, lock=lock
    )


def _begin(data: str, *, seed: int) -> Series:
    keys = [(jitter, name) for jitter in JITTERS for name in RIVALS[data]]
    return Series(lambda key: contest(key[1], jittered(data, key[0]), seed, kind=data), keys, STEPS)


def _view(data: str, *, at: Moment, jitter: int, seed: int) -> View:
    scores = at.run.scores if at.run else {}
    panels = [
        progress(at, STEPS * len(RIVALS[data]) * len(JITTERS)),
        _chart(data, scores, jitter),
        _samples(data, jitter),
    ]
    panels[1].new_row = True
    return View(
        panels,
        _sentence(data, at, scores, jitter, {"seed": seed}),
        output=np.array([*scores.values()]),
    )


def _chart(data: str, scores: Mapping[tuple[int, str], float], jitter: int) -> Panel:
    """Show what is known; a network without a score gets its line outside of the chart, for its name."""
    curves, at = {}, {}
    for name in RIVALS[data]:
        known = [(j, 100 * share) for (j, runner), share in scores.items() if runner == name]
        curves[name] = tuple(np.transpose(known)) if known else ([-1], [-1])
        if (jitter, name) in scores:
            at[name] = jitter, 100 * scores[jitter, name]
    said = ", ".join(f"{name} at jitter {j} {percent_text(share)}" for (j, name), share in scores.items())
    return lines(
        "accuracy",
        (),
        curves,
        xlabel="jitter (pixels)",
        ylabel="right, % of held-out pictures",
        size=(410, 280),
        xlim=(-0.2, FARTHEST + 0.2),
        ylim=(0, 103),
        dots=True,
        at=at,
        alt=f"accuracy by jitter: {said or 'nothing measured yet'}",
    )


def _samples(data: str, jitter: int) -> Panel:
    images = 255 * jittered(data, jitter).train.images[:16, 0]
    caption = f"some of the pictures at jitter {jitter}"
    return mosaic("samples", images, caption, columns=4, kind="gray", size=250)


def _sentence(data: str, at: Moment, scores: Mapping, jitter: int, settings: dict) -> str:
    where = f"up to {count_text(jitter, 'pixel')} from the middle" if jitter else "in the middle"
    text = f"At jitter {jitter}, every {NOUNS[data]} lies {where}. "
    found = {name: scores[jitter, name] for name in RIVALS[data] if (jitter, name) in scores}
    if len(found) == len(RIVALS[data]):
        held = len(jittered(data, jitter).test)
        told = ", ".join(f"{name} {percent_text(share)}" for name, share in found.items())
        text += f"Of {held} held-out ones, so many are right: {told}. "
        text += _verdict(*found.values())
    elif at.state != BROKEN:
        sizes = " and ".join(f"{name} ({_parameters(data, name):,} parameters)" for name in RIVALS[data])
        text += f"At each jitter, {STEPS} steps teach two networks anew: {sizes}. "
        text += f"Seed {settings['seed']} draws their first weights. "
    more = at.why if at.state == BROKEN else ""
    return " ".join(part.strip() for part in (text, more, what_next(at, LABELS, settings)) if part)


def _verdict(first: float, conv: float) -> str:
    gap = round(100 * conv) - round(100 * first)  # of the rounded numbers, as a reader would
    if gap < -3:
        return "The convolution is worse."
    return "There is next to no difference." if gap <= 3 else f"The convolution is {gap} points better."


def _parameters(data: str, name: str) -> int:
    model = RIVALS[data][name](0)
    return sum(array.size for layer in model for array in layer.weights.values())
