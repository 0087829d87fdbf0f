"""Compare training with PyTorch: time, accuracy and memory, from the same weights on the same batches.

Before anything is timed, both must come to the same weights. Needs the extra: pip install -e ".[benchmarks]"
--mnist and --memory read MNIST from the folder CNNLIB_MNIST, else ../shared/mnist, else from the network.
"""

import argparse
import os
import platform
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from accuracy import choose_rate, compare_accuracy
from convolution import Work, fastest
from lenet import (
    BATCH,
    PICTURE,
    batches,
    in_torch,
    layer_in_torch,
    lenet,
    our_step,
    torch_step,
)
from threadpoolctl import threadpool_limits

from cnnlib.nn import Conv2D
from cnnlib.nn.conv import strips_of, windows_of
from cnnlib.nn.layers import batch_last

MATRIX = 512
PEERS = ("cnnlib", "PyTorch")
Batches = Iterator[tuple[np.ndarray, np.ndarray]]


def pictures(count: int) -> tuple[np.ndarray, np.ndarray]:
    """Invent pictures for timing; the work does not depend on what is on them."""
    rng = np.random.default_rng(0)
    return rng.random((count, *PICTURE), np.float32), rng.integers(0, 10, count)


def endless() -> Batches:
    """Draw new batches for ever: the same, repeated, drives gradients to denormal numbers, which are slow."""
    images, labels = pictures(64 * BATCH)
    epoch = 0
    while True:
        yield from batches(images, labels, epoch)
        epoch += 1


def agree() -> None:
    """Stop if ten steps do not lead both to the same weights."""
    ours = lenet()
    theirs = in_torch(ours)
    stream, steps = endless(), (our_step(ours), torch_step(theirs))
    for _ in range(10):
        batch = next(stream)
        for step in steps:
            step(*batch)
    for mine, other in zip(ours.weights.values(), theirs.parameters(), strict=True):
        np.testing.assert_allclose(mine, other.detach().numpy(), atol=1e-4)


def steps() -> dict[str, Work]:
    """One training step of LeNet."""
    model = lenet()
    ours, theirs = our_step(model), torch_step(in_torch(model))
    mine, other = endless(), endless()
    return {"cnnlib": lambda: ours(*next(mine)), "PyTorch": lambda: theirs(*next(other))}


def layer(rng: np.random.Generator) -> dict[str, Work]:
    """Forward and backward of 64 filters of 3x3 on 32 channels of 14x14."""
    ours = Conv2D(32, 64, 3, padding=1)
    theirs = layer_in_torch(ours)
    x, g = rng.random((BATCH, 32, 14, 14), np.float32), rng.random((BATCH, 64, 14, 14), np.float32)
    # Each library gets its own memory order, as from the layer before and the layer behind.
    mine = [np.ascontiguousarray(a.transpose(2, 3, 1, 0)).transpose(3, 2, 0, 1) for a in (x, g)]
    tx, tg = torch.from_numpy(x).requires_grad_(), torch.from_numpy(g)

    def run_ours() -> None:
        ours.forward(mine[0])
        ours.backward(mine[1])

    def run_theirs() -> None:
        torch.autograd.grad(theirs(tx), (tx, *theirs.parameters()), tg)

    return {"cnnlib": run_ours, "PyTorch": run_theirs}


def products(rng: np.random.Generator) -> Work:
    """Return the matrix products of that layer alone: what would be left if nothing else took time."""
    x, g = rng.random((BATCH, 32, 14, 14), np.float32), rng.random((14, 14, 64, BATCH), np.float32)
    windows = windows_of(strips_of(batch_last(x, ((1, 1), (1, 1))), 3), 3)
    filters = rng.random((64, windows.shape[2]), np.float32)
    row = np.empty((14, windows.shape[2], BATCH), np.float32)  # the same memory for each

    def run() -> None:
        for some, gradient in zip(windows, g, strict=True):
            np.matmul(filters, some)
            np.matmul(some, gradient.swapaxes(-1, -2), out=row)  # BATCH is also the number of filters
            np.matmul(filters.T, gradient, out=row)

    return run


def prediction() -> dict[str, Work]:
    """One picture through LeNet."""
    model = lenet()
    theirs = in_torch(model)
    image, _ = pictures(1)

    def run_theirs() -> None:
        with torch.inference_mode():
            theirs(torch.from_numpy(image))

    return {"cnnlib": lambda: model(image), "PyTorch": run_theirs}


