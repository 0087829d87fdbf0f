"""The controls of the demos: ipywidgets' own, and a player that presses *step* for the learner."""

import asyncio
from collections.abc import Callable, Iterable

import ipywidgets
import numpy as np
import traitlets

# Labels as long as they need to be, instead of cut off at 80 pixels.
WIDE = {"description_width": "initial"}


def slider(label: str, value: float, low: float, high: float, step: float = 1) -> ipywidgets.Widget:
    """Return a slider; whole numbers where `step` is whole.

    Examples
    --------
    >>> slider("stride", 1, 1, 4).value
    1
    """
    if not low <= value <= high:
        raise ValueError(f"{label}: {value} lies outside the slider; choose from {low} to {high}")
    whole = isinstance(step, int) and isinstance(value, int)
    kind = ipywidgets.IntSlider if whole else ipywidgets.FloatSlider
    more = {} if whole else {"readout_format": ".1f"}
    return kind(value=value, min=low, max=high, step=step, description=label, style=WIDE, **more)


def whole_number(label: str, value: int, high: int) -> ipywidgets.BoundedIntText:
    """Return a field for a whole number from 0 to `high`."""
    return ipywidgets.BoundedIntText(value=value, min=0, max=high, description=label, style=WIDE)


def choice(label: str, options: Iterable, value=None) -> ipywidgets.Dropdown:
    """Return a drop-down list; the first option is chosen unless `value` is given."""
    options = list(options)
    value = options[0] if value is None else _known(label, options, value)
    return ipywidgets.Dropdown(options=options, value=value, description=label, style=WIDE)


def radio(label: str, options: Iterable[str]) -> ipywidgets.RadioButtons:
    """Return a list of which one can be chosen; none is at first."""
    return ipywidgets.RadioButtons(options=list(options), value=None, description=label, style=WIDE)


def switch(label: str, options: Iterable[str], value: str) -> ipywidgets.ToggleButtons:
    """Return buttons of which one is pressed."""
    options = list(options)
    value = _known(label, options, value)
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


def _known(label: str, options: list, value):
    """Return the option asked for, if there is such an option."""
    if value not in options:
        raise ValueError(f"{label}: {value!r} is unknown; choose from {', '.join(map(str, options))}")
    return value


class Cells(traitlets.HasTraits):
    """An array that the learner edits or paints in the picture itself; a control like any slider.

    It keeps a read-only copy: an array written into in place would not be redrawn, and could be a preset's.
    """

    value = traitlets.Any()

    def __init__(self, value: np.ndarray):
        super().__init__(value=value)

    @traitlets.validate("value")
    def _copied(self, proposal) -> np.ndarray:
        array = np.array(proposal.value)
        array.setflags(write=False)
        return array


class Hidden(traitlets.HasTraits):
    """A value that a demo remembers and that has no control of its own."""

    value = traitlets.Any()

    def __init__(self, value):
        super().__init__(value=value)


class Player:
    """Presses *step* for the learner, `speed.value` times a second, until there is no further step.

    An asyncio task: while it sleeps, every other control answers.

    Parameters
    ----------
    button : ipywidgets.Button
        Starts and pauses; its label says which.
    speed : control
        Steps a second.
    step : callable
        ``step() -> bool``: do one step and tell whether there is another.
    report : callable
        Called with the exception if a step fails.
    """

    def __init__(self, button: ipywidgets.Button, speed, step: Callable[[], bool], report: Callable):
        self.button, self.speed, self.step, self.report = button, speed, step, report
        self.task: asyncio.Task | None = None
        self._label = button.description
        button.on_click(lambda _: self.toggle())

    def toggle(self) -> None:
        """Start, or pause where it is."""
        if self.task:
            self.stop()
        else:
            self.task = asyncio.get_running_loop().create_task(self._play())
            self.button.description = "pause"

    def stop(self) -> None:
        """Pause where it is."""
        if self.task:
            self.task.cancel()
        self._ended()

    def _ended(self) -> None:
        self.task = None
        self.button.description = self._label

    async def _play(self) -> None:
        try:
            while self.step():
                await asyncio.sleep(1 / self.speed.value)
            self._ended()
        except Exception as error:
            self._ended()
            self.report(error)
