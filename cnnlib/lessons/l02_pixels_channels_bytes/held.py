"""Cells that hold codes of a few bits: what does not fit becomes the nearest that does, and is told."""

import numpy as np

from cnnlib.demo.numbers import number_text


def held(typed: np.ndarray, bits: int) -> tuple[np.ndarray, str]:
    """Return the nearest codes of so many bits, and a sentence if one is not what was typed.

    Examples
    --------
    >>> held(np.array([[9]]), bits=3)
    (array([[7]]), '9 does not fit into 3 bits, which hold whole numbers from 0 to 7: 7 is nearest. ')
    """
    high = 2**bits - 1
    kept, note = np.clip(np.rint(typed), 0, high).astype(int), ""
    for value, near in zip(typed.flat, kept.flat, strict=True):
        if value != near:
            reach = f"which hold whole numbers from 0 to {high}"
            note = f"{number_text(value)} does not fit into {bits} bits, {reach}: {near} is nearest. "
    return kept, note
