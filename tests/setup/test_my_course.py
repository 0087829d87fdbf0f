"""The learner's own copies: nothing gives an answer away, and nothing of the learner's is ever lost."""

import json
import os
import re
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def course(course_folder):
    """A course of three lessons, of which the learner has copies."""
    course_folder.update()
    return course_folder


def cells(path, kind="code"):
    return [cell for cell in json.loads(path.read_text("utf-8"))["cells"] if cell["cell_type"] == kind]


def run(notebook):
    """Change all that JupyterLab changes when a learner runs a lesson with Shift+Enter and saves it."""
    for count, cell in enumerate(cell for cell in notebook["cells"] if cell["cell_type"] == "code"):
        cell["execution_count"], cell["outputs"] = (
            count + 7,
            [{"output_type": "stream", "name": "stdout", "text": "x"}],
        )
        cell["source"] = "".join(cell["source"])
        cell["metadata"] = {"scrolled": True, "trusted": True}
    notebook["cells"].append(
        {"cell_type": "code", "source": [], "outputs": [], "metadata": {}, "execution_count": None}
    )
    notebook["metadata"]["language_info"] = {"name": "python", "version": "3.13.1"}
    notebook["metadata"]["widgets"] = {"application/vnd.jupyter.widget-state+json": {}}


def answer(notebook):
    notebook["cells"][2]["source"] = "slide = my_answer"


# The first start, and the next ones.


def test_copies_have_the_lessons_cells_and_no_outputs(course_folder):
    before = {path.name: path.read_bytes() for path in course_folder.lessons.iterdir()}
    assert "00_start, 03_slide, 10_why" in course_folder.update()
    for name in before:
        lesson, copy = course_folder.lessons / name, course_folder.mine / name
        assert lesson.read_bytes() == before[name]
        assert [cell["outputs"] for cell in cells(copy)] == [[] for _ in cells(lesson)]
        assert {cell["execution_count"] for cell in cells(copy)} == {None}
        for kind in ("code", "markdown"):
            assert [cell["source"] for cell in cells(copy, kind)] == [
                cell["source"] for cell in cells(lesson, kind)
            ]


def test_the_next_start_changes_nothing_and_says_nothing(course):
    before = {path: path.read_bytes() for path in course.mine.iterdir()}
    assert course.update() == ""
    assert {path: path.read_bytes() for path in course.mine.iterdir()} == before


@pytest.mark.parametrize("change", [run, answer])
def test_results_and_answers_stay_while_the_course_stays(course, change):
    course.change(course.copy("03_slide"), change)
    before = course.copy("03_slide").read_bytes()
    assert course.update() == ""
    assert course.copy("03_slide").read_bytes() == before


@pytest.mark.parametrize("remove", [lambda copy: copy.unlink(), lambda copy: copy.write_bytes(b"")])
def test_a_lesson_that_was_deleted_comes_back(course, remove):
    remove(course.copy("03_slide"))
    assert "your own copies of the lessons: 03_slide." in course.update()
    assert len(cells(course.copy("03_slide"))) == 2


# The course has changed.


@pytest.mark.parametrize("change", [run, lambda notebook: None])
def test_a_copy_that_was_only_run_is_refreshed(course, change):
    course.change(course.copy("03_slide"), change)
    course.write("03_slide", "predict()", "slide = ...", "new")
    assert course.update() == (
        "The course has changed, and with it those of your copies in which you had changed nothing: 03_slide."
    )
    assert ["".join(cell["source"]) for cell in cells(course.copy("03_slide"))] == [
        "predict()",
        "slide = ...",
        "new",
    ]
    assert course.update() == ""


