"""PixelGrid: the one widget of our own. Python computes and sends a `View`; plain JavaScript draws it."""

import logging
import re
from collections.abc import Callable
from pathlib import Path

import anywidget
import traitlets

from cnnlib.demo.colormaps import TABLES
from cnnlib.demo.panel import Panel, Window
from cnnlib.demo.view import View

_HERE = Path(__file__).parent
MOST_PANELS = 24
_FUNCTION = re.compile(r"^(?:[a-z]+_\w+|conv2d|pad|train|Run): ")

# JupyterLab asks a new kernel for its widgets, often while the first cell is still importing ipywidgets. That
# is harmless (github.com/jupyter-widgets/ipywidgets/issues/3525), but the warning would stand under the cell.
logging.getLogger("Comm").addFilter(lambda record: not str(record.msg).startswith("No such comm: "))


class PixelGrid(anywidget.AnyWidget):
    """Title, panels, arithmetic, sentence and code of a demo, drawn in the page.

    Parameters
    ----------
    title, question : str
        The heading, and what the learner may ask of the picture.
    answer : callable
        Called with each message from the page: a dict with ``type`` ``"point"``, ``"edit"``, ``"paint"``,
        ``"type"``, ``"code"`` or ``"reset"``.

    Examples
    --------
    >>> grid = PixelGrid("Grid", "what is here?", answer=print)
    >>> grid.problem
    ''
    """

    _esm = _HERE / "pixelgrid.js"
    _css = _HERE / "pixelgrid.css"

    title = traitlets.Unicode().tag(sync=True)
    question = traitlets.Unicode().tag(sync=True)
    view = traitlets.Dict().tag(sync=True)
    problem = traitlets.Unicode().tag(sync=True)
    code = traitlets.Dict().tag(sync=True)
    has_code = traitlets.Bool(False).tag(sync=True)
    answered = traitlets.List(["", 0]).tag(sync=True)
    tables = traitlets.Dict({name: table.tobytes() for name, table in TABLES.items()}).tag(sync=True)
    # The pixels of each panel are a trait of their own, as ipywidgets sends what has changed:
    # the photo before the filter does not travel again with each answer.
    vars().update({f"pixels{i}": traitlets.Bytes().tag(sync=True) for i in range(MOST_PANELS)})

    @traitlets.validate("problem")
    def _without_function(self, proposal) -> str:
        """Leave out the function that refused: who moves a control has called none."""
        return _FUNCTION.sub("", proposal.value)

    def __init__(self, title: str, question: str, answer: Callable[[dict], None]):
        super().__init__(title=title, question=question)
        self._answer = answer
        self._answered = ["", 0]  # the page, and the number of its message
        self._drawing = 0
        self.on_msg(self._on_message)

    def show(self, view: View) -> None:
        """Send `view` to the page, in one message, so that picture and words change together.

        Raises
        ------
        ValueError
            If there are more than `MOST_PANELS` panels.
        """
        count = len(view.panels)
        if count > MOST_PANELS:
            raise ValueError(f"PixelGrid: {count} panels are too many; show at most {MOST_PANELS}")
        self._drawing += 1
        with self.hold_sync():
            for i, panel in enumerate(view.panels):
                setattr(self, f"pixels{i}", panel.sent)
            self.view = {
                "panels": [_panel(panel) for panel in view.panels],
                "windows": [_window(window) for window in view.windows],
                "arithmetic": view.arithmetic,
                "sentence": view.sentence,
                "verdict": view.verdict,
                "answers": self._answered,
                "drawing": self._drawing,
            }

    def _on_message(self, _widget, message: dict, _buffers) -> None:
        self._answered = [message.get("view", ""), message.get("number", 0)]
        try:
            self._answer(message)
        finally:
            self.answered = self._answered


def _panel(panel: Panel) -> dict:
    rows, cols = panel.colors.shape[:2]
    look = "id caption alt labels cell symbol legend beside table tile room new_row ended"
    use = "edit paint origin cursor span"
    return {name: getattr(panel, name) for name in f"{look} {use}".split()} | {
        "point": " ".join(panel.linked("point")),
        "chart": bool(panel.svg),
        "rows": rows,
        "cols": cols,
        "marks": None if panel.marks is None else "".join(map(str, panel.marks.ravel())),
    }


def _window(window: Window) -> dict:
    return {name: getattr(window, name) for name in ("of", "on", "taps", "stride", "start", "dilation")}
