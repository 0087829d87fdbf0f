"""Exported lessons: whole without a network, pictures in words, answers folded, results the learner's own."""

import base64
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).resolve().parents[2]
PIXEL = base64.b64encode(b"\x89PNG not really").decode()
VIEW = {"application/vnd.jupyter.widget-view+json": {"model_id": "gone"}, "text/plain": "the demo's words"}


class Page(HTMLParser):
    """What is in a page: tags with attributes, and the text behind folded answers."""

    def __init__(self, path):
        super().__init__()
        self.source = path.read_text("utf-8")
        self.tags, self.text, self.folded, self._open = [], "", "", []
        self.feed(self.source)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self._open.append(tag)

    def handle_endtag(self, tag):
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data):
        self.text += data
        if "details" in self._open and "summary" not in self._open:
            self.folded += data

    def all(self, name):
        return [attributes for tag, attributes in self.tags if tag == name]


def picture(**metadata):
    """Return the output of a demo in static mode."""
    data = {"image/png": PIXEL, "text/plain": 'A demo: "why"?\nIt shows a < b.'}
    return nbformat.v4.new_output("display_data", data, metadata={"image/png": {"width": 768, **metadata}})


LESSON = """# 3 · A *kernel* slides

![a small picture](../docs/one%20two.png) and [the next](10_why.ipynb#top)

<details><summary>Answers</summary>

(1) **four**, ![a small picture](../docs/one%20two.png)

</details>

Not folded."""


@pytest.fixture
def page(course_folder):
    """A page of a committed lesson with pictures, a link and an answer."""
    docs = course_folder.lessons.parent / "docs"
    docs.mkdir()
    (docs / "one two.png").write_bytes(b"\x89PNG file")
    code = nbformat.v4.new_code_cell(
        "explore()", outputs=[picture(), picture(alt="its own")], execution_count=1
    )
    cells = [nbformat.v4.new_markdown_cell(LESSON), code, nbformat.v4.new_code_cell("")]
    notebook = nbformat.v4.new_notebook(cells=cells)
    notebook.metadata["widgets"] = {"application/vnd.jupyter.widget-state+json": {"state": {"a": 1}}}
    nbformat.write(notebook, course_folder.lessons / "03_slide.ipynb")
    assert course_folder.export.main(["03"]) == 0
    return Page(course_folder.mine / "html" / "03_slide.html")


def test_a_page_needs_nothing_else(page):
    sources = [value for _, attributes in page.tags for name, value in attributes.items() if name == "src"]
    assert len(sources) == 4
    assert all(source.startswith("data:image/png;base64,") for source in sources)
    assert base64.b64encode(b"\x89PNG file").decode() in sources[0]
    assert not page.all("script")
    assert not page.all("link")
    assert not re.search(r"url\(|@import|https?://", page.source)


def test_every_picture_is_in_words(page):
    alts = [image["alt"] for image in page.all("img")]
    assert alts == ["a small picture", "a small picture", 'A demo: "why"? It shows a < b.', "its own"]


def test_answers_are_folded(page):
    assert [attributes.get("open", "folded") for attributes in page.all("details")] == ["folded"]
    assert "(1) four" in " ".join(page.folded.split())
    assert "Not folded" not in page.folded


def test_title_language_and_links(page):
    assert "<title>3 · A kernel slides</title>" in page.source
    assert page.all("html") == [{"lang": "en"}]
    assert [link["href"] for link in page.all("a")] == ["10_why.html#top"]


def test_no_prompts_and_no_empty_cells(page):
    assert not re.search(r"\b(In|Out)\s*\[", page.text)
    assert page.source.count("input_area") == 1 + page.source.split("</style>")[0].count("input_area")


def test_paper_does_not_cut_demos():
    printed = (ROOT / "deploy/export.css").read_text("utf-8").split("@media print")[1]
    assert re.search(r"\.code_cell, \.output_area, [^{]*{ break-inside: avoid; }", printed)
    assert re.search(r"img { max-height: 2[0-4]\dmm; width: auto; }", printed)


def test_a_lesson_of_the_course(course_folder):
    path = ROOT / "notebooks/03_a_kernel_slides.ipynb"
    assert course_folder.export.main([str(path)]) == 0
    page = Page(course_folder.mine / "html" / "03_a_kernel_slides.html")
    lesson = nbformat.read(path, as_version=4)
    outputs = [output for cell in lesson.cells if cell.cell_type == "code" for output in cell.outputs]
    words = [
        output.metadata["image/png"]["alt"] for output in outputs if "image/png" in output.get("data", {})
    ]
    assert [image["alt"].split() for image in page.all("img")] == [text.split() for text in words]
    assert len(page.all("details")) == sum(cell.source.count("<details>") for cell in lesson.cells)
    assert "They must add up to 0" in " ".join(page.folded.split())


