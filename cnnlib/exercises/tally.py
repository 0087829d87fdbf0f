"""What a class got wrong: counts of answers, exercise by exercise. No learner's code is run or shown."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import mean, median

from cnnlib.demo.numbers import number_text
from cnnlib.exercises import answers, reading
from cnnlib.exercises.predictions import answer_text
from cnnlib.exercises.reading import Exercise, Number, Numbers, Prediction, read_number

MOST_WRONG = 3
NOT_KEPT = "What was wrong was not kept: this answer is from an older version of the course."


@dataclass(frozen=True)
class Wrong:
    """A wrong answer, the mistake that it is, and how many learners gave it; `answer` is empty for code."""

    answer: str
    says: str
    learners: int


@dataclass(frozen=True)
class Counts:
    """What is counted of one exercise.

    Parameters
    ----------
    exercise : Exercise
    tried, first, last : int
        Learners who answered; whose first answer was right; who were right in the end.
    tries : float
        The median of their attempts.
    votes, before, after : int
        Learners who voted twice; of them, those who were right before and after the talk.
    wrong : tuple of Wrong
        The most frequent first.
    open : tuple of str
        Who was not right in the end.
    """

    exercise: Exercise
    tried: int
    first: int
    last: int
    tries: float
    votes: int
    before: int
    after: int
    wrong: tuple[Wrong, ...]
    open: tuple[str, ...]

    @property
    def weight(self) -> float:
        """How much there is to talk about: 1 for each learner who is still wrong, 1/4 for each who was.

        A prediction counts half, as its explanation has been read.
        """
        still = len(self.open) * (0.5 if isinstance(self.exercise, Prediction) else 1)
        return still + 0.25 * max(self.last - self.first, 0)


@dataclass(frozen=True)
class Scores:
    """What a class had right of the concept test; the first answer to an item counts.

    Parameters
    ----------
    items : int
        Of each form.
    right : mapping of str to tuple of int
        For each form, ``"a"`` and ``"b"``: how many items those had right who answered all of them.
    both : tuple of (int, int)
        For those who answered both forms: their right items in the one they took first, and in the other.
    """

    items: int
    right: Mapping[str, tuple[int, ...]]
    both: tuple[tuple[int, int], ...]

    @property
    def gain(self) -> float | None:
        """The share of what could be gained that was gained on the average; None if nothing could be."""
        if not self.both:
            return None
        before, after = (mean(scores) for scores in zip(*self.both, strict=True))
        return (after - before) / (self.items - before) if before < self.items else None


@dataclass(frozen=True)
class Tally:
    """The counts of each exercise that anybody tried, in the course's order, and what else was seen."""

    counts: tuple[Counts, ...]
    unknown: tuple[str, ...]
    courses: Mapping[str, int]
    scores: Scores

    def to_talk_about(self, most: int = 8) -> list[Counts]:
        """Return the exercises to talk about first; items of a test have their place elsewhere."""
        heavy = [one for one in self.counts if one.weight and one.exercise.kind != "test"]
        return sorted(heavy, key=lambda one: -one.weight)[:most]


def tally(learners: Mapping[str, Mapping[str, dict]]) -> Tally:
    """Count the answers of a class.

    Parameters
    ----------
    learners : mapping of str to mapping
        For each learner, the entries of the answers file by exercise id.

    Examples
    --------
    >>> entry = answers.added(None, answers.attempt(1024, correct=False))
    >>> (counts,) = tally({"Anna": {"03-places": entry}}).counts
    >>> counts.wrong[0].says[:31]
    'That is one position for every '
    """
    known = reading.exercises()
    by_exercise: dict[str, dict[str, dict]] = {}
    for name, entries in learners.items():
        for exercise_id, entry in entries.items():
            by_exercise.setdefault(exercise_id, {})[name] = entry
    counts = [_counted(known[key], by_exercise[key]) for key in known if key in by_exercise]
    courses = Counter(
        max((str(entry["last"].get("course", "")) for entry in entries.values()), default="")
        for entries in learners.values()
    )
    unknown = tuple(sorted(by_exercise.keys() - known.keys()))
    return Tally(tuple(counts), unknown, courses, _scores(known.values(), learners.values()))


