"""Lesson 07's checks: each records what the learner made, and answers with what is amiss. None raises."""

from collections.abc import Callable

import numpy as np

from cnnlib.exercises.bank07 import COMPOSE, RELU, ZERO_MEAN
from cnnlib.exercises.feedback import Feedback
from cnnlib.exercises.grading import grade_function
from cnnlib.exercises.registry import settle


def check_zero_mean(function: Callable[[np.ndarray], np.ndarray] | None = None) -> Feedback:
    """Check a learner's own function that makes a kernel blind to brightness.

    Parameters
    ----------
    function : callable, optional
        Takes a kernel (KH, KW) and returns it less the mean of its weights.

    Returns
    -------
    Feedback
        Never raises.

    Examples
    --------
    >>> print(check_zero_mean(lambda kernel: kernel / kernel.mean()))
    Not yet: You divide by the mean. Subtract it.
    """
    return settle("07-zero-mean", function, grade_function(function, ZERO_MEAN))


def check_relu(function: Callable[[np.ndarray], np.ndarray] | None = None) -> Feedback:
    """Check a learner's own ReLU.

    Parameters
    ----------
    function : callable, optional
        Takes an array of numbers of any shape and returns one of the same shape.

    Returns
    -------
    Feedback
        Never raises.

    Examples
    --------
    >>> print(check_relu(np.abs))
    Not yet: You drop the signs. ReLU does not turn the negative ones round; they become 0.
    """
    return settle("07-relu", function, grade_function(function, RELU))


def check_compose(function: Callable[[np.ndarray, np.ndarray], np.ndarray] | None = None) -> Feedback:
    """Check a learner's own function that puts two kernels into one.

    Parameters
    ----------
    function : callable, optional
        Takes the kernel applied first and the one applied to its map; returns the one kernel that does both.

    Returns
    -------
    Feedback
        Never raises.

    Examples
    --------
    >>> check_compose(lambda first, second: first @ second).verdict
    'wrong'
    """
    return settle("07-compose", function, grade_function(function, COMPOSE))
