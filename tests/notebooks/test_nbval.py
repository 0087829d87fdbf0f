"""pytest collects the lessons by itself (pyproject.toml). Here: a broken lesson makes that run fail."""

import re
import subprocess
import sys
from pathlib import Path

import execute
import nbformat
import pytest

ROOT = Path(__file__).resolve().parents[2]

# A widget is a view and a text when live, and only the text is compared.
SOURCES = ["import ipywidgets\nipywidgets.IntSlider()", "print('kept')", "41 + 1", "'shown'", "6 * 7"]

# By code cell: how the committed lesson is spoilt, and what pytest says of it.
BREAKS = {
    1: (lambda cell: cell.outputs[0].update(text="kept?\n"), "mismatch 'stdout'"),
    2: (lambda cell: cell.outputs[0].data.update({"text/plain": "43"}), "mismatch 'text/plain'"),
    3: (lambda cell: cell.update(outputs=[]), "Unexpected output fields"),
    4: (lambda cell: cell.update(source="6 / 0"), "ZeroDivisionError"),
}


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """Run pytest, with the project's settings, over a good and a broken lesson; return what it prints."""
    folder = tmp_path_factory.mktemp("lessons")
    lesson = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in SOURCES])
    nbformat.write(lesson, folder / "good.ipynb")
    assert execute.main([str(folder / "good.ipynb")]) == 0
    lesson = nbformat.read(folder / "good.ipynb", as_version=4)
    for number, (spoil, _) in BREAKS.items():
        spoil(lesson.cells[number])
    nbformat.write(lesson, folder / "broken.ipynb")
    command = [sys.executable, "-m", "pytest", "-c", ROOT / "pyproject.toml", "--color=no", folder]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 1, done.stdout
    return done.stdout


def test_exactly_the_broken_cells_fail(run):
    failed = re.findall(r"^FAILED .*?(\w+)\.ipynb::Cell (\d+)", run, re.MULTILINE)
    assert failed == [("broken", str(number)) for number in BREAKS]


@pytest.mark.parametrize("number", BREAKS)
def test_the_failure_is_named(run, number):
    assert BREAKS[number][1] in run


def test_lessons_are_part_of_the_run(pytestconfig):
    assert "notebooks" in pytestconfig.getini("testpaths")
    assert pytestconfig.option.nbval
    assert not pytestconfig.option.nbval_lax
