"""A list of layers as text to run: for the ledger, for `cnnlib.nn` and for PyTorch."""

from collections.abc import Sequence

from cnnlib.ledger import Ledger, Row, Shape
from cnnlib.lessons.l12_inside_and_beyond.layers import (
    Activation,
    Codes,
    Conv,
    Dense,
    Flatten,
    GlobalPool,
    Inception,
    Layer,
    Norm,
    Pool,
    Residual,
    Subsample,
)

MOST = 2_000_000  # parameters that `cnnlib.nn` is asked to make: it gives them memory and random values

NUMPY = """\
import numpy as np
from cnnlib.ledger import ledger
{imports}

layers = [
{layers}
]
result = np.array([row.parameters for row in ledger({shape}, layers).rows])"""
OWN = """\
import numpy as np
from cnnlib.nn import {imports}

model = Sequential(
{layers}
)
result = np.array([sum(w.size for w in layer.weights.values()) for layer in model])"""
PYTORCH = """\
import numpy as np
import torch
from torch import nn
{classes}
with torch.device("meta"):  # counts without memory for the weights; leave it out to train
    model = nn.Sequential(
{layers}
    )
result = np.array([sum(p.numel() for p in layer.parameters()) for layer in model])"""
CLASSES = {
    Residual: """

class Residual(nn.Module):
    def __init__(self, inputs, filters, stride=1):
        super().__init__()
        self.body = nn.Sequential(
            *(nn.Conv2d(inputs, filters, 3, stride, 1, bias=False), nn.BatchNorm2d(filters), nn.ReLU()),
            *(nn.Conv2d(filters, filters, 3, 1, 1, bias=False), nn.BatchNorm2d(filters)),
        )
        way = [nn.Conv2d(inputs, filters, 1, stride, bias=False), nn.BatchNorm2d(filters)]
        self.around = nn.Sequential(*([] if (inputs, stride) == (filters, 1) else way))

    def forward(self, x):
        return torch.relu(self.body(x) + self.around(x))

""",
    Inception: """

def conv(inputs, filters, kernel):
    layer = nn.Conv2d(inputs, filters, kernel, padding=kernel // 2, bias=False)
    return [layer, nn.BatchNorm2d(filters), nn.ReLU()]


class Inception(nn.Module):
    def __init__(self, inputs, one, three, five, pooled, side=5):
        super().__init__()
        self.ways = nn.ModuleList([
            nn.Sequential(*conv(inputs, one, 1)),
            nn.Sequential(*conv(inputs, three[0], 1), *conv(*three, 3)),
            nn.Sequential(*conv(inputs, five[0], 1), *conv(*five, side)),
            nn.Sequential(nn.MaxPool2d(3, 1, 1), *conv(inputs, pooled, 1)),
        ])

    def forward(self, x):
        return torch.cat([way(x) for way in self.ways], dim=1)

""",
    Conv: """

class SomeMaps(nn.Module):
    def __init__(self, spans, kernel, stride=1, padding=0):
        super().__init__()
        self.spans = spans
        self.convs = nn.ModuleList(nn.Conv2d(len(s), 1, kernel, stride, padding) for s in spans)

    def forward(self, x):
        return torch.cat([conv(x[:, list(s)]) for conv, s in zip(self.convs, self.spans)], dim=1)

""",
    Subsample: """

class Subsample(nn.Module):
    def __init__(self, maps, window):
        super().__init__()
        self.window = window
        self.scale = nn.Parameter(torch.ones(maps, 1, 1))
        self.bias = nn.Parameter(torch.zeros(maps, 1, 1))

    def forward(self, x):
        sums = nn.functional.avg_pool2d(x, self.window, divisor_override=1)
        return self.scale * sums + self.bias

""",
    Codes: """

class Codes(nn.Module):
    def __init__(self, inputs, classes):
        super().__init__()
        self.register_buffer("codes", torch.ones(classes, inputs))

    def forward(self, x):
        return ((x[:, None] - self.codes) ** 2).sum(dim=2)

""",
}


