"""Lesson 02, one byte: eight switches make a number."""

from typing import Annotated

import numpy as np

from cnnlib.demo.declare import Group, Slider, Tick, demo
from cnnlib.demo.tables import NAME
from cnnlib.demo.view import View, gray, rgb
from cnnlib.demo.words import powers_text
from cnnlib.display import wrapped
from cnnlib.memory import binary

WORTHS = tuple(1 << bit for bit in reversed(range(8)))
SWITCHES = Group({f"bit{worth}": Tick(label=str(worth)) for worth in WORTHS}, called=False)
GRAYS = ("black", "a dark gray", "a middle gray", "a light gray", "white")


@demo("One byte", "how do eight switches make a number?")
def explore_byte(bits: Annotated[dict, SWITCHES], value: Annotated[int, Slider(0, 255)] = 50) -> View:
    """Set the eight bits of a byte, or its value, and see the sum of powers of two; count on past its ends.

    The output is the value as a byte.

    >>> demo = explore_byte(50)
    >>> demo.text
    'The bits 00110010 make 32 + 16 + 2 = 50, a dark gray.'
    >>> demo.bit128.value = True
    >>> int(demo.output)
    178
    """
    digits = np.array([*bits.values()], int)
    terms = [piece for bit, worth in zip(digits, WORTHS, strict=True) for piece in _term(bit, worth)]

    tone = GRAYS[0 if value == 0 else 4 if value == 255 else 1 + value // 86]
    colors = np.stack([np.full((8, 3), NAME[:3]), np.repeat(255 * digits[:, None], 3, axis=1)])
    labels = [*map(str, WORTHS), *map(str, digits)]
    is_sum = value & (value - 1)  # of more than one power of two
    return View(
        panels=[
            rgb("bits", colors, "what each bit is worth\nand whether it is on", size=352, labels=labels),
            gray("value", np.array([[value]]), "the byte\nas a gray", size=88),
        ],
        sentence=f"The bits {binary(value)} make {powers_text(value)} = {value}, {tone}."
        if is_sum
        else f"The bits {binary(value)} make {value}, {tone}.",
        arithmetic=[*terms[:-1], (" = ", ""), (str(value), "total")],
        output=np.uint8(value),
        code=lambda: {
            "NumPy": f"import numpy as np\n\nbits = {digits.tolist()}\nresult = np.packbits(bits)[0]",
        },
    )


@explore_byte.when("bits")
def _sum(bits):
    return {"value": sum(worth for worth, on in zip(WORTHS, bits.values(), strict=True) if on)}


@explore_byte.when("value")
def _switch(value):
    return {f"bit{worth}": bool(value & worth) for worth in WORTHS}


@explore_byte.button("less", "− 1", "count one down")
def _less(value):
    return {"value": int(wrapped(value - 1))}


@explore_byte.button("more", "+ 1", "count one up")
def _more(value):
    return {"value": int(wrapped(value + 1))}


def _term(bit: int, worth: int) -> list[tuple[str, str]]:
    return [(str(bit), "pixel"), ("·", ""), (str(worth), "weight"), (" + ", "")]
