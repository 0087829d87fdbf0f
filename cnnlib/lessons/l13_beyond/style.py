"""Lesson 13, style in the small: which filters respond together, wherever they do."""

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache, partial
from itertools import islice
from typing import Annotated

import numpy as np

from cnnlib.activations import relu
from cnnlib.connections import shuffle_pixels
from cnnlib.convolution import conv2d
from cnnlib.demo.declare import Choice, Place, Pointed, Slider, Switch, demo
from cnnlib.demo.numbers import number_text
from cnnlib.demo.view import Panel, Point, View, gray, signed
from cnnlib.demo.words import capital, count_text, percent_text, products
from cnnlib.lessons.l13_beyond.textures import LINES, TEXTURES, gram_distance, texture
from cnnlib.nn.activations import ReLU
from cnnlib.nn.conv import Conv2D
from cnnlib.nn.model import Sequential
from cnnlib.nn.style import gram, match_gram

MOST = 20  # steps
NOTHING, MAPS, PIXELS = SHUFFLES = ("nothing", "the maps", "the pixels")
WAYS = ("vertical", "horizontal", "falling", "rising")  # of the lines that the filters respond to
WIDE, MATRIX, ROOM = 108, 144, 124  # CSS pixels; what captions of pictures take


@demo("Style as a matrix", "which filters respond together, wherever they do?")
def explore_style(
    image: Annotated[str, Choice(TEXTURES, label="picture")] = "wood",
    other: Annotated[str, Choice(TEXTURES, label="compare with")] = "grass",
    *,
    shuffle: Annotated[
        str,
        Switch(SHUFFLES),
        "The positions of the first picture's four maps, all alike; or its pixels, before they are filtered",
    ] = NOTHING,
    steps: Annotated[
        int, Slider(0, MOST, label="steps towards the other"), "Of gradient descent that the first has taken"
    ] = 0,
    at: Annotated[Place, Pointed, "The cell of the matrices to begin with"] = (1, 3),
) -> View:
    """Compare two textures by their Gram matrices, shuffle one, and move it towards the other.

    The output is the two Gram matrices, (2, 4, 4).

    >>> demo = explore_style("wood", "more wood")
    >>> demo.text
    'Horizontal and rising lines: mean product 2720 in wood, 2590 in more wood; the matrices are 3 % apart.'
    """
    taken, picture = _moved(image, other, steps)
    before = gram(_maps(picture))
    if shuffle == PIXELS:
        picture = shuffle_pixels(picture)
    maps, seen = _maps(picture), picture[1:-1, 1:-1]  # the middle pixel of each place
    if shuffle == MAPS:
        maps, seen = shuffle_pixels(maps), shuffle_pixels(seen)
    others = texture(other)
    two = (seen, maps), (others[1:-1, 1:-1], _maps(others))
    grams = np.stack([gram(maps) for _, maps in two])

    at = at.within(grams.shape)
    pair = [maps[list(at)] for _, maps in two]
    limits = max(int(maps.max()) for maps in pair), max(int(np.prod(maps, axis=0).max()) for maps in pair)
    captions = _caption(image, taken, shuffle), other
    return View(
        panels=[
            panel
            for number, (shown, _) in enumerate(two)
            for panel in _row(number, captions[number], shown, pair[number], grams, limits, at)
        ],
        sentence=_first(image, other, taken, shuffle, before, grams) + _pair(image, other, taken, grams, at),
        arithmetic=_sum(pair[0], grams[0][at]),
        output=grams,
        code=partial(_code, image, other, taken, shuffle),
    )


def _maps(picture: np.ndarray) -> np.ndarray:
    return relu(conv2d(picture[None], LINES))


def _moved(image: str, other: str, steps: int) -> tuple[int, np.ndarray]:
    """Return how many steps there were to take, and the picture after them, in whole numbers."""
    made, more = _way(image, other)
    made += islice(more, max(steps + 1 - len(made), 0))
    taken = min(steps, len(made) - 1)
    return taken, np.rint(made[taken]).astype(np.uint8)


@lru_cache(8)
def _way(image: str, other: str) -> tuple[list[np.ndarray], Iterator[np.ndarray]]:
    """Return the pictures made so far, and those still to come."""
    return [texture(image)], match_gram(_model(), texture(image), gram(_maps(texture(other))), MOST)


@cache
def _model() -> Sequential:
    model = Sequential(Conv2D(1, len(LINES), 3), ReLU()).astype(float)
    model[0].weights["weight"][...] = LINES
    model[0].frozen = True
    return model


def _row(number: int, caption: str, shown, pair, grams, limits, at: Place) -> Iterable[Panel]:
    """Show a picture, the two maps pointed at, their product, and its place in the Gram matrix."""
    map_panel = partial(signed, size=WIDE, legend=False)
    yield gray(f"picture{number}", shown, caption, size=WIDE, room=ROOM, new_row=True)
    yield map_panel(f"one{number}", pair[0], f"map:\n{WAYS[at.row]}", limit=limits[0])
    yield map_panel(f"two{number}", pair[1], f"map:\n{WAYS[at.col]}", limit=limits[0], symbol="⊙")
    mean = number_text(grams[number][at])
    yield map_panel(
        f"product{number}", np.prod(pair, axis=0), f"product\nmean {mean}", limit=limits[1], symbol="="
    )
    yield signed(
        f"gram{number}",
        grams[number],
        f"Gram matrix: {', '.join(WAYS)}",
        size=MATRIX,
        limit=grams.max(),
        symbol="→",
        point=Point("at"),
        cursor=at,
    )


