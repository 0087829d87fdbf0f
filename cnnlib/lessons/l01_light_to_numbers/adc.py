"""Lesson 01, the ADC lab: which code does a voltage get, and what is lost?"""

from collections.abc import Iterable
from functools import lru_cache, partial

import numpy as np

from cnnlib.demo import controls as make
from cnnlib.demo.frame import Demo
from cnnlib.demo.numbers import number_text, signed_text
from cnnlib.demo.parts import PHOTOGRAPHER
from cnnlib.demo.view import Panel, View, gray
from cnnlib.demo.words import aligned, count_text
from cnnlib.lessons.l01_light_to_numbers.adc_views import (
    bit_column,
    level_table,
    palette,
    ramp,
    staircase,
    tinted,
)
from cnnlib.memory import binary
from cnnlib.pictures import picture
from cnnlib.quantization import dequantize, quantization_step, quantize, sqnr

RULES = {"up": "the upper one", "down": "the lower one"}
exact = partial(number_text, digits=5)


def explore_adc(
    volts: float = 2.5,
    bits: int = 3,
    *,
    full_scale: float = 5.0,
    ties: str = "up",
    hide: Iterable[str] = (),
    lock: Iterable[str] = (),
) -> Demo:
    """Give a voltage to an analog-to-digital converter, and see its code, its level, and what is lost.

    Parameters
    ----------
    volts : float
        From 0 to 1.2 times `full_scale`.
    bits : int
        1 to 12.
    full_scale : float
        Volts of the whole range.
    ties : {"up", "down"}
        The code of a voltage on the edge between two: the upper or the lower one.
    hide, lock : str or iterable of str
        Controls to hide or to hold.

    Returns
    -------
    Demo
        With `output`, the codes of the photo.

    Raises
    ------
    ValueError
        If a setting lies outside its control, or the full scale is not above 0.

    Examples
    --------
    >>> explore_adc(2.5, bits=3).text.split(". ")[0]
    '2.5 V lies on the edge between codes 3 and 4, and the rule takes the upper one: code 4, in binary 100'
    """
    quantization_step(1, full_scale)  # refuses what is no full scale
    settings = {
        "volts": make.slider("voltage (V)", float(volts), 0.0, 1.2 * full_scale, full_scale / 400),
        "bits": make.slider("bits", bits, 1, 12),
        "ties": make.switch("on an edge take", RULES.values(), RULES.get(ties, ties)),
    }
    view = partial(_view, full_scale)
    return Demo("ADC lab", "which code does a voltage get?", settings, view, hide=hide, lock=lock)


def _view(full_scale: float, *, volts: float, bits: int, ties: str) -> View:
    rule = next(name for name, words in RULES.items() if words == ties)
    adc = {"bits": bits, "full_scale": full_scale}
    code = int(quantize(volts, ties=rule, **adc))
    photo = picture("camera")[PHOTOGRAPHER]
    of_grays = quantize(np.arange(256) / 255 * full_scale, ties=rule, **adc)  # 256 grays, not 40 000 pixels
    twin = tinted(palette(of_grays, bits), of_grays == code)[photo]
    kept = np.unique(of_grays[np.bincount(photo.ravel(), minlength=256) > 0]).size
    panels = [
        staircase(volts, code, **adc),
        level_table(code, rule, **adc),
        bit_column(code, bits),
        ramp(code, rule, **adc),
        gray("photo", photo, "the photo", size=200),
        Panel("twin", twin, "its twin; orange: this code"),
    ]
    return View(
        panels,
        _sentence(volts, code, rule, kept, **adc),
        _arithmetic(volts, code, rule, **adc),
        output=of_grays[photo],
        code=lambda: _code(volts, rule, **adc),
    )


def _steps(volts: float, bits: int, full_scale: float) -> float:
    """Count the steps up to a voltage; `quantize` too takes the last digits of a float for none."""
    return round(volts / quantization_step(bits, full_scale), 9)