CHANGES = {
    "answer": answer,
    "more": lambda notebook: notebook["cells"].append({**notebook["cells"][0], "source": "a note of mine"}),
    "less": lambda notebook: notebook["cells"].pop(1),
    "order": lambda notebook: notebook["cells"].reverse(),
    "kind": lambda notebook: notebook["cells"][2].update(cell_type="markdown"),
    "mark lost": lambda notebook: notebook["metadata"].pop("cnnlib"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_copy_that_was_changed_is_left_alone_and_named(course, change):
    course.change(course.copy("03_slide"), run)
    course.change(course.copy("03_slide"), CHANGES[change])
    before = course.copy("03_slide").read_bytes()
    course.write("03_slide", "predict()", "slide = ...", "new")
    course.write("10_why", "4")
    news = course.update()
    assert "copies stay as they are: 03_slide. For a new one" in news
    assert "python course.py fresh 03" in news
    assert "changed nothing: 10_why." in news
    assert course.copy("03_slide").read_bytes() == before


def test_a_change_taken_back_is_none(course):
    handed_out = course.copy("03_slide").read_bytes()
    course.change(course.copy("03_slide"), answer)
    course.copy("03_slide").write_bytes(handed_out)
    course.write("03_slide", "new")
    assert "changed nothing: 03_slide" in course.update()


@pytest.mark.parametrize(
    "content", [b'{"cells": [', b"[]", b'{"cells": 3, "metadata": {}}', b"\xff\xfe", b'"x"']
)
def test_a_damaged_copy_is_left_alone_and_named(course, content):
    course.copy("03_slide").write_bytes(content)
    assert "No notebooks that can be read, and left as they are: 03_slide." in course.update()
    assert course.copy("03_slide").read_bytes() == content


@pytest.mark.parametrize("mark", [None, 3, [], {"digest": 3}, {}])
def test_a_damaged_mark_costs_nothing(course, mark):
    course.change(course.copy("03_slide"), lambda notebook: notebook["metadata"].update(cnnlib=mark))
    before = course.copy("03_slide").read_bytes()
    course.write("03_slide", "new")
    assert "left" in course.update() or "stay" in course.update()
    assert course.copy("03_slide").read_bytes() == before


def test_a_lesson_that_has_gone_is_removed_only_if_it_was_not_changed(course):
    shutil.copy(course.copy("03_slide"), course.copy("03_slide-Copy1"))
    course.change(course.copy("10_why"), lambda notebook: notebook["cells"].pop())
    course.copy("own").write_bytes(b"{")
    for name in ("03_slide", "10_why"):
        (course.lessons / f"{name}.ipynb").unlink()
    news = course.update()
    assert "removed, as you had changed nothing in them: 03_slide." in news
    assert "changed by you, and so they stay in my-course: 10_why." in news
    assert {path.stem for path in course.mine.iterdir()} == {"00_start", "03_slide-Copy1", "10_why", "own"}


def test_without_any_lesson_no_copy_is_removed(course, capsys):
    for path in course.lessons.iterdir():
        path.unlink()
    assert course.my_course.main([]) == 1
    assert "get the whole course again" in capsys.readouterr().err
    assert len(list(course.mine.iterdir())) == 3


def test_a_copy_that_the_learner_renamed_is_theirs_and_the_lesson_comes_back(course):
    course.copy("03_slide").rename(course.copy("03 done"))
    before = course.copy("03 done").read_bytes()
    assert "03_slide" in course.update()
    course.write("03_slide", "new")
    course.update()
    assert course.copy("03 done").read_bytes() == before


def test_a_broken_lesson_is_named_and_the_others_go_on(course):
    (course.lessons / "03_slide.ipynb").write_text("<<<<<<< HEAD")
    course.write("10_why", "4")
    before = course.copy("03_slide").read_bytes()
    news = course.update()
    assert "cannot be read, get them again: 03_slide." in news
    assert "changed nothing: 10_why." in news
    assert course.copy("03_slide").read_bytes() == before


# Disks and folders that will not.


def test_a_copy_is_never_half_written(course, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    before = course.copy("03_slide").read_bytes()
    course.write("03_slide", "new")
    monkeypatch.setattr(os, "replace", full)
    assert "No copies could be written (No space left on device): 03_slide." in course.update()
    assert course.copy("03_slide").read_bytes() == before
    assert course.my_course.main(["03"]) == 1
    monkeypatch.undo()
    assert [path.name for path in course.mine.iterdir() if path.name.startswith(".")] == []


def test_a_folder_that_cannot_be_made_is_one_sentence(course_folder, capsys):
    course_folder.mine.write_text("a file is in the way")
    assert course_folder.my_course.main([]) == 1
    assert re.fullmatch(r"course.py: my-course cannot be written: .+\n", capsys.readouterr().err)


# A fresh lesson.


def test_fresh_keeps_the_old_one_beside_it(course, capsys):
    course.change(course.copy("03_slide"), answer)
    old = course.copy("03_slide").read_bytes()
    assert course.my_course.main(["3"]) == 0
    name = re.search(r"kept as (\S+ipynb)", capsys.readouterr().out)[1]
    assert re.fullmatch(r"03_slide-kept-\d{4}-\d\d-\d\d\.ipynb", name)
    assert (course.mine / name).read_bytes() == old
    assert "".join(cells(course.copy("03_slide"))[1]["source"]) == "slide = ..."
    course.change(course.copy("03_slide"), answer)
    course.my_course.main(["slide"])
    assert (course.mine / name).read_bytes() == old
    assert (course.mine / name.replace(".ipynb", "-2.ipynb")).exists()
    assert course.update() == ""


def test_fresh_of_what_is_damaged_or_missing(course, capsys):
    course.copy("03_slide").write_bytes(b"{")
    course.copy("10_why").unlink()
    assert course.my_course.main(["03", "10"]) == 0
    assert capsys.readouterr().out.count("kept as") == 1
    assert len(cells(course.copy("03_slide"))) == 2
    assert len(cells(course.copy("10_why"))) == 1


def test_all_names_are_understood_before_anything_is_made(course, capsys):
    course.change(course.copy("03_slide"), answer)
    assert course.my_course.main(["03", "77"]) == 1
    assert (
        capsys.readouterr().err
        == "course.py: there is no lesson '77'; choose from 00_start, 03_slide, 10_why\n"
    )
    assert len(list(course.mine.iterdir())) == 3


@pytest.mark.parametrize(
    "word", ["3", "03", "03_slide", "SLIDE", "lid", "03_slide.ipynb", "notebooks/03_slide.ipynb"]
)
def test_a_lesson_may_be_named_in_many_ways(course, word):
    assert course.my_course.find(word).stem == "03_slide"


def test_a_word_that_fits_several_lessons_is_refused(course):
    with pytest.raises(
        course.my_course.LessonError, match="'s' fits 00_start, 03_slide; write more of the name"
    ):
        course.my_course.find("s")


def test_numbers_do_not_mean_the_beginnings_of_others(course):
    with pytest.raises(course.my_course.LessonError, match="no lesson '2'"):
        course.my_course.find("2")
    assert course.my_course.find("0").stem == "00_start"


# The real course.


def test_copies_are_no_part_of_the_repository():
    assert "my-course/" in (ROOT / ".gitignore").read_text("utf-8").splitlines()


def test_each_lesson_of_the_course_is_found_by_its_number(monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "deploy")
    import my_course

    for lesson in sorted((ROOT / "notebooks").glob("*.ipynb")):
        assert my_course.find(my_course.number(lesson)).name == lesson.name
