"""Feature maps for pooling and shifting: what kernels of the zoo answer to a part of a photo."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from cnnlib.activations import relu
from cnnlib.convolution import conv2d
from cnnlib.kernels import KERNELS
from cnnlib.pictures import picture

MAP_IMPORT = "from cnnlib import KERNELS, conv2d, relu"  # what the texts below need


class Cut(NamedTuple):
    """A square part of the picture "camera"."""

    top: int
    left: int
    side: int

    @property
    def pixels(self) -> np.ndarray:
        """Its brightness, whole numbers that a difference does not wrap."""
        rows, cols = (slice(start, start + self.side) for start in (self.top, self.left))
        return picture("camera")[rows, cols].astype(int)

    @property
    def text(self) -> str:
        """The same as code."""
        (top, left), (bottom, right) = self[:2], (start + self.side for start in self[:2])
        return f"picture('camera')[{top}:{bottom}, {left}:{right}]"


HEAD = Cut(19, 69, 98)  # head and shoulders; 3 × 3 kernels leave 96 × 96


def answer_map(cut: Cut, kernel: str, *, bend: bool = True) -> np.ndarray:
    """Return what a kernel of the zoo answers to a part of the photo.

    Parameters
    ----------
    cut : Cut
    kernel : str
        A name from `cnnlib.KERNELS`; its matrix of whole numbers is used.
    bend : bool
        Whether the ReLU follows.

    Examples
    --------
    >>> answer_map(HEAD, "Sobel, rows").shape
    (96, 96)
    """
    answer = conv2d(cut.pixels, KERNELS[kernel].matrix)
    return relu(answer) if bend else answer


def answer_text(cut: Cut, kernel: str, *, bend: bool = True) -> str:
    """Write `answer_map` as code that needs `MAP_IMPORT`.

    Examples
    --------
    >>> answer_text(HEAD, "outline", bend=False)
    "conv2d(picture('camera')[19:117, 69:167], KERNELS['outline'].matrix)"
    """
    text = f"conv2d({cut.text}, KERNELS[{kernel!r}].matrix)"
    return f"relu({text})" if bend else text


def stack_text(cut: Cut, kernels: Sequence[str]) -> str:
    """Write several maps of one cut as code.

    Examples
    --------
    >>> stack_text(HEAD, ["outline"])
    "np.stack([relu(conv2d(picture('camera')[19:117, 69:167], KERNELS[k].matrix)) for k in ['outline']])"
    """
    one = f"relu(conv2d({cut.text}, KERNELS[k].matrix))"
    return f"np.stack([{one} for k in {list(kernels)}])"
