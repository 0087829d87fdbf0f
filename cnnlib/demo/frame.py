"""The frame that every demo shares: controls wired to a pure function whose `View` is drawn."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial

import ipywidgets
import numpy as np

from cnnlib.demo import page
from cnnlib.demo.controls import Cells, Hidden
from cnnlib.demo.listen import player
from cnnlib.demo.pixelgrid import PixelGrid
from cnnlib.demo.shown import bundle, static_mode
from cnnlib.demo.view import View
from cnnlib.demo.wiring import Wiring, as_names, known_names
from cnnlib.demo.work import Work

__all__ = ["Demo", "as_names", "static_mode"]


class Demo(Wiring):
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
    arguments : function, optional
        Of the controls' values: what is handed to `view`.
    limits : dict of str to function
        ``limit(values)`` is the largest value that a control may take now.
    hide, lock : str or iterable of str
        Controls that are not shown, and controls that are shown but cannot be moved: for teachers.
    end : dict of str to (object, object)
        Where a player begins and where it comes to, for the picture that is shown where nobody can press it.

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
    ...     return View(panels=[], sentence=f"The side is {size}.")
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
        arguments: Callable[[dict], dict] = dict,
        limits: Mapping[str, Callable] | None = None,
        hide: str | Iterable[str] = (),
        lock: str | Iterable[str] = (),
        end: Mapping[str, tuple] | None = None,
    ):
        super().__init__(title, controls, limits)
        self._end = dict(end or {})
        self._view_of, self._arguments = view, arguments
        self._work = Work(tuple)
        self._code_open = False
        self.closed = False
        hidden = known_names(hide, controls, title)
        # Cells have no control but the picture itself: where they are hidden, it is only to look at.
        self._locked = known_names(lock, controls, title)
        self._locked |= {name for name in hidden if isinstance(controls[name], Cells)}
        self._arrange(title, question, hidden)
        self._draw()

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

    def reset(self) -> None:
        """Put every control back to where it stood at first, and leave what runs."""
        self._work.stop()
        super().reset()

    def redraw(self) -> None:
        """Draw the picture for the present values; on bad input keep the last good one and say why."""
        try:
            self._draw()
            self.grid.problem = ""
        except Exception as error:
            self.report(error)
            if not isinstance(error, ValueError):
                raise

    def report(self, error: BaseException) -> None:
        """Show an error: a `ValueError` as it stands, any other as a fault of the demo itself."""
        fault = f"this demo met a fault of its own, {type(error).__name__}: {error}"
        self.grid.problem = str(error) if isinstance(error, ValueError) else fault

    def drive(
        self,
        begin: Callable[[], Iterable],
        *,
        play: str = "play",
        step: str = "",
        stop: str = "",
        speed: str | float = "",
    ) -> Work:
        """Let buttons run long work in small steps, while every control answers.

        Parameters
        ----------
        begin : callable
            ``begin() -> iterable``, such as a generator: taking an item is one step, of 50 ms at most. An
            item is None, or a dict of values for the demo's controls.
        play, step, stop : str
            Names of the buttons: start or pause; a single step; stop and forget.
        speed : str
            Steps a second, or the name of the control that holds them; without it the work runs at full
            speed, and some 30 of its steps a second are drawn.

        Returns
        -------
        Work
            It ends with `reset`, with `close`, and with other work of the same demo.

        Examples
        --------
        >>> from cnnlib.demo import controls as make
        >>> settings = {"count": make.slider("count", 0, 0, 9), "play": make.button("count up")}
        >>> text = lambda count: View(panels=[], sentence=f"It is {count}.")
        >>> demo = Demo("Count", "how far?", settings, text)
        >>> work = demo.drive(lambda: ({"count": n} for n in range(10)))
        >>> work.step()
        >>> work.step()
        >>> demo.text
        'It is 1.'
        """
        self._work.release()
        buttons = [self._controls[name] if name else None for name in (play, step, stop)]
        pace = (lambda: self._controls[speed].value) if isinstance(speed, str) else (lambda: speed)
        wait = (lambda: 1 / pace()) if speed else (lambda: 0)
        self._work = Work(begin, show=lambda item: item and self.set(**item), wait=wait, report=self.report)
        self._work.buttons(*buttons)
        return self._work

    async def finished(self) -> None:
        """Wait until what runs is done, paused or stopped, and raise the error that ended it."""
        await self._work.finished()

    def rest(self) -> None:
        """Pause what runs."""
        self._work.pause()

    def still(self) -> None:
        """Go to the end of what the player would play, if it stands at its start."""
        values = self.values
        if self._end and all(values[name] == start for name, (start, _) in self._end.items()):
            self.set(**{name: value for name, (_, value) in self._end.items()})

    def close(self) -> None:
        """Stop what runs, and take the widgets out of kernel and page; what is left is a picture."""
        self._work.stop()
        self.closed = True
        controls = [control for control in self._controls.values() if isinstance(control, ipywidgets.Widget)]
        for widget in (self.widget, self.bar, self.grid, *controls):
            for part in (widget, *(getattr(widget, name, None) for name in ("layout", "style"))):
                if part:
                    part.close()

    def _draw(self) -> None:
        with self._quiet():
            for name in self._limits:
                self._limit(name)
        self._last = self._linked(self._view_of(**self._arguments(self.values)))
        self._show()

    def _show(self) -> None:
        with self._quiet():
            for name, value in self._last.state.items():
                if type(self._controls.get(name)) is not Hidden:
                    raise ValueError(f"{self._whose}: state is kept in Hidden controls, and {name} is none")
                self._controls[name].value = value
            for name, wav in self._last.sound.items():
                self._controls[name].value = player(self._controls[name].description, wav)
        self.grid.show(self._last)
        self.grid.has_code = self._last.code is not None
        self.show_code(self._code_open)

    def _linked(self, view: View) -> View:
        """Refuse links to no control; panels that would set a locked one are ones to look at."""
        panels = []
        for panel in view.panels:
            for way in ("point", "edit", "paint"):
                if names := panel.linked(way):
                    known_names(names, self._controls, f"{self._whose}, panel {panel.id}")
                    if self._locked.intersection(names):
                        panel = replace(panel, **{way: None if way == "point" else ""})
            panels.append(panel)
        return replace(view, panels=panels)

    def show_code(self, shown: bool) -> None:
        """Show the code under the picture, or hide it."""
        self._code_open = shown
        self.grid.code = self.code if shown else {}

    def picture(self, live: bool = False):
        """Return the demo as a Pillow image: what is seen where no kernel runs or, if `live`, no widget."""
        from cnnlib.demo.card import paint_demo

        return paint_demo(self, live)

    def _repr_mimebundle_(self, include=None, exclude=None):
        return bundle(self)
