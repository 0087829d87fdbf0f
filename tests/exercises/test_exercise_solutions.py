"""Worked solutions pass their own check, and open in their time; no message before prints what they say."""

import ast
import functools
import json
import re
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

import cnnlib
from cnnlib import exercises, nn
from cnnlib.exercises import EXERCISES, Number, Prediction, answers, check_number, check_relu, solution
from cnnlib.exercises.edits import Program
from cnnlib.exercises.feedback import Worked
from cnnlib.exercises.grading import _ERRORS, FunctionCheck, KernelCheck, _without_solution
from cnnlib.exercises.reading import Numbers
from cnnlib.exercises.solutions import SWITCH
from cnnlib.exercises.sums import value_of
from cnnlib.lessons.l11_train_a_small_cnn import judging

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
CHECKS = {
    check.check.id: check
    for check in (getattr(exercises, name) for name in exercises.__all__ if name.startswith("check_"))
    if hasattr(check, "check")
}
WRITTEN = [key for key, asked in EXERCISES.items() if asked.solution]
MADE = [key for key, asked in EXERCISES.items() if not isinstance(asked, Number | Prediction)]
NUMBERS = [key for key, asked in EXERCISES.items() if isinstance(asked, Number)]


# Drawing them takes longer than all else: the solution and its check look at the same ones.
pictograms = functools.cache(nn.pictograms)


@pytest.fixture(autouse=True)
def drawn_once(monkeypatch):
    monkeypatch.setattr(nn, "pictograms", pictograms)
    monkeypatch.setitem(judging.DATASETS, "pictograms", pictograms)


@functools.cache
def run(key):
    """Run a solution as the learner's cell, with what the lesson has at hand; return what it makes last."""
    code = EXERCISES[key].solution
    hand = {name: getattr(cnnlib, name) for name in cnnlib.__all__} | {"np": np, "nn": nn}
    hand["originals"] = np.arange(300) % 100
    exec(code, hand)
    if key == "11-model":
        return hand["my_model"]
    last = [node for node in ast.parse(code).body if isinstance(node, ast.Assign | ast.FunctionDef)][-1]
    if isinstance(last, ast.FunctionDef):
        return hand[last.name]
    made = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Assign)]
    target = max(made, key=lambda node: node.lineno).targets[0]
    return eval(ast.unparse(target), hand)


def graded(key):
    made = run(key)
    if isinstance(EXERCISES[key], Number):
        return check_number(key, made)
    if isinstance(EXERCISES[key], Numbers):
        return CHECKS[key](*made)
    if key == "11-split":
        return CHECKS[key](*made, originals=np.arange(300) % 100)
    return CHECKS[key](made, "pictograms") if key == "11-model" else CHECKS[key](made)


@pytest.mark.parametrize("key", WRITTEN)
def test_each_solution_is_right(key):
    feedback = graded(key)
    assert feedback.verdict == "right", feedback


@pytest.mark.parametrize("key", MADE)
def test_whatever_is_made_has_a_hint_a_solution_and_reasons(key):
    asked = EXERCISES[key]
    assert asked.hint
    assert asked.solution.strip()
    assert len(asked.why) >= 80
    assert max(map(len, asked.solution.splitlines())) <= 110


@pytest.mark.parametrize("key", [key for key in NUMBERS if EXERCISES[key].made_of])
def test_each_calculation_makes_the_number(key):
    asked = EXERCISES[key]
    assert value_of(asked.made_of) == pytest.approx(asked.answer, rel=1e-3)
    assert check_number(key, asked.answer).verdict == "right"


@pytest.mark.parametrize("key", MADE + NUMBERS)
def test_each_solution_opens_with_short_reasons(key, monkeypatch):
    monkeypatch.setenv(SWITCH, "0")
    opened = solution(key)
    assert opened.code == (EXERCISES[key].solution.strip("\n") or opened.code)
    assert opened.code
    assert 20 <= len(opened.why) <= 220
    assert opened.why.endswith((".", "?", "!"))


