"""How an answer is graded: a learner's function, a kernel, a number. Nothing here records or raises.

For a function there is a feedback ladder; the first rung that fails is the one that is told: beyond reason ·
changed its input · missing · a known mistake · raised (unless one of the next three came before it) ·
returned nothing · wrong type · wrong shape · close · different · stored wrongly. The idea is that of MIT's
18.S191 homework; the sentences name the mistake, not the answer.
"""

import ast
import inspect
import linecache
import re
import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from cnnlib.demo.numbers import number_text
from cnnlib.exercises import safely
from cnnlib.exercises.edits import Program
from cnnlib.exercises.explaining import explain, read_shape
from cnnlib.exercises.feedback import Feedback, is_blank
from cnnlib.exercises.reading import Number, Numbers, readings, rounds_to
from cnnlib.exercises.repairs import Repairs, copied, misread, read, unsettled
from cnnlib.exercises.safely import SECONDS, TooLarge
from cnnlib.exercises.sums import explain_number
from cnnlib.exercises.trying import (
    Check,
    FunctionCheck,
    Run,
    as_numbers,
    mixed,
    same,
    shape_text,
    try_all,
    try_case,
)

DIGITS = 6  # enough to tell a rounded number from the right one


class Flaw(NamedTuple):
    """Something that can be wrong with a kernel: the sentence that names it, and how to see it."""

    says: str
    found: Callable[[np.ndarray], bool]
    verdict: str = "wrong"


@dataclass(frozen=True, kw_only=True)
class KernelCheck(Check):
    """A kernel to make; the last flaws should catch every kernel that does not do what is asked."""

    flaws: tuple[Flaw, ...]
    right: str
    shape: tuple[int, int] = (3, 3)


# ---- functions
def grade_function(function: object, check: FunctionCheck) -> Feedback:
    """Try a learner's function on all cases and say the first thing that is amiss. Never raises.

    Parameters
    ----------
    function : callable
        Gets copies of its arguments, so it may change them: that is noticed and named.
    check : FunctionCheck
        The cases, the truth and the known mistakes.

    Examples
    --------
    >>> from cnnlib.exercises.trying import Case
    >>> ones = Case("two ones", (np.ones(2),))
    >>> double = FunctionCheck(id="03-double", call="double(x)", cases=(ones,), truth=lambda x: 2 * x,
    ...     mistakes=(), right="Twice as much.")
    >>> print(grade_function(lambda x: x + x, double))
    Right. Twice as much.
    """
    if is_blank(function):
        return Feedback("not answered yet", f"Write the function first; then it is called as `{check.call}`.")
    if not callable(function):
        name = check.call.split("(")[0]
        kind = type(function).__name__
        says = f"The check needs the function itself, not a value of type {kind}: hand over `{name}`."
        return Feedback("wrong", says)
    expected = [check.truth(*case.arguments) for case in check.cases]
    runs = try_all(function, check.cases, expected)
    for rung in _RUNGS:
        if feedback := rung(runs, function, check):
            return _and_its_type(feedback, runs, check) if rung is not _dtype else feedback
    return Feedback("right", check.right)


def _and_its_type(feedback: Feedback, runs: list[Run], check: FunctionCheck) -> Feedback:
    """Add that the numbers are also stored as something else than they should be, wherever that matters."""
    kinds = [run.value.dtype for run in runs if run.value is not None]
    if check.dtype is None or feedback.verdict == "not answered yet" or not kinds or check.dtype in kinds:
        return feedback
    needed = np.dtype(check.dtype).name
    return replace(feedback, message=f"{feedback.message} And {needed} is needed, not {kinds[0]}.")


