"""Explain a wrong result by the slips that lead to it, where no known mistake does.

As in error-model feedback (Singh, Gulwani and Solar-Lezama, 2013) slips are applied to the right function
and to each known mistake; the first explanation that fits *all* cases is told. The simplest are tried
first, and how many are tried is counted, not timed: the same answer gets the same sentence everywhere.
"""

import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations, pairwise, product

import numpy as np

from cnnlib.demo.numbers import number_text
from cnnlib.exercises import measuring
from cnnlib.exercises.edits import NUMBER, Edit
from cnnlib.exercises.feedback import Feedback
from cnnlib.exercises.slips import RESULTS, Slip, argument_slips
from cnnlib.exercises.trying import FunctionCheck, Run, as_in_a_notebook, as_numbers, same

CALLS = 700  # of the right function and of the mistakes, changed or not
CHANGES = 7_000  # of their results, by a known mistake and a slip, and by two slips
EDITS = 1300  # calls of the right function with edits in its text; 2.5 times as many where it has no loop
SHORT = 4  # numbers of a result that many edits may make
NUMBERS = 1200  # and with a number tried in them
GRID = (-300.0, -30.0, -3.0, -1.0, -0.3, -0.03, 0.003, 0.03, 0.11, 0.3, 0.53, 1.1, 3.0, 30.0, 300.0, 3e3)
USUAL = (0.01, 0.1, 0.2, 0.5)  # numbers that stand where none belongs
MUCH = 4000  # numbers of a result that is kept
FEWEST = 3  # different finite numbers, or a constant would be explained as anything


def _nothing(weak: bool = False) -> None:
    return None


def explain(
    runs: list[Run], check: FunctionCheck, more: Sequence[Run] = (), otherwise: Callable = _nothing
) -> Feedback | None:
    """Say which slip, or which two, make all these results of the right one; None if none is found.

    What is found has to explain the results `more` as well. Before two slips are tried, `otherwise` is asked,
    then ``otherwise(weak=True)``.

    Examples
    --------
    >>> from cnnlib.exercises.trying import Case, try_case
    >>> double = FunctionCheck(id="03-double", call="double(x)", truth=lambda x: 2 * x, mistakes=(), right="",
    ...     cases=(Case("five", (np.arange(5.0),)), Case("three", (np.array([2.0, 5, 3]),))))
    >>> wrong = lambda x: -2 * x[::-1]
    >>> runs = [try_case(wrong, case, double.truth(*case.arguments)) for case in double.cases]
    >>> explain(runs, double).message
    'The numbers of `x` are taken in reverse order. And a second slip: All signs are turned: what should be \
positive is negative.'
    """
    try:
        return _Search(runs, check, more).told(otherwise)
    except Exception:  # no explanation is worth an answer without feedback
        return None


def _believable(runs: list[Run]) -> bool:
    """Tell whether the results vary and are finite: a constant fits too much."""
    if len(runs) < 2 or all(run.right for run in runs):
        return False
    finite = [run.value[np.isfinite(run.value)].astype(float) for run in runs]
    if sum(len(values) == run.value.size for values, run in zip(finite, runs, strict=True)) < 2:
        return False
    # Without `round`, which multiplies: what is nearly as large as a float can be would overflow.
    return len(np.unique([f"{value:.9g}" for value in np.unique(np.concatenate(finite))])) >= FEWEST


def _flat(runs: list[Run]) -> bool:
    """Tell whether each result repeats one number: that, too, fits too much."""
    return all(run.value.size > SHORT and np.ptp(run.value) == 0 for run in runs)


