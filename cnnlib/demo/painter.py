"""The same picture without a browser: Pillow paints the cells of a panel.

`paint_panel` follows `paintPanel` of pixelgrid.js step by step; a test holds the two to the same pixels.
"""

from functools import cache
from importlib.util import find_spec
from math import floor
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from cnnlib.demo.panel import DIMMED, INVENTED, LIT, PLAIN, Panel

MARGIN, GAP_FROM, SMALLEST, LEAST = 4, 12, 8, 11
ORANGE, CASING, HATCH, BLANK, GRID = "#e69f00", "#6b4a00", "#8a8f98", "#eceff3", "#c9ced6"
SCALE = 2  # device pixels for each CSS pixel in pictures for pages: sharp on screens of double density


@cache
def font(size: float, kind: str = "Sans"):
    """Return DejaVu (`Sans`, `Sans-Bold` or `SansMono`), which Matplotlib ships, at `size` pixels."""
    # Found, not imported: every first demo would wait for it.
    folder = Path(find_spec("matplotlib").origin).parent / "mpl-data/fonts/ttf"
    return ImageFont.truetype(folder / f"DejaVu{kind}.ttf", round(size))


def paint_panel(panel: Panel, outlines=(), scale: float = SCALE) -> Image.Image:
    """Paint the cells of one panel, with a margin of `MARGIN` CSS pixels around them.

    Parameters
    ----------
    panel : Panel
    outlines : iterable of (row, col, rows, cols)
        Windows to outline in orange.
    scale : float
        Device pixels for each CSS pixel.

    Returns
    -------
    PIL.Image.Image
        In RGBA.

    Examples
    --------
    >>> from cnnlib.demo.view import gray
    >>> paint_panel(gray("image", np.zeros((2, 3)), size=30), scale=1).size
    (38, 28)
    """
    margin, k = _round(MARGIN * scale), panel.cell * scale
    rows, cols = panel.colors.shape[:2]
    size = (_round(cols * k), _round(rows * k))
    image = Image.new("RGBA", (size[0] + 2 * margin, size[1] + 2 * margin))
    if panel.draw:
        from cnnlib.demo.chart import chart_image

        image.paste(chart_image(panel, scale), (margin, margin))
        return image
    if panel.cell >= GAP_FROM or panel.marks is not None:
        cells = Image.new("RGBA", size)
        _paint_cells(cells, panel, k, scale)
    else:
        method = Image.Resampling.BOX if k < 1 else Image.Resampling.NEAREST
        cells = Image.new("RGBA", size, BLANK)
        photo = Image.fromarray(panel.pixels).resize(size, method)
        cells.paste(photo, mask=photo)
    frames = _cut_out(cells, panel, k) if panel.tile else [(0, 0, *size)]
    image.paste(cells, (margin, margin))
    pen, line = ImageDraw.Draw(image), _gap(scale)
    gap = line if panel.cell >= GAP_FROM else 0
    for left, top, right, bottom in frames:
        far = (margin + side - gap + line - 1 for side in (right, bottom))
        pen.rectangle([margin + left - line, margin + top - line, *far], outline=GRID, width=line)
    for row, col, height, width in (_inside(panel.block(*outline), rows, cols) for outline in outlines):
        if height <= 0 or width <= 0:
            continue
        grow = max(0, (SMALLEST * scale - k * min(height, width)) / 2)
        ends = (col * k - grow, row * k - grow, (col + width) * k + grow, (row + height) * k + grow)
        box = [margin + _round(end) for end in ends]
        for color, line in ((CASING, 4.5), (ORANGE, 3)):
            half = line * scale / 2
            edges = [box[0] - half, box[1] - half, box[2] + half - 1, box[3] + half - 1]
            pen.rounded_rectangle(edges, 3 * scale, outline=color, width=round(line * scale))
    return image


def _cut_out(cells: Image.Image, panel: Panel, k: float) -> list[tuple]:
    """Clear what lies between the pictures of a sheet, and missing ones; return the boxes of the others."""
    height, width, gap = panel.tile
    rows, cols = panel.colors.shape[:2]
    gaps = [(r, 0, gap, cols) for r in range(height, rows, height + gap)]
    gaps += [(0, c, rows, gap) for c in range(width, cols, width + gap)]
    tiles = [(r, c, height, width) for r in range(0, rows, height + gap) for c in range(0, cols, width + gap)]
    there = [t for t in tiles if panel.pixels[t[0] : t[0] + height, t[1] : t[1] + width, 3].any()]
    for rect in {*gaps, *tiles} - {*there}:
        cells.paste((0, 0, 0, 0), _edges(rect, k))
    return [_edges(rect, k) for rect in there]


