"""Fill in the teacher's guide what the lessons know: their questions, and the wrong answers to expect.

    python docs/make_teaching.py

Written are the parts of teaching.md between two comments, such as <!-- questions 03 --> and <!-- end -->; all
else stays as it is.
"""

import re
from pathlib import Path

from cnnlib.exercises import reading
from cnnlib.exercises.predictions import answer_text
from cnnlib.exercises.reading import Exercise, Number, Prediction

GUIDE = Path(__file__).with_name("teaching.md")
FILLED = re.compile(r"(<!-- questions (\d\d) -->\n).*?(<!-- end -->)", re.DOTALL)


def filled(guide: str) -> str:
    """Return the guide with the questions of each lesson as they are now."""
    return FILLED.sub(lambda part: part[1] + questions(part[2]) + part[3], guide)


def questions(lesson: str) -> str:
    """Return a lesson's predictions and numbers as Markdown, each with its misconceptions."""
    asked = [
        each for each in reading.lesson(lesson).exercises.values() if isinstance(each, Prediction | Number)
    ]
    return "".join(map(_entry, asked))


def _entry(asked: Exercise) -> str:
    right, wrong = (
        (asked.right, asked.replies) if isinstance(asked, Prediction) else (asked.answer, asked.mistakes)
    )
    lines = [f"- `{asked.id}` {asked.title}: **{answer_text(right)}**"]
    lines += [f"  - {answer_text(answer)}: {says}" for answer, says in wrong.items()]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    GUIDE.write_text(filled(GUIDE.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
