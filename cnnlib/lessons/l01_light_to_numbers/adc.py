"""Lesson 01, the ADC lab: which code does a voltage get, and what is lost?"""

from functools import lru_cache, partial
from typing import Annotated

import numpy as np

from cnnlib.demo.chart import lines
from cnnlib.demo.declare import Fixed, Slider, Switch, demo
from cnnlib.demo.numbers import number_text, signed_text
from cnnlib.demo.parts import PHOTOGRAPHER
from cnnlib.demo.tables import NAME
from cnnlib.demo.view import Panel, View, gray
from cnnlib.demo.words import aligned, count_text, verb
from cnnlib.memory import binary
from cnnlib.pictures import picture
from cnnlib.quantization import dequantize, quantization_step, quantize, sqnr

RULES = {"up": "the upper one", "down": "the lower one"}
HEADS = {"up": ("from", "below"), "down": ("above", "up to")}
NO_END = "—"  # in the table: the lowest and the highest code take all that lies beyond
DRAWN = 7  # bits of the finest staircase whose steps can be seen
LISTED = 6  # rows of the table, around the code
READABLE = 6  # bits that can be written into a cell of the table
MOST_BITS = 12
ORANGE = np.array([230, 159, 0, 255])
exact = partial(number_text, digits=5)


def _full_scale(_where: str, volts: float) -> float:
    quantization_step(1, volts)  # refuses what is no full scale
    return volts


@demo("ADC lab", "which code does a voltage get?")
def explore_adc(
    volts: Annotated[
        float,
        Slider(
            0.0,
            lambda full_scale: 1.2 * full_scale,
            lambda full_scale: full_scale / 400,
            label="voltage (V)",
        ),
        "At most 1.2 times the full scale",
    ] = 2.5,
    bits: Annotated[int, Slider(1, MOST_BITS)] = 3,
    *,
    full_scale: Annotated[float, Fixed(_full_scale), "Volts of the whole range"] = 5.0,
    ties: Annotated[
        str,
        Switch(RULES.values(), label="on a threshold take", check=lambda _, rule: RULES.get(rule, rule)),
        'Or "up", "down": which code a voltage exactly on a threshold gets',
    ] = "up",
) -> View:
    """Give a voltage to an analog-to-digital converter, and see its code, and what is lost.

    The output is the codes of the photo.

    >>> explore_adc(2.5, bits=3).text.split(". ")[0]
    '2.5 V is the threshold between codes 3 and 4, and the rule takes the upper one: code 4, in binary 100'
    """
    rule = next(name for name, words in RULES.items() if words == ties)
    adc = {"bits": bits, "full_scale": full_scale}
    code = int(quantize(volts, ties=rule, **adc))
    photo = picture("camera")[PHOTOGRAPHER]
    of_grays = quantize(np.arange(256) / 255 * full_scale, ties=rule, **adc)  # 256 grays, not 40 000 pixels

    twin = _tinted(_palette(of_grays, bits), of_grays == code)[photo]
    kept = np.unique(of_grays[np.bincount(photo.ravel(), minlength=256) > 0]).size
    return View(
        panels=[
            _staircase(volts, code, **adc),
            _level_table(code, rule, **adc),
            _bit_column(code, bits),
            _ramp(code, rule, **adc),
            gray("photo", photo, "the photo", size=200),
            Panel("twin", twin, "its twin; orange: this code"),
        ],
        sentence=_sentence(volts, code, rule, kept, **adc),
        arithmetic=_arithmetic(volts, code, rule, **adc),
        output=of_grays[photo],
        code=lambda: _code(volts, rule, **adc),
    )


def _staircase(volts: float, code: int, bits: int, full_scale: float) -> Panel:
    edges = np.linspace(0, full_scale, 2 ** min(bits, DRAWN) + 1)
    stairs = np.minimum(np.linspace(0, 2**bits, edges.size), 2**bits - 1)
    end = 1.2 * full_scale
    return lines(
        "staircase",
        [*edges, end],
        {"code": [*stairs, stairs[-1]]},
        f"the staircase of {count_text(bits, 'bit')}",
        xlabel="voltage (V)",
        ylabel="code",
        steps=bits <= DRAWN,  # finer steps are narrower than a pixel: a slope
        size=(384, 258),
        at={"code": (volts, code)},
        xlim=(0, end),
        ylim=(-0.04 * 2**bits, 1.04 * 2**bits),
        alt=f"staircase of {2**bits} codes from 0 to {number_text(full_scale)} V; "
        f"{number_text(volts, 5)} V has code {code}",
    )


