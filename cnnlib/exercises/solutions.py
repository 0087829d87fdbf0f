"""The ladder after a wrong answer: the mistake, then a hint, then a worked solution.

The feedback names the mistake. From the second different wrong answer on it adds the exercise's hint, from
the third on the worked solution. Running a cell again is no further try.
"""

import math
import os
from dataclasses import replace

from cnnlib.exercises import answers
from cnnlib.exercises.feedback import Feedback, Worked
from cnnlib.exercises.reading import Exercise, Number, find
from cnnlib.exercises.sums import written

HINT, TRIES = 2, 3  # different wrong answers
SWITCH = "CNNLIB_SOLUTIONS"


def solution(exercise_id: str) -> Worked | Feedback:
    """Show a worked solution, and why it is one: after three different tries, or once the exercise is solved.

    Parameters
    ----------
    exercise_id : str
        For example ``"03-slide"``.

    Returns
    -------
    Worked or Feedback
        The solution, or a sentence that says what is missing.

    Raises
    ------
    ValueError
        If there is no such exercise, or it is a prediction: that one tells its answer by itself.

    Notes
    -----
    For teachers: the environment variable ``CNNLIB_SOLUTIONS`` sets how many different wrong answers open a
    solution. ``0`` opens all of them at once, ``never`` closes them; without it, it is 3. In a notebook,
    ``%env CNNLIB_SOLUTIONS=0`` in a cell does so until the kernel stops.

    Examples
    --------
    >>> print(solution("03-slide"))
    Not yet open. The worked solution opens after 3 different tries; so far there are 0.
    """
    exercise = find(exercise_id, Exercise, "solution")
    if exercise.kind != "check":
        raise ValueError(
            f"solution: {exercise_id!r} asks for a guess; it is told once you have committed to one"
        )
    entry = answers.load().get(exercise_id)
    if _is_open(entry):
        return worked(exercise)
    tries = answers.different(entry) if entry else 0
    says = f"The worked solution opens after {_needed()} different tries; so far there {_count(tries)}."
    if _needed() == math.inf:
        says = "The worked solutions are closed at the moment: ask who teaches this course."
    return Feedback("not answered yet", says, heading="Not yet open.")


def worked(exercise: Exercise) -> Worked:
    """Return an exercise's worked solution; that of a number is its calculation.

    Examples
    --------
    >>> worked(find("03-touches", Number, "worked")).code
    '5 positions down · 5 positions across = 25'
    """
    code = exercise.solution.strip("\n")
    if not code and isinstance(exercise, Number) and exercise.made_of:
        code = f"{written(exercise.made_of)} = {exercise.answer:,}"
    return Worked(exercise.id, code, exercise.why)


def answered(exercise_id: str, answer: object, feedback: Feedback) -> Feedback:
    """Record an answer, unless it is still missing, and add what its tries have earned.

    Examples
    --------
    >>> answered("03-slide", None, Feedback("not answered yet", "Write it first.")).verdict
    'not answered yet'
    """
    if feedback.verdict != "not answered yet":
        right = feedback.verdict == "right"
        how = {"correct": right, "verdict": feedback.verdict, "said": feedback.message}
        entry = answers.record(exercise_id, answer, **how)
        if not right:
            feedback = _helped(feedback, find(exercise_id, Exercise, "answered"), entry)
    return replace(feedback, note=" ".join(answers.take_notices()))


def _helped(feedback: Feedback, exercise: Exercise, entry: dict) -> Feedback:
    hint = exercise.hint if answers.different(entry) >= HINT and exercise.hint != feedback.message else ""
    return replace(feedback, hint=hint, worked=worked(exercise) if _is_open(entry) else None)


def _is_open(entry: dict | None) -> bool:
    if not entry or _needed() in (0, math.inf):
        return _needed() == 0
    return entry["solved"] or answers.different(entry) >= _needed()


def _needed() -> float:
    """Return how many different tries open a solution; what cannot be read counts as not set."""
    switch = os.environ.get(SWITCH, "").strip().lower()
    if switch == "never":
        return math.inf
    return int(switch) if switch.isdecimal() else TRIES


def _count(tries: int) -> str:
    return "is 1" if tries == 1 else f"are {tries}"
