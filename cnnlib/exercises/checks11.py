"""Lesson 11's checks of functions: each records the learner's and says what is amiss. None raises."""

from collections.abc import Callable

import numpy as np

from cnnlib.exercises.bank11_backward import FLATTEN_BACKWARD, RELU_BACKWARD, UPDATE
from cnnlib.exercises.bank11_loss import CROSS_ENTROPY, LOSS_GRADIENT
from cnnlib.exercises.bank11_numeric import NUMERIC_GRADIENT
from cnnlib.exercises.bank11_softmax import SOFTMAX
from cnnlib.exercises.feedback import Feedback
from cnnlib.exercises.grading import grade_function
from cnnlib.exercises.registry import settle


def check_softmax(function: Callable[[np.ndarray, float], np.ndarray] | None = None) -> Feedback:
    """Check a learner's own softmax.

    Parameters
    ----------
    function : callable, optional
        Takes logits ``(N, K)`` and a temperature, returns shares ``(N, K)`` whose rows sum to 1, also for
        logits of 1000.

    Returns
    -------
    Feedback
        Never raises.

    Examples
    --------
    >>> from cnnlib import softmax
    >>> check_softmax(lambda logits, temperature: softmax(logits / temperature)).verdict
    'right'
    """
    return settle("11-softmax", function, grade_function(function, SOFTMAX))


def check_cross_entropy(function: Callable[[np.ndarray, np.ndarray], float] | None = None) -> Feedback:
    """Check a learner's own cross-entropy.

    Parameters
    ----------
    function : callable, optional
        Takes probabilities ``(N, K)`` and labels ``(N,)``, returns one number: the mean over the batch.

    Returns
    -------
    Feedback
        Never raises.

    Examples
    --------
    >>> check_cross_entropy(lambda p, labels: -np.log(p[range(len(p)), labels]).sum()).message
    'The losses of the batch are added up. Take their mean, or a larger batch makes a larger loss.'
    """
    return settle("11-cross-entropy", function, grade_function(function, CROSS_ENTROPY))


def check_loss_gradient(function: Callable[[np.ndarray, np.ndarray], np.ndarray] | None = None) -> Feedback:
    """Check a learner's own gradient of the cross-entropy for the logits.

    Parameters
    ----------
    function : callable, optional
        Takes probabilities ``(N, K)``, the softmax of the logits, and labels ``(N,)``; returns the slope of
        the mean loss for each logit, ``(N, K)``.

    Returns
    -------
    Feedback
        Never raises.

    Examples
    --------
    >>> check_loss_gradient(lambda p, labels: (p - np.eye(p.shape[1])[labels]) / len(p)).verdict
    'right'
    """
    return settle("11-loss-gradient", function, grade_function(function, LOSS_GRADIENT))


def check_update(function: Callable[[np.ndarray, np.ndarray, float], np.ndarray] | None = None) -> Feedback:
    """Check a learner's own step of gradient descent.

    Parameters
    ----------
    function : callable, optional
        Takes a weight, its gradient of the same shape, and the learning rate; returns the new weight, and
        leaves the given one as it is.

    Returns
    -------
    Feedback
        Never raises.

    Examples
    --------
    >>> check_update(lambda weight, gradient, learning_rate: weight - learning_rate * gradient).verdict
    'right'
    """
    return settle("11-update", function, grade_function(function, UPDATE))


def check_relu_backward(function: Callable[[np.ndarray, np.ndarray], np.ndarray] | None = None) -> Feedback:
    """Check a learner's own way back through ReLU.

    Parameters
    ----------
    function : callable, optional
        Takes the gradient for the outputs and the inputs `x`, both of one shape; returns the gradient for
        `x`. At exactly 0 either answer passes.

    Returns
    -------
    Feedback
        Never raises.

    Examples
    --------
    >>> check_relu_backward(lambda gradient, x: gradient * (x > 0)).verdict
    'right'
    """
    return settle("11-relu-backward", function, grade_function(function, RELU_BACKWARD))


def check_flatten_backward(
    function: Callable[[np.ndarray, np.ndarray], np.ndarray] | None = None,
) -> Feedback:
    """Check a learner's own way back through flatten.

    Parameters
    ----------
    function : callable, optional
        Takes the gradient for the rows ``(N, C * H * W)`` and the inputs `x`, ``(N, C, H, W)``; returns the
        gradient for `x`.

    Returns
    -------
    Feedback
        Never raises.

    Examples
    --------
    >>> check_flatten_backward(lambda gradient, x: gradient).verdict
    'wrong'
    """
    return settle("11-flatten-backward", function, grade_function(function, FLATTEN_BACKWARD))


def check_gradient(function: Callable[[Callable, np.ndarray, float], np.ndarray] | None = None) -> Feedback:
    """Check a learner's own gradient by trying, against backpropagation.

    Parameters
    ----------
    function : callable, optional
        Takes `loss`, a function that returns one number for an array of weights, the weights, and the step;
        returns the slope for each weight, from one step below to one above it.

    Returns
    -------
    Feedback
        Never raises.

    Examples
    --------
    >>> check_gradient(lambda loss, weight, step: (loss(weight + step) - loss(weight)) / step).verdict
    'wrong'
    """
    return settle("11-gradient", function, grade_function(function, NUMERIC_GRADIENT))
