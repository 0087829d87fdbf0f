"""LeNet slid over a page: the same scores as window by window, and boxes counted as they are."""

import re

import numpy as np
import pytest

from cnnlib import softmax
from cnnlib.explore import explore_detection
from cnnlib.lessons.l13_beyond.scanning import (
    JUMP,
    SIDE,
    Box,
    found,
    hits,
    layers,
    overlap,
    page,
    right,
    scan,
    thinned,
)
from cnnlib.nn import centre_digit, digits, pretrained_lenet

COUNTED = r"with (\d+) % certainty at least: (\d+) of the 4 digits found, (\w+) false alarm"
NUMBERS = {"no": 0, "one": 1, "two": 2, "three": 3, "five": 5}


def read(demo):
    """Return threshold, digits found and false alarms from the sentence."""
    threshold, there, alarms = re.search(COUNTED, demo.text).groups()
    return int(threshold), int(there), NUMBERS[alarms]


def test_one_pass_over_the_page_is_lenet_in_every_window():
    paper, _ = page(2)
    scores, model = scan(paper), pretrained_lenet().astype(float)
    for row, col in np.ndindex(scores.shape[1:]):
        window = paper[JUMP * row :, JUMP * col :][:SIDE, :SIDE]
        np.testing.assert_allclose(scores[:, row, col], model(window[None, None])[0], atol=1e-9)


def test_nothing_was_learned_for_it():
    assert sum(filters.size + bias.size for filters, bias in layers()) == 63_802


@pytest.mark.parametrize("number", range(16))
def test_a_page_holds_four_test_digits_where_it_says(number):
    paper, written = page(number)
    pictures = {label: digits().test.images[digits().test.labels == label, 0] for label in range(10)}
    assert (len(written), paper.shape) == (4, (64, 112))
    assert (paper.min(), paper.max() <= 1) == (0, True)
    for one in written:
        middle = paper[one.row + 5 : one.row + 27, one.col + 5 : one.col + 27]  # neighbours stay out of it
        assert any(np.array_equal(middle, centre_digit(image)[5:27, 5:27]) for image in pictures[one.digit])
    assert max(overlap(a, b) for a in written for b in written if a != b) < 0.2  # none suppresses another


def test_boxes_overlap_as_areas_do():
    one, other = Box(3, 5, 1), Box(13, 25, 1)
    sheets = np.zeros((2, 60, 60), bool)
    for sheet, box in zip(sheets, (one, other), strict=True):
        sheet[box.row : box.row + SIDE, box.col : box.col + SIDE] = True
    assert overlap(one, other) == pytest.approx((sheets[0] & sheets[1]).sum() / (sheets[0] | sheets[1]).sum())
    assert overlap(one, one) == 1


def test_of_boxes_that_overlap_the_most_certain_stays():
    boxes = found(softmax(scan(page(2)[0]), axis=0), 0.9)
    kept = thinned(boxes)
    assert [box.certain for box in boxes] == sorted((box.certain for box in boxes), reverse=True)
    assert set(kept) <= set(boxes)
    for box in boxes:
        better = [one for one in kept if overlap(one, box) > 0.2 and one.certain >= box.certain]
        assert better
    assert all(overlap(a, b) <= 0.2 for a in kept for b in kept if a != b)


def test_a_box_is_right_if_digit_and_place_are():
    written = [Box(0, 0, 3), Box(0, 40, 7)]
    boxes = [Box(0, 8, 3), Box(0, 40, 1), Box(0, 20, 7), Box(4, 4, 3)]
    assert hits(boxes, written) == {written[0]}
    assert right(boxes, written) == [boxes[0], boxes[3]]


@pytest.mark.parametrize(("threshold", "expected"), [(50, (4, 5)), (75, (4, 3)), (90, (3, 2)), (99, (3, 0))])
def test_a_higher_bar_loses_false_alarms_and_then_digits(threshold, expected):
    demo = explore_detection(2, threshold)
    assert read(demo) == (threshold, *expected)


def test_without_suppression_a_digit_has_many_boxes():
    demo = explore_detection(suppress=False)
    assert demo.text.startswith(f"{(demo.output.max(axis=0) >= 0.9).sum()} detections")
    contents = next(panel for panel in demo.view.panels if panel.id == "contents")
    assert contents.caption.startswith("the first 9, read as")


def test_the_window_pointed_at_is_what_the_map_says():
    demo = explore_detection(at=(3, 4))
    window = page(2)[0][12:44, 16:48]
    shares = softmax(pretrained_lenet().astype(float)(window[None, None]))[0]
    np.testing.assert_allclose(demo.output[:, 3, 4], shares, atol=1e-9)
    assert f"row 12, column 16 it is {shares.max():.0%} certain of {shares.argmax()}" in demo.text.replace(
        " %", "%"
    )
    (window,) = demo.view.windows
    assert window.rectangles(3, 4)[0][:2] == (12, 16)


def test_where_nothing_is_certain_there_is_no_box():
    assert found(np.full((10, 9, 21), 0.1), 0.5) == thinned([]) == []
