"""Lesson 07, template matching: does a big number mean a match?"""

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from typing import Annotated

import numpy as np

from cnnlib.convolution import conv2d
from cnnlib.demo.code import array_text, image_lines, image_text
from cnnlib.demo.declare import Cells, Hidden, Place, Pointed, Switch, Tick, demo
from cnnlib.demo.inputs import kernel_of, named_picture
from cnnlib.demo.numbers import number_text
from cnnlib.demo.parts import kernel_panel
from cnnlib.demo.view import Panel, Point, View, Window, gray, mosaic, signed
from cnnlib.demo.words import aligned, count_text, products, size_text
from cnnlib.matching import CURVE, best_places, normalised_correlation, zero_mean

RAW, ZERO_MEAN, NORMALISED = "raw sum", "zero-mean", "normalised"
SCORES = {
    RAW: conv2d,
    ZERO_MEAN: lambda image, pattern: conv2d(image.astype(float), zero_mean(pattern)),
    NORMALISED: normalised_correlation,
}
TURNS = {"0°": 0, "90°": 1, "180°": 2, "270°": 3}
HITS = 3
PURPLE = (181, 42, 174, 255)  # of the boxes: orange is the window pointed at
# CSS pixels: a picture, a window whose numbers can be read, its products, which are longer
LARGE, SMALL, PRODUCTS = 288, 175, 217
ROOM = 3  # pixels between the best windows, so that their boxes do not touch


@demo("Template matching", "does a big number mean a match?", order="score turn mirror next_hit")
def explore_matching(
    image: Annotated[
        np.ndarray, Cells(spread=named_picture), "A picture's name, or numbers (H, W)"
    ] = "animal",
    kernel: Annotated[
        np.ndarray | None, Cells(kernel_of), "The pattern, (KH, KW). Default: the curve detector of lesson 07"
    ] = None,
    *,
    score: Annotated[
        str,
        Switch(SCORES),
        "The sum of products; the same with the pattern's mean subtracted; divided by contrast as well (NCC)",
    ] = RAW,
    turn: Annotated[
        str,
        Switch(TURNS, label="turn the detector", check=lambda _, turn: f"{turn}°"),
        "Counter-clockwise; give 0, 90, 180 or 270",
    ] = 0,
    mirror: Annotated[bool, Tick(label="mirror it"), "Swap left and right, before it is turned"] = False,
    at: Annotated[
        Place | None,
        Pointed,
        "The position in the map to begin with. Default: where the normalised score is best",
    ] = None,
    name: Annotated[str | None, Hidden],
) -> View:
    """Slide a pattern over a picture, and see where its scores are best, and why.

    The output is the score at each position.

    >>> demo = explore_matching("curve 7x7")
    >>> demo.output.tolist()
    [[6600]]
    >>> demo.score.value = "normalised"
    >>> demo.output.round(3).tolist()
    [[0.406]]
    """
    pattern = _turned(kernel, turn, mirror)
    scores = _scores(score, image, pattern)
    hits = _best_places(scores, pattern)

    at = at.within(scores.shape)
    rows, cols = pattern.shape
    patches = np.stack([image[r : r + rows, c : c + cols] for r, c in hits])
    window = image[at.row : at.row + rows, at.col : at.col + cols]
    white = 255 if image.max() > 64 else max(image.max(), 1)
    if scores.size == 1:
        symbol = "→" if score == NORMALISED else "="
        panels = [
            gray("image", image, "the picture", size=SMALL, high=white),
            *_products(window, pattern, score),
            _map(scores, score, at, 64, f"the score:\n{score}", symbol=symbol),
        ]
    else:
        panels = [
            *_pictures(image, white, scores, hits, (rows, cols), at, score),
            gray("window", window, "the window", size=SMALL, high=white, new_row=True),
            *_products(window, pattern, score),
            _best_windows(patches, white),
        ]
    return View(
        panels=panels,
        sentence=_sentence(at, scores, hits, patches, score),
        arithmetic=_arithmetic(window, pattern, score),
        windows=[Window("map", "image", (rows, cols))],
        output=scores,
        code=lambda: _code(image_text(image, name), pattern, score),
    )


explore_matching.starts(lambda: {"kernel": CURVE.matrix})


@explore_matching.starts
def _begin(image, kernel, turn, mirror):
    pattern = _turned(kernel, turn, mirror)
    return {"at": _best_places(_scores(NORMALISED, image, pattern), pattern)[0]}


@explore_matching.button("next_hit", "next box", "point at the next of the best positions")
def _next(at, output, kernel, turn, mirror):
    hits = _best_places(output, _turned(kernel, turn, mirror))
    return {"at": hits[(hits.index(at) + 1) % len(hits) if at in hits else 0]}


