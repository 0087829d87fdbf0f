"""Report what a class answered: one page that needs no network, and a table for a spreadsheet.

What is given is a folder of answers files (``anna.json``, or ``anna/answers.json``), the homes of a hub, or a
zip of either. Files that cannot be counted are named in the terminal and skipped. Without --names no name of
a learner stands in what is written.

course.py starts this file, with the Python that has the course.
"""

import argparse
import csv
import io
import sys
from datetime import date
from html import escape
from pathlib import Path
from statistics import mean

from my_course import MINE
from page import PAGE

from cnnlib.exercises.collecting import Collected, collect
from cnnlib.exercises.feedback import as_html
from cnnlib.exercises.reading import Prediction, lesson
from cnnlib.exercises.tally import MOST_WRONG, Counts, Scores, Tally, tally

PAGES = MINE / "report"
STYLE = Path(__file__).with_name("report.css")

COUNTED = (
    "Each learner is counted once. <i>At first</i> is the first answer, <i>at last</i> whether it was right "
    "in the end. What weighs most comes first: 1 for each learner who is still wrong (one half for a "
    "prediction, as its explanation has been read), one quarter for each who found out. These are counts to "
    "teach by, not marks: learners can change their files."
)


def main(words: list[str]) -> int:
    """Write the report that the command line asks for; return the exit code."""
    parser = argparse.ArgumentParser(prog="course.py report", description="Count what a class answered.")
    parser.add_argument("folder", type=Path, help="a folder of answers files, a hub's homes, or a zip")
    parser.add_argument("--names", action="store_true", help="say who is still wrong, and how far each is")
    given = parser.parse_args(words)
    try:
        found = collect(given.folder)
        for name, why in found.skipped:
            print(f"{name}: {why}", file=sys.stderr)
        if not found.learners:
            raise OSError(f"there are no answers files in {given.folder} that can be read")
        PAGES.mkdir(parents=True, exist_ok=True)
        name = given.folder.resolve().stem or "class"
        counted = tally(found.learners)
        page, table = (PAGES / f"{name}{kind}" for kind in (".html", ".csv"))
        page.write_text(as_page(name, found, counted, given.names), encoding="utf-8", newline="\n")
        # With a byte order mark, or Excel takes it for another encoding.
        table.write_text(as_table(counted, given.names), encoding="utf-8-sig", newline="")
    except OSError as error:
        problem = f"{error.filename}: {error.strerror}" if error.filename else error
        print(f"course.py: {problem}", file=sys.stderr)
        return 1
    print(f"{_many(len(found.learners), 'learner')} -> {page} and {table.name}")
    return 0


# ---- the page
def as_page(name: str, found: Collected, counted: Tally, names: bool, day: date | None = None) -> str:
    """Return the report as a page of HTML."""
    title = f"What the class answered: {escape(name)}"
    learners = len(found.learners)
    parts = [
        f"<h1>{title}</h1>",
        f"<p>{_many(learners, 'learner')}, {_many(len(counted.counts), 'exercise')} tried, "
        f"{day or date.today():%d %B %Y}.{_left_out(found, counted)}</p>",
        "<h2>To talk about first</h2>",
        *[_card(one, names) for one in counted.to_talk_about()],
        f'<p class="muted">{COUNTED}</p>',
        *_test(counted.scores),
        "<h2>All exercises</h2>",
        _overview(counted),
    ]
    if names:
        parts += ["<h2>Learners</h2>", _learners(found)]
    return PAGE.format(title=title, style=STYLE.read_text(encoding="utf-8"), body="\n".join(parts))


def _left_out(found: Collected, counted: Tally) -> str:
    says = ""
    if found.skipped:
        says += f" {_many(len(found.skipped), 'file')} left out or read in part, see the terminal."
    if counted.unknown:
        says += f" {_many(len(counted.unknown), 'exercise')} of another version of the course left out."
    if len(counted.courses) > 1:
        versions = (f"{version or 'older'} ({count})" for version, count in sorted(counted.courses.items()))
        says += f" Versions of the course: {escape(', '.join(versions))}."
    return says


