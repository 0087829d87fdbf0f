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

    Examples
    --------
    >>> print(Feedback("wrong", "The kernel was flipped."))
    Not yet: The kernel was flipped.
    """

    verdict: Verdict
    message: str
    note: str = ""
    heading: str = ""

    def __str__(self) -> str:
        parts = (self.heading or _LOOKS[self.verdict][0], self.message, self.note)
        return " ".join(part for part in parts if part)

    __repr__ = __str__

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict[str, str]:
        return {"text/plain": str(self), "text/html": self._html()}

    def _html(self) -> str:
        heading, colour = _LOOKS[self.verdict]
        note = f'<div style="margin-top:6px">{as_html(self.note)}</div>' if self.note else ""
        return (
            f'<div role="status" style="{_BOX}{colour}">'
            f"<strong>{as_html(self.heading or heading)}</strong> {as_html(self.message)}{note}</div>"
        )


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
    return isinstance(value, list | tuple) and any(is_blank(item) for item in value)
