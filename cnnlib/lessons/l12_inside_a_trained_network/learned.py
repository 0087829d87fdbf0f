"""Lesson 12, what did it learn: patches that excite LeNet's filters, what covering costs, the gradient."""

from functools import cache, lru_cache, partial
from typing import Annotated

import numpy as np

from cnnlib.activations import softmax
from cnnlib.demo.declare import Place, Pointed, Switch, demo
from cnnlib.demo.numbers import number_text, signed_text
from cnnlib.demo.view import Panel, Point, View, Window, gray, mosaic, signed
from cnnlib.demo.words import certain_text, span_text
from cnnlib.lessons.l12_inside_a_trained_network.lenet_digit import (
    Digit,
    a_digit,
    digit_text,
    digits_for_lenet,
    network,
    starts,
)
from cnnlib.nn.explaining import Patches, occlusion_map, saliency, top_patches

PATCHES = {"conv 1": 6, "conv 2": 4}  # of each filter
LAYERS = {"conv 1": 0, "conv 2": 3}  # which of LeNet's layers
ABREAST = {"conv 1": 1, "conv 2": 2}  # filters in a row of the sheet of patches
QUESTIONS = ("filters", "covering", "gradient")
WINDOW, STRIDE = 6, 2  # of the square that covers, in pixels
INK = 0.1  # how much more of it the gradient is tried with
WIDE = 256  # CSS pixels of a picture
SMALL = 210  # of a map whose cells are too small for numbers


@demo("What did it learn?", "what does LeNet look at?")
def explore_learned(
    show: Annotated[
        str,
        Switch(QUESTIONS),
        "A layer's filters, with the patches of 355 digits to which each responds most; or the certainty "
        "lost when a square of the digit is covered; or the gradient of the score for each pixel",
    ] = "filters",
    digit: Digit = 23,
    *,
    layer: Annotated[
        str, Switch(LAYERS, label="filters of"), "Whose filters are shown: edges, or what is made of them"
    ] = "conv 1",
    at: Annotated[Place | None, Pointed, "Default: where the map is strongest; or the first patch"] = None,
) -> View:
    """Ask LeNet what it learned: what excites its filters, which part counts, which pixel counts.

    The output is the responses to the patches, (filters, patches); or the map of what is lost, (14, 14); or
    the gradient, (32, 32).

    >>> demo = explore_learned("covering")
    >>> demo.output.shape
    (14, 14)
    """
    if show == "filters":
        return _filters(layer, digit, at)
    return {"covering": _covering, "gradient": _gradient}[show](digit, at)


explore_learned.when("show layer", lambda: {"at": None})
explore_learned.when("digit", lambda show: {} if show == "filters" else {"at": None})


def _filters(layer: str, digit: int, at: Place | None) -> View:
    found, (pictures, _) = _patches(layer), digits_for_lenet()
    k, i = _patch_at(layer, *(at or (0, 0)))
    maps = network()[: LAYERS[layer] + 1](pictures[digit][None, None])[0, k]
    best = np.unravel_index(maps.argmax(), maps.shape)
    source, side = found.numbers[k, i], found.images.shape[-1]
    jump = 1 if layer == "conv 1" else 2
    silent = (
        " ReLU makes that 0: on all 355 digits this filter is silent." if found.answers[k, 0] <= 0 else ""
    )
    return View(
        panels=[
            _kernels(layer, k),
            _sheet(layer, k, i),
            gray("digit", pictures[digit], digit_text(digit), high=1, size=128),
            signed("answers", maps, f"its map by filter {k}", size=112, limit=_strongest(layer), cursor=best),
        ],
        sentence=f"Filter {k} of {layer} responds with {number_text(found.answers[k, i])} to the outlined "
        f"patch of {side} × {side} pixels, from {digit_text(source)}.{silent} In "
        f"{digit_text(digit)}, its highest response is {number_text(maps[best])}. "
        "Patches show what excites a filter most, not all it does.",
        windows=[Window("answers", "digit", (side, side), (jump, jump))],
        output=found.answers.copy(),
        code=partial(_filters_code, layer),
    )


