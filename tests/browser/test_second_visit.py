"""The second visit and a Python that is gone: what was seen stays, and a demo says why nothing moves."""

import json

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

CELLS = (
    "from cnnlib.explore import explore_pooling\nexplore_pooling()",
    "from cnnlib.explore import explore_training\nexplore_training(epochs=30)",
    "from cnnlib.exercises import predict\npredict('03-predict-size')",
)
KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}
SAID = "demo => demo.querySelector('.cnn-away:not([hidden])')?.textContent ?? ''"


@pytest.fixture
def name(lab, tmp_path):
    path = tmp_path / "visits.ipynb"
    cells = [new_code_cell(code) for code in CELLS]
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": KERNEL}), path)
    return lab.server.add(path)


def demos(page):
    page.tab.wait_for_function(f"() => document.querySelectorAll('.cnn-demo').length === {len(CELLS)}")
    return page.tab.query_selector_all(".cnn-demo")


def wait_until_said(page, demo, words):
    page.tab.wait_for_function(f"([demo, words]) => ({SAID})(demo).includes(words)", arg=[demo, words])


def picture(demo):
    return demo.evaluate("demo => [...demo.querySelectorAll('canvas')].map(c => c.toDataURL())")


def try_first_slider(page, demo):
    """Press a key on a slider; return its value before and after."""
    handle = demo.query_selector(".noUi-handle")
    before = handle.get_attribute("aria-valuenow")
    handle.focus()
    page.tab.keyboard.press("ArrowRight")
    page.tab.evaluate("() => new Promise(requestAnimationFrame)")
    return before, handle.get_attribute("aria-valuenow")


def icons(demo):
    """Count what ipywidgets puts before controls without Python."""
    return demo.evaluate(
        """demo => [demo, ...demo.querySelectorAll('.jupyter-widgets-disconnected')]
             .filter(e => getComputedStyle(e, '::before').content !== 'none').length"""
    )


def test_every_visit_shows_what_was_seen(lab, name):
    page = lab.open(name)
    page.run_all()
    first = demos(page)
    seen = [picture(demo) for demo in first]
    first[2].query_selector("input[type=radio]").check()
    first[2].query_selector("button:has-text('commit')").click()
    page.wait_idle()
    verdict = first[2].query_selector(".cnn-sentence").inner_text()
    # The focus is still on the button: a demo keeps the keys of JupyterLab to itself, but not this one.
    page.tab.keyboard.press("ControlOrMeta+s")
    page.tab.wait_for_function("() => !cnn.panel.context.model.dirty")
    page.close()  # ends the kernel
    for _visit in 2, 3:
        page = lab.open(name)
        again = demos(page)
        for demo in again:
            wait_until_said(page, demo, "as it was saved")
            assert icons(demo) == 0
        assert [picture(demo) for demo in again[:2]] == seen[:2]
        assert again[2].query_selector(".cnn-sentence").inner_text() == verdict
        before, after = try_first_slider(page, again[0])
        assert before == after
        # A new kernel that is asked for the widgets of the one before logs that it has none: in no cell.
        assert [told for told in page.problems() if not told.startswith("No such comm: ")] == []
        page.close()  # the save that used to wipe what was saved
    saved = json.loads((lab.server.root / name).read_text())["metadata"]["widgets"]
    assert len(saved["application/vnd.jupyter.widget-state+json"]["state"]) > len(CELLS)


def test_a_restart_is_told_in_place_and_running_the_cell_mends_it(lab, name):
    page = lab.open(name)
    page.run_all()
    pooling, training, _ = demos(page)
    training.query_selector("button:has-text('train')").click()
    left = "demo => demo.querySelector('[data-panel=progress] .cnn-caption').textContent"
    page.tab.wait_for_function(f"demo => ({left})(demo).includes('left')", arg=training)
    page.tab.evaluate("() => cnn.kernel.restart()")
    wait_until_said(page, pooling, "has been restarted")
    wait_until_said(page, training, "has been restarted")
    assert "Python was gone" in training.evaluate(left)
    assert "left" not in training.evaluate(left)

    before, seen = pooling.query_selector(".cnn-sentence").inner_text(), picture(pooling)
    low, high = try_first_slider(page, pooling)
    pooling.query_selector("canvas").hover(position={"x": 90, "y": 90}, force=True)
    pooling.query_selector(".cnn-code-button").click(force=True)  # it says that it is disabled
    page.tab.evaluate("() => new Promise(requestAnimationFrame)")
    assert low == high
    assert picture(pooling) == seen, "half of the demo moved"
    assert pooling.query_selector(".cnn-sentence").inner_text() == before
    assert icons(pooling) == icons(training) == 0

    page.run_all()
    assert [demo.evaluate(SAID) for demo in demos(page)] == [""] * len(CELLS)
    low, high = try_first_slider(page, demos(page)[0])
    assert float(high) == float(low) + 1
    page.close()
