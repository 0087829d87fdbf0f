"""A list of the zoo's kernels beside the kernel's cells: the two are kept in step."""

from collections.abc import Callable

import numpy as np

from cnnlib.demo.declare import NamesOf
from cnnlib.demo.frame import Demo
from cnnlib.kernels import KERNELS, Kernel

OWN_KERNEL = "my own"


def zoo(cells: str, *, side: int | None = None, label: str = "kernel") -> NamesOf:
    """Return the list of `cnnlib.KERNELS` beside the cells of a demo: those of one side, or all.

    Examples
    --------
    >>> "Gaussian blur 5x5" in zoo("kernel", side=3).options
    False
    """
    sides = (side, side)
    matrices = {name: k.matrix for name, k in KERNELS.items() if side is None or k.matrix.shape == sides}
    return NamesOf(matrices, cells, OWN_KERNEL, label=label, check=lambda _, name: KERNELS[name].name)


def wire_zoo(  # old way
    demo: Demo,
    names: str,
    cells: str,
    more: Callable[[Kernel], dict] = lambda kernel: {},
    follow: Callable[[np.ndarray, np.ndarray], dict] = lambda old, new: {},
) -> None:
    """Let a choice from the list fill the cells, and a change of a cell turn the choice to "my own".

    Parameters
    ----------
    demo : Demo
    names, cells : str
        Its controls: a list of names from `cnnlib.KERNELS` and `OWN_KERNEL`, and the weights.
    more : callable, optional
        Gives the values of further controls that a chosen kernel brings with it.
    follow : callable, optional
        Gives the values of further controls that follow when a cell changes: ``follow(old, new)``.
    """

    def choose(change) -> None:
        if change.new in KERNELS:
            kernel = KERNELS[change.new]
            demo.set(**{cells: kernel.matrix}, **more(kernel))

    def edited(change) -> None:
        demo.set(**follow(change.old, change.new))
        name = getattr(demo, names).value
        if name in KERNELS and not np.array_equal(change.new, KERNELS[name].matrix):
            getattr(demo, names).value = OWN_KERNEL

    demo.when(names, choose)
    demo.when(cells, edited)
