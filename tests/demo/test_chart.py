"""Charts: what the page is sent, what a static picture shows, and what both say in words."""

import re
import subprocess
import sys
import threading
from xml.etree import ElementTree

import matplotlib
import matplotlib.style
import numpy as np
import pytest

from cnnlib.demo import axes
from cnnlib.demo.axes import LEFT, LINES, VARIABLES
from cnnlib.demo.chart import bars, chart, chart_image, lines
from cnnlib.demo.painter import MARGIN, paint_panel
from cnnlib.demo.pixelgrid import PixelGrid
from cnnlib.demo.view import View, gray

NS = "{http://www.w3.org/2000/svg}"
LABELS = {"xlabel": "time (s)", "ylabel": "pressure (Pa)"}


def texts(panel) -> list[str]:
    return [node.text for node in ElementTree.fromstring(panel.svg).iter(NS + "text")]


def paths(panel, color: str) -> list[np.ndarray]:
    """Return the points of every path that is stroked or filled with a colour, in CSS pixels."""
    found = []
    for node in ElementTree.fromstring(panel.svg).iter(NS + "path"):
        if color in node.get("style"):
            found.append(np.array(re.findall(r"-?[\d.]+(?:e-?\d+)?", node.get("d")), float).reshape(-1, 2))
    return found


def wave(**more):
    return lines("wave", [0, 1, 2, 3], {"sound": [0, -2, 4, 1]}, **LABELS | more)


def test_a_curve_goes_through_its_points():
    (points,) = paths(wave(xlim=(0, 3), ylim=(-2, 4)), LINES[0])
    across, down = points.T
    assert np.diff(across) == pytest.approx(
        np.full(3, across[1] - across[0]), abs=0.02
    )  # evenly, to the right
    height = np.ptp(down) / 6  # one pascal
    assert down[0] - down == pytest.approx(height * np.array([0, -2, 4, 1]), abs=0.05)  # upwards


def test_a_curve_is_cut_off_at_its_axes_and_nowhere_else():
    root = ElementTree.fromstring(wave(ylim=(0, 1)).svg)
    (inner,) = (svg for svg in root.iter(NS + "svg") if svg is not root and len(svg))
    assert len(inner) == 1  # the curve
    assert inner.get("viewBox") == " ".join(inner.get(name) for name in ("x", "y", "width", "height"))
    assert float(inner.get("x")) == LEFT


@pytest.mark.parametrize(("ends", "cut"), [((0, 3), 3), ((0, 2), 5)])
def test_dots_on_an_edge_are_drawn_whole_and_those_beyond_are_not(ends, cut):
    dots = {"sound": [0, -2, 4, 1], "heard": [1, 1, 1, 1]}
    panel = lines("wave", [0, 1, 2, 3], dots, **LABELS, dots={"heard"}, at={"end": (3, 1)}, xlim=ends)
    root = ElementTree.fromstring(panel.svg)
    # What is cut: the curve, the lines from the mark to the axes, and what lies beyond of both kinds of dots.
    assert len([svg for svg in root.iter(NS + "svg") if svg is not root]) == cut


def test_the_axes_stand_still_when_the_data_change():
    def box(values):
        root = ElementTree.fromstring(lines("it", [0, 1], {"it": values}, **LABELS).svg)
        return next(svg.get("viewBox") for svg in root.iter(NS + "svg") if svg is not root)

    assert box([0, 1]) == box([-1e6, 1e6]) == box([np.nan, 0.0001])


def test_alt_text_comes_from_the_data():
    said = wave(at={"now": (2, 4)}).alt
    assert said.startswith("pressure (Pa) over time (s) from 0 to 3: sound from 0 to 1")
    assert said.endswith("from 0 to 1, lowest −2 at 1, highest 4 at 2; now at 2: 4")
    assert wave(alt="a wave").alt == "a wave"
    assert lines("it", [1, 2], {"gone": [np.nan, np.nan]}, **LABELS).alt.endswith("gone without a value")
    many = bars("it", {i: i * i for i in range(20)}, ylabel="square")
    assert many.alt == "square: 20 bars from 0 to 19, highest 361 at 19, lowest 0 at 0"


