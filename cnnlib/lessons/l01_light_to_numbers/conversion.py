"""Lesson 01, the whole way: from a photo's light to volts to codes, the matrix of integers."""

from collections.abc import Iterable

from cnnlib.demo import controls as make
from cnnlib.demo.controls import Hidden
from cnnlib.demo.frame import Demo
from cnnlib.demo.numbers import number_text
from cnnlib.demo.view import View, gray
from cnnlib.demo.words import aligned
from cnnlib.memory import binary
from cnnlib.pictures import EYE, picture
from cnnlib.quantization import quantization_step, quantize
from cnnlib.sensor import expose

FULL_SCALE = 5.0  # volts, of the buckets and of the converter
CROP = 8  # rows and columns; as large as the outline of a single pixel of the photo, which is 8 CSS pixels
SIDE = 256  # of the photo


def explore_conversion(
    bits: int = 8,
    exposure: float = 5.0,
    *,
    row: int = EYE[0].start + CROP // 2,
    col: int = EYE[1].start + CROP // 2,
    hide: Iterable[str] = (),
    lock: Iterable[str] = (),
) -> Demo:
    """Follow a small square of a photo from light to volts to codes: the matrix of integers.

    Parameters
    ----------
    bits : int
        Of the converter, 1 to 8.
    exposure : float
        Volts that white light gives, 1 to 10.
    row, col : int
        The pixel of the photo around which the square lies; at first the eye, `picture("eye 8x8")`.
    hide, lock : str or iterable of str
        Controls to hide or to hold.

    Returns
    -------
    Demo
        With `output`, the codes, shape (8, 8).

    Raises
    ------
    ValueError
        If a setting lies outside its control.

    Examples
    --------
    >>> explore_conversion().output[0].tolist()
    [153, 165, 169, 170, 167, 163, 156, 139]
    """
    settings = {
        "row": make.slider("row of the square", row, 0, SIDE - 1),
        "col": make.slider("column of the square", col, 0, SIDE - 1),
        "bits": make.slider("bits", bits, 1, 8),
        "exposure": make.slider("exposure (V for white)", float(exposure), 1.0, 10.0, 0.5),
        "down": Hidden(0),
        "right": Hidden(0),
    }
    question = "where do the integers come from?"
    return Demo("Photo to numbers", question, settings, _conversion, hide=hide, lock=lock)


def _conversion(*, row, col, bits, exposure, down, right) -> View:
    scene = picture("camera")
    top, left = (min(max(place - CROP // 2, 0), SIDE - CROP) for place in (row, col))
    light = scene[top : top + CROP, left : left + CROP] / 255
    volts = expose(light, exposure=exposure, full_well=FULL_SCALE)
    codes = quantize(volts, bits, FULL_SCALE)
    one = down, right
    more = {"size": 256, "point": "down right", "cursor": one}
    panels = [
        gray("photo", scene, "the photo: point at a place", point="row col", cursor=(row, col)),
        gray("light", light, "light, as a share of white", high=1, symbol="→", **more),
        gray("volts", volts, "volts of the buckets", high=FULL_SCALE, new_row=True, symbol="→", **more),
        gray("codes", codes, f"codes of {bits} bits: the matrix", high=2**bits - 1, symbol="→", **more),
    ]
    for panel, array in zip(panels[1:3], (light, volts), strict=True):
        panel.labels = [f"{value:.2f}" for value in array.flat]
    sentence = (
        f"The pixel in row {top + down}, column {left + right} is {number_text(light[one])} of white. "
        f"It gives {number_text(volts[one])} V and code {codes[one]}. "
        f"The matrix holds {codes.size} integers from {codes.min()} to {codes.max()}."
    )
    return View(
        panels,
        sentence,
        _chain(light[one], exposure, volts[one], bits, int(codes[one])),
        output=codes,
        code=lambda: _conversion_code(top, left, bits, exposure),
    )


def _chain(light: float, exposure: float, volts: float, bits: int, code: int) -> list[tuple[str, str]]:
    width = quantization_step(bits, FULL_SCALE)
    shown, share, step, factor = (number_text(value, 4) for value in (volts, light, width, exposure))
    full = ", full" if light * exposure > FULL_SCALE else ""
    read = [("volts  ", ""), (share, "pixel"), (" · ", ""), (f"{factor} V", "weight")]
    read += [(f" = {shown} V{full}", "")]
    turned = [("code   ⌊", ""), (f"{shown} V", "pixel"), (" / ", ""), (f"{step} V", "weight"), ("⌋ = ", "")]
    turned += [(str(code), "total"), (f" = {binary(code, bits)} in binary", "")]
    return aligned([read, turned])


def _conversion_code(top: int, left: int, bits: int, exposure: float) -> dict[str, str]:
    crop = f'picture("camera")[{top}:{top + CROP}, {left}:{left + CROP}] / 255'
    return {
        "NumPy": f"""\
import numpy as np
from cnnlib.pictures import picture

light = {crop}
volts = np.clip(light * {exposure}, 0, {FULL_SCALE})
steps = np.round(volts / ({FULL_SCALE} / 2**{bits}), 9)
result = np.clip(np.floor(steps), 0, 2**{bits} - 1).astype(int)""",
        "PyTorch": f"""\
import torch
from cnnlib.pictures import picture

light = torch.tensor({crop})
volts = torch.clamp(light * {exposure}, 0, {FULL_SCALE})
steps = torch.round(volts / ({FULL_SCALE} / 2**{bits}), decimals=9)
result = torch.clamp(torch.floor(steps), 0, 2**{bits} - 1).long().numpy()""",
    }
