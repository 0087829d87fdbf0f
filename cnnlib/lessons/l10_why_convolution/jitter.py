"""Lesson 10: two networks learn from pictures that lie ever further from the middle."""

from collections.abc import Mapping
from functools import partial
from typing import Annotated

import numpy as np

from cnnlib.demo.chart import lines
from cnnlib.demo.declare import Fixed, Slider
from cnnlib.demo.lab import Moment, lab, progress
from cnnlib.demo.training_code import both, indented, share_texts
from cnnlib.demo.view import Panel, View, mosaic
from cnnlib.demo.words import count_text, percent_text
from cnnlib.lessons.l10_why_convolution.rivals import (
    COPIES,
    FARTHEST,
    RIVALS,
    STEPS,
    UNSHARED,
    contest,
    contest_texts,
    jittered,
)
from cnnlib.nn.several import Series

JITTERS = range(FARTHEST + 1)
NOUNS = {"digits": "digit", "faces": "face"}


def _rivals_of(where: str, data: str) -> str:
    if data not in RIVALS:
        raise ValueError(f"{where}: data {data!r} is unknown; use 'digits' or 'faces'")
    return data


@lab("Out of place", "what if it lies elsewhere?", pace=1.5)
def explore_jitter(
    data: Annotated[
        str, Fixed(_rivals_of), '"digits": dense against convolutional; "faces": locally connected against it'
    ] = "digits",
    *,
    seed: Annotated[int, Slider(0, 9), "Of weights and order"] = 0,
) -> Series:
    """Train two networks anew on pictures in place and ever further out of place, and compare them.

    Dense against convolutional on handwritten digits; locally connected against convolutional on drawn
    faces that smile or frown. The output is the shares of right answers until now; `history` has these by
    jitter and network.

    >>> explore_jitter("faces").run.total
    6000
    """
    keys = [(jitter, name) for jitter in JITTERS for name in RIVALS[data]]
    return Series(lambda key: contest(key[1], jittered(data, key[0]), seed, kind=data), keys, STEPS)


@explore_jitter.seen
def _view(
    at: Moment,
    data: str,
    *,
    jitter: Annotated[
        int, Slider(0, FARTHEST, label="jitter (pixels)"), "Which pictures are shown, which results told"
    ] = 2,
) -> View:
    scores = at.run.scores
    return View(
        panels=[progress(at), _chart(data, scores, jitter), _samples(data, jitter)],
        sentence=_sentence(data, at, scores, jitter),
        output=np.array([*scores.values()]),
        code=None if at.why else partial(_code, data, at.begun["seed"], len(scores)),
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
        ylabel="accuracy (%)",
        size=(410, 280),
        xlim=(-0.2, FARTHEST + 0.2),
        ylim=(0, 103),
        dots=True,
        at=at,
        new_row=True,
        alt=f"accuracy by jitter: {said or 'nothing measured yet'}",
    )


def _samples(data: str, jitter: int) -> Panel:
    images = 255 * jittered(data, jitter).train.images[:16, 0]
    caption = f"some of the pictures at jitter {jitter}"
    return mosaic("samples", images, caption, columns=4, kind="gray", size=250)


def _sentence(data: str, at: Moment, scores: Mapping, jitter: int) -> str:
    where = f"up to {count_text(jitter, 'pixel')} off the centre" if jitter else "in the centre"
    text = f"At jitter {jitter}, every {NOUNS[data]} is {where}. "
    found = {name: scores[jitter, name] for name in RIVALS[data] if (jitter, name) in scores}
    if len(found) == len(RIVALS[data]):
        held = len(jittered(data, jitter).test)
        told = ", ".join(f"{name} {percent_text(share)}" for name, share in found.items())
        text += f"Accuracy on {held} test pictures: {told}. "
        text += _verdict(*found.values())
    elif not at.why:
        sizes = " and ".join(f"{name} ({_parameters(data, name):,} parameters)" for name in RIVALS[data])
        text += f"At each jitter, two new networks train for {STEPS} steps: {sizes}. "
        text += f"Seed {at.settings['seed']} draws their first weights. "
    return " ".join(part.strip() for part in (text, at.why, at.next) if part)


def _verdict(first: float, conv: float) -> str:
    gap = round(100 * conv) - round(100 * first)  # of the rounded numbers, as a reader would
    if gap < -3:
        return "The convolution is worse."
    return "There is next to no difference." if gap <= 3 else f"The convolution is {gap} points better."


def _parameters(data: str, name: str) -> int:
    return sum(array.size for array in RIVALS[data][name](0).weights.values())


def _code(data: str, seed: int, done: int) -> dict[str, str]:
    """Write the trainings that are done; `result` holds their shares of right answers."""
    on_canvas = f"digits(canvas=16, jitter=jitter, copies={COPIES})"
    made = {"digits": on_canvas, "faces": "faces(jitter=jitter)"}[data]
    begin = (
        "result = []\n"
        f"for jitter, name in islice(product(range({FARTHEST + 1}), {(*RIVALS[data],)}), {done}):\n"
        f"    data = {made}\n"
    )
    own, torch = (
        begin + indented(f"{training}result.append({share})")
        for training, share in zip(
            contest_texts(data, "data.train", STEPS, seed), share_texts("data.test"), strict=True
        )
    )
    return both(own, (UNSHARED if data == "faces" else "") + torch)
