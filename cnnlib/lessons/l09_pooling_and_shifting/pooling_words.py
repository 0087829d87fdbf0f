"""The arithmetic of the pooling demos in words."""

import numpy as np

from cnnlib.demo.numbers import MINUS, number_text
from cnnlib.demo.panel import Panel

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
