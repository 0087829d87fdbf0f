"""Demos that train for real: start, pause, resume, step, stop; how far it is, and what comes next.

A lab is two functions: from settings to what is trained, and what is seen of it at a `Moment`.
"""

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from cnnlib.demo import controls as make
from cnnlib.demo.chart import lines
from cnnlib.demo.declare import Declared, asks
from cnnlib.demo.frame import Demo
from cnnlib.demo.numbers import number_text
from cnnlib.demo.view import Panel, View
from cnnlib.demo.words import count_text
from cnnlib.demo.work import Work
from cnnlib.nn.several import Race
from cnnlib.nn.training import TrainingDiverged

FRESH, RUNNING, PAUSED, STOPPED, DONE, BROKEN = range(6)
PICTURES = 5  # a second, at most
SHARE = 6  # the time between two pictures is at least so many times what drawing one takes
KEPT = 10  # what trainings would begin with: a slider comes back; each may hold pictures of its own
LONG = 10_000  # milliseconds: who has to wait longer is told before
WIDTH, BAR = 140, 5  # cells of the progress bar, and their side in CSS pixels
DONE_COLOR, REST_COLOR = (47, 127, 214, 255), (150, 158, 170, 255)


@dataclass(frozen=True, eq=False)
class Moment:
    """How far a training is, when the picture is drawn.

    Attributes
    ----------
    run : Run, Race or Series
        What is trained; before the first step, what the settings would begin with.
    state : int
        `FRESH`, `RUNNING`, `PAUSED`, `STOPPED`, `DONE` or `BROKEN`.
    begun, settings : dict
        The settings that the training was begun with, and the present ones.
    left : float or None
        About how many seconds it will still take, while it runs.
    why : str
        What broke it; empty unless it is broken.
    next : str
        What the buttons would do, and that changed settings wait for the next training; before the first
        step, how long it will take if one has to wait for it.
    """

    run: Any
    state: int
    begun: Mapping[str, Any]
    settings: Mapping[str, Any]
    left: float | None = None
    why: str = ""
    next: str = ""


def lab(
    title: str,
    question: str,
    *,
    pace: float | Callable[[Any], float],
    order: str = "",
    positional: str = "",
    live: str = "",
) -> Callable[[Callable], Any]:
    """Make a function from settings to a `Run`, `Race` or `Series` the call that builds the live lab.

    The decorator `seen` adds its view, ``view(at, ...)``: `at` is a `Moment`; what else it declares are
    controls that choose what is shown, not how it is trained; a setting that it names is the present one.

    Parameters
    ----------
    title, question, order
        See `cnnlib.demo.declare.demo`.
    pace : float, or function of what is trained that returns one
        About how many milliseconds a step takes, with two cores.
    positional : str
        The arguments that may be given by place, ``"number kept"``; default: as the two signatures say.
    live : str
        The settings that may be changed in the middle of a training, ``"learning_rate"``: they are attributes
        of what is trained.
    """
    return lambda begin: DeclaredLab(title, question, begin, pace, order, positional, live).call


