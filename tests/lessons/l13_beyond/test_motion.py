"""A kernel in time: its sums by hand, and each kernel finds its own motion."""

import numpy as np
import pytest

from cnnlib.explore import explore_motion
from cnnlib.lessons.l13_beyond.motion import KERNELS, VIDEO, conv3d


def by_hand(video, kernel):
    sizes = [a - b + 1 for a, b in zip(video.shape, kernel.shape, strict=True)]
    found = np.zeros(sizes)
    for t, row, col in np.ndindex(*sizes):
        window = video[t:, row:, col:][tuple(slice(side) for side in kernel.shape)]
        found[t, row, col] = (window * kernel).sum()
    return found


def test_a_3d_kernel_is_added_up_over_its_window_in_time():
    chance = np.random.default_rng(0)
    video, kernel = chance.integers(-9, 9, (5, 6, 7)), chance.integers(-9, 9, (3, 2, 4))
    assert np.array_equal(conv3d(video, kernel), by_hand(video, kernel))


@pytest.mark.parametrize(
    ("kernel", "rows", "highest"),
    [("moves right", [1], 2), ("moves left", [5], 2), ("stands still", [3], 2), ("changes", [1, 5], 1)],
)
def test_each_kernel_finds_its_motion(kernel, rows, highest):
    output = explore_motion(kernel).output
    assert output.max() == highest
    assert [row for row in range(7) if output[:, row].max() == highest] == rows
    if "moves" in kernel:
        assert (output[:, 3] == 0).all()  # what stands still is not even seen


def test_one_frame_alone_does_not_tell_directions_apart():
    right, left = VIDEO[:, 1], VIDEO[:, 5]
    assert {tuple(sorted(frame)) for frame in right} == {tuple(sorted(frame)) for frame in left}
    assert np.array_equal(VIDEO[::-1, 1], left)  # the same frames, backwards


def test_the_number_pointed_at_and_its_windows():
    demo = explore_motion()
    demo.set(time=2, at=(1, 4))
    assert demo.text.startswith("Frames 2 and 3, row 1, column 4: the response is 2.")
    assert [panel.id for panel in demo.view.panels if panel.cursor] == ["map 2"]
    assert {window.on for window in demo.view.windows if window.of == "map 2"} == {"frame 2", "frame 3"}
    demo.kernel.value = next(iter(set(KERNELS) - {"moves right"}))
    assert not demo.problem
