"""All exercises by id, and the one way in which an answer is settled: recorded, then answered."""

from dataclasses import replace
from typing import TypeVar

from cnnlib.exercises import (
    answers,
    questions01,
    questions02,
    questions03,
    questions04,
    questions05,
    questions06,
    questions07,
    questions08,
    questions09,
    questions10,
    questions11,
    questions12,
)
from cnnlib.exercises.feedback import Feedback
from cnnlib.exercises.questions import Exercise

LESSONS = {
    "01": "Light to numbers",
    "02": "Pixels, channels, bytes",
    "03": "A kernel slides",
    "04": "The kernel zoo",
    "05": "Flip and borders",
    "06": "Stride, padding, size",
    "07": "Pattern detectors and the bend",
    "08": "A real layer",
    "09": "Pooling and shifting",
    "10": "Why convolution",
    "11": "Train a small CNN",
    "12": "Inside and beyond",
}

EXERCISES: dict[str, Exercise] = {
    exercise.id: exercise
    for lesson in (
        questions01,
        questions02,
        questions03,
        questions04,
        questions05,
        questions06,
        questions07,
        questions08,
        questions09,
        questions10,
        questions11,
        questions12,
    )
    for exercise in lesson.QUESTIONS
}

Kind = TypeVar("Kind", bound=Exercise)


def find(exercise_id: str, kind: type[Kind], caller: str) -> Kind:
    """Return the exercise with this id.

    Parameters
    ----------
    exercise_id : str
        For example ``"03-places"``.
    kind : type
        `Exercise`, or the narrower `Number` or `Prediction`.
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
    exercise = EXERCISES.get(exercise_id)
    if not isinstance(exercise, kind):
        known = ", ".join(key for key, value in EXERCISES.items() if isinstance(value, kind))
        raise ValueError(f"{caller}: there is no exercise {exercise_id!r}; use one of {known}")
    return exercise


def settle(exercise_id: str, answer: object, feedback: Feedback) -> Feedback:
    """Record an answer, unless it is still missing, and add what must be said about the answers file.

    Examples
    --------
    >>> settle("03-slide", None, Feedback("not answered yet", "Write it first.")).verdict
    'not answered yet'
    """
    exercise = find(exercise_id, Exercise, "settle")
    if feedback.verdict != "not answered yet":
        answers.record(exercise.id, answer, correct=feedback.verdict == "right", lesson=exercise.lesson)
    return replace(feedback, note=" ".join(answers.take_notices()))
