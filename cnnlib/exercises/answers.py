"""The answers file: what the learner answered, kept between visits.

One JSON file a person can read, in the user's data folder (or wherever ``CNNLIB_ANSWERS`` points)::

    {"version": 1, "answers": {"03-places":
        {"lesson": "03", "first": {...}, "last": {...}, "solved": true, "tries": 2}}}

Nothing here may stop a lesson: a damaged file is set aside, and if nothing can be written the answers
live in memory. Either is told once, in a sentence that the next feedback carries (`take_notices`).
"""

import contextlib
import inspect
import json
import os
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import platformdirs

from cnnlib.exercises.feedback import Feedback
from cnnlib.files import replacing

VERSION = 1
LOCK_SECONDS = 2.0
LONGEST_TEXT = 4000  # characters of one answer; the file is to stay readable


class AnswersFile:
    """The answers in one file, together with those that could not be saved yet.

    Parameters
    ----------
    path : Path
        The JSON file; it and its folder are made when the first answer is recorded.
    """

    def __init__(self, path: Path):
        self.path = path
        self._unsaved: list[tuple[str, str, dict]] = []
        self._notices: list[str] = []
        self._told_unsaved = False

    def load(self) -> dict[str, dict]:
        """Return all answers by exercise id, those not yet saved included."""
        kept: dict[str, dict] = {}
        try:
            kept, damaged = _read(self.path)
            if damaged:
                with locked(self.path):
                    kept = self._repair()
        except OSError as error:
            self._tell_unsaved(error)
        return _merged(kept, self._unsaved)

    def record(self, exercise_id: str, answer: object, *, correct: bool, lesson: str | None = None) -> dict:
        """Add one attempt to the file and return the exercise's entry."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        attempt = {"answer": _plain(answer), "correct": bool(correct), "when": now}
        self._unsaved.append((exercise_id, lesson or exercise_id[:2], attempt))
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with locked(self.path):
                # Read again under the lock: another kernel may have written since, and its answers must stay.
                merged = _merged(self._repair(), self._unsaved)
                _write(self.path, merged)
            self._unsaved.clear()
            self._told_unsaved = False
        except OSError as error:
            self._tell_unsaved(error)
            merged = self.load()
        return merged[exercise_id]

    def take_notices(self) -> list[str]:
        """Return the sentences that the learner has not been told, and forget them."""
        notices, self._notices = self._notices, []
        return notices

    def _repair(self) -> dict[str, dict]:
        """Read the file; one that is damaged moves aside whole, and its readable answers go on."""
        kept, damaged = _read(self.path)
        if damaged:
            aside = _free_name(self.path)
            os.replace(self.path, aside)
            try:
                _write(self.path, kept)
            except OSError:
                os.replace(aside, self.path)  # no room for a new one: better the damaged one than none
                raise
            self._notices.append(
                f"Your answers file was damaged; it was set aside as {aside.name}, nothing was deleted, and "
                f"a new one was begun with the {len(kept)} answers that could be read."
            )
        return kept

    def _tell_unsaved(self, error: OSError) -> None:
        if not self._told_unsaved:
            self._told_unsaved = True
            reason = error.strerror or str(error)
            self._notices.append(
                f"Your answers cannot be saved at the moment ({reason}); everything works, and they are "
                f"kept until this notebook's kernel stops."
            )


def path() -> Path:
    """Return where the answers are kept: ``CNNLIB_ANSWERS``, or the user's data folder.

    Examples
    --------
    >>> path().suffix
    '.json'
    """
    chosen = os.environ.get("CNNLIB_ANSWERS")
    folder = platformdirs.user_data_dir("cnnlib", appauthor=False)
    # realpath: replacing a link would cut it off from the file that it points to.
    return Path(os.path.realpath(Path(chosen).expanduser() if chosen else Path(folder, "answers.json")))


def load() -> dict[str, dict]:
    """Return all recorded answers, by exercise id; empty for a newcomer. Never raises.

    Examples
    --------
    >>> isinstance(load(), dict)
    True
    """
    return _file().load()


def record(exercise_id: str, answer: object, *, correct: bool, lesson: str | None = None) -> dict:
    """Record one attempt: the first stays as ``first``, a right one keeps the exercise solved. Never raises.

    Parameters
    ----------
    exercise_id : str
        For example ``"03-slide"``.
    answer : object
        Number, text, array or function (its source is kept).
    correct : bool
        Whether the answer is right.
    lesson : str, optional
        Two digits; by default the first two characters of the id.

    Returns
    -------
    dict
        The entry: ``lesson``, ``first``, ``last``, ``tries``, ``solved``.

    Examples
    --------
    >>> record("03-places", 784, correct=True)["solved"]
    True
    """
    return _file().record(exercise_id, answer, correct=correct, lesson=lesson)


def take_notices() -> list[str]:
    """Return what the learner must be told about the file (damaged, cannot be saved), once.

    Examples
    --------
    >>> isinstance(take_notices(), list)
    True
    """
    return _file().take_notices()


def recorded(exercise_id: str, answer: object, feedback: Feedback) -> Feedback:
    """Record an answer, unless it is still missing, and add what must be said about the answers file.

    Examples
    --------
    >>> recorded("03-slide", None, Feedback("not answered yet", "Write it first.")).verdict
    'not answered yet'
    """
    if feedback.verdict != "not answered yet":
        record(exercise_id, answer, correct=feedback.verdict == "right")
    return replace(feedback, note=" ".join(take_notices()))


_FILES: dict[Path, AnswersFile] = {}


def _file() -> AnswersFile:
    file = path()
    return _FILES.setdefault(file, AnswersFile(file))


def _merged(kept: dict[str, dict], attempts: list[tuple[str, str, dict]]) -> dict[str, dict]:
    merged = dict(kept)
    for exercise_id, lesson, attempt in attempts:
        entry = merged.get(exercise_id, {"first": attempt, "tries": 0, "solved": False})
        solved = entry["solved"] or attempt["correct"]
        merged[exercise_id] = {
            **entry,
            "lesson": lesson,
            "last": attempt,
            "tries": entry["tries"] + 1,
            "solved": solved,
        }
    return merged


def _plain(answer: object) -> str | int | float | bool | None:
    """Return the answer as JSON can hold and a person can read it."""
    if isinstance(answer, np.ndarray | np.generic):
        answer = answer.item() if answer.ndim == 0 else answer.tolist()
    elif callable(answer):
        answer = _source(answer)
    if answer is None or isinstance(answer, bool):
        return answer
    if isinstance(answer, int) and answer.bit_length() < 64:
        return answer
    if isinstance(answer, float) and np.isfinite(answer):
        return answer
    try:
        return str(answer)[:LONGEST_TEXT]
    except Exception:  # a learner's own class, or an integer of thousands of digits
        return type(answer).__name__


def _source(function: object) -> str:
    try:
        return inspect.getsource(function)
    except (OSError, TypeError):
        return getattr(function, "__name__", type(function).__name__)


# ---- on the disk
def _read(file: Path) -> tuple[dict[str, dict], bool]:
    """Return the readable entries, and whether anything in the file is damaged."""
    try:
        content = json.loads(file.read_bytes())
    except FileNotFoundError:
        return {}, False
    except (ValueError, RecursionError):  # not UTF-8, not JSON, absurdly nested
        return {}, True
    if not isinstance(content, dict) or content.get("version") != VERSION:
        return {}, True
    entries = content.get("answers")
    if not isinstance(entries, dict):
        return {}, True
    good = {key: entry for key, entry in entries.items() if _is_entry(entry)}
    return good, len(good) < len(entries)


def _is_entry(entry: object) -> bool:
    return (
        isinstance(entry, dict)
        and all(isinstance(entry.get(key), dict) and "answer" in entry[key] for key in ("first", "last"))
        and isinstance(entry.get("tries"), int)
        and isinstance(entry.get("solved"), bool)
    )


def _write(file: Path, entries: dict[str, dict]) -> None:
    text = json.dumps({"version": VERSION, "answers": entries}, indent=2, sort_keys=True, ensure_ascii=False)
    with replacing(file, mode=0o600) as stream:  # nobody else's business
        stream.write((text + "\n").encode("utf-8", "backslashreplace"))


def _free_name(file: Path) -> Path:
    """Return a name beside the file that is not taken: ``answers.damaged-1.json``, then 2, and so on."""
    number = 1
    while (aside := file.with_name(f"{file.stem}.damaged-{number}{file.suffix}")).exists():
        number += 1
    return aside


@contextlib.contextmanager
def locked(file: Path) -> Iterator[None]:
    """Hold the lock beside the file. The system lets it go if the kernel dies, so it is never stale."""
    with open(file.with_name(file.name + ".lock"), "ab") as stream:
        deadline = time.monotonic() + LOCK_SECONDS
        while not _try_lock(stream.fileno()):
            if time.monotonic() > deadline:
                raise TimeoutError("another notebook is holding the answers file")
            time.sleep(0.01)
        yield  # closing the stream unlocks


def _try_lock(descriptor: int) -> bool:
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except (ImportError, OSError):  # a system without locks: the browser's Python, some network folders
        return True
    return True
