"""The training lab in the page: train, pause, go on, stop, a second run; two labs side by side."""

import re

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

CELLS = (
    'from cnnlib.explore import explore_training\nlab = explore_training(epochs=30, show="example")\nlab',
    "explore_training()",
)
KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}


@pytest.fixture(scope="module")
def page(lab, tmp_path_factory):
    path = tmp_path_factory.mktemp("labs") / "labs.ipynb"
    cells = [new_code_cell(code) for code in CELLS]
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": KERNEL}), path)
    page = lab.open(lab.server.add(path))
    page.run_all()
    yield page
    page.close()


@pytest.fixture
def demos(page):
    """Both labs, as they are before the first step."""
    found = [page.demo(*where) for where in page.demos()]
    for demo in found:
        demo.query_selector(".cnn-reset-button").click()
        page.settle(demo)
    return found


def press(demo, label):
    """Press the button with this label."""
    demo.query_selector(f".cnn-controls button:has-text('{label}')").click()


def said(demo):
    return demo.query_selector(".cnn-sentence").inner_text()


def steps(demo):
    """Read how many steps the sentence tells of."""
    found = re.search(r"After ([\d,]+) of", said(demo))
    return int(found[1].replace(",", "")) if found else 0


def wait_for(page, demo, condition):
    """Wait until `condition`, JavaScript on the sentence `s` and the first button's label `b`, holds."""
    page.tab.wait_for_function(
        f"""demo => {{
          const s = demo.querySelector('.cnn-sentence').textContent;
          const b = demo.querySelector('.cnn-controls button').textContent;
          const step = Number((s.match(/After ([\\d,]+) of/) ?? ['', '0'])[1].replace(',', ''));
          return {condition};
        }}""",
        arg=demo,
    )


def test_train_pause_go_on_stop_and_a_second_run(page, demos):
    demo, other = demos
    before = said(demo)
    press(demo, "train")
    wait_for(page, demo, "step > 20 && b === 'pause'")

    press(demo, "pause")
    wait_for(page, demo, "b.includes('train') && s.includes('Paused')")
    page.settle(demo)
    paused = steps(demo)
    page.tab.wait_for_timeout(300)
    assert steps(demo) == paused, "it goes on while it is paused"

    press(demo, "one step")
    wait_for(page, demo, f"step === {paused + 1}")

    press(demo, "train")
    wait_for(page, demo, f"step > {paused + 20}")
    press(demo, "stop")
    wait_for(page, demo, "b.includes('train') && /stopped/i.test(s)")
    page.settle(demo)
    stopped = steps(demo)
    assert stopped > paused + 1

    press(demo, "train")
    wait_for(page, demo, f"step > 0 && step < {stopped}")  # from the beginning, not from where it was
    press(demo, "stop")
    demo.query_selector(".cnn-reset-button").click()
    page.settle(demo)
    assert said(demo) == before
    assert steps(other) == 0, "the other lab took part"
    assert page.problems() == []


def test_controls_answer_while_it_trains_and_a_changed_setting_is_explained(page, demos):
    demo, _ = demos
    press(demo, "train")
    wait_for(page, demo, "step > 5")
    sliders = {
        handle.get_attribute("aria-label"): handle for handle in demo.query_selector_all(".noUi-handle")
    }

    caption = "demo => demo.querySelector('[data-panel=example]')?.innerText"
    seen = demo.evaluate(caption)
    sliders["picture looked into"].focus()
    page.tab.keyboard.press("ArrowRight")
    page.tab.wait_for_function(f"([demo, seen]) => ({caption})(demo) !== seen", arg=[demo, seen])

    sliders["filters"].focus()
    page.tab.keyboard.press("ArrowRight")
    wait_for(page, demo, "/filters/.test(s) && /this (run|training)/i.test(s)")
    assert steps(demo) > 0
    press(demo, "stop")
    page.settle(demo)
    assert page.problems() == []


def test_two_labs_train_at_once(page, demos):
    first, second = demos
    press(first, "train")
    press(second, "train")
    wait_for(page, first, "step > 20")
    wait_for(page, second, "step > 20")
    press(first, "pause")
    wait_for(page, first, "s.includes('Paused')")
    still = steps(second)
    wait_for(page, second, f"step > {still} && b === 'pause'")
    press(second, "stop")
    wait_for(page, second, "/stopped/i.test(s)")
    assert page.problems() == []