def _kernels(layer: str, k: int) -> Panel:
    """Show all filters, where each has one channel; of deeper ones the slices of the one pointed at."""
    weights = network()[LAYERS[layer]].weights["weight"]
    if layer == "conv 1":
        return mosaic(
            "filters", weights[:, 0], "filters", columns=1, size=280, point=Point("at"), cursor=(k, 0)
        )
    caption = f"filter {k}: a slice for\neach map of pool 1"
    return mosaic("filters", weights[k], caption, columns=2, size=140, legend=())


def _sheet(layer: str, k: int, i: int) -> Panel:
    """Show the patches, a row or half a row for each filter, with a gap between two halves."""
    images, abreast = _patches(layer).images[:, :, 0], ABREAST[layer]
    gap = np.full((len(images), abreast - 1, *images.shape[2:]), np.nan)
    tiles = np.concatenate([images, gap], axis=1)
    columns = abreast * tiles.shape[1] - (abreast - 1)
    rows = tiles.reshape(-1, abreast * tiles.shape[1], *images.shape[2:])[:, :columns]
    return mosaic(
        "patches",
        rows.reshape(-1, *images.shape[2:]),
        f"most exciting patches:\n{'one row' if abreast == 1 else 'half a row'} a filter",
        columns=columns,
        kind="gray",
        high=1,
        size=300,
        point=Point("at"),
        cursor=(k // abreast, k % abreast * tiles.shape[1] + i),
    )


def _patch_at(layer: str, row: int, col: int) -> tuple[int, int]:
    """Return filter and number of the patch at a place of the sheet; the gap counts as the patch before it.

    Examples
    --------
    >>> _patch_at("conv 1", 4, 2), _patch_at("conv 2", 4, 4), _patch_at("conv 2", 4, 5)
    ((4, 2), (8, 3), (9, 0))
    """
    abreast = ABREAST[layer]
    wide = PATCHES[layer] + abreast - 1
    row, col = Place(row, col).within((len(_patches(layer).images) // abreast, abreast * wide))
    return abreast * row + col // wide, min(col % wide, PATCHES[layer] - 1)


@cache
def _patches(layer: str) -> Patches:
    return top_patches(network(), LAYERS[layer], digits_for_lenet()[0][:, None], PATCHES[layer])


@cache
def _strongest(layer: str) -> float:
    return float(_patches(layer).answers.max())


def _filters_code(layer: str) -> dict[str, str]:
    numpy, torch = starts(None, "top_patches")
    number, count = LAYERS[layer], PATCHES[layer]
    return {
        "NumPy": f"{numpy}result = top_patches(model, {number}, pictures, {count}).answers",
        "PyTorch": f"{torch}highest = model[: {number + 1}](x).amax(dim=(2, 3))  # by picture and filter\n"
        f"result = highest.T.topk({count}).values.detach().numpy()",
    }


def _covering(digit: int, at: Place | None) -> View:
    lost, seen, certain = _lost(digit)
    row, col = at = at.within(lost.shape) if at else _largest(lost)
    top, left = STRIDE * row, STRIDE * col
    covered = digits_for_lenet()[0][digit].copy()
    covered[top : top + WINDOW, left : left + WINDOW] = 0
    now = softmax(network()(covered[None, None]))[0]

    where = f"{span_text('row', top, WINDOW)} and {span_text('column', left, WINDOW)}"
    then = f"still {a_digit(seen)}" if now.argmax() == seen else f"and now sees {a_digit(now.argmax())}"
    return View(
        panels=[
            gray("digit", covered, f"{digit_text(digit)}, a square covered", high=1, size=WIDE),
            signed(
                "map",
                lost,
                f"occlusion: certainty of {seen}\nlost by covering there",
                size=SMALL,
                limit=1,
                point=Point("at"),
                cursor=at,
            ),
        ],
        sentence=f"The network sees {a_digit(seen)}, {certain_text(certain)} certain. With {where} covered "
        f"it is {certain_text(now[seen])} certain of {seen}, {then}. A square whose loss is small may still "
        "count: another part may stand in for it.",
        windows=[Window("map", "digit", (WINDOW, WINDOW), (STRIDE, STRIDE))],
        output=lost.copy(),
        code=partial(_covering_code, digit, seen),
    )


def _largest(array: np.ndarray) -> Place:
    return Place(*map(int, np.unravel_index(array.argmax(), array.shape)))


@lru_cache(8)
def _lost(digit: int) -> tuple[np.ndarray, int, float]:
    """Return the occlusion map of a digit, the class that is seen in it, and how certainly."""
    picture = digits_for_lenet()[0][digit]
    probabilities = softmax(network()(picture[None, None]))[0]
    seen = int(probabilities.argmax())
    return occlusion_map(network(), picture, seen, WINDOW, STRIDE), seen, float(probabilities[seen])


def _covering_code(digit: int, seen: int) -> dict[str, str]:
    numpy, torch = starts(digit, "occlusion_map")
    loop = (
        "result = np.zeros((14, 14))\n"
        "with torch.no_grad():\n"
        f"    certain = torch.softmax(model(x), 1)[0, {seen}]\n"
        "    for row, col in np.ndindex(14, 14):\n"
        "        covered = x.clone()\n"
        f"        covered[..., {STRIDE} * row : {STRIDE} * row + {WINDOW}, "
        f"{STRIDE} * col : {STRIDE} * col + {WINDOW}] = 0\n"
        f"        result[row, col] = certain - torch.softmax(model(covered), 1)[0, {seen}]"
    )
    call = f"result = occlusion_map(model, picture, {seen}, window={WINDOW}, stride={STRIDE})"
    return {"NumPy": numpy + call, "PyTorch": torch + loop}


def _gradient(digit: int, at: Place | None) -> View:
    gradient, seen, score = _slopes(digit)
    row, col = at = at.within(gradient.shape) if at else _largest(np.abs(gradient))
    picture = digits_for_lenet()[0][digit]
    more = picture.copy()
    more[at] += INK
    change = network()(more[None, None])[0, seen] - score

    slope = gradient[at]
    point = {"point": Point("at"), "cursor": at}
    return View(
        panels=[
            gray("digit", picture, digit_text(digit), high=1, size=WIDE, **point),
            signed("map", gradient, f"saliency: gradient of the score of {seen}", size=WIDE, **point),
        ],
        sentence=f"At row {row}, column {col} the gradient is {_rounded(slope)}: {INK} more ink there should "
        f"change the score of {seen} by {_rounded(INK * slope)}; tried, it does by {_rounded(change)}. The "
        f"gradient knows small changes of this picture, not why {a_digit(seen)} is seen.",
        output=gradient.copy(),
        code=partial(_gradient_code, digit, seen),
    )


def _rounded(value: float) -> str:
    return signed_text(round(float(value), 3))


@lru_cache(8)
def _slopes(digit: int) -> tuple[np.ndarray, int, float]:
    """Return the gradient of the highest score for a digit's pixels, its class, and the score."""
    picture = digits_for_lenet()[0][digit]
    scores = network()(picture[None, None])[0]
    seen = int(scores.argmax())
    return saliency(network(), picture, seen), seen, float(scores[seen])


def _gradient_code(digit: int, seen: int) -> dict[str, str]:
    numpy, torch = starts(digit, "saliency")
    backward = f"x.requires_grad = True\nmodel(x)[0, {seen}].backward()\nresult = x.grad[0, 0].numpy()"
    return {"NumPy": f"{numpy}result = saliency(model, picture, {seen})", "PyTorch": torch + backward}
