"""Several trainings: in step with each other, or one after the other."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from cnnlib.nn.layers import Array
from cnnlib.nn.model import Sequential
from cnnlib.nn.runs import Run
from cnnlib.nn.training import Step


class Race:
    """Several trainings in step with each other: one step of it is one step of each.

    Parameters
    ----------
    runs : dict of str to Run
        All of as many steps.

    Attributes
    ----------
    number, total, done, model, rates
        Those of the first run.
    learning_rate : float
        That of all: see `Run`.

    Raises
    ------
    ValueError
        If they differ in the number of steps, or there is none.

    Examples
    --------
    >>> import numpy as np
    >>> from types import SimpleNamespace
    >>> from cnnlib.nn import Dense
    >>> data = SimpleNamespace(images=np.eye(4, dtype="float32"), labels=np.arange(4))
    >>> race = Race({str(seed): Run(Sequential(Dense(4, 4), seed=seed), data, data) for seed in (1, 2)})
    >>> _ = next(race)
    >>> {name: run.number for name, run in race.runs.items()}
    {'1': 1, '2': 1}
    """

    def __init__(self, runs: Mapping[str, Run]) -> None:
        if len({run.total for run in runs.values()}) != 1:
            totals = ", ".join(f"{name} {run.total}" for name, run in runs.items())
            raise ValueError(f"Race: runs of {totals or 'no'} steps; give runs of as many steps each")
        self.runs = dict(runs)
        self._first = next(iter(self.runs.values()))
        self.total = self._first.total

    def __iter__(self) -> "Race":
        return self

    def __next__(self) -> Step:
        first, *_ = [next(run) for run in self.runs.values()]
        return first

    @property
    def number(self) -> int:
        """Steps done by each."""
        return self._first.number

    @property
    def done(self) -> bool:
        """Whether there is no further step."""
        return self._first.done

    @property
    def model(self) -> Sequential:
        """The model of the first run."""
        return self._first.model

    @property
    def rates(self) -> dict[int, float]:
        """The learning rates, by the number of steps done before."""
        return self._first.rates

    @property
    def learning_rate(self) -> float:
        """What the gradients are multiplied by; it may be changed between two steps."""
        return self._first.learning_rate

    @learning_rate.setter
    def learning_rate(self, rate: float) -> None:
        for run in self.runs.values():
            run.learning_rate = rate

    @property
    def history(self) -> dict[str, dict[str, Array]]:
        """The history of each run."""
        return {name: run.history for name, run in self.runs.items()}

    def look(self) -> None:
        """Measure all models now."""
        for run in self.runs.values():
            run.look()


class Series:
    """Trainings one after the other, of which only the scores at the end are kept.

    Parameters
    ----------
    begin : function of a key
        ``begin(key) -> Run``, called when it is its turn.
    keys : sequence
        One for each training, such as (size, seed).
    steps : int
        Of each training.

    Attributes
    ----------
    scores : dict
        The last score of each training that is done, by its key.
    outputs : dict
        What each of these models made of the held-out part in the end, by its key.
    model : Sequential or None
        Of the training that is going on.

    Examples
    --------
    >>> import numpy as np
    >>> from types import SimpleNamespace
    >>> from cnnlib.nn import Dense
    >>> data = SimpleNamespace(images=np.eye(4, dtype="float32"), labels=np.arange(4))
    >>> def begin(name):
    ...     return Run(Sequential(Dense(4, 4)), data, data, epochs=20, batch_size=4)
    >>> series = Series(begin, keys=("a", "b"), steps=20)
    >>> for step in series:
    ...     pass
    >>> [*series.scores]
    ['a', 'b']
    """

    def __init__(self, begin: Callable[[Any], Run], keys: Sequence[Any], steps: int) -> None:
        self._begin, self._keys = begin, list(keys)
        self._run: Run | None = None
        self.number, self.total = 0, steps * len(self._keys)
        self.scores: dict[Any, float] = {}
        self.outputs: dict[Any, Array] = {}

    def __iter__(self) -> "Series":
        return self

    def __next__(self) -> Step:
        if self.done:
            raise StopIteration
        key = self._keys[len(self.scores)]
        if self._run is None or self._run.done:
            self._run = self._begin(key)
        step = next(self._run)
        self.number += 1
        if self._run.done:
            self.scores[key], self.outputs[key] = self._run.scores[self._run.number], self._run.outputs
        return step

    @property
    def done(self) -> bool:
        """Whether there is no further step."""
        return len(self.scores) == len(self._keys)

    @property
    def model(self) -> Sequential | None:
        """The model that is being trained, or was trained last."""
        return self._run and self._run.model

    @property
    def history(self) -> dict[Any, float]:
        """The same as `scores`."""
        return self.scores

    def look(self) -> None:
        """Do nothing: a training is measured when it is done."""