class Lab(Demo):
    """A demo that trains, in an asyncio task, while every control answers.

    Parameters
    ----------
    title, question, controls, view, arguments, limits, hide, lock
        See `Demo`; `view` gets a `Moment` as ``at``, too.
    begin : callable
        ``begin(**settings)`` returns a `Run`, `Race` or `Series`: an iterator whose steps take 50 ms at most.
    labels : dict of str to str
        Which controls are settings, and what to call them.
    pace, live
        See `lab`.
    start : bool
        Start at once, as `▷ train` does; for cells that wait: ``await demo.finished()``.

    Notes
    -----
    After a training that broke off, views show no code: the model went back to weights of an earlier step.
    """

    def __init__(
        self,
        title: str,
        question: str,
        controls: dict,
        view: Callable[..., View],
        *,
        arguments: Callable[[dict], dict],
        begin: Callable[..., Any],
        labels: Mapping[str, str],
        pace: Callable[[Any], float],
        live: Iterable[str] = (),
        start: bool = False,
        **more: Any,
    ):
        self._new, self._labels, self._pace, self._live = begin, labels, pace, live
        self._fresh: dict[tuple, Any] = {}
        self._forget()
        buttons = {
            "play": make.button("▷ train", "train, pause, go on"),
            "step": make.button("one step", "train on one batch"),
            "stop": make.button("stop", "end this training"),
        }
        buttons["play"].layout.min_width = "6em"  # pause is shorter, and what follows would jump
        now = self._now
        super().__init__(
            title, question, buttons | controls, view, arguments=lambda v: arguments(v) | now(v), **more
        )
        self._work = Work(self._begin, show=self._seen, report=self._failed)
        self._work.buttons(self.play, self.step, self.stop)
        self.play.on_click(lambda _: self._look())
        self.stop.on_click(lambda _: self._stopped())
        if start:
            self._work.resume()

    @property
    def run(self) -> Any:
        """What is trained; before the first step, what would be."""
        return self._training or self._would_be(self._recipe(self.values))

    @property
    def model(self) -> Any:
        """The model that is trained, to be used and looked into; between two steps it can always be used."""
        return self.run.model

    @property
    def history(self) -> dict:
        """What was measured until now: see `Run`, `Race` or `Series`."""
        return self.run.history

    def reset(self) -> None:
        """Put every control back to where it stood at first, and forget the training."""
        self._forget()
        super().reset()

    def rest(self) -> None:
        """Pause what runs."""
        running = self._work.task
        super().rest()
        if running:
            self._look()

    def close(self) -> None:
        """Forget the training, and take the widgets out of kernel and page; what is left is a picture."""
        self._forget()
        super().close()

    def _now(self, values: dict) -> dict[str, Moment]:
        settings = self._recipe(values)
        if self._training is None:
            run = self._would_be(settings)
            return {"at": Moment(run, FRESH, settings, settings, next=takes(self._pace(run) * run.total))}
        if self._state in (RUNNING, PAUSED):
            self._steer({name: settings[name] for name in self._live})
        left = self._left() if self._state == RUNNING else None
        why = explained(self._error) if self._error else ""
        following = what_next(self._state, self._begun, settings, self._labels)
        return {"at": Moment(self._training, self._state, self._begun, settings, left, why, following)}

    def _steer(self, settings: Mapping) -> None:
        """Let the training go on with new settings, as far as it can."""
        for name, value in settings.items():
            if value != self._begun[name]:
                setattr(self._training, name, value)
                self._begun = self._begun | {name: value}

    def still(self) -> None:
        """Train to the end, for a picture that nobody can press a button of."""
        if self._training is None:
            for _ in self._begin():
                pass
            self._look()

    def _recipe(self, values: dict) -> dict:
        return {name: values[name] for name in self._labels}

    def _would_be(self, settings: dict) -> Any:
        key = tuple(v.tobytes() if isinstance(v, np.ndarray) else v for v in settings.values())
        if key not in self._fresh:
            if len(self._fresh) >= KEPT:
                del self._fresh[next(iter(self._fresh))]
            self._fresh[key] = self._new(**settings)
        return self._fresh[key]

    def _begin(self) -> Iterable:
        self._error, self._training = None, None
        self._begun = self._recipe(self.values)
        self._training = self._new(**self._begun)
        return self._training

    def _seen(self, _step) -> None:
        """Draw what comes from the task a few times a second, and a single step at once."""
        now = time.perf_counter()
        if self._clock is None:
            self._clock = now, self._training.number
        if self._work.task is None or self._training.done or now >= self._due:
            self._look()

    def _look(self, state: int | None = None) -> None:
        began = time.perf_counter()
        self._state = self._reached() if state is None else state
        if self._training and self._state != RUNNING:
            self._training.look()
        self.redraw()
        if self._state != RUNNING:
            self._forget_clock()
        now = time.perf_counter()
        self._due = now + max(1 / PICTURES, SHARE * (now - began))

    def _reached(self) -> int:
        if self._error:
            return BROKEN
        if self._training and self._training.done:
            return DONE
        return RUNNING if self._work.task else PAUSED

    def _left(self) -> float | None:
        done, total = self._training.number, self._training.total
        start, before = self._clock or (0, done)
        return (time.perf_counter() - start) / (done - before) * (total - done) if done > before else None

    def _stopped(self) -> None:
        self._look(None if self._error or (self._training and self._training.done) else STOPPED)

    def _failed(self, error: Exception) -> None:
        self._error = error
        if self._training:
            self._look()
        self.report(error)

    def _forget(self) -> None:
        self._training: Any = None
        self._error: Exception | None = None
        self._state = FRESH
        self._forget_clock()

    def _forget_clock(self) -> None:
        self._clock: tuple[float, int] | None = None
        self._due = 0.0


