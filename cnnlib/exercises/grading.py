"""The feedback ladder for a learner's function: the first rung that fails is the one that is told.

changed its input · missing · a known mistake · raised (unless one of the next three came before it) ·
returned nothing · wrong type · wrong shape · close · different · stored wrongly. The idea is that of MIT's
18.S191 homework; the sentences name the mistake, not the answer.
"""

import traceback
from collections.abc import Callable

import numpy as np

from cnnlib.demo.numbers import number_text
from cnnlib.exercises.feedback import Feedback, is_blank
from cnnlib.exercises.task import Case, Run, Task, as_numbers, same, shape_text

DIGITS = 6  # enough to tell a rounded number from the right one


def grade_function(function: object, task: Task) -> Feedback:
    """Try a learner's function on all cases and say the first thing that is amiss. Never raises.

    Parameters
    ----------
    function : callable
        Gets copies of its arguments, so it may change them: that is noticed and named.
    task : Task
        The cases, the truth and the bank of mistakes.

    Examples
    --------
    >>> double = Task("double(x)", (Case("a one", (np.ones(1),)),), lambda x: 2 * x, (), "Twice as much.")
    >>> print(grade_function(lambda x: x + x, double))
    Right. Twice as much.
    """
    if is_blank(function):
        return Feedback("not answered yet", f"Write the function first; then it is called as `{task.call}`.")
    if not callable(function):
        name = task.call.split("(")[0]
        kind = type(function).__name__
        says = f"The check needs the function itself, not a value of type {kind}: hand over `{name}`."
        return Feedback("wrong", says)
    runs = [_run(function, case, task.truth(*case.arguments)) for case in task.cases]
    for rung in _RUNGS:
        if feedback := rung(runs, function, task):
            return feedback
    return Feedback("right", task.right)


def _run(function: Callable, case: Case, expected: np.ndarray) -> Run:
    copies = tuple(argument.copy() for argument in case.arguments)
    returned, error = None, None
    try:
        with np.errstate(all="ignore"):  # the feedback names an overflow; a warning beside it would be noise
            returned = function(*copies)
    except Exception as caught:
        error = caught
    touched = any(not np.array_equal(*pair) for pair in zip(copies, case.arguments, strict=True))
    value = None if error is not None or is_blank(returned) else as_numbers(returned)
    return Run(case, expected, returned, value, error, touched)


def _missing(runs: list[Run], function: Callable, task: Task) -> Feedback | None:
    if all(run.error is None and is_blank(run.returned) for run in runs):
        says = "The function returns nothing so far. If its lines are written, only the `return` is missing."
        return Feedback("not answered yet", says)
    if all(isinstance(run.error, NotImplementedError) for run in runs):
        return Feedback(
            "not answered yet", f"Replace `raise NotImplementedError` by your own lines of `{task.call}`."
        )
    return None


def _touched(runs: list[Run], function: Callable, task: Task) -> Feedback | None:
    run = next((run for run in runs if run.touched and run.error is None), None)
    if run is None:
        return None
    start = "The numbers are right, but your" if all(run.right for run in runs) else "Your"
    verdict = "close" if all(run.right for run in runs) else "wrong"
    return Feedback(
        verdict, f"{start} function changes the array it is given. Write the results into a new array."
    )


def _known_mistake(runs: list[Run], function: Callable, task: Task) -> Feedback | None:
    usable = [run for run in runs if run.value is not None]
    if len(usable) < 2 or all(run.right for run in usable):  # a single input can agree by chance
        return None
    for mistake in task.mistakes:
        imitated = (_run(mistake.imitate, run.case, run.expected).value for run in usable)
        if all(
            value is not None and same(run.value, value) for run, value in zip(usable, imitated, strict=True)
        ):
            return Feedback("wrong", mistake.says)
    return None


