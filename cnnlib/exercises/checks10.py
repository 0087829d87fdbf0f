"""Lesson 10's checks: they record what the learner made, and answer with what is amiss. They never raise."""

from collections.abc import Callable, Sequence

from cnnlib.exercises.bank10 import COUNTS, FIELDS
from cnnlib.exercises.feedback import Feedback
from cnnlib.exercises.grading import grade_function
from cnnlib.exercises.registry import settle


def check_counts(function: Callable[[int, int, int, int], Sequence[int]] | None = None) -> Feedback:
    """Check a learner's own count of what three kinds of layer learn.

    Parameters
    ----------
    function : callable, optional
        Takes the side of a picture, its channels, the side of a window, and the number of filters; returns
        weights and biases of a dense layer, a locally connected one and a convolution that make the same
        maps, without padding.

    Returns
    -------
    Feedback
        Never raises.

    Examples
    --------
    >>> print(check_counts(lambda n, c, k, f: [0, 0, k * k * c * f + f]).verdict)
    wrong
    """
    return settle("10-counts", function, grade_function(function, COUNTS))


def check_fields(function: Callable[[Sequence[Sequence[int]]], Sequence[int]] | None = None) -> Feedback:
    """Check a learner's own recursion for receptive fields.

    Parameters
    ----------
    function : callable, optional
        Takes layers, each (kernel, stride), first layer first; returns the receptive field after each.

    Returns
    -------
    Feedback
        Never raises.

    Examples
    --------
    >>> print(check_fields(lambda layers: [kernel for kernel, stride in layers]))
    Not yet: You return the kernels' sizes. That is the receptive field in the first layer only.
    """
    return settle("10-fields", function, grade_function(function, FIELDS))
