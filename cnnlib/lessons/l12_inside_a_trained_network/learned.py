"""Lesson 12, what did it learn: what LeNet's first filters like, what covering costs, the gradient."""

from functools import cache, lru_cache, partial
from typing import Annotated

import numpy as np

from cnnlib.activations import softmax
from cnnlib.demo.declare import Place, Pointed, Switch, demo
from cnnlib.demo.numbers import number_text, signed_text
from cnnlib.demo.view import Point, View, Window, gray, mosaic, signed
from cnnlib.demo.words import span_text
from cnnlib.lessons.l12_inside_a_trained_network.lenet_digit import (
    Digit,
    a_digit,
    certain_text,
    digits_for_lenet,
    network,
    starts,
)
from cnnlib.nn.explaining import Patches, occlusion_map, saliency, top_patches

PATCHES = 6  # of each filter
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
        "The six first filters, with the patches of 355 digits to which each answers most; or the certainty "
        "lost when a square of the digit is covered; or the gradient of the score for each pixel",
    ] = "filters",
    digit: Digit = 23,
    *,
    at: Annotated[Place | None, Pointed, "Default: where the answer is strongest"] = None,
) -> View:
    """Ask LeNet what it learned: what its first filters like, which part counts, which pixel counts.

    The output is the answers to the patches, (6, 6); or the map, (14, 14); or the gradient, (32, 32).

    >>> demo = explore_learned("covering")
    >>> demo.output.shape
    (14, 14)
    """
    return {"filters": _filters, "covering": _covering, "gradient": _gradient}[show](digit, at)


explore_learned.when("show", lambda: {"at": None})
explore_learned.when("digit", lambda show: {} if show == "filters" else {"at": None})


def _filters(digit: int, at: Place | None) -> View:
    found, (pictures, labels) = _patches(), digits_for_lenet()
    k, i = (at or Place(0, 0)).within(found.answers.shape)
    answers = network()[:1](pictures[digit][None, None])[0, k]
    best = np.unravel_index(answers.argmax(), answers.shape)
    source = found.numbers[k, i]
    return View(
        panels=[
            mosaic(
                "filters",
                network()[0].weights["weight"][:, 0],
                "filters",
                columns=1,
                size=280,
                point=Point("at"),
                cursor=(k, 0),
            ),
            mosaic(
                "patches",
                found.images.reshape(-1, 5, 5),
                "where in 355 digits each filter\nanswers most: one row a filter",
                columns=PATCHES,
                kind="gray",
                high=1,
                size=280,
                point=Point("at"),
                cursor=(k, i),
            ),
            gray("digit", pictures[digit], f"test digit {digit}", high=1, size=128),
            signed("answers", answers, f"its map by filter {k}", size=112, limit=_strongest(), cursor=best),
        ],
        sentence=f"Filter {k} answers {number_text(found.answers[k, i])} to the outlined patch, from test "
        f"digit {source}, {a_digit(labels[source])}. In test digit {digit}, {a_digit(labels[digit])}, its "
        f"highest answer is {number_text(answers[best])}. Patches show where a filter answers most, not all "
        "it does.",
        windows=[Window("answers", "digit", taps=(5, 5))],
        output=found.answers.copy(),
        code=_filters_code,
    )


@cache
def _patches() -> Patches:
    return top_patches(network(), 0, digits_for_lenet()[0][:, None], PATCHES)


@cache
def _strongest() -> float:
    return float(_patches().answers.max())


def _filters_code() -> dict[str, str]:
    numpy, torch = starts(None, "top_patches")
    return {
        "NumPy": f"{numpy}result = top_patches(model, 0, pictures, {PATCHES}).answers",
        "PyTorch": f"{torch}highest = model[0](x).amax(dim=(2, 3))  # of each picture, by each filter\n"
        f"result = highest.T.topk({PATCHES}).values.detach().numpy()",
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
            gray("digit", covered, f"test digit {digit}, the square covered", high=1, size=WIDE),
            signed(
                "map",
                lost,
                f"certainty of {seen} lost by covering",
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
            gray("digit", picture, f"test digit {digit}", high=1, size=WIDE, **point),
            signed("map", gradient, f"gradient of the score of {seen}", size=WIDE, **point),
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
