"""Lesson 06, the geometry view: how large is the output, and which pixels does it read?"""

from collections.abc import Iterable, Sequence
from functools import partial

import numpy as np
from numpy.typing import ArrayLike

from cnnlib.demo import controls as make
from cnnlib.demo.code import convolution_code, image_text
from cnnlib.demo.controls import Hidden
from cnnlib.demo.frame import Demo
from cnnlib.demo.inputs import picture_of
from cnnlib.demo.numbers import number_text
from cnnlib.demo.view import DIMMED, INVENTED, Panel, View, Window, gray, signed
from cnnlib.demo.words import aligned, count_text, size_text, span_text
from cnnlib.display import feature_map
from cnnlib.geometry import coverage, left_over
from cnnlib.shapes import Padding, padding_sides, pair

LARGEST, MOST = 12, 2  # sides of a picture whose numbers can be read, and padding per side
ROOM = 338  # CSS pixels: two panels fit side by side
SIDES = ("top", "bottom", "left", "right")
PIXELS, READS = "pixels", "how often each is read"


def explore_geometry(
    image: str | ArrayLike = "arrow",
    *,
    size: tuple[int, int] | None = None,
    kernel: int | tuple[int, int] = 3,
    stride: int = 2,
    padding: Padding = 0,
    dilation: int = 1,
    at: tuple[int, int] = (1, 1),
    show: str = PIXELS,
    hide: Iterable[str] = (),
    lock: Iterable[str] = (),
) -> Demo:
    """Change stride, padding, dilation and sizes, and see how large the output gets and what it reads.

    Parameters
    ----------
    image : str or array, (H, W)
        At most 12 rows and columns.
    size : (rows, cols), optional
        How much of the picture is used at first, from its upper left corner. Default: the first 8 rows of
        the arrow, all of another picture.
    kernel : int or (rows, cols)
        Its size, at most 5; all its weights are 1.
    stride, dilation : int
        At most 4 and 3.
    padding : int, (rows, cols), ((top, bottom), (left, right)), "same" or "valid"
        Zeros per side, at most 2.
    at : tuple of int
        Row and column of the output to begin with.
    show : {"pixels", "how often each is read"}
        What is written into the cells of the picture.
    hide, lock : str or iterable of str
        Controls to hide or to hold.

    Returns
    -------
    Demo
        With `output`, the sums of the windows.

    Raises
    ------
    ValueError
        If the kernel does not fit, or a setting lies outside its control.

    Examples
    --------
    >>> demo = explore_geometry(size=(6, 6), stride=2)
    >>> demo.output.shape
    (2, 2)
    >>> demo.text.split(". ")[-1]
    'The floor drops one row and one column.'
    """
    name = image if isinstance(image, str) else None
    image = picture_of("explore_geometry", image)
    if max(image.shape) > LARGEST:
        raise ValueError(
            f"explore_geometry: image {image.shape} has too many numbers to read; "
            f"give at most {LARGEST} rows and {LARGEST} columns"
        )
    if size is None:
        size = (8, 9) if name == "arrow" else image.shape
    height, width = pair("explore_geometry", "size", size)
    rows, cols = kernel = pair("explore_geometry", "kernel", kernel)
    given = (kernel, (stride, stride), (dilation, dilation))
    sides = [end for ends in padding_sides("explore_geometry", padding, *given) for end in ends]
    if max(sides) > MOST:
        raise ValueError(
            f"explore_geometry: padding {padding!r} has no room here; give at most {MOST} per side"
        )
    settings = {
        "height": make.slider("picture height", height, 1, image.shape[0]),
        "width": make.slider("picture width", width, 1, image.shape[1]),
        "rows": make.slider("kernel height", rows, 1, 5),
        "cols": make.slider("kernel width", cols, 1, 5),
        "stride": make.slider("stride", stride, 1, 4),
        "dilation": make.slider("dilation", dilation, 1, 3),
        "padding": make.slider("padding", sides[0], 0, MOST),
        **{side: make.whole_number(side, end, MOST) for side, end in zip(SIDES, sides, strict=True)},
        "show": make.switch("show", (PIXELS, READS), show),
        "row": Hidden(at[0]),
        "col": Hidden(at[1]),
    }
    view = partial(_view, name, image)
    demo = Demo("Geometry", "how big is the output?", settings, view, hide=hide, lock=lock)
    demo.when("padding", lambda change: demo.set(**dict.fromkeys(SIDES, change.new)))
    return demo


def _view(
    name, image, *, height, width, rows, cols, stride, dilation, top, bottom, left, right, show, row, col, **_
) -> View:
    whole, image = image, image[:height, :width]
    kernel = np.ones((rows, cols), int)
    sides = (top, bottom), (left, right)
    steps = {"stride": stride, "padding": sides, "dilation": dilation}
    padded, output = feature_map(image, kernel, **steps)
    row, col = min(row, output.shape[0] - 1), min(col, output.shape[1] - 1)
    reads = coverage(padded.shape, kernel.shape, stride=stride, dilation=dilation)
    lost = left_over(image.shape, kernel.shape, **steps)
    panels = [
        _sheet(whole.shape, padded, reads, sides, show),
        signed(
            "output",
            output,
            f"output {size_text(output)}:\nsums of windows",
            size=_cell(whole.shape) * max(output.shape),
            symbol="→",
            legend=False,
            room=ROOM + 8,  # with the margins of its canvas
            point="row col",
            cursor=(row, col),
        ),
    ]
    at = (
        span_text("row", row * stride - top, rows, dilation),
        span_text("column", col * stride - left, cols, dilation),
    )
    cut = (
        image_text(image, name)
        if image.shape == whole.shape or not name
        else f"{image_text(whole, name)}[:{height}, :{width}]"
    )
    return View(
        panels,
        f"The output is {size_text(output)}. Its row {row}, column {col} reads {at[0]}, {at[1]}. "
        + _reading(reads[top : top + height, left : left + width])
        + _floor(lost),
        _formula(image.shape, kernel.shape, sides, stride, dilation, output.shape, lost),
        [Window("output", "image", kernel.shape, (stride,) * 2, (MOST - top, MOST - left), (dilation,) * 2)],
        output,
        lambda: convolution_code(cut, kernel, **steps),
    )


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
    words += ", padding hatched" * (not inside.all()) + ", never read: shaded" * bool((reads == 0).any())
    more = {"size": _cell(whole) * max(room), "marks": marked, "origin": (-MOST, -MOST), "alt": words}
    if show == READS:
        return signed("image", sheet, words, legend=False, limit=max(reads.max(), 1), **more)
    return gray("image", sheet, words, low=min(padded.min(), 0), high=max(padded.max(), 1), **more)


def _reading(reads: np.ndarray) -> str:
    """Say how often the pixels of the picture are read."""
    unread, least, most = int(np.sum(reads == 0)), reads.min(), reads.max()
    if unread:
        return f"{unread} of {count_text(reads.size, 'pixel')} {'is' if unread == 1 else 'are'} never read. "
    if least == most:
        return f"Every pixel is read {_times(most)}. "
    return f"Every pixel is read, at least {_times(least)} and at most {_times(most)}. "


def _times(count: int) -> str:
    return "once" if count == 1 else count_text(int(count), "time")


def _floor(lost: tuple[int, int]) -> str:
    """Say what lies beyond the last window."""
    parts = [count_text(n, noun) for n, noun in zip(lost, ("row", "column"), strict=True) if n]
    return f"The floor drops {' and '.join(parts)}." if parts else "The floor has nothing to drop."


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
