"""Lesson 06's check: it records what the learner made, and answers with what is amiss. It never raises."""

from collections.abc import Callable

from cnnlib.exercises.bank06 import OUT_SIZE
from cnnlib.exercises.feedback import Feedback
from cnnlib.exercises.grading import grade_function
from cnnlib.exercises.registry import settle


def check_out_size(function: Callable[..., tuple[int, int]] | None = None) -> Feedback:
    """Check a learner's own formula for the size of the output.

    Parameters
    ----------
    function : callable, optional
        Takes a picture's size (rows, cols), a kernel's size (rows, cols), and stride, padding per side and
        dilation as whole numbers; returns the output's (rows, cols).

    Returns
    -------
    Feedback
        Never raises.

    Examples
    --------
    >>> print(check_out_size(lambda n, k, s, p, d: (n + 2 * p - d * (k - 1) - 1) / s + 1))
    Not yet: The division leaves a fraction, and there is no half a place: round it down, with `//`.
    """
    return settle("06-out-size", function, grade_function(function, OUT_SIZE))