def _beyond_reason(runs: list[Run], function: Callable, check: FunctionCheck) -> Feedback | None:
    """Name what has no end, or no measure: there is nothing to compare."""
    run = runs[-1]
    if not run.beyond_reason:
        return None
    if run.error.is_a(TooLarge):
        needed = f"{run.expected.size} are" if run.expected.size != 1 else "one is"
        says = f"For {run.case.name} your function returns {run.error.text} numbers, where {needed} needed."
        return Feedback("wrong", f"{says} They were not looked at.")
    if run.kind:
        says = f"What your function returns for {run.case.name}, a {run.kind}, cannot be read "
        return Feedback("wrong", f"{says}within {SECONDS:g} seconds.")
    says = f"Your function was stopped{run.error.place}: for {run.case.name} it had not ended after "
    return Feedback("wrong", f"{says}{SECONDS:g} seconds. Does each of its loops come to an end?")


def _missing(runs: list[Run], function: Callable, check: FunctionCheck) -> Feedback | None:
    nothing = all(run.error is None and run.blank for run in runs)
    if (nothing or all(run.error for run in runs)) and (place := _dots(function)):
        return Feedback("not answered yet", f"A `...` is still to be replaced, at line {place}.")
    if nothing:
        says = "The function returns nothing so far. If its lines are written, only the `return` is missing."
        return Feedback("not answered yet", says)
    if all(run.error and run.error.is_a(NotImplementedError) for run in runs):
        return Feedback(
            "not answered yet", f"Replace `raise NotImplementedError` by your own lines of `{check.call}`."
        )
    return None


def _dots(function: Callable) -> str:
    """Return where a ``...`` stands for a value in the function's source: that is a blank to be filled in."""
    try:
        code = function.__code__
        first = code.co_firstlineno
        lines = inspect.getblock(linecache.getlines(code.co_filename)[first - 1 :])
        tree = ast.parse(textwrap.dedent("".join(lines)))
    except Exception:  # it has no source, or one that is a part of a line
        return ""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Constant) and node.value is ...:
            return f"{first + node.lineno - 1}: `{lines[node.lineno - 1].strip()}`"
        if isinstance(node, ast.Subscript):  # an index may hold one
            waiting.append(node.value)
        elif not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
            waiting.extend(reversed(list(ast.iter_child_nodes(node))))
    return ""


def _touched(runs: list[Run], function: Callable, check: FunctionCheck) -> Feedback | None:
    run = next((run for run in runs if run.touched and run.error is None), None)
    if run is None:
        return None
    start = "The numbers are right, but your" if all(run.right for run in runs) else "Your"
    verdict = "close" if all(run.right for run in runs) else "wrong"
    says = f"{start} function changes the array it is given. Write the results into a new array."
    if verdict == "close":
        return Feedback(verdict, says)
    if all(run.blank for run in runs):
        return Feedback(verdict, f"{says} And it returns nothing: the `return` is missing.")
    if named := _known_mistake(runs, function, check):
        return Feedback(verdict, f"{says} {named.message}")
    program = read(function)
    for edit in copied(program) if program else ():
        if more := _left(program.function((edit,)), check, search=False):
            return Feedback(verdict, " ".join(filter(None, (says, edit.says, more))))
    return Feedback(verdict, says)


def _left(function: Callable | None, check: FunctionCheck, search: bool = True) -> str | None:
    """Say what is still amiss with a function in which one slip is put right; None if that has no name."""
    if function is None:
        return None
    runs = try_all(function, check.cases, [check.truth(*case.arguments) for case in check.cases])
    if runs[-1].beyond_reason or any(run.touched for run in runs):
        return None
    if all(run.right for run in runs):
        return ""
    named = _known_mistake(runs, function, check) or (_explained(runs, function, check) if search else None)
    return named and named.message


def _misread(runs: list[Run], function: Callable, check: FunctionCheck) -> Feedback | None:
    """Name what Python takes in another way than it is meant, whatever comes out."""
    if all(run.right for run in runs) or not (program := Program.of(function)):
        return None
    for says, edit in misread(program):
        more = _left(program.function((edit,)), check) if edit else ""
        return Feedback("wrong", f"{says} And a second slip: {more}" if more else says)
    return None


def _out_of_place(runs: list[Run], function: Callable, check: FunctionCheck) -> Feedback | None:
    """Name a line, or the end of a slice, that is not where it belongs, if all is well once it is."""
    if all(run.right for run in runs) or not (program := read(function)):
        return None
    for says, edit, alone in unsettled(program):
        more = _left(program.function((edit,)), check, search=False)
        if more == "" or (more and not alone):
            return Feedback("wrong", f"{says} And a second slip: {more}" if more else says)
    return None


