"""Committed lessons are clean, small and run; and the checks would say so if they were not."""

import copy
import os
import re
import subprocess
import sysconfig
from itertools import pairwise
from pathlib import Path

import execute
import nbformat
import pytest
from hygiene import complaints, lost_questions, template_complaints

NOTEBOOKS = sorted(execute.NOTEBOOKS.glob("*.ipynb"))
LESSONS = [path for path in NOTEBOOKS if path.name[:2].isdigit() and not path.name.startswith("00")]
PATH_IDS = {"ids": lambda path: path.stem}


def nb_clean(path):
    """Run nb-clean on one file, outputs and counts allowed."""
    program = Path(sysconfig.get_path("scripts"), "nb-clean")
    options = ["--preserve-cell-outputs", "--preserve-execution-counts", "--remove-empty-cells"]
    return subprocess.run([program, "check", *options, path], capture_output=True, text=True)


def test_the_lessons_are_there():
    assert "00_start_here" in {path.stem for path in NOTEBOOKS}
    assert {"03_", "04_"} <= {path.name[:3] for path in LESSONS}


@pytest.mark.parametrize("path", NOTEBOOKS, **PATH_IDS)
def test_state(path):
    assert complaints(nbformat.read(path, as_version=4)) == []


@pytest.mark.parametrize("path", NOTEBOOKS, **PATH_IDS)
def test_nb_clean(path):
    done = nb_clean(path)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", NOTEBOOKS, **PATH_IDS)
def test_links_lead_somewhere(path):
    prose = "\n".join(c.source for c in nbformat.read(path, as_version=4).cells if c.cell_type == "markdown")
    targets = re.findall(r"\]\(([^)#]+)\)|^\[\w+\]: (\S+)$", prose, re.MULTILINE)
    local = [inline or below for inline, below in targets if "://" not in inline]
    assert [target for target in local if not (path.parent / target).exists()] == []


@pytest.mark.parametrize(("path", "following"), list(pairwise(LESSONS)), **PATH_IDS)
def test_each_lesson_leads_to_the_next(path, following):
    end = "".join(cell.source for cell in nbformat.read(path, as_version=4).cells[-3:])
    assert f"]({following.name})" in end


@pytest.mark.parametrize("path", LESSONS, **PATH_IDS)
def test_template(path):
    assert template_complaints(nbformat.read(path, as_version=4), cells=(30, 40), words=(800, 1200)) == []


@pytest.mark.parametrize("path", NOTEBOOKS, **PATH_IDS)
def test_questions_stand_directly_above_their_demo(path):
    assert lost_questions(nbformat.read(path, as_version=4)) == []


def test_a_question_away_from_its_demo_is_found():
    cells = [
        "1. Why is this picture so dark, and where?",
        "x = 1",
        "1. Why is it bright after all of it?",
        "x = 2\nexplore_it()",
        "1. A step of a list that asks nothing.",
        "x = 3",
    ]
    make = {True: nbformat.v4.new_markdown_cell, False: nbformat.v4.new_code_cell}
    notebook = nbformat.v4.new_notebook(cells=[make[text[0] == "1"](text) for text in cells])
    assert lost_questions(notebook) == ["Why is this picture so dark, a"]


def test_template_of_the_start():
    start = nbformat.read(execute.NOTEBOOKS / "00_start_here.ipynb", as_version=4)
    assert template_complaints(start, cells=(1, 25), words=(1, 1200)) == []


@pytest.fixture(scope="module")
def clean(tmp_path_factory):
    """A small lesson, executed."""
    path = tmp_path_factory.mktemp("clean") / "lesson.ipynb"
    code = nbformat.v4.new_code_cell
    cells = [nbformat.v4.new_markdown_cell("# Hello"), code("print(1)"), code("2 + 2"), code("2 + 2")]
    cells.append(code("import os\nos.environ['CNNLIB_STATIC'], os.path.exists(os.environ['CNNLIB_ANSWERS'])"))
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    assert execute.main([str(path)]) == 0
    return path


