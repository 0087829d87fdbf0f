"""A canvas for a digit: a pen with soft edges, ink as text, and what LeNet sees in it, in words and code."""

import numpy as np

from cnnlib.demo.view import Panel, gray
from cnnlib.demo.words import certain_text
from cnnlib.lessons.l12_inside_a_trained_network.lenet_digit import (
    TORCH_MODEL,
    a_digit,
)

SIDE = 24  # rows and columns of the canvas
LEVELS = 9  # of ink, so that a canvas can be written as text
EDGE = 5 / LEVELS  # ink beside the pen's middle
BLANK = np.zeros((SIDE, SIDE))
CODE = """\
{imports}
from cnnlib.nn import centre_digit, {digits}pretrained_lenet

{ink}
picture = centre_digit(ink)[None, None]
"""
INK = """\
CANVAS = '''
{canvas}
'''
ink = np.array([list(row.replace(".", "0")) for row in CANVAS.split()], float) / 9"""
NUMPY = """\
model = pretrained_lenet().astype(float)
result = softmax(model(picture))[0]"""
PYTORCH = f"""\
{TORCH_MODEL}with torch.no_grad():
    result = torch.softmax(model.double()(torch.tensor(picture).double()), dim=1)[0].numpy()"""


def softened(before: np.ndarray, after: np.ndarray) -> np.ndarray:
    """Give the pen and the eraser their soft edges: the four cells around each that changed.

    Examples
    --------
    >>> pen = np.zeros((3, 3))
    >>> pen[1, 1] = 1
    >>> (9 * softened(np.zeros((3, 3)), pen)).astype(int).tolist()
    [[0, 5, 0], [5, 9, 5], [0, 5, 0]]
    """
    rubbed = _beside(after < before) & (after < 1)
    inked = np.maximum(after, EDGE * _beside(after > before))
    return np.where(rubbed, 0, inked)


def _beside(cells: np.ndarray) -> np.ndarray:
    """Mark cells and the four around each."""
    wide = np.pad(cells, 1)
    return cells | wide[:-2, 1:-1] | wide[2:, 1:-1] | wide[1:-1, :-2] | wide[1:-1, 2:]


def canvas_text(drawing: np.ndarray) -> str:
    """Write a canvas line by line, a digit from 1 to 9 for ink and a point for paper."""
    levels = np.clip(np.round(LEVELS * np.asarray(drawing, float)), 0, LEVELS).astype(int)
    return "\n".join("".join(map(str, row)) for row in levels.tolist()).replace("0", ".")


def canvas_ink(text: str) -> np.ndarray:
    """Read what `canvas_text` wrote.

    Examples
    --------
    >>> canvas_ink(canvas_text(np.eye(2))).tolist()
    [[1.0, 0.0], [0.0, 1.0]]
    """
    return np.array([list(row.replace(".", "0")) for row in text.split()], float) / LEVELS


def canvas_and_picture(drawing: np.ndarray, picture: np.ndarray) -> list[Panel]:
    """Show the canvas of the control `drawing`, and what the network reads of it."""
    read = "centred, 32 × 32"
    return [
        gray(
            "canvas",
            drawing,
            "draw: mouse, finger, keys",
            size=7 * SIDE,
            high=1,
            paint="drawing",
        ),
        gray("picture", picture, read, size=128, high=1, symbol="→"),
    ]


def seen_text(drawn: bool, shares: np.ndarray) -> str:
    """Say which digit the network sees, how certain it is, and which comes next.

    Examples
    --------
    >>> seen_text(True, np.array([0.25, 0.75]))
    'The network sees a 1: 75 % certain; next comes 0 with 25 %.'
    """
    second, first = np.argsort(shares, kind="stable")[-2:]
    certain = certain_text(shares[first])
    if not drawn:
        return f"Nothing is drawn: from its biases alone it would say {first}, {certain} certain."
    next_to_it = certain_text(shares[second])
    return f"The network sees {a_digit(first)}: {certain} certain; next comes {second} with {next_to_it}."


def canvas_code(canvas: str, digit: int | None = None) -> dict[str, str]:
    """Write the way from the canvas, or from a test digit, to the ten probabilities as text to run."""
    texts = {"digits": "", "ink": INK.format(canvas=canvas)}
    if digit is not None:
        texts = {"digits": "digits, ", "ink": f"ink = digits().test.images[{digit}, 0]"}
    numpy = CODE.format(imports="import numpy as np\nfrom cnnlib import softmax", **texts)
    torch = CODE.format(imports="import numpy as np\nimport torch\nfrom torch import nn", **texts)
    return {"NumPy": f"{numpy}{NUMPY}", "PyTorch": f"{torch}{PYTORCH}"}
