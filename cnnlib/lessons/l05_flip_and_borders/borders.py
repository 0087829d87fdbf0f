"""Lesson 05, borders: which pixels are beyond the picture, and how many outputs read one of them?"""

from dataclasses import replace
from typing import Annotated

import numpy as np

from cnnlib.convolution import conv2d
from cnnlib.demo.code import convolution_code
from cnnlib.demo.declare import Choice, Place, Pointed, Slider, Switch, demo
from cnnlib.demo.view import INVENTED, PLAIN, Panel, Point, View, Window, gray, signed
from cnnlib.demo.words import count_text, percent_text, size_text
from cnnlib.pictures import picture
from cnnlib.shapes import pad

SMALL, PHOTO = "4×4, gray", "photo, 96×96"
CUT = np.s_[20:116, 70:166]  # of "camera": head and shoulders
IMAGES = {SMALL: "picture('gray 4x4')", PHOTO: "picture('camera')[20:116, 70:166]"}
MEAN, EDGE = "mean", "left − right"
STARTS = {SMALL: (3, EDGE), PHOTO: (11, MEAN)}  # side and kernel that a picture begins with
LARGEST = {SMALL: 3, PHOTO: 21}  # kernel side
MODES = {"full": lambda side: side - 1, "same": lambda side: side // 2, "valid": lambda side: 0}
FITS = {
    "full": "wherever the kernel still touches the picture",
    "same": "the kernel centred on each pixel",
    "valid": "the kernel inside the picture",
}
RULES = {
    "zero": "Zero padding makes a black frame.",
    "symmetric": "The picture is mirrored, its outermost pixel twice.",
    "reflect": "The picture is mirrored at its outermost pixel.",
    "wrap": "The opposite side of the picture follows.",
    "edge": "The outermost pixel goes on and on.",
}
EMPTY = " A kernel of one pixel has no left and no right: its only weight is 0, and so is every output."
HATCH, DARK, LIGHT = (138, 143, 152, 255), (0, 0, 0, 255), (255, 255, 255, 255)


@demo("Borders", "what lies beyond the picture?", order="preset border mode kernel side")
def explore_borders(
    preset: Annotated[str, Choice(LARGEST, label="picture", argument="picture")] = SMALL,
    border: Annotated[str, Switch(RULES), "As in `cnnlib.pad`"] = "zero",
    mode: Annotated[
        str,
        Switch(MODES),
        "SciPy's names: wherever kernel and picture overlap; as many outputs as pixels; inside only",
    ] = "same",
    *,
    kernel: Annotated[str, Switch((EDGE, MEAN))] = EDGE,
    side: Annotated[
        int,
        Slider(1, lambda preset: LARGEST[preset], 2, label="kernel side"),
        "Rows and columns of the kernel, odd: up to 3 on 4 × 4, up to 21 on the photo",
    ] = 3,
    at: Annotated[Place, Pointed, "The number of the output to begin with"] = (0, 0),
) -> View:
    """Choose the padding beyond the border, and how far the kernel may hang over it.

    The output is the map.

    >>> [explore_borders(mode=mode).output.shape for mode in ("full", "same", "valid")]
    [(6, 6), (4, 4), (2, 2)]
    """
    small, width = preset == SMALL, MODES[mode](side)
    image = picture("gray 4x4") if small else picture("camera")[CUT]
    weights = _weights(kernel, side)
    padded = pad(image, width, border)
    output = conv2d(padded, weights)

    padding = side**2 - conv2d(np.ones(image.shape, bool), np.ones((side, side), bool), padding=width)
    at = at.within(output.shape)
    return View(
        panels=[
            _padded_panel(padded, width, small),
            _output_panel(output, width, len(image) - side + 1, kernel, small, at),
            _counts_panel(padding, side, small),
        ],
        sentence=_sentence(border, mode, padding, at) + ("" if weights.any() else EMPTY),
        windows=[Window("output", "image", weights.shape, start=(LARGEST[preset] - 1 - width,) * 2)],
        output=output,
        code=lambda: convolution_code(IMAGES[preset], weights, padding=width, border=border, side=len(image)),
    )


@explore_borders.when("preset")
def _begin(preset):
    side, kernel = STARTS[preset]
    return {"side": side, "kernel": kernel, "at": (0, 0)}


def _weights(kernel: str, side: int) -> np.ndarray:
    if kernel == MEAN:
        return np.full((side, side), 1 / side**2)
    return np.tile(np.sign((side - 1) / 2 - np.arange(side)).astype(int), (side, 1))


def _padded_panel(padded: np.ndarray, width: int, small: bool) -> Panel:
    """Lay picture and padding on a sheet on which the picture keeps its place."""
    cell, most = (30, LARGEST[SMALL] - 1) if small else (2, LARGEST[PHOTO] - 1)
    side = len(padded) - 2 * width
    sheet = np.full((side + 2 * most,) * 2, np.nan)
    sheet[tuple([slice(most - width, most + side + width)] * 2)] = padded
    marks = np.where(np.isnan(sheet), PLAIN, INVENTED).astype(np.uint8)
    marks[tuple([slice(most, most + side)] * 2)] = PLAIN
    caption = f"picture, {count_text(width, 'padding pixel')} per side" if width else "picture"
    more = {"size": cell * len(sheet), "origin": (-most, -most)}
    if small:
        return gray("image", sheet, caption, marks=marks, **more)
    row, col = np.indices(marks.shape)
    hatched = (marks == INVENTED) & ((row + col) % 5 == 0)
    return _framed(gray("image", sheet, caption, **more), most if width else 0, side, hatched)


def _output_panel(output, start, size, kernel, small, at) -> Panel:
    cell, room = (36, 220) if small else (2, 240)  # signed sums are wide
    more = {"size": cell * len(output), "room": room, "symbol": "→", "point": Point("at"), "cursor": at}
    caption = f"output {size_text(output)}"
    if kernel == MEAN:
        panel = gray("output", output, caption, **more)
    else:
        panel = signed("output", output, caption, legend=False, **more)
    return panel if small else _framed(panel, start, size)


def _counts_panel(padding: np.ndarray, side: int, small: bool) -> Panel:
    cell, room = (30, 188) if small else (1, 124)
    more = {"size": cell * len(padding), "room": room, "high": side**2}
    return gray("padding", padding, f"padding among the\n{count_text(side**2, 'pixel')} of each", **more)


def _framed(panel: Panel, start: int, size: int, hatched: np.ndarray | None = None) -> Panel:
    """Draw a frame around the rows and columns of a photo that padding has no part in."""
    row, col = np.indices(panel.pixels.shape[:2])
    beyond = np.maximum(*(np.maximum(start - i, i - (start + size - 1)) for i in (row, col)))
    pixels = panel.pixels.copy()
    if start:
        pixels[beyond == 1] = LIGHT
        pixels[(beyond == 1) & ((row + col) % 6 < 3)] = DARK
    if hatched is not None:
        pixels[hatched] = HATCH
    return replace(panel, colors=pixels, table="")


def _sentence(border: str, mode: str, padding: np.ndarray, at: Place) -> str:
    touched = int(np.count_nonzero(padding))
    start = f"{size_text(padding)} outputs, {FITS[mode]}"
    if not touched:
        return f"{start}: all of them read true pixels only."
    share = f"{touched:,} of {padding.size:,} ({percent_text(touched / padding.size)})"
    here = f"the one at row {at.row}, column {at.col} reads {padding[at]}"
    return f"{start}: {share} read padding pixels; {here}. {RULES[border]}"