def test_numbers_have_true_minus_signs_and_one_number_of_decimals():
    said = texts(lines("it", [0, 1], {"it": [-1, 0.5]}, xlabel="row", ylabel="value", ylim=(-1, 0.5)))
    assert "−0.5" in said
    assert "0.0" in said
    assert not any("-" in text for text in said)


def test_logarithmic_bars_are_as_high_as_their_powers_of_ten():
    panel = bars("it", {"a": 1, "b": 10, "c": 1000}, ylabel="parameters", log=True, ylim=(0.1, 1e4))
    tops = [box[:, 1].min() for box in np.split(paths(panel, "--cnn-bar")[0], 3)]
    foot = paths(panel, "--cnn-bar")[0][:, 1].max()
    heights = foot - np.array(tops)
    assert heights / heights[0] == pytest.approx([1, 2, 4], abs=0.01)
    assert {"1", "10", "1000"} <= set(texts(panel))


def test_bars_stand_on_zero_and_signs_have_the_colours_of_the_house():
    panel = bars("it", {"up": 2, "down": -1}, ylabel="gradient")
    (up,), (down,) = paths(panel, "#b2182b"), paths(panel, "#2166ac")
    assert up[:, 1].max() == pytest.approx(down[:, 1].min())
    assert np.ptp(up[:, 1]) == pytest.approx(2 * np.ptp(down[:, 1]), abs=0.05)


@pytest.mark.parametrize("log", [False, True])
def test_bars_of_nothing_are_not_drawn(log):
    panel = bars("it", {"none": 0, "one": 1}, ylabel="count", log=log)
    (box,) = paths(panel, "--cnn-bar")
    assert len(box) == 4
    assert texts(panel).count("0") >= 1  # but their number is written


def test_exact_numbers_are_written_where_there_is_room():
    few = bars("it", {"a": 12345, "b": 7}, ylabel="count")
    assert {"12,345", "7"} <= set(texts(few))
    assert "12,345" not in texts(bars("it", dict.fromkeys(range(60), 12345), ylabel="count", ylim=(0, 20000)))
    assert {"one", "two"} <= set(texts(bars("it", {"a": 1, "b": 2}, ylabel="count", texts=["one", "two"])))
    assert "12,345" not in texts(bars("it", {"a": 12345}, ylabel="count", texts=()))


def test_names_below_bars_take_two_lines_or_leave_some_out():
    few = texts(bars("it", {"max pool": 1, "conv": 2}, ylabel="count", size=(140, 200)))
    assert {"max", "pool", "conv"} <= set(few)
    many = texts(bars("it", dict.fromkeys(range(100), 1), ylabel="", xlabel="number", ylim=(2, 3)))
    assert [text for text in many if text.isdecimal()] == [str(i) for i in range(0, 100, 10)]


def test_the_highlighted_bar_is_orange():
    panel = bars("it", {"a": 1, "b": 2}, ylabel="count", highlight="b")
    (box,) = paths(panel, "fill: #e69f00")
    assert box[:, 0].min() > 210


def test_the_svg_has_no_ids_no_scripts_and_the_themes_colours():
    panel = lines("<b>", [0, 1], {"<script>": [0, 1], "a & b": [1, 0]}, xlabel='"x"', ylabel="<y>")
    root = ElementTree.fromstring(panel.svg)
    assert {node.tag for node in root.iter()} == {NS + "svg", NS + "g", NS + "path", NS + "text"}
    assert not any("id" in node.attrib or "tabindex" in node.attrib for node in root.iter())
    assert {"<script>", "a & b", '"x"', "<y>"} <= set(texts(panel))
    colors = set(re.findall(r"(?:fill|stroke): (#\w+|[a-z]+)", panel.svg))
    assert colors <= {"none", "var"}  # each a variable of the theme
    assert all(f"var({VARIABLES[color]},{color})" in panel.svg for color in LINES[:2])


