"""The answers file: what the learner answered, kept between visits.

One JSON file a person can read, in the user's data folder (or wherever ``CNNLIB_ANSWERS`` points; in the
browser's Python among the lessons, as only these outlive a reload)::

    {"version": 1, "answers": {"03-places":
        {"lesson": "03", "tries": 3, "solved": true, "first": {...}, "between": [{...}], "last": {...}}}}

where an attempt is ``{"answer": 1024, "correct": false, "verdict": "wrong", "said": "That is one place for
every pixel ...", "when": "2026-01-31T09:30:00+00:00", "course": "0.1.0"}``. What is right has no ``said``.
``between`` are the latest wrong ones, each with another mistake, cut short; ``different`` counts the wrong
ones that were unlike those before. The two votes on a question that
is asked again after a talk have ``"vote": 1`` and 2; the second is kept as ``revote``. In files of older
courses an attempt has ``answer``, ``correct`` and ``when`` only.

Nothing here may stop a lesson: a damaged file is set aside, and if nothing can be written the answers
live in memory. Either is told once, in a sentence that the next feedback carries (`take_notices`).
"""

import errno
import inspect
import json
import os
import sys
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

import numpy as np
import platformdirs

from cnnlib.exercises.locking import locked
from cnnlib.exercises.safely import call, count, guarded
from cnnlib.files import refuse_special, replacing

VERSION = 1
_IN_BROWSER = sys.platform == "emscripten"
try:
    COURSE = metadata.version("cnnlib")
except metadata.PackageNotFoundError:  # it was not installed
    COURSE = ""
# The file is to stay small and readable: characters of an answer, of what was said of it, of one between
# the first and the last; and how many of these.
LONGEST_TEXT, LONGEST_SAID, SHORT_TEXT, MOST_BETWEEN = 4000, 400, 200, 5
LONGEST_OPTION = 60


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

    def record(self, exercise_id: str, answer: object, *, lesson: str | None = None, **how) -> dict:
        """Add one attempt to the file and return the exercise's entry; `how` is as in `attempt`."""
        self._unsaved.append((exercise_id, lesson or exercise_id[:2], attempt(answer, **how)))
        try:
            _refuse(self.path)
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

    def take_in(self, content: bytes) -> tuple[int, int]:
        """Add the answers of another answers file; return how many exercises are in it, and how many are new.

        Taken in twice, it changes nothing the second time.

        Raises
        ------
        ValueError
            If it is no answers file of this course; the message says what it is.
        OSError
            If the answers cannot be saved.
        """
        theirs, _ = read(content)
        _refuse(self.path)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with locked(self.path):
            mine = self._repair()
            _write(self.path, {**theirs, **{key: joined(mine[key], theirs.get(key)) for key in mine}})
        return len(theirs), len(theirs.keys() - mine.keys())

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
    """Return where the answers are kept: ``CNNLIB_ANSWERS``, or the user's data folder. Never raises.

    A relative path counts from the home folder, whichever folder a notebook runs in. Where there is no such
    home, the path begins with ``~``, and nothing is kept there.

    Examples
    --------
    >>> path().suffix
    '.json'
    """
    chosen = os.environ.get("CNNLIB_ANSWERS")
    try:
        folder = "/drive" if _IN_BROWSER else platformdirs.user_data_dir("cnnlib", appauthor=False)
        chosen = chosen or os.path.join(folder, "answers.json")
    except RuntimeError:  # no HOME, and a user without a name
        chosen = os.path.join("~", "answers.json")
    file = os.path.expanduser(chosen)
    if not file.startswith("~"):
        file = os.path.join(os.path.expanduser("~"), file)
    # realpath: replacing a link would cut it off from the file that it points to.
    return Path(file if file.startswith("~") else os.path.realpath(file))


def take_in(content: bytes) -> tuple[int, int]:
    """Add the answers of another answers file; as `AnswersFile.take_in`."""
    return _file().take_in(content)


def load() -> dict[str, dict]:
    """Return all recorded answers, by exercise id; empty for a newcomer. Never raises.

    Examples
    --------
    >>> isinstance(load(), dict)
    True
    """
    return _file().load()


