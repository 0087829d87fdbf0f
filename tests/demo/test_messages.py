"""The demo frame, driven by what the page sends: pointing, typing, painting, showing code, reset."""

import numpy as np
import pytest


@pytest.fixture
def send(demo):
    """Send one message as the page does, and insist that it is answered."""
    sent = 0

    def send(type, panel=None, **more):
        nonlocal sent
        sent += 1
        message = {"type": type, "view": "page", "number": sent} | ({"panel": panel} if panel else {}) | more
        try:
            demo.grid._on_message(demo.grid, message, [])
        finally:
            assert demo.grid.answered == ["page", sent]  # else the page waits, and pointing stands still
        return demo

    return send


def test_messages_of_the_page_arrive(demo):
    demo.grid._handle_custom_msg(
        {"type": "point", "panel": "map", "row": 1, "col": 0, "view": "page", "number": 4}, []
    )
    assert (demo.row.value, demo.col.value) == (1, 0)
    assert demo.grid.answered == ["page", 4]
    assert demo.grid.view["answers"] == ["page", 4]  # so that the page can tell an answer to an older message


def test_pointing_sets_both_controls_with_one_redraw(send, toy):
    demo = send("point", "map", row=3, col=2)
    assert (demo.row.value, demo.col.value) == (3, 2)
    assert demo.view.panels[0].cursor == (3, 2)
    assert toy.calls == 2


def test_pointing_beyond_the_panel_stays_inside(send):
    demo = send("point", "map", row=99, col=-4)
    assert (demo.row.value, demo.col.value) == (3, 0)
    assert demo.problem == ""


@pytest.mark.parametrize(("typed", "value"), [("7", 7), ("−2", -2), ("0,5", 0.5), ("1/4", 0.25)])
def test_typing_a_number(send, typed, value):
    demo = send("edit", "kernel", row=1, col=2, text=typed)  # panel row 1 is kernel row 0
    assert demo.kernel.value[0, 1] == value
    assert demo.kernel.value.sum() == pytest.approx(36 - 1 + value)
    assert f"sum {35 + value:g}" in demo.text
    assert demo.problem == ""


def test_whole_numbers_stay_whole_and_a_fraction_makes_fractions(send):
    assert send("edit", "kernel", row=1, col=1, text="-3").kernel.value.dtype.kind == "i"
    assert send("edit", "kernel", row=1, col=1, text="0.5").kernel.value.dtype.kind == "f"


def test_typing_into_bytes_does_not_wrap(demo, send):
    demo.kernel.value = np.full((3, 3), 200, np.uint8)
    send("edit", "kernel", row=1, col=1, text="-1")
    send("edit", "kernel", row=1, col=2, text="300")
    assert demo.kernel.value[0, :2].tolist() == [-1, 300]


@pytest.mark.parametrize(
    ("typed", "why"),
    [("abc", "is not a number"), ("", "is not a number"), ("NaN", "is not a number"), ("1e9", "too large")],
)
def test_typing_what_cannot_be_taken(demo, send, toy, typed, why):
    before, view = demo.kernel.value, demo.grid.view
    send("edit", "kernel", row=1, col=2, text=typed)
    assert why in demo.problem
    assert demo.kernel.value is before
    assert demo.grid.view == view
    assert toy.calls == 1
    send("edit", "kernel", row=1, col=2, text="7")
    assert demo.problem == ""


@pytest.mark.parametrize(("row", "col"), [(0, 0), (0, 2), (4, 2), (2, 4)])
def test_typing_into_padding(demo, send, row, col):
    before = demo.kernel.value
    send("edit", "kernel", row=row, col=col, text="7")
    assert "is a padding pixel; change one of the picture's own" in demo.problem
    assert demo.kernel.value is before


def test_what_is_typed_leaves_older_arrays_alone(demo, send):
    before = demo.kernel.value
    kept = before.copy()
    send("edit", "kernel", row=1, col=1, text="99")
    np.testing.assert_array_equal(before, kept)


def test_painting_and_erasing(send):
    assert send("paint", "drawing", cells=[[0, 1]], erase=False).drawing.value.tolist() == [[0, 1], [0, 0]]
    assert send("paint", "drawing", cells=[[1, 1]], erase=False).drawing.value.tolist() == [[0, 1], [0, 1]]
    assert send("paint", "drawing", cells=[[0, 1]], erase=True).drawing.value.tolist() == [[0, 0], [0, 1]]


def test_code_is_sent_only_while_it_is_open(demo, send):
    assert demo.grid.has_code
    assert demo.grid.code == {}
    send("code", open=True)
    assert demo.grid.code == demo.code
    demo.size.value = 5
    assert demo.grid.code == demo.code
    assert demo.grid.code["NumPy"].startswith("result = [[0, 5")
    send("code", open=False)
    assert demo.grid.code == {}
    assert "NumPy" in demo.code


def test_reset_from_the_page(demo, send):
    send("edit", "kernel", row=1, col=1, text="99")
    send("paint", "drawing", cells=[[0, 0]], erase=False)
    demo.size.value = 7
    send("reset")
    assert demo.kernel.value.tolist() == np.arange(9).reshape(3, 3).tolist()
    assert demo.text == "Size 3, shift 0.5, sum 36, painted 0."
    assert (demo.row.value, demo.col.value) == (2, 1)


def test_bad_values_are_answered_and_told(demo, send, toy):
    demo.size.value = toy.IMPOSSIBLE
    send("point", "map", row=0, col=0)
    assert "does not fit" in demo.problem


def test_faults_are_answered_told_and_raised(demo, send, toy):
    with demo.hold(), demo._quiet():
        demo.size.value = 7
    toy.BROKEN = 7
    with pytest.raises(KeyError):
        send("point", "map", row=0, col=0)
    assert "a fault of its own, KeyError" in demo.problem


@pytest.mark.parametrize(
    ("type", "panel", "more"),
    [
        ("point", "gone", {}),
        ("point", "nothing", {}),
        ("edit", "gone", {"text": "1"}),
        ("edit", "nothing", {"text": "1"}),
        ("paint", "gone", {"erase": False, "cells": [[0, 0]]}),
        ("paint", "nothing", {"erase": False, "cells": [[0, 0]]}),
    ],
)
def test_a_message_to_a_panel_that_has_gone_is_out_of_date(demo, send, type, panel, more):
    """The view can change while a message is on its way."""
    values = {name: np.copy(value) for name, value in demo.values.items()}
    send(type, panel, row=0, col=0, **more)
    assert demo.problem == ""
    for name, value in demo.values.items():
        np.testing.assert_array_equal(value, values[name])


def test_a_locked_picture_cannot_be_changed_by_hand(toy):
    """`lock` holds what is drawn as well as what is a control of ipywidgets."""
    demo = toy.demo(lock=["kernel", "drawing", "row", "col"])
    assert [(panel.edit, panel.paint, panel.point) for panel in demo.view.panels] == [("", "", None)] * 4
    assert [(p["edit"], p["paint"], p["point"]) for p in demo.grid.view["panels"]] == [("", "", "")] * 4
    demo.size.value = 4
    demo.grid._on_message(None, {"type": "edit", "panel": "kernel", "row": 1, "col": 1, "text": "9"}, [])
    demo.grid._on_message(None, {"type": "point", "panel": "map", "row": 0, "col": 0}, [])
    assert demo.kernel.value[0, 0] == 0
    assert demo.row.value == 2
