"""Take one's answers along: saved as a file, and taken in again on another computer or in another browser."""

from base64 import b64encode

import ipywidgets as widgets

from cnnlib.demo.shown import static_mode
from cnnlib.exercises import answers
from cnnlib.exercises.feedback import as_html

LINK = "color: var(--jp-content-link-color, revert); text-decoration: underline"  # else it looks like text
WORDS = "A link that saves your answers as a file, and a button that takes such a file in."


def my_answers() -> "MyAnswers":
    """Return a link that saves the answers as a file, and a button that takes such a file in.

    The link holds the answers of the moment when its cell was run. Taking in adds what is missing here; of an
    exercise answered in both places the earliest first answer, the latest one and the most tries stay.

    Examples
    --------
    >>> my_answers()
    A link that saves your answers as a file, and a button that takes such a file in.
    """
    return MyAnswers()


class MyAnswers:
    """Link, button and what is said of a file that was taken in."""

    def __init__(self) -> None:
        self.link, self.said = widgets.HTML(_link()), widgets.HTML()
        self.upload = widgets.FileUpload(description="take answers in", accept=".json", multiple=False)
        self.upload.layout.width = "auto"
        self.upload.observe(self._take_in, names="value")
        self.widget = widgets.VBox([self.link, self.upload, self.said])

    def __repr__(self) -> str:
        return WORDS

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict[str, object]:
        live = {} if static_mode() else self.widget._repr_mimebundle_()
        return live | {"text/plain": WORDS}

    def _take_in(self, change: dict) -> None:
        if change["new"]:
            said = _taken_in(bytes(change["new"][0]["content"]))
            self.said.value = f'<p role="status">{as_html(said)}</p>'
            self.link.value = _link()
            self.upload.value = ()  # the same file may be chosen again


def _link() -> str:
    kept = answers.load()
    if not kept:
        return "<p>There are no answers to save yet.</p>"
    address = f"data:application/json;base64,{b64encode(answers.as_file(kept)).decode()}"
    count = f"{len(kept)} exercise{'s' if len(kept) > 1 else ''}"
    return (
        f'<p><a download="cnnlib-answers.json" style="{LINK}" href="{address}">Save my answers</a> '
        f"({count}, as of now)</p>"
    )


def _taken_in(content: bytes) -> str:
    try:
        count, new = answers.take_in(content)
    except ValueError as error:
        return f"This is not a file of saved answers ({error}); choose the one that “Save my answers” made."
    except OSError as error:
        return f"The answers cannot be saved here ({error.strerror or error}); nothing was changed."
    exercises = f"{count} exercise{'s' if count != 1 else ''}"
    return f"Taken in: answers to {exercises}, {new} of them not answered here before."
