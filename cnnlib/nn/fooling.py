"""Fool a network: change a picture little by little until another class is seen in it."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from cnnlib.activations import softmax
from cnnlib.nn.explaining import kept_forward, known_class, one_picture
from cnnlib.nn.layers import Array
from cnnlib.nn.losses import softmax_cross_entropy
from cnnlib.nn.model import Sequential


class Fooled(NamedTuple):
    """The picture after some steps, and what the model makes of it."""

    picture: Array  # the shape of the picture given
    probabilities: Array  # (classes,)


def fool(
    model: Sequential, picture: ArrayLike, label: int, steps: int, rate: float, *, limit: float = 0.25
) -> Iterator[Fooled]:
    """Climb towards a class by changing the picture, not the weights: gradient ascent.

    Each step adds the gradient of the class's log-probability for the picture, scaled to the length `rate`;
    then all pixels are brought back to 0..1, and to within `limit` of where they began.

    Parameters
    ----------
    model : Sequential
        Its outputs are logits, one per class. Its weights stay; its gradients are set on the way.
    picture : array, (C, H, W) or (H, W)
        From 0 to 1.
    label : int
        The class to reach.
    steps : int
        How often; one is yielded after each.
    rate : float
        Length of a step: the root of the summed squares of all pixels' changes.
    limit : float
        The most by which a pixel may differ from the picture given.

    Yields
    ------
    Fooled
        Of a new picture each time. It ends early only if the gradient is 0 everywhere.

    Raises
    ------
    ValueError
        At the first step: if the picture leaves 0..1, rate or limit is not positive, or there is no such
        class.

    Notes
    -----
    Szegedy et al. (2014), *Intriguing properties of neural networks*, found such pictures; projected gradient
    steps, as here, follow Madry et al. (2018), *Towards deep learning models resistant to adversarial
    attacks*, equation 2.1 and section 2, with the gradient's length in place of its signs.

    Examples
    --------
    >>> from cnnlib.nn import Dense, Flatten
    >>> model = Sequential(Flatten(), Dense(4, 2))
    >>> model[1].weights["weight"][...] = [[0, 0, 0, 0], [9, 0, 0, 0]]
    >>> last = [*fool(model, [[0.5, 0.5], [0.5, 0.5]], 0, steps=3, rate=0.1)][-1]
    >>> last.picture.round(2).tolist()
    [[0.25, 0.5], [0.5, 0.5]]
    """
    start = one_picture("fool", model, picture)
    if not (start.min() >= 0 and start.max() <= 1 and rate > 0 and limit > 0):
        raise ValueError(
            f"fool: picture from {start.min()} to {start.max()}, rate {rate} and limit {limit}; "
            "give a picture from 0 to 1, and a positive rate and limit"
        )
    low, high = np.maximum(start - limit, 0), np.minimum(start + limit, 1)
    now, label = start, known_class("fool", label, model(start).shape[1:])
    for _ in range(steps):
        scores = kept_forward(model, now)  # again: since the last step others may have used the model
        uphill = -model.backward(softmax_cross_entropy(scores, [label])[1], input_gradient=True)
        length = np.linalg.norm(uphill)
        if not length:
            return
        now = np.clip(now + rate / length * uphill, low, high)
        yield Fooled(now.reshape(np.shape(picture)), softmax(model(now))[0])
