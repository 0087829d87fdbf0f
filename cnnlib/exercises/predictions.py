"""Predict, commit, then see: the part without a widget. The first answer stays the prediction."""

from cnnlib.demo.numbers import number_text
from cnnlib.exercises import answers
from cnnlib.exercises.feedback import Feedback, is_blank
from cnnlib.exercises.reading import Prediction, find


def get_prediction(exercise_id: str) -> Prediction:
    """Return a prediction's question, options, replies and reveal.

    Raises
    ------
    ValueError
        If there is no prediction with this id.

    Examples
    --------
    >>> get_prediction("03-predict-size").options
    ('5 × 5', '3 × 3', '2 × 2', '7 × 7')
    """
    return find(exercise_id, Prediction, "get_prediction")


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
    entry = answers.load().get(get_prediction(exercise_id).id)
    return entry["first"]["answer"] if entry else None


def invitation(prediction: Prediction, answer: object = None) -> Feedback:
    """Return what is said before there is an answer that can be read; nothing is recorded.

    Examples
    --------
    >>> print(invitation(get_prediction("03-predict-size")))
    Not answered yet. Choose one: 5 × 5; 3 × 3; 2 × 2; 7 × 7.
    """
    says = "Give a number: a guess is welcome."
    if prediction.options:
        says = f"Choose one: {'; '.join(prediction.options)}."
    elif isinstance(answer, str) and answer.strip():
        says = f"“{answer.strip()[:20]}” cannot be read as a number; type digits, such as 12 or −3."
    return Feedback("not answered yet", says)


def commit(exercise_id: str, answer: object) -> Feedback:
    """Record an answer and only then reveal what happens.

    Parameters
    ----------
    exercise_id : str
        For example ``"03-predict-size"``.
    answer : str or float
        One of the options (``"3x3"`` does for ``"3 × 3"``), or the number.

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
    choice = None if is_blank(answer) else prediction.choice(answer)
    if choice is None:
        return answers.recorded(exercise_id, answer, invitation(prediction, answer))
    first = previous(exercise_id)
    correct = choice == prediction.right
    truth = f"The answer: {answer_text(prediction.right)}. {prediction.reveal}"
    message = prediction.reveal if correct else f"{_reply(prediction, choice)} {truth}"
    if first is not None and first != choice:
        message += f" (Your first answer, {answer_text(first)}, stays recorded as your prediction.)"
    verdict = "right" if correct else "wrong"
    return answers.recorded(
        exercise_id, choice, Feedback(verdict, message, heading="" if correct else "A surprise:")
    )


def _reply(prediction: Prediction, choice: str | float) -> str:
    return f"You said {answer_text(choice)}. {prediction.replies.get(choice, prediction.otherwise)}"


def answer_text(choice: str | float) -> str:
    """Write an answer as the learner would: ``3 × 3``, or ``4`` for the number 4.0.

    Examples
    --------
    >>> answer_text("3 × 3"), answer_text(4.0)
    ('3 × 3', '4')
    """
    return choice if isinstance(choice, str) else number_text(choice, digits=6)
