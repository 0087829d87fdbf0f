"""The network view: what is written out is what the layers compute, and what lights up is what counts."""

import itertools
import re

import numpy as np
import pytest

from cnnlib.explore import explore_network
from cnnlib.lessons.l12_inside_a_trained_network.canvas import EDGE, SIDE, canvas_text, softened
from cnnlib.lessons.l12_inside_a_trained_network.lenet_digit import certainty_bars
from cnnlib.lessons.l12_inside_a_trained_network.network_units import (
    NAMES,
    STAGES,
    Answers,
    field,
    place_of,
    sheet_shape,
    unit,
    unit_at,
)
from cnnlib.nn import centre_digit, digits, lenet, pretrained_lenet

TEST = digits().test
SEVEN = [[(4, 6), (4, 17)], [(4, 17), (19, 10)]]  # strokes from cell to cell
LAYERS = [name for name in NAMES if name != "softmax"]


def written(demo):
    return "".join(text for text, _ in demo.view.arithmetic)


def numbers(text):
    return [float(n.replace("−", "-")) for n in re.findall(r"−?\d+(?:\.\d+)?(?:e[−-]?\d+)?", text)]


def read(demo):
    """Return what is read: the canvas, or the test digit itself, which the canvas shows in ninths."""
    digit = TEST.images[demo.digit.value, 0]
    ninths = np.round(9 * centre_digit(digit).astype(float)[4:-4, 4:-4]) / 9
    return digit if np.array_equal(demo.drawing.value, ninths) else demo.drawing.value


def paint(demo, cells, erase=False):
    message = {"type": "paint", "panel": "canvas", "cells": cells, "erase": erase, "number": 1}
    demo.grid._on_message(demo.grid, message, [])


def draw(demo, strokes):
    for (r0, c0), (r1, c1) in strokes:
        ends = np.linspace((r0, c0), (r1, c1), max(abs(r1 - r0), abs(c1 - c0)) + 1)
        paint(demo, np.round(ends).astype(int).tolist())


def point(demo, name, at):
    answers = Answers(read(demo))
    side = answers.out(name).shape[-1]
    row, col = place_of(name, at, side)
    message = {"type": "point", "panel": name, "row": row, "col": col, "number": 1}
    demo.grid._on_message(demo.grid, message, [])


def lit(demo, on):
    """Return the outlines on a panel: (row, col, rows, cols)."""
    (of,) = {window.of for window in demo.view.windows}
    (cursor,) = (panel.cursor for panel in demo.view.panels if panel.id == of)
    return [box for w in demo.view.windows if w.on == on for box in w.rectangles(*cursor)]


@pytest.fixture(scope="module")
def answers():
    return Answers(np.round(9 * np.random.default_rng(0).random((SIDE, SIDE))) / 9)


def some_units(out, seed=1):
    rng = np.random.default_rng(seed)
    corners = itertools.product(*({0, n - 1} for n in out.shape))
    return [*corners, *(tuple(int(rng.integers(n)) for n in out.shape) for _ in range(10))]


@pytest.mark.parametrize("name", LAYERS)
def test_a_units_numbers_make_its_answer(name, answers):
    out = answers.out(name)
    for at in some_units(out):
        one = unit(answers, name, at)
        if one.weights is None:
            total = one.inputs.max()
        else:
            total = sum(float(a) * float(b) for a, b in zip(one.inputs.flat, one.weights.flat, strict=True))
            total += one.bias
        assert one.total == pytest.approx(total, rel=1e-9, abs=1e-9)
        bent = total if name in ("scores", "pool 1", "pool 2") else max(0, total)
        assert one.answer == pytest.approx(bent, rel=1e-9, abs=1e-9) == out[at]


def test_the_answers_are_those_of_the_model(answers):
    outputs = pretrained_lenet().astype(float).activations(answers.picture[None, None])
    for name, index in zip(LAYERS, (1, 2, 4, 5, 8, 10, 11), strict=True):
        np.testing.assert_array_equal(answers.out(name), outputs[index][0])
    assert answers.out("softmax").sum() == pytest.approx(1)


