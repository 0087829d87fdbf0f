"""A learner's function may do anything: the check answers with a sentence, and all lives as before."""

import asyncio
import builtins
import decimal
import itertools
import locale
import math
import os
import random
import signal
import sys
import threading
import time
import types
import warnings

import numpy as np
import pytest

from cnnlib import exercises
from cnnlib.exercises import answers, check_number, check_slide, commit, safely
from cnnlib.exercises.grading import FunctionCheck, KernelCheck, grade_function
from cnnlib.exercises.safely import Failure, TooLarge, TooLong, call, count, guarded
from cnnlib.exercises.trying import as_numbers

CHECKS = {name: getattr(exercises, name) for name in exercises.__all__ if name.startswith("check_")}
FUNCTIONS = {n: c for n, c in CHECKS.items() if isinstance(getattr(c, "check", None), FunctionCheck)}
OTHERS = {name: check for name, check in CHECKS.items() if name not in FUNCTIONS and name != "check_number"}
SAMPLE = ["check_slide", "check_out_size", "check_gradient", "check_gram"]


@pytest.fixture(autouse=True)
def quiet_finalisers(monkeypatch):
    """An alarm may strike in a finaliser; struck again, pytest's own hook for that would fail the test."""
    monkeypatch.setattr(sys, "unraisablehook", lambda *_: None)


@pytest.fixture
def soon(monkeypatch):
    """Let the time be over soon."""
    monkeypatch.setattr(safely, "SECONDS", 0.05)


# ---- functions that have no end
def one_instruction(*given):
    while True:
        pass


def turns(*given):
    number = 0
    while number < 1:
        number -= 1


def never_empty(*given):
    for _ in iter(int, 1):
        pass


def generates(*given):
    return sum(1 for _ in iter(int, 1))


def listed(*given):
    return [1 for number in iter(int, 1) if number]


def catches_all(*given):
    while True:
        try:  # noqa: SIM105
            given = given[:]
        except:  # noqa: E722
            pass


def catches_all_of_a_loop(*given):
    while True:
        try:
            while True:
                given = given[:]
        except:  # noqa: E722
            pass


def catches_errors(*given):
    while True:
        try:  # noqa: SIM105
            int("seven")
        except Exception:
            pass


def prints(*given):
    while True:
        print("x" * 1000)


def grows(*given):
    while True:
        given = (*given, 1)


def cleans_up(*given):
    try:
        one_instruction()
    finally:
        del given


ENDLESS = [
    one_instruction,
    turns,
    never_empty,
    generates,
    listed,
    catches_all,
    catches_all_of_a_loop,
    catches_errors,
    prints,
    grows,
    cleans_up,
]
TICKING = {
    "alarm": pytest.param(
        "_alarm", marks=pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="there is no alarm")
    ),
    "monitoring": pytest.param(
        "_monitoring", marks=pytest.mark.skipif(not hasattr(sys, "monitoring"), reason="from Python 3.12 on")
    ),
    "tracing": "_tracing",
}


@pytest.mark.parametrize("ticking", TICKING.values(), ids=TICKING)
@pytest.mark.parametrize("function", ENDLESS)
def test_what_has_no_end_is_ended(function, ticking, monkeypatch):
    monkeypatch.setattr(safely, "_ticking", lambda: getattr(safely, ticking))
    before = sys.gettrace()
    with guarded(0.05):
        _, failure = call(function)
    assert failure.is_a(TooLong)
    assert sys.gettrace() is before
    assert sum(range(1000)) == 499500  # nothing strikes later


