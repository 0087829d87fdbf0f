"""Lesson 09, the pooling microscope: which number of the window is kept?"""

from collections.abc import Iterable
from functools import cache, partial

import numpy as np
from numpy.typing import ArrayLike

from cnnlib.demo import controls as make
from cnnlib.demo.code import image_text
from cnnlib.demo.colormaps import largest
from cnnlib.demo.controls import Cells, Hidden
from cnnlib.demo.frame import Demo, as_names
from cnnlib.demo.view import INVENTED, LIT, PLAIN, Panel, View, Window, signed
from cnnlib.demo.words import aligned, size_text
from cnnlib.geometry import left_over
from cnnlib.lessons.l09_pooling_and_shifting.feature_maps import Cut, answer_map, answer_text, stack_text
from cnnlib.lessons.l09_pooling_and_shifting.pooling_code import POOLS, pooling_code
from cnnlib.lessons.l09_pooling_and_shifting.pooling_words import (
    finer,
    kept_text,
    place_text,
    pooled_terms,
    sizes_text,
)
from cnnlib.shapes import add_border, as_numbers

TABLE = np.array([[10, 5, 8, 2], [12, 7, 3, 1], [15, 11, 6, 4], [9, 14, 13, 0]])
STEPS = np.array([[1, 1, 2, 4], [5, 6, 7, 8], [3, 2, 1, 0], [1, 2, 3, 4]])
EYE, FACE = Cut(64, 110, 14), Cut(46, 94, 34)  # of "camera"; the kernels leave 12 × 12 and 32 × 32
KERNEL = "Prewitt, columns"
SEVERAL = (KERNEL, "Prewitt, rows", "outline", "line, vertical")
PHOTO, MAPS, OWN = "12×12, of a photo", "four maps of a photo", "my own numbers"
PRESETS = {
    "4×4, up to 15": (lambda: TABLE, None),
    "4×4, up to 8": (lambda: STEPS, None),
    PHOTO: (cache(lambda: answer_map(EYE, KERNEL)), answer_text(EYE, KERNEL)),
    MAPS: (cache(lambda: np.stack([answer_map(FACE, k) for k in SEVERAL])), stack_text(FACE, SEVERAL)),
}
WIDEST = 4  # window, stride
MOST, LONGEST = 4, 64  # maps, and their sides
ROOM = 328  # CSS pixels for a map; two fit side by side


