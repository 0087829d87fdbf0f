"""What holds for every check of every lesson; learners' answers are data in the lessons' own tests.

``RIGHT`` maps a check to right answers, ``WRONG`` and ``CLOSE`` to pairs of an answer and words of the reply.
"""

import importlib.util
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from cnnlib import exercises
from cnnlib.exercises import EXERCISES, Number, Prediction, answers
from cnnlib.exercises.grading import FunctionCheck, KernelCheck, grade_function
from cnnlib.exercises.reading import rooms

NAMES = [name for name in exercises.__all__ if name.startswith("check_") and name != "check_number"]
CHECKS = {name: getattr(exercises, name) for name in NAMES}
FUNCTIONS = {name: check for name, check in CHECKS.items() if isinstance(check.check, FunctionCheck)}
KERNELS = {name: check for name, check in CHECKS.items() if isinstance(check.check, KernelCheck)}


def modules():
    """Return the tests of all lessons' exercises."""
    made = []
    for file in sorted(Path(__file__).parents[1].glob("lessons/*/test_exercises_*.py")):
        spec = importlib.util.spec_from_file_location(f"learners_{file.stem}", file)
        made.append(importlib.util.module_from_spec(spec))
        spec.loader.exec_module(made[-1])
    return made


def by_learners(name, lessons):
    """Collect the data of this name from all lessons' tests."""
    return [
        pytest.param(check, answer, id=f"{check.__name__}-{number}")
        for lesson in lessons
        for check, given in getattr(lesson, name, {}).items()
        for number, answer in enumerate(given)
    ]


LESSONS = modules()
RIGHT, WRONG, CLOSE = (by_learners(name, LESSONS) for name in ("RIGHT", "WRONG", "CLOSE"))


@pytest.mark.parametrize("name", FUNCTIONS)
def test_each_mistake_is_told_apart(name):
    check = CHECKS[name].check
    for mistake in check.mistakes:
        feedback = grade_function(mistake.imitate, check)
        assert feedback.verdict == "wrong"
        assert feedback.message.startswith(mistake.says)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_truth_is_right(name):
    check = CHECKS[name].check
    feedback = CHECKS[name](check.truth)
    assert (feedback.verdict, feedback.message) == ("right", check.right)


@pytest.mark.parametrize(("check", "answer"), RIGHT)
def test_right_answers_pass(check, answer):
    feedback = check(answer)
    assert feedback.verdict == "right", feedback


@pytest.mark.filterwarnings("ignore:divide by zero")
@pytest.mark.parametrize(
    ("check", "answer", "verdict"),
    [
        pytest.param(*case.values, verdict, id=case.id)
        for verdict, cases in {"wrong": WRONG, "close": CLOSE}.items()
        for case in cases
    ],
)
def test_known_mistakes_are_named(check, answer, verdict):
    answer, words = answer
    feedback = check(answer)
    assert feedback.verdict == verdict
    assert words in feedback.message


def test_each_check_of_a_function_or_kernel_is_tried_with_answers():
    for name, check in {**FUNCTIONS, **KERNELS}.items():
        if name != "check_learned_kernel":  # has a test of its own
            assert any(case.values[0] is check for case in RIGHT), name
            assert any(case.values[0] is check for case in WRONG), name


@pytest.mark.parametrize("name", [name for name in KERNELS if name != "check_learned_kernel"])
def test_every_flaw_can_be_met(name):
    met = {
        CHECKS[name](case.values[1][0]).message for case in WRONG + CLOSE if case.values[0] is CHECKS[name]
    }
    assert {flaw.says for flaw in CHECKS[name].check.flaws} <= met


# ---- no answer, and strange ones
def todo(*arguments):
    raise NotImplementedError


