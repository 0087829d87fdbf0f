"""Lesson 04's checks: each records what the learner made, and answers with what is amiss. None raises."""

from collections.abc import Callable

import numpy as np

from cnnlib.exercises.bank04 import (
    DISPLAY,
    LINE_FLAWS,
    LINE_RIGHT,
    NORMALISE_FLAWS,
    NORMALISE_RIGHT,
    SHARPEN_FLAWS,
    SHARPEN_RIGHT,
)
from cnnlib.exercises.feedback import Feedback
from cnnlib.exercises.grading import grade_function
from cnnlib.exercises.questions04 import SUMS, SUMS_RIGHT
from cnnlib.exercises.registry import settle
from cnnlib.exercises.values import grade_kernel, grade_numbers


def check_kernel_sums(identity: object = None, edge: object = None, blur: object = None) -> Feedback:
    """Check the sums of the weights of three kernels: identity, outline (8 in the centre), and box blur.

    Parameters
    ----------
    identity, edge, blur : float, optional
        The three sums.

    Returns
    -------
    Feedback
        Never raises.

    Examples
    --------
    >>> check_kernel_sums(1, 16, 1).verdict
    'wrong'
    """
    values = {"identity": identity, "edge": edge, "blur": blur}
    return settle("04-kernel-sums", list(values.values()), grade_numbers(values, SUMS, SUMS_RIGHT))


def check_normalise(kernel: object = None) -> Feedback:
    """Check a 3 × 3 box blur that keeps the brightness.

    Parameters
    ----------
    kernel : array_like, optional
        Nine equal weights, with the right sum.

    Returns
    -------
    Feedback
        Never raises.

    Examples
    --------
    >>> print(check_normalise(np.ones((3, 3), int) // 9))
    Not yet: All weights are 0: `//` cuts off the fraction, and integers cannot hold it. Divide with `/`.
    """
    return settle("04-normalise", kernel, grade_kernel(kernel, NORMALISE_FLAWS, NORMALISE_RIGHT))


def check_sharpen(kernel: object = None) -> Feedback:
    """Check a 3 × 3 kernel that sharpens: the picture, plus what a blur takes away from it.

    Parameters
    ----------
    kernel : array_like, optional
        For example twice the identity minus a blur; any that keeps flat walls and treats all sides alike.

    Returns
    -------
    Feedback
        Never raises.

    Examples
    --------
    >>> check_sharpen([[0, -1, 0], [-1, 5, -1], [0, -1, 0]]).verdict
    'right'
    """
    return settle("04-sharpen", kernel, grade_kernel(kernel, SHARPEN_FLAWS, SHARPEN_RIGHT))


def check_line_detector(kernel: object = None) -> Feedback:
    """Check a 3 × 3 kernel that answers to a thin bright vertical line.

    Parameters
    ----------
    kernel : array_like, optional
        Has to answer most strongly on the line itself, less to an edge or a line across, and 0 to a wall.

    Returns
    -------
    Feedback
        Never raises.

    Examples
    --------
    >>> check_line_detector([[1, 0, -1]] * 3).verdict
    'wrong'
    """
    return settle("04-line", kernel, grade_kernel(kernel, LINE_FLAWS, LINE_RIGHT))


def check_display(function: Callable[[np.ndarray], np.ndarray] | None = None) -> Feedback:
    """Check a learner's own function that turns any numbers into bytes by clipping.

    Parameters
    ----------
    function : callable, optional
        Takes an array of numbers and returns one of the same shape, ``uint8``, clipped to 0..255.

    Returns
    -------
    Feedback
        Never raises.

    Examples
    --------
    >>> print(check_display(lambda values: np.clip(values, 0, 255)))
    Close: The numbers are right, but they are stored as int64; uint8 is needed.
    """
    return settle("04-display", function, grade_function(function, DISPLAY))
