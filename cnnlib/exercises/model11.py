"""Lesson 11's trained model: does it do well on pictures that it never saw, and if not, why?"""

import math
from collections.abc import Callable

import numpy as np

from cnnlib import nn
from cnnlib.exercises.feedback import Feedback, is_blank

DATASETS: dict[str, Callable[[], nn.Dataset]] = {
    "digits": nn.digits,
    "shapes": nn.shapes,
    "pictograms": nn.pictograms,
    "mnist": nn.mnist,
    "fashion_mnist": nn.fashion_mnist,
}
# Held-out accuracy. Two small convolutions passed the first three (digits of 8 x 8)
# after 5 to 8 epochs with each of three seeds; the last two are not measured.
BARS = {"digits": 0.93, "shapes": 0.9, "pictograms": 0.9, "mnist": 0.97, "fashion_mnist": 0.85}
GUESSING = 1.5  # times what guessing gets
GAP = 0.05  # of the training above the held-out pictures: it remembers
LEAK = 3  # standard errors of the held-out above the training pictures: chance does so once in 700 models
SAMPLE = 2000  # training pictures to look at


def grade_model(model: object, dataset: object = "digits") -> tuple[Feedback, float | None]:
    """Test a learner's model on held-out pictures, and name what a low accuracy comes from.

    Parameters
    ----------
    model : Sequential
    dataset : str or Dataset
        The name of one of the course's, or the dataset itself, for example with a larger canvas.

    Returns
    -------
    Feedback
    float or None
        The held-out accuracy, if there is one.

    Examples
    --------
    >>> feedback, accuracy = grade_model(nn.Sequential(nn.Flatten(), nn.Dense(64, 10)))
    >>> feedback.verdict, accuracy < 0.3
    ('wrong', True)
    """
    if is_blank(model):
        return Feedback("not answered yet", "Train a model first, and hand it over."), None
    if not isinstance(model, nn.Sequential):
        kind = type(model).__name__
        return Feedback("wrong", f"A trained `Sequential` is needed, not a value of type {kind}."), None
    try:
        data = dataset if isinstance(dataset, nn.Dataset) else _named(dataset)
        model.output_shape(data.train.images.shape[1:])
        return _judge(model, data)
    except ValueError as error:  # a download that failed, or layers that do not fit: the sentence says which
        return Feedback("wrong", f"It could not be tested. {error}."), None


def _named(name: object) -> nn.Dataset:
    if not isinstance(name, str) or name not in DATASETS:
        raise ValueError(f"There is no dataset {name!r}; use one of {', '.join(DATASETS)}")
    return DATASETS[name]()


def _judge(model: nn.Sequential, data: nn.Dataset) -> tuple[Feedback, float | None]:
    classes = len(data.classes)
    outputs = model.outputs(data.test.images)
    if not np.isfinite(outputs).all():
        says = "Its outputs are no numbers: training went wrong at a learning rate far too large."
        return Feedback("wrong", says), None
    if outputs.shape[1:] != (classes,):
        made = " × ".join(map(str, outputs.shape[1:]))
        return Feedback("wrong", f"It has {made} outputs, but {data.name} has {classes} classes."), None
    chosen = outputs.argmax(axis=1)
    held_out = float(np.mean(chosen == data.test.labels))
    trained = model.accuracy(data.train.take(min(SAMPLE, len(data.train))))
    verdict, why = _why(held_out, trained, len(np.unique(chosen)), data)
    start = f"{_percent(held_out)} of {len(data.test)} held-out pictures are right"
    return Feedback(verdict, f"{start}{why}"), held_out


def _why(held_out: float, trained: float, answers: int, data: nn.Dataset) -> tuple[str, str]:
    bar, training = BARS.get(data.name, 0.8), f"{_percent(trained)} of the pictures it was to learn from"
    if held_out - trained > LEAK * _standard_error(held_out, trained, data):
        return "wrong", f", but only {training}. Was it trained on the test part?"
    if held_out >= bar:
        return "right", f", and {training}."
    if answers == 1:
        return "wrong", ": it answers the same class to every picture. Is the learning rate too large?"
    if held_out < GUESSING / len(data.classes):
        return "wrong", ", no more than guessing gets. Was it trained, and on these pictures?"
    if trained > held_out + GAP:
        advice = "It remembers more than it understands: train on more pictures, or with `Dropout`."
        return "close", f", but {training}. {advice}"
    return "close", f"; the bar is {_percent(bar)}. It still gains: train on, or try another learning rate."


def _standard_error(held_out: float, trained: float, data: nn.Dataset) -> float:
    """Return how far two accuracies lie apart by chance, if the model is as good on both parts."""
    tests, seen = len(data.test), min(SAMPLE, len(data.train))
    both = (tests * held_out + seen * trained) / (tests + seen)
    return math.sqrt(both * (1 - both) * (1 / tests + 1 / seen))


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"
