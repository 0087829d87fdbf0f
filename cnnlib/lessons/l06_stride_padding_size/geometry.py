"""Lesson 06, the geometry view: how large is the output, and which pixels does it read?"""

from collections.abc import Sequence
from typing import Annotated

import numpy as np

from cnnlib.demo.code import convolution_code, image_text
from cnnlib.demo.declare import Cells, Group, Hidden, Number, Place, Pointed, Slider, Switch, demo
from cnnlib.demo.inputs import named_picture
from cnnlib.demo.numbers import number_text
from cnnlib.demo.view import DIMMED, INVENTED, Panel, Point, View, Window, gray, signed
from cnnlib.demo.words import aligned, capital, count_text, part_text, size_text, span_text, verb
from cnnlib.display import feature_map
from cnnlib.geometry import coverage, left_over
from cnnlib.shapes import Padding, Pair, Sides, by, padding_sides, pair

LARGEST, MOST = 12, 2  # sides of a picture whose numbers can be read, and padding per side
ROOM = 338  # CSS pixels: two panels fit side by side
SIDES = ("top", "bottom", "left", "right")
PIXELS, READS = "pixels", "how often each is read"


def _readable(where: str, image, values: dict) -> dict:
    found = named_picture(where, image, values)
    if max(shape := found["image"].shape) > LARGEST:
        raise ValueError(
            f"{where}: an image of {by(shape)} has too many numbers to read; "
            f"give at most {LARGEST} rows and {LARGEST} columns"
        )
    return found


def _two(name: str, **sliders: Slider) -> Group:
    """Let one number, or two, set two sliders."""

    def spread(where: str, given, _values: dict) -> dict:
        return dict(zip(sliders, pair(where, name, given), strict=True))

    return Group(sliders, into=lambda **numbers: tuple(numbers.values()), spread=spread)


def _padded(where: str, padding, values: dict) -> dict:
    kernel, steps = (values["rows"], values["cols"]), (values["stride"], values["dilation"])
    sides = padding_sides(where, padding, kernel, *((step, step) for step in steps))
    ends = [end for ends in sides for end in ends]
    if max(ends) > MOST:
        raise ValueError(f"{where}: padding {padding!r} has no room here; give at most {MOST} per side")
    return {"padding": ends[0], **dict(zip(SIDES, ends, strict=True))}


SIZE = _two(
    "size",
    height=Slider(1, lambda image: image.shape[0], label="picture height"),
    width=Slider(1, lambda image: image.shape[1], label="picture width"),
)
KERNEL = _two("kernel", rows=Slider(1, 5, label="kernel height"), cols=Slider(1, 5, label="kernel width"))
ENDS = Group(
    {side: Number(0, MOST) for side in SIDES},
    into=lambda top, bottom, left, right: ((top, bottom), (left, right)),
    called=False,
)


@demo("Geometry", "how big is the output?")
def explore_geometry(
    image: Annotated[
        np.ndarray, Cells(spread=_readable), "A picture's name, or numbers (H, W), at most 12 x 12"
    ] = "arrow",
    *,
    size: Annotated[
        Pair | None,
        SIZE,
        "(rows, cols) used at first, from the upper left corner. Default: the first 8 rows of the arrow, all "
        "of another picture",
    ] = None,
    kernel: Annotated[int | Pair, KERNEL, "Its (rows, cols), at most 5; all its weights are 1"] = 3,
    stride: Annotated[int, Slider(1, 4)] = 2,
    dilation: Annotated[int, Slider(1, 3)] = 1,
    padding: Annotated[
        Padding,
        Slider(0, MOST, spread=_padded),
        'Zeros per side, (rows, cols), ((top, bottom), (left, right)), "same" or "valid"',
    ] = 0,
    sides: Annotated[Sides, ENDS],
    show: Annotated[str, Switch((PIXELS, READS)), "What is written into the cells of the picture"] = PIXELS,
    at: Annotated[Place, Pointed, "The number of the output to begin with"] = (1, 1),
    name: Annotated[str | None, Hidden],
) -> View:
    """Change stride, padding, dilation and sizes, and see how large the output gets and what it reads.

    The output is the sums of the windows.

    >>> demo = explore_geometry(size=(6, 6), stride=2)
    >>> demo.output.shape
    (2, 2)
    >>> demo.text.split(". ")[-1]
    'The floor drops one row and one column.'
    """
    height, width = size
    used, weights = image[:height, :width], np.ones(kernel, int)
    steps = {"stride": stride, "padding": sides, "dilation": dilation}
    padded, output = feature_map(used, weights, **steps)
    reads = coverage(padded.shape, kernel, stride=stride, dilation=dilation)
    lost = left_over(size, kernel, **steps)

    at = at.within(output.shape)
    (top, _), (left, _) = sides
    rows = span_text("row", at.row * stride - top, kernel[0], dilation)
    cols = span_text("column", at.col * stride - left, kernel[1], dilation)
    cut = f"[:{height}, :{width}]" if name and used.shape != image.shape else ""
    return View(
        panels=[
            _sheet(image.shape, padded, reads, sides, show),
            signed(
                "output",
                output,
                f"output {size_text(output)}:\nsums of windows",
                size=_cell(image.shape) * max(output.shape),
                symbol="→",
                legend=False,
                room=ROOM + 8,  # with the margins of its canvas
                point=Point("at"),
                cursor=at,
            ),
        ],
        sentence=f"The output is {size_text(output)}. Its row {at.row}, column {at.col} "
        f"reads {rows}, {cols}. " + _reading(reads[top : top + height, left : left + width]) + _floor(lost),
        arithmetic=_formula(size, kernel, sides, stride, dilation, output.shape, lost),
        windows=[
            Window("output", "image", kernel, (stride,) * 2, (MOST - top, MOST - left), (dilation,) * 2)
        ],
        output=output,
        code=lambda: convolution_code(image_text(image if cut else used, name) + cut, weights, **steps),
    )


