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

from cnnlib.widgets import page
from cnnlib.widgets.controls import Cells
from cnnlib.widgets.pixelgrid import PixelGrid
from cnnlib.widgets.view import View


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
    hide, lock : str or iterable of str
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
        hide: str | Iterable[str] = (),
        lock: str | Iterable[str] = (),
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
        hidden = _names(hide, controls, title)
        # Cells have no control but the picture itself: where they are hidden, it is only to look at.
        self._locked = _names(lock, controls, title) | {n for n in hidden if isinstance(controls[n], Cells)}
        self._arrange(title, question, hidden)
        self._reactions: dict[str, Callable] = {}
        for name, control in self._valued.items():
            control.observe(partial(self._changed, name), "value")
        self._last = view(**self.values)
        self._show()

    def _arrange(self, title, question, hide) -> None:
        self.grid = PixelGrid(title, question, partial(page.answer, self))
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

    def __setattr__(self, name: str, value) -> None:
        if name in self.__dict__.get("_controls", {}):
            raise AttributeError(f"a control is set through its value: demo.{name}.value = {value!r}")
        super().__setattr__(name, value)

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
        with self.hold(), self._no_reactions():
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
        """Call ``react(change)`` when a control changes; then the picture is drawn, once.

        What a reaction changes calls no further reaction.
        """
        self._reactions[name] = react

    def _changed(self, name: str, change) -> None:
        react = self._reactions.get(name)
        with self.hold():
            if react:
                with self._no_reactions():
                    react(change)

    @contextmanager
    def _no_reactions(self):
        reactions, self._reactions = self._reactions, {}
        try:
            yield
        finally:
            self._reactions = reactions

    def _show(self) -> None:
        self._hold_locked()
        with self._quiet():
            for name, highest in self._last.limits.items():
                self._controls[name].max = highest
            for name, value in self._last.remember.items():
                self._controls[name].value = value
        self.grid.show(self._last)
        self.grid.has_code = self._last.code is not None
        self.show_code(self._code_open)

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

    def show_code(self, shown: bool) -> None:
        """Show the code under the picture, or hide it."""
        self._code_open = shown
        self.grid.code = self.code if shown else {}

    def picture(self):
        """Return the demo as a Pillow image: what is seen where no kernel runs."""
        from cnnlib.widgets.card import paint_demo

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


def as_names(names: str | Iterable[str]) -> set[str]:
    """Return names as a set; a string is one name, not its letters.

    Examples
    --------
    >>> as_names("gain")
    {'gain'}
    """
    return {names} if isinstance(names, str) else set(names)


def _names(names: str | Iterable[str], controls: dict, title: str) -> set[str]:
    names = as_names(names)
    unknown = names - set(controls)
    if unknown:
        raise ValueError(
            f"{title}: no control is called {', '.join(sorted(unknown))}; choose from {', '.join(controls)}"
        )
    return names
