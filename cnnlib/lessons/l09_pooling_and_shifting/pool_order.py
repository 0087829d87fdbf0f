"""Lesson 09, what may be exchanged: is the ReLU before the pooling the same as after it?"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import ArrayLike

from cnnlib.activations import relu
from cnnlib.demo import controls as make
from cnnlib.demo.code import image_text
from cnnlib.demo.colormaps import largest
from cnnlib.demo.controls import Cells, Hidden
from cnnlib.demo.frame import Demo
from cnnlib.demo.inputs import picture_of
from cnnlib.demo.numbers import number_text
from cnnlib.demo.view import Panel, View, Window, signed
from cnnlib.demo.words import aligned
from cnnlib.lessons.l09_pooling_and_shifting.feature_maps import HEAD, answer_map, answer_text
from cnnlib.lessons.l09_pooling_and_shifting.pooling_code import POOLS, pool_line, text_start, torch_pool
from cnnlib.lessons.l09_pooling_and_shifting.pooling_words import DIGITS, finer, pooled_terms

SIGNED = np.array([[1, -2, 3, 0], [-3, -4, -1, 2], [5, -6, -2, -3], [-1, 2, -4, -5]])
NUMBERS, PHOTO = "4×4, both signs", "a photo's map, 96×96"
SPOTS = {NUMBERS: {"row": 0, "col": 0}, PHOTO: {"row": 30, "col": 30}}  # there averages differ most
KERNEL = "Prewitt, columns"
WINDOW = 2
KINDS = ("max", "average")


def explore_pool_order(
    kind: str = "max",
    image: ArrayLike = SIGNED,
    *,
    preset: str = NUMBERS,
    at: tuple[int, int] = (0, 0),
    hide: Iterable[str] = (),
    lock: Iterable[str] = (),
) -> Demo:
    """Bend and then pool, or pool and then bend: does the order matter?

    Parameters
    ----------
    kind : {"max", "average"}
    image : array, (H, W)
        The small map; the learner can change each cell.
    preset : {"4×4, both signs", "a photo's map, 96×96"}
    at : tuple of int
        Row and column of the output to begin with.
    hide, lock : str or iterable of str
        Controls to hide or to hold.

    Returns
    -------
    Demo
        With `output`, what pooling last gives minus what the ReLU last gives.

    Raises
    ------
    ValueError
        If a name is unknown, or the map is smaller than the window, 2 × 2.

    Examples
    --------
    >>> explore_pool_order("max").output.any(), explore_pool_order("average").output.tolist()
    (np.False_, [[0.25, 0.25], [1.75, 0.0]])
    """
    settings = {
        "preset": make.switch("map", (NUMBERS, PHOTO), preset),
        "kind": make.switch("pool", KINDS, kind),
        "image": Cells(picture_of("explore_pool_order", image)),
        "row": Hidden(at[0]),
        "col": Hidden(at[1]),
    }
    question = "does it matter which comes first?"
    demo = Demo("ReLU and pooling", question, settings, _orders, hide=hide, lock=lock)
    demo.when("preset", lambda change: demo.set(**SPOTS[change.new]))
    return demo


def _orders(*, preset, kind, image, row, col) -> View:
    small = preset == NUMBERS
    before = image if small else answer_map(HEAD, KERNEL, bend=False)
    pool = POOLS[kind]
    bent, first = relu(before), pool(before)
    one, other = pool(bent), relu(first)
    row, col = min(row, one.shape[0] - 1), min(col, one.shape[1] - 1)
    cells = np.s_[WINDOW * row :, WINDOW * col :]
    windows = [array[cells][:WINDOW, :WINDOW] for array in (bent, before)]
    lines = [
        pooled_terms(kind, "ReLU first", windows[0], one[row, col]),
        [*pooled_terms(kind, f"{kind} first", windows[1], first[row, col]), *_bent(other[row, col])],
    ]
    text = image_text(image) if small else answer_text(HEAD, KERNEL, bend=False)
    return View(
        [*_order_panels(before, bent, one, first, other, kind, (row, col), small)],
        _order_sentence(one, other, kind),
        aligned(lines),
        [Window(of, on, (WINDOW,) * 2, (WINDOW,) * 2) for of, on in (("one", "bent"), ("other", "before"))],
        one - other,
        lambda: _order_code(text, kind),
    )


def _bent(value: float) -> list[tuple[str, str]]:
    return [(", after ReLU ", ""), (number_text(value, DIGITS), "total")]


def _order_panels(before, bent, one, first, other, kind, at, small) -> Iterable[Panel]:
    cell = min(44, 200 // max(before.shape))
    more = {"limit": max(largest(before), 1), "legend": False}

    def shown(id, array, caption, **extra) -> Panel:
        return finer(signed(id, array, caption, size=cell * max(array.shape), **more | extra), array)

    pooled = {"point": "row col", "cursor": at}
    room = {"room": cell * before.shape[1] + 8}  # with the margins of its canvas
    edit = {"edit": "image"} if small else {}
    yield shown("before", before, "the map: click a cell\nto change it" if small else "the map", **edit)
    yield shown("bent", bent, "ReLU", symbol="→")
    yield shown("one", one, f"ReLU, then {kind}", symbol="→", **pooled, **room)
    yield shown("first", first, f"{kind} of the map", new_row=True, **room)
    yield shown("other", other, f"{kind}, then ReLU", symbol="→", **pooled, **room)
    gaps = one - other
    yield shown("difference", gaps, "upper minus lower", symbol="→", **room, limit=largest(gaps))


def _order_sentence(one: np.ndarray, other: np.ndarray, kind: str) -> str:
    gaps = one - other
    differ = int(np.count_nonzero(gaps))
    if kind == "max":
        return (
            f"Both orders give the same {gaps.size:,} numbers. The largest number of a window stays the "
            "largest when all below 0 become 0."
        )
    if not differ:
        return f"Both orders give the same {gaps.size:,} averages here, because no window holds both signs."
    are = "differs" if differ == 1 else "differ"
    return (
        f"{differ} of {gaps.size:,} averages {are}, by up to {number_text(gaps.max(), DIGITS)}, and ReLU "
        "first is never the smaller. Averaged first, negative numbers cancel positive ones; the ReLU removes "
        "them before they can."
    )


def _order_code(image: str, kind: str) -> dict[str, str]:
    numpy = [
        *text_start(image, "from numpy.lib.stride_tricks import sliding_window_view"),
        *pool_line(kind, WINDOW, WINDOW, "np.maximum(image, 0)", "bend_first"),
        *pool_line(kind, WINDOW, WINDOW, "image", "pool_first"),
        "result = bend_first - np.maximum(pool_first, 0)",
    ]
    torch = [
        *text_start(image, "import torch", "import torch.nn.functional as F"),
        "x = torch.tensor(image, dtype=torch.float64)[None, None]",
        f"bend_first = {torch_pool(kind, WINDOW, WINDOW, source='F.relu(x)')}",
        f"pool_first = F.relu({torch_pool(kind, WINDOW, WINDOW)})",
        "result = (bend_first - pool_first)[0, 0].numpy()",
    ]
    return {"NumPy": "\n".join(numpy), "PyTorch": "\n".join(torch)}
