"""Checks of answers that are no functions: one number, or one kernel."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from cnnlib.exercises.feedback import Feedback, is_blank
from cnnlib.exercises.questions import Number, read_number
from cnnlib.exercises.registry import find, settle
from cnnlib.exercises.task import as_numbers, shape_text


@dataclass(frozen=True)
class Flaw:
    """Something that can be wrong with a kernel: how to see it, and the sentence that names it.

    Examples
    --------
    >>> Flaw(lambda kernel: not kernel.any(), "It is black.").found(np.zeros((3, 3)))
    True
    """

    found: Callable[[np.ndarray], bool]
    says: str
    verdict: str = "wrong"


def check_number(exercise_id: str, value: object = None, *after_a_comma: object) -> Feedback:
    """Check a number that the learner worked out.

    Parameters
    ----------
    exercise_id : str
        For example ``"03-places"``; the message about an unknown one lists all there are.
    value : float, optional
        The learner's number; without it the exercise is not answered yet.
    *after_a_comma
        There if the number was written as in the text, ``63,802``: for Python these are two.

    Returns
    -------
    Feedback
        A wrong number is matched to the mistake that leads to it.

    Raises
    ------
    ValueError
        If there is no such exercise. A wrong or strange value never raises.

    Examples
    --------
    >>> print(check_number("03-products", 75))
    Right. Every weight meets one number: 5 rows, 5 columns, 3 channels. Adding them up takes 74 additions.
    """
    exercise = find(exercise_id, Number, "check_number")
    if after_a_comma:
        told = "For Python a comma stands between two numbers: write 12345 or 12_345 for 12,345."
        return settle(exercise_id, None, Feedback("not answered yet", told))
    return settle(exercise_id, value, grade_number(value, exercise))


def grade_number(value: object, exercise: Number) -> Feedback:
    """Grade a number without recording it.

    Examples
    --------
    >>> grade_number(5, Number(id="03-sum", title="2 + 2", answer=4, why="Yes.", hint="Count.")).verdict
    'wrong'
    """
    if is_blank(value):
        return Feedback("not answered yet", f"Put your number in place of `...` ({exercise.title}).")
    number = read_number(value)
    if number is None:
        return Feedback("wrong", f"One number is needed, not a value of type {type(value).__name__}.")
    if np.isclose(number, exercise.answer, rtol=1e-9, atol=1e-9):
        return Feedback("right", exercise.why)
    return Feedback("wrong", exercise.mistakes.get(number, exercise.hint))


def grade_numbers(values: Mapping[str, object], exercises: Mapping[str, Number], right: str) -> Feedback:
    """Grade several numbers as one answer: the first that is amiss is told, by its name.

    Examples
    --------
    >>> four = Number(id="03-sum", title="2 + 2", answer=4, why="Yes.", hint="Count.")
    >>> print(grade_numbers({"sum": 3}, {"sum": four}, "All right."))
    Not yet: (sum) Count.
    """
    results = {name: grade_number(value, exercises[name]) for name, value in values.items()}
    for verdict in ("not answered yet", "wrong"):
        for name, result in results.items():
            if result.verdict == verdict:
                return Feedback(verdict, f"({name}) {result.message}")
    return Feedback("right", right)


def grade_kernel(
    kernel: object, flaws: tuple[Flaw, ...], right: str, shape: tuple[int, int] = (3, 3)
) -> Feedback:
    """Look at a kernel for the flaws, in their order, and name the first that it has.

    Parameters
    ----------
    kernel : array_like
        What the learner made.
    flaws : tuple of Flaw
        The last ones should catch every kernel that does not do what is asked.
    right : str
        Said when it has none of them.
    shape : tuple of int
        Rows and columns that the kernel must have.

    Examples
    --------
    >>> print(grade_kernel([[0]], (), "Well done."))
    Not yet: The kernel has to be 3 × 3; this one is 1 × 1.
    """
    if is_blank(kernel):
        rows, cols = shape
        return Feedback("not answered yet", f"Put numbers in place of `...`: {rows} rows of {cols} each.")
    array = as_numbers(kernel)
    if array is None:
        return Feedback(
            "wrong", f"An array of numbers is needed, not a value of type {type(kernel).__name__}."
        )
    if array.shape != shape:
        needed = " × ".join(map(str, shape))
        return Feedback("wrong", f"The kernel has to be {needed}; this one is {shape_text(array)}.")
    if not np.isfinite(array).all():
        return Feedback(
            "wrong", "Each weight has to be an ordinary number; this kernel has an infinite one, or `nan`."
        )
    array = array.astype(float)
    flaw = next((flaw for flaw in flaws if flaw.found(array)), None)
    return Feedback(flaw.verdict, flaw.says) if flaw else Feedback("right", right)
