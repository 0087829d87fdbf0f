"""Lesson 02, bytes: eight switches make a number, and sums that do not fit go round in a circle."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import ArrayLike

from cnnlib.demo import controls as make
from cnnlib.demo.controls import Cells, Hidden
from cnnlib.demo.frame import Demo
from cnnlib.demo.numbers import MINUS, number_text
from cnnlib.demo.view import LIT, PLAIN, Panel, View, gray, rgb
from cnnlib.demo.words import lying_text, powers_text
from cnnlib.display import clipped, wrapped
from cnnlib.lessons.l02_pixels_channels_bytes.held import hold_codes
from cnnlib.memory import binary
from cnnlib.pictures import picture

WORTHS = tuple(1 << bit for bit in reversed(range(8)))
SOFT = (226, 230, 236)  # the ground of names, in both themes
TOO_BRIGHT, TOO_DARK = (214, 96, 77), (67, 147, 195)  # the red and the blue of signed pictures


def explore_byte(value: int = 50, *, hide: Iterable[str] = (), lock: Iterable[str] = ()) -> Demo:
    """Set the eight bits of a byte, or its value, and see the sum of powers of two; count on past its ends.

    Parameters
    ----------
    value : int
        0 to 255.
    hide, lock : str or iterable of str
        Controls to hide or to hold; the bits are called ``bit128`` to ``bit1``.

    Returns
    -------
    Demo
        With `output`, the value as a byte.

    Raises
    ------
    ValueError
        If the value lies outside 0 to 255.

    Examples
    --------
    >>> demo = explore_byte(50)
    >>> demo.text
    'The bits 00110010 make 32 + 16 + 2 = 50, a dark gray.'
    >>> demo.bit128.value = True
    >>> int(demo.output)
    178
    """
    settings = {
        **{f"bit{worth}": make.tick(str(worth), bool(value & worth)) for worth in WORTHS},
        "value": make.slider("value", value, 0, 255),
        "less": make.button("− 1", "count one down"),
        "more": make.button("+ 1", "count one up"),
    }
    demo = Demo("One byte", "how do eight switches make a number?", settings, _byte, hide=hide, lock=lock)

    def switched(_change) -> None:
        demo.set(value=sum(worth for worth in WORTHS if demo.values[f"bit{worth}"]))

    for worth in WORTHS:
        demo.when(f"bit{worth}", switched)
    demo.when("value", lambda change: demo.set(**{f"bit{w}": bool(change.new & w) for w in WORTHS}))
    for button, step in ((demo.less, -1), (demo.more, 1)):
        button.on_click(lambda _, step=step: demo.set(value=int(wrapped(demo.value.value + step))))
    return demo


def _byte(value: int, **_) -> View:
    bits = np.array([bool(value & worth) for worth in WORTHS], int)
    grays = ["black", "a dark gray", "a middle gray", "a light gray", "white"]
    tone = grays[0 if value == 0 else 4 if value == 255 else 1 + value // 86]
    terms = [piece for bit, worth in zip(bits, WORTHS, strict=True) for piece in _term(bit, worth)]
    colors = np.stack([np.full((8, 3), SOFT), np.repeat(255 * bits[:, None], 3, axis=1)])
    labels = [*map(str, WORTHS), *map(str, bits)]
    return View(
        [
            rgb("bits", colors, "what each bit is worth\nand whether it is on", size=352, labels=labels),
            gray("value", np.array([[value]]), "the byte\nas a gray", size=88),
        ],
        f"The bits {binary(value)} make {powers_text(value)} = {value}, {tone}."
        if value & (value - 1)
        else f"The bits {binary(value)} make {value}, {tone}.",
        [*terms[:-1], (" = ", ""), (str(value), "total")],
        output=np.uint8(value),
        code=lambda: {
            "NumPy": f"import numpy as np\n\nbits = {bits.tolist()}\nresult = np.packbits(bits)[0]",
        },
    )


def _term(bit: int, worth: int) -> list[tuple[str, str]]:
    return [(str(bit), "pixel"), ("·", ""), (str(worth), "weight"), (" + ", "")]


def explore_arithmetic(
    add: int = 60,
    times: float = 1.0,
    *,
    numbers: ArrayLike = (5, 100, 200, 250),
    hide: Iterable[str] = (),
    lock: Iterable[str] = (),
) -> Demo:
    """Brighten a photo and four numbers, and keep the sums in three ways: as floats, wrapped, clipped.

    Parameters
    ----------
    add : int
        What is added to each value, −255 to 255.
    times : float
        What each value is multiplied by before, 0 to 4.
    numbers : array of four ints
        Bytes, which the learner can change.
    hide, lock : str or iterable of str
        Controls to hide or to hold.

    Returns
    -------
    Demo
        With `output`, the four sums as floats, wrapped and clipped, shape (3, 4).

    Raises
    ------
    ValueError
        If there are other than four numbers, one is no byte, or a setting lies outside its control.

    Examples
    --------
    >>> demo = explore_arithmetic(add=10)
    >>> demo.output.tolist()
    [[15.0, 110.0, 210.0, 260.0], [15.0, 110.0, 210.0, 4.0], [15.0, 110.0, 210.0, 255.0]]
    """
    cells = np.array(numbers)
    if cells.shape != (4,) or not np.isin(cells, np.arange(256)).all():
        raise ValueError(
            f"explore_arithmetic: numbers {cells.tolist()} are not four bytes; give four, from 0 to 255"
        )
    settings = {
        "add": make.slider("add", add, -255, 255),
        "times": make.slider("multiply by", float(times), 0.0, 4.0, 0.1),
        "numbers": Cells(cells[None].astype(int)),
        "note": Hidden(""),
    }
    question = "what if a sum does not fit into a byte?"
    demo = Demo("Byte arithmetic", question, settings, _arithmetic, hide=hide, lock=lock)
    hold_codes(demo, ("numbers",), bits=8)
    for name in ("add", "times"):
        demo.when(name, lambda _: demo.set(note=""))
    return demo


def _arithmetic(add: int, times: float, numbers: np.ndarray, note: str) -> View:
    scene = picture("camera")[30:190, 40:200]
    photo, true = (values.astype(float) * times + add for values in (scene, numbers))
    output = np.concatenate([true, wrapped(true), clipped(true)])
    lost = np.rint(true) != clipped(true)
    marks = np.where(lost, LIT, PLAIN).astype(np.uint8) if lost.any() else None
    more = {"size": 160}
    term = _terms("value", times, add)
    panels = [
        gray("scene", scene, "a photo", **more),
        _true("true", photo, "as floats: all true\nred > 255, blue < 0", **more),
        gray("wrapped", wrapped(photo), "as bytes: wrapped", **more),
        gray("clipped", clipped(photo), "as bytes: clipped first", **more),
        gray(
            "numbers", numbers, "four values: click\none to change it", edit="numbers", new_row=True, **more
        ),
        _true("sums", true, term, **more),
        gray("rounds", wrapped(true), "in a circle of 256", marks=marks, **more),
        gray("stops", clipped(true), "0 and 255 are the ends", marks=marks, **more),
    ]
    return View(
        panels,
        note + _fate(numbers.ravel(), true.ravel(), times, add, lying_text(photo)),
        output=output,
        code=lambda: _code(numbers, add, times),
    )


def _true(id: str, values: np.ndarray, caption: str, *, size: float) -> Panel:
    """Show floats in grays, and what is brighter than white or darker than black in colour."""
    colors = np.repeat(clipped(values)[..., None], 3, axis=-1)
    colors[np.rint(values) > 255], colors[np.rint(values) < 0] = TOO_BRIGHT, TOO_DARK
    labels = [number_text(value) for value in values.flat] if values.size < 16 else []
    return rgb(id, colors, caption, size=size, labels=labels)


def _terms(start: object, times: float, add: int) -> str:
    factor = "" if times == 1 else f"·{number_text(times)}"
    return f"{start}{factor}" + (f" {'+' if add > 0 else MINUS} {abs(add)}" if add else "")


def _fate(numbers, true, times, add, lie: str) -> str:
    """Tell the fate of the number that is farthest from being a byte."""
    away = np.abs(true - clipped(true))
    worst = int(away.argmax())
    photo = f"In the photo {lie} cannot be kept."
    if away[worst] < 1:
        return f"All four results fit into a byte. {photo}"
    value = true[worst]
    said = (
        f"{_terms(numbers[worst], times, add)} = {number_text(value)} does not fit into a byte: it wraps to "
    )
    return f"{said}{wrapped(value)}; clipped, it stops at {clipped(value)}. {photo}"


def _code(numbers: np.ndarray, add: int, times: float) -> dict[str, str]:
    values, sign = numbers.tolist(), "-" if add < 0 else "+"
    true = f"true = numbers.{{}} * {times} + {add}"
    in_bytes = times == 1
    numpy = [
        "import numpy as np",
        "",
        f"numbers = np.array({values}, dtype=np.uint8)",
        true.format("astype(float)"),
        f"wrapped = numbers {sign} np.uint8({abs(add)})"
        if in_bytes
        else "wrapped = np.round(true, 6).astype(int).astype(np.uint8)",
        "clipped = np.clip(np.rint(true), 0, 255).astype(np.uint8)",
        "result = np.concatenate([true, wrapped, clipped])",
    ]
    torch = [
        "import torch",
        "",
        f"numbers = torch.tensor({values}, dtype=torch.uint8)",
        true.format("double()"),
        f"wrapped = numbers {sign} {abs(add)}"
        if in_bytes
        else "wrapped = true.round(decimals=6).long().byte()",
        "clipped = true.round().clip(0, 255).byte()",
        "result = torch.cat([true, wrapped, clipped]).numpy()",
    ]
    return {"NumPy": "\n".join(numpy), "PyTorch": "\n".join(torch)}
