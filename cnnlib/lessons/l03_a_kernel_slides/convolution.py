"""Lesson 03, the convolution microscope: which pixels make this number?"""

from collections.abc import Iterable
from functools import partial
from typing import Annotated

import numpy as np

from cnnlib.demo.code import convolution_code, image_text
from cnnlib.demo.declare import Cells, Choice, Group, Hidden, Number, Place, Slider, Tick, demo
from cnnlib.demo.inputs import kernel_of, named_picture
from cnnlib.demo.numbers import number_text
from cnnlib.demo.parts import kernel_panel, planes
from cnnlib.demo.view import INVENTED, Panel, Point, View, Window, gray, rgb, signed
from cnnlib.demo.volumes import TWO_BIASES, TWO_FILTERS, check_filters, filters_view
from cnnlib.demo.words import count_text, products, size_text, span_text
from cnnlib.display import feature_map
from cnnlib.kernels import KERNELS
from cnnlib.pictures import picture
from cnnlib.shapes import BORDERS, as_numbers, output_size

X_SHAPE = np.array([[1, 0, 1], [0, 1, 0], [1, 0, 1]])
LEFT_MINUS_RIGHT = np.array([[1, 0, -1]] * 3)
# A 5 x 5 x 3 kernel that responds where the left is redder and the right is bluer.
RED_TO_BLUE = np.stack([np.tile([1, 1, 0, -1, -1], (5, 1)) * side for side in (1, 0, -1)], axis=-1)

PRESETS = {
    "5×5, zeros and ones": ("binary 5x5", X_SHAPE),
    "4×4, gray": ("gray 4x4", LEFT_MINUS_RIGHT),
    "8×8, the eye": ("eye 8x8", KERNELS["Sobel, rows"].matrix),
    "32×32, colour": ("flashlight", RED_TO_BLUE),
}
LABELS = {name: label for label, (name, _) in PRESETS.items()}
LAYER = "digits 5x5x3"  # the picture that brings two filters and their biases along
OWN = "my own numbers"


def _kernel(where: str, kernel) -> np.ndarray:
    return kernel_of(where, kernel, colour=True, filters=True)


def _biases(where: str, bias, values: dict) -> dict:
    kernel, biases = values["kernel"], as_numbers(where, bias)
    if kernel is None and values["name"] == LAYER:
        kernel = TWO_FILTERS
    if kernel is None or kernel.ndim < 4:
        raise ValueError(f"{where}: bias needs filters; give the kernel the shape (F, C, KH, KW)")
    if biases.shape != (len(kernel),):
        raise ValueError(
            f"{where}: bias has shape {biases.shape}; give one for each filter, shape ({len(kernel)},)"
        )
    return {"bias": biases[:, None]}


def _last(axis: int):
    """Return a rule for the last row or column of the map."""

    def last(image, kernel, stride, padding, dilation) -> int:
        taps = kernel.shape[axis + 2 if kernel.ndim == 4 else axis]
        size = image.shape[axis]
        return output_size(size, taps, stride=stride, padding=padding, dilation=dilation) - 1

    return last


AT = Group({"row": Number(0, _last(0)), "col": Number(0, _last(1), label="column")}, into=Place)


@demo(
    "Convolution microscope",
    "which pixels make this number?",
    order="preset to_start back forward play speed filter row col whole stride padding dilation flip border",
)
def explore_convolution(
    image: Annotated[
        np.ndarray,
        Cells(spread=partial(named_picture, colour=True)),
        "A picture's name, or numbers (H, W) or (H, W, C)",
    ] = "binary 5x5",
    kernel: Annotated[
        np.ndarray | None,
        Cells(_kernel),
        "(KH, KW) or (KH, KW, C), or F filters (F, C, KH, KW). Default: the one of the preset that has this "
        "picture, the X of lesson 03, or the two filters of lesson 08",
    ] = None,
    *,
    bias: Annotated[np.ndarray | None, Cells(spread=_biases), "(F,), one for each filter. Default: 0"] = None,
    at: Annotated[Place, AT, "Row and column of the feature map to begin with"] = (0, 0),
    stride: Annotated[int, Slider(1, 4, shown=False)] = 1,
    padding: Annotated[int, Slider(0, 3, shown=False)] = 0,
    dilation: Annotated[int, Slider(1, 3, shown=False)] = 1,
    flip: Annotated[bool, Tick(label="flip the kernel", shown=False)] = False,
    border: Annotated[str, Choice(BORDERS, shown=False)] = "zero",
    whole: Annotated[
        bool, Tick(label="show the whole map"), "From the start, not only the positions reached so far"
    ] = False,
    preset: Annotated[
        str, Choice([*PRESETS, OWN], label="picture", called=False, shown=lambda kernel: kernel.ndim < 4)
    ],
    filter: Annotated[
        int,
        Number(
            0,
            lambda kernel: len(kernel) - 1 if kernel.ndim == 4 else 0,
            called=False,
            shown=lambda kernel: kernel.ndim == 4,
        ),
    ],
    speed: Annotated[int, Slider(1, 20, label="steps a second")] = 3,
    name: Annotated[str | None, Hidden],
    reached: Annotated[int, Hidden] = 0,
) -> View:
    """Slide a kernel over a picture by hand: step, play, or point at any number of the feature map.

    The output is the feature map; of filters, all their maps, (F, OH, OW).

    >>> demo = explore_convolution()
    >>> demo.output.tolist()
    [[4, 3, 4], [2, 4, 3], [2, 3, 4]]
    >>> demo.col.value = 1
    >>> demo.text
    'Row 0, column 1 of the feature map, position 2 of 9: the kernel lies on rows 0 to 2, columns 1 to 3. \
Its five ones meet three ones, so the sum is 3.'
    """
    geometry = {"stride": stride, "padding": padding, "dilation": dilation, "flip": flip, "border": border}
    if kernel.ndim == 4:
        check_filters("explore_convolution", image, kernel)
        at = filter, *at
        return filters_view(name, image, kernel, bias, at=at, reached=reached, whole=whole, **geometry)
    padded, output = feature_map(image, kernel, **geometry)

    at = at.within(output.shape)
    place = int(np.ravel_multi_index(at, output.shape))
    reached = max(reached, place)
    top, left = at.row * stride, at.col * stride
    height, width = kernel.shape[:2]
    window = padded[top:, left:][: dilation * height : dilation, : dilation * width : dilation]
    weights = kernel[::-1, ::-1] if flip else kernel
    total = output[at]
    order = np.arange(output.size).reshape(output.shape)
    seen = output if whole else np.where(order <= reached, output, np.nan)
    rows = span_text("row", top - padding, height, dilation)
    cols = span_text("column", left - padding, width, dilation)
    return View(
        panels=[*_panels(padded, kernel, output, seen, at, padding, flip)],
        sentence=f"Row {at.row}, column {at.col} of the feature map, position {place + 1} of {output.size}: "
        f"the kernel lies on {rows}, {cols}. {_meeting(window, weights, total)}",
        arithmetic=products(_by_channel(window), _by_channel(weights), total),
        windows=[Window("map", "image", (height, width), (stride,) * 2, (0, 0), (dilation,) * 2)],
        output=output,
        code=lambda: convolution_code(image_text(image, name), kernel, **geometry, side=min(image.shape[:2])),
        state={"reached": reached},
    )