@pytest.mark.parametrize("name", LAYERS)
def test_the_whole_sum_is_written_and_comes_out(name):
    demo = explore_network(layer=name, depth="arithmetic")
    demo.whole.value = True
    one = unit(Answers(read(demo)), name, unit_at(name, *demo.at.value, _out(demo, name)))
    terms, _, last = written(demo).partition("\n")
    assert "more products" not in terms
    if one.weights is None:
        four, answer = terms.split(" = ")
        assert [max(numbers(four)), numbers(answer)[0]] == pytest.approx([one.answer] * 2, rel=1e-2)
        return
    bias, rest = last.split(" (its bias) = ")
    pairs = [numbers(term) for term in terms.split(" + ")]
    assert len(pairs) == one.inputs.size
    found = sum(a * b for a, b in pairs) + numbers(bias)[0]
    assert found == pytest.approx(one.total, abs=0.02)
    total, end = rest.split("; ")
    assert numbers(total)[0] == pytest.approx(one.total, rel=1e-2)
    if name == "scores":
        assert end == "no ReLU: a score may be negative"
    else:
        assert numbers(end.split(" = ")[1])[0] == pytest.approx(one.answer, rel=1e-2)


def _out(demo, name):
    return Answers(read(demo)).out(name)


def test_a_long_sum_is_short_until_it_is_asked_for():
    demo = explore_network(layer="dense 1")
    assert written(demo).count("·") == 9
    assert "… 391 more products …" in written(demo)
    demo.whole.value = True
    assert written(demo).count("·") == 400


def test_softmax_is_written_out():
    demo = explore_network(8, layer="softmax")
    scores = _out(demo, "scores")
    top, below = re.fullmatch(r"p\(3\) = (\S+) / \((.*)\) = \S+", written(demo)).groups()
    powers = [np.exp(numbers(power.removeprefix("e^"))[0]) for power in below.split(" + ")]
    np.testing.assert_allclose(powers, np.exp(scores), rtol=0.05)
    share = np.exp(numbers(top.removeprefix("e^"))[0]) / sum(powers)
    assert share == pytest.approx(demo.output[3], abs=0.01)


def test_scores_and_certainties_stand_beside_their_bars():
    demo = explore_network(5)
    beside = {panel.id: panel.beside for panel in demo.view.panels}
    assert [*map(float, (text.replace("−", "-") for text in beside["scores"]))] == [
        round(float(score), 2) for score in _out(demo, "scores")
    ]
    assert beside["softmax"] == ["<1 %", "45 %", "<1 %", "<1 %", "48 %", "<1 %", "<1 %", "2 %", "1 %", "3 %"]
    np.testing.assert_allclose(demo.output[[1, 4]], [0.45, 0.48], atol=0.005)
    sure = certainty_bars("softmax", np.array([0.999, 0.001, *[0] * 8]))
    assert sure.beside[:3] == [">99 %", "<1 %", "0 %"]


@pytest.mark.parametrize(
    ("name", "at", "size"),
    [
        ("conv 1", (5, 27, 27), 5),
        ("pool 1", (0, 13, 0), 6),
        ("conv 2", (15, 9, 3), 14),
        ("pool 2", (7, 4, 4), 16),
        ("dense 1", (119,), 32),
        ("scores", (3,), 32),
    ],
)
def test_the_receptive_field_is_all_that_counts(name, at, size):
    """Change all pixels outside: nothing happens; change one of its four edges: something does."""
    found, row, col = field(name, at)
    assert found == size
    rng = np.random.default_rng(3)
    picture = rng.random((1, 1, 32, 32))
    model = lenet(seed=1).astype(float)[: STAGES[name].total + 1]  # whatever the weights
    outside = rng.random((1, 1, 32, 32))
    outside[..., row : row + size, col : col + size] = picture[..., row : row + size, col : col + size]
    before = model(picture)[0][at]
    if size < 32:
        assert model(outside)[0][at] == pytest.approx(before, rel=1e-12)
    rows, cols = slice(row, row + size), slice(col, col + size)
    for edge in [(row, cols), (row + size - 1, cols), (rows, col), (rows, col + size - 1)]:
        changes = []
        for _ in range(20):  # a ReLU or a largest of four can hide a change in one picture, not in all
            x = rng.random((1, 1, 32, 32))
            y = x.copy()
            y[0, 0][edge] = 5 * rng.random(size)
            changes.append(model(x)[0][at] != model(y)[0][at])
        assert any(changes), edge


