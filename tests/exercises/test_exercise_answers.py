"""The answers file: kept, merged, set aside when damaged, never in the way."""

import errno
import json
import multiprocessing
import os

import numpy as np
import pytest

from cnnlib.exercises import answers, check_number, progress


def content(file):
    return json.loads(file.read_text(encoding="utf-8"))


def test_kept_between_visits(answers_file):
    answers.record("03-slide", "first try", correct=False)
    answers.record("03-slide", "second try", correct=True)
    answers.record("03-slide", "third try", correct=False)
    entry = answers.AnswersFile(answers_file).load()["03-slide"]
    assert (entry["first"]["answer"], entry["last"]["answer"]) == ("first try", "third try")
    assert (entry["lesson"], entry["tries"], entry["solved"]) == ("03", 3, True)
    assert content(answers_file)["version"] == 1


def test_a_newcomer_has_none(answers_file):
    assert answers.load() == {}
    assert not answers_file.parent.exists()
    assert answers.take_notices() == []


def test_the_users_folder_without_the_variable(monkeypatch):
    monkeypatch.delenv("CNNLIB_ANSWERS")
    assert answers.path().parts[-2:] == ("cnnlib", "answers.json")


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_nobody_else_may_read_it(answers_file):
    answers.record("03-slide", 1, correct=True)
    assert answers_file.stat().st_mode & 0o077 == 0


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
def test_a_link_stays_a_link(answers_file, tmp_path):
    answers_file.parent.mkdir()
    answers_file.symlink_to(tmp_path / "elsewhere.json")
    answers.record("03-slide", 1, correct=True)
    assert answers_file.is_symlink()
    assert "03-slide" in content(tmp_path / "elsewhere.json")["answers"]


def solution(image):
    return image


class Rude:
    def __str__(self):
        raise RuntimeError


@pytest.mark.parametrize(
    ("answer", "kept"),
    [
        (4, 4),
        (np.float32(0.5), 0.5),
        (np.int64(7), 7),
        (float("nan"), "nan"),
        (np.array([[1, 2], [3, 4]]), "[[1, 2], [3, 4]]"),
        (solution, "def solution(image):\n    return image\n"),
        (10**5000, "int"),
        ("é × −1 \ud800", "é × −1 \ud800"),
        (Rude(), "Rude"),
        ("x" * 9999, "x" * answers.LONGEST_TEXT),
    ],
    ids=["int", "float32", "int64", "nan", "array", "function", "huge", "text", "rude", "long"],
)
def test_any_answer_can_be_kept(answer, kept, answers_file):
    answers.record("03-slide", answer, correct=False)
    assert content(answers_file)["answers"]["03-slide"]["last"]["answer"] == kept


GOOD = {"lesson": "03", "first": {"answer": 1}, "last": {"answer": 1}, "tries": 1, "solved": True}
DAMAGED = [
    b"",
    b'{"version": 1, "answers": {"03-sl',
    b"\xff\xfe\x00nonsense",
    b"[]",
    b"null",
    b'{"version": 2, "answers": {}}',
    b'{"version": 1, "answers": []}',
    b"[" * 200_000,
]


@pytest.mark.parametrize("bad", DAMAGED, ids=range(len(DAMAGED)))
def test_a_damaged_file_is_set_aside_once(bad, answers_file):
    answers_file.parent.mkdir()
    answers_file.write_bytes(bad)
    feedback = check_number("03-places", 784)
    assert feedback.verdict == "right"
    assert "set aside as answers.damaged-1.json" in feedback.note
    assert check_number("03-places", 784).note == ""
    assert answers_file.with_name("answers.damaged-1.json").read_bytes() == bad
    assert content(answers_file)["answers"]["03-places"]["tries"] == 2


def test_damaged_files_do_not_overwrite_one_another(answers_file):
    answers_file.parent.mkdir()
    for bad in (b"one", b"two"):
        answers_file.write_bytes(bad)
        assert answers.load() == {}
    assert answers_file.with_name("answers.damaged-1.json").read_bytes() == b"one"
    assert answers_file.with_name("answers.damaged-2.json").read_bytes() == b"two"


def test_the_readable_answers_of_a_damaged_file_go_on(answers_file):
    answers_file.parent.mkdir()
    answers_file.write_text(json.dumps({"version": 1, "answers": {"03-slide": GOOD, "03-side": 5}}))
    assert set(answers.load()) == {"03-slide"}
    assert "with the 1 answers" in answers.take_notices()[0]
    assert set(content(answers_file)["answers"]) == {"03-slide"}


def test_progress_tells_about_a_damaged_file(answers_file):
    answers_file.parent.mkdir()
    answers_file.write_bytes(b"?")
    assert "set aside" in str(progress())
    assert "set aside" not in str(progress())


def full(*_):
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_full_disk_is_told_once_and_saved_later(call, answers_file, monkeypatch):
    answers.record("03-side", 26, correct=True)
    with monkeypatch.context() as patch:
        patch.setattr(os, call, full)
        assert "No space left on device" in check_number("03-places", 784).note
        assert check_number("03-products", 75).note == ""
        assert set(answers.load()) == {"03-side", "03-places", "03-products"}
    assert set(content(answers_file)["answers"]) == {"03-side"}
    assert not list(answers_file.parent.glob("*.tmp"))
    check_number("03-touches", 25)
    assert set(content(answers_file)["answers"]) == {"03-side", "03-places", "03-products", "03-touches"}


def test_a_damaged_file_stays_when_there_is_no_room(answers_file, monkeypatch):
    answers_file.parent.mkdir()
    answers_file.write_bytes(b"?")
    monkeypatch.setattr(os, "fsync", full)
    assert check_number("03-places", 784).verdict == "right"
    assert answers_file.read_bytes() == b"?"


def test_a_folder_that_cannot_be_made(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("CNNLIB_ANSWERS", str(tmp_path / "file" / "answers.json"))
    feedback = check_number("03-places", 784)
    assert feedback.verdict == "right"
    assert "cannot be saved" in feedback.note
    assert sum(done for _, done, _ in progress().rows) == 1


def test_a_folder_in_the_files_place(answers_file):
    answers_file.mkdir(parents=True)
    assert "cannot be saved" in check_number("03-places", 784).note
    assert answers.load()["03-places"]["solved"]


def test_a_lock_that_is_never_freed(answers_file, monkeypatch):
    monkeypatch.setattr(answers, "LOCK_SECONDS", 0.05)
    answers_file.parent.mkdir()
    with answers.locked(answers_file):
        assert "another notebook" in check_number("03-places", 784).note
    assert not answers_file.exists()
    check_number("03-side", 26)
    assert set(answers.load()) == {"03-places", "03-side"}


def _write_many(name, start):
    start.wait(60)  # importing takes longer than writing: without this they would not meet
    for number in range(40):
        answers.record(f"03-{name}{number}", number, correct=True)


def test_two_kernels_at_once_lose_nothing():
    context = multiprocessing.get_context("spawn")
    start = context.Barrier(2)
    kernels = [context.Process(target=_write_many, args=(name, start)) for name in "ab"]
    for kernel in kernels:
        kernel.start()
    for kernel in kernels:
        kernel.join(60)
        assert kernel.exitcode == 0
    assert set(answers.load()) == {f"03-{name}{number}" for name in "ab" for number in range(40)}


def test_another_kernels_answer_between_two_of_ours(answers_file):
    answers.record("03-slide", 1, correct=True)
    answers.AnswersFile(answers_file).record("03-side", 26, correct=True)
    answers.record("03-places", 784, correct=True)
    assert set(answers.load()) == {"03-slide", "03-side", "03-places"}
