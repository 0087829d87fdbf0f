"""Lesson 5's checks: echo, half a turn, convolution, a mirrored border."""

from collections.abc import Callable

import numpy as np

from cnnlib.convolution import conv2d
from cnnlib.exercises.check import Ways, function_check, numbers_check
from cnnlib.exercises.ways import slide_ways
from cnnlib.shapes import pad

_ASYMMETRIC = np.array([[-1, 2, 0], [3, -4, 1], [5, -2, -3]])
_WIDE = np.array([[1, -2, 3], [0, 4, -1]])
_GRAY = np.array([[50, 75, 100, 125], [150, 175, 200, 225], [100, 125, 150, 175], [25, 50, 75, 100]])


def turned(kernel: np.ndarray) -> np.ndarray:
    """Turn a kernel by 180 degrees.

    Examples
    --------
    >>> turned(np.array([[1, 2], [3, 4]])).tolist()
    [[4, 3], [2, 1]]
    """
    return kernel[::-1, ::-1]


_ROWS_ONLY = "Only the order of the rows is reversed. That mirrors; half a turn reverses the columns as well."
_COLUMNS_ONLY = "Only the columns are reversed. That mirrors; half a turn reverses the rows as well."
_TRANSPOSED = "Rows and columns are swapped: `.T` mirrors at the diagonal. Half a turn reverses both orders."
_BOTH = "The kernel is flipped, and transposed as well. Leave `.T` out."
_QUARTER = "That is a quarter turn. Convolution takes half a turn: two of them."
_SIGN = "The signs are changed. Half a turn moves the weights, it does not change them."

check_flip = function_check(
    "05-flip",
    makes="a learner's own half turn of a kernel",
    takes="Takes a kernel ``(KH, KW)``, returns it turned by 180 degrees.",
    example="""
    >>> print(check_flip(lambda kernel: kernel.T.T))
    Not yet: The kernel is as it was: not turned at all, or turned twice, and two half turns are a whole one.
    """,
    call="flip(kernel)",
    cases=(
        ("a 3 × 3 kernel with nine different weights", _ASYMMETRIC),
        ("a 2 × 3 kernel", _WIDE),
        ("left minus right", np.array([[1, 0, -1]] * 3)),
        ("a 4 × 4 kernel of fractions", np.arange(16).reshape(4, 4) ** 2 % 11 / 4),
    ),
    truth=turned,
    right="The first weight becomes the last, row by row: half a turn.",
    mistakes=(
        (
            "The kernel is as it was: not turned at all, or turned twice, and two half turns are a whole "
            "one.",
            lambda k: k,
        ),
        (_ROWS_ONLY, lambda k: k[::-1]),
        (_COLUMNS_ONLY, lambda k: k[:, ::-1]),
        (_TRANSPOSED, lambda k: k.T),
        (_BOTH, lambda k: turned(k).T),
        (_QUARTER, lambda k: np.rot90(k)),
        (_QUARTER, lambda k: np.rot90(k, 3)),
        (_SIGN, lambda k: -k),
        (f"It is turned, but {_SIGN[0].lower()}{_SIGN[1:]}", lambda k: -turned(k)),
    ),
)