def record(
    exercise_id: str,
    answer: object,
    *,
    correct: bool,
    lesson: str | None = None,
    verdict: str = "",
    said: str = "",
    vote: int = 0,
) -> dict:
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
    verdict : str, optional
        By default ``"right"`` or ``"wrong"``.
    said : str, optional
        The sentence that named the mistake.
    vote : int, optional
        1 before a talk with the neighbour, 2 after it.

    Returns
    -------
    dict
        The entry: ``lesson``, ``first``, ``last``, ``tries``, ``solved``, and what is told above.

    Examples
    --------
    >>> record("03-places", 784, correct=True)["solved"]
    True
    """
    how = {"correct": correct, "verdict": verdict, "said": said, "vote": vote}
    return _file().record(exercise_id, answer, lesson=lesson, **how)


def attempt(answer: object, *, correct: bool, verdict: str = "", said: str = "", vote: int = 0) -> dict:
    """Return an attempt as it is kept; the arguments are those of `record`.

    Examples
    --------
    >>> attempt(1024, correct=False, said="One place for every pixel.")["verdict"]
    'wrong'
    """
    with guarded():  # a class of the learner's may do anything when it is written down
        kept, failure = call(_plain, answer)
    made = {
        "answer": type(answer).__name__ if failure else kept,
        "correct": bool(correct),
        "verdict": verdict or ("right" if correct else "wrong"),
        "said": "" if correct else said[:LONGEST_SAID],
        "when": datetime.now(UTC).isoformat(timespec="seconds"),
        "course": COURSE,
        "vote": vote,
    }
    return {key: value for key, value in made.items() if value or key not in ("said", "course", "vote")}


def take_notices() -> list[str]:
    """Return what the learner must be told about the file (damaged, cannot be saved), once.

    Examples
    --------
    >>> isinstance(take_notices(), list)
    True
    """
    return _file().take_notices()


_FILES: dict[Path, AnswersFile] = {}


def _file() -> AnswersFile:
    file = path()
    return _FILES.setdefault(file, AnswersFile(file))


def _merged(kept: dict[str, dict], attempts: list[tuple[str, str, dict]]) -> dict[str, dict]:
    merged = dict(kept)
    for exercise_id, lesson, made in attempts:
        merged[exercise_id] = added(merged.get(exercise_id), made) | {"lesson": lesson}
    return merged


def added(entry: dict | None, made: dict) -> dict:
    """Return an exercise's entry with one more attempt.

    Examples
    --------
    >>> entry = added(None, attempt(25, correct=False))
    >>> added(entry, attempt(26, correct=True))["tries"]
    2
    """
    wrong = not made["correct"]
    if entry is None:
        return {"first": made, "last": made, "tries": 1, "solved": not wrong, "different": int(wrong)}
    solved = entry["solved"] or made["correct"]
    new = {**entry, "last": made, "tries": entry["tries"] + 1, "solved": solved}
    new["different"] = different(entry) + (wrong and not any(_again(made, one) for one in _kept(entry)))
    if made.get("vote") == 2:
        new["revote"] = made
    passed = entry["last"]
    if entry["tries"] > 1 and not passed.get("correct"):
        said = [_mistake(one) for one in (entry["first"], made)]
        others = [one for one in between(entry) if _mistake(one) != _mistake(passed)]
        if _mistake(passed) not in said:
            others.append(passed | {"answer": _plain(passed["answer"], SHORT_TEXT)})
        if others:
            new["between"] = others[-MOST_BETWEEN:]
    return new


def joined(mine: dict, theirs: dict | None) -> dict:
    """Return one entry of two: the earliest first answer, the latest last one, the most tries.

    Examples
    --------
    >>> mine, theirs = (added(None, attempt(answer, correct=answer == 25)) for answer in (24, 25))
    >>> both = joined(mine, theirs)
    >>> both["solved"], both["tries"], joined(both, theirs) == both
    (True, 1, True)
    """
    if theirs is None:
        return mine
    longer = max(mine, theirs, key=lambda entry: entry["tries"])
    return {
        **longer,
        "first": min(mine["first"], theirs["first"], key=_when),
        "last": max(mine["last"], theirs["last"], key=_when),
        "solved": mine["solved"] or theirs["solved"],
    }


def _when(made: dict) -> str:
    return str(made.get("when", ""))


def between(entry: dict) -> list[dict]:
    """Return the wrong attempts between the first and the last that are kept and can be read.

    Examples
    --------
    >>> between({"between": [{"answer": 3}, "?"]})
    [{'answer': 3}]
    """
    found = entry.get("between")
    return [one for one in found if _is_attempt(one)] if isinstance(found, list) else []


def different(entry: dict) -> int:
    """Return how many different wrong answers were given: running a cell again is no further try.

    Examples
    --------
    >>> entry = added(None, attempt(25, correct=False))
    >>> different(entry), different(added(entry, attempt(25, correct=False)))
    (1, 1)
    """
    found = entry.get("different")  # files of older courses have none
    return found if isinstance(found, int) else len({str(one["answer"]) for one in _kept(entry)})


def _kept(entry: dict) -> list[dict]:
    return [one for one in (entry["first"], *between(entry), entry["last"]) if not one.get("correct")]


def _again(made: dict, one: dict) -> bool:
    """Tell whether an answer was given before; those between the first and the last are cut short."""
    new, old = str(made["answer"]), str(one["answer"])
    if made.get("said", "") != one.get("said", ""):
        return False  # of a function without a source only its name is kept
    return new == old or (len(old) == SHORT_TEXT and new.startswith(old))


def _mistake(made: dict) -> tuple[str, str]:
    """Return what tells one mistake from another: what was said, and the answer, if it is no program."""
    said, answer = str(made.get("said", "")), str(made["answer"])
    return said, answer if not said or len(answer) <= LONGEST_OPTION else ""


def _plain(answer: object, longest: int = LONGEST_TEXT) -> str | int | float | bool | None:
    """Return the answer as JSON can hold and a person can read it."""
    if isinstance(answer, np.ndarray) and answer.size > longest:
        answer = str(answer)  # NumPy leaves the middle out
    elif not isinstance(answer, str) and count(answer) > longest:
        return f"{type(answer).__name__} of {count(answer):,}"
    elif isinstance(answer, np.ndarray | np.generic):
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
        return str(answer)[:longest]
    except Exception:  # a learner's own class, or an integer of thousands of digits
        return type(answer).__name__


def _source(function: object) -> str:
    try:
        return inspect.getsource(function)
    except Exception:  # it has none, or is a class of the learner's own
        return getattr(function, "__name__", type(function).__name__)


# ---- on the disk
def _refuse(file: Path) -> None:
    """Refuse what cannot be an answers file; a device would be replaced by a file."""
    if not file.is_absolute():
        home = file.parts[0]
        why = "this user has no home folder" if home == "~" else f"there is no home folder {home}"
        raise FileNotFoundError(errno.ENOENT, why)
    refuse_special(file)


def _read(file: Path) -> tuple[dict[str, dict], bool]:
    """Return the readable entries, and whether anything in the file is damaged."""
    _refuse(file)
    try:
        return read(file.read_bytes())
    except FileNotFoundError:
        return {}, False
    except ValueError:
        return {}, True


def read(content: bytes) -> tuple[dict[str, dict], bool]:
    """Return the readable entries of a file's content, and whether there are others.

    Raises
    ------
    ValueError
        If it is no answers file of this course; the message says what it is.

    Examples
    --------
    >>> read(b"")
    ({}, False)
    """
    if not content.strip():
        return {}, False  # a file that was made, and not written yet
    try:
        data = json.loads(content)
    except (ValueError, RecursionError) as error:  # not UTF-8, not JSON, absurdly nested
        raise ValueError("it is damaged") from error
    if not isinstance(data, dict) or not isinstance(data.get("answers"), dict):
        raise ValueError("it holds no answers")
    if data.get("version") != VERSION:
        raise ValueError("it was written by another version of the course")
    entries = data["answers"]
    good = {key: entry for key, entry in entries.items() if _is_entry(entry)}
    return good, len(good) < len(entries)


def _is_entry(entry: object) -> bool:
    return (
        isinstance(entry, dict)
        and all(_is_attempt(entry.get(key)) for key in ("first", "last"))
        and isinstance(entry.get("tries"), int)
        and isinstance(entry.get("solved"), bool)
    )


def _is_attempt(made: object) -> bool:
    return isinstance(made, dict) and "answer" in made


def as_file(entries: dict[str, dict]) -> bytes:
    """Return the content of a file with these entries; `read` gives them back."""
    text = json.dumps({"version": VERSION, "answers": entries}, indent=2, sort_keys=True, ensure_ascii=False)
    return (text + "\n").encode("utf-8", "backslashreplace")


def _write(file: Path, entries: dict[str, dict]) -> None:
    with replacing(file, mode=0o600) as stream:  # nobody else's business
        stream.write(as_file(entries))


def _free_name(file: Path) -> Path:
    """Return a name beside the file that is not taken: ``answers.damaged-1.json``, then 2, and so on."""
    number = 1
    while (aside := file.with_name(f"{file.stem}.damaged-{number}{file.suffix}")).exists():
        number += 1
    return aside
