"""What the pooling demos say: where a window lies, what is kept of it, how the sizes go."""

import numpy as np

from cnnlib.demo.numbers import MINUS, number_text
from cnnlib.demo.panel import Panel
from cnnlib.demo.words import count_text, size_text, span_text

DIGITS = 4  # quarters are exact up to 99


def finer(panel: Panel, values: np.ndarray) -> Panel:
    """Write the numbers of a panel with one digit more than usual, where it shows any.

    Examples
    --------
    >>> from cnnlib.demo.view import signed
    >>> finer(signed("pooled", np.array([[12.25]]), size=40), np.array([[12.25]])).labels
    ['12.25']
    """
    panel.labels = panel.labels and [number_text(value, DIGITS) for value in values.flat]
    return panel


def place_text(row: int, col: int, window: int, stride: int, padding: int) -> str:
    """Say where the window of one output lies.

    Examples
    --------
    >>> place_text(0, 1, 2, 2, 0)
    'Row 0, column 1 of the output: the window lies on rows 0 to 1, columns 2 to 3. '
    """
    rows = span_text("row", row * stride - padding, window)
    cols = span_text("column", col * stride - padding, window)
    return f"Row {row}, column {col} of the output: the window lies on {rows}, {cols}. "


def kept_text(kind: str, cells: np.ndarray, values: np.ndarray) -> str:
    """Say what is made of the numbers of a window; of several maps, that each is pooled alone.

    Parameters
    ----------
    kind : {"max", "average", "sum"}
    cells : ndarray, (C, window, window)
        The same window of each map.
    values : ndarray, (C,)

    Examples
    --------
    >>> kept_text("max", np.array([[[5, 5], [1, 2]]]), np.array([5]))
    'The largest of its four numbers is 5, which stands there two times. '
    """
    count = cells[0].size
    if len(cells) > 1:
        many = count_text(len(cells), "map")
        return f"{many[0].upper()}{many[1:]} go in and {many} come out: each is pooled alone. "
    value, numbers = number_text(values[0], DIGITS), count_text(count, "number")
    if count == 1:
        return f"It holds a single number, {value}, and that stays. "
    if kind == "max":
        times = int(np.sum(cells[0] == values[0]))
        twice = "" if times == 1 else f", which stands there {count_text(times, 'time')}"
        return f"The largest of its {numbers} is {value}{twice}. "
    return f"Its {numbers} {'average' if kind == 'average' else 'add up to'} {value}. "


def sizes_text(maps, pooled, window: int, stride: int, lost: tuple[int, int]) -> str:
    """Say how large the output is, and how the windows lie to each other.

    Parameters
    ----------
    maps, pooled : ndarray, (C, H, W)
    window, stride : int
    lost : (rows, cols)
        What lies after the last window.

    Examples
    --------
    >>> sizes_text(np.zeros((1, 5, 4)), np.zeros((1, 2, 2)), 2, 2, (1, 0))
    '5 × 4 becomes 2 × 2. The floor drops one row.'
    """
    text = f"{size_text(maps[0])} becomes {size_text(pooled[0])}."
    if stride < window and max(pooled.shape[1:]) > 1:
        text += f" Neighbouring windows share {_rows(window - stride)}."
    if stride > window and max(pooled.shape[1:]) > 1:
        unread = "is" if stride - window == 1 else "are"
        text += f" Between neighbouring windows {_rows(stride - window)} {unread} never read."
    if any(lost):
        parts = [count_text(n, noun) for n, noun in zip(lost, ("row", "column"), strict=True) if n]
        text += f" The floor drops {' and '.join(parts)}."
    return text


def _rows(count: int) -> str:
    return f"{count_text(count, 'row')} or {count_text(count, 'column')}"


def pooled_terms(
    kind: str, name: str, cells: np.ndarray, value: float, *, brief: bool = False
) -> list[tuple[str, str]]:
    """Write the pooling of one window with its numbers in place.

    Parameters
    ----------
    kind : {"max", "average", "sum"}
    name : str
        Of the map; empty where there is one alone.
    cells : ndarray
        The numbers of the window.
    value : float
        What they are pooled to.
    brief : bool
        Whether the numbers are left out: of several maps with large windows there is no room for them.

    Returns
    -------
    list of (text, role)
        As `products` of `cnnlib.demo.words`.

    Examples
    --------
    >>> "".join(text for text, _ in pooled_terms("average", "", np.array([4, -2]), 1))
    '(4 + (−2)) / 2 = 1'
    """
    if brief:
        done = {"max": "largest", "average": "average", "sum": "sum"}[kind]
        return [(f"{name}: {done} of {cells.size} numbers = ", ""), (number_text(value, DIGITS), "total")]
    forms = {"max": ("max(", ", ", ")"), "average": ("(", " + ", f") / {cells.size}"), "sum": ("", " + ", "")}
    opening, between, closing = forms[kind]
    pieces = [((f"{name}: " if name else "") + opening, "")]
    for i, number in enumerate(cells.flat):
        text = number_text(number)
        brackets = i and kind != "max" and text.startswith(MINUS)
        pieces += [(between if i else "", ""), (f"({text})" if brackets else text, "pixel")]
    return [*pieces, (f"{closing} = ", ""), (number_text(value, DIGITS), "total")]
