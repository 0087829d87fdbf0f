"""The demo frame, driven as a curious learner or a teacher drives it: by its attributes."""

import subprocess
import sys

import ipywidgets
import numpy as np
import pytest

from cnnlib.demo.frame import Demo
from cnnlib.demo.view import View


def said(sentence):
    """Return a view without a picture."""
    return View(panels=[], sentence=sentence)


def test_a_control_redraws_picture_words_and_numbers(demo, toy):
    before = demo.grid.view
    demo.size.value = 4
    assert demo.text == "Size 4, shift 0.5, sum 36, painted 0."
    assert demo.grid.view["sentence"] == demo.text
    assert demo.grid.view != before
    np.testing.assert_array_equal(demo.output, 4 * np.arange(9).reshape(3, 3))
    assert toy.calls == 2


def test_values_names_and_tab_completion(demo):
    assert list(demo.values) == ["size", "shift", "kernel", "drawing", "best", "row", "col"]
    assert {"size", "go", "reset", "output"} <= set(dir(demo))
    with pytest.raises(AttributeError, match="this demo has no control 'sise'; it has size, shift, kernel"):
        demo.sise  # noqa: B018
    assert not hasattr(demo, "_ipython_canary_method_should_not_exist_")


def test_the_view_gets_no_noise_of_a_slider():
    demo = Demo(
        "?",
        "?",
        {"gain": ipywidgets.FloatSlider(1.0)},
        lambda gain: View(panels=[], sentence=f"It is {gain}."),
    )
    demo.gain.value = 1.1 + 2.2
    assert demo.text == "It is 3.3."
    demo.gain.value = 1e-7
    assert demo.text == "It is 1e-07."


def test_several_controls_are_set_with_one_redraw(demo, toy):
    demo.set(size=5, shift=1.5, kernel=np.ones((3, 3)))
    assert toy.calls == 2
    assert demo.text == "Size 5, shift 1.5, sum 9, painted 0."


def test_holds_within_holds_redraw_once_at_the_end(demo, toy):
    with demo.hold():
        demo.size.value = 4
        with demo.hold():
            demo.size.value = 5
        demo.set(size=6)
        assert toy.calls == 1
        assert demo.text.startswith("Size 3")
    assert toy.calls == 2
    assert demo.text.startswith("Size 6")


def test_an_error_within_a_hold_is_raised_and_the_demo_lives_on(demo):
    def change_and_fail():
        with demo.hold():
            demo.size.value = 4
            raise LookupError("the learner's own")

    with pytest.raises(LookupError, match="the learner's own"):
        change_and_fail()
    assert demo.text.startswith("Size 4")
    demo.size.value = 5
    assert demo.text.startswith("Size 5")


def test_a_misspelt_name_is_told_and_nothing_is_set(demo):
    with pytest.raises(ValueError, match="Toy: no control is called sise; choose from size, shift"):
        demo.set(size=5, sise=4)
    assert demo.size.value == 3


def test_bad_input_leaves_the_last_good_picture_and_says_why(demo, toy):
    demo.size.value = 5
    picture, view, output = demo.picture(), demo.grid.view, demo.output
    demo.size.value = toy.IMPOSSIBLE
    assert demo.problem == demo.grid.problem == "toy: size 8 does not fit; choose a smaller one"
    assert demo.grid.view == view
    assert demo.text.startswith("Size 5")
    assert demo.output is output
    assert demo.view.sentence == demo.text
    assert demo.picture().crop((0, 0, 1536, 300)) == picture.crop((0, 0, 1536, 300))
    demo.size.value = 6
    assert demo.problem == ""
    assert demo.text.startswith("Size 6")


def test_a_fault_of_the_demo_is_shown_and_raised(demo, toy):
    view = demo.grid.view
    with pytest.raises(KeyError, match="a fault in the demo"):
        demo.size.value = toy.BROKEN
    assert demo.problem == "this demo met a fault of its own, KeyError: 'a fault in the demo'"
    assert demo.grid.view == view
    demo.size.value = 2
    assert demo.problem == ""


def test_a_demo_that_cannot_start_says_so_at_once(toy):
    def view(size):
        return toy.view(size=size)

    with pytest.raises(TypeError):
        Demo("Toy", "?", {"size": ipywidgets.IntSlider(3)}, view)


def test_reset_restores_everything_with_what_depends_on_it(demo, toy):
    start = {name: np.copy(value) for name, value in demo.values.items()}
    text, picture = demo.text, demo.picture()
    demo.set(size=1, shift=2.5, kernel=np.ones((2, 2)), drawing=np.ones((2, 2)))
    assert (demo.row.value, demo.row.max) == (1, 1)
    demo.reset()
    assert demo.values.keys() == start.keys()
    for name in start.keys() - {"best"}:
        np.testing.assert_array_equal(demo.values[name], start[name], err_msg=name)
    assert demo.text == text
    assert demo.problem == ""
    assert demo.picture() == picture


