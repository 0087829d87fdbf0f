"""Lesson 01, from pixels to paper: how fine is a print, and how many bytes does it take?"""

from collections.abc import Iterable
from functools import cache, lru_cache

import numpy as np

from cnnlib.demo import controls as make
from cnnlib.demo.frame import Demo
from cnnlib.demo.numbers import number_text
from cnnlib.demo.view import View, photo
from cnnlib.demo.words import aligned
from cnnlib.display import clipped, luma
from cnnlib.memory import storage
from cnnlib.pictures import picture
from cnnlib.quantization import dequantize, quantize
from cnnlib.sensor import pixels_per_cm, summed_area_table, table_means

ROOM = (240, 300)  # CSS pixels for the largest print, down and across
SQUARE = 192  # CSS pixels for one enlarged centimetre


def explore_print(
    pixels: tuple[int, int] = (120, 180),
    paper: tuple[float, float] = (10.0, 15.0),
    *,
    bits: int = 8,
    colour: bool = True,
    hide: Iterable[str] = (),
    lock: Iterable[str] = (),
) -> Demo:
    """Print a picture on paper: how fine does it get, and how many bytes does it take?

    Parameters
    ----------
    pixels : (height, width)
        Resolution of the picture, 10 to 3000 each way.
    paper : (height, width)
        Size of the print in cm, 5 to 30 each way.
    bits : int
        Of each value, 1 to 8.
    colour : bool
        Three values a pixel, or one.
    hide, lock : str or iterable of str
        Controls to hide or to hold.

    Returns
    -------
    Demo
        With `output`: pixels per cm down and across, and bytes.

    Raises
    ------
    ValueError
        If a setting lies outside its control.

    Examples
    --------
    >>> explore_print((1200, 1800), (10, 15)).output.tolist()
    [120.0, 120.0, 6480000.0]
    """
    settings = {
        "height": make.slider("pixels down", pixels[0], 10, 3000, 10),
        "width": make.slider("pixels across", pixels[1], 10, 3000, 10),
        "down": make.slider("paper height (cm)", float(paper[0]), 5.0, 30.0, 0.5),
        "across": make.slider("paper width (cm)", float(paper[1]), 5.0, 30.0, 0.5),
        "bits": make.slider("bits of a value", bits, 1, 8),
        "colour": make.tick("in colour", colour),
    }
    return Demo("Paper and bytes", "how fine is the print?", settings, _print, hide=hide, lock=lock)


def _print(*, height, width, down, across, bits, colour) -> View:
    size, paper = (height, width), (down, across)
    shape = (*size, 3) if colour else size
    fine, taken = pixels_per_cm(shape, paper), storage(shape, bits)
    dots = min(ROOM[0] / down, ROOM[1] / across)  # CSS pixels for each cm
    spread = [(np.arange(int(side * dots)) + 0.5) / int(side * dots) for side in paper]
    near = [0.5 + ((np.arange(SQUARE) + 0.5) / SQUARE - 0.5) / side for side in paper]
    words = f"the print, {number_text(down)} × {number_text(across)} cm"
    panels = [
        photo("print", _seen(size, bits, colour, spread), words, size=max(ROOM)),
        photo("square", _seen(size, bits, colour, near), "1 cm² from its middle, enlarged", size=SQUARE),
    ]
    return View(
        panels,
        _printed(height, width, fine, taken.bytes),
        _sizes(shape, paper, fine, bits, taken),
        output=np.array([*fine, taken.bytes]),
        code=lambda: {"NumPy": _print_code(shape, paper, bits)},
    )


def _seen(size: tuple[int, int], bits: int, colour: bool, places: list[np.ndarray]) -> np.ndarray:
    """Return the values at some places of the paper, 0 to 1 down and across."""
    grains = _grains(size, bits, colour)
    pixels = [np.floor(place * n) for place, n in zip(places, size, strict=True)]
    rows, cols = (
        ((pixel + 0.5) / n * m).astype(int) for pixel, n, m in zip(pixels, size, grains.shape, strict=False)
    )
    return grains.take(cols, axis=1).take(rows, axis=0)


@lru_cache(8)
def _grains(size: tuple[int, int], bits: int, colour: bool) -> np.ndarray:
    """Return the picture at a resolution; where that is finer than the file, the file as it is."""
    scene, table = _scene(colour)
    size = tuple(min(ends) for ends in zip(size, scene.shape, strict=False))
    grains = scene if size == scene.shape[:2] else clipped(table_means(table, size))
    levels = dequantize(quantize(np.arange(256), bits, 256.0), bits, 256.0).astype(np.uint8)
    return levels.take(grains)


@cache
def _scene(colour: bool) -> tuple[np.ndarray, np.ndarray]:
    """Return the picture and its summed-area table, which makes another resolution cheap."""
    scene = picture("coffee") if colour else clipped(luma(picture("coffee")))
    return scene, summed_area_table(scene)


def _printed(height: int, width: int, fine: tuple[float, float], bytes_: int) -> str:
    start = f"{height} × {width} pixels take {bytes_:,} bytes and print as"
    if np.isclose(*fine):
        return f"{start} {number_text(fine[0])} pixels per cm, {number_text(fine[0] * 2.54)} per inch."
    return (
        f"{start} {number_text(fine[0])} pixels per cm down and {number_text(fine[1])} across: a pixel is no "
        "square on this paper, so the picture is out of shape."
    )


def _sizes(shape, paper, fine, bits, taken) -> list[tuple[str, str]]:
    lines = []
    for name, n, side, result in zip(("down", "across"), shape, paper, fine, strict=False):
        line = [(f"{name:<8}", ""), (str(n), "pixel"), (" / ", ""), (f"{number_text(side)} cm", "weight")]
        lines.append([*line, (" = ", ""), (f"{number_text(result)} pixels per cm", "total")])
    product = f"memory  {' · '.join(map(str, shape))} · {bits} bits = {taken.bits:,} bits = "
    return aligned([*lines, [(product, ""), (f"{taken.bytes:,} bytes", "total")]])


def _print_code(shape: tuple, paper: tuple[float, float], bits: int) -> str:
    return f"""\
import numpy as np

shape, paper, bits = {shape}, {paper}, {bits}
down, across = shape[0] / paper[0], shape[1] / paper[1]
all_bits = np.prod(shape) * bits
result = np.array([down, across, np.ceil(all_bits / 8)])"""