def _level_table(code: int, rule: str, bits: int, full_scale: float) -> Panel:
    """List the thresholds around a code, the highest on top, each code on its gray."""
    levels, step = 2**bits, quantization_step(bits, full_scale)
    shown = min(levels, LISTED)
    last = int(np.clip(code + LISTED // 2, shown - 1, levels - 1))
    codes = np.arange(last, last - shown, -1)
    rows = [["code", "bits", *HEADS[rule]]]
    for k in codes.tolist():
        low, high = k * step, (k + 1) * step
        ends = [low if k else None, high if k < levels - 1 else None]
        rows.append([str(k), str(binary(k, bits)), *map(_threshold, ends)])
    named = [[pair for pair in zip(rows[0], row, strict=True) if NO_END not in pair] for row in rows[1:]]
    said = [", ".join(map(" ".join, pairs)) for pairs in named]
    if bits > READABLE:
        rows = [[row[0], *row[2:]] for row in rows]
    columns = len(rows[0])
    colors = np.zeros((LISTED + 1, columns, 4), np.uint8)
    colors[0] = NAME
    colors[1 : shown + 1] = _palette(codes, bits)[:, None]
    labels = [text for row in rows for text in row]
    return Panel(
        "table",
        colors,
        "thresholds in V",
        labels=labels + [""] * (colors.shape[0] * columns - len(labels)),
        cell=37,
        tile=(1, columns, 0),  # so that the cursor outlines a whole row
        cursor=(1 + last - code, 0),
        alt="; ".join([*said, f"the code is {code}"]),
    )


def _threshold(volts: float | None) -> str:
    """Write a threshold in the five characters that a cell has room for.

    >>> _threshold(1.875), _threshold(0.01953125), _threshold(None)
    ('1.875', '.0195', '—')
    """
    if volts is None:
        return NO_END
    text = number_text(volts, 4)
    return f"{volts:.4f}".removeprefix("0").rstrip("0") if 0.0005 < volts < 0.9999 else text


def _bit_column(code: int, bits: int) -> Panel:
    """Write a code in bits, each beside what it is worth, in two columns: there is room for the most."""
    digits = str(binary(code, bits))
    colors = np.zeros((MOST_BITS, 2, 4), np.uint8)
    colors[-bits:, 0] = NAME
    colors[-bits:, 1] = _palette(np.array([int(digit) for digit in digits]) * 255, 8)
    cells = [""] * 2 * (MOST_BITS - bits)
    cells += [text for i, bit in enumerate(digits) for text in (str(2 ** (bits - 1 - i)), bit)]
    half = MOST_BITS // 2
    return Panel(
        "bits",
        np.concatenate([colors[:half], colors[half:]], axis=1),
        "worth, bit",
        labels=np.hstack(np.reshape(cells, (2, half, 2))).ravel().tolist(),
        cell=31,
        alt=f"code {code} in bits: {digits}; the first is worth {2 ** (bits - 1)}",
    )


def _ramp(code: int, rule: str, bits: int, full_scale: float) -> Panel:
    share = (np.arange(100) + 0.5) / 100
    codes = quantize(share * full_scale, bits, full_scale, ties=rule)
    smooth = _palette(np.arange(256), 8)[(share * 256).astype(int)]
    caption = f"0 to {number_text(full_scale)} V, and as codes"
    both = [_tinted(colours, codes == code) for colours in (smooth, _palette(codes, bits))]
    return Panel("ramp", np.repeat(both, 50, axis=0), caption, cell=2, new_row=True)


def _palette(codes: np.ndarray, bits: int) -> np.ndarray:
    """Return the gray that each code stands for, as a colour, (N, 4).

    >>> _palette(np.array([0, 1]), 1).tolist()
    [[64, 64, 64, 255], [191, 191, 191, 255]]
    """
    colours = np.full((len(codes), 4), 255, np.uint8)
    colours[:, :3] = np.rint(dequantize(codes, bits, 255))[:, None]
    return colours


def _tinted(colours: np.ndarray, chosen: np.ndarray) -> np.ndarray:
    return np.where(chosen[:, None], np.rint(0.4 * colours + 0.6 * ORANGE), colours).astype(np.uint8)


def _steps(volts: float, bits: int, full_scale: float) -> float:
    """Count the steps up to a voltage; like `quantize`, ignore the last digits of a float."""
    return round(volts / quantization_step(bits, full_scale), 9)


def _sentence(volts: float, code: int, rule: str, grays: int, bits: int, full_scale: float) -> str:
    step, steps = quantization_step(bits, full_scale), _steps(volts, bits, full_scale)
    given, coded = f"{exact(volts)} V", f"code {code}, in binary {binary(code, bits)}"
    if volts >= full_scale:
        where = "is the end of the range" if volts == full_scale else "lies beyond the range"
        start = f"{given} {where} and gets the highest code: {coded}"
    elif steps.is_integer() and volts > 0:
        codes = f"{int(steps) - 1} and {int(steps)}"
        start = f"{given} is the threshold between codes {codes}, and the rule takes {RULES[rule]}: {coded}"
    else:
        start = f"{given} gets {coded}"
    return (
        f"{start}. A step is {exact(step)} V, and within the range the quantization error is at most half of "
        f"it. Only {count_text(grays, 'gray')} {verb(grays, 'remain')} in the photo."
    )


def _arithmetic(volts: float, code: int, rule: str, bits: int, full_scale: float) -> list[tuple[str, str]]:
    step, steps = quantization_step(bits, full_scale), _steps(volts, bits, full_scale)
    opened, closed = ("⌊", "⌋") if rule == "up" else ("⌈", "⌉ − 1")
    raw = int(np.floor(steps) if rule == "up" else np.ceil(steps) - 1)
    end = "highest" if raw > code else "lowest"
    clipped = "" if raw == code else f"{number_text(raw)}, but the {end} is "
    level = float(dequantize(code, bits, full_scale))
    given, width = (f"{exact(volts)} V", "pixel"), (f"{exact(step)} V", "weight")
    coded = [(f"code        {opened}", ""), given, (" / ", ""), width]
    coded += [(f"{closed} = {opened}{exact(steps)}{closed} = {clipped}", ""), (f"{code}", "total")]
    placed = [(f"stands for  ({code} + ½) · ", ""), width, (f" = {exact(level)} V", "")]
    missed = [(f"error       {exact(level)} V − ", ""), given, (f" = {signed_text(level - volts, 5)} V", "")]
    full_ramp, sine = _ratios(bits)
    ratio = f"SQNR        {full_ramp:.2f} dB for a ramp over the whole range, {sine:.2f} dB for a sine"
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
