"""What the network view says: digit and certainty, the unit pointed at, its sum written out, the code."""

import numpy as np

from cnnlib.demo.numbers import number_text
from cnnlib.demo.words import products, span_text
from cnnlib.lessons.l12_inside_and_beyond.lenet_digit import TORCH_MODEL, a_digit, certain_text
from cnnlib.lessons.l12_inside_and_beyond.network_units import STAGES, Unit, field

SHORT = 9  # terms of a sum that is not shown whole
Pieces = list[tuple[str, str]]

CODE = """\
{imports}
from cnnlib.nn import centre_digit, pretrained_lenet

CANVAS = '''
{canvas}
'''
ink = np.array([list(row.replace(".", "0")) for row in CANVAS.split()], float) / 9
picture = centre_digit(ink)[None, None]
"""
NUMPY = """\
model = pretrained_lenet().astype(float)
result = softmax(model(picture))[0]"""
PYTORCH = f"""\
{TORCH_MODEL}with torch.no_grad():
    result = torch.softmax(model.double()(torch.tensor(picture).double()), dim=1)[0].numpy()"""


def code(canvas: str) -> dict[str, str]:
    """Write the way from the canvas to the ten probabilities as text to run."""
    numpy = CODE.format(imports="import numpy as np\nfrom cnnlib import softmax", canvas=canvas)
    torch = CODE.format(imports="import numpy as np\nimport torch\nfrom torch import nn", canvas=canvas)
    return {"NumPy": f"{numpy}{NUMPY}", "PyTorch": f"{torch}{PYTORCH}"}


def sentence(drawn: bool, probabilities: np.ndarray, one: Unit) -> str:
    """Say which digit the network sees, how certain it is, and what the unit pointed at answers."""
    return f"{seen_text(drawn, probabilities)} {_unit_said(one)} {_seen(one)}"


def seen_text(drawn: bool, probabilities: np.ndarray) -> str:
    """Say which digit the network sees, how certain it is, and which comes next.

    Examples
    --------
    >>> seen_text(True, np.array([0.25, 0.75]))
    'The network sees a 1: 75 % certain; next comes 0 with 25 %.'
    """
    second, first = np.argsort(probabilities, kind="stable")[-2:]
    certain = certain_text(probabilities[first])
    if not drawn:
        return f"Nothing is drawn: from its biases alone it would say {first}, {certain} certain."
    next_to_it = certain_text(probabilities[second])
    return f"The network sees {a_digit(first)}: {certain} certain; next comes {second} with {next_to_it}."


def _unit_said(one: Unit) -> str:
    answer = number_text(one.answer)
    if one.name == "softmax":
        return f"Softmax makes a share of the score of {one.at[0]}: {answer}."
    if one.name == "scores":
        return f"The score of {one.at[0]} is {answer}."
    place = f"unit {one.at[0]}" if len(one.at) == 1 else "map {}, row {}, column {}".format(*one.at)
    silent = ", as its sum is negative" if one.total < 0 and one.answer == 0 else ""
    return f"{one.name[0].upper()}{one.name[1:]}, {place} answers {answer}{silent}."


def _seen(one: Unit) -> str:
    size, row, col = field(one.name, one.at)
    if size == 32:
        return "It sees the whole picture."
    return f"It sees {size} × {size} pixels: {span_text('row', row, size)}, {span_text('column', col, size)}."


def written(one: Unit, whole: bool) -> Pieces:
    """Write how a unit is made: weighted sum, bias and ReLU, the largest of four, or a share."""
    kind = STAGES[one.name].kind
    if kind == "pool":
        return _largest(one)
    if kind == "softmax":
        return _share(one)
    longest = one.inputs.size if whole else SHORT
    terms = products(one.inputs.ravel(), one.weights.ravel(), one.total, longest=longest)[:-2]
    bias = number_text(one.bias)
    pieces = [
        *terms,
        ("\n+ ", ""),
        (bias if one.bias >= 0 else f"({bias})", "weight"),
        (" (its bias) = ", ""),
        (number_text(one.total), "total"),
    ]
    if one.name == "scores":
        return [*pieces, ("; no ReLU: a score may be negative", "")]
    return [*pieces, (f"; ReLU: max(0, {number_text(one.total)}) = ", ""), (number_text(one.answer), "total")]


def _largest(one: Unit) -> Pieces:
    pieces: Pieces = [("max(", "")]
    for i, value in enumerate(one.inputs.ravel()):
        pieces += [(", ", "")] if i else []
        pieces += [(number_text(value), "pixel")]
    return [*pieces, (") = ", ""), (number_text(one.answer), "total")]


def _share(one: Unit) -> Pieces:
    """Write the softmax of one score; its exponentials as powers, as they grow long."""
    powers = [f"e^{number_text(score)}" for score in one.inputs]
    pieces: Pieces = [(f"p({one.at[0]}) = ", ""), (powers[one.at[0]], "pixel"), (" / (", "")]
    for i, power in enumerate(powers):
        pieces += [(" + " if i else "", ""), (power, "pixel" if i == one.at[0] else "")]
    return [*pieces, (") = ", ""), (number_text(one.answer), "total")]
