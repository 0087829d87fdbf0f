"""The two painters agree: pixelgrid.js on a canvas in Chromium, and painter.py with Pillow.

Cells, frames and enlarged photos are the same in every pixel. Only what is smoothed differs: the edges of
outlines, hatching and digits, for which each check says how much is let pass.
"""

import base64
from dataclasses import replace

import numpy as np
import pytest
from face import FACE

from cnnlib.demo import painter
from cnnlib.demo.colormaps import TABLES
from cnnlib.demo.view import DIMMED, INVENTED, LIT, PLAIN, Panel, Window, gray, mosaic, rgb, signed
from cnnlib.pictures import picture

SCALES = (1, 1.5, 2)
CLEAR = 32  # of 255: a difference that an eye would see
PAINT = """({ panel, outlines, style }) => {
  const bytes = (text) => text && Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const canvas = document.createElement('canvas');
  panel.pixels = bytes(panel.pixels);
  panel.marks = bytes(panel.marks);
  paintPanel(canvas, panel, outlines.map((rect) => inside(blockOf(rect, panel), panel)), style);
  const { width, height } = canvas;
  const { data } = canvas.getContext('2d').getImageData(0, 0, width, height);
  let text = '';
  for (let i = 0; i < data.length; i += 8192) text += String.fromCharCode(...data.subarray(i, i + 8192));
  return { width, height, data: btoa(text) };
}"""


class Canvas:
    """A page of its own with pixelgrid.js, or with a spoiled copy: (what is there, what comes instead)."""

    def __init__(self, browser, spoil=("", "")):
        assert spoil[0] in FACE
        self.page = browser.new_page()
        self.page.set_content("<!doctype html><title>painters</title>")
        self.page.add_script_tag(content=FACE.replace(*spoil) if spoil[0] else FACE)

    def paint(self, panel: Panel, outlines=(), scale=1) -> np.ndarray:
        rows, cols = panel.pixels.shape[:2]
        sent = {"rows": rows, "cols": cols, "cell": panel.cell, "labels": panel.labels}
        sent["tile"] = panel.tile
        for name in ("pixels", "marks"):
            array = getattr(panel, name)
            sent[name] = None if array is None else base64.b64encode(array.tobytes()).decode()
        style = {"blank": painter.BLANK, "line": painter.GRID, "accent": "#0b63b5", "ratio": scale}
        given = {"panel": sent, "outlines": [list(rect) for rect in outlines], "style": style}
        found = self.page.evaluate(PAINT, given)
        pixels = np.frombuffer(base64.b64decode(found["data"]), np.uint8)
        return pixels.reshape(found["height"], found["width"], 4)


@pytest.fixture(scope="module")
def canvas(browser):
    canvas = Canvas(browser)
    yield canvas
    canvas.page.close()


def over_white(rgba) -> np.ndarray:
    rgba = np.asarray(rgba).astype(float)
    alpha = rgba[..., 3:] / 255
    return rgba[..., :3] * alpha + 255 * (1 - alpha)


def both(canvas, panel, scale, outlines=()) -> tuple[np.ndarray, np.ndarray]:
    """Return what the page and what Pillow paints, as RGB on white."""
    there = over_white(canvas.paint(panel, outlines, scale))
    here = over_white(painter.paint_panel(panel, outlines, scale))
    assert there.shape == here.shape
    return there, here


def apart(there, here) -> np.ndarray:
    """Return the largest difference of each pixel's channels."""
    return np.abs(there - here).max(axis=-1)


RNG = np.random.default_rng(3)
NOISE = RNG.integers(0, 256, (300, 301, 3), np.uint8)
WAVE = np.round(9 * np.sin(np.arange(63).reshape(7, 9)))
HOLES = np.where(np.arange(63).reshape(7, 9) % 5 == 0, np.nan, WAVE)
FOUR_MARKS = np.array([[PLAIN, DIMMED], [LIT, PLAIN], [DIMMED, LIT]], np.uint8)


def unlabelled(panel):
    return replace(panel, labels=[])


