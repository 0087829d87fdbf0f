"""Answers that are taken along: nothing is lost, nothing is counted twice, and other files are refused."""

import base64
import json
import re
from datetime import UTC, datetime

import pytest

from cnnlib.exercises import answers, my_answers


@pytest.fixture
def places(tmp_path, monkeypatch):
    """Return a function that moves to another computer, `"here"` or `"there"`."""

    def move(name):
        monkeypatch.setenv("CNNLIB_ANSWERS", str(tmp_path / name / "answers.json"))

    move("here")
    return move


def saved(box):
    """Return the file behind the link."""
    return base64.b64decode(re.search(r'base64,([^"]+)"', box.link.value)[1])


def choose(box, content):
    """Choose a file, as the browser hands it over; return what is said then."""
    file = {"name": "a.json", "type": "", "size": len(content), "content": memoryview(content)}
    box.upload.value = (file | {"last_modified": datetime(2026, 1, 31, tzinfo=UTC)},)
    return re.sub("<[^>]+>", "", box.said.value)


def test_answers_go_along_and_come_back(places):
    answers.record("03-slide", 24, correct=False)
    answers.record("03-slide", 25, correct=True)
    answers.record("01-alias", 4, correct=True)
    content = re.sub(rb'"when": "20', b'"when": "19', saved(my_answers()))  # a century before
    here, _ = answers.read(content)
    places("there")
    assert "no answers" in my_answers().link.value
    answers.record("01-alias", 16, correct=False)
    box = my_answers()
    assert "2 exercises, 1 of them" in choose(box, content)
    there = answers.load()
    assert there["03-slide"] == here["03-slide"]
    assert (there["01-alias"]["first"], there["01-alias"]["solved"]) == (here["01-alias"]["first"], True)
    assert there["01-alias"]["last"]["answer"] == 16
    assert "2 exercises, 0 of them" in choose(box, content)
    assert answers.load() == there
    places("here")
    choose(my_answers(), saved(box))
    both = answers.load()
    assert {key: entry["tries"] for key, entry in both.items()} == {"03-slide": 2, "01-alias": 1}
    choose(my_answers(), saved(box))
    assert answers.load() == both


@pytest.mark.parametrize("content", [b"nonsense", b"[]", b'{"version": 9, "answers": {}}', b"\xff\xfe"])
def test_another_file_is_refused_and_changes_nothing(places, content):
    answers.record("03-slide", 25, correct=True)
    before = answers.path().read_bytes()
    assert "not a file of saved answers" in choose(my_answers(), content)
    assert answers.path().read_bytes() == before


def test_where_nothing_can_be_saved_it_says_so(places, tmp_path):
    answers.record("03-slide", 25, correct=True)
    box = my_answers()
    content = saved(box)
    (tmp_path / "here" / "answers.json").unlink()
    (tmp_path / "here" / "answers.json").mkdir()
    assert "cannot be saved here" in choose(box, content)


def test_in_the_browser_answers_lie_among_the_lessons(monkeypatch):
    monkeypatch.delenv("CNNLIB_ANSWERS", raising=False)
    monkeypatch.setattr(answers, "_IN_BROWSER", True)
    assert answers.path().as_posix() == "/drive/answers.json"
    assert json.loads(answers.as_file({})) == {"version": 1, "answers": {}}
