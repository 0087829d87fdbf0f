"""Lesson 12's bank of fooling: one step uphill, and each known mistake with the sentence that names it."""

import numpy as np

from cnnlib.exercises.task import Case, Mistake, Task


def _climbing(name: str, picture: object, gradient: object, rate: float) -> Case:
    return Case(name, (np.array(picture, float), np.array(gradient, float), np.float64(rate)))


def _climb(picture: np.ndarray, gradient: np.ndarray, rate: float) -> np.ndarray:
    return np.clip(picture + rate * gradient, 0, 1)


def _stretched(picture: np.ndarray) -> np.ndarray:
    return (picture - picture.min()) / (picture.max() - picture.min())


CLIMB = Task(
    call="climb(picture, gradient, rate)",
    cases=(
        _climbing("a step that stays within 0 to 1", [[0.2, 0.5], [0.4, 0.6]], [[1, -2], [0, 3]], 0.1),
        _climbing("a step that leads out", [[0.9, 0, 0.5], [1, 0.3, 0.1]], [[4, -1, -2], [-3, 1, -6]], 0.2),
        _climbing(
            "a longer step", [[0, 0.1, 1, 0.7], [0.8, 0.4, 0, 0.2]], [[2, 0, 1, -1], [-1, 1, -2, 3]], 0.5
        ),
    ),
    truth=_climb,
    right="Uphill by rate times gradient, and back to what a picture can hold. Nothing was trained: the "
    "weights are as they were.",
    mistakes=(
        Mistake(
            lambda x, g, r: np.clip(x - r * g, 0, 1),
            "That is downhill, as in training, where a loss has to fall. Here the gradient is that of a "
            "certainty, which has to rise.",
        ),
        Mistake(
            lambda x, g, r: x - r * g,
            "That is downhill, as in training, and may leave 0 to 1. Here a certainty has to rise.",
        ),
        Mistake(
            lambda x, g, r: x + r * g,
            "The step leads out of 0, paper, to 1, ink. Bring such pixels back to the nearer end: `np.clip`.",
        ),
        Mistake(
            lambda x, g, r: np.minimum(x + r * g, 1),
            "Pixels are held below 1, but some fall under 0: there is no less ink than none.",
        ),
        Mistake(
            lambda x, g, r: np.maximum(x + r * g, 0),
            "Pixels are held above 0, but some rise over 1. These pictures reach to 1, ink, not to 255.",
        ),
        Mistake(
            lambda x, g, r: np.clip(x + r * g, -1, 1),
            "Your pixels may fall to −1. Paper is 0, and there is no less ink than none.",
        ),
        Mistake(lambda x, g, r: np.clip(x + g, 0, 1), "The rate does not come in: take rate times gradient."),
        Mistake(
            lambda x, g, r: np.clip(x + r * np.sign(g), 0, 1),
            "You follow the gradient's signs: each pixel moves equally far. That fools networks as well, but "
            "here a pixel moves by rate times its gradient.",
        ),
        Mistake(
            lambda x, g, r: np.clip(x + r * g / np.linalg.norm(g), 0, 1),
            "You bring the gradient to the length 1, as the demo does. Here it comes in as it is.",
        ),
        Mistake(
            lambda x, g, r: np.clip(x + np.clip(r * g, 0, 1), 0, 1),
            "You clip the step, so that no pixel can lose ink. Clip the picture after the step.",
        ),
        Mistake(
            lambda x, g, r: np.clip(r * g, 0, 1),
            "That is the step alone. It is added to the picture.",
        ),
        Mistake(lambda x, g, r: r * g, "That is the step alone. It is added to the picture."),
        Mistake(
            lambda x, g, r: np.clip(x * (1 + r * g), 0, 1),
            "The step is multiplied with the picture: paper would stay paper for ever. Add it.",
        ),
        Mistake(
            lambda x, g, r: _stretched(x + r * g),
            "You stretch the result to 0 to 1: that changes every pixel. Only those outside have to come "
            "back.",
        ),
        Mistake(
            lambda x, g, r: (x + r * g) % 1,
            "What leaves 0 to 1 on one side comes in on the other: ink becomes paper. Hold it at the end.",
        ),
        Mistake(
            lambda x, g, r: np.where((x + r * g < 0) | (x + r * g > 1), x, x + r * g),
            "Pixels whose step leads out stay where they were. They may go as far as 0 or 1.",
        ),
    ),
)
