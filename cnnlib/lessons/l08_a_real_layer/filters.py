"""Lesson 08's filters: a kernel each for red, green and blue."""

import numpy as np

from cnnlib.kernels import KERNELS

ONES = np.ones((3, 3), int)
OUTLINE = KERNELS["outline"].matrix
TOP_BOTTOM = -KERNELS["Prewitt, rows"].matrix
LEFT_RIGHT = -KERNELS["Prewitt, columns"].matrix


def _filter(kernel: np.ndarray, red: int = 1, green: int = 1, blue: int = 1) -> np.ndarray:
    """Lay a multiple of a kernel on each channel: (C, KH, KW)."""
    return np.stack([red * kernel, green * kernel, blue * kernel])


FILTERS = {
    "outline, all channels": _filter(OUTLINE),
    "top − bottom, all channels": _filter(TOP_BOTTOM),
    "left − right, all channels": _filter(LEFT_RIGHT),
    "left − right, red alone": _filter(LEFT_RIGHT, green=0, blue=0),
    "left redder, right bluer": _filter(LEFT_RIGHT, green=0, blue=-1),
}
BANK = {
    "brightness": _filter(ONES),
    "left − right": _filter(LEFT_RIGHT),
    "top − bottom": _filter(TOP_BOTTOM),
    "outline": _filter(OUTLINE),
    "red − green": _filter(ONES, green=-1, blue=0),
    "blue − yellow": _filter(ONES, -1, -1, 2),
    "diagonal line": _filter(KERNELS["line, diagonal up"].matrix),
}
