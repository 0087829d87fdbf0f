"""What a demo shows at one moment: panels, arithmetic, a sentence, and the code that gives the same numbers.

A `View` is plain data. It is drawn by the browser (`pixelgrid.js`) and by Pillow (`painter.py`, `card.py`).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from cnnlib.demo.colormaps import gray_levels, gray_rgba, largest, rgb_rgba, signed_levels
from cnnlib.demo.numbers import number_text, signed_text
from cnnlib.demo.panel import DIMMED, INVENTED, LIT, PLAIN, Panel, Point, Window

__all__ = ["DIMMED", "INVENTED", "LIT", "PLAIN", "Panel", "Point", "View", "Window"]
__all__ += ["gray", "mosaic", "photo", "rgb", "signed"]


@dataclass(frozen=True, kw_only=True, eq=False)
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
    code : function that returns a dict of str to str
        The same computation as text to run: ``{"NumPy": ..., "PyTorch": ...}``. Each sets ``result``.
    state : dict of str to object
        The next values of `Hidden` controls, such as how far the learner has come.
    sound : dict of str to bytes
        WAV files for the demo's players.
    verdict : str
        ``"right"`` or ``"wrong"`` where the sentence answers a learner's answer.
    """

    panels: Sequence[Panel]
    sentence: str
    arithmetic: list[tuple[str, str]] = field(default_factory=list)
    windows: Sequence[Window] = ()
    output: np.ndarray | None = None
    code: Callable[[], dict[str, str]] | None = None
    verdict: str = ""
    state: dict[str, object] = field(default_factory=dict)
    sound: dict[str, bytes] = field(default_factory=dict)


def _cell(shape: tuple[int, ...], size: float) -> float:
    """Choose a cell size that fits `size`: whole pixels, at most 44; photos are halved, never blurred up."""
    side = max(shape[:2])
    return min(int(size / side), 44) if side <= size else 1 / int(np.ceil(side / size))


def _labels(array: np.ndarray, cell: float, digits: int) -> list[str]:
    if cell < 16:
        return []
    # without commas: what stands in a cell can be typed into it again
    return ["" if np.isnan(value) else number_text(value, digits).replace(",", "") for value in array.ravel()]


def gray(
    id: str,
    array: np.ndarray,
    caption: str = "",
    *,
    size=256,
    cell=None,
    digits=3,
    low=0,
    high=255,
    **more,
) -> Panel:
    """Show an array of brightness values (H, W) in grays, with its numbers where the cells are large enough.

    Parameters
    ----------
    id, caption : str
        See `Panel`.
    array : ndarray, shape (H, W)
    size : float, default 256
        The longer side in CSS pixels, at most.
    cell : float, optional
        A cell's side in CSS pixels, in place of the size of the whole.
    digits : int, default 3
        Of the numbers in the cells.
    low, high : float
        The values drawn black and white.
    **more
        Further fields of `Panel`; ``labels=[]`` leaves the numbers out.

    Examples
    --------
    >>> gray("image", np.eye(3), high=1).labels[:3]
    ['1', '0', '0']
    """
    cell = _cell(array.shape, size) if cell is None else cell
    more = {"labels": _labels(array, cell, digits), "cell": cell} | more
    if np.isnan(array).any():
        return Panel(id, gray_rgba(array, low, high), caption, **more)
    return Panel(id, gray_levels(array, low, high), caption, table="gray", **more)


def rgb(id: str, array: np.ndarray, caption: str = "", *, size=256, cell=None, **more) -> Panel:
    """Show an RGB picture (H, W, 3) with values 0..255; the arguments are those of `gray`.

    Examples
    --------
    >>> rgb("image", np.zeros((2, 2, 3))).pixels.shape
    (2, 2, 4)
    """
    return Panel(id, rgb_rgba(array), caption, cell=cell or _cell(array.shape, size), **more)