class DeclaredLab(Declared):
    """The controls and rules of a lab."""

    frame = Lab
    buttons: ClassVar = ("play", "step", "stop")
    more: ClassVar = {"start": "Train at once; a cell waits for it by ``await demo.finished()``"}

    def __init__(
        self, title: str, question: str, begin: Callable, pace: Any, order: str, positional: str, live: str
    ):
        super().__init__(title, question, begin, order, positional)
        self.pace = pace if callable(pace) else lambda run: pace
        self.steered = live.split()
        self.call.seen = self.watch
        self.settings, self.begins = [*self.controls], asks(begin)

    def watch(self, view: Callable) -> Callable:
        """Decorate the view."""
        self.declare(view, skip={"at", *self.parameters})
        self.draws(view)
        return view

    def begin(self, **settings) -> Any:
        """Return what is trained."""
        settings = self.grouped(settings)
        return self.function(**{name: settings[name] for name in self.begins})

    def framed(self) -> dict:
        """Return what the frame is to know."""
        labels = {name: self.label(name).partition(" (")[0] for name in self.barred(self.settings)}
        more = {"begin": self.begin, "labels": labels, "pace": self.pace, "live": self.steered}
        return super().framed() | more


def explained(error: Exception) -> str:
    """Say why a training ended before its time, for the sentence under the picture."""
    if not isinstance(error, TrainingDiverged):
        return f"{error}."
    rate, slower = number_text(error.learning_rate), number_text(error.slower)
    return (
        f"Training broke off at step {error.step}, because the loss exploded: with learning rate {rate} each "
        f"step jumps over the valley and lands higher up than before. Try {slower}."
    )


def progress(at: Moment, unit: str = "step") -> Panel:
    """Show how far a training is, as a bar; with the time left while it runs.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> progress(Moment(SimpleNamespace(number=10, total=40), RUNNING, {}, {}, left=31)).caption
    '10 of 40 steps, about 30 seconds left'
    """
    done, total = at.run.number, at.run.total
    colors = np.empty((2, WIDTH, 4), np.uint8)
    colors[:] = REST_COLOR
    colors[:, : round(WIDTH * done / total)] = DONE_COLOR
    caption = far = f"{done:,} of {total:,} {unit}s"
    ended = f"{far}; then Python was gone, and this training with it" if at.state == RUNNING else ""
    if at.left is not None:
        caption += f", {left_text(at.left)}"
    return Panel("progress", colors, caption, cell=BAR, alt=f"progress: {caption}", ended=ended)


def accuracies(race: Race, **more: Any) -> Panel:
    """Show the share of right answers of each training of a race, by step."""
    return lines(
        "accuracy",
        (),
        {name: ([*run.scores], 100 * np.array([*run.scores.values()])) for name, run in race.runs.items()},
        xlabel="step",
        ylabel="accuracy (%)",
        xlim=(0, race.total),
        ylim=(0, 101),
        **more,
    )


def measured(run: Any) -> str:
    """Say when was measured what a sentence tells, if that is some steps ago."""
    last = [*run.scores][-1]
    return "" if last == run.number else f" (measured after {count_text(last, 'step')})"


def takes(milliseconds: float) -> str:
    """Say before the start how long a training takes, if that is long.

    Examples
    --------
    >>> takes(9_000), takes(23_400)
    ('', 'It takes about 25 seconds.')
    """
    return "" if milliseconds <= LONG else f"It takes {left_text(milliseconds / 1000).removesuffix(' left')}."


def left_text(seconds: float) -> str:
    """Say how long something still takes, no more exactly than one can know.

    Examples
    --------
    >>> left_text(0.3), left_text(7.7), left_text(31), left_text(200)
    ('about a second left', 'about 8 seconds left', 'about 30 seconds left', 'about 3 minutes left')
    """
    if seconds < 1.5:
        return "about a second left"
    if seconds < 55:
        number = round(seconds) if seconds < 10 else 5 * round(seconds / 5)
        return f"about {number} seconds left"
    minutes = round(seconds / 60)
    return f"about {'a minute' if minutes == 1 else f'{minutes} minutes'} left"


def what_next(state: int, begun: Mapping, now: Mapping, labels: Mapping[str, str]) -> str:
    """Say what the buttons would do, and that settings changed since the beginning wait for the next one.

    Examples
    --------
    >>> what_next(RUNNING, {"rate": 0.1}, {"rate": 0.3}, {"rate": "learning rate"})
    'This training goes on with learning rate 0.1; stop and train anew for 0.3.'
    """
    old = {name: value for name, value in begun.items() if not np.array_equal(value, now[name])}
    if not old:
        return {PAUSED: "Paused: ▷ train goes on.", STOPPED: "Stopped: ▷ train begins anew."}.get(state, "")
    was = ", ".join(f"{labels[name]} {_value(value)}" for name, value in old.items())
    new = ", ".join("the new one" if isinstance(now[name], np.ndarray) else _value(now[name]) for name in old)
    if state in (RUNNING, PAUSED):
        return f"This training goes on with {was}; stop and train anew for {new}."
    return f"This was trained with {was}; ▷ train begins anew with {new}."


def _value(value: Any) -> str:
    if isinstance(value, np.ndarray):
        return "as it was"
    return value if isinstance(value, str) else number_text(value)
