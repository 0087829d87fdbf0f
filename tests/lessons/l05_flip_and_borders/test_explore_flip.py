"""Lesson 05's demos: a sound in a room, SciPy's two functions, and borders."""

import base64
import io
import re
import wave

import numpy as np
import pytest
from scipy.signal import convolve2d, correlate2d

from cnnlib.demo.view import INVENTED
from cnnlib.explore import explore_borders, explore_convolution, explore_echo, explore_flip
from cnnlib.lessons.l05_flip_and_borders.sound import RATE, impulse_response
from cnnlib.pictures import picture

GRAY = np.array([[50, 75, 100, 125], [150, 175, 200, 225], [100, 125, 150, 175], [25, 50, 75, 100]])
EDGE = "left − right"
PHOTO = "photo, 96×96"


def heard(demo, name):
    """Return the samples that a player plays, and its HTML."""
    html = demo.values[name]
    content = re.search(r"base64,([^\"]+)", html)[1]
    with wave.open(io.BytesIO(base64.b64decode(content))) as file:
        return np.frombuffer(file.readframes(file.getnframes()), "<i2"), html


def arithmetic(demo):
    return "".join(text for text, _ in demo.view.arithmetic)


def panel(demo, id):
    (found,) = (p for p in demo.view.panels if p.id == id)
    return found


@pytest.mark.parametrize(("delay", "strength", "echoes"), [(20, 0.9, 3), (150, 0.5, 1), (70, 0.3, 0)])
def test_impulse_in_response_out(delay, strength, echoes):
    demo = explore_echo(delay=delay, strength=strength, echoes=echoes)
    np.testing.assert_array_equal(demo.output, impulse_response(delay, strength, echoes))
    demo.flip.value = False
    np.testing.assert_array_equal(demo.output, impulse_response(delay, strength, echoes)[::-1])


def test_one_number_is_written_out():
    """Two clicks, 1 and 0.5, 100 ms apart: at 200 ms the second one's echo meets the first one's second."""
    demo = explore_echo("two clicks", delay=100, strength=0.5, echoes=2, moment=200)
    assert arithmetic(demo) == "output at 200 ms = 0·1 + 0.5·0.5 + 1·0.25 = 0.5"
    assert demo.output[200 * RATE // 1000] == 0.5
    assert demo.text.endswith("The output at 200 ms is made of the input at 200, 100 and 0 ms.")


@pytest.mark.parametrize("flip", [True, False])
@pytest.mark.parametrize("moment", [-300, -10, 0, 130, 290, 500, 840])
def test_the_sum_is_the_output(moment, flip):
    demo = explore_echo("three notes", delay=70, strength=0.7, moment=moment, flip=flip)
    start = 0 if flip else -3 * 70
    at = (moment - start) * RATE // 1000
    expected = demo.output[at] if 0 <= at < len(demo.output) else 0
    (_, shown), *_ = [piece[::-1] for piece in demo.view.arithmetic if piece[1] == "total"]
    assert float(shown.replace("−", "-")) == pytest.approx(expected, abs=5e-3)


def test_unturned_echoes_come_first():
    demo = explore_echo("three notes", flip=False)
    assert "echoes come before their sound" in demo.text
    turned = explore_echo("three notes")
    # Turned, the sound begins alone and ends in its weakest echo; not turned, it is the other way round.
    np.testing.assert_allclose(turned.output[-500:], 0.6**3 * demo.output[-500:])
    np.testing.assert_allclose(demo.output[:500], 0.6**3 * turned.output[:500])


def test_what_is_seen_is_heard():
    demo = explore_echo("three notes", delay=100, strength=0.4)
    for name, sound in (("room", impulse_response(100, 0.4, 3)), ("answer", demo.output)):
        samples, html = heard(demo, name)
        samples = samples[400 : 400 + len(sound)] / 32767
        np.testing.assert_allclose(samples, sound / np.abs(sound).max(), atol=1e-4)
        assert "autoplay" not in html
        assert re.search(r'<audio [^>]*controls[^>]*aria-label="hear \w+"', html)
        assert len(html) < 40_000
    before = demo.values["heard"], demo.values["room"]
    demo.moment.value = 0
    assert (demo.values["heard"], demo.values["room"]) == before


def test_only_what_changes_is_sent():
    demo = explore_echo("three notes")
    sent = []
    for name in ("heard", "room", "answer"):
        demo._controls[name].observe(lambda change, name=name: sent.append(name), "value")
    demo.strength.value = 0.3
    assert sent == ["room", "answer"]
    demo.moment.value = 200
    assert sent == ["room", "answer"]


def test_a_sound_of_ones_own():
    demo = explore_echo(np.array([1, -1]), delay=20, echoes=1, strength=0.5)
    assert demo.sound.value == "my own"
    assert demo.output[[0, 1, 160, 161]].tolist() == [1, -1, 0.5, -0.5]
    assert demo.code == {}
    demo.sound.value = "a click"
    assert demo.code


@pytest.mark.parametrize("sound", [[], [[1]], np.zeros(4000), [1, np.nan]])
def test_what_is_no_sound(sound):
    with pytest.raises(ValueError, match=r"explore_echo: sound .* cannot be played here; give 1 to 3200"):
        explore_echo(sound)


def test_the_chart_says_its_clicks():
    demo = explore_echo(delay=100, strength=0.5, echoes=1)
    assert "impulse response: 1 at 0 ms, 0.5 at 100 ms, else 0" in demo.view.panels[0].alt


def test_a_static_picture_holds_no_sound(monkeypatch):
    monkeypatch.setenv("CNNLIB_STATIC", "1")
    bundle, _ = explore_echo("three notes")._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "image/png"}
    assert len(bundle["image/png"]) < 200_000