SHARP = {  # name: (panel, scales at which each pixel is a whole number of device pixels)
    "gray cells": (unlabelled(gray("it", NOISE[:5, :7, 0], size=200)), SCALES),
    "signed cells": (unlabelled(signed("it", WAVE, size=225)), SCALES),
    "cells of odd size": (unlabelled(signed("it", WAVE, size=9 * 25)), SCALES),
    "blank cells": (unlabelled(signed("it", HOLES, size=250)), SCALES),
    "cells just set apart": (gray("it", NOISE[:5, :7, 0], size=7 * 12), SCALES),
    "cells close together": (gray("it", NOISE[:5, :7, 0], size=7 * 11), (1, 2)),
    "colour cells": (rgb("it", NOISE[:9, :8], size=250), SCALES),
    "one cell": (unlabelled(gray("it", NOISE[:1, :1, 0])), SCALES),
    "photo at 1:1": (gray("it", NOISE[:256, :200, 0]), (1, 2)),
    "colour photo at 1:1": (rgb("it", NOISE[:256, :200]), (1, 2)),
    "photo at 3:1": (gray("it", NOISE[:70, :80, 0]), (1, 2)),
    "photo with blank pixels at 4:1": (signed("it", np.tile(HOLES, (9, 7))), SCALES),
    "sheet of filters": (mosaic("it", WAVE[:, :, None] * np.ones((7, 9, 4)), columns=3, size=250), SCALES),
    "sheet of maps": (mosaic("it", NOISE[:10, :20, :], kind="gray", columns=4, size=200), (1, 2)),
    "photo at 1:2 on a sharp screen": (gray("it", NOISE[..., 0]), (2,)),
}
SHARP_CASES = [(name, scale) for name, (_, scales) in SHARP.items() for scale in scales]


def check_sharp(canvas, name, scale):
    there, here = both(canvas, SHARP[name][0], scale)
    np.testing.assert_array_equal(there, here)


@pytest.mark.parametrize(("name", "scale"), SHARP_CASES)
def test_cells_and_photos_are_the_same_in_every_pixel(canvas, name, scale):
    check_sharp(canvas, name, scale)


@pytest.mark.parametrize("sides", [(300, 256), (256, 300)])
def test_a_photo_at_half_its_size_is_averaged_alike(canvas, sides):
    """Both average four pixels; they may round a half up or down."""
    there, here = both(canvas, gray("it", NOISE[: sides[0], : sides[1], 0]), 1)
    assert apart(there, here).max() <= 1


@pytest.mark.parametrize("scale", [1, 2])
@pytest.mark.parametrize("size", [86, 64])
def test_a_photo_reduced_further_looks_the_same(canvas, size, scale):
    """The two weigh neighbours differently: one pixel in 20 may differ clearly, the mean may not."""
    there, here = both(canvas, gray("it", picture("camera"), size=size), scale)
    assert (apart(there, here) > CLEAR).mean() <= 0.05
    assert abs((there - here).mean()) <= 1


def check_marks(canvas, size, scale):
    panel = unlabelled(gray("it", NOISE[:3, :2, 0], size=size, marks=FOUR_MARKS))
    there, here = both(canvas, panel, scale)
    assert apart(there, here).max() <= 1  # of the half transparent grey


@pytest.mark.parametrize("scale", [1, 2])
@pytest.mark.parametrize("size", [120, 3 * 16, 3 * 8])
def test_dimmed_and_lit_cells(canvas, size, scale):
    check_marks(canvas, size, scale)


def check_hatching(canvas, size, scale):
    """Soft edges differ a little, line ends too: compare ink and pattern, and one pixel in 20."""
    marks = np.full((3, 3), INVENTED, np.uint8)
    panel = unlabelled(gray("it", np.full((3, 3), 255, np.uint8), size=size, marks=marks))
    there, here = (255 - image[..., 0] for image in both(canvas, panel, scale))
    assert (np.abs(there - here) > CLEAR).mean() <= 0.05
    assert there.mean() == pytest.approx(here.mean(), rel=0.05)
    k, margin = round(panel.cell * scale), 4 * scale
    cell = np.s_[margin + k : margin + 2 * k - scale, margin + k : margin + 2 * k - scale]
    assert np.corrcoef(there[cell].ravel(), here[cell].ravel())[0, 1] >= 0.9
    assert 0.15 < (there[cell] > CLEAR).mean() < 0.75  # lines, with room between them


@pytest.mark.parametrize("scale", [1, 2])
@pytest.mark.parametrize("size", [120, 3 * 20])
def test_invented_cells_are_hatched_alike(canvas, size, scale):
    check_hatching(canvas, size, scale)


