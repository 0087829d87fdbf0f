"""Rebuild the photographs of this folder from the CC0 originals that scikit-image carries.

Run ``python data/make_pictures.py`` to write them here, or give another folder as the argument.
"""

import hashlib
import importlib.util
import sys
from pathlib import Path

import numpy as np
from PIL import Image

# name: (SHA-256 of the original, rows and columns kept, size written)
PHOTOGRAPHS = {
    "camera": (
        "b0793d2adda0fa6ae899c03989482bff9a42d3d5690fc7e3648f2795d730c23a",
        (slice(0, 512), slice(0, 512)),
        (256, 256),
    ),
    "chelsea": (
        "596aa1e7cb875eb79f437e310381d26b338a81c2da23439704a73c4651e8c4bb",
        (slice(0, 300), slice(96, 396)),
        (256, 256),
    ),
    "coffee": (
        "cc02f8ca188b167c775a7101b5d767d1e71792cf762c33d6fa15a4599b5a8de7",
        (slice(0, 400), slice(0, 600)),
        (256, 384),
    ),
}


def overlaps(new: int, old: int) -> np.ndarray:
    """Return how much of each old pixel lies in each new one: whole numbers, each row adding up to `old`."""
    start, end = np.arange(new)[:, None] * old, (np.arange(new)[:, None] + 1) * old
    left, right = np.arange(old) * new, (np.arange(old) + 1) * new
    return np.maximum(np.minimum(end, right) - np.maximum(start, left), 0)


def shrink(image: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """Resample ``(H, W)`` or ``(H, W, C)`` uint8 to `size` by area, rounding half up.

    Whole numbers all the way, so that every machine gives the same pixels.
    """
    height, width = image.shape[:2]
    rows, columns = overlaps(size[0], height), overlaps(size[1], width)
    total = np.einsum("ri,ij...,cj->rc...", rows, image.astype(np.int64), columns, optimize=True)
    return ((2 * total + height * width) // (2 * height * width)).astype(np.uint8)


def originals() -> Path:
    """Return scikit-image's data folder, without importing scikit-image."""
    found = importlib.util.find_spec("skimage")
    if found is None or not found.submodule_search_locations:
        raise SystemExit("make_pictures.py reads scikit-image's pictures: `pip install scikit-image` first.")
    return Path(found.submodule_search_locations[0]) / "data"


def build(name: str) -> np.ndarray:
    """Return one photograph as this folder keeps it."""
    checksum, crop, size = PHOTOGRAPHS[name]
    source = originals() / f"{name}.png"
    if hashlib.sha256(source.read_bytes()).hexdigest() != checksum:
        raise SystemExit(
            f"make_pictures.py: {source.name} of this scikit-image is not the picture of 0.26.0."
        )
    with Image.open(source) as original:
        return shrink(np.asarray(original)[crop], size)


def main(folder: Path) -> None:
    """Write every photograph into `folder` and print its SHA-256."""
    for name in PHOTOGRAPHS:
        target = folder / f"{name}.png"
        Image.fromarray(build(name)).save(target, optimize=True)
        print(hashlib.sha256(target.read_bytes()).hexdigest(), target.name)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
