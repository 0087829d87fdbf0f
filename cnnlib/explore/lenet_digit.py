"""What the demos of lesson 12 share: LeNet, the test digits, words and code about both."""

from functools import cache

import numpy as np

from cnnlib.explore.words import percent_text
from cnnlib.nn.datasets import digits
from cnnlib.nn.drawn import centre_digit
from cnnlib.nn.model import Sequential
from cnnlib.nn.pretrained import pretrained_lenet

NUMPY = """\
import numpy as np
from cnnlib.nn import centre_digit, digits, pretrained_lenet{more}

model = pretrained_lenet().astype(float)
"""
TORCH_MODEL = """\
model = nn.Sequential(
    *(nn.Conv2d(1, 6, 5), nn.ReLU(), nn.MaxPool2d(2)),
    *(nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2)),
    *(nn.Flatten(), nn.Linear(400, 120), nn.ReLU(), nn.Linear(120, 100), nn.ReLU(), nn.Linear(100, 10)),
)
model.load_state_dict({name: torch.tensor(array) for name, array in pretrained_lenet().weights.items()})
"""
PYTORCH = f"""\
import numpy as np
import torch
from torch import nn
from cnnlib.nn import centre_digit, digits, pretrained_lenet

{TORCH_MODEL}model.double()
"""


def starts(digit: int | None, *more: str) -> tuple[str, str]:
    """Write how LeNet and one test digit (None: all) are made, for NumPy and for PyTorch.

    Examples
    --------
    >>> starts(7, "fool")[0].splitlines()[1]
    'from cnnlib.nn import centre_digit, digits, pretrained_lenet, fool'
    """
    if digit is None:
        made = "pictures = np.stack([centre_digit(image[0]) for image in digits().test.images])[:, None]"
        tensor = "x = torch.tensor(pictures).double()"
    else:
        made = f"picture = centre_digit(digits().test.images[{digit}, 0])"
        tensor = "x = torch.tensor(picture)[None, None].double()"
    names = "".join(f", {name}" for name in more)
    return f"{NUMPY.format(more=names)}{made}\n", f"{PYTORCH}{made}\n{tensor}\n"


@cache
def network() -> Sequential:
    """Return LeNet in float64, frozen: the demos ask for the gradient of the picture alone."""
    model = pretrained_lenet().astype(float)
    for layer in model:
        layer.frozen = True
    return model


@cache
def digits_for_lenet() -> tuple[np.ndarray, np.ndarray]:
    """Return the 355 test digits as LeNet wants them, (355, 32, 32), and their labels."""
    test = digits().test
    pictures = np.stack([centre_digit(image[0]) for image in test.images]).astype(float)
    pictures.setflags(write=False)
    return pictures, test.labels


def certain_text(share: float) -> str:
    """Write a certainty in percent, without claiming all or nothing.

    Examples
    --------
    >>> certain_text(0.9991), certain_text(0.42), certain_text(0.001)
    ('over 99 %', '42 %', 'under 1 %')
    """
    if 0.995 <= share < 1:
        return "over 99 %"
    return "under 1 %" if 0 < share < 0.005 else percent_text(share)


def a_digit(digit: int) -> str:
    """Write a digit with its article.

    Examples
    --------
    >>> a_digit(8), a_digit(1)
    ('an 8', 'a 1')
    """
    return f"{'an' if digit == 8 else 'a'} {digit}"
