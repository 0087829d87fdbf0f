"""Lesson 09, equivariance: is filtering and then moving the same as moving and then filtering?"""

from collections.abc import Iterable
from functools import partial

import numpy as np
from numpy.typing import ArrayLike

from cnnlib.demo import controls as make
from cnnlib.demo.code import array_text, image_lines, image_text
from cnnlib.demo.colormaps import largest
from cnnlib.demo.frame import Demo
from cnnlib.demo.inputs import picture_of
from cnnlib.demo.numbers import number_text
from cnnlib.demo.view import Panel, View, gray, signed
from cnnlib.kernels import KERNELS, Kernel
from cnnlib.lessons.l09_pooling_and_shifting.feature_maps import Cut
from cnnlib.lessons.l09_pooling_and_shifting.moves import two_orders
from cnnlib.transforms import rotate, scale, shift

PHOTO = Cut(20, 70, 96)
FARTHEST = 24  # pixels
TURNS = ("", "turned left by 90°", "turned by 180°", "turned right by 90°")
FACTORS = {"half": 0.5, "as it is": 1, "twice": 2, "three times": 3}
SCALED = {
    "half": "shrunk to half its size",
    "twice": "enlarged to twice its size",
    "three times": "enlarged to three times its size",
}
SIZE = 192  # CSS pixels of a panel


def explore_equivariance(
    image: ArrayLike | None = None,
    kernel: str = "Prewitt, columns",
    *,
    right: int = 12,
    turns: int = 0,
    factor: str = "as it is",
    hide: Iterable[str] = (),
    lock: Iterable[str] = (),
) -> Demo:
    """Shift, turn and scale a picture before or after a convolution: where do the two answers differ?

    Parameters
    ----------
    image : array, (H, W), optional
        Default: 96 × 96 pixels of a photo.
    kernel : str
        A name from `cnnlib.KERNELS`.
    right : int
        Pixels to the right, −24 to 24.
    turns : int
        Quarter turns, counter-clockwise, 0 to 3.
    factor : {"half", "as it is", "twice", "three times"}
    hide, lock : str or iterable of str
        Controls to hide or to hold.

    Returns
    -------
    Demo
        With `output`, the difference; 0 where one of the two read an invented pixel.

    Raises
    ------
    ValueError
        If a name is unknown, a setting lies outside its control, or the picture cannot be drawn.

    Examples
    --------
    >>> demo = explore_equivariance()
    >>> demo.output.any()
    np.False_
    >>> demo.turns.value = 1
    >>> demo.output.any()
    np.True_
    """
    text = PHOTO.text if image is None else None
    image = PHOTO.pixels if image is None else picture_of("explore_equivariance", image)
    settings = {
        "kernel": make.choice("kernel", KERNELS, KERNELS[kernel].name),
        "right": make.slider("shift right", right, -FARTHEST, FARTHEST),
        "turns": make.slider("quarter turns", turns, 0, 3),
        "factor": make.choice("scale", FACTORS, factor),
    }
    question = "does the order of filtering and moving matter?"
    view = partial(_view, image, text or image_text(image))
    return Demo("Equivariance", question, settings, view, hide=hide, lock=lock)


def _moved(image: np.ndarray, *, right: int, turns: int, factor: str) -> np.ndarray:
    return scale(rotate(shift(image, 0, right), turns), FACTORS[factor])


def _view(image: np.ndarray, text: str, *, kernel: str, **settings) -> View:
    chosen = KERNELS[kernel]
    move = partial(_moved, **settings)
    one, other, true = two_orders(image, chosen.matrix, move)
    first = two_orders(image, chosen.matrix, np.copy).moved_after
    answers = [answer / chosen.divisor for answer in (first, one, other)]
    gaps = np.where(true, answers[1] - answers[2], np.nan)
    return View(
        [*_panels(image, move(image), kernel, answers, gaps)],
        _sentence(chosen, settings, answers[1][true], gaps[true]),
        output=np.nan_to_num(gaps),
        code=lambda: _code(text, chosen, **settings),
    )


