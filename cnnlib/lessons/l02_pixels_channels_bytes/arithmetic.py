"""Lesson 02, byte arithmetic: sums that do not fit into a byte wrap around (overflow)."""

from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike

from cnnlib.demo.colormaps import RED_BLUE
from cnnlib.demo.declare import Cells, Hidden, Slider, demo
from cnnlib.demo.numbers import MINUS, number_text
from cnnlib.demo.view import LIT, PLAIN, Panel, View, gray, rgb
from cnnlib.demo.words import lying_text
from cnnlib.display import clipped, wrapped
from cnnlib.lessons.l02_pixels_channels_bytes.held import held
from cnnlib.pictures import picture

TOO_DARK, TOO_BRIGHT = RED_BLUE[1], RED_BLUE[-2]


def _bytes(where: str, numbers: ArrayLike) -> np.ndarray:
    cells = np.array(numbers)
    if cells.shape != (4,) or not np.isin(cells, np.arange(256)).all():
        raise ValueError(f"{where}: numbers {cells.tolist()} are not four bytes; give four, from 0 to 255")
    return cells[None].astype(int)


@demo("Byte arithmetic", "what if a sum does not fit into a byte?")
def explore_arithmetic(
    add: Annotated[int, Slider(-255, 255)] = 60,
    times: Annotated[float, Slider(0.0, 4.0, 0.1, label="multiply by"), "Before the sum"] = 1.0,
    *,
    numbers: Annotated[np.ndarray, Cells(_bytes), "Four bytes"] = (5, 100, 200, 250),
    note: Annotated[str, Hidden] = "",
) -> View:
    """Brighten a photo and four numbers, and keep the sums in three ways: as floats, wrapped, clipped.

    The output is the four sums as floats, wrapped and clipped, shape (3, 4).

    >>> demo = explore_arithmetic(add=10)
    >>> demo.output.tolist()
    [[15.0, 110.0, 210.0, 260.0], [15.0, 110.0, 210.0, 4.0], [15.0, 110.0, 210.0, 255.0]]
    """
    scene = picture("camera")[30:190, 40:200]
    photo, true = (values.astype(float) * times + add for values in (scene, numbers))
    output = np.concatenate([true, wrapped(true), clipped(true)])

    lost = np.rint(true) != clipped(true)
    marks = np.where(lost, LIT, PLAIN).astype(np.uint8) if lost.any() else None
    more = {"size": 160}
    click = "four values: click\none to change it"
    return View(
        panels=[
            gray("scene", scene, "a photo", **more),
            _true("true", photo, "as floats: all true\nred > 255, blue < 0", **more),
            gray("wrapped", wrapped(photo), "as bytes: wrapped", **more),
            gray("clipped", clipped(photo), "as bytes: clipped first", **more),
            gray("numbers", numbers, click, edit="numbers", new_row=True, **more),
            _true("sums", true, _terms("value", times, add), **more),
            gray("rounds", wrapped(true), "wrapped, modulo 256", marks=marks, **more),
            gray("stops", clipped(true), "clipped to 0 and 255", marks=marks, **more),
        ],
        sentence=note + _fate(numbers.ravel(), true.ravel(), times, add, lying_text(photo)),
        output=output,
        code=lambda: _code(numbers, add, times),
    )


@explore_arithmetic.when("numbers")
def _hold(now):
    kept, note = held(now, bits=8)
    return {"numbers": kept, "note": note}


explore_arithmetic.when("add times", lambda: {"note": ""})


def _true(id: str, values: np.ndarray, caption: str, *, size: float) -> Panel:
    """Show floats in grays, and what is brighter than white or darker than black in colour."""
    colors = np.repeat(clipped(values)[..., None], 3, axis=-1)
    colors[np.rint(values) > 255], colors[np.rint(values) < 0] = TOO_BRIGHT, TOO_DARK
    labels = [number_text(value) for value in values.flat] if values.size < 16 else []
    return rgb(id, colors, caption, size=size, labels=labels)


def _terms(start: object, times: float, add: int) -> str:
    factor = "" if times == 1 else f"·{number_text(times)}"
    return f"{start}{factor}" + (f" {'+' if add > 0 else MINUS} {abs(add)}" if add else "")


def _fate(numbers, true, times, add, lie: str) -> str:
    """Tell the fate of the number that is farthest from being a byte."""
    away = np.abs(true - clipped(true))
    worst = int(away.argmax())
    photo = f"In the photo, {lie} do not fit."
    if away[worst] < 1:
        return f"All four results fit into a byte. {photo}"
    value = true[worst]
    said = (
        f"{_terms(numbers[worst], times, add)} = {number_text(value)} does not fit into a byte: it wraps to "
    )
    return f"{said}{wrapped(value)}; clipped, it stops at {clipped(value)}. {photo}"


def _code(numbers: np.ndarray, add: int, times: float) -> dict[str, str]:
    values, sign = numbers.tolist(), "-" if add < 0 else "+"
    true = f"true = numbers.{{}} * {times} + {add}"
    in_bytes = times == 1
    numpy = [
        "import numpy as np",
        "",
        f"numbers = np.array({values}, dtype=np.uint8)",
        true.format("astype(float)"),
        f"wrapped = numbers {sign} np.uint8({abs(add)})"
        if in_bytes
        else "wrapped = np.round(true, 6).astype(int).astype(np.uint8)",
        "clipped = np.clip(np.rint(true), 0, 255).astype(np.uint8)",
        "result = np.concatenate([true, wrapped, clipped])",
    ]
    torch = [
        "import torch",
        "",
        f"numbers = torch.tensor({values}, dtype=torch.uint8)",
        true.format("double()"),
        f"wrapped = numbers {sign} {abs(add)}"
        if in_bytes
        else "wrapped = true.round(decimals=6).long().byte()",
        "clipped = true.round().clip(0, 255).byte()",
        "result = torch.cat([true, wrapped, clipped]).numpy()",
    ]
    return {"NumPy": "\n".join(numpy), "PyTorch": "\n".join(torch)}