def _scores(exercises: Iterable[Exercise], learners: Iterable[Mapping[str, dict]]) -> Scores:
    forms: dict[str, list[str]] = {}
    for one in exercises:
        if one.kind == "test":
            forms.setdefault(one.id.split("-")[1], []).append(one.id)
    right: dict[str, list[int]] = {form: [] for form in forms}
    both = []
    for entries in learners:
        taken = []
        for form, items in forms.items():
            if entries.keys() >= set(items):
                score = sum(_right(entries[item]["first"]) for item in items)
                taken.append((min(str(entries[item]["first"].get("when", "")) for item in items), score))
                right[form].append(score)
        if len(taken) == len(forms) > 1:
            both.append(tuple(score for _, score in sorted(taken)))
    items = max(map(len, forms.values()), default=0)
    return Scores(items, {form: tuple(scores) for form, scores in right.items()}, tuple(both))


def _counted(exercise: Exercise, entries: Mapping[str, dict]) -> Counts:
    first = {name for name, entry in entries.items() if _right(entry["first"])}
    last = {name for name, entry in entries.items() if entry["solved"] or _right(entry["last"])}
    voted = {
        name: entry["revote"]
        for name, entry in entries.items()
        if entry["first"].get("vote") == 1 and isinstance(entry.get("revote"), dict)
    }
    return Counts(
        exercise,
        tried=len(entries),
        first=len(first),
        last=len(last),
        tries=median(entry["tries"] for entry in entries.values()),
        votes=len(voted),
        before=len(first & voted.keys()),
        after=sum(map(_right, voted.values())),
        wrong=_most_wrong(exercise, entries.values()),
        open=tuple(sorted(entries.keys() - last)),
    )


def _right(attempt: dict) -> bool:
    return attempt.get("correct") is True


def _most_wrong(exercise: Exercise, entries: Iterable[dict]) -> tuple[Wrong, ...]:
    """Return the most frequent wrong answers; each learner counts once for each."""
    learners: Counter = Counter()
    wordings: dict[str, Counter] = {}
    for entry in entries:
        attempts = [entry["first"], *answers.between(entry), entry.get("revote"), entry["last"]]
        wrong = [_named(exercise, one) for one in attempts if isinstance(one, dict) and not _right(one)]
        for key, answer, says in {named[0]: named for named in wrong}.values():
            learners[key] += 1
            wordings.setdefault(key, Counter())[answer, says] += 1
    most = sorted(learners, key=lambda key: (-learners[key], key))[:MOST_WRONG]
    told = {key: min(wordings[key].items(), key=lambda one: (-one[1], str(one[0])))[0] for key in most}
    return tuple(Wrong(*told[key], learners[key]) for key in most)


def _named(exercise: Exercise, attempt: dict) -> tuple[str, str, str]:
    """Return what groups a wrong answer with others of its kind, the answer itself, and its mistake."""
    answer, says = attempt.get("answer"), str(attempt.get("said") or "")
    if isinstance(exercise, Prediction):
        choice = exercise.choice(answer)
        answer = _short(answer) if choice is None else answer_text(choice)
        return answer, answer, exercise.replies.get(choice, says or exercise.otherwise)
    if isinstance(exercise, Number):
        number = read_number(answer)
        answer = _short(answer) if number is None else number_text(number, 6)
        return answer, answer, says or exercise.mistakes.get(number, exercise.hint)
    if isinstance(exercise, Numbers):
        return _short(answer), _short(answer), says or NOT_KEPT
    return alike(says), "", says or NOT_KEPT


def alike(says: str) -> str:
    """Return a sentence without what differs between two learners who made one mistake: numbers, names, code.

    Examples
    --------
    >>> alike("It stopped at line 3: `a / b`.") == alike("It stopped at line 12: `c / 0`.")
    True
    """
    return re.sub(r"`[^`]*`|'[^']*'|[-−]?\d[\d.,]*", "…", says)


def _short(answer: object) -> str:
    text = " ".join(str(answer).split())
    return text if len(text) <= 60 else f"{text[:59]}…"