def test_what_lights_up_in_the_picture_and_in_each_layer():
    demo = explore_network()
    point(demo, "pool 2", (6, 1, 2))
    assert demo.text.endswith("Its receptive field is 16 × 16 pixels: rows 4 to 19, columns 8 to 23.")
    assert lit(demo, "picture") == [(4, 8, 16, 16)]
    assert lit(demo, "conv 2") == [(11 + 2, 22 + 4, 2, 2)]  # only its own map, the second row's third
    assert lit(demo, "pool 1") == [(r + 2, c + 4, 6, 6) for r in (0, 15) for c in (0, 15, 30)]
    assert lit(demo, "conv 1") == [(r + 4, c + 8, 12, 12) for r in (0, 29) for c in (0, 29, 58)]
    point(demo, "dense 2", (17,))
    assert lit(demo, "dense 1") == [(0, 0, 12, 10)]
    assert lit(demo, "picture") == [(0, 0, 32, 32)]
    assert lit(demo, "pool 2") == []


@pytest.mark.parametrize("name", NAMES)
def test_places_on_a_sheet_and_units_belong_together(name, answers):
    out = answers.out(name)
    rows, cols = sheet_shape(name, out)
    for at in np.ndindex(out.shape):
        row, col = place_of(name, at, out.shape[-1])
        assert 0 <= row < rows
        assert 0 <= col < cols
        assert unit_at(name, row, col, out) == at
    reached = {unit_at(name, row, col, out) for row in range(rows) for col in range(cols)}
    assert reached == set(np.ndindex(out.shape))
    demo = explore_network(layer=name)
    (panel,) = (panel for panel in demo.view.panels if panel.id == name)
    assert panel.colors.shape == (rows, cols)


def test_a_step_with_the_keys_is_the_next_unit():
    demo = explore_network()
    point(demo, "conv 1", (0, 10, 11))
    assert "map 0, row 10, column 11" in demo.text
    row, col = demo.at.value
    demo.at.value = (row, col + 1)
    assert "map 0, row 10, column 12" in demo.text
    demo.at.value = (row + 20, col + 1)
    assert "map 3, row 1, column 12" in demo.text


def test_choosing_a_layer_goes_to_its_strongest_unit():
    demo = explore_network()
    for name in NAMES:
        demo.layer.value = name
        at = unit_at(name, *demo.at.value, _out(demo, name))
        assert _out(demo, name)[at] == _out(demo, name).max()


def test_the_test_digits_are_read_well():
    demo = explore_network(depth="arithmetic", layer="softmax")  # the fewest panels to be drawn
    right = 0
    for i, label in enumerate(TEST.labels):
        demo.digit.value = i
        right += int(demo.output.argmax()) == label
    assert right / len(TEST.labels) == pytest.approx(
        0.955, abs=0.005
    )  # 339 of 355: 8 x 8 pixels are few, and LeNet never saw such digits


def test_a_digit_is_drawn_and_the_answer_changes():
    demo = explore_network(None)
    blank = demo.output
    assert demo.text.startswith("Nothing is drawn: from its biases alone it would say 1, 74 % certain.")
    draw(demo, SEVEN)
    assert demo.text.startswith("The network sees a 7: ")
    assert demo.output[7] > 0.9
    assert np.abs(demo.output - blank).max() > 0.5
    seven = demo.output
    demo.clear.click()
    np.testing.assert_array_equal(demo.output, blank)
    assert demo.text.startswith("Nothing is drawn")
    draw(demo, SEVEN)
    np.testing.assert_array_equal(demo.output, seven)
    demo.reset()
    np.testing.assert_array_equal(demo.output, blank)


def test_where_it_is_drawn_changes_nothing():
    demo, moved = explore_network(None), explore_network(None)
    draw(demo, SEVEN)
    draw(moved, [[(r + 2, c - 3) for r, c in stroke] for stroke in SEVEN])
    np.testing.assert_allclose(demo.output, moved.output, atol=1e-6)


