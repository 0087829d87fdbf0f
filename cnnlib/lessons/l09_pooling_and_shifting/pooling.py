"""Lesson 09, the pooling microscope: which number of the window is kept?"""

from functools import cache
from typing import Annotated

import numpy as np

from cnnlib.demo.code import image_text
from cnnlib.demo.colormaps import largest
from cnnlib.demo.declare import Cells, NamesOf, Place, Pointed, Slider, Switch, demo
from cnnlib.demo.numbers import number_text
from cnnlib.demo.view import INVENTED, LIT, PLAIN, Panel, Point, View, Window, signed
from cnnlib.demo.words import aligned, capital, count_text, size_text, span_text, verb
from cnnlib.geometry import left_over
from cnnlib.lessons.l09_pooling_and_shifting.feature_maps import Crop, answer_map, answer_text, stack_text
from cnnlib.lessons.l09_pooling_and_shifting.pools import DIGITS, POOLS, TABLE, pooled_terms, pooling_code
from cnnlib.shapes import add_border, as_numbers, wide

STEPS = np.array([[1, 1, 2, 4], [5, 6, 7, 8], [3, 2, 1, 0], [1, 2, 3, 4]])
EYE, FACE = Crop(64, 110, 14), Crop(46, 94, 34)  # of "camera"; the kernels leave 12 × 12 and 32 × 32
KERNEL = "Prewitt, columns"
SEVERAL = (KERNEL, "Prewitt, rows", "outline", "line, vertical")
PHOTO, MAPS, OWN = "12×12, of a photo", "four maps of a photo", "my own numbers"
PRESETS = {
    "4×4, up to 15": lambda: TABLE,
    "4×4, up to 8": lambda: STEPS,
    PHOTO: cache(lambda: answer_map(EYE, KERNEL)),
    MAPS: cache(lambda: np.stack([answer_map(FACE, k) for k in SEVERAL])),
}
TEXTS = {PHOTO: answer_text(EYE, KERNEL), MAPS: stack_text(FACE, SEVERAL)}
MOST, LONGEST = 4, 64  # maps, and their sides
ROOM = 328  # CSS pixels for a map; two fit side by side


def _maps(where: str, image) -> np.ndarray:
    maps = wide(as_numbers(where, image))
    many = len(maps) if maps.ndim == 3 else 1
    if maps.ndim not in (2, 3) or 0 in maps.shape or many > MOST or max(maps.shape) > LONGEST:
        raise ValueError(
            f"{where}: maps of shape {maps.shape} cannot be drawn; give (H, W), or (C, H, W) with at "
            f"most {MOST} maps, and no side longer than {LONGEST}"
        )
    if not np.isfinite(maps).all():
        raise ValueError(f"{where}: the map holds NaN or infinity; use np.nan_to_num")
    return maps


