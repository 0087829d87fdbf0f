"""Arrays of channels, rows and columns, drawn to scale as piles of sheets."""

import numpy as np

from cnnlib.demo.panel import Panel

STEP = 5  # CSS pixels from one sheet to the next
MOST = 12  # sheets drawn; the caption says how many there are
PAPER = 212  # CSS pixels: side of the paper on which the pile lies
SHEET, EDGE, ORANGE = (226, 230, 236, 255), (77, 86, 99, 255), (230, 159, 0, 255)
HATCH, INVENTED = (138, 143, 152, 255), (24, 28, 34, 255)


def pile(
    id: str,
    side: int,
    depth: int,
    scale: float,
    caption: str,
    *,
    frame: int = 0,
    window: int = 0,
    **more,
) -> Panel:
    """Draw `depth` sheets of side by side numbers behind each other, on paper that keeps its size.

    Parameters
    ----------
    id, caption : str
        See `Panel`.
    side : int
        Rows and columns of each sheet.
    depth : int
        Sheets, of which 12 are drawn at most.
    scale : float
        CSS pixels for each number; a sheet has room for 150.
    frame : int
        Invented rows and columns around the first sheet, hatched.
    window : int
        Side of a window in the first sheet's corner, outlined in orange; 0 for none.
    **more
        Further fields of `Panel`.

    Examples
    --------
    >>> panel = pile("input", 32, 3, 5, "3 sheets")
    >>> panel.width, panel.height
    (212, 212)
    """
    sheets = min(depth, MOST)
    size = max(round(scale * (side + 2 * frame)), 4)
    back = STEP * (sheets - 1)
    colors = np.zeros((PAPER, PAPER, 4), np.uint8)
    first = (PAPER - size - back) // 2  # the pile lies in the middle
    for sheet in range(sheets):
        _box(colors, first + STEP * sheet, first + back - STEP * sheet, size)
    front = colors[first + back : first + back + size, first : first + size]
    if frame:
        _hatch(front, max(round(scale * frame), 1))
    if window:
        _outline(front, max(round(scale * window), 3))
    return Panel(id, colors, caption, **more)


def _box(colors: np.ndarray, top: int, left: int, size: int) -> None:
    colors[top : top + size, left : left + size] = EDGE
    colors[top + 1 : top + size - 1, left + 1 : left + size - 1] = SHEET


def _hatch(sheet: np.ndarray, width: int) -> None:
    """Hatch the invented rim of a sheet, as padding is hatched everywhere."""
    row, col = np.indices(sheet.shape[:2])
    size = len(sheet)
    rim = (np.minimum(row, col) < width) | (np.maximum(row, col) >= size - width)
    sheet[rim] = INVENTED
    sheet[rim & ((row + col) % 4 == 0)] = HATCH


def _outline(sheet: np.ndarray, size: int) -> None:
    """Outline the window in the upper left corner of a sheet."""
    size, thick = min(size, len(sheet)), 2
    for part in (np.s_[:thick, :size], np.s_[:size, :thick], np.s_[max(size - thick, 0) : size, :size]):
        sheet[part] = ORANGE
    sheet[:size, max(size - thick, 0) : size] = ORANGE
