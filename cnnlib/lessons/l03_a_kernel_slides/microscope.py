"""Lesson 03, what the convolution microscope shows of a single kernel; of filters, see volumes.py."""

from collections.abc import Iterable

import numpy as np

from cnnlib.demo.code import convolution_code, image_text
from cnnlib.demo.numbers import number_text
from cnnlib.demo.parts import kernel_panel, planes
from cnnlib.demo.view import INVENTED, Panel, View, Window, gray, rgb, signed
from cnnlib.demo.words import count_text, products, size_text, span_text
from cnnlib.display import feature_map


def kernel_view(*, name, image, kernel, row, col, reached, whole, **geometry) -> View:
    """Return the microscope's view of a single kernel, at one place of its map.

    Parameters
    ----------
    name : str or None
        The picture's name.
    image : ndarray, (H, W) or (H, W, 3)
    kernel : ndarray, (KH, KW) or (KH, KW, 3)
    row, col : int
        Which number of the map.
    reached : int
        The farthest place so far; later ones stay empty unless `whole`.
    **geometry
        As for `cnnlib.display.feature_map`.

    Examples
    --------
    >>> view = kernel_view(
    ...     name=None, image=np.eye(3), kernel=np.eye(2), row=0, col=0, reached=0, whole=True,
    ...     stride=1, padding=0, dilation=1, flip=False,
    ... )
    >>> view.sentence.split(". ")[-1]
    'Its two ones meet two ones, so the sum is 2.'
    """
    stride, padding, dilation, flip = (geometry[way] for way in ("stride", "padding", "dilation", "flip"))
    padded, output = feature_map(image, kernel, **geometry)
    rows, cols = output.shape
    row, col = min(row, rows - 1), min(col, cols - 1)
    place = row * cols + col
    reached = max(reached, place)
    top, left = row * stride, col * stride
    height, width = kernel.shape[:2]
    window = padded[top:, left:][: dilation * height : dilation, : dilation * width : dilation]
    weights = kernel[::-1, ::-1] if flip else kernel
    total = output[row, col]
    order = np.arange(output.size).reshape(output.shape)
    seen = output if whole else np.where(order <= reached, output, np.nan)
    where = span_text("row", top - padding, height, dilation)
    across = span_text("column", left - padding, width, dilation)
    sentence = (
        f"Row {row}, column {col} of the feature map, place {place + 1} of {output.size}: the kernel lies on "
        f"{where}, {across}. {_meeting(window, weights, total)}"
    )
    return View(
        list(_panels(padded, kernel, output, seen, (row, col), padding, flip)),
        sentence,
        products(window.ravel(), weights.ravel(), total),
        [Window("map", "image", (height, width), (stride, stride), (0, 0), (dilation, dilation))],
        output,
        lambda: convolution_code(image_text(image, name), kernel, **geometry, side=min(image.shape[:2])),
        {"row": rows - 1, "col": cols - 1},
        {"reached": reached},
    )


def _meeting(window: np.ndarray, weights: np.ndarray, total: float) -> str:
    """Say why the sum is what it is, in the simplest words that are true here."""
    if set(np.unique(window)) <= {0, 1} and set(np.unique(weights)) == {0, 1}:
        ones = count_text(int(weights.sum()), "one")
        met = count_text(int((window * weights).sum()), "one")
        return f"Its {ones} meet {met}, so the sum is {number_text(total)}."
    return f"Its {count_text(weights.size, 'product')} add up to {number_text(total)}."


def _panels(padded, kernel, output, seen, at, padding, flip) -> Iterable[Panel]:
    room = 600 // (padded.shape[1] + kernel.shape[1] + output.shape[1]), 600 // padded.shape[0]
    cell = min(44, *room)

    def size(array):
        side = max(array.shape[:2])
        # Too many cells for numbers: coloured squares will do, or a photo.
        return cell * side if cell >= 16 else min(8 * side, 320)

    inner = padded.shape[0] - 2 * padding, padded.shape[1] - 2 * padding
    caption = "picture " + " × ".join(str(n) for n in (*inner, *padded.shape[2:]))
    if padding:
        caption += f" and {count_text(padding, 'invented pixel')} per side"
    more = {"origin": (-padding, -padding)}
    if padding:
        marks = np.full(padded.shape[:2], INVENTED, np.uint8)
        marks[padding:-padding, padding:-padding] = 0
        more["marks"] = marks
    if padded.ndim == 3:
        yield rgb("image", padded, caption, size=size(padded), **more)
    else:
        yield gray("image", padded, caption, size=size(padded), high=_white(padded), edit="image", **more)
    yield _kernel_panel(kernel, size(kernel), flip)
    yield signed(
        "map",
        seen,
        f"feature map {size_text(output)}",
        size=size(output),
        limit=np.abs(output).max(),
        point="row col",
        symbol="=",
        cursor=at,
    )


def _white(array: np.ndarray) -> float:
    """Return the number to be drawn white: small numbers share the whole scale, others are bytes."""
    largest = max(array.max(), 1)
    return largest if largest < 16 else 255


def _kernel_panel(kernel: np.ndarray, size: float, flip: bool) -> Panel:
    caption = f"kernel {size_text(kernel)}" + (", turned by 180° when it is applied" if flip else "")
    if kernel.ndim == 2:
        caption += ": click a cell to change it"
        return kernel_panel("kernel", kernel, caption, size=size, edit="kernel")
    stacked = planes(kernel, axis=0)
    caption += ": red, green, blue"
    return kernel_panel("kernel", stacked, caption, size=18 * len(stacked))
