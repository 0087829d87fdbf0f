"""Lesson 5's checks: echo, half a turn, convolution, a mirrored border."""

import numpy as np

from cnnlib.exercises.check import function_check, numbers_check

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


def _flip(kernel):
    return kernel[::-1, ::-1]


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
    right="The first weight becomes the last, row by row: half a turn.",
    truth=_flip,
    edits="""
        kernel[::-1, ::-1] -> kernel
            The kernel is as it was: not turned at all, or turned twice, and two half turns are a whole one.
        kernel[::-1, ::-1] -> kernel[::-1]
            Only the order of the rows is reversed. That mirrors; half a turn reverses the columns as well.
        kernel[::-1, ::-1] -> kernel[:, ::-1]
            Only the columns are reversed. That mirrors; half a turn reverses the rows as well.
        kernel[::-1, ::-1] -> kernel.T
            Rows and columns are swapped: `.T` mirrors at the diagonal. Half a turn reverses both orders.
        kernel[::-1, ::-1] -> kernel[::-1, ::-1].T
            The kernel is flipped, and transposed as well. Leave `.T` out.
        kernel[::-1, ::-1] -> np.rot90(kernel)
        kernel[::-1, ::-1] -> np.rot90(kernel, 3)
            That is a quarter turn. Convolution takes half a turn: two of them.
        kernel[::-1, ::-1] -> -kernel
            The signs are changed. Half a turn moves the weights, it does not change them.
        kernel[::-1, ::-1] -> -kernel[::-1, ::-1]
            It is turned, but the signs are changed. Half a turn moves the weights, it does not change them.
        kernel[::-1, ::-1] -> np.sort(kernel.ravel())[::-1].reshape(kernel.shape)
            The kernel is sorted, or its numbers are read in another order. Half a turn reverses rows and
            columns.
    """,
)


def _convolve(image, kernel):
    height, width = image.shape
    turned = kernel[::-1, ::-1]
    rows, cols = turned.shape
    out = np.zeros((height - rows + 1, width - cols + 1))
    for i in range(height - rows + 1):
        for j in range(width - cols + 1):
            window = image[i : i + rows, j : j + cols].astype(float)
            out[i, j] = (window * turned).sum()
    return out