def _inside(where: str, padding: int, values: dict) -> dict:
    return {"padding": min(padding, values["window"] // 2)}


@demo("Pooling microscope", "what is kept of each window?", order="preset kind window stride")
def explore_pooling(
    preset: Annotated[str, NamesOf(PRESETS, "image", OWN, np.zeros((6, 6), int), label="map")],
    image: Annotated[
        np.ndarray, Cells(_maps), "A preset's name, or numbers (H, W) or (C, H, W)"
    ] = "4×4, up to 15",
    kind: Annotated[str, Switch(POOLS, label="pool")] = "max",
    *,
    window: Annotated[int, Slider(1, 4)] = 2,
    stride: Annotated[int | None, Slider(1, 4, follows="window"), "Default: the window"] = None,
    padding: Annotated[
        int,
        Slider(0, lambda window: window // 2, shown=False, spread=_inside),
        "At most half the window; minus infinity for max, else zeros",
    ] = 0,
    at: Annotated[Place, Pointed, "The number of the output to begin with"] = (0, 0),
) -> View:
    """Pool a map by hand: point at a number of the output, and see its window and what is kept of it.

    >>> demo = explore_pooling()
    >>> demo.output.tolist()
    [[12, 8], [15, 13]]
    >>> demo.text
    'Row 0, column 0 of the output: the window covers rows 0 to 1, columns 0 to 1. The largest of its \
four numbers is 12. 4 × 4 becomes 2 × 2.'
    """
    output = POOLS[kind](image, window, stride=stride, padding=padding)

    maps, pooled = (array.reshape(-1, *array.shape[-2:]) for array in (image, output))
    row, col = at = at.within(pooled.shape)
    padded = add_border(maps, ((padding,) * 2,) * 2, -np.inf if kind == "max" else 0, float)
    cells = padded[:, row * stride :, col * stride :][:, :window, :window]
    names = SEVERAL if preset == MAPS else [f"map {i}" for i in range(len(maps))] if len(maps) > 1 else [""]
    brief = len(maps) > 1 and window > 2
    lost = left_over(maps.shape[1:], window, stride=stride, padding=padding)
    return View(
        panels=[
            *_before(names, padded, cells, at, stride, padding, kind),
            *_after(names, pooled, maps, kind, at),
        ],
        sentence=_place(at, window, stride, padding)
        + _kept(kind, cells, pooled[:, row, col])
        + _sizes(maps, pooled, window, stride, lost),
        arithmetic=aligned(
            [
                pooled_terms(kind, *each, brief=brief)
                for each in zip(names, cells, pooled[:, row, col], strict=True)
            ]
        ),
        windows=[Window(f"pooled {i}", f"map {i}", (window,) * 2, (stride,) * 2) for i in range(len(maps))],
        output=output,
        code=lambda: pooling_code(_text(preset, image), kind, window, stride, padding, image.ndim),
    )


explore_pooling.when("preset", lambda: {"at": (0, 0)})


def _text(preset: str, image: np.ndarray) -> str:
    return TEXTS.get(preset) or (f"np.array({image.tolist()})" if image.ndim == 3 else image_text(image))


def _before(names, padded, cells, at, stride, padding, kind) -> list[Panel]:
    """Show the maps, the padding hatched; outline the winner of each window, the first of several."""
    height, width = padded.shape[1:]
    alone, cell = len(padded) == 1, _cell(padded.shape)
    marks = np.full(padded.shape, INVENTED, np.uint8)
    marks[:, padding : height - padding, padding : width - padding] = PLAIN
    if kind == "max" and cell >= 16:  # an outline would cover a smaller cell
        for i, window in enumerate(cells):
            down, across = np.unravel_index(np.argmax(window), window.shape)
            marks[i, at.row * stride + down, at.col * stride + across] = LIT
    size = f"map {height - 2 * padding} × {width - 2 * padding}: click a cell\nto change it"
    return [
        signed(
            f"map {i}",
            padded[i],
            size if alone else name,
            cell=cell,
            digits=DIGITS,
            limit=max(largest(padded), 1),
            marks=marks[i],
            origin=(-padding, -padding),
            edit="image" if alone else "",
        )
        for i, name in enumerate(names)
    ]


def _after(names, pooled, maps, kind, at) -> list[Panel]:
    cell, alone, size = _cell(maps.shape), len(names) == 1, size_text(pooled[0])
    return [
        signed(
            f"pooled {i}",
            pooled[i],
            f"{kind}-pooled, {size}" if alone else f"→ {size}",
            cell=cell,
            digits=DIGITS,
            limit=max(largest(pooled), 1) if kind == "sum" else max(largest(maps), 1),
            room=cell * maps.shape[2] + 8,  # with the margins of its canvas
            symbol="→" if alone else "",
            new_row=not alone and i == 0,
            point=Point("at"),
            cursor=at,
            legend=alone,
        )
        for i in range(len(pooled))
    ]


def _cell(shape: tuple[int, ...]) -> int:
    """Choose the size of a cell: one map has half of the width, several a quarter."""
    return max(min(44, (ROOM if shape[0] == 1 else 160) // max(shape[1:])), 1)


def _place(at: Place, window: int, stride: int, padding: int) -> str:
    rows, cols = (
        span_text(n, i * stride - padding, window) for n, i in zip(("row", "column"), at, strict=True)
    )
    return f"Row {at.row}, column {at.col} of the output: the window covers {rows}, {cols}. "


def _kept(kind: str, cells: np.ndarray, values: np.ndarray) -> str:
    """Say what is made of the numbers of a window; of several maps, that each is pooled alone."""
    count = cells[0].size
    if len(cells) > 1:
        many = count_text(len(cells), "map")
        return f"{capital(many)} go in and {many} come out: each is pooled on its own. "
    value, numbers = number_text(values[0], DIGITS), count_text(count, "number")
    if count == 1:
        return f"It holds a single number, {value}, which stays. "
    if kind == "max":
        times = int(np.sum(cells[0] == values[0]))
        twice = "" if times == 1 else f", which occurs {count_text(times, 'time')}"
        return f"The largest of its {numbers} is {value}{twice}. "
    return f"Its {numbers} {'average' if kind == 'average' else 'add up to'} {value}. "


def _sizes(maps, pooled, window: int, stride: int, lost: tuple[int, int]) -> str:
    """Say how large the output is, and how far the windows are apart."""
    text = f"{size_text(maps[0])} becomes {size_text(pooled[0])}."
    apart = abs(window - stride)
    rows = f"{count_text(apart, 'row')} or {count_text(apart, 'column')}"
    if stride < window and max(pooled.shape[1:]) > 1:
        text += f" Neighbouring windows share {rows}."
    if stride > window and max(pooled.shape[1:]) > 1:
        text += f" Between neighbouring windows {rows} {verb(apart, 'are')} never read."
    if any(lost):
        parts = [
            f"the last {noun if n == 1 else count_text(n, noun)}"
            for n, noun in zip(lost, ("row", "column"), strict=True)
            if n
        ]
        text += f" No window reaches {' and '.join(parts)}."
    return text
