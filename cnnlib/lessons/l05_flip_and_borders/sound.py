"""Sounds: rows of numbers, 8,000 samples a second, and the echoes that a room adds to them.

What a room makes of a sound is a convolution along time, ``np.convolve(sound, room)``: every sample sets off
the room's whole impulse response, weaker or stronger, and all of these add up.
"""

import io
import wave
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

RATE = 8000  # samples a second
PER_MS = RATE // 1000  # samples a millisecond
QUIET = 50, 150  # milliseconds of silence that a player gets before and after a sound


def clicks(heights: ArrayLike = (1,), every: int = 100) -> Array:
    """Return clicks, each a single sample.

    Parameters
    ----------
    heights : sequence of float
        The samples that are not 0.
    every : int
        Milliseconds from one click to the next.

    Returns
    -------
    ndarray of float64
        It ends with the last click.

    Raises
    ------
    ValueError
        If there is no click, or no time between two.

    Examples
    --------
    >>> clicks().tolist(), clicks([1, 0.5]).size
    ([1.0], 801)
    """
    heights = np.asarray(heights, float)
    if heights.ndim != 1 or not heights.size or every < 1:
        raise ValueError(
            f"clicks: {heights.size} clicks every {every} ms make no sound; give a list of at least one, "
            "and at least 1 ms"
        )
    sound = np.zeros((len(heights) - 1) * every * PER_MS + 1)
    sound[:: every * PER_MS] = heights
    return sound


def tones(pitches: Sequence[float], each: int = 130) -> Array:
    """Return plucked tones, one after the other, every one of which dies away.

    Parameters
    ----------
    pitches : sequence of float
        In hertz, below 4,000: half the samples a second.
    each : int
        Milliseconds of each tone.

    Examples
    --------
    >>> tones([440, 660]).size
    2080
    """
    seconds = np.arange(each * PER_MS) / RATE
    fading = np.exp(-seconds / 0.04)
    return np.concatenate([np.sin(2 * np.pi * pitch * seconds) * fading for pitch in pitches])


def impulse_response(delay: int, strength: float, echoes: int) -> Array:
    """Return what a room makes of one click of height 1, its *impulse response*: the click, and its echoes.

    Parameters
    ----------
    delay : int
        Milliseconds from each echo to the next.
    strength : float
        Height of each echo over that of the one before.
    echoes : int
        How many come after the click.

    Returns
    -------
    ndarray of float64, shape (8 * delay * echoes + 1,)

    Examples
    --------
    >>> room = impulse_response(100, 0.5, 2)
    >>> room[[0, 800, 1600]].tolist(), room.size
    ([1.0, 0.5, 0.25], 1601)
    """
    return clicks(float(strength) ** np.arange(echoes + 1), delay)


def envelope(sound: ArrayLike, width: int) -> tuple[Array, Array]:
    """Return the lowest and the highest of every `width` samples: what one can see of a long sound.

    Examples
    --------
    >>> low, high = envelope([0, 3, -1, 2, 5], 2)
    >>> low.tolist(), high.tolist()
    ([0.0, -1.0, 0.0], [3.0, 2.0, 5.0])
    """
    sound = np.asarray(sound, float)
    blocks = np.pad(sound, (0, -len(sound) % width)).reshape(-1, width)
    return blocks.min(axis=1), blocks.max(axis=1)


def wav(sound: ArrayLike) -> bytes:
    """Return a sound as the bytes of a WAV file: 16 bits, one channel, as loud as it goes.

    Some silence is put before and after it, as a loudspeaker takes a moment to wake up.

    Examples
    --------
    >>> wav([1.0])[:4], len(wav([1.0]))
    (b'RIFF', 3246)
    """
    sound = np.asarray(sound, float)
    loudest = np.abs(sound).max(initial=0) or 1
    padded = np.pad(sound / loudest, [side * PER_MS for side in QUIET])
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(np.rint(32767 * padded).astype("<i2").tobytes())
    return file.getvalue()
