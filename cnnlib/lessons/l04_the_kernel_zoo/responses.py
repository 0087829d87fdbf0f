"""Lesson 04, after the filter lab: how to show an answer, edge or line, and the hidden kernel."""

from collections.abc import Iterable

import numpy as np

from cnnlib.convolution import conv2d
from cnnlib.demo import controls as make
from cnnlib.demo.colormaps import largest
from cnnlib.demo.controls import Cells, Hidden
from cnnlib.demo.frame import Demo
from cnnlib.demo.numbers import number_text, signed_text
from cnnlib.demo.parts import PHOTOGRAPHER, kernel_panel
from cnnlib.demo.view import Panel, View, gray, signed
from cnnlib.demo.words import lying_text, size_text
from cnnlib.drawing import stripe_image
from cnnlib.kernels import KERNELS
from cnnlib.lessons.l04_the_kernel_zoo.filters import DISPLAYS
from cnnlib.pictures import picture

# On noise, unlike on a photo, no pixel tells of its neighbour: a cell that comes closer to the hidden number
# always makes the answers more alike, so changing one cell at a time leads there.
NOISE = np.random.default_rng(2).integers(-9, 10, (37, 37))
HIDDEN = ("Prewitt, rows", "Laplacian", "line, diagonal up", "sharpen", "emboss")


def explore_range(
    kernel: str = "Sobel, columns", *, hide: Iterable[str] = (), lock: Iterable[str] = ()
) -> Demo:
    """Show one answer in five ways side by side, and count the pixels that lie.

    Parameters
    ----------
    kernel : str
        A name from `cnnlib.KERNELS`.
    hide, lock : str or iterable of str
        Controls to hide or to hold.

    Returns
    -------
    Demo
        With `output`, the answer itself.

    Raises
    ------
    ValueError
        If the name is unknown.

    Examples
    --------
    >>> explore_range("identity").text.split(". ")[0]
    'Values run from 2 to 255'
    """
    settings = {
        "kernel": make.choice("kernel", KERNELS, KERNELS[kernel].name),
        "gain": make.slider("gain", 1.0, 0.1, 4.0, 0.1),
    }
    return Demo("Output-range lab", "which picture tells the truth?", settings, _ranges, hide=hide, lock=lock)


def _ranges(kernel: str, gain: float) -> View:
    image = picture("camera")[PHOTOGRAPHER]
    response = conv2d(image.astype(float), KERNELS[kernel].weights * gain)
    low, high = response.min(), response.max()
    lie = lying_text(response)
    panels = [
        gray("image", image, "the picture", size=200),
        signed("signed", response, f"signed, {size_text(response)}", size=200),
        _captioned(response, "absolute", "absolute\nthe sign is lost"),
        _captioned(response, "clipped", f"clipped to 0..255\n{lie} lie"),
        _captioned(response, "wrapped", f"wrapped, as .astype(uint8)\n{lie} lie"),
        gray("auto", response, _stretched(low, high), size=200, low=low, high=high),
    ]
    sentence = (
        f"Values run from {number_text(round(low))} to {number_text(round(high))}. A byte holds 0 to 255, so "
        f"{lie} cannot be kept. Only the signed picture shows each value as it is; the last one is stretched "
        "to fit, as imshow does it without a word."
    )
    return View(panels, sentence, output=response)


def _captioned(response: np.ndarray, display: str, caption: str) -> Panel:
    return gray(display, DISPLAYS[display](response), caption, size=200)


def _stretched(low: float, high: float) -> str:
    zero = number_text(round(255 * (0 - low) / ((high - low) or 1)))
    return f"stretched, as imshow does\n0 is drawn as gray {zero}" if low < 0 else "stretched, as imshow does"


def explore_edge_or_line(
    width: int = 1, angle: int = 90, *, hide: Iterable[str] = (), lock: Iterable[str] = ()
) -> Demo:
    """Turn and widen a bright stripe between an edge kernel and a line kernel.

    Parameters
    ----------
    width : int
        Width of the stripe in pixels, 1 to 20.
    angle : int
        Its direction in degrees: 0 is level, 90 upright.
    hide, lock : str or iterable of str
        Controls to hide or to hold.

    Returns
    -------
    Demo
        With `output`, the two answers, shape (2, H, W).

    Examples
    --------
    >>> explore_edge_or_line().text
    "At the stripe's middle, in row 24, column 24, the edge kernel answers 0, the line kernel +1530. \
Beside it the edge kernel answers +765 on one side and −765 on the other."
    """
    settings = {
        "width": make.slider("width of the stripe", width, 1, 20),
        "angle": make.slider("angle (degrees)", angle, 0, 175, 5),
    }
    return Demo("Edge or line", "which kernel finds which?", settings, _edge_or_line, hide=hide, lock=lock)


