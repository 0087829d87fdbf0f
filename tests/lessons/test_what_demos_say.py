"""What sentences and pictures once said wrongly, each in a case that shows it."""

import drive
import numpy as np
import pytest

from cnnlib import explore, nn, softmax
from cnnlib.demo.lab import measured
from cnnlib.lessons.l11_train_a_small_cnn.training_panels import trend


def told(name, *args, **settings):
    return getattr(explore, name)(*args, **settings).text


def test_the_channel_mixer_tells_the_colour_on_the_screen():
    pixel = [[[100, 200, 50]]]
    assert "red 100, green 200 and blue 50." in told("explore_channels", pixel)
    assert "red 50, green 100 and blue 25." in told("explore_channels", pixel, alpha=0.5, ground="black")
    assert "red 178, green 228 and blue 152." in told("explore_channels", pixel, alpha=0.5)
    assert "red 153, green 153 and blue 153." in told("explore_channels", pixel, show="luma")
    assert "black" not in told("explore_channels", [[[0, 0, 0]]], alpha=0.5, ground="white")


def test_borders_refuses_even_kernels_and_tells_of_an_empty_one():
    with pytest.raises(ValueError, match=r"kernel side: 2 lies between two steps; choose 1, 3"):
        explore.explore_borders(side=2)
    assert "its only weight is 0" in told("explore_borders", side=1)
    assert "its only weight" not in told("explore_borders", side=1, kernel="mean")
    demo = explore.explore_borders()
    demo.side.value = 2  # from code
    assert (demo.output[2, 1:4] == explore.explore_borders().output[0, 0] * 0 - [50, 50, 50]).all()


def test_what_was_measured_some_steps_ago_is_told_with_its_step():
    demo = explore.explore_regression(learning_rate=1)
    demo.step.click()
    assert "off by 95.9 pixels on average; always" in demo.text
    run = demo.run
    run.scores.pop(1)
    assert measured(run) == " (measured after no steps)"


def test_what_is_measured_is_not_smoothed():
    panel = trend(
        "a", {0: 10, 90: 64}, "each", ylabel="right", caption="", xlim=(0, 90), ylim=(0, 100), keep=0
    )
    assert panel.alt == "right after steps 0 to 90: from 10 to 64, lowest 10"


def test_the_layer_that_died_is_named_and_a_rate_that_works():
    demo = explore.explore_training(epochs=1)
    demo.step.click()
    model, run = demo.run.model, demo.run
    model[3].weights["bias"][...] = -1e6
    run.scores.clear()
    run.look()
    demo.redraw()
    assert "the ReLUs of layer 2 died" in demo.text
    assert "Try 0.003." in demo.text
    model[0].weights["bias"][...] = -1e6
    model[3].weights["bias"][...] = 1
    run.scores.clear()
    run.look()
    demo.redraw()
    assert "the ReLUs of layer 1 died" in demo.text


def test_adam_is_advised_a_rate_at_which_it_learns():
    demo = explore.explore_training(epochs=1, learning_rate=1, optimiser="Adam")
    for _ in range(2):
        demo.step.click()
    assert "Try 0.01." in demo.text


def test_no_more_pictures_were_seen_than_were_drawn():
    from cnnlib.lessons.l11_train_a_small_cnn.training_size import _drawn

    settings = {"dataset": "digits", "steps": 300}
    assert _drawn(settings, 30) == "30"
    assert _drawn(settings, 3000) == "3,000 (moved copies of 1,154 digits)"
    assert _drawn(settings, 10000) == "10,000 (9,000 of them seen, moved copies of 1,154 digits)"
    assert _drawn(settings | {"dataset": "shapes", "steps": 50}, 2000) == "2,000 (1,500 of them seen)"


def test_the_canvas_reads_the_test_digit_itself():
    demo = explore.explore_network(23)
    three = nn.centre_digit(nn.digits().test.images[23, 0])
    expected = softmax(nn.pretrained_lenet()(three[None, None]))[0]
    np.testing.assert_allclose(demo.output, expected, atol=1e-6)
    np.testing.assert_allclose(drive.result_of(demo.code["NumPy"]), demo.output, atol=1e-9)
    demo.drawing.value = np.where(np.eye(24) > 0, 1, demo.drawing.value)
    np.testing.assert_allclose(drive.result_of(demo.code["NumPy"]), demo.output, atol=1e-9)
    assert not np.allclose(demo.output, expected, atol=1e-6)


def test_each_weight_stands_at_its_own_line():
    from cnnlib.lessons.l11_train_a_small_cnn.backprop import PLACES, WEIGHTS

    def away(place, ends):
        start, end = (np.array(PLACES[name], float) for name in ends)
        way = (end - start) / np.linalg.norm(end - start)
        across = np.array(place) - start
        return abs(way[0] * across[1] - way[1] * across[0])

    falls, rises = ("x₀", "z₁"), ("x₁", "z₀")
    assert away(WEIGHTS[rises][1], rises) < 0.7 * away(WEIGHTS[rises][1], falls)
    assert away(WEIGHTS[falls][1], falls) < 0.7 * away(WEIGHTS[falls][1], rises)


@pytest.mark.parametrize(
    ("name", "args", "settings", "says"),
    [
        ("explore_stack", ([(3, 1, 1)],), {}, "One layer turns 32 × 32 into 32 × 32"),
        ("explore_stack", ([(9, 1, 4)] * 5,), {"at": (0, 31)}, "columns 11 to 31 of the picture"),
        ("explore_geometry", (np.ones((1, 2)),), {"kernel": 1, "stride": 4, "padding": 1}, "2 of 2 pixels"),
        ("explore_conversion", (), {"bits": 1, "exposure": 10.0, "row": 0}, "64 integers, all of them 1"),
        ("explore_conversion", (), {}, "The square around row 72, column 118 begins at row 68, column 114."),
        ("explore_print", (), {"pixels": (10, 180)}, "1 pixel per cm down"),
        ("explore_video", (0,), {}, "Every frame is stored whole"),
        ("explore_strided", (), {"image": [[1, 2], [3, 4]]}, "The only number differs"),
        ("explore_filters", ("camera", "Prewitt, rows"), {}, "to darker −"),
    ],
)  # fmt: skip
def test_sentences_read_as_they_should(name, args, settings, says):
    assert says in told(name, *args, **settings)
