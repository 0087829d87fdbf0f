"""Lesson 13: a network layer by layer, what each makes, learns, costs and sees; layers come, go and move."""

import math
from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from typing import Annotated

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from cnnlib.demo.axes import BAR, GRID, MUTED, SIZE, TEXT, Words, pixels
from cnnlib.demo.chart import chart
from cnnlib.demo.declare import Choice, Group, Hidden, Number, Slider, demo
from cnnlib.demo.numbers import number_text
from cnnlib.demo.painter import ORANGE
from cnnlib.demo.tables import NAME
from cnnlib.demo.view import Panel, Point, View
from cnnlib.demo.words import aligned, count_text
from cnnlib.ledger import Ledger, Row, Shape
from cnnlib.lessons.l13_beyond.architectures import ARCHITECTURES
from cnnlib.lessons.l13_beyond.layers import (
    Activation,
    Block,
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
    named_ledger,
    shape_text,
)

OWN = "my own"
MOST = 48  # rows
# How each kind of layer is made of (outputs, window, stride, padding), and which of these it begins with.
KINDS: dict[str, tuple[Callable[..., Layer], tuple[int, int, int, int]]] = {
    "convolution": (lambda n, k, s, p: Conv(n, k, stride=s, padding=p), (16, 3, 1, 1)),
    "max pooling": (lambda n, k, s, p: Pool(k, stride=s, padding=p), (16, 2, 2, 0)),
    "average pooling": (lambda n, k, s, p: Pool(k, stride=s, padding=p, kind="average"), (16, 2, 2, 0)),
    "ReLU": (lambda *_: Activation(), (16, 1, 1, 0)),
    "batch norm": (lambda *_: Norm(), (16, 1, 1, 0)),
    "flatten": (lambda *_: Flatten(), (16, 1, 1, 0)),
    "global average": (lambda *_: GlobalPool(), (16, 1, 1, 0)),
    "dense": (lambda n, *_: Dense(n), (100, 1, 1, 0)),
    "residual block": (lambda n, k, s, p: Residual(n, stride=s), (64, 3, 1, 1)),
}
SIZES = {
    "outputs": Number(1, 4096),
    "window": Number(1, 11),
    "stride": Number(1, 8),
    "padding": Number(0, 5),
}
PITCH = 24  # CSS pixels from row to row
VISIBLE = 20  # rows at once, the picture's among them
WIDTH = 676
# Where columns are held, in CSS pixels from the left: the first at its left end, the others at their right.
NAMES, COLUMNS = 8, (270, 446, 560, 626, 668)
BARS, DECADE = 280, 9  # where the bars begin, and the length of a factor of ten
HEADS = ("output", "parameters", "multiplications", "memory", "field")

_counted = lru_cache(64)(named_ledger)


def _row(where: str, row: int, values: dict) -> dict:
    network = values["network"]
    last = {OWN: -1} | {name: len(known.layers) for name, known in ARCHITECTURES.items()}
    if not 0 <= row <= last.get(network, row):
        raise ValueError(
            f"{where}: network {network!r} has no row {row}; choose a network from "
            f"{', '.join(ARCHITECTURES)}, and a row from 0 to the number of its layers"
        )
    return {"row": row}


@demo(
    "Architecture ledger",
    "where do parameters and work sit?",
    order="network side kind outputs window stride padding insert remove earlier later",
)
def explore_architecture(
    network: Annotated[str, Choice([*ARCHITECTURES, OWN])] = "LeNet of this course",
    *,
    side: Annotated[int | None, Slider(16, 256, 8, label="picture", called=False)] = None,
    kind: Annotated[str, Choice(KINDS, label="layer"), "Which *insert* puts in"] = "convolution",
    sizes: Annotated[dict[str, int] | None, Group(SIZES, called=False)] = None,
    row: Annotated[int, Hidden(called=True, spread=_row), "Pointed at at first, 0 the picture's"] = 1,
    layers: Annotated[tuple[Layer, ...] | None, Hidden] = None,
    channels: Annotated[int | None, Hidden] = None,
    first: Annotated[int, Hidden] = 0,
) -> View:
    """Read a network as a ledger: shapes, parameters, multiplications, memory, receptive field of each layer.

    Layers can be put in, taken out and moved. What cannot be built is refused, with the reason. The output is
    the parameters of each layer.

    >>> demo = explore_architecture("LeNet of this course")
    >>> demo.output.tolist()
    [156, 0, 0, 2416, 0, 0, 0, 48120, 0, 12100, 0, 1010]
    >>> demo.row.value = 8
    >>> demo.remove.click()
    >>> demo.output.sum().item()
    43682
    """
    found = _counted((channels, side, side), layers)

    first = first_shown(row, len(layers) + 1, first)
    name = "This network" if network == OWN else network
    note = "A network of your own." if network == OWN else ARCHITECTURES[network].note
    return View(
        panels=[_row_strip(len(layers) + 1, row, first), _table(found, row, first, note)],
        sentence=_sentence(name, found, row, _offered(kind, sizes)),
        arithmetic=_arithmetic(found, row),
        output=np.array([entry.parameters for entry in found.rows]),
        code=partial(_code, found),
        state={"first": first},
    )


