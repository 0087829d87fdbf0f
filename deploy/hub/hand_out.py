"""The lessons as a class gets them, without outputs: a git repository, from which nbgitpuller brings them.

    python deploy/hub/hand_out.py FOLDER     make or refresh the repository in this folder

The hub does so by itself. A hub that cannot read this folder, as on Kubernetes, needs it on a git server.
"""

import subprocess
import sys
from functools import lru_cache
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import my_course

BRANCH = "main"
# What my_course says to a learner, and is no news here.
EXPECTED = tuple(text.split("{")[0] for text in (my_course.MADE, my_course.REFRESHED, my_course.GONE))
AUTHOR = ["-c", "user.name=The course", "-c", "user.email=course@localhost", "-c", "commit.gpgsign=false"]


def refresh(folder: Path) -> None:
    """Commit the lessons, as they are now, to the repository in `folder`."""
    my_course.MINE = folder
    folder.mkdir(parents=True, exist_ok=True)
    for sentence in my_course.update():
        if not sentence.startswith(EXPECTED):
            print(f"class: {sentence}", flush=True)
    if not (folder / ".git").exists():
        git(folder, "init", "--quiet", f"--initial-branch={BRANCH}")
    git(folder, "add", "--all")
    if git(folder, "status", "--porcelain"):
        git(folder, *AUTHOR, "commit", "--quiet", "--message", "The lessons of today")


def if_changed(folder: Path) -> None:
    """Refresh the repository if a lesson has changed since this was last asked."""
    lessons = my_course.lessons()
    _once(folder, max(path.stat().st_mtime_ns for path in lessons), len(lessons))


@lru_cache(maxsize=1)
def _once(folder: Path, newest: int, count: int) -> None:
    refresh(folder)


def git(folder: Path, *words: str) -> str:
    """Run git in the repository; return what it prints."""
    return subprocess.run(
        ["git", "-C", str(folder), *words], check=True, stdout=subprocess.PIPE, text=True
    ).stdout


if __name__ == "__main__":
    refresh(Path(sys.argv[1]))