def _sentence(volts: float, code: int, rule: str, grays: int, bits: int, full_scale: float) -> str:
    step, steps = quantization_step(bits, full_scale), _steps(volts, bits, full_scale)
    given, coded = f"{exact(volts)} V", f"code {code}, in binary {binary(code, bits)}"
    if volts >= full_scale:
        where = "is the end of the range" if volts == full_scale else "lies beyond the range"
        start = f"{given} {where} and gets the highest code: {coded}"
    elif steps.is_integer() and volts > 0:
        edge = f"on the edge between codes {int(steps) - 1} and {int(steps)}"
        start = f"{given} lies {edge}, and the rule takes {RULES[rule]}: {coded}"
    else:
        start = f"{given} gets {coded}"
    return (
        f"{start}. A step is {exact(step)} V, and no voltage in range is missed by more than half of it. "
        f"The photo is left with {count_text(grays, 'gray')}."
    )


def _arithmetic(volts: float, code: int, rule: str, bits: int, full_scale: float) -> list[tuple[str, str]]:
    step, steps = quantization_step(bits, full_scale), _steps(volts, bits, full_scale)
    opened, closed = ("⌊", "⌋") if rule == "up" else ("⌈", "⌉ − 1")
    raw = int(np.floor(steps) if rule == "up" else np.ceil(steps) - 1)
    clipped = "" if raw == code else f"{number_text(raw)}, there is only "
    level = float(dequantize(code, bits, full_scale))
    given, width = (f"{exact(volts)} V", "pixel"), (f"{exact(step)} V", "weight")
    coded = [(f"code   {opened}", ""), given, (" / ", ""), width]
    coded += [(f"{closed} = {opened}{exact(steps)}{closed} = {clipped}", ""), (f"{code}", "total")]
    placed = [(f"level  ({code} + ½) · ", ""), width, (f" = {exact(level)} V", "")]
    missed = [(f"error  {exact(level)} V − ", ""), given, (f" = {signed_text(level - volts, 5)} V", "")]
    full_ramp, sine = _ratios(bits)
    ratio = f"SQNR   {full_ramp:.2f} dB for a ramp over the whole range, {sine:.2f} dB for a sine"
    return aligned([coded, placed, missed, [(ratio, "")]])


@lru_cache
def _ratios(bits: int) -> tuple[float, float]:
    """Measure the ratio of signal to quantization error of a ramp and of a sine over the whole range."""
    count = 2 ** max(bits + 5, 16)  # places within each level, and enough of them for a sine
    places = (np.arange(count) + 0.5) / count
    return sqnr(places, bits, 1.0), sqnr(0.5 + 0.5 * np.sin(2 * np.pi * places), bits, 1.0)


def _code(volts: float, rule: str, bits: int, full_scale: float) -> dict[str, str]:
    rows, cols = PHOTOGRAPHER
    crop = f'picture("camera")[{rows.start}:{rows.stop}, {cols.start}:{cols.stop}]'
    floor = "{0}.floor(steps)" if rule == "up" else "{0}.ceil(steps) - 1"
    return {
        "NumPy": f"""\
import numpy as np
from cnnlib.pictures import picture

bits, full_scale = {bits}, {full_scale}
step = full_scale / 2**bits

def quantize(volts):
    steps = np.round(volts / step, 9)  # floats round: 3 * 0.1 is not 0.3
    return np.clip({floor.format("np")}, 0, 2**bits - 1).astype(int)

code = quantize({volts})
photo = {crop}
result = quantize(photo / 255 * full_scale)""",
        "PyTorch": f"""\
import torch
from cnnlib.pictures import picture

bits, full_scale = {bits}, {full_scale}
step = full_scale / 2**bits

def quantize(volts):
    steps = torch.round(volts / step, decimals=9)
    return torch.clamp({floor.format("torch")}, 0, 2**bits - 1).long()

code = quantize(torch.tensor({volts}, dtype=torch.float64))
photo = torch.tensor({crop}, dtype=torch.float64)
result = quantize(photo / 255 * full_scale).numpy()""",
    }
