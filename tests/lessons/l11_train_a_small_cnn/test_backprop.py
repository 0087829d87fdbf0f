"""Backpropagation by hand: each step says its numbers, and the update goes downhill until it is too long."""

import drive
import numpy as np
import pytest

from cnnlib.explore import explore_backprop
from cnnlib.lessons.l11_train_a_small_cnn.backprop import MADE, STEPS


def said(demo):
    return "".join(text for text, _ in demo.view.arithmetic)


ON_PAPER = [
    "z₀ = 1·1 + 2·0.5 + 0 = 2",
    "z₁ = 1·0.5 + 2·(−0.25) + 0.5 = 0.5",
    "h₀ = max(0, 2) = 2;  h₁ = max(0, 0.5) = 0.5",
    "y = 2·1 + 0.5·(−1) + 0 = 1.5",
    "L = (1.5 − 1)² = 0.25",
    "∂L/∂y = 2·(1.5 − 1) = 1",
    "∂L/∂v₀ = 1·2 = 2;  ∂L/∂v₁ = 1·0.5 = 0.5;  ∂L/∂c = 1",
    "∂L/∂h₀ = 1·1 = 1;  ∂L/∂h₁ = 1·(−1) = −1",
    "∂L/∂z₀ = 1·1 = 1;  ∂L/∂z₁ = −1·1 = −1",
    "∂L/∂W₀₀ = 1·1 = 1;  ∂L/∂W₀₁ = 1·2 = 2;  ∂L/∂b₀ = 1",
    "∂L/∂W₁₀ = −1·1 = −1;  ∂L/∂W₁₁ = −1·2 = −2;  ∂L/∂b₁ = −1",
    "W₀₀ becomes 1 − 0.01·1 = 0.99, and so do all",
]


def test_every_step_on_paper():
    demo = explore_backprop()
    assert len(STEPS) == len(MADE) == len(ON_PAPER)
    for number, sums in enumerate(ON_PAPER, 1):
        assert said(demo) == sums
        assert demo.text.startswith(f"Step {number} of 12, ")
        drive.click(demo.forward)
    assert demo.stage.value == 12
    drive.click(demo.back)
    assert demo.stage.value == 11


def test_a_number_is_drawn_when_it_is_made_and_not_before():
    demo = explore_backprop(target=7.5)
    shown = [demo.view.panels[0].svg]
    for _ in MADE[1:]:
        drive.click(demo.forward)
        shown.append(demo.view.panels[0].svg)
    assert [">∂ −12<" in svg for svg in shown] == [False] * 5 + [True] * 7  # the output's gradient
    assert [">36<" in svg for svg in shown] == [False] * 4 + [True] * 8  # the loss


def test_the_network_is_told_in_words_too():
    first, last = (explore_backprop(step=step).view.panels[0].alt for step in (1, 12))
    assert first.endswith(
        "target 1; W₀₀ 1, W₀₁ 0.5, W₁₀ 0.5, W₁₁ −0.25, b₀ 0, b₁ 0.5, v₀ 1, v₁ −1, c 0, x₀ 1, x₁ 2, z₀ 2"
    )
    for told in ("L 0.25", "∂W₁₁ −2", "∂z₀ 1", "W₀₀ becomes 0.99", "c becomes −0.01", "v₁ becomes −1.005"):
        assert told in last


def test_a_unit_that_was_cut_off_does_not_learn():
    demo = explore_backprop(b=[0, -3], step=9)
    assert "cut off z₁, so no gradient passes" in demo.text
    assert demo.output.tolist() == [2, 4, 0, 0, 2, 0, 4, 0, 2]


@pytest.mark.parametrize(("rate", "words"), [(0.01, "falls from 0.25 to"), (0.1, "grows from 0.25 to")])
def test_the_update_tells_whether_it_helped(rate, words):
    demo = explore_backprop(step=12, learning_rate=rate)
    assert words in demo.text
    assert ("too long: choose a smaller" in demo.text) == (rate == 0.1)


def test_updates_bring_the_output_to_the_target():
    demo = explore_backprop()
    start = demo.W.value
    for _ in range(40):
        drive.click(demo.update)
    assert demo.stage.value == 5
    assert said(demo).startswith("L = (1")
    assert np.abs(demo.output).max() < 1e-3
    assert not np.array_equal(demo.W.value, start)
    demo.reset()
    np.testing.assert_array_equal(demo.W.value, start)


def test_weights_that_run_away_are_not_taken():
    demo = explore_backprop(learning_rate=0.3, target=100)
    for _ in range(8):
        drive.click(demo.update)
    assert "choose a smaller learning rate, or reset" in demo.problem
    assert max(np.abs(demo.values[name]).max() for name in "Wbvc") <= 1e6
    demo.reset()
    assert demo.problem == ""


def test_other_shapes_are_refused():
    with pytest.raises(ValueError, match=r"x \(3,\) must hold two numbers"):
        explore_backprop([1, 2, 3])
    with pytest.raises(ValueError, match=r"W \(1, 2\) must be \(2, 2\)"):
        explore_backprop(W=[[1, 2]])