@explore_architecture.when("network")
def _(network, layers):
    known = ARCHITECTURES.get(network)
    if known is None or known.layers == layers:
        return {}
    channels, side, _ = known.input_shape
    return {"channels": channels, "side": side, "layers": known.layers, "row": 1, "first": 0}


@explore_architecture.when("kind")
def _(kind):
    return dict(zip(SIZES, KINDS[kind][1], strict=True))


@explore_architecture.button("insert", "insert", "put this layer in after the chosen row")
def _(channels, side, layers, row, kind, sizes):
    if len(layers) >= MOST:
        raise ValueError(f"there is room for {MOST} rows; remove one before you insert another")
    return _built(channels, side, [*layers[:row], _offered(kind, sizes), *layers[row:]], row + 1)


@explore_architecture.button("remove", "remove", "take the chosen layer out")
def _(channels, side, layers, row):
    if not row or len(layers) == 1:
        raise ValueError("the picture and the last layer stay; choose another row to remove")
    return _built(channels, side, layers[: row - 1] + layers[row:], min(row, len(layers) - 1))


@explore_architecture.button("earlier", "▲ earlier", "move the chosen layer one row up")
def _(channels, side, layers, row):
    return _swapped(channels, side, layers, row, row - 1)


@explore_architecture.button("later", "▼ later", "move the chosen layer one row down")
def _(channels, side, layers, row):
    return _swapped(channels, side, layers, row, row + 1)


def _swapped(channels: int, side: int, layers: Sequence[Layer], row: int, other: int) -> dict:
    if min(row, other) < 1 or max(row, other) > len(layers):
        raise ValueError("there is no layer to change places with; choose another row to move")
    moved = list(layers)
    moved[row - 1], moved[other - 1] = moved[other - 1], moved[row - 1]
    return _built(channels, side, moved, other)


def _built(channels: int, side: int, layers: Sequence[Layer], row: int) -> dict:
    """Return what changes with the layers, whose name is known if they are those of a network of the list."""
    layers = tuple(layers)
    _counted((channels, side, side), layers)  # refuses what cannot be built
    same = (name for name, known in ARCHITECTURES.items() if known.layers == layers)
    return {"layers": layers, "row": row, "network": next(same, OWN)}


def _offered(kind: str, sizes: dict[str, int]) -> Layer:
    """Return the layer that *insert* would put in."""
    return KINDS[kind][0](*sizes.values())


def _sentence(name: str, found: Ledger, row: int, offer: Layer) -> str:
    """Say what the network learns and costs, what the chosen row makes, and what *insert* would put in.

    Examples
    --------
    >>> from cnnlib.ledger import ledger
    >>> found = ledger((1, 8, 8), [Conv(6, 5), Flatten(), Dense(10)])
    >>> _sentence("It", found, 0, Norm()).split(". ")[0]
    'It has 3 rows, 1,126 parameters, 86.1 % of them in dense layers, and needs 3,360 multiplications'
    """
    dense = sum(entry.parameters for entry in found.rows if isinstance(entry.layer, Dense))
    percent = f"{100 * dense / max(1, found.parameters):.1f}"
    if percent == "100.0":
        percent = "100" if dense == found.parameters else "over 99.9"
    share = f", {percent} % of them in dense layers," if found.parameters else ""
    name = name.replace("-", "\N{NON-BREAKING HYPHEN}")
    return (
        f"{name} has {len(found.rows)} rows, {found.parameters:,} parameters{share} and needs "
        f"{found.multiplications:,} multiplications. {_row_text(found, row)} "
        f"“Insert” puts {offer.name} after it."
    )


def _row_text(found: Ledger, row: int) -> str:
    if not row:
        return f"Row 0 is the picture, {shape_text(found.input_shape)}."
    entry = found.rows[row - 1]
    makes = (
        shape_text(entry.output_shape) if len(entry.output_shape) > 1 else f"{entry.output_shape[0]} numbers"
    )
    field, sides = entry.receptive_field, found.input_shape[1:]
    seen = f"{shape_text(field)} {'pixels' if max(field) > 1 else 'pixel'}"
    whole = ", padding counted: the whole picture" if min(field) >= max(sides) else ""
    return f"Row {row}, {entry.layer.name}, gives {makes}; receptive field {seen}{whole}."


