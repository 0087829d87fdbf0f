"""Lesson 09, a convolution with stride 2 in place of pooling: which weights make them equal?"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import ArrayLike

from cnnlib.convolution import conv2d
from cnnlib.demo import controls as make
from cnnlib.demo.colormaps import largest
from cnnlib.demo.controls import Cells, Hidden
from cnnlib.demo.frame import Demo
from cnnlib.demo.numbers import number_text
from cnnlib.demo.view import Panel, View, Window, signed
from cnnlib.explore.code import array_text, image_text
from cnnlib.explore.inputs import kernel_of, picture_of
from cnnlib.explore.panels import kernel_panel
from cnnlib.explore.pooling_code import POOLS, pool_line, text_start, torch_pool
from cnnlib.explore.pooling_words import DIGITS, finer, pooled_terms
from cnnlib.explore.words import aligned, count_text, products
from cnnlib.lessons.l09_pooling_and_shifting.pooling import TABLE

WINDOW = 2
LARGEST = 8  # sides of a map whose numbers can be read
CORNER = np.array([[1, 0], [0, 0]])
WEIGHTS = {"average": 1 / WINDOW**2, "sum": 1}  # all four alike; no weights make a largest number
ROOM = 176  # CSS pixels


def explore_strided(
    kind: str = "average",
    image: ArrayLike = TABLE,
    kernel: ArrayLike = CORNER,
    *,
    at: tuple[int, int] = (0, 0),
    hide: Iterable[str] = (),
    lock: Iterable[str] = (),
) -> Demo:
    """Let a 2 × 2 convolution with stride 2 do the work of pooling: find its four weights.

    Parameters
    ----------
    kind : {"max", "average", "sum"}
        The pooling to be matched.
    image : array, (H, W)
        At most 8 rows and columns; the learner can change each cell.
    kernel : array, (2, 2)
        The weights to begin with; the learner can change each cell.
    at : tuple of int
        Row and column of the output to begin with.
    hide, lock : str or iterable of str
        Controls to hide or to hold.

    Returns
    -------
    Demo
        With `output`, the convolution minus the pooling.

    Raises
    ------
    ValueError
        If a name is unknown, the kernel is not 2 × 2, or the map is too large or too small.

    Examples
    --------
    >>> demo = explore_strided()
    >>> demo.output.tolist()
    [[1.5, 4.5], [2.75, 0.25]]
    >>> demo.kernel.value = [[1 / 4, 1 / 4], [1 / 4, 1 / 4]]
    >>> demo.output.any()
    np.False_
    """
    image = picture_of("explore_strided", image)
    kernel = kernel_of("explore_strided", kernel)
    if kernel.shape != (WINDOW, WINDOW) or max(image.shape) > LARGEST:
        raise ValueError(
            f"explore_strided: kernel {kernel.shape} on map {image.shape}; give a kernel (2, 2), and a map "
            f"of at most {LARGEST} rows and columns"
        )
    settings = {
        "kind": make.switch("pooling to match", POOLS, kind),
        "image": Cells(image),
        "kernel": Cells(kernel),
        "row": Hidden(at[0]),
        "col": Hidden(at[1]),
    }
    question = "which weights do the work of pooling?"
    return Demo("Convolution with stride 2", question, settings, _view, hide=hide, lock=lock)


def _view(*, kind, image, kernel, row, col) -> View:
    answers, pooled = conv2d(image, kernel, stride=WINDOW), POOLS[kind](image, WINDOW)
    gaps = np.round(answers - pooled, 9)  # the two add in different orders: fractions may differ in digit 17
    row, col = min(row, pooled.shape[0] - 1), min(col, pooled.shape[1] - 1)
    window = image[WINDOW * row :, WINDOW * col :][:WINDOW, :WINDOW]
    total = number_text(answers[row, col], DIGITS), "total"
    lines = [
        [("convolution: ", ""), *products(window.ravel(), kernel.ravel(), 0)[:-1], total],
        pooled_terms(kind, f"{kind} pooling", window, pooled[row, col]),
    ]
    steps = (WINDOW, WINDOW)
    return View(
        [*_panels(image, kernel, answers, pooled, gaps, kind, (row, col))],
        _sentence(kind, kernel, gaps),
        aligned(lines),
        [Window(name, "image", steps, steps) for name in ("answers", "pooled")],
        gaps,
        lambda: _code(image_text(image), kernel, kind),
    )


def _panels(image, kernel, answers, pooled, gaps, kind, at) -> Iterable[Panel]:
    cell = min(44, ROOM // max(image.shape))
    more = {"size": cell * max(pooled.shape), "legend": False}
    place = {"point": "row col", "cursor": at, "limit": max(largest(pooled), 1)}
    size = cell * max(image.shape)
    yield signed("image", image, "the map:\nclick a cell", size=size, edit="image", legend=False)
    yield kernel_panel("kernel", kernel, "your kernel:\nclick a cell", size=88, edit="kernel")
    for id, caption, symbol, values, extra in (
        ("answers", "convolution,\nstride 2", "=", answers, place),
        ("pooled", f"{kind}\npooling", "−", pooled, place),
        ("difference", "difference", "=", gaps, {}),
    ):
        yield finer(signed(id, values, caption, symbol=symbol, **more, **extra), values)


def _sentence(kind: str, kernel: np.ndarray, gaps: np.ndarray) -> str:
    differ = int(np.count_nonzero(gaps))
    if differ:
        are = "differs" if differ == 1 else "differ"
        return (
            f"{differ} of {gaps.size} numbers {are}, by up to {number_text(largest(gaps), DIGITS)}: "
            f"these weights do not do the work of {kind} pooling."
        )
    if kind in WEIGHTS and (kernel == WEIGHTS[kind]).all():
        return (
            f"Equal, whatever the map holds: four weights of {number_text(WEIGHTS[kind])} and a stride of 2 "
            f"are {kind} pooling."
        )
    many = count_text(gaps.size, "number")
    return f"All {many} agree, but only for this map: change one of its cells and look again."


def _code(image: str, kernel: np.ndarray, kind: str) -> dict[str, str]:
    weights = f"kernel = np.array({array_text(kernel)})"
    numpy = [
        *text_start(image, "from numpy.lib.stride_tricks import sliding_window_view"),
        weights,
        *pool_line(kind, WINDOW, WINDOW, name="pooled"),
        "result = (windows * kernel).sum((-2, -1)) - pooled",
    ]
    torch = [
        *text_start(image, "import torch", "import torch.nn.functional as F"),
        weights,
        "x = torch.tensor(image, dtype=torch.float64)[None, None]",
        "w = torch.tensor(kernel, dtype=torch.float64)[None, None]",
        f"pooled = {torch_pool(kind, WINDOW, WINDOW)}",
        f"result = (F.conv2d(x, w, stride={WINDOW}) - pooled)[0, 0].numpy()",
    ]
    return {"NumPy": "\n".join(numpy), "PyTorch": "\n".join(torch)}
