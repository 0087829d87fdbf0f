"""Colours are written down in three places, because three languages need them: they must not drift apart."""

import re
from pathlib import Path

import numpy as np
import pytest

from cnnlib.demo import axes, card, painter
from cnnlib.demo.colormaps import RED_BLUE

FOLDER = Path(painter.__file__).parent
CSS = (FOLDER / "pixelgrid.css").read_text("utf-8")
JS = (FOLDER / "pixelgrid.js").read_text("utf-8")
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
        ("muted", axes.MUTED),
        ("grid", axes.GRID),
        ("bar", axes.BAR),
        *((f"line{i}", color) for i, color in enumerate(axes.LINES, 1)),
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


@pytest.mark.parametrize(("theme", "page"), [("light", "#ffffff"), ("dark", "#111111")])
@pytest.mark.parametrize("name", ["bar", "line1", "line2", "line3", "line4"])
def test_curves_and_bars_stand_out_from_the_page(name, theme, page):
    assert contrast(variable(name, theme), page) >= 3


# G. M. Machado, M. M. Oliveira, L. A. F. Fernandes, "A Physiologically-based Model for Simulation of Color
# Vision Deficiency", IEEE TVCG 15 (2009), severity 1.0: how linear RGB is seen.
SEEN = {
    "by most": np.eye(3),
    "without red cones": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "without green cones": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "without blue cones": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}


def lab(linear):
    """CIELAB (D65) of linear RGB: where equal distances look about equally different."""
    to_xyz = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    x, y, z = np.cbrt(to_xyz @ np.clip(linear, 0.01, 1) / [0.9505, 1, 1.089])
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("eyes", SEEN)
@pytest.mark.parametrize("theme", THEMES)
def test_curves_are_told_apart_by_all_eyes(theme, eyes):
    colors = [variable(f"line{i}", theme) for i in (1, 2, 3, 4)]
    channels = np.array([[int(c[i : i + 2], 16) / 255 for i in (1, 3, 5)] for c in colors])
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    places = [lab(np.array(SEEN[eyes]) @ color) for color in linear]
    assert min(np.linalg.norm(a - b) for i, a in enumerate(places) for b in places[:i]) >= 20


def test_digits_stand_out_from_any_cell():
    for r in range(0, 256, 15):
        for g in range(0, 256, 15):
            for b in range(0, 256, 15):
                assert contrast(painter.ink(r, g, b), f"#{r:02x}{g:02x}{b:02x}") >= 4.5