class _Search:
    """A search for slips; `told` is its answer."""

    def __init__(self, runs: list[Run], check: FunctionCheck, more: Sequence[Run] = ()):
        # The most telling case first: most explanations end there.
        first = sorted(map(_in_numbers, runs), key=lambda run: (run.right, -len(np.unique(run.value))))
        self.runs = first + list(map(_in_numbers, more))
        self.first = self.runs[: len(first)]
        self.believable = _believable(runs)
        self.check, self.products = check, measuring.Products(check)
        self.calls, self.changes = CALLS, CHANGES
        self.short = all(run.expected.size <= SHORT for run in self.runs)
        quick = check.program is not None and not check.program.loops
        self.edits = {True: NUMBERS, False: EDITS * (2.5 if quick else 1)}
        self.given = [tuple(map(as_in_a_notebook, run.case.arguments)) for run in self.runs]
        self.known: dict[tuple, np.ndarray | None] = {}
        self.slips = argument_slips(check.names, self.given[: len(first)])
        self.foreseen = [mistake.edit for mistake in check.mistakes if mistake.edit]
        self.anyones: list[Edit] = []
        self.shapes: list[tuple[Slip, tuple]] = []

    def told(self, otherwise: Callable = _nothing) -> Feedback | None:
        free = [edit for edit in self.check.program.slips if edit.free] if self.check.program else []
        self.free = [edit for edit in (*self.check.free, *free) if not edit.says.startswith("{}")]
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a slip that divides by 0 does not concern the learner
            stages = (
                self._rounded,
                lambda: self._numbers((edit,) for edit in self.check.free),
                self._one_slip,
                self._one_argument,
                self._kept_apart,
                self._one_edit,
                self._measured,
                self._border,
                otherwise,
                self._moved,
                lambda: self._edits(combinations(self.foreseen, 2)),
                lambda: self._numbers((edit,) for edit in free),
                lambda: otherwise(weak=True),
                self._partly,
                self._mistake_and_slip,
                lambda: self._edits(product(self.foreseen, self.anyones)),
                self._two_slips,
                self._mistake_and_argument,
                self._some_elements,
            )
            if not self.believable:
                stages = (otherwise, lambda: otherwise(weak=True), self._reshaped)
            elif _flat(self.first):
                stages = (self._one_slip, otherwise, lambda: otherwise(weak=True))
            for stage in stages:
                if feedback := stage():
                    return feedback
        return None

    # ---- trying
    def made(self, function: Callable, i: int, change: Callable | None = None) -> np.ndarray | None:
        """Return what a function makes of the i-th case, its arguments changed or not."""
        key = function, change, i
        if key not in self.known:
            self.calls -= 1
            self.known[key] = self._call(function, i, change) if self.calls >= 0 else None
        return self.known[key]

    def _call(self, function: Callable, i: int, change: Callable | None) -> np.ndarray | None:
        given = self.given[i]
        try:
            if change is not None:
                given = change(given)
                if any(argument is None for argument in given):
                    return None
                if change is not _copied and all(map(_unchanged, given, self.given[i])):
                    return self.made(function, i)
            value = as_numbers(function(*given))
        except Exception:  # this slip does not suit these arguments
            return None
        return (
            value.reshape(())
            if value is not None and value.size == 1 and self.runs[i].value.ndim == 0
            else value
        )

    def fits(self, make: Callable[[int], np.ndarray | None]) -> bool:
        """Tell whether ``make(i)`` is the learner's result in every case."""
        return all(_agree(make(i), run.value) for i, run in enumerate(self.runs))

    def after(self, make: Callable[[int], np.ndarray | None], slip: Slip) -> Callable:
        """Return ``make`` with a slip of the result."""

        def changed(i: int) -> np.ndarray | None:
            self.changes -= 1
            return _changed(make(i), slip) if self.changes >= 0 else None

        return changed

    def suiting(self, made: Callable) -> list[Slip]:
        """Return the slips that may lead from what is made to a result of the learner's shape."""
        if self.changes <= 0 or (start := made(0)) is None:
            return []
        right, given = self.truth(0).shape, self.runs[0].value.shape
        if not self.shapes:
            changed = ((slip, _changed(self.truth(0), slip)) for slip in RESULTS)
            self.shapes = [(slip, value.shape) for slip, value in changed if value is not None]
        if start.shape not in (right, given):
            larger = all(_larger(made(i), run.expected) for i, run in enumerate(self.first))
            # To cut down again what a first slip has made too large is no second one.
            return [slip for slip, _ in self.shapes if not (larger and " missing: " in slip.says)]
        wanted = given if start.shape == right else right
        return [slip for slip, shape in self.shapes if shape == wanted]

    def of(self, function: Callable, change: Callable | None = None) -> Callable:
        return lambda i, change=change: self.made(function, i, change)

    def truth(self, i: int) -> np.ndarray:
        return self.runs[i].expected

    # ---- one cause
    def _rounded(self) -> Feedback | None:
        says = measuring.rounded(self.runs)
        return says and Feedback("close", says)

    def _one_slip(self) -> Feedback | None:
        for slip in RESULTS:
            if self.fits(self.after(self.truth, slip)):
                return Feedback(slip.verdict, slip.says)
        return None

    def _one_argument(self) -> Feedback | None:
        for slip in self.slips:
            if self.fits(self.of(self.check.truth, slip.change)):
                return Feedback(slip.verdict, slip.says)
        return None

    def _kept_apart(self) -> Feedback | None:
        """Explain an axis too many by numbers that one more sum or mean makes right."""
        extra = {run.value.ndim - run.expected.ndim for run in self.runs}
        if len(extra) > 1 or max(extra) < 1:
            return None
        for axes in combinations(range(self.runs[0].value.ndim), *extra):
            if all(run.value.shape[axis] == 1 for run in self.runs for axis in axes):
                continue
            for join, words in ((np.sum, "added up"), (np.mean, "averaged")):
                if all(_agree(self.truth(i), join(run.value, axis=axes)) for i, run in enumerate(self.runs)):
                    along = f"along axis {' and '.join(map(str, axes))}"
                    says = f"Numbers stand side by side that belong together: {words} {along}, they make the "
                    return Feedback("wrong", f"{says}right ones.")
        return None

    def _measured(self) -> Feedback | None:
        runs, products = self.runs, self.products
        says = (
            measuring.clipped(runs)
            or measuring.one_factor(runs, products)
            or measuring.one_shift(runs, products)
        )
        return says and Feedback("wrong", says)

    def _border(self) -> Feedback | None:
        """Explain a map by pixels that were invented around the first argument, or by where it lies."""
        borders = list(_borders(self.runs))
        for first, made in [("", self.of(self.check.truth)), *self._known()]:
            for pad, says in borders:
                if self.fits(lambda i, pad=pad, made=made: made(i, pad[i])):
                    return Feedback("wrong", _both(first, says))
            for place, says in _PLACES:
                if self.fits(lambda i, p=place, made=made: _placed(made(i), self.given[i][0], *p)):
                    return Feedback("wrong", _both(first, says))
        return None

    def _moved(self) -> Feedback | None:
        """Explain a map by where it is cut out of a larger one."""
        moved = list(_moved(self.runs))
        for first, made in [("", self.of(self.check.truth)), *self._known()]:
            for pad, cut, says in moved:
                if self.fits(lambda i, pad=pad, cut=cut, made=made: _part(made(i, pad[i]), cut[i])):
                    return Feedback("wrong", _both(first, says))
        return None

    def _partly(self) -> Feedback | None:
        """Explain results that are right in a part, and show known mistakes in others."""
        wrong = [*self._known(), *self._anyones()]
        if self.in_elements:
            return self._element_by_element(wrong)
        for says, made in wrong:
            for where, part in _PARTS:
                if self.fits(lambda i, m=made, p=part: _mixed(self.truth(i), m(i), p)):
                    return Feedback("wrong", f"You are right {where}, but not elsewhere. {says}")
        return None

    def _known(self) -> Iterator[tuple[str, Callable]]:
        return ((mistake.says, self.of(mistake.imitate)) for mistake in self.check.mistakes)

    def _anyones(self) -> Iterator[tuple[str, Callable]]:
        return ((edit.says, self.edited(edit)) for edit in self.anyones)

    def _usual(self) -> Iterator[tuple[str, Callable]]:
        """Put the numbers that learners take into the edits in which any may stand."""
        for edit, number in product(self.free, USUAL):
            yield edit.says.replace("{}", number_text(number)), self.edited(edit, number=number)

    @property
    def in_elements(self) -> bool:
        """Whether the result is a few numbers, each with a meaning of its own."""
        return 1 < self.runs[0].expected.size <= SHORT and self.runs[0].expected.ndim == 1

    def _some_elements(self) -> Feedback | None:
        if not (self.in_elements and self.check.elements):
            return None
        return self._element_by_element([*self._known(), *self._anyones()], some=True)

    def _element_by_element(self, wrong: list[tuple[str, Callable]], some: bool = False) -> Feedback | None:
        size = self.runs[0].expected.size
        if any(run.value.shape != (size,) or run.expected.shape != (size,) for run in self.runs):
            return None
        given = np.array([run.value for run in self.runs])
        off = ~np.isclose(given, [run.expected for run in self.runs], rtol=1e-6).all(axis=0)
        said = {}
        for says, made in wrong:
            table = [made(i) for i in range(len(self.runs))]
            if any(row is None or row.shape != (size,) for row in table):
                continue
            for k in np.flatnonzero(off & np.isclose(given, table, rtol=1e-6).all(axis=0)):
                said.setdefault(int(k), says)
        if not said or (len(said) < off.sum() and not some):
            return None
        names = self.check.elements or [f"number {k + 1}" for k in range(size)]
        told = [f"({names[k]}) {said.get(int(k), 'Another number is needed.')}" for k in np.flatnonzero(off)]
        return Feedback("wrong", " ".join(told))

    # ---- the text of the right function
    def edited(self, *edits: Edit, number: float | None = None) -> Callable:
        """Return ``make`` for the right function with edits in its text."""
        program = self.check.program
        function = program.function(edits)

        def make(i: int) -> np.ndarray | None:
            key = function, number, i
            if key not in self.known:
                self.edits[number is not None] -= 1
                if function is None or self.edits[number is not None] < 0:
                    return None
                program.names[NUMBER] = number
                self.known[key] = self._call(function, i, _copied)  # an edit may write anywhere
            return self.known[key]

        return make

    def _one_edit(self) -> Feedback | None:
        """Try what anyone may get wrong in this text, and keep what makes a difference for later."""
        if self.check.program is None:
            return None
        seen = set()
        for edit in self.check.program.slips:
            if edit.free:
                continue
            make = self.edited(edit)
            if self.fits(make):
                return Feedback("wrong", edit.says)
            # A number alone is made in many ways: more cases have to tell them apart.
            several = [make(i) for i in range(min(3, len(self.runs)) if self.short else 1)]
            if any(made is None or made.size > MUCH for made in several):
                continue
            key = b"".join(made.tobytes() for made in several)
            if key not in seen and not all(same(made, self.truth(i)) for i, made in enumerate(several)):
                seen.add(key)
                self.anyones.append(edit)
        return None

    def _edits(self, several: Iterable[tuple[Edit, ...]]) -> Feedback | None:
        for edits in several:
            if self.edits[False] < 0:
                return None
            if self.fits(self.edited(*edits)):
                return Feedback("wrong", _both(*(edit.says for edit in edits)))
        return None

    def _numbers(self, several: Iterable[tuple[Edit, ...]]) -> Feedback | None:
        """Find the number in one of the edits for which results come out as the learner's."""
        places = self._telling()
        for edits in several if places else ():
            number = self._crossing(edits, *places[0])
            if number is None or (self.single and number != float(f"{number:.1g}")):
                continue
            if self.fits(self.edited(*edits, number=number)):
                text = number_text(number, 5)
            elif not (text := self._case_by_case(edits, places)):
                continue
            return Feedback("wrong", _both(*(edit.says.replace("{}", text) for edit in edits)))
        return None

    def _case_by_case(self, edits: tuple[Edit, ...], places: list[tuple[int, tuple]]) -> str:
        """Return the words for a number that is made of the sizes of each case."""
        first = dict(reversed(places))
        if len(first) < max(len(self.first), 3):
            return ""
        numbers = [self._crossing(edits, i, at) for i, at in sorted(first.items())]
        if any(number is None for number in numbers):
            return ""
        text = measuring.named_sizes(np.array(numbers), self.first, self.products)
        fits = text and all(
            _agree(self.edited(*edits, number=number)(i), run.value)
            for i, (number, run) in enumerate(zip(numbers, self.first, strict=True))
        )
        return text if fits else ""

    def _crossing(self, edits: tuple[Edit, ...], i: int, at: tuple) -> float | None:
        """Return the number for which this place of this case comes out as the learner's."""

        def miss(number: float) -> float:
            made = self.edited(*edits, number=number)(i)
            return float(made[at]) - float(self.runs[i].value[at]) if _reaches(made, at) else np.nan

        one, two, three = miss(1.0), miss(2.0), miss(3.5)
        if one != two and np.isclose((three - two) / 1.5, two - one, rtol=1e-9):  # a straight line
            return _tidy(1 - one / (two - one))
        misses = [miss(number) for number in GRID]
        for (low, below), (high, above) in pairwise(zip(GRID, misses, strict=True)):
            if below * above <= 0 and below != above:
                for _ in range(40):
                    middle = (low + high) / 2
                    between = miss(middle)
                    low, high, below = (
                        (middle, high, between) if between * below > 0 else (low, middle, below)
                    )
                return _tidy((low + high) / 2)
        return None

    def _telling(self) -> list[tuple[int, tuple]]:
        """Return where numbers are off, first those that are not cut off at an end."""
        if any(run.value.shape != run.expected.shape or not run.value.size for run in self.first):
            return []
        ends = {end for run in self.first for end in (float(run.value.min()), float(run.value.max()))}
        off = [
            (i, tuple(at))
            for i, run in enumerate(self.first)
            for at in np.argwhere(~np.isclose(run.value, run.expected, rtol=1e-5, atol=1e-6))
            if np.isfinite(run.value[tuple(at)])
        ]
        self.single = len(off) < 2  # one number can be made with any formula
        return sorted(off, key=lambda place: float(self.runs[place[0]].value[place[1]]) in ends)

    # ---- two
    def _reshaped(self) -> Feedback | None:
        """Find the numbers of a known mistake in another shape: two different ones are enough for that."""
        if len(np.unique(np.concatenate([run.value.ravel() for run in self.first]))) < 2:
            return None
        for says, made in self._known():
            for slip in self.suiting(made):
                kept = "axis too many" in slip.says or "axes are lost" in slip.says
                if kept and self.fits(self.after(made, slip)):
                    return Feedback("wrong", _both(says, slip.says))
        return None

    def _mistake_and_slip(self) -> Feedback | None:
        for wrong in (self._known(), self._anyones(), self._usual()):
            wrong = [(says, made, self.suiting(made)) for says, made in wrong]
            for slip in RESULTS:  # the likely ones first, whatever the mistake
                for says, made, suiting in wrong:
                    if slip in suiting and self.fits(self.after(made, slip)):
                        return Feedback("wrong", _both(says, slip.says))
            for says, made, _ in wrong:
                if more := self._factor(made):
                    return Feedback("wrong", _both(says, more))
        return None

    def _mistake_and_argument(self) -> Feedback | None:
        for mistake in self.check.mistakes:
            for slip in (slip for slip in self.slips if slip.everyday):
                if self.fits(self.of(mistake.imitate, slip.change)):
                    return Feedback("wrong", _both(mistake.says, slip.says))
        return None

    def _two_slips(self) -> Feedback | None:
        self.changes = CHANGES
        for slip, made in (
            *((slip, self.of(self.check.truth, slip.change)) for slip in self.slips),
            *((slip, self.after(self.truth, slip)) for slip in RESULTS),
        ):
            for other in self.suiting(made):
                if other is not slip and self.fits(self.after(made, other)):
                    return Feedback("wrong", _both(slip.says, other.says))
            if says := self._factor(made):
                return Feedback("wrong", _both(slip.says, says))
        return None

    def _factor(self, made: Callable) -> str | None:
        """Name the factor (or the shift) that is left, once a first slip is taken into account."""
        return self._factor_in(made, self.first) and self._factor_in(made, self.runs)

    def _factor_in(self, made: Callable, among: list[Run]) -> str | None:
        runs = []
        for i, run in enumerate(among):
            expected = made(i)
            if expected is None or expected.shape != run.value.shape or not np.isfinite(expected).all():
                return None
            runs.append(replace(run, expected=expected.astype(float)))
        if sum(len(np.unique(run.expected)) > 1 or not run.expected.ndim for run in runs) < 2:
            return None
        return (
            measuring.one_factor(runs, self.products, simple=True)
            or measuring.one_shift(runs, self.products, simple=True)
            or measuring.clipped(runs)
        )


