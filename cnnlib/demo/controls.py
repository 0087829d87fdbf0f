"""The controls of the demos: ipywidgets' own, and a player that presses *step* for the learner."""

import math
from collections.abc import Callable, Iterable
from typing import NamedTuple

import ipywidgets
import numpy as np
import traitlets

from cnnlib.demo.numbers import number_text
from cnnlib.shapes import wide

# Labels as long as they need to be, instead of cut off at 80 pixels.
WIDE = {"description_width": "initial"}


def slider(label: str, value: float, low: float, high: float, step: float = 1) -> ipywidgets.Widget:
    """Return a slider; whole numbers where `step` is whole, else as many decimals as `step` has.

    Examples
    --------
    >>> slider("stride", 1, 1, 4).value
    1
    >>> slider("exposure", 1.0, 0, 4, 0.25).readout_format
    '.2f'
    """
    if not low <= value <= high:
        raise ValueError(f"{label}: {value} lies outside the slider; choose from {low} to {high}")
    if isinstance(step, int) and step > 1 and (value - low) % step:
        raise ValueError(f"{label}: {value} lies between two steps; choose {low}, {low + step} … {high}")
    if isinstance(step, int) and isinstance(value, int | np.integer):
        kind, value, more = ipywidgets.IntSlider, int(value), {}
    else:
        decimals = next((n for n in range(1, 9) if math.isclose(round(step, n), step)), 9)
        kind, more = ipywidgets.FloatSlider, {"readout_format": f".{decimals}f"}
    made = kind(value=value, min=low, max=high, step=step, description=label, style=WIDE, **more)
    if high - low > 110 * step:  # more places than the usual track has pixels
        made.add_class("cnn-long")
    return made


def whole_number(label: str, value: int, high: int, low: int = 0) -> ipywidgets.BoundedIntText:
    """Return a field for a whole number from `low` to `high`."""
    return ipywidgets.BoundedIntText(value=value, min=low, max=high, description=label, style=WIDE)


def typed(control: ipywidgets.Widget, value: float) -> float:
    """Return a number typed into a slider or field, or refuse what it would change in silence.

    Examples
    --------
    >>> typed(whole_number("row", 3, 7), 9)
    Traceback (most recent call last):
        ...
    ValueError: 9 lies outside; choose from 0 to 7
    """
    whole, low, high, step = isinstance(control.value, int), control.min, control.max, control.step
    within = f"choose from {number_text(low)} to {number_text(high)}"
    if not low <= value <= high:
        raise ValueError(f"{number_text(value)} lies outside; {within}")
    if whole and value != int(value):
        raise ValueError(f"{number_text(value)} is no whole number; {within}")
    if whole and (value - low) % step:
        raise ValueError(f"{number_text(value)} lies between two steps of {step}; {within}")
    return value


def entry(label: str, placeholder: str = "", value: str = "", *, wide: bool = False) -> ipywidgets.Text:
    """Return a field for free text, told to Python when it is left; `on_enter` makes it a form.

    It has room for a number, or `wide` for a line of text.

    Told letter by letter, ipywidgets holds the last ones back while Python is at the first, and the press of
    a button overtakes them.
    """
    more = {"description": label, "style": WIDE, "continuous_update": False}
    field = ipywidgets.Text(value, placeholder=placeholder, **more)
    if wide:
        field.add_class("cnn-wide")
    return field


def on_enter(field: ipywidgets.Text, act: Callable[[], None]) -> None:
    """Call `act()` when Enter is pressed in a field for text."""
    field.on_msg(lambda _widget, message, _buffers: message.get("event") == "submit" and act())


def choice(label: str, options: Iterable, value=None) -> ipywidgets.Dropdown:
    """Return a drop-down list; the first option is chosen unless `value` is given."""
    options = list(options)
    value = options[0] if value is None else known(label, options, value)
    return ipywidgets.Dropdown(options=options, value=value, description=label, style=WIDE)


def radio(label: str, options: Iterable[str]) -> ipywidgets.RadioButtons:
    """Return a list of which one can be chosen; none is at first."""
    return ipywidgets.RadioButtons(options=list(options), value=None, description=label, style=WIDE)


def switch(label: str, options: Iterable[str], value: str) -> ipywidgets.ToggleButtons:
    """Return a row of buttons of which one is pressed."""
    options = list(options)
    value = known(label, options, value)
    return ipywidgets.ToggleButtons(options=options, value=value, description=label, style=WIDE)


def tick(label: str, value: bool = False) -> ipywidgets.Checkbox:
    """Return a check box."""
    return ipywidgets.Checkbox(value=value, description=label, indent=False)


def button(label: str, tooltip: str = "", press: Callable[[], None] | None = None) -> ipywidgets.Button:
    """Return a button that calls `press()`; its tooltip is what a screen reader says."""
    made = ipywidgets.Button(description=label, tooltip=tooltip or label)
    if press:
        made.on_click(lambda _: press())
    return made


def upload(label: str) -> ipywidgets.FileUpload:
    """Return a button with which the learner chooses a picture of their own."""
    return ipywidgets.FileUpload(
        accept="image/*", multiple=False, description=label, tooltip="a picture of your own"
    )


def known(label: str, options: list, value):
    """Return the option asked for, if there is such an option."""
    if isinstance(value, np.ndarray) or value not in options:
        said = "an array" if isinstance(value, np.ndarray) else repr(value)
        raise ValueError(f"{label}: {said} is unknown; choose from {', '.join(map(str, options))}")
    return value


class Cells(traitlets.HasTraits):
    """An array that the learner edits or paints in the picture itself; a control like any slider.

    It keeps a read-only copy: an array written into in place would not be redrawn, and could be a preset's.
    No demo computes in the small type of a picture: numbers are int64 or float64.
    """

    value = traitlets.Any()

    def __init__(self, value: np.ndarray):
        super().__init__(value=value)

    @traitlets.validate("value")
    def _copied(self, proposal) -> np.ndarray:
        array = np.array(proposal.value)
        array = wide(array) if array.dtype.kind in "buif" else array
        array.setflags(write=False)
        return array


class Hidden(traitlets.HasTraits):
    """A value that a demo remembers and that has no control of its own; with `kept` also after a reset."""

    value = traitlets.Any()

    def __init__(self, value, *, kept: bool = False):
        super().__init__(value=value)
        self.kept = kept


class Place(NamedTuple):
    """A row and a column that were pointed at."""

    row: int
    col: int

    def within(self, shape: tuple[int, ...]) -> "Place":
        """Return the nearest place in an array of this shape, or in its last two axes.

        Examples
        --------
        >>> Place(2, 9).within((3, 4, 5))
        Place(row=2, col=4)
        """
        return Place(*(min(i, n - 1) for i, n in zip(self, shape[-2:], strict=True)))


class Spot(Hidden):
    """A `Place` that is remembered; None while nothing was pointed at."""

    @traitlets.validate("value")
    def _placed(self, proposal):
        return None if proposal.value is None else Place(*map(int, proposal.value))