# Which file is exported.


def learner(course, change):
    """Let the learner have copies, of which lesson 03 is changed."""
    course.update()
    course.change(course.copy("03_slide"), change)


def has_run(notebook):
    notebook["cells"][1]["execution_count"] = 1


def has_changed(notebook):
    notebook["cells"][2]["source"] = "slide = 4"


@pytest.mark.parametrize("change", [has_run, has_changed])
def test_the_copy_that_a_learner_has_used_is_exported(course_folder, change):
    learner(course_folder, change)
    assert course_folder.export.chosen("3") == [course_folder.copy("03_slide")]
    assert [path.parent.name for path in course_folder.export.chosen("all")] == [
        "notebooks",
        "my-course",
        "notebooks",
    ]


def test_a_copy_that_was_not_used_gives_no_pictures_away_to_a_run(course_folder):
    lesson = course_folder.lessons / "03_slide.ipynb"
    assert course_folder.export.chosen("03") == [lesson]
    learner(course_folder, lambda notebook: None)
    assert course_folder.export.chosen("03") == [lesson]


def test_a_path_is_that_file(course_folder):
    learner(course_folder, has_run)
    for path in (course_folder.lessons / "03_slide.ipynb", course_folder.copy("03_slide")):
        assert course_folder.export.chosen(str(path)) == [path]


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        ("77", "there is no lesson '77'; choose from 00_start, 03_slide, 10_why"),
        ("s", "'s' fits 00_start, 03_slide; write more of the name"),
        ("none.ipynb", "none.ipynb: No such file or directory"),
        ("damaged", "is no notebook that can be read"),
    ],
)
def test_what_cannot_be_exported_is_one_sentence(course_folder, capsys, word, sentence):
    course_folder.mine.mkdir()
    course_folder.copy("03_slide").write_bytes(b"{")
    assert course_folder.export.main([word.replace("damaged", "03")]) == 1
    error = capsys.readouterr().err
    assert error.startswith("course.py: ")
    assert sentence in error
    assert error.count("\n") == 1


# After a live run.


def live(*sources):
    """Return a lesson whose demos were run live, as JupyterLab saves it: their views hold no pictures."""
    cells = [nbformat.v4.new_markdown_cell("# Mine")]
    for source in sources:
        shown = "explore" in source or "display" in source
        data = VIEW if shown else {"text/plain": f"the learner saw this of {source}"}
        output = nbformat.v4.new_output("execute_result", data, execution_count=5)
        cells.append(nbformat.v4.new_code_cell(source, outputs=[output], execution_count=5))
    return nbformat.v4.new_notebook(cells=cells)


def test_a_live_lesson_is_run_for_its_pictures_and_stays_as_it_is(course_folder, monkeypatch):
    answers = course_folder.lessons.parent / "answers.json"
    monkeypatch.setenv("CNNLIB_ANSWERS", str(answers))
    from cnnlib.exercises import check_number
    from cnnlib.explore import explore_start

    check_number("03-side", 26)
    path = course_folder.lessons / "mine.ipynb"
    notebook = live(
        "1 / 0", "from cnnlib.exercises import check_number\ncheck_number('03-side', 25)", "1 + 1"
    )
    notebook.cells += live("from cnnlib.explore import explore_start", "explore_start()").cells[1:]
    notebook.cells[-2].outputs = []
    notebook.cells += [nbformat.v4.new_code_cell("print('not run', 6 * 7)")]
    nbformat.write(notebook, path)
    before = path.read_bytes(), json.loads(answers.read_text("utf-8"))
    assert course_folder.export.main([str(path)]) == 0
    assert (path.read_bytes(), json.loads(answers.read_text("utf-8"))) == before
    page = Page(course_folder.mine / "html" / "mine.html")
    [image] = page.all("img")
    assert image["alt"].endswith(" ".join(explore_start().text.split()))
    assert base64.b64decode(image["src"].partition(",")[2]).startswith(b"\x89PNG\r\n")
    assert page.text.count("the learner saw this of") == 3
    assert "ZeroDivisionError" not in page.text
    assert "not run 42" in page.text
    assert "widget-view" not in page.source


def test_where_python_ends_the_words_are_left(course_folder, capsys):
    path = course_folder.lessons / "mine.ipynb"
    nbformat.write(live("import os", "os._exit(1)", "display(1)"), path)
    assert course_folder.export.main([str(path)]) == 0
    assert "Python ended" in capsys.readouterr().err
    page = Page(course_folder.mine / "html" / "mine.html")
    assert "the demo's words" in page.text
