"""Lesson 12: a network layer by layer, what each makes, learns, costs and sees; layers come, go and move."""

from collections.abc import Callable, Iterable
from functools import lru_cache

import numpy as np

from cnnlib.demo import controls as make
from cnnlib.demo.controls import Hidden
from cnnlib.demo.frame import Demo
from cnnlib.demo.view import View
from cnnlib.lessons.l12_inside_and_beyond.architecture_code import architecture_code
from cnnlib.lessons.l12_inside_and_beyond.architecture_views import first_shown, ledger_table, row_strip
from cnnlib.lessons.l12_inside_and_beyond.architecture_words import arithmetic, sentence
from cnnlib.lessons.l12_inside_and_beyond.architectures import ARCHITECTURES
from cnnlib.lessons.l12_inside_and_beyond.layers import (
    Activation,
    Conv,
    Dense,
    Flatten,
    GlobalPool,
    Layer,
    Norm,
    Pool,
    Residual,
    named_ledger,
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
counted = lru_cache(64)(named_ledger)
SIZES = ("outputs", "window", "stride", "padding")


def explore_architecture(
    network: str = "LeNet of this course",
    *,
    kind: str = "convolution",
    row: int = 1,
    hide: Iterable[str] = (),
    lock: Iterable[str] = (),
) -> Demo:
    """Read a network as a ledger: shapes, parameters, multiplications, memory, receptive field of each layer.

    Layers can be put in, taken out and moved. What cannot be built is refused, with the reason.

    Parameters
    ----------
    network : str
        A name from `cnnlib.lessons.l12_inside_and_beyond.architectures.ARCHITECTURES`.
    kind : str
        The layer that *insert* puts in: ``"convolution"``, ``"max pooling"``, ``"average pooling"``,
        ``"ReLU"``, ``"batch norm"``, ``"flatten"``, ``"global average"``, ``"dense"`` or
        ``"residual block"``.
    row : int
        The row pointed at, 0 the picture's.
    hide, lock : str or iterable of str
        Controls to hide or to hold.

    Returns
    -------
    Demo
        With `output`, the parameters of each layer.

    Raises
    ------
    ValueError
        If a name is unknown, or there is no such row.

    Examples
    --------
    >>> demo = explore_architecture("LeNet of this course")
    >>> demo.output.tolist()
    [156, 0, 0, 2416, 0, 0, 0, 48120, 0, 12100, 0, 1010]
    >>> demo.row.value = 8
    >>> demo.remove.click()
    >>> demo.output.sum().item()
    43682
    """
    choice = make.choice("network", [*ARCHITECTURES, OWN], network)
    chosen = ARCHITECTURES.get(network)
    if chosen is None or not 0 <= row <= len(chosen.layers):
        raise ValueError(
            f"explore_architecture: network {network!r} has no row {row}; choose a network from "
            f"{', '.join(ARCHITECTURES)}, and a row from 0 to the number of its layers"
        )
    layer = make.choice("layer", KINDS, kind)
    sizes = KINDS[kind][1]
    settings = {
        "network": choice,
        "side": make.slider("picture", chosen.input_shape[1], 16, 256, 8),
        "kind": layer,
        "outputs": make.whole_number("outputs", sizes[0], 4096, 1),
        "window": make.whole_number("window", sizes[1], 11, 1),
        "stride": make.whole_number("stride", sizes[2], 8, 1),
        "padding": make.whole_number("padding", sizes[3], 5),
        "insert": make.button("insert", "put this layer in after the chosen row"),
        "remove": make.button("remove", "take the chosen layer out"),
        "earlier": make.button("▲ earlier", "move the chosen layer one row up"),
        "later": make.button("▼ later", "move the chosen layer one row down"),
        "layers": Hidden(chosen.layers),
        "channels": Hidden(chosen.input_shape[0]),
        "row": Hidden(row),
        "col": Hidden(0),
        "first": Hidden(0),
    }
    question = "where do parameters and work sit?"
    demo = Demo("Architecture ledger", question, settings, _view, hide=hide, lock=lock)
    _wire(demo)
    return demo


def _wire(demo: Demo) -> None:
    def choose(change) -> None:
        network = ARCHITECTURES.get(change.new)
        if network and network.layers != demo.layers.value:
            channels, side, _ = network.input_shape
            demo.set(channels=channels, side=side, layers=network.layers, row=1, first=0)

    def offer(change) -> None:
        demo.set(**dict(zip(SIZES, KINDS[change.new][1], strict=True)))

    def change_to(edit: Callable[[list[Layer], int], int]) -> None:
        layers, row = list(demo.layers.value), demo.row.value
        try:
            row = edit(layers, row)
            counted(_shape(demo.values), tuple(layers))
        except ValueError as error:
            demo.report(error)
            return
        same = (name for name, known in ARCHITECTURES.items() if known.layers == tuple(layers))
        demo.set(layers=tuple(layers), row=row, network=next(same, OWN))

    def insert(layers: list[Layer], row: int) -> int:
        if len(layers) >= MOST:
            raise ValueError(f"there is room for {MOST} rows; remove one before you insert another")
        layers.insert(row, _offered(demo.values))
        return row + 1

    demo.when("network", choose)
    demo.when("kind", offer)
    demo.insert.on_click(lambda _: change_to(insert))
    demo.remove.on_click(lambda _: change_to(_remove))
    demo.earlier.on_click(lambda _: change_to(lambda layers, row: _swap(layers, row, row - 1)))
    demo.later.on_click(lambda _: change_to(lambda layers, row: _swap(layers, row, row + 1)))


def _offered(values: dict) -> Layer:
    """Return the layer that *insert* would put in."""
    return KINDS[values["kind"]][0](*(values[name] for name in SIZES))


def _remove(layers: list[Layer], row: int) -> int:
    if not row or len(layers) == 1:
        raise ValueError("the picture and the last layer stay; choose another row to remove")
    del layers[row - 1]
    return min(row, len(layers))


def _swap(layers: list[Layer], row: int, other: int) -> int:
    if min(row, other) < 1 or max(row, other) > len(layers):
        raise ValueError("there is no layer to change places with; choose another row to move")
    layers[row - 1], layers[other - 1] = layers[other - 1], layers[row - 1]
    return other


def _shape(values: dict) -> tuple[int, int, int]:
    return values["channels"], values["side"], values["side"]


def _view(*, network, layers, row, first, **values) -> View:
    found = counted(_shape(values), layers)
    first = first_shown(row, len(layers) + 1, first)
    name = "This network" if network == OWN else network
    note = "A network of your own." if network == OWN else ARCHITECTURES[network].note
    return View(
        [row_strip(len(layers) + 1, row, first), ledger_table(found, row, first, note)],
        sentence(name, found, row, _offered(values)),
        arithmetic(found, row),
        output=np.array([entry.parameters for entry in found.rows]),
        code=lambda: architecture_code(found),
        remember={"first": first},
    )
