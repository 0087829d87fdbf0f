"""Rebuild digits.npz of this folder from the handwritten digits that scikit-learn carries.

Needs scikit-learn: `pip install scikit-learn` in an environment of its own, the course does without.
Run ``python data/make_digits.py`` to write the file here, or give another folder as the argument.
"""

import gzip
import hashlib
import importlib.util
import sys
from pathlib import Path

import numpy as np

ORIGINAL = "09f66e6debdee2cd2b5ae59e0d6abbb73fc2b0e0185d2e1957e9ebb51e23aa22"  # SHA-256 of digits.csv.gz


def original() -> Path:
    """Return scikit-learn's file of digits, without importing scikit-learn."""
    found = importlib.util.find_spec("sklearn")
    if found is None or not found.submodule_search_locations:
        raise SystemExit("make_digits.py reads scikit-learn's digits: `pip install scikit-learn` first.")
    return Path(found.submodule_search_locations[0]) / "datasets" / "data" / "digits.csv.gz"


def build() -> tuple[np.ndarray, np.ndarray]:
    """Return the pictures, (1797, 8, 8) of 0 to 16, and the digits they show, (1797,), both uint8."""
    source = original()
    if hashlib.sha256(source.read_bytes()).hexdigest() != ORIGINAL:
        raise SystemExit("make_digits.py: digits.csv.gz of this scikit-learn is not the one of 1.9.1.")
    with gzip.open(source, "rt") as file:
        table = np.loadtxt(file, delimiter=",").astype(np.uint8)
    return table[:, :-1].reshape(-1, 8, 8), table[:, -1]


def main(folder: Path) -> None:
    """Write digits.npz into `folder` and print its SHA-256."""
    images, labels = build()
    target = folder / "digits.npz"
    np.savez_compressed(target, images=images, labels=labels)
    print(hashlib.sha256(target.read_bytes()).hexdigest(), target.name)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
