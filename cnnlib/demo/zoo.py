"""A list of the zoo's kernels beside the kernel's cells: the two are kept in step."""

from cnnlib.demo.declare import NamesOf
from cnnlib.kernels import KERNELS

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