def _card(one: Counts, names: bool) -> str:
    exercise = one.exercise
    number, title = exercise.lesson, lesson(exercise.lesson).title
    parts = [
        f"<h3>{as_html(exercise.title)}</h3>",
        f'<p class="id">Lesson {int(number)}, {escape(title)} · {escape(exercise.id)}</p>',
    ]
    if isinstance(exercise, Prediction):
        parts.append(f"<p>{as_html(exercise.question)}</p>")
    parts.append(_bars(one))
    if one.votes:
        parts.append(
            f"<p>{_many(one.votes, 'learner')} voted twice: {one.before} right before the talk, {one.after} "
            f"after it ({_signed(one.after - one.before)}).</p>"
        )
    if one.wrong:
        answers = any(wrong.answer for wrong in one.wrong)
        rows = "".join(
            f'<tr><td class="count">{wrong.learners}</td>'
            f"{f'<td>{escape(wrong.answer)}</td>' if answers else ''}<td>{as_html(wrong.says)}</td></tr>"
            for wrong in one.wrong
        )
        head = '<th scope="col" class="count">learners</th>'
        head += ('<th scope="col">wrong answer</th>' if answers else "") + '<th scope="col">the mistake</th>'
        parts.append(f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>")
    if names and one.open:
        parts.append(f"<p>Not right so far: {escape(', '.join(one.open))}.</p>")
    return f"<article>{''.join(parts)}</article>"


def _test(scores: Scores) -> list[str]:
    """Return what is said of the concept test, if anybody answered all items of a form."""
    rows = "".join(
        f'<tr><th scope="row">form {form.upper()}</th><td class="count">{len(right)}</td>'
        f'<td class="count">{mean(right):.1f}</td></tr>'
        for form, right in scores.right.items()
        if right
    )
    if not rows:
        return []
    head = '<th scope="col"></th><th scope="col" class="count">learners</th>'
    head += f'<th scope="col" class="count">right of {scores.items}</th>'
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    parts = ["<h2>Concept test</h2>", table]
    if scores.both:
        before, after = (mean(each) for each in zip(*scores.both, strict=True))
        gain = "" if scores.gain is None else f" That is {_percent(scores.gain)} of what could be gained."
        parts.append(
            f"<p>{_many(len(scores.both), 'learner')} answered both forms: {before:.1f} right in the first, "
            f"{after:.1f} in the second.{gain}</p>"
        )
    return parts


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %".replace("-", "−")


def _bars(one: Counts) -> str:
    bars = ""
    for when, count in (("first", one.first), ("last", one.last)):
        width = f"width:{100 * count / one.tried:.0f}%"
        bars += f'<span>right at {when}</span><span class="bar {when}"><i style="{width}"></i></span>'
        bars += f"<span>{count} of {one.tried}</span>"
    return f'<div class="bars">{bars}</div>'


def _overview(counted: Tally) -> str:
    heads = ("tried", "at first", "at last", "tries")
    head = "".join(f'<th scope="col" class="count">{name}</th>' for name in heads)
    head += '<th scope="col">most frequent mistake</th>'
    parts = []
    for number in dict.fromkeys(one.exercise.lesson for one in counted.counts):
        rows = "".join(_line(one) for one in counted.counts if one.exercise.lesson == number)
        parts.append(
            f'<h3>{int(number)} · {escape(lesson(number).title)}</h3><div class="scroll"><table><thead><tr>'
            f'<th scope="col">exercise</th>{head}</tr></thead><tbody>{rows}</tbody></table></div>'
        )
    return "\n".join(parts)


def _line(one: Counts) -> str:
    numbers = (one.tried, one.first, one.last, f"{one.tries:g}")
    cells = "".join(f'<td class="count">{number}</td>' for number in numbers)
    wrong = ""
    if one.wrong:
        answer = f"{one.wrong[0].answer}: " if one.wrong[0].answer else ""
        wrong = f"{escape(answer)}{as_html(one.wrong[0].says)} ({_many(one.wrong[0].learners, 'learner')})"
    return f'<tr><th scope="row">{as_html(one.exercise.title)}</th>{cells}<td>{wrong}</td></tr>'


def _learners(found: Collected) -> str:
    rows = "".join(
        f'<tr><th scope="row">{escape(name)}</th><td class="count">{len(entries)}</td>'
        f'<td class="count">{sum(entry["solved"] for entry in entries.values())}</td></tr>'
        for name, entries in sorted(found.learners.items())
    )
    return (
        '<table><thead><tr><th scope="col">learner</th><th scope="col" class="count">tried</th>'
        f'<th scope="col" class="count">right</th></tr></thead><tbody>{rows}</tbody></table>'
    )


def _many(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"


def _signed(number: int) -> str:
    return f"{number:+d}".replace("-", "−")


# ---- the table
def as_table(counted: Tally, names: bool) -> str:
    """Return the counts as CSV, one row an exercise, in the order of the course."""
    out = io.StringIO()
    writer = csv.writer(out)
    wrong = [
        f"wrong {i} {what}" for i in range(1, MOST_WRONG + 1) for what in ("answer", "learners", "mistake")
    ]
    counts = ["tried", "right at first", "right at last", "median tries", "weight"]
    votes = ["voted twice", "right before the talk", "right after the talk", "gain"]
    writer.writerow(
        ["exercise", "lesson", "title", "kind", *counts, *votes, *wrong, *(["not right so far"] * names)]
    )
    for one in counted.counts:
        exercise = one.exercise
        cells = [exercise.id, int(exercise.lesson), exercise.title, exercise.kind]
        cells += [one.tried, one.first, one.last, f"{one.tries:g}", f"{one.weight:g}"]
        cells += [one.votes, one.before, one.after, one.after - one.before] if one.votes else [0, "", "", ""]
        found = [cell for wrong in one.wrong for cell in (wrong.answer, wrong.learners, wrong.says)]
        cells += found + [""] * (3 * MOST_WRONG - len(found))
        writer.writerow([*map(_harmless, cells), *([_harmless("; ".join(one.open))] * names)])
    return out.getvalue()


def _harmless(cell: object) -> object:
    """Keep a spreadsheet from taking a learner's text for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
