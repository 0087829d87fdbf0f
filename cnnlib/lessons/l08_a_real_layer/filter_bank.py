"""Lesson 08, many filters on one photo: each makes a feature map of its own."""

from collections.abc import Iterable
from functools import lru_cache, partial
from typing import Annotated

import numpy as np

from cnnlib import activations
from cnnlib.convolution import conv2d
from cnnlib.demo.code import convolution_code
from cnnlib.demo.declare import Choice, Place, Pointed, Slider, Tick, demo
from cnnlib.demo.numbers import number_text
from cnnlib.demo.view import Panel, Point, View, rgb, signed
from cnnlib.demo.words import capital, count_text, size_text, verb
from cnnlib.lessons.l08_a_real_layer.filters import BANK
from cnnlib.pictures import picture

SIDE = 166  # pixels of the photo, one CSS pixel each: four panels fit side by side
CORNERS = {"coffee": (40, 60), "chelsea": (20, 40)}  # where the photo is cut out


@demo("Many filters", "what does each filter see?")
def explore_filter_bank(
    photo: Annotated[str, Choice(CORNERS)] = "coffee",
    filters: Annotated[int, Slider(1, len(BANK)), f"How many of {', '.join(BANK)}"] = 4,
    *,
    relu: Annotated[bool, Tick(label="after ReLU"), "Whether negative responses become 0"] = False,
    at: Annotated[Place, Pointed, "The number of the maps to begin with"] = (60, 60),
) -> View:
    """Let several filters look at one colour photo; point at a position to read the response of each.

    The output is the maps, (K, OH, OW).

    >>> explore_filter_bank(filters=7).output.shape
    (7, 164, 164)
    """
    maps = _maps(photo)[:filters]
    maps = activations.relu(maps) if relu else maps

    at = at.within(maps.shape)
    texts = [number_text(value) for value in maps[:, at.row, at.col]]
    read = f"its response is {texts[0]}"
    if filters > 1:
        read = f"their responses are {', '.join(texts[:-1])} and {texts[-1]}"
    return View(
        panels=[*_panels(photo, maps, at)],
        sentence=f"{capital(count_text(filters, 'filter'))} {verb(filters, 'make')} "
        f"{count_text(filters, 'feature map')}: 3 channels of {SIDE} × {SIDE} become {filters} of "
        f"{size_text(maps[0])}. At row {at.row}, column {at.col} {read}{' after ReLU' if relu else ''}.",
        output=maps,
        code=partial(_code, photo, filters, relu),
    )


def _panels(photo: str, maps: np.ndarray, at: Place) -> Iterable[Panel]:
    link = {"size": SIDE, "point": Point("at"), "cursor": at}
    yield rgb("photo", _photo(photo), f"{photo},\n{SIDE} × {SIDE} × 3", span=(3, 3), alt="the photo", **link)
    for name, answers, limit in zip(BANK, maps, _limits(photo), strict=False):
        caption, alt = f"{name}: {number_text(answers[at])}", f"the map of {name}"  # the sentence says it all
        yield signed(name, answers, caption, limit=limit, alt=alt, **link)


def _photo(name: str) -> np.ndarray:
    top, left = CORNERS[name]
    return picture(name)[top : top + SIDE, left : left + SIDE]


@lru_cache(maxsize=2)
def _maps(photo: str) -> np.ndarray:
    maps = conv2d(np.moveaxis(_photo(photo), -1, 0), np.stack([*BANK.values()]))
    maps.setflags(write=False)
    return maps


@lru_cache(maxsize=2)
def _limits(photo: str) -> np.ndarray:
    """Return for each map what is drawn darkest: 99 % of the responses are weaker."""
    return np.percentile(np.abs(_maps(photo)), 99, axis=(1, 2)).round(-1)


def _code(photo: str, filters: int, relu: bool) -> dict[str, str]:
    top, left = CORNERS[photo]
    image = f"picture({photo!r})[{top}:{top + SIDE}, {left}:{left + SIDE}]"
    more = "\nresult = np.maximum(result, 0)" if relu else ""
    return convolution_code(image, np.stack([*BANK.values()][:filters]), more=more)
