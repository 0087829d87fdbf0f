"""Words and pieces of arithmetic that several demos write."""

from collections.abc import Iterable, Sequence

import numpy as np

from cnnlib.demo.numbers import number_text
from cnnlib.display import share_beyond_bytes
from cnnlib.shapes import by

_COUNTS = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
LONGEST_SUM = 27


def percent_text(share: float) -> str:
    """Write a share of 1 as whole percent.

    Examples
    --------
    >>> percent_text(0.984)
    '98 %'
    """
    return f"{100 * share:.0f} %"


def certain_text(share: float) -> str:
    """Write a certainty in percent, without claiming all or nothing.

    Examples
    --------
    >>> certain_text(0.9991), certain_text(0.42), certain_text(0.001)
    ('over 99 %', '42 %', 'under 1 %')
    """
    if 0.995 <= share < 1:
        return "over 99 %"
    return "under 1 %" if 0 < share < 0.005 else percent_text(share)


def capital(text: str) -> str:
    """Begin a sentence: unlike `str.capitalize`, leave what follows as it is.

    Examples
    --------
    >>> capital("seven of ReLU's answers")
    "Seven of ReLU's answers"
    """
    return text[:1].upper() + text[1:]


def count_text(count: int, noun: str) -> str:
    """Write a count and its noun: words up to twelve.

    Examples
    --------
    >>> count_text(1, "row"), count_text(3, "row"), count_text(2304, "row")
    ('one row', 'three rows', '2,304 rows')
    """
    number = _COUNTS[count] if count < len(_COUNTS) else f"{count:,}"
    return f"{number} {noun}{'' if count == 1 else 's'}"


def verb(count: int, plural: str) -> str:
    """Return a verb as its subject asks for it.

    Examples
    --------
    >>> verb(1, "make"), verb(2, "make"), verb(1, "are")
    ('makes', 'make', 'is')
    """
    return plural if count != 1 else {"are": "is", "have": "has"}.get(plural, f"{plural}s")


def part_text(part: int, whole: int, noun: str) -> str:
    """Write how many of a whole, both in figures.

    Examples
    --------
    >>> part_text(7, 7, "pixel"), part_text(1, 1, "pixel"), part_text(3, 1728, "pixel")
    ('7 of 7 pixels', 'the only pixel', '3 of 1,728 pixels')
    """
    return f"the only {noun}" if part == whole == 1 else f"{part:,} of {whole:,} {noun}s"


def size_text(array: np.ndarray) -> str:
    """Write rows × columns of an array.

    Examples
    --------
    >>> size_text(np.zeros((2, 3)))
    '2 × 3'
    """
    return by(array.shape)


def span_text(noun: str, first: int, count: int, step: int = 1) -> str:
    """Write which rows or columns a window covers.

    Examples
    --------
    >>> span_text("row", 1, 3), span_text("row", 2, 1), span_text("row", 0, 3, 2)
    ('rows 1 to 3', 'row 2', 'rows 0, 2, 4')
    """
    if count == 1:
        return f"{noun} {number_text(first)}"
    if step > 1:
        return f"{noun}s " + ", ".join(number_text(first + i * step) for i in range(count))
    return f"{noun}s {number_text(first)} to {number_text(first + count - 1)}"


def within_text(noun: str, first: int, count: int, size: int) -> str:
    """Write which of so many rows or columns a window covers; what lies beyond them is padding.

    Examples
    --------
    >>> within_text("row", -3, 11, 32), within_text("row", 31, 5, 32), within_text("row", 40, 2, 32)
    ('rows 0 to 7', 'row 31', 'no row')
    """
    start, stop = max(first, 0), min(first + count, size)
    return span_text(noun, start, stop - start) if start < stop else f"no {noun}"


def seen_text(row: int, col: int, side: int, size: int) -> str:
    """Write which pixels of a picture (size, size) a square sees; what is padding is told.

    Examples
    --------
    >>> seen_text(8, 9, 3, 32)
    'rows 8 to 10, columns 9 to 11'
    >>> seen_text(-3, 8, 5, 32)
    'rows 0 to 1, columns 8 to 12 of the picture, and padding'
    >>> seen_text(-3, 8, 3, 32)
    'padding only'
    """
    if not all(-side < first < size for first in (row, col)):
        return "padding only"
    seen = ", ".join(within_text(n, first, side, size) for n, first in (("row", row), ("column", col)))
    inside = min(row, col) >= 0 and max(row, col) + side <= size
    return seen if inside else f"{seen} of the picture, and padding"


def powers_text(value: int) -> str:
    """Write a whole number as the sum of powers of two that it is.

    Examples
    --------
    >>> powers_text(50), powers_text(0)
    ('32 + 16 + 2', '0')
    """
    return " + ".join(str(1 << bit) for bit in reversed(range(value.bit_length())) if value >> bit & 1) or "0"


def lying_text(response: np.ndarray) -> str:
    """Write how many of all values a byte cannot hold.

    Examples
    --------
    >>> lying_text(np.array([0, 255, 256, -1]))
    '50 % of the pixels'
    """
    share = share_beyond_bytes(response)
    return f"{'fewer than 1 %' if 0 < share < 0.005 else percent_text(share)} of the pixels"


def products(
    pixels: Iterable[float], weights: Iterable[float], total: float, *, longest: int = LONGEST_SUM
) -> list[tuple[str, str]]:
    """Write a weighted sum with the numbers in place; one of more than `longest` terms is shortened.

    Returns
    -------
    list of (text, role)
        Roles are ``"pixel"``, ``"weight"``, ``"total"`` and ``""``.

    Examples
    --------
    >>> "".join(text for text, role in products([1, 2], [3, -1], 1))
    '1·3 + 2·(−1) = 1'
    """
    terms = list(zip(pixels, weights, strict=True))
    left_out = len(terms) > longest
    kept = terms[:5] + terms[-4:] if left_out else terms
    pieces: list[tuple[str, str]] = []
    for i, (pixel, weight) in enumerate(kept):
        if i:
            pieces.append((" + ", ""))
        if left_out and i == 5:
            pieces.append((f"… {len(terms) - 9} more products … + ", ""))
        text = number_text(weight)
        pieces += [
            (number_text(pixel), "pixel"),
            ("·", ""),
            (text if weight >= 0 else f"({text})", "weight"),
        ]
    return [*pieces, (" = ", ""), (number_text(total), "total")]


def aligned(lines: Sequence[Sequence[tuple[str, str]]]) -> list[tuple[str, str]]:
    r"""Join lines of arithmetic, which are shown below each other from a common left edge.

    Parameters
    ----------
    lines : sequence of sequences of (text, role)
        Roles as in `products`.

    Returns
    -------
    list of (text, role)

    Examples
    --------
    >>> aligned([[("a = ", ""), ("10", "total")], [("b", "")]])
    [('a = ', ''), ('10', 'total'), ('\n', ''), ('b', '')]
    """
    first, *others = lines
    return [*first, *(piece for line in others for piece in [("\n", ""), *line])]
