"""What a demo shows at one moment: panels, arithmetic, a sentence, and the code that gives the same numbers.

A `View` is plain data. It is drawn by the browser (`pixelgrid.js`) and by Pillow (`painter.py`, `card.py`).
"""

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from cnnlib.widgets.colormaps import TABLES, gray_levels, gray_rgba, largest, rgb_rgba, signed_levels
from cnnlib.widgets.numbers import number_text, signed_text

# What a cell can be marked with; the painters know how each looks.
PLAIN, INVENTED, DIMMED, LIT = range(4)


@dataclass
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
        Drawn to the left of the panel: ``"∗"``, ``"="``.
    legend : tuple of str
        What the two ends of the red-blue scale stand for; empty for no legend.
    point, edit, paint : str
        The controls that pointing, typing and painting set: ``"row col"``, ``"kernel"``, ``"drawing"``.
    origin : tuple of int
        Row and column of the first cell, (-1, -1) where a padding of 1 is shown.
    cursor : tuple of int or None
        The selected cell, outlined in orange.
    new_row : bool
        Whether the panel starts a new row of panels.
    alt : str
        The panel in words.
    """

    id: str
    colors: np.ndarray
    caption: str = ""
    labels: list[str] = field(default_factory=list)
    marks: np.ndarray | None = None
    cell: float = 1
    symbol: str = ""
    legend: tuple[str, ...] = ()
    point: str = ""
    edit: str = ""
    paint: str = ""
    origin: tuple[int, int] = (0, 0)
    cursor: tuple[int, int] | None = None
    new_row: bool = False
    table: str = ""
    alt: str = ""

    def __post_init__(self):
        rows, cols = self.colors.shape[:2]
        self.alt = self.alt or f"{self.caption or self.id}, {rows} rows by {cols} columns"

    @property
    def pixels(self) -> np.ndarray:
        """The colour of each cell, (H, W, 4)."""
        return TABLES[self.table][self.colors] if self.table else self.colors

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


@dataclass
class View:
    """Everything a demo shows for one setting of its controls.

    Attributes
    ----------
    panels : sequence of Panel
    sentence : str
        What the picture shows now, in words.
    arithmetic : list of (str, str)
        Pieces of text with their role: ``"pixel"``, ``"weight"``, ``"total"`` or ``""``.
    windows : sequence of Window
    output : ndarray or None
        The result in numbers, for tests and curious learners.
    code : dict of str to str, or a function that returns it
        The same computation as text to run: ``{"NumPy": ..., "PyTorch": ...}``. Each sets ``result``.
    limits : dict of str to int
        The largest value that a control may take now.
    remember : dict of str to object
        Values for the demo's `Hidden` controls, such as how far the learner has come.
    verdict : str
        ``"right"`` or ``"wrong"`` where the sentence answers a learner's answer.
    """

    panels: Sequence[Panel]
    sentence: str
    arithmetic: list[tuple[str, str]] = field(default_factory=list)
    windows: Sequence[Window] = ()
    output: np.ndarray | None = None
    code: Callable[[], dict[str, str]] | None = None
    limits: dict[str, int] = field(default_factory=dict)
    remember: dict[str, object] = field(default_factory=dict)
    verdict: str = ""


def _cell(shape: tuple[int, ...], size: float) -> float:
    """Choose a cell size that fits `size`: whole pixels, at most 44; photos are halved, never blurred up."""
    cell = size / max(shape[:2])
    return min(int(cell), 44) if cell >= 1 else 1 / int(np.ceil(1 / cell))


def _labels(array: np.ndarray, cell: float) -> list[str]:
    if cell < 16:
        return []
    return ["" if np.isnan(value) else number_text(value) for value in array.ravel()]


def gray(id: str, array: np.ndarray, caption: str = "", *, size=256, low=0, high=255, **more) -> Panel:
    """Show an array of brightness values (H, W) in grays, with its numbers where the cells are large enough.

    Parameters
    ----------
    id, caption : str
        See `Panel`.
    array : ndarray, shape (H, W)
    size : float, default 256
        The longer side in CSS pixels, at most.
    low, high : float
        The values drawn black and white.
    **more
        Further fields of `Panel`.

    Examples
    --------
    >>> gray("image", np.eye(3), high=1).labels[:3]
    ['1', '0', '0']
    """
    cell = _cell(array.shape, size)
    more |= {"labels": _labels(array, cell), "cell": cell}
    if np.isnan(array).any():
        return Panel(id, gray_rgba(array, low, high), caption, **more)
    return Panel(id, gray_levels(array, low, high), caption, table="gray", **more)


def rgb(id: str, array: np.ndarray, caption: str = "", *, size=256, **more) -> Panel:
    """Show an RGB picture (H, W, 3) with values 0..255; the arguments are those of `gray`.

    Examples
    --------
    >>> rgb("image", np.zeros((2, 2, 3))).pixels.shape
    (2, 2, 4)
    """
    return Panel(id, rgb_rgba(array), caption, cell=_cell(array.shape, size), **more)


def signed(id: str, array: np.ndarray, caption: str = "", *, size=256, limit=None, legend=True, **more):
    """Show an array (H, W) with its signs: red above zero, blue below; the arguments are those of `gray`.

    Parameters
    ----------
    limit : float, optional
        The magnitude that gets the darkest colour; default: the largest in the array.
    legend : bool, default True
        Whether the scale is drawn under a panel whose cells are too small for numbers.

    Examples
    --------
    >>> signed("map", np.array([[-2, 4]]), size=20).legend
    ('−4', '+4')
    """
    array = np.asarray(array, dtype=float)
    limit = largest(array) if limit is None else limit
    cell = _cell(array.shape, size)
    more |= {"labels": _labels(array, cell), "cell": cell, "table": "signed"}
    if more["labels"]:  # the numbers say it; softer colours leave them easy to read
        return Panel(id, signed_levels(array, 1.6 * limit), caption, **more)
    ends = (signed_text(-limit), signed_text(limit)) if legend and limit else ()
    return Panel(id, signed_levels(array, limit), caption, legend=ends, **more)


def photo(id: str, array: np.ndarray, caption: str = "", **more) -> Panel:
    """Show a photo or a small image as Pillow gives it: (H, W) in grays, (H, W, 3) in colour.

    Examples
    --------
    >>> photo("image", np.zeros((4, 4, 3))).pixels.shape
    (4, 4, 4)
    """
    return rgb(id, array, caption, **more) if array.ndim == 3 else gray(id, array, caption, **more)
