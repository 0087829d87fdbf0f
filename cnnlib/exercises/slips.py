"""Slips that anyone makes, whatever the task: what happens to a result, and to an argument.

Each is a sentence and a change. `explaining` applies them to the right function and to the known mistakes.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

import numpy as np


class Slip(NamedTuple):
    """The sentence that names a slip, and what it does to a result, or to the arguments.

    Those that are `everyday` are tried together with each known mistake, too.
    """

    says: str
    change: Callable
    verdict: str = "wrong"
    everyday: bool = True


def _tall(change: Callable) -> Callable:
    """Restrict a change to arrays with rows and columns."""
    return lambda x: change(x) if x.ndim > 1 else None


def _row(change: Callable) -> Callable:
    """Restrict a change to a single row of numbers."""
    return lambda x: change(x) if x.ndim == 1 else None


def _deep(change: Callable) -> Callable:
    """Restrict a change to stacks of maps."""
    return lambda x: change(x) if x.ndim > 2 else None


def _zeroed(*place: object) -> Callable:
    """Return a change that leaves a place of the result at 0."""

    def change(x: np.ndarray) -> np.ndarray:
        x = x.copy()
        x[place] = 0
        return x

    return change


def _widened(*ends: tuple[int, int], mode: str = "constant") -> Callable:
    """Return a change that adds rows and columns, before and after."""
    return lambda x: np.pad(x, [(0, 0)] * (x.ndim - len(ends)) + list(ends), mode=mode)


def _whole(x: np.ndarray, kind: type) -> np.ndarray:
    return np.trunc(_clean(x)).astype(np.int64).astype(kind)


def _clean(x: np.ndarray) -> np.ndarray:
    """Leave out the last digits, where 255 comes out as 254.999...: it is not to be cut off."""
    return np.round(x, 9)


def _first_repeated(x: np.ndarray) -> np.ndarray:
    return np.broadcast_to(x[..., :1, :1] if x.ndim > 1 else x[:1], x.shape)


_END = "the loop ends one place too early"
_START = "the loop begins one place too late"

# What can happen to a result. The likely ones come first: the first that fits is told.
RESULTS = (
    Slip("Rows and columns of the result are swapped.", _tall(lambda x: np.swapaxes(x, -1, -2))),
    Slip("All signs are turned: what should be positive is negative.", lambda x: -1.0 * x),
    Slip("The signs are lost: an absolute value (or a square) is taken.", np.abs),
    Slip("Negative results have become 0. They belong in the result.", lambda x: np.maximum(x, 0)),
    Slip("Positive results have become 0. They belong in the result.", lambda x: np.minimum(x, 0)),
    *(
        Slip(says, lambda x, cut=cut, clean=clean: cut(clean(x)))
        for clean in (lambda x: x, _clean)
        for says, cut in (
            (
                "The fractions are cut off: the results are stored as integers. Collect them in floats.",
                np.trunc,
            ),
            ("The results are rounded down to whole numbers, as `//` does. Leave their fractions.", np.floor),
        )
    ),
    Slip("The results are rounded to whole numbers. Leave their fractions.", np.round),
    Slip("The results are rounded up to whole numbers. Leave their fractions.", np.ceil),
    Slip(
        "The results are stored as bytes: they wrap round beyond 0 to 255, and fractions are cut off.",
        lambda x: _whole(x, np.uint8),
    ),
    Slip(
        "The results are stored in 8 bits with a sign: beyond −128 to 127 they wrap round.",
        lambda x: _whole(x, np.int8),
    ),
    Slip(
        "The results are stored in half precision, `float16`: digits are lost.",
        lambda x: x.astype(np.float16),
    ),
    Slip("The results are clipped to 0..255. Leave them as large as they are.", lambda x: np.clip(x, 0, 255)),
    Slip("The results are clipped to 0..1. Leave them as large as they are.", lambda x: np.clip(x, 0, 1)),
    Slip("The results are squared.", np.square),
    Slip("A square root is taken of the results.", np.sqrt),
    Slip("A square root is taken of the results.", lambda x: np.sqrt(np.abs(x))),
    Slip("A logarithm is taken of the results.", np.log),
    Slip("An exponential is taken of the results.", np.exp),
    Slip("The results are upside down: 1 divided by them is right.", lambda x: 1 / x),
    Slip("The results are taken from 1.", lambda x: 1 - x),
    Slip("Only the signs are left of the results: 1, 0 and −1. Their sizes count, too.", np.sign),
    Slip("You tell whether a result is above 0. The result itself is asked for.", lambda x: x > 0),
    # order and place
    Slip("The rows come out in reverse order, the last one first.", _tall(lambda x: x[..., ::-1, :])),
    Slip("The columns come out in reverse order, the last one first.", _tall(lambda x: x[..., ::-1])),
    Slip("The result is turned by 180°.", _tall(lambda x: x[..., ::-1, ::-1])),
    Slip("The result is turned by a quarter.", _tall(lambda x: np.rot90(x, axes=(-2, -1)))),
    Slip("The result is turned by a quarter.", _tall(lambda x: np.rot90(x, 3, axes=(-2, -1)))),
    Slip("The numbers come out in reverse order, the last one first.", _row(lambda x: x[::-1])),
    Slip("The order along the first axis is reversed.", _deep(lambda x: x[::-1])),
    Slip("The first axis has become the last one.", _deep(lambda x: np.moveaxis(x, 0, -1))),
    Slip("The first two axes are swapped.", _deep(lambda x: np.swapaxes(x, 0, 1))),
    Slip(
        "The numbers are read column by column and laid down row by row: a `reshape` mixes them.",
        lambda x: x.ravel(order="F").reshape(x.shape),
    ),
    Slip(
        "`reshape` does not swap rows and columns: it cuts the rows to pieces.",
        _tall(lambda x: x.reshape(*x.shape[:-2], *x.shape[:-3:-1])),
    ),
    Slip("The numbers are sorted: each belongs to its own place.", lambda x: np.sort(x, axis=-1)),
    *(
        Slip(f"Everything has moved by one {name}: is an index counted from 1?", roll)
        for name, roll in (
            ("column", _tall(lambda x: np.roll(x, 1, -1))),
            ("column", _tall(lambda x: np.roll(x, -1, -1))),
            ("row", _tall(lambda x: np.roll(x, 1, -2))),
            ("row", _tall(lambda x: np.roll(x, -1, -2))),
            ("place", _row(lambda x: np.roll(x, 1))),
            ("place", _row(lambda x: np.roll(x, -1))),
        )
    ),
    # too few
    Slip(f"The last row and the last column are missing: {_END}.", _tall(lambda x: x[..., :-1, :-1])),
    Slip(f"The last row is missing: {_END}.", _tall(lambda x: x[..., :-1, :])),
    Slip(f"The last column is missing: {_END}.", _tall(lambda x: x[..., :-1])),
    Slip(f"The first row and the first column are missing: {_START}.", _tall(lambda x: x[..., 1:, 1:])),
    Slip(f"The first row is missing: {_START}.", _tall(lambda x: x[..., 1:, :])),
    Slip(f"The first column is missing: {_START}.", _tall(lambda x: x[..., 1:])),
    Slip(f"The last number is missing: {_END}.", _row(lambda x: x[:-1])),
    Slip(f"The first number is missing: {_START}.", _row(lambda x: x[1:])),
    Slip(
        "The outermost rows and columns are missing: the loops leave out both ends.",
        _tall(lambda x: x[..., 1:-1, 1:-1]),
    ),
    Slip(
        "Only every second row and column is there: the loops go on in steps of 2.",
        _tall(lambda x: x[..., ::2, ::2]),
    ),
    Slip(f"The last row and the last column stay 0: {_END}.", _tall(lambda x: _last_zero(x))),
    Slip(f"The last row stays 0: {_END}.", _tall(_zeroed(..., -1, slice(None)))),
    Slip(f"The last column stays 0: {_END}.", _tall(_zeroed(..., -1))),
    Slip(f"The first row stays 0: {_START}.", _tall(_zeroed(..., 0, slice(None)))),
    Slip(f"The first column stays 0: {_START}.", _tall(_zeroed(..., 0))),
    Slip(f"The first row and the first column stay 0: {_START}.", _tall(lambda x: _last_zero(x[::-1, ::-1]))),
    Slip(f"The last number stays 0: {_END}.", _row(_zeroed(-1))),
    Slip(f"The first number stays 0: {_START}.", _row(_zeroed(0))),
    Slip("The last of the maps is missing.", _deep(lambda x: x[:-1])),
    Slip("The first of the maps is missing.", _deep(lambda x: x[1:])),
    Slip("The results are inverted: 255 less each.", lambda x: 255.0 - x),
    Slip("Only the first of the maps is returned.", _deep(lambda x: x[0])),
    Slip("Only the last of the maps is returned.", _deep(lambda x: x[-1])),
    Slip("Only the first row is returned.", _tall(lambda x: x[0])),
    Slip("Only the last row is returned.", _tall(lambda x: x[-1])),
    Slip("Only the first number is returned.", lambda x: x.flat[0]),
    Slip("Only the last number is returned: the others are overwritten.", lambda x: x.flat[-1]),
    Slip("Every place gets the first result: does the window move on?", _first_repeated),
    Slip(
        "Every place gets the largest of all: each number is to be looked at by itself.",
        lambda x: np.full(x.shape, x.max()),
    ),
    # too many
    Slip("There is an axis too many, of length 1, in front.", lambda x: x[None]),
    Slip("There is an axis too many, of length 1, at the end.", lambda x: x[..., None]),
    Slip("The result is one long row: its axes are lost.", np.ravel),
    Slip("A row and a column too many, of zeros, at the end.", _tall(_widened((0, 1), (0, 1)))),
    Slip("A row and a column too many, of zeros, in front.", _tall(_widened((1, 0), (1, 0)))),
    Slip("A row too many, of zeros, at the end.", _tall(_widened((0, 1), (0, 0)))),
    Slip("A column too many, of zeros, at the end.", _tall(_widened((0, 0), (0, 1)))),
    Slip("A border of zeros lies around the result.", _tall(_widened((1, 1), (1, 1)))),
    Slip("A number too many, 0, at the end.", _row(_widened((0, 1)))),
    Slip("A number too many, 0, in front.", _row(_widened((1, 0)))),
    Slip("The last row and column are there twice.", _tall(_widened((0, 1), (0, 1), mode="edge"))),
    # added up, averaged
    Slip("All numbers of the result are added up into one.", np.sum),
    Slip("The results are averaged into one number.", np.mean),
    Slip("The largest of the results alone is returned.", np.max),
    *(
        Slip(f"{says} along the {name} axis, which should stay.", lambda x, f=f, axis=axis: f(x, axis=axis))
        for axis, name in ((0, "first"), (-1, "last"))
        for f, says in (
            (np.sum, "The numbers are added up"),
            (np.mean, "The numbers are averaged"),
            (np.max, "The largest number is taken"),
        )
    ),
    Slip(
        "A running total goes on from number to number: each has to begin again at 0.",
        lambda x: np.cumsum(x).reshape(x.shape),
    ),
    Slip(
        "A running total goes on along each row: each number has to begin again at 0.",
        _tall(lambda x: np.cumsum(x, axis=-1)),
    ),
    Slip(
        "A running total goes on down each column: each number has to begin again at 0.",
        _tall(lambda x: np.cumsum(x, axis=-2)),
    ),
    Slip(
        "A running total goes on along the first axis: each map has to begin again at 0.",
        _deep(lambda x: np.cumsum(x, axis=0)),
    ),
    # scaled
    Slip("The results are divided by their sum. Leave them as large as they are.", lambda x: x / x.sum()),
    Slip(
        "The results are divided by the sum of their sizes. Leave them as large as they are.",
        lambda x: x / np.abs(x).sum(),
    ),
    *(
        Slip("The results are divided by the largest. Leave them as large as they are.", divided)
        for divided in (lambda x: x / x.max(), lambda x: x / np.abs(x).max())
    ),
    Slip(
        "The results are divided by their length (the root of the sum of their squares).",
        lambda x: x / np.linalg.norm(x),
    ),
    Slip(
        "The results are divided by their standard deviation, and less their mean: standardised.",
        lambda x: (x - x.mean()) / x.std(),
    ),
    Slip("The mean of the results is subtracted from them.", lambda x: x - x.mean()),
    Slip("The smallest of the results is subtracted from them.", lambda x: x - x.min()),
    Slip(
        "The results are stretched: the smallest becomes 0, the largest 1.",
        lambda x: (x - x.min()) / np.ptp(x),
    ),
    Slip(
        "The results are stretched: the smallest becomes 0, the largest 255.",
        lambda x: 255 * (x - x.min()) / np.ptp(x),
    ),
)


def _last_zero(x: np.ndarray) -> np.ndarray:
    """Return the array with 0 in its last row and column; in a turned view those are the first."""
    turned = x.base is not None and x.strides[0] < 0
    out = x.copy()
    out[..., -1, :] = 0
    out[..., -1] = 0
    return out[::-1, ::-1] if turned else out


# What can happen to an argument that is an array, before it is used.
ARRAYS = (
    Slip("`{}` is transposed: its rows and columns are swapped.", _tall(lambda x: np.swapaxes(x, -1, -2))),
    Slip("`{}` is turned by 180° before it is used.", _tall(lambda x: x[..., ::-1, ::-1])),
    Slip("The rows of `{}` are taken in reverse order.", _tall(lambda x: x[..., ::-1, :])),
    Slip("The columns of `{}` are taken in reverse order.", _tall(lambda x: x[..., ::-1])),
    Slip("`{}` is turned by a quarter before it is used.", _tall(lambda x: np.rot90(x, axes=(-2, -1)))),
    Slip("`{}` is turned by a quarter before it is used.", _tall(lambda x: np.rot90(x, 3, axes=(-2, -1)))),
    Slip("The numbers of `{}` are taken in reverse order.", _row(lambda x: x[::-1])),
    Slip("`{}` is taken in reverse order along its first axis.", _deep(lambda x: x[::-1])),
    Slip("The first two axes of `{}` are swapped.", _deep(lambda x: np.swapaxes(x, 0, 1))),
    Slip("`{}` is turned round along all its axes.", _deep(lambda x: x[::-1, ::-1, ::-1])),
    Slip("The signs in `{}` are dropped.", np.abs),
    Slip("The fractions in `{}` are cut off: they are stored as integers.", np.trunc),
    Slip("The signs in `{}` are turned.", lambda x: -1 * x),
    Slip("Negative numbers in `{}` count as 0.", lambda x: np.maximum(x, 0)),
    Slip("The numbers in `{}` are rounded.", np.round),
    Slip("The numbers in `{}` are stored as bytes, and wrap round.", lambda x: _whole(x, np.uint8)),
    Slip("The numbers in `{}` are divided by 255.", lambda x: x / 255),
    Slip("The numbers in `{}` do not come in: each counts as 1.", lambda x: np.ones(x.shape, x.dtype)),
    Slip("The numbers in `{}` do not come in: each counts as 0.", lambda x: np.zeros(x.shape, x.dtype)),
    Slip("The numbers in `{}` are squared.", lambda x: x.astype(float) ** 2),
    Slip("A root is taken of `{}`.", lambda x: np.sqrt(x.astype(float))),
    Slip("A logarithm is taken of `{}`.", lambda x: np.log(x.astype(float))),
    Slip("The mean along the first axis of `{}` is subtracted.", _tall(lambda x: x - x.mean(axis=0))),
    Slip(
        "The mean along the last axis of `{}` is subtracted.",
        _tall(lambda x: x - x.mean(axis=-1, keepdims=True)),
    ),
    Slip(
        "The numbers of `{}` are read column by column: a `.T` or `reshape` mixes them.",
        _tall(lambda x: x.ravel(order="F").reshape(x.shape)),
    ),
    Slip("The mean of `{}` is subtracted first.", lambda x: x - x.mean()),
    Slip("`{}` is divided by its sum.", lambda x: x / x.sum()),
    Slip("`{}` is divided by its sum where that is not 0.", lambda x: x / (x.sum() or 1)),
    Slip("`{}` is divided by its largest number.", lambda x: x / x.max()),
    Slip("`{}` is divided by the sum of its sizes.", lambda x: x / np.abs(x).sum()),
    Slip("`{}` is brought to the length 1.", lambda x: x / np.linalg.norm(x)),
    Slip("The numbers in `{}` are inverted: 255 less each.", lambda x: 255 - x.astype(float)),
    Slip(
        "The mean of each map of `{}` is subtracted first.",
        _deep(lambda x: x - x.mean(axis=(-2, -1), keepdims=True)),
    ),
    Slip("Every number in `{}` is taken one too large: it is counted from 0.", lambda x: x + 1),
    Slip("Every number in `{}` is taken one too small: it is counted from 0.", lambda x: x - 1),
    Slip("The last row of `{}` is left out.", _tall(_zeroed(..., -1, slice(None)))),
    Slip("The last column of `{}` is left out.", _tall(_zeroed(..., -1))),
    Slip("The last row and the last column of `{}` are left out.", _tall(_last_zero)),
    Slip("The first row of `{}` is left out.", _tall(_zeroed(..., 0, slice(None)))),
    Slip("The first column of `{}` is left out.", _tall(_zeroed(..., 0))),
    Slip("The last row of `{}` is cut off.", _tall(lambda x: x[..., :-1, :])),
    Slip("The last column of `{}` is cut off.", _tall(lambda x: x[..., :-1])),
    Slip("The first row of `{}` is cut off.", _tall(lambda x: x[..., 1:, :])),
    Slip("The first column of `{}` is cut off.", _tall(lambda x: x[..., 1:])),
    Slip("The first row and the first column of `{}` are cut off.", _tall(lambda x: x[..., 1:, 1:])),
    Slip("`{}` is taken to be square, as wide as high.", _tall(lambda x: x[..., : x.shape[-2]])),
    Slip("`{}` is taken to be square, as high as wide.", _tall(lambda x: x[..., : x.shape[-1], :])),
    Slip("The last number of `{}` is left out.", _row(lambda x: x[:-1])),
    Slip("The first number of `{}` is left out.", _row(lambda x: x[1:])),
    Slip("Only the last of the numbers in `{}` counts.", _row(lambda x: np.full(x.shape, x[-1]))),
    Slip("Only the first of the numbers in `{}` counts.", _row(lambda x: np.full(x.shape, x[0]))),
    Slip("Only the diagonal of `{}` counts.", _tall(lambda x: x * np.eye(*x.shape[-2:], dtype=x.dtype))),
    Slip("Only the first row of `{}` counts, for all rows.", _tall(lambda x: x * 0 + x[..., :1, :])),
    Slip("Only the first column of `{}` counts, for all columns.", _tall(lambda x: x * 0 + x[..., :1])),
    Slip("The first map of `{}` stands for all.", _deep(lambda x: x * 0 + x[:1])),
    Slip("The last map of `{}` is left out.", _deep(_zeroed(-1))),
    Slip("The first map of `{}` is left out.", _deep(_zeroed(0))),
)

EVERYDAY = 14  # of these, the first ones


def argument_slips(names: list[str], cases: list[tuple]) -> list[Slip]:
    """Return what can happen to these arguments, as changes of all of them at once.

    Examples
    --------
    >>> slips = argument_slips(["image", "stride"], [(np.ones((2, 3)), 2), (np.ones((3, 3)), 3)])
    >>> slips[0].says, [x.shape for x in slips[0].change((np.ones((2, 3)), 2))[:1]]
    ('`image` is transposed: its rows and columns are swapped.', [(3, 2)])
    """
    found, rare = [], []
    sample = cases[0]
    arrays = [i for i, argument in enumerate(sample) if isinstance(argument, np.ndarray) and argument.ndim]
    numbers = [i for i, argument in enumerate(sample) if np.isscalar(argument)]
    for i in arrays:
        colour = names[i] == "image" and sample[i].ndim == 3
        for k, slip in enumerate(ARRAYS):
            change = _channels_last(slip.change) if colour and _IN_PLANE.search(slip.says) else slip.change
            (found if k < EVERYDAY else rare).append(
                Slip(slip.says.format(names[i]), _one(i, change), everyday=k < EVERYDAY)
            )
    for group in (arrays, numbers):
        for i in group:
            for j in group:
                if i < j:
                    says = f"`{names[i]}` and `{names[j]}` have changed places."
                    found.append(Slip(says, lambda given, i=i, j=j: _swapped(given, i, j)))
                if i != j:
                    says = f"`{names[j]}` stands where `{names[i]}` belongs."
                    found.append(Slip(says, lambda given, i=i, j=j: (*given[:i], given[j], *given[i + 1 :])))
    for i in arrays:
        if {given[i].shape for given in cases} <= {(2,), (3,)} and sample[i].dtype.kind in "iu":
            found += _settings(i, names[i], [given[i] for given in cases])
    for i in numbers:
        name = names[i]
        for says, change in (
            (f"`{name}` is one too small in your function.", lambda x: x - 1),
            (f"`{name}` is one too large in your function.", lambda x: x + 1),
            (f"`{name}` is doubled in your function.", lambda x: 2 * x),
            (f"`{name}` is halved in your function.", lambda x: x / 2),
            (f"`{name}` is halved in your function, and rounded down.", lambda x: x // 2),
            (f"`{name}` is squared in your function.", lambda x: x * x),
            (f"1 is divided by `{name}` in your function.", lambda x: 1 / x),
            (f"The sign of `{name}` is turned in your function.", lambda x: -x),
        ):
            found.append(Slip(says, _one(i, change)))
        for fixed in sorted({0, 1, 2, 3, *(case[i] for case in cases)}):
            says = f"`{name}` is not used: your function takes {fixed:g} in its place, whatever it is given."
            found.append(Slip(says, _one(i, lambda x, fixed=fixed: fixed)))
    return found + rare


_IN_PLANE = re.compile("row|column|turned by|square|diagonal")


def _channels_last(change: Callable) -> Callable:
    """Let a change of rows and columns find them in a colour picture, in front of its channels."""

    def changed(image: np.ndarray) -> np.ndarray | None:
        out = change(np.moveaxis(image, -1, 0))
        return None if out is None else np.moveaxis(out, 0, -1)

    return changed


def _settings(i: int, name: str, given: list[np.ndarray]) -> list[Slip]:
    """Return what can happen to an argument of two or three sizes: one is fixed, or stands for another."""
    found = []
    for k in range(len(given[0])):
        for fixed in sorted({1, 3, *(int(sizes[k]) for sizes in given)}):
            says = (
                f"`{name}[{k}]` is not used: your function takes {fixed} in its place, whatever it is given."
            )
            found.append(Slip(says, _one(i, lambda x, k=k, fixed=fixed: _put(x, k, fixed))))
        for other in range(len(given[0])):
            if other != k:
                says = f"`{name}[{other}]` stands where `{name}[{k}]` belongs."
                found.append(Slip(says, _one(i, lambda x, k=k, j=other: _put(x, k, x[j]))))
    return found


def _put(x: np.ndarray, k: int, value: int) -> np.ndarray:
    x = x.copy()
    x[k] = value
    return x


def _one(i: int, change: Callable) -> Callable:
    """Return a change of all arguments that changes the i-th."""
    return lambda given: (*given[:i], change(given[i]), *given[i + 1 :])


def _swapped(given: tuple, i: int, j: int) -> tuple:
    order = list(range(len(given)))
    order[i], order[j] = j, i
    return tuple(given[k] for k in order)