def _larger(made: np.ndarray | None, right: np.ndarray) -> bool:
    return made is not None and made.ndim == right.ndim and made.size > right.size


def _in_numbers(run: Run) -> Run:
    """Return the run with 1 and 0 for True and False: they cannot be subtracted."""
    return run if run.value.dtype != bool else replace(run, value=run.value.astype(float))


def _tidy(number: float) -> float:
    return float(f"{number:.9g}") if abs(number) > 1e-12 else 0.0


def _both(*says: str) -> str:
    sentences = dict.fromkeys(sentence for sentence in says if sentence)
    return " ".join(map("".join, zip(("", "And a second slip: "), sentences, strict=False)))


def _changed(value: np.ndarray | None, slip: Slip) -> np.ndarray | None:
    if value is None or not value.size:
        return None
    try:
        changed = slip.change(value)
    except Exception:  # this slip does not suit this shape
        return None
    return None if changed is None else np.asarray(changed)


def _reaches(made: np.ndarray | None, at: tuple) -> bool:
    return (
        made is not None and made.ndim == len(at) and all(i < n for i, n in zip(at, made.shape, strict=True))
    )


def _copied(given: tuple) -> tuple:
    return tuple(map(as_in_a_notebook, given))


def _unchanged(one: object, other: object) -> bool:
    if isinstance(one, np.ndarray):
        return one is other or (one.shape == np.shape(other) and np.array_equal(one, other))
    return type(one) is type(other) and one is other


