"""What the page tells a demo: a cell was pointed at, a number typed, a pixel painted, a button pressed."""

import numpy as np

from cnnlib.demo.controls import typed
from cnnlib.demo.numbers import parse_number
from cnnlib.demo.panel import Panel


def answer(demo, message: dict) -> None:
    """Do what a message from the page asks for.

    Parameters
    ----------
    demo : Demo
    message : dict
        Its ``type`` is ``"point"``, ``"edit"``, ``"paint"``, ``"type"``, ``"code"`` or ``"reset"``; see
        pixelgrid.js.
    """
    way = message["type"]
    if way == "reset":
        demo.reset()
    elif way == "code":
        demo.show_code(message["open"])
    elif way == "type":
        _type(demo, demo.bar.children[message["control"]], message["text"])
    else:
        panel = next((panel for panel in demo.view.panels if panel.id == message["panel"]), None)
        names = panel.linked(way) if panel else []
        if names:  # else the picture changed while the message was on its way
            try:
                {"point": _point, "edit": _edit, "paint": _paint}[way](demo, names, panel, message)
            except ValueError as error:
                demo.grid.problem = str(error)


def _point(demo, _names: list[str], panel: Panel, message: dict) -> None:
    place = _place(panel, message["row"], message["col"])
    demo.set(**panel.point.changes(place))


def _edit(demo, names: list[str], panel: Panel, message: dict) -> None:
    value = parse_number(message["text"])
    _write(demo, names[0], [_place(panel, message["row"], message["col"])], value)


def _type(demo, control, text: str) -> None:
    try:
        value = typed(control, parse_number(text))
    except ValueError as error:
        demo.grid.problem = f"{control.description}: {error}"
    else:
        with demo.hold():  # which draws, and forgets what was wrong before, though the value be the same
            control.value = value


def _paint(demo, names: list[str], panel: Panel, message: dict) -> None:
    places = [_place(panel, row, col) for row, col in message["cells"]]
    _write(demo, names[0], places, 0 if message["erase"] else 1)


def _write(demo, name: str, places: list[tuple[int, int]], value: float) -> None:
    cells = getattr(demo, name)
    array = cells.value.astype(np.result_type(cells.value, type(value)))
    for place in places:
        if not all(0 <= i < size for i, size in zip(place, array.shape, strict=True)):
            raise ValueError(f"cell {place} is a padding pixel; change one of the picture's own")
        array[place] = value
    with demo.hold():
        cells.value = array


def _place(panel: Panel, row: int, col: int) -> tuple[int, int]:
    """Row and column in the array, which differ from those in the panel where padding is shown."""
    return row + panel.origin[0], col + panel.origin[1]