def _known_mistake(runs: list[Run], function: Callable, check: FunctionCheck) -> Feedback | None:
    usable = [run for run in runs if run.value is not None]
    failed = [run for run in runs if run.error is not None]
    right = all(run.right for run in usable)
    if len(usable) < 2 or right:  # one result agrees by chance, right ones always: failures have to, too
        least = 2 if right else 1
        if len(usable) < least or not failed or len(usable) + len(failed) < max(len(runs), 3):
            return None
        usable = runs
    return _shared(usable, check)


def _shared(runs: list[Run], check: FunctionCheck) -> Feedback | None:
    """Name the mistake that leads to these results, or stops where the learner's function stopped."""
    for mistake in check.mistakes:
        imitated = (try_case(mistake.imitate, run.case, run.expected) for run in runs)
        if runs and all(map(_alike, runs, imitated)):
            return Feedback("wrong", mistake.says)
    return None


def _alike(run: Run, imitated: Run) -> bool:
    if run.value is None or imitated.value is None:
        return run.error is not None and imitated.error is not None
    return same(run.value, imitated.value)


def _kept(runs: list[Run], function: Callable, check: FunctionCheck) -> Feedback | None:
    """Name results that go on from one call to the next: one list or array for all, or a running total."""
    says = (
        "Your function remembers its last call: what it collects in begins with the old "
        "results. Create it anew "
        "inside of the function."
    )
    returned = [run.returned for run in runs if type(run.returned) in (list, np.ndarray)]
    if len(returned) > 1 and all(one is returned[0] for one in returned):
        return Feedback("wrong", says)
    values = [run.value for run in runs if run.value is not None]
    if len(values) < max(len(runs), 3) or all(run.right for run in runs) or not runs[0].right:
        return None
    if all(same(value, values[0]) for value in values):
        return Feedback("wrong", "Every call gets the result of the first: your function keeps it.")
    if values[0].ndim == 0 and all(same(b.value, a.value + b.expected) for a, b in pairwise(runs)):
        return Feedback("wrong", says)
    return None


def _explained(runs: list[Run], function: Callable, check: FunctionCheck) -> Feedback | None:
    usable = [run for run in runs if run.value is not None]
    if any(run.value is None and run.error is None for run in runs) or all(run.right for run in runs):
        return None  # it returns nothing, or no numbers: that comes first
    own = Repairs(function, runs, check)

    def put_right(weak: bool = False) -> Feedback | None:
        says = own.one(weak)
        return Feedback("wrong", says) if says else None

    if 2 * len(usable) < len(runs) or all(run.right for run in usable):
        said = put_right() or put_right(weak=True)
    else:
        said = explain(usable, check, _tried_again(function, check), put_right)
    if said:
        return replace(said, message=_without_solution(said.message, function, check))
    says = own.beside_a_mistake() or own.two()
    return Feedback("wrong", says) if says else None


def _tried_again(function: Callable, check: FunctionCheck) -> list[Run]:
    """Try the function on the mixed cases, as far as they suit it and the right one."""
    cases, expected = [], []
    for case in mixed(check):
        right, failure = safely.call(check.truth, *case.arguments)
        if failure is None:
            cases.append(case)
            expected.append(right)
    return [run for run in try_all(function, cases, expected) if run.value is not None]


