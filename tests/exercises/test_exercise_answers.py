"""The answers file: kept, merged, set aside when damaged, never in the way."""

import errno
import json
import multiprocessing
import os
import stat
import sys

import numpy as np
import pytest

from cnnlib.exercises import answers, check_number, locking, progress


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
    b"\0\0\0\0",
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


@pytest.mark.parametrize("nothing", [b"", b"\n"])
def test_an_empty_file_is_a_newcomers(nothing, answers_file):
    answers_file.parent.mkdir()
    answers_file.write_bytes(nothing)
    assert check_number("03-places", 784).note == ""
    assert [file.name for file in answers_file.parent.glob("*.json")] == ["answers.json"]
    assert set(content(answers_file)["answers"]) == {"03-places"}


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
    monkeypatch.setattr(locking, "LOCK_SECONDS", 0.05)
    answers_file.parent.mkdir()
    with locking.locked(answers_file):
        assert "another notebook" in check_number("03-places", 784).note
    assert not answers_file.exists()
    check_number("03-side", 26)
    assert set(answers.load()) == {"03-places", "03-side"}


# ---- paths
def test_a_relative_path_does_not_depend_on_the_notebooks_folder(tmp_path, monkeypatch):
    home = tmp_path / "home"
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    monkeypatch.setenv("CNNLIB_ANSWERS", "mine/answers.json")
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        monkeypatch.chdir(tmp_path / name)
        check_number("03-places", 784)
    assert content(home / "mine" / "answers.json")["answers"]["03-places"]["tries"] == 2
    assert [path.name for path in tmp_path.iterdir() if path.name in ("one", "two", "mine")] == ["one", "two"]
    assert not [*tmp_path.glob("one/*"), *tmp_path.glob("two/*")]


def nobody(*_, **__):
    raise RuntimeError("could not determine the home directory")


