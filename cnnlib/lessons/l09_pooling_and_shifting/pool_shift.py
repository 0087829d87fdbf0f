"""Lesson 09, invariance: how much of a pooled map survives when the picture moves a little?"""

from collections.abc import Iterable
from typing import Annotated

from cnnlib.demo.colormaps import largest
from cnnlib.demo.declare import Fixed, Slider, Switch, demo
from cnnlib.demo.view import Panel, View, signed
from cnnlib.demo.words import count_text, size_text
from cnnlib.kernels import KERNELS
from cnnlib.lessons.l09_pooling_and_shifting.feature_maps import BUST, answer_map, answer_text
from cnnlib.lessons.l09_pooling_and_shifting.moves import relative_change, unchanged_share
from cnnlib.lessons.l09_pooling_and_shifting.pools import POOLS, pool_line, text_start, torch_pool

KINDS = ("max", "average")
SIZE = 192  # CSS pixels of a map


@demo("Pooling and a small shift", "how much stays when the picture moves?")
def explore_pool_shift(
    kernel: Annotated[
        str,
        Fixed(lambda _, name: KERNELS[name].name),
        "A 3 × 3 kernel from `cnnlib.KERNELS`; its map goes through the ReLU",
    ] = "Prewitt, columns",
    *,
    kind: Annotated[str, Switch(KINDS, label="pool")] = "max",
    shift: Annotated[int, Slider(0, 8, label="shift right"), "What comes in at the left is photo, too"] = 1,
    window: Annotated[int, Slider(1, 8, label="window and stride"), "Of the pooling"] = 2,
) -> View:
    """Shift a photo pixel by pixel, and count which numbers of its map stay as they are, pooled or not.

    The output is the change of each pooled number.

    >>> explore_pool_shift(shift=0).output.any()
    np.False_
    """
    crops = BUST, BUST._replace(left=BUST.left - shift)
    maps = [answer_map(crop, kernel) for crop in crops]
    pooled = [POOLS[kind](values, window) for values in maps]
    change = pooled[1] - pooled[0]

    return View(
        panels=[*_panels(kernel, maps, pooled, kind, shift)],
        sentence=_survives(maps, pooled, kind, shift, window),
        output=change,
        code=lambda: _code(*(answer_text(crop, kernel) for crop in crops), kind, window),
    )


def _panels(kernel, maps, pooled, kind, shift) -> Iterable[Panel]:
    more = {"size": SIZE, "limit": largest(maps[0])}
    moved = f"shifted by {count_text(shift, 'pixel')}"
    yield signed("map", maps[0], f"{kernel},\nReLU: {size_text(maps[0])}", **more)
    yield signed("moved", maps[1], moved, **more)
    yield signed("change", maps[1] - maps[0], "change", symbol="→", **more)
    cell = min(SIZE // pooled[0].shape[0], 15)  # too small for numbers: colours are to be compared
    more |= {"size": cell * pooled[0].shape[0], "room": SIZE + 8}  # with the margins of its canvas
    yield signed("pooled", pooled[0], f"{kind}-pooled: {size_text(pooled[0])}", new_row=True, **more)
    yield signed("pooled moved", pooled[1], f"{moved},\nthen {kind}-pooled", **more)
    yield signed("pooled change", pooled[1] - pooled[0], "change", symbol="→", **more)


def _survives(maps, pooled, kind: str, shift: int, window: int) -> str:
    if not shift:
        return "Nothing is shifted yet, so nothing changes."
    (plain, small), (plain_by, small_by) = (
        [round(100 * measure(*pair)) for pair in (maps, pooled)]
        for measure in (unchanged_share, relative_change)
    )
    start = (
        f"Shifted by {count_text(shift, 'pixel')}, {plain} % of the map's numbers stay exactly as they are"
    )
    if window == 1:
        return (
            f"{start}; on average the map changes by {plain_by} % of its mean. A window of 1 pools nothing."
        )
    return (
        f"{start}, and {small} % of the pooled ones (positions that are 0 before and after do not count). "
        f"On average the map changes by {plain_by} % of its mean, the {kind}-pooled one by {small_by} %."
    )


def _code(before: str, after: str, kind: str, window: int) -> dict[str, str]:
    numpy = [
        *text_start(before, "from numpy.lib.stride_tricks import sliding_window_view"),
        f"moved = {after}",
        *pool_line(kind, window, window, "image", "before"),
        *pool_line(kind, window, window, "moved", "after"),
        "result = after - before",
    ]
    torch = [
        *text_start(before, "import torch", "import torch.nn.functional as F"),
        f"moved = {after}",
        "x, y = (torch.tensor(a, dtype=torch.float64)[None, None] for a in (image, moved))",
        f"before, after = {torch_pool(kind, window, window)}, {torch_pool(kind, window, window, source='y')}",
        "result = (after - before)[0, 0].numpy()",
    ]
    return {"NumPy": "\n".join(numpy), "PyTorch": "\n".join(torch)}
