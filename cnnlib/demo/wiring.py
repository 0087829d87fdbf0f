"""Controls by name, each change of which ends in one redraw: the half of a demo that draws nothing."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import contextmanager, nullcontext, suppress
from functools import partial


class Wiring:
    """Controls as attributes; several can be set, or put back, with a single redraw.

    Parameters
    ----------
    title : str
        Whose controls they are, for errors.
    controls : dict of str to control
    limits : dict of str to function
        ``limit(values)`` is the largest value that a control may take now.
    """

    def __init__(self, title: str, controls: dict, limits: Mapping[str, Callable] | None = None):
        self._whose = title
        self._limits = limits or {}
        self._refused: ValueError | None = None
        self._controls = controls
        self._valued = {name: control for name, control in controls.items() if control.has_trait("value")}
        self._start = self.values
        self._held = False
        self._reactions: dict[str, Callable] = {}
        for name, control in self._valued.items():
            control.observe(partial(self._changed, name), "value")

    def redraw(self) -> None:
        """Show the present values."""
        raise NotImplementedError

    def report(self, error: BaseException) -> None:
        """Show an error."""
        raise NotImplementedError

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
        return {name: _clean(control.value) for name, control in self._valued.items()}

    def set(self, **values) -> None:
        """Set several controls and redraw once."""
        known_names(values, self._valued, self._whose)
        with self.hold():
            for name in sorted(values, key=self._limits.__contains__):  # first what sets a limit
                if name in self._limits:
                    self._limit(name)
                self._controls[name].value = values[name]

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
            if self._refused:
                self.report(self._refused)
                self._refused = None

    def reset(self) -> None:
        """Put every control back to where it stood at first."""
        with self.hold(), self._no_reactions():
            kept = {name for name, control in self._valued.items() if getattr(control, "kept", False)}
            self.set(**{name: value for name, value in self._start.items() if name not in kept})

    def when(self, name: str, react: Callable) -> None:
        """Call ``react(change)`` when a control changes or is pressed; then the picture is drawn, once.

        What a reaction changes calls no further reaction, but a button moves controls as a learner does. A
        `ValueError` that it raises is told.
        """
        self._reactions[name] = react
        if name not in self._valued:
            self._controls[name].on_click(partial(self._changed, name))

    def _changed(self, name: str, change) -> None:
        react = self._reactions.get(name)
        with self.hold():
            if react:
                with self._no_reactions() if name in self._valued else nullcontext():
                    try:
                        react(change)
                    except ValueError as error:
                        self._refused = error

    def _limit(self, name: str) -> None:
        with suppress(ValueError):  # what does not fit at all is told by the view
            self._controls[name].max = self._limits[name](self.values)

    @contextmanager
    def _no_reactions(self):
        reactions, self._reactions = self._reactions, {}
        try:
            yield
        finally:
            self._reactions = reactions

    @contextmanager
    def _quiet(self):
        """Keep what the picture itself sets from redrawing it."""
        held, self._held = self._held, True
        try:
            yield
        finally:
            self._held = held


def _clean(value):
    """Undo a slider's own rounding: 1.0000000000000002 is 1.0."""
    return round(value, 12) if isinstance(value, float) else value


def as_names(names: str | Iterable[str]) -> set[str]:
    """Return names as a set; a string is one name, not its letters.

    Examples
    --------
    >>> as_names("gain")
    {'gain'}
    """
    found = [names] if isinstance(names, str) else [*names] if isinstance(names, Iterable) else [names]
    if wrong := [name for name in found if not isinstance(name, str)]:
        raise ValueError(f"{wrong[0]!r} is no name of a control; give names, such as ['gain'], or one alone")
    return set(found)


def known_names(names: str | Iterable[str], controls: dict, title: str) -> set[str]:
    """Return names as a set, all of which are controls.

    Raises
    ------
    ValueError
        If one of them is not.

    Examples
    --------
    >>> known_names("size", {"size": None}, "Toy")
    {'size'}
    """
    names = as_names(names)
    unknown = names - set(controls)
    if unknown:
        raise ValueError(
            f"{title}: no control is called {', '.join(sorted(unknown))}; choose from {', '.join(controls)}"
        )
    return names
