"""What a notebook keeps: in static mode a picture and words, live the widget and the same words."""

import io
import re

import numpy as np
import pytest
from IPython.core.formatters import DisplayFormatter
from PIL import Image

from cnnlib import explore
from cnnlib.widgets import card
from cnnlib.widgets.demo import static_mode
from cnnlib.widgets.view import View, signed

WIDGET = "application/vnd.jupyter.widget-view+json"
DEMOS = [name for name in explore.__all__ if name.startswith("explore_")]


def bundle(demo):
    """Format a demo as a notebook does."""
    return DisplayFormatter().format(demo)


@pytest.mark.parametrize("name", DEMOS)
def test_static_mode_keeps_a_picture_and_words_alone(monkeypatch, name):
    monkeypatch.setenv("CNNLIB_STATIC", "1")
    demo = getattr(explore, name)()
    data, metadata = bundle(demo)
    assert set(data) == {"image/png", "text/plain"}
    assert metadata["image/png"]["width"] == 768
    picture = Image.open(io.BytesIO(data["image/png"]))
    assert picture.width == 1536  # sharp on a screen of double density
    assert len(data["image/png"]) < 400_000  # of which each lesson's file holds several
    corner = picture.convert("RGB").getpixel((20, picture.height - 20))
    assert corner == (255, 255, 255)  # and reads on a dark page


@pytest.mark.parametrize("name", DEMOS)
def test_the_words_are_the_same_live_and_static_and_in_every_run(monkeypatch, name):
    said = []
    for static in ("", "1", "1"):
        monkeypatch.setenv("CNNLIB_STATIC", static)
        demo = getattr(explore, name)()
        data, _ = bundle(demo)
        assert (WIDGET in data) == (not static)
        assert ("image/png" in data) == bool(static)
        said.append(data["text/plain"])
    assert said[0] == said[1] == said[2]
    assert demo.grid.title in said[0]
    assert demo.text in said[0]
    assert not re.search(r"0x[0-9a-f]+|object at|[Mm]odel|Box\(", said[0])


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
    block = np.asarray(card._block(panel, View([panel], "A map.")))
    written = np.flatnonzero(block[..., 3].any(axis=1))
    assert block.shape[0] - 4 * card.SCALE - 12 <= written[-1] < block.shape[0] - 2
