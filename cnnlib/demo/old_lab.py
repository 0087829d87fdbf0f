"""What all demos that train have in common: start, pause, resume, step, stop, reset."""

import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from cnnlib.demo import controls as make
from cnnlib.demo.controls import Hidden
from cnnlib.demo.frame import Demo
from cnnlib.demo.progress import BROKEN, DONE, PAUSED, RUNNING, STOPPED, Moment, explained
from cnnlib.demo.view import View
from cnnlib.demo.work import Work

PICTURES = 5  # a second, at most
SHARE = 6  # the time between two pictures is at least so many times what drawing one takes


class Lab(Demo):
    """A demo that trains for real, in an asyncio task, while every control answers.

    Parameters
    ----------
    title, question, controls, hide, lock
        See `Demo`. Controls are what a training begins with, but those named in `looking`.
    view : callable
        ``view(at, **values) -> View``; `at` is a `Moment`.
    begin : callable
        ``begin(**settings) -> Run``, or a `Race` or `Series`: an iterator whose steps take 50 ms at most.
    looking : dict of str to control
        Controls that choose what is shown, not how it is trained.
    start : bool
        Start at once, as `▷ train` does; for cells that wait: ``await demo.finished()``.

    Attributes
    ----------
    run : Run, Race or Series
        What is trained; before the first step, what would be.

    Notes
    -----
    After a training that broke off, the code is not shown: the model went back to weights of an earlier step.
    """

    def __init__(
        self,
        title: str,
        question: str,
        controls: dict,
        view: Callable[..., View],
        begin: Callable[..., Any],
        *,
        looking: Mapping[str, Any] | None = None,
        start: bool = False,
        hide: Iterable[str] = (),
        lock: Iterable[str] = (),
    ):
        self._training: Any = None
        self._error: Exception | None = None
        self._new, self._settings = begin, tuple(controls)
        self._forget_clock()
        buttons = {
            "at": Hidden(Moment()),
            "play": make.button("▷ train", "train, pause, go on"),
            "step": make.button("one step", "train on one batch"),
            "stop": make.button("stop", "end this training"),
        }
        buttons["play"].layout.min_width = "6em"  # pause is shorter, and what follows would jump
        looking = looking or {}
        super().__init__(title, question, buttons | controls | looking, view, hide=hide, lock=lock)
        self._work = Work(self._begin, show=self._seen, report=self._failed)
        self._work.buttons(self.play, self.step, self.stop)
        self.play.on_click(lambda _: self._look())
        self.stop.on_click(lambda _: self._stopped())
        self.before_reset = self._forget
        if start:
            self._work.resume()

    @property
    def run(self) -> Any:
        """What is trained; before the first step, what would be."""
        return self._training or self._new(**self._recipe())

    @property
    def model(self) -> Any:
        """The model that is trained, to be used and looked into; between two steps it can always be used."""
        return self.run.model

    @property
    def history(self) -> dict:
        """What was measured until now: see `Run`, `Race` or `Series`."""
        return self.run.history

    def rest(self) -> None:
        """Pause what runs."""
        running = self._work.task
        super().rest()
        if running:
            self._look()

    def _recipe(self) -> dict:
        return {name: self.values[name] for name in self._settings}

    def _begin(self):
        self._error, self._training = None, None
        self._begun = self._recipe()
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
        state = self._state() if state is None else state
        if self._training and state != RUNNING:
            self._training.look()
        self.set(at=self._moment(state) if self._training else Moment())
        if state != RUNNING:
            self._forget_clock()
        now = time.perf_counter()
        self._due = now + max(1 / PICTURES, SHARE * (now - began))

    def _state(self) -> int:
        if self._error:
            return BROKEN
        if self._training and self._training.done:
            return DONE
        return RUNNING if self._work.task else PAUSED

    def _moment(self, state: int) -> Moment:
        why = explained(self._error) if self._error else ""
        return Moment(self._training, state, self._begun, self._left() if state == RUNNING else None, why)

    def _left(self) -> float | None:
        start, before = self._clock or (0, 0)
        done, total = self._training.number, self._training.total
        return (time.perf_counter() - start) / (done - before) * (total - done) if done > before else None

    def _stopped(self) -> None:
        self._look(self._state() if self._error or (self._training and self._training.done) else STOPPED)

    def _failed(self, error: Exception) -> None:
        self._error = error
        if self._training:
            self._look()
        self.report(error)

    def _forget(self) -> None:
        self._training, self._error = None, None
        self._forget_clock()

    def _forget_clock(self) -> None:
        self._clock: tuple[float, int] | None = None
        self._due = 0.0