@pytest.mark.parametrize("key", [key for key in MADE if EXERCISES[key].solution.startswith("def")])
def test_a_solution_is_written_as_its_cell(key):
    notebook = next(NOTEBOOKS.glob(f"{EXERCISES[key].lesson}_*.ipynb"))
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    source = "".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    assert EXERCISES[key].solution.strip().splitlines()[0] in source


# ---- in its time
def wrong_relus():
    """Return wrong answers, of which no two are alike."""
    return [lambda x: np.abs(x), lambda x: -x, lambda x: x, lambda x: np.minimum(x, 0), lambda x: x + 1]


def test_the_ladder():
    feedback = [check_relu(answer) for answer in wrong_relus()]
    assert [bool(one.hint) for one in feedback] == [False, True, True, True, True]
    assert [bool(one.worked) for one in feedback] == [False, False, True, True, True]
    assert "A hint: " in str(feedback[1])
    assert 'solution("07-relu")' in str(feedback[2])
    assert "np.maximum" not in str(feedback[2])
    assert "<details><summary" in feedback[2]._html()
    assert "np.maximum(values, 0)" in feedback[2]._html()
    assert isinstance(solution("07-relu"), Worked)


def test_the_same_answer_again_is_no_try():
    for _ in range(5):
        feedback = check_relu(np.abs)
    assert not feedback.hint
    assert not feedback.worked
    assert answers.load()["07-relu"]["tries"] == 5
    for value in (1, 2, 1, 2, 1):
        feedback = check_number("03-places", value)
    assert not feedback.worked


def test_no_answer_is_no_try():
    for _ in range(5):
        check_relu()
        check_relu(lambda values: ...)
    assert str(solution("07-relu")).startswith(
        "Not yet open. The worked solution opens after 3 different tries"
    )


def test_a_number_hints_and_shows_its_calculation():
    first, second, third = (check_number("03-places", value) for value in (1024, 729, 28))
    assert not first.hint
    assert second.hint == EXERCISES["03-places"].hint
    assert third.worked.code.endswith("= 784")
    assert solution("03-places") == third.worked


def test_a_hint_is_not_said_twice():
    check_number("03-places", 1024)
    feedback = check_number("03-places", 12345)
    assert feedback.message == EXERCISES["03-places"].hint
    assert not feedback.hint


def test_who_is_right_may_look():
    assert not isinstance(solution("07-relu"), Worked)
    assert check_relu(lambda values: np.where(values > 0, values, 0)).worked is None
    assert isinstance(solution("07-relu"), Worked)


@pytest.mark.parametrize(
    ("switch", "shown"),
    [("0", [True] * 3), ("2", [False, True, True]), ("never", [False] * 3), ("x", [False, False, True])],
)
def test_the_teachers_switch(switch, shown, monkeypatch):
    monkeypatch.setenv(SWITCH, switch)
    assert isinstance(solution("07-relu"), Worked) == (switch == "0")
    assert [bool(check_relu(answer).worked) for answer in wrong_relus()[:3]] == shown
    assert isinstance(solution("07-relu"), Worked) == shown[-1]
    if switch == "never":
        assert "closed at the moment" in str(solution("07-relu"))


def test_files_of_older_courses(answers_file):
    for number in (1, 2, 3):
        check_number("03-places", number)
    content = json.loads(answers_file.read_text())
    for key in ("different",):
        del content["answers"]["03-places"][key]
    answers_file.write_text(json.dumps(content))
    assert isinstance(solution("03-places"), Worked)


def test_what_has_none():
    with pytest.raises(ValueError, match="'03-predict-size' asks for a guess"):
        solution("03-predict-size")
    with pytest.raises(ValueError, match="solution: there is no exercise '03-nothing'"):
        solution("03-nothing")


