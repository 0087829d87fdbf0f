"""Certainty while one draws: the history grows with ink, goes back with it, and its sentence counts right."""

import asyncio
import re

import drive
import numpy as np
import pytest

from cnnlib import softmax
from cnnlib.demo.axes import figure_of
from cnnlib.explore import explore_certainty, explore_network
from cnnlib.nn import centre_digit, pretrained_lenet


def paint(demo, cells, erase=False):
    message = {"type": "paint", "panel": "canvas", "cells": cells, "erase": erase, "number": 1}
    demo.grid._on_message(demo.grid, message, [])


def shares(demo):
    return softmax(pretrained_lenet()(centre_digit(demo.drawing.value)[None, None]))[0]


@pytest.fixture(scope="module")
def eight():
    """Return the certainties after each step of the pen."""
    demo = explore_certainty("8")
    found = []
    for step in range(demo.step.max + 1):
        demo.step.value = step
        found.append(demo.output)
    return np.array(found)


def test_a_step_shows_what_is_drawn_and_its_certainty():
    demo = explore_certainty("5")
    ink = []
    for step in (0, 7, demo.step.max):
        demo.step.value = step
        np.testing.assert_allclose(demo.output, shares(demo), atol=1e-5)
        ink.append(demo.drawing.value.sum())
    assert ink[0] == 0 < ink[1] < ink[2]
    assert demo.text.startswith("The network sees a 5: over 99 % certain")
    demo.step.value = 0
    assert demo.text == "Nothing is drawn: from its biases alone it would say 1, 74 % certain."


def test_changes_of_mind_and_the_largest_jump(eight):
    demo = explore_certainty("8")
    first = eight.argmax(axis=1)
    seen = [str(digit) for digit in first[np.flatnonzero(np.diff(first, prepend=-1))]]
    assert seen == ["1", "0", "6", "0", "9", "8"]
    assert "changed its mind five times: from 1 to 0, 6, 0, 9 and 8." in demo.text
    digit, before, after, ink = re.search(
        r"jump: (\d) from (\d+) % to (\d+) %, with (\d+) cells", demo.text
    ).groups()
    step = int(np.abs(np.diff(eight, axis=0)).max(axis=1).argmax())
    assert [int(before), int(after)] == np.round(100 * eight[step : step + 2, int(digit)]).tolist()
    demo.step.value = step + 1
    assert demo.drawing.value.sum() == pytest.approx(float(ink), abs=0.5)


def test_half_an_eight_is_surely_a_zero(eight):
    demo = explore_certainty("8")
    demo.step.value = 24
    assert not demo.drawing.value[14:].any()  # the upper loop is closed, nothing else is drawn
    assert eight[24, 0] > 0.99
    assert eight[24, 8] < 0.001
    whole = explore_certainty("8").drawing.value.sum()
    demo.step.value = 43
    assert demo.drawing.value.sum() / whole == pytest.approx(0.94, abs=0.005)
    assert eight[43].argmax() == 9
    assert eight[43, 9] == pytest.approx(0.92, abs=0.006)
    assert eight[44, 8] == pytest.approx(0.99, abs=0.005)


@pytest.mark.parametrize("digit", ["0", "2", "3", "4", "4 that is open", "6", "7", "7 with a bar", "9"])
def test_a_whole_digit_is_read(digit):
    demo = explore_certainty(digit)
    assert demo.output.argmax() == int(digit[0])
    assert demo.output.max() > 0.95


def test_the_learners_own_strokes_are_appended():
    demo = explore_certainty(None)
    assert demo.text.startswith("Nothing is drawn")
    for row in range(4, 16):
        paint(demo, [[row, 11]])
    assert (demo.step.value, demo.step.max) == (12, 12)
    np.testing.assert_allclose(demo.output, shares(demo), atol=1e-5)
    assert demo.text.startswith("The network sees a 1: ")
    after_five = explore_certainty(None)
    for row in range(4, 9):
        paint(after_five, [[row, 11]])
    demo.step.value = 5
    np.testing.assert_array_equal(demo.drawing.value, after_five.drawing.value)
    paint(demo, [[8, 12]])  # goes on from there: what came later is gone
    assert (demo.step.value, demo.step.max) == (6, 6)


def test_own_strokes_on_a_digit_that_was_drawn():
    demo = explore_certainty("7")
    steps = demo.step.max
    paint(demo, [[20, 20]])
    assert (demo.digit.value, demo.step.value) == ("my own", steps + 1)
    demo.digit.value = "7"
    assert demo.text == explore_certainty("7").text
    assert demo.step.max == steps


def test_erasing_goes_back_to_less_ink():
    demo = explore_certainty(None)
    for row in range(4, 10):
        paint(demo, [[row, 11]])
    paint(demo, [[9, 11]], erase=True)
    assert demo.drawing.value[9, 11] == 0
    inks = [sum(int(c) for c in text if c.isdigit()) for text in demo.history.value]
    assert inks == sorted(set(inks))
    demo.clear.click()
    assert demo.text.startswith("Nothing is drawn")
    assert demo.history.value == explore_certainty(None).history.value
    demo.step.value = 1  # a slider has two ends, also where there is but one step
    assert demo.step.value == 0


def test_the_pen_draws_to_the_end_and_begins_anew():
    demo = explore_certainty("1")
    demo._work._wait = lambda: 0.001
    seen = []
    demo.step.observe(lambda change: seen.append(change.new), "value")

    async def scene():
        demo.play.click()
        await demo.finished()

    asyncio.run(scene())
    assert seen == list(range(demo.step.max + 1))
    drive.press(demo.clear)
    asyncio.run(scene())  # nothing to draw
    assert demo.problem == ""


def test_the_curves_are_those_of_the_steps_so_far(eight):
    demo = explore_certainty("8")
    demo.step.value = 20
    panel = next(panel for panel in demo.view.panels if panel.id == "certainty")
    assert panel.alt.startswith("leading over the ink: 1 from 0 cells on, up to 74 %; 0 from 6 cells on")
    assert "9 from" not in panel.alt
    curves, thick, dot = figure_of(panel.draw, (714, 190)).axes[0].lines
    for digit, curve in enumerate(np.split(curves.get_ydata(), 10)):
        np.testing.assert_allclose(curve[:-1], 100 * eight[:21, digit])
    highest = thick.get_ydata()
    highest = highest[np.isfinite(highest)]
    np.testing.assert_allclose(highest, 100 * eight[1:21].max(axis=1))  # the 1 leads at one point: no line
    (pieces,) = re.findall(r'd="([^"]*)" style="[^"]*stroke-width: 3[;"]', panel.svg)
    assert pieces.count("M") == 3  # 0, 6 and 0 lead after it
    np.testing.assert_allclose(dot.get_ydata(), 100 * eight[20].max())


def test_the_same_canvas_gets_the_same_answer_as_in_the_network_view():
    demo, network = explore_certainty("3"), explore_network(None)
    network.set(drawing=demo.drawing.value)
    np.testing.assert_allclose(network.output[3], demo.output[3], atol=0.01)


def test_an_unknown_digit_is_refused():
    with pytest.raises(ValueError, match="digit: '10' is unknown; choose from 0, 1, 1 with a flag"):
        explore_certainty("10")
