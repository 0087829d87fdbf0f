"""Predict, commit, then see: the widget, on the frame of the demos."""

from collections.abc import Sequence
from functools import partial

import numpy as np
from IPython.display import display

from cnnlib.demo import controls as make
from cnnlib.demo.controls import Hidden
from cnnlib.demo.frame import Demo
from cnnlib.demo.numbers import number_text
from cnnlib.demo.parts import kernel_panel
from cnnlib.demo.view import Panel, View, gray
from cnnlib.exercises import predictions
from cnnlib.exercises.feedback import Feedback
from cnnlib.exercises.reading import Prediction

CELL = 36  # CSS pixels, of a table
TITLES = {"predict": "Predict", "spot": "Spot the mistake", "test": "Concept test"}


def predict(exercise_id: str, *, revote: bool = False) -> Demo:
    """Ask a question, and reveal the answer once the learner has committed to one.

    Parameters
    ----------
    exercise_id : str
        For example ``"03-predict-size"``.
    revote : bool, default False
        Ask twice, for a class: commit, talk with the neighbour, commit again, then see. Both are kept.

    Returns
    -------
    Demo
        With the control `answer`, and the button `commit`. At a later visit it tells what was said.

    Raises
    ------
    ValueError
        If there is no prediction with this id.

    Examples
    --------
    >>> predict("03-predict-size").text
    'Not answered yet. Choose one: 2 × 2; 3 × 3; 5 × 5; 7 × 7.'
    """
    asked = predictions.get_prediction(exercise_id)
    return _ask(asked, TITLES[asked.kind], predictions.reminder(exercise_id), revote)


class Recall:
    """Cards to remember by, each a prediction that is asked again, or a sentence if there are none."""

    def __init__(self, cards: Sequence[Demo]):
        self.cards = tuple(cards)

    def __str__(self) -> str:
        return "\n".join(card.text for card in self.cards) or str(NOTHING)

    __repr__ = __str__

    def _ipython_display_(self) -> None:
        display(*self.cards or [NOTHING])


NOTHING = Feedback(
    "not answered yet",
    "What surprises you today comes back here in a later lesson, and stays with you.",
    heading="Nothing to recall yet.",
)


def recall(before: str | int = "", count: int = 2) -> Recall:
    """Ask again what was missed in earlier lessons, or was right long ago.

    Parameters
    ----------
    before : str or int, optional
        The lesson that begins, such as ``"05"``: only earlier ones are asked about.
    count : int, default 2
        So many at most.

    Examples
    --------
    >>> recall("05")
    Nothing to recall yet. What surprises you today comes back here in a later lesson, and stays with you.
    """
    asked = map(predictions.get_prediction, predictions.due(before, count))
    return Recall([_ask(one, f"Do you remember lesson {int(one.lesson)}?") for one in asked])


def _ask(asked: Prediction, title: str, reminder: Feedback | None = None, revote: bool = False) -> Demo:
    settings = {
        "answer": _field(asked),
        "commit": make.button("commit", "commit to this answer"),
        "feedback": Hidden(None),
    }
    demo = Demo(title, asked.question, settings, partial(_view, asked, reminder))

    def commit() -> None:
        demo.feedback.value = predictions.commit(asked.id, demo.answer.value, revote=revote)

    demo.widget.add_class("cnn-predict")
    demo.commit.on_click(lambda _: commit())
    if not asked.options:
        make.on_enter(demo.answer, commit)
    return demo


def _field(asked: Prediction):
    label = "your answer" if asked.kind == "test" else "your prediction"
    return make.radio(label, asked.options) if asked.options else make.entry(label, "a number")


def _view(asked: Prediction, reminder: Feedback | None, answer, feedback: Feedback | None) -> View:
    """Nothing is revealed before there is feedback; a view without a verdict only invites."""
    told = feedback or reminder
    if feedback and feedback.verdict == "not answered yet" and not feedback.heading:  # nothing was kept
        if asked.choice(answer) is not None:
            told = reminder
        elif not answer:
            first = "Choose one of the answers" if asked.options else "Type a number (a guess is welcome)"
            told = Feedback("not answered yet", f"{first}, then commit.")
    if told:
        return View(panels=_tables(asked), sentence=str(told), verdict=told.verdict)
    return View(panels=_tables(asked), sentence=str(predictions.invitation(asked)))


def _tables(asked: Prediction) -> list[Panel]:
    """Draw the tables of a question."""
    return [_table(name, np.array(rows), alone=len(asked.tables) == 1) for name, rows in asked.tables.items()]


def _table(name: str, numbers: np.ndarray, alone: bool) -> Panel:
    said = "; ".join(" ".join(map(number_text, row)) for row in numbers)
    size = CELL * max(numbers.shape)
    if name == "kernel":
        sign = {"symbol": ""} if alone else {}
        return kernel_panel(name, numbers, name, size=size, alt=f"{name}: {said}", **sign)
    high = 1 if numbers.max() <= 1 else 255  # ones and zeros, or bytes
    return gray(name, numbers, name, size=size, high=high, alt=f"{name}: {said}")