@pytest.mark.parametrize("name", [name for name in CHECKS if name != "check_split"])
def test_nothing_written_is_no_answer(name, answers_file):
    check = CHECKS[name]
    for feedback in (check(), check(None), check(...)):
        assert feedback.verdict == "not answered yet"
    if name in FUNCTIONS:
        for function in (lambda *arguments: None, lambda *arguments: ..., todo):
            assert check(function).verdict == "not answered yet"
    assert not answers_file.exists()


@pytest.mark.parametrize("name", FUNCTIONS)
def test_strange_functions_are_told_not_raised(name):
    for answer in (
        7,
        "a text",
        np.ones(3),
        lambda: 1,
        lambda *arguments: "a text",
        lambda *arguments: [[1], [1, 2]],
        lambda *arguments: 1 / 0,
    ):
        assert CHECKS[name](answer).verdict == "wrong", answer


@pytest.mark.parametrize("name", KERNELS)
@pytest.mark.parametrize("kernel", ["", [[0, ..., 0]] * 3, np.array([[0, ..., 0]] * 3)])
def test_an_unanswered_kernel(name, kernel):
    assert CHECKS[name](kernel).verdict == "not answered yet"


@pytest.mark.parametrize("name", KERNELS)
@pytest.mark.parametrize(
    ("kernel", "words"),
    [
        (np.ones((3, 1)), "this one is 3 × 1"),
        (1.0, "this one is a single number"),
        ("blur", "not a value of type str"),
        ([[1], [1, 2]], "not a value of type list"),
        (print, "not a value of type"),
        (np.full((3, 3), 1j), "not a value of type ndarray"),
    ],
)
def test_strange_kernels_are_told_not_raised(name, kernel, words):
    feedback = CHECKS[name](kernel)
    assert feedback.verdict == "wrong"
    assert words in feedback.message


@pytest.mark.parametrize("name", KERNELS)
def test_a_kernel_that_is_no_number_is_told(name):
    assert "ordinary number" in CHECKS[name](np.full(KERNELS[name].check.shape, np.nan)).message


# ---- where they stand
def test_no_name_is_there_twice():
    files = [file for room in rooms().values() for file in room.glob("checks.py")]
    names = [name for file in files for name in exercises._NAME.findall(file.read_text(encoding="utf-8"))]
    assert sorted(names) == sorted(NAMES)
    assert len(set(exercises.__all__)) == len(exercises.__all__)


@pytest.mark.parametrize("name", CHECKS)
def test_a_check_is_called_as_it_says(name):
    check = CHECKS[name]
    room = rooms()[EXERCISES[check.check.id].lesson]
    assert (check.__name__, check.__module__) == (name, f"cnnlib.lessons.{room.name}.checks")
    assert check.__doc__.startswith("Check ")
    assert ">>> " in check.__doc__


def test_each_check_has_its_entry_and_each_entry_its_check():
    made = [key for key, asked in EXERCISES.items() if not isinstance(asked, Number | Prediction)]
    assert sorted(made) == sorted(check.check.id for check in CHECKS.values())


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_check_records_under_its_id(name):
    check = CHECKS[name]
    check(check.check.truth)
    assert {key: entry["solved"] for key, entry in answers.load().items()} == {check.check.id: True}


def test_importing_imports_no_lesson_and_no_widget():
    script = (
        "import sys, cnnlib.exercises as exercises; exercises.EXERCISES, exercises.progress()\n"
        "late = ('cnnlib.lessons', 'cnnlib.nn', 'ipywidgets', 'matplotlib', 'PIL')\n"
        "print([name for name in sys.modules if name.startswith(late)])\n"
        "exercises.check_max_pool()\n"
        "print([name.split('.')[-2] for name in sys.modules if name.endswith('.checks')])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["[]", "['l09_pooling_and_shifting']"]


def test_all_names_are_there():
    names = {}
    exec("from cnnlib.exercises import *", names)
    assert set(exercises.__all__) <= set(names)
    assert set(exercises.__all__) <= set(dir(exercises))
    with pytest.raises(AttributeError, match="no attribute 'check_nothing'"):
        exercises.check_nothing  # noqa: B018
