"""A sound in a room: what is seen is what is heard."""

import base64
import io
import re
import wave

import numpy as np
import pytest

from cnnlib.explore import explore_echo
from cnnlib.lessons.l05_flip_and_borders.sound import RATE, impulse_response


def heard(demo, name):
    """Return the samples that a player plays, and its HTML."""
    html = demo.values[name]
    content = re.search(r"base64,([^\"]+)", html)[1]
    with wave.open(io.BytesIO(base64.b64decode(content))) as file:
        return np.frombuffer(file.readframes(file.getnframes()), "<i2"), html


def arithmetic(demo):
    return "".join(text for text, _ in demo.view.arithmetic)


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
    for name, sound in (("room", impulse_response(100, 0.4, 3)), ("response", demo.output)):
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
    for name in ("heard", "room", "response"):
        demo._controls[name].observe(lambda change, name=name: sent.append(name), "value")
    demo.strength.value = 0.3
    assert sent == ["room", "response"]
    demo.moment.value = 200
    assert sent == ["room", "response"]


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
    assert "what it makes of one click: 1 at 0 ms, 0.5 at 100 ms, else 0" in demo.view.panels[0].alt


def test_a_static_picture_holds_no_sound(monkeypatch):
    monkeypatch.setenv("CNNLIB_STATIC", "1")
    bundle, _ = explore_echo("three notes")._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "image/png"}
    assert len(bundle["image/png"]) < 200_000


@pytest.mark.parametrize("settings", [{"echoes": 0}, {"strength": 0.0}])
@pytest.mark.parametrize("sound", ["a click", "three notes"])
@pytest.mark.parametrize("flip", [True, False])
def test_a_room_without_an_echo_is_told_as_that(sound, settings, flip):
    demo = explore_echo(sound, flip=flip, **settings)
    assert demo.text.startswith("Without an echo, the impulse response is a single 1, and the output is")
    given = explore_echo(sound, echoes=0).output
    np.testing.assert_array_equal(demo.output[demo.output != 0], given[given != 0])
