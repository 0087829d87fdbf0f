"""The teacher's guide: its questions are those of the lessons, its sections and minutes, too."""

import importlib.util
import re
from pathlib import Path

import nbformat
import pytest

from cnnlib.exercises import EXERCISES, Prediction

ROOT = Path(__file__).resolve().parents[1]
GUIDE = (ROOT / "docs/teaching.md").read_text("utf-8")
PARTS = {f"{int(n):02}": text for n, text in re.findall(r"(?ms)^### (\d+) (.*?)(?=^##|\Z)", GUIDE)}
LESSONS = {
    path.name[:2]: path for path in sorted((ROOT / "notebooks").glob("[01][0-9]_*")) if path.name[:2] != "00"
}


def make_teaching():
    spec = importlib.util.spec_from_file_location("make_teaching", ROOT / "docs/make_teaching.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def prose(number):
    cells = nbformat.read(LESSONS[number], as_version=4).cells
    return "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")


def headings(number):
    """Return the sections of a lesson, and which of them are its core."""
    found = [name for name in re.findall(r"(?m)^## (.*)$", prose(number)) if name != "Read on"]
    return {name.strip("★ "): "★" in name for name in found}


def minutes(number):
    """Return what the guide says of each section of a lesson."""
    (line,) = re.findall(r"(?m)^\*Minutes:\* (.*)$", PARTS[number])
    return {
        name: int(count)
        for name, count in (re.fullmatch(r"(.*) (\d+)", part).groups() for part in line.split(" · "))
    }


def test_the_questions_are_filled_in_as_they_are_now():
    made = make_teaching()
    assert made.filled(GUIDE) == GUIDE, "run: python docs/make_teaching.py"
    assert all(f"`{key}`" in GUIDE for key, asked in EXERCISES.items() if isinstance(asked, Prediction))


def test_a_question_that_has_changed_is_noticed():
    made = make_teaching()
    assert made.filled(GUIDE.replace("`03-predict-size`", "`03-predict-old`")) == GUIDE


def test_each_lesson_has_its_part_with_what_a_teacher_looks_for():
    assert PARTS.keys() == LESSONS.keys()
    for text in PARTS.values():
        assert all(word in text for word in ("*Goals:*", "*Before:*", "*Discuss:*", "*Skip:*"))


@pytest.mark.parametrize("number", LESSONS)
def test_the_sections_are_those_of_the_lesson_and_the_minutes_add_up(number):
    assert list(minutes(number)) == ["opening", *headings(number)]
    told = 5 * round(sum(minutes(number).values()) / 5)
    assert int(re.search(r"[Aa]bout\s+(\d+)\s+minutes", prose(number))[1]) == told
    for page in ("README.md", "notebooks/00_start_here.ipynb"):
        row = rf'(?m)^\s*"?\| {int(number)} \|.*\| (\d+) \|(?:\\n",)?$'
        assert re.findall(row, (ROOT / page).read_text("utf-8")) == [str(told)]


def test_each_thing_that_is_met_takes_its_time():
    made = make_teaching()
    text = (
        "one two\n\n1. Why? And\n   how?\n2. So?\n\n1. A step.\n\n"
        "<details>\n1. No?\n</details>\n\n*To discuss: eh?* **1.** Do."
    )
    met = made._met_in_text(text)
    assert (met["question"], met["exercise"], met["discussion"]) == (2, 1, 1)
    code = (
        "from x import explore_a\n\ndef f(x):\n    ...\n\n\n"
        "a = ...\ncheck_f(f)\ncheck_number('9', a)\nexplore_training()"
    )
    met = made._met_in_code(code)
    counted = [met[what] for what in ("function", "number", "demo", "training", "line of code")]
    assert counted == [1, 1, 1, 1, 7]


def test_the_guide_tells_at_which_pace_its_minutes_are_counted():
    pace = make_teaching().PACE
    assert (1 / pace["word"], 1 / pace["line of code"]) == (200, 10)
    assert [pace[what] for what in ("demo", "question", "prediction", "training")] == [1, 1, 1, 0.5]
    assert [pace[what] for what in ("number", "exercise", "discussion", "function")] == [2, 2, 3, 5]
    assert "200 words or ten lines of code a minute" in " ".join(GUIDE.split())


def functions_to_write(number):
    """Count the functions that are left to a learner in the core of a lesson."""
    count, core = 0, False
    for cell in nbformat.read(LESSONS[number], as_version=4).cells:
        if cell.cell_type == "markdown":
            found = re.findall(r"(?m)^## (.*)$", cell.source)
            core = "★" in found[-1] if found else core
        elif core:
            defined = re.split(r"(?m)^(?=def )", cell.source)[1:]
            count += sum(re.search(r"(?m)(^ +|: |= )\.\.\.", part) is not None for part in defined)
    return count


def test_the_minutes_of_the_paths_add_up():
    core = sum(minutes(n)[name] for n in LESSONS for name, star in headings(n).items() if star)
    without = core - 5 * sum(map(functions_to_write, LESSONS))
    assert f"five minutes each | {round(without, -1)} |" in GUIDE
    whole = sum(sum(minutes(n).values()) for n in LESSONS)
    assert f"| the sections with a ★ | {core} |" in GUIDE
    assert f"| all lessons | {whole} |" in GUIDE


def test_links_lead_somewhere():
    targets = re.findall(r"\]\(([^)#]+)\)", GUIDE.partition("## The lessons")[0])
    assert targets
    assert [target for target in targets if not (ROOT / "docs" / target).exists()] == []