@explore_geometry.starts
def _begin(name, image):
    height, width = (8, 9) if name == "arrow" else image.shape
    return {"height": height, "width": width}


explore_geometry.when("padding", lambda padding: dict.fromkeys(SIDES, padding))


def _cell(shape: Sequence[int]) -> int:
    """Choose the size of a cell so that the picture fits with its widest padding, so that nothing moves."""
    return ROOM // (max(shape) + 2 * MOST)


def _sheet(whole, padded, reads, sides, show) -> Panel:
    """Lay the picture and its padding on a sheet of squared paper on which it keeps its place."""
    (top, bottom), (left, right) = sides
    inside = np.zeros(padded.shape, bool)
    inside[top : padded.shape[0] - bottom, left : padded.shape[1] - right] = True
    marks = np.where(reads == 0, DIMMED, np.where(inside, 0, INVENTED))
    values = padded if show == PIXELS else np.where(inside, reads, np.nan)
    room = tuple(n + 2 * MOST for n in whole)
    place = np.s_[MOST - top :, MOST - left :]
    sheet, marked = np.full(room, np.nan), np.zeros(room, np.uint8)
    for paper, ink in ((sheet, values), (marked, marks)):
        paper[place][: padded.shape[0], : padded.shape[1]] = ink
    words = f"picture {padded.shape[0] - top - bottom} × {padded.shape[1] - left - right}"
    words += ": times each pixel is read" * (show == READS)
    words += ", padding hatched" * (not inside.all()) + ", never read: shaded" * bool((reads == 0).any())
    more = {"size": _cell(whole) * max(room), "marks": marked, "origin": (-MOST, -MOST), "alt": words}
    if show == READS:
        return signed("image", sheet, words, legend=False, limit=max(reads.max(), 1), **more)
    return gray("image", sheet, words, low=min(padded.min(), 0), high=max(padded.max(), 1), **more)


def _reading(reads: np.ndarray) -> str:
    """Say how often the pixels of the picture are read."""
    unread, least, most = int(np.sum(reads == 0)), reads.min(), reads.max()
    if unread:
        return f"{capital(part_text(unread, reads.size, 'pixel'))} {verb(unread, 'are')} never read. "
    if least == most:
        return f"Every pixel is read {_times(most)}. "
    return f"Every pixel is read, at least {_times(least)} and at most {_times(most)}. "


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(int(count)) or count_text(int(count), "time")


def _floor(lost: tuple[int, int]) -> str:
    """Say what lies beyond the last window."""
    parts = [count_text(n, noun) for n, noun in zip(lost, ("row", "column"), strict=True) if n]
    return f"The floor drops {' and '.join(parts)}." if parts else "No row or column is left over."


def _formula(size, kernel, sides, stride, dilation, places, lost) -> list[tuple[str, str]]:
    """Write the formula, and below it with the numbers in place, for rows and for columns."""
    lines = [[("size     ⌊(n + before + after − d·(k − 1) − 1) / s⌋ + 1", "")]]
    for name, n, k, ends, out, rest in zip(
        ("rows", "columns"), size, kernel, sides, places, lost, strict=True
    ):
        steps = number_text(out - 1 + rest / stride)
        line = [
            (f"{name:<9}⌊({n} + {ends[0]} + {ends[1]} − {dilation}·(", ""),
            (str(k), "weight"),
            (f" − 1) − 1) / {stride}⌋ + 1 = ⌊{steps}⌋ + 1 = ", ""),
            (str(out), "total"),
        ]
        lines.append(line)
    return aligned(lines)