def _edges(rect: tuple, k: float) -> tuple[int, int, int, int]:
    """Return left, top, right, bottom of a rectangle of cells, in device pixels."""
    row, col, rows, cols = rect
    return _round(col * k), _round(row * k), _round((col + cols) * k), _round((row + rows) * k)


def _inside(outline: tuple, rows: int, cols: int) -> tuple[int, int, int, int]:
    """Return the part of an outline that lies on the panel."""
    top, left = max(outline[0], 0), max(outline[1], 0)
    return top, left, min(outline[0] + outline[2], rows) - top, min(outline[1] + outline[3], cols) - left


def _round(value: float) -> int:
    """Round halves up, as JavaScript does; Python's `round` goes to the even neighbour."""
    return floor(value + 0.5)


def _gap(scale: float) -> int:
    """Width of the line between cells, in device pixels."""
    return max(1, _round(scale))


def _paint_cells(image: Image.Image, panel: Panel, k: float, scale: float) -> None:
    pen = ImageDraw.Draw(image)
    gap = _gap(scale) if panel.cell >= GAP_FROM else 0
    pen.rectangle([0, 0, image.width - gap - 1, image.height - gap - 1], GRID)
    pixels, (rows, cols) = panel.pixels, panel.colors.shape[:2]
    for row in range(rows):
        for col in range(cols):
            x, y = _round(col * k), _round(row * k)
            box = (x, y, _round((col + 1) * k) - gap - 1, _round((row + 1) * k) - gap - 1)
            r, g, b, a = (int(v) for v in pixels[row, col])
            fill = (r, g, b) if a else BLANK
            pen.rectangle(box, fill)
            mark = PLAIN if panel.marks is None else panel.marks[row, col]
            if mark:
                _mark(image, mark, box, scale)
            if panel.labels and panel.labels[row * cols + col]:
                _label(pen, panel, panel.labels[row * cols + col], box, scale, fill, ink(r, g, b))


def ink(r: int, g: int, b: int) -> str:
    """Return black or white, whichever contrasts more with the colour (WCAG relative luminance).

    Examples
    --------
    >>> ink(255, 255, 255), ink(33, 102, 172)
    ('#000000', '#ffffff')
    """
    channels = np.array([r, g, b]) / 255
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    return "#000000" if linear @ (0.2126, 0.7152, 0.0722) > 0.179 else "#ffffff"


def _mark(image: Image.Image, kind: int, box: tuple, scale: float) -> None:
    left, top, right, bottom = box
    width, height = right - left + 1, bottom - top + 1
    patch = Image.new("RGBA", (width, height))
    brush = ImageDraw.Draw(patch)
    if kind == INVENTED:
        brush.bitmap((0, 0), _hatching(width, height, scale), HATCH)
    elif kind == DIMMED:
        brush.rectangle([0, 0, width, height], (138, 143, 152, 191))
    elif kind == LIT:
        brush.rectangle([0, 0, width - 1, height - 1], outline=ORANGE, width=round(3 * scale))
    image.paste(Image.alpha_composite(image.crop((left, top, right + 1, bottom + 1)), patch), box[:2])


def _hatching(width: int, height: int, scale: float) -> Image.Image:
    """Cover a cell with lines of 1.5 CSS pixels, 6 apart, as soft at their edges as the canvas draws them."""
    row, col = np.mgrid[:height, :width] + 0.5
    away = np.abs((row + col) % (6 * scale) - 3 * scale) / np.sqrt(2)
    return Image.fromarray(np.uint8(255 * np.clip(0.75 * scale + 0.5 - away, 0, 1)))


def label_size(cell: float, text: str) -> float:
    """Return how large a cell's number is written; 0: it would be too small to read, or touch its neighbours.

    Examples
    --------
    >>> label_size(44, "7"), label_size(32, "−250"), label_size(24, "−250")
    (16, 11.25, 0)
    """
    wide = 0.6 * len(text)  # over its size
    if LEAST * wide > cell - 4:
        return 0
    return max(LEAST, min(0.38 * cell, min(0.9 * cell, cell - 5) / wide, 16))


def _label(pen, panel: Panel, text: str, box: tuple, scale: float, fill, color: str) -> None:
    if not label_size(panel.cell, text):
        text = "…"
    size = label_size(panel.cell, text) * scale
    if not size:
        return
    center = ((box[0] + box[2] + 1) / 2, (box[1] + box[3] + 1) / 2)
    halo = {} if panel.marks is None else {"stroke_width": round(2 * scale), "stroke_fill": fill}
    if halo:
        pen.text(center, text, fill, font(size, "SansMono"), anchor="mm", **halo)
    pen.text(center, text, color, font(size, "SansMono"), anchor="mm")
