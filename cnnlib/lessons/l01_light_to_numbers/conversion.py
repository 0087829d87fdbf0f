"""Lesson 01, the whole way: from a photo's light to volts to codes, the matrix of integers."""

from typing import Annotated

import numpy as np

from cnnlib.demo.declare import Place, Pointed, Slider, demo
from cnnlib.demo.numbers import number_text
from cnnlib.demo.view import Point, View, gray
from cnnlib.demo.words import aligned, count_text
from cnnlib.memory import binary
from cnnlib.pictures import EYE, picture
from cnnlib.quantization import quantization_step, quantize
from cnnlib.sensor import expose

FULL_SCALE = 5.0  # volts, of the photosites and of the converter
CROP = 8  # rows and columns; as large as the outline of a single pixel of the photo, which is 8 CSS pixels
SIDE = 256  # of the photo


@demo("Photo to numbers", "where do the integers come from?", order="row col")
def explore_conversion(
    bits: Annotated[int, Slider(1, 8), "Of the converter"] = 8,
    exposure: Annotated[
        float, Slider(1.0, 10.0, 0.5, label="white gives (V)"), "Exposure and gain together"
    ] = 5.0,
    *,
    row: Annotated[
        int,
        Slider(0, SIDE - 1, label="row of the square"),
        'Of the pixel around which the square lies; at first the eye, `picture("eye 8x8")`',
    ] = EYE[0].start + CROP // 2,
    col: Annotated[int, Slider(0, SIDE - 1, label="column of the square")] = EYE[1].start + CROP // 2,
    at: Annotated[Place, Pointed, "In the square, the pixel to be followed"] = (0, 0),
) -> View:
    """Follow a small square of a photo from light to volts to codes: the matrix of integers.

    The output is the codes, shape (8, 8).

    >>> explore_conversion().output[0].tolist()
    [153, 165, 169, 170, 167, 163, 156, 139]
    """
    scene = picture("camera")
    top, left = (min(max(place - CROP // 2, 0), SIDE - CROP) for place in (row, col))
    light = scene[top : top + CROP, left : left + CROP] / 255
    volts = expose(light, exposure=exposure, full_well=FULL_SCALE)
    codes = quantize(volts, bits, FULL_SCALE)

    more = {"point": Point("at"), "cursor": at, "symbol": "→"}
    shares = ["1" if value > 0.995 else f"{value:.2f}"[1:] for value in light.flat]  # .25: a cell has room
    return View(
        panels=[
            gray(
                "photo",
                scene,
                "the photo: point at a pixel",
                cell=0.75,
                point=Point("row", "col"),
                cursor=(row, col),
            ),
            gray("light", light, "light, as a share of white", high=1, labels=shares, cell=26, **more),
            gray(
                "volts",
                volts,
                "volts of the photosites",
                high=FULL_SCALE,
                labels=[f"{value:.2f}" for value in volts.flat],
                cell=31,
                new_row=True,
                **more,
            ),
            gray(
                "codes",
                codes,
                f"codes of {count_text(bits, 'bit')}: the matrix",
                high=2**bits - 1,
                cell=26,
                **more,
            ),
        ],
        sentence=f"The square around row {row}, column {col} begins at row {top}, column {left}. Its "
        f"pixel in row {top + at.row}, column {left + at.col} is {number_text(light[at])} of white. "
        f"It gives {number_text(volts[at])} V and code {codes[at]}. "
        f"The matrix holds {codes.size} integers, {_span(codes)}.",
        arithmetic=_chain(light[at], exposure, volts[at], bits, int(codes[at])),
        output=codes,
        code=lambda: _code(top, left, bits, exposure),
    )


def _span(codes: np.ndarray) -> str:
    low, high = codes.min(), codes.max()
    return f"all of them {low}" if low == high else f"from {low} to {high}"


def _chain(light: float, exposure: float, volts: float, bits: int, code: int) -> list[tuple[str, str]]:
    width = quantization_step(bits, FULL_SCALE)
    shown, share, step, factor = (number_text(value, 4) for value in (volts, light, width, exposure))
    full = ", full" if light * exposure > FULL_SCALE else ""
    read = [("volts  ", ""), (share, "pixel"), (" · ", ""), (f"{factor} V", "weight")]
    read += [(f" = {shown} V{full}", "")]
    turned = [("code   ⌊", ""), (f"{shown} V", "pixel"), (" / ", ""), (f"{step} V", "weight"), ("⌋ = ", "")]
    turned += [(str(code), "total"), (f" = {binary(code, bits)} in binary", "")]
    return aligned([read, turned])


def _code(top: int, left: int, bits: int, exposure: float) -> dict[str, str]:
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
