"""The pen: hand-worked pixels, an independent painter, and what holds for any way."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from cnnlib.lessons.l12_inside_a_trained_network.pen import DIGIT_PATHS, pen_frames

places = st.floats(0, 12)
ways = st.lists(st.lists(st.tuples(places, places), min_size=2, max_size=4), min_size=1, max_size=3)


def painted(strokes, size, width, fine=8):
    """Draw the same with Pillow: lines and discs at `fine` times the size, averaged."""
    sheet = Image.new("L", (size * fine, size * fine))
    brush, radius = ImageDraw.Draw(sheet), width * fine / 2
    for stroke in strokes:
        points = [(col * fine, row * fine) for row, col in stroke]
        brush.line(points, 255, round(width * fine))
        for col, row in points:
            brush.ellipse((col - radius, row - radius, col + radius, row + radius), 255)
    return np.asarray(sheet.reduce(fine)) / 255


def test_a_level_stroke_by_hand():
    frames = pen_frames([[(2, 1), (2, 3)]], 4, width=2)
    # the way runs between rows 1 and 2, whose middles are 0.5 away: 2/2 + 1/2 - 0.5 = 1; rows 0 and 3 are 1.5
    # away: 0; beyond its ends the distance is that to the end, the root of 0.5
    beyond = 1.5 - 0.5**0.5
    np.testing.assert_allclose(frames[-1, 1], [beyond, 1, 1, beyond])
    np.testing.assert_allclose(frames[-1, 0], [0, 0, 0, 0], atol=1e-12)
    np.testing.assert_allclose(frames[1, 2], [beyond, 1, beyond, 0], atol=1e-12)
    assert len(frames) == 3


@pytest.mark.parametrize("name", DIGIT_PATHS)
def test_another_painter_draws_the_same(name):
    strokes = [np.array(stroke) * 17 + (3.5, 6.5) for stroke in DIGIT_PATHS[name]]
    found, expected = pen_frames(strokes, 24)[-1], painted(strokes, 24, 2.2)
    assert np.abs(found - expected).sum() < 0.12 * expected.sum()
    assert found.sum() == pytest.approx(expected.sum(), rel=0.1)


@given(ways)
def test_ink_only_gets_more_and_small_steps_end_alike(strokes):
    frames = pen_frames(strokes, 12)
    assert not frames[0].any()
    assert (np.diff(frames, axis=0) >= 0).all()
    assert frames.max() <= 1
    np.testing.assert_allclose(pen_frames(strokes, 12, step=0.3)[-1], frames[-1], atol=1e-9)
    alone = [pen_frames([stroke], 12)[-1] for stroke in strokes]
    np.testing.assert_array_equal(np.max(alone, axis=0), frames[-1])


def test_a_bit_is_no_longer_than_the_step():
    assert len(pen_frames([[(1, 1), (1, 4)], [(3, 1), (3, 1)]], 5)) == 1 + 3 + 1
    assert len(pen_frames([[(1, 1), (1, 4)]], 5, step=2)) == 1 + 2


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: pen_frames([[(1, 2)]], 5), r"stroke \(1, 2\) must be \(N, 2\), N at least 2"),
        (lambda: pen_frames([[(1, 2), (3, 4)]], 5, width=0), "width must be above 0, not 0"),
        (lambda: pen_frames([[(1, 2), (3, 4)]], 5, step=np.nan), "step must be a finite number .* not nan"),
        (lambda: pen_frames([[(1, 2), (3, 4)]], 2.5), "size must be a whole number of at least 1, not 2.5"),
        (
            lambda: pen_frames([[(1, 2), (np.nan, 4)]], 5),
            "a stroke holds NaN or infinity; give finite points",
        ),
        (lambda: pen_frames([["a", "b"]], 5), "pen_frames: cannot work with .* values; give"),
        (lambda: pen_frames([], 5), "there is no stroke; give at least one"),
    ],
)
def test_errors_name_the_remedy(call, said):
    with pytest.raises(ValueError, match=said):
        call()
