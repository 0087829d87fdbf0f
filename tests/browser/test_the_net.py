"""The checks themselves: a sound toy demo passes, and each deliberate fault is caught by name."""

from pathlib import Path

import nbformat
import pytest
from checks import check_axe, check_fits, check_names, check_reset, check_shortcuts, find
from fits import check_screen
from moves import check_controls
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

FAULTS = [
    "",
    "raises",
    "console",
    "keys",
    "unnamed",
    "contrast",
    "wide",
    "sticky",
    "silent",
    "dead",
    "small",
    "high",
    "close",
]
TOY = Path(__file__).with_name("toy.py")


@pytest.fixture(scope="module")
def page(lab, tmp_path_factory):
    """A notebook with one toy per fault, and a last cell that raises."""
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    book = new_notebook(
        metadata={"kernelspec": kernel}, cells=[new_code_cell(TOY.read_text(encoding="utf-8"))]
    )
    for fault in FAULTS:
        book.cells += [new_markdown_cell(f"## {fault or 'sound'}"), new_code_cell(f"toy({fault!r})")]
    book.cells.append(new_code_cell("1 / 0"))
    path = tmp_path_factory.mktemp("net") / "net.ipynb"
    nbformat.write(book, path)
    page = lab.open(lab.server.add(path))
    page.run_all()
    page.where = dict(zip(FAULTS, page.demos(), strict=True))
    page.first_news = page.news()
    yield page
    page.close()


def test_an_error_in_a_cell_is_seen(page):
    assert any("ZeroDivisionError" in text for text in page.first_news)
    assert len(page.first_news) <= 2, (
        "the same error once from the kernel, once from the cell, and nothing else"
    )


def test_a_sound_demo_passes_every_check(page):
    demo = page.demo(*page.where[""])
    start = page.state(demo)
    assert check_controls(page, demo, start, "keyboard") == []
    assert check_controls(page, demo, start, "mouse") == []
    assert check_shortcuts(page, demo) == []
    assert check_names(page, demo) == []
    assert check_reset(page, demo, start) == []


def test_a_move_leaves_the_icon_of_the_tab_and_the_toolbar_alone(page):
    """JupyterLab tells of a busy kernel by an icon, fetched anew, and a circle: each slows every move."""
    demo = page.demo(*page.where[""])
    page.tab.evaluate(
        """() => {
          window.written = new MutationObserver((records) => kept.push(...records));
          window.kept = [];
          for (const node of [document.head, cnn.panel.toolbar.node])
            written.observe(node, { attributes: true, childList: true, subtree: true });
        }"""
    )
    find(demo, "slider").focus()
    before = page.state(demo)
    page.tab.keyboard.press("ArrowRight")
    assert page.settle(demo) != before
    page.wait_idle()
    assert page.tab.evaluate("() => kept.map(({ target }) => target.outerHTML)") == []


@pytest.mark.parametrize(
    ("fault", "how", "kind", "words"),
    [
        ("raises", "keyboard", "slider", "slider 'gain': ArithmeticError"),
        ("console", "mouse", "panel", "panel 'map': console error: toy is broken"),
        ("sticky", "keyboard", "slider", "keyboard: after Reset controls is '2.0'"),
        ("silent", "keyboard", "slider", "slider 'gain': the sentence is empty"),
        ("dead", "keyboard", "slider", "slider 'gain': moving it changes nothing"),
    ],
)
def test_a_broken_control_is_named(page, fault, how, kind, words):
    demo = page.demo(*page.where[fault])
    faults = check_controls(page, demo, page.state(demo), how, wanted=lambda other, _: other == kind)
    where, what = words.split(": ", 1)
    assert any(where in text and what in text for text in faults), faults


def test_keys_that_reach_the_notebook_are_seen(page):
    (fault,) = check_shortcuts(page, page.demo(*page.where["keys"]))
    assert "reaches the notebook" in fault


def test_a_slider_without_a_name_is_seen(page):
    assert check_names(page, page.demo(*page.where["unnamed"]))


def test_a_picture_too_wide_is_seen(page):
    assert any("beyond the output" in text for text in check_fits(page, page.demo(*page.where["wide"])))
    assert check_fits(page, page.demo(*page.where[""])) == []


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("", []),
        ("small", ["cnn-sentence", "9.0 px high"]),
        ("high", ["they take", "px"]),
        ("close", ["px apart"]),
    ],
)
def test_what_does_not_fit_the_screen_is_seen(page, fault, words):
    found = check_screen(page, page.demo(*page.where[fault]))
    assert len(found) == bool(words)
    assert all(word in text for text in found for word in words)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_sees_the_fault_and_no_other(page, theme):
    with page.unrolled():
        faults = check_axe(page, theme)
    assert any("color-contrast" in text and "cnn-sentence" in text for text in faults)
    assert [text for text in faults if "cnn-sentence" not in text and "slider" not in text] == []
