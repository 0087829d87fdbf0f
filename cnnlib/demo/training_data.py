"""What the demos of lesson 11 train on, and the small networks that they train."""

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

HELD_OUT = 400  # pictures of the test part, at most, that are looked at while it trains: always the same ones
OPTIMISERS = {"SGD": SGD, "Adam": Adam}
RATES = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1)
BATCHES = (8, 16, 32, 64)


class Material(NamedTuple):
    """A dataset: how it is made, and the text that makes it."""

    make: Callable[[], Dataset]
    text: str


MATERIALS = {
    "digits": Material(lambda: digits(canvas=16, copies=8), "digits(canvas=16, copies=8)"),
    "shapes": Material(lambda: shapes(train=2000, test=400), "shapes(train=2000, test=400)"),
    "pictograms": Material(lambda: pictograms(train=2000, test=400), "pictograms(train=2000, test=400)"),
    "MNIST": Material(mnist, "mnist()"),
}


def names(asked: str = "digits") -> list[str]:
    """Return the datasets to choose from: MNIST where it is on disk, or where it is asked for.

    Examples
    --------
    >>> names("MNIST")
    ['digits', 'shapes', 'pictograms', 'MNIST']
    """
    return [name for name in MATERIALS if name != "MNIST" or asked == name or on_disk(MNIST)]


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
def held_out(name: str) -> Split:
    """Return the part of a dataset that is looked at while it trains, and never trained on.

    Examples
    --------
    >>> held_out("digits")
    Split(355 pictures, 1 x 16 x 16)
    """
    test = material(name).test
    return test.take(min(len(test), HELD_OUT))


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
