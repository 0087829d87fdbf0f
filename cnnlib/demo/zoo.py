"""A list of the zoo's kernels beside the kernel's cells: the two are kept in step."""

from collections.abc import Callable

import numpy as np

from cnnlib.demo.frame import Demo
from cnnlib.kernels import KERNELS, Kernel

OWN_KERNEL = "my own"


def wire_zoo(
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
