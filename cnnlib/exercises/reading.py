"""What is asked: each lesson's `exercises.toml` as objects. A fault in a file is told with its entry."""

import contextlib
import difflib
import math
import re
import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields, replace
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple, TypeVar, get_args

import numpy as np

from cnnlib.demo.numbers import parse_number
from cnnlib.exercises.safely import count
from cnnlib.exercises.sums import value_of

LESSONS = Path(__file__).parents[1] / "lessons"
BITS = 64  # in a list that is read as a binary number

Kind = Literal["check", "predict", "spot", "test"]
_TYPES = {str: (str, "text in quotes"), float: (int | float, "a number")}  # of a file's values


@dataclass(frozen=True, kw_only=True)
class Exercise:
    """One exercise of a lesson.

    Parameters
    ----------
    id : str
        Lesson and name, for example ``"03-slide"``.
    title : str
        A few words for the table of progress.
    kind : {"check", "predict", "spot", "test"}
        Something to make, a guess before seeing, a claim to judge, or an item of a test: nothing is revealed.
    asked_in : str, optional
        The two digits of the lesson that asks it, where these are no longer those of its id.
    hint : str, optional
        What helps on after two different tries.
    solution : str, optional
        What a learner may write in the cell, as it stands: shown after three different tries.
    why : str, optional
        Two lines of reasons for the solution.

    Examples
    --------
    >>> Exercise(id="03-slide", title="write the loop").lesson
    '03'
    """

    id: str
    title: str
    kind: Kind = "check"
    asked_in: str = ""
    hint: str = ""
    solution: str = ""
    why: str = ""

    @property
    def lesson(self) -> str:
        """The two digits of the lesson."""
        return self.asked_in or self.id[:2]


@dataclass(frozen=True, kw_only=True)
class Number(Exercise):
    """An exercise whose answer is one number.

    Parameters
    ----------
    answer : float
        The number.
    why : str
        Said when it is right, and of the solution.
    mistakes : mapping of float to str
        A wrong number, and the sentence that names how one comes to it.
    hint : str
        Said for any other number, and after two different tries.
    made_of : str, optional
        The calculation, ``"6 filters * (25 weights + 1 bias)"``: its slips are named, too.

    Examples
    --------
    >>> Number(id="03-sum", title="add", answer=4, why="Two and two.", hint="Count.").answer
    4
    """

    answer: float
    why: str = field()  # with no default, unlike that of any exercise
    hint: str = field()
    mistakes: Mapping[float, str] = field(default_factory=dict)
    made_of: str = ""

    def __post_init__(self) -> None:
        if self.made_of and not math.isclose(value_of(self.made_of), self.answer, rel_tol=1e-3):
            raise ValueError(f"made_of gives {value_of(self.made_of):g}, and answer is {self.answer:g}")


@dataclass(frozen=True, kw_only=True)
class Numbers(Exercise):
    """An exercise whose answer is several numbers; `right` is said when all of them are.

    Examples
    --------
    >>> list(find("05-modes", Numbers, "find").parts)
    ['full', 'same', 'valid']
    """

    right: str
    parts: Mapping[str, Number]


