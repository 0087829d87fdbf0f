"""The hidden kernel can be found."""

import numpy as np
import pytest

from cnnlib.explore import explore_match


@pytest.mark.parametrize("puzzle", range(1, 6))
def test_changing_one_cell_at_a_time_finds_the_hidden_kernel(puzzle):
    """The exercise gives this advice: change one cell by 1, keep what helps."""

    def seen(kernel):
        return explore_match.view(puzzle=puzzle, kernel=kernel, best=np.inf)

    def error(kernel):
        return np.abs(seen(kernel).output).mean()

    kernel = explore_match(puzzle).kernel.value.copy()
    for _ in range(40):
        steps = [(r, c, by) for r in range(3) for c in range(3) for by in (-1, 1)]
        tries = [
            (error(kernel + by * (np.arange(9).reshape(3, 3) == 3 * r + c)), r, c, by) for r, c, by in steps
        ]
        best, r, c, by = min(tries)
        if best >= error(kernel):
            break
        kernel[r, c] += by
    assert error(kernel) == 0
    assert "you have found the hidden kernel" in seen(kernel).sentence


def test_the_best_so_far_is_remembered_until_another_puzzle_is_chosen():
    demo = explore_match()
    first = demo.best.value
    assert first == np.abs(demo.output).mean()
    demo.kernel.value = 9 * np.ones((3, 3))
    assert "The best so far was" in demo.text
    assert demo.best.value == pytest.approx(first)
    demo.puzzle.value = 2
    assert demo.kernel.value.tolist() == [[0, 0, 0], [0, 1, 0], [0, 0, 0]]
    assert "The best so far was" not in demo.text
