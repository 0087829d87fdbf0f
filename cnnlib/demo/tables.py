"""A small table of numbers as a panel: names down the side, headings on top, each column in its own scale."""

from collections.abc import Mapping, Sequence

import numpy as np

from cnnlib.demo.colormaps import TABLES, largest, signed_levels
from cnnlib.demo.numbers import number_text
from cnnlib.demo.panel import LIT, PLAIN, Panel

NAME = (226, 230, 236, 255)  # the ground of names and headings, in both themes
SOFT = 1.6  # as in `signed`: softer colours leave the numbers easy to read


def table(
    id: str,
    heads: Sequence[str],
    rows: Mapping[str, Sequence[float]],
    caption: str = "",
    *,
    cell: float = 44,
    lit: str = "",
    **more,
) -> Panel:
    """Show numbers under headings, red above zero and blue below.

    Parameters
    ----------
    id, caption : str
        See `Panel`.
    heads : sequence of str
        One for each column of numbers; short, as a cell is.
    rows : mapping of str to sequence of float
        The name of each row, and its numbers; NaN stays empty.
    cell : float
        Side of a cell in CSS pixels.
    lit : str
        The row to be outlined in orange.
    **more
        Further fields of `Panel`.

    Returns
    -------
    Panel

    Examples
    --------
    >>> panel = table("scores", ["z"], {"boat": [2], "bird": [-1]})
    >>> panel.labels, panel.alt
    (['', 'z', 'boat', '2', 'bird', '−1'], 'boat: z 2; bird: z −1')
    """
    numbers = np.array([list(values) for values in rows.values()], float)
    colors = np.full((len(rows) + 1, len(heads) + 1, 4), NAME, np.uint8)
    for column in range(len(heads)):
        values = numbers[:, column]
        colors[1:, column + 1] = TABLES["signed"][signed_levels(values, SOFT * largest(values))]
    texts = [["" if np.isnan(value) else number_text(value) for value in row] for row in numbers]
    labels = ["", *heads]
    for name, row in zip(rows, texts, strict=True):
        labels += [name, *row]
    marks = np.full(colors.shape[:2], PLAIN, np.uint8)
    marks[1:][[name == lit for name in rows]] = LIT
    said = [", ".join(map(" ".join, zip(heads, row, strict=True))) for row in texts]
    alt = "; ".join(f"{name}: {words}" for name, words in zip(rows, said, strict=True))
    return Panel(
        id, colors, caption, labels=labels, cell=cell, alt=alt, **({"marks": marks} if lit else {}) | more
    )
