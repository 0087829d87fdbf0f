"""The glossary: its words stand in the lessons it names, and each lesson's terms stand in it."""

import re

import nbformat
import pytest
from execute import NOTEBOOKS
from glossary import alike, emphasised, lessons, main, missing, prose, terms

GLOSSARY = nbformat.read(NOTEBOOKS / "glossary.ipynb", as_version=4)
TERMS = terms(GLOSSARY)
WORDS = [word for term in TERMS for word in term.words]
TEXTS = {path.name[:2]: prose(nbformat.read(path, as_version=4)) for path in lessons(NOTEBOOKS)}


def holds(text, word):
    """Tell whether a word stands in a text, in the singular or the plural."""
    return re.search(rf"(?<!\w){re.escape(alike(word))}(?!\w)", alike(" ".join(text.split()))) is not None


def test_every_row_of_the_table_is_read():
    lines = [line for line in prose(GLOSSARY).splitlines() if line.startswith("| **")]
    assert len(TERMS) == len(lines) > 70
    assert all(term.meaning.endswith(".") for term in TERMS)


def test_the_words_are_in_order_and_no_word_leads_two_rows():
    first = [term.words[0].casefold() for term in TERMS]
    assert first == sorted(set(first))


@pytest.mark.parametrize("number", TEXTS)
def test_each_word_stands_in_the_lesson_that_the_glossary_names(number):
    here = [term.words[0] for term in TERMS if term.lesson == number]
    assert here
    assert [word for word in here if not holds(TEXTS[number], word)] == []


def test_each_other_word_stands_somewhere_in_the_course():
    course = "\n\n".join(TEXTS.values())
    assert [word for word in WORDS if not holds(course, word)] == []


@pytest.mark.parametrize("number", TEXTS)
def test_each_term_of_a_lesson_is_listed(number):
    (path,) = NOTEBOOKS.glob(f"{number}_*.ipynb")
    assert missing(nbformat.read(path, as_version=4), WORDS) == []


def test_a_term_that_is_not_listed_is_named(tmp_path, capsys):
    text = "**What?**\n\nA **kernel**, and a *widget* (*reset* it). **1.** *So*."
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(text)])
    nbformat.write(notebook, tmp_path / "03_new.ipynb")
    assert main([str(tmp_path)]) == 1
    assert capsys.readouterr().out == "03_new: widget, So\n"


def test_references_links_and_questions_to_discuss_hold_no_terms():
    text = "See *one-hot* [*x*](y_*z*.ipynb), **lesson 3**.\n\n*To discuss: who?*\n\n*To read on:* *Nature*"
    assert emphasised(text) == ["one-hot", "x"]


def test_numbers_lead_to_their_lessons():
    links = dict(re.findall(r"(?m)^\[(\d+)\]: (.+)$", prose(GLOSSARY)))
    assert {term.lesson for term in TERMS} == {f"{number:0>2}" for number in links}
    for number in TEXTS:
        assert links[f"{int(number)}"].startswith(f"{number}_")
