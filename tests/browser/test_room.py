"""Where a demo's parts stand in pages of different widths, what keeps its place, and the system's colours."""

import pytest
from face import FACE, STAGE, STYLE, state

from cnnlib.explore import explore_convolution, explore_sampling, explore_training

BOX = """(selector) => {
  const { left, top, right, bottom } = document.querySelector(selector).getBoundingClientRect();
  return { left, top, right, bottom };
}"""
HTML = """<!doctype html><title>room</title>
<style>
  body { margin: 0 } .slider { width: 150px; height: 28px } .box { display: flex; flex-direction: column }
</style>
<div id=around><div class="box cnn-demo">
  <div id=stage></div>
  <div class="cnn-controls"><div class="slider"></div><div class="slider"></div></div>
</div></div>"""


@pytest.fixture
def page(page):
    page.set_viewport_size({"width": 1300, "height": 900})
    page.set_content(HTML)
    page.add_style_tag(content=STYLE)
    page.add_script_tag(content=FACE)
    page.evaluate(STAGE)
    return page


def show(page, demo, width=1100):
    """Show a demo in so wide a page."""
    page.evaluate("(state) => tell(state)", state(demo))
    page.evaluate("(width) => { around.style.width = `${width}px`; show(); }", width)
    frames(page)


def frames(page):
    """Wait until what was observed has been answered."""
    page.evaluate("async () => { for (let i = 0; i < 3; i++) await new Promise(requestAnimationFrame); }")


def box(page, selector):
    return page.evaluate(BOX, selector)


@pytest.mark.parametrize(
    ("explore", "width", "beside"),
    [
        (explore_sampling, 1100, True),
        (explore_sampling, 930, True),  # its charts shrink a little
        (explore_sampling, 900, False),
        (explore_convolution, 930, True),  # as it is narrow
        (explore_convolution, 768, False),
    ],
)
def test_controls_stand_beside_the_picture_where_there_is_room_else_below(page, explore, width, beside):
    show(page, explore(), width)
    panels, controls, words = (box(page, f".cnn-{part}") for part in ("panels", "controls", "words"))
    assert (controls["left"] >= panels["right"]) == beside
    assert (controls["top"] >= words["bottom"]) != beside
    assert controls["right"] <= width
    drawn = box(page, ".cnn-row:last-child")
    assert drawn["right"] <= (controls["left"] if beside else width)


@pytest.mark.parametrize("width", [1100, 768])
def test_code_pushes_the_controls_nowhere(page, width):
    demo = explore_convolution()
    show(page, demo, width)
    before = box(page, ".cnn-controls")
    demo.show_code(True)
    page.evaluate("(state) => tell(state)", state(demo))
    frames(page)
    code = box(page, ".cnn-code")
    assert code["bottom"] > code["top"] + 100
    assert box(page, ".cnn-controls") == before
    assert code["top"] >= (box(page, ".cnn-words") if width == 1100 else before)["bottom"]


def test_a_shorter_text_leaves_the_controls_where_they_are(page):
    demo = explore_training(epochs=1)
    show(page, demo, 768)
    long = box(page, ".cnn-controls")
    told = state(demo)
    told["plain"]["view"]["sentence"] = "Short."
    page.evaluate("(state) => tell(state)", told)
    frames(page)
    assert page.evaluate("() => document.querySelector('.cnn-sentence').textContent") == "Short."
    assert box(page, ".cnn-controls") == long


def test_a_picture_keeps_its_room_while_a_control_is_dragged(page):
    demo = explore_convolution()
    show(page, demo, 768)
    page.mouse.move(*(box(page, ".slider")[side] + 5 for side in ("left", "top")))
    page.mouse.down()
    before = box(page, ".cnn-controls")
    told = state(demo)
    for panel in told["plain"]["view"]["panels"]:
        panel["cell"] = 20
    page.evaluate("(state) => tell(state)", told)
    frames(page)
    assert box(page, ".cnn-controls") == before
    page.mouse.up()
    assert box(page, ".cnn-controls")["top"] < before["top"] - 50


def test_a_number_without_room_is_told_on_pointing(page):
    demo = explore_convolution()
    told = state(demo)
    panel = told["plain"]["view"]["panels"][0]
    panel |= {"cell": 24, "labels": ["−1000", *panel["labels"][1:]]}
    page.evaluate("(state) => { tell(state); show(); }", told)
    frames(page)
    cells, tip = page.locator("[data-panel=image] canvas").bounding_box(), page.locator(".cnn-tip").first
    page.mouse.move(cells["x"] + 15, cells["y"] + 15)
    assert tip.is_visible()
    assert tip.inner_text() == "−1000"
    page.mouse.move(cells["x"] + 15 + 24, cells["y"] + 15)  # this one can be read
    assert not tip.is_visible()


TYPED = """() => {
  const slider = document.createElement('div'), field = slider.cloneNode();
  slider.innerHTML = '<div class="widget-readout" contenteditable=true>2</div>';
  field.innerHTML = '<input type=number min=0 max=7 value=2>';
  document.querySelector('.cnn-controls').append(slider, field);
  window.heard = [];
  const hear = ({ type, key }) => (type === 'keydown' && key !== 'Enter') || heard.push(type);
  for (const node of [slider, field])
    for (const kind of ['keydown', 'keypress', 'keyup', 'input', 'change', 'blur'])
      node.addEventListener(kind, hear, true);
}"""


@pytest.mark.parametrize(("kind", "number"), [(".widget-readout", 2), ("input", 3)])
def test_python_alone_reads_what_is_typed(page, kind, number):
    show(page, explore_sampling(), 768)
    page.evaluate(TYPED)
    frames(page)
    field = page.locator(kind)
    field.click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("1,5")
    page.keyboard.press("Enter")
    told = page.evaluate("() => sent.at(-1)")
    assert (told["type"], told["control"], told["text"]) == ("type", number, "1,5")
    assert field.evaluate("e => e.value ?? e.textContent") == "2"  # until Python has read it
    assert page.evaluate("() => heard") == []  # ipywidgets reads numbers in its own way


def test_arrow_keys_in_a_field_stay_within_its_limits(page):
    show(page, explore_sampling(), 768)
    page.evaluate(TYPED)
    frames(page)
    page.locator("input").focus()
    for _ in range(7):
        page.keyboard.press("ArrowUp")
    assert page.evaluate("() => sent.map(({ text }) => text)") == ["3", "4", "5", "6", "7", "7", "7"]


FORCED = """() => {
  const make = (tag, className) => Object.assign(document.createElement(tag), { className });
  const chosen = make('button', 'jupyter-button mod-active'), other = make('button', 'jupyter-button');
  const slider = make('div', 'widget-slider');
  slider.innerHTML = '<div class="noUi-target"><div class="noUi-handle"></div></div>';
  document.querySelector('.cnn-controls').append(chosen, other, slider);
  const color = (e) => getComputedStyle(e).backgroundColor;
  const text = document.querySelector('svg text');
  return { chosen: color(chosen), other: color(other), track: color(slider.firstChild),
    handle: color(slider.querySelector('.noUi-handle')), text: getComputedStyle(text).fill,
    page: color(document.querySelector('.cnn-demo')) };
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_counts_is_seen_in_the_colours_of_the_system(page, scheme):
    page.emulate_media(forced_colors="active", color_scheme=scheme)
    show(page, explore_sampling())
    found = page.evaluate(FORCED)
    assert found["chosen"] != found["other"]
    assert found["page"] not in (found["track"], found["handle"], found["text"])