def _without_solution(says: str, function: Callable, check: FunctionCheck) -> str:
    """Leave out what the learner has not written of the right function: its code, and its own names."""
    try:
        source = inspect.getsource(function)
    except Exception:  # it has no source
        source = ""
    program, own = check.program, "".join(source.split())
    if program is None:
        return says
    right = "".join(program.data.decode().split())

    def shown(found: re.Match) -> str:
        before, code = found.groups()
        flat = "".join(code.split())
        named = code in program.made_of or code in program.sides
        foreign = named and not re.search(rf"\b{re.escape(code)}\b", source)
        if not foreign and (flat not in right or flat in own or not _is_calculation(code)):
            return found[0]
        behind = program.behind(ast.parse(code), program.made_of)
        made_of = " and ".join(f"`{name}`" for name in program.arguments if name in behind)
        words = program.sides.get(code) or (f"something made of {made_of}" if behind else "a part")
        return before + (words if before == " " else words[0].upper() + words[1:])

    # The sentences of known mistakes say no more than they should.
    known = "|".join(re.escape(mistake.says) for mistake in check.mistakes)
    parts = re.split(f"({known})", says) if known else [says]
    return "".join(
        part if i % 2 else re.sub(r"(^|: |\. | )`([^`]+)`", shown, part) for i, part in enumerate(parts)
    )


def _is_calculation(code: str) -> bool:
    """Tell whether code is more than a name or a size, which anyone may say."""
    try:
        node = ast.parse(code, mode="eval").body
    except SyntaxError:
        return False
    size = code.startswith("len(") or ".shape[" in code
    return not (size or isinstance(node, ast.Name | ast.Attribute | ast.Constant))


def _raised(runs: list[Run], function: Callable, check: FunctionCheck) -> Feedback | None:
    run = next((run for run in runs if run.error is not None), None)
    if run is None:
        return None
    for rung in (_nothing, _type, _shape):  # what was amiss before the crash is simpler, and often its cause
        if feedback := rung(runs[: runs.index(run)], function, check):
            return feedback
    error = run.error
    place = error.place or f" (it is called as `{check.call}`)"
    text = f": {error.text.rstrip('.')}" if error.text else ""
    passed = [run.case.name for run in runs if run.right]
    says = f"Your function stopped with {error.name}{text}{place}. It was given {run.case.name}."
    reasons = [
        reason
        for words, reason in (_BYTE, *check.errors, *_ERRORS)
        if words in (error.text or error.name)
        and ("the bias" not in reason or "+ bias" in place)  # it is a guess that the line has to bear out
    ]
    elsewhere = [f"It did well on {passed[0]}: what is different here?"] if passed else []
    return Feedback("wrong", " ".join([says, *elsewhere, *reasons[:1]]))


_BYTE = (
    " out of bounds for uint",
    "The array holds small integers, such as bytes: begin with `.astype(float)`.",
)
# Words of an error message that hold in any task, and the likely reason.
_ERRORS = (
    ("truth value of an array", "`if`, `and` and `max` look at one number; here is a whole array."),
    (
        "converted to Python scalars",
        "`int()` and the functions of `math` take one number; here is a whole array.",
    ),
    ("must be real number", "The functions of `math` take one number; those of NumPy take whole arrays."),
    (
        "Cannot cast ufunc",
        "The array holds integers, and fractions do not fit in. Begin with a copy in floats.",
    ),
    ("NoneType", "Something is None: does each of your functions end in `return`?"),
    ("is not defined", "Is the name misspelt, or defined in a cell that has not run?"),
    ("positional argument", "The check calls it with the arguments in the order of the text."),
    *(
        (f"{kind}' object is not callable", "Round brackets call a function; an index stands in square ones.")
        for kind in ("array", "list", "tuple")
    ),
    ("object is not callable", "Is a multiplication sign missing in front of a parenthesis?"),
    ("interpreted as an integer", "`/` makes a float; for what is counted, divide with `//`."),
    ("slice indices must be integers", "`/` makes a float; for what is counted, divide with `//`."),
    (
        "only integers, slices",
        "An index is a whole number: `/` makes a float, and a place is not the value that stands there.",
    ),
    ("object too deep", "This function takes single rows of numbers, not pictures."),
    ("referenced before assignment", "A variable needs a value before the loop adds to it."),
    ("not associated with a value", "A variable needs a value before the loop adds to it."),
    ("recursion", "The function calls itself without an end."),
    ("out of bounds", "An index runs past the end: how many places are there along each direction?"),
    ("out of range", "An index runs past the end: how many places are there along each direction?"),
    ("assignment destination is read-only", "Work on a copy: `.copy()`."),
    ("SystemExit", "`exit` ends Python itself; a function ends with `return`."),
    ("MemoryError", "That is more than the memory holds: how large should the result be?"),
    ("Unable to allocate", "That is more than the memory holds: how large should the result be?"),
    ("must match exactly", "What is joined has to be equally long along every other axis."),
    *(
        (words, "`@` and `np.dot` add along the last axis of the one and the first of the other.")
        for words in ("not aligned", "in its core dimension")
    ),
    ("broadcast together", "Arrays of different sizes meet here: print both shapes just before that line."),
    ("could not broadcast", "What is stored and the place for it differ in size: print both shapes."),
    ("cannot reshape", "`reshape` keeps all numbers: the sides have to multiply to as many as there are."),
    ("too many indices", "The array has fewer axes than there are indices."),
    ("unpack", "Count the names on the left: an array's `shape` has one number for each axis."),
    ("not subscriptable", "Only arrays, lists and tuples take an index in square brackets."),
    (
        "sequence by non-int",
        "`*` repeats a list: make an array of it, `np.array(...)`.",
    ),
    ("must be integers or slices, not tuple", "A list takes one index at a time; an array takes several."),
    ("has no attribute 'append'", "Arrays do not grow: collect in a list, or make the array large enough."),
    ("division by zero", "Something is divided by 0: what can the divisor become?"),
    ("inhomogeneous", "The rows have different lengths: is each one begun anew, and filled to its end?"),
)


