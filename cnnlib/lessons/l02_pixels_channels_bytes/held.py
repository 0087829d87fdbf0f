"""Cells that hold codes of a few bits: what does not fit becomes the nearest that does, and is told."""

import numpy as np

from cnnlib.demo.frame import Demo
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


def hold_codes(  # old way
    demo: Demo, names: tuple[str, ...], bits: int
) -> None:
    """Keep what the learner types into `Cells` a code of `bits` bits.

    Parameters
    ----------
    demo : Demo
        With a `Hidden` control ``note``, a sentence for its view; empty after a number that fits.
    names : tuple of str
        The controls to be held.
    bits : int

    Examples
    --------
    >>> from cnnlib.demo.controls import Cells, Hidden
    >>> from cnnlib.demo.view import View
    >>> settings = {"cells": Cells([[1]]), "note": Hidden("")}
    >>> demo = Demo("Codes", "what fits?", settings, lambda cells, note: View([], note))
    >>> hold_codes(demo, ("cells",), bits=3)
    >>> demo.cells.value = [[9]]
    >>> demo.cells.value, demo.text
    (array([[7]]), '9 does not fit into 3 bits, which hold whole numbers from 0 to 7: 7 is nearest. ')
    """
    high = 2**bits - 1
    reach = f"which hold whole numbers from 0 to {high}"

    def hold(name: str):
        def held(change) -> None:
            kept = np.clip(np.rint(change.new), 0, high).astype(int)
            note = ""
            for typed, near in zip(change.new.flat, kept.flat, strict=True):
                if typed != near:
                    note = f"{number_text(typed)} does not fit into {bits} bits, {reach}: {near} is nearest. "
            demo.set(**{name: kept, "note": note})

        return held

    for name in names:
        demo.when(name, hold(name))
