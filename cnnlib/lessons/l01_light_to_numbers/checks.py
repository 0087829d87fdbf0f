"""Lesson 1's checks: an analog-to-digital converter, and codes by hand."""

from collections.abc import Callable

import numpy as np

from cnnlib.exercises.check import Ways, function_check, numbers_check
from cnnlib.quantization import quantize


def _case(name: str, volts: list, bits: int, full_scale: float) -> tuple:
    return (name, np.array(volts), np.int64(bits), np.float64(full_scale))


def _truth(volts, bits, full_scale) -> np.ndarray:
    return quantize(volts, int(bits), float(full_scale))


def _levels(count: Callable, rounded: Callable = np.floor) -> Callable:
    """Return a converter that believes in `count(bits)` levels, with its codes still in their range."""
    return lambda volts, bits, full_scale: np.clip(
        rounded(volts / full_scale * count(bits)), 0, 2.0**bits - 1
    )


def _raw(volts, bits, full_scale) -> np.ndarray:
    """Return the whole steps, not clipped."""
    return np.floor(volts / full_scale * 2**bits)


def _after(change: Callable) -> Callable:
    """Return a converter whose right codes are changed: ``change(codes, bits, full_scale)``."""
    return lambda volts, bits, full_scale: change(_truth(volts, bits, full_scale), bits, full_scale)


def _both(change: Callable) -> tuple[Callable, Callable]:
    """Return a mistake in its two forms: with codes clipped to their range, and without."""
    return (lambda volts, bits, full_scale: np.clip(change(volts, bits, full_scale), 0, 2**bits - 1), change)


def _all(says: str, *ways: Callable) -> tuple:
    return tuple((says, way) for way in ways)


def _converted(
    volts, bits, full_scale, *, levels=lambda b: 2**b, rounded=np.floor, low=0, high=-1, reach=None
):
    """Convert as is right, but for what a mistake puts in place of a part."""
    codes = rounded(volts / (reach or full_scale) * levels(bits))
    codes = codes if low is None else np.maximum(codes, low)
    return codes if high is None else np.minimum(codes, 2**bits + high)


_WAYS = Ways(
    _converted,
    {
        "levels": (
            (lambda b: 2**b - 1, "The range is divided into 2**bits − 1 steps; there are 2**bits."),
            (lambda b: 2**b + 1, "The range is divided into 2**bits + 1 steps; there are 2**bits."),
            (lambda b: 2 ** (b - 1), "Half as many codes as there are: n bits make 2**n."),
            (lambda b: 2 ** (b + 1), "Twice as many codes as there are: n bits make 2**n."),
            (lambda b: b, "The number of bits stands where the number of codes, 2**bits, belongs."),
            (lambda b: b**2, "bits**2 stands where the number of codes, 2**bits, belongs."),
            (lambda b: 8, "The number of bits is fixed at 3: use `bits`."),
            (lambda b: 256, "The number of bits is fixed at 8: use `bits`."),
            (lambda b: 10**b, "10**bits stands where 2**bits belongs: a bit has two values."),
        ),
        "rounded": (
            (np.rint, "You round to the nearest code. A code stands for the step above it: round down."),
            (lambda x: np.floor(x + 0.5), "You round to the nearest code; round down."),
            (np.ceil, "You round up. A code stands for the step above it: round down."),
            (lambda x: np.ceil(x) - 1, "On the edge between two codes you take the lower one."),
            (lambda x: np.floor(x) + 1, "Every code is one too large: they are counted from 0."),
            (lambda x: np.floor(x) - 1, "Every code is one too small."),
            (np.trunc, "`int` cuts off towards 0, which rounds voltages below 0 up."),
            (lambda x: x, "Codes are whole numbers: round down."),
        ),
        "high": (
            (None, "The top is not clipped: what is beyond the range gets the highest code, 2**bits − 1."),
            (0, "The top is clipped at 2**bits, which is one code too many: the highest is 2**bits − 1."),
            (-2, "The top is clipped one code too early: the highest is 2**bits − 1."),
        ),
        "low": (
            (None, "The bottom is not clipped: voltages below 0 get code 0."),
            (1, "The lowest code is 0, not 1."),
        ),
        "reach": (
            (5, "The range is fixed at 5 V: use `full_scale`."),
            (3.3, "The range is fixed at 3.3 V: use `full_scale`."),
            (1, "The range does not come in: divide by `full_scale`."),
        ),
    },
)

