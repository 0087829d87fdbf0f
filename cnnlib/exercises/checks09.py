"""Lesson 09's checks: each records what the learner made, and answers with what is amiss. None raises."""

from collections.abc import Callable

import numpy as np

from cnnlib.exercises.bank09 import AVG_POOL, MAX_POOL
from cnnlib.exercises.bank09_layer import POOLED_LAYER, STRIDED_FLAWS, STRIDED_RIGHT
from cnnlib.exercises.feedback import Feedback
from cnnlib.exercises.grading import grade_function
from cnnlib.exercises.registry import settle
from cnnlib.exercises.values import grade_kernel

Function = Callable[..., np.ndarray]


def check_max_pool(function: Function | None = None) -> Feedback:
    """Check a learner's own max pooling.

    Parameters
    ----------
    function : callable, optional
        Takes a map ``(H, W)``, and window and stride as whole numbers; returns the largest number of each
        window.

    Returns
    -------
    Feedback
        Never raises.

    Examples
    --------
    >>> from cnnlib import avg_pool2d
    >>> print(check_max_pool(lambda x, window, stride: avg_pool2d(x, window, stride=stride)))
    Not yet: That is average pooling. Here the largest number of each window is kept.
    """
    return settle("09-max-pool", function, grade_function(function, MAX_POOL))


def check_avg_pool(function: Function | None = None) -> Feedback:
    """Check a learner's own average pooling.

    Parameters
    ----------
    function : callable, optional
        Takes a map ``(H, W)``, and window and stride as whole numbers; returns the average of each window.

    Returns
    -------
    Feedback
        Never raises.

    Examples
    --------
    >>> from cnnlib import sum_pool2d
    >>> print(check_avg_pool(lambda x, window, stride: sum_pool2d(x, window, stride=stride)))
    Not yet: The windows are added up; the division is missing.
    """
    return settle("09-avg-pool", function, grade_function(function, AVG_POOL))


def check_pooled_layer(function: Function | None = None) -> Feedback:
    """Check a learner's own ReLU followed by 2 × 2 average pooling.

    Parameters
    ----------
    function : callable, optional
        Takes maps ``(C, H, W)`` of even sides, returns ``(C, H / 2, W / 2)``.

    Returns
    -------
    Feedback
        Names the wrong order. Never raises.

    Examples
    --------
    >>> from cnnlib import avg_pool2d, relu
    >>> check_pooled_layer(lambda maps: avg_pool2d(relu(maps), 2)).verdict
    'right'
    """
    return settle("09-pooled-layer", function, grade_function(function, POOLED_LAYER))


def check_strided_kernel(kernel: object = None) -> Feedback:
    """Check the 2 × 2 kernel that makes a convolution with stride 2 an average pooling.

    Parameters
    ----------
    kernel : array_like, optional
        Four weights.

    Returns
    -------
    Feedback
        Never raises.

    Examples
    --------
    >>> print(check_strided_kernel([[1, 1], [1, 1]]))
    Not yet: Four weights of 1 add the window up: that is sum pooling. An average is smaller.
    """
    return settle("09-strided", kernel, grade_kernel(kernel, STRIDED_FLAWS, STRIDED_RIGHT, shape=(2, 2)))
