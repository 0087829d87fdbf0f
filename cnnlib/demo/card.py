"""A whole demo as one picture, for pages without a kernel: GitHub, nbviewer, print."""

import numpy as np
from PIL import Image, ImageDraw

from cnnlib.demo.colormaps import RED_BLUE
from cnnlib.demo.painter import MARGIN, ORANGE, SCALE, font, paint_panel
from cnnlib.demo.panel import Panel
from cnnlib.demo.view import View

TEXT, MUTED, BOX, LINE, WEIGHT = "#14171c", "#4d5663", "#f5f6f8", "#cfd4da", "#0b5cad"
WIDTH, LEGEND, LINE_HEIGHT = 768, 20, 17
ROOM, BETWEEN = 734, 8  # for panels, and between two: as in the page, so that rows break alike


def paint_demo(demo, live: bool = False) -> Image.Image:
    """Paint a whole demo on a light card: title, panels, arithmetic, sentence, and the controls' names.

    Parameters
    ----------
    demo : Demo
    live : bool
        Whether its cell has just been run, and the controls are missing all the same.

    Returns
    -------
    PIL.Image.Image
        RGB, 1536 pixels wide: 768 CSS pixels on a screen of double density; a live one 768.
    """
    grid = demo.grid
    canvas = Image.new("RGB", (WIDTH * SCALE, 2000 * SCALE), "white")
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
    names = [_name(control) for control in demo.bar.children if getattr(control, "description", "")]
    way = "This program shows no widgets; in JupyterLab you can" if live else "Run this cell to"
    note = f"{way} move: {' · '.join(names)}" if names else f"{way} try it."
    y = _paragraph(pen, note, (pad, y), 12, MUTED) + 12 * SCALE
    pen.rounded_rectangle([2, 2, WIDTH * SCALE - 3, y], 10 * SCALE, outline=LINE, width=SCALE)
    card = canvas.crop((0, 0, WIDTH * SCALE, int(y) + 3))
    return card.reduce(SCALE) if live else card  # every run waits for a live one, which few will see


def _paragraph(pen, text: str, at: tuple[float, float], size: float, color, kind: str = "Sans") -> float:
    """Write wrapped text and return the y below it; with color None only measure."""
    face, (x, y) = font(size * SCALE, kind), at
    for line in _wrap(" ".join(text.split()), face, (WIDTH - 30) * SCALE - x):
        if color:
            pen.text((x, y), line, color, face)
        y += 1.45 * size * SCALE
    return y


def _panels(canvas: Image.Image, view: View, y: float) -> float:
    """Paste the panels in centred rows, and return the y below them."""
    row, width = [], 0
    for panel in [*view.panels, None]:
        block = _block(panel, view) if panel else None
        full = block and (panel.new_row or width + block.width > (ROOM + BETWEEN) * SCALE)
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
    cells = paint_panel(panel, outlines(panel, view))
    face, small = font(22 * SCALE), font(12 * SCALE)
    lines = _caption(panel)
    beside = 44 * SCALE if panel.beside else 0
    least = max(panel.room, 150 if panel.legend else 0) * SCALE
    inner = max([cells.width + beside, *(small.getlength(line) for line in lines), least])
    symbol = 22 * SCALE if panel.symbol else 0
    if len(panel.symbol) > 1:  # with its operand, in words
        face = font(15 * SCALE)
        symbol = face.getlength(panel.symbol) + 4 * SCALE
    height = cells.height + max(map(_notes_height, view.panels))
    block = Image.new("RGBA", (int(symbol + inner + BETWEEN * SCALE), int(height)))
    pen = ImageDraw.Draw(block)
    middle = symbol + 4 * SCALE + inner / 2
    if symbol:
        pen.text((symbol / 2, cells.height / 2), panel.symbol, MUTED, face, anchor="mm")
    left = int(middle - (cells.width + beside) / 2)
    block.paste(cells, (left, 0), cells)
    for row, text in enumerate(panel.beside):
        at = left + cells.width + beside, (MARGIN + (row + 0.5) * panel.cell) * SCALE
        pen.text(at, text, TEXT, font(11 * SCALE), anchor="rm")
    y = cells.height
    if panel.legend:
        y = _legend(block, pen, panel.legend, middle, inner, y + 4 * SCALE)
    for line in lines:
        pen.text((middle, y + 9 * SCALE), line, MUTED, small, anchor="mm")
        y += LINE_HEIGHT * SCALE
    return block


def outlines(panel: Panel, view: View) -> list[tuple[int, int, int, int]]:
    """Return the rectangles that a panel outlines: its cursor, and the windows of others' cursors."""
    found = [(*panel.cursor, *(panel.span or (1, 1)))] if panel.cursor else []
    cursors = {p.id: p.cursor for p in view.panels if p.cursor}
    for window in view.windows:
        if window.on == panel.id and window.of in cursors:
            found += window.rectangles(*cursors[window.of])
    return found


def _caption(panel: Panel) -> list[str]:
    """Return a caption in lines as wide as its panel, or as 136 CSS pixels."""
    return _wrap(panel.caption, font(12 * SCALE), max(panel.width + 2 * MARGIN, 136) * SCALE)


def _notes_height(panel: Panel) -> int:
    """Return the room that legend and caption take below a panel."""
    return ((LEGEND if panel.legend else 0) + LINE_HEIGHT * len(_caption(panel)) + 4) * SCALE


def _legend(block: Image.Image, pen, ends: tuple[str, str], middle: float, room: float, y: float) -> float:
    """Draw the colours between their ends; beside long numbers they are given less room."""
    small = font(12 * SCALE)
    half = int(min(45 * SCALE, room / 2 - 6 * SCALE - max(map(small.getlength, ends))))
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


def _name(control) -> str:
    """Return a control's name; a seed's with its number, without which nobody can train the same again."""
    seed = control.description.startswith("seed")
    return f"{control.description} {control.value}" if seed else control.description


def _arithmetic(pen, pieces: list[tuple[str, str]], y: float) -> float:
    """Write the sum, centred and wrapped between its terms, with the pixels underlined in orange."""
    face, room = font(14 * SCALE, "SansMono"), (WIDTH - 40) * SCALE
    rows, width = [[]], 0
    for piece, role in pieces:
        for number, text in enumerate(piece.split("\n")):
            length = face.getlength(text)
            if number or (rows[-1] and width + length > room):
                rows.append([])
                width = 0
            rows[-1].append((text, role, length))
            width += length
    lines = any(text == "\n" for text, _ in pieces)  # they begin below each other
    lengths = [sum(length for _, _, length in row) for row in rows]
    for row, length in zip(rows, lengths, strict=True):
        x = (WIDTH * SCALE - (max(lengths) if lines else length)) / 2
        for text, role, length in row:
            bold = font(14 * SCALE, "SansMono-Bold") if role == "total" else face
            pen.text((x, y), text, WEIGHT if role == "weight" else TEXT, bold)
            if role == "pixel":
                pen.rectangle([x, y + 18 * SCALE, x + length, y + 20 * SCALE], ORANGE)
            x += length
        y += 24 * SCALE
    return y
