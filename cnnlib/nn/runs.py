"""A training that keeps its record: each loss, and what the model makes of pictures held out."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from cnnlib.nn.layers import Array
from cnnlib.nn.measures import accuracy
from cnnlib.nn.model import Labelled, Sequential
from cnnlib.nn.optimisers import SGD, Optimiser
from cnnlib.nn.splits import check_part
from cnnlib.nn.training import Step, train
from cnnlib.ranges import whole

Score = Callable[[Any, Any], float]


class Run:
    """A training that remembers each loss, and now and then measures the model on pictures held out.

    It is an iterator over the steps of `train`; nothing of the held-out parts is trained on. By one of them,
    for validation, settings are chosen; the other, for the test, is looked at once, when all is settled.

    Parameters
    ----------
    model : Sequential
    data : Split, or anything with ``images`` and ``labels``
        The part to learn from.
    held_out : Split, or anything with ``images`` and ``labels``
        Measured before the first step, now and then, and after the last step.
    test : Split, or anything with ``images`` and ``labels``, optional
        Measured once: after the last step.
    score : function of outputs and labels
        What is measured; default: the share of right answers.
    looks : float
        How often in each epoch it is measured: 4, or 1 / 5; 0 leaves it at the two ends.
    steps : int, optional
        How many steps to take, in place of whole epochs.
    **settings
        Of `train`: epochs, batch_size, optimiser, loss, seed.

    Attributes
    ----------
    number, total : int
        Steps done, and steps of the whole training.
    epoch, epochs : int
        The present epoch, from 1.
    losses : list of float
        Of the batch of each step.
    scores : dict of int to float
        What was measured, by the number of steps done.
    outputs : array
        What the model made of the held-out part when it was last measured.
    tested : float or None
        What was measured on the test part.
    batch_shape : tuple of int
        Of the pictures that a step learns from.
    learning_rate : float
        May be changed between two steps.
    rates : dict of int to float
        The learning rates, by the number of steps done before they came into force.

    Raises
    ------
    ValueError
        If the data does not fit the model or a setting is out of range; at a step, `TrainingDiverged`.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> from cnnlib.nn import Dense
    >>> data = SimpleNamespace(images=np.eye(4, dtype="float32"), labels=np.arange(4))
    >>> run = Run(Sequential(Dense(4, 4)), data, data, epochs=100, batch_size=2)
    >>> for step in run:
    ...     pass
    >>> run.number, run.done, run.scores[200]
    (200, True, 1.0)
    """

    def __init__(
        self,
        model: Sequential,
        data: Labelled,
        held_out: Labelled,
        *,
        test: Labelled | None = None,
        score: Score = accuracy,
        looks: float = 4,
        steps: int | None = None,
        epochs: int = 5,
        batch_size: int = 64,
        optimiser: Optimiser | None = None,
        **settings: Any,
    ) -> None:
        for part in (data, held_out) if test is None else (data, held_out, test):
            check_part("Run", part)
        batches = math.ceil(len(data.images) / whole("Run", "batch_size", batch_size))
        epochs = epochs if steps is None else math.ceil(whole("Run", "steps", steps) / batches)
        self._optimiser = SGD(model) if optimiser is None else optimiser
        settings |= {"epochs": epochs, "batch_size": batch_size, "optimiser": self._optimiser}
        self._steps = train(model, data, **settings)
        self.model, self.held_out, self._score = model, held_out, score
        self.test, self.tested = test, None
        self.batch_shape = (min(batch_size, len(data.images)), *data.images.shape[1:])
        self.rates = {0: self._optimiser.learning_rate}
        self.total, self.epochs, self.epoch = steps or epochs * batches, epochs, 1
        self._every = max(1, int(batches / looks)) if looks else self.total
        self.losses: list[float] = []
        self.scores: dict[int, float] = {}
        self.look()

    def __iter__(self) -> "Run":
        return self

    def __next__(self) -> Step:
        if self.done:
            raise StopIteration
        step = next(self._steps)
        self.losses.append(step.loss)
        self.epoch = step.epoch
        if self.number % self._every == 0 or self.done:
            self.look()
        if self.done and self.test is not None:
            self.tested = self._score(self.model.outputs(self.test.images), self.test.labels)
        return step

    @property
    def learning_rate(self) -> float:
        """What the gradient is multiplied by; it may be changed between two steps."""
        return self._optimiser.learning_rate

    @learning_rate.setter
    def learning_rate(self, rate: float) -> None:
        self._optimiser.learning_rate = self.rates[self.number] = rate

    @property
    def number(self) -> int:
        """Steps done."""
        return len(self.losses)

    @property
    def done(self) -> bool:
        """Whether there is no further step."""
        return self.number == self.total

    @property
    def history(self) -> dict[str, Array]:
        """The loss of each step; and the steps after which was measured, with the scores of then."""
        return {
            "loss": np.array(self.losses),
            "step": np.array([*self.scores]),
            "held_out": np.array([*self.scores.values()]),
        }

    def look(self) -> None:
        """Measure now, if that was not done since the last step."""
        if self.number not in self.scores:
            self.outputs = self.model.outputs(self.held_out.images)
            self.scores[self.number] = self._score(self.outputs, self.held_out.labels)
