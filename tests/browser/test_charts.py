"""What the page does with a chart, and how panels of a row share a narrow page."""

import re

import numpy as np
import pytest
from face import FACE, STYLE

from cnnlib.demo import painter
from cnnlib.demo.chart import bars, lines

WRONG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" onload="window.ran = 1" id="it"
tabindex="0"><script>window.ran = 1</script><foreignObject><body xmlns="http://www.w3.org/1999/xhtml">
<img src="x" onerror="window.ran = 1"/></body></foreignObject>
<a href="javascript:window.ran = 1"><text x="1">in</text></a>
<text x="1" y="2" onclick="window.ran = 1">out</text></svg>"""


@pytest.fixture
def page(page):
    page.set_content("<!doctype html><title>charts</title><div id=stage></div>")
    page.add_script_tag(content=FACE)
    page.add_style_tag(content=STYLE)
    return page


def test_a_chart_is_parsed_and_not_run(page):
    shown = page.evaluate(
        "(text) => { stage.replaceChildren(readChart(text)); return stage.innerHTML; }", WRONG
    )
    page.wait_for_timeout(50)
    assert page.evaluate("window.ran") is None
    assert re.sub(r"\s+", " ", shown) == (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"> <text x="1" y="2">out</text></svg>'
    )
    assert page.evaluate("readChart('<svg').textContent") == ""


CHARTS = [
    lines("it", [0, 1], {"a & b": [0, 1], "<c>": [1, 0]}, xlabel="row", ylabel="value", at={"now": (1, 1)}),
    bars("it", {"up": 1, "down": -1}, ylabel="gradient", highlight="up"),
]


@pytest.mark.parametrize("panel", CHARTS)
def test_nothing_of_a_chart_is_lost(page, panel):
    """All that Python writes is let through, and each colour is the theme's."""
    same = """(text) => {
      const plain = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
      return readChart(text).isEqualNode(plain);
    }"""
    assert page.evaluate(same, panel.svg)
    color = """([text, theme]) => {
      document.body.dataset.jpThemeLight = theme;
      stage.className = 'cnn-demo';
      stage.replaceChildren(readChart(text));
      return getComputedStyle(stage.querySelector('text[style*=muted]')).fill;
    }"""
    light, dark = (page.evaluate(color, [panel.svg, theme]) for theme in ("true", "false"))
    assert light == "rgb(77, 86, 99)"
    assert dark == "rgb(179, 186, 196)"
    page.evaluate("stage.className = ''")


SMALL = """([text, width]) => {
  stage.className = 'cnn-demo';
  const grid = make('div', 'cnn-grid cnn-small');
  grid.style.cssText = `--shown: 0.6; --width: ${width}px`;
  grid.append(readChart(text));
  stage.replaceChildren(grid);
  const left = grid.querySelector('svg').getBoundingClientRect().left;
  const boxes = [...grid.querySelectorAll('text')].map((t) => [t.textContent, t.getBoundingClientRect()]);
  const meet = (a, b) => a.y === b.y && a.x < b.x && a.right > b.left;
  const wrong = ([, a]) => a.left < left || boxes.some(([, b]) => meet(a, b));
  return boxes.filter(wrong).map(([name]) => name);
}"""


def test_texts_of_a_small_chart_keep_apart(page):
    """The names of lines, and what stands at the axes: none reaches into another, or out of the chart."""
    named = {name: [1, 2] for name in ("yours, frozen", "yours, free", "random, frozen", "random, free")}
    counts = {"dense to maps": 20_000, "locally connected": 12_000, "convolution": 156}
    charts = [
        lines("it", [0, 9000], named, xlabel="x", ylabel="loss", ylim=(1e-4, 1), log=True, size=(520, 180)),
        bars("it", counts, ylabel="parameters"),
    ]
    for panel in charts:
        assert page.evaluate(SMALL, [panel.svg, panel.width]) == []


FIT = """([widths, room]) => {
  stage.className = 'cnn-demo';
  stage.style.cssText = `box-sizing: content-box; width: ${room}px; padding: 0; border: 0`;
  const row = make('div', 'cnn-panels'), line = make('div', 'cnn-row');
  row.append(line);
  const parts = widths.map((cols, i) => {
    const panel = { id: `${i}`, rows: 50, cols, cell: 1, caption: 'a caption of some words',
      symbol: i ? '=' : '', legend: [], labels: [], beside: [], point: '', edit: '', paint: '', alt: '' };
    const part = buildPanel(panel, {});
    dressPanel(part, panel);
    line.append(part.box);
    return part;
  });
  stage.replaceChildren(row);
  const fit = fitPanels(row, parts, room);
  const tops = parts.map(({ box }) => box.offsetTop);
  const right = parts.map(({ box }) => box.offsetLeft + box.offsetWidth);
  const wide = parts.map(({ canvas }) => canvas.getBoundingClientRect().width);
  return { fit, rows: new Set(tops).size, right: Math.max(...right) - row.offsetLeft, wide };
}"""


@pytest.mark.parametrize("room", [734, 700, 640, 554, 480])
@pytest.mark.parametrize("widths", [[420, 240], [200, 200, 200], [240, 44, 240], [700]])
def test_panels_of_a_row_shrink_together(page, widths, room):
    found = page.evaluate(FIT, [widths, room])
    assert found["rows"] == 1
    assert found["right"] <= room + 1
    ratios = np.array(found["wide"]) / (np.array(widths) + 2 * painter.MARGIN)
    assert ratios == pytest.approx(found["fit"], abs=0.02)  # all alike
    assert found["fit"] == 1 if room == 734 else found["fit"] <= 1


def test_panels_that_fit_keep_their_size_and_a_phone_has_rows(page):
    assert page.evaluate(FIT, [[100, 100], 480])["fit"] == 1
    phone = page.evaluate(FIT, [[240, 240, 200], 300])
    assert phone["rows"] > 1
    assert phone["right"] <= 300