def _around(image: np.ndarray, kernel: np.ndarray, full: bool) -> np.ndarray:
    """Surround a picture with the zeros that "full" or "same" needs."""
    return np.pad(image, [(n - 1, n - 1) if full else ((n - 1) // 2, n // 2) for n in kernel.shape])


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
    right="The same numbers as SciPy's `convolve2d` with mode valid; and a single 1 gives the kernel back.",
    truth=_convolve,
    edits="""
        turned = kernel[::-1, ::-1] -> turned = kernel
            This is cross-correlation: the kernel is not flipped by 180° (or flipped twice, which is as good
            as never).
        turned = kernel[::-1, ::-1] -> turned = kernel[::-1]
            Only the order of the rows is reversed. That mirrors; half a turn reverses the columns as well.
        turned = kernel[::-1, ::-1] -> turned = kernel[:, ::-1]
            Only the columns are reversed. That mirrors; half a turn reverses the rows as well.
        turned = kernel[::-1, ::-1] -> turned = kernel.T
            Rows and columns are swapped: `.T` mirrors at the diagonal. Half a turn reverses both orders.
        turned = kernel[::-1, ::-1] -> turned = kernel[::-1, ::-1].T
            The kernel is flipped, and transposed as well. Leave `.T` out.
        turned = kernel[::-1, ::-1] -> turned = np.rot90(kernel)
        turned = kernel[::-1, ::-1] -> turned = np.rot90(kernel, 3)
            That is a quarter turn. Convolution takes half a turn: two of them.
        turned = kernel[::-1, ::-1] -> turned = kernel; image = image[::-1, ::-1]
            You flipped the picture. Its numbers are the right ones, but then the map is flipped as well: flip
            the kernel instead.
        turned = kernel[::-1, ::-1] -> turned = kernel ;; return out -> return out[::-1, ::-1]
            The map is flipped, not the kernel (or picture and kernel both are, which comes to the same).
        turned = kernel[::-1, ::-1] -> turned = -kernel
            You changed the sign of a cross-correlation. That agrees for left minus right, but half a turn
            moves weights, it does not negate them.
        turned = kernel[::-1, ::-1]
        -> turned = kernel[::-1, ::-1].reshape(kernel.shape[::-1])
            The flipped kernel is reshaped to the other order of its sides: its rows are cut to pieces. Half a
            turn leaves the shape as it is.
        turned = kernel[::-1, ::-1] -> turned = np.sort(kernel.ravel())[::-1].reshape(kernel.shape)
            The kernel is sorted, or its numbers are read in another order. Half a turn reverses rows and
            columns.
        (window * turned).sum() -> np.trunc((window * turned).sum()).astype(int).astype(image.dtype)
            The results go into the image's own type of integer, where negative numbers wrap round. Collect
            them in floats.
    """,
    mistakes=(
        (
            'Your map is larger than the picture: it holds every place where the two touch. That is "full",'
            " SciPy's "
            'default; only the places where the whole kernel fits are asked for: `mode="valid"`.',
            lambda image, kernel: _convolve(_around(image, kernel, full=True), kernel),
        ),
        (
            'Your map is larger than the picture: that is "full", SciPy\'s default. And the kernel is not '
            "turned.",
            lambda image, kernel: _convolve(_around(image, kernel, full=True), kernel[::-1, ::-1]),
        ),
        (
            'Your map is as large as the picture: that is "same", with zero padding at the border. Only the'
            ' places where the whole kernel fits are asked for: "valid".',
            lambda image, kernel: _convolve(_around(image, kernel, full=False), kernel),
        ),
        (
            'Your map is as large as the picture: that is "same", with invented zeros. And the kernel is '
            "not turned.",
            lambda image, kernel: _convolve(_around(image, kernel, full=False), kernel[::-1, ::-1]),
        ),
    ),
)


def _echoed(sound: np.ndarray, delay: int, strength: float) -> np.ndarray:
    """Let the echo be heard again, and its echo."""
    out = np.concatenate([sound, np.zeros(delay)])
    for i in range(delay, len(out)):
        out[i] += strength * out[i - delay]
    return out


def _hear(name: str, sound: list[float], delay: int, strength: float) -> tuple:
    return (name, np.array(sound), np.int64(delay), np.float64(strength))


def _echo(sound, delay, strength):
    length = len(sound) + delay
    out = np.zeros(length)
    out[: len(sound)] += sound
    out[delay:] += strength * sound
    return out


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
    right="It is the convolution of the sound with a click and a weaker click: `np.convolve` gives the same.",
    truth=_echo,
    edits="""
        out[: len(sound)] += sound -> out[delay:] += sound
        ;; out[delay:] += strength * sound -> out[: len(sound)] += strength * sound
            The weak sound comes first, the full one later: `strength` belongs to the late one. So it is, too,
            where the impulse response is not flipped: each output then looks ahead.
        return out -> return out[: len(sound)]
            The output ends with the input, so the echo's end is cut off: it takes `delay` more samples.
        return out -> return sound + strength * np.roll(sound, delay)
            `np.roll` brings the end of the echo round to the beginning, before its sound. The output has to
            be longer by `delay`.
        out[: len(sound)] += sound -> pass
            Only the echo is heard. The sound itself comes out as well.
        out[delay:] += strength * sound -> pass
            Only the sound is heard. Its echo has to be added.
        out[: len(sound)] += sound -> out[: len(sound)] += strength * sound
            Sound and echo are both weakened. Only the echo is weaker.
        strength * sound -> sound
            Sound and echo are equally loud: `strength` is left out.
        out[delay:] += -> out[delay:] -=
            The echo is subtracted. What arrives together adds up.
        strength * sound -> strength**2 * sound
            The echo is weakened twice: `strength` is in it squared.
        strength * sound -> strength**delay * sound
            The echo is weakened for each sample of the delay. It is weakened once.
        strength * sound -> (1 - strength) * sound
            1 − strength is left of the echo. Its strength is `strength` itself.
        out[: len(sound)] += sound -> out[: len(sound)] += (1 - strength) * sound
            The sound is made weaker as the echo gets stronger. It stays as it is, and the echo is added.
        strength * sound -> (1 + strength) * sound
            The sound is in the echo a second time: 1 + strength. The echo alone is `strength`.
        length = len(sound) + delay -> delay = delay + 1; length = len(sound) + delay
        out[delay:] += strength * sound -> out[delay + 1 :] += strength * sound[:-1]
            The echo comes one sample too late: its first sample belongs at index `delay`, counted from 0.
        length = len(sound) + delay -> delay = delay - 1; length = len(sound) + delay
        out[delay:] += -> out[delay - 1 : -1] +=
            The echo comes one sample too early: its first sample belongs at index `delay`, counted from 0.
        out[: len(sound)] += sound -> out[1 : len(sound) + 1] += sound
            The sound itself comes one sample too late: it begins at index 0.
        out[delay:] += strength * sound -> out += strength * np.roll(out, -delay)
        out[delay:] += strength * sound -> out[: len(sound)] += strength * out[delay:]
        return out -> return sound + strength * np.roll(sound, -delay)
        return out -> return sound + strength * np.append(sound, np.zeros(delay))[delay:]
            The echo comes before its sound: what is added at index i is the sound at i + delay. An echo is
            what sounded earlier, at i − delay.
        out[delay:] += strength * sound -> out[delay:] = strength * sound
            Where sound and echo overlap, the echo takes the sound's place: use `+=`, as both are heard at
            once.
        out[delay:] += strength * sound -> out[delay:] = np.maximum(out[delay:], strength * sound)
            Where sound and echo overlap, the louder one alone is heard. Both are heard at once: they add up.
        return out
        -> return np.append(sound, out[len(sound):] * 0) + strength * np.resize(np.roll(sound, delay), length)
            An index below 0 counts from the end: the echo of the sound's end is heard at its beginning.
            Before `delay` there is no echo.
        return out -> return np.concatenate([sound, strength * sound])
            Sound and echo follow each other. The echo begins `delay` samples after the sound begins, and both
            are heard at once.
        return out -> return np.concatenate([sound, np.zeros(delay), strength * sound])
            Sound, silence and echo follow each other. The echo begins `delay` samples after the sound begins.
        return out -> return np.append(out, np.zeros(delay))
            The output has twice as many extra samples as the delay.
    """,
    mistakes=(
        (
            "The echo is echoed again and again: you add from the output, in which there is an echo "
            "already. Add from the sound.",
            _echoed,
        ),
        *(
            (
                'A part of the convolution is kept, by `mode="same"` or `"valid"`. The whole is heard: leave '
                '`"full"`, the default.',
                lambda sound, delay, strength, mode=mode, order=order: np.convolve(
                    sound, [1, *[0] * (delay - 1), strength][::order], mode=mode
                ),
            )
            for mode in ("same", "valid")
            for order in (1, -1)
        ),
        (
            "The echo is echoed again: you add from the output, in which there is an echo already. Add from"
            " the sound.",
            lambda sound, delay, strength: _echoed(sound, delay, strength)[: len(sound)],
        ),
    ),
)


def _mirror(image, width):
    tall = np.vstack([image[:width][::-1], image, image[-width:][::-1]])
    return np.hstack([tall[:, :width][:, ::-1], tall, tall[:, -width:][:, ::-1]])


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
    right='The same as `np.pad(image, width, mode="symmetric")`: no pixel at the border jumps.',
    truth=_mirror,
    edits="""
        image[:width][::-1] -> image[:width] ;; image[-width:][::-1] -> image[-width:]
        ;; tall[:, :width][:, ::-1] -> tall[:, :width] ;; tall[:, -width:][:, ::-1] -> tall[:, -width:]
            The outermost rows and columns are copied in their old order. In a mirror the nearest comes first:
            turn them round with `[::-1]`.
        image[:width][::-1] -> image[:width] ;; image[-width:][::-1] -> image[-width:]
            The rows are copied in their old order, and the columns are turned round. In a mirror the nearest
            comes first, above and below as well.
        tall[:, :width][:, ::-1] -> tall[:, :width] ;; tall[:, -width:][:, ::-1] -> tall[:, -width:]
            The columns are copied in their old order, and the rows are turned round. In a mirror the nearest
            comes first, left and right as well.
        image[-width:][::-1] -> image[-width:] ;; tall[:, -width:][:, ::-1] -> tall[:, -width:]
            Below and on the right, rows and columns are copied in their old order. In a mirror the nearest
            comes first there as well.
        image[:width][::-1] -> image[:width] ;; tall[:, :width][:, ::-1] -> tall[:, :width]
            Above and on the left, rows and columns are copied in their old order. In a mirror the nearest
            comes first there as well.
        image[:width][::-1] -> image[1 : width + 1][::-1]
        ;; tall[:, :width][:, ::-1] -> tall[:, 1 : width + 1][:, ::-1]
            Above and on the left the mirror stands on the outermost pixel, which is there once. It stands
            just outside, and that pixel is there twice.
        image[-width:][::-1] -> image[-width - 1 : -1][::-1]
        ;; tall[:, -width:][:, ::-1] -> tall[:, -width - 1 : -1][:, ::-1]
            Below and on the right the mirror stands on the outermost pixel, which is there once. It stands
            just outside, and that pixel is there twice.
        tall[:, :width] -> np.pad(image[:, :width], [(width, width), (0, 0)])
        ;; tall[:, -width:] -> np.pad(image[:, -width:], [(width, width), (0, 0)])
            The corners stay empty. The mirror image goes round the corner: mirror the rows, then the columns
            of what you have.
        image[:width][::-1] -> image[-width:][::-1] ;; image[-width:][::-1] -> image[:width][::-1]
        ;; tall[:, :width][:, ::-1] -> tall[:, -width:][:, ::-1]
        ;; tall[:, -width:][:, ::-1] -> tall[:, :width][:, ::-1]
            The opposite side is mirrored. A mirror shows the near side.
        tall = np.vstack -> tall = np.pad(image, [(width, width), (0, 0)]); np.vstack
        return np.hstack -> return np.pad(tall, [(0, 0), (width, width)]); np.hstack
            The border of the rows, or of the columns, is made of zeros. It has to be a mirror image.
        tall = np.vstack -> tall = np.pad(image, [(width, width), (0, 0)], mode="edge"); np.vstack
        return np.hstack -> return np.pad(tall, [(0, 0), (width, width)], mode="edge"); np.hstack
            The border of the rows, or of the columns, is made of copies of the outermost pixel.
        tall = np.vstack -> tall = np.pad(image, [(width, width), (0, 0)], mode="reflect"); np.vstack
        return np.hstack -> return np.pad(tall, [(0, 0), (width, width)], mode="reflect"); np.hstack
            The mirror of the rows, or of the columns, stands on the outermost pixel, which is there once.
        image[:width][::-1] -> image[1 : width + 1][::-1]
        ;; image[-width:][::-1] -> image[-width - 1 : -1][::-1]
        ;; tall[:, :width][:, ::-1] -> tall[:, 1 : width + 1][:, ::-1]
        ;; tall[:, -width:][:, ::-1] -> tall[:, -width - 1 : -1][:, ::-1]
            The mirror stands on the outermost pixel, so it is there once. Here it stands just outside, and
            that pixel is there twice.
        image[:width][::-1] -> image[-width:][::-1] ;; image[-width:][::-1] -> image[:width][::-1]
        tall[:, :width][:, ::-1] -> tall[:, -width:][:, ::-1]
        ;; tall[:, -width:][:, ::-1] -> tall[:, :width][:, ::-1]
            Two borders have changed places: a mirror shows the near side.
        return np.hstack -> return tall; np.hstack
            The border is above and below only: columns need one as well.
        tall = np.vstack -> tall = image; np.vstack
            The border is left and right only: rows need one as well.
        image, image[-width:][::-1]] -> image] ;; tall, tall[:, -width:][:, ::-1]] -> tall]
        image[:width][::-1], image -> image ;; tall[:, :width][:, ::-1], tall -> tall
            The border has to go all around; yours is on one side of the rows and columns only.
        tall = np.vstack -> width = 1; tall = np.vstack
            The border is one pixel wide, whatever `width` is.
        return np.hstack -> return image; np.hstack
            The picture comes back as it was, without a border.
    """,
    mistakes=(
        *(
            (says, lambda image, width, mode=mode: np.pad(image, width, mode=mode))
            for mode, says in {
                "constant": "The padding is of zeros. It has to be a mirror image.",
                "reflect": "The mirror stands on the outermost pixel, so it is there once: that is "
                '"reflect". Here it stands just outside, and that pixel is there twice.',
                "edge": 'The outermost pixel goes on and on: that is "edge". A mirror shows the second '
                "pixel next.",
                "wrap": 'The opposite side follows: that is "wrap". A mirror shows the near side, turned '
                "round.",
                "mean": "The border is filled with averages. It has to be a mirror image.",
            }.items()
        ),
        (
            "The border is filled with the picture's average. It has to be a mirror image.",
            lambda image, width: np.pad(image.astype(float), width, constant_values=image.mean()),
        ),
        (
            "The border is twice as wide: `width` is meant per side.",
            lambda image, width: np.pad(image, 2 * width, mode="symmetric"),
        ),
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
