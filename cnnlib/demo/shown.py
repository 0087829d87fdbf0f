"""How a demo gets into a page, as a widget or a picture, and out of it when its cell is run again."""

import io
import os

from IPython import get_ipython


def static_mode() -> bool:
    """Tell whether demos are to be pictures without a kernel behind them: CNNLIB_STATIC is set."""
    return os.environ.get("CNNLIB_STATIC", "") not in ("", "0")


def bundle(demo):
    """Return what a page is to show of a demo: the widget, its picture, and its words.

    Of a live demo a program shows the widget, or the picture if it has no widgets. In static mode there is
    no widget, and the picture of what trains or plays shows it at its end, as nobody can start it there. The
    words are those of the start: they are compared with what a live run says.
    """
    live = not (static_mode() or demo.closed)
    data, metadata = {}, {}
    if live:
        SHOWN.note(demo)
        data = demo.widget._repr_mimebundle_()
        _, metadata = demo.grid._repr_mimebundle_()  # what Colab needs
    data["text/plain"] = f"{demo.grid.title}: {demo.grid.question}\n{demo.text}"
    if not live:
        demo.still()
    buffer = io.BytesIO()
    demo.picture(live).save(buffer, "PNG", **({"compress_level": 1} if live else {"optimize": True}))
    picture = {"width": 768, "alt": demo.text}
    return data | {"image/png": buffer.getvalue()}, metadata | {"image/png": picture}


class Shown:
    """Which cell shows which demos, so that a demo nobody can see or name any more is closed.

    Else each run of a cell would leave its widgets in kernel and page, and its player playing.
    """

    def __init__(self):
        self._fresh: list = []
        self._by_cell: dict[str, list] = {}
        self._shell = None

    def note(self, demo) -> None:
        """Remember that the running cell shows a demo; outside a notebook there are no cells."""
        if self._shell is None and (shell := get_ipython()):
            shell.events.register("post_run_cell", self.ended)
            self._shell = shell
        if self._shell:
            self._fresh.append(demo)

    def ended(self, result) -> None:
        """Close what the cell that just ran showed before, unless it is still shown or has a name."""
        cell = result.info.cell_id
        before = self._by_cell.pop(cell, [])
        if cell and self._fresh:
            self._by_cell[cell] = self._fresh
        self._fresh = []
        shown = {id(demo) for demos in self._by_cell.values() for demo in demos}
        named = {id(value) for name, value in self._shell.user_ns.items() if not name.startswith("_")}
        for demo in before:
            if id(demo) in named - shown:
                demo.rest()  # it can be shown again
            elif id(demo) not in shown:
                demo.close()


SHOWN = Shown()
