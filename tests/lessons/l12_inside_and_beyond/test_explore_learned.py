"""What did it learn: the sentences tell the true numbers, and fooling starts, stops and ends as it says."""

import asyncio
import re

import numpy as np
import pytest

from cnnlib import softmax
from cnnlib.explore import explore_fooling, explore_learned
from cnnlib.lessons.l12_inside_and_beyond.lenet_digit import digits_for_lenet
from cnnlib.nn import pretrained_lenet


def press(button):
    for handler in button._click_handlers.callbacks:
        handler(button)


def numbers(text):
    return [float(found.replace("−", "-")) for found in re.findall(r"[−+]?\d+\.?\d*", text)]


@pytest.fixture(scope="module")
def model():
    return pretrained_lenet()


def seen(model, picture):
    probabilities = softmax(model(picture[None, None]))[0]
    return int(probabilities.argmax()), probabilities


def test_a_patch_and_where_it_is_from(model):
    demo = explore_learned(digit=40)
    demo.set(at=(4, 2))
    k, answer, source, label, digit, _, highest = numbers(demo.text)
    pictures, labels = digits_for_lenet()
    maps = model[:1](pictures[:, None])[:, 4].max(axis=(1, 2))
    assert (k, digit) == (4, 40)
    assert np.argsort(-maps)[2] == source
    assert answer == pytest.approx(maps[int(source)], abs=0.01)
    assert labels[int(source)] == label
    assert highest == pytest.approx(maps[40], abs=0.01)
    assert (np.diff(demo.output, axis=1) <= 0).all()


@pytest.mark.parametrize("digit", [8, 23, 100])
def test_what_covering_costs(model, digit):
    demo = explore_learned("covering", digit)
    picture = digits_for_lenet()[0][digit].copy()
    first, before = seen(model, picture)
    demo.set(at=(7, 8))
    picture[14:20, 16:22] = 0
    _, after = seen(model, picture)
    assert demo.output[7, 8] == pytest.approx(before[first] - after[first], abs=1e-5)
    assert "rows 14 to 19 and columns 16 to 21" in demo.text
    assert f"certain of {first}, " in demo.text
    shown = next(panel for panel in demo.view.panels if panel.id == "digit")
    assert not shown.colors[14:20, 16:22].any()


def test_the_dearest_square_comes_first():
    demo = explore_learned("covering", 8)
    panel = next(panel for panel in demo.view.panels if panel.id == "map")
    assert demo.output[panel.cursor] == demo.output.max()
    assert "and now sees a 1" in demo.text  # a 3 without the end of its belly


def test_the_gradient_is_tried(model):
    demo = explore_learned("gradient", 8)
    demo.set(at=(12, 17))
    row, col, slope, ink, label, said, tried, _ = numbers(demo.text)
    picture = digits_for_lenet()[0][8].copy()
    before = model(picture[None, None])[0, int(label)]
    picture[12, 17] += ink
    assert (row, col) == (12, 17)
    assert tried == pytest.approx(model(picture[None, None])[0, int(label)] - before, abs=0.002)
    assert said == pytest.approx(0.1 * slope, abs=0.001)
    assert slope == pytest.approx(demo.output[12, 17], abs=0.01)


def test_another_question_begins_at_its_own_strongest_place():
    demo = explore_learned("gradient", 8)
    demo.set(at=(31, 31))
    demo.show.value = "covering"
    assert demo.text == explore_learned("covering", 8).text
    demo.set(at=(0, 0))
    demo.digit.value = 9
    assert demo.text == explore_learned("covering", 9).text


def test_a_patch_stays_while_the_digit_changes():
    demo = explore_learned()
    demo.set(at=(3, 5))
    demo.digit.value = 100
    assert demo.text.startswith("Filter 3 answers")
    assert numbers(demo.text)[1] == pytest.approx(demo.output[3, 5], abs=0.01)


def test_it_is_fooled_by_little(model):
    demo = explore_fooling(23, 8)
    assert "A person wrote a 3; the network sees a 3" in demo.text

    async def scene():
        press(demo.play)
        await demo.finished()

    demo._work._wait = lambda: 0.001
    asyncio.run(scene())
    first, probabilities = seen(model, demo.output)
    assert (first, probabilities[8] >= 0.99) == (8, True)
    assert seen(model, explore_fooling(23, 8, steps=demo.steps.value - 1).output)[1][8] < 0.99
    difference = np.abs(demo.output - digits_for_lenet()[0][23])
    assert difference.max() <= 0.25 + 1e-12
    largest, mean = numbers(demo.text.partition("changed by")[2])[:2]
    assert largest == pytest.approx(difference.max(), abs=0.005)
    assert mean == pytest.approx(difference.mean(), abs=0.0005)


def test_one_step_back_to_the_start_and_another_aim():
    demo = explore_fooling(23, 8)
    start = demo.output
    press(demo.forward)
    assert np.linalg.norm(demo.output - start) <= 0.1 + 1e-12
    assert demo.steps.value == 1
    press(demo.stop)
    np.testing.assert_array_equal(demo.output, start)
    for name, value in (("target", 5), ("digit", 24)):
        press(demo.forward)
        getattr(demo, name).value = value
        assert demo.steps.value == 0


def test_there_is_an_end_to_it_and_start_begins_anew():
    demo = explore_fooling(40, 4, steps=60)  # a digit that 60 steps do not make a 4, over 99 % certain
    press(demo.forward)
    assert demo.steps.value == 60
    assert demo.text.endswith("That was the last step; start begins anew.")
    for fooled in (demo, explore_fooling(23, 8, steps=40)):
        seen = []
        fooled.steps.observe(lambda change, seen=seen: seen.append(change.new), "value")

        async def scene(fooled=fooled):
            press(fooled.play)
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
        (lambda: explore_learned("hopes"), "show: 'hopes' is unknown"),
        (lambda: explore_learned(digit=355), "355 lies outside the slider; choose from 0 to 354"),
        (lambda: explore_fooling(target=10), "10 is unknown"),
        (lambda: explore_fooling(steps=61), "explore_fooling: 61 steps are out of range; choose 0 to 60"),
    ],
)
def test_errors_name_the_remedy(call, said):
    with pytest.raises(ValueError, match=said):
        call()