def _caption(image: str, taken: int, shuffle: str) -> str:
    moved = f"{image}, {count_text(taken, 'step')}" if taken else image
    return moved if shuffle == NOTHING else f"{moved}\n{shuffle.removeprefix('the ')} shuffled"


def _first(image: str, other: str, taken: int, shuffle: str, before: np.ndarray, grams: np.ndarray) -> str:
    """Say what was done to the first picture, and what became of its Gram matrix."""
    if shuffle == MAPS:
        stays = "stays the same to the last digit" if np.array_equal(before, grams[0]) else "changes"
        return f"All maps shuffled alike: no picture is left, the Gram matrix {stays}. "
    if shuffle == PIXELS:
        away = percent_text(gram_distance(before, grams[0]))
        return f"Pixels shuffled before the filters get other neighbours: the Gram matrix moves by {away}. "
    if taken:
        steps = capital(count_text(taken, "step"))
        said = "which does not say where a line lies"
        return f"{steps} of gradient descent moved {image} towards the Gram matrix of {other}, {said}. "
    return ""


def _pair(image: str, other: str, taken: int, grams: np.ndarray, at: Place) -> str:
    row, col = at
    one, two = (number_text(value) for value in grams[:, row, col])
    distance = gram_distance(*grams)
    apart = "under 1 %" if 0 < distance < 0.005 else percent_text(distance)
    same = row == col
    what = f"{WAYS[row]} lines: mean square" if same else f"{WAYS[row]} and {WAYS[col]} lines: mean product"
    where = f"what was {image}" if taken else image
    return f"{capital(what)} {one} in {where}, {two} in {other}; the matrices are {apart} apart."


def _sum(pair: np.ndarray, mean: float) -> list[tuple[str, str]]:
    one, two = pair.reshape(2, -1)
    return [
        ("(", ""),
        *products(one, two, one @ two)[:-2],
        (f") /\N{NO-BREAK SPACE}{one.size}\N{NO-BREAK SPACE}positions = ", ""),
        (number_text(mean), "total"),
    ]


def _code(image: str, other: str, taken: int, shuffle: str) -> dict[str, str]:
    return {"NumPy": _numpy(image, other, taken, shuffle), "PyTorch": _torch(image, other, taken, shuffle)}


def _numpy(image: str, other: str, taken: int, shuffle: str) -> str:
    more = [] if shuffle == NOTHING else ["from cnnlib.connections import shuffle_pixels"]
    more += ["from cnnlib.nn import Conv2D, ReLU, Sequential, match_gram"] if taken else []
    lines = [
        *("import numpy as np", "from cnnlib import conv2d, relu", *more),
        "from cnnlib.lessons.l13_beyond.textures import LINES, texture",
        "from cnnlib.nn.style import gram",
        *("", "def maps(picture):", "    return relu(conv2d(picture[None], LINES))", ""),
        f"picture, other = texture({image!r}), texture({other!r})",
    ]
    if taken:
        lines += [
            "model = Sequential(Conv2D(1, 4, 3), ReLU()).astype(float)",
            'model[0].weights["weight"][...] = LINES',
            f"*_, picture = match_gram(model, picture, gram(maps(other)), steps={taken})",
            "picture = np.rint(picture).astype(np.uint8)",
        ]
    lines += ["picture = shuffle_pixels(picture)"] if shuffle == PIXELS else []
    mine = "shuffle_pixels(maps(picture))" if shuffle == MAPS else "maps(picture)"
    return "\n".join([*lines, f"result = np.stack([gram({mine}), gram(maps(other))])"])


def _torch(image: str, other: str, taken: int, shuffle: str) -> str:
    more = [] if shuffle == NOTHING else ["from cnnlib.connections import shuffle_pixels"]
    lines = [
        *("import torch", "import torch.nn.functional as F", *more),
        "from cnnlib.lessons.l13_beyond.textures import LINES, texture",
        *("", "w = torch.tensor(LINES).double()", "", "def maps(x):"),
        *("    return torch.relu(F.conv2d(x, w))[0]", "", "def gram(maps):", "    rows = maps.flatten(1)"),
        *("    return rows @ rows.T / rows.shape[1]", ""),
        f"x, other = (torch.tensor(texture(name)).double()[None, None] for name in ({image!r}, {other!r}))",
    ]
    if taken:
        lines += [
            f"for _ in range({taken}):",
            "    x.requires_grad_()",
            "    loss = (gram(maps(x)) - gram(maps(other))).square().sum()",
            "    (slope,) = torch.autograd.grad(loss, x)",
            "    x = (x - loss / slope.square().sum() * slope).clamp(0, 255).detach()",
            "x = x.round()",
        ]
    lines += ["x = torch.tensor(shuffle_pixels(x.numpy()))"] if shuffle == PIXELS else []
    mine = "torch.tensor(shuffle_pixels(maps(x).numpy()))" if shuffle == MAPS else "maps(x)"
    return "\n".join([*lines, f"result = torch.stack([gram({mine}), gram(maps(other))]).numpy()"])
