"""Lesson 05's bank: echo and mirrored border, and each known mistake with the sentence that names it."""

from collections.abc import Callable

import numpy as np

from cnnlib.exercises.bank05 import GRAY
from cnnlib.exercises.task import Case, Mistake, Task


def _echo(sound: np.ndarray, delay: int, strength: float) -> np.ndarray:
    return _mixed(sound, delay, 1, strength)


def _mixed(sound: np.ndarray, delay: int, first: float, later: float) -> np.ndarray:
    out = np.zeros(len(sound) + delay)
    out[: len(sound)] += first * sound
    out[delay:] += later * sound
    return out


def _replaced(sound: np.ndarray, delay: int, strength: float) -> np.ndarray:
    out = np.zeros(len(sound) + delay)
    out[: len(sound)] = sound
    out[delay:] = strength * sound
    return out


def _hear(name: str, sound: list[float], delay: int, strength: float) -> Case:
    return Case(name, (np.array(sound), np.int64(delay), np.float64(strength)))


_OFF = "The echo comes one sample too {}: its first sample belongs at index `delay`, counted from 0."

ECHO = Task(
    call="echo(sound, delay, strength)",
    errors=(("broadcast", "Sound and echo have different places in a longer array: make that one first."),),
    cases=(
        _hear("a click and an echo 3 samples later", [1, 0, 0, 0], 3, 0.5),
        _hear("eight samples and an echo 2 later", [3, 1, 4, 1, 5, 9, 2, 6], 2, 0.25),
        _hear("five samples that swing below 0, and an echo 1 later", [0.5, -1, 2, -0.25, 1], 1, 0.8),
        _hear("three samples and an echo long after them", [2, -1, 3], 6, 0.6),
    ),
    truth=_echo,
    right="It is the convolution of the sound with a click and a weaker click: `np.convolve` gives the same.",
    mistakes=(
        Mistake(
            lambda x, d, s: _mixed(x, d, s, 1),
            "The echo comes before the sound. So it is where the room's answer is not turned round: each "
            "output then looks ahead.",
        ),
        Mistake(
            lambda x, d, s: _echo(x, d, s)[: len(x)],
            "The output ends with the input, so the echo's end is cut off: it takes `delay` more samples.",
        ),
        Mistake(
            lambda x, d, s: x + s * np.roll(x, d),
            "`np.roll` brings the end of the echo round to the beginning, before its sound. The output has "
            "to be longer by `delay`.",
        ),
        Mistake(
            lambda x, d, s: _mixed(x, d, 0, s), "Only the echo is heard. The sound itself comes out as well."
        ),
        Mistake(lambda x, d, s: _mixed(x, d, 1, 0), "Only the sound is heard. Its echo has to be added."),
        Mistake(
            lambda x, d, s: _mixed(x, d, s, s), "Sound and echo are both weakened. Only the echo is weaker."
        ),
        Mistake(
            lambda x, d, s: _mixed(x, d, 1, 1), "Sound and echo are equally loud: `strength` is left out."
        ),
        Mistake(
            lambda x, d, s: _mixed(x, d, 1, -s), "The echo is subtracted. What arrives together adds up."
        ),
        Mistake(lambda x, d, s: _echo(x, d + 1, s), _OFF.format("late")),
        Mistake(lambda x, d, s: _echo(x, d - 1, s), _OFF.format("early")),
        Mistake(
            _replaced,
            "Where sound and echo overlap, the echo takes the sound's place: use `+=`, as both are heard at "
            "once.",
        ),
        Mistake(
            lambda x, d, s: np.trunc(_echo(x, d, s)),
            "Fractions are cut off: the results go into integers. Collect them in floats.",
        ),
    ),
)


def _np_pad(mode: str) -> Callable:
    return lambda image, width: np.pad(image, width, mode=mode)


def _sides(rows: tuple[int, int], columns: tuple[int, int]) -> Callable:
    """Return a mirrored border that is `width` wide where there is a 1."""
    return lambda image, width: np.pad(
        image, [[width * side for side in ends] for ends in (rows, columns)], mode="symmetric"
    )


def _unmirrored(image: np.ndarray, width: int) -> np.ndarray:
    """Put copies of the outermost rows and columns outside, in their old order."""
    tall = np.vstack([image[:width], image, image[-width:]])
    return np.hstack([tall[:, :width], tall, tall[:, -width:]])


_ONE_END = "The border has to go all around; yours is on one side of the rows and columns only."

MIRROR = Task(
    call="mirror(image, width)",
    cases=(
        Case("the 4 × 4 gray image, 2 wide", (GRAY, np.int64(2))),
        Case("a 3 × 5 image, 3 wide", (np.arange(15).reshape(3, 5) ** 2 % 13, np.int64(3))),
        Case("a 4 × 3 image of fractions, 1 wide", (np.arange(12).reshape(4, 3) / 4, np.int64(1))),
        Case("a 5 × 4 image, 2 wide", (np.arange(20).reshape(5, 4) ** 2 % 19, np.int64(2))),
    ),
    truth=_np_pad("symmetric"),
    right='The same as `np.pad(image, width, mode="symmetric")`: no pixel at the border jumps.',
    mistakes=(
        Mistake(_np_pad("constant"), "The invented pixels are zeros. They have to be a mirror image."),
        Mistake(
            _np_pad("reflect"),
            'The mirror stands on the outermost pixel, so it is there once: that is "reflect". Here it '
            "stands just outside, and that pixel is there twice.",
        ),
        Mistake(
            _np_pad("edge"),
            'The outermost pixel goes on and on: that is "edge". A mirror shows the second pixel next.',
        ),
        Mistake(
            _np_pad("wrap"),
            'The opposite side follows: that is "wrap". A mirror shows the near side, turned round.',
        ),
        Mistake(
            _unmirrored,
            "The outermost rows and columns are copied in their old order. In a mirror the nearest comes "
            "first: turn them round with `[::-1]`.",
        ),
        Mistake(_sides((1, 1), (0, 0)), "The border is above and below only: columns need one as well."),
        Mistake(_sides((0, 0), (1, 1)), "The border is left and right only: rows need one as well."),
        Mistake(_sides((1, 0), (1, 0)), _ONE_END),
        Mistake(_sides((0, 1), (0, 1)), _ONE_END),
        Mistake(_sides((2, 2), (2, 2)), "The border is twice as wide: `width` is meant per side."),
        Mistake(lambda image, width: image, "The picture comes back as it was, without a border."),
    ),
)
