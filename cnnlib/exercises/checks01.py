"""Lesson 01's checks: each records what the learner made, and answers with what is amiss. None raises."""

from collections.abc import Callable

import numpy as np

from cnnlib.exercises.bank01 import QUANTIZE
from cnnlib.exercises.feedback import Feedback
from cnnlib.exercises.grading import grade_function
from cnnlib.exercises.questions01 import CODES, CODES_RIGHT
from cnnlib.exercises.registry import settle
from cnnlib.exercises.values import grade_numbers


def check_codes(
    code: object = None, bits: object = None, top: object = None, step: object = None
) -> Feedback:
    """Check four numbers: the code of 2.5 V and of 5 V with 3 bits over 5 V, and the step of 4 bits over 5 V.

    Parameters
    ----------
    code : int, optional
        Of 2.5 V.
    bits : str, optional
        The same code as three bits, such as ``"011"``.
    top : int, optional
        The code of 5 V.
    step : float, optional
        In volts.

    Returns
    -------
    Feedback
        Never raises.

    Examples
    --------
    >>> print(check_codes(4, "011", 7, 0.3125))
    Not yet: (bits) 011 is 2 + 1 = 3. The code is one more.
    """
    values = {"code": code, "bits": bits, "top": top, "step": step}
    return settle("01-codes", list(values.values()), grade_numbers(values, CODES, CODES_RIGHT))


def check_quantize(function: Callable[[np.ndarray, int, float], np.ndarray] | None = None) -> Feedback:
    """Check a learner's own analog-to-digital converter.

    Parameters
    ----------
    function : callable, optional
        Takes voltages (an array of any shape), the number of bits and the volts of the whole range; returns
        the codes in the same shape: whole steps, the upper code on an edge, 0 to ``2**bits - 1``.

    Returns
    -------
    Feedback
        Never raises: an error in the function is named with the line where it happened.

    Examples
    --------
    >>> from cnnlib import quantize
    >>> check_quantize(quantize).verdict
    'right'
    """
    return settle("01-quantize", function, grade_function(function, QUANTIZE))
