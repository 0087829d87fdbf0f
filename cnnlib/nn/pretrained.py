"""LeNet for handwritten digits, untrained or with the weights that ship with the course."""

from cnnlib.nn.activations import ReLU
from cnnlib.nn.conv import Conv2D
from cnnlib.nn.dense import Dense, Flatten
from cnnlib.nn.files import load
from cnnlib.nn.model import Sequential
from cnnlib.nn.pooling import MaxPool2D
from cnnlib.pictures import data_file

LENET = "lenet.npz"  # written by data/make_lenet.py
LENET_ACCURACY = 0.9942  # of its weights on MNIST's 10,000 test pictures


def lenet(*, seed: int = 0) -> Sequential:
    """Return LeNet for pictures (N, 1, 32, 32) and ten classes, untrained: 63,802 parameters.

    Maps of 28 x 28, pooled to 14, then 10, pooled to 5: 400 numbers, from which 120, 100 and 10 are made.

    Parameters
    ----------
    seed : int
        Of the first, random weights.

    Returns
    -------
    Sequential
        Its outputs are logits: softmax makes them probabilities.

    Notes
    -----
    After LeCun et al. (1998), *Gradient-based learning applied to document recognition*. Their LeNet-5 has 84
    units where this has 100, tanh, and pooling with weights of its own.

    Examples
    --------
    >>> lenet()[:7].output_shape((1, 32, 32))
    (400,)
    """
    return Sequential(
        *(Conv2D(1, 6, 5), ReLU(), MaxPool2D(2)),
        *(Conv2D(6, 16, 5), ReLU(), MaxPool2D(2)),
        *(Flatten(), Dense(400, 120), ReLU(), Dense(120, 100), ReLU(), Dense(100, 10)),
        seed=seed,
    )


def pretrained_lenet() -> Sequential:
    """Return LeNet as ``data/make_lenet.py`` trained it on MNIST, a new model at each call.

    It is right for the share `LENET_ACCURACY` of MNIST's test pictures. Give it what `centre_digit` makes of
    a drawing, or MNIST's pictures with two pixels of 0 on each side; numbers from 0, paper, to 1, ink.

    Raises
    ------
    ValueError
        If the file of the weights is missing or damaged.

    Examples
    --------
    >>> import numpy as np
    >>> from cnnlib.nn import centre_digit
    >>> one = np.zeros((40, 40))
    >>> one[8:32, 19:22] = 255
    >>> pretrained_lenet().predict(centre_digit(one)[None, None])
    array([1])
    """
    model = lenet()
    try:
        load(model, data_file(LENET))
    except (OSError, ValueError) as error:
        reason = str(error).partition(";")[0]
        raise ValueError(
            f"pretrained_lenet: the weights that ship cannot be read ({reason}); install cnnlib again"
        ) from error
    return model
