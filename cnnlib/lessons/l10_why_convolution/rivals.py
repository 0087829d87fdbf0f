"""What the trainings of lesson 10 learn from, and the small networks that compete."""

from collections.abc import Callable
from functools import cache

from cnnlib.connections import shuffle_pixels
from cnnlib.demo.training_code import indented, layers_text, network_texts, steps_texts
from cnnlib.demo.training_data import network, optimiser_of
from cnnlib.nn import (
    Conv2D,
    Dataset,
    Dense,
    Flatten,
    LocallyConnected2D,
    MaxPool2D,
    ReLU,
    Run,
    Sequential,
    Split,
    digits,
    faces,
)

FARTHEST = 4  # pixels from the middle
BATCH, STEPS = 32, 600
COPIES = 2  # of each digit; with eight, the lead of the convolution shrinks to a third at twice the steps
RATES = {"digits": 0.05, "faces": 0.03}
EPOCHS = {"digits": 7, "faces": 60}  # in which there are that many steps


def dense(seed: int) -> Sequential:
    """Return the network that connects everything, for digits.

    Examples
    --------
    >>> dense(0).output_shape((1, 16, 16))
    (10,)
    """
    return Sequential(Flatten(), Dense(256, 64), ReLU(), Dense(64, 10), seed=seed)


def convolution(seed: int) -> Sequential:
    """Return the convolutional network for digits: two layers with pooling, and a dense one.

    Examples
    --------
    >>> convolution(0).output_shape((1, 16, 16))
    (10,)
    """
    return network((1, 16, 16), 10, kernel_size=3, seed=seed)


def windows(shared: bool, seed: int) -> Sequential:
    """Return a network for faces: four 7 x 7 filters, the strongest answer of each, and a dense layer.

    Parameters
    ----------
    shared : bool
        Whether every place has the same filters, or its own.
    seed : int

    Examples
    --------
    >>> windows(True, 0).output_shape((1, 24, 24))
    (2,)
    """
    first = Conv2D(1, 4, 7) if shared else LocallyConnected2D(1, 4, 7, input_size=24)
    return Sequential(first, ReLU(), MaxPool2D(18), Flatten(), Dense(4, 2), seed=seed)


RIVALS: dict[str, dict[str, Callable[[int], Sequential]]] = {
    "digits": {"dense": dense, "convolution": convolution},
    "faces": {
        "locally connected": lambda seed: windows(False, seed),
        "convolution": lambda seed: windows(True, seed),
    },
}


LAYERS = {  # the same as text
    "digits": {
        "dense": "Flatten(), Dense(256, 64), ReLU(), Dense(64, 10),",
        "convolution": layers_text((1, 16, 16), 10, kernel_size=3),
    },
    "faces": {
        "locally connected": "LocallyConnected2D(1, 4, 7, input_size=24), ReLU(), MaxPool2D(18),\n"
        "Flatten(), Dense(4, 2),",
        "convolution": "Conv2D(1, 4, 7), ReLU(), MaxPool2D(18),\nFlatten(), Dense(4, 2),",
    },
}
UNSHARED = """class LocallyConnected2d(nn.Module):  # PyTorch has none
    def __init__(self, channels, filters, kernel, input_size):
        super().__init__()
        self.kernel, self.side = kernel, input_size - kernel + 1
        self.weight = nn.Parameter(torch.zeros(self.side, self.side, filters, channels, kernel, kernel))
        self.bias = nn.Parameter(torch.zeros(self.side, self.side, filters))

    def forward(self, x):
        windows = F.unfold(x, self.kernel).reshape(len(x), -1, self.side, self.side)
        products = torch.einsum("nkrc,rcfk->nfrc", windows, self.weight.flatten(3))
        return products + self.bias.permute(2, 0, 1)


"""


def contest_texts(kind: str, part: str, number: int, seed: int) -> tuple[str, str]:
    """Write the training of the network called `name`, up to a number of steps, in both languages.

    Examples
    --------
    >>> print(contest_texts("faces", "data.train", 300, 0)[0].partition("else")[0])
    if name == 'locally connected':
        model = Sequential(
            LocallyConnected2D(1, 4, 7, input_size=24), ReLU(), MaxPool2D(18),
            Flatten(), Dense(4, 2),
            seed=0,
        )
    <BLANKLINE>
    """
    (name, layers), (_, others) = LAYERS[kind].items()
    steps = steps_texts(
        part, number, learning_rate=RATES[kind], seed=seed, epochs=EPOCHS[kind], batch_size=BATCH
    )
    return tuple(
        f"if name == {name!r}:\n{indented(first)}else:\n{indented(second)}{taken}"
        for first, second, taken in zip(
            network_texts(layers, seed), network_texts(others, seed), steps, strict=True
        )
    )


@cache
def jittered(data: str, jitter: int) -> Dataset:
    """Return digits or faces that lie up to so many pixels from the middle, made once.

    Examples
    --------
    >>> jittered("digits", 2).train, jittered("faces", 2).train
    (Split(2884 pictures, 1 x 16 x 16), Split(300 pictures, 1 x 24 x 24))
    """
    if data == "faces":
        return faces(jitter=jitter)
    return digits(canvas=16, jitter=jitter, copies=COPIES)


@cache
def shuffled(jitter: int) -> Dataset:
    """Return the digits of `jittered` with their pixels in another order, the same for all.

    Examples
    --------
    >>> shuffled(2).train
    Split(2884 pictures, 1 x 16 x 16)
    """
    data = jittered("digits", jitter)
    train, test = (Split(shuffle_pixels(part.images), part.labels) for part in (data.train, data.test))
    return Dataset("shuffled digits", train, test, data.classes)


def contest(name: str, data: Dataset, seed: int, *, looks: int = 0, kind: str = "digits") -> Run:
    """Return the training of one of the networks of `RIVALS`.

    Parameters
    ----------
    name : str
        Of the network.
    data : Dataset
    seed : int
        Of weights and order.
    looks : int
        How often in each epoch it is measured.
    kind : {"digits", "faces"}

    Examples
    --------
    >>> contest("dense", jittered("digits", 0), 1).total
    600
    """
    model = RIVALS[kind][name](seed)
    return Run(
        model,
        data.train,
        data.test,
        looks=looks,
        steps=STEPS,
        batch_size=BATCH,
        optimiser=optimiser_of("SGD", model, RATES[kind]),
        seed=seed,
    )
