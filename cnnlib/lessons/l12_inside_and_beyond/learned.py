"""Lesson 12, what did it learn: what LeNet's first filters like, what covering costs, the gradient."""

from collections.abc import Iterable
from functools import cache, lru_cache, partial

import numpy as np

from cnnlib.activations import softmax
from cnnlib.demo import controls as make
from cnnlib.demo.controls import Hidden
from cnnlib.demo.frame import Demo
from cnnlib.demo.numbers import number_text, signed_text
from cnnlib.demo.view import View, Window, gray, mosaic, signed
from cnnlib.demo.words import span_text
from cnnlib.lessons.l12_inside_and_beyond.lenet_digit import (
    a_digit,
    certain_text,
    digits_for_lenet,
    network,
    starts,
)
from cnnlib.nn.explaining import Patches, occlusion_map, saliency, top_patches

PATCHES = 6  # of each filter
WINDOW, STRIDE = 6, 2  # of the square that covers, in pixels
INK = 0.1  # how much more of it the gradient is tried with
WIDE = 256  # CSS pixels of a picture
SMALL = 210  # of a map whose cells are too small for numbers


def explore_learned(
    show: str = "filters", digit: int = 23, *, hide: Iterable[str] = (), lock: Iterable[str] = ()
) -> Demo:
    """Ask LeNet what it learned: what its first filters like, which part counts, which pixel counts.

    Parameters
    ----------
    show : {"filters", "covering", "gradient"}
        The six first filters, with the patches of 355 digits to which each answers most; or the certainty
        lost when a square of the digit is covered; or the gradient of the score for each pixel.
    digit : int
        Which test picture of `cnnlib.nn.digits`, 0 to 354.
    hide, lock : str or iterable of str
        Controls to hide or to hold.

    Returns
    -------
    Demo
        With `output`: the answers to the patches, (6, 6); or the map, (14, 14); or the gradient, (32, 32).

    Raises
    ------
    ValueError
        If there is no such digit, or `show` is unknown.

    Examples
    --------
    >>> demo = explore_learned("covering")
    >>> demo.output.shape
    (14, 14)
    """
    settings = {
        "show": make.switch("show", VIEWS, show),
        "digit": make.slider("test digit", digit, 0, len(digits_for_lenet()[0]) - 1),
        "row": Hidden(None),  # None: where the answer is strongest
        "col": Hidden(None),
    }
    demo = Demo("What did it learn?", "what does LeNet look at?", settings, _view, hide=hide, lock=lock)
    demo.when("show", lambda _: demo.set(row=None, col=None))
    demo.when("digit", lambda _: demo.show.value == "filters" or demo.set(row=None, col=None))
    return demo


def _view(*, show: str, digit: int, row: int | None, col: int | None) -> View:
    return VIEWS[show](digit, None if row is None else (row, col))


def _filters(digit: int, at: tuple[int, int] | None) -> View:
    found, (pictures, labels) = _patches(), digits_for_lenet()
    k, i = at or (0, 0)
    answers = network()[:1](pictures[digit][None, None])[0, k]
    best = np.unravel_index(answers.argmax(), answers.shape)
    point = {"point": "row col"}
    kernels = network()[0].weights["weight"][:, 0]
    panels = [
        mosaic("filters", kernels, "filters", columns=1, size=280, cursor=(k, 0), **point),
        mosaic(
            "patches",
            found.images.reshape(-1, 5, 5),
            "where in 355 digits each filter\nanswers most: one row a filter",
            **{"columns": PATCHES, "kind": "gray", "high": 1, "size": 280, "cursor": (k, i), **point},
        ),
        gray("digit", pictures[digit], f"test digit {digit}", high=1, size=128),
        signed("answers", answers, f"its map by filter {k}", size=112, limit=_strongest(), cursor=best),
    ]
    source = found.numbers[k, i]
    return View(
        panels,
        f"Filter {k} answers {number_text(found.answers[k, i])} to the outlined patch, from test digit "
        f"{source}, {a_digit(labels[source])}. In test digit {digit}, {a_digit(labels[digit])}, its highest "
        f"answer is {number_text(answers[best])}. Patches show where a filter answers most, not all it does.",
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


def _covering(digit: int, at: tuple[int, int] | None) -> View:
    lost, seen, certain = _lost(digit)
    row, col = at or np.unravel_index(lost.argmax(), lost.shape)
    top, left = STRIDE * row, STRIDE * col
    covered = digits_for_lenet()[0][digit].copy()
    covered[top : top + WINDOW, left : left + WINDOW] = 0
    now = softmax(network()(covered[None, None]))[0]
    where = f"{span_text('row', top, WINDOW)} and {span_text('column', left, WINDOW)}"
    then = f"still {a_digit(seen)}" if now.argmax() == seen else f"and now sees {a_digit(now.argmax())}"
    panels = [
        gray("digit", covered, f"test digit {digit}, the square covered", high=1, size=WIDE),
        signed(
            "map",
            lost,
            f"certainty of {seen} lost by covering",
            **{"size": SMALL, "limit": 1, "cursor": (int(row), int(col)), "point": "row col"},
        ),
    ]
    return View(
        panels,
        f"The network sees {a_digit(seen)}, {certain_text(certain)} certain. With {where} covered it is "
        f"{certain_text(now[seen])} certain of {seen}, {then}. A square whose loss is small may still count: "
        "another part may stand in for it.",
        windows=[Window("map", "digit", (WINDOW, WINDOW), (STRIDE, STRIDE))],
        output=lost.copy(),
        code=partial(_covering_code, digit, seen),
    )


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


def _gradient(digit: int, at: tuple[int, int] | None) -> View:
    gradient, seen, score = _slopes(digit)
    row, col = at or np.unravel_index(np.abs(gradient).argmax(), gradient.shape)
    picture = digits_for_lenet()[0][digit]
    more = picture.copy()
    more[row, col] += INK
    change = network()(more[None, None])[0, seen] - score
    slope = gradient[row, col]
    point = {"point": "row col", "cursor": (int(row), int(col))}
    panels = [
        gray("digit", picture, f"test digit {digit}", high=1, size=WIDE, **point),
        signed("map", gradient, f"gradient of the score of {seen}", size=WIDE, **point),
    ]
    return View(
        panels,
        f"At row {row}, column {col} the gradient is {_rounded(slope)}: {INK} more ink there should change "
        f"the score of {seen} by {_rounded(INK * slope)}; tried, it does by {_rounded(change)}. The gradient "
        f"knows small changes of this picture, not why {a_digit(seen)} is seen.",
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


VIEWS = {"filters": _filters, "covering": _covering, "gradient": _gradient}
