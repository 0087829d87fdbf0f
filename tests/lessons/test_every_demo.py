"""What every demo owes, found by itself: a demo added to `cnnlib.explore` is tested without another word."""

import doctest
import importlib.util
import inspect
import re
import subprocess
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path

import drive
import ipywidgets
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cnnlib import explore, lessons
from cnnlib.demo.controls import Cells
from cnnlib.demo.frame import Demo
from cnnlib.demo.lab import Lab

DEMOS = {name: getattr(explore, name) for name in explore.__all__ if name.startswith("explore_")}
TORCH = importlib.util.find_spec("torch") is not None
every_demo = pytest.mark.parametrize("name", DEMOS)


@cache
def fresh(name):
    """Return a demo that is only looked at: it stays as it begins."""
    return DEMOS[name]()


def check(demo, move):
    """Insist on all that a demo owes; `move` says what was done before."""
    faults = drive.owes(demo)
    for language, text in demo.code.items():
        if language != "PyTorch" or TORCH:
            found = drive.result_of(text)
            # PyTorch trains in float32, too, but adds up in another order.
            near = 1e-4 if language == "PyTorch" and isinstance(demo, Lab) else 1e-9
            if not np.allclose(found, demo.output, rtol=near, atol=near):
                faults.append(f"the {language} text gives other numbers:\n{text}")
    assert not faults, f"after {move}: " + "; ".join(faults)


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    """The code of an uploaded picture opens it by name: it lies in the folder of the notebook."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "learner.png").write_bytes(drive.png(np.arange(600).reshape(20, 30) % 256))


def test_all_demos_are_found():
    assert {"explore_start", "explore_convolution", "explore_filters"} <= set(DEMOS)
    assert set(explore.__all__) == set(DEMOS) <= set(dir(explore))


def test_showing_one_demo_imports_no_other_lesson_and_no_matplotlib():
    code = """
import sys
from cnnlib.explore import explore_pixels
explore_pixels()
print(*(name for name in sys.modules if name.startswith("cnnlib.lessons.") and name.count(".") == 3))
assert "matplotlib" not in sys.modules
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    room = "cnnlib.lessons.l02_pixels_channels_bytes."
    assert run.stdout.split() == [room + "photos", room + "pixels"]


def test_an_unknown_demo_is_told():
    with pytest.raises(ImportError, match="explore_poling"):
        exec("from cnnlib.explore import explore_poling")
    with pytest.raises(AttributeError, match="no demo 'explore_poling'; there are explore_act"):
        explore.explore_poling  # noqa: B018


def test_an_old_name_still_finds_its_demo():
    assert explore.explore_filter is explore.explore_one_filter
    assert "explore_filter" not in [*explore.__all__, *dir(explore)]


@every_demo
def test_it_starts_well(name):
    demo = fresh(name)
    assert isinstance(demo, Demo)
    assert demo.problem == ""
    assert demo.output is not None
    assert demo.grid.title
    assert demo.grid.question.endswith("?")
    check(demo, "nothing")


@every_demo
def test_every_move_alone_and_back(name, monkeypatch):
    """Each move gives what a demo owes, is drawn once, and spoils nothing but its own; reset undoes it."""
    demo = DEMOS[name]()
    start, text = {n: np.copy(v) for n, v in demo.values.items()}, demo.text
    other = DEMOS[name]()
    first = other.grid.view
    drawn, show = [], demo.grid.show
    monkeypatch.setattr(demo.grid, "show", lambda view: (drawn.append(view.sentence), show(view)))
    plays = {
        f"press {n}" for n, control in demo._controls.items() if n == "play" or control is demo._work.play
    }
    visible = {n for n, c in demo._controls.items() if isinstance(c, ipywidgets.Widget | Cells)}
    for move, act in list(drive.moves(demo)):
        drawn.clear()
        act()
        # A choice that brings other settings with it shows all of them at once, and no mixture before.
        assert len(drawn) <= (4 if move in plays else 1), f"{move}: {drawn}"
        check(demo, move)
        write_into_arrays(demo)
        demo.reset()
        assert demo.text == text, f"reset after {move}"
        assert demo.problem == "", f"reset after {move}"
        for n in visible & start.keys():
            np.testing.assert_array_equal(np.copy(demo.values[n]), start[n], f"{n}, reset after {move}")
    assert (other.text, other.grid.view) == (text, first), "a move changed a demo beside it"
    assert DEMOS[name]().grid.view == first, "a move, or what a learner writes, changed another demo"


def write_into_arrays(demo):
    """Arrays of a demo are read-only or its own: no preset, kernel or picture of the course is spoiled."""
    for array in [demo.output, *demo.values.values()]:
        if isinstance(array, np.ndarray) and array.flags.writeable:
            array[...] = 99


@every_demo
@settings(max_examples=5)
@given(data=st.data())
def test_any_settings(name, data):
    demo = DEMOS[name]()
    chosen = {n: data.draw(st.sampled_from(drive.choices(c)), n) for n, c in drive.ranges(demo).items()}
    if chosen:
        demo.set(**chosen)
        check(demo, chosen)


