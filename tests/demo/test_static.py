"""What a notebook keeps of a demo: a picture and words, and live the widget, too."""

import io
import re
import sys
from html import unescape
from itertools import islice
from types import SimpleNamespace

import numpy as np
import pytest
from IPython.core.formatters import DisplayFormatter
from nbclient import NotebookClient
from nbconvert import HTMLExporter
from nbformat.v4 import new_code_cell, new_notebook
from PIL import Image

from cnnlib import explore
from cnnlib.demo import card
from cnnlib.demo.frame import static_mode
from cnnlib.demo.lab import Lab
from cnnlib.demo.view import View, signed

WIDGET = "application/vnd.jupyter.widget-view+json"
DEMOS = [name for name in explore.__all__ if name.startswith("explore_")]


def bundle(demo):
    """Format a demo as a notebook does."""
    return DisplayFormatter().format(demo)


@pytest.mark.parametrize("name", DEMOS)
def test_static_mode_keeps_a_picture_and_the_same_words_as_a_live_run(monkeypatch, name):
    monkeypatch.setattr(Lab, "_begin", begun_only(Lab._begin))
    live, static = getattr(explore, name)(), getattr(explore, name)()
    data, metadata = bundle(live)
    assert set(data) == {WIDGET, "image/png", "text/plain"}
    check_picture(data["image/png"], metadata, 768)
    words = data["text/plain"]
    assert live.grid.title in words
    assert live.text in words
    assert not re.search(r"0x[0-9a-f]+|object at|[Mm]odel|Box\(", words)
    monkeypatch.setenv("CNNLIB_STATIC", "1")
    data, metadata = bundle(static)
    assert set(data) == {"image/png", "text/plain"}
    assert data["text/plain"] == words
    check_picture(data["image/png"], metadata)
    assert len(data["image/png"]) < 400_000  # of which each lesson's file holds several


def begun_only(begin):
    """Let a training end early: its picture is wanted, and three below are trained to the end."""
    return lambda lab: islice(begin(lab), 10)


@pytest.mark.parametrize(
    ("name", "begins", "ends"),
    [
        ("explore_regression", "Before the first step", "After 282 of 282 steps"),
        ("explore_kernel_learning", "The kernel is random", "After 400 steps"),
        ("explore_fooling", "A person wrote", "the network sees an 8"),
    ],
)
def test_a_static_picture_of_what_trains_or_plays_shows_its_end(monkeypatch, name, begins, ends):
    monkeypatch.setenv("CNNLIB_STATIC", "1")
    demo = getattr(explore, name)()
    data, metadata = bundle(demo)
    assert begins in data["text/plain"]
    assert ends in metadata["image/png"]["alt"]
    assert demo.text == metadata["image/png"]["alt"]
    assert demo.problem == ""


def test_a_static_picture_shows_what_the_call_asks_for(monkeypatch):
    monkeypatch.setenv("CNNLIB_STATIC", "1")
    demo = explore.explore_kernel_learning(steps=60)
    bundle(demo)
    assert demo.steps.value == 60


def test_a_live_demo_stands_at_its_start():
    demo = explore.explore_regression()
    bundle(demo)
    assert demo.text.startswith("Before the first step")


def test_a_program_without_widgets_shows_the_picture():
    lesson = new_notebook(
        cells=[new_code_cell("from cnnlib.explore import explore_convolution as demo\ndemo()")]
    )
    NotebookClient(lesson, kernel_name="python3", store_widget_state=False).execute()
    page, _ = HTMLExporter(template_name="basic").from_notebook_node(lesson)
    (picture,) = re.findall(r"<img[^>]*>", page)
    assert "data:image/png;base64," in picture
    assert f'alt="{explore.explore_convolution().text}"' in unescape(picture)
    assert "widget-view" not in page


def test_the_picture_says_why_nothing_moves(demo):
    assert demo.picture(live=True).tobytes() != demo.picture().tobytes()


def test_colab_is_told_where_it_finds_the_widget(monkeypatch):
    colab = SimpleNamespace(
        enable_custom_widget_manager=lambda: None, _widgets=SimpleNamespace(_installed_url="there")
    )
    monkeypatch.setitem(sys.modules, "google.colab.output", colab)
    _, metadata = bundle(explore.explore_convolution())
    assert metadata[WIDGET] == {"colab": {"custom_widget_manager": {"url": "there"}}}


def check_picture(png, metadata, width=1536):  # sharp on a screen of double density
    """See that it is as wide as a page, and reads on a dark page."""
    assert metadata["image/png"]["width"] == 768
    picture = Image.open(io.BytesIO(png))
    assert picture.width == width
    edge = width // 75
    assert picture.convert("RGB").getpixel((edge, picture.height - edge)) == (255, 255, 255)


def test_the_picture_shows_the_present_state(demo):
    before = demo.picture()
    demo.set(row=0, col=0)
    after = demo.picture()
    assert before.size == after.size
    assert before.tobytes() != after.tobytes()
    assert after.tobytes() == demo.picture().tobytes()


@pytest.mark.parametrize(("value", "static"), [("", False), ("0", False), ("1", True), ("yes", True)])
def test_the_environment_decides(monkeypatch, value, static):
    monkeypatch.setenv("CNNLIB_STATIC", value)
    assert static_mode() == static


def test_live_is_the_default(monkeypatch):
    monkeypatch.delenv("CNNLIB_STATIC", raising=False)
    assert not static_mode()


@pytest.mark.parametrize(
    "caption", ["", "one line", "a caption of so many words that it takes two lines", "a\nb\nc"]
)
def test_legend_and_caption_are_not_cut_off(caption):
    panel = signed("map", np.arange(-4.0, 5).reshape(3, 3), caption, size=150)
    block = np.asarray(card._block(panel, View(panels=[panel], sentence="A map.")))
    written = np.flatnonzero(block[..., 3].any(axis=1))
    assert block.shape[0] - 4 * card.SCALE - 12 <= written[-1] < block.shape[0] - 2
