"""Predict, commit, then see: the widget, on the frame of the demos."""

from functools import partial

from cnnlib.demo import controls as make
from cnnlib.demo.controls import Hidden
from cnnlib.demo.frame import Demo
from cnnlib.demo.view import View
from cnnlib.exercises import predictions
from cnnlib.exercises.feedback import Feedback
from cnnlib.exercises.reading import Prediction

TITLES = {"predict": "Predict", "spot": "Spot the mistake"}


def predict(exercise_id: str) -> Demo:
    """Ask a question, and reveal the answer once the learner has committed to one.

    Parameters
    ----------
    exercise_id : str
        For example ``"03-predict-size"``.

    Returns
    -------
    Demo
        With the control `answer`, and the button `commit`.

    Raises
    ------
    ValueError
        If there is no prediction with this id.

    Examples
    --------
    >>> predict("03-predict-size").text
    'Not answered yet. Choose one: 5 × 5; 3 × 3; 2 × 2; 7 × 7.'
    """
    asked = predictions.get_prediction(exercise_id)
    earlier = predictions.previous(exercise_id)
    settings = {
        "answer": _field(asked),
        "commit": make.button("commit", "commit to this answer"),
        "feedback": Hidden(None),
    }
    demo = Demo(TITLES[asked.kind], asked.question, settings, partial(_view, asked, earlier))

    def commit() -> None:
        demo.feedback.value = predictions.commit(exercise_id, demo.answer.value)

    demo.widget.add_class("cnn-predict")
    demo.commit.on_click(lambda _: commit())
    if not asked.options:
        make.on_enter(demo.answer, commit)
    return demo


def _field(asked: Prediction):
    if asked.options:
        return make.radio("your prediction", asked.options)
    return make.entry("your prediction", "number")


def _view(asked: Prediction, earlier: str | float | None, answer, feedback: Feedback | None) -> View:
    """Nothing is revealed before there is feedback."""
    if feedback:
        return View(panels=[], sentence=str(feedback), verdict=feedback.verdict)
    if earlier is not None:
        told = predictions.answer_text(earlier)
        return View(panels=[], sentence=f"You once said: {told}. Commit again to see what happens.")
    return View(panels=[], sentence=str(predictions.invitation(asked)))