@pytest.mark.parametrize("ticking", TICKING.values(), ids=TICKING)
def test_what_ends_is_returned(ticking, monkeypatch):
    monkeypatch.setattr(safely, "_ticking", lambda: getattr(safely, ticking))
    with guarded():
        assert call(sorted, [3, 1]) == ([1, 3], None)
        assert call(lambda: [number**2 for number in range(3)]) == ([0, 1, 4], None)


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="there is no alarm")
def test_the_alarm_wakes_a_sleeper_and_leaves_that_of_others():
    rang = []
    before = signal.signal(signal.SIGALRM, lambda *event: rang.append(1))
    signal.setitimer(signal.ITIMER_REAL, 0.3)
    try:
        with guarded(0.1):
            _, failure = call(time.sleep, 3)
        assert failure.is_a(TooLong)
        time.sleep(0.5)
        assert rang == [1]
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def test_in_another_thread_there_is_no_alarm():
    found = []
    thread = threading.Thread(target=lambda: found.append((safely._ticking(), _ended())))
    thread.start()
    thread.join()
    assert found[0][0] is not safely._alarm
    assert found[0][1].is_a(TooLong)


def _ended():
    with guarded(0.1):
        return call(one_instruction)[1]


def test_the_browser_has_an_alarm_that_never_rings(monkeypatch):
    monkeypatch.setattr(sys, "platform", "emscripten")
    assert safely._ticking() is not safely._alarm


@pytest.mark.parametrize("name", FUNCTIONS)
def test_each_check_names_the_loop_without_an_end(name, soon):
    feedback = CHECKS[name](one_instruction)
    assert feedback.verdict == "wrong"
    assert "was stopped, at line" in feedback.message
    assert "Does each of its loops come to an end?" in feedback.message


def test_the_time_is_for_all_cases_together(soon):
    calls = []

    def slow(image, kernel):
        calls.append(1)
        return one_instruction()

    assert check_slide.check.cases[0].name in check_slide(slow).message
    assert len(calls) == 1


# ---- functions that end in another way
class Odd(Exception):
    def __str__(self):
        raise ValueError("no words")


class OddForEver(Exception):
    def __str__(self):
        return one_instruction()


class OddAtLength(Exception):
    def __str__(self):
        return "words " * 10**6


def raises(error):
    def function(*given):
        raise error

    return function


def calls_itself(*given):
    return calls_itself(*given)


def calls_itself_deeply(*given):
    sys.setrecursionlimit(10**9)
    return calls_itself(*given)


ENDS = {
    "SystemExit": (raises(SystemExit), "`exit` ends Python itself"),
    "SystemExit in words": (raises(SystemExit("bye")), "SystemExit: bye"),
    "GeneratorExit": (raises(GeneratorExit), "GeneratorExit"),
    "CancelledError": (raises(asyncio.CancelledError), "CancelledError"),
    "BaseException": (raises(BaseException("odd")), "BaseException: odd"),
    "no words": (raises(Odd), "Odd: an error that cannot be printed"),
    "words without an end": (raises(OddForEver), "OddForEver: an error that cannot be printed"),
    "many words": (raises(OddAtLength), "OddAtLength: words words"),
    "recursion": (calls_itself, "The function calls itself without an end."),
    "deep recursion": (calls_itself_deeply, "The function calls itself without an end."),
    "memory": (raises(MemoryError), "more than the memory holds"),
}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_an_odd_end_is_told(name):
    for kind, (function, words) in ENDS.items():
        if kind != "words without an end":
            feedback = CHECKS[name](function)
            assert feedback.verdict == "wrong"
            assert words in feedback.message
            assert len(feedback.message) < 1000
    assert answers.load()[CHECKS[name].check.id]["tries"] == len(ENDS) - 1


@pytest.mark.parametrize("name", SAMPLE)
def test_words_without_an_end(name, soon):
    function, words = ENDS["words without an end"]
    assert words in CHECKS[name](function).message


