"""What the demos of lesson 11 train on, in three parts, and the small networks that they train."""

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from cnnlib.nn import (
    SGD,
    Adam,
    Conv2D,
    Dataset,
    Dense,
    Flatten,
    MaxPool2D,
    ReLU,
    Sequential,
    Split,
    digits,
    mnist,
    pictograms,
    shapes,
)
from cnnlib.nn.download import on_disk
from cnnlib.nn.optimisers import Optimiser
from cnnlib.nn.sources import MNIST

SHARE = 0.2  # of the pictures to train on is held out, for validation
LOOKED_AT = 400  # validation pictures at most: one waits for them while it trains
OPTIMISERS = {"SGD": SGD, "Adam": Adam}
RATES = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1)
BATCHES = (8, 16, 32, 64)


class Material(NamedTuple):
    """A dataset: how it is made, and the text that makes it."""

    make: Callable[[], Dataset]
    text: str


class Parts(NamedTuple):
    """The three parts of a dataset: to learn from, to watch and choose by, and for the end."""

    train: Split
    validation: Split
    test: Split


MATERIALS = {
    "digits": Material(lambda: digits(canvas=16, copies=8), "digits(canvas=16, copies=8)"),
    "shapes": Material(lambda: shapes(train=2500, test=400), "shapes(train=2500, test=400)"),
    "pictograms": Material(lambda: pictograms(train=2500, test=400), "pictograms(train=2500, test=400)"),
    "MNIST": Material(mnist, "mnist()"),
}


def to_download(name: str) -> bool:
    """Tell whether a dataset has to come over the network first."""
    return name == "MNIST" and not on_disk(MNIST)


@cache
def material(name: str) -> Dataset:
    """Return a dataset by its name, made once.

    Examples
    --------
    >>> material("digits").train
    Split(11536 pictures, 1 x 16 x 16)
    """
    return MATERIALS[name].make()


@cache
def parts(name: str) -> Parts:
    """Return the three parts of a dataset; no copy of a validation picture is trained on.

    Examples
    --------
    >>> [len(part) for part in parts("digits")]
    [9232, 288, 355]
    """
    data = material(name)
    train, validation = data.train.hold_out(SHARE)
    if len(validation) > LOOKED_AT:
        validation = validation.take(LOOKED_AT)
    return Parts(train, validation, data.test)  # all of the test part: it is measured once


def parts_text(name: str) -> str:
    """Write how the parts come about: `part` to learn from, `validation`, `data.test`.

    Examples
    --------
    >>> print(parts_text("digits"))
    data = digits(canvas=16, copies=8)
    part, validation = data.train.hold_out(0.2)
    """
    few = f"\nvalidation = validation.take({LOOKED_AT})" if name != "digits" else ""
    return f"data = {MATERIALS[name].text}\npart, validation = data.train.hold_out({SHARE}){few}"


def network(
    image: tuple[int, ...], outputs: int, *, filters: int = 8, kernel_size: int = 5, seed: int = 0
) -> Sequential:
    """Return a network of two convolutions, each with ReLU and pooling, and a dense layer.

    Parameters
    ----------
    image : (channels, rows, columns)
        Of one picture; rows and columns are divisible by 4.
    outputs : int
        Numbers at the end.
    filters : int
        In layer 1; layer 2 has twice as many, of 3 x 3.
    kernel_size : int
        Of layer 1, odd.
    seed : int
        Draws the weights.

    Examples
    --------
    >>> network((1, 16, 16), 10).output_shape((1, 16, 16))
    (10,)
    """
    channels, rows, cols = image
    return Sequential(
        *(Conv2D(channels, filters, kernel_size, padding=kernel_size // 2), ReLU(), MaxPool2D(2)),
        *(Conv2D(filters, 2 * filters, 3, padding=1), ReLU(), MaxPool2D(2)),
        *(Flatten(), Dense(2 * filters * (rows // 4) * (cols // 4), outputs)),
        seed=seed,
    )


def optimiser_of(name: str, model: Sequential, learning_rate: float) -> Optimiser:
    """Return an optimiser by its name, with all else as it is usual.

    Examples
    --------
    >>> optimiser_of("Adam", Sequential(Dense(2, 2)), 0.01).betas
    (0.9, 0.999)
    """
    return OPTIMISERS[name](model, learning_rate)
