"""The `check_...` that a lesson calls: each says what is amiss and records the answer. None raises.

They stand in the lessons' ``checks.py``, in one of four forms: `function_check` for a function to write,
`kernel_check` for a kernel, `numbers_check` for several numbers at once, `answer_check` for anything else.
What is checked, as data, is their attribute ``check``.
"""

import functools
import inspect
import re
import sys
import textwrap
from collections.abc import Callable, Iterable, Mapping

from cnnlib.exercises import safely
from cnnlib.exercises.edits import Edit, Program
from cnnlib.exercises.feedback import Feedback
from cnnlib.exercises.grading import (
    Flaw,
    KernelCheck,
    grade_function,
    grade_kernel,
    grade_number,
    grade_numbers,
)
from cnnlib.exercises.reading import Number, Numbers, find
from cnnlib.exercises.solutions import answered
from cnnlib.exercises.trying import Case, Check, FunctionCheck, Mistake

__all__ = [
    "answer_check",
    "check_number",
    "function_check",
    "kernel_check",
    "numbers_check",
]

Public = Callable[..., Feedback]
_INDENT = {"initial_indent": "    ", "subsequent_indent": "    "}


def function_check(
    id: str,
    *,
    makes: str,
    takes: str,
    example: str,
    call: str,
    cases: Iterable[tuple],
    truth: Callable,
    right: str,
    errors: Iterable[tuple[str, str]] = (),
    dtype: type | None = None,
    elements: Iterable[str] = (),
    edits: str = "",
    mistakes: Iterable[tuple[str, Callable]] = (),
) -> Public:
    """Return the check of a function to write.

    Parameters
    ----------
    id : str
        That of the exercise; the check is called after it, ``check_max_pool`` for ``"09-max-pool"``.
    makes, takes, example : str
        For its docstring: ``"a learner's own max pooling"``, what the function takes and returns, a doctest.
    cases : iterable of (str, argument, argument ...)
        The words for a case, and what the function is called with. Each argument has a method ``copy``.
    edits : str
        What learners write in place of words of the truth, ``2 * padding -> padding``, each on a line of its
        own, and indented below them the sentence that names this mistake. Where the new words hold ``_`` any
        number may stand; the sentence says ``{}`` for it. Edits of two places are joined by ``;;``. A line
        that begins with ``;;`` or ``->`` goes on from the one above.
    mistakes : iterable of (str, callable)
        Those that are no edit: the sentence, and a function that makes the mistake.
    call, truth, right, errors, dtype, elements
        As in `FunctionCheck`.

    Examples
    --------
    >>> import numpy as np
    >>> check_slide = function_check("03-slide", makes="a doubling", takes="Takes a number.", example="",
    ...     call="double(x)", cases=[("one", np.array(1)), ("three", np.array(3))],
    ...     truth=lambda x: 2 * x, mistakes=[("You added 2.", lambda x: x + 2)], right="Twice as much.")
    >>> print(check_slide(lambda x: x + 2))
    Not yet: You added 2.
    >>> print(check_slide())
    Not answered yet. Write the function first; then it is called as `double(x)`.
    """
    known, free = _read_edits(truth, edits)
    check = FunctionCheck(
        id=id,
        call=call,
        cases=tuple(Case(name, tuple(arguments)) for name, *arguments in cases),
        truth=truth,
        mistakes=(*known, *(Mistake(*mistake) for mistake in mistakes)),
        right=right,
        errors=tuple(errors),
        dtype=dtype,
        free=tuple(free),
        elements=tuple(elements),
    )

    def public(function: Callable | None = None) -> Feedback:
        with safely.own_state():  # the function has a guard of its own
            graded, failure = safely.call(grade_function, function, check)
        return answered(id, function, _unread(failure) if failure else graded)

    return _public(public, check, makes, {"function : callable": takes}, example)


def _read_edits(truth: Callable, text: str) -> tuple[list[Mistake], list[Edit]]:
    """Return the mistakes that are edits, and apart from them those in which a number is to be found."""
    program, known, free = Program.of(truth), [], []
    for ways, says in re.findall(r"((?:^\S.*\n)+)((?:^ .*\n?)+)", textwrap.dedent(text), re.MULTILINE):
        for way in re.sub(r"\n(?=;;|->)", " ", ways).strip().split("\n"):
            edit = program.edit(" ".join(says.split()), way)
            if edit.free:
                free.append(edit)
            elif function := program.function((edit,)):
                known.append(Mistake(edit.says, function, edit))
            else:
                raise ValueError(f"function_check: {way!r} makes no sense in {truth.__name__}")
    return known, free


def kernel_check(
    id: str,
    *,
    makes: str,
    takes: str,
    example: str,
    flaws: Iterable[tuple],
    right: str,
    shape: tuple[int, int] = (3, 3),
    name: str = "",
) -> Public:
    """Return the check of a kernel; `flaws` are (sentence, test) or (sentence, test, verdict).

    Examples
    --------
    >>> check_shift = kernel_check("03-shift", makes="a kernel", takes="Nine weights.", example="",
    ...     flaws=[("It is black.", lambda kernel: not kernel.any())], right="Yes.")
    >>> print(check_shift([[0, 0, 0]] * 3))
    Not yet: It is black.
    """
    check = KernelCheck(id=id, flaws=tuple(Flaw(*flaw) for flaw in flaws), right=right, shape=shape)

    def public(kernel: object = None) -> Feedback:
        return answered(id, kernel, _safely(grade_kernel, kernel, check))

    return _public(public, check, makes, {"kernel : array_like": takes}, example, name)


