"""How far the learner is: a table for lesson 00."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from cnnlib.exercises import answers, reading
from cnnlib.exercises.feedback import as_html
from cnnlib.exercises.reading import Exercise


@dataclass(frozen=True)
class Progress:
    """Exercises done and in all, per lesson, readable as text and in JupyterLab's themes.

    Parameters
    ----------
    rows : tuple of (str, int, int)
        Lesson, done, all.
    note : str, optional
        A sentence about the answers file.
    open : mapping of str to tuple of str, optional
        For each lesson that was begun: the titles of what is left.

    Examples
    --------
    >>> print(Progress((("03 A kernel slides", 2, 9),)))
    lesson              done
    03 A kernel slides  2 of 9
    all lessons         2 of 9
    """

    rows: tuple[tuple[str, int, int], ...]
    note: str = ""
    open: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def _lines(self) -> list[tuple[str, str]]:
        rows = (
            *self.rows,
            ("all lessons", sum(row[1] for row in self.rows), sum(row[2] for row in self.rows)),
        )
        return [(title, f"{done} of {count}") for title, done, count in rows]

    def __str__(self) -> str:
        lines = [("lesson", "done"), *self._lines]
        width = max(len(title) for title, _ in lines)
        table = [f"{title:{width}}  {done}" for title, done in lines]
        left = [f"still open in {lesson}: {'; '.join(titles)}" for lesson, titles in self.open.items()]
        return "\n".join([*table, *left, *([self.note] if self.note else [])])

    __repr__ = __str__

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict[str, str]:
        return {"text/plain": str(self), "text/html": self._html()}

    def _html(self) -> str:
        start = 'style="text-align:left"'
        body = "".join(
            f'<tr><th scope="row" {start}>{as_html(title)}</th><td>{done}</td></tr>'
            for title, done in self._lines
        )
        left = "".join(
            f"<p>Still open in {as_html(lesson)}: {as_html('; '.join(titles))}</p>"
            for lesson, titles in self.open.items()
        )
        note = f'<p role="status">{as_html(self.note)}</p>' if self.note else ""
        return (
            f'<table style="margin:4px 0"><caption {start}>Exercises done</caption><thead><tr>'
            f'<th scope="col" {start}>lesson</th><th scope="col">done</th></tr></thead>'
            f"<tbody>{body}</tbody></table>{left}{note}"
        )


def progress() -> Progress:
    """Return how many exercises of each lesson are done, and which are left in the lessons that were begun.

    A check is done when it was once right; a prediction, when it was committed to, right or wrong.

    Examples
    --------
    >>> progress().open
    {}
    """
    entries = answers.load()
    rows, left = [], {}
    for lesson in reading.rooms():
        title, exercises = reading.lesson(lesson)
        exercises = {key: asked for key, asked in exercises.items() if asked.kind != "test"}
        if not exercises:
            continue
        todo = tuple(e.title for e in exercises.values() if not _is_done(e, entries.get(e.id)))
        rows.append((f"{lesson} {title}", len(exercises) - len(todo), len(exercises)))
        if 0 < len(todo) < len(exercises):
            left[f"{lesson} {title}"] = todo
    return Progress(tuple(rows), " ".join(answers.take_notices()), left)


def _is_done(exercise: Exercise, entry: dict | None) -> bool:
    return entry is not None and (exercise.kind != "check" or entry["solved"])
