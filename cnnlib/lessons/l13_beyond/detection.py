"""Lesson 13, what and where: LeNet slides over a page of digits, and boxes tell where it is certain."""

from dataclasses import replace
from functools import lru_cache, partial
from typing import Annotated

import numpy as np

from cnnlib.activations import softmax
from cnnlib.demo.chart import bars
from cnnlib.demo.declare import Place, Pointed, Slider, Tick, demo
from cnnlib.demo.view import Panel, Point, View, Window, gray, mosaic, signed
from cnnlib.demo.words import capital, certain_text, count_text
from cnnlib.lessons.l13_beyond.scanning import JUMP, SIDE, Box, found, hits, page, right, scan, thinned

LAST = 15  # of the pages
PURPLE = (181, 42, 174, 255)  # of the boxes: orange is the window pointed at
SHOWN = 9  # boxes whose contents are shown
WIDE = 448  # CSS pixels of the page


@demo("What and where", "a network for single digits, on a page of them: what does it find?")
def explore_detection(
    number: Annotated[int, Slider(0, LAST, label="page"), "Which page of four test digits"] = 2,
    threshold: Annotated[
        int, Slider(50, 99, label="certain (%)"), "How certain LeNet must be for a box, in percent"
    ] = 90,
    *,
    suppress: Annotated[
        bool,
        Tick(label="one box per digit"),
        "Non-maximum suppression: of boxes that overlap only the most certain one stays",
    ] = True,
    at: Annotated[Place | None, Pointed, "The window to begin with. Default: the most certain one"] = None,
) -> View:
    """Slide LeNet over a page in one go, and put a box where it is certain of a digit.

    The output is the ten probabilities for each window, (10, 9, 21).

    >>> explore_detection(2, 99).text.split(": ")[0]
    'Three detections, with 99 % certainty at least'
    """
    paper, written = page(number)
    shares = _shares(number)
    boxes = found(shares, threshold / 100)
    boxes = thinned(boxes) if suppress else boxes

    certain = shares.max(axis=0)
    at = (
        at.within(certain.shape)
        if at
        else Place(*map(int, np.unravel_index(certain.argmax(), certain.shape)))
    )
    here = shares[:, at.row, at.col]
    return View(
        panels=[
            _boxed(
                gray("page", paper, "the page, and a box wherever it is certain", size=WIDE, high=1), boxes
            ),
            _contents(paper, boxes),
            signed(
                "map",
                certain,
                f"certainty of the likeliest digit, in {certain.size} windows",
                size=WIDE * certain.shape[1] // paper.shape[1] * JUMP * 9 // 10,
                limit=1,
                labels=[],
                legend=False,
                point=Point("at"),
                cursor=at,
                new_row=True,
            ),
            bars(
                "here",
                dict(zip("0123456789", 100 * here, strict=True)),
                "in the outlined window",
                ylabel="percent",
                size=(260, 170),
                ylim=(0, 100),
                highlight=str(here.argmax()),
                texts=(),
            ),
        ],
        sentence=f"{_boxes_text(boxes, written, threshold)} In the window from row {JUMP * at.row}, column "
        f"{JUMP * at.col} it is {certain_text(here.max())} certain of {here.argmax()}.",
        windows=[Window("map", "page", (SIDE, SIDE), (JUMP, JUMP))],
        output=shares.copy(),
        code=partial(_code, number),
    )


explore_detection.when("number", lambda: {"at": None})


@lru_cache(8)
def _shares(number: int) -> np.ndarray:
    return softmax(scan(page(number)[0]), axis=0)


def _boxed(panel: Panel, boxes: list[Box]) -> Panel:
    """Draw a frame, one pixel wide, just inside each box."""
    colors = panel.pixels.copy()
    for box in boxes:
        frame = colors[box.row : box.row + SIDE, box.col : box.col + SIDE]
        frame[[0, -1]] = frame[:, [0, -1]] = PURPLE
    said = ", ".join(f"{box.digit} at row {box.row}, column {box.col}" for box in boxes[:SHOWN])
    return replace(
        panel, colors=colors, table="", alt=f"a page with {count_text(len(boxes), 'detection')}: {said}"
    )


def _contents(paper: np.ndarray, boxes: list[Box]) -> Panel:
    """Show what is in the boxes, the most certain first, and how it is read."""
    shown = boxes[:SHOWN]
    if not shown:
        return gray("contents", np.full((SIDE, SIDE), np.nan), "no box", size=96, high=1)
    cut = np.stack([paper[box.row : box.row + SIDE, box.col : box.col + SIDE] for box in shown])
    few = f"the first {len(shown)}" if len(boxes) > SHOWN else "the boxes"
    caption = f"{few}, read as\n{' '.join(str(box.digit) for box in shown)}"
    return mosaic("contents", cut, caption, columns=3, kind="gray", size=170, high=1)


def _boxes_text(boxes: list[Box], written: tuple[Box, ...], threshold: int) -> str:
    """Count what was found, what was missed, and where there is no such digit."""
    there, false = len(hits(boxes, written)), len(boxes) - len(right(boxes, written))
    alarms = count_text(false, "false alarm") if false else "no false alarm"
    return (
        f"{capital(count_text(len(boxes), 'detection'))}, with {threshold} % certainty at least: {there} of "
        f"the {len(written)} digits found, {alarms}."
    )


def _code(number: int) -> dict[str, str]:
    start = (
        f"from cnnlib.lessons.l13_beyond.scanning import layers, page{{more}}\n\npaper, _ = page({number})\n"
    )
    torch = """\
x = torch.tensor(paper)[None, None]
for step, (filters, bias) in enumerate(layers()):
    x = F.conv2d(x, torch.tensor(filters), torch.tensor(bias))
    x = torch.relu(x) if step < 4 else x
    x = F.max_pool2d(x, 2) if step < 2 else x
result = torch.softmax(x[0], dim=0).numpy()"""
    return {
        "NumPy": "from cnnlib import softmax\n"
        f"{start.format(more=', scan')}result = softmax(scan(paper), axis=0)",
        "PyTorch": f"import torch\nimport torch.nn.functional as F\n{start.format(more='')}{torch}",
    }
