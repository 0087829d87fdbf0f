"""The plain data of one panel: what both painters, the page's and Pillow's, are given to draw."""

import itertools
from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass, field

import numpy as np

from cnnlib.demo.colormaps import TABLES

# What a cell can be marked with; the painters know how each looks.
PLAIN, INVENTED, DIMMED, LIT = range(4)


class Point:
    """What pointing at a cell sets: a place, and with it what is said here.

    The place is one `Pointed` control, or a control for the row and one for the column; an empty name sets
    nothing.

    Examples
    --------
    >>> Point("at", layer="conv 1").changes((2, 3))
    {'layer': 'conv 1', 'at': (2, 3)}
    >>> Point("", "frame").changes((0, 7))
    {'frame': 7}
    """

    def __init__(self, *place: str, **also):
        self.place, self.also = place, also

    @property
    def names(self) -> list[str]:
        """The controls that are set."""
        return [*self.also, *filter(None, self.place)]

    def changes(self, place: tuple[int, int]) -> dict:
        """Return what is set; the place last, whatever the others bring along."""
        values = [place] if len(self.place) == 1 else place
        return self.also | {name: value for name, value in zip(self.place, values, strict=True) if name}


@dataclass(frozen=True, eq=False)
class Panel:
    """One array as it is drawn: a grid of coloured cells with a caption.

    Attributes
    ----------
    id : str
        Its name in the demo, such as ``"image"``.
    colors : ndarray of uint8, shape (H, W, 4), or (H, W) with a table
        The colour of each cell, alpha 0 where there is no value; or its level in `TABLES[table]`.
    caption : str
        One short line under the panel.
    table : str
        ``"gray"``, ``"signed"``, or empty if `colors` are colours.
    labels : list of str
        The number written into each cell, row by row; empty for none.
    marks : ndarray of uint8, shape (H, W), or None
        `PLAIN`, `INVENTED` (hatched: padding), `DIMMED` or `LIT` for each cell.
    cell : float
        Width and height of a cell in CSS pixels.
    symbol : str
        Drawn to the left of the panel: ``"⋆"``, ``"="``; ``"picture ⋆"`` where it begins a row.
    legend : tuple of str
        What the two ends of the red-blue scale stand for; empty for no legend.
    point : Point or None
        What pointing sets.
    edit, paint : str
        The `Cells` that typing and painting change.
    origin : tuple of int
        Row and column of the first cell, (-1, -1) where a padding of 1 is shown.
    cursor : tuple of int or None
        The selected cell, outlined in orange; the selected tile where there are tiles.
    span : tuple of int or None
        Rows and columns of a block that is selected in place of a cell, and dragged; `cursor` is its first.
    new_row : bool
        Whether the panel starts a new row of panels.
    alt : str
        The panel in words.
    tile : tuple of int or None
        Rows and columns of each picture on a sheet, and the gap between two: one points at whole pictures.
    beside : list of str
        What is written to the right of each row of cells; one text a row, or none.
    room : float
        Width in CSS pixels that is kept free for the panel, so that its neighbours stand still when it grows.
    svg : str
        What the page shows in place of the cells: a chart.
    draw : callable or None
        ``draw(axes)`` plots that chart, for pictures without a page.
    ended : str
        The caption once no Python is there to go on: of work that still ran, how far it came.
    """

    id: str
    colors: np.ndarray
    caption: str = ""
    _: KW_ONLY
    labels: list[str] = field(default_factory=list)
    marks: np.ndarray | None = None
    cell: float = 1
    symbol: str = ""
    legend: tuple[str, ...] = ()
    point: Point | None = None
    edit: str = ""
    paint: str = ""
    origin: tuple[int, int] = (0, 0)
    cursor: tuple[int, int] | None = None
    span: tuple[int, int] | None = None
    new_row: bool = False
    table: str = ""
    alt: str = ""
    tile: tuple[int, int, int] | None = None
    beside: list[str] = field(default_factory=list)
    room: float = 0
    svg: str = ""
    draw: Callable | None = None
    ended: str = ""

    def __post_init__(self):
        rows, cols = self.colors.shape[:2]
        alt = self.alt or f"{self.caption or self.id}, {rows} rows by {cols} columns"
        object.__setattr__(self, "alt", alt)

    def linked(self, way: str) -> list[str]:
        """Return the controls that pointing, typing or painting would set."""
        link = getattr(self, way)
        return link.names if isinstance(link, Point) else [link] if link else []

    @property
    def pixels(self) -> np.ndarray:
        """The colour of each cell, (H, W, 4)."""
        return TABLES[self.table][self.colors] if self.table else self.colors

    @property
    def sent(self) -> bytes:
        """What travels to the page: one byte a cell, or four; three where every cell has a colour."""
        if self.svg:
            return self.svg.encode()
        opaque = not self.table and self.colors[..., 3].min(initial=255) == 255
        return (self.colors[..., :3] if opaque else self.colors).tobytes()

    def block(self, row: int, col: int, rows: int, cols: int) -> tuple[int, int, int, int]:
        """Return the cells of a rectangle, which is counted in tiles where there are tiles.

        Examples
        --------
        >>> Panel("sheet", np.zeros((7, 11, 4), np.uint8), tile=(3, 3, 1)).block(0, 1, 1, 2)
        (0, 4, 3, 7)
        """
        if not self.tile:
            return row, col, rows, cols
        height, width, gap = self.tile
        down, across = height + gap, width + gap
        return row * down, col * across, rows * down - gap, cols * across - gap

    @property
    def width(self) -> float:
        """Width in CSS pixels."""
        return self.colors.shape[1] * self.cell

    @property
    def height(self) -> float:
        """Height in CSS pixels."""
        return self.colors.shape[0] * self.cell


@dataclass(frozen=True)
class Window:
    """The cells of panel `on` that make one cell of panel `of`: what lights up when the learner points.

    Attributes
    ----------
    of, on : str
        The panel pointed at, and the panel on which the window lies.
    taps : tuple of int
        Rows and columns of the window.
    stride, start, dilation : tuple of int
        Step between windows, row and column (in cells of `on`) of the first one, spacing of the taps.
    """

    of: str
    on: str
    taps: tuple[int, int]
    stride: tuple[int, int] = (1, 1)
    start: tuple[int, int] = (0, 0)
    dilation: tuple[int, int] = (1, 1)

    def rectangles(self, row: int, col: int) -> list[tuple[int, int, int, int]]:
        """Return (row, col, rows, cols) of each outline: one for a dense window, one a tap for a dilated one.

        Examples
        --------
        >>> Window("map", "image", taps=(3, 3), stride=(2, 2)).rectangles(1, 0)
        [(2, 0, 3, 3)]
        """
        top, left = (s + i * step for s, i, step in zip(self.start, (row, col), self.stride, strict=True))
        if self.dilation == (1, 1):
            return [(top, left, *self.taps)]
        down, across = self.dilation
        taps = itertools.product(range(self.taps[0]), range(self.taps[1]))
        return [(top + r * down, left + c * across, 1, 1) for r, c in taps]