# ---- and not before
def messages(key):
    """Return all that may be said of a wrong answer, and all else that is shown before it is right."""
    asked, check = EXERCISES[key], CHECKS[key].check
    said = [("hint", asked.hint)]
    if isinstance(check, FunctionCheck):
        said += [("mistake", mistake.says) for mistake in check.mistakes]
        said += [("error", reason) for _, reason in (*check.errors, *_ERRORS)]
        said += [("edit", edit.says) for edit in check.free]
    for example in re.findall(r">>> (.+)", CHECKS[key].__doc__):
        lambdas = [node for node in ast.walk(ast.parse(example)) if isinstance(node, ast.Lambda)]
        said += [("example", f"`{ast.unparse(node.body)}`") for node in lambdas]
    if isinstance(check, KernelCheck):
        said += [("flaw", flaw.says) for flaw in check.flaws]
    return said


def pieces(code):
    """Return the expressions of a piece of code that take more than a name, each written in one way."""
    found = set()
    for text in (code, f"f({code})", f"f{code}"):  # `flip=True` and `[row, col]` are parts of one
        try:
            tree = ast.parse(text)
        except SyntaxError:
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Call | ast.Subscript | ast.BinOp | ast.UnaryOp | ast.Compare):
                found.add(ast.unparse(_index(node) if isinstance(node, ast.Subscript) else node))
            if isinstance(node, ast.keyword):
                found.add(ast.unparse(node))
    return {piece for piece in found if not piece.startswith("f(")}


def _index(node):
    """Return a subscript without what it is taken of: `[row, col]` is `image[row, col]`."""
    return ast.Subscript(value=ast.Name("_"), slice=node.slice)


# What a solution holds and anyone may say: the argument's own words, and the course's everyday ones.
EVERYDAY = {
    "-1",
    "axis=1",
    "x.shape",
    "image.shape",
    "_[0]",
    "_[1]",
    "2 * padding",
    "certainty(picture)",
    "len(labels)",
}


@pytest.mark.parametrize("key", MADE)
def test_no_message_prints_what_is_to_be_written(key):
    decisive = pieces(EXERCISES[key].solution.strip()) - EVERYDAY
    for kind, says in messages(key):
        for code in re.findall(r"`([^`]+)`", says):
            assert not pieces(code) & decisive, (kind, says)


@pytest.mark.parametrize("key", [key for key in MADE if not isinstance(EXERCISES[key], Numbers)])
def test_no_example_is_a_solution_to_copy(key):
    """What `check_slide?` shows is a mistake, or the package's own function."""
    examples = re.findall(r">>> (.+)\n'right'", CHECKS[key].__doc__)
    assert not [code for code in examples if re.search(r"lambda|[\[\"]", code)]


def test_a_slip_read_off_the_right_function_does_not_print_it():
    """What the learner has not written is still to be found."""
    says = "`a + b` is subtracted twice. And `len(a)` is one too large. `a + b` is squared, `c` is not."
    program = Program("def f(a, b, c):\n    return (a + b) * len(a) - c", {})
    check = SimpleNamespace(program=program, mistakes=())
    assert _without_solution(says, len, check) == (
        "Something made of `a` and `b` is subtracted twice. And `len(a)` is one too large. "
        "Something made of `a` and `b` is squared, `c` is not."
    )

    def own(a, b, c):
        return a + b - (a + b) - c

    assert _without_solution(says, own, check) == says


LEAKS = {  # that are written in another way than the solution
    "02-to-gray": ["image @", "@ weights", "@ LUMA"],
    "07-compose": ["flip=True"],
    "07-relu": ["np.maximum", "np.where"],
    "08-layer": ["bias[k]", "bias[:, None, None]", "filters[k]"],
    "05-flip": ["[::-1", "np.flip", "rot90"],
    "05-mirror": ["symmetric", "np.pad"],
    "11-report": ["argmax"],
}


@pytest.mark.parametrize("key", LEAKS)
def test_nor_in_other_words(key):
    for kind, says in messages(key):
        assert not [leak for leak in LEAKS[key] if leak in says], (kind, says)