def _turned(kernel: np.ndarray, turn: str, mirror: bool) -> np.ndarray:
    return np.rot90(kernel[:, ::-1] if mirror else kernel, TURNS[turn])


def _scores(score: str, image: np.ndarray, pattern: np.ndarray) -> np.ndarray:
    return _kept(score, *((array.tobytes(), array.dtype.str, array.shape) for array in (image, pattern)))


@lru_cache(maxsize=32)
def _kept(score: str, *arrays: tuple) -> np.ndarray:
    """Compute scores once for each setting: the normalised ones of a picture take 4 ms."""
    image, pattern = (np.frombuffer(data, kind).reshape(shape) for data, kind, shape in arrays)
    largest = 1 if score == NORMALISED else np.abs(image).max() * np.abs(pattern).max() or 1
    digits = 9 - min(0, int(np.floor(np.log10(largest))))  # tiny numbers keep theirs
    scores = np.round(SCORES[score](image, pattern), digits) + 0  # blank is 0, not 0.0000000000001 nor -0
    scores.setflags(write=False)
    return scores


def _best_places(scores: np.ndarray, pattern: np.ndarray) -> list[tuple[int, int]]:
    return best_places(scores, HITS, (pattern.shape[0] + ROOM, pattern.shape[1] + ROOM))


def _pictures(image, white, scores, hits, size, at, score) -> Iterable[Panel]:
    caption = "the picture; boxes: the best matches" if len(hits) > 1 else "the picture"
    yield _boxed(gray("image", image, caption, size=LARGE, high=white), hits, size)
    caption = f"map {size_text(scores)}: ±{_figure(_limit(scores, score))}, point at it"
    across = LARGE / max(image.shape) * max(scores.shape)
    yield _boxed(_map(scores, score, at, across, caption, symbol="→", point=Point("at")), hits, (1, 1))


def _map(scores, score, at, size, caption, **more) -> Panel:
    limit = _limit(scores, score)
    return signed("map", scores, caption, size=size, limit=limit, legend=False, cursor=at, **more)


def _limit(scores: np.ndarray, score: str) -> float:
    """Return the score of the darkest red."""
    return 1 if score == NORMALISED else np.abs(scores).max()


def _best_windows(patches: np.ndarray, white: float) -> Panel:
    caption = "in the boxes" if len(patches) > 1 else "the best"
    more = {"columns": 1, "kind": "gray", "size": 59 * len(patches) - 4, "high": white}
    return mosaic("best", patches, caption, **more)


def _boxed(panel: Panel, places: list[tuple[int, int]], size: tuple[int, int]) -> Panel:
    """Draw a box around each place, one cell wide, within the panel; a single place needs none."""
    if len(places) == 1:
        return panel
    colors = panel.pixels.copy()
    for row, col in places:
        first = colors[row, col].copy()
        box = colors[max(row - 1, 0) : row + size[0] + 1, max(col - 1, 0) : col + size[1] + 1]
        box[[0, -1]] = box[:, [0, -1]] = PURPLE
        if size == (1, 1):  # at the rim of the map the box would cover the number it stands for
            colors[row, col] = first
    return replace(panel, colors=colors, table="")


def _products(window: np.ndarray, pattern: np.ndarray, score: str) -> Iterable[Panel]:
    weights, less, size = pattern, "", SMALL
    if score != RAW:
        weights, less, size = zero_mean(pattern), " minus its mean", PRODUCTS  # cells for −3.7
    terms = window * weights
    more = {"size": size, "symbol": "⊙", "labels": _short(weights)}
    yield kernel_panel("kernel", weights, f"the detector{less}", **more)
    yield signed(
        "products",
        terms,
        f"products: sum {_figure(terms.sum())}",
        size=PRODUCTS,
        limit=max(np.abs(terms).max(), 1),
        symbol="=",
        legend=False,
        labels=_short(terms),
    )


def _short(values: np.ndarray) -> list[str]:
    """Write numbers with two digits, or whole, so that they can be read in small cells."""
    if SMALL // max(values.shape) < 16:
        return []
    return [number_text(round(v)) if abs(v) >= 10 else number_text(v, 2) for v in values.flat]


def _figure(value: float) -> str:
    """Write a score: large ones whole."""
    return number_text(round(float(value)) if abs(value) >= 100 else round(float(value), 9))


def _sentence(at: Place, scores, hits, patches, score: str) -> str:
    """Say what the position pointed at scores, what the best ones do, and what that is worth."""
    named = score if score == RAW else f"{score} score"
    said = f"{named} is {_figure(scores[at])}. "
    if scores.size == 1:
        said = f"The {said}"
    else:
        best = _best_text([_figure(scores[hit]) for hit in hits])
        said = f"Row {at[0]}, column {at[1]} of the map: the {said}{best} "
    blank = sum(patch.min() == patch.max() > 0 for patch in patches)
    return (said + _remark(score, blank, len(hits))).rstrip()


