"""Transfer: what a network learned from digits helps with letters, or does not."""

import copy
from collections.abc import Iterable
from functools import lru_cache
from types import SimpleNamespace

from cnnlib.nn.dense import Dense
from cnnlib.nn.layers import Layer
from cnnlib.nn.model import Labelled, Sequential
from cnnlib.nn.optimisers import SGD
from cnnlib.nn.pretrained import pretrained_lenet
from cnnlib.nn.runs import Run
from cnnlib.nn.splits import Split

WAYS = ("frozen", "fine-tuned", "from scratch")
LAST, CONVOLUTIONS = 11, 7  # layers of LeNet before its last one, and before its first dense one
STEPS, BATCH, RATE = 200, 10, 0.01


def transferred(way: str, model: Sequential, *, kept: int, classes: int, seed: int = 0) -> Sequential:
    """Return a trained network's first layers with a new last layer for other classes.

    Parameters
    ----------
    way : {"frozen", "fine-tuned", "from scratch"}
        The first layers keep their weights for good; or begin with them; or get random ones, for comparison.
    model : Sequential
        Stays as it is: the layers are copied.
    kept : int
        How many layers; a dense layer must come next, in whose place the new one stands.
    classes : int
    seed : int
        Of the random weights.

    Raises
    ------
    ValueError
        If the way is unknown, or the layer after those kept is not dense.

    Notes
    -----
    Yosinski et al. (2014), *How transferable are features in deep neural networks?*

    Examples
    --------
    >>> model = transferred("frozen", pretrained_lenet(), kept=LAST, classes=10)
    >>> learning_parameters(model)
    1010
    """
    if way not in WAYS:
        raise ValueError(f"transferred: way {way!r} is unknown; use one of {', '.join(WAYS)}")
    if not 0 < kept < len(model) or not isinstance(model[kept], Dense):
        places = ", ".join(str(i) for i, layer in enumerate(model) if i and isinstance(layer, Dense))
        raise ValueError(f"transferred: kept {kept} does not end before a dense layer; use one of {places}")
    layers = copy.deepcopy(model.layers[:kept])
    _freeze(layers, way != "from scratch")
    new = Sequential(*layers, Dense(model[kept].inputs, classes), seed=seed)  # frozen layers keep theirs
    _freeze(layers, way == "frozen")
    return new


def learning_parameters(model: Sequential) -> int:
    """Count the parameters that training can move.

    Examples
    --------
    >>> learning_parameters(pretrained_lenet())
    63802
    """
    return sum(array.size for layer in model if not layer.frozen for array in layer.weights.values())


def transfer(
    way: str, data: Split, held_out: Split, *, kept: int = LAST, steps: int = STEPS, seed: int = 0
) -> Run:
    """Return the training of LeNet's first layers and a new last one, on pictures with other classes.

    Frozen layers give the same numbers at every step: they are computed once, and the new layer alone is
    trained on them. A step takes 10 pictures, the learning rate is 0.01, however the network begins.

    Parameters
    ----------
    way, kept, seed
        See `transferred`; the order of the pictures depends on the seed, too.
    data, held_out : Split
        Pictures (N, 1, 32, 32) to learn from, and others to be measured on at the two ends.
    steps : int

    Returns
    -------
    Run
        Its model is the new layer alone where the others are frozen.

    Raises
    ------
    ValueError
        As `transferred` and `Run`.

    Examples
    --------
    >>> from cnnlib.nn import letters
    >>> data = letters(train=20, test=50)
    >>> run = transfer("frozen", data.train, data.test)
    >>> for step in run:
    ...     pass
    >>> run.scores[200] > 0.5
    True
    """
    classes = 1 + int(max(data.labels.max(), held_out.labels.max()))
    model = transferred(way, _lenet(), kept=kept, classes=classes, seed=seed)
    parts: tuple[Labelled, Labelled] = (data, held_out)
    if way == "frozen":
        model, parts = model[kept:], (_features(kept, data), _features(kept, held_out))
    settings = {"looks": 0, "steps": steps, "batch_size": BATCH, "seed": seed}
    return Run(model, *parts, optimiser=SGD(model, RATE), **settings)


def _freeze(layers: Iterable[Layer], frozen: bool) -> None:
    for layer in layers:
        layer.frozen = frozen


@lru_cache(1)
def _lenet() -> Sequential:
    return pretrained_lenet()


@lru_cache(4)
def _features(kept: int, part: Split) -> Labelled:
    """Return what the first layers make of a part: the held-out one comes again with each training."""
    return SimpleNamespace(images=_lenet()[:kept].outputs(part.images), labels=part.labels)
