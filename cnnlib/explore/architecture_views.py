"""The table of an architecture: a strip of rows to point at, and beside it what each row makes and costs."""

from collections.abc import Sequence
from functools import lru_cache, partial

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from cnnlib.demo.axes import BAR, GRID, MUTED, TEXT, Words, pixels
from cnnlib.demo.chart import chart
from cnnlib.demo.numbers import number_text
from cnnlib.demo.painter import ORANGE
from cnnlib.demo.panel import Panel
from cnnlib.explore.tables import NAME
from cnnlib.ledger import Ledger
from cnnlib.ledger_layers import Shape, shape_text

PITCH = 24  # CSS pixels from row to row
VISIBLE = 20  # rows at once, the picture's among them
WIDTH = 676
# Where columns are held, in CSS pixels from the left: the first at its left end, the others at their right.
NAMES, COLUMNS = 8, (270, 446, 560, 626, 668)
BARS, DECADE = 280, 9  # where the bars begin, and the length of a factor of ten
HEADS = ("makes", "parameters", "multiplications", "memory", "sees")


def first_shown(row: int, count: int, first: int) -> int:
    """Return the first row to show, so that `row` and its neighbours are seen and little moves.

    Examples
    --------
    >>> first_shown(30, 38, 0), first_shown(5, 13, 0), first_shown(17, 38, 18)
    (12, 0, 16)
    """
    most = max(count - VISIBLE, 0)
    return min(max(min(first, row - 1), row + 2 - VISIBLE, 0), most)


def row_strip(count: int, row: int, first: int) -> Panel:
    """Show the numbers of the rows, 0 the picture's; one of them is chosen by mouse or keys."""
    shown = range(first, min(first + VISIBLE, count))
    return Panel(
        "rows",
        np.full((len(shown), 1, 4), NAME, np.uint8),
        labels=[str(number) for number in shown],
        cell=PITCH,
        point="row col",
        origin=(first, 0),
        cursor=(row - first, 0),
        span=(1, 1),  # chosen by a click or a drag, not by passing over it on the way to a button
        alt=f"rows {shown[0]} to {shown[-1]} of {count - 1}; row {row} is chosen",
    )


@lru_cache(256)
def ledger_table(found: Ledger, row: int, first: int, caption: str) -> Panel:
    """Draw the rows from `first` on, with a bar for the parameters, and the sums below them."""
    lines = [_line("picture", found.input_shape, (0, 0, 4 * int(np.prod(found.input_shape)), (1, 1)))]
    lines += [_line(entry.layer.name, entry.output_shape, entry[2:]) for entry in found.rows]
    shown = lines[first : first + VISIBLE]
    sums = found.parameters, found.multiplications, found.memory
    below = [f"all {len(found.rows)} rows", "", *(_large(n) for n in sums[:2]), bytes_text(sums[2]), ""]
    learned = [0, *(entry.parameters for entry in found.rows)][first : first + VISIBLE]
    size = WIDTH, PITCH * (len(shown) + 2)
    draw = partial(_draw, lines=shown, below=below, learned=learned, chosen=row - first)
    return chart("table", draw, caption, size=size, alt=_words(lines[1:], below))


def _line(name: str, shape: Shape, numbers: Sequence) -> list[str]:
    parameters, multiplications, memory, field = numbers
    seen = str(field[0]) if field[0] == field[1] else " × ".join(map(str, field))
    counts = [_large(n) if n else "" for n in (parameters, multiplications)]
    return [name, shape_text(shape), *counts, bytes_text(memory), seen]


def _large(number: int) -> str:
    return f"{number:,}"


def bytes_text(count: int) -> str:
    """Write an amount of memory with its unit.

    Examples
    --------
    >>> bytes_text(40), bytes_text(6400), bytes_text(12_845_056)
    ('40 B', '6.4 kB', '12.8 MB')
    """
    for size, unit in ((10**9, "GB"), (10**6, "MB"), (1000, "kB")):
        if count >= size:
            return f"{number_text(count / size)} {unit}"
    return f"{count} B"


def _words(lines: list[list[str]], below: list[str]) -> str:
    said = []
    for number, (name, *texts) in enumerate(lines, 1):
        told = [f"{head} {text}" for head, text in zip(HEADS, texts, strict=True) if text]
        said.append(f"{number} {name}: {', '.join(told)}")
    sums = f"parameters {below[2]}, multiplications {below[3]}, memory {below[4]}"
    return "; ".join([*said, f"{below[0]}: {sums}"])


def _draw(axes: Axes, *, lines, below, learned, chosen: int) -> None:
    axes.set(xticks=[], yticks=[])
    words = Words(axes, pixels(axes.figure))
    heights = [PITCH * (len(lines) + 1.5 - number) for number in range(len(lines) + 2)]
    for height, texts, color in zip(
        heights,
        [["window, filters; s stride, p padding", *HEADS], *lines, below],
        [MUTED, *[TEXT] * len(lines), TEXT],
        strict=True,
    ):
        words.write(NAMES, height, texts[0], color, "left")
        for x, text in zip(COLUMNS, texts[1:], strict=True):
            words.write(x, height, text, color, "right")
    words.write(BARS, heights[0], "log scale", MUTED, "left")
    rules = [[(0, height), (WIDTH, height)] for height in np.array(heights[:-1]) - PITCH / 2]
    _add(axes, np.reshape(rules, (-1, 2)), 2, edgecolor=GRID, fill=False, linewidth=1)
    bars = [
        _box(BARS, h, DECADE * np.log10(n), PITCH / 2)
        for n, h in zip(learned, heights[1:], strict=False)
        if n
    ]
    if bars:
        _add(axes, np.concatenate(bars), 5, facecolor=BAR, linewidth=0)
    _add(
        axes,
        _box(1, heights[chosen + 1], WIDTH - 2, PITCH),
        5,
        edgecolor=ORANGE,
        fill=False,
        linewidth=3,
    )


def _box(left: float, middle: float, width: float, height: float) -> list[tuple[float, float]]:
    low, high, right = middle - height / 2, middle + height / 2, left + width
    return [(left, low), (left, high), (right, high), (right, low), (left, low)]


def _add(axes: Axes, corners, length: int, **look) -> None:
    """Draw paths of `length` corners each as one artist: many would be slow."""
    codes = [Path.MOVETO, *[Path.LINETO] * (length - 1)] * (len(corners) // length)
    axes.add_artist(PathPatch(Path(corners, codes), transform=pixels(axes.figure), clip_on=False, **look))
