"""Lesson 01, sampling: which stripes do the samples show?"""

from typing import Annotated

import numpy as np

from cnnlib.demo.chart import lines
from cnnlib.demo.declare import Slider, demo
from cnnlib.demo.numbers import number_text
from cnnlib.demo.view import View, gray
from cnnlib.demo.words import count_text
from cnnlib.sampling import alias_frequency, sample, stripe_wave

SIDE = 256  # CSS pixels of the pictures, as many as the pixels of the finer one


@demo("Sampling", "do the samples show the stripes?")
def explore_sampling(
    frequency: Annotated[int, Slider(1, 40, label="stripes"), "On the scan line"] = 3,
    count: Annotated[int, Slider(4, 64, label="samples"), "On the line, and in each row and column"] = 16,
    lean: Annotated[float, Slider(0.0, 1.0, 0.05), "Each row is the scan line, moved by this part"] = 0.25,
) -> View:
    """Sample stripes at a few positions, and see which stripes the samples show.

    The output is the samples of the scan line.

    >>> explore_sampling(13, 16).text.split(": ")[1]
    '1.23 samples per stripe, fewer than 2. This is aliasing'
    """
    places, values = sample(lambda line: stripe_wave(line, frequency), count)
    alias = alias_frequency(frequency, count)

    line = np.linspace(0, 1, max(200, 20 * frequency + 1))
    curves = {"the light": stripe_wave(line, frequency), "samples": (places, values)}
    if alias != frequency:
        curves["the alias"] = stripe_wave(line, alias)
    chart = lines(
        "line",
        line,
        curves,
        "the scan line: the top row of both pictures",
        xlabel="position on the line (share of its length)",
        ylabel="brightness",
        dots={"samples"},
        size=(700, 190),
        xlim=(0, 1),
        ylim=(-0.06, 1.06),
    )
    stripes, seen = (_stripes(frequency, lean, side) for side in (SIDE, count))
    more = {"cell": SIDE / count, "high": 1, "labels": []}
    return View(
        panels=[
            chart,
            gray("stripes", stripes, f"{count_text(frequency, 'stripe')} a row", high=1, new_row=True),
            gray("seen", seen, f"as {count} × {count} samples", symbol="→", **more),
        ],
        sentence=_told(frequency, count, alias),
        output=values,
        code=lambda: _code(frequency, count),
    )


def _stripes(frequency: int, lean: float, count: int) -> np.ndarray:
    """Sample leaning stripes in rows and columns; each row alone is a scan line."""
    places = np.arange(count) / count
    return stripe_wave(places + lean * places[:, None], frequency)


def _told(frequency: int, count: int, alias: float) -> str:
    some = "1 stripe" if frequency == 1 else f"{frequency} stripes"
    each = "1 sample" if count == frequency else f"{number_text(count / frequency)} samples"
    start = f"{some}, {count} samples: {each} per stripe"
    if count > 2 * frequency:
        return f"{start}, more than 2. The samples represent the stripes faithfully."
    if count == 2 * frequency:
        return (
            f"{start}, exactly the Nyquist limit. Here the samples alternate between bright and dark; moved \
by a quarter of a stripe, they would all be the same gray."
        )
    if alias == 0:
        return f"{start}, fewer than 2. This is aliasing: every sample falls on the same part of a stripe, \
so the line seems to have no stripes at all."
    ghost = "1 stripe" if alias == 1 else f"{number_text(alias)} stripes"
    return f"{start}, fewer than 2. This is aliasing: the samples fit {ghost} just as well (the alias), and \
that is what the picture shows."


def _code(frequency: int, count: int) -> dict[str, str]:
    return {
        "NumPy": f"""\
import numpy as np

places = np.arange({count}) / {count}
result = 0.5 + 0.5 * np.cos(2 * np.pi * {frequency} * places)""",
        "PyTorch": f"""\
import torch

places = torch.arange({count}, dtype=torch.float64) / {count}
result = (0.5 + 0.5 * torch.cos(2 * torch.pi * {frequency} * places)).numpy()""",
    }