def test_a_single_one_gives_the_kernel_back():
    demo = explore_flip()
    correlated, convolved = demo.output
    kernel = np.arange(1, 10).reshape(3, 3)
    np.testing.assert_array_equal(convolved[1:4, 1:4], kernel)
    np.testing.assert_array_equal(correlated[1:4, 1:4], kernel[::-1, ::-1])
    assert "correlate2d makes the kernel turned, convolve2d the kernel itself" in demo.text
    demo.hand_over.value = "turned by 180°"
    np.testing.assert_array_equal(demo.output, [convolved, correlated])
    assert "correlate2d makes the kernel itself, convolve2d the kernel turned" in demo.text


@pytest.mark.parametrize("hand_over", ["as it is", "turned by 180°"])
def test_the_maps_are_scipys_and_the_difference_is_theirs(hand_over):
    demo = explore_flip("shapes", "emboss", hand_over=hand_over)
    image, kernel = picture("shapes").astype(int), demo.kernel.value
    if hand_over != "as it is":
        kernel = kernel[::-1, ::-1]
    expected = correlate2d(image, kernel, "valid"), convolve2d(image, kernel, "valid")
    np.testing.assert_array_equal(demo.output, expected)
    seen = panel(demo, "difference").pixels[..., :3]
    assert (seen[expected[0] == expected[1]] == seen[0, 0]).all()


def test_the_gray_picture_changes_its_sign():
    demo = explore_flip("gray 4x4", EDGE)
    assert (demo.output == [[[-150]], [[150]]]).all()
    assert "its own negative" in demo.text
    assert arithmetic(demo).count("·(−1)") == 6
    demo = explore_flip("ramp 4x4", "right − left")
    assert (demo.output == [[[60]], [[-60]]]).all()


def test_the_microscope_agrees():
    for flip, map_ in zip((False, True), explore_flip("gray 4x4", "1 to 9").output, strict=True):
        microscope = explore_convolution("gray 4x4", np.arange(1, 10).reshape(3, 3), flip=flip)
        np.testing.assert_array_equal(microscope.output, map_)


def test_a_kernel_that_half_a_turn_leaves_as_it_is():
    demo = explore_flip("shapes", "Gaussian blur")
    np.testing.assert_array_equal(*demo.output)
    assert "agree in every place" in demo.text


def test_lists_and_cells_are_kept_in_step():
    demo = explore_flip()
    demo.chosen.value = EDGE
    assert demo.kernel.value[0].tolist() == [1, 0, -1]
    demo.kernel.value = np.ones((3, 3), int)
    assert demo.chosen.value == "my own"
    demo.preset.value = "gray 4x4"
    np.testing.assert_array_equal(demo.image.value, GRAY)
    changed = demo.image.value.copy()
    changed[0, 0] = 9
    demo.image.value = changed
    assert demo.preset.value == "my own numbers"
    assert "picture(" not in demo.code["NumPy"]


