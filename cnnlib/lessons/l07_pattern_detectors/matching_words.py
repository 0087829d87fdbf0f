"""Lesson 07: the words, the arithmetic and the code of template matching."""

import numpy as np

from cnnlib.demo.code import array_text, image_lines
from cnnlib.demo.numbers import number_text
from cnnlib.demo.words import aligned, count_text, products
from cnnlib.matching import zero_mean

RAW, ZERO_MEAN, NORMALISED = "raw sum", "zero-mean", "normalised"


def figure(value: float) -> str:
    """Write a score: large ones whole.

    Examples
    --------
    >>> figure(45900), figure(4212.24), figure(0.40633)
    ('45,900', '4212', '0.406')
    """
    return number_text(round(float(value)) if abs(value) >= 100 else round(float(value), 9))


def sentence(
    at: tuple[int, int],
    scores: np.ndarray,
    hits: list[tuple[int, int]],
    patches: np.ndarray,
    score: str,
) -> str:
    """Say what the place pointed at scores, what the best places do, and what that is worth.

    Parameters
    ----------
    at : (row, col)
    scores : ndarray, (H, W)
    hits : list of (row, col)
        The best places.
    patches : ndarray, (K, KH, KW)
        What the picture holds there.
    score : str
        `RAW`, `ZERO_MEAN` or `NORMALISED`.

    Examples
    --------
    >>> sentence((0, 0), np.array([[9000]]), [(0, 0)], np.full((1, 7, 7), 50), RAW).split(". ")[1]
    'It is blank: each pixel there is as bright as the next'
    """
    named = score if score == RAW else f"{score} score"
    said = f"{named} is {figure(scores[at])}. "
    if scores.size == 1:
        said = f"The {said}"
    else:
        best = _best_text([figure(scores[hit]) for hit in hits])
        said = f"Row {at[0]}, column {at[1]} of the map: the {said}{best} "
    blank = sum(patch.min() == patch.max() > 0 for patch in patches)
    return (said + _remark(score, blank, len(hits))).rstrip()


def _best_text(values: list[str]) -> str:
    if len(values) == 1:
        return f"The best place scores {values[0]}."
    start = f"The {count_text(len(values), 'best place')}, boxed, score"
    if len(set(values)) == 1:
        return f"{start} {values[0]} each."
    return f"{start} {', '.join(values[:-1])} and {values[-1]}."


def _remark(score: str, blank: int, count: int) -> str:
    if score == ZERO_MEAN:
        return "What is blank now gives 0, but a strong contrast still counts more than a weak one."
    if score == NORMALISED:
        return "1 would be the detector's own pattern, at any brightness and contrast."
    if not blank:
        return "The redder a place of the map, the larger its sum." if count > 1 else ""
    every, some = blank == count, ("One of them is", "Two of them are")
    who = ("All of them are" if count > 1 else "It is") if every else some[blank - 1]
    return f"{who} blank: each pixel there is as bright as the next. A large sum, and no curve."


def arithmetic(window: np.ndarray, pattern: np.ndarray, score: str) -> list[tuple[str, str]]:
    """Write the score of a window out, step by step up to the one that is chosen.

    Examples
    --------
    >>> "".join(text for text, _ in arithmetic(np.array([[2, 3]]), np.array([[5, 0]]), RAW))
    'raw sum     2·5 = 10'
    """
    used = pattern != 0
    raw = (window * pattern).sum()
    lines = [[("raw sum     ", ""), *products(window[used], pattern[used], raw)]]
    weights = zero_mean(pattern)
    centred = (window * weights).sum()
    if score != RAW:
        mean = f" − {number_text(pattern.sum())}/{pattern.size} · "
        pixels = (number_text(window.sum()), "pixel")
        line = [("zero-mean   ", ""), (f"{figure(raw)}{mean}", ""), pixels, (" = ", "")]
        lines.append([*line, (figure(centred), "total")])
    if score == NORMALISED:
        lines.append([("normalised  ", ""), *_divided(window, weights, centred)])
    for line in lines[:-1]:
        line[-1] = (line[-1][0], "")
    return aligned(lines)


def _divided(window: np.ndarray, weights: np.ndarray, centred: float) -> list[tuple[str, str]]:
    lengths = np.linalg.norm(weights), np.linalg.norm(window - window.mean())
    if min(lengths) < 1e-9:
        return [("nothing stands out from nothing: ", ""), ("0", "total")]
    one, other = (number_text(length, 4) for length in lengths)
    total = number_text(centred / np.prod(lengths))
    return [
        (f"{figure(centred)} / (", ""),
        (one, "weight"),
        (" · ", ""),
        (other, "pixel"),
        (") = ", ""),
        (total, "total"),
    ]


def matching_code(image: str, pattern: np.ndarray, score: str) -> dict[str, str]:
    """Write the scores of all places as text to run.

    Parameters
    ----------
    image : str
        Code that makes the picture.
    pattern : ndarray, (KH, KW)
    score : str
        `RAW`, `ZERO_MEAN` or `NORMALISED`.

    Examples
    --------
    >>> names = {}
    >>> exec(matching_code("np.eye(3)", np.eye(2), RAW)["NumPy"], names)
    >>> names["result"].tolist()
    [[2.0, 0.0], [0.0, 2.0]]
    """
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
        "windows = windows - windows.mean(axis=(2, 3), keepdims=True)",
        result,
        "lengths = np.linalg.norm(windows, axis=(2, 3)) * np.linalg.norm(kernel)",
        "result = np.divide(result, lengths, out=np.zeros_like(result), where=lengths > 1e-9)",
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
        "windows = windows - windows.mean(dim=(2, 3), keepdim=True)",
        result,
        "lengths = torch.linalg.norm(windows, dim=(2, 3)) * torch.linalg.norm(kernel)",
        "result = torch.where(lengths > 1e-9, result / lengths, 0.0).numpy()",
    ]
