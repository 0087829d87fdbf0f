"""Lesson 03's checks: each records what the learner made, and answers with what is amiss. None raises."""

from collections.abc import Callable

import numpy as np

from cnnlib.exercises.bank03 import SHIFT_FLAWS, SHIFT_RIGHT, SLIDE
from cnnlib.exercises.feedback import Feedback
from cnnlib.exercises.grading import grade_function
from cnnlib.exercises.registry import settle
from cnnlib.exercises.values import grade_kernel


def check_slide(function: Callable[[np.ndarray, np.ndarray], np.ndarray] | None = None) -> Feedback:
    """Check a learner's own sliding window.

    Parameters
    ----------
    function : callable, optional
        Takes an image ``(H, W)`` and a kernel ``(KH, KW)``, returns the map ``(H - KH + 1, W - KW + 1)``:
        at each place the sum of the products, the kernel not turned.

    Returns
    -------
    Feedback
        Never raises: an error in the function is named with the line where it happened.

    Examples
    --------
    >>> from scipy.signal import correlate2d
    >>> check_slide(lambda image, kernel: correlate2d(image, kernel, mode="valid")).verdict
    'right'
    """
    return settle("03-slide", function, grade_function(function, SLIDE))


def check_shift_kernel(kernel: object = None) -> Feedback:
    """Check a 3 × 3 kernel that moves the picture one pixel to the right.

    Parameters
    ----------
    kernel : array_like, optional
        Used without turning it, as `conv2d` does.

    Returns
    -------
    Feedback
        Names the direction in which the kernel really moves the picture. Never raises.

    Examples
    --------
    >>> print(check_shift_kernel(np.zeros((3, 3))))
    Not yet: All weights are 0, so every output is black.
    """
    return settle("03-shift", kernel, grade_kernel(kernel, SHIFT_FLAWS, SHIFT_RIGHT))
