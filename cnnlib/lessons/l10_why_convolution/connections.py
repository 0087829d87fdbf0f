"""Lesson 10: which pixel reaches which output, and through which weight?"""

from typing import Annotated

import numpy as np

from cnnlib.connections import KINDS, connection_matrix
from cnnlib.demo.declare import Place, Pointed, Slider, Switch, demo
from cnnlib.demo.view import DIMMED, LIT, Panel, Point, View, gray, rgb
from cnnlib.demo.words import capital

DENSE, LOCAL, SHARED = KINDS
ROOM, SMALL, LEGIBLE = 640, 180, 20  # CSS pixels: the matrix, picture and map, a cell with a number
SHOWN = 3  # products written at each end of a long sum
# Light colours that can be told apart, also by the colour-blind (P. Tol's scheme "light"), for shared
# weights: at most nine. Weights of their own are all blue, as none of them is to be found a second time;
# those of the output pointed at are darker.
SHARES = [
    *((119, 170, 221), (238, 136, 102), (238, 221, 136), (255, 170, 187), (153, 221, 255)),
    *((68, 187, 153), (187, 204, 51), (170, 170, 0), (205, 160, 220)),
]
OWN, HERE, NONE = (205, 222, 242), (119, 170, 221), (245, 245, 245)

NUMPY = """\
import numpy as np
from cnnlib.connections import connection_matrix

result = connection_matrix({kind!r}, {size}, {kernel})"""
START = "import torch\nimport torch.nn.functional as F\n\n"
PYTORCH = {
    DENSE: START + "result = torch.arange({outputs} * {pixels}).reshape({outputs}, {pixels}).numpy()",
    LOCAL: START
    + "# one picture for each pixel, with a 1 there: the layer's output is a column of the matrix\n"
    "x = torch.eye({pixels}).reshape({pixels}, 1, {size}, {size})\n"
    "weights = torch.arange(1.0, {outputs} * {taps} + 1).reshape({outputs}, {taps})\n"
    "result = (F.unfold(x, {kernel}) * weights.T).sum(dim=1).T.numpy() - 1  # from 0; -1: none",
    SHARED: START
    + "# one picture for each pixel, with a 1 there: the layer's output is a column of the matrix\n"
    "x = torch.eye({pixels}).reshape({pixels}, 1, {size}, {size})\n"
    "kernel = torch.arange(1.0, {taps} + 1).reshape(1, 1, {kernel}, {kernel})\n"
    "result = F.conv2d(x, kernel).reshape({pixels}, {outputs}).T.numpy() - 1  # from 0; -1: none",
}


@demo("Connections", "which pixel reaches which output?")
def explore_connections(
    kind: Annotated[str, Switch(KINDS, label="layer")] = DENSE,
    *,
    size: Annotated[int, Slider(4, 6, label="picture side"), "In pixels"] = 5,
    kernel: Annotated[int, Slider(2, 3, label="window"), "Side of the window"] = 3,
    at: Annotated[Place, Pointed(called=False)] = (4, 12),
    found: Annotated[Place | None, Pointed(called=False)] = None,
) -> View:
    """Point into the matrix of a layer: which weight lies between an output and a pixel, and where else?

    The output is the number of the weight for each output and pixel, counted from 0; -1 where there is none.

    >>> explore_connections("convolution").output.max()
    np.int64(8)
    """
    matrix = connection_matrix(kind, size, kernel)
    at = at.within(matrix.shape)
    weight = matrix[at]
    uses = int((matrix == weight).sum()) if weight >= 0 else 0

    side = size - kernel + 1
    names = {"size": size, "kernel": kernel, "pixels": size**2, "outputs": side**2, "taps": kernel**2}
    return View(
        panels=[_picture(kind, matrix, at, size), _map(side, at.row), _sheet(kind, matrix, at, uses)],
        sentence=_sentence(kind, matrix, at, uses),
        arithmetic=_sum(matrix[at.row], at.row),
        output=matrix,
        code=lambda: {
            "NumPy": NUMPY.format(kind=kind, **names),
            "PyTorch": PYTORCH[kind].format(**names),
        },
    )