def test_reset_also_leaves_a_problem_behind(demo, toy):
    demo.size.value = toy.IMPOSSIBLE
    demo.reset()
    assert demo.problem == ""
    assert demo.size.value == 3


def test_an_array_given_to_a_control_is_copied(demo):
    mine = np.ones((3, 3))
    demo.kernel.value = mine
    mine[:] = 7
    assert demo.kernel.value.sum() == 9
    demo.shift.value = 1
    assert "sum 9" in demo.text


@pytest.mark.parametrize("name", ["kernel", "drawing"])
def test_an_array_taken_from_a_control_cannot_spoil_the_demo(demo, name):
    """Writing into it would change the picture's numbers without a redraw, and what reset goes back to."""
    with pytest.raises(ValueError, match="read-only"):
        getattr(demo, name).value[0, 0] = 99
    with pytest.raises(ValueError, match="read-only"):
        demo.values[name][0, 0] = 99


def test_a_result_that_is_written_into_spoils_nothing(demo):
    demo.output[:] = 99
    demo.shift.value = 2
    np.testing.assert_array_equal(demo.output, 3 * np.arange(9).reshape(3, 3))


def test_two_demos_share_nothing(toy):
    one, other = toy.demo(), toy.demo()
    kept = {name: np.copy(value) for name, value in other.values.items()}
    text, view = other.text, other.grid.view
    one.set(size=7, shift=3.5, kernel=np.ones((3, 3)), row=0)
    one.grid._on_message(one.grid, {"type": "code", "open": True, "number": 1}, [])
    one.size.value = toy.IMPOSSIBLE
    assert other.text == text
    assert other.grid.view == view
    assert other.grid.code == {}
    assert other.problem == ""
    for name, value in other.values.items():
        np.testing.assert_array_equal(value, kept[name])


def shown(demo):
    return set(demo.bar.children)


def test_hidden_controls_work_but_are_not_shown(toy):
    demo = toy.demo(hide=["shift", "row"])
    assert shown(demo) == {demo.size, demo.col, demo.go}
    demo.shift.value = 2.5
    assert "shift 2.5" in demo.text


@pytest.mark.parametrize("argument", ["hide", "lock"])
def test_cells_that_are_hidden_or_locked_are_only_looked_at(toy, argument):
    free = toy.demo()
    demo = toy.demo(**{argument: ["kernel", "drawing"]})
    assert any(panel.edit for panel in free.view.panels)
    assert not any(panel.edit or panel.paint for panel in demo.view.panels)
    assert any(panel.point for panel in free.view.panels) == any(panel.point for panel in demo.view.panels)


def test_one_name_may_stand_alone(toy):
    assert toy.demo(hide="size").size not in shown(toy.demo(hide="size"))
    assert toy.demo(lock="size").size.disabled


def test_locked_controls_are_shown_and_cannot_be_moved_by_hand(toy):
    demo = toy.demo(lock=["size", "go"])
    assert {demo.size, demo.go} <= shown(demo)
    assert demo.size.disabled
    assert demo.go.disabled
    assert not demo.shift.disabled


@pytest.mark.parametrize("argument", ["hide", "lock"])
def test_an_unknown_name_is_told(toy, argument):
    with pytest.raises(ValueError, match="Toy: no control is called sise; choose from size, shift, kernel"):
        toy.demo(**{argument: ["sise", "size"]})


def test_a_row_without_controls_takes_no_room(toy):
    demo = toy.demo(hide=["size", "shift", "row", "col", "go"])
    assert demo.bar.layout.display == "none"


def test_no_demo_needs_a_code(toy):
    demo = Demo(
        "Plain",
        "?",
        {"size": ipywidgets.IntSlider(3)},
        lambda size: View(panels=[], sentence=f"It is {size}."),
    )
    assert demo.code == {}
    assert not demo.grid.has_code
    assert demo.output is None


def test_pyplot_is_never_loaded():
    """It keeps state that callbacks from a second thread corrupt."""
    code = (
        "import sys; from cnnlib.explore import *; demo = explore_filters(); demo.gain.value = 2; "
        "demo.picture(); explore_convolution(); sys.exit('matplotlib.pyplot' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_collector_does_not_look_through_what_a_demo_imports():
    """In the middle of a drag that would take up to 0.1 s."""
    code = (
        "import gc, sys; from cnnlib.explore import explore_units; import matplotlib; "
        "sys.exit(any(found is vars(matplotlib) for found in gc.get_objects()))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
