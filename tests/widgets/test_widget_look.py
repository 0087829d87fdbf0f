"""Colours are written down in three places, because three languages need them: they must not drift apart."""

import re
from pathlib import Path

import pytest

from cnnlib.widgets import card, painter
from cnnlib.widgets.colormaps import RED_BLUE

FOLDER = Path(painter.__file__).parent
CSS = (FOLDER / "pixelgrid.css").read_text("utf-8")
JS = (FOLDER / "paint.js").read_text("utf-8")
THEMES = ("light", "dark")


def luminance(color):
    """Relative luminance of WCAG 2."""
    channels = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(part * c for part, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    high, low = sorted([luminance(one), luminance(other)], reverse=True)
    return (high + 0.05) / (low + 0.05)


def variable(name, theme="light"):
    """Return the colour that the style sheet gives a name; the dark theme's comes second."""
    return re.findall(rf"--cnn-{name}: (#[0-9a-f]{{6}})", CSS)[THEMES.index(theme)]


@pytest.mark.parametrize(
    ("name", "color"),
    [
        ("blank", painter.BLANK),
        ("grid", painter.GRID),
        ("muted", card.MUTED),
        ("weight", card.WEIGHT),
    ],
)
def test_pillow_paints_the_light_theme(name, color):
    assert variable(name) == color


@pytest.mark.parametrize("name", ["ORANGE", "CASING", "HATCH"])
def test_canvas_and_pillow_have_one_orange(name):
    assert f'{name} = "{getattr(painter, name)}"' in JS


@pytest.mark.parametrize("name", ["MARGIN", "GAP_FROM", "SMALLEST"])
def test_canvas_and_pillow_have_one_measure(name):
    assert f"{name} = {getattr(painter, name)};" in JS


def test_the_legend_shows_the_scale_that_is_used():
    stops = re.search(r"linear-gradient\(to right, ([^)]*)\)", CSS)[1].split(", ")
    assert stops == ["#{:02x}{:02x}{:02x}".format(*map(int, color)) for color in RED_BLUE]


@pytest.mark.parametrize(("theme", "page"), [("light", "#ffffff"), ("dark", "#111111")])
@pytest.mark.parametrize("name", ["muted", "weight"])
def test_words_stand_out_from_the_page(name, theme, page):
    assert contrast(variable(name, theme), page) >= 4.5


def test_digits_stand_out_from_any_cell():
    for r in range(0, 256, 15):
        for g in range(0, 256, 15):
            for b in range(0, 256, 15):
                assert contrast(painter.ink(r, g, b), f"#{r:02x}{g:02x}{b:02x}") >= 4.5
