"""Fooling starts, stops and ends as it says, and the sentences tell the true numbers."""

import asyncio

import drive
import numpy as np
import pytest

from cnnlib.explore import explore_fooling
from cnnlib.lessons.l12_inside_a_trained_network.lenet_digit import digits_for_lenet


def test_it_is_fooled_by_little(seen):
    demo = explore_fooling(23, 8)
    assert "A person wrote a 3; the network sees a 3" in demo.text

    async def scene():
        drive.click(demo.play)
        await demo.finished()

    demo._work._wait = lambda: 0.001
    asyncio.run(scene())
    first, probabilities = seen(demo.output)
    assert (first, probabilities[8] >= 0.99) == (8, True)
    assert seen(explore_fooling(23, 8, steps=demo.steps.value - 1).output)[1][8] < 0.99
    difference = np.abs(demo.output - digits_for_lenet()[0][23])
    assert difference.max() <= 0.25 + 1e-12
    largest, mean = drive.numbers(demo.text.partition("changed by")[2])[:2]
    assert largest == pytest.approx(difference.max(), abs=0.005)
    assert mean == pytest.approx(difference.mean(), abs=0.0005)


def test_one_step_back_to_the_start_and_another_aim():
    demo = explore_fooling(23, 8)
    start = demo.output
    drive.click(demo.forward)
    assert np.linalg.norm(demo.output - start) <= 0.1 + 1e-12
    assert demo.steps.value == 1
    drive.click(demo.stop)
    np.testing.assert_array_equal(demo.output, start)
    for name, value in (("target", 5), ("digit", 24)):
        drive.click(demo.forward)
        getattr(demo, name).value = value
        assert demo.steps.value == 0


def test_there_is_an_end_to_it_and_start_begins_anew():
    demo = explore_fooling(40, 4, steps=60)  # a digit that 60 steps do not make a 4, over 99 % certain
    drive.click(demo.forward)
    assert demo.steps.value == 60
    assert demo.text.endswith("That was the last step; start begins anew.")
    for fooled in (demo, explore_fooling(23, 8, steps=40)):
        seen = []
        fooled.steps.observe(lambda change, seen=seen: seen.append(change.new), "value")

        async def scene(fooled=fooled):
            drive.click(fooled.play)
            for _ in range(3):
                await asyncio.sleep(0)
            fooled.rest()

        asyncio.run(scene())
        assert seen[0] == 0


def test_nothing_to_be_fooled_about():
    demo = explore_fooling(23, 3)
    assert demo.text.endswith("Choose another to be seen.")


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: explore_fooling(target=10), "10 is unknown"),
        (lambda: explore_fooling(steps=61), "explore_fooling: 61 steps are out of range; choose 0 to 60"),
    ],
)
def test_errors_name_the_remedy(call, said):
    with pytest.raises(ValueError, match=said):
        call()
