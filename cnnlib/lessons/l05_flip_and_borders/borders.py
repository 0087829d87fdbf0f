"""Lesson 05, borders: which pixels lie beyond the picture, and how many outputs read one of them?"""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from cnnlib.convolution import conv2d
from cnnlib.demo import controls as make
from cnnlib.demo.code import convolution_code
from cnnlib.demo.controls import Hidden
from cnnlib.demo.frame import Demo
from cnnlib.demo.view import INVENTED, PLAIN, Panel, View, Window, gray, signed
from cnnlib.demo.words import count_text, size_text
from cnnlib.pictures import picture as course_picture
from cnnlib.shapes import pad

SMALL, PHOTO = "4×4, gray", "photo, 96×96"
CUT = np.s_[20:116, 70:166]  # of "camera": head and shoulders
IMAGES = {SMALL: "picture('gray 4x4')", PHOTO: "picture('camera')[20:116, 70:166]"}
MEAN, EDGE = "mean", "left − right"
STARTS = {SMALL: (3, EDGE), PHOTO: (11, MEAN)}  # side and kernel that a picture begins with
LARGEST = {SMALL: 3, PHOTO: 21}  # kernel side
MODES = {"full": lambda side: side - 1, "same": lambda side: side // 2, "valid": lambda side: 0}
FITS = {
    "full": "wherever the kernel still touches the picture",
    "same": "the kernel centred on each pixel",
    "valid": "the kernel inside the picture",
}
RULES = {
    "zero": "Zeros make a black frame.",
    "symmetric": "The picture is mirrored, its outermost pixel twice.",
    "reflect": "The picture is mirrored at its outermost pixel.",
    "wrap": "The opposite side of the picture follows.",
    "edge": "The outermost pixel goes on and on.",
}
HATCH, DARK, LIGHT = (138, 143, 152, 255), (0, 0, 0, 255), (255, 255, 255, 255)


def explore_borders(
    picture: str = SMALL,
    border: str = "zero",
    mode: str = "same",
    *,
    kernel: str = EDGE,
    side: int = 3,
    at: tuple[int, int] = (0, 0),
    hide: Iterable[str] = (),
    lock: Iterable[str] = (),
) -> Demo:
    """Choose what lies beyond the border and how far the kernel may hang over it.

    Parameters
    ----------
    picture : {"4×4, gray", "photo, 96×96"}
    border : {"zero", "symmetric", "reflect", "wrap", "edge"}
        As in `cnnlib.pad`.
    mode : {"full", "same", "valid"}
        SciPy's names: wherever kernel and picture overlap; as many outputs as pixels; inside only.
    kernel : {"left − right", "mean"}
    side : int
        Rows and columns of the kernel, odd: up to 3 on 4 × 4, up to 21 on the photo.
    at : tuple of int
        Row and column of the output to begin with.
    hide, lock : str or iterable of str
        Controls to hide or to hold.

    Returns
    -------
    Demo
        With `output`, the map.

    Raises
    ------
    ValueError
        If a name is unknown or the side lies outside its range.

    Examples
    --------
    >>> [explore_borders(mode=mode).output.shape for mode in ("full", "same", "valid")]
    [(6, 6), (4, 4), (2, 2)]
    """
    settings = {
        "preset": make.choice("picture", LARGEST, picture),
        "border": make.switch("border", RULES, border),
        "mode": make.switch("mode", MODES, mode),
        "kernel": make.switch("kernel", (EDGE, MEAN), kernel),
        "side": make.slider("kernel side", side, 1, LARGEST.get(picture, 3), 2),
        "row": Hidden(at[0]),
        "col": Hidden(at[1]),
    }
    demo = Demo("Borders", "what lies beyond the picture?", settings, _view, hide=hide, lock=lock)

    def choose(change) -> None:
        side, kernel = STARTS[change.new]
        demo.side.max = LARGEST[change.new]
        demo.set(side=side, kernel=kernel, row=0, col=0)

    demo.when("preset", choose)
    return demo


def _view(*, preset, border, mode, kernel, side, row, col) -> View:
    small = preset == SMALL
    text = IMAGES[preset]
    image = _image(small)
    weights = _weights(kernel, side)
    width = MODES[mode](side)
    padded = pad(image, width, border)
    output = conv2d(padded, weights)
    invented = side**2 - conv2d(np.ones(image.shape, bool), np.ones((side, side), bool), padding=width)
    row, col = (min(place, len(output) - 1) for place in (row, col))
    panels = [
        _padded_panel(padded, width, small),
        _output_panel(output, width, len(image) - side + 1, kernel, small, (row, col)),
        _counts_panel(invented, side, small),
    ]
    return View(
        panels,
        _sentence(border, mode, invented, (row, col)),
        windows=[Window("output", "image", weights.shape, start=(LARGEST[preset] - 1 - width,) * 2)],
        output=output,
        code=lambda: convolution_code(text, weights, padding=width, border=border, side=len(image)),
        limits={"side": LARGEST[preset]},
    )


def _image(small: bool) -> np.ndarray:
    return course_picture("gray 4x4") if small else course_picture("camera")[CUT]


def _weights(kernel: str, side: int) -> np.ndarray:
    if kernel == MEAN:
        return np.full((side, side), 1 / side**2)
    return np.tile(np.sign(side // 2 - np.arange(side)), (side, 1))


def _padded_panel(padded: np.ndarray, width: int, small: bool) -> Panel:
    """Lay picture and padding on a sheet on which the picture keeps its place."""
    cell, most = (30, LARGEST[SMALL] - 1) if small else (2, LARGEST[PHOTO] - 1)
    side = len(padded) - 2 * width
    sheet = np.full((side + 2 * most,) * 2, np.nan)
    sheet[tuple([slice(most - width, most + side + width)] * 2)] = padded
    marks = np.where(np.isnan(sheet), PLAIN, INVENTED).astype(np.uint8)
    marks[tuple([slice(most, most + side)] * 2)] = PLAIN
    caption = f"picture, {count_text(width, 'invented pixel')} per side" if width else "picture"
    more = {"size": cell * len(sheet), "origin": (-most, -most)}
    if small:
        return gray("image", sheet, caption, marks=marks, **more)
    panel = _framed(gray("image", sheet, caption, **more), most if width else 0, side)
    row, col = np.indices(marks.shape)
    panel.colors[(marks == INVENTED) & ((row + col) % 5 == 0)] = HATCH
    return panel


def _output_panel(output, start, size, kernel, small, at) -> Panel:
    cell, room = (36, 220) if small else (2, 240)  # signed sums are wide
    more = {"size": cell * len(output), "room": room, "symbol": "→", "point": "row col", "cursor": at}
    caption = f"output {size_text(output)}"
    if kernel == MEAN:
        panel = gray("output", output, caption, **more)
    else:
        panel = signed("output", output, caption, legend=False, **more)
    return panel if small else _framed(panel, start, size)


def _counts_panel(invented: np.ndarray, side: int, small: bool) -> Panel:
    cell, room = (30, 188) if small else (1, 124)
    more = {"size": cell * len(invented), "room": room, "high": side**2}
    return gray("invented", invented, f"invented of the {side**2}\npixels of each", **more)


def _framed(panel: Panel, start: int, size: int) -> Panel:
    """Draw a frame around the rows and columns of a photo that invented pixels have no part in."""
    row, col = np.indices(panel.pixels.shape[:2])
    beyond = np.maximum(*(np.maximum(start - i, i - (start + size - 1)) for i in (row, col)))
    pixels = panel.pixels.copy()
    if start:
        pixels[beyond == 1] = LIGHT
        pixels[(beyond == 1) & ((row + col) % 6 < 3)] = DARK
    return replace(panel, colors=pixels, table="")


def _sentence(border: str, mode: str, invented: np.ndarray, at: tuple[int, int]) -> str:
    touched = int(np.count_nonzero(invented))
    start = f"{size_text(invented)} outputs, {FITS[mode]}"
    if not touched:
        return f"{start}: all of them read true pixels only."
    share = f"{touched:,} of {invented.size:,}, {round(100 * touched / invented.size)} in 100,"
    here = f"that at row {at[0]}, column {at[1]} reads {invented[at]}"
    return f"{start}: {share} read invented pixels; {here}. {RULES[border]}"
