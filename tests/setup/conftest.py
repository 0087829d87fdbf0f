"""For the tests of the learner's copies and of the exported pages: a small course of their own."""

import importlib
import json
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).resolve().parents[2]


class Course:
    """A course in a folder: lessons, the learner's copies, and deploy's two modules that work on them."""

    def __init__(self, folder, my_course, export):
        self.lessons, self.mine = folder / "notebooks", folder / "my-course"
        self.my_course, self.export = my_course, export
        self.lessons.mkdir()

    def write(self, name, *sources):
        """Write a lesson as it is committed: a heading, then code cells, each with a result."""
        cells = [nbformat.v4.new_markdown_cell(f"# {name}")]
        for count, source in enumerate(sources, 1):
            result = nbformat.v4.new_output("execute_result", {"text/plain": "42"}, execution_count=count)
            cells.append(nbformat.v4.new_code_cell(source, outputs=[result], execution_count=count))
        nbformat.write(nbformat.v4.new_notebook(cells=cells), self.lessons / f"{name}.ipynb")

    def copy(self, name):
        """Return where the learner's copy of a lesson is."""
        return self.mine / f"{name}.ipynb"

    def change(self, path, change):
        """Let `change` change a notebook's JSON; write it laid out otherwise, as another program would."""
        notebook = json.loads(path.read_text("utf-8"))
        change(notebook)
        path.write_text(json.dumps(notebook, indent=4, sort_keys=True), "utf-8")

    def update(self):
        """Bring the copies up to date; return what was said."""
        return " ".join(self.my_course.update())


@pytest.fixture
def course_folder(tmp_path, monkeypatch):
    """A course of three lessons."""
    monkeypatch.syspath_prepend(ROOT / "deploy")
    my_course, export = importlib.import_module("my_course"), importlib.import_module("export")
    course = Course(tmp_path, my_course, export)
    monkeypatch.setattr(my_course, "LESSONS", course.lessons)
    for module in (my_course, export):
        monkeypatch.setattr(module, "MINE", course.mine)
    monkeypatch.setattr(export, "PAGES", course.mine / "html")
    course.write("00_start", "1 + 1")
    course.write("03_slide", "predict()", "slide = ...")
    course.write("10_why", "3")
    return course
