"""Charts in words: the numbers that a reader would take from the picture."""

from collections.abc import Mapping

import numpy as np

from cnnlib.demo.numbers import number_text

MOST = 8  # bars whose values are read out one by one


def curves_text(curves: Mapping[str, tuple], xlabel: str, ylabel: str, at: Mapping[str, tuple]) -> str:
    """Return curves in words: range, ends, extremes, marked points.

    Parameters
    ----------
    curves : dict of str to (ndarray, ndarray)
        x and y of each.
    xlabel, ylabel : str
        What the axes count.
    at : dict of str to (float, float)
        The marked points.

    Examples
    --------
    >>> curves_text({"sum": (np.array([0, 5]), np.array([1, -2]))}, "row", "total", {"here": (5, -2)})
    'total over row from 0 to 5: sum from 1 to −2; here at 5: −2'
    """
    ends = [x[np.isfinite(x)] for x, _ in curves.values()]
    low, high = min(x.min() for x in ends if x.size), max(x.max() for x in ends if x.size)
    parts = [_curve_text(name, x, y) for name, (x, y) in curves.items()]
    parts += [f"{name} at {number_text(x)}: {number_text(y)}" for name, (x, y) in at.items()]
    return f"{ylabel} over {xlabel} from {number_text(low)} to {number_text(high)}: " + "; ".join(parts)


def _curve_text(name: str, x: np.ndarray, y: np.ndarray) -> str:
    x, y = x[np.isfinite(y)], y[np.isfinite(y)]
    if not y.size:
        return f"{name} without a value"
    text = f"{name} from {number_text(y[0])} to {number_text(y[-1])}"
    if y.size > 2:
        for word, i in (("lowest", y.argmin()), ("highest", y.argmax())):
            text += f", {word} {number_text(y[i])} at {number_text(x[i])}"
    return text


def bars_text(names: list[str], heights: np.ndarray, ylabel: str) -> str:
    """Return bars in words: each value of a few, the extremes of many.

    Examples
    --------
    >>> bars_text(["a", "b"], np.array([1, 2.5]), "share")
    'share: a 1, b 2.5'
    """
    if len(names) <= MOST:
        return f"{ylabel}: " + ", ".join(f"{n} {number_text(h)}" for n, h in zip(names, heights, strict=True))
    low, high = np.nanargmin(heights), np.nanargmax(heights)
    most = f"highest {number_text(heights[high])} at {names[high]}"
    least = f"lowest {number_text(heights[low])} at {names[low]}"
    return f"{ylabel}: {len(names)} bars from {names[0]} to {names[-1]}, {most}, {least}"
