"""What an exercise is: a title to count, a number to find, or a prediction to commit to. Data only."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from cnnlib.demo.numbers import parse_number


@dataclass(frozen=True, kw_only=True)
class Exercise:
    """One exercise of a lesson.

    Parameters
    ----------
    id : str
        Lesson and name, for example ``"03-slide"``.
    title : str
        A few words for the table of progress.
    kind : {"check", "predict", "spot"}
        Something to make, a guess before seeing, or a published claim to test.

    Examples
    --------
    >>> Exercise(id="03-slide", title="write the loop").lesson
    '03'
    """

    id: str
    title: str
    kind: Literal["check", "predict", "spot"] = "check"

    @property
    def lesson(self) -> str:
        """The two digits of the lesson."""
        return self.id[:2]


@dataclass(frozen=True, kw_only=True)
class Number(Exercise):
    """An exercise whose answer is one number.

    Parameters
    ----------
    answer : float
        The number.
    why : str
        Said when it is right.
    mistakes : mapping of float to str
        A wrong number, and the sentence that names how one comes to it.
    hint : str
        Said for any other number.

    Examples
    --------
    >>> Number(id="03-sum", title="add", answer=4, why="Two and two.", hint="Count.").answer
    4
    """

    answer: float
    why: str
    hint: str
    mistakes: Mapping[float, str] = field(default_factory=dict)


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

    Raises
    ------
    ValueError
        If an option has no reply, or the right answer is not among the options.

    Examples
    --------
    >>> guess = Prediction(id="03-predict-sky", title="sky", kind="predict", question="Is the sky blue?",
    ...     options=("yes", "no"), right="yes", replies={"no": "Look up."}, reveal="It is.")
    >>> guess.choice(" YES ")
    'yes'
    """

    question: str
    right: str | float
    reveal: str
    options: tuple[str, ...] = ()
    replies: Mapping[str | float, str] = field(default_factory=dict)
    otherwise: str = ""

    def __post_init__(self) -> None:
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


def read_number(answer: object) -> float | None:
    """Return the number that a learner gave, or None if it is not a finite one.

    Text such as ``"784"``, ``"−150"`` or ``"63,802"`` counts, as in a demo's fields; True and False do not.

    Examples
    --------
    >>> read_number("−150"), read_number("63,802")
    (-150.0, 63802.0)
    """
    if isinstance(answer, bool) or type(answer).__name__ == "bool":  # NumPy's own bool too
        return None
    try:
        number = float(parse_number(answer, limit=math.inf) if isinstance(answer, str) else answer)
    except Exception:  # text, function, list, a number beyond float, a learner's own class
        return None
    return number if math.isfinite(number) else None


def _letters(answer: object) -> str:
    """Return the text without what differs between two ways to type the same option."""
    text = str(answer).casefold().replace("×", "x").replace("−", "-")
    return "".join(text.split())