CELLS = unlabelled(gray("it", NOISE[:6, :8, 0], size=8 * 26))
PHOTO = gray("it", NOISE[:100, :120, 0], size=120)
SHEET = mosaic("it", NOISE[:6, :8], kind="gray", columns=3, size=200)
OUTLINES = {
    "window": (CELLS, [(1, 2, 3, 3)]),
    "one cell": (CELLS, [(2, 2, 1, 1)]),
    "whole panel": (CELLS, [(0, 0, 6, 8)]),
    "over the edge": (CELLS, [(-1, 6, 3, 3)]),
    "beside the panel": (CELLS, [(7, 0, 3, 3), (-3, 0, 3, 3)]),
    "dilated": (CELLS, Window("map", "it", (2, 2), dilation=(2, 3)).rectangles(1, 2)),
    "grown on a photo": (PHOTO, [(50, 30, 3, 3)]),
    "one pixel of a photo": (PHOTO, [(50, 30, 1, 1), (0, 0, 1, 1), (99, 119, 1, 1)]),
    "flat on a photo": (PHOTO, [(10, 30, 2, 40)]),
    "picture of a sheet": (SHEET, [(1, 2, 1, 1)]),
}


def near(panel, outlines, scale, shape) -> np.ndarray:
    """Mark the pixels within reach of an outline: half its line, the rounded corner, and one pixel more."""
    mask = np.zeros(shape, bool)
    k, reach = panel.cell * scale, 2.25 * scale + 1
    for row, col, rows, cols in outlines:
        top, left = max(row, 0), max(col, 0)
        bottom, right = min(row + rows, panel.pixels.shape[0]), min(col + cols, panel.pixels.shape[1])
        if bottom <= top or right <= left:
            continue
        grow = max(0, (painter.SMALLEST * scale - k * min(bottom - top, right - left)) / 2)
        ends = (top * k - grow, bottom * k + grow, left * k - grow, right * k + grow)
        y0, y1, x0, x1 = (4 * scale + end for end in ends)
        y, x = np.mgrid[: shape[0], : shape[1]] + 0.5
        outer = (y > y0 - reach) & (y < y1 + reach) & (x > x0 - reach) & (x < x1 + reach)
        inner = (y > y0 + reach) & (y < y1 - reach) & (x > x0 + reach) & (x < x1 - reach)
        mask |= outer & ~inner
    return mask


def check_outline(canvas, name, scale):
    panel, outlines = OUTLINES[name]
    there, here = both(canvas, panel, scale, outlines)
    band, distance = (
        near(panel, [panel.block(*rect) for rect in outlines], scale, there.shape[:2]),
        apart(there, here),
    )
    assert not distance[~band].any()  # nothing else is touched
    if not band.any():
        return
    # Lines end between pixels, and corners are rounder on the canvas: one pixel in 7 of the band may differ
    # clearly. The orange is equally much, and its centre lies in the same place to a third of a CSS pixel;
    # to two where Pillow, which draws whole pixels, has no more than one for each.
    assert (distance[band] > 3 * CLEAR).mean() <= 0.15
    orange = [np.clip(1 - apart(picture, (230, 159, 0)) / 96, 0, 1) * band for picture in (there, here)]
    assert orange[0].sum() == pytest.approx(orange[1].sum(), rel=0.2)
    assert orange[0].sum() > 0.25 * band.sum()
    for axis in np.mgrid[: band.shape[0], : band.shape[1]]:
        centre = [(axis * weight).sum() / weight.sum() for weight in orange]
        assert centre[0] == pytest.approx(centre[1], abs=2 if scale == 1 else scale / 3)


@pytest.mark.parametrize("scale", [1, 2])
@pytest.mark.parametrize("name", OUTLINES)
def test_outlines_lie_in_the_same_place(canvas, name, scale):
    check_outline(canvas, name, scale)


LABELS = {
    "gray": gray("it", np.array([[0, 7, 255], [128, 64, 1]]), size=132),
    "signed": signed("it", np.array([[-1.5, 0, 0.333], [12, -150, 1e-5]]), size=132),
    "small": signed("it", np.array([[-1, 2, 3], [4, -5, 6]]), size=3 * 20),
    "with marks": gray(
        "it",
        np.array([[0, 7, 255], [128, 64, 1]]),
        size=132,
        marks=np.array([[0, 1, 2], [3, 0, 1]], np.uint8),
    ),
}