def explore_pooling(
    image: str | ArrayLike = "4×4, up to 15",
    kind: str = "max",
    *,
    window: int = 2,
    stride: int | None = None,
    padding: int = 0,
    at: tuple[int, int] = (0, 0),
    show: Iterable[str] = (),
    hide: Iterable[str] = (),
    lock: Iterable[str] = (),
) -> Demo:
    """Pool a map by hand: point at a number of the output, and see its window and what is kept of it.

    Parameters
    ----------
    image : str or array, (H, W) or (C, H, W)
        A preset of the demo's list, or numbers; the learner can change each cell of a single map.
    kind : {"max", "average", "sum"}
    window, stride : int
        At most 4; the stride is the window unless given.
    padding : int
        At most half the window; minus infinity for max, else zeros.
    at : tuple of int
        Row and column of the output to begin with.
    show : str or iterable of str
        ``"padding"``: a control that is hidden at first.
    hide, lock : str or iterable of str
        Controls to hide or to hold.

    Returns
    -------
    Demo
        With `output`, the pooled numbers.

    Raises
    ------
    ValueError
        If a name is unknown, or a setting lies outside its control.

    Examples
    --------
    >>> demo = explore_pooling()
    >>> demo.output.tolist()
    [[12, 8], [15, 13]]
    >>> demo.text
    'Row 0, column 0 of the output: the window lies on rows 0 to 1, columns 0 to 1. The largest of its \
four numbers is 12. 4 × 4 becomes 2 × 2.'
    """
    name = image if isinstance(image, str) else OWN
    settings = {
        "preset": make.choice("map", [*PRESETS, OWN], name),
        "kind": make.switch("pool", POOLS, kind),
        "window": make.slider("window", window, 1, WIDEST),
        "stride": make.slider("stride", window if stride is None else stride, 1, WIDEST),
        "padding": make.slider("padding", padding, 0, WIDEST // 2),
        "image": Cells(_maps_of(image)),
        "row": Hidden(at[0]),
        "col": Hidden(at[1]),
    }
    show = as_names(show)
    hide = ({*as_names(hide), "padding"} - show) | (show - set(settings))  # Demo refuses an unknown name
    question = "what is kept of each window?"
    demo = Demo("Pooling microscope", question, settings, _view, hide=hide, lock=lock)
    demo.when("window", lambda change: demo.set(stride=change.new))
    demo.when("preset", lambda change: demo.set(image=_preset(change.new), row=0, col=0))
    demo.when("image", lambda _: demo.set(preset=_name_of(demo.preset.value, demo.image.value)))
    return demo


def _maps_of(image: str | ArrayLike) -> np.ndarray:
    maps = _preset(image) if isinstance(image, str) else as_numbers("explore_pooling", image)
    many = len(maps) if maps.ndim == 3 else 1
    if maps.ndim not in (2, 3) or 0 in maps.shape or many > MOST or max(maps.shape) > LONGEST:
        raise ValueError(
            f"explore_pooling: maps of shape {maps.shape} cannot be drawn; give (H, W), or (C, H, W) with at "
            f"most {MOST} maps, and no side longer than {LONGEST}"
        )
    if not np.isfinite(maps).all():
        raise ValueError("explore_pooling: the map holds NaN or infinity; use np.nan_to_num")
    return maps


def _preset(name: str) -> np.ndarray:
    """Return a preset's numbers; else a sheet of squared paper."""
    return PRESETS[name][0]() if name in PRESETS else np.zeros((6, 6), int)


def _name_of(name: str, image: np.ndarray) -> str:
    """Keep a preset's name while its numbers are as they were."""
    return name if name in PRESETS and np.array_equal(image, _preset(name)) else OWN


def _view(*, preset, kind, window, stride, padding, image, row, col) -> View:
    padding = min(padding, window // 2)
    geometry = {"stride": stride, "padding": padding}
    output = POOLS[kind](image, window, **geometry)
    maps, pooled = (array.reshape(-1, *array.shape[-2:]) for array in (image, output))
    row, col = min(row, pooled.shape[1] - 1), min(col, pooled.shape[2] - 1)
    padded = add_border(maps, ((padding,) * 2,) * 2, -np.inf if kind == "max" else 0, float)
    cells = padded[:, row * stride :, col * stride :][:, :window, :window]
    names = _names(preset, len(maps))
    terms = partial(pooled_terms, kind, brief=len(maps) > 1 and window > 2)
    marks = _marks(padded, cells, (row * stride, col * stride), padding, kind)
    return View(
        [*_before(names, padded, marks, padding), *_after(names, pooled, maps, kind, (row, col))],
        place_text(row, col, window, stride, padding)
        + kept_text(kind, cells, pooled[:, row, col])
        + sizes_text(maps, pooled, window, stride, left_over(maps.shape[1:], window, **geometry)),
        aligned([*map(terms, names, cells, pooled[:, row, col])]),
        [Window(f"pooled {i}", f"map {i}", (window, window), (stride, stride)) for i in range(len(maps))],
        output,
        lambda: pooling_code(_text(preset, image), kind, window, stride, padding, image.ndim),
        {"padding": window // 2},
    )


def _names(preset: str, count: int) -> list[str]:
    if preset == MAPS:
        return list(SEVERAL)
    return [f"map {i}" for i in range(count)] if count > 1 else [""]


def _text(preset: str, image: np.ndarray) -> str:
    text = PRESETS[preset][1] if preset in PRESETS else None
    if text is None and image.ndim == 3:
        return f"np.array({image.tolist()})"
    return text or image_text(image)


def _marks(padded, cells, corner, padding, kind) -> np.ndarray:
    """Hatch the padding, and outline the winner of each window: the first, where several are as large."""
    marks = np.full(padded.shape, INVENTED, np.uint8)
    height, width = padded.shape[1:]
    marks[:, padding : height - padding, padding : width - padding] = PLAIN
    if kind == "max" and _cell(padded.shape) >= 16:  # an outline would cover a smaller cell
        for i, window in enumerate(cells):
            down, across = np.unravel_index(np.argmax(window), window.shape)
            marks[i, corner[0] + down, corner[1] + across] = LIT
    return marks


def _before(names, padded, marks, padding) -> Iterable[Panel]:
    alone = len(padded) == 1
    sides = tuple(n - 2 * padding for n in padded.shape[1:])
    limit = max(largest(padded), 1)
    for i, name in enumerate(names):
        panel = signed(
            f"map {i}",
            np.where(np.isfinite(padded[i]), padded[i], 0),
            f"map {sides[0]} × {sides[1]}: click a cell\nto change it" if alone else name,
            size=_cell(padded.shape) * max(padded.shape[1:]),
            limit=limit,
            marks=marks[i],
            origin=(-padding, -padding),
            edit="image" if alone else "",
        )
        yield finer(panel, padded[i])  # with infinity


def _after(names, pooled, maps, kind, at) -> Iterable[Panel]:
    cell = _cell(maps.shape)
    for i in range(len(pooled)):
        panel = signed(
            f"pooled {i}",
            pooled[i],
            f"{kind} pooled, {size_text(pooled[i])}" if len(names) == 1 else f"→ {size_text(pooled[i])}",
            size=cell * max(pooled.shape[1:]),
            limit=max(largest(pooled), 1) if kind == "sum" else max(largest(maps), 1),
            room=cell * maps.shape[2] + 8,  # with the margins of its canvas
            symbol="→" if len(names) == 1 else "",
            new_row=len(names) > 1 and i == 0,
            point="row col",
            cursor=at,
            legend=len(names) == 1,
        )
        yield finer(panel, pooled[i])


def _cell(shape: tuple[int, ...]) -> int:
    """Choose the size of a cell: one map has half of the width, several a quarter."""
    return max(min(44, (ROOM if shape[0] == 1 else 160) // max(shape[1:])), 1)