def numbers_check(id: str, *, makes: str, takes: Mapping[str, str], example: str) -> Public:
    """Return the check of several numbers at once, whose right and wrong values `exercises.toml` holds.

    Parameters
    ----------
    takes : mapping of str to str
        The arguments, one for each part of the exercise and in their order, with their words.

    Examples
    --------
    >>> sides = {"full, same, valid": "The three sides."}
    >>> check_modes = numbers_check("05-modes", makes="three sides", takes=sides, example="")
    >>> print(check_modes(6, 4, 1))
    Not yet: (valid) That is the number of steps. Positions are one more.
    """
    names = [name for key in takes for name in key.split(", ")]
    parameters = [inspect.Parameter(n, inspect.Parameter.POSITIONAL_OR_KEYWORD, default=None) for n in names]
    signature = inspect.Signature(parameters, return_annotation=Feedback)

    def public(*args: object, **named: object) -> Feedback:
        bound = signature.bind(*args, **named)
        bound.apply_defaults()
        asked, values = find(id, Numbers, "numbers_check"), list(bound.arguments.values())
        given = dict(zip(asked.parts, values, strict=True))
        return answered(id, values, _safely(grade_numbers, given, asked))

    public.__signature__ = signature
    words = {f"{key} : float": says for key, says in takes.items()}
    return _public(public, Check(id=id), makes, words, example)


def answer_check(id: str, seconds: float | None = None) -> Callable[[Callable], Public]:
    """Return a decorator: a function that grades an answer of its own kind becomes a check.

    The function returns a `Feedback`, and its first argument is recorded; or a pair, the feedback and what to
    record in its place. It may take `seconds`, if not the usual few: an answer may be anything.

    Examples
    --------
    >>> @answer_check("02-shape")
    ... def check_shape(shape=None):
    ...     return Feedback("right" if shape == (480, 640, 3) else "wrong", "Rows first.")
    >>> print(check_shape((640, 480, 3)))
    Not yet: Rows first.
    """

    def decorate(grade: Callable) -> Public:
        signature = inspect.signature(grade)

        @functools.wraps(grade)
        def public(*args: object, **named: object) -> Feedback:
            bound = signature.bind(*args, **named)
            graded = _safely(lambda: grade(*args, **named), seconds=seconds)
            first = next(iter(bound.arguments.values()), None)
            feedback, answer = graded if isinstance(graded, tuple) else (graded, first)
            return answered(id, answer, feedback)

        public.check = Check(id=id)
        return public

    return decorate


def check_number(exercise_id: str, value: object = None, *after_a_comma: object) -> Feedback:
    """Check a number that the learner worked out.

    Parameters
    ----------
    exercise_id : str
        For example ``"03-places"``; the message about an unknown one lists all there are.
    value : float, optional
        The learner's number; without it the exercise is not answered yet.
    *after_a_comma
        There if the number was written as in the text, ``63,802``: for Python these are two.

    Returns
    -------
    Feedback
        A wrong number is matched to the mistake that leads to it.

    Raises
    ------
    ValueError
        If there is no such exercise. A wrong or strange value never raises.

    Examples
    --------
    >>> print(check_number("03-products", 75))
    Right. Every weight meets one number: 5 rows, 5 columns, 3 channels. Adding them up takes 74 additions.
    """
    exercise = find(exercise_id, Number, "check_number")
    if after_a_comma:
        told = "For Python a comma stands between two numbers: write 12345 or 12_345 for 12,345."
        return answered(exercise_id, None, Feedback("not answered yet", told))
    return answered(exercise_id, value, _safely(grade_number, value, exercise))


def _safely(grade: Callable, *arguments: object, seconds: float | None = None) -> object:
    """Return what is said of an answer that may be anything."""
    with safely.guarded(seconds):
        graded, failure = safely.call(grade, *arguments)
    return _unread(failure) if failure else graded


def _unread(failure: safely.Failure) -> Feedback:
    says = f"Your answer cannot be read: that stops with {failure.name}"
    says += f": {failure.text}." if failure.text else "."
    if failure.is_a(safely.TooLong):
        says = "Your answer cannot be read: that was given up, as it took too long."
    if failure.is_a(safely.TooLarge):
        says = f"Your answer holds {failure.text} numbers, more than any right one. They were not looked at."
    return Feedback("wrong", says)


def _public(
    public: Public, check: Check, makes: str, takes: dict[str, str], example: str, name: str = ""
) -> Public:
    """Give a check its name, its docstring, and its module: there `help` and doctest look for it."""
    public.__name__ = public.__qualname__ = name or "check_" + check.id[3:].replace("-", "_")
    public.__module__ = sys._getframe(2).f_globals.get("__name__", "__main__")
    words = (f"{key}, optional\n{textwrap.fill(says, 104, **_INDENT)}" for key, says in takes.items())
    public.__doc__ = "\n\n".join(
        (
            f"Check {makes}.",
            "\n".join(["Parameters\n----------", *words]),
            "Returns\n-------\nFeedback\n    Names what is amiss. Never raises.",
            f"Examples\n--------\n{inspect.cleandoc(example)}\n",
        )
    )
    public.check = check
    return public
