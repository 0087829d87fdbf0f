"""Lesson 11's bank of what training makes: a learned kernel, losses, the accuracy to report."""

from collections.abc import Iterable

import numpy as np

from cnnlib.demo.numbers import number_text
from cnnlib.exercises.feedback import Feedback, is_blank
from cnnlib.exercises.task import Case, Mistake, Task, as_numbers
from cnnlib.exercises.values import Flaw
from cnnlib.kernels import KERNELS

SOBEL = KERNELS["Sobel, columns"].matrix.astype(float)
FOUND = 0.05  # a kernel this near in every cell counts as found
FEWEST = 20  # losses, so that chance levels out in each tenth


def _like(kernel: np.ndarray, other: np.ndarray) -> float:
    """Return the cosine of the angle between two kernels: 1 for one pattern, whatever its scale."""
    return float((kernel * other).sum() / np.sqrt((kernel**2).sum() * (other**2).sum()))


def _found(kernel: np.ndarray, other: np.ndarray) -> bool:
    return np.allclose(kernel, other, rtol=0, atol=FOUND)


KERNEL_RIGHT = "The Sobel kernel: two pictures and a slope were enough, and nobody wrote its numbers down."
KERNEL_FLAWS = (
    Flaw(lambda kernel: not kernel.any(), "All weights are 0: the kernel never moved from where it began."),
    Flaw(
        lambda kernel: np.abs(kernel).max() > 100,
        "The weights have exploded: the learning rate is too large, or the sign of the update is the wrong "
        "way round.",
    ),
    Flaw(
        lambda kernel: _found(kernel, SOBEL[::-1, ::-1]),
        "Turned by 180°, it would be the one. Something turns a kernel: is a true convolution used in one "
        "place and `conv2d` in another?",
    ),
    Flaw(
        lambda kernel: _found(kernel, SOBEL.T),
        "This is the other Sobel kernel: rows and columns have changed places.",
    ),
    Flaw(
        lambda kernel: not _found(kernel, SOBEL) and _like(kernel, SOBEL) > 0.999,
        "The pattern is the Sobel's, its scale is another: a few more steps, unless one of the two pictures "
        "was scaled and not the other.",
        "close",
    ),
    Flaw(
        lambda kernel: not _found(kernel, SOBEL) and _like(kernel, SOBEL) > 0.7,
        "It is on its way to the Sobel kernel, but not there yet: take more steps.",
        "close",
    ),
    Flaw(
        lambda kernel: not _found(kernel, SOBEL),
        "It is not near the Sobel kernel yet. Does the error fall from step to step? If not, look at the "
        "update's sign and the learning rate.",
    ),
)


def _accuracies(*values: float) -> np.ndarray:
    return np.array(values)