@dataclass(frozen=True, kw_only=True)
class Prediction(Exercise):
    """A question that is answered before the lesson shows what happens.

    Parameters
    ----------
    question : str
        The question.
    right : str or float
        The answer: one of the options, or a number.
    options : tuple of str, optional
        What one can choose; empty if a number is asked for.
    replies : mapping
        For each wrong option (or foreseen number): the thought behind it, and where it goes astray.
    reveal : str
        What happens and why, told to everyone who has committed.
    otherwise : str, optional
        The reply to a number that was not foreseen.
    tables : mapping of str to rows of numbers, optional
        Drawn below the question, by their names; one called ``kernel`` is drawn with its signs.

    Raises
    ------
    ValueError
        If an option has no reply, the right answer is not among the options, or a table is not one.

    Examples
    --------
    >>> guess = Prediction(id="03-predict-sky", title="sky", question="Is the sky blue?",
    ...     options=("yes", "no"), right="yes", replies={"no": "Look up."}, reveal="It is.")
    >>> guess.choice(" YES ")
    'yes'
    """

    kind: Kind = "predict"
    question: str
    right: str | float
    reveal: str
    options: tuple[str, ...] = ()
    replies: Mapping[str | float, str] = field(default_factory=dict)
    otherwise: str = ""
    tables: Mapping[str, list[list[float]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, rows in self.tables.items():
            if not _is_table(rows):
                raise ValueError(f"tables: {name} is no table; write rows of numbers, [[1, 0], [0, 1]]")
        if self.options and set(self.options) != {self.right, *self.replies}:
            raise ValueError(
                f"Prediction: {self.id} needs a reply for each wrong option and the right one among them; "
                f"it has options {self.options}, right {self.right!r}, replies to {tuple(self.replies)}"
            )

    def choice(self, answer: object) -> str | float | None:
        """Return the option (or number) that the answer means, or None if it means none."""
        if self.options:
            return {_letters(option): option for option in self.options}.get(_letters(answer))
        return read_number(answer)


def _is_table(rows: object) -> bool:
    """Tell whether these are rows of numbers, all equally long."""
    try:
        table = np.array(rows)
    except ValueError:  # rows of different lengths
        return False
    return table.ndim == 2 and table.size > 0 and table.dtype.kind in "if"


def read_number(answer: object) -> float | None:
    """Return the number that a learner gave, or None if it is not a finite one.

    Text such as ``"784"``, ``"−150"`` or ``"63,802"`` counts, as in a demo's fields; True and False do not.

    Examples
    --------
    >>> read_number("−150"), read_number("63,802"), read_number([784])
    (-150.0, 63802.0, 784.0)
    """
    return next(iter(readings(answer)), None)


def readings(answer: object) -> list[float]:
    """Return the numbers that an answer can mean, the likeliest first; none for what is no finite number.

    Examples
    --------
    >>> readings("2,416"), readings("2 416"), readings("0b100")
    ([2.416, 2416.0], [2416.0], [100.0, 4.0])
    """
    if isinstance(answer, list | tuple | np.ndarray):
        return _of_a_list(answer)
    if isinstance(answer, bool) or type(answer).__name__ == "bool":  # NumPy's own bool too
        return []
    if isinstance(answer, str):
        return _of_text(answer.strip())
    try:
        if isinstance(answer, complex | np.complexfloating) and not answer.imag:
            answer = answer.real
        number = float(answer)
    except Exception:  # function, a number beyond float, a learner's own class
        return []
    return [number] if math.isfinite(number) else []


def _of_a_list(answer: list | tuple | np.ndarray) -> list[float]:
    """Return what an array of one number means, or a list of bits."""
    if count(answer) > BITS:
        return []
    items = np.ravel(np.array(answer, dtype=object)) if not isinstance(answer, np.ndarray) else answer.ravel()
    if items.size == 1:
        return [] if items[0] is answer else readings(items[0])
    if items.size > 1 and all(str(item) in ("0", "1") for item in items):
        return [float("".join(map(str, items)))]
    return []


_GROUPED = re.compile(
    r"[-−]?\d{1,3}([,. \N{NO-BREAK SPACE}\N{THIN SPACE}\N{NARROW NO-BREAK SPACE}'’_]\d{3})+"
)
_BINARY = re.compile(r"0[bB][01]+")


def _of_text(text: str) -> list[float]:
    if _BINARY.fullmatch(text):
        return [float(text[2:]), float(int(text, 2))]
    found = []
    with contextlib.suppress(ValueError):
        found.append(float(parse_number(text, limit=math.inf)))
    if _GROUPED.fullmatch(text):
        found.append(float(re.sub(r"[^\d−-]", "", text).replace("−", "-")))
    return list(dict.fromkeys(number for number in found if math.isfinite(number)))


def rounds_to(given: float, target: float, digits: int) -> bool:
    """Tell whether one is the other, rounded or cut off, with at least so many digits left.

    Examples
    --------
    >>> rounds_to(9.33, 28 / 3, 2), rounds_to(9, 28 / 3, 2), rounds_to(78, 156, 2)
    (True, False, False)
    """
    if math.isclose(given, target, rel_tol=1e-9, abs_tol=1e-12):
        return True
    for short, long in ((given, target), (target, given)):
        text = np.format_float_positional(short, trim="-").lstrip("-")
        decimals = len(text.partition(".")[2])
        if decimals and len(text.replace(".", "").lstrip("0")) >= digits:
            scaled = abs(long) * 10.0**decimals
            if short * long > 0 and round(abs(short) * 10.0**decimals) in (math.floor(scaled), round(scaled)):
                return True
    return False


def _letters(answer: object) -> str:
    """Return the text without what differs between two ways to type the same option."""
    text = str(answer).casefold().replace("×", "x").replace("−", "-")
    return "".join(text.split())


# ---- from the files
class Lesson(NamedTuple):
    """A lesson's title, and its exercises by id."""

    title: str
    exercises: dict[str, Exercise]


@cache
def rooms() -> dict[str, Path]:
    """Return the folders of the lessons that have exercises, by the two digits of the lesson.

    Examples
    --------
    >>> rooms()["03"].name
    'l03_a_kernel_slides'
    """
    return {file.parent.name[1:3]: file.parent for file in sorted(LESSONS.glob("l*/exercises.toml"))}


@cache
def lesson(number: str) -> Lesson:
    """Read the exercises of one lesson.

    Examples
    --------
    >>> lesson("03").title
    'A kernel slides'
    """
    return read_lesson(rooms()[number] / "exercises.toml", number)


@cache
def exercises() -> dict[str, Exercise]:
    """Read the exercises of all lessons, by id.

    Examples
    --------
    >>> exercises()["03-slide"].title
    'write the loop yourself'
    """
    return {key: exercise for number in rooms() for key, exercise in lesson(number).exercises.items()}


Asked = TypeVar("Asked", bound=Exercise)


def find(exercise_id: str, kind: type[Asked], caller: str) -> Asked:
    """Return the exercise with this id.

    Parameters
    ----------
    exercise_id : str
        For example ``"03-places"``.
    kind : type
        `Exercise`, or the narrower `Number`, `Numbers` or `Prediction`.
    caller : str
        The function that asks, for the message.

    Raises
    ------
    ValueError
        If there is none of that kind; the message lists those there are.

    Examples
    --------
    >>> find("03-slide", Exercise, "find").title
    'write the loop yourself'
    """
    name = str(exercise_id)
    likely_first = sorted(rooms(), key=lambda number: number != name[:2])
    asked = (lesson(number).exercises.get(name) for number in likely_first)
    exercise = next(filter(None, asked), None)
    if not isinstance(exercise, kind):
        known = ", ".join(key for key, value in exercises().items() if isinstance(value, kind))
        raise ValueError(f"{caller}: there is no exercise {exercise_id!r}; use one of {known}")
    return exercise


def read_lesson(file: Path, number: str) -> Lesson:
    """Read an `exercises.toml`: the lesson's title, and an entry ``[name]`` for each exercise ``"NN-name"``.

    What came from another lesson keeps its whole id, ``[12-name]``: answers are stored under it. An entry
    holds the parameters of an `Exercise`, `Number`, `Numbers` or `Prediction`. Texts may be broken into lines
    anywhere, except in a solution. Options, replies and mistakes are pairs, ``["2 × 2", "That is ..."]``; the
    right option is paired with ``true``.

    Raises
    ------
    ValueError
        If anything is missing, unknown or misspelt; the message names file and entry.
    """
    where = place = f"{file.parent.name}/{file.name}"
    try:
        data = _one_line(tomllib.loads(file.read_text(encoding="utf-8")))
        title = data.pop("title", None)
        if not isinstance(title, str):
            raise ValueError("title is missing: the lesson's name")
        found = {}
        for name, entry in data.items():
            where = f"{place}, [{name}]"
            key = name if _WHOLE_ID.match(name) else f"{number}-{name}"
            found[key] = replace(_exercise(key, entry), asked_in=number)
    except (ValueError, TypeError) as error:  # tomllib's own tells the line
        raise ValueError(f"{where}: {error}") from error
    return Lesson(title, found)


_WHOLE_ID = re.compile(r"\d\d-")


def _one_line(data: object) -> object:
    if isinstance(data, str):
        return " ".join(data.split())
    if isinstance(data, list):
        return [_one_line(item) for item in data]
    if not isinstance(data, dict):
        return data
    return {key: item if key == "solution" else _one_line(item) for key, item in data.items()}


_FORMS = {  # by what only they have, so that one misspelt key does not hide what is meant
    frozenset({"question", "options", "reveal"}): Prediction,
    frozenset({"answer", "mistakes"}): Number,
    frozenset({"parts"}): Numbers,
}


def _exercise(exercise_id: str, entry: object) -> Exercise:
    if not isinstance(entry, dict):
        raise ValueError("this stands outside of all entries; write it below the [name] of one")
    form = next((form for keys, form in _FORMS.items() if entry.keys() & keys), Exercise)
    if "options" in entry:
        if "right" in entry or "replies" in entry:
            raise ValueError("with options, right and replies are said by their pairs")
        entry |= _choices(_pairs(entry, "options"))
    elif form is Prediction:
        entry["replies"] = _pairs(entry, "replies")
    elif form is Number:
        entry["mistakes"] = _pairs(entry, "mistakes")
    elif form is Numbers:
        entry["parts"] = {
            name: _exercise(f"{exercise_id}-{name}", {"why": "", **part} if isinstance(part, dict) else part)
            for name, part in entry["parts"].items()
        }
    _refuse(entry, form)
    return form(id=exercise_id, **entry)


def _pairs(entry: dict, key: str) -> dict:
    pairs = {}
    for pair in entry.get(key, []):
        if not isinstance(pair, list) or len(pair) != 2:
            raise ValueError(f'{key}: {pair!r} is no pair; write [5.75, "That is ..."]')
        if pair[0] in pairs:
            raise ValueError(f"{key}: {pair[0]!r} is there twice")
        pairs[pair[0]] = pair[1]
    return pairs


def _choices(options: dict) -> dict:
    right = [option for option, says in options.items() if says is True]
    if len(right) != 1:
        raise ValueError(f"options: exactly one has to be paired with true, not {len(right)}")
    replies = {option: says for option, says in options.items() if says is not True}
    return {"options": tuple(options), "right": right[0], "replies": replies}


def _refuse(entry: dict, form: type[Exercise]) -> None:
    known = {f.name: f for f in fields(form) if f.name not in ("id", "asked_in")}
    for key in entry:
        if key not in known:
            near = difflib.get_close_matches(key, known, 1)
            remedy = f"did you mean {near[0]}?" if near else f"use {', '.join(known)}"
            raise ValueError(f"{key} is unknown; {remedy}")
    for name, f in known.items():
        if name not in entry and f.default is f.default_factory is MISSING:
            raise ValueError(f"{name} is missing")
        values = entry[name].values() if name in ("replies", "mistakes") else [entry.get(name, f.default)]
        kind, words = _TYPES.get(str if name in ("replies", "mistakes") else f.type, (object, ""))
        if not all(isinstance(value, kind) for value in values):
            raise ValueError(f"{name} has to be {words}")
    if entry.get("kind", "check") not in get_args(Kind):
        raise ValueError(f"kind: {entry['kind']!r} is unknown; use one of {', '.join(get_args(Kind))}")
