"""Lesson 08, many filters on one photo: each makes a map of its own, and a place gets an answer from each."""

from collections.abc import Iterable
from functools import lru_cache, partial

import numpy as np

from cnnlib.activations import relu
from cnnlib.convolution import conv2d
from cnnlib.demo import controls as make
from cnnlib.demo.code import convolution_code
from cnnlib.demo.controls import Hidden
from cnnlib.demo.frame import Demo
from cnnlib.demo.numbers import number_text
from cnnlib.demo.view import Panel, View, rgb, signed
from cnnlib.demo.words import count_text
from cnnlib.kernels import KERNELS
from cnnlib.lessons.l08_a_real_layer.one_filter import LEFT_RIGHT, NOTHING, OUTLINE, TOP_BOTTOM
from cnnlib.pictures import picture

SIDE = 166  # pixels of the photo, one CSS pixel each: four panels fit side by side
CORNERS = {"coffee": (40, 60), "chelsea": (20, 40)}  # where the photo is cut out
ONES = np.ones((3, 3), int)

# name: the filter's three kernels, for red, green and blue
BANK = {
    "brightness": np.stack([ONES] * 3),
    "left − right": np.stack([LEFT_RIGHT] * 3),
    "top − bottom": np.stack([TOP_BOTTOM] * 3),
    "outline": np.stack([OUTLINE] * 3),
    "red − green": np.stack([ONES, -ONES, NOTHING]),
    "blue − yellow": np.stack([-ONES, -ONES, 2 * ONES]),
    "diagonal line": np.stack([KERNELS["line, diagonal up"].matrix] * 3),
}


def explore_filter_bank(
    photo: str = "coffee",
    filters: int = 4,
    *,
    relu: bool = False,
    at: tuple[int, int] = (60, 60),
    hide: Iterable[str] = (),
    lock: Iterable[str] = (),
) -> Demo:
    """Let several filters look at one colour photo; point at a place to read what each answers there.

    Parameters
    ----------
    photo : {"coffee", "chelsea"}
    filters : int
        How many of `cnnlib.lessons.l08_a_real_layer.filter_bank.BANK`, 1 to 7, in their order.
    relu : bool
        Whether negative answers become 0.
    at : tuple of int
        Row and column of the maps to begin with.
    hide, lock : str or iterable of str
        Controls to hide or to hold.

    Returns
    -------
    Demo
        With `output`, the maps, (K, OH, OW).

    Raises
    ------
    ValueError
        If the photo is unknown, or the number of filters lies outside its slider.

    Examples
    --------
    >>> explore_filter_bank(filters=7).output.shape
    (7, 164, 164)
    """
    settings = {
        "photo": make.choice("photo", CORNERS, photo),
        "filters": make.slider("filters", filters, 1, len(BANK)),
        "relu": make.tick("after ReLU", relu),
        "row": Hidden(at[0]),
        "col": Hidden(at[1]),
    }
    return Demo("Many filters", "what does each filter see?", settings, _view, hide=hide, lock=lock)


def _view(*, photo: str, filters: int, relu: bool, row: int, col: int) -> View:
    maps = _maps(photo, relu)[:filters]
    row, col = min(row, maps.shape[1] - 1), min(col, maps.shape[2] - 1)
    held = {"point": "row col", "cursor": (row, col), "span": (3, 3), "alt": "the photo"}
    panels = [rgb("photo", _photo(photo), f"{photo},\n{SIDE} × {SIDE} × 3", size=SIDE, **held)]
    for name, answers in zip(BANK, maps, strict=False):
        panels.append(_map_panel(photo, name, answers, (row, col)))
    shape = " × ".join(map(str, maps.shape))
    texts = [number_text(value) for value in maps[:, row, col]]
    said = f"answers {texts[0]}" if filters == 1 else f"answer {', '.join(texts[:-1])} and {texts[-1]}"
    return View(
        panels,
        f"{count_text(filters, 'filter').capitalize()}, {count_text(filters, 'map')}: {SIDE} × {SIDE} × 3 "
        f"numbers become {shape}. At row {row}, column {col} {'it' if filters == 1 else 'they'} {said}"
        f"{', after ReLU' if relu else ''}.",
        output=maps,
        code=partial(_code, photo, filters, relu),
    )


def _map_panel(photo: str, name: str, answers: np.ndarray, at: tuple[int, int]) -> Panel:
    caption = f"{name}: {number_text(answers[at])}"
    limit = _limits(photo)[[*BANK].index(name)]
    more = {"point": "row col", "cursor": at, "alt": f"the map of {name}"}  # the sentence tells the numbers
    return signed(name, answers, caption, size=SIDE, limit=limit, **more)


def _photo(name: str) -> np.ndarray:
    top, left = CORNERS[name]
    return picture(name)[top : top + SIDE, left : left + SIDE]


@lru_cache(maxsize=4)
def _maps(photo: str, bent: bool) -> np.ndarray:
    maps = conv2d(np.moveaxis(_photo(photo), -1, 0), np.stack([*BANK.values()]))
    maps = relu(maps) if bent else maps
    maps.setflags(write=False)
    return maps


@lru_cache(maxsize=2)
def _limits(photo: str) -> np.ndarray:
    """Return for each map what is drawn darkest: all but a hundredth of the answers is weaker."""
    return np.percentile(np.abs(_maps(photo, False)), 99, axis=(1, 2)).round(-1)


def _code(photo: str, filters: int, bent: bool) -> dict[str, str]:
    top, left = CORNERS[photo]
    image = f"picture({photo!r})[{top}:{top + SIDE}, {left}:{left + SIDE}]"
    more = "\nresult = np.maximum(result, 0)" if bent else ""
    return convolution_code(image, np.stack([*BANK.values()][:filters]), more=more)
