"""Fill in the teacher's guide what the lessons know: minutes, questions, and the wrong answers to expect.

    python docs/make_teaching.py

Written are the parts of teaching.md between two comments, such as <!-- questions 03 --> and <!-- end -->, and
the line of minutes of each lesson; all else stays as it is.
"""

import json
import re
from collections import Counter
from pathlib import Path

from cnnlib import explore
from cnnlib.exercises import reading
from cnnlib.exercises.predictions import answer_text
from cnnlib.exercises.reading import Exercise, Number, Prediction

GUIDE = Path(__file__).with_name("teaching.md")
LESSONS = GUIDE.parents[1] / "notebooks"
FILLED = re.compile(r"(<!-- questions (\d\d) -->\n).*?(<!-- end -->)", re.DOTALL)


TIMED = re.compile(r"(?ms)(^### (\d+) .*?^\*Minutes:\*) [^\n]*")

# Minutes for each thing that a class of beginners meets in a section; the guide says so, too.
PACE = {
    "word": 1 / 200,
    "line of code": 0.1,
    "demo": 1,
    "question": 1,
    "prediction": 1,
    "training": 0.5,
    "number": 2,
    "exercise": 2,
    "discussion": 3,
    "function": 5,
}


def filled(guide: str) -> str:
    """Return the guide with the minutes and questions of each lesson as they are now."""
    guide = TIMED.sub(lambda part: f"{part[1]} {' · '.join(_timed(int(part[2])))}", guide)
    return FILLED.sub(lambda part: part[1] + questions(part[2]) + part[3], guide)


def minutes(lesson: int) -> dict[str, int]:
    """Return the minutes of a lesson's sections, the opening first, counted at `PACE`."""
    return {
        name: max(1, round(sum(PACE[what] * n for what, n in found.items())))
        for name, found in _met(lesson).items()
    }


def _timed(lesson: int) -> list[str]:
    return [f"{name} {count}" for name, count in minutes(lesson).items()]


def _met(lesson: int) -> dict[str, Counter]:
    """Count what is met in each section; references belong to the section before them."""
    (path,) = LESSONS.glob(f"{lesson:02}_*.ipynb")
    found, name = {}, "opening"
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "code":
            found[name].update(_met_in_code(source))
            continue
        for heading, text in re.findall(r"(?ms)(?:^## ([^\n]*))?(.*?)(?=^## |\Z)", source):
            name = heading.strip("★ ") if heading not in ("", "Read on") else name
            found.setdefault(name, Counter()).update(_met_in_text(text))
    for section in found.values():
        section["number"] *= not section["exercise"]  # there, they are what the exercises ask for
    return found


def _met_in_text(text: str) -> Counter:
    asked = re.sub(r"(?s)<details>.*?</details>", "", text)
    return Counter(
        {
            "word": len(text.split()),
            "question": len(re.findall(r"(?ms)^\d\. (?:(?!^\d\. |\n\n).)*\?", asked)),
            "exercise": len(re.findall(r"\*\*\d\.\*\*", asked)),
            "discussion": asked.count("*To discuss:"),
        }
    )


def _met_in_code(source: str) -> Counter:
    written = [
        part for part in re.split(r"(?m)^(?=def )", source) if re.search(r"(?m)(^ +|: |= )\.\.\.", part)
    ]
    functions = sum(part.startswith("def ") for part in written)
    demos = re.findall(r"\b(explore_(?!way)\w+)\(", source)
    return Counter(
        {
            "line of code": sum(bool(line.strip()) for line in source.splitlines()),
            "demo": len(demos),
            "training": sum(hasattr(getattr(explore, name), "seen") for name in demos),
            "prediction": len(re.findall(r'"\d\d-predict-', source)),
            "number": max(0, len(re.findall(r"\bcheck_\w+\(", source)) - functions),
            "function": functions,
        }
    )


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
