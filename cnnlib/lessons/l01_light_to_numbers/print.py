"""Lesson 01, from pixels to paper: how fine is a print, and how many bytes does it take?"""

from functools import cache, lru_cache
from typing import Annotated

import numpy as np

from cnnlib.demo.declare import Group, Slider, Tick, demo
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
PIXELS = Group(
    {
        "height": Slider(10, 3000, 10, label="pixels down"),
        "width": Slider(10, 3000, 10, label="pixels across"),
    },
    into=lambda height, width: (height, width),
)
PAPER = Group(
    {
        "down": Slider(5.0, 30.0, 0.5, label="paper height (cm)"),
        "across": Slider(5.0, 30.0, 0.5, label="paper width (cm)"),
    },
    into=lambda down, across: (down, across),
)


@demo("Paper and bytes", "how fine is the print?")
def explore_print(
    pixels: Annotated[tuple[int, int], PIXELS, "Height and width of the picture, 10 to 3000"] = (120, 180),
    paper: Annotated[tuple[float, float], PAPER, "Height and width of the print in cm, 5 to 30"] = (10, 15),
    *,
    bits: Annotated[int, Slider(1, 8, label="bits of a value")] = 8,
    colour: Annotated[bool, Tick(label="in colour"), "Three values a pixel, or one"] = True,
) -> View:
    """Print a picture on paper: how fine does it get, and how many bytes does it take?

    The output is pixels per cm down and across, and bytes.

    >>> explore_print((1200, 1800), (10, 15)).output.tolist()
    [120.0, 120.0, 6480000.0]
    """
    shape = (*pixels, 3) if colour else pixels
    fine, taken = pixels_per_cm(shape, paper), storage(shape, bits)

    dots = min(room / side for room, side in zip(ROOM, paper, strict=True))  # CSS pixels for each cm
    spread = [(np.arange(int(side * dots)) + 0.5) / int(side * dots) for side in paper]
    near = [0.5 + ((np.arange(SQUARE) + 0.5) / SQUARE - 0.5) / side for side in paper]
    size = " × ".join(map(number_text, paper))
    return View(
        panels=[
            photo("print", _seen(pixels, bits, colour, spread), f"the print, {size} cm", size=max(ROOM)),
            photo(
                "square",
                _seen(pixels, bits, colour, near),
                "1 cm² from its middle, enlarged",
                size=SQUARE,
            ),
        ],
        sentence=_sentence(pixels, fine, taken.bytes),
        arithmetic=_arithmetic(shape, paper, fine, bits, taken),
        output=np.array([*fine, taken.bytes]),
        code=lambda: {"NumPy": _code(shape, paper, bits)},
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


def _sentence(size: tuple[int, int], fine: tuple[float, float], bytes_: int) -> str:
    start = f"{size[0]} × {size[1]} pixels take {bytes_:,} bytes and print at"
    if np.isclose(*fine):
        return f"{start} {_pixels(fine[0])} per cm, {number_text(fine[0] * 2.54)} per inch."
    return (
        f"{start} {_pixels(fine[0])} per cm down and {number_text(fine[1])} across: its pixels "
        "are not square on this paper, so the picture is distorted."
    )


def _pixels(count: float) -> str:
    return f"{number_text(count)} pixel{'' if count == 1 else 's'}"


def _arithmetic(shape, paper, fine, bits, taken) -> list[tuple[str, str]]:
    lines = []
    for name, n, side, result in zip(("down", "across"), shape, paper, fine, strict=False):
        line = [(f"{name:<8}", ""), (str(n), "pixel"), (" / ", ""), (f"{number_text(side)} cm", "weight")]
        lines.append([*line, (" = ", ""), (f"{_pixels(result)} per cm", "total")])
    product = f"memory  {' · '.join(map(str, shape))} · {bits} bit{'s' * (bits > 1)} = {taken.bits:,} bits = "
    return aligned([*lines, [(product, ""), (f"{taken.bytes:,} bytes", "total")]])


def _code(shape: tuple, paper: tuple[float, float], bits: int) -> str:
    return f"""\
import numpy as np

shape, paper, bits = {shape}, {paper}, {bits}
down, across = shape[0] / paper[0], shape[1] / paper[1]
all_bits = np.prod(shape) * bits
result = np.array([down, across, np.ceil(all_bits / 8)])"""
