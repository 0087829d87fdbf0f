"""Lesson 02, rows, columns, channels: which index finds a value, and where in memory does it lie?"""

from collections.abc import Iterable

import numpy as np

from cnnlib.demo import controls as make
from cnnlib.demo.code import image_lines
from cnnlib.demo.controls import Hidden
from cnnlib.demo.frame import Demo
from cnnlib.demo.numbers import number_text
from cnnlib.demo.parts import CHANNELS, channel_panel
from cnnlib.demo.view import Panel, View, rgb
from cnnlib.demo.words import aligned
from cnnlib.memory import LAYOUTS, address, flat_index
from cnnlib.pictures import picture

ROWS, COLS = 3, 6  # with three rows, a row of all channels is as long as a channel of all rows
TINY = "picture('flashlight')[5:27:9, 4:30:5]"
FIRST = 1000  # address of the picture's first byte
TYPES = {"uint8": 1, "float32": 4, "float64": 8}


def explore_index(
    at: tuple[int, int] = (1, 4),
    channel: str = "green",
    layout: str = "HWC",
    *,
    dtype: str = "uint8",
    hide: Iterable[str] = (),
    lock: Iterable[str] = (),
) -> Demo:
    """Point at a value of a tiny landscape picture, or at its place in memory: both indices, and the address.

    Parameters
    ----------
    at : tuple of int
        Row, 0 to 2, and column, 0 to 5.
    channel : {"red", "green", "blue"}
    layout : {"HWC", "CHW"}
        In which order memory holds the values.
    dtype : {"uint8", "float32", "float64"}
        How a value is stored: in 1, 4 or 8 bytes.
    hide, lock : str or iterable of str
        Controls to hide or to hold.

    Returns
    -------
    Demo
        With `output`, the 54 values in the order of memory.

    Raises
    ------
    ValueError
        If a setting is unknown, or lies outside the picture.

    Examples
    --------
    >>> demo = explore_index((1, 4), "green")
    >>> demo.output.shape, int(demo.output[31])
    ((54,), 158)
    >>> demo.swap.value = True
    >>> demo.problem
    'image[4, 1] is an IndexError: there is no row 4, only 0 to 2; the row comes first, so write image[1, 4]'
    """
    settings = {
        "row": make.slider("row", at[0], 0, ROWS - 1),
        "col": make.slider("column", at[1], 0, COLS - 1),
        "channel": make.switch("channel", CHANNELS, channel),
        "layout": make.switch("memory", LAYOUTS, layout),
        "dtype": make.choice("type", TYPES, dtype),
        "swap": make.tick("swap the indices, as in [x, y]"),
        "line": Hidden(-1),  # where in the strip one points, until it is drawn
        "place": Hidden(-1),
    }
    demo = Demo("Rows, columns, channels", "where does a value lie?", settings, _view, hide=hide, lock=lock)

    def found(_change) -> None:
        """Select the value that lies at a place in the strip."""
        if min(demo.line.value, demo.place.value) < 0:
            return
        flat = demo.line.value * COLS * 3 + demo.place.value
        order = LAYOUTS[demo.layout.value]
        index = np.unravel_index(flat, [(ROWS, COLS, 3)[axis] for axis in order])
        row, col, channel = (int(index[order.index(axis)]) for axis in range(3))
        demo.set(row=row, col=col, channel=CHANNELS[channel], swap=False)

    demo.when("line", found)
    demo.when("place", found)
    return demo


def tiny() -> np.ndarray:
    """Return 3 rows and 6 columns out of the drawn house, in colour."""
    return picture("flashlight")[5:27:9, 4:30:5]


def _view(*, row: int, col: int, channel: str, layout: str, dtype: str, swap: bool, line, place) -> View:
    image, size = tiny(), TYPES[dtype]
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
    lies = f"at address {start:,}" if size == 1 else f"in the {size} bytes from address {start:,} on"
    sentence = f"Row {row}, column {col} holds {image[index]} in its {channel} channel. "
    near = f" {_NEXT[layout]}"
    if swap and asked != (row, col):
        sentence = (
            f"You point at row {asked[0]}, column {asked[1]}, and get row {row}, column {col}: no error, but "
            f"another pixel, whose {channel} is {image[index]}. "
        )
        near = ""
    before = "1 value comes" if flat == 1 else f"{flat} values come"
    sentence += f"In memory {before} before it, so it lies {lies}.{near}"
    memory = image.transpose(LAYOUTS[layout]).ravel()
    return View(
        [*_panels(image, memory, index, layout, asked)],
        sentence,
        _sums(image, index, layout, flat, size, start),
        output=memory,
        code=lambda: _code(index, layout),
        remember={"line": -1, "place": -1},
    )


_NEXT = {
    "HWC": "Its neighbours there are the other channels of the same pixel.",
    "CHW": "Its neighbours there are the same channel of the pixels beside it.",
}


def _panels(image, memory, index, layout, asked) -> Iterable[Panel]:
    channel = index[2]
    more = {"point": "row col", "cursor": asked}
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
        point="line place",
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
