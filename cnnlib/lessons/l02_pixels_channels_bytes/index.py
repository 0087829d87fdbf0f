"""Lesson 02, rows, columns, channels: which index finds a value, and where in memory does it lie?"""

from collections.abc import Iterable
from typing import Annotated

import numpy as np

from cnnlib.demo.code import image_lines
from cnnlib.demo.declare import Choice, Group, Place, Pointed, Slider, Switch, Tick, demo
from cnnlib.demo.numbers import number_text
from cnnlib.demo.parts import CHANNELS, channel_panel
from cnnlib.demo.view import Panel, Point, View, rgb
from cnnlib.demo.words import aligned
from cnnlib.memory import LAYOUTS, address, flat_index
from cnnlib.pictures import picture

ROWS, COLS = 3, 6  # with three rows, a row of all channels is as long as a channel of all rows
TINY = "picture('flashlight')[5:27:9, 4:30:5]"
FIRST = 1000  # address of the picture's first byte
TYPES = {"uint8": 1, "float32": 4, "float64": 8}
AT = Group({"row": Slider(0, ROWS - 1), "col": Slider(0, COLS - 1, label="column")}, into=Place)


@demo("Rows, columns, channels", "where does a value lie?")
def explore_index(
    at: Annotated[Place, AT, "Row and column of the picture"] = (1, 4),
    channel: Annotated[str, Switch(CHANNELS)] = "green",
    layout: Annotated[str, Switch(LAYOUTS, label="memory"), "In which order memory holds the values"] = "HWC",
    *,
    dtype: Annotated[str, Choice(TYPES, label="type"), "Each value takes 1, 4 or 8 bytes"] = "uint8",
    swap: Annotated[bool, Tick(label="swap the indices, as in [x, y]")] = False,
    found: Annotated[Place | None, Pointed(called=False)] = None,
) -> View:
    """Point at a value of a tiny landscape picture, or at it in memory: both indices, and the address.

    The output holds the 54 values in the order of memory.

    >>> demo = explore_index((1, 4), "green")
    >>> demo.output.shape, int(demo.output[31])
    ((54,), 158)
    >>> demo.swap.value = True
    >>> demo.problem
    'image[4, 1] is an IndexError: there is no row 4, only 0 to 2; the row comes first, so write image[1, 4]'
    """
    image, size = tiny(), TYPES[dtype]
    row, col = at
    written = f"image[{col}, {row}]" if swap else f"image[{row}, {col}]"
    if swap and col >= ROWS:
        raise ValueError(
            f"{written} is an IndexError: there is no row {col}, only 0 to {ROWS - 1}; "
            f"the row comes first, so write image[{row}, {col}]"
        )
    asked, (row, col) = (row, col), ((col, row) if swap else (row, col))
    index = (row, col, CHANNELS.index(channel))
    flat = flat_index(index, image.shape, layout=layout)
    start = address(index, image.shape, layout=layout, itemsize=size, start=FIRST)
    lies = (
        f"its address is {start:,}" if size == 1 else f"it takes the {size} bytes from address {start:,} on"
    )
    sentence = f"Row {row}, column {col} holds {image[index]} in its {channel} channel. "
    near = f" {_NEXT[layout]}"
    if swap and asked != (row, col):
        sentence = (
            f"You point at row {asked[0]}, column {asked[1]}, and get row {row}, column {col}: no error, but "
            f"another pixel, whose {channel} is {image[index]}. "
        )
        near = ""
    before = "1 value comes" if flat == 1 else f"{flat} values come"
    sentence += f"In memory {before} before it, and {lies}.{near}"
    memory = image.transpose(LAYOUTS[layout]).ravel()
    return View(
        panels=[*_panels(image, memory, index, layout, asked)],
        sentence=sentence,
        arithmetic=_sums(image, index, layout, flat, size, start),
        output=memory,
        code=lambda: _code(index, layout),
    )


@explore_index.when("found")
def _select(found, layout):
    """Select the value that was pointed at in the strip of memory."""
    order = LAYOUTS[layout]
    index = np.unravel_index(found.row * COLS * 3 + found.col, [(ROWS, COLS, 3)[axis] for axis in order])
    row, col, channel = (int(index[order.index(axis)]) for axis in range(3))
    return {"row": row, "col": col, "channel": CHANNELS[channel], "swap": False, "found": None}


def tiny() -> np.ndarray:
    """Return 3 rows and 6 columns out of the drawn house, in colour."""
    return picture("flashlight")[5:27:9, 4:30:5]


_NEXT = {
    "HWC": "In HWC, the three channels of a pixel stand side by side.",
    "CHW": "In CHW, each channel stands together, as a picture of its own.",
}


def _panels(image, memory, index, layout, asked) -> Iterable[Panel]:
    channel = index[2]
    more = {"point": Point("row", "col"), "cursor": asked}
    yield rgb(
        "image",
        image,
        f"the picture: {ROWS} rows, {COLS} columns\nshape ({ROWS}, {COLS}, 3)",
        size=264,
        **more,
    )
    caption = f"image[:, :, {channel}]\nits {CHANNELS[channel]} channel"
    yield channel_panel("values", image[..., channel], channel, caption, size=264, **more)
    order = np.arange(memory.size) % 3 if layout == "HWC" else np.arange(memory.size) // (ROWS * COLS)
    colors = np.zeros((memory.size, 3))
    colors[np.arange(memory.size), order] = memory
    at = divmod(flat_index(index, image.shape, layout=layout), COLS * 3)
    told = "the three channels of a pixel side by side" if layout == "HWC" else "one channel after the other"
    yield rgb(
        "memory",
        colors.reshape(ROWS, COLS * 3, 3),
        f"memory, {layout}: {told}. It is one line of 54 values, broken here to fit",
        size=36 * COLS * 3,
        labels=[number_text(value) for value in memory],
        new_row=True,
        point=Point("found"),
        cursor=at,
    )


def _sums(image, index, layout: str, flat: int, size: int, start: int) -> list[tuple[str, str]]:
    row, col, channel = index
    formula = {
        "HWC": f"(row·W + col)·C + channel = ({row}·{COLS} + {col})·3 + {channel} = ",
        "CHW": f"(channel·H + row)·W + col = ({channel}·{ROWS} + {row})·{COLS} + {col} = ",
    }[layout]
    return aligned(
        [
            [(f"value       image[{row}, {col}, {channel}] = ", ""), (str(image[index]), "total")],
            [(f"flat index  {formula}", ""), (str(flat), "total")],
            [
                (f"address     first + bytes·index = {FIRST:,} + {size}·{flat} = ", ""),
                (f"{start:,}", "total"),
            ],
        ]
    )


def _code(index: tuple[int, int, int], layout: str) -> dict[str, str]:
    moved = {"HWC": ("image", "image"), "CHW": ("image.transpose(2, 0, 1)", "image.permute(2, 0, 1)")}[layout]
    where = [index[axis] for axis in LAYOUTS[layout]]
    numpy = [
        *image_lines(TINY),
        f"memory = np.ascontiguousarray({moved[0]})",
        f"flat = np.ravel_multi_index({tuple(where)}, memory.shape)",
        "result = memory.ravel()",
        f"assert result[flat] == image{list(index)}",
    ]
    torch = [
        *image_lines(TINY, "import torch"),
        "image = torch.tensor(image)",
        f"memory = {moved[1]}.contiguous()",
        f"flat = sum(n * step for n, step in zip({where}, memory.stride()))",
        "result = memory.flatten().numpy()",
        f"assert result[flat] == image{list(index)}",
    ]
    return {"NumPy": "\n".join(numpy), "PyTorch": "\n".join(torch)}
