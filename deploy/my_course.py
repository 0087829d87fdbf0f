"""The learner's own copies of the lessons, in my-course/; the lessons in notebooks/ are left as they are.

A copy has no outputs, so that nothing gives an answer away. Its metadata say of which lesson it is, and hold
a digest of what was handed out: the types and texts of the cells. With it one can tell whether the learner
has changed anything. What JupyterLab changes by itself is not in it: outputs, counts, the layout of the file,
and the empty cell that Shift+Enter leaves at the end.

course.py starts this file: `lab` without words, `fresh` with the lessons of which to make new copies.
"""

import hashlib
import json
import os
import sys
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import count
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LESSONS = ROOT / "notebooks"
MINE = ROOT / "my-course"

MADE = "New in my-course, your own copies of the lessons: {}."
REFRESHED = "The course has changed, and with it those of your copies in which you had changed nothing: {}."
KEPT = (
    "The course has changed, but so have you, and your copies stay as they are: {}. "
    "For a new one, with yours kept beside it: python course.py fresh {}"
)
DAMAGED = (
    "No notebooks that can be read, and left as they are: {}. "
    "For a new one, with the old one kept beside it: python course.py fresh {}"
)
GONE = "No longer in the course, and removed, as you had changed nothing in them: {}."
YOURS = "No longer in the course, but changed by you, and so they stay in my-course: {}."
BROKEN = "Lessons of the course that cannot be read, get them again: {}."


class LessonError(Exception):
    """A reason, in one sentence, why it cannot be done."""


def main(words: list[str]) -> int:
    """Bring all copies up to date, or make fresh ones of the lessons that `words` name."""
    try:
        for sentence in fresh([find(word) for word in words]) if words else update():
            print(sentence, flush=True)
    except LessonError as error:
        print(f"course.py: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"course.py: my-course cannot be written: {error.strerror}", file=sys.stderr)
        return 1
    return 0


def lessons() -> list[Path]:
    """Return the lessons of the course, in order."""
    found = sorted(LESSONS.glob("*.ipynb"))
    if not found:
        raise LessonError(f"there are no lessons in {LESSONS}; get the whole course again")
    return found


def find(word: str) -> Path:
    """Return the lesson that is meant: its number, its name, a part of its name, or a path."""
    stem = Path(word).stem.lower()
    fit = [path for path in lessons() if stem == path.stem.lower() or stem.zfill(2) == number(path)]
    fit = fit or [path for path in lessons() if stem in path.stem.lower()]
    if not fit:
        raise LessonError(f"there is no lesson {word!r}; choose from {names(lessons())}")
    if len(fit) > 1:
        raise LessonError(f"{word!r} fits {names(fit)}; write more of the name")
    return fit[0]


def number(lesson: Path) -> str:
    """Return the lesson's number, or the first word of a name without one."""
    return lesson.stem.split("_")[0]


def names(paths: list[Path]) -> str:
    """Return the lessons' names; of many the numbers."""
    return ", ".join(path.stem if len(paths) < 5 else number(path) for path in paths)


def update() -> Iterator[str]:
    """Make and refresh copies wherever nothing of the learner's is lost by it; yield what has happened."""
    MINE.mkdir(exist_ok=True)
    news = defaultdict(list)
    for lesson in lessons():
        news[brought_up_to_date(lesson)].append(lesson)
    for copy in sorted(MINE.glob("*.ipynb")):
        news[left_behind(copy)].append(copy)
    del news[""]
    for sentence, paths in news.items():
        yield sentence.format(names(paths), number(paths[0]))


def brought_up_to_date(lesson: Path) -> str:
    """Make or refresh the copy of one lesson, or leave it; return what to say."""
    copy = MINE / lesson.name
    try:
        course = read(lesson)
    except LessonError:
        return BROKEN
    try:
        if not copy.exists() or not copy.stat().st_size:
            write(copy, course)
            return MADE
        mine = read(copy)
        if digest(course) in (digest(mine), mark(mine).get("digest")):
            return ""
        if digest(mine) != mark(mine).get("digest"):
            return KEPT
        write(copy, course)
        return REFRESHED
    except LessonError:
        return DAMAGED
    except OSError as error:  # a folder or file that is read-only, or held by another program
        return f"No copies could be written ({error.strerror}): {{}}."


def left_behind(copy: Path) -> str:
    """Remove a copy whose lesson has gone, or leave it; return what to say.

    What learners have named themselves is not the copy of a lesson, even if it was made from one.
    """
    try:
        mine = read(copy)
        if (LESSONS / copy.name).exists() or mark(mine).get("lesson") != copy.name:
            return ""
        if digest(mine) != mark(mine).get("digest"):
            return YOURS
        copy.unlink()
        return GONE
    except (LessonError, OSError):
        return ""


def fresh(which: list[Path]) -> Iterator[str]:
    """Make fresh copies of lessons, with the old ones kept beside them; yield what has happened."""
    MINE.mkdir(exist_ok=True)
    for lesson in which:
        copy = MINE / lesson.name
        kept = free(copy.with_stem(f"{copy.stem}-kept-{date.today()}")) if copy.exists() else None
        write(copy, read(lesson), keep=kept)
        yield f"my-course/{copy.name} is fresh." + (f" The old one is kept as {kept.name}." if kept else "")
    yield "If it is open in JupyterLab, choose File > Reload Notebook from Disk there."


def free(path: Path) -> Path:
    """Return `path`, or if there is such a file already, the same with a number."""
    numbered = (path.with_stem(f"{path.stem}-{n}") for n in count(2))
    return path if not path.exists() else next(name for name in numbered if not name.exists())


def read(path: Path) -> dict:
    """Return a notebook; a LessonError says that it is none, or only half of one."""
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        digest(notebook), mark(notebook).get("digest")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise LessonError(f"{path} is no notebook that can be read; replace it") from error
    return notebook


def digest(notebook: dict) -> str:
    """Return a hash of what can be read in a notebook."""
    cells = [(cell["cell_type"], "".join(cell["source"]).strip()) for cell in notebook["cells"]]
    return hashlib.sha256(json.dumps([cell for cell in cells if cell[1]]).encode()).hexdigest()


def mark(notebook: dict) -> dict:
    """Return what the copy knows of itself: `lesson`, a file's name, and `digest`."""
    return notebook["metadata"].get("cnnlib", {})


def cleared(notebook: dict) -> dict:
    """Return a notebook without its outputs, so that nothing gives an answer away."""
    nothing = {"outputs": [], "execution_count": None}
    cells = [cell | nothing if cell["cell_type"] == "code" else cell for cell in notebook["cells"]]
    return notebook | {"cells": cells}


def write(copy: Path, course: dict, keep: Path | None = None) -> None:
    """Write a copy, without outputs and with its mark, all at once; an old one is renamed to `keep` first."""
    notebook = cleared(course)
    notebook["metadata"] = course["metadata"] | {"cnnlib": {"lesson": copy.name, "digest": digest(course)}}
    half = copy.with_name(f".{copy.name}.{os.getpid()}")
    try:
        half.write_text(
            json.dumps(notebook, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n"
        )
        if keep:
            copy.rename(keep)
        os.replace(half, copy)
    finally:
        half.unlink(missing_ok=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