def _panels(image, moved, kernel, answers, gaps) -> Iterable[Panel]:
    first, one, other = answers
    counted = np.where(np.isnan(gaps), np.nan, [one, other, gaps])  # not the bright rim by zeros
    more = {"size": SIZE, "limit": largest(counted) or 1}
    yield gray("image", image, "the picture", size=SIZE, high=max(image.max(), 1))
    yield signed("first", first, f"filtered: {kernel}", symbol="→", **more)
    yield signed("one", one, "filtered, then moved", symbol="→", **more)
    yield gray("moved", moved, "the picture, moved", size=SIZE, high=max(image.max(), 1), new_row=True)
    yield signed("other", other, "moved, then filtered", symbol="→", **more)
    yield signed("gaps", gaps, "upper minus lower, blank\nwhere pixels are invented", symbol="→", **more)


def _sentence(kernel: Kernel, settings: dict, answer: np.ndarray, gaps: np.ndarray) -> str:
    """Say what was done, by how much the two orders differ, and why."""
    done = _done(**settings)
    if not done:
        return "Nothing is moved yet, so both ways give the same."
    start = f"The picture is {done}. "
    if not gaps.size:
        return start + "No place is left in which both ways read true pixels alone."
    if not gaps.any():
        why = _why(kernel, settings)
        return f"{start}Both ways agree exactly, in all {gaps.size:,} places that count: {why}"
    share, mean = round(100 * np.mean(gaps != 0)), number_text(np.abs(gaps).mean())
    return (
        f"{start}The two ways differ in {share} of 100 places, by {mean} on average where the answers "
        f"are {number_text(np.abs(answer).mean())}: {_why_not(kernel, settings)}"
    )


def _done(*, right: int, turns: int, factor: str) -> str:
    parts = [f"shifted by {abs(right)} to the {'right' if right > 0 else 'left'}"] if right else []
    parts += [words for words in (TURNS[turns], SCALED.get(factor, "")) if words]
    return ", ".join(parts[:-1]) + " and " * (len(parts) > 1) + "".join(parts[-1:])


def _why(kernel: Kernel, settings: dict) -> str:
    """Say why the two ways agree."""
    scaled, turned = settings["factor"] != "as it is", settings["turns"]
    if not scaled and not turned:
        return "the same weights are used in every place."
    if scaled and np.count_nonzero(kernel.matrix) == 1:
        return "this kernel looks at a single pixel, whatever its neighbours are."
    if not scaled and np.array_equal(rotate(kernel.matrix, turned), kernel.matrix):
        return "the kernel looks the same when it is turned so."
    return "this picture does not show the difference."


def _why_not(kernel: Kernel, settings: dict) -> str:
    """Say why they do not."""
    reasons = []
    if not np.array_equal(rotate(kernel.matrix, settings["turns"]), kernel.matrix):
        reasons.append("turn")
    if settings["factor"] != "as it is":
        reasons.append("shrink" if settings["factor"] == "half" else "grow")
    return f"the kernel does not {' or '.join(reasons)} with the picture."


def _code(image: str, kernel: Kernel, *, right: int, turns: int, factor: str) -> dict[str, str]:
    divisor = "" if kernel.divisor == 1 else f" / {kernel.divisor}"
    sides = [(n // 2, n // 2) for n in kernel.matrix.shape]
    windows = f"sliding_window_view(np.pad(x, {sides}), {kernel.matrix.shape})"
    moves = f"scale(rotate(shift(x, right={right}), {turns}), {FACTORS[factor]})"
    start = [
        *("from cnnlib.transforms import rotate, scale, shift",),
        *("from numpy.lib.stride_tricks import sliding_window_view",),
    ]
    end = [
        "def move(x):",
        f"    return {moves}",
        "",
        "def whole(x):  # where the kernel reads no invented pixel",
        f"    return {windows}.all((-2, -1))",
        "",
        "ones = np.ones(image.shape, bool)",
        "counted = move(whole(ones)) & whole(move(ones))",
        "result = np.where(counted, move(answer(image)) - answer(move(image)), 0)",
    ]
    weights = [f"kernel = np.array({array_text(kernel.matrix)})", "", "def answer(x):"]
    numpy = [f"    return np.einsum('rcij,ij->rc', {windows}, kernel){divisor}", ""]
    torch = [
        "    x, w = (torch.tensor(a, dtype=torch.float64)[None, None] for a in (x.copy(), kernel))",
        f"    return F.conv2d(x, w, padding='same')[0, 0].numpy(){divisor}",
        "",
    ]
    more = ["import torch", "import torch.nn.functional as F"]
    return {
        "NumPy": "\n".join([*image_lines(image, *start), *weights, *numpy, *end]),
        "PyTorch": "\n".join([*image_lines(image, *more, *start), *weights, *torch, *end]),
    }
