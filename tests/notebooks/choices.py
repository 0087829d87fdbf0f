"""A question has one right answer: what is asked is worked out for every option."""

from cnnlib.exercises import get_prediction


def one_right(exercise_id, holds):
    """Insist that of a prediction's options the right one alone passes ``holds(option)``."""
    asked = get_prediction(exercise_id)
    assert [option for option in asked.options if holds(option)] == [asked.right]
