"""Predict, commit, then see; checks that name the mistake, not the answer; answers kept between visits.

Each lesson's exercises are in its room, `cnnlib/lessons/lNN_.../`: ``exercises.toml`` asks, ``checks.py``
checks. They are found by themselves, and read or imported when the first one is asked for.
"""

import re
from importlib import import_module

from cnnlib.exercises import reading
from cnnlib.exercises.check import check_number
from cnnlib.exercises.feedback import Feedback
from cnnlib.exercises.predictions import commit, get_prediction, previous
from cnnlib.exercises.progress import progress
from cnnlib.exercises.reading import Number, Prediction
from cnnlib.exercises.solutions import solution

_NAME = re.compile(r"^(?:def )?(check_\w+)(?= = |\()", re.MULTILINE)
_CHECKS = {  # the module of each check, without importing one
    name: f"cnnlib.lessons.{file.parent.name}.checks"
    for file in sorted(reading.LESSONS.glob("l*/checks.py"))
    for name in _NAME.findall(file.read_text(encoding="utf-8"))
}

_WIDGETS = {"predict": "ask", "recall": "ask", "my_answers": "carrying"}  # imported when they are drawn

__all__ = [
    "EXERCISES",
    "Feedback",
    "Number",
    "Prediction",
    "check_number",
    "commit",
    "get_prediction",
    "my_answers",
    "predict",
    "previous",
    "progress",
    "recall",
    "solution",
    *_CHECKS,
]


def __getattr__(name: str) -> object:
    if name == "EXERCISES":
        return reading.exercises()
    if name in _WIDGETS:
        return getattr(import_module(f"cnnlib.exercises.{_WIDGETS[name]}"), name)
    if name in _CHECKS:
        return getattr(import_module(_CHECKS[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
