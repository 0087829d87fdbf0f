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
LOGGED = "No such comm: ", "No such comm target registered: jupyter.widget.control"
SAID = "demo => demo.querySelector('.cnn-away:not([hidden])')?.textContent ?? ''"


def write_visits(lab, path):
    """Serve a notebook of three demos; return its name."""
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


def test_every_visit_shows_what_was_seen(lab, tmp_path):
    name = write_visits(lab, tmp_path / "visits.ipynb")
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
        # A new kernel that is asked for the widgets of the one before logs that it has none, or no
        # such kind before ipywidgets is imported: in no cell.
        assert [told for told in page.problems() if not told.startswith(LOGGED)] == []
        page.close()  # the save that used to wipe what was saved
    saved = json.loads((lab.server.root / name).read_text())["metadata"]["widgets"]
    assert len(saved["application/vnd.jupyter.widget-state+json"]["state"]) > len(CELLS)


def use_every_control(page, demo):
    """Try each kind of control by key and by pointer; return what the demo shows then."""
    for kind, key in (".noUi-handle", "ArrowRight"), ("select", "ArrowDown"), (".cnn-grid", "ArrowRight"):
        for control in demo.query_selector_all(kind)[:1]:
            control.focus()
            page.tab.keyboard.press(key)
    pressed = ".cnn-controls .jupyter-button:enabled:not(.mod-active)"
    for kind in "canvas", pressed, ".cnn-code-button", ".cnn-reset-button", "input[type=radio]":
        for control in [one for one in demo.query_selector_all(kind) if one.is_visible()][:1]:
            control.click(force=True)  # it says that it is disabled
    page.tab.evaluate("() => document.activeElement.blur()")  # and with it its frame
    page.tab.evaluate("() => new Promise(requestAnimationFrame)")
    return page.state(demo)


def works(page, demo):
    """Move the first slider: a demo that works says something else then."""
    before = demo.query_selector(".cnn-sentence").inner_text()
    low, high = try_first_slider(page, demo)
    page.wait_idle()
    return float(high) == float(low) + 1 and demo.query_selector(".cnn-sentence").inner_text() != before


@pytest.fixture(scope="module")
def visit(lab, tmp_path_factory):
    """One page for all that can happen to its Python; each test leaves it alive."""
    page = lab.open(write_visits(lab, tmp_path_factory.mktemp("visit") / "visit.ipynb"))
    page.run_all()
    yield page
    page.close()


def test_a_lost_connection_is_told_and_once_it_is_back_the_demo_goes_on(lab, visit):
    pooling = demos(visit)[0]
    with lab.server.frozen():
        try_first_slider(visit, pooling)  # nobody can know yet
        wait_until_said(visit, pooling, "No connection to Python")
        still = visit.state(pooling)
        assert use_every_control(visit, pooling) == still
    visit.tab.wait_for_function(f"demo => !({SAID})(demo)", arg=pooling)
    visit.wait_idle()
    assert "rows 0 to 2" in pooling.query_selector(".cnn-sentence").inner_text()  # what was set before
    assert works(visit, pooling)


def test_a_message_lost_with_the_connection_blocks_no_control(visit):
    pooling = demos(visit)[0]
    pooling.query_selector(".cnn-reset-button").click()
    visit.wait_idle()
    visit.tab.evaluate("() => (cnn.kernel._ws.send = () => {})")
    try_first_slider(visit, pooling)
    visit.tab.evaluate("async () => { cnn.unanswered.clear(); await cnn.kernel.reconnect(); }")
    two = "demo => demo.querySelector('.noUi-handle').ariaValueNow == 2"
    visit.tab.wait_for_function(two, arg=pooling)  # where Python is, which has not heard of it
    assert works(visit, pooling)


def test_a_kernel_that_the_server_ended_is_told_and_nothing_moves(lab, visit):
    all_three = demos(visit)
    still = [visit.state(demo) for demo in all_three]
    lab.server.end_kernel(visit.tab.evaluate("() => cnn.kernel.id"))
    for demo in all_three:
        wait_until_said(visit, demo, "No Python answers")
    assert [use_every_control(visit, demo) for demo in all_three] == still
    visit.tab.evaluate("() => jupyterapp.commands.execute('kernelmenu:restart')")
    visit.attach()
    visit.run_all()
    assert works(visit, demos(visit)[0])


def test_a_restart_is_told_in_place_and_running_the_cell_mends_it(visit):
    page = visit
    pooling, training, _ = demos(page)
    training.query_selector("button:has-text('train')").click()
    left = "demo => demo.querySelector('[data-panel=progress] .cnn-caption').textContent"
    page.tab.wait_for_function(f"demo => ({left})(demo).includes('left')", arg=training)
    page.tab.evaluate("() => cnn.kernel.restart()")
    wait_until_said(page, pooling, "has been restarted")
    wait_until_said(page, training, "has been restarted")
    assert "Python was gone" in training.evaluate(left)
    assert "left" not in training.evaluate(left)

    still = page.state(pooling)
    assert use_every_control(page, pooling) == still
    assert icons(pooling) == icons(training) == 0

    page.run_all()
    assert [demo.evaluate(SAID) for demo in demos(page)] == [""] * len(CELLS)
    assert works(page, demos(page)[0])
