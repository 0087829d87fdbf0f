"""Lesson 08's checks: each records what the learner made, and answers with what is amiss. None raises."""

from collections.abc import Callable

import numpy as np

from cnnlib.exercises.bank08 import COUNT, RESPONSE
from cnnlib.exercises.bank08_layer import LAYER
from cnnlib.exercises.feedback import Feedback
from cnnlib.exercises.grading import grade_function
from cnnlib.exercises.registry import settle


def check_response(function: Callable[..., float] | None = None) -> Feedback:
    """Check a learner's own number at one place: all channels, the bias, the ReLU.

    Parameters
    ----------
    function : callable, optional
        Takes a window ``(C, KH, KW)``, a filter of the same shape and a bias, a number; returns a number.

    Returns
    -------
    Feedback
        Never raises.

    Examples
    --------
    >>> print(check_response(lambda window, filter, bias: (window * filter).sum(axis=(1, 2)) + bias))
    Not yet: The channels are not added up: you keep a number for each of them. A filter spans all channels \
and makes one.
    """
    return settle("08-response", function, grade_function(function, RESPONSE))


def check_layer(function: Callable[..., np.ndarray] | None = None) -> Feedback:
    """Check a learner's own layer, in which the published formula for the bias is repaired.

    Parameters
    ----------
    function : callable, optional
        Takes a picture ``(C, H, W)``, filters ``(F, C, KH, KW)`` and biases ``(F,)``; returns the maps
        ``(F, H - KH + 1, W - KW + 1)``, before ReLU.

    Returns
    -------
    Feedback
        Never raises: an error in the function is named with the line where it happened.

    Examples
    --------
    >>> from cnnlib import conv2d
    >>> print(check_layer(lambda x, filters, bias: conv2d(x, filters)))
    Not yet: The bias does not come in yet.
    """
    return settle("08-layer", function, grade_function(function, LAYER))


def check_count(function: Callable[[int, int, int], int] | None = None) -> Feedback:
    """Check a learner's own count of what a layer learns.

    Parameters
    ----------
    function : callable, optional
        Takes the numbers of channels and of filters, and the side of the square kernels; returns how many
        weights and biases there are.

    Returns
    -------
    Feedback
        Never raises.

    Examples
    --------
    >>> print(check_count(lambda channels, filters, kernel: filters * channels * kernel**2))
    Not yet: The biases are missing: one for each filter.
    """
    return settle("08-count", function, grade_function(function, COUNT))