_SCALARS = "`int()` and `math.floor` take one number. For all voltages at once: `np.floor(...)`."

check_quantize = function_check(
    "01-quantize",
    makes="a learner's own analog-to-digital converter",
    takes="Takes voltages (an array of any shape), the number of bits and the volts of the whole range; "
    "returns the codes in the same shape: whole steps, the upper code on an edge, 0 to ``2**bits "
    "- 1``.",
    example="""
    >>> from cnnlib import quantize
    >>> check_quantize(quantize).verdict
    'right'
    """,
    call="quantize(volts, bits, full_scale)",
    errors=(
        (
            "truth value",
            "`if`, `min` and `max` look at one number. For all voltages at once: `np.clip`, or `np.minimum`.",
        ),
        ("scalar", _SCALARS),
        ("must be real number", _SCALARS),
        ("no attribute 'is_integer'", _SCALARS),
    ),
    cases=(
        _case("nine voltages, 3 bits over 5 V", [0.0, 0.6, 0.625, 1.0, 2.4, 2.5, 2.6, 4.3, 4.9], 3, 5.0),
        _case("1 bit over 1 V", [0.2, 0.5, 0.8], 1, 1.0),
        _case("the end of the range and what lies beyond, 3 bits over 5 V", [4.99, 5.0, 5.2, 12.0], 3, 5.0),
        _case("a 2 × 3 picture, 2 bits over 1 V", [[0.1, 0.3, 0.5], [0.7, 0.9, 0.99]], 2, 1.0),
        _case("voltages below 0 too, 4 bits over 3.3 V", [-0.3, -2.0, 0.1, 1.0, 1.7, 2.9], 4, 3.3),
        _case("12 bits over 5 V", [0.01, 1.0, 2.5, 3.3, 4.999], 12, 5.0),
    ),
    truth=_truth,
    ways=[_WAYS],
    right="Your converter gives the right codes from 1 to 12 bits, on every edge, at the end of the range "
    "and beyond it.",
    mistakes=(
        *_all(
            "The top is not clipped: the end of the range, and all beyond it, has to get the highest code, "
            "2**bits − 1.",
            lambda volts, bits, full_scale: np.maximum(_raw(volts, bits, full_scale), 0),
            lambda volts, bits, full_scale: np.clip(_raw(volts, bits, full_scale), 0, 2**bits),
        ),
        *_all(
            "Nothing is clipped: voltages below 0 have to get code 0, and those from the end of the range on "
            "the highest, 2**bits − 1.",
            _raw,
            lambda volts, bits, full_scale: np.trunc(volts / full_scale * 2**bits),
        ),
        (
            "The top is clipped, the bottom is not: voltages below 0 have to get code 0.",
            lambda volts, bits, full_scale: np.minimum(_raw(volts, bits, full_scale), 2**bits - 1),
        ),
        (
            "Out of range your codes begin again at the other end. A converter stops at its lowest and "
            "highest.",
            lambda volts, bits, full_scale: _raw(volts, bits, full_scale) % 2**bits,
        ),
        *_all(
            "You round to the nearest code. A code stands for the step above it, so round down: `np.floor`.",
            *_both(lambda volts, bits, full_scale: np.rint(volts / full_scale * 2**bits)),
            *_both(lambda volts, bits, full_scale: np.floor(volts / full_scale * 2**bits + 0.5)),
        ),
        *_all(
            "You round up. A code stands for the step above it, so round down: `np.floor`.",
            *_both(lambda volts, bits, full_scale: np.ceil(volts / full_scale * 2**bits)),
        ),
        *_all(
            "On the edge between two codes you take the lower one. Here the rule is: the upper one.",
            *_both(lambda volts, bits, full_scale: np.ceil(volts / full_scale * 2**bits) - 1),
        ),
        *_all(
            "You divide the range into 2**bits − 1 steps. There are as many steps as codes, 2**bits: the "
            "highest code, too, has a step of its own.",
            _levels(lambda bits: 2**bits - 1),
            _levels(lambda bits: 2**bits - 1, np.rint),
            lambda volts, bits, full_scale: np.floor(volts / full_scale * (2**bits - 1)),
            lambda volts, bits, full_scale: np.rint(volts / full_scale * (2**bits - 1)),
        ),
        *_all(
            "The number of codes is wrong: each bit doubles it, so n bits make 2**n.",
            _levels(lambda bits: bits),
            _levels(lambda bits: 2 * bits),
            _levels(lambda bits: bits**2),
            _levels(lambda bits: 2 ** (bits - 1)),
            _levels(lambda bits: 2 ** (bits + 1)),
        ),
        *_all(
            "You divide by the wrong thing. How many volts is one step? And how many of them fit into a "
            "voltage?",
            *_both(lambda volts, bits, full_scale: np.floor(volts / full_scale)),
            *_both(lambda volts, bits, full_scale: np.floor(volts / 2**bits)),
            *_both(lambda volts, bits, full_scale: np.floor(volts * full_scale / 2**bits)),
            *_both(lambda volts, bits, full_scale: np.floor(volts * 2**bits)),
            *_both(lambda volts, bits, full_scale: np.floor(volts)),
        ),
        *_all(
            "A byte holds 0 to 255, and the codes of more than 8 bits wrap round in it: `uint8` is too small "
            "here. `int` does.",
            _after(lambda codes, bits, full_scale: codes.astype(np.uint8)),
        ),
        *_all(
            "A byte holds 0 to 255: whatever does not fit wraps round. Clip to 0 and 2**bits − 1 first, and "
            "store the codes as `int`.",
            lambda volts, bits, full_scale: _raw(volts, bits, full_scale).astype(np.int64).astype(np.uint8),
        ),
        *_all(
            "Those are voltages: what the code stands for, not the code. Leave out the multiplication by the "
            "step.",
            _after(lambda codes, bits, full_scale: codes * full_scale / 2**bits),
            _after(lambda codes, bits, full_scale: (codes + 0.5) * full_scale / 2**bits),
        ),
        (
            "Your codes run backwards: 0 V gets the highest one. The lowest voltage has code 0.",
            _after(lambda codes, bits, full_scale: 2**bits - 1 - codes),
        ),
        (
            "Only what lies beyond the range is clipped. Its very end, too, has to get "
            "the highest code: compare with "
            "`>=`, or clip.",
            lambda volts, bits, full_scale: np.where(
                _raw(volts, bits, full_scale) == 2**bits, 2**bits, _truth(volts, bits, full_scale)
            ),
        ),
        (
            "The end of the range wraps round to code 0: the type is too small for "
            "2**bits, or a bit is cut off. "
            "Clip to 2**bits − 1 first.",
            lambda volts, bits, full_scale: np.where(
                _raw(volts, bits, full_scale) == 2**bits, 0, _truth(volts, bits, full_scale)
            ),
        ),
        *_all(
            "Out of range your codes are thrown away. A converter stops at its lowest and highest code.",
            lambda volts, bits, full_scale: np.where(
                (volts < 0) | (volts >= full_scale), 0, _truth(volts, bits, full_scale)
            ),
        ),
        *_all(
            "Codes are whole numbers: round down with `np.floor`.",
            *_both(lambda volts, bits, full_scale: volts / full_scale * 2**bits),
        ),
        (
            "Every code is one too large: they are counted from 0.",
            _after(lambda codes, bits, full_scale: codes + 1),
        ),
        *_all(
            "The number of bits is fixed in your function. Use `bits`, which is not always 3.",
            lambda volts, bits, full_scale: _truth(volts, 3, full_scale),
            lambda volts, bits, full_scale: _truth(volts, 8, full_scale),
        ),
        (
            "The range is fixed in your function. Use `full_scale`, which is not always 5 V.",
            lambda volts, bits, full_scale: _truth(volts, bits, 5.0),
        ),
    ),
)

check_codes = numbers_check(
    "01-codes",
    makes="four numbers: the code of 2.5 V and of 5 V with 3 bits over 5 V, and the step of 4 bits over 5 V",
    takes={
        "code": "Of 2.5 V, a whole number.",
        "bits": 'The same code as three bits, such as ``"011"``.',
        "top": "The code of 5 V, a whole number.",
        "step": "In volts.",
    },
    example="""
    >>> print(check_codes(4, "011", 7, 0.3125))
    Not yet: (bits) 011 is 2 + 1 = 3. The code is one more.
    """,
)
