"""What the ledger of an architecture says: where parameters and work sit, and the sums of one row."""

import math

from cnnlib.demo.words import aligned, count_text
from cnnlib.ledger import Ledger, Row, Shape
from cnnlib.lessons.l12_inside_and_beyond.layers import (
    Block,
    Codes,
    Conv,
    Dense,
    Inception,
    Layer,
    Norm,
    Subsample,
    shape_text,
)


def sentence(name: str, found: Ledger, row: int, offer: Layer) -> str:
    """Say what the network learns and costs, what the chosen row makes, and what *insert* would put in.

    Examples
    --------
    >>> from cnnlib.ledger import ledger
    >>> from cnnlib.lessons.l12_inside_and_beyond.layers import Flatten
    >>> found = ledger((1, 8, 8), [Conv(6, 5), Flatten(), Dense(10)])
    >>> sentence("It", found, 0, Norm()).split(". ")[0]
    'It has 3 rows, learns 1,126 parameters, 86.1 % of them in dense layers, and multiplies 3,360 times'
    """
    dense = sum(entry.parameters for entry in found.rows if isinstance(entry.layer, Dense))
    share = f", {100 * dense / found.parameters:.1f} % of them in dense layers," if found.parameters else ""
    name = name.replace("-", "\N{NON-BREAKING HYPHEN}")
    return (
        f"{name} has {len(found.rows)} rows, learns {found.parameters:,} parameters{share} and multiplies "
        f"{found.multiplications:,} times. {_row_text(found, row)} “Insert” puts {offer.name} after it."
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
    return f"Row {row}, {entry.layer.name}, makes {makes}; each sees {seen}{whole}."


def arithmetic(found: Ledger, row: int) -> list[tuple[str, str]]:
    """Write the sums of one row below each other: parameters, multiplications, memory.

    Examples
    --------
    >>> from cnnlib.ledger import ledger
    >>> pieces = arithmetic(ledger((1, 8, 8), [Conv(6, 5)]), 1)
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
            _line("parameters", _parameters(entry.layer, before), entry.parameters),
            _line("multiplications", _multiplications(entry, before), entry.multiplications),
            _line("bytes handed on", f"{numbers}·4", entry.memory),
        ]
    )


def _line(name: str, product: str, total: int) -> list[tuple[str, str]]:
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
