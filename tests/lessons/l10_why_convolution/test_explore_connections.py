"""Lesson 10: what the demos of connections show is what the layers are."""

from itertools import combinations

import numpy as np
import pytest

from cnnlib.connections import KINDS, connection_matrix
from cnnlib.demo.view import DIMMED, LIT
from cnnlib.explore import explore_connections, explore_stack
from cnnlib.lessons.l10_why_convolution.connections import HERE, NONE, OWN, SHARES


def panel(demo, name):
    (found,) = (panel for panel in demo.view.panels if panel.id == name)
    return found


def colours(shown):
    rows, cols = shown.colors.shape[:2]
    return [tuple(color) for color in shown.colors.reshape(rows * cols, -1).tolist()]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("size", "kernel"), [(4, 2), (5, 3), (6, 3)])
def test_one_weight_one_colour(kind, size, kernel):
    demo = explore_connections(kind, size=size, kernel=kernel)
    matrix = connection_matrix(kind, size, kernel)
    np.testing.assert_array_equal(demo.output, matrix)
    shown = {}
    for number, colour in zip(matrix.ravel().tolist(), colours(panel(demo, "matrix")), strict=True):
        assert shown.setdefault(number, colour) == colour
    none = {shown.pop(-1)} if -1 in shown else set()
    assert none.isdisjoint(shown.values())
    if kind == "convolution":
        assert len(set(shown.values())) == len(shown) == kernel**2
    else:  # only those of the output pointed at differ from the others
        here = {
            shown.pop(number) for number in matrix[panel(demo, "matrix").cursor[0]].tolist() if number >= 0
        }
        assert len(here) == len(set(shown.values())) == 1
        assert here.isdisjoint(shown.values())


def test_the_colours_of_shared_weights_are_told_apart_and_numbers_read_on_them():
    far = [np.abs(np.subtract(a, b)).sum() for a, b in combinations([*SHARES, NONE], 2)]
    assert min(far) >= 60  # of red, green and blue together
    for red, green, blue in [*SHARES, HERE, NONE, OWN]:
        linear = [
            (v / 255 / 12.92 if v <= 10 else ((v / 255 + 0.055) / 1.055) ** 2.4) for v in (red, green, blue)
        ]
        assert (0.05 + np.dot((0.2126, 0.7152, 0.0722), linear)) / 0.05 >= 4.5  # black on it


def test_the_numbers_in_the_cells_are_the_weights():
    demo = explore_connections("locally connected")
    labels = [int(text or -1) for text in panel(demo, "matrix").labels]
    assert labels == demo.output.ravel().tolist()


def test_pointing_lights_up_every_use_of_a_weight():
    demo = explore_connections("convolution")
    demo.set(at=(0, 6))
    assert "through weight 4, which is used 9 times" in demo.text
    lit = panel(demo, "matrix").marks == LIT
    np.testing.assert_array_equal(lit, demo.output == 4)
    demo.kind.value = "locally connected"
    assert "through weight 4, one of 9 that are its own" in demo.text
    assert panel(demo, "matrix").marks is None
    demo.kind.value = "dense"
    assert "through weight 6, one of 25 that are its own" in demo.text
    assert "225 connections, 225 weights" in demo.text


def test_what_is_not_seen_is_said_and_dimmed():
    demo = explore_connections("convolution")
    demo.set(at=(0, 24))
    assert "does not see pixel 24" in demo.text
    dimmed = panel(demo, "picture").marks.ravel() == DIMMED
    np.testing.assert_array_equal(dimmed, demo.output[0] < 0)
    assert panel(demo, "matrix").marks is None


def test_an_output_can_be_pointed_at_in_the_map():
    demo = explore_connections("convolution")
    demo.set(found=(2, 0))
    assert panel(demo, "matrix").cursor == (6, 12)
    assert "Output 6 sees pixel 12 through weight 2" in demo.text
    demo.set(at=(1, 12))
    assert panel(demo, "map").cursor == (0, 1)
    demo.set(found=(2, 0))  # the same place as before: the map went on with the matrix
    assert panel(demo, "map").cursor == (2, 0)


def test_a_smaller_picture_keeps_what_is_pointed_at_inside():
    demo = explore_connections("dense", size=6, kernel=2)
    demo.set(at=(24, 35))
    demo.size.value = 4
    assert panel(demo, "matrix").cursor == (8, 15)
    assert demo.problem == ""


def test_the_sum_is_the_row_of_the_matrix():
    demo = explore_connections("convolution")
    said = "".join(text for text, _ in demo.view.arithmetic)
    assert said.startswith("y4 = w0·p6 + w1·p7 + w2·p8 + w3·p11 + w4·p12")


@pytest.mark.parametrize(("layers", "field"), [(1, 5), (2, 6), (3, 14), (4, 16)])
def test_the_stack_traces_a_unit_back_to_its_pixels(layers, field):
    demo = explore_stack("LeNet", hide=["stack", "size", "layers"])
    demo.count.value = layers
    (window,) = (window for window in demo.view.windows if window.on == "picture")
    assert window.taps == (field, field)
    assert f"sees {field} × {field} pixels" in demo.text