def architecture_code(found: Ledger) -> dict[str, str]:
    """Write the layers of a ledger as text; each `result` is the parameters, row by row.

    Parameters
    ----------
    found : Ledger

    Returns
    -------
    dict of str to str
        ``"NumPy"`` and ``"PyTorch"``; ``"cnnlib.nn"`` where it has all layers, and not too many weights.

    Examples
    --------
    >>> from cnnlib.ledger import ledger
    >>> code = architecture_code(ledger((1, 8, 8), [Conv(6, 5), Flatten(), Dense(10)]))
    >>> print(code["cnnlib.nn"].splitlines()[3:8])
    ['model = Sequential(', '    Conv2D(1, 6, 5),', '    Flatten(),', '    Dense(96, 10),', ')']
    """
    shapes = [found.input_shape, *(row.output_shape for row in found.rows)]
    before = list(zip(found.rows, shapes, strict=False))
    code = {"NumPy": _numpy(found)}
    own = [_own(row.layer, shape) for row, shape in before]
    if all(own) and found.parameters <= MOST:
        names = {"Sequential", *(text.partition("(")[0] for text in own)}
        code["cnnlib.nn"] = OWN.format(imports=", ".join(sorted(names)), layers=_listed(own))
    torch = [_torch(row.layer, shape) for row, shape in before]
    classes = "".join(text for kind, text in CLASSES.items() if _needs(kind, found.rows))
    code["PyTorch"] = PYTORCH.format(classes=classes, layers=_listed(torch, 8))
    return code


def _listed(texts: Sequence[str], indent: int = 4) -> str:
    return "\n".join(f"{' ' * indent}{text}," for text in texts)


def _numpy(found: Ledger) -> str:
    homes: dict[str, set[str]] = {}
    for row in found.rows:
        homes.setdefault(type(row.layer).__module__, set()).add(type(row.layer).__name__)
    imports = [f"from {home} import {', '.join(sorted(names))}" for home, names in sorted(homes.items())]
    layers = _listed([repr(row.layer) for row in found.rows])
    return NUMPY.format(imports="\n".join(imports), layers=layers, shape=found.input_shape)


def _needs(kind: type, rows: Sequence[Row]) -> bool:
    """Tell whether the text of a class is needed; for `Conv`, of one that does not span all maps."""
    return any(isinstance(row.layer, kind) and (kind is not Conv or row.layer.spans) for row in rows)


def _own(layer: Layer, shape: Shape) -> str:
    """Write a layer for `cnnlib.nn`; empty where it has none."""
    match layer:
        case Conv(filters, kernel, spans=None, bias=True):
            return f"Conv2D({shape[0]}, {filters}, {kernel}{_stepped(layer)})"
        case Pool(window, up=False):
            name = {"max": "MaxPool2D", "average": "AvgPool2D"}[layer.kind]
            return f"{name}({window}{_stepped(layer)})"
        case Dense(units):
            return f"Dense({shape[0]}, {units})"
        case Activation(kind):
            return f"{kind[0].upper()}{kind[1:]}()"
        case Flatten():
            return "Flatten()"
        case GlobalPool():
            return "GlobalAvgPool2D()"
    return ""


def _stepped(layer: Conv | Pool) -> str:
    """Write stride and padding where they are not as usual."""
    usual = layer.window if isinstance(layer, Pool) else 1
    stride = f", stride={layer.stride}" if layer.stride not in (None, usual) else ""
    return stride + (f", padding={layer.padding}" if layer.padding else "")


def _torch(layer: Layer, shape: Shape) -> str:
    """Write a layer for PyTorch."""
    match layer:
        case Conv(filters, kernel, spans=None):
            bias = "" if layer.bias else ", bias=False"
            return f"nn.Conv2d({shape[0]}, {filters}, {kernel}{_stepped(layer)}{bias})"
        case Conv(_, kernel, spans=spans):
            return f"SomeMaps({spans}, {kernel}{_stepped(layer)})"
        case Pool(window):
            name = {"max": "MaxPool2d", "average": "AvgPool2d"}[layer.kind]
            up = ", ceil_mode=True" if layer.up else ""
            return f"nn.{name}({window}{_stepped(layer)}{up})"
        case Norm():
            return f"nn.BatchNorm2d({shape[0]})"
        case Activation(kind):
            return f"nn.{kind[0].upper()}{kind[1:]}()"
        case GlobalPool():
            return "nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten())"
        case Dense(units):
            return f"nn.Linear({shape[0]}, {units})"
        case Flatten():
            return "nn.Flatten()"
        case _:  # a class that the text brings with it, with the same arguments
            return repr(layer).replace("(", f"({shape[0]}, ", 1)
