"""The frame that every demo shares: controls wired to a pure function whose `View` is drawn.

A demo is three things: a pure function that the lesson shows, a `View` of its result, and a call such as
``explore_convolution(image, kernel)`` that builds a `Demo` from controls and a function ``view(**values)``.
"""

import io
import os
from collections.abc import Callable, Iterable
from contextlib import contextmanager
from functools import partial

import ipywidgets
import numpy as np
import traitlets

from cnnlib.widgets.numbers import parse_number
from cnnlib.widgets.pixelgrid import PixelGrid
from cnnlib.widgets.view import View


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


class Demo:
    """A picture, its controls, and one sentence that says what the picture shows now.

    Parameters
    ----------
    title, question : str
        The heading, and the question that the demo answers.
    controls : dict of str to control
        ipywidgets controls, `Cells` or `Hidden`, by name. Each is an attribute of the demo:
        ``demo.stride.value = 2``.
    view : callable
        ``view(**values) -> View``: a pure function of the controls' values.
    hide, lock : iterable of str
        Controls that are not shown, and controls that are shown but cannot be moved: for teachers.

    Attributes
    ----------
    output : ndarray or None
        The result in numbers.
    text : str
        What the picture shows, in words.
    problem : str
        What was wrong with the last input; empty when nothing was.
    code : dict of str to str
        The current settings as NumPy and as PyTorch text.

    Raises
    ------
    ValueError
        If `hide` or `lock` names no control of this demo.

    Examples
    --------
    >>> def view(size):
    ...     return View([], f"The side is {size}.")
    >>> demo = Demo("Square", "how long?", {"size": ipywidgets.IntSlider(3)}, view)
    >>> demo.size.value = 4
    >>> demo.text
    'The side is 4.'
    """

    def __init__(
        self,
        title: str,
        question: str,
        controls: dict,
        view: Callable[..., View],
        *,
        hide: Iterable[str] = (),
        lock: Iterable[str] = (),
    ):
        self._controls = controls
        self._view_of = view
        self._valued = {name: control for name, control in controls.items() if control.has_trait("value")}
        self._start = self.values
        self._highest = {name: c.max for name, c in self._valued.items() if c.has_trait("max")}
        self.before_reset: Callable[[], None] = lambda: None
        self._held = False
        self._code_open = False
        self._last = View([], "")
        self._locked = _names(lock, controls, title)
        self._arrange(title, question, _names(hide, controls, title))
        self._reactions: dict[str, Callable] = {}
        for name, control in self._valued.items():
            control.observe(partial(self._changed, name), "value")
        self._last = view(**self.values)
        self._show()

    def _arrange(self, title, question, hide) -> None:
        self.grid = PixelGrid(title, question, self._answer)
        visible = [control for name, control in self._controls.items() if name not in hide]
        shown = [control for control in visible if isinstance(control, ipywidgets.Widget)]
        for name in self._locked:
            self._controls[name].disabled = True
        self.bar = ipywidgets.Box(shown)
        self.bar.add_class("cnn-controls")
        self.bar.layout.display = "flex" if shown else "none"
        self.widget = ipywidgets.VBox([self.grid, self.bar])
        self.widget.add_class("cnn-demo")

    def __getattr__(self, name: str):
        controls = self.__dict__.get("_controls", {})
        if name in controls:
            return controls[name]
        raise AttributeError(f"this demo has no control {name!r}; it has {', '.join(controls)}")

    def __dir__(self):
        return [*super().__dir__(), *self._controls]

    @property
    def values(self) -> dict:
        """The value of each control that has one; buttons have none."""
        return {name: control.value for name, control in self._valued.items()}

    @property
    def output(self) -> np.ndarray | None:
        """The result in numbers."""
        return self._last.output

    @property
    def text(self) -> str:
        """What the picture shows now, in words."""
        return self._last.sentence

    @property
    def problem(self) -> str:
        """What was wrong with the last input; empty when nothing was."""
        return self.grid.problem

    @property
    def view(self) -> View:
        """The last good view."""
        return self._last

    @property
    def code(self) -> dict[str, str]:
        """The current settings as text to run; each text computes `result`."""
        return self._last.code() if self._last.code else {}

    def set(self, **values) -> None:
        """Set several controls and redraw once."""
        _names(values, self._valued, self.grid.title)
        with self.hold():
            for name, value in values.items():
                self._controls[name].value = value

    @contextmanager
    def hold(self):
        """Redraw once, when the block ends, however many controls change in it."""
        if self._held:
            yield
            return
        self._held = True
        try:
            yield
        finally:
            self._held = False
            self.redraw()

    def reset(self) -> None:
        """Put every control back to where it stood at first."""
        self.before_reset()
        with self.hold():
            for name, highest in self._highest.items():  # the present picture may allow less
                self._controls[name].max = highest
            self.set(**self._start)

    def redraw(self) -> None:
        """Draw the picture for the present values; on bad input keep the last good one and say why."""
        try:
            self._last = self._view_of(**self.values)
            self._show()
            self.grid.problem = ""
        except ValueError as error:
            self.grid.problem = str(error)
        except Exception as error:
            self.report(error)
            raise

    def report(self, error: BaseException) -> None:
        """Show a fault of the demo itself, which no input of the learner explains."""
        self.grid.problem = f"this demo met a fault of its own, {type(error).__name__}: {error}"

    def when(self, name: str, react: Callable) -> None:
        """Call ``react(change)`` when a control changes; then the picture is drawn, once."""
        self._reactions[name] = react

    def _changed(self, name: str, change) -> None:
        with self.hold():
            if name in self._reactions:
                self._reactions[name](change)

    def _show(self) -> None:
        self._hold_locked()
        with self._quiet():
            for name, highest in self._last.limits.items():
                self._controls[name].max = highest
            for name, value in self._last.remember.items():
                self._controls[name].value = value
        self.grid.show(self._last)
        self.grid.has_code = self._last.code is not None
        self.grid.code = self.code if self._code_open else {}

    def _hold_locked(self) -> None:
        """Make panels that would set a locked control ones to look at."""
        for panel in self._last.panels:
            for way in ("point", "edit", "paint"):
                if self._locked.intersection(getattr(panel, way).split()):
                    setattr(panel, way, "")

    @contextmanager
    def _quiet(self):
        """Keep what the view itself sets from redrawing it."""
        held, self._held = self._held, True
        try:
            yield
        finally:
            self._held = held

    def _answer(self, message: dict) -> None:
        way = message["type"]
        panel = next((panel for panel in self._last.panels if panel.id == message.get("panel")), None)
        if way in ("point", "edit", "paint") and not getattr(panel, way, ""):
            return  # the picture changed while the message was on its way
        getattr(self, "_on_" + way)(message)

    def _on_reset(self, _message) -> None:
        self.reset()

    def _on_code(self, message) -> None:
        self._code_open = message["open"]
        self.grid.code = self.code if self._code_open else {}

    def _panel(self, message):
        return next(panel for panel in self._last.panels if panel.id == message["panel"])

    def _on_point(self, message) -> None:
        panel = self._panel(message)
        self.set(**dict(zip(panel.point.split(), _place(panel, message), strict=True)))

    def _on_edit(self, message) -> None:
        try:
            value = parse_number(message["text"])
        except ValueError as error:
            self.grid.problem = str(error)
            return
        panel = self._panel(message)
        self._write(panel.edit, _place(panel, message), value)

    def _on_paint(self, message) -> None:
        panel = self._panel(message)
        self._write(panel.paint, _place(panel, message), 0 if message["erase"] else 1)

    def _write(self, name: str, place: tuple[int, int], value: float) -> None:
        control = self._controls[name]
        array = control.value.astype(np.result_type(control.value, type(value)))
        if not all(0 <= i < size for i, size in zip(place, array.shape, strict=True)):
            self.grid.problem = f"cell {place} is padding, which is invented; change a cell inside"
            return
        array[place] = value
        control.value = array

    def picture(self):
        """Return the demo as a Pillow image: what is seen where no kernel runs."""
        from cnnlib.widgets.painter import paint_demo

        return paint_demo(self)

    def _repr_mimebundle_(self, include=None, exclude=None):
        text = {"text/plain": f"{self.grid.title}: {self.grid.question}\n{self.text}"}
        if not static_mode():
            return self.widget._repr_mimebundle_() | text
        buffer = io.BytesIO()
        self.picture().save(buffer, "PNG", optimize=True)
        return text | {"image/png": buffer.getvalue()}, {"image/png": {"width": 768}}


def static_mode() -> bool:
    """Tell whether demos are to be pictures without a kernel behind them: CNNLIB_STATIC is set."""
    return os.environ.get("CNNLIB_STATIC", "") not in ("", "0")


def _place(panel, message: dict) -> tuple[int, int]:
    """Row and column in the array, which differ from those in the panel where padding is shown."""
    return message["row"] + panel.origin[0], message["col"] + panel.origin[1]


def _names(names: Iterable[str], controls: dict, title: str) -> set[str]:
    names = {names} if isinstance(names, str) else set(names)
    unknown = names - set(controls)
    if unknown:
        raise ValueError(
            f"{title}: no control is called {', '.join(sorted(unknown))}; choose from {', '.join(controls)}"
        )
    return names