def _agree(made: np.ndarray | None, value: np.ndarray) -> bool:
    """Tell what `same` tells, fast where the first number differs already."""
    if made is None or made.size != value.size:
        return False
    if not made.size:  # two empty ones agree, whatever their shapes
        return True
    if made.shape != value.shape:
        return False
    one, other = made.flat[0], value.flat[0]
    if abs(float(one) - float(other)) > 1e-6 + 1e-5 * abs(float(other)):
        return False
    return same(made, value)


def _mixed(right: np.ndarray, wrong: np.ndarray | None, part: tuple) -> np.ndarray | None:
    """Return the wrong result with the right one in a part of it."""
    if wrong is None or wrong.shape != right.shape or right.ndim < len(part):
        return None
    mixed = wrong.astype(float)
    mixed[part] = right[part]
    return mixed


_ALL = slice(None)
_PARTS = (  # where results are right, and their place
    ("at the first index", (0,)),
    ("at the last index", (-1,)),
    ("from the second index on", (slice(1, None),)),
    ("in the first column", (..., _ALL, 0)),
    ("behind the first column", (..., _ALL, slice(1, None))),
    ("at the very first number", (..., 0, 0)),
)


def _placed(part: np.ndarray | None, image: object, start: Callable, framed: bool) -> np.ndarray | None:
    """Lay a map into an array of the picture's size, of zeros or of its pixels."""
    if part is None or not isinstance(image, np.ndarray) or part.ndim != image.ndim or part.ndim < 2:
        return None
    room = np.subtract(image.shape, part.shape)
    if room.min() < 0 or not room.any():
        return None
    out = image.astype(float) if framed else np.zeros(image.shape)
    out[tuple(slice(a, a + n) for a, n in zip(start(room), part.shape, strict=True))] = part
    return out


