"""Take one's answers along: saved as a file, and taken in again on another computer or in another browser."""

from base64 import b64encode

import ipywidgets as widgets

from cnnlib.exercises import answers
from cnnlib.exercises.feedback import as_html


def my_answers() -> widgets.Widget:
    """Return a link that saves the answers as a file, and a button that takes such a file in.

    The link holds the answers of the moment when its cell was run. Taking in adds what is missing here; of an
    exercise answered in both places the earliest first answer, the latest one and the most tries stay.

    Examples
    --------
    >>> my_answers()  # doctest: +SKIP
    """
    link, told = widgets.HTML(_link()), widgets.HTML()
    button = widgets.FileUpload(description="take answers in", accept=".json", multiple=False)
    button.layout.width = "auto"

    def take_in(change: dict) -> None:
        if change["new"]:
            said = _taken_in(bytes(change["new"][0]["content"]))
            told.value = f'<p role="status">{as_html(said)}</p>'
            link.value = _link()
            button.value = ()  # the same file may be chosen again

    button.observe(take_in, names="value")
    return widgets.VBox([link, button, told])


def _link() -> str:
    kept = answers.load()
    if not kept:
        return "<p>There are no answers to save yet.</p>"
    address = f"data:application/json;base64,{b64encode(answers.as_file(kept)).decode()}"
    count = f"{len(kept)} exercise{'s' if len(kept) > 1 else ''}"
    return (
        f'<p><a download="cnnlib-answers.json" href="{address}">Save my answers</a> ({count}, as of now)</p>'
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
