"""A lesson's exercises.toml: read into objects, and each fault told with file and entry."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cnnlib.exercises.grading import grade_function
from cnnlib.exercises.predictions import commit, due
from cnnlib.exercises.progress import progress
from cnnlib.exercises.reading import Exercise, Number, Numbers, Prediction, find, lesson, read_lesson, rooms

GUESS = '[guess]\ntitle = "a guess"\nquestion = "?"\nreveal = "So."\n'
COUNT = '[count]\ntitle = "a count"\nanswer = 4\nwhy = "2 + 2."\nhint = "Add."\n'


@pytest.fixture
def read(tmp_path):
    def read(text):
        room = tmp_path / "l03_a_kernel_slides"
        room.mkdir()
        (room / "exercises.toml").write_text(text, encoding="utf-8")
        return read_lesson(room / "exercises.toml", "03")

    return read


def test_a_lesson_is_read(read):
    title, exercises = read(
        'title = "A kernel slides"\n'
        + GUESS
        + 'options = [["yes", true], ["no", """Look\n   up."""]]\n'
        + COUNT
        + 'mistakes = [[22, "That is\\nside by side."], [0.5, "Half."]]\n'
        + '[made]\ntitle = "to make"\n'
        + '[two]\ntitle = "two"\nright = "Both."\n'
        + '[two.parts."the first"]\ntitle = "a"\nanswer = 1\nhint = "h"\n'
    )
    assert title == "A kernel slides"
    assert list(exercises) == ["03-guess", "03-count", "03-made", "03-two"]
    guess, count, made, two = exercises.values()
    assert isinstance(guess, Prediction)
    assert (guess.kind, guess.right, guess.options, guess.replies) == (
        "predict",
        "yes",
        ("yes", "no"),
        {"no": "Look up."},
    )
    assert isinstance(count, Number)
    assert count.mistakes == {22: "That is side by side.", 0.5: "Half."}
    assert type(count.answer) is int
    assert (made.id, made.kind, made.lesson) == ("03-made", "check", "03")
    assert isinstance(two, Numbers)
    assert two.parts["the first"].answer == 1


OPTIONS = 'options = [["yes", true], ["no", "Look up."]]\n'
FAULTS = {
    "no title": (COUNT, r"exercises.toml: title is missing"),
    "no TOML": ('title = "x"\n[count\n', r"exercises.toml: .*line 2"),
    "outside": ('title = "x"\nhint = "y"\n', r"\[hint\]: this stands outside of all entries"),
    "missing": ('title = "x"\n' + COUNT.replace('hint = "Add."\n', ""), r"\[count\]: hint is missing"),
    "misspelt": (
        'title = "x"\n' + COUNT.replace("hint", "hnit"),
        r"l03_a_kernel_slides/exercises.toml, \[count\]: hnit is unknown; did you mean hint\?",
    ),
    "misspelt question": (
        'title = "x"\n' + GUESS.replace("question", "quesiton") + OPTIONS,
        r"\[guess\]: quesiton is unknown; did you mean question\?",
    ),
    "unknown": ('title = "x"\n[a]\ntitle = "a"\ncolour = "red"\n', r"colour is unknown; use title, kind"),
    "no pair": ('title = "x"\n' + COUNT + "mistakes = [[5]]\n", r"mistakes: \[5\] is no pair"),
    "twice": ('title = "x"\n' + COUNT + 'mistakes = [[5, "a"], [5, "b"]]\n', r"mistakes: 5 is there twice"),
    "none right": (
        'title = "x"\n' + GUESS + 'options = [["yes", "Yes."]]\n',
        r"options: exactly one has to be paired with true, not 0",
    ),
    "right and options": ('title = "x"\n' + GUESS + OPTIONS + 'right = "yes"\n', r"said by their pairs"),
    "no right": ('title = "x"\n' + GUESS, r"\[guess\]: right is missing"),
    "text": ('title = "x"\n' + COUNT.replace('"Add."', "5"), r"hint has to be text in quotes"),
    "number": ('title = "x"\n' + COUNT.replace("4", '"4"'), r"answer has to be a number"),
    "reply": ('title = "x"\n' + COUNT + "mistakes = [[5, 6]]\n", r"mistakes has to be text in quotes"),
    "kind": ('title = "x"\n' + GUESS + OPTIONS + 'kind = "sport"\n', r"kind: 'sport' is unknown; use one of"),
    "table": (
        'title = "x"\n' + GUESS + OPTIONS + "tables = {kernel = [[1, 2], [3]]}\n",
        r"\[guess\]: tables: kernel is no table; write rows of numbers",
    ),
    "table of text": (
        'title = "x"\n' + GUESS + OPTIONS + 'tables = {kernel = [["1"]]}\n',
        r"\[guess\]: tables: kernel is no table",
    ),
    "part": (
        'title = "x"\n[two]\ntitle = "t"\nright = "r"\n[two.parts.a]\ntitle = "a"\nanswer = 1\n',
        r"\[two\]: hint is missing",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_told_with_its_place(name, read):
    text, words = FAULTS[name]
    with pytest.raises(ValueError, match=words) as caught:
        read(text)
    assert str(caught.value).startswith("l03_a_kernel_slides/exercises.toml")


def test_an_exercise_of_another_kind_is_not_found():
    with pytest.raises(ValueError, match=r"^asker: there is no exercise '03-slide'; use one of 01-alias, "):
        find("03-slide", Number, "asker")


def test_the_example_of_contributing(read):
    text = (Path(__file__).parents[2] / "CONTRIBUTING.md").read_text(encoding="utf-8")
    _, exercises = read('title = "x"\n' + re.search(r"```toml\n(.*?)```", text, re.DOTALL).group(1))
    guess, number = exercises["03-predict-dark"], exercises["03-dark"]
    assert guess.right == f"−{9 * 20}"
    assert guess.replies["−20"] == "That is one of the nine products. All of them are added up."
    assert number.answer == -8 * 20
    names = {"__name__": "contributing"}
    exec(re.search(r"```python\n((?:(?!```).)*function_check.*?)```", text, re.DOTALL).group(1), names)
    check = names["check_brighter"].check
    for mistake in check.mistakes:
        assert grade_function(mistake.imitate, check).message == mistake.says
    assert grade_function(check.truth, check).verdict == "right"


def test_an_exercise_that_moved_keeps_its_id_and_is_its_new_lessons(tmp_path):
    room = tmp_path / "l13_beyond"
    room.mkdir()
    moved = '[12-made]\ntitle = "moved"\n[made]\ntitle = "made here"\n'
    (room / "exercises.toml").write_text('title = "Beyond"\n' + moved, "utf-8")
    found = read_lesson(room / "exercises.toml", "13").exercises
    assert {key: (one.id, one.lesson) for key, one in found.items()} == {
        "12-made": ("12-made", "13"),
        "13-made": ("13-made", "13"),
    }


def test_no_id_is_asked_in_two_lessons():
    ids = [key for number in rooms() for key in lesson(number).exercises]
    assert len(set(ids)) == len(ids)


def test_what_moved_is_found_counted_and_recalled_in_its_new_lesson(monkeypatch, tmp_path):
    monkeypatch.setenv("CNNLIB_ANSWERS", str(tmp_path / "answers.json"))
    assert find("12-gram", Exercise, "find").lesson == "13"
    commit("12-predict-few", "about the same")
    assert [row for row in progress().rows if row[1]] == [("13 Beyond", 1, len(lesson("13").exercises))]
    later = datetime.now(UTC) + timedelta(days=1)
    assert due("13", now=later) == []
    assert due("14", now=later) == ["12-predict-few"]