_PLACES = tuple(
    ((start, framed), f"The result lies in {words}. One number for each place is asked for, and no more.")
    for framed, words in (
        (False, "an array as large as the picture, with zeros around it"),
        (True, "a copy of the picture, whose pixels are left around it"),
    )
    for start in (lambda room: 0 * room, lambda room: room // 2, lambda room: -(-room // 2))
)

_BORDERS = {
    "constant": "with zeros around it",
    "reflect": "with its mirror image around it (the outermost pixel once)",
    "symmetric": "with its mirror image around it (the outermost pixel twice)",
    "edge": "with its outermost pixels copied outwards",
    "wrap": "with its opposite side around it",
}


def _borders(runs: list[Run]) -> Iterator[tuple[list[Callable], str]]:
    """Yield what may lie around the picture: a change for each case, and the words."""
    extra = []
    for run in runs:
        image = run.case.arguments[0]
        if run.value.ndim < 2 or run.value.ndim != run.expected.ndim or not isinstance(image, np.ndarray):
            return
        if np.greater(run.expected.shape[-2:], image.shape[-2:]).any():
            return  # it is to be larger than the picture
        extra.append(tuple(np.subtract(run.value.shape, run.expected.shape)[-2:]))
    if image.ndim < 2 or min(map(min, extra)) < 0 or not any(map(max, extra)):
        return
    sizes = [run.case.arguments[0].shape[-2:] for run in runs]
    shapes = [run.value.shape[-2:] for run in runs]
    kernels = [
        tuple(np.subtract(size, run.expected.shape[-2:]) + 1) for size, run in zip(sizes, runs, strict=True)
    ]
    if shapes == sizes:
        size = 'Your map is as large as the picture ("same")'
    elif all(tuple(e) == tuple(np.subtract(k, 1) * 2) for e, k in zip(extra, kernels, strict=True)):
        size = 'Your map holds every place where kernel and picture touch ("full")'
    elif all(max(e) <= 1 for e in extra) and all(min(e) == max(e) for e in extra):
        size = "Your map has one row and one column of places too many"
    else:
        size = "Your map has too many places"
    for mode, words in _BORDERS.items():
        for before in (lambda n: n // 2, lambda n: -(-n // 2), lambda n: 0, lambda n: n):
            pads = [[(before(n), n - before(n)) for n in e] for e in extra]
            says = f"{size}: the picture is taken {words}. Only places where everything fits are asked for."
            yield [_padded(pad, mode) for pad in pads], says


def _moved(runs: list[Run]) -> Iterator[tuple[list[Callable], list[tuple], str]]:
    """Yield how a map of the right size may be cut out of one of all places ("full"), at a wrong one."""
    rooms, sizes = [], []
    for run in runs:
        image = run.case.arguments[0]
        if min(run.value.ndim, np.ndim(image)) < 2 or run.value.shape != run.expected.shape:
            return
        rooms.append(np.subtract(np.shape(image)[-2:], run.expected.shape[-2:]))
        sizes.append(run.expected.shape[-2:])
    zeros, wrapped = (
        [_padded([(n, n) for n in room], mode) for room in rooms] for mode in ("constant", "wrap")
    )
    for start in _STARTS:
        cuts = [
            (..., *(slice(start(n), start(n) + side) for n, side in zip(room, size, strict=True)))
            for room, size in zip(rooms, sizes, strict=True)
        ]
        says = "The map is cut out of a larger one, of all places where the two touch, at a wrong place."
        yield zeros, cuts, says
        says = "The picture is taken to go on with its opposite side, as in an FFT: cut that part off."
        yield wrapped, cuts, says


_STARTS = (  # n is the right one
    lambda n: 0,
    lambda n: n // 2,
    lambda n: -(-n // 2),
    lambda n: 2 * n,
    lambda n: max(n - 1, 0),
    lambda n: n + 1,
    lambda n: n - n % 2,  # the middle of a kernel of even sides, one way or the other
    lambda n: n + n % 2,
)


def _part(made: np.ndarray | None, cut: tuple) -> np.ndarray | None:
    return None if made is None or made.ndim < 2 else made[cut]


def _padded(pad: list[tuple[int, int]], mode: str) -> Callable:
    return lambda given: (
        np.pad(given[0], [(0, 0)] * (given[0].ndim - 2) + pad, mode=mode),
        *given[1:],
    )


def read_shape(runs: list[Run], check: FunctionCheck) -> str:
    """Say in words what kind of shape a wrong one is, where it is the same kind in every case."""
    runs = [run for run in runs if run.value.shape != run.expected.shape]
    made = [run.value.shape for run in runs]
    right = [run.expected.shape for run in runs]
    for reading, fits in _SHAPES.items():
        if made != right and all(map(fits, made, right)):
            return reading
    for i, name in enumerate(check.names):
        shapes = [np.shape(run.case.arguments[i]) for run in runs]
        if made == shapes and any(shapes) and shapes != right:
            return f"That is the shape of `{name}`."
    return ""


_SHAPES = {
    "Its rows and columns are swapped.": lambda one, other: len(one) == 2 and one == other[::-1],
    "Its axes stand in another order.": lambda one, other: len(one) > 2 and sorted(one) == sorted(other),
    "An axis too many, of length 1.": lambda one, other: (
        len(one) > len(other) and tuple(n for n in one if n > 1) == tuple(n for n in other if n > 1)
    ),
    "An axis of length 1 is missing.": lambda one, other: (
        len(one) < len(other) and tuple(n for n in one if n > 1) == tuple(n for n in other if n > 1)
    ),
    "All numbers are there, but in one long row.": lambda one, other: (
        len(one) == 1 < len(other) and one[0] == np.prod(other)
    ),
    "A single number came out: something is added up, or picked, over all axes.": lambda one, other: (
        int(np.prod(one)) == 1 < np.prod(other) and len(one) < len(other)
    ),
    "One place is missing along each direction: places are one more than steps, as with "
    "fence posts.": lambda one, other: (
        len(one) == len(other) and one[-2:] == tuple(n - 1 for n in other[-2:])
    ),
    "One place too many along each direction: on the last one the window hangs over "
    "the end.": lambda one, other: len(one) == len(other) and one[-2:] == tuple(n + 1 for n in other[-2:]),
    "There are too few rows: where does their loop begin, and where does it end?": lambda one, other: (
        len(one) == len(other) > 1 and one[-1] == other[-1] and one[-2] < other[-2]
    ),
    "There are too few columns: where does their loop begin, and where does it end?": lambda one, other: (
        len(one) == len(other) > 1 and one[-2] == other[-2] and one[-1] < other[-1]
    ),
    "There are too many rows: where does their loop end?": lambda one, other: (
        len(one) == len(other) > 1 and one[-1] == other[-1] and one[-2] > other[-2]
    ),
    "There are too many columns: where does their loop end?": lambda one, other: (
        len(one) == len(other) > 1 and one[-2] == other[-2] and one[-1] > other[-1]
    ),
    "The last axis is lost: something is added up, or picked, along it.": lambda one, other: (
        one == other[:-1]
    ),
    "The first axis is lost: something is added up, or picked, along it.": lambda one, other: (
        one == other[1:]
    ),
}
