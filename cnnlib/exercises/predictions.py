"""Predict, commit, then see: the part without a widget. The first answer stays the prediction."""

import hashlib
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from cnnlib.demo.numbers import number_text
from cnnlib.exercises import answers, reading
from cnnlib.exercises.feedback import Feedback, is_blank
from cnnlib.exercises.reading import Prediction, find
from cnnlib.exercises.safely import call, guarded

LONG_AGO, JUST_NOW = timedelta(days=7), timedelta(minutes=20)
# These lean on the question before them, and cannot be asked alone.
NOT_ALONE = {"07-predict-turn", "07-predict-zero-mean"}


def get_prediction(exercise_id: str) -> Prediction:
    """Return a prediction's question, options, replies and reveal.

    Options are shuffled, in a way that is fixed for each question; numbers stay in order.

    Raises
    ------
    ValueError
        If there is no prediction with this id.

    Examples
    --------
    >>> get_prediction("03-predict-size").options
    ('2 × 2', '3 × 3', '5 × 5', '7 × 7')
    """
    prediction = find(exercise_id, Prediction, "get_prediction")
    return replace(prediction, options=shuffled(prediction.options, exercise_id))


_CATCH_ALL = re.compile(r"(for |in |on )?(all|both|none|neither|nothing)\b(?!,)")
_NUMBERED = re.compile(r"(\w+ )?[-−+]?\d")
_WORDS = {"none": 0, "one": 1, "two": 2, "three": 3, "four": 4}


def shuffled(options: tuple[str, ...], seed: str) -> tuple[str, ...]:
    """Return options in an order that only depends on `seed`: numbers by size, *none of them* last.

    Examples
    --------
    >>> shuffled(("all of them", "9", "1"), "any")
    ('1', '9', 'all of them')
    """

    def size(option: str) -> list[float]:
        if option in _WORDS:
            return [_WORDS[option]]
        return [float(found.replace("−", "-")) for found in re.findall(r"[-−]?\d+(?:\.\d+)?", option)]

    numbers = sorted((o for o in options if o in _WORDS or _NUMBERED.match(o)), key=size)
    if len(options) - len(numbers) <= 1:
        return (*numbers, *(option for option in options if option not in numbers))
    last = [option for option in options if _CATCH_ALL.match(option)]
    rest = [option for option in options if option not in last]
    rest.sort(key=lambda option: hashlib.sha256(f"{seed}: {option}".encode()).digest())
    in_order = iter([option for option in numbers if option in rest])
    return (*(next(in_order) if option in numbers else option for option in rest), *last)


def previous(exercise_id: str) -> str | float | None:
    """Return the answer the learner first committed to, or None. Later tries do not change it.

    Raises
    ------
    ValueError
        If there is no prediction with this id.

    Examples
    --------
    >>> previous("04-predict-imshow") is None
    True
    """
    prediction = get_prediction(exercise_id)
    entry = answers.load().get(exercise_id)
    return _choice(prediction, entry["first"]) if entry else None


def _choice(prediction: Prediction, attempt: dict) -> str | float | None:
    """Return what was chosen; None if that is no longer an option."""
    return None if is_blank(attempt["answer"]) else prediction.choice(attempt["answer"])


def reminder(exercise_id: str) -> Feedback | None:
    """Return what the learner said at an earlier visit, and what came of it; None if nothing was said.

    Raises
    ------
    ValueError
        If there is no prediction with this id.

    Examples
    --------
    >>> reminder("04-predict-imshow") is None
    True
    """
    prediction = get_prediction(exercise_id)
    entry = answers.load().get(exercise_id)
    first, last = (_choice(prediction, entry[key]) if entry else None for key in ("first", "last"))
    if first is None or last is None:
        return None
    if _is_waiting(entry):
        return _kept(first)
    if prediction.kind == "test":
        return _noted(first)
    said = answer_text(first) + (f", and later: {answer_text(last)}" if last != first else "")
    verdict, message = _verdict(prediction, last)
    right = " Right." if verdict == "right" else ""
    return Feedback(verdict, message, heading=f"You once said: {said}.{right}")


def _is_waiting(entry: dict | None) -> bool:
    """Tell whether a question is to be asked again after a talk, and was not yet."""
    return bool(entry) and entry["last"].get("vote") == 1


def _kept(choice: str | float) -> Feedback:
    says = "Now talk it over with your neighbour: who can convince whom? Then choose and commit once more."
    return Feedback("not answered yet", says, heading=f"Your answer is kept: {answer_text(choice)}.")


def _noted(choice: str | float) -> Feedback:
    says = "A test tells nothing yet, and the first answer counts."
    return Feedback("not answered yet", says, heading=f"Your answer is kept: {answer_text(choice)}.")