def signed(
    id: str,
    array: np.ndarray,
    caption: str = "",
    *,
    size=256,
    cell=None,
    digits=3,
    limit=None,
    legend=True,
    **more,
) -> Panel:
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
    cell = _cell(array.shape, size) if cell is None else cell
    more = {"labels": _labels(array, cell, digits), "cell": cell, "table": "signed"} | more
    array = np.where(np.isinf(array), 0, array)  # its label says what no colour can
    if cell >= 16:  # the numbers say it; softer colours leave them easy to read
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


def mosaic(
    id: str,
    arrays: np.ndarray,
    caption: str = "",
    *,
    columns: int | None = None,
    kind: str = "signed",
    size: float = 256,
    cell: float | None = None,
    limit: float | None = None,
    low: float = 0,
    high: float = 255,
    **more,
) -> Panel:
    """Show many small pictures as one panel: the filters of a layer, its feature maps, a batch of digits.

    Parameters
    ----------
    id, caption : str
        See `Panel`.
    arrays : ndarray, shape (K, h, w), or (K, h, w, 3) where `kind` is ``"rgb"``
    columns : int, optional
        Pictures in a row; default: as many as make the panel about square.
    kind : str
        ``"signed"``, ``"gray"`` or ``"rgb"``: how a value becomes a colour.
    size : float, default 256
        The longer side in CSS pixels, at most.
    cell : float, optional
        A cell's side in CSS pixels, in place of the size of the whole.
    limit : float, optional
        For ``"signed"``: the magnitude that gets the darkest colour; default: the largest of all.
    low, high : float
        For ``"gray"``: the values drawn black and white.
    **more
        Further fields of `Panel`. Pointing, `cursor` and windows count whole pictures; with ``tile=None``,
        cells.

    Raises
    ------
    ValueError
        If there is no picture, the shape does not belong to `kind`, or `columns` is below 1.

    Examples
    --------
    >>> panel = mosaic("filters", np.ones((5, 3, 3)), columns=3)
    >>> panel.colors.shape, panel.tile
    ((7, 11), (3, 3, 1))
    """
    arrays = np.asarray(arrays)
    shape = {"signed": 3, "gray": 3, "rgb": 4}.get(kind)
    if shape != arrays.ndim or 0 in arrays.shape or (columns is not None and columns < 1):
        raise ValueError(
            f"mosaic: {kind!r} pictures of shape {arrays.shape} in {columns} columns; give (K, h, w) for "
            "'signed' or 'gray', (K, h, w, 3) for 'rgb', and at least one picture and one column"
        )
    sheet, tile = _sheet(arrays, columns, size)
    more = {"cell": _cell(sheet.shape, size) if cell is None else cell, "tile": tile} | more
    many = "1 picture" if len(arrays) == 1 else f"{len(arrays)} pictures"
    more.setdefault("alt", f"{caption or id}, {many} of {tile[0]} rows by {tile[1]} columns")
    if kind == "signed":
        limit = largest(arrays) if limit is None else limit
        more.setdefault("legend", (signed_text(-limit), signed_text(limit)) if limit else ())
        return Panel(id, signed_levels(sheet, limit), caption, table="signed", **more)
    if kind == "gray":
        return Panel(id, gray_rgba(sheet, low, high), caption, **more)
    gaps = np.isnan(sheet[..., 0])
    colors = rgb_rgba(np.nan_to_num(sheet))
    colors[gaps] = 0
    return Panel(id, colors, caption, **more)


def _sheet(arrays: np.ndarray, columns: int | None, size: float) -> tuple[np.ndarray, tuple[int, int, int]]:
    """Lay pictures out in rows, with gaps of NaN about 4 CSS pixels wide; return it and (h, w, gap)."""
    count, height, width = arrays.shape[:3]
    columns = min(count, columns or int(np.ceil(np.sqrt(count * height / width))))
    rows = -(-count // columns)
    gap = max(1, round(4 * max(rows * height, columns * width) / size))
    sheet = np.full((rows, height + gap, columns, width + gap, *arrays.shape[3:]), np.nan)
    for i, array in enumerate(arrays):
        sheet[i // columns, :height, i % columns, :width] = array
    sheet = sheet.reshape(rows * (height + gap), columns * (width + gap), *arrays.shape[3:])
    return sheet[:-gap, :-gap], (height, width, gap)