def _arithmetic(found: Ledger, row: int) -> list[tuple[str, str]]:
    """Write the sums of one row below each other: parameters, multiplications, memory.

    Examples
    --------
    >>> from cnnlib.ledger import ledger
    >>> pieces = _arithmetic(ledger((1, 8, 8), [Conv(6, 5)]), 1)
    >>> "".join(text for text, _ in pieces).splitlines()[0].rstrip()
    'parameters       6·(1·5·5 + 1) = 156'
    """
    shapes = [found.input_shape, *(entry.output_shape for entry in found.rows)]
    entry = found.rows[row - 1] if row else Row(Layer(), shapes[0], 0, 0, 4 * math.prod(shapes[0]), (1, 1))
    before = shapes[max(row - 1, 0)]
    numbers = "·".join(map(str, entry.output_shape))
    if isinstance(entry.layer, Inception):  # its ways' maps lie on each other
        numbers = f"({' + '.join(map(str, entry.layer.widths))}){numbers[numbers.index('·') :]}"
    return aligned(
        [
            _product("parameters", _parameters(entry.layer, before), entry.parameters),
            _product("multiplications", _multiplications(entry, before), entry.multiplications),
            _product("bytes handed on", f"{numbers}·4", entry.memory),
        ]
    )


def _product(name: str, product: str, total: int) -> list[tuple[str, str]]:
    return [(f"{name:<17}{product}{' = ' if product else ''}", ""), (f"{total:,}", "total")]


def _parameters(layer: Layer, before: Shape) -> str:
    match layer:
        case Conv(filters, kernel, spans=None):
            weights = f"{before[0]}·{kernel}·{kernel}"
            return f"{filters}·({weights} + 1)" if layer.bias else f"{filters}·{weights}"
        case Conv(filters, kernel):
            return f"{sum(map(len, layer.spans))}·{kernel}·{kernel} + {filters}"
        case Dense(units):
            return f"{units}·({before[0]} + 1)"
        case Norm() | Subsample():
            return f"2·{before[0]}"
        case Block():
            return count_text(_convs(layer, before), "convolution") + " with batch norm"
    return ""


def _convs(layer: Block, before: Shape) -> int:
    return sum(isinstance(part, Conv) for branch in layer.branches(before[0]) for part in branch)


def _multiplications(entry: Row, before: Shape) -> str:
    layer, shape = entry.layer, entry.output_shape
    match layer:
        case Conv(filters):
            weights = entry.parameters - (filters if layer.bias else 0)
            return f"{weights:,}·{shape[1]}·{shape[2]}"
        case Dense() | Codes():
            return f"{shape[0]}·{before[0]}"
        case Subsample():
            return "·".join(map(str, shape))
        case Block():
            return f"weights of {count_text(_convs(layer, before), 'convolution')}, once for each place"
    return ""


def first_shown(row: int, count: int, first: int) -> int:
    """Return the first row to show, so that `row` and its neighbours are seen and little moves.

    Examples
    --------
    >>> first_shown(30, 38, 0), first_shown(5, 13, 0), first_shown(17, 38, 18)
    (12, 0, 16)
    """
    most = max(count - VISIBLE, 0)
    return min(max(min(first, row - 1), row + 2 - VISIBLE, 0), most)


def _row_strip(count: int, row: int, first: int) -> Panel:
    """Show the numbers of the rows, 0 the picture's; one of them is chosen by mouse or keys."""
    shown = range(first, min(first + VISIBLE, count))
    return Panel(
        "rows",
        np.full((len(shown), 1, 4), NAME, np.uint8),
        labels=[str(number) for number in shown],
        cell=PITCH,
        point=Point("row", ""),
        origin=(first, 0),
        cursor=(row - first, 0),
        span=(1, 1),  # chosen by a click or a drag, not by passing over it on the way to a button
        alt=f"rows {shown[0]} to {shown[-1]} of {count - 1}; row {row} is chosen",
    )


@lru_cache(256)
def _table(found: Ledger, row: int, first: int, caption: str) -> Panel:
    """Draw the rows from `first` on, with a bar for the parameters, and the sums below them."""
    lines = [_line("picture", found.input_shape, (0, 0, 4 * int(np.prod(found.input_shape)), (1, 1)))]
    lines += [_line(entry.layer.name, entry.output_shape, entry[2:]) for entry in found.rows]
    shown = lines[first : first + VISIBLE]
    sums = found.parameters, found.multiplications, found.memory
    below = [f"all {len(found.rows)} rows", "", *(_large(n) for n in sums[:2]), _bytes_text(sums[2]), ""]
    learned = [0, *(entry.parameters for entry in found.rows)][first : first + VISIBLE]
    size = WIDTH, PITCH * (len(shown) + 2)
    draw = partial(_draw, lines=shown, below=below, learned=learned, chosen=row - first)
    return chart("table", draw, caption, size=size, alt=_alt(lines[1:], below))


