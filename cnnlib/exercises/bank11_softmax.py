"""Lesson 11's bank of softmaxes: each known mistake with the sentence that names it."""

from collections.abc import Callable

import numpy as np

from cnnlib.activations import softmax
from cnnlib.exercises.task import Case, Mistake, Task

# The ways in which learners keep exp small, or do not; the other mistakes come with any of them.
_EXPONENTIALS = (
    np.exp,
    lambda z: np.exp(z - z.max(axis=1, keepdims=True)),
    lambda z: np.exp(z - z.max(axis=0)),
    lambda z: np.exp(z - z.max()),
    lambda z: np.exp(z - z.max(axis=1)),  # for square batches only
)


_KEEP_AXIS = (
    "The sums of the rows, or their maxima, are laid along the columns: NumPy puts a row beside a row. Keep "
    "the axis, with `keepdims=True`."
)


def _shares(powers: np.ndarray) -> np.ndarray:
    return powers / powers.sum(axis=1, keepdims=True)


def _any_exponential(way: Callable, says: str) -> tuple[Mistake, ...]:
    """Return one mistake per exponential: ``way(exponential, logits, temperature)``."""
    return tuple(
        Mistake(lambda z, t, exponential=exponential: way(exponential, z, t), says)
        for exponential in _EXPONENTIALS
    )


_LOGITS = np.array([[2.0, 0.5, -1.0, 0.0], [1.0, 3.0, 0.5, -2.0], [0.0, 0.25, 4.0, 1.5]])

SOFTMAX = Task(
    call="softmax(logits, temperature)",
    errors=(
        ("broadcast", "Is the axis lost that you add up? `keepdims=True` keeps it, with length 1."),
        ("positional argument", "It has to take the temperature as well."),
    ),
    cases=(
        Case("the logits 1, 2, 3, 4 of one picture", (np.array([[1.0, 2.0, 3.0, 4.0]]), np.float64(1))),
        Case("three pictures and four classes", (_LOGITS, np.float64(1))),
        Case("three pictures and three classes at temperature 2", (_LOGITS[:, :3], np.float64(2))),
        Case("two pictures at temperature 0.5", (_LOGITS[1:] + 1, np.float64(0.5))),
        Case(
            "logits around 1000 beside small ones",
            (np.array([[1000.0, 1001, 1002, 998], [0, 2, 1, -1]]), np.float64(1)),
        ),
    ),
    truth=lambda logits, temperature: softmax(logits / temperature, axis=1),
    right="Each picture's shares sum to 1, whatever the batch, the temperature and the size of the logits.",
    mistakes=(
        *_any_exponential(
            lambda exp, z, t: exp(z / t) / exp(z / t).sum(axis=0),
            "The shares sum to 1 down each column, over the pictures of the batch: that is the wrong axis. "
            "Each row is one picture, and has to sum to 1.",
        ),
        *_any_exponential(
            lambda exp, z, t: exp(z / t) / exp(z / t).sum(),
            "The shares of the whole batch sum to 1 together. Each picture is a question of its own: add up "
            "along its row only.",
        ),
        *_any_exponential(
            lambda exp, z, t: exp(z / t) / exp(z / t).sum(axis=1),
            _KEEP_AXIS,
        ),
        *_any_exponential(
            lambda exp, z, t: exp(z / t),
            "The exponentials are not divided by their sum, so the shares do not sum to 1.",
        ),
        *_any_exponential(
            lambda exp, z, t: _shares(exp(z * t)),
            "The logits are multiplied by the temperature, so a hot softmax gets surer instead of less sure.",
        ),
        *_any_exponential(
            lambda exp, z, t: _shares(exp(z)),
            "The temperature changes nothing. It belongs to the logits, before `exp`; after it, it cancels.",
        ),
        *_any_exponential(
            lambda exp, z, t: _shares(exp(z)) / t,
            "The shares are divided by the temperature, so they do not sum to 1. It belongs to the logits.",
        ),
        *_any_exponential(
            lambda exp, z, t: np.log(_shares(exp(z / t))),
            "These are the logarithms of the shares: the loss will take them. Return the shares themselves.",
        ),
        Mistake(
            lambda z, t: _shares(np.exp(z / t)),
            "`np.exp(1000)` is more than a float can hold, and inf / inf is nan. Subtract each row's largest "
            "logit first: the quotient stays the same.",
        ),
        Mistake(
            lambda z, t: _shares(np.exp(z / t - (z / t).max())),
            "The largest logit of the whole batch is subtracted, so a picture with small logits is left with "
            "0 / 0, which is nan. Subtract each row's own.",
        ),
        Mistake(
            lambda z, t: _shares(np.exp(z / t - (z / t).max(axis=0))),
            "A different number is subtracted in each column, and that changes the shares. Subtract one "
            "number per row, its largest.",
        ),
        Mistake(lambda z, t: _shares(np.exp(z / t - (z / t).max(axis=1))), _KEEP_AXIS),
        Mistake(
            lambda z, t: _shares(z / t),
            "The logits themselves are divided by their sum: with negative ones that gives no shares. Take "
            "`np.exp` of them first.",
        ),
        Mistake(
            lambda z, t: (z == z.max(axis=1, keepdims=True)).astype(float),
            "The largest logit gets all. Softmax leaves the others a share, and that is what can be learned "
            "from.",
        ),
    ),
)
