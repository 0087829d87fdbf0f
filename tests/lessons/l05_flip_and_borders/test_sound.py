"""Sounds and rooms: by hand, against a loop, and read back from the file."""

import io
import wave

import numpy as np
import pytest

from cnnlib.lessons.l05_flip_and_borders.sound import (
    QUIET,
    RATE,
    clicks,
    envelope,
    impulse_response,
    tones,
    wav,
)


def test_clicks_lie_where_they_should():
    sound = clicks([1, 0, -0.5], every=10)
    assert np.flatnonzero(sound).tolist() == [0, 160]
    assert sound[160] == -0.5
    assert len(sound) == 161


@pytest.mark.parametrize(("heights", "every"), [([], 10), ([1, 2], 0), (1, 10), ([[1]], 10)])
def test_clicks_that_make_no_sound(heights, every):
    with pytest.raises(ValueError, match=r"clicks: .* make no sound; give"):
        clicks(heights, every)


def test_each_echo_is_weaker_by_the_same_share():
    room = impulse_response(25, 0.5, 3)
    assert np.flatnonzero(room).tolist() == [0, 200, 400, 600]
    assert room[room > 0].tolist() == [1, 0.5, 0.25, 0.125]
    assert impulse_response(25, 0.0, 2).tolist() == [1] + [0] * 400
    assert impulse_response(150, 0.9, 0).tolist() == [1]


def test_every_sample_sets_off_the_rooms_answer():
    sound, room = tones([440], each=20), impulse_response(10, 0.6, 2)
    out = np.zeros(len(sound) + len(room) - 1)
    for n, sample in enumerate(sound):
        out[n : n + len(room)] += sample * room
    np.testing.assert_allclose(np.convolve(sound, room), out, atol=1e-12)


def test_a_tone_has_its_pitch_and_fades():
    sound = tones([500], each=200)
    spectrum = np.abs(np.fft.rfft(sound))
    assert np.fft.rfftfreq(len(sound), 1 / RATE)[spectrum.argmax()] == 500
    assert np.abs(sound[-400:]).max() < 0.05 < np.abs(sound[:400]).max()


def test_the_envelope_holds_every_sample():
    sound = np.random.default_rng(5).normal(size=103)
    low, high = envelope(sound, 10)
    assert len(low) == len(high) == 11
    for i, sample in enumerate(sound):
        assert low[i // 10] <= sample <= high[i // 10]
    assert low.min() == sound.min()
    assert high.max() == sound.max()


@pytest.mark.parametrize("loudness", [1, 0.01, 30])
def test_the_file_can_be_read_back(loudness):
    sound = loudness * tones([660], each=30)
    with wave.open(io.BytesIO(wav(sound))) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE)
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2")
    before, after = (side * RATE // 1000 for side in QUIET)
    assert not samples[:before].any()
    assert not samples[-after:].any()
    np.testing.assert_allclose(samples[before:-after] / 32767, sound / np.abs(sound).max(), atol=1e-4)
    assert np.abs(samples).max() == 32767


def test_silence_stays_silence():
    with wave.open(io.BytesIO(wav(np.zeros(5)))) as file:
        assert not any(file.readframes(file.getnframes()))