def test_several_curves_are_named_and_differ_in_more_than_colour():
    panel = lines("it", [0, 1], {"one": [0, 1], "two": [1, 2], "three": [2, 3]}, **LABELS)
    assert {"one", "two", "three"} <= set(texts(panel))
    styles = [n.get("style") for n in ElementTree.fromstring(panel.svg).iter(NS + "path")]
    dashes = {re.search(r"stroke-dasharray: ([^;]*)", s)[1] for s in styles if "line" in s and "dash" in s}
    assert len(dashes) == 2  # the first is solid
    assert "sound" not in texts(wave())  # one alone is named by its axis


def test_points_of_their_own_and_stairs():
    panel = lines(
        "it",
        [0, 1, 2],
        {"held": [0, 1, 2], "samples": ([0.5, 1.5], [0, 1])},
        **LABELS,
        steps="held",
        dots="samples",
    )
    held = max(paths(panel, "--cnn-line1"), key=len)
    assert (np.diff(held, axis=0).round(2) == 0).any(axis=1).all()  # only across and up
    dots = [
        n.get("d") for n in ElementTree.fromstring(panel.svg).iter(NS + "path") if "line2" in n.get("style")
    ]
    assert sorted(path.count("M") for path in dots) == [1, 2]  # one beside the name, and two points


def test_static_pictures_show_the_same_points():
    panel = wave(ylim=(-2, 4), xlim=(0, 3))
    picture = np.asarray(paint_panel(panel, scale=2)).astype(int)
    assert picture.shape == (2 * (260 + 2 * MARGIN), 2 * (420 + 2 * MARGIN), 4)
    (points,) = paths(panel, LINES[0])
    violet = np.array([int(LINES[0][i : i + 2], 16) for i in (1, 3, 5)])
    for x, y in (points[1:] + points[:-1]) / 2:  # in the middle of each piece
        row, col = round(2 * (y + MARGIN)), round(2 * (x + MARGIN))
        near = picture[row - 1 : row + 2, col - 1 : col + 2]
        assert np.abs(near[..., :3] - violet).sum(axis=-1).min() < 40
        assert near[..., 3].max() == 255


def test_only_charts_that_changed_travel_again():
    same = wave()
    grid = PixelGrid("Grid", "what?", print)
    grid.show(View(panels=[same, gray("g", np.zeros((2, 2)))], sentence="First."))
    assert bytes(grid.pixels0).decode() == wave().svg  # the same data give the same bytes
    sent = []
    grid.send_state = lambda key=None: sent.append({key} if isinstance(key, str) else set(key))
    grid.show(View(panels=[wave(), gray("g", np.ones((2, 2)))], sentence="Then."))
    assert sent == [{"view", "pixels1"}]


def test_what_is_drawn_later_is_what_was_given():
    values = np.array([0.0, 1, 2])
    panel = lines("it", [0, 1, 2], {"it": values}, **LABELS)
    before = chart_image(panel, 1).tobytes()
    values[:] = 9
    assert chart_image(panel, 1).tobytes() == before


@pytest.mark.parametrize(
    ("make", "what"),
    [
        (lambda: lines("it", [0, 1], {"it": [1]}, **LABELS), r"'it' has \(1,\) values over \(2,\) x"),
        (lambda: lines("it", [], {"it": []}, **LABELS), "at least one"),
        (lambda: lines("it", [0], {}, **LABELS), "no curve"),
        (lambda: bars("it", {}, ylabel="count"), "0 bars"),
        (lambda: bars("it", {"a": 1}, ylabel="count", texts=["1", "2"]), "1 bars and 2 texts"),
    ],
)
def test_what_cannot_be_drawn_is_said(make, what):
    with pytest.raises(ValueError, match=what):
        make()