def _edge_or_line(width: int, angle: int) -> View:
    image = stripe_image(49, angle=angle, width=width)
    kernels = KERNELS["Prewitt, columns"].matrix, KERNELS["line, vertical"].matrix
    answers = np.stack([conv2d(image, kernel) for kernel in kernels])
    edge, line = map(signed_text, answers[:, 23, 23])  # the window around the picture's middle, 24 and 24
    limit = max(largest(answers), 1)
    more = {"size": 196, "limit": limit}
    panels = [
        gray("image", image, "the stripe, 49 × 49", size=196),
        signed("edge", answers[0], "edge kernel (Prewitt, columns)", **more),
        signed("line", answers[1], "line kernel (line, vertical)", **more),
    ]
    high, low = signed_text(answers[0].max()), signed_text(answers[0].min())
    beside = f"Beside it the edge kernel answers {high} on one side and {low} on the other."
    if not answers[0].any():
        beside = "A level stripe has no change from column to column: neither kernel sees it."
    middle = "At the stripe's middle, in row 24, column 24,"
    sentence = f"{middle} the edge kernel answers {edge}, the line kernel {line}. {beside}"
    return View(panels, sentence, output=answers)


def explore_match(puzzle: int = 1, *, hide: Iterable[str] = (), lock: Iterable[str] = ()) -> Demo:
    """Find the hidden kernel: change nine numbers until your answer equals the one shown.

    Parameters
    ----------
    puzzle : int
        Which kernel is hidden, 1 to 5.
    hide, lock : str or iterable of str
        Controls to hide or to hold.

    Returns
    -------
    Demo
        With `output`, your answer minus the hidden one.

    Raises
    ------
    ValueError
        If there is no such puzzle.

    Examples
    --------
    >>> demo = explore_match()
    >>> demo.kernel.value = KERNELS["Prewitt, rows"].matrix
    >>> demo.text
    'The two answers agree in every pixel: you have found the hidden kernel.'
    """
    if puzzle not in range(1, len(HIDDEN) + 1):
        raise ValueError(f"explore_match: there is no puzzle {puzzle}; choose 1 to {len(HIDDEN)}")
    settings = {
        "puzzle": make.choice("puzzle", range(1, len(HIDDEN) + 1), puzzle),
        "kernel": Cells(KERNELS["identity"].matrix),
        "best": Hidden(np.inf),
    }
    demo = Demo(
        "The hidden kernel", "which numbers made this picture?", settings, _match, hide=hide, lock=lock
    )
    demo.when("puzzle", lambda _: demo.set(kernel=KERNELS["identity"].matrix, best=np.inf))
    return demo


def _match(puzzle: int, kernel: np.ndarray, best: float) -> View:
    target, yours = conv2d(NOISE, KERNELS[HIDDEN[puzzle - 1]].matrix), conv2d(NOISE, kernel)
    difference = yours - target
    error = float(np.abs(difference).mean())
    more = {"size": 140, "limit": largest(target)}
    panels = [
        gray("image", NOISE, "noise, −9 to 9", size=148, low=-9, high=9),
        kernel_panel("kernel", kernel, "your kernel: click a\ncell to change it", size=102, edit="kernel"),
        signed("yours", yours, "your answer", symbol="=", **more),
        signed("target", target, "hidden kernel's answer", **more),
    ]
    if error == 0:
        sentence = "The two answers agree in every pixel: you have found the hidden kernel."
    else:
        so_far = f" The best so far was {number_text(best)}." if best < error else ""
        sentence = (
            f"The two answers differ by {number_text(error)} on average.{so_far} "
            "Change one cell: does the number fall?"
        )
    return View(panels, sentence, output=difference, remember={"best": min(best, error)})
