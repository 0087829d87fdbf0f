"""Training: the loop, one optimiser step at a time, so that whoever drives it can stop, look and go on."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np

from cnnlib.nn.layers import Array
from cnnlib.nn.losses import Loss, softmax_cross_entropy
from cnnlib.nn.model import Labelled, Sequential
from cnnlib.nn.optimisers import SGD, Optimiser, lower_rate
from cnnlib.nn.splits import check_part

EXPLODED = 20  # times the loss before training, or times 1 if that is more; seen in no training that learned
SAMPLE = 500  # pictures to tell the loss before training

Augment = Callable[[Array, np.random.Generator], Array]


@dataclass(frozen=True)
class Step:
    """What one step of training has seen, before it moved the weights."""

    number: int  # from 1
    total: int  # steps of the whole training
    epoch: int  # from 1
    epochs: int
    batches: int  # steps in one epoch
    loss: float  # of this batch
    accuracy: float | None  # of this batch, 0 to 1; None where the targets are not classes

    @property
    def ends_epoch(self) -> bool:
        """Whether every picture was seen once more."""
        return self.number % self.batches == 0


class TrainingDiverged(ValueError):
    """The loss exploded or is no number any more; the weights are those of the last good step.

    Attributes
    ----------
    step : int
        At which it was noticed, from 1.
    loss, learning_rate : float
    slower : float
        A learning rate to try in its place.
    """

    def __init__(
        self, message: str, step: int, loss: float, learning_rate: float, slower: float | None = None
    ) -> None:
        super().__init__(message)
        self.step = step
        self.loss = loss
        self.learning_rate = learning_rate
        self.slower = lower_rate("", learning_rate) if slower is None else slower


def train(
    model: Sequential,
    data: Labelled,
    *,
    epochs: int = 5,
    batch_size: int = 64,
    optimiser: Optimiser | None = None,
    loss: Loss = softmax_cross_entropy,
    augment: Augment | None = None,
    seed: int = 0,
) -> Iterator[Step]:
    """Train a model, one step for each `next`: a batch forward, its loss backward, the weights moved.

    Stop whenever you like, and go on with the same generator; between two steps the model can be used, and
    using it changes nothing. Interrupted within a step, it stays usable too.

    Parameters
    ----------
    model : Sequential
    data : Split, or anything with ``images`` and ``labels``
        The part to learn from: floats (N, ...), and classes (N,) or targets for another loss.
    epochs : int
        How often to see every picture.
    batch_size : int
        Pictures per step; the last batch of an epoch may be smaller.
    optimiser : SGD, Adam or None
        None makes ``SGD(model)``.
    loss : function
        Of outputs and targets; returns the loss and its gradient for the outputs.
    augment : function, optional
        Of the pictures of a batch and a `numpy.random.Generator`; returns what is learned from in their
        place, anew at every step, such as `random_shift`.
    seed : int
        The order of the pictures depends on it and on the epoch, on nothing else.

    Yields
    ------
    Step

    Raises
    ------
    ValueError
        At the call, if the data does not fit the model or a setting is out of range; at a step, if a label is
        none of the classes.
    TrainingDiverged
        At a step, if the loss explodes, or something is NaN. The weights are then those before the last step.

    Notes
    -----
    Goodfellow, Bengio and Courville (2016), *Deep Learning*, algorithm 8.1.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> from cnnlib.nn import Dense
    >>> data = SimpleNamespace(images=np.eye(4, dtype="float32"), labels=np.arange(4))
    >>> for step in train(Sequential(Dense(4, 4)), data, epochs=100, batch_size=2):
    ...     pass
    >>> step.number, step.accuracy
    (200, 1.0)
    """
    optimiser = SGD(model) if optimiser is None else optimiser
    _check_settings(model, optimiser, epochs, batch_size, seed)
    _check_data(model, data)
    step, limit = _OneStep(model, optimiser, loss), partial(_limit, model, data, loss, seed)
    drawn = batches(data, epochs=epochs, batch_size=batch_size, augment=augment, seed=seed)
    return _steps(step, limit, drawn, epochs, math.ceil(len(data.images) / batch_size))


def batches(
    data: Labelled, *, epochs: int = 1, batch_size: int = 64, augment: Augment | None = None, seed: int = 0
) -> Iterator[tuple[Array, Array]]:
    """Give the batches that `train` learns from, one after the other.

    Parameters
    ----------
    data, epochs, batch_size, augment, seed
        See `train`.

    Yields
    ------
    images, labels : array
        Of one batch.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> data = SimpleNamespace(images=np.eye(5), labels=np.arange(5))
    >>> [labels.tolist() for _, labels in batches(data, batch_size=2)]
    [[1, 4], [3, 0], [2]]
    """
    for epoch in range(1, epochs + 1):
        order = np.random.default_rng([seed, epoch]).permutation(len(data.images))
        rng = np.random.default_rng([seed, epoch, 1])
        for start in range(0, len(order), batch_size):
            chosen = order[start : start + batch_size]
            images = data.images[chosen]
            yield augment(images, rng) if augment else images, data.labels[chosen]


def random_shift(most: int) -> Augment:
    """Return an augmentation: each picture is moved by up to so many pixels, up or down, left or right.

    What leaves the picture is lost, and 0 comes in. An object that lies elsewhere is still of its class: that
    is what the network is to learn from it.

    Examples
    --------
    >>> moved = random_shift(1)(np.ones((4, 1, 3, 3)), np.random.default_rng(0))
    >>> moved.shape, moved.sum(axis=(1, 2, 3)).tolist()
    ((4, 1, 3, 3), [4.0, 6.0, 6.0, 4.0])
    """

    def shift(images: Array, rng: np.random.Generator) -> Array:
        rows, cols = images.shape[2:]
        padded = np.pad(images, ((0, 0), (0, 0), (most, most), (most, most)))
        row, col = rng.integers(0, 2 * most + 1, (2, len(images), 1, 1))
        picture = np.arange(len(images))[:, None, None]
        moved = padded[picture, :, row + np.arange(rows)[:, None], col + np.arange(cols)]
        return np.ascontiguousarray(np.moveaxis(moved, -1, 1))

    return shift


def _steps(
    step: "_OneStep",
    limit: Callable[[], float],
    drawn: Iterator[tuple[Array, Array]],
    epochs: int,
    batches: int,
) -> Iterator[Step]:
    step.limit = limit()  # not before the first step: of a demo's trainings, one for each setting, few start
    for images, labels in drawn:
        epoch = 1 + step.number // batches
        value, accuracy = step(images, labels)
        yield Step(step.number, epochs * batches, epoch, epochs, batches, value, accuracy)


def _limit(model: Sequential, data: Labelled, loss: Loss, seed: int) -> float:
    """Return from where on a loss has exploded; by many pictures, as a batch of one tells little."""
    some = np.random.default_rng([seed, 0]).permutation(len(data.images))[:SAMPLE]
    with np.errstate(over="ignore", invalid="ignore"):
        before, _ = loss(model.outputs(data.images[some]), data.labels[some])
    return EXPLODED * max(before, 1) if math.isfinite(before) else math.inf


class _OneStep:
    """A step, and the weights of before it in case that it is the ruin of the model."""

    def __init__(self, model: Sequential, optimiser: Optimiser, loss: Loss) -> None:
        self.model = model
        self.optimiser = optimiser
        self.loss = loss
        self.limit = math.inf
        self.number = 0
        self.before = {name: array.copy() for name, array in model.weights.items()}

    def __call__(self, images: Array, labels: Array) -> tuple[float, float | None]:
        self.number += 1
        with np.errstate(over="ignore", invalid="ignore"):  # explained below, in words
            outputs = self.model.forward(images, training=True)
            value, gradient = self.loss(outputs, labels)
            if not (math.isfinite(value) and value <= self.limit):
                self._give_up(value, images)
            self.model.backward(gradient)
            weights = self.model.weights
            for name, before in self.before.items():
                before[...] = weights[name]
            self.optimiser.step()
            if not all(np.isfinite(array).all() for array in weights.values()):
                self._give_up(value, images)
        return value, _accuracy(outputs, labels)

    def _give_up(self, value: float, images: Array) -> None:
        rate = self.optimiser.learning_rate
        lower = lower_rate(type(self.optimiser).__name__, rate)
        largest = float(np.abs(images).max())
        if not math.isfinite(largest):  # the weights have not seen them yet
            advice = "the images hold NaN or infinity, mend them or leave them out"
        else:
            self._go_back()
            slower = f"learning rate {rate:g} is too large, try {lower:g}"
            if largest > 10:
                slower = f"images up to {largest:.3g} are too large, scale them to 0..1; or {slower}"
            elif self.number == 1 and not math.isfinite(value):
                slower = "no weight has moved yet, look for NaN or huge numbers in the weights and targets"
            advice = f"{slower} (the model keeps its weights of the step before)"
        message = (
            f"train: at step {self.number} the loss was {value:.3g} with learning rate {rate:g}; {advice}"
        )
        raise TrainingDiverged(message, self.number, value, rate, lower)

    def _go_back(self) -> None:
        weights = self.model.weights
        for name, before in self.before.items():
            weights[name][...] = before
        self.optimiser.reset()


def _accuracy(outputs: Array, labels: Array) -> float | None:
    if outputs.ndim != 2 or labels.ndim != 1 or labels.dtype.kind not in "iu":
        return None
    return float(np.mean(outputs.argmax(axis=1) == labels))


def _check_settings(model: Sequential, optimiser: Optimiser, epochs: int, batch_size: int, seed: int) -> None:
    for name, value, least in (("epochs", epochs, 1), ("batch_size", batch_size, 1), ("seed", seed, 0)):
        if not isinstance(value, int | np.integer) or value < least:
            raise ValueError(f"train: {name} must be a whole number of at least {least}, not {value!r}")
    if not isinstance(optimiser, Optimiser):
        raise ValueError(f"train: the optimiser is {optimiser!r}; make one for this model, as in SGD(model)")
    if optimiser.model is not model:
        raise ValueError("train: the optimiser moves another model; make one for this, as in SGD(model)")


def _check_data(model: Sequential, data: Labelled) -> None:
    check_part("train", data)
    if data.images.dtype.kind != "f":
        raise ValueError(
            f"train: images are {data.images.dtype}; give float32 from 0 to 1, as in np.float32(images) / 255"
        )
    model.output_shape(data.images.shape[1:])