def test_a_kernel_that_does_not_fit():
    with pytest.raises(ValueError, match=r"explore_flip: kernel \(5, 5\) is larger than image \(4, 4\); use"):
        explore_flip("gray 4x4", np.ones((5, 5)))
    demo = explore_flip(kernel=np.ones((5, 5)))
    demo.preset.value = "gray 4x4"
    assert "use a smaller kernel" in demo.problem
    with pytest.raises(ValueError, match="kernel 'nosuch' is unknown; use 1 to 9"):
        explore_flip(kernel="nosuch")


@pytest.mark.parametrize("boundary", [("zero", "fill"), ("symmetric", "symm"), ("wrap", "wrap")])
@pytest.mark.parametrize("mode", ["full", "same", "valid"])
def test_borders_and_modes_are_scipys(boundary, mode):
    demo = explore_borders(border=boundary[0], mode=mode)
    np.testing.assert_array_equal(demo.output, correlate2d(GRAY, [[1, 0, -1]] * 3, mode, boundary[1]))
    demo = explore_borders(PHOTO, boundary[0], mode, kernel="mean", side=7)
    image = picture("camera")[20:116, 70:166].astype(float)
    np.testing.assert_allclose(demo.output, correlate2d(image, np.full((7, 7), 1 / 49), mode, boundary[1]))


@pytest.mark.parametrize(("mode", "side", "touched"), [("full", 6, 32), ("same", 4, 12), ("valid", 2, 0)])
def test_sizes_and_shares(mode, side, touched):
    demo = explore_borders(mode=mode)
    assert demo.output.shape == (side, side)
    counts = [int(text) for text in panel(demo, "invented").labels]
    assert sum(count > 0 for count in counts) == touched
    assert (f"{touched} of {side**2}" in demo.text) == (touched > 0)


@pytest.mark.parametrize(("picture", "side"), [("4×4, gray", 3), (PHOTO, 15)])
@pytest.mark.parametrize("mode", ["full", "same", "valid"])
def test_the_share_is_where_the_border_rule_matters(picture, side, mode):
    """An output that reads no invented pixel is the same for every border; one that does, for some is not."""
    demo = explore_borders(picture, mode=mode, kernel="mean", side=side)
    made = []
    for border in demo.border.options:
        demo.border.value = border
        made.append(demo.output)
    differ = np.ptp(made, axis=0) > 1e-9
    total = differ.size
    assert (f": {differ.sum():,} of {total:,}," in demo.text) == differ.any()


def test_invented_pixels_are_hatched():
    demo = explore_borders(mode="full")
    marks = panel(demo, "image").marks
    assert (marks == INVENTED).sum() == 8 * 8 - 16
    assert not marks[2:6, 2:6].any()
    demo.mode.value = "valid"
    assert not panel(demo, "image").marks.any()


def test_a_photo_is_not_painted_over():
    """Hatching and frames lie outside; inside, the pixels are the photo's."""
    for mode in ("full", "same", "valid"):
        demo = explore_borders(PHOTO, "wrap", mode, kernel="mean", side=11)
        inner = panel(demo, "image").pixels[20:116, 20:116, 0]
        np.testing.assert_array_equal(inner, picture("camera")[20:116, 70:166])


@pytest.mark.parametrize("mode", ["full", "same", "valid"])
@pytest.mark.parametrize(("picture", "side"), [("4×4, gray", 3), (PHOTO, 9)])
def test_the_window_lies_on_what_an_output_reads(picture, side, mode):
    demo = explore_borders(picture, "zero", mode, kernel="mean", side=side)
    (window,) = demo.view.windows
    ((top, left, rows, cols),) = window.rectangles(0, 0)
    origin = panel(demo, "image").origin
    before = {"full": side - 1, "same": side // 2, "valid": 0}[mode]
    assert (top + origin[0], left + origin[1], rows, cols) == (-before, -before, side, side)


def test_another_picture_brings_its_kernel_and_its_limits():
    demo = explore_borders()
    demo.preset.value = PHOTO
    assert (demo.side.value, demo.side.max, demo.kernel.value) == (11, 21, "mean")
    demo.side.value = 21
    demo.preset.value = "4×4, gray"
    assert (demo.side.value, demo.side.max, demo.output.shape) == (3, 3, (4, 4))
    assert demo.problem == ""