def test_a_colour_means_the_same_while_one_draws():
    demo = explore_network(None)
    paint(demo, [[2, 2]])
    levels = [panel.colors for panel in demo.view.panels if panel.id == "conv 1"]
    draw(demo, SEVEN)
    levels += [panel.colors for panel in demo.view.panels if panel.id == "conv 1"]
    empty = levels[0][29, 58]  # the last map's corner, where there is no ink in either
    assert levels[1][29, 58] == empty


def test_a_blank_canvas_is_blank_all_through():
    demo = explore_network(None, layer="conv 1")
    biases = pretrained_lenet().weights["0.bias"]
    for m in range(6):
        point(demo, "conv 1", (m, 14, 14))
        assert _out(demo, "conv 1")[m] == pytest.approx(max(0, biases[m]), abs=1e-6)
    assert demo.output.sum() == pytest.approx(1)


def test_pen_and_eraser_have_soft_edges():
    demo = explore_network(None)
    paint(demo, [[5, 5]])
    ink = demo.drawing.value
    assert ink[5, 5] == 1
    assert ink[4, 5] == ink[6, 5] == ink[5, 4] == ink[5, 6] == EDGE
    assert np.count_nonzero(ink) == 5
    paint(demo, [[5, 6]])
    assert demo.drawing.value[5, 5:7].tolist() == [1, 1]
    paint(demo, [[5, 6]], erase=True)
    assert demo.drawing.value[5, 6] == 0
    assert demo.drawing.value[5, 5] == 1
    edge = np.zeros((3, 3))
    edge[0, 0] = 1
    assert np.count_nonzero(softened(np.zeros((3, 3)), edge)) == 3


def test_the_text_holds_the_canvas():
    demo = explore_network(None)
    paint(demo, [[0, 1]])
    assert canvas_text(demo.drawing.value).splitlines()[:2] == ["595" + "." * 21, ".5" + "." * 22]
    for language, text in demo.code.items():
        assert "595....." in text, language


def test_the_picture_shown_is_the_one_that_is_read():
    demo = explore_network(20)
    (panel,) = (panel for panel in demo.view.panels if panel.id == "picture")
    expected = np.round(255 * centre_digit(read(demo)))
    assert np.abs(panel.colors.astype(int) - expected).max() <= 1


@pytest.mark.parametrize("name", NAMES)
def test_the_three_depths(name):
    demo = explore_network(layer=name)
    whole = [panel.id for panel in demo.view.panels]
    assert set(whole) == {"canvas", "picture", *NAMES}
    demo.depth.value = "layer"
    near = [panel.id for panel in demo.view.panels]
    assert {name, STAGES[name].before} <= set(near)
    demo.depth.value = "arithmetic"
    single = [panel.id for panel in demo.view.panels]
    assert ("weights" in single) == (STAGES[name].kind in ("conv", "dense"))
    assert [panel.id for panel in demo.view.panels if panel.point] == [name]


def test_unknown_settings_are_refused():
    with pytest.raises(ValueError, match="there is no digit 355; choose 0 to 354, or None"):
        explore_network(355)
    with pytest.raises(ValueError, match="layer: 'conv 3' is unknown"):
        explore_network(layer="conv 3")
    with pytest.raises(ValueError, match="show: 'all' is unknown"):
        explore_network(depth="all")


@pytest.mark.parametrize(("layer", "written"), [("conv 1", True), ("dense 2", False), ("scores", False)])
def test_numbers_stand_in_cells_only_where_they_can_be_read(layer, written):
    panels = {panel.id: panel for panel in explore_network(depth="arithmetic", layer=layer).view.panels}
    assert [bool(panels[name].labels) for name in ("inputs", "weights")] == [written, written]


def test_only_the_answer_for_those_who_come_new():
    demo = explore_network(depth="answer", hide=["depth", "layer", "whole"])
    assert [panel.id for panel in demo.view.panels] == ["canvas", "picture", "softmax"]
    assert demo.text == "The network sees a 3: 99 % certain; next comes 1 with under 1 %."
    assert not demo.view.arithmetic
    np.testing.assert_array_equal(demo.output, explore_network().output)
    demo.clear.click()
    assert demo.text.startswith("Nothing is drawn")
