"""Lesson 13, a convolution reads: the slide of lesson 03 along a line of text, letters as channels."""

from functools import partial
from typing import Annotated

import numpy as np

from cnnlib.activations import relu
from cnnlib.convolution import conv2d
from cnnlib.demo.declare import Entry, Hidden, Tick, demo
from cnnlib.demo.numbers import number_text
from cnnlib.demo.view import Panel, Point, View, Window, gray, signed
from cnnlib.demo.words import count_text, products
from cnnlib.lessons.l13_beyond.one_hot import ALPHABET, one_hot, pattern_filter

CELL = 30  # CSS pixels: large enough for a letter
LONGEST = 24  # letters of the text: as many cells as there is room for
SHORT, LONG = 2, 5  # letters of the pattern
MANY = 8  # places that are listed


@demo("A convolution reads", "does the text contain the pattern, and where?")
def explore_text(
    line: Annotated[
        str,
        Entry("a line of text", wide=True, label="text"),
        "At most 24 letters; what is neither a letter from a to z nor a space has no channel",
    ] = "the king sings in spring",
    pattern: Annotated[
        str, Entry("ing"), '2 to 5 letters or spaces; "." or "?" stands for any letter'
    ] = "ing",
    *,
    differ: Annotated[
        bool, Tick(label="one letter may differ"), "Whether the pattern counts as found even so"
    ] = False,
    place: Annotated[int | None, Hidden] = None,
) -> View:
    """Slide a filter that knows a few letters along a line of text, and see where it finds them.

    The output is the response at each position, (OW,): more than 0 where the pattern is found.

    >>> demo = explore_text("a sung song", "s.ng")
    >>> demo.output.tolist()
    [0, 0, 1, 0, 0, 0, 0, 1]
    """
    _check(line, pattern)
    text, filters = one_hot(line), pattern_filter(pattern)
    needed = int(filters.sum())
    bias = 1 + differ - needed
    sums = conv2d(text, filters)[0, 0]
    answers = relu(sums + bias)

    place = int(answers.argmax()) if place is None else place
    inside = place < len(sums)
    said = _here(line, pattern, int(sums[place]), needed, place) if inside else _beyond(len(sums))
    return View(
        panels=_panels(line, text, filters, sums, answers, bias, place),
        sentence=said + _found(answers, differ),
        arithmetic=_sum(text, filters, place, int(sums[place]), bias) if inside else [],
        windows=_windows(filters) if inside else [],
        output=answers,
        code=partial(_code, line, pattern, bias),
    )


explore_text.when("line pattern", lambda: {"place": None})


def _check(line: str, pattern: str) -> None:
    if not SHORT <= len(pattern) <= LONG:
        letters = count_text(len(pattern), "letter")
        raise ValueError(f"explore_text: the pattern has {letters}; give {SHORT} to {LONG}")
    if not len(pattern) <= len(line) <= LONGEST:
        letters = count_text(len(line), "letter")
        raise ValueError(f"explore_text: the text has {letters}; give {len(pattern)} to {LONGEST}")


def _panels(line, text, filters, sums, answers, bias: int, place: int) -> list[Panel]:
    names = list(dict.fromkeys(ALPHABET[channel] for channel in _taps(filters)[0]))
    channels = [ALPHABET.index(letter) for letter in names]
    listed = ", ".join(map(_shown, names))
    row = partial(signed, legend=False, new_row=True)
    strip = partial(row, size=CELL * len(line))
    ends = partial(strip, limit=filters.sum(), point=Point("", "place"), cursor=(0, place))
    wide = partial(_as_wide, width=len(line))
    return [
        gray("text", np.full((1, len(line)), 255), "the text", size=CELL * len(line), labels=[*_shown(line)]),
        strip(
            "channels",
            text[channels, 0],
            f"one-hot: 1 where {listed} stands ({len(names)} of 27 channels)",
            limit=1,
        ),
        ends("sums", wide(sums), "sums: how many letters fit"),
        ends("answers", wide(answers), f"responses: ReLU of the sum {_plus(bias)}"),
        row(
            "kernel",
            filters[0, channels, 0],
            f"the filter: rows {listed}",
            size=CELL * filters.shape[-1],
            limit=1,
        ),
        signed("largest", answers.max().reshape(1, 1), "max over the text", size=CELL, limit=filters.sum()),
    ]


