"""What a function exercise consists of, and what became of one try."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Case:
    """One input to try a function on, and the words for it.

    Examples
    --------
    >>> Case("a row of three", (np.ones(3),)).name
    'a row of three'
    """

    name: str
    arguments: tuple[np.ndarray, ...]


@dataclass(frozen=True)
class Mistake:
    """A way to get it wrong: a function that makes the mistake, and the sentence that names it.

    Examples
    --------
    >>> Mistake(np.negative, "The sign is the wrong way round.").imitate(2)
    np.int64(-2)
    """

    imitate: Callable
    says: str


@dataclass(frozen=True)
class Task:
    """What a function exercise consists of.

    Parameters
    ----------
    call : str
        How the check calls the function, for example ``"slide(image, kernel)"``.
    cases : tuple of Case
        Varied enough that no two mistakes agree on all of them.
    truth : callable
        The right function.
    mistakes : tuple of Mistake
        The bank.
    right : str
        Said when all is well.
    dtype : type, optional
        What the result has to be stored as, if that matters.
    errors : tuple of (str, str), optional
        Words of an error message, and the likely reason to add to it.
    """

    call: str
    cases: tuple[Case, ...]
    truth: Callable
    mistakes: tuple[Mistake, ...]
    right: str
    dtype: type | None = None
    errors: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Run:
    """What became of one case: `value` is the result as numbers, or None if there is none."""

    case: Case
    expected: np.ndarray
    returned: object
    value: np.ndarray | None
    error: Exception | None
    touched: bool

    @property
    def right(self) -> bool:
        """Whether the value is the expected one."""
        return self.value is not None and same(self.value, self.expected)


def as_numbers(value: object) -> np.ndarray | None:
    """Return the value as an array of real numbers, or None if it cannot be one.

    Examples
    --------
    >>> as_numbers([[1, 2], [3]]) is None
    True
    """
    try:
        array = np.array(value)  # a copy: the learner's function may use one array again and again
    except Exception:  # rows of different length, or a learner's own class
        return None
    return array if array.dtype.kind in "biuf" else None


def same(one: np.ndarray, other: np.ndarray) -> bool:
    """Tell whether two arrays agree up to rounding in single precision; two empty ones do, and two nan."""
    if one.size == other.size == 0:
        return True
    return one.shape == other.shape and bool(np.allclose(one, other, rtol=1e-5, atol=1e-6, equal_nan=True))


def shape_text(array: np.ndarray) -> str:
    """Return a shape in words: ``3 × 4``, or ``a single number``."""
    return " × ".join(str(side) for side in array.shape) or "a single number"
