"""Lesson 11's checks of what training makes and how it is judged: recorded, then answered. None raises."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from cnnlib.exercises.bank11_training import KERNEL_FLAWS, KERNEL_RIGHT, REPORT, grade_losses
from cnnlib.exercises.feedback import Feedback
from cnnlib.exercises.grading import grade_function
from cnnlib.exercises.model11 import grade_model
from cnnlib.exercises.registry import settle
from cnnlib.exercises.split11 import grade_split
from cnnlib.exercises.values import grade_kernel


def check_split(
    train: ArrayLike | None = None,
    test: ArrayLike | None = None,
    *,
    originals: np.ndarray,
    labels: np.ndarray | None = None,
) -> Feedback:
    """Check a learner's own split of pictures of which several show the same digit, each moved.

    Parameters
    ----------
    train, test : array_like of int or bool, optional
        Row numbers of each part, or True for the rows in it.
    originals : array, (N,)
        For each row the number of the digit that it was made from.
    labels : array, (N,), optional
        The classes: each has to be in both parts.

    Returns
    -------
    Feedback
        A leak is named with the number of pictures concerned. Never raises.

    Examples
    --------
    >>> rows, originals = np.arange(40), np.arange(40) % 20
    >>> check_split(originals < 16, originals >= 16, originals=originals).verdict
    'right'
    >>> check_split(rows[:32], rows[32:], originals=originals).verdict
    'wrong'
    """
    return settle("11-split", [train, test], grade_split(train, test, originals, labels))


def check_report(
    function: Callable[[np.ndarray, np.ndarray, np.ndarray], float] | None = None,
) -> Feedback:
    """Check which accuracy a learner would report after trying several settings.

    Parameters
    ----------
    function : callable, optional
        Takes the accuracies of all settings on the training, the validation and the test part, ``(K,)`` each;
        returns the one accuracy that may be published.

    Returns
    -------
    Feedback
        Never raises.

    Examples
    --------
    >>> check_report(lambda train, validation, test: test.max()).verdict
    'wrong'
    """
    return settle("11-report", function, grade_function(function, REPORT))


def check_learned_kernel(kernel: ArrayLike | None = None) -> Feedback:
    """Check a 3 × 3 kernel learned from a picture and what the Sobel kernel for columns makes of it.

    Parameters
    ----------
    kernel : array_like, optional
        Where gradient descent ended.

    Returns
    -------
    Feedback
        Never raises.

    Examples
    --------
    >>> check_learned_kernel([[-0.6, 0, 0.6], [-1.1, 0, 1.2], [-0.6, 0, 0.6]]).verdict
    'close'
    """
    return settle("11-kernel", kernel, grade_kernel(kernel, KERNEL_FLAWS, KERNEL_RIGHT))


def check_losses(losses: list | None = None) -> Feedback:
    """Check that the loss of a learner's own training falls.

    Parameters
    ----------
    losses : list of float or of Step, optional
        One for each step, in order.

    Returns
    -------
    Feedback
        Never raises.

    Examples
    --------
    >>> print(check_losses(list(np.linspace(1.4, 0.2, 60))))
    Right. The loss falls from 1.35 to 0.251, each the mean of a tenth of the steps.
    """
    return settle("11-losses", losses, grade_losses(losses))


def check_model(model: object = None, dataset: object = "digits") -> Feedback:
    """Check a learner's own trained model on held-out pictures.

    Parameters
    ----------
    model : Sequential, optional
        Trained on the dataset's training part.
    dataset : str or Dataset
        ``"digits"``, ``"shapes"``, ``"pictograms"``, ``"mnist"`` or ``"fashion_mnist"``; or the dataset
        itself, where it is not the usual one: ``digits(canvas=12)``.

    Returns
    -------
    Feedback
        Right above a bar of its own for each dataset. Never raises.

    Examples
    --------
    >>> from cnnlib.nn import Dense, Flatten, Sequential
    >>> check_model(Sequential(Flatten(), Dense(64, 4))).message
    'It has 4 outputs, but digits has 10 classes.'
    """
    feedback, accuracy = grade_model(model, dataset)
    return settle("11-model", accuracy, feedback)
