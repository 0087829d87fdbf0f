"""The pictures of the course by name: photographs from data/, drawn scenes and tiny arrays of numbers.

`PICTURES` lists them, `picture` gives one.
"""

import difflib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from cnnlib.drawing import house, shapes_image, stairs, stripes
from cnnlib.images import load_image

EYE = np.s_[68:76, 114:122]  # of "camera": the small square of numbers that lessons 01 and 02 look at


class Picture(NamedTuple):
    """One entry of `PICTURES`."""

    shape: tuple[int, ...]
    dtype: str
    about: str
    make: Callable[[], np.ndarray]


class Pictures(dict[str, Picture]):
    """Names and descriptions of pictures; prints as a table."""

    def __repr__(self) -> str:
        head = ("name", "shape", "values", "what it shows")
        rows = [head, *((name, " x ".join(map(str, p.shape)), p.dtype, p.about) for name, p in self.items())]
        widths = [max(len(row[column]) for row in rows) for column in range(3)]
        return "\n".join("  ".join([*map(str.ljust, row, widths), row[3]]) for row in rows)


def picture(name: str) -> np.ndarray:
    """Return a picture of the course as a fresh array, free to be written into.

    Parameters
    ----------
    name : str
        One of `PICTURES`, which prints as a table of names, shapes and what they show.

    Returns
    -------
    ndarray
        ``(H, W)`` or ``(H, W, 3)``; uint8 for pictures, int64 for the tiny arrays to calculate with.

    Raises
    ------
    ValueError
        When there is no picture of this name; the nearest name is suggested.

    Examples
    --------
    >>> picture("ramp 4x4")
    array([[10, 20, 30, 40],
           [10, 20, 30, 40],
           [10, 20, 30, 40],
           [10, 20, 30, 40]])
    """
    if not isinstance(name, str) or name not in PICTURES:
        near = difflib.get_close_matches(str(name).lower(), PICTURES, n=1, cutoff=0.5)
        advice = f"did you mean {near[0]!r}?" if near else f"choose from {', '.join(PICTURES)}"
        raise ValueError(f"picture: there is no picture {name!r}; {advice}")
    return PICTURES[name].make()


def data_file(name: str) -> Path:
    """Return the path of a file that the course ships in data/.

    In a checkout that folder lies beside the package, in an installed package within it.

    Raises
    ------
    ValueError
        When there is no such file.

    Examples
    --------
    >>> data_file("camera.png").name
    'camera.png'
    """
    package = Path(__file__).parent
    for folder in (package / "data", package.parent / "data"):
        if (folder / name).is_file():
            return folder / name
    raise ValueError(
        f"data_file: there is no data file {name!r}; install cnnlib again, it ships with its data"
    )


def _photograph(name: str, shape: tuple[int, ...], about: str) -> Picture:
    mode = "rgb" if len(shape) == 3 else "gray"
    read = cache(lambda: load_image(data_file(f"{name}.png"), mode=mode))
    return Picture(shape, "uint8", about, lambda: read().copy())


def _numbers(about: str, *rows: str) -> Picture:
    values = np.array([row.split() for row in rows], dtype=np.int64)
    return Picture(values.shape, "int64", about, values.copy)


def _colours(about: str, paints: dict[str, tuple[int, int, int]], *rows: str) -> Picture:
    values = np.array([[paints[word] for word in row.split()] for row in rows], dtype=np.int64)
    return Picture(values.shape, "int64", about, values.copy)


def _digits(about: str, *rows: str) -> Picture:
    """Read pixels written as three digits, one for each channel."""
    return _colours(about, {word: tuple(map(int, word)) for word in " ".join(rows).split()}, *rows)


PICTURES = Pictures(
    {
        "camera": _photograph("camera", (256, 256), "photograph: a man with a camera on a lawn"),
        "chelsea": _photograph("chelsea", (256, 256, 3), "photograph: Chelsea the cat, fur and whiskers"),
        "coffee": _photograph("coffee", (256, 384, 3), "photograph, wider than high: a red cup on a table"),
        "animal": _photograph("animal", (64, 88), "drawing: a snail in chalk beside a blank white wall"),
        "snail": Picture(
            (64, 64), "uint8", "the snail of animal, without its wall", lambda: picture("animal")[:, 24:]
        ),
        "shapes": Picture(
            (128, 128), "uint8", "circle, square, triangle and line: edges all ways", shapes_image
        ),
        "stairs": Picture((128, 128), "uint8", "16 steps of 17 from black to white", stairs),
        "stripes": Picture(
            (128, 128), "uint8", "stripes four ways: vertical, horizontal, falling, rising", stripes
        ),
        "flashlight": Picture(
            (32, 32, 3), "uint8", "a small house in the evening sun, 784 places of 5 x 5", house
        ),
        "eye 8x8": Picture(
            (8, 8),
            "uint8",
            "the photographer's eye, cut out of camera",
            lambda: picture("camera")[EYE].copy(),
        ),
        "arrow": _numbers(
            "a bent arrow of ones: shifted, turned or mirrored, it shows",
            "0 0 0 0 0 0 0 0 0",
            "0 0 0 0 0 1 0 0 0",
            "0 0 0 0 0 1 1 0 0",
            "0 0 1 1 1 1 1 1 0",
            "0 0 1 0 0 1 1 0 0",
            "0 0 1 0 0 1 0 0 0",
            "0 0 1 0 0 0 0 0 0",
            "0 0 1 0 0 0 0 0 0",
            "0 0 0 0 0 0 0 0 0",
        ),
        "apple 4x4": _colours(
            "a red apple on green, 3 bits a channel: 0 to 7",
            {"g": (1, 5, 1), "r": (6, 1, 1), "h": (7, 4, 4), "s": (3, 2, 0)},
            "g g s g",
            "r h r r",
            "r r r r",
            "g r r g",
        ),
        "colours 3x3": _colours(
            "nine plain colours, for one filter of 3 x 3 x 3",
            {
                **{"red": (255, 0, 0), "green": (0, 255, 0), "blue": (0, 0, 255)},
                **{"olive": (128, 128, 0), "purple": (128, 0, 128), "teal": (0, 128, 128)},
                **{"white": (255, 255, 255), "black": (0, 0, 0), "gray": (128, 128, 128)},
            },
            "red green blue",
            "olive purple teal",
            "white black gray",
        ),
        "digits 5x5x3": _digits(
            "0 to 2 in three channels, for sums by hand over all of them",
            "222 122 201 101 121",
            "022 011 201 210 222",
            "212 212 101 102 120",
            "100 111 121 122 100",
            "011 122 110 022 011",
        ),
        "binary 5x5": _numbers(
            "zeros and ones, for the first sums by hand",
            "1 1 1 0 0",
            "0 1 1 1 0",
            "0 0 1 1 1",
            "0 0 1 1 0",
            "0 1 1 0 0",
        ),
        "curve 7x7": _numbers(
            "a line that rises, then bends to the right",
            "0 0 0 0 0 0 30",
            "0 0 0 0 50 50 50",
            "0 0 0 20 50 0 0",
            "0 0 0 50 50 0 0",
            "0 0 0 50 50 0 0",
            "0 0 0 50 50 0 0",
            "0 0 0 50 50 0 0",
        ),
        "gray 4x4": _numbers(
            "each row grows by 25 from column to column",
            "50 75 100 125",
            "150 175 200 225",
            "100 125 150 175",
            "25 50 75 100",
        ),
        "ramp 4x4": _numbers("dark to bright, by 10 from column to column", *["10 20 30 40"] * 4),
    }
)
