"""What the page answers by itself: pointing at one of two panels, and a finger that draws."""

import pytest
from face import FACE, STAGE, STYLE, state

from cnnlib.explore import explore_convolution, explore_network

ORANGE = """(id) => {
  const canvas = document.querySelector(`[data-panel="${id}"] canvas`);
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  let count = 0;
  for (let i = 0; i < data.length; i += 4) count += [230, 159, 0].every((value, c) => data[i + c] === value);
  return count;
}"""


pytestmark = pytest.mark.browser_context_args(has_touch=True)


@pytest.fixture
def page(page):
    page.set_content("<!doctype html><title>pointing</title><div id=stage></div>")
    page.add_style_tag(content=STYLE)
    page.add_script_tag(content=FACE)
    page.evaluate(STAGE)
    return page


def test_a_panel_to_point_at_that_comes_without_a_cursor_loses_its_own(page):
    demo = explore_convolution("digits 5x5x3", stride=2, padding=1)
    page.evaluate("(state) => tell(state)", state(demo))
    page.evaluate("() => show()")
    page.wait_for_function(f"() => ({ORANGE})('map 0') > 0")
    lit = {name: page.evaluate(ORANGE, name) > 0 for name in ("map 0", "filter 0", "map 1", "filter 1")}
    assert lit == {"map 0": True, "filter 0": True, "map 1": False, "filter 1": False}
    demo.set(filter=1, row=1, col=2)
    page.evaluate("(state) => tell(state)", state(demo))
    lit = {name: page.evaluate(ORANGE, name) > 0 for name in lit}
    assert lit == {"map 0": False, "filter 0": False, "map 1": True, "filter 1": True}


def test_a_finger_draws_and_the_page_stays(page):
    demo = explore_network(None)
    page.evaluate("(state) => tell(state)", state(demo))
    page.evaluate("() => { document.body.style.height = '5000px'; show(); }")
    box = page.locator("[data-panel=canvas] canvas").bounding_box()
    hand = page.context.new_cdp_session(page)

    def touch(kind, *place):
        points = [{"x": box["x"] + box["width"] * x, "y": box["y"] + box["height"] * y} for x, y in place]
        hand.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", (0.5, 0.8))
    for step in range(1, 13):
        touch("touchMove", (0.5, 0.8 - 0.05 * step))
    touch("touchEnd")
    message = page.evaluate("() => sent[0]")
    assert (message["type"], message["panel"], message["erase"]) == ("paint", "canvas", False)
    column = """() => {
      const canvas = document.querySelector("[data-panel=canvas] canvas"), { width, height } = canvas;
      const pen = canvas.getContext("2d");
      const ink = (row) => pen.getImageData(width / 2 + 2, ((row + 0.5) * height) / 24, 1, 1);
      return Array.from({ length: 24 }, (_, row) => ink(row).data[0]);
    }"""
    inked = [row for row, value in enumerate(page.evaluate(column)) if value > 200]
    assert inked == [*range(inked[0], inked[-1] + 1)]  # without a gap, however fast the finger
    assert (inked[0], inked[-1]) == (pytest.approx(5, abs=1), pytest.approx(19, abs=1))
    assert page.evaluate("() => scrollY") == 0
