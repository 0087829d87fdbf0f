"""Lesson 12's checks: they record what the learner made, and answer with what is amiss. They never raise."""

from collections.abc import Callable

import numpy as np

from cnnlib.exercises.bank12 import SIZES, SIZES_RIGHT
from cnnlib.exercises.bank12_climb import CLIMB
from cnnlib.exercises.bank12_covering import COVERING
from cnnlib.exercises.bank12_style import GRAM
from cnnlib.exercises.feedback import Feedback
from cnnlib.exercises.grading import grade_function
from cnnlib.exercises.registry import settle
from cnnlib.exercises.values import grade_numbers


def check_sizes(
    conv1: object = None,
    pool1: object = None,
    conv2: object = None,
    pool2: object = None,
    flat: object = None,
) -> Feedback:
    """Check the sizes of what LeNet's layers make of a picture of 32 × 32.

    Parameters
    ----------
    conv1, pool1, conv2, pool2 : int, optional
        Side of a map behind 6 filters of 5 × 5, pooling by 2 × 2, 16 filters of 5 × 5, pooling by 2 × 2.
    flat : int, optional
        How many numbers flatten then writes in a row.

    Returns
    -------
    Feedback
        About the first number that is amiss. Never raises.

    Examples
    --------
    >>> print(check_sizes(28, 14, 14, 7, 784))
    Not yet: (second convolution) That is with padding. LeNet has none: how many windows of 5 fit?
    """
    values = dict(zip(SIZES, (conv1, pool1, conv2, pool2, flat), strict=True))
    return settle("12-sizes", list(values.values()), grade_numbers(values, SIZES, SIZES_RIGHT))


def check_covering(function: Callable[..., np.ndarray] | None = None) -> Feedback:
    """Check a learner's own map of the certainty that is lost when squares of a picture are covered.

    Parameters
    ----------
    function : callable, optional
        Takes a function that says how certain a network is of a class, 0 to 1, a picture ``(H, W)`` from 0,
        paper, to 1, ink, and side and stride of the square, in pixels. Returns the certainty lost with each
        place covered by paper, ``(OH, OW)``.

    Returns
    -------
    Feedback
        Never raises.

    Examples
    --------
    >>> check_covering(lambda certainty, picture, window, stride: certainty(picture)).verdict
    'wrong'
    """
    return settle("12-covering", function, grade_function(function, COVERING))


def check_climb(function: Callable[..., np.ndarray] | None = None) -> Feedback:
    """Check a learner's own step by which a picture climbs towards a class.

    Parameters
    ----------
    function : callable, optional
        Takes a picture from 0 to 1, the gradient of a certainty for its pixels, and a rate; returns a new
        picture, one step uphill, from 0 to 1.

    Returns
    -------
    Feedback
        Never raises.

    Examples
    --------
    >>> print(check_climb(lambda picture, gradient, rate: picture + rate * gradient))
    Not yet: The step leads out of 0, paper, to 1, ink. Bring such pixels back to the nearer end: `np.clip`.
    """
    return settle("12-climb", function, grade_function(function, CLIMB))


def check_gram(function: Callable[[np.ndarray], np.ndarray] | None = None) -> Feedback:
    """Check a learner's own Gram matrix.

    Parameters
    ----------
    function : callable, optional
        Takes maps ``(F, H, W)``; returns the mean, over all places, of the product of every two of them,
        ``(F, F)``.

    Returns
    -------
    Feedback
        Never raises.

    Examples
    --------
    >>> check_gram(lambda maps: maps.reshape(len(maps), -1) @ maps.reshape(len(maps), -1).T).verdict
    'wrong'
    """
    return settle("12-gram", function, grade_function(function, GRAM))