@pytest.mark.parametrize("where", ["in the call", "in the words"])
def test_ctrl_c_stays_the_learners(where):
    class Interrupted(Exception):
        def __str__(self):
            raise KeyboardInterrupt

    pad = np.pad
    with pytest.raises(KeyboardInterrupt):
        check_slide(raises(KeyboardInterrupt if where == "in the call" else Interrupted))
    assert answers.load() == {}
    assert np.pad is pad
    assert not isinstance(sys.stdout, safely._Few)
    with guarded(0.1):  # the guard is free again
        assert call(one_instruction)[1].is_a(TooLong)


def test_exit_of_a_notebook_is_an_error(monkeypatch):
    left = []

    class Shell:
        def ask_exit(self):
            left.append(1)

    shell = Shell()
    monkeypatch.setitem(sys.modules, "IPython", types.SimpleNamespace(get_ipython=lambda: shell))
    assert "SystemExit" in check_slide(lambda image, kernel: shell.ask_exit()).message
    assert left == []
    shell.ask_exit()
    assert left == [1]


# ---- results without measure
def odd_class(**methods):
    return type("Odd", (), methods)()


def itself():
    held = []
    held.append(held)
    return held


def deep(levels=3000):
    held = []
    for _ in range(levels):  # more than Python's own limit for what calls itself
        held = [held]
    return held


class OddArray(np.ndarray):
    @property
    def size(self):
        return 1

    def __eq__(self, other):
        raise RuntimeError

    def __array_finalize__(self, other):
        pass


LARGE = {
    "an array": lambda: np.broadcast_to(np.float64(1), (10**6, 10**6)),
    "a range": lambda: range(10**15),
    "a list": lambda: [0] * 300_000,
    "lists": lambda: [[0] * 1000] * 1000,
    "empty lists": lambda: [[]] * 300_000,
    "a text": lambda: "x" * 300_000,
    "a class that says so": lambda: odd_class(__len__=lambda self: 10**15, __getitem__=lambda self, i: 0),
    "a class that makes it": lambda: odd_class(
        __array__=lambda self, dtype=None, copy=None: np.broadcast_to(1.0, (10**6, 10**6))
    ),
    "an array that lies": lambda: np.broadcast_to(1.0, (10**6, 10**6)).view(OddArray),
}
STRANGE = {
    "a generator": lambda: (number for number in itertools.count()),
    "an endless iterator": lambda: itertools.count(),
    "a map": lambda: map(int, itertools.count()),
    "itself": itself,
    "deep": deep,
    "no length": lambda: odd_class(__len__=lambda self: 1 / 0, __getitem__=lambda self, i: 0),
    "negative length": lambda: odd_class(__len__=lambda self: -1, __getitem__=lambda self, i: 0),
    "exit for an array": lambda: odd_class(__array__=lambda self, *how, **more: sys.exit()),
    "an array of text": lambda: odd_class(__array__=lambda self, *how, **more: "text"),
    "unequal": lambda: odd_class(__eq__=lambda self, other: 1 / 0, __float__=lambda self: 1.0),
    "a class of no class": lambda: odd_class(__class__=property(lambda self: 1 / 0)),
    "exit for a number": lambda: odd_class(__float__=lambda self: sys.exit(), __iter__=lambda self: 1 / 0),
    "no words": lambda: odd_class(__repr__=lambda self: 1 / 0, __str__=lambda self: 1 / 0),
    "attributes": lambda: odd_class(__getattr__=lambda self, name: sys.exit()),
    "a mapping": lambda: {number: number for number in range(9)},
    "a module": lambda: np,
    "a function": lambda: one_instruction,
    "objects": lambda: np.array([odd_class(__float__=lambda self: sys.exit()), 1], dtype=object),
}
ENDLESS_RESULTS = {
    "length": lambda: odd_class(__len__=one_instruction, __getitem__=lambda self, i: 0),
    "array": lambda: odd_class(__array__=one_instruction),
    "class": lambda: odd_class(__class__=property(one_instruction)),
    "items": lambda: odd_class(__len__=lambda self: 3, __getitem__=one_instruction),
}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_too_many_numbers_are_refused(name):
    for kind, make in LARGE.items():
        feedback = CHECKS[name](lambda *given, make=make: make())
        assert feedback.verdict == "wrong", kind
        assert "numbers, where" in feedback.message, kind
        assert "were not looked at" in feedback.message, kind
    assert answers.load()[CHECKS[name].check.id]["tries"] == len(LARGE)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_strange_results_are_told(name):
    for kind, make in STRANGE.items():
        feedback = CHECKS[name](lambda *given, make=make: make())
        assert feedback.verdict == "wrong", kind
        assert len(feedback.message) < 1000, kind
    assert answers.load()[CHECKS[name].check.id]["tries"] == len(STRANGE)