def _nothing(runs: list[Run], function: Callable, check: FunctionCheck) -> Feedback | None:
    run = next((run for run in runs if run.blank), None)
    return run and Feedback(
        "wrong", f"Given {run.case.name}, your function returns nothing: does each way end in `return`?"
    )


def _type(runs: list[Run], function: Callable, check: FunctionCheck) -> Feedback | None:
    run = next((run for run in runs if run.value is None), None)
    if run is None:
        return None
    needed = "An array of numbers" if run.expected.ndim else "A number"
    return Feedback(
        "wrong", f"{needed} is needed, but for {run.case.name} your function returns a {run.kind}."
    )


def _shape(runs: list[Run], function: Callable, check: FunctionCheck) -> Feedback | None:
    run = next((run for run in runs if run.value.shape != run.expected.shape), None)
    if run is None:
        return None
    is_shape, needed = shape_text(run.value), shape_text(run.expected)
    says = f"The shape is wrong: for {run.case.name} it is {is_shape}, but {needed} is needed."
    return Feedback("wrong", " ".join([says, *filter(None, [read_shape(runs, check)])]))


def _close(runs: list[Run], function: Callable, check: FunctionCheck) -> Feedback | None:
    """Ask for rounding where it can be the reason: each number is near its own, and not both are whole."""
    if all(run.right for run in runs):
        return None
    gaps = [np.abs(run.value - run.expected.astype(float)) for run in runs]
    near = all((gap <= 0.01 * np.abs(run.expected) + 1e-6).all() for gap, run in zip(gaps, runs, strict=True))
    whole = all(_whole(run.value) and _whole(run.expected) for run in runs)
    if not near or whole:
        return None
    worst = int(np.argmax([gap.max() for gap in gaps]))
    place = _place(gaps[worst] == gaps[worst].max())
    place += " " if place else ""
    size = number_text(gaps[worst].max(), DIGITS)
    says = f"the largest difference is {size}, {place}for {runs[worst].case.name}. Is something rounded?"
    return Feedback("close", says)


def _whole(numbers: np.ndarray) -> bool:
    return bool((numbers == np.round(numbers)).all())


def _different(runs: list[Run], function: Callable, check: FunctionCheck) -> Feedback | None:
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


def _dtype(runs: list[Run], function: Callable, check: FunctionCheck) -> Feedback | None:
    run = next((run for run in runs if check.dtype and run.value.dtype != check.dtype), None)
    if run is None:
        return None
    needed = np.dtype(check.dtype).name
    return Feedback(
        "close", f"The numbers are right, but they are stored as {run.value.dtype}; {needed} is needed."
    )