def _as_wide(values: np.ndarray, width: int) -> np.ndarray:
    """Return one row, empty where the filter would reach over the end: answers stay below their letters."""
    return np.append(values, np.full(width - len(values), np.nan))[None]


def _windows(filters: np.ndarray) -> list[Window]:
    rows, across = len(set(_taps(filters)[0])), filters.shape[-1]
    return [
        Window("sums", "text", (1, across)),
        Window("sums", "channels", (rows, across)),
        Window("answers", "sums", (1, 1)),
    ]


def _taps(filters: np.ndarray) -> tuple[list[int], list[int]]:
    """Return channel and place of each weight that is not 0, in the order of the pattern."""
    places, channels = np.nonzero(filters[0, :, 0].T)
    return channels.tolist(), places.tolist()


def _sum(text: np.ndarray, filters: np.ndarray, place: int, total: int, bias: int) -> list[tuple[str, str]]:
    channels, places = _taps(filters)
    values = text[channels, 0, place + np.array(places)]
    *terms, _, _ = products(values, np.ones(len(channels)), total)
    zeros = filters.size - len(channels)
    sums = f" + {zeros} products with weight 0 = {total}; {total} {_plus(bias)} = {number_text(total + bias)}"
    return [*terms, (f"{sums}; ReLU: ", ""), (str(max(total + bias, 0)), "total")]


def _here(line: str, pattern: str, fitting: int, needed: int, place: int) -> str:
    met = _shown(line[place : place + len(pattern)])
    letters = f"{fitting} of {needed} letters fit" if needed > 1 else f"{fitting} of 1 letter fits"
    return f"At position {place} the filter for “{_shown(pattern)}” lies on “{met}”: {letters}. "


def _beyond(count: int) -> str:
    return f"From position {count} on, the filter would reach over the end of the text: no response there. "


def _found(answers: np.ndarray, differ: bool) -> str:
    if not answers.any():
        return "All responses are 0: the pattern is nowhere in the text."
    *most, last = np.flatnonzero(answers).tolist()
    where = f"positions {', '.join(map(str, most))} and {last}" if most else f"position {last}"
    where = where if len(most) < MANY else f"{len(most) + 1} positions"
    but = ", but for one letter at most," if differ else ","
    return f"The largest response is {answers.max()}: the text has the pattern{but} at {where}."


def _plus(bias: int) -> str:
    return f"+ {bias}" if bias >= 0 else f"− {-bias}"


def _shown(text: str) -> str:
    """Write a text so that its spaces are seen."""
    return text.replace(" ", "␣")


def _code(line: str, pattern: str, bias: int) -> dict[str, str]:
    home = "cnnlib.lessons.l13_beyond.one_hot"
    given = f"\nfrom {home} import one_hot, pattern_filter\n\ntext, pattern = {line!r}, {pattern!r}\n"
    numpy = f"result = relu(conv2d(one_hot(text), pattern_filter(pattern), bias=[{bias}]))[0, 0]"
    torch = f"""\
x = torch.tensor(one_hot(text)[:, 0]).double()[None]
w = torch.tensor(pattern_filter(pattern)[:, :, 0]).double()
result = torch.relu(F.conv1d(x, w, bias=torch.tensor([{bias}]).double()))[0, 0].numpy()"""
    return {
        "NumPy": f"from cnnlib import conv2d, relu{given}{numpy}",
        "PyTorch": f"import torch\nimport torch.nn.functional as F{given}{torch}",
    }
