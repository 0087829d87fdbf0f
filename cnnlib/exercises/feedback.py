"""What a check answers: a verdict, a paragraph, readable as text and in JupyterLab's themes."""

import html
import re
from dataclasses import dataclass
from typing import Literal

import numpy as np

Verdict = Literal["right", "close", "wrong", "not answered yet"]

# The bar repeats in colour what the heading says in words; colours follow JupyterLab's theme.
_LOOKS: dict[str, tuple[str, str]] = {
    "right": ("Right.", "var(--jp-success-color1, #388e3c)"),
    "close": ("Close:", "var(--jp-info-color1, #0097a7)"),
    "wrong": ("Not yet:", "var(--jp-warn-color1, #b85c00)"),
    "not answered yet": ("Not answered yet.", "var(--jp-border-color1, #757575)"),
}
_BOX = (
    "margin:4px 0;padding:8px 12px;max-width:768px;box-sizing:border-box;line-height:1.5;"
    "overflow-wrap:anywhere;color:var(--jp-content-font-color1, inherit);"
    "background:var(--jp-layout-color2, transparent);border-left:4px solid "
)


@dataclass(frozen=True)
class Feedback:
    """The answer to an answer.

    Parameters
    ----------
    verdict : {"right", "close", "wrong", "not answered yet"}
        What the check found.
    message : str
        One paragraph; `` `code` `` in back-ticks is set as code.
    note : str, optional
        A sentence about something else, such as the answers file.
    heading : str, optional
        The first words, where the verdict's own do not fit.
    hint : str, optional
        What helps on, if tries have earned it.
    worked : Worked, optional
        The worked solution, if they have earned that.

    Examples
    --------
    >>> print(Feedback("wrong", "The kernel was flipped."))
    Not yet: The kernel was flipped.
    """

    verdict: Verdict
    message: str
    note: str = ""
    heading: str = ""
    hint: str = ""
    worked: "Worked | None" = None

    def __str__(self) -> str:
        hint = f"A hint: {self.hint}" if self.hint else ""
        worked = self.worked.call if self.worked else ""
        parts = (self.heading or _LOOKS[self.verdict][0], self.message, hint, worked, self.note)
        return " ".join(part for part in parts if part)

    __repr__ = __str__

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict[str, str]:
        return {"text/plain": str(self), "text/html": self._html()}

    def _html(self) -> str:
        heading, colour = _LOOKS[self.verdict]
        hint = f"<em>A hint:</em> {as_html(self.hint)}" if self.hint else ""
        worked = (
            f'<details><summary style="cursor:pointer">{as_html(self.worked.call)}</summary>'
            f"{self.worked.html}</details>"
            if self.worked
            else ""
        )
        more = "".join(
            f'<div style="margin-top:6px">{part}</div>' for part in (hint, worked, as_html(self.note)) if part
        )
        return (
            f'<div role="status" style="{_BOX}{colour}">'
            f"<strong>{as_html(self.heading or heading)}</strong> {as_html(self.message)}{more}</div>"
        )


@dataclass(frozen=True)
class Worked:
    """A worked solution: what to write, and why.

    Parameters
    ----------
    id : str
        That of the exercise.
    code : str
        What a learner may write, or the calculation of a number.
    why : str
        Two lines of reasons.

    Examples
    --------
    >>> print(Worked("03-touches", "5 · 5 = 25", "Each weight meets the pixel once."))
    5 · 5 = 25
    <BLANKLINE>
    Each weight meets the pixel once.
    """

    id: str
    code: str
    why: str

    @property
    def call(self) -> str:
        """How to ask for it."""
        return f'A worked solution: `from cnnlib.exercises import solution; solution("{self.id}")`'

    @property
    def html(self) -> str:
        """The solution, to be put into a page."""
        code = f'<pre style="margin:6px 0;overflow-x:auto"><code>{html.escape(self.code)}</code></pre>'
        return f"{code}<div>{as_html(self.why)}</div>"

    def __str__(self) -> str:
        return f"{self.code}\n\n{self.why}"

    __repr__ = __str__

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict[str, str]:
        box = f'<div style="{_BOX}var(--jp-border-color1, #757575)">{self.html}</div>'
        return {"text/plain": str(self), "text/html": box}


def as_html(text: str) -> str:
    """Escape text for HTML, with `` `code` `` in back-ticks set as code.

    Examples
    --------
    >>> as_html("`a < b`")
    '<code>a &lt; b</code>'
    """
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(text))


def is_blank(value: object) -> bool:
    """Tell whether an answer is missing: None, ``...``, empty text, or a list with a ``...`` left in it.

    Examples
    --------
    >>> is_blank([[0, ..., 0]])
    True
    """
    if value is None or value is ...:
        return True
    if isinstance(value, np.ndarray) and value.dtype == object:
        value = value.tolist()
    if isinstance(value, str):
        return not value.strip() or value.strip() == "..."
    if not isinstance(value, list | tuple):
        return False
    return any(is_blank(item) for item in value if type(item) not in (int, float))  # of which there are many