def _slide(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    return conv2d(image.astype(float), kernel)


def _with(change: Callable[[np.ndarray], np.ndarray]) -> Callable:
    """Return a slide of the kernel that `change` makes."""
    return lambda image, kernel: _slide(image, change(kernel))


def _over(image: np.ndarray, kernel: np.ndarray, full: bool) -> np.ndarray:
    """Surround a picture with the zeros that "full" or "same" needs."""
    sides = [(size - 1, size - 1) if full else ((size - 1) // 2, size // 2) for size in kernel.shape]
    return pad(image.astype(float), sides)


_AND_NOT = " And the kernel is not flipped."
_FULL = (
    'Your map is larger than the picture: it holds every place where the two touch. That is "full", SciPy\'s '
    'default; only the places where the whole kernel fits are asked for: `mode="valid"`.'
)
_SAME = (
    'Your map is as large as the picture: that is "same", with zero padding at the border. Only the places '
    'where the whole kernel fits are asked for: "valid".'
)

check_convolve = function_check(
    "05-convolve",
    makes="a learner's own convolution, in which the kernel is flipped",
    takes="Takes an image ``(H, W)`` and a kernel ``(KH, KW)``, returns the map ``(H - KH + 1, W - KW + "
    "1)``.",
    example="""
    >>> from scipy.signal import convolve2d
    >>> check_convolve(lambda image, kernel: image).verdict
    'wrong'
    """,
    call="convolve(image, kernel)",
    errors=(("broadcast", "Does the flipped kernel still have the shape of the window?"),),
    cases=(
        ("the 4 × 4 gray image with left minus right", _GRAY, np.array([[1, 0, -1]] * 3)),
        (
            "a 5 × 5 image with a kernel of nine different weights",
            np.arange(25).reshape(5, 5) ** 2 % 17,
            _ASYMMETRIC,
        ),
        ("a 4 × 6 image with a 2 × 3 kernel", np.arange(24).reshape(4, 6) ** 2 % 17, _WIDE),
        ("the 4 × 4 gray image as bytes", _GRAY.astype(np.uint8), _ASYMMETRIC),
        ("a 7 × 7 image with a single 1", np.pad([[1]], 3), np.arange(1, 10).reshape(3, 3)),
        (
            "a 4 × 5 image with weights that are fractions",
            (np.arange(20).reshape(4, 5) ** 2 * 37) % 401 - 90,
            np.array([[0.5, -3.25, 1], [-7, 4.5, 0.75]]),
        ),
    ),
    truth=_with(turned),
    ways=[slide_ways(turned, ((lambda k: k, "The kernel is not flipped."),))],
    right="The same numbers as SciPy's `convolve2d` with mode valid; and a single 1 gives the kernel back.",
    mistakes=(
        (
            "This is cross-correlation: the kernel is not flipped by 180° (or flipped twice, which is as "
            "good as never).",
            _slide,
        ),
        (_ROWS_ONLY, _with(lambda k: k[::-1])),
        (_COLUMNS_ONLY, _with(lambda k: k[:, ::-1])),
        (_TRANSPOSED, _with(lambda k: k.T)),
        (_BOTH, _with(lambda k: turned(k).T)),
        (_QUARTER, _with(np.rot90)),
        (_QUARTER, _with(lambda k: np.rot90(k, 3))),
        (
            "You flipped the picture. Its numbers are the right ones, but then the map is flipped as well: "
            "flip the kernel instead.",
            lambda image, kernel: _slide(turned(image), kernel),
        ),
        (
            "The map is flipped, not the kernel (or picture and kernel both are, which comes to the same).",
            lambda image, kernel: turned(_slide(image, kernel)),
        ),
        (
            "You changed the sign of a cross-correlation. That agrees for left minus right, but half a turn "
            "moves weights, it does not negate them.",
            lambda image, kernel: -_slide(image, kernel),
        ),
        (_FULL, lambda image, kernel: _slide(_over(image, kernel, True), turned(kernel))),
        (_FULL + _AND_NOT, lambda image, kernel: _slide(_over(image, kernel, True), kernel)),
        (_SAME, lambda image, kernel: _slide(_over(image, kernel, False), turned(kernel))),
        (_SAME + _AND_NOT, lambda image, kernel: _slide(_over(image, kernel, False), kernel)),
        (
            "The flipped kernel is reshaped to the other order of its sides: its rows are "
            "cut to pieces. Half a turn "
            "leaves the shape as it is.",
            _with(lambda k: turned(k).reshape(k.shape[::-1])),
        ),
        (
            "The kernel is sorted, or its numbers are read in another order. Half a turn "
            "reverses rows and columns.",
            _with(lambda k: np.sort(k.ravel())[::-1].reshape(k.shape)),
        ),
        (
            "The sum of the products is divided by the number of weights: that is their "
            "mean. The sum is asked for.",
            lambda image, kernel: _slide(image, turned(kernel)) / kernel.size,
        ),
        (
            "The signs are dropped. Keep them: a negative output is as good as a positive one.",
            lambda image, kernel: np.abs(_slide(image, turned(kernel))),
        ),
        (
            "The results go into the image's own type of integer, where negative numbers wrap round. Collect "
            "them in floats.",
            lambda image, kernel: _slide(image, turned(kernel)).astype(int).astype(image.dtype),
        ),
    ),
)


def _echo(sound: np.ndarray, delay: int, strength: float) -> np.ndarray:
    return _mixed(sound, delay, 1, strength)


def _mixed(sound: np.ndarray, delay: int, first: float, later: float) -> np.ndarray:
    out = np.zeros(len(sound) + delay)
    out[: len(sound)] += first * sound
    out[delay:] += later * sound
    return out


def _echoed(sound: np.ndarray, delay: int, strength: float) -> np.ndarray:
    """Let the echo be heard again, and its echo."""
    out = np.concatenate([sound, np.zeros(delay)])
    for i in range(delay, len(out)):
        out[i] += strength * out[i - delay]
    return out


def _parts_of(sound, delay, strength, *, first=1, later=lambda s, d: s, moved=0, pad=None) -> np.ndarray:
    """Mix as is right, but for what a mistake puts in place of a part."""
    out = _mixed(sound, delay + moved, first, later(strength, delay))
    return (
        out
        if pad is None
        else np.pad(out, (0, max(pad + len(sound) + delay - len(out), 0)))[: len(sound) + pad]
    )


_ECHOES = Ways(
    _parts_of,
    {
        "first": (
            (0, "Only the echo is heard. The sound itself comes out as well."),
            (-1, "The sign of the sound is changed."),
            (0.5, "The sound is halved. It comes out as loud as it is."),
            (2, "The sound is there twice. It comes out as loud as it is."),
        ),
        "later": (
            (lambda s, d: 1, "`strength` is left out: the echo is as loud as the sound."),
            (lambda s, d: -s, "The echo is subtracted. What arrives together adds up."),
            (lambda s, d: s * s, "The echo is weakened twice: `strength` is in it squared."),
            (lambda s, d: s**d, "The echo is weakened for each sample of the delay. It is weakened once."),
            (lambda s, d: 1 - s, "1 − strength is left of the echo. Its strength is `strength` itself."),
            (
                lambda s, d: 1 / s,
                "The echo is divided by its strength: it is louder than the sound. Multiply.",
            ),
            (
                lambda s, d: 1 + s,
                "The sound is in the echo a second time: 1 + strength. The echo alone is `strength`.",
            ),
        ),
        "moved": (
            (1, "The echo comes one sample too late: its first sample belongs at index `delay`."),
            (-1, "The echo comes one sample too early: its first sample belongs at index `delay`."),
        ),
        "pad": (
            (
                0,
                "The output ends with the sound, so the echo's end is cut off: it takes "
                "`delay` more samples.",
            ),
        ),
    },
)


def _replaced(sound: np.ndarray, delay: int, strength: float) -> np.ndarray:
    out = np.zeros(len(sound) + delay)
    out[: len(sound)] = sound
    out[delay:] = strength * sound
    return out


def _hear(name: str, sound: list[float], delay: int, strength: float) -> tuple:
    return (name, np.array(sound), np.int64(delay), np.float64(strength))


_OFF = "The echo comes one sample too {}: its first sample belongs at index `delay`, counted from 0."

check_echo = function_check(
    "05-echo",
    makes="a learner's own echo",
    takes="Takes a sound ``(N,)``, a delay in samples and a strength; returns the sound and one echo of "
    "it, ``(N + delay,)``.",
    example="""
    >>> check_echo(lambda sound, delay, strength: sound).verdict
    'wrong'
    """,
    call="echo(sound, delay, strength)",
    errors=(("broadcast", "Sound and echo have different places in a longer array: make that one first."),),
    cases=(
        _hear("a click and an echo 3 samples later", [1, 0, 0, 0], 3, 0.5),
        _hear("eight samples and an echo 2 later", [3, 1, 4, 1, 5, 9, 2, 6], 2, 0.25),
        _hear("five samples that swing below 0, and an echo 1 later", [0.5, -1, 2, -0.25, 1], 1, 0.8),
        _hear("three samples and an echo long after them", [2, -1, 3], 6, 0.6),
    ),
    truth=_echo,
    ways=[_ECHOES],
    right="It is the convolution of the sound with a click and a weaker click: `np.convolve` gives the same.",
    mistakes=(
        (
            "The echo comes before the sound. So it is where the impulse response is not flipped: each "
            "output then looks ahead.",
            lambda x, d, s: _mixed(x, d, s, 1),
        ),
        (
            "The output ends with the input, so the echo's end is cut off: it takes `delay` more samples.",
            lambda x, d, s: _echo(x, d, s)[: len(x)],
        ),
        (
            "`np.roll` brings the end of the echo round to the beginning, before its sound. The output has "
            "to be longer by `delay`.",
            lambda x, d, s: x + s * np.roll(x, d),
        ),
        ("Only the echo is heard. The sound itself comes out as well.", lambda x, d, s: _mixed(x, d, 0, s)),
        ("Only the sound is heard. Its echo has to be added.", lambda x, d, s: _mixed(x, d, 1, 0)),
        ("Sound and echo are both weakened. Only the echo is weaker.", lambda x, d, s: _mixed(x, d, s, s)),
        ("Sound and echo are equally loud: `strength` is left out.", lambda x, d, s: _mixed(x, d, 1, 1)),
        ("The echo is subtracted. What arrives together adds up.", lambda x, d, s: _mixed(x, d, 1, -s)),
        (_OFF.format("late"), lambda x, d, s: _echo(x, d + 1, s)),
        (_OFF.format("early"), lambda x, d, s: _echo(x, d - 1, s)),
        (
            "The echo is echoed again and again: you add from the output, in which there "
            "is an echo already. Add from the "
            "sound.",
            _echoed,
        ),
        (
            "The echo is echoed again: you add from the output, in which there is an "
            "echo already. Add from the sound.",
            lambda x, d, s: _echoed(x, d, s)[: len(x)],
        ),
        (
            "Where sound and echo overlap, the louder one alone is heard. Both are heard "
            "at once: they add up.",
            lambda x, d, s: np.maximum(np.append(x, np.zeros(d)), np.append(np.zeros(d), s * x)),
        ),
        (
            "An index below 0 counts from the end: the echo of the sound's end is heard "
            "at its beginning. Before `delay` there "
            "is no echo.",
            lambda x, d, s: np.append(x, np.zeros(d)) + s * x[(np.arange(len(x) + d) - d) % len(x)],
        ),
        (
            "Sound and echo follow each other. The echo begins `delay` samples after the "
            "sound begins, and both are heard "
            "at once.",
            lambda x, d, s: np.concatenate([x, s * x]),
        ),
        (
            "Sound, silence and echo follow each other. The echo begins `delay` samples "
            "after the sound begins.",
            lambda x, d, s: np.concatenate([x, np.zeros(d), s * x]),
        ),
        (
            "The output has twice as many extra samples as the delay.",
            lambda x, d, s: np.pad(_echo(x, d, s), (0, d)),
        ),
        (
            "Where sound and echo overlap, the echo takes the sound's place: use `+=`, as both are heard at "
            "once.",
            _replaced,
        ),
        (
            "Fractions are cut off: the results go into integers. Collect them in floats.",
            lambda x, d, s: np.trunc(_echo(x, d, s)),
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


def _empty_corners(mirrored: np.ndarray, width: int) -> np.ndarray:
    out = mirrored.copy()
    for rows in (slice(width), slice(-width, None)):
        for columns in (slice(width), slice(-width, None)):
            out[rows, columns] = 0
    return out


def _far_mirrored(image: np.ndarray, width: int) -> np.ndarray:
    tall = np.vstack([image[-width:][::-1], image, image[:width][::-1]])
    return np.hstack([tall[:, -width:][:, ::-1], tall, tall[:, :width][:, ::-1]])


_ONE_END = "The border has to go all around; yours is on one side of the rows and columns only."


def _bordered(image, width, *, rows="symmetric", columns="symmetric", corners=None, grown=0) -> np.ndarray:
    """Put a border around as is right, but for what a mistake puts in place of a part."""
    width += grown
    out = image
    for axis, mode in enumerate((rows, columns)):
        if callable(mode):
            out = np.moveaxis(mode(np.moveaxis(out, axis, 0), width), 0, axis)
        elif mode:
            sides = [(width, width) if axis == i else (0, 0) for i in range(2)]
            out = np.pad(out, sides, mode=mode)
    return out if corners is None else corners(out, width)


def _edges(name: str) -> tuple:
    ends = {
        "constant": "zeros",
        "reflect": "a mirror image with the outermost pixel once",
        "edge": "copies of the outermost pixel",
        "wrap": "the opposite side",
    }
    one_sided = {
        "before": lambda x, w: np.pad(x, [(w, 0), (0, 0)], mode="symmetric"),
        "after": lambda x, w: np.pad(x, [(0, w), (0, 0)], mode="symmetric"),
    }
    order = {
        "before": lambda x, w: np.vstack([x[:w], x, x[-w:][::-1]]),
        "after": lambda x, w: np.vstack([x[:w][::-1], x, x[-w:]]),
        "at both ends": lambda x, w: np.vstack([x[:w], x, x[-w:]]),
        "at both ends, and from the opposite side": lambda x, w: np.vstack([x[-w:][::-1], x, x[:w][::-1]]),
    }
    return (
        *((mode, f"The border of the {name} is made of {words}.") for mode, words in ends.items()),
        ("", f"The {name} have no border."),
        *((way, f"The {name} have a border {end} only.") for end, way in one_sided.items()),
        *(
            (way, f"The border of the {name} is not turned round {end}: the nearest comes first.")
            for end, way in order.items()
        ),
    )


_MIRRORS = Ways(
    _bordered,
    {
        "rows": _edges("rows"),
        "columns": _edges("columns"),
        "corners": (
            (_empty_corners, "The corners stay empty: mirror the rows, then the columns of what you have."),
        ),
        "grown": (
            (-1, "The border is one pixel too narrow."),
            (1, "The border is one pixel too wide."),
        ),
    },
)

check_mirror = function_check(
    "05-mirror",
    makes="a learner's own mirrored border",
    takes="Takes an image ``(H, W)`` and a width, at most its shorter side; returns the image ``(H + 2 "
    "width, W + 2 width)`` with its mirror image around it, the outermost pixel twice.",
    example="""
    >>> check_mirror(lambda image, width: image).verdict
    'wrong'
    """,
    call="mirror(image, width)",
    cases=(
        ("the 4 × 4 gray image, 2 wide", _GRAY, np.int64(2)),
        ("a 3 × 5 image, 3 wide", np.arange(15).reshape(3, 5) ** 2 % 13, np.int64(3)),
        ("a 4 × 3 image of fractions, 1 wide", np.arange(12).reshape(4, 3) / 4, np.int64(1)),
        ("a 5 × 4 image, 2 wide", np.arange(20).reshape(5, 4) ** 2 % 19, np.int64(2)),
    ),
    truth=_np_pad("symmetric"),
    ways=[_MIRRORS],
    right='The same as `np.pad(image, width, mode="symmetric")`: no pixel at the border jumps.',
    mistakes=(
        ("The padding is of zeros. It has to be a mirror image.", _np_pad("constant")),
        (
            'The mirror stands on the outermost pixel, so it is there once: that is "reflect". Here it '
            "stands just outside, and that pixel is there twice.",
            _np_pad("reflect"),
        ),
        (
            'The outermost pixel goes on and on: that is "edge". A mirror shows the second pixel next.',
            _np_pad("edge"),
        ),
        (
            'The opposite side follows: that is "wrap". A mirror shows the near side, turned round.',
            _np_pad("wrap"),
        ),
        (
            "The outermost rows and columns are copied in their old order. In a mirror the nearest comes "
            "first: turn them round with `[::-1]`.",
            _unmirrored,
        ),
        (
            "The corners stay empty. The mirror image goes round the corner: mirror the "
            "rows, then the columns of what you "
            "have.",
            lambda image, width: _empty_corners(_np_pad("symmetric")(image, width), width),
        ),
        (
            "The opposite side is mirrored. A mirror shows the near side.",
            _far_mirrored,
        ),
        (
            "The border is filled with the picture's average. It has to be a mirror image.",
            lambda image, width: np.pad(image.astype(float), width, constant_values=image.mean()),
        ),
        (
            "The border is one pixel wide, whatever `width` is.",
            lambda image, width: _np_pad("symmetric")(image, 1),
        ),
        ("The border is above and below only: columns need one as well.", _sides((1, 1), (0, 0))),
        ("The border is left and right only: rows need one as well.", _sides((0, 0), (1, 1))),
        (_ONE_END, _sides((1, 0), (1, 0))),
        (_ONE_END, _sides((0, 1), (0, 1))),
        ("The border is twice as wide: `width` is meant per side.", _sides((2, 2), (2, 2))),
        ("The picture comes back as it was, without a border.", lambda image, width: image),
    ),
)

check_modes = numbers_check(
    "05-modes",
    makes="the sides of the outputs of a 3 × 3 kernel on 4 × 4 in SciPy's three modes",
    takes={"full, same, valid": "The three sides."},
    example="""
    >>> print(check_modes(6, 4, 1))
    Not yet: (valid) That is the number of steps. Positions are one more.
    """,
)
