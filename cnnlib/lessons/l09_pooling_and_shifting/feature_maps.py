"""Feature maps for pooling and shifting: the responses of kernels of the zoo to a part of a photo."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from cnnlib.activations import relu
from cnnlib.convolution import conv2d
from cnnlib.kernels import KERNELS
from cnnlib.pictures import picture

MAP_IMPORT = "from cnnlib import KERNELS, conv2d, relu"  # what the texts below need


class Crop(NamedTuple):
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


BUST = Crop(19, 69, 98)  # head and shoulders; 3 × 3 kernels leave 96 × 96


def answer_map(crop: Crop, kernel: str, *, relu_last: bool = True) -> np.ndarray:
    """Return the feature map of a kernel of the zoo, its matrix of whole numbers, on a part of the photo.

    Examples
    --------
    >>> answer_map(BUST, "Sobel, rows").shape
    (96, 96)
    """
    answer = conv2d(crop.pixels, KERNELS[kernel].matrix)
    return relu(answer) if relu_last else answer


def answer_text(crop: Crop, kernel: str, *, relu_last: bool = True) -> str:
    """Write `answer_map` as code that needs `MAP_IMPORT`.

    Examples
    --------
    >>> answer_text(BUST, "outline", relu_last=False)
    "conv2d(picture('camera')[19:117, 69:167], KERNELS['outline'].matrix)"
    """
    text = f"conv2d({crop.text}, KERNELS[{kernel!r}].matrix)"
    return f"relu({text})" if relu_last else text


def stack_text(crop: Crop, kernels: Sequence[str]) -> str:
    """Write several maps of one crop as code.

    Examples
    --------
    >>> stack_text(BUST, ["outline"])
    "np.stack([relu(conv2d(picture('camera')[19:117, 69:167], KERNELS[k].matrix)) for k in ['outline']])"
    """
    one = f"relu(conv2d({crop.text}, KERNELS[k].matrix))"
    return f"np.stack([{one} for k in {list(kernels)}])"
