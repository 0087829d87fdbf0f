"""Move every control of a demo through its range, and say what a demo owes in each setting."""

import asyncio
import datetime
import io
import itertools
import re
from functools import cache
from unittest.mock import patch

import ipywidgets
import numpy as np
from PIL import Image

from cnnlib import nn
from cnnlib.demo.controls import Cells, Hidden
from cnnlib.demo.listen import Listen
from cnnlib.demo.view import DIMMED, INVENTED, LIT, PLAIN

WIDEST = 734  # CSS pixels between the frame's edges
NOON = datetime.datetime(2026, 1, 1, 12, tzinfo=datetime.UTC)
KEPT = {}  # texts that were run already, and their results
# Nearly every text of a training draws thousands of pictures: the same ones, which nobody can write into.
DRAWN = {name: cache(getattr(nn, name)) for name in ("digits", "faces", "pictograms", "shapes")}


def png(pixels) -> bytes:
    """Return the bytes of a PNG file."""
    file = io.BytesIO()
    Image.fromarray(np.asarray(pixels, np.uint8)).save(file, "PNG")
    return file.getvalue()


def uploaded(content: bytes, name: str = "learner.png") -> tuple:
    """Return what ipywidgets' upload button hands over."""
    facts = {"name": name, "type": "image/png", "size": len(content), "last_modified": NOON}
    return ({**facts, "content": memoryview(content)},)


def moves(demo):
    """Yield (what is done, a function that does it) for every control, through its whole range."""
    for name, control in demo._controls.items():
        if isinstance(control, ipywidgets.Button):
            yield f"press {name}", lambda control=control: press(control)
        elif isinstance(control, Cells):
            yield from writings(demo, name)
        elif not isinstance(control, Hidden | Listen):  # a sound is only listened to
            for value in choices(control):
                yield f"{name} = {str(value)[:40]}", lambda c=control, v=value: setattr(c, "value", v)


def choices(control) -> list:
    """Return the values to try: every option, both ways of a tick, both ends and the middle of a range."""
    if hasattr(control, "_options_values"):
        return list(control._options_values)
    if isinstance(control, ipywidgets.Checkbox):
        return [not control.value, control.value]
    if isinstance(control, ipywidgets.Text):
        return ["sing", "", "o" * 99]
    if isinstance(control, ipywidgets.FileUpload):
        return [uploaded(png(np.arange(600).reshape(20, 30) % 256)), ()]
    if isinstance(control, ipywidgets.FloatLogSlider):  # its ends are exponents
        return [control.base**control.min, control.base**control.max, control.base**control.min * 10]
    if hasattr(control, "max"):
        middle = (control.min + control.max) / 2
        return [control.min, control.max, type(control.value)(middle)]
    raise TypeError(f"moves: no one has said how to move a {type(control).__name__}")


def ranges(demo) -> dict:
    """Return the controls of which several can be set at once, each to one of its `choices`."""
    apart = ipywidgets.FileUpload | Listen
    controls = {name: c for name, c in demo._valued.items() if isinstance(c, ipywidgets.Widget)}
    return {name: control for name, control in controls.items() if not isinstance(control, apart)}


def click(button) -> None:
    """Press a button, and raise what it raises: `Button.click` only logs it."""
    for handler in button._click_handlers.callbacks:
        handler(button)


def press(button) -> None:
    """Press a button, let a player play two steps, and press again if it still does; raise what it raises."""

    async def scene():
        label = button.description
        click(button)
        for _ in range(3):
            await asyncio.sleep(0)
        if button.description != label:
            click(button)
        await asyncio.sleep(0)

    asyncio.run(scene())


