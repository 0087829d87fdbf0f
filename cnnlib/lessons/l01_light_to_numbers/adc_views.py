"""What the ADC lab shows: the staircase, the table of levels, the bits, the posterised ramp and photo."""

import numpy as np

from cnnlib.demo.chart import lines
from cnnlib.demo.numbers import number_text
from cnnlib.demo.tables import NAME
from cnnlib.demo.view import Panel
from cnnlib.demo.words import count_text
from cnnlib.memory import binary
from cnnlib.quantization import dequantize, quantization_step, quantize

DRAWN = 7  # bits of the finest staircase whose steps can be seen
LISTED = 8  # rows of the table: all levels of three bits
READABLE = 6  # bits that can be written into a cell of the table
MOST_BITS = 12
ORANGE = np.array([230, 159, 0, 255])
HEADS = {"up": ("from", "below"), "down": ("above", "up to")}


def staircase(volts: float, code: int, bits: int, full_scale: float) -> Panel:
    """Draw the code of every voltage, with the present one marked."""
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
        size=(420, 288),
        at={"code": (volts, code)},
        xlim=(0, end),
        ylim=(-0.04 * 2**bits, 1.04 * 2**bits),
        alt=f"staircase of {2**bits} codes from 0 to {number_text(full_scale)} V; "
        f"{number_text(volts, 5)} V has code {code}",
    )


def level_table(code: int, rule: str, bits: int, full_scale: float) -> Panel:
    """List the levels around a code, the highest on top, each on its gray."""
    levels, step = 2**bits, quantization_step(bits, full_scale)
    shown = min(levels, LISTED)
    last = int(np.clip(code + LISTED // 2, shown - 1, levels - 1))
    codes = np.arange(last, last - shown, -1)
    rows = [["code", "bits", *HEADS[rule]]]
    for k in codes.tolist():
        edges = (number_text(edge * step, 4) for edge in (k, k + 1))
        rows.append([str(k), str(binary(k, bits)), *edges])
    said = [", ".join(map(" ".join, zip(rows[0], row, strict=True))) for row in rows[1:]]
    if bits > READABLE:
        rows = [[row[0], *row[2:]] for row in rows]
    columns = len(rows[0])
    colors = np.zeros((LISTED + 1, columns, 4), np.uint8)
    colors[0] = NAME
    colors[1 : shown + 1] = palette(codes, bits)[:, None]
    labels = [text for row in rows for text in row]
    return Panel(
        "table",
        colors,
        "levels in V",
        labels=labels + [""] * (colors.shape[0] * columns - len(labels)),
        cell=32,
        tile=(1, columns, 0),  # so that the cursor outlines a whole row
        cursor=(1 + last - code, 0),
        alt="; ".join([*said, f"the code is {code}"]),
    )


def bit_column(code: int, bits: int) -> Panel:
    """Write a code in bits below each other, each beside what it is worth; there is room for the most."""
    digits = str(binary(code, bits))
    colors = np.zeros((MOST_BITS, 2, 4), np.uint8)
    colors[-bits:, 0] = NAME
    colors[-bits:, 1] = palette(np.array([int(digit) for digit in digits]) * 255, 8)
    labels = [text for i, digit in enumerate(digits) for text in (str(2 ** (bits - 1 - i)), digit)]
    return Panel(
        "bits",
        colors,
        "worth, bit",
        labels=[""] * (colors.shape[0] * 2 - len(labels)) + labels,
        cell=24,
        alt=f"code {code} in bits: {digits}; the first is worth {2 ** (bits - 1)}",
    )


def ramp(code: int, rule: str, bits: int, full_scale: float) -> Panel:
    """Draw a ramp over the whole range, and its codes below it."""
    share = (np.arange(100) + 0.5) / 100
    codes = quantize(share * full_scale, bits, full_scale, ties=rule)
    smooth = palette(np.arange(256), 8)[(share * 256).astype(int)]
    caption = f"0 to {number_text(full_scale)} V, and as codes"
    both = [tinted(colours, codes == code) for colours in (smooth, palette(codes, bits))]
    return Panel("ramp", np.repeat(both, 50, axis=0), caption, cell=2, new_row=True)


def palette(codes: np.ndarray, bits: int) -> np.ndarray:
    """Return the gray that each code stands for, as a colour, (N, 4).

    Examples
    --------
    >>> palette(np.array([0, 1]), 1).tolist()
    [[64, 64, 64, 255], [191, 191, 191, 255]]
    """
    colours = np.full((len(codes), 4), 255, np.uint8)
    colours[:, :3] = np.rint(dequantize(codes, bits, 255))[:, None]
    return colours


def tinted(colours: np.ndarray, chosen: np.ndarray) -> np.ndarray:
    """Return colours, some of them tinted orange."""
    return np.where(chosen[:, None], np.rint(0.4 * colours + 0.6 * ORANGE), colours).astype(np.uint8)
