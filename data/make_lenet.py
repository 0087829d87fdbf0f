"""Train lenet.npz of this folder: LeNet on MNIST, by cnnlib.nn itself.

Needs the four files of MNIST in the folder that CNNLIB_MNIST names (else they are downloaded). One thread
gives the same bytes each time on one machine:

    OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 python data/make_lenet.py

writes the file here, or into the folder given as the argument. ``--validate`` trains on 55,000 pictures and
tells the accuracy on the 5,000 others, to choose a setting by; it writes nothing and leaves the test alone.
"""

import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from scipy import ndimage

from cnnlib.nn import SGD, Sequential, Split, load, mnist, save, train
from cnnlib.nn.pretrained import LENET, lenet

SEED = 12
EPOCHS = 20
BATCH = 64
RATE, DECAY = 0.05, 5e-4  # learning rate, falling to 0 along a cosine; weight decay
PARTS = slice(0, 55_000), slice(55_000, None)  # with --validate: to learn from, held out
CHUNK = 2_000  # pictures varied at once
TURN, SLANT, SCALE, SHIFT = 12, 0.15, 0.15, 2  # degrees, share, share, pixels: at most, either way
THINNER, THICKER = 0.7, 1.0  # of one pixel off or on at either side of a stroke, at most
NEIGHBOURS = ndimage.generate_binary_structure(2, 1)[None]


def framed(images: np.ndarray) -> np.ndarray:
    """Put pictures (N, 1, 28, 28) into frames of 32 x 32, which LeNet needs to see the ends of a stroke."""
    return np.pad(images, ((0, 0), (0, 0), (2, 2), (2, 2)))


def varied(images: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return pictures (N, 1, 28, 28) as others might have drawn them, (N, 1, 32, 32)."""
    drawn = np.empty((len(images), 1, 32, 32), np.float32)
    for start in range(0, len(images), CHUNK):
        part = images[start : start + CHUNK, 0]
        drawn[start : start + CHUNK, 0] = moved(other_pen(part, rng), rng)
    return drawn


def other_pen(images: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Draw pictures (N, 28, 28) with thinner or thicker strokes: mixed with their erosion or dilation."""
    amount = rng.uniform(-THINNER, THICKER, (len(images), 1, 1)).astype(np.float32)
    thinner = ndimage.grey_erosion(images, footprint=NEIGHBOURS)
    thicker = ndimage.grey_dilation(images, footprint=NEIGHBOURS)
    return images + np.abs(amount) * (np.where(amount < 0, thinner, thicker) - images)


def moved(images: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Turn, slant, scale and shift pictures (N, 28, 28) a little, each on its own: (N, 32, 32)."""
    number = len(images)
    turn = np.deg2rad(rng.uniform(-TURN, TURN, number))
    slant = rng.uniform(-SLANT, SLANT, number)
    tall, wide = 1 / rng.uniform(1 - SCALE, 1 + SCALE, (2, number))
    sine, cosine = np.sin(turn), np.cos(turn)
    back = np.array([[tall * cosine, tall * sine], [wide * (slant - sine), wide * cosine]])
    shift = rng.uniform(-SHIFT, SHIFT, (number, 2, 1))
    offset = np.indices((32, 32)).reshape(2, -1) - 16 - shift  # MNIST's centre of mass is pixel 14, here 16
    places = (np.moveaxis(back, -1, 0) @ offset + 14).astype(np.float32)
    return between(images, places).reshape(-1, 32, 32)


def between(images: np.ndarray, places: np.ndarray) -> np.ndarray:
    """Read pictures (N, H, W) at places (N, 2, P) between their pixels: bilinear, 0 outside."""
    side = images.shape[-1]
    images = np.pad(images, ((0, 0), (1, 2), (1, 2)))
    places = np.clip(places + 1, 0, side + 1)
    corner = np.floor(places)
    down, right = np.moveaxis(places - corner, 1, 0)
    row, col = np.moveaxis(corner.astype(np.intp), 1, 0)
    n = np.arange(len(images))[:, None]
    upper = images[n, row, col] * (1 - right) + images[n, row, col + 1] * right
    lower = images[n, row + 1, col] * (1 - right) + images[n, row + 1, col + 1] * right
    return upper * (1 - down) + lower * down


def trained(data: Split, epochs: int) -> Iterator[Sequential]:
    """Train a new LeNet on pictures (N, 1, 28, 28), varied anew in every epoch; give it after each."""
    model = lenet(seed=SEED)
    optimiser = SGD(model, RATE, weight_decay=DECAY)
    for epoch in range(epochs):
        seen = Split(varied(data.images, np.random.default_rng([SEED, epoch])), data.labels)
        optimiser.learning_rate = RATE * (1 + np.cos(np.pi * epoch / epochs)) / 2
        for _ in train(model, seen, epochs=1, batch_size=BATCH, optimiser=optimiser, seed=SEED + epoch):
            pass
        yield model


def accuracy(model: Sequential, data: Split) -> float:
    """Return the share of MNIST's pictures, as they are, that the model has right."""
    return model.accuracy(Split(framed(data.images), data.labels))


def validate(data: Split, epochs: int = EPOCHS) -> None:
    """Train without the last pictures, and tell after each epoch how many of those are right."""
    learned, held_out = (Split(data.images[part], data.labels[part]) for part in PARTS)
    for epoch, model in enumerate(trained(learned, epochs), 1):
        print(f"epoch {epoch}: {accuracy(model, held_out):.2%} of the pictures held out", flush=True)


def main(folder: Path) -> None:
    """Write lenet.npz into `folder`; print its SHA-256, its size and its accuracy on the test pictures."""
    data = mnist()
    *_, model = trained(data.train, EPOCHS)
    target = folder / LENET
    save(model.astype(np.float16), target)
    load(model.astype(np.float32), target)  # what was rounded away is lost in the test, too
    print(hashlib.sha256(target.read_bytes()).hexdigest(), target.name, target.stat().st_size, "bytes")
    print(f"{accuracy(model, data.test):.2%} of the test pictures")


if __name__ == "__main__":
    if sys.argv[1:] == ["--validate"]:
        validate(mnist().train)
    else:
        main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
