"""MNIST's part of training.py: how the learning rate was chosen, and what both libraries come to with it."""

import itertools
import math
import time
from typing import Any

import numpy as np
import torch
from lenet import BATCH, RATE, Step, batches, in_torch, lenet, our_step, read_mnist, torch_step

from cnnlib.nn.splits import Split

EPOCHS = 5
RATES = (0.01, 0.02, 0.05, 0.1)  # to choose from


def compare_accuracy(seeds: list[int]) -> None:
    """Train both on MNIST, epoch by epoch in turn; print the accuracy on the test part and the time."""
    data = read_mnist()
    print(
        f"| MNIST, {EPOCHS} epochs, rate {RATE:g} to 0 | cnnlib | PyTorch | difference | seconds an epoch |"
    )
    print("|---|---|---|---|---|")
    for seed in seeds:
        ours = lenet(seed)
        theirs = in_torch(ours)
        trainers = {"cnnlib": our_step(ours), "PyTorch": torch_step(theirs)}
        best = dict.fromkeys(trainers, float("inf"))
        for epoch in range(EPOCHS):
            for peer, step in trainers.items():
                best[peer] = min(best[peer], _epoch(step, data.train, seed, epoch))
        mine, other = 100 * ours.accuracy(data.test), 100 * _accuracy_in_torch(theirs, data.test)
        missed = "" if mine >= 98.4 and abs(mine - other) <= 0.3 else ", MISSED"
        times = f"{best['cnnlib']:.1f} against {best['PyTorch']:.1f}"
        shares = f"{mine:.2f} % | {other:.2f} % | {mine - other:+.2f}"
        print(f"| seed {seed} | {shares}{missed} | {times} |", flush=True)


def choose_rate(seeds: list[int]) -> None:
    """Print what the rates come to on the last 10,000 training digits, learned from the others alone."""
    train = read_mnist().train
    learn, judge = (
        Split(train.images[part], train.labels[part]) for part in (slice(50000), slice(50000, None))
    )
    print(
        "| accuracy on 10,000 held-out training digits | "
        + " | ".join(f"seed {seed}" for seed in seeds)
        + " |"
    )
    print("|---" * (1 + len(seeds)) + "|")
    for falls, rate in itertools.product((True, False), RATES):
        shares = []
        for seed in seeds:
            model = lenet(seed)
            step = our_step(model)
            for epoch in range(EPOCHS):
                _epoch(step, learn, seed, epoch, rate=rate, falls=falls)
            shares.append(f"{100 * model.accuracy(judge):.2f} %")
        print(f"| rate {rate:g}{' to 0' if falls else ''} | {' | '.join(shares)} |", flush=True)


def _epoch(
    step: Step, data: Split, seed: int, epoch: int, *, rate: float = RATE, falls: bool = True
) -> float:
    """Train for an epoch, with a rate that falls evenly to 0 over all epochs; return the seconds."""
    start = time.perf_counter()
    count = math.ceil(len(data) / BATCH)
    for number, batch in enumerate(batches(data.images, data.labels, seed, epoch), epoch * count):
        step(*batch, rate * (1 - number / (EPOCHS * count)) if falls else rate)
    return time.perf_counter() - start


def _accuracy_in_torch(model: Any, data: Split) -> float:
    with torch.inference_mode():
        found = model(torch.tensor(data.images)).argmax(1).numpy()
    return float(np.mean(found == data.labels))