def _best_text(values: list[str]) -> str:
    if len(values) == 1:
        return f"The best position scores {values[0]}."
    start = f"The {count_text(len(values), 'best position')}, boxed, score"
    if len(set(values)) == 1:
        return f"{start} {values[0]} each."
    return f"{start} {', '.join(values[:-1])} and {values[-1]}."


def _remark(score: str, blank: int, count: int) -> str:
    if score == ZERO_MEAN:
        return "What is blank now gives 0, but strong contrast still counts more than weak."
    if score == NORMALISED:
        return "1 would be the detector's own pattern, at any brightness and contrast."
    if not blank:
        return "The redder a cell of the map, the larger its sum." if count > 1 else ""
    every, some = blank == count, ("One of them is", "Two of them are")
    who = ("All of them are" if count > 1 else "It is") if every else some[blank - 1]
    return f"{who} blank: each pixel there is as bright as the next. A large sum, and no curve."


def _arithmetic(window: np.ndarray, pattern: np.ndarray, score: str) -> list[tuple[str, str]]:
    """Write the score of a window out, step by step up to the one that is chosen."""
    used = pattern != 0
    raw = (window * pattern).sum()
    lines = [[("raw sum     ", ""), *products(window[used], pattern[used], raw)]]
    weights = zero_mean(pattern)
    centred = (window * weights).sum()
    if score != RAW:
        mean = f" − {number_text(pattern.sum())}/{pattern.size} · "
        pixels = (number_text(window.sum()), "pixel")
        line = [("zero-mean   ", ""), (f"{_figure(raw)}{mean}", ""), pixels, (" = ", "")]
        lines.append([*line, (_figure(centred), "total")])
    if score == NORMALISED:
        lines.append([("normalised  ", ""), *_divided(window, weights, centred)])
    for line in lines[:-1]:
        line[-1] = (line[-1][0], "")
    return aligned(lines)


def _divided(window: np.ndarray, weights: np.ndarray, centred: float) -> list[tuple[str, str]]:
    lengths = np.linalg.norm(weights), np.linalg.norm(window - window.mean())
    if np.ptp(window) == 0 or np.ptp(weights) == 0:
        return [("the window or the detector is flat: ", ""), ("0", "total")]
    one, other = (number_text(length, 4) for length in lengths)
    total = number_text(centred / np.prod(lengths))
    return [
        (f"{_figure(centred)} / (", ""),
        (one, "weight"),
        (" · ", ""),
        (other, "pixel"),
        (") = ", ""),
        (total, "total"),
    ]


def _code(image: str, pattern: np.ndarray, score: str) -> dict[str, str]:
    imports = {"NumPy": "from numpy.lib.stride_tricks import sliding_window_view", "PyTorch": "import torch"}
    less = ["kernel = kernel - kernel.mean()"] if score != RAW else []
    kernel = [f"kernel = np.array({array_text(pattern)}, float)", *less]
    steps = {"NumPy": _numpy(score == NORMALISED), "PyTorch": _torch(score == NORMALISED, *pattern.shape)}
    return {
        language: "\n".join([*image_lines(image, imports[language]), *kernel, *steps[language]])
        for language in imports
    }


def _numpy(normalise: bool) -> list[str]:
    windows = "windows = sliding_window_view(image.astype(float), kernel.shape)"
    result = 'result = np.einsum("rcij,ij->rc", windows, kernel)'
    if not normalise:
        return [windows, result]
    return [
        windows,
        "varied = (np.ptp(windows, axis=(2, 3)) > 0) & (np.ptp(kernel) > 0)",
        "windows = windows - windows.mean(axis=(2, 3), keepdims=True)",
        result,
        "lengths = np.linalg.norm(windows, axis=(2, 3)) * np.linalg.norm(kernel)",
        "result = np.divide(result, lengths, out=np.zeros_like(result), where=varied)",
    ]


def _torch(normalise: bool, rows: int, cols: int) -> list[str]:
    start = [
        "kernel, image = (torch.tensor(a, dtype=torch.float64) for a in (kernel, image))",
        f"windows = image.unfold(0, {rows}, 1).unfold(1, {cols}, 1)",
    ]
    result = 'result = torch.einsum("rcij,ij->rc", windows, kernel)'
    if not normalise:
        return [*start, result, "result = result.numpy()"]
    return [
        *start,
        "varied = (windows.amax((2, 3)) > windows.amin((2, 3))) & (kernel.amax() > kernel.amin())",
        "windows = windows - windows.mean(dim=(2, 3), keepdim=True)",
        result,
        "lengths = torch.linalg.norm(windows, dim=(2, 3)) * torch.linalg.norm(kernel)",
        "result = torch.where(varied, result / lengths, 0.0).numpy()",
    ]
