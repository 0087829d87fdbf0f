"""LeNet in both libraries, for training.py. Alone, it trains one epoch on MNIST and prints its memory:

python benchmarks/lenet.py cnnlib
python benchmarks/lenet.py PyTorch

PyTorch is imported by the functions that need it, so that it takes no memory from cnnlib.
"""

import ctypes
import os
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from cnnlib.nn import SGD, Conv2D, Dense, Flatten, MaxPool2D, ReLU, Sequential, mnist, softmax_cross_entropy
from cnnlib.nn.splits import Dataset

BATCH = 64
RATE, MOMENTUM = 0.05, 0.9
PICTURE = (1, 28, 28)
BESIDE = Path(__file__).parents[2] / "shared" / "mnist"
Step = Callable[..., None]  # of images, labels, and perhaps a learning rate


def lenet(seed: int = 0) -> Sequential:
    """LeNet-5 in its sizes and order, with max-pooling and ReLU."""
    return Sequential(
        *(Conv2D(1, 6, 5, padding=2), MaxPool2D(2), ReLU()),
        *(Conv2D(6, 16, 5), MaxPool2D(2), ReLU()),
        *(Flatten(), Dense(400, 120), ReLU(), Dense(120, 84), ReLU(), Dense(84, 10)),
        seed=seed,
    )


def in_torch(model: Sequential) -> Any:
    """Build the same network, with the same weights, in PyTorch."""
    import torch

    return torch.nn.Sequential(*(layer_in_torch(layer) for layer in model))


def layer_in_torch(layer: Any) -> Any:
    """Build the same layer, with the same weights, in PyTorch."""
    import torch

    if isinstance(layer, Conv2D):
        kernel, stride = layer.kernel_size, layer.stride
        padding = tuple(before for before, _ in layer.sides)
        twin: Any = torch.nn.Conv2d(layer.in_channels, layer.out_channels, kernel, stride, padding)
    elif isinstance(layer, Dense):
        twin = torch.nn.Linear(layer.inputs, layer.outputs)
    else:
        plain = {ReLU: torch.nn.ReLU, Flatten: torch.nn.Flatten, MaxPool2D: lambda: torch.nn.MaxPool2d(2)}
        return plain[type(layer)]()
    for name, array in layer.weights.items():
        getattr(twin, name).data = torch.from_numpy(array.copy())
    return twin


def our_step(model: Sequential) -> Step:
    """Return the function that trains our model on one batch."""
    optimiser = SGD(model, RATE, MOMENTUM)

    def step(images: np.ndarray, labels: np.ndarray, rate: float = RATE) -> None:
        optimiser.learning_rate = rate
        _, gradient = softmax_cross_entropy(model.forward(images, training=True), labels)
        model.backward(gradient)
        optimiser.step()

    return step


def torch_step(model: Any) -> Step:
    """Return the function that trains PyTorch's model on one batch."""
    import torch

    optimiser = torch.optim.SGD(model.parameters(), RATE, MOMENTUM)

    def step(images: np.ndarray, labels: np.ndarray, rate: float = RATE) -> None:
        optimiser.param_groups[0]["lr"] = rate
        optimiser.zero_grad()
        loss = torch.nn.functional.cross_entropy(model(torch.from_numpy(images)), torch.from_numpy(labels))
        loss.backward()
        optimiser.step()

    return step


def batches(images: np.ndarray, labels: np.ndarray, *seed: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Go through all pictures once, in an order that depends on the seed alone."""
    order = np.random.default_rng(seed).permutation(len(images))
    for start in range(0, len(order), BATCH):
        chosen = order[start : start + BATCH]
        yield images[chosen], labels[chosen]


def read_mnist() -> Dataset:
    """Read MNIST from CNNLIB_MNIST, or from the folder beside the project, or fetch it."""
    if BESIDE.is_dir():
        os.environ.setdefault("CNNLIB_MNIST", str(BESIDE))
    return mnist()


def memory(what: str) -> float:
    """Return this process's memory in MB: VmRSS is now, VmHWM the highest so far (Linux)."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(re.search(rf"{what}:\s+(\d+) kB", status)[1]) / 1024


def main() -> None:
    """Train for an epoch with the library named; print the highest memory in MB, and training's part."""
    if sys.argv[1] == "PyTorch":
        import torch

        torch.set_num_threads(1)
    model, data = lenet(), read_mnist().train
    step = our_step(model) if sys.argv[1] == "cnnlib" else torch_step(in_torch(model))
    # What reading left over is given back, and how high it was is forgotten: both would hide the training.
    ctypes.CDLL(None).malloc_trim(0)
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    before = memory("VmRSS")
    for batch in batches(data.images, data.labels, 0):
        step(*batch)
    print(memory("VmHWM"), memory("VmHWM") - before)


if __name__ == "__main__":
    main()