def test_no_pyplot_is_imported():
    code = (
        "import sys; from cnnlib.demo.chart import *; from cnnlib.demo import pixelgrid;"
        "chart_image(lines('it', [0, 1], {'it': [0, 1]}, xlabel='x', ylabel='y'));"
        "assert 'matplotlib.pyplot' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_pixels_alone_import_no_matplotlib():
    code = "import sys; from cnnlib.demo import frame; assert 'matplotlib.figure' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_threads_draw_their_own_charts():
    """Widget callbacks run beside a cell that draws: each gets its own data, as if it were alone."""

    def make(i):
        return lines(
            "it", np.arange(30), {f"curve {i}": np.sin(np.arange(30) + i), "two": np.full(30, i)}, **LABELS
        )

    alone = [(make(i).svg, chart_image(make(i), 1).tobytes()) for i in range(6)]
    found = [None] * 12
    start = threading.Barrier(2)

    def work(first):
        start.wait()
        for i in range(first, 12, 2):
            found[i] = make(i // 2).svg, chart_image(make(i // 2), 1).tobytes()

    threads = [threading.Thread(target=work, args=(i,)) for i in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [alone[i // 2] for i in range(12)]


SETTINGS = {
    name: style for name, style in matplotlib.style.library.items() if name not in ("classic", "fast")
}
SETTINGS |= {
    "large and red": {"lines.linewidth": 9, "text.color": "red", "font.size": 30, "axes.facecolor": "red"},
    "TeX": {"text.usetex": True, "font.family": "serif"},
    "by hand": {"path.sketch": (1, 100, 2), "font.family": ["xkcd", "cursive"]},
    "tight": {"figure.autolayout": True, "axes.xmargin": 0.3, "axes.grid": True},
}


def looks() -> list:
    """Return what some charts look like, all made anew."""
    axes._blank.cache_clear()
    panels = [
        wave(at={"now $1$": (2, 4)}),
        lines("it", [0, 1], {"$a$": [1, 1000], "b": [1, 10]}, **LABELS, log=True, dots=True),
        bars("it", {"up": 2, "down": -1}, ylabel="gradient"),
        chart("it", lambda axes: axes.text(0.5, 0.5, "$alone$", color="red", size=12), alt=""),
    ]
    return [(panel.svg, chart_image(panel, 1).tobytes()) for panel in panels]


@pytest.fixture(scope="module")
def before():
    return looks()


@pytest.mark.parametrize("settings", SETTINGS.values(), ids=SETTINGS)
def test_settings_of_the_learner_do_not_reach_a_chart(settings, before):
    with matplotlib.rc_context():
        matplotlib.rcParams.update(settings)
        asked = dict(matplotlib.rcParams)
        assert looks() == before
        assert dict(matplotlib.rcParams) == asked  # and the charts do not change the learner's


def test_a_chart_of_ones_own():
    panel = chart(
        "it",
        lambda axes: axes.set(xlabel="here", ylabel="there", ylim=(0, 3)),
        alt="nothing",
        size=(300, 200),
    )
    assert (panel.width, panel.height, panel.alt) == (300, 200, "nothing")
    assert {"here", "there", "0", "3"} <= set(texts(panel))


def test_numbers_of_a_logarithmic_axis_have_the_decimals_they_need():
    said = texts(lines("it", [0, 1], {"it": [0.001, 1000]}, **LABELS, log=True))
    assert {"0.001", "1000"} <= set(said)
    assert not {"0.000", "1000.000"} & set(said)


def test_a_chart_leaves_nothing_behind_for_the_next():
    """All charts begin as copies of one figure: each must look as if it were the first."""
    makers = [
        wave,
        lambda: wave(at={"now": (2, 4)}, xlim=(0, 9)),
        lambda: lines("it", [0, 1], {"a": [0.001, 1000], "b": [1, 10]}, **LABELS, log=True),
        lambda: bars("it", {"up": 2, "down": -1}, ylabel="gradient"),
        lambda: bars("it", {"a": 1, "b": 1000}, ylabel="count", log=True, size=(200, 100)),
        lambda: chart("it", lambda axes: axes.text(0.5, 0.5, "alone"), alt="a word"),
    ]

    def first(make):
        axes._blank.cache_clear()
        return make().svg

    expected = [first(make) for make in makers]
    axes._blank.cache_clear()
    for i, before in enumerate(makers):
        for j, make in enumerate(makers):
            before()
            assert make().svg == expected[j], (i, j)