@explore_convolution.starts
def _begin(name, kernel):
    """Choose the kernel that belongs to a picture, and a bias for each filter."""
    preset = LABELS.get(name, OWN)
    brought = PRESETS[preset][1] if preset in PRESETS else X_SHAPE
    if name == LAYER and kernel is None:
        return {"preset": preset, "kernel": TWO_FILTERS, "bias": TWO_BIASES[:, None]}
    zeros = kernel is not None and kernel.ndim == 4 and np.zeros((len(kernel), 1), int)
    return {"preset": preset, "kernel": brought} | ({} if zeros is False else {"bias": zeros})


@explore_convolution.when("preset")
def _choose(preset, kernel):
    if preset in PRESETS:
        name, kernel = PRESETS[preset]
        image = picture(name)
    else:  # a sheet of squared paper, and the kernel that was there if it fits
        name, image, kernel = None, np.zeros((6, 6), int), kernel if kernel.ndim == 2 else X_SHAPE
    return {"name": name, "image": image, "kernel": kernel, "row": 0, "col": 0, "reached": 0}


@explore_convolution.when("image kernel")
def _edited(preset, image, kernel):
    name, same = PRESETS.get(preset, (None, None))
    kept = name and np.array_equal(image, picture(name)) and np.array_equal(kernel, same)
    return {} if kept else {"preset": OWN}


# ---- the walk over the positions of the map; of filters, from map to map
@explore_convolution.button("to_start", "to start", "back to the first position", stops=True)
def _to_start(output):
    return _to(0, output) | {"reached": 0}


@explore_convolution.button("back", "◀ step", "step back")
def _back(filter, at, output):
    return _to(_here(filter, at, output) - 1, output)


@explore_convolution.button("forward", "step ▶", "step forward")
def _forward(filter, at, output):
    return _to(_here(filter, at, output) + 1, output)


@explore_convolution.plays("play", "▷ play", speed="speed")
def _play(filter, at, output, starting):
    here = _here(filter, at, output)
    if here < output.size - 1:
        return _to(here + 1, output)
    return _to(0, output) if starting else {}


def _here(filter: int, at: Place, output: np.ndarray) -> int:
    return int(np.ravel_multi_index((filter, *at)[-output.ndim :], output.shape))


def _to(place: int, output: np.ndarray) -> dict:
    index = np.unravel_index(min(max(place, 0), output.size - 1), output.shape)
    return dict(zip(("filter", "row", "col")[-output.ndim :], map(int, index), strict=True))


def _by_channel(array: np.ndarray) -> np.ndarray:
    """Lay numbers out as the kernel is drawn: the whole first channel, then the next."""
    return np.moveaxis(array, -1, 0).ravel() if array.ndim == 3 else array.ravel()


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
        caption += f" and {count_text(padding, 'padding pixel')} per side"
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
        point=Point("row", "col"),
        symbol="=",
        cursor=at,
    )


def _white(array: np.ndarray) -> float:
    """Return the number to be drawn white: small numbers share the whole scale, others are bytes."""
    largest = max(array.max(), 1)
    return largest if largest < 16 else 255


def _kernel_panel(kernel: np.ndarray, size: float, flip: bool) -> Panel:
    caption = f"kernel {size_text(kernel)}" + (
        ", flipped (turned by 180°) when it is applied" if flip else ""
    )
    symbol = "∗" if flip else "⋆"  # convolution, cross-correlation
    if kernel.ndim == 2:
        caption += ": click a cell to change it"
        return kernel_panel("kernel", kernel, caption, size=size, edit="kernel", symbol=symbol)
    stacked = planes(kernel, axis=0)
    caption += ": red, green, blue"
    return kernel_panel("kernel", stacked, caption, size=18 * len(stacked), symbol=symbol)
