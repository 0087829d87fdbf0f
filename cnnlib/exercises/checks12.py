"""Lesson 12's checks: they record what the learner made, and answer with what is amiss. They never raise."""

from cnnlib.exercises.bank12 import SIZES, SIZES_RIGHT
from cnnlib.exercises.feedback import Feedback
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