def test_lists_deeper_than_any_stack_are_told():
    assert check_slide(lambda *given: deep(100_000)).verdict == "wrong"
    assert check_number("03-places", deep(100_000)).verdict == "wrong"


@pytest.mark.parametrize("name", SAMPLE)
@pytest.mark.parametrize("kind", ENDLESS_RESULTS)
def test_results_without_an_end(name, kind, soon):
    feedback = CHECKS[name](lambda *given: ENDLESS_RESULTS[kind]())
    assert "cannot be read within 5 seconds" in feedback.message


@pytest.mark.parametrize("name", [name for name in OTHERS if name != "check_split"])
def test_strange_answers_are_told(name):
    for kind, make in {**LARGE, **STRANGE}.items():
        assert OTHERS[name](make()).verdict in ("wrong", "not answered yet"), kind


@pytest.mark.parametrize("name", [name for name in OTHERS if name != "check_split"])
@pytest.mark.parametrize("kind", ["length", "array", "items"])
def test_answers_without_an_end(name, kind, soon):
    assert OTHERS[name](ENDLESS_RESULTS[kind]()).verdict in ("wrong", "not answered yet")


def test_strange_numbers_and_guesses_are_told():
    for kind, make in {**LARGE, **STRANGE}.items():
        assert check_number("03-places", make()).verdict == "wrong", kind
        assert commit("03-predict-size", make()).verdict == "not answered yet", kind


CALLABLE = {
    "attributes": lambda: odd_class(__call__=lambda *given: 1, __getattr__=lambda self, name: sys.exit()),
    "no class": lambda: odd_class(__call__=lambda *given: 1, __class__=property(lambda self: 1 / 0)),
    "exit": lambda: odd_class(__call__=lambda *given: sys.exit()),
    "exec": lambda: exec,
    "type": lambda: type,
    "ufunc": lambda: np.add,
}


@pytest.mark.parametrize("kind", CALLABLE)
def test_strange_functions_are_told(kind):
    assert check_slide(CALLABLE[kind]()).verdict == "wrong"
    assert answers.load()["03-slide"]["tries"] == 1


def test_what_is_counted():
    assert count([[1, 2], [3, [4, 5]]]) == 5
    assert count(7) == count(None) == count(iter([])) == 1
    with pytest.raises(TooLarge):
        as_numbers(range(300_000))


# ---- prints
def test_prints_are_shown_up_to_a_length(capsys):
    def chatty(image, kernel):
        print("begin")
        print("x" * 10**7)
        print("y" * 10**7, file=sys.stderr)

    check_slide(chatty)
    shown = capsys.readouterr()
    for text, letter in ((shown.out, "x"), (shown.err, "y")):
        assert len(text) < safely.PRINTED + 100
        assert letter * 100 in text
        assert "more characters were printed" in text
    assert shown.out.startswith("begin\n")


def test_few_prints_are_shown_as_they_are(capsys):
    check_slide(lambda image, kernel: print(image.shape))
    shown = capsys.readouterr()
    assert len(shown.out.splitlines()) == len(check_slide.check.cases)
    assert shown.err == ""