def _place(mask: np.ndarray) -> str:
    index = np.argwhere(mask)[0]
    if len(index) == 2:
        return f"at row {index[0]}, column {index[1]}"
    return f"at index {', '.join(map(str, index))}" if len(index) else ""


_RUNGS = (
    _beyond_reason,
    _touched,
    _missing,
    _misread,
    _known_mistake,
    _kept,
    _out_of_place,
    _explained,
    _raised,
    _nothing,
    _type,
    _shape,
    _close,
    _different,
    _dtype,
)


# ---- kernels and numbers
def grade_kernel(kernel: object, check: KernelCheck) -> Feedback:
    """Look at a kernel for the flaws, in their order, and name the first that it has.

    Examples
    --------
    >>> print(grade_kernel([[0]], KernelCheck(id="03-any", flaws=(), right="Well done.")))
    Not yet: The kernel has to be 3 × 3; this one is 1 × 1.
    """
    if is_blank(kernel):
        rows, cols = check.shape
        return Feedback("not answered yet", f"Put numbers in place of `...`: {rows} rows of {cols} each.")
    array = as_numbers(kernel)
    if array is None:
        return Feedback(
            "wrong", f"An array of numbers is needed, not a value of type {type(kernel).__name__}."
        )
    if array.shape != check.shape:
        needed = " × ".join(map(str, check.shape))
        return Feedback("wrong", f"The kernel has to be {needed}; this one is {shape_text(array)}.")
    if not np.isfinite(array).all():
        return Feedback(
            "wrong", "Each weight has to be an ordinary number; this kernel has an infinite one, or `nan`."
        )
    array = array.astype(float)
    flaw = next((flaw for flaw in check.flaws if flaw.found(array)), None)
    return Feedback(flaw.verdict, flaw.says) if flaw else Feedback("right", check.right)


def grade_number(value: object, exercise: Number) -> Feedback:
    """Grade a number without recording it.

    Examples
    --------
    >>> grade_number(5, Number(id="03-sum", title="2 + 2", answer=4, why="Yes.", hint="Count.")).verdict
    'wrong'
    """
    if is_blank(value):
        return Feedback("not answered yet", f"Put your number in place of `...` ({exercise.title}).")
    numbers = readings(value)
    if not numbers:
        return Feedback("wrong", f"One number is needed, not a value of type {type(value).__name__}.")
    thousands = numbers if exercise.answer >= 1000 else numbers[:1]  # 2.416 is 2416 only where thousands are
    if set(numbers[1:]) and isinstance(value, str) and value.strip()[:2].lower() == "0b":
        thousands = numbers[:1]  # bits are read as they stand
    for number in thousands:
        if np.isclose(number, exercise.answer, rtol=1e-9, atol=1e-9):
            return Feedback("right", exercise.why)
    for number in thousands:
        if number in exercise.mistakes:
            return Feedback("wrong", exercise.mistakes[number])
    if any(rounds_to(number, exercise.answer, 3) for number in thousands):
        return Feedback("right", exercise.why)
    for number in thousands:
        for mistake, says in exercise.mistakes.items():
            if rounds_to(number, mistake, 2):
                return Feedback("wrong", says)
    explained = explain_number(thousands[-1], exercise.made_of) if exercise.made_of else ""
    return Feedback("wrong", explained or exercise.hint)


def grade_numbers(values: Mapping[str, object], asked: Numbers) -> Feedback:
    """Grade several numbers as one answer: the first that is amiss is told, by its name.

    Examples
    --------
    >>> four = Number(id="03-sum", title="2 + 2", answer=4, why="Yes.", hint="Count.")
    >>> asked = Numbers(id="03-sums", title="sums", right="All right.", parts={"sum": four})
    >>> print(grade_numbers({"sum": 3}, asked))
    Not yet: (sum) Count.
    """
    results = {name: grade_number(value, asked.parts[name]) for name, value in values.items()}
    for verdict in ("not answered yet", "wrong"):
        for name, result in results.items():
            if result.verdict == verdict:
                return Feedback(verdict, f"({name}) {result.message}")
    return Feedback("right", asked.right)