def invitation(prediction: Prediction, answer: object = None) -> Feedback:
    """Return what is said before there is an answer that can be read; nothing is recorded.

    Examples
    --------
    >>> print(invitation(get_prediction("03-predict-size")))
    Not answered yet. Choose one: 2 × 2; 3 × 3; 5 × 5; 7 × 7.
    """
    says = "Give a number: a guess is welcome."
    if prediction.options:
        says = f"Choose one: {'; '.join(prediction.options)}."
    elif type(answer) is str and answer.strip():
        says = f"“{answer.strip()[:20]}” cannot be read as a number; type digits, such as 12 or −3."
    return Feedback("not answered yet", says)


def commit(exercise_id: str, answer: object, *, revote: bool = False) -> Feedback:
    """Record an answer and only then reveal what happens; an item of a test reveals nothing.

    Parameters
    ----------
    exercise_id : str
        For example ``"03-predict-size"``.
    answer : str or float
        One of the options (``"3x3"`` does for ``"3 × 3"``), or the number.
    revote : bool, default False
        Whether the question is asked twice: nothing is revealed after the first answer.

    Returns
    -------
    Feedback
        With a reply to this very answer and the reveal; with neither if the answer is not one of the options.

    Raises
    ------
    ValueError
        If there is no prediction with this id.

    Examples
    --------
    >>> commit("03-predict-size", ...).verdict
    'not answered yet'
    """
    prediction = get_prediction(exercise_id)
    with guarded():  # a class of the learner's may do anything when it is read
        choice, _ = call(lambda: None if is_blank(answer) else prediction.choice(answer))
    if choice is None:
        return replace(invitation(prediction, answer), note=" ".join(answers.take_notices()))
    entry = answers.load().get(exercise_id)
    first = _choice(prediction, entry["first"]) if entry else None
    vote = 1 if revote and entry is None else 2 if _is_waiting(entry) else 0
    verdict, message = _verdict(prediction, choice)
    said = prediction.replies.get(choice, prediction.otherwise)
    answers.record(exercise_id, choice, correct=verdict == "right", said=said, vote=vote)
    if vote == 1:
        feedback = _kept(choice)
    elif prediction.kind == "test":
        feedback = _noted(choice if first is None else first)
    elif verdict == "right":
        feedback = Feedback(verdict, message)
    else:
        feedback = Feedback(verdict, f"You said {answer_text(choice)}. {message}", heading="A surprise:")
    if first is not None and first != choice and prediction.kind != "test":
        stays = f" (Your first answer, {answer_text(first)}, stays recorded as your prediction.)"
        feedback = replace(feedback, message=feedback.message + stays)
    return replace(feedback, note=" ".join(answers.take_notices()))


def _verdict(prediction: Prediction, choice: str | float) -> tuple[str, str]:
    """Return the verdict on an answer, and all that is told of it."""
    if choice == prediction.right:
        return "right", prediction.reveal
    reply = prediction.replies.get(choice, prediction.otherwise)
    return "wrong", f"{reply} The answer: {answer_text(prediction.right)}. {prediction.reveal}"


def due(before: str | int = "", count: int = 2, now: datetime | None = None) -> list[str]:
    """Return the predictions to ask again: first what was missed, then what was right long ago.

    Parameters
    ----------
    before : str or int, optional
        Only those of lessons before this one, such as ``"05"``.
    count : int, default 2
        So many at most.
    now : datetime, optional
        The present by default.

    Examples
    --------
    >>> due("05")
    []
    """
    now = now or datetime.now(UTC)
    before = f"{before:0>2}" if before != "" else "99"
    found = []
    for exercise_id, entry in answers.load().items():
        asked = reading.exercises().get(exercise_id)
        if not isinstance(asked, Prediction) or asked.kind == "test":
            continue
        if asked.lesson >= before or exercise_id in NOT_ALONE:
            continue
        missed, age = not entry["last"].get("correct"), now - _when(entry["last"])
        if age > (JUST_NOW if missed else LONG_AGO) and not _is_waiting(entry):
            found.append((not missed, -age, exercise_id))
    return [exercise_id for *_, exercise_id in sorted(found)[:count]]


def _when(attempt: dict) -> datetime:
    try:
        when = datetime.fromisoformat(attempt["when"])
    except (KeyError, TypeError, ValueError):
        return datetime.min.replace(tzinfo=UTC)
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def answer_text(choice: str | float) -> str:
    """Write an answer as the learner would: ``3 × 3``, or ``4`` for the number 4.0.

    Examples
    --------
    >>> answer_text("3 × 3"), answer_text(4.0)
    ('3 × 3', '4')
    """
    return choice if isinstance(choice, str) else number_text(choice, digits=6)
