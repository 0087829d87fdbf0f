"""Lesson 02, the pixel inspector: what lies in memory where the eye sees a picture?"""

from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike

from cnnlib.demo.code import image_lines, image_text
from cnnlib.demo.declare import Group, Hidden, Number, Place, Pointed, demo
from cnnlib.demo.inputs import picture_of
from cnnlib.demo.view import Point, View, gray
from cnnlib.demo.words import aligned, powers_text
from cnnlib.lessons.l02_pixels_channels_bytes.photos import OWN, photo_list, photo_of
from cnnlib.memory import address, binary, storage
from cnnlib.shapes import pair

PHOTOS = ("camera", "shapes", "stairs", "stripes")
LARGEST = 64  # rows and columns of the crop: enlarged more than five times, its pixels are squares to the eye
ROOM = 384  # CSS pixels beside a photo of 256: 16 numbers of three digits


def _bytes(where: str, image: str | ArrayLike) -> np.ndarray:
    array = picture_of(where, image)
    if (array != np.clip(np.rint(array), 0, 255)).any():
        raise ValueError(
            f"{where}: the image holds numbers that no byte can; give whole numbers from 0 to 255"
        )
    return array.astype(np.uint8)


def _sides(where: str, size, _values: dict) -> dict:
    return dict(zip(("rows", "cols"), pair(where, "size", size), strict=True))


def _most(axis: int):
    """Return a rule for the longest side of a crop."""
    return lambda photo, own: min(photo_of(photo, own).shape[axis], LARGEST)


SIZE = Group(
    {
        "rows": Number(1, _most(0), label="rows of the crop"),
        "cols": Number(1, _most(1), label="columns of the crop"),
    },
    into=lambda rows, cols: (rows, cols),
    spread=_sides,
)


@demo("Pixel inspector", "what is a pixel made of?")
def explore_pixels(
    photo: Annotated[
        str, photo_list(PHOTOS, _bytes), "A picture's name, or bytes (H, W): whole numbers from 0 to 255"
    ] = "camera",
    *,
    at: Annotated[Place, Pointed, "The crop's upper left pixel"] = (60, 128),
    size: Annotated[
        tuple[int, int],
        SIZE,
        f"Rows and columns of the crop, or one for both, at most {LARGEST}; up to 22 show their numbers",
    ] = 8,
    pixel: Annotated[Place | None, Pointed, "The one that is looked at; default: the crop's middle"] = None,
    own: Annotated[np.ndarray | None, Hidden] = None,
) -> View:
    """Drag a crop over a gray picture and read what is in it: values, bits, offsets in memory.

    The output is the numbers of the crop.

    >>> demo = explore_pixels("stairs", at=(0, 4), size=(1, 8))
    >>> demo.output.tolist()
    [[0, 0, 0, 0, 17, 17, 17, 17]]
    >>> demo.set(pixel=(0, 9))
    >>> demo.text.split(":")[0]
    'The pixel in row 0, column 9 holds 17'
    """
    image = photo_of(photo, own)
    (top, left), (rows, cols), (row, col) = _fitting(image.shape, at, size, pixel)
    crop = image[top : top + rows, left : left + cols]
    value = int(image[row, col])
    before = address((row, col), image.shape)

    bytes_ = "1 byte comes" if before == 1 else f"{before:,} bytes come"
    height, width = image.shape
    return View(
        panels=[
            gray(
                "image",
                image,
                f"{photo}, {height} × {width}\ndrag the crop, or use the arrow keys",
                point=Point("at"),
                cursor=(top, left),
                span=(rows, cols),
            ),
            gray(
                "crop",
                crop,
                f"the crop, {rows} × {cols}\nits first pixel is image[{top}, {left}]",
                size=ROOM,
                room=ROOM,
                point=Point("pixel"),
                cursor=(row - top, col - left),
                origin=(top, left),
            ),
        ],
        sentence=f"The pixel in row {row}, column {col} holds {value}: one byte, in bits {binary(value)}. "
        f"Memory is one long line, row after row; {bytes_} before it (its offset). The "
        f"crop takes {storage(crop.shape).bytes:,} bytes, the whole picture {storage(image.shape).bytes:,}.",
        arithmetic=_sums(row, col, value, image.shape, crop.shape),
        output=crop,
        code=lambda: _code(
            image_text(image, None if photo == OWN else photo),
            (row, col),
            np.s_[top : top + rows, left : left + cols],
        ),
    )


@explore_pixels.starts
def _middle(at, size):
    return {"pixel": [first + side // 2 for first, side in zip(at, size, strict=True)]}


@explore_pixels.when("at")
def _follow(photo, own, before, now, size, pixel):
    """Let the selected pixel keep its place in a crop that moves."""
    shape = photo_of(photo, own).shape
    (top, left), _, (row, col) = _fitting(shape, before, size, pixel)
    (down, across), *_ = _fitting(shape, now, size, pixel)
    return {"pixel": (row + down - top, col + across - left)}


def _fitting(shape: tuple, at: Place, size: tuple, pixel: Place) -> list[list[int]]:
    """Return the crop that lies on a picture of this shape, its size, and the pixel that lies in it."""
    size = np.minimum(size, shape)
    at = np.clip(at, 0, shape - size)
    return [at.tolist(), size.tolist(), np.clip(pixel, at, at + size - 1).tolist()]


def _sums(row: int, col: int, value: int, shape, crop) -> list[tuple[str, str]]:
    """Write value, offset and number of bytes with the numbers filled in."""
    return aligned(
        [
            [
                ("value    ", ""),
                (str(value), "pixel"),
                (f" = {powers_text(value)} = ", ""),
                (binary(value), "total"),
            ],
            [
                (f"offset   row·W + col = {row}·{shape[1]} + {col} = ", ""),
                (f"{address((row, col), shape):,}", "total"),
            ],
            [
                (f"crop     {crop[0]}·{crop[1]} = {storage(crop).values} values · 8 bits = ", ""),
                (f"{storage(crop).bytes:,} bytes", "total"),
            ],
        ]
    )


def _code(image: str, at: tuple[int, int], crop: tuple[slice, slice]) -> dict[str, str]:
    rows, cols = (f"{part.start}:{part.stop}" for part in crop)
    row, col = at
    numpy = [
        *image_lines(image),
        f"value = image[{row}, {col}]",
        "bits = np.binary_repr(value, 8)",
        f"before = {row} * image.shape[1] + {col}",
        f"result = image[{rows}, {cols}]",
    ]
    torch = [
        *image_lines(image, "import torch"),
        "image = torch.from_numpy(image)",
        f"before = {row} * image.stride(0) + {col} * image.stride(1)",
        f"result = image[{rows}, {cols}].numpy()",
    ]
    return {"NumPy": "\n".join(numpy), "PyTorch": "\n".join(torch)}