@every_demo
@settings(max_examples=3)
@given(data=st.data())
def test_any_few_moves_in_any_order(name, data):
    demo = DEMOS[name]()
    possible = list(drive.moves(demo))
    if not possible:
        return
    chosen = data.draw(st.lists(st.integers(0, len(possible) - 1), min_size=1, max_size=6))
    for index in chosen:
        possible[index][1]()
        check(demo, [possible[i][0] for i in chosen])
    assert demo.picture(live=True).width == 768  # for a program without widgets


@every_demo
def test_no_control_hides_behind_a_part_of_the_frame(name):
    demo = fresh(name)
    for control_name, control in demo._controls.items():
        assert getattr(demo, control_name) is control, f"demo.{control_name} is something else"


@every_demo
def test_every_pointer_and_every_editor_sets_a_control(name):
    demo = DEMOS[name]()
    for panel in demo.view.panels:
        set_by = [*panel.linked("point"), panel.edit, panel.paint]
        assert {n for n in set_by if n} <= set(demo._controls)
        if panel.point:
            for row, col in drive.places(panel):
                message = {"type": "point", "panel": panel.id, "row": row, "col": col, "number": 1}
                demo.grid._on_message(demo.grid, message, [])
                (shown,) = (p for p in demo.view.panels if p.id == panel.id)
                assert shown.cursor == (row, col)
                check(demo, message)


@every_demo
def test_teachers_can_hide_and_lock(name):
    controls = list(fresh(name)._controls)
    demo = DEMOS[name](hide=controls)
    assert demo.bar.children == ()
    assert not any(panel.edit or panel.paint for panel in demo.view.panels)
    check(demo, "hide")
    for control in controls[-1:]:  # one name may stand alone
        demo = DEMOS[name](hide=control, lock=control)
        assert getattr(demo, control) not in demo.bar.children
    demo = DEMOS[name](lock=controls)
    assert not any(panel.edit or panel.paint or panel.point for panel in demo.view.panels)
    assert all(child.disabled for child in demo.bar.children)
    for argument in ("hide", "lock"):
        with pytest.raises(ValueError, match="no control is called nosuch; choose from"):
            DEMOS[name](**{argument: ["nosuch"]})


@every_demo
def test_each_control_has_a_label_and_a_place_for_it(name):
    for control in fresh(name).bar.children:
        assert control.description.strip()
        if not isinstance(control, ipywidgets.Button | ipywidgets.FileUpload | ipywidgets.Checkbox):
            assert control.style.description_width == "initial"


@every_demo
def test_the_call_explains_itself(name):
    function = DEMOS[name]
    text = inspect.getdoc(function)
    assert text.splitlines()[0].endswith((".", "?"))
    assert "\nReturns\n" in text
    assert ">>> " in text
    given_names = inspect.signature(function).parameters
    assert {"hide", "lock"} <= set(given_names)
    for parameter in given_names:
        assert parameter in text


def test_a_demo_is_one_file_in_a_room(tmp_path, monkeypatch):
    """The example of CONTRIBUTING.md, in a room of its own, is found and owes what every demo owes."""
    text = (Path(__file__).parents[2] / "CONTRIBUTING.md").read_text("utf-8")
    (code,) = (code for code in re.findall(r"```python\n(.*?)```", text, re.DOTALL) if "@demo" in code)
    (tmp_path / "l99_an_example").mkdir()
    (tmp_path / "l99_an_example/mean.py").write_text(code, "utf-8")
    monkeypatch.setattr(lessons, "__path__", [str(tmp_path)])
    found = importlib.util.module_from_spec(explore.__spec__)
    explore.__spec__.loader.exec_module(found)
    assert found.__all__ == ["explore_mean"]
    monkeypatch.setitem(DEMOS, "explore_mean", found.explore_mean)
    test_every_move_alone_and_back("explore_mean", monkeypatch)
    for owed in (
        test_it_starts_well,
        test_every_pointer_and_every_editor_sets_a_control,
        test_teachers_can_hide_and_lock,
        test_the_call_explains_itself,
    ):
        owed("explore_mean")
    assert doctest.testmod(sys.modules[found.explore_mean.__module__]) == (0, 1)


def test_a_text_that_gives_other_numbers_is_seen():
    demo = explore.explore_shift()
    texts = demo.code
    demo._last = replace(demo.view, code=lambda: {"NumPy": texts["NumPy"] + " + 1"})
    with pytest.raises(AssertionError, match="other numbers"):
        check(demo, "nothing")


@pytest.mark.parametrize("text", ["", "no stop", "From -3 to 3.", "It is nan.", "It is None.", "A  gap."])
def test_a_bad_sentence_is_seen(text):
    assert drive.words(text)


@pytest.mark.parametrize("text", ["A dominant −3.", "It is 0.5."])
def test_a_good_sentence_passes(text):
    assert drive.words(text) == []
