"""Long work in small steps: an asyncio task that leaves room for every control between two steps.

No thread: widgets are not made for them, and the browser's Python has none. No loop in a cell: while a cell
runs, no control answers.
"""

import asyncio
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import ipywidgets

MOMENT = 0.02  # seconds of steps before messages and pictures have their turn; a slider waits for no more
# Turns of the event loop before and after a picture. A message from the page needs several to arrive: with a
# single one a slider answered in 0.18 s, with eight in 0.05 s (ipykernel 7.4), and idle turns cost next to
# nothing.
TURNS = 8


class Work:
    """Work that can be started, paused, taken step by step, and stopped.

    Parameters
    ----------
    begin : callable
        ``begin() -> iterable``, such as a generator, starts anew; taking an item is a step, of 50 ms at most.
    show : callable, optional
        Called with the newest item; at full speed not after each step, but some 40 times a second.
    wait : callable, optional
        Seconds between two steps; 0 is full speed.
    report : callable, optional
        Called with the exception when a step fails; `finished` raises it too.

    Attributes
    ----------
    task : asyncio.Task or None
        Is there while the work runs.
    play : ipywidgets.Button or None
        The button that starts and pauses.

    Examples
    --------
    >>> work = Work(lambda: range(3), show=print)
    >>> work.step()
    0
    >>> async def the_rest():
    ...     work.resume()
    ...     await work.finished()
    >>> asyncio.run(the_rest())
    2
    """

    def __init__(
        self,
        begin: Callable[[], Iterable],
        *,
        show: Callable[[Any], None] = lambda item: None,
        wait: Callable[[], float] = lambda: 0.0,
        report: Callable[[Exception], None] = lambda error: None,
    ):
        self._begin, self._show, self._wait, self._report = begin, show, wait, report
        self._steps: Iterator | None = None
        self._unseen: list[Any] = []
        self._error: Exception | None = None
        self.task: asyncio.Task | None = None
        self.play: ipywidgets.Button | None = None
        self._handlers: list[tuple[ipywidgets.Button, Callable]] = []

    def buttons(self, play=None, step=None, stop=None) -> None:
        """Let buttons press `toggle`, `step` and `stop`; the first one's label says what it would do."""
        self.play, self._label = play, play and play.description
        for button, act in ((play, self.toggle), (step, self.step), (stop, self.stop)):
            if button:
                self._handlers.append((button, lambda _, act=act: act()))
                button.on_click(self._handlers[-1][1])

    def release(self) -> None:
        """Stop, and leave the buttons to other work."""
        self.stop()
        for button, handler in self._handlers:
            button.on_click(handler, remove=True)

    def start(self) -> None:
        """Begin anew, whatever there was."""
        self.stop()
        self.resume()

    def resume(self) -> None:
        """Go on where it was paused, or begin."""
        if not self.task:
            self.task = asyncio.get_running_loop().create_task(self._run())
            self._relabel()

    def pause(self) -> None:
        """Stay where it is."""
        if self.task:
            self.task.cancel()
            self.task = None
            self._relabel()
            self._do(self._look)

    def toggle(self) -> None:
        """Pause, or go on."""
        if self.task:
            self.pause()
        else:
            self.resume()

    def step(self) -> None:
        """Pause, and take a single step."""
        self.pause()
        self._do(self._take)

    def stop(self) -> None:
        """Leave the rest undone: the next step is the first one of a new beginning."""
        self.pause()
        self._steps = None

    async def finished(self) -> None:
        """Wait until it is done, paused or stopped, and raise the error that ended it."""
        while self.task:
            await asyncio.wait([self.task])
        error, self._error = self._error, None
        if error:
            raise error

    def _relabel(self) -> None:
        if self.play:
            self.play.description = "pause" if self.task else self._label

    async def _run(self) -> None:
        try:
            while self._do(self._take):
                if self._unseen:
                    await self._rest(0)
                    if not self._do(self._look):
                        break
                await self._rest(self._wait())
        finally:  # also where the event loop ends before the work
            if self.task is asyncio.current_task():
                self.task = None
                self._relabel()

    async def _rest(self, wait: float) -> None:
        """Wait, or let messages have their turns."""
        for seconds in [wait] if wait else [0] * TURNS:
            await asyncio.sleep(seconds)

    def _do(self, part: Callable[[], bool]) -> bool:
        """Do a part of the work, and tell whether there may be more. Never raises."""
        try:
            if part():
                return True
        except Exception as error:
            self._error = error
            self._report(error)
        self._steps = None
        return False

    def _take(self) -> bool:
        """Take a step; at full speed, steps for a moment, whose picture comes after waiting messages."""
        fast, seen, later = self.task and not self._wait(), [], False
        until = time.perf_counter() + (MOMENT if fast else 0)
        try:
            if self._steps is None:
                self._error, self._steps = None, iter(self._begin())
            steps = self._steps
            for item in steps:
                seen = [item]
                if time.perf_counter() >= until or steps is not self._steps:  # a step itself may say stop
                    later = fast and steps is self._steps
                    return True
            return False
        finally:  # the last good step is seen before the report of a bad one
            self._unseen = seen
            if not later:
                self._look()

    def _look(self) -> bool:
        """Show the newest item, if it was not seen yet."""
        unseen, self._unseen = self._unseen, []
        for item in unseen:
            self._show(item)
        return True