REPORT = Task(
    call="report(train, validation, test)",
    cases=(
        Case(
            "five settings",
            (
                _accuracies(0.91, 0.99, 0.95, 0.97, 0.93),
                _accuracies(0.85, 0.88, 0.90, 0.94, 0.86),
                _accuracies(0.84, 0.87, 0.95, 0.92, 0.85),
            ),
        ),
        Case(
            "four settings",
            (
                _accuracies(0.98, 0.90, 0.99, 0.96),
                _accuracies(0.70, 0.80, 0.75, 0.72),
                _accuracies(0.71, 0.78, 0.79, 0.74),
            ),
        ),
        Case(
            "six settings",
            (
                _accuracies(0.60, 0.88, 0.72, 0.92, 0.95, 1.00),
                _accuracies(0.55, 0.83, 0.68, 0.81, 0.80, 0.76),
                _accuracies(0.57, 0.80, 0.69, 0.81, 0.83, 0.75),
            ),
        ),
    ),
    truth=lambda train, validation, test: test[validation.argmax()],
    right="The validation part chooses, the test part is looked at once, for the setting that was chosen.",
    mistakes=(
        Mistake(
            lambda train, validation, test: test.max(),
            "You chose with the test part: the best of many tries there is luck as well as skill, so the "
            "number is too good. Something else has to choose.",
        ),
        Mistake(
            lambda train, validation, test: validation.max(),
            "The choice is right, but you report the number that it was made with, and that one is the best "
            "of many tries. Which pictures have had no say so far?",
        ),
        Mistake(
            lambda train, validation, test: validation[test.argmax()],
            "The two parts have changed places: the test part must not choose.",
        ),
        Mistake(
            lambda train, validation, test: train.max(),
            "That is the accuracy on what was trained on: it tells how well the network remembers.",
        ),
        Mistake(
            lambda train, validation, test: train[validation.argmax()],
            "That is the accuracy on what was trained on: it tells how well the network remembers.",
        ),
        Mistake(
            lambda train, validation, test: test[train.argmax()],
            "The training part chose: it prefers whatever remembers best. Choose with pictures that were not "
            "trained on.",
        ),
        Mistake(
            lambda train, validation, test: validation.argmax(),
            "That is which setting was chosen. Report how well it does.",
        ),
        Mistake(
            lambda train, validation, test: test[validation.argmin()],
            "The worst setting is chosen: these are accuracies, not losses.",
        ),
        Mistake(
            lambda train, validation, test: test[-1],
            "The last setting is taken, whatever it is worth.",
        ),
        Mistake(
            lambda train, validation, test: test.mean(),
            "The mean over all settings tells nothing of the one that you chose.",
        ),
    ),
)


def grade_losses(losses: object) -> Feedback:
    """Say whether a training's losses fall: the mean of the last tenth against that of the first.

    Parameters
    ----------
    losses : list of float or of Step
        In the order in which they came.

    Examples
    --------
    >>> print(grade_losses([2.3] * 30))
    Not yet: The loss is the same at each step: no weight moves. Is `step()` called, or is all frozen?
    """
    if is_blank(losses) or (isinstance(losses, list | tuple) and not losses):
        return Feedback("not answered yet", "Collect the loss of each step in a list, and hand it over.")
    values = as_numbers(_plain(losses))
    if values is None or values.ndim != 1:
        return Feedback("wrong", "A list is needed, with one loss for each step.")
    if not np.isfinite(values).all():
        return Feedback("wrong", "The loss is no number at the end: the learning rate is far too large.")
    if len(values) < FEWEST:
        return Feedback("wrong", f"These are {len(values)} losses; chance levels out from {FEWEST} on.")
    return _fall(values)


def _plain(losses: object) -> object:
    """Return the losses of `train`'s steps; anything else as it is."""
    losses = list(losses) if isinstance(losses, Iterable) and not isinstance(losses, str) else losses
    return [getattr(step, "loss", step) for step in losses] if isinstance(losses, list) else losses


def _fall(values: np.ndarray) -> Feedback:
    tenth = len(values) // 10
    first, last = values[:tenth].mean(), values[-tenth:].mean()
    from_to = f"from {number_text(first, 3)} to {number_text(last, 3)}, each the mean of a tenth of the steps"
    if np.ptp(values) < 1e-9 * max(abs(first), 1):
        says = "The loss is the same at each step: no weight moves. Is `step()` called, or is all frozen?"
        return Feedback("wrong", says)
    if last > 1.02 * first:
        says = "Is the sign of the update the wrong way round, or the learning rate too large?"
        return Feedback("wrong", f"The loss rises {from_to}. {says}")
    if last > 0.95 * first:
        says = (
            "It neither rises nor falls by more than chance: is the learning rate very small, or too large?"
        )
        return Feedback("wrong", f"The loss goes {from_to}. {says}")
    if last > 0.5 * first:
        return Feedback("close", f"The loss falls {from_to}. Below half would be good: go on training.")
    return Feedback("right", f"The loss falls {from_to}.")