@explore_connections.when("found")
def _output_pointed_at(found, at, size, kernel):
    return {"at": (found.row * (size - kernel + 1) + found.col, at.col), "found": None}


def _tints(kind: str, numbers: np.ndarray, own: tuple = HERE) -> np.ndarray:
    """Colour connections by their weight: a colour each if they are shared, else `own` for all."""
    if kind == SHARED:
        return np.vstack([SHARES, NONE])[numbers]  # -1, no connection, is the last
    return np.where(numbers[..., None] < 0, NONE, own)


def _sheet(kind: str, matrix: np.ndarray, at: Place, uses: int) -> Panel:
    """Show the matrix, with every use of the weight pointed at outlined where there are several."""
    fits = bool(matrix.max() < 100) and ROOM // matrix.shape[1] >= LEGIBLE
    colour = "a colour for each weight" if kind == SHARED else "blue: a weight each"
    none = "; white: no connection" if (matrix < 0).any() else ""
    colors = _tints(kind, matrix, OWN)
    colors[at.row] = _tints(kind, matrix[at.row])
    return rgb(
        "matrix",
        colors,
        f"a row for each of {len(matrix)} outputs, a column for each of {matrix.shape[1]} pixels;\n"
        f"{colour}{none}",
        size=ROOM,
        new_row=True,
        point=Point("at"),
        cursor=at,
        labels=[str(n) if n >= 0 else "" for n in matrix.flat] if fits else [],
        marks=_marked(matrix == matrix[at], LIT) if uses > 1 else None,
    )


def _picture(kind: str, matrix: np.ndarray, at: Place, size: int) -> Panel:
    numbers = matrix[at.row].reshape(size, size)
    return rgb(
        "picture",
        _tints(kind, numbers),
        f"the pixels that\noutput {at.row} sees",
        size=SMALL,
        labels=[str(n) for n in range(size**2)],
        cursor=divmod(at.col, size),
        marks=_marked(numbers < 0, DIMMED) if (numbers < 0).any() else None,
    )


def _marked(where: np.ndarray, mark: int) -> np.ndarray:
    return np.where(where, mark, 0).astype(np.uint8)


def _map(side: int, unit: int) -> Panel:
    return gray(
        "map",
        np.full((side, side), 235.0),
        "the outputs:\npoint at one",
        size=SMALL,
        symbol="→",
        point=Point("found"),
        cursor=divmod(unit, side),
        labels=[str(n) for n in range(side**2)],
    )


def _sum(row: np.ndarray, unit: int) -> list[tuple[str, str]]:
    """Write one output as a sum of weights and pixels by their numbers."""
    terms = [(f"w{weight}", f"p{pixel}") for pixel, weight in enumerate(row) if weight >= 0]
    fits = len(terms) <= (9 if row.max() < 10 else 2 * SHOWN)  # one line
    left_out = 0 if fits else len(terms) - 2 * SHOWN
    pieces: list[tuple[str, str]] = [(f"y{unit}", "total"), (" = ", "")]
    for i, (weight, pixel) in enumerate(terms[:SHOWN] + terms[-SHOWN:] if left_out else terms):
        pieces += [(" + ", "")] if i else []
        pieces += [(f"… {left_out} more … + ", "")] if left_out and i == SHOWN else []
        pieces += [(weight, "weight"), ("·", ""), (pixel, "pixel")]
    return pieces


def _sentence(kind: str, matrix: np.ndarray, at: Place, uses: int) -> str:
    unit, pixel = at
    weight, weights = matrix[at], matrix.max() + 1
    lines = int((matrix >= 0).sum())
    start = f"{capital(kind)}: {lines} connections, {weights} weights. Output {unit} "
    if weight < 0:
        return start + f"does not see pixel {pixel}: it lies outside its window, so there is no weight."
    start += f"sees pixel {pixel} through weight {weight}, "
    if uses > 1:
        return (
            start
            + f"which is used {uses} times: once for each output, always at the same position in the window."
        )
    own = int((matrix[unit] >= 0).sum())
    return start + f"one of {own} that are its own: no other output uses them."
