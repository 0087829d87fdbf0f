"""What a function is checked with, and what becomes of it when it is tried."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from numbers import Number
from typing import NamedTuple

import numpy as np

from cnnlib.exercises.edits import Edit, Program
from cnnlib.exercises.feedback import is_blank
from cnnlib.exercises.safely import (
    Failure,
    TooLarge,
    TooLong,
    call,
    guarded,
    is_over,
    name_of,
    refuse_too_large,
)

LARGEST = 100_000  # items of a list or of odd numbers that are read one by one


class Case(NamedTuple):
    """One input to try a function on, and the words for it."""

    name: str
    arguments: tuple


class Mistake(NamedTuple):
    """A way to get a function wrong: the sentence that names it, and a function that makes it.

    `edit` is there if it was made by changing the right function's text.
    """

    says: str
    imitate: Callable
    edit: Edit | None = None


@dataclass(frozen=True, kw_only=True)
class Check:
    """Something to make, under the id of its exercise."""

    id: str


@dataclass(frozen=True, kw_only=True)
class FunctionCheck(Check):
    """A function to write.

    Parameters
    ----------
    call : str
        How the check calls the function, for example ``"slide(image, kernel)"``.
    cases : tuple of Case
        Varied enough that no two mistakes agree on all of them.
    truth : callable
        The right function.
    mistakes : tuple of Mistake
        In the order of telling.
    right : str
        Said when all is well.
    errors : tuple of (str, str), optional
        Words of an error message, and the likely reason to add to it.
    dtype : type, optional
        What the result has to be stored as, if that matters.
    free : tuple of Edit, optional
        Mistakes in which only a number is unknown: it is found from the answer.
    elements : tuple of str, optional
        What the numbers of a short result are called.
    """

    call: str
    cases: tuple[Case, ...]
    truth: Callable
    mistakes: tuple[Mistake, ...]
    right: str
    errors: tuple[tuple[str, str], ...] = ()
    dtype: type | None = None
    free: tuple[Edit, ...] = ()
    elements: tuple[str, ...] = ()

    @cached_property
    def program(self) -> Program | None:
        """The text of the truth, from which wrong ones are made."""
        return Program.of(self.truth)

    @property
    def names(self) -> list[str]:
        """The names of the arguments, as `call` has them."""
        return [name.strip() for name in self.call[self.call.index("(") + 1 : -1].split(",")]


def as_numbers(value: object) -> np.ndarray | None:
    """Return the value as an array of real numbers, or None if it cannot be one.

    Fractions, decimals and complex numbers without an imaginary part are numbers as well.

    Raises
    ------
    TooLarge
        If there are more of them than any right answer has: they are not copied.

    Examples
    --------
    >>> from fractions import Fraction
    >>> as_numbers([[1, 2], [3]]) is None, as_numbers([Fraction(1, 4), 2]).tolist()
    (True, [0.25, 2.0])
    """
    try:
        refuse_too_large(value)
        value = np.asarray(value)
        refuse_too_large(value)  # a class of its own may make a larger array than it tells
        array = np.array(value)  # a copy: the learner's function may use one array again and again
        if array.dtype == object and array.size <= LARGEST and all(map(_is_number, array.flat)):
            array = np.array([float(item) for item in array.flat]).reshape(array.shape)
        if array.dtype.kind == "c" and not array.imag.any() and array.size:
            array = array.real
    except TooLarge:
        raise
    except Exception:  # rows of different length, or a learner's own class
        return None
    return array if array.dtype.kind in "biuf" else None


def _is_number(item: object) -> bool:
    """Tell whether an item of an odd array is a number, or an array that holds one."""
    return isinstance(item, Number | Decimal) or (isinstance(item, np.ndarray) and item.size == 1)


def same(one: np.ndarray, other: np.ndarray) -> bool:
    """Tell whether two arrays agree up to rounding in single precision; two empty ones do, and two nan."""
    if one.shape != other.shape or not one.size:
        return one.size == other.size == 0
    with np.errstate(all="ignore"):
        gap = np.abs(np.subtract(one, other, dtype=float))
        if np.isfinite(gap).all():  # a search does this thousands of times, and `allclose` is slower
            size = np.abs(other, dtype=float)  # in int8, −128 would keep its sign
            return bool((gap <= 1e-6 + 1e-5 * size).all())
    return bool(np.allclose(one, other, rtol=1e-5, atol=1e-6, equal_nan=True))


def shape_text(array: np.ndarray) -> str:
    """Return a shape in words: ``3 × 4``, or ``a single number``."""
    return " × ".join(str(side) for side in array.shape) or "a single number"


@dataclass(frozen=True)
class Run:
    """What became of one case: `value` is the result as numbers, or None if there is none.

    `blank` and `kind` tell whether nothing was returned, and the name of its type.
    """

    case: Case
    expected: np.ndarray
    returned: object
    blank: bool
    kind: str
    value: np.ndarray | None
    error: Failure | None
    touched: bool

    @property
    def beyond_reason(self) -> bool:
        """Whether it had no end, or too many numbers came out."""
        return self.error is not None and (self.error.is_a(TooLong) or self.error.is_a(TooLarge))

    @property
    def right(self) -> bool:
        """Whether the value is the expected one."""
        return self.value is not None and same(self.value, self.expected)


def try_all(function: Callable, cases: Sequence[Case], expected: Sequence[np.ndarray]) -> list[Run]:
    """Try a learner's function on all cases, or up to one that is beyond reason.

    Here, and nowhere else, a learner's function is called.
    """
    runs: list[Run] = []
    with guarded():
        for case, right in zip(cases, expected, strict=True):
            runs.append(try_case(function, case, right))
            if runs[-1].beyond_reason or is_over():
                break
    return runs


def mixed(check: FunctionCheck) -> list[Case]:
    """Return the cases with the numbers of each array in another order along its last axis.

    What explains an answer has to explain what becomes of these as well: chance seldom does.
    """
    chance = np.random.default_rng(0)
    found = []
    for case in check.cases:
        given = tuple(
            chance.permuted(x, axis=-1) if isinstance(x, np.ndarray) and x.ndim else x for x in case.arguments
        )
        if not all(map(np.array_equal, given, case.arguments)):
            found.append(Case(case.name, given))
    return found


def try_case(function: Callable, case: Case, expected: np.ndarray) -> Run:
    """Call a function with copies of a case's arguments, of the types that a notebook would use."""
    given = tuple(map(as_in_a_notebook, case.arguments))
    blank, kind, value = False, "", None
    with np.errstate(all="ignore"):  # the feedback names an overflow; a warning beside it would be noise
        returned, error = call(function, *given)
        if error is None:
            kind = name_of(type(returned))
            read, error = call(_read, returned)
            blank, value = read or (False, None)
    touched = any(not np.array_equal(*pair) for pair in zip(given, case.arguments, strict=True))
    if value is not None and value.size == 1 and np.ndim(expected) == 0:
        value = value.reshape(())  # one number is one number, however many axes it has
    run = Run(case, np.asarray(expected), returned, blank, kind, value, error, touched)
    return (
        replace(run, error=None) if kind and not run.beyond_reason else run
    )  # what cannot be read is told so


def _read(returned: object) -> tuple[bool, np.ndarray | None]:
    """Look at a result: is it blank, and which numbers does it hold?"""
    refuse_too_large(returned)
    blank = is_blank(returned)
    return blank, None if blank else as_numbers(returned)


def as_in_a_notebook(argument: object) -> object:
    """Return a copy; a single number becomes Python's own int or float."""
    if np.ndim(argument) == 0 and hasattr(argument, "item"):
        return argument.item()
    return argument.copy() if hasattr(argument, "copy") else argument
