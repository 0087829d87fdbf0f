"""Where a learner's code runs: whatever it does, the check answers, and the kernel and the next cell live.

It may loop for ever, fill the memory, end Python, print megabytes, or leave Python and NumPy changed. Only
Ctrl-C goes through. There are no threads in here, as the browser's Python has none. One long call into C,
``sum(itertools.count())``, is beyond everyone's reach: Ctrl-C does not end it either.
"""

import builtins
import contextlib
import decimal
import dis
import functools
import io
import linecache
import locale
import math
import os
import random
import signal
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from types import CodeType, FrameType, FunctionType, MethodType
from typing import NamedTuple

import numpy as np

SECONDS = 5.0  # a right function takes a hundredth of one
PRINTED = 2000  # characters of what a learner's code prints that are shown
MEMORY = 2**30  # bytes that it may take
MOST = 200_000  # numbers in one result
DEEPEST = 32  # lists within lists
LONGEST = 200  # characters of an error's words
_AGAIN = 2e-4  # seconds from one strike to the next: code that catches all is to be met outside of its `try`


class TooLong(BaseException):
    """The time is over; no `Exception`, as those are what learners' code catches."""


class TooLarge(ValueError):
    """A result holds more numbers than any right one."""


class Failure(NamedTuple):
    """How a learner's code failed, as plain words: the error itself may not even be able to say them."""

    kind: type[BaseException]
    text: str
    place: str = ""

    @property
    def name(self) -> str:
        """What Python calls the error."""
        return name_of(self.kind)

    def is_a(self, kind: type[BaseException]) -> bool:
        """Tell whether it is an error of this kind."""
        return any(one is kind for one in type.__dict__["__mro__"].__get__(self.kind))


def call(function: Callable, *arguments: object) -> tuple[object, Failure | None]:
    """Return what a learner's function returned, and how it failed; only Ctrl-C goes through.

    Examples
    --------
    >>> call(len, [1, 2])
    (2, None)
    >>> call(int, "seven")[1].name
    'ValueError'
    """
    outside = _clock.running
    try:
        try:
            _clock.running = True
            return function(*arguments), None
        finally:
            _clock.running = outside
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        _clock.running = outside  # again, if the time was over in between
        text = "" if isinstance(error, TooLong) else _words(error)
        return None, Failure(type(error), text, _place(error, function))


def name_of(kind: type) -> str:
    """Return a type's name, past what a class of classes may say."""
    return type.__dict__["__name__"].__get__(kind)


def _words(error: BaseException) -> str:
    """Return an error's words: to ask for them is to run a learner's code again."""
    text, failure = call(lambda: " ".join(str(error)[: 5 * LONGEST].split())[:LONGEST])
    return "an error that cannot be printed" if failure else text


def _place(error: BaseException, function: Callable) -> str:
    """Return where in the learner's own code it happened: the innermost line of the function's file."""
    if type(function) not in (FunctionType, MethodType):
        return ""
    code, trace, line = function.__code__, error.__traceback__, None
    while trace:  # there may be thousands: the function may call itself
        if trace.tb_frame.f_code.co_filename == code.co_filename:
            line = trace.tb_lineno
        trace = trace.tb_next
    if line is None:
        return ""
    text = linecache.getline(code.co_filename, line).strip()
    return f", at line {line}" + (f": `{text}`" if text else "")


@contextlib.contextmanager
def guarded(seconds: float | None = None) -> Iterator[None]:
    """Limit time (`SECONDS`), memory and prints for all that `call` calls, and put back what it changes.

    Examples
    --------
    >>> with guarded(0.2):
    ...     _, failure = call(lambda: [0 for _ in iter(int, 1)])
    >>> failure.name
    'TooLong'
    """
    if _clock.thread is not None:  # one is enough
        yield
        return
    with own_state(), _few_prints(), _little_memory(), _clock.limited(seconds or SECONDS):
        yield


# ---- time
class _Clock:
    """Ends what `call` calls as soon as the time is over, again and again."""

    def __init__(self) -> None:
        self.running, self.until, self.thread = False, math.inf, None

    @contextlib.contextmanager
    def limited(self, seconds: float) -> Iterator[None]:
        outside, self.running = self.running, False  # of a check, what runs between two calls is ours
        self.until, self.thread = time.monotonic() + seconds, threading.get_ident()
        try:
            with _ticking()(self, seconds):
                yield
        finally:
            self.until, self.thread, self.running = math.inf, None, outside

    def strike(self, *event: object) -> None:
        if self.running and time.monotonic() > self.until and threading.get_ident() == self.thread:
            raise TooLong


