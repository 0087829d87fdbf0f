"""Lesson 09, what commutes: is the ReLU before the pooling the same as after it?"""

from collections.abc import Iterable
from typing import Annotated

import numpy as np

from cnnlib.activations import relu
from cnnlib.demo.code import image_text
from cnnlib.demo.colormaps import largest
from cnnlib.demo.declare import Cells, Place, Pointed, Switch, demo
from cnnlib.demo.inputs import picture_of
from cnnlib.demo.numbers import number_text
from cnnlib.demo.view import Panel, Point, View, Window, signed
from cnnlib.demo.words import aligned, capital, count_text, part_text, verb
from cnnlib.lessons.l09_pooling_and_shifting.feature_maps import BUST, answer_map, answer_text
from cnnlib.lessons.l09_pooling_and_shifting.pools import (
    DIGITS,
    POOLS,
    pool_line,
    pooled_terms,
    text_start,
    torch_pool,
)

SIGNED = np.array([[1, -2, 3, 0], [-3, -4, -1, 2], [5, -6, -2, -3], [-1, 2, -4, -5]])
NUMBERS, PHOTO = "4×4, both signs", "a photo's map, 96×96"
SPOTS = {NUMBERS: Place(0, 0), PHOTO: Place(30, 30)}  # there averages differ most
KERNEL = "Prewitt, columns"
WINDOW = 2
KINDS = ("max", "average")


@demo("ReLU and pooling", "does it matter which comes first?", order="preset kind")
def explore_pool_order(
    kind: Annotated[str, Switch(KINDS, label="pool")] = "max",
    image: Annotated[np.ndarray, Cells(picture_of), "The small map, (H, W)"] = SIGNED,
    *,
    preset: Annotated[str, Switch((NUMBERS, PHOTO), label="map")] = NUMBERS,
    at: Annotated[Place, Pointed, "The number of the output to begin with"] = (0, 0),
) -> View:
    """Apply ReLU and then pool, or pool and then apply ReLU: does the order matter?

    The output is what pooling last gives minus what the ReLU last gives.

    >>> explore_pool_order("max").output.any(), explore_pool_order("average").output.tolist()
    (np.False_, [[0.25, 0.25], [1.75, 0.0]])
    """
    small = preset == NUMBERS
    before = image if small else answer_map(BUST, KERNEL, relu_last=False)
    pool = POOLS[kind]
    rectified, first = relu(before), pool(before)
    one, other = pool(rectified), relu(first)

    row, col = at = at.within(one.shape)
    cells = np.s_[WINDOW * row :, WINDOW * col :]
    windows = [array[cells][:WINDOW, :WINDOW] for array in (rectified, before)]
    text = image_text(image) if small else answer_text(BUST, KERNEL, relu_last=False)
    after = [(", after ReLU ", ""), (number_text(other[at], DIGITS), "total")]
    return View(
        panels=[*_panels(before, rectified, one, first, other, kind, at, small)],
        sentence=_sentence(one - other, kind),
        arithmetic=aligned(
            [
                pooled_terms(kind, "ReLU first", windows[0], one[at]),
                [*pooled_terms(kind, f"{kind} first", windows[1], first[at]), *after],
            ]
        ),
        windows=[
            Window(of, on, (WINDOW,) * 2, (WINDOW,) * 2)
            for of, on in (("one", "rectified"), ("other", "before"))
        ],
        output=one - other,
        code=lambda: _code(text, kind),
    )


explore_pool_order.when("preset", lambda now: {"at": SPOTS[now]})


def _panels(before, rectified, one, first, other, kind, at, small) -> Iterable[Panel]:
    more = {"cell": min(44, 200 // max(before.shape)), "digits": DIGITS, "legend": False}
    more |= {"limit": max(largest(before), 1)}
    pooled = {"point": Point("at"), "cursor": at, "symbol": "→"}
    room = {"room": more["cell"] * before.shape[1] + 8}  # with the margins of its canvas
    gaps = one - other
    caption, edit = ("the map: click a cell\nto change it", "image") if small else ("the map", "")
    yield signed("before", before, caption, edit=edit, **more)
    yield signed("rectified", rectified, "ReLU", symbol="→", **more)
    yield signed("one", one, f"ReLU, then {kind}", **more, **pooled, **room)
    yield signed("first", first, f"{kind} of the map", new_row=True, **more, **room)
    yield signed("other", other, f"{kind}, then ReLU", **more, **pooled, **room)
    yield signed(
        "difference", gaps, "upper minus lower", symbol="→", **more | room | {"limit": largest(gaps)}
    )


def _sentence(gaps: np.ndarray, kind: str) -> str:
    differ = int(np.count_nonzero(gaps))
    if kind == "max":
        return (
            f"Both orders give the same {_several(gaps.size, 'number')}. The largest number of a window "
            "stays the largest when everything below 0 becomes 0: max pooling and ReLU commute."
        )
    if not differ:
        same = _several(gaps.size, "average")
        return f"Both orders give the same {same} here, because no window holds both signs."
    return (
        f"{capital(part_text(differ, gaps.size, 'average'))} {verb(differ, 'differ')}, "
        f"by {'up to ' * (differ > 1)}{number_text(gaps.max(), DIGITS)}, and ReLU first never gives less. "
        "Averaged first, negative numbers cancel positive ones; ReLU removes them before they can."
    )


def _several(count: int, noun: str) -> str:
    return noun if count == 1 else count_text(count, noun)


def _code(image: str, kind: str) -> dict[str, str]:
    numpy = [
        *text_start(image, "from numpy.lib.stride_tricks import sliding_window_view"),
        *pool_line(kind, WINDOW, WINDOW, "np.maximum(image, 0)", "relu_first"),
        *pool_line(kind, WINDOW, WINDOW, "image", "pool_first"),
        "result = relu_first - np.maximum(pool_first, 0)",
    ]
    torch = [
        *text_start(image, "import torch", "import torch.nn.functional as F"),
        "x = torch.tensor(image, dtype=torch.float64)[None, None]",
        f"relu_first = {torch_pool(kind, WINDOW, WINDOW, source='F.relu(x)')}",
        f"pool_first = F.relu({torch_pool(kind, WINDOW, WINDOW)})",
        "result = (relu_first - pool_first)[0, 0].numpy()",
    ]
    return {"NumPy": "\n".join(numpy), "PyTorch": "\n".join(torch)}