# ---- what is changed for all
def what_all_share():
    return {
        "pad": np.pad,
        "errors": np.geterr(),
        "printing": np.get_printoptions(),
        "random": random.getstate(),
        "numpy": np.random.get_state()[1].tolist(),  # noqa: NPY002
        "limit": sys.getrecursionlimit(),
        "streams": (sys.stdout, sys.stderr),
        "built in": (builtins.sum, math.pi, np.linalg.norm),
        "filters": list(warnings.filters),
        "clock": time.monotonic,
        "folder": os.getcwd(),
        "environment": dict(os.environ),
        "path": (sys.path, list(sys.path)),
        "locale": locale.setlocale(locale.LC_ALL),
        "decimals": decimal.getcontext().prec,
    }


def test_all_is_put_back(tmp_path):
    np.random.seed(7)  # noqa: NPY002
    random.seed(7)
    state = what_all_share()

    def careless(image, kernel):
        np.seterr(all="raise")
        np.random.seed(0)  # noqa: NPY002
        random.seed(0)
        np.set_printoptions(precision=1)
        warnings.simplefilter("error")
        sys.setrecursionlimit(50)
        np.pad = np.sum = np.linalg.norm = builtins.sum = None
        math.pi = 3
        del np.convolve
        sys.stdout = sys.stderr = None
        os.chdir(tmp_path)
        os.environ["HOME"] = "elsewhere"
        sys.path.clear()
        sys.path = []
        locale.setlocale(locale.LC_ALL, "C")
        decimal.getcontext().prec = 2
        return image

    assert check_slide(careless).verdict == "wrong"
    assert state == what_all_share()
    assert np.convolve([1], [2]).tolist() == [2]


def test_a_folder_that_is_gone(tmp_path, monkeypatch):
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")

    def careless(image, kernel):
        (tmp_path / "here").rmdir()
        return image

    assert check_slide(careless).verdict == "wrong"


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_check_holds_where_numpy_was_replaced(name, monkeypatch):
    for function in ("pad", "sum", "maximum", "argmax", "zeros"):
        monkeypatch.setattr(np, function, lambda *given, **more: 1 / 0)
    check = CHECKS[name]
    assert check(check.check.truth).verdict == "right"
    with pytest.raises(ZeroDivisionError):
        np.pad(1)  # what the learner put there is there again


def test_a_function_that_asks_a_check_is_still_watched(soon):
    def asks(image, kernel):
        check_slide(lambda image, kernel: image)
        return one_instruction()

    assert "was stopped" in check_slide(asks).message


# ---- a blank that is left in a line
def test_dots_in_a_line_are_no_answer():
    def half(image, kernel):
        rows = ...
        return np.zeros(rows)

    def other(image, kernel):
        steps = ...
        return image / steps

    def third(image, kernel):
        output = np.zeros(image.shape)
        output[1:] += ...
        return output

    for function in (half, other, third):
        feedback = check_slide(function)
        assert feedback.verdict == "not answered yet"
        assert "`...` is still to be replaced, at line" in feedback.message
        assert "...`" in feedback.message
    assert answers.load() == {}


def test_dots_that_are_no_blank():
    def stub(image, kernel):
        """Return what is missing."""
        ...
        return image[..., 0].missing

    assert check_slide(stub).verdict == "wrong"


# ---- nothing of this is noticed
def test_no_kernel_check_or_function_is_called_elsewhere():
    """All checks of a function go through `try_all`, where there is a guard."""
    called = []

    def probe(*given):
        called.append(safely._clock.thread is not None)
        return 0

    for check in FUNCTIONS.values():
        grade_function(probe, check.check)
    assert all(called)
    assert len(called) >= len(FUNCTIONS)
    assert any(isinstance(check.check, KernelCheck) for check in OTHERS.values())


def test_a_failure_is_plain_words():
    with guarded():
        _, failure = call(raises(Odd))
    assert isinstance(failure, Failure)
    assert failure.name == "Odd"
    assert failure.is_a(Exception)
    assert not failure.is_a(TooLong)
