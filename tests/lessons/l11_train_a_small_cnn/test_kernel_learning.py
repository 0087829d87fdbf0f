"""A kernel that learns itself: it is found, or runs away, and the demo says which and why."""

import asyncio

import drive
import numpy as np
import pytest

from cnnlib import KERNELS
from cnnlib.explore import explore_kernel_learning
from cnnlib.lessons.l11_train_a_small_cnn.kernel_learning import SCENES
from cnnlib.nn.one_kernel import largest_rate, standardise


def test_the_sobel_is_found_from_the_photo():
    demo = explore_kernel_learning(steps=300)
    np.testing.assert_allclose(demo.output, KERNELS["Sobel, columns"].matrix, atol=0.05)
    assert "the kernel is found" in demo.text


@pytest.mark.parametrize("kernel", ["Sobel, rows", "sharpen", "emboss", "box blur"])
def test_other_kernels_are_found_too(kernel):
    demo = explore_kernel_learning(kernel, "noise", steps=100)
    np.testing.assert_allclose(demo.output, KERNELS[kernel].matrix, atol=0.05)


def test_a_step_is_one_step_and_the_slider_goes_both_ways():
    demo = explore_kernel_learning()
    start = demo.output
    drive.click(demo.forward)
    first = demo.output
    assert demo.steps.value == 1
    assert not np.array_equal(first, start)
    demo.steps.value = 50
    demo.steps.value = 1
    np.testing.assert_array_equal(demo.output, first)
    drive.click(demo.to_start)
    np.testing.assert_array_equal(demo.output, start)


def test_what_is_to_be_learned_begins_anew():
    demo = explore_kernel_learning(steps=20)
    demo.zoo.value = "emboss"
    assert demo.steps.value == 0
    demo.steps.value = 20
    message = {"type": "edit", "panel": "hidden", "row": 1, "col": 1, "text": "5", "number": 1}
    demo.grid._on_message(demo.grid, message, [])
    assert (demo.zoo.value, demo.steps.value) == ("my own", 0)
    demo.steps.value = 20
    demo.image.value = "noise"
    assert demo.steps.value == 0


def test_another_seed_begins_elsewhere_and_ends_at_the_same():
    one, other = explore_kernel_learning(image="noise"), explore_kernel_learning(image="noise", seed=1)
    assert not np.allclose(one.output, other.output)
    one.steps.value = other.steps.value = 100
    np.testing.assert_allclose(one.output, other.output, atol=1e-6)


@pytest.mark.parametrize("image", SCENES)
def test_a_rate_that_is_too_large_is_explained(image):
    demo = explore_kernel_learning(image=image, steps=400, learning_rate=1.0)
    most = largest_rate(standardise(SCENES[image][0]()), (3, 3))
    assert most < 1
    assert f"every learning rate above {most:.2g} does so. 1 is too large; choose a smaller one" in demo.text
    assert "training was stopped" in demo.text
    assert np.isfinite(demo.output).all()


def test_playing_ends_where_the_error_explodes():
    demo = explore_kernel_learning(learning_rate=0.3)
    demo.speed.value = 50

    async def play():
        drive.click(demo.play)
        for _ in range(100):
            await asyncio.sleep(0.02)
            if demo.play.description == "▷ play":
                break

    asyncio.run(play())
    assert demo.play.description == "▷ play"
    assert 0 < demo.steps.value < 20
    assert "training was stopped" in demo.text


def test_unknown_settings_are_refused():
    with pytest.raises(ValueError, match=r"learning rate: 0\.2 is unknown; choose from 0\.001"):
        explore_kernel_learning(learning_rate=0.2)
    with pytest.raises(ValueError, match="hidden kernel: 'Gaussian blur 5x5' is unknown"):
        explore_kernel_learning("Gaussian blur 5x5")
