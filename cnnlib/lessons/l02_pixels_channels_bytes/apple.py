"""Lesson 02, the apple: a picture small enough to be written down, 3 bits for each of its 48 values."""

from collections.abc import Iterable
from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike

from cnnlib.demo.code import image_lines, image_text
from cnnlib.demo.declare import Cells, Group, Hidden, Number, Place, demo
from cnnlib.demo.inputs import picture_of
from cnnlib.demo.parts import CHANNELS, channel_panel
from cnnlib.demo.view import Panel, Point, View, Window, rgb
from cnnlib.demo.words import aligned
from cnnlib.display import dominant
from cnnlib.lessons.l02_pixels_channels_bytes.held import held
from cnnlib.memory import binary, storage

BITS = 3
HIGH = 2**BITS - 1
NAME = "apple 4x4"


def _channels(where: str, image: str | ArrayLike, _values: dict) -> dict:
    array = picture_of(where, image, colour=True)
    if array.ndim != 3 or max(array.shape) > 6 or not np.isin(array, np.arange(HIGH + 1)).all():
        raise ValueError(
            f"{where}: image {array.shape} with values {array.min()} to {array.max()} does not do; "
            f"give at most 6 x 6 pixels of 3 channels, whole numbers from 0 to {HIGH}"
        )
    return {name: array[..., i].astype(int) for i, name in enumerate(CHANNELS)}


def _stacked(red: np.ndarray, green: np.ndarray, blue: np.ndarray) -> np.ndarray:
    return np.stack([red, green, blue], axis=-1)


IMAGE = Group({name: Cells() for name in CHANNELS}, into=_stacked, spread=_channels)
AT = Group(
    {
        "row": Number(0, lambda image: image.shape[0] - 1),
        "col": Number(0, lambda image: image.shape[1] - 1, label="column"),
    },
    into=Place,
)


@demo("The apple", "how few bits make a picture?")
def explore_apple(
    image: Annotated[
        np.ndarray, IMAGE, f"A picture's name, or (H, W, 3) of 0 to {HIGH}, at most 6 rows and columns"
    ] = NAME,
    *,
    at: Annotated[Place, AT, "Row and column of the pixel that is looked at"] = (1, 1),
    note: Annotated[str, Hidden] = "",
) -> View:
    """Edit the numbers of a tiny colour picture, channel by channel, and count its bits.

    The output is the picture, (H, W, 3).

    >>> demo = explore_apple()
    >>> demo.text.split(". ")[1]
    'Red is the largest channel in 11 of 16 pixels, green in 5, blue in 0.'
    >>> demo.blue.value = np.full((4, 4), 9)
    >>> demo.text.split(": ")[0]
    '9 does not fit into 3 bits, which hold whole numbers from 0 to 7'
    """
    pixel = image[at]
    values = [f"{name} {value}" for name, value in zip(CHANNELS, pixel, strict=True)]
    return View(
        panels=[*_panels(image, at)],
        sentence=f"{note}Row {at.row}, column {at.col} is {values[0]}, {values[1]}, {values[2]}: one of "
        f"{2 ** (3 * BITS)} colours that 9 bits tell apart. {_dominant(image)}",
        arithmetic=_sums(image.shape, pixel),
        windows=[Window("image", name, (1, 1)) for name in CHANNELS],
        output=image,
        code=lambda: _code(image),
    )


@explore_apple.when("image")
def _hold(now, moved):
    kept, note = held(now, BITS)
    return {moved: kept, "note": note}


explore_apple.when("at", lambda: {"note": ""})


def _panels(image: np.ndarray, at: Place) -> Iterable[Panel]:
    caption = f"the picture, {image.shape[0]} × {image.shape[1]}\npoint at a pixel"
    yield rgb("image", image * (255 / HIGH), caption, size=176, point=Point("row", "col"), cursor=at)
    for i, name in enumerate(CHANNELS):
        yield channel_panel(
            name,
            image[..., i],
            i,
            f"{name}, 0 to {HIGH}: click\na cell to change it",
            high=HIGH,
            size=144,
            edit=name,
        )


def _dominant(image: np.ndarray) -> str:
    """Say in how many pixels each channel is the largest."""
    largest = dominant(image)
    red, green, blue = (int((largest == i).sum()) for i in range(3))
    return f"Red is the largest channel in {red} of {largest.size} pixels, green in {green}, blue in {blue}."


def _sums(shape: tuple[int, ...], pixel: np.ndarray) -> list[tuple[str, str]]:
    held = storage(shape, BITS)
    rows, cols, channels = shape
    codes = "  ".join(binary(pixel, BITS))
    return aligned(
        [
            [("pixel    ", ""), (", ".join(map(str, pixel)), "pixel"), (" = ", ""), (codes, "total")],
            [
                (f"picture  {rows}·{cols}·{channels} = {held.values} values · {BITS} bits = ", ""),
                (f"{held.bits} bits = {held.bytes} bytes", "total"),
            ],
        ]
    )


def _code(image: np.ndarray) -> dict[str, str]:
    lines = [*image_lines(image_text(image, NAME)), "bits = image.size * 3", "result = image"]
    return {"NumPy": "\n".join(lines)}
