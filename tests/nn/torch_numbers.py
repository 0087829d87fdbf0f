"""LeNet in PyTorch: losses, gradients and updates, and the file of them for where PyTorch is not installed.

After a change, make ``torch_numbers.json`` again with ``python tests/nn/torch_numbers.py`` (needs torch).
"""

import json
import math
from pathlib import Path

import numpy as np

FILE = Path(__file__).with_name("torch_numbers.json")
SHAPES = {
    "0.weight": (6, 1, 5, 5),
    "0.bias": (6,),
    "3.weight": (16, 6, 5, 5),
    "3.bias": (16,),
    "7.weight": (120, 400),
    "7.bias": (120,),
    "9.weight": (84, 120),
    "9.bias": (84,),
    "11.weight": (10, 84),
    "11.bias": (10,),
}
SETTINGS = {
    "SGD": {"learning_rate": 0.05, "momentum": 0.9, "weight_decay": 0.01},
    "Adam": {"learning_rate": 0.001, "betas": (0.8, 0.99), "weight_decay": 0.01},
}
STEPS = 3
BATCH = 16


def uniform(shape, seed):
    """Draw from -1 to 1, from the raw bits that NumPy promises never to change."""
    bits = np.random.PCG64(seed).random_raw(math.prod(shape))
    return (bits / 2**63 - 1).reshape(shape)


def weights(dtype="float64"):
    """Return LeNet's weights: He's variance, and biases that are not zero."""
    return {
        name: (uniform(shape, seed) * math.sqrt(6 / math.prod(shape[1:]))).astype(dtype)
        for seed, (name, shape) in enumerate(SHAPES.items())
    } | {
        name: (uniform(shape, seed) / 10).astype(dtype)
        for seed, (name, shape) in enumerate(SHAPES.items())
        if name.endswith("bias")
    }


def batch(step, dtype="float64"):
    """Return the images and labels of one step."""
    images = (uniform((BATCH, 1, 28, 28), 100 + step) + 1) / 2
    return images.astype(dtype), (np.arange(BATCH) * 7 + step) % 10


def torch_run(optimiser, dtype="float64"):
    """Return what PyTorch finds: the losses, the first gradients, the weights after 1 and after 3 updates."""
    import torch
    from torch import nn

    model = nn.Sequential(
        nn.Conv2d(1, 6, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(400, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, 10),
    ).to(getattr(torch, dtype))  # fmt: skip
    model.load_state_dict({name: torch.from_numpy(array) for name, array in weights(dtype).items()})
    settings = dict(SETTINGS[optimiser])
    torch_optimiser = getattr(torch.optim, optimiser)(
        model.parameters(), lr=settings.pop("learning_rate"), **settings
    )
    found = {"losses": []}
    for step in range(STEPS):
        images, labels = (torch.from_numpy(array) for array in batch(step, dtype))
        torch_optimiser.zero_grad()
        loss = nn.functional.cross_entropy(model(images), labels)
        loss.backward()
        if step == 0:
            found["gradients"] = {name: p.grad.numpy().copy() for name, p in model.named_parameters()}
        torch_optimiser.step()
        found["losses"].append(loss.item())
        found[f"after {step + 1}"] = {name: p.detach().numpy().copy() for name, p in model.named_parameters()}
    return found


def digest(array):
    """Return eight numbers for an array: six of its own, and two sums in which each number counts."""
    flat = np.asarray(array, np.float64).ravel()
    spread = flat[np.linspace(0, flat.size - 1, 6).astype(int)]
    sums = [flat @ np.cos(np.arange(flat.size) * frequency) for frequency in (1.0, 2.3)]
    return [*spread.tolist(), *sums]


def digests(run):
    """Replace the arrays of a run by their digests."""
    return {
        part: {name: digest(array) for name, array in found.items()} if isinstance(found, dict) else found
        for part, found in run.items()
    }


if __name__ == "__main__":
    runs = {name: digests(torch_run(name)) for name in SETTINGS}
    FILE.write_text(json.dumps(runs, indent=1) + "\n", encoding="utf-8")
