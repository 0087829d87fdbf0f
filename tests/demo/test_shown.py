"""A cell that is run again takes its old demo out of kernel and page, unless somebody still has it."""

import sys

import pytest
from IPython.core.interactiveshell import InteractiveShell
from ipywidgets.widgets.widget import _instances

from cnnlib.demo import controls as make
from cnnlib.demo import shown
from cnnlib.demo.frame import Demo
from cnnlib.demo.view import View

MADE = []


def toy():
    settings = {"size": make.slider("size", 1, 1, 9), "play": make.button("play")}
    MADE.append(Demo("Toy", "how large?", settings, lambda size: View(panels=[], sentence=f"It is {size}.")))
    return MADE[-1]


@pytest.fixture
def cell(monkeypatch):
    """A notebook: `cell("a", code)` runs the code as the cell with the id "a"."""
    monkeypatch.delenv("CNNLIB_STATIC", raising=False)
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])  # the shell puts its own there
    shell = InteractiveShell()
    shell.history_manager.enabled = False
    monkeypatch.setattr(shown, "get_ipython", lambda: shell)
    monkeypatch.setattr(shown, "SHOWN", shown.Shown())
    shell.user_ns |= {"toy": toy, "bundle": shown.bundle}
    MADE.clear()

    def run(name, code):
        shell.run_cell(code, cell_id=name).raise_error()

    yield run
    shell.history_manager.end_session()


def closed():
    return [demo.closed for demo in MADE]


def test_run_again_closes_the_demo_of_before(cell):
    cell("a", "bundle(toy());")
    cell("b", "bundle(toy());")
    kept = len(_instances)
    assert closed() == [False, False]
    cell("a", "bundle(toy());")
    assert closed() == [True, False, False]
    assert len(_instances) == kept
    cell("a", "1 + 1;")
    assert closed() == [True, False, True]


def test_two_demos_of_one_cell_stay_together(cell):
    cell("a", "bundle(toy()); bundle(toy());")
    assert closed() == [False, False]
    cell("a", "bundle(toy()); bundle(toy());")
    assert closed() == [True, True, False, False]


def test_a_demo_with_a_name_is_not_closed(cell):
    cell("a", "lab = toy(); bundle(lab);")
    cell("a", "lab.size.value = 3;")
    assert closed() == [False]
    cell("b", "bundle(lab);")
    cell("b", "bundle(lab);")
    assert closed() == [False]
    cell("a", "lab = toy(); bundle(lab);")
    assert closed() == [False, False]  # the first one is still shown in b
    cell("b", "bundle(lab);")
    assert closed() == [True, False]


def test_without_cells_nothing_is_closed(cell):
    for _ in range(2):
        cell(None, "bundle(toy());")
    assert closed() == [False, False]


def test_what_is_closed_can_still_be_driven_and_is_shown_as_a_picture(cell):
    demo = toy()
    demo.close()
    demo.size.value = 4
    assert demo.text == "It is 4."
    data, _ = shown.bundle(demo)
    assert set(data) == {"text/plain", "image/png"}
    demo.close()


def test_outside_a_notebook_a_demo_is_shown_too(monkeypatch):
    monkeypatch.setattr(shown, "get_ipython", lambda: None)
    monkeypatch.delenv("CNNLIB_STATIC", raising=False)
    data, _ = shown.bundle(toy())
    assert "text/plain" in data
