"""Lesson 09, equivariance: is filtering and then moving the same as moving and then filtering?"""

from collections.abc import Iterable
from typing import Annotated

import numpy as np

from cnnlib.demo.code import array_text, image_lines, image_text
from cnnlib.demo.colormaps import largest
from cnnlib.demo.declare import Cells, Choice, Slider, demo
from cnnlib.demo.inputs import picture_of
from cnnlib.demo.numbers import number_text
from cnnlib.demo.view import Panel, View, gray, signed
from cnnlib.kernels import KERNELS, Kernel
from cnnlib.lessons.l09_pooling_and_shifting.feature_maps import Crop
from cnnlib.lessons.l09_pooling_and_shifting.moves import two_orders
from cnnlib.transforms import rotate, scale, shift

PHOTO = Crop(20, 70, 96)
FARTHEST = 24  # pixels
TURNS = ("", "turned left by 90°", "turned by 180°", "turned right by 90°")
FACTORS = {"half": 0.5, "as it is": 1, "twice": 2, "three times": 3}
SCALED = {
    "half": "shrunk to half its size",
    "twice": "enlarged to twice its size",
    "three times": "enlarged to three times its size",
}
SIZE = 192  # CSS pixels of a panel


@demo("Equivariance", "does the order of filtering and moving matter?")
def explore_equivariance(
    image: Annotated[
        np.ndarray | None, Cells(picture_of), "Numbers (H, W); default: 96 × 96 pixels of a photo"
    ] = None,
    kernel: Annotated[
        str, Choice(KERNELS, check=lambda _, name: KERNELS[name].name), "A name from `cnnlib.KERNELS`"
    ] = "Prewitt, columns",
    *,
    right: Annotated[int, Slider(-FARTHEST, FARTHEST, label="shift right"), "In pixels"] = 12,
    turns: Annotated[int, Slider(0, 3, label="quarter turns"), "Counter-clockwise"] = 0,
    factor: Annotated[str, Choice(FACTORS, label="scale")] = "as it is",
) -> View:
    """Shift, turn and scale a picture before or after a convolution: where do the two results differ?

    The output is the difference; 0 where one of the two read padding.

    >>> demo = explore_equivariance()
    >>> demo.output.any()
    np.False_
    >>> demo.turns.value = 1
    >>> demo.output.any()
    np.True_
    """
    chosen, text = KERNELS[kernel], PHOTO.text if image is None else image_text(image)
    image = PHOTO.pixels if image is None else image

    def move(image: np.ndarray) -> np.ndarray:
        return scale(rotate(shift(image, 0, right), turns), FACTORS[factor])

    one, other, true = two_orders(image, chosen.matrix, move)
    first = two_orders(image, chosen.matrix, np.copy).moved_after
    answers = [answer / chosen.divisor for answer in (first, one, other)]
    gaps = np.where(true, answers[1] - answers[2], np.nan)

    moves = {"right": right, "turns": turns, "factor": factor}
    return View(
        panels=[*_panels(image, move(image), kernel, answers, gaps)],
        sentence=_sentence(chosen, moves, answers[1][true], gaps[true]),
        output=np.nan_to_num(gaps),
        code=lambda: _code(text, chosen, **moves),
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
    yield signed("gaps", gaps, "upper minus lower, blank\nwhere padding was read", symbol="→", **more)


def _sentence(kernel: Kernel, moves: dict, answer: np.ndarray, gaps: np.ndarray) -> str:
    """Say what was done, by how much the two orders differ, and why."""
    done = _done(**moves)
    if not done:
        return "Nothing is moved yet, so both orders give the same map."
    start = f"The picture is {done}. "
    if not gaps.size:
        return start + "No position is left at which neither order reads padding."
    if not gaps.any():
        why = _why(kernel, moves)
        return f"{start}Both orders agree exactly, at all {gaps.size:,} positions that read no padding: {why}"
    share, mean = round(100 * np.mean(gaps != 0)), number_text(np.abs(gaps).mean())
    return (
        f"{start}The two orders differ at {share} % of the positions, by {mean} on average, where the mean "
        f"size of a response is {number_text(np.abs(answer).mean())}: {_why_not(kernel, moves)}"
    )


def _done(*, right: int, turns: int, factor: str) -> str:
    parts = [f"shifted by {abs(right)} to the {'right' if right > 0 else 'left'}"] if right else []
    parts += [words for words in (TURNS[turns], SCALED.get(factor, "")) if words]
    return ", ".join(parts[:-1]) + " and " * (len(parts) > 1) + "".join(parts[-1:])


def _why(kernel: Kernel, moves: dict) -> str:
    """Say why the two ways agree."""
    scaled, turned = moves["factor"] != "as it is", moves["turns"]
    if not scaled and not turned:
        return "the same weights are used at every position."
    if scaled and np.count_nonzero(kernel.matrix) == 1:
        return "this kernel looks at a single pixel, whatever its neighbours are."
    if not scaled and np.array_equal(rotate(kernel.matrix, turned), kernel.matrix):
        return "the kernel looks the same after this turn."
    return "this picture does not show the difference."


def _why_not(kernel: Kernel, moves: dict) -> str:
    """Say why they do not."""
    reasons = []
    if not np.array_equal(rotate(kernel.matrix, moves["turns"]), kernel.matrix):
        reasons.append("turn")
    if moves["factor"] != "as it is":
        reasons.append("shrink" if moves["factor"] == "half" else "grow")
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
        "def whole(x):  # where the kernel reads no padding",
        f"    return {windows}.all((-2, -1))",
        "",
        "ones = np.ones(image.shape, bool)",
        "counted = move(whole(ones)) & whole(move(ones))",
        "result = np.where(counted, move(response(image)) - response(move(image)), 0)",
    ]
    weights = [f"kernel = np.array({array_text(kernel.matrix)})", "", "def response(x):"]
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