def test_execute_gives_the_same_bytes_twice(clean):
    before = clean.read_bytes()
    assert execute.main([str(clean)]) == 0
    assert clean.read_bytes() == before
    assert "CNNLIB_STATIC" not in os.environ


def test_execute_leaves_a_failing_lesson_alone(tmp_path, capsys):
    path = tmp_path / "fails.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1 / 0")]), path)
    before = path.read_bytes()
    assert execute.main([str(path)]) == 1
    assert path.read_bytes() == before
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_a_clean_notebook_passes(clean):
    notebook = nbformat.read(clean, as_version=4)
    assert complaints(notebook) == []
    assert notebook.cells[-1].outputs[0].data["text/plain"] == "('1', False)"
    assert nb_clean(clean).returncode == 0


def display(**data):
    """Return a display output."""
    return nbformat.v4.new_output("display_data", data={key.replace("_", "/"): v for key, v in data.items()})


WIDGET = nbformat.v4.new_output("display_data", data={"application/vnd.jupyter.widget-view+json": {}})
BREAKS = {
    "not run": lambda nb: nb.cells[1].update(execution_count=None),
    "from top to bottom": lambda nb: nb.cells[1].update(execution_count=7),
    "metadata": lambda nb: nb.metadata.update(widgets={}),
    "cell ids": lambda nb: nb.cells[2].update(id="other"),
    "where it is missing": lambda nb: nb.cells[1].update(source="import cnnlib"),
    "hides from nbval": lambda nb: nb.cells[1].update(source="# NBVAL_SKIP\nprint(1)"),
    "ends in ValueError": lambda nb: nb.cells[1].outputs.append(
        nbformat.v4.new_output("error", ename="ValueError", evalue="", traceback=[])
    ),
    "stderr": lambda nb: nb.cells[1].outputs.append(
        nbformat.v4.new_output("stream", name="stderr", text="x")
    ),
    "widget view": lambda nb: nb.cells[1].outputs.append(WIDGET),
    "without words": lambda nb: nb.cells[1].outputs.append(display(image_png="AAAA")),
    "memory address": lambda nb: nb.cells[1].outputs.append(display(text_plain="<f at 0x7f12ab34cd>")),
    "machine's path": lambda nb: nb.cells[1].outputs.append(display(text_html="at /home/me/course.py")),
}


@pytest.mark.parametrize("fault", BREAKS)
def test_each_fault_is_found(clean, fault):
    notebook = nbformat.read(clean, as_version=4)
    BREAKS[fault](notebook)
    expected = "from top to bottom" if fault == "not run" else fault
    assert any(expected in text for text in complaints(notebook))


def test_nb_clean_finds_cell_metadata(clean, tmp_path):
    notebook = nbformat.read(clean, as_version=4)
    notebook.cells[1].metadata["collapsed"] = True
    nbformat.write(notebook, tmp_path / "dirty.ipynb")
    assert nb_clean(tmp_path / "dirty.ipynb").returncode != 0


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (["a = 1"] * 41, ["41 cells, not 1 to 40", "0 words, not 1 to 9", "41 code cells in a row"]),
        (["# one", "a = 1\n" * 16, "# two"], ["the median code cell has 16", "a code cell has 16 lines"]),
        (["# " + "word " * 10], ["10 words, not 1 to 9"]),
        (["# one [two](http://three four) <img alt='five'> 6", "a\n\nb\n\nc"], []),
    ],
)
def test_template_limits(sources, expected):
    make = {True: nbformat.v4.new_markdown_cell, False: nbformat.v4.new_code_cell}
    notebook = nbformat.v4.new_notebook(cells=[make[text.startswith("#")](text) for text in sources])
    found = template_complaints(copy.deepcopy(notebook), cells=(1, 40), words=(1, 9))
    assert len(found) == len(expected)
    assert all(text.startswith(start) for text, start in zip(found, expected, strict=True))