_clock = _Clock()


def is_over() -> bool:
    """Tell whether the time of the guard is over, whatever became of the call."""
    return time.monotonic() > _clock.until


def _ticking() -> Callable:
    """Return what looks at the clock: the system's alarm costs nothing, but is for the main thread only."""
    main = threading.current_thread() is threading.main_thread()
    if main and hasattr(signal, "setitimer") and sys.platform != "emscripten":  # it has one that never rings
        return _alarm
    return _monitoring if hasattr(sys, "monitoring") and _free_tool() else _tracing


@contextlib.contextmanager
def _alarm(clock: _Clock, seconds: float) -> Iterator[None]:
    """Let the system interrupt: Python also wakes from `time.sleep` and `input`."""
    begun = time.monotonic()
    before = signal.signal(signal.SIGALRM, clock.strike)
    left, interval = signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before or signal.SIG_DFL)
        if left:  # somebody else's alarm
            signal.setitimer(signal.ITIMER_REAL, max(left - (time.monotonic() - begun), 1e-3), interval)


def _free_tool() -> int | None:
    return next((tool for tool in (4, 3) if sys.monitoring.get_tool(tool) is None), None)


@contextlib.contextmanager
def _monitoring(clock: _Clock, seconds: float) -> Iterator[None]:
    """Look at the clock at each turn of a loop and each call (from Python 3.12 on)."""
    tool, events = _free_tool(), sys.monitoring.events
    watched = (events.JUMP, events.PY_START, events.PY_RESUME)
    sys.monitoring.use_tool_id(tool, "cnnlib.exercises")
    try:
        for event in watched:
            sys.monitoring.register_callback(tool, event, clock.strike)
        sys.monitoring.set_events(tool, sum(watched))
        yield
    finally:
        sys.monitoring.set_events(tool, 0)
        for event in watched:
            sys.monitoring.register_callback(tool, event, None)
        sys.monitoring.free_tool_id(tool)


@contextlib.contextmanager
def _tracing(clock: _Clock, seconds: float) -> Iterator[None]:
    """Look at the clock at each line."""

    class Again(TooLong):
        """Python stops tracing with the first error; when that has been caught and is gone, it goes on."""

        def __init__(self, frame: FrameType):
            self.frame = frame

        def __del__(self) -> None:
            if clock.running:
                self.frame.f_trace = look
                sys.settrace(look)

    def look(frame: FrameType, event: str, arg: object) -> Callable:
        if event == "call" and _turns_on_the_spot(frame.f_code):
            frame.f_trace_opcodes = True
        try:
            clock.strike()
        except TooLong:
            raise Again(frame) from None
        return look

    before = sys.gettrace()
    sys.settrace(look)
    try:
        yield
    finally:
        sys.settrace(before)


@lru_cache(maxsize=256)
def _turns_on_the_spot(code: CodeType) -> bool:
    """Tell whether it has a loop of one instruction, ``while True: pass``: to Python 3.11 no line."""
    return any(step.argval == step.offset for step in dis.get_instructions(code) if "JUMP" in step.opname)


