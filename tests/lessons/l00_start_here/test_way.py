"""The way from light to classes: its numbers are real, and each lesson has its place on it."""

import re

import nbformat
import numpy as np
import pytest

from cnnlib.explore import explore_way
from cnnlib.lessons.l00_start_here.way import CORNER, STOPS, _way
from tests.notebooks.execute import NOTEBOOKS

LESSONS = {
    int(path.name[:2]): path for path in sorted(NOTEBOOKS.glob("[01]*.ipynb")) if path.name[:2] != "00"
}
ORDER = ["light", "photosites", "ADC", "matrix", "kernels", "activation", "pooling", "classes"]


def framed(demo):
    return [panel.id for panel in demo.view.panels if panel.cursor]


def test_the_steps_stand_in_their_order_and_none_is_framed_at_first():
    demo = explore_way()
    assert [panel.id for panel in demo.view.panels] == ORDER
    assert framed(demo) == []


def test_what_is_shown_follows_from_the_light():
    way = _way()
    row, col = 8, 10  # of the photosites: each is 8 x 8 points of light
    mean = way.light[8 * row :, 8 * col :][:8, :8].mean()
    np.testing.assert_allclose(way.volts[row, col], 5 * mean)
    assert (way.codes == np.minimum(np.floor(np.round(way.volts / 0.625, 9)), 7)).all()
    assert 0 < mean < 1 < len(np.unique(way.codes[CORNER]))
    assert (way.active == np.maximum(way.sums, 0)).all()
    assert (way.pooled == way.active.reshape(14, 2, 14, 2).max(axis=(1, 3))).all()


def test_the_network_is_sure_of_what_it_reads():
    assert _way().probabilities.argmax() == 3
    assert _way().probabilities.max() > 0.99


@pytest.mark.parametrize("lesson", STOPS)
def test_a_lesson_is_told_with_its_number_and_its_steps_are_framed(lesson):
    demo = explore_way(lesson)
    assert demo.text.startswith(f"You are here, in lesson {lesson}: ")
    assert framed(demo) == STOPS[lesson].steps.split()


@pytest.mark.parametrize(("step", "lesson"), [*zip(ORDER, [1, 1, 1, 2, 3, 7, 9, 10], strict=True)])
def test_pointing_at_a_step_tells_of_it_and_of_the_first_lesson_about_it(step, lesson):
    demo = explore_way(3)
    panel = next(panel for panel in demo.view.panels if panel.id == step)
    demo.set(**panel.point.changes((0, 0)))
    assert framed(demo) == [step]
    assert demo.text.endswith(f". More of it from lesson {lesson} on.")


def test_a_lesson_that_is_none_is_told():
    with pytest.raises(ValueError, match="explore_way: there is no lesson 99; choose 1 to"):
        explore_way(99)


def test_each_lesson_has_its_place():
    assert LESSONS.keys() <= STOPS.keys()


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lesson_shows_its_own_place(lesson):
    source = "\n".join(cell.source for cell in nbformat.read(LESSONS[lesson], as_version=4).cells)
    assert re.findall(r"explore_way\((.*?)\)", source) == [str(lesson)]
