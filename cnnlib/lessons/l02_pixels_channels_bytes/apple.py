"""Lesson 02, the apple: a picture small enough to be written down, 3 bits for each of its 48 values."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import ArrayLike

from cnnlib.demo import controls as make
from cnnlib.demo.code import image_lines, image_text
from cnnlib.demo.controls import Cells, Hidden
from cnnlib.demo.frame import Demo
from cnnlib.demo.inputs import picture_of
from cnnlib.demo.parts import CHANNELS, channel_panel
from cnnlib.demo.view import Panel, View, Window, rgb
from cnnlib.demo.words import aligned
from cnnlib.display import dominant
from cnnlib.lessons.l02_pixels_channels_bytes.held import hold_codes
from cnnlib.memory import binary, storage

BITS = 3
HIGH = 2**BITS - 1
NAME = "apple 4x4"


def explore_apple(
    image: str | ArrayLike = NAME,
    *,
    at: tuple[int, int] = (1, 1),
    hide: Iterable[str] = (),
    lock: Iterable[str] = (),
) -> Demo:
    """Edit the numbers of a tiny colour picture, channel by channel, and count its bits.

    Parameters
    ----------
    image : str or array, (H, W, 3)
        Whole numbers from 0 to 7, at most 6 rows and columns.
    at : tuple of int
        Row and column of the pixel that is looked at.
    hide, lock : str or iterable of str
        Controls to hide or to hold.

    Returns
    -------
    Demo
        With `output`, the picture, (H, W, 3).

    Raises
    ------
    ValueError
        If the picture is too large, not in colour, or holds a number that 3 bits cannot.

    Examples
    --------
    >>> demo = explore_apple()
    >>> demo.text.split(". ")[1]
    'Red is the largest channel in 11 of 16 pixels, green in 5, blue in 0.'
    >>> demo.blue.value = np.full((4, 4), 9)
    >>> demo.text.split(": ")[0]
    '9 does not fit into 3 bits, which hold whole numbers from 0 to 7'
    """
    array = picture_of("explore_apple", image, colour=True)
    if array.ndim != 3 or max(array.shape) > 6 or not np.isin(array, np.arange(HIGH + 1)).all():
        raise ValueError(
            f"explore_apple: image {array.shape} with values {array.min()} to {array.max()} does not do; "
            f"give at most 6 x 6 pixels of 3 channels, whole numbers from 0 to {HIGH}"
        )
    settings = {
        **{name: Cells(array[..., i].astype(int)) for i, name in enumerate(CHANNELS)},
        "row": make.whole_number("row", at[0], array.shape[0] - 1),
        "col": make.whole_number("column", at[1], array.shape[1] - 1),
        "note": Hidden(""),
    }
    demo = Demo("The apple", "how few bits make a picture?", settings, _view, hide=hide, lock=lock)
    hold_codes(demo, CHANNELS, BITS)
    for place in ("row", "col"):
        demo.when(place, lambda _: demo.set(note=""))
    return demo


def _view(red, green, blue, row: int, col: int, note: str) -> View:
    image = np.stack([red, green, blue], axis=-1)
    pixel = image[row, col]
    values = [f"{name} {value}" for name, value in zip(CHANNELS, pixel, strict=True)]
    return View(
        [*_panels(image, (row, col))],
        f"{note}Row {row}, column {col} is {values[0]}, {values[1]}, {values[2]}: one of {2 ** (3 * BITS)} "
        f"colours that 9 bits tell apart. {_dominant(image)}",
        _sums(image.shape, pixel),
        [Window("image", name, (1, 1)) for name in CHANNELS],
        image,
        lambda: {
            "NumPy": "\n".join(
                [*image_lines(image_text(image, NAME)), "bits = image.size * 3", "result = image"]
            )
        },
    )


def _panels(image: np.ndarray, at: tuple[int, int]) -> Iterable[Panel]:
    caption = f"the picture, {image.shape[0]} × {image.shape[1]}\npoint at a pixel"
    yield rgb("image", image * (255 / HIGH), caption, size=176, point="row col", cursor=at)
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
