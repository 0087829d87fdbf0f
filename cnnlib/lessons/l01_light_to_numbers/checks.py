"""Lesson 1's checks: an analog-to-digital converter, and codes by hand."""

import numpy as np

from cnnlib.exercises.check import function_check, numbers_check


def _case(name: str, volts: list, bits: int, full_scale: float) -> tuple:
    return (name, np.array(volts), np.int64(bits), np.float64(full_scale))


_SCALARS = "`int()` and `math.floor` take one number. For all voltages at once: `np.floor(...)`."


def _quantize(volts, bits, full_scale):
    """Return the codes, as `cnnlib.quantization.quantize` does."""
    levels = 2**bits
    steps = np.floor(volts / full_scale * levels)
    return np.clip(steps, 0, levels - 1)


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
    right="Your converter gives the right codes from 1 to 12 bits, on every edge, at the end of the range "
    "and beyond it.",
    truth=_quantize,
    edits="""
        np.clip(steps, 0, levels - 1) -> np.maximum(steps, 0)
        np.clip(steps, 0, levels - 1) -> np.clip(steps, 0, levels)
            The top is not clipped: the end of the range, and all beyond it, has to get the highest code,
            2**bits − 1.
        volts / full_scale * levels) -> volts / full_scale) * levels
            You round down too early: the share of the range first becomes a number of steps, then whole.
        np.clip(steps, 0, levels - 1) -> steps
        np.clip(steps, 0, levels - 1) -> steps ;; np.floor -> np.trunc
            Nothing is clipped: voltages below 0 have to get code 0, and those from the end of the range on
            the highest, 2**bits − 1.
        np.clip(steps, 0, levels - 1) -> np.minimum(steps, levels - 1)
        np.clip(steps, 0, levels - 1) -> np.minimum(steps, levels - 1) ;; np.floor -> np.trunc
            The top is clipped, the bottom is not: voltages below 0 have to get code 0.
        np.clip(steps, 0, levels - 1) -> steps % levels
            Out of range your codes begin again at the other end. A converter stops at its lowest and highest.
        np.clip(steps, 0, levels - 1) -> np.where((steps < 0) | (steps >= levels), 0, steps)
            Out of range your codes are thrown away. A converter stops at its lowest and highest code.
        np.clip(steps, 0, levels - 1) -> np.where(steps == levels, levels, np.clip(steps, 0, levels - 1))
            Only what lies beyond the range is clipped. Its very end, too, has to get the highest code:
            compare with `>=`, or clip.
        np.clip(steps, 0, levels - 1) -> np.where(steps == levels, 0, np.clip(steps, 0, levels - 1))
            The end of the range wraps round to code 0: the type is too small for 2**bits, or a bit is cut
            off. Clip to 2**bits − 1 first.
        np.clip(steps, 0, levels - 1) -> steps.astype(int).astype(np.uint8)
        np.clip(steps, 0, levels - 1) -> np.minimum(steps.astype(int).astype(np.uint8), levels - 1)
            A byte holds 0 to 255: whatever does not fit wraps round. Clip to 0 and 2**bits − 1 first, and
            store the codes as `int`.
        np.clip(steps, 0, levels - 1) -> np.clip(steps, 0, levels - 1).astype(int).astype(np.uint8)
            A byte holds 0 to 255, and the codes of more than 8 bits wrap round in it: `uint8` is too small
            here. `int` does.
        np.floor -> np.rint
        np.floor(volts / full_scale * levels) -> np.floor(volts / full_scale * levels + 0.5)
            You round to the nearest code. A code stands for the step above it, so round down: `np.floor`.
        np.floor -> np.ceil
            You round up. A code stands for the step above it, so round down: `np.floor`.
        np.floor(volts / full_scale * levels) -> np.ceil(volts / full_scale * levels) - 1
            On the edge between two codes you take the lower one. Here the rule is: the upper one.
        np.floor(volts / full_scale * levels) -> volts / full_scale * levels
            Codes are whole numbers: round down with `np.floor`.
        full_scale * levels -> full_scale * (levels - 1)
        full_scale * levels -> full_scale * (levels - 1) ;; np.floor -> np.rint
        full_scale * levels -> full_scale * (levels - 1) ;; np.clip(steps, 0, levels - 1) -> steps
        full_scale * levels -> full_scale * (levels - 1) ;; np.floor -> np.rint
        ;; np.clip(steps, 0, levels - 1) -> steps
            You divide the range into 2**bits − 1 steps. There are as many steps as codes, 2**bits: the
            highest code, too, has a step of its own.
        full_scale * levels -> full_scale * bits
        full_scale * levels -> full_scale * 2 * bits
        full_scale * levels -> full_scale * bits**2
        full_scale * levels -> full_scale * 2 ** (bits - 1)
        full_scale * levels -> full_scale * 2 ** (bits + 1)
        2**bits -> bits
        2**bits -> 2 * bits
        2**bits -> bits**2
        2**bits -> 2 ** (bits - 1)
        2**bits -> 2 ** (bits + 1)
            The number of codes is wrong: each bit doubles it, so n bits make 2**n.
        volts / full_scale * levels -> volts / (full_scale / levels - 1)
        volts / full_scale * levels -> volts / full_scale
        volts / full_scale * levels -> volts / levels
        volts / full_scale * levels -> volts * full_scale / levels
        volts / full_scale * levels -> volts
            You divide by the wrong thing. How many volts is one step? And how many fit into a voltage?
        volts / full_scale * levels -> volts * levels
            `full_scale` does not come in: only with it is a voltage a share of the range.
        volts / full_scale * levels -> volts / np.round(full_scale / levels, 1)
        volts / full_scale * levels -> volts / np.round(full_scale / levels, 2)
        volts / full_scale * levels -> volts / np.round(full_scale / levels)
        volts / full_scale * levels -> volts / (full_scale // levels)
            The step is rounded before it divides. Leave its fraction.
        np.clip(steps, 0, levels - 1) -> np.clip(steps, 0, levels - 1) * full_scale / levels
        np.clip(steps, 0, levels - 1) -> (np.clip(steps, 0, levels - 1) + 0.5) * full_scale / levels
            Those are voltages: what the code stands for, not the code. Leave out the multiplication by the
            step.
        np.clip(steps, 0, levels - 1) -> levels - 1 - np.clip(steps, 0, levels - 1)
            Your codes run backwards: 0 V gets the highest one. The lowest voltage has code 0.
        np.clip(steps, 0, levels - 1) -> np.clip(steps, 0, levels - 1) + 1
            Every code is one too large: they are counted from 0.
        2**bits -> 8
        2**bits -> 256
            The number of bits is fixed in your function. Use `bits`, which is not always 3.
        full_scale -> 5.0
            The range is fixed in your function. Use `full_scale`, which is not always 5 V.
    """,
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