def check_labels(canvas, name, scale):
    """Fonts differ from machine to machine: compare how much ink a cell holds, its height and its centre."""
    panel = LABELS[name]
    pictures = both(canvas, panel, scale)
    blank = both(canvas, unlabelled(Panel(**vars(panel))), scale)
    k, margin = panel.cell * scale, 4 * scale
    for row, col in np.ndindex(panel.pixels.shape[:2]):
        y, x = round(margin + row * k), round(margin + col * k)
        cell = np.s_[y : y + round(k), x : x + round(k)]
        ink = [apart(p[cell], b[cell]) / 255 for p, b in zip(pictures, blank, strict=True)]
        # Pillow has fonts of whole sizes only: at 1 device pixel a CSS pixel, 8 stands in for 7.6.
        assert ink[0].sum() == pytest.approx(ink[1].sum(), rel=0.5 if scale == 1 else 0.25)
        dark = [np.array(np.nonzero(i > 0.2)) for i in ink]
        heights = [np.ptp(rows) + 1 for rows, _ in dark]
        assert heights[0] == pytest.approx(heights[1], abs=1 + 0.1 * heights[1])
        centres = [places.mean(axis=1) for places in dark]
        assert np.abs(centres[0] - centres[1]).max() <= 1.2 * scale


@pytest.mark.parametrize("scale", [1, 2])
@pytest.mark.parametrize("name", LABELS)
def test_numbers_stand_in_the_same_place_equally_black(canvas, name, scale):
    check_labels(canvas, name, scale)


def test_ink_is_black_or_white_for_the_same_colours(canvas):
    colors = [
        *TABLES["signed"][:255][:, :3].tolist(),
        *NOISE.reshape(-1, 3)[:2000].tolist(),
        *([v] * 3 for v in range(256)),
    ]
    there = canvas.page.evaluate("(colors) => colors.map((c) => ink(...c))", colors)
    assert there == [painter.ink(*color) for color in colors]


def test_windows_are_the_same_in_the_page(canvas):
    for taps in ((1, 1), (2, 3)):
        for stride in ((1, 1), (2, 3)):
            for dilation in ((1, 1), (2, 1), (2, 3)):
                window = Window("map", "it", taps, stride, (-1, 2), dilation)
                link = {n: getattr(window, n) for n in ("taps", "stride", "start", "dilation")}
                there = canvas.page.evaluate("([link, cell]) => rectangles(link, cell)", [link, [1, 2]])
                assert [tuple(rect) for rect in there] == window.rectangles(1, 2)


SPOILED = {
    "shifted by one pixel": ("ctx.translate(margin, margin)", "ctx.translate(margin + 1, margin)", "sharp"),
    "red and blue swapped": ("rgb(${r},${g},${b})", "rgb(${b},${g},${r})", "sharp"),
    "rows and columns swapped": ("Math.round(col * k), y = Math.round(row * k)",
                                 "Math.round(row * k), y = Math.round(col * k)", "sharp"),
    "blank is black": ("const fill = a ?", "const fill = true ?", "sharp"),
    "gaps of a sheet stay": ("ctx.clearRect(...edges(rect, k))", "edges(rect, k)", "sheet"),
    "no gap": ("const GAP_FROM = 12", "const GAP_FROM = 99", "sharp"),
    "dimmed too much": ("0.75)", "0.85)", "marks"),
    "lit and dimmed swapped": ("DIMMED = 2, LIT = 3", "DIMMED = 3, LIT = 2", "marks"),
    "hatched the other way": ("ctx.lineTo(x + d - h, y + h)", "ctx.lineTo(x + d + h, y + h)", "hatching"),
    "hatched twice as densely": ("d += 6 * ratio", "d += 3 * ratio", "hatching"),
    "outline too narrow": ("[color, 3]", "[color, 2]", "outline"),
    "outline one pixel lower": ("ctx.roundRect(x, y,", "ctx.roundRect(x, y + 1,", "outline"),
    "outline in red": ("#e69f00", "#e60000", "outline"),
    "numbers too small": ("0.38 * cell", "0.3 * cell", "labels"),
    "numbers too low": ("fillText(text, x, y + 0.06", "fillText(text, x, y + 0.3", "labels"),
}  # fmt: skip


@pytest.mark.parametrize("fault", SPOILED)
def test_a_spoiled_painter_is_seen(browser, fault):
    before, after, kind = SPOILED[fault]
    spoiled = Canvas(browser, (before, after))
    checks = {
        "sharp": lambda: [check_sharp(spoiled, name, 2) for name in ("blank cells", "colour cells")],
        "sheet": lambda: check_sharp(spoiled, "sheet of maps", 2),
        "marks": lambda: check_marks(spoiled, 120, 2),
        "hatching": lambda: check_hatching(spoiled, 120, 2),
        "outline": lambda: check_outline(spoiled, "window", 2),
        "labels": lambda: check_labels(spoiled, "gray", 2),
    }
    try:
        with pytest.raises(AssertionError):
            checks[kind]()
    finally:
        spoiled.page.close()
