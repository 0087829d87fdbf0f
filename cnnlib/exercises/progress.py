"""How far the learner is: a table for lesson 00."""

from dataclasses import dataclass

from cnnlib.exercises import answers
from cnnlib.exercises.feedback import as_html
from cnnlib.exercises.registry import EXERCISES, LESSONS


@dataclass(frozen=True)
class Progress:
    """Exercises done and in all, per lesson, readable as text and in JupyterLab's themes.

    Parameters
    ----------
    rows : tuple of (str, int, int)
        Lesson, done, all.
    note : str, optional
        A sentence about the answers file.

    Examples
    --------
    >>> print(Progress((("03 A kernel slides", 2, 9),)))
    lesson              done
    03 A kernel slides  2 of 9
    all lessons         2 of 9
    """

    rows: tuple[tuple[str, int, int], ...]
    note: str = ""

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
        table = "\n".join(f"{title:{width}}  {done}" for title, done in lines)
        return f"{table}\n{self.note}" if self.note else table

    __repr__ = __str__

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict[str, str]:
        return {"text/plain": str(self), "text/html": self._html()}

    def _html(self) -> str:
        left = 'style="text-align:left"'
        body = "".join(
            f'<tr><th scope="row" {left}>{as_html(title)}</th><td>{done}</td></tr>'
            for title, done in self._lines
        )
        note = f'<p role="status">{as_html(self.note)}</p>' if self.note else ""
        return (
            f'<table style="margin:4px 0"><caption {left}>Exercises done</caption><thead><tr>'
            f'<th scope="col" {left}>lesson</th><th scope="col">done</th></tr></thead>'
            f"<tbody>{body}</tbody></table>{note}"
        )


def progress() -> Progress:
    """Return how many exercises of each lesson are done.

    A check is done when it was once right; a prediction, when it was committed to, right or wrong.

    Examples
    --------
    >>> len(progress().rows)
    2
    """
    entries = answers.load()
    done = {key for key, entry in entries.items() if key in EXERCISES and _is_done(key, entry)}
    rows = []
    for lesson, title in LESSONS.items():
        ids = {key for key, exercise in EXERCISES.items() if exercise.lesson == lesson}
        rows.append((f"{lesson} {title}", len(ids & done), len(ids)))
    return Progress(tuple(rows), " ".join(answers.take_notices()))


def _is_done(exercise_id: str, entry: dict) -> bool:
    return EXERCISES[exercise_id].kind != "check" or entry["solved"]
