"""The same picture without a browser: Pillow paints a demo's `View` for GitHub, for print and for tests.

`paint_panel` follows paint.js step by step; a test holds the two painters to the same pixels.
"""

from functools import cache
from math import floor
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from cnnlib.widgets.colormaps import RED_BLUE
from cnnlib.widgets.view import DIMMED, INVENTED, LIT, PLAIN, Panel, View

MARGIN, GAP_FROM, SMALLEST = 4, 12, 8
ORANGE, CASING, HATCH, BLANK, GRID = "#e69f00", "#6b4a00", "#8a8f98", "#eceff3", "#c9ced6"
TEXT, MUTED, BOX, LINE, WEIGHT = "#14171c", "#4d5663", "#f5f6f8", "#cfd4da", "#0b5cad"
WIDTH, SCALE, NOTES = 768, 2, 38


@cache
def font(size: float, kind: str = "Sans"):
    """Return DejaVu (`Sans`, `Sans-Bold` or `SansMono`), which Matplotlib ships, at `size` pixels."""
    import matplotlib

    folder = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
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
    >>> from cnnlib.widgets.view import gray
    >>> paint_panel(gray("image", np.zeros((2, 3)), size=30), scale=1).size
    (38, 28)
    """
    margin, k = _round(MARGIN * scale), panel.cell * scale
    rows, cols = panel.pixels.shape[:2]
    size = (_round(cols * k), _round(rows * k))
    image = Image.new("RGBA", (size[0] + 2 * margin, size[1] + 2 * margin))
    if panel.cell >= GAP_FROM or panel.marks is not None:
        cells = Image.new("RGBA", size)
        _paint_cells(cells, panel, k, scale)
    else:
        method = Image.Resampling.BOX if k < 1 else Image.Resampling.NEAREST
        cells = Image.new("RGBA", size, BLANK)
        photo = Image.fromarray(panel.pixels).resize(size, method)
        cells.paste(photo, mask=photo)
    image.paste(cells, (margin, margin))
    pen, line = ImageDraw.Draw(image), _gap(scale)
    gap = line if panel.cell >= GAP_FROM else 0
    right, bottom = (margin + side - gap + line - 1 for side in size)
    pen.rectangle([margin - line, margin - line, right, bottom], outline=GRID, width=line)
    for row, col, height, width in (_inside(outline, rows, cols) for outline in outlines):
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
    rows, cols = panel.pixels.shape[:2]
    for row in range(rows):
        for col in range(cols):
            x, y = _round(col * k), _round(row * k)
            box = (x, y, _round((col + 1) * k) - gap - 1, _round((row + 1) * k) - gap - 1)
            r, g, b, a = (int(v) for v in panel.pixels[row, col])
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


def _label(pen, panel: Panel, text: str, box: tuple, scale: float, fill, color: str) -> None:
    size = min(0.38 * panel.cell, 1.5 * panel.cell / len(text), 16) * scale
    center = ((box[0] + box[2] + 1) / 2, (box[1] + box[3] + 1) / 2)
    halo = {} if panel.marks is None else {"stroke_width": round(2 * scale), "stroke_fill": fill}
    if halo:
        pen.text(center, text, fill, font(size, "SansMono"), anchor="mm", **halo)
    pen.text(center, text, color, font(size, "SansMono"), anchor="mm")


def paint_demo(demo) -> Image.Image:
    """Paint a whole demo on a light card: title, panels, arithmetic, sentence, and the controls' names.

    Parameters
    ----------
    demo : Demo

    Returns
    -------
    PIL.Image.Image
        RGB, 1536 pixels wide: 768 CSS pixels on a screen of double density.
    """
    grid = demo.grid
    canvas = Image.new("RGB", (WIDTH * SCALE, 4000 * SCALE), "white")
    pen = ImageDraw.Draw(canvas)
    pad = 18 * SCALE
    pen.text((pad, 16 * SCALE), grid.title, TEXT, font(15 * SCALE, "Sans-Bold"))
    left = pad + pen.textlength(grid.title + "  ", font(15 * SCALE, "Sans-Bold"))
    y = _paragraph(pen, grid.question, (left, 17 * SCALE), 13, MUTED) + 12 * SCALE
    y = _panels(canvas, demo.view, y)
    if demo.view.arithmetic:
        y = _arithmetic(pen, demo.view.arithmetic, y + 10 * SCALE)
    y += 10 * SCALE
    bottom = _paragraph(pen, demo.text, (pad + 12 * SCALE, y + 8 * SCALE), 13, None) + 8 * SCALE
    pen.rounded_rectangle([pad, y, WIDTH * SCALE - pad, bottom], 6 * SCALE, BOX)
    y = _paragraph(pen, demo.text, (pad + 12 * SCALE, y + 8 * SCALE), 13, TEXT) + 14 * SCALE
    names = [control.description for control in demo.bar.children if getattr(control, "description", "")]
    note = "Run this cell to move: " + " · ".join(names) if names else "Run this cell to try it."
    y = _paragraph(pen, note, (pad, y), 12, MUTED) + 12 * SCALE
    pen.rounded_rectangle([2, 2, WIDTH * SCALE - 3, y], 10 * SCALE, outline=LINE, width=SCALE)
    return canvas.crop((0, 0, WIDTH * SCALE, int(y) + 3))


def _paragraph(pen, text: str, at: tuple[float, float], size: float, color, kind: str = "Sans") -> float:
    """Write wrapped text and return the y below it; with color None only measure."""
    face, (x, y) = font(size * SCALE, kind), at
    room = (WIDTH - 30) * SCALE - x
    line = ""
    for word in [*text.split(), None]:
        longer = f"{line} {word}".strip()
        if word is None or (line and pen.textlength(longer, face) > room):
            if color and line:
                pen.text((x, y), line, color, face)
            y += 1.45 * size * SCALE if line else 0
            line = word or ""
        else:
            line = longer
    return y


def _panels(canvas: Image.Image, view: View, y: float) -> float:
    """Paste the panels in centred rows, and return the y below them."""
    row, width = [], 0
    for panel in [*view.panels, None]:
        block = _block(panel, view) if panel else None
        full = block and (panel.new_row or width + block.width > (WIDTH - 36) * SCALE)
        if block is None or (row and full):
            x = (WIDTH * SCALE - width) // 2
            height = max((b.height for b in row), default=0)
            for b in row:
                canvas.paste(b, (int(x), int(y + (height - b.height) / 2)), b)  # all notes are equally high
                x += b.width
            y += height + (10 * SCALE if block else 0)
            row, width = [], 0
        if block:
            row.append(block)
            width += block.width
    return y


def _block(panel: Panel, view: View) -> Image.Image:
    """One panel with its symbol, legend and caption."""
    outlines = [(*panel.cursor, 1, 1)] if panel.cursor else []
    cursors = {p.id: p.cursor for p in view.panels if p.cursor}
    for window in view.windows:
        if window.on == panel.id and window.of in cursors:
            outlines += window.rectangles(*cursors[window.of])
    cells = paint_panel(panel, outlines)
    face, small = font(22 * SCALE), font(12 * SCALE)
    lines = _wrap(panel.caption, small, max(cells.width, 136 * SCALE))
    inner = max([cells.width, *(small.getlength(line) for line in lines), 150 * SCALE if panel.legend else 0])
    symbol = 22 * SCALE if panel.symbol else 0
    height = cells.height + NOTES * SCALE
    block = Image.new("RGBA", (int(symbol + inner + 8 * SCALE), int(height)))
    pen = ImageDraw.Draw(block)
    middle = symbol + 4 * SCALE + inner / 2
    if symbol:
        pen.text((symbol / 2, cells.height / 2), panel.symbol, MUTED, face, anchor="mm")
    block.paste(cells, (int(middle - cells.width / 2), 0), cells)
    y = cells.height
    if panel.legend:
        y = _legend(block, pen, panel.legend, middle, y + 4 * SCALE)
    for line in lines:
        pen.text((middle, y + 9 * SCALE), line, MUTED, small, anchor="mm")
        y += 17 * SCALE
    return block


def _legend(block: Image.Image, pen, ends: tuple[str, str], middle: float, y: float) -> float:
    small, half = font(12 * SCALE), 45 * SCALE
    colors = Image.fromarray(RED_BLUE.astype(np.uint8)[None])
    bar = colors.resize((2 * half, 9 * SCALE), Image.Resampling.BILINEAR)
    block.paste(bar, (int(middle - half), int(y + 3 * SCALE)))
    pen.text((middle - half - 6 * SCALE, y + 8 * SCALE), ends[0], MUTED, small, anchor="rm")
    pen.text((middle + half + 6 * SCALE, y + 8 * SCALE), ends[1], MUTED, small, anchor="lm")
    return y + 16 * SCALE


def _wrap(text: str, face, room: float) -> list[str]:
    lines = []
    for paragraph in text.split("\n"):
        lines.append("")
        for word in paragraph.split():
            longer = f"{lines[-1]} {word}".strip()
            if lines[-1] and face.getlength(longer) > room:
                lines.append(word)
            else:
                lines[-1] = longer
    return [line for line in lines if line]


def _arithmetic(pen, pieces: list[tuple[str, str]], y: float) -> float:
    """Write the sum, centred and wrapped between its terms, with the pixels underlined in orange."""
    face, room = font(14 * SCALE, "SansMono"), (WIDTH - 40) * SCALE
    rows, width = [[]], 0
    for text, role in pieces:
        length = face.getlength(text)
        if rows[-1] and width + length > room:
            rows.append([])
            width = 0
        rows[-1].append((text, role, length))
        width += length
    for row in rows:
        x = (WIDTH * SCALE - sum(length for _, _, length in row)) / 2
        for text, role, length in row:
            bold = font(14 * SCALE, "SansMono-Bold") if role == "total" else face
            pen.text((x, y), text, WEIGHT if role == "weight" else TEXT, bold)
            if role == "pixel":
                pen.rectangle([x, y + 18 * SCALE, x + length, y + 20 * SCALE], ORANGE)
            x += length
        y += 24 * SCALE
    return y
