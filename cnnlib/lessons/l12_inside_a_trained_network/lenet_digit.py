"""LeNet and the test digits, looked into: its certainty as bars, in words, and both as text to run."""

from functools import cache
from typing import Annotated

import numpy as np

from cnnlib.demo.declare import Slider
from cnnlib.demo.view import Panel, signed
from cnnlib.demo.words import certain_text
from cnnlib.nn.datasets import digits
from cnnlib.nn.drawn import centre_digit
from cnnlib.nn.model import Sequential
from cnnlib.nn.pretrained import pretrained_lenet

LAST = 354  # of the test digits
Digit = Annotated[int, Slider(0, LAST, label="test digit"), "Which test picture of `cnnlib.nn.digits`"]
BARS = 8  # cells of a bar
DOWN = 16  # CSS pixels of a bar and its digit
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
    """Return LeNet, frozen: it is only looked into; in float64, so that others find the same numbers."""
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


def certainty_bars(id: str, shares: np.ndarray, caption: str = "softmax: how certain", **more) -> Panel:
    """Draw ten probabilities as bars of cells, the last cell paler as less of it is filled, and in percent.

    Examples
    --------
    >>> certainty_bars("softmax", np.array([0.25, 0.75, *[0] * 8])).alt
    'softmax: how certain, 0: 25 %, 1: 75 %, others under 1 %'
    """
    filled = np.clip(BARS * shares[:, None] - np.arange(BARS), 0, 1)
    grid = np.column_stack([np.zeros(10), filled])
    said = [f"{digit}: {certain_text(share)}" for digit, share in enumerate(shares) if share >= 0.005]
    rest = [] if len(said) == 10 else ["others under 1 %"]
    return signed(
        id,
        grid,
        caption,
        size=10 * DOWN,
        limit=1,
        legend=False,
        labels=[str(i // (BARS + 1)) if i % (BARS + 1) == 0 else "" for i in range(grid.size)],
        symbol="→",
        beside=[certain_text(share).replace("under ", "<").replace("over ", ">") for share in shares],
        alt=", ".join([caption.replace("\n", " "), *said, *rest]),
        **more,
    )


def digit_text(number: int) -> str:
    """Name a test picture by its number and what its writer meant.

    Examples
    --------
    >>> digit_text(8)
    'test digit 8, a 3'
    """
    return f"test digit {number}, {a_digit(digits_for_lenet()[1][number])}"


def a_digit(digit: int) -> str:
    """Write a digit with its article.

    Examples
    --------
    >>> a_digit(8), a_digit(1)
    ('an 8', 'a 1')
    """
    return f"{'an' if digit == 8 else 'a'} {digit}"