def _line(name: str, shape: Shape, numbers: Sequence) -> list[str]:
    parameters, multiplications, memory, field = numbers
    seen = str(field[0]) if field[0] == field[1] else " × ".join(map(str, field))
    counts = [_large(n) if n else "" for n in (parameters, multiplications)]
    return [name, shape_text(shape), *counts, _bytes_text(memory), seen]


def _large(number: int) -> str:
    return f"{number:,}"


def _bytes_text(count: int) -> str:
    """Write an amount of memory with its unit.

    Examples
    --------
    >>> _bytes_text(40), _bytes_text(6400), _bytes_text(12_845_056)
    ('40 B', '6.4 kB', '12.8 MB')
    """
    for size, unit in ((10**9, "GB"), (10**6, "MB"), (1000, "kB")):
        if count >= size:
            return f"{number_text(count / size)} {unit}"
    return f"{count} B"


def _alt(lines: list[list[str]], below: list[str]) -> str:
    said = []
    for number, (name, *texts) in enumerate(lines, 1):
        told = [f"{head} {text}" for head, text in zip(HEADS, texts, strict=True) if text]
        said.append(f"{number} {name}: {', '.join(told)}")
    sums = f"parameters {below[2]}, multiplications {below[3]}, memory {below[4]}"
    return "; ".join([*said, f"{below[0]}: {sums}"])


def _draw(axes: Axes, *, lines, below, learned, chosen: int) -> None:
    axes.set(xticks=[], yticks=[])
    words = Words(axes, pixels(axes.figure))
    heights = [PITCH * (len(lines) + 1.5 - number) for number in range(len(lines) + 2)]
    for height, texts, color in zip(
        heights,
        [["window, filters; s stride, p padding", *HEADS], *lines, below],
        [MUTED, *[TEXT] * len(lines), TEXT],
        strict=True,
    ):
        words.write(NAMES, height, texts[0], color, "left", most=SIZE)
        for x, text in zip(COLUMNS, texts[1:], strict=True):
            words.write(x, height, text, color, "right", most=SIZE)
    words.write(BARS, heights[0], "log scale", MUTED, "left", most=SIZE)
    rules = [[(0, height), (WIDTH, height)] for height in np.array(heights[:-1]) - PITCH / 2]
    _add(axes, np.reshape(rules, (-1, 2)), 2, edgecolor=GRID, fill=False, linewidth=1)
    bars = [
        _box(BARS, h, DECADE * np.log10(n), PITCH / 2)
        for n, h in zip(learned, heights[1:], strict=False)
        if n
    ]
    if bars:
        _add(axes, np.concatenate(bars), 5, facecolor=BAR, linewidth=0)
    _add(
        axes,
        _box(1, heights[chosen + 1], WIDTH - 2, PITCH),
        5,
        edgecolor=ORANGE,
        fill=False,
        linewidth=3,
    )


def _box(left: float, middle: float, width: float, height: float) -> list[tuple[float, float]]:
    low, high, right = middle - height / 2, middle + height / 2, left + width
    return [(left, low), (left, high), (right, high), (right, low), (left, low)]


def _add(axes: Axes, corners, length: int, **look) -> None:
    """Draw paths of `length` corners each as one artist: many would be slow."""
    codes = [Path.MOVETO, *[Path.LINETO] * (length - 1)] * (len(corners) // length)
    axes.add_artist(PathPatch(Path(corners, codes), transform=pixels(axes.figure), clip_on=False, **look))


# ---- as text to run
WEIGHTS = 2_000_000  # parameters that `cnnlib.nn` is asked to make: it gives them memory and random values

NUMPY = """\
import numpy as np
from cnnlib.ledger import ledger
{imports}

layers = [
{layers}
]
result = np.array([row.parameters for row in ledger({shape}, layers).rows])"""
CNNLIB_NN = """\
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


def _code(found: Ledger) -> dict[str, str]:
    """Write the layers as text: for `cnnlib.nn` where it has all of them, and not too many weights.

    Examples
    --------
    >>> from cnnlib.ledger import ledger
    >>> code = _code(ledger((1, 8, 8), [Conv(6, 5), Flatten(), Dense(10)]))
    >>> print(code["cnnlib.nn"].splitlines()[3:8])
    ['model = Sequential(', '    Conv2D(1, 6, 5),', '    Flatten(),', '    Dense(96, 10),', ')']
    """
    shapes = [found.input_shape, *(row.output_shape for row in found.rows)]
    before = list(zip(found.rows, shapes, strict=False))
    code = {"NumPy": _numpy(found)}
    own = [_own(row.layer, shape) for row, shape in before]
    if all(own) and found.parameters <= WEIGHTS:
        names = {"Sequential", *(text.partition("(")[0] for text in own)}
        code["cnnlib.nn"] = CNNLIB_NN.format(imports=", ".join(sorted(names)), layers=_listed(own))
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
