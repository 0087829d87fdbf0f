"""Settings and values held to their range; each refusal names the function that was called."""

import math
import operator
from typing import Any

from numpy.typing import ArrayLike, NDArray

from cnnlib.shapes import as_array


def whole(where: str, name: str, value: Any, least: int = 1, most: int | None = None) -> int:
    """Return `value` as an int; refuse what is not a whole number from `least` to `most`."""
    try:
        number = operator.index(value)
    except TypeError:
        number = least - 1
    if number < least or (most is not None and number > most):
        reach = f"of at least {least}" if most is None else f"from {least} to {most}"
        raise ValueError(f"{where}: {name} must be a whole number {reach}, not {value!r}")
    return number


def whole_codes(where: str, values: ArrayLike, bits: int) -> NDArray[Any]:
    """Return `values` as an array of ints; refuse what `bits` bits cannot hold."""
    values = as_array(where, values)
    if values.size and values.dtype.kind not in "bui":
        raise ValueError(f"{where}: cannot write {values.dtype} values in bits; give whole numbers")
    low, high = (int(values.min()), int(values.max())) if values.size else (0, 0)
    if low < 0 or high >= 2**bits:
        wrong = low if low < 0 else high
        raise ValueError(f"{where}: {wrong} is not from 0 to {2**bits - 1}, all that {bits} bits can hold")
    return values


def finite(where: str, name: str, value: Any) -> float:
    """Return `value` as a float; refuse what is not a finite number of at least 0."""
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = math.nan
    if not (math.isfinite(number) and number >= 0):
        raise ValueError(f"{where}: {name} must be a finite number of at least 0, not {value!r}")
    return number


def finite_above_0(where: str, name: str, value: Any) -> float:
    """Return `value` as a float; refuse what is not a finite number above 0."""
    if finite(where, name, value) == 0:
        raise ValueError(f"{where}: {name} must be above 0, not {value!r}")
    return float(value)
