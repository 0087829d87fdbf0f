"""The kernel zoo: small grids of whole numbers, and what each makes of a picture.

"Columns" kernels compare columns and so respond to vertical edges; "rows" kernels compare rows.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cnnlib.display import sums_to_zero
from cnnlib.shapes import as_numbers


@dataclass(frozen=True, eq=False, repr=False)
class Kernel:
    """A named kernel, printed as numbers one can read.

    Parameters
    ----------
    name : str
    matrix : array, (KH, KW)
        Kept as a read-only copy.
    description, answers_to : str
        What the filtered picture looks like; where the kernel gives large numbers.
    divisor : int
        What the matrix is divided by, so that a blur can be written in whole numbers.

    Raises
    ------
    ValueError
        If the matrix does not have two axes with numbers on them, or the divisor is 0.

    Examples
    --------
    >>> from cnnlib import conv2d
    >>> conv2d([[1, 2, 9]], Kernel("step", [[-1, 1]], "the change to the right", "vertical edges"))
    array([[1, 7]])
    """

    name: str
    matrix: NDArray[Any]
    description: str = ""
    answers_to: str = ""
    divisor: int = 1

    def __post_init__(self) -> None:
        matrix = as_numbers("Kernel", self.matrix).copy()
        if matrix.ndim != 2 or matrix.size == 0:
            raise ValueError(f"Kernel: matrix has shape {matrix.shape}; give rows and columns of numbers")
        if self.divisor == 0:
            raise ValueError("Kernel: divisor 0 cannot divide; use 1 to leave the matrix as it is")
        matrix.setflags(write=False)
        object.__setattr__(self, "matrix", matrix)

    @property
    def weights(self) -> NDArray[Any]:
        """What `conv2d` uses: the matrix over its divisor, whole numbers if the divisor is 1; read-only."""
        if self.divisor == 1:
            return self.matrix
        weights = self.matrix / self.divisor
        weights.setflags(write=False)
        return weights

    @property
    def total(self) -> float:
        """The sum of the weights: what a flat picture is multiplied by."""
        return 0.0 if sums_to_zero(self.matrix) else sum(self.matrix.ravel().tolist()) / self.divisor

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> NDArray[Any]:
        """Let NumPy, and so `conv2d(image, kernel)`, take the weights."""
        return np.array(self.weights, dtype=dtype, copy=copy)

    def __repr__(self) -> str:
        words = [f"responds to: {self.answers_to}"] if self.answers_to else []
        words.append(f"sum of weights: {self.total:g}")
        heading = f"{self.name}: {self.description}" if self.description else self.name
        lines = zip_longest(self._rows(), words, fillvalue="")
        return "\n".join([heading, *(f"  {numbers:12}   {said}".rstrip() for numbers, said in lines)])

    def _rows(self) -> list[str]:
        """Write the matrix in columns as wide as its widest number, the divisor beside its middle row."""
        cells = [[f"{value:g}" for value in row] for row in self.matrix.tolist()]
        width = max(len(cell) for row in cells for cell in row)
        rows = ["  ".join(cell.rjust(width) for cell in row) for row in cells]
        if self.divisor != 1:
            rows[len(rows) // 2] += f"  / {self.divisor}"
        return [row.ljust(max(map(len, rows))) for row in rows]


class UnknownKernelError(KeyError, ValueError):
    """A name that is not in the zoo; `KERNELS.get` and `in` see a `KeyError`."""

    def __str__(self) -> str:
        return str(self.args[0])


class Zoo(Mapping[str, Kernel]):
    """Kernels by name, in teaching order. Printed, it is the whole table.

    Raises
    ------
    UnknownKernelError
        A `ValueError` and `KeyError` that suggests the nearest name.

    Examples
    --------
    >>> KERNELS["box blur"]
    box blur: each pixel becomes the mean of its 3x3 neighbourhood
      1  1  1        responds to: brightness, whatever its pattern
      1  1  1  / 9   sum of weights: 1
      1  1  1
    """

    def __init__(self, *kernels: Kernel) -> None:
        self._kernels = {kernel.name: kernel for kernel in kernels}

    def __getitem__(self, name: str) -> Kernel:
        try:
            return self._kernels[name]
        except (KeyError, TypeError):
            raise UnknownKernelError(self._advice(name)) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._kernels)

    def __len__(self) -> int:
        return len(self._kernels)

    def __repr__(self) -> str:
        return "\n\n".join(map(repr, self.values()))

    def _advice(self, name: object) -> str:
        from difflib import get_close_matches  # only needed here, and `import cnnlib` stays light

        lower = {known.lower(): known for known in self}
        near = get_close_matches(str(name).lower(), lower, n=1, cutoff=0.5)
        remedy = f"did you mean {lower[near[0]]!r}?" if near else f"use one of {', '.join(map(repr, self))}"
        return f"KERNELS: no kernel is named {name!r}; {remedy}"


KERNELS = Zoo(
    Kernel("identity", [[0, 0, 0], [0, 1, 0], [0, 0, 0]], "the picture as it is", "the pixel itself"),
    Kernel(
        "box blur",
        [[1, 1, 1], [1, 1, 1], [1, 1, 1]],
        "each pixel becomes the mean of its 3x3 neighbourhood",
        "brightness, whatever its pattern",
        divisor=9,
    ),
    Kernel(
        "Gaussian blur",
        [[1, 2, 1], [2, 4, 2], [1, 2, 1]],
        "a mean in which near pixels count more",
        "brightness, most of all in the middle",
        divisor=16,
    ),
    Kernel(
        "Gaussian blur 5x5",
        np.outer([1, 4, 6, 4, 1], [1, 4, 6, 4, 1]),
        "the same, wider and softer",
        "brightness, most of all in the middle",
        divisor=256,
    ),
    Kernel(
        "sharpen",
        [[0, -1, 0], [-1, 5, -1], [0, -1, 0]],
        "the picture plus its differences from the 4 neighbours",
        "fine detail, on top of brightness",
    ),
    Kernel(
        "outline",
        [[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]],
        "how much each pixel differs from its 8 neighbours",
        "edges, lines and dots in every direction",
    ),
    Kernel(
        "Prewitt, columns",
        [[-1, 0, 1], [-1, 0, 1], [-1, 0, 1]],
        "right column minus left column",
        "vertical edges; to brighter +, to darker -",
    ),
    Kernel(
        "Prewitt, rows",
        [[-1, -1, -1], [0, 0, 0], [1, 1, 1]],
        "bottom row minus top row",
        "horizontal edges; to brighter +, to darker -",
    ),
    Kernel(
        "Sobel, columns",
        [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]],
        "right minus left, the middle row counted twice",
        "vertical edges, less to noise than one row -1 0 1",
    ),
    Kernel(
        "Sobel, rows",
        [[-1, -2, -1], [0, 0, 0], [1, 2, 1]],
        "bottom minus top, the middle column counted twice",
        "horizontal edges, less to noise than one column",
    ),
    Kernel(
        "Laplacian",
        [[0, 1, 0], [1, -4, 1], [0, 1, 0]],
        "the 4 neighbours minus 4 times the pixel",
        "both sides of an edge, with opposite signs",
    ),
    Kernel(
        "emboss",
        [[-2, -1, 0], [-1, 1, 1], [0, 1, 2]],
        "the picture as a relief, lit from one corner",
        "edges that run up to the right, and brightness",
    ),
    Kernel(
        "line, vertical",
        [[-1, 2, -1], [-1, 2, -1], [-1, 2, -1]],
        "twice the middle column minus its two neighbours",
        "thin bright vertical lines",
    ),
    Kernel(
        "line, horizontal",
        [[-1, -1, -1], [2, 2, 2], [-1, -1, -1]],
        "twice the middle row minus its two neighbours",
        "thin bright horizontal lines",
    ),
    Kernel(
        "line, diagonal down",
        [[2, -1, -1], [-1, 2, -1], [-1, -1, 2]],
        "twice the falling diagonal minus the rest",
        "thin bright lines that run down to the right",
    ),
    Kernel(
        "line, diagonal up",
        [[-1, -1, 2], [-1, 2, -1], [2, -1, -1]],
        "twice the rising diagonal minus the rest",
        "thin bright lines that run up to the right",
    ),
)