def _raised(runs: list[Run], function: Callable, task: Task) -> Feedback | None:
    run = next((run for run in runs if run.error is not None), None)
    if run is None:
        return None
    for rung in (_nothing, _type, _shape):  # what was amiss before the crash is simpler, and often its cause
        if feedback := rung(runs[: runs.index(run)], function, task):
            return feedback
    error = run.error
    text = " ".join(str(error).split())[:200]
    place = _line(error, function) or f" (it is called as `{task.call}`)"
    passed = [run.case.name for run in runs if run.right]
    says = f"Your function stopped with {type(error).__name__}: {text}{place}. It was given {run.case.name}."
    reasons = [reason for words, reason in task.errors if words in text]
    if passed:
        reasons = [f"It did well on {passed[0]}: what is different here?"]
    return Feedback("wrong", " ".join([says, *reasons[:1]]))


def _line(error: Exception, function: Callable) -> str:
    """Return where in the learner's own code it happened: the innermost line of the function's file."""
    code = getattr(function, "__code__", None)
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if code and frame.filename == code.co_filename
    ]
    if not frames:
        return ""
    return f", at line {frames[-1].lineno}" + (f": `{frames[-1].line}`" if frames[-1].line else "")


def _nothing(runs: list[Run], function: Callable, task: Task) -> Feedback | None:
    run = next((run for run in runs if is_blank(run.returned)), None)
    return run and Feedback(
        "wrong", f"Given {run.case.name}, your function returns nothing: does each way end in `return`?"
    )


def _type(runs: list[Run], function: Callable, task: Task) -> Feedback | None:
    run = next((run for run in runs if run.value is None), None)
    if run is None:
        return None
    kind = type(run.returned).__name__
    needed = "An array of numbers" if run.expected.ndim else "A number"
    return Feedback("wrong", f"{needed} is needed, but for {run.case.name} your function returns a {kind}.")


def _shape(runs: list[Run], function: Callable, task: Task) -> Feedback | None:
    run = next((run for run in runs if run.value.shape != run.expected.shape), None)
    if run is None:
        return None
    is_shape, needed = shape_text(run.value), shape_text(run.expected)
    return Feedback(
        "wrong", f"The shape is wrong: for {run.case.name} it is {is_shape}, but {needed} is needed."
    )


def _close(runs: list[Run], function: Callable, task: Task) -> Feedback | None:
    gaps = [np.abs(run.value - run.expected.astype(float)) for run in runs]
    limits = [0.01 * max(1.0, np.abs(run.expected).max()) for run in runs]
    if all(run.right for run in runs) or not all(
        (gap <= limit).all() for gap, limit in zip(gaps, limits, strict=True)
    ):
        return None
    worst = int(np.argmax([gap.max() for gap in gaps]))
    place = _place(gaps[worst] == gaps[worst].max())
    place += " " if place else ""
    size = number_text(gaps[worst].max(), DIGITS)
    says = f"the largest difference is {size}, {place}for {runs[worst].case.name}. Is something rounded?"
    return Feedback("close", says)


def _different(runs: list[Run], function: Callable, task: Task) -> Feedback | None:
    run = next((run for run in runs if not run.right), None)
    if run is None:
        return None
    wrong = ~np.isclose(run.value, run.expected, rtol=1e-5, atol=1e-6)
    got = float(run.value[tuple(np.argwhere(wrong)[0])])
    got = "nan" if np.isnan(got) else number_text(got, DIGITS)
    says = (
        f"The shape is right, but {int(wrong.sum())} of {wrong.size} numbers differ for {run.case.name}. "
        f"The first is {_place(wrong)}: your function gives {got} there."
    )
    if not wrong.ndim:
        says = f"For {run.case.name} your function gives {got}, which is not the number it should be."
    return Feedback("wrong", f"{says} Work it out by hand and compare.")


def _dtype(runs: list[Run], function: Callable, task: Task) -> Feedback | None:
    run = next((run for run in runs if task.dtype and run.value.dtype != task.dtype), None)
    if run is None:
        return None
    needed = np.dtype(task.dtype).name
    return Feedback(
        "close", f"The numbers are right, but they are stored as {run.value.dtype}; {needed} is needed."
    )


def _place(mask: np.ndarray) -> str:
    index = np.argwhere(mask)[0]
    if len(index) == 2:
        return f"at row {index[0]}, column {index[1]}"
    return f"at index {', '.join(map(str, index))}" if len(index) else ""


_RUNGS = (
    _touched,
    _missing,
    _known_mistake,
    _raised,
    _nothing,
    _type,
    _shape,
    _close,
    _different,
    _dtype,
)
