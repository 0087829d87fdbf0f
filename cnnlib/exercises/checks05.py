"""Lesson 05's checks: each records what the learner made, and answers with what is amiss. None raises."""

from collections.abc import Callable

import numpy as np

from cnnlib.exercises.bank05 import CONVOLVE, FLIP
from cnnlib.exercises.bank05_sides import ECHO, MIRROR
from cnnlib.exercises.feedback import Feedback
from cnnlib.exercises.grading import grade_function
from cnnlib.exercises.numbers05 import MODES, MODES_RIGHT
from cnnlib.exercises.registry import settle
from cnnlib.exercises.values import grade_numbers

Function = Callable[..., np.ndarray]


def check_echo(function: Function | None = None) -> Feedback:
    """Check a learner's own echo.

    Parameters
    ----------
    function : callable, optional
        Takes a sound ``(N,)``, a delay in samples and a strength; returns the sound and one echo of it,
        ``(N + delay,)``.

    Returns
    -------
    Feedback
        Never raises.

    Examples
    --------
    >>> check_echo(lambda x, d, s: np.convolve(x, [1, *[0] * (d - 1), s])).verdict
    'right'
    """
    return settle("05-echo", function, grade_function(function, ECHO))


def check_flip(function: Function | None = None) -> Feedback:
    """Check a learner's own half turn of a kernel.

    Parameters
    ----------
    function : callable, optional
        Takes a kernel ``(KH, KW)``, returns it turned by 180 degrees.

    Returns
    -------
    Feedback
        Names the turn or mirroring that was made instead. Never raises.

    Examples
    --------
    >>> print(check_flip(lambda kernel: kernel.T.T))
    Not yet: The kernel is as it was: not turned at all, or turned twice, and two half turns are a whole one.
    """
    return settle("05-flip", function, grade_function(function, FLIP))


def check_convolve(function: Function | None = None) -> Feedback:
    """Check a learner's own convolution, in which the kernel is turned.

    Parameters
    ----------
    function : callable, optional
        Takes an image ``(H, W)`` and a kernel ``(KH, KW)``, returns the map ``(H - KH + 1, W - KW + 1)``.

    Returns
    -------
    Feedback
        Never raises.

    Examples
    --------
    >>> from scipy.signal import convolve2d
    >>> check_convolve(lambda image, kernel: convolve2d(image.astype(int), kernel, "valid")).verdict
    'right'
    """
    return settle("05-convolve", function, grade_function(function, CONVOLVE))


def check_modes(full: object = None, same: object = None, valid: object = None) -> Feedback:
    """Check the sides of the outputs of a 3 × 3 kernel on 4 × 4 in SciPy's three modes.

    Parameters
    ----------
    full, same, valid : float, optional
        The three sides.

    Returns
    -------
    Feedback
        Never raises.

    Examples
    --------
    >>> print(check_modes(6, 4, 1))
    Not yet: (valid) That is the number of steps. Places are one more.
    """
    values = {"full": full, "same": same, "valid": valid}
    return settle("05-modes", list(values.values()), grade_numbers(values, MODES, MODES_RIGHT))


def check_mirror(function: Function | None = None) -> Feedback:
    """Check a learner's own mirrored border.

    Parameters
    ----------
    function : callable, optional
        Takes an image ``(H, W)`` and a width, at most its shorter side; returns the image
        ``(H + 2 width, W + 2 width)`` with its mirror image around it, the outermost pixel twice.

    Returns
    -------
    Feedback
        Names the border rule that was used instead. Never raises.

    Examples
    --------
    >>> check_mirror(lambda image, width: np.pad(image, width, mode="symmetric")).verdict
    'right'
    """
    return settle("05-mirror", function, grade_function(function, MIRROR))
