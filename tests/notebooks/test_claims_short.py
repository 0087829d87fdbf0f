"""The short course: its minutes, its twelve demos and questions, and what it says in words."""

import re

import nbformat
import numpy as np
from execute import NOTEBOOKS
from hygiene import template_complaints

from cnnlib import avg_pool2d, conv2d, layer_size, max_pool2d, output_size
from cnnlib.exercises import get_prediction
from cnnlib.explore import (
    explore_activation,
    explore_adc,
    explore_convolution,
    explore_filter_bank,
    explore_kernel_learning,
    explore_pixels,
    explore_pooling,
)
from cnnlib.pictures import picture

COURSE = nbformat.read(NOTEBOOKS / "short_course.ipynb", as_version=4)
PROSE = "\n".join(cell.source for cell in COURSE.cells if cell.cell_type == "markdown")
CODE = [cell.source for cell in COURSE.cells if cell.cell_type == "code"]
X = np.array([[1, 0, 1], [0, 1, 0], [1, 0, 1]])


def test_it_is_short():
    assert template_complaints(COURSE, cells=(25, 32), words=(800, 1700)) == []


def test_the_minutes_of_its_headings_and_three_for_its_head_are_ninety():
    minutes = [int(found) for found in re.findall(r"^## .*\((\d+) min\)$", PROSE, re.MULTILINE)]
    assert len(minutes) == len(re.findall(r"^## ", PROSE, re.MULTILINE)) == 12
    assert 3 + sum(minutes) == 90


def test_it_shows_twelve_demos_and_asks_eight_questions_and_four_at_the_end():
    assert len(re.findall(r"explore_\w+\(", "\n".join(CODE))) == 12
    asked = [re.findall(r'"(\d\d-predict-[\w-]+)"', source) for source in CODE]
    assert (sum(map(len, asked[:-1])), len(asked[-1])) == (8, 4)
    assert len({one for ids in asked for one in ids if get_prediction(one)}) == 12


def test_each_lesson_is_named():
    assert {int(number) for number in re.findall(r"\]\((\d\d)_", PROSE)} == set(range(13))


def test_the_darkest_number_of_the_eye():
    eye = explore_pixels(at=(68, 114)).output
    assert (eye == picture("eye 8x8")).all()
    assert eye.size == 64
    assert (eye.min(), np.argwhere(eye == eye.min()).tolist()) == (28, [[4, 6]])


def test_code_4_and_the_highest_code():
    assert "code 4, in binary 100" in explore_adc(bits=3).text
    assert "step is 0.625 V" in explore_adc(bits=3).text
    assert "code 6, in binary 110" in explore_adc(bits=3, volts=4.374).text
    assert all("code 7, in binary 111" in explore_adc(bits=3, volts=volts).text for volts in (4.375, 6))


def test_four_fours_and_the_one_pixel_for_a_five():
    output, image = explore_convolution("binary 5x5").output, picture("binary 5x5")
    assert (output.max(), (output == 4).sum(), output[1, 1]) == (4, 4, 4)
    assert [tuple(1 + p) for p in np.argwhere((X == 1) & (image[1:4, 1:4] == 0))] == [(3, 1)]
    image = image.copy()
    image[3, 1] = 1
    assert conv2d(image, X)[1, 1] == 5


def test_padding_1_keeps_the_size_and_stride_2_leaves_every_second():
    assert [p for p in range(4) if output_size(5, 3, padding=p) == 5] == [1]
    padded = conv2d(picture("binary 5x5"), X, padding=1)
    strided = explore_convolution("binary 5x5", stride=2, padding=1).output
    assert strided.shape == (3, 3)
    assert (strided == padded[::2, ::2]).all()
    assert output_size(32, 5) == 32 - 5 + 1


def test_relu_leaves_54_percent_0():
    demo = explore_activation("tanh")
    before = round(100 * (demo.output == 0).mean())
    demo.bend.value = "ReLU"
    assert (before, round(100 * (demo.output == 0).mean())) == (8, 54)


def test_twelve_of_sixteen_can_go_and_every_number_counts_in_an_average():
    table = np.asarray(explore_pooling("4×4, up to 15").image.value)
    assert table.shape == (4, 4)
    kept = np.where(np.isin(table, max_pool2d(table)), table, 0)
    assert (kept == 0).sum() == 12
    assert (max_pool2d(kept) == max_pool2d(table)).all()
    for place in np.ndindex(table.shape):
        moved = table.astype(float)
        moved[place] += 1
        assert (avg_pool2d(moved) != avg_pool2d(table)).sum() == 1


def test_84_parameters_on_every_picture():
    panels = [panel.id for panel in explore_filter_bank("chelsea", filters=3).view.panels]
    assert panels == ["photo", "brightness", "left − right", "top − bottom"]
    assert {layer_size((3, side, side), 3, kernel=3).parameters for side in (166, 332)} == {84}


def test_a_rim_is_strong_in_one_edge_map_and_weak_in_the_other():
    _, across, down = explore_filter_bank("chelsea", filters=3).output
    for one, other in ((across, down), (down, across)):
        strongest = np.abs(one) > np.quantile(np.abs(one), 0.995)
        assert np.abs(other)[strongest].mean() < np.abs(one)[strongest].mean() / 3


def test_the_kernel_is_found_at_rate_01_and_lost_at_03():
    assert "within 0.05 of the hidden one" in explore_kernel_learning(learning_rate=0.1, steps=400).text
    assert "too large" in explore_kernel_learning(learning_rate=0.3, steps=400).text
