"""Lesson 02, the pixel inspector: what lies in memory where the eye sees a picture?"""

from collections.abc import Iterable
from functools import partial

import numpy as np
from numpy.typing import ArrayLike

from cnnlib.demo import controls as make
from cnnlib.demo.code import image_lines, image_text
from cnnlib.demo.controls import Hidden
from cnnlib.demo.frame import Demo
from cnnlib.demo.inputs import picture_of
from cnnlib.demo.view import View, gray
from cnnlib.demo.words import aligned, powers_text
from cnnlib.memory import address, binary, storage
from cnnlib.pictures import picture
from cnnlib.shapes import pair

PHOTOS = ("camera", "shapes", "stairs", "stripes")
OWN = "your array"
LARGEST = 64  # rows and columns of the crop: enlarged more than five times, its pixels are squares to the eye
ROOM = 352  # CSS pixels beside a photo of 256


def explore_pixels(
    image: str | ArrayLike = "camera",
    *,
    at: tuple[int, int] = (60, 128),
    size: int | tuple[int, int] = 8,
    hide: Iterable[str] = (),
    lock: Iterable[str] = (),
) -> Demo:
    """Drag a crop over a gray picture and read what is in it: values, bits, places in memory.

    Parameters
    ----------
    image : str or array, (H, W)
        A picture's name, or bytes: whole numbers from 0 to 255.
    at : tuple of int
        Row and column of the crop's upper left pixel.
    size : int or (rows, cols)
        Of the crop, at most 64; up to 22 rows and columns show their numbers.
    hide, lock : str or iterable of str
        Controls to hide or to hold.

    Returns
    -------
    Demo
        With `output`, the numbers of the crop.

    Raises
    ------
    ValueError
        If the picture is in colour or holds what a byte cannot, or the crop does not fit its controls.

    Examples
    --------
    >>> demo = explore_pixels("stairs", at=(0, 4), size=(1, 8))
    >>> demo.output.tolist()
    [[0, 0, 0, 0, 17, 17, 17, 17]]
    >>> demo.set(col=9)
    >>> demo.text.split(":")[0]
    'The pixel in row 0, column 9 holds 17'
    """
    own = _bytes(picture_of("explore_pixels", image))
    first = image if isinstance(image, str) else OWN
    rows, cols = pair("explore_pixels", "size", size)
    settings = {
        "photo": make.choice("picture", dict.fromkeys([*PHOTOS, first]), first),
        "rows": make.whole_number("rows of the crop", rows, LARGEST, 1),
        "cols": make.whole_number("columns of the crop", cols, LARGEST, 1),
        "top": Hidden(at[0]),
        "left": Hidden(at[1]),
        "row": Hidden(at[0] + rows // 2),
        "col": Hidden(at[1] + cols // 2),
    }
    view = partial(_view, own)
    demo = Demo("Pixel inspector", "what is a pixel made of?", settings, view, hide=hide, lock=lock)

    def follow(cell: str):
        """Let the selected pixel keep its place in a crop that moves."""
        return lambda change: demo.set(**{cell: demo.values[cell] + change.new - change.old})

    demo.when("top", follow("row"))
    demo.when("left", follow("col"))
    return demo


def _bytes(image: np.ndarray) -> np.ndarray:
    if (image != np.clip(np.rint(image), 0, 255)).any():
        raise ValueError(
            "explore_pixels: the image holds numbers that no byte can; give whole numbers from 0 to 255"
        )
    return image.astype(np.uint8)


def _view(own, *, photo, rows, cols, top, left, row, col) -> View:
    image = own if photo == OWN else picture(photo)
    height, width = image.shape
    rows, cols = min(rows, height), min(cols, width)
    top, left = np.clip((top, left), 0, (height - rows, width - cols)).tolist()
    row, col = np.clip((row, col), (top, left), (top + rows - 1, left + cols - 1)).tolist()
    crop = image[top : top + rows, left : left + cols]
    value, at = int(image[row, col]), (row - top, col - left)
    before = address((row, col), image.shape)
    lie = "1 byte lies" if before == 1 else f"{before:,} bytes lie"
    return View(
        [
            gray(
                "image",
                image,
                f"{photo}, {height} × {width}\ndrag the crop, or use the arrow keys",
                point="top left",
                cursor=(top, left),
                span=(rows, cols),
            ),
            gray(
                "crop",
                crop,
                f"the crop, {rows} × {cols}\nits first pixel is image[{top}, {left}]",
                size=ROOM,
                room=ROOM,
                point="row col",
                cursor=at,
                origin=(top, left),
            ),
        ],
        f"The pixel in row {row}, column {col} holds {value}: one byte, in bits {binary(value)}. Memory "
        f"is one long line, row after row; {lie} before it. The "
        f"crop takes {storage(crop.shape).bytes:,} bytes, the whole picture {storage(image.shape).bytes:,}.",
        _sums(row, col, value, image.shape, crop.shape),
        output=crop,
        code=lambda: _code(
            image_text(image, None if photo == OWN else photo),
            (row, col),
            np.s_[top : top + rows, left : left + cols],
        ),
        limits={"rows": min(height, LARGEST), "cols": min(width, LARGEST)},
        remember={"top": top, "left": left, "row": row, "col": col},
    )


def _sums(row: int, col: int, value: int, shape, crop) -> list[tuple[str, str]]:
    """Write value, address and number of bytes with the numbers in place."""
    return aligned(
        [
            [
                ("value    ", ""),
                (str(value), "pixel"),
                (f" = {powers_text(value)} = ", ""),
                (binary(value), "total"),
            ],
            [
                (f"address  row·W + col = {row}·{shape[1]} + {col} = ", ""),
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