def step_flops() -> int:
    """Count a step's multiplications and additions: forward, for weights, and for inputs but the first."""
    rows = lenet().summary(PICTURE).rows
    return 2 * BATCH * (3 * sum(row.multiplications for row in rows) - rows[0].multiplications)


def compare_times(rounds: int) -> None:
    """Print the table of times."""
    rng = np.random.default_rng(0)
    matrix = rng.random((MATRIX, MATRIX), np.float32)
    cases = {  # name: (candidates, threads of PyTorch, target)
        "LeNet step, batch 64": (steps(), 1, 0.5),
        "LeNet step, PyTorch with two threads": (steps(), 2, 0.75),
        "32x14x14 -> 64, 3x3, forward + backward": (layer(rng), 1, 1.0),
        "one prediction": (prediction(), 1, 1.0),
    }
    print("| ms | cnnlib | PyTorch | cnnlib / PyTorch | target |")
    print("|---|---|---|---|---|")
    for name, (candidates, threads, target) in cases.items():
        torch.set_num_threads(threads)
        best = fastest(candidates, rounds)
        ratio = best["cnnlib"] / best["PyTorch"]
        missed = "" if ratio <= target else ", MISSED"
        ours, theirs = (f"{1000 * best[peer]:.2f}" for peer in ("cnnlib", "PyTorch"))
        print(f"| {name} | {ours} | {theirs} | {ratio:.2f} | {target}{missed} |", flush=True)
    torch.set_num_threads(1)
    best = fastest({**steps(), "sgemm": lambda: matrix @ matrix}, rounds)
    peak = 2 * MATRIX**3 / best["sgemm"]
    shares = [f"{peer} {step_flops() / best[peer] / peak:.0%}" for peer in ("cnnlib", "PyTorch")]
    alone = fastest({**layer(rng), "products": products(rng)}, rounds)
    share = alone["products"] / alone["PyTorch"]
    print(f"\nthe layer's matrix products alone: {share:.2f} of PyTorch's whole layer")
    print(f"sgemm {peak / 1e9:.0f} GFLOP/s, one thread", end="; ")
    print(f"share of it in a LeNet step: {', '.join(shares)} (target for cnnlib 35%)")


def compare_memory() -> None:
    """Print the highest memory of an epoch of LeNet on MNIST, each library in a process of its own."""
    script = Path(__file__).with_name("lenet.py")
    one = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"), "1")
    found = {}
    for peer in PEERS:
        text = subprocess.check_output([sys.executable, script, peer], env=os.environ | one, text=True)
        found[peer] = [float(number) for number in text.split()]
    print("| MB, an epoch of LeNet on MNIST | cnnlib | PyTorch | cnnlib / PyTorch | target |")
    print("|---|---|---|---|---|")
    for row, index in (("whole process", 0), ("more than before the first step", 1)):
        mine, other = (found[peer][index] for peer in PEERS)
        missed = "" if 2 * mine <= other else ", MISSED"
        print(f"| {row} | {mine:.0f} | {other:.0f} | {mine / other:.2f} | 0.5{missed} |")


def main() -> None:
    """Print the tables that are asked for; all of them if none is."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    for part in ("steps", "mnist", "memory"):
        parser.add_argument(f"--{part}", action="store_true")
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seeds", type=int, nargs="+", default=[3, 4, 5], help="for --mnist")
    parser.add_argument("--choose", action="store_true", help="only print how the learning rate was chosen")
    asked = parser.parse_args()
    every = not (asked.steps or asked.mnist or asked.memory)
    versions = f"NumPy {np.__version__}, PyTorch {torch.__version__}"
    print(f"Python {platform.python_version()}, {versions}; minimum of {asked.rounds} rounds\n")
    torch.set_num_threads(1)
    with threadpool_limits(1):
        if asked.choose:
            return choose_rate([0, 1])
        agree()
        if asked.steps or every:
            compare_times(asked.rounds)
        if asked.mnist or every:
            torch.set_num_threads(1)
            print()
            compare_accuracy(asked.seeds)
    if asked.memory or every:
        print()
        compare_memory()


if __name__ == "__main__":
    main()