# ---- memory
@contextlib.contextmanager
def _little_memory() -> Iterator[None]:
    """Let Python refuse what does not fit, before the system ends the kernel for it (on Linux)."""
    try:
        import resource

        used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    except (ImportError, OSError):
        yield
        return
    before = resource.getrlimit(resource.RLIMIT_AS)
    most = min([used + MEMORY, *(limit for limit in before if limit != resource.RLIM_INFINITY)])
    resource.setrlimit(resource.RLIMIT_AS, (most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


def count(value: object, depth: int = 0) -> int:
    """Return how many numbers (or letters) a value holds, without copying it; beyond `MOST` it may stop.

    Examples
    --------
    >>> count([[1, 2], np.ones(3)]), count(np.broadcast_to(0, (10**9, 10**9))), count(range(10**15))
    (5, 1000000000000000000, 1000000000000000)
    """
    if isinstance(value, np.ndarray):
        return int(np.asarray(value).size)
    length = len(value) if hasattr(type(value), "__len__") else 1
    if not isinstance(value, list | tuple) or length > MOST or depth > DEEPEST:
        return length
    total = 0
    for item in value:
        total += 1 if type(item) in (int, float) else count(item, depth + 1)
        if total > MOST:
            break
    return total


def refuse_too_large(value: object) -> None:
    """Refuse a value that nobody should copy or compare.

    Raises
    ------
    TooLarge
        With the number of its numbers.

    Examples
    --------
    >>> call(refuse_too_large, range(3_000_000))[1].text
    '3,000,000'
    """
    if (size := count(value)) > MOST:
        raise TooLarge(f"{size:,}")


# ---- prints
class _Few(io.TextIOBase):
    """A stream that hands on the first characters and counts the others."""

    def __init__(self, stream: io.TextIOBase, left: int):
        self.stream, self.left = stream, left

    def write(self, text: str) -> int:
        if self.left > 0:
            self.stream.write(text[: self.left])
        self.left -= len(text)
        return len(text)

    def flush(self) -> None:
        self.stream.flush()


@contextlib.contextmanager
def _few_prints() -> Iterator[None]:
    few = [_Few(stream, PRINTED) for stream in (sys.stdout, sys.stderr)]
    try:
        with contextlib.redirect_stdout(few[0]), contextlib.redirect_stderr(few[1]):
            yield
    finally:
        for one in few:
            if one.left < 0:
                one.stream.write(f" ...\n({-one.left:,} more characters were printed.)\n")


# ---- the state of Python and NumPy
_OWN = [(vars(module), dict(vars(module))) for module in (builtins, math, random, np, np.linalg, np.random)]


@contextlib.contextmanager
def own_state() -> Iterator[None]:
    """Give Python's and NumPy's own functions to what runs in here, and leave all as it was.

    Examples
    --------
    >>> pad = np.pad
    >>> with own_state():
    ...     np.pad = None
    ...     np.random.seed(0)
    >>> np.pad is pad
    True
    """
    replaced, shared = _take_back(), _shared()
    numbers, limit = random.getstate(), sys.getrecursionlimit()
    more = np.random.get_state()  # noqa: NPY002
    raise_limit, sys.setrecursionlimit = sys.setrecursionlimit, lambda limit: None  # deeper, Python may crash
    try:
        with warnings.catch_warnings(), np.errstate(), np.printoptions(), _no_exit():
            yield
    finally:
        _take_back()
        for names, key, value in replaced:
            names[key] = value
        for put_back, value in shared:
            with contextlib.suppress(OSError, locale.Error):  # it may be gone by now
                put_back(value)
        random.setstate(numbers)
        np.random.set_state(more)  # noqa: NPY002
        sys.setrecursionlimit = raise_limit
        sys.setrecursionlimit(limit)


def _shared() -> list[tuple[Callable, object]]:
    """Return what else a function may change for all: how to put it back, and what it is now."""
    path = sys.path

    def variables_back(variables: dict[str, str]) -> None:
        if dict(os.environ) != variables:
            os.environ.clear()
            os.environ.update(variables)

    def path_back(places: list[str]) -> None:
        sys.path, path[:] = path, places

    state = [
        (variables_back, dict(os.environ)),
        (path_back, path.copy()),
        (functools.partial(locale.setlocale, locale.LC_ALL), locale.setlocale(locale.LC_ALL)),
        (decimal.setcontext, decimal.getcontext().copy()),
    ]
    with contextlib.suppress(OSError):  # the working directory may have been deleted
        state.append((os.chdir, os.getcwd()))
    return state


def _take_back() -> list[tuple[dict, str, object]]:
    """Put functions that were replaced back into their modules; return those that stood there."""
    replaced = []
    for names, own in _OWN:
        for key, value in own.items():
            if key not in names:
                names[key] = value
            elif names[key] is not value:
                replaced.append((names, key, names[key]))
                names[key] = value
    return replaced


@contextlib.contextmanager
def _no_exit() -> Iterator[None]:
    """Let IPython's `exit()` be an error: in a notebook it ends the kernel."""
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    if shell is None or "ask_exit" in vars(shell):
        yield
        return

    def ask_exit() -> None:
        raise SystemExit

    shell.ask_exit = ask_exit
    try:
        yield
    finally:
        del shell.ask_exit