@pytest.mark.parametrize("chosen", ["~nosuchuser/a.json", ""])
def test_no_home(chosen, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CNNLIB_ANSWERS", chosen)
    monkeypatch.setattr(answers.platformdirs, "user_data_dir", nobody)
    monkeypatch.setattr(os.path, "expanduser", str)  # as it leaves what it cannot tell
    monkeypatch.setattr(answers, "_FILES", {})
    feedback = check_number("03-places", 784)
    assert feedback.verdict == "right"
    assert "no home folder" in feedback.note
    assert check_number("03-places", 784).note == ""
    assert answers.load()["03-places"]["tries"] == 2
    assert not list(tmp_path.iterdir())


def pipe(path):
    os.mkfifo(path)


def null(path):
    try:
        os.mknod(path, 0o600 | stat.S_IFCHR, os.makedev(1, 3))
        path.read_bytes()
    except OSError:
        pytest.skip("this user may not make devices")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a system without pipes in folders")
@pytest.mark.parametrize("make", [pipe, null])
@pytest.mark.parametrize("linked", [False, True])
def test_a_device_is_left_alone(make, linked, tmp_path, monkeypatch):
    device = tmp_path / "device"
    make(device)
    before = device.stat()
    if linked:
        (tmp_path / "link").symlink_to(device)
    monkeypatch.setenv("CNNLIB_ANSWERS", str(tmp_path / "link" if linked else device))
    assert "a device or a pipe, not a file" in check_number("03-places", 784).note
    assert answers.load()["03-places"]["solved"]
    after = device.stat()
    assert (after.st_mode, after.st_ino, after.st_rdev) == (before.st_mode, before.st_ino, before.st_rdev)
    assert {path.name for path in tmp_path.iterdir()} <= {"device", "link"}


# ---- several kernels
def _write_many(name, start, many, locks):
    if not locks:
        without_locks(None)
    start.wait(60)  # importing takes longer than writing: without this they would not meet
    for number in range(many):
        answers.record(f"03-{name}{number}", number, correct=True)


def without_locks(monkeypatch):
    """Make `flock` answer as it does on many a network folder."""
    fcntl = pytest.importorskip("fcntl")

    def flock(descriptor, how):
        raise OSError(errno.ENOLCK, "No locks available")

    (monkeypatch.setattr if monkeypatch else setattr)(fcntl, "flock", flock)


@pytest.mark.parametrize(
    ("names", "many", "locks"),
    [
        ("ab", 40, True),
        pytest.param(
            "abc", 40, False, marks=pytest.mark.skipif(os.name == "nt", reason="Windows has locks everywhere")
        ),
    ],
)
def test_kernels_at_once_lose_nothing(names, many, locks, answers_file):
    context = multiprocessing.get_context("spawn")
    start = context.Barrier(len(names))
    kernels = [context.Process(target=_write_many, args=(name, start, many, locks)) for name in names]
    for kernel in kernels:
        kernel.start()
    for kernel in kernels:
        kernel.join(120)
        assert kernel.exitcode == 0
    assert set(answers.load()) == {f"03-{name}{number}" for name in names for number in range(many)}
    assert not list(answers_file.parent.glob("*.held*"))


@pytest.mark.skipif(os.name == "nt", reason="Windows has locks everywhere")
@pytest.mark.parametrize("missing", ["fcntl", "flock"])
def test_a_python_without_locks(missing, answers_file, monkeypatch):
    import fcntl

    if missing == "flock":
        monkeypatch.delattr(fcntl, "flock")
    else:
        monkeypatch.setitem(sys.modules, "fcntl", None)
    assert check_number("03-places", 784).note == ""
    assert [file.name for file in answers_file.parent.iterdir()] == ["answers.json"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has locks everywhere")
def test_the_lock_of_a_kernel_that_died_is_broken_when_it_is_stale(answers_file, monkeypatch):
    without_locks(monkeypatch)
    monkeypatch.setattr(locking, "LOCK_SECONDS", 0.05)
    held = answers_file.with_name("answers.json.held")
    answers_file.parent.mkdir()
    held.write_text("one that died")
    assert "another notebook" in check_number("03-places", 784).note
    assert held.read_text() == "one that died"
    long_ago = held.stat().st_mtime - locking.STALE_SECONDS - 1
    os.utime(held, (long_ago, long_ago))
    check_number("03-side", 26)
    assert set(content(answers_file)["answers"]) == {"03-places", "03-side"}
    assert {file.name for file in answers_file.parent.iterdir()} == {"answers.json", "answers.json.lock"}


@pytest.mark.skipif(os.name == "nt", reason="Windows has locks everywhere")
def test_a_lock_that_another_broke_and_took_is_given_back(tmp_path, monkeypatch):
    held = tmp_path / "answers.json.held"
    held.write_text("stale")
    os.utime(held, (0, 0))
    original = os.replace

    def slow(*paths):  # between looking and moving, another breaks the lock and makes its own
        held.write_text("alive")
        original(*paths)

    monkeypatch.setattr(os, "replace", slow)
    locking._break_if_stale(held)
    assert held.read_text() == "alive"
    assert [file.name for file in tmp_path.iterdir()] == [held.name]


def test_another_kernels_answer_between_two_of_ours(answers_file):
    answers.record("03-slide", 1, correct=True)
    answers.AnswersFile(answers_file).record("03-side", 26, correct=True)
    answers.record("03-places", 784, correct=True)
    assert set(answers.load()) == {"03-slide", "03-side", "03-places"}


# ---- what is kept of an attempt
def test_an_attempt_keeps_its_mistake_and_the_course(answers_file):
    feedback = check_number("03-places", 1024)
    first = content(answers_file)["answers"]["03-places"]["first"]
    assert first.pop("when")[10] == "T"
    assert first == {
        "answer": 1024,
        "correct": False,
        "verdict": "wrong",
        "said": feedback.message,
        "course": answers.COURSE,
    }
    check_number("03-places", 784)
    last = content(answers_file)["answers"]["03-places"]["last"]
    assert "said" not in last
    assert last["verdict"] == "right"


def test_wrong_answers_between_the_first_and_the_last(answers_file):
    for number in (1024, 28, 28, 1024, 729, 784):
        check_number("03-places", number)
    entry = content(answers_file)["answers"]["03-places"]
    assert (entry["first"]["answer"], entry["last"]["answer"], entry["tries"]) == (1024, 784, 6)
    assert [made["answer"] for made in entry["between"]] == [28, 729]


def test_the_file_stays_small(answers_file):
    for number in range(50):
        answers.record("03-slide", "x" * 9999, correct=False, said=f"{number} " + "y" * 999)
    entry = content(answers_file)["answers"]["03-slide"]
    assert len(entry["between"]) == answers.MOST_BETWEEN
    assert answers_file.stat().st_size < 14_000


def test_files_of_older_courses_stay(answers_file):
    answers_file.parent.mkdir()
    old = {"answer": 25, "correct": False, "when": "2025-01-01T00:00:00+00:00"}
    entry = {"lesson": "03", "first": old, "last": old, "tries": 2, "solved": False, "between": 7}
    answers_file.write_text(json.dumps({"version": 1, "answers": {"03-places": entry}}))
    assert check_number("03-places", 784).note == ""
    kept = content(answers_file)["answers"]["03-places"]
    assert (kept["first"], kept["tries"], kept["solved"]) == (old, 3, True)


def test_a_large_array_is_kept_in_short(answers_file):
    answers.record("03-slide", np.zeros((3000, 3000)), correct=False)
    assert "..." in content(answers_file)["answers"]["03-slide"]["last"]["answer"]