def writings(demo, name):
    """Yield what the page sends when the learner types or paints in the panels of a control."""
    for panel in demo.view.panels:
        rows, cols = panel.pixels.shape[:2]
        corners = {(0, 0), (rows - 1, cols - 1), (rows // 2, cols // 2)}
        for row, col in sorted(corners):
            message = {"panel": panel.id, "row": row, "col": col, "number": 1}
            sent = []
            if panel.edit == name:
                sent += [{"type": "edit", "text": text} for text in ("2", "−0,5", "1/9", "x", "1e7", "0")]
            if panel.paint == name:
                sent += [{"type": "paint", "erase": erase, "cells": [[row, col]]} for erase in (False, True)]
            for more in sent:
                yield (
                    f"{more} at {row}, {col} of {panel.id}",
                    lambda m=message | more: demo.grid._on_message(demo.grid, m, []),
                )


def owes(demo) -> list[str]:
    """Return what the demo owes and does not give in its present setting."""
    faults = [*words(demo.text), *panels(demo.view)]
    if "fault of its own" in demo.problem:
        faults.append(demo.problem)
    if demo.problem and not re.search(r"\w{3,} .*[;:,] \w+", demo.problem):
        faults.append(f"the problem is no sentence with a remedy: {demo.problem!r}")
    if demo.output is not None and not np.isfinite(demo.output).all():
        faults.append("the output holds NaN or infinity")
    return faults


def words(text: str) -> list[str]:
    """Return what is wrong with a sentence."""
    faults = []
    if not text.endswith((".", "?")):
        faults.append(f"no full stop: {text!r}")
    if found := re.search(r"\b(nan|none|None|inf|np)\b|-\d|[\[{<]|  |\.\.|∞", text):
        faults.append(f"{found[0]!r} in {text!r}")
    return faults


def numbers(text: str) -> list[float]:
    """Return all numbers that a text of a demo tells."""
    return [float(found.replace("−", "-")) for found in re.findall(r"[−+]?\d+\.?\d*", text)]


def panels(view) -> list[str]:
    """Return what is wrong with the panels and windows of a view."""
    faults = []
    sizes = {panel.id: panel.pixels.shape[:2] for panel in view.panels}
    if len(sizes) != len(view.panels):
        faults.append(f"two panels have one name: {[panel.id for panel in view.panels]}")
    for panel in view.panels:
        rows, cols = sizes[panel.id]
        if panel.width > WIDEST:
            faults.append(f"{panel.id} is {panel.width} CSS pixels wide")
        if panel.pixels.dtype != np.uint8 or panel.pixels.shape != (rows, cols, 4):
            faults.append(f"{panel.id} has pixels {panel.pixels.dtype}, {panel.pixels.shape}")
        if len(panel.labels) not in (0, rows * cols):
            faults.append(f"{panel.id} has {len(panel.labels)} labels")
        if panel.marks is not None and (
            panel.marks.shape != (rows, cols) or not set(panel.marks.flat) <= {PLAIN, INVENTED, DIMMED, LIT}
        ):
            faults.append(f"{panel.id} has marks {panel.marks.shape}")
        if panel.cursor and not (0 <= panel.cursor[0] < rows and 0 <= panel.cursor[1] < cols):
            faults.append(f"{panel.id} has its cursor at {panel.cursor}")
        if any("-" in label or "nan" in label for label in panel.labels):
            faults.append(f"{panel.id} has labels {panel.labels}")
    for window in view.windows:
        if not {window.of, window.on} <= set(sizes):
            faults.append(f"window from {window.of} to {window.on}, but the panels are {list(sizes)}")
    return faults


def places(panel) -> list[tuple[int, int]]:
    """Return where one can point: ends and middle of a panel, of a sheet, of a block's room."""
    sides = panel.pixels.shape[:2]
    if panel.tile:
        sides = [
            (n + panel.tile[2]) // (side + panel.tile[2]) for n, side in zip(sides, panel.tile, strict=False)
        ]
    lasts = [n - taken for n, taken in zip(sides, panel.span or (1, 1), strict=True)]
    return [*itertools.product(*({0, last // 2, last} for last in lasts))]


def result_of(text: str) -> np.ndarray:
    """Run a text as it is printed, in an empty name space; return its `result`."""
    if text not in KEPT:
        names = {}
        with patch.multiple(nn, **DRAWN):
            exec(text, names)
        KEPT[text] = np.asarray(names["result"])
    return KEPT[text]
