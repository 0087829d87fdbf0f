"""Lesson 02, colour: three channels mixed, muted, seen through, and turned to gray."""

from collections.abc import Iterable
from functools import partial

import numpy as np
from numpy.typing import ArrayLike

from cnnlib.demo import controls as make
from cnnlib.demo.code import image_lines, image_text
from cnnlib.demo.controls import Hidden
from cnnlib.demo.frame import Demo
from cnnlib.demo.inputs import picture_of
from cnnlib.demo.numbers import number_text
from cnnlib.demo.parts import CHANNELS
from cnnlib.demo.view import Panel, View, Window, gray
from cnnlib.demo.view import photo as photo_panel
from cnnlib.demo.words import aligned, products
from cnnlib.display import LUMA, luma, over
from cnnlib.pictures import picture

PHOTOS = ("flashlight", "chelsea", "coffee")
OWN = "your array"
GROUNDS = {"white": 255, "black": 0}
COLOUR, BY_LUMA, BY_MEAN = SHOWN = ("colour", "luma", "mean")


def explore_channels(
    image: str | ArrayLike = "flashlight",
    gains: tuple[float, float, float] = (1, 1, 1),
    *,
    alpha: float = 1.0,
    ground: str = "white",
    show: str = COLOUR,
    hide: Iterable[str] = (),
    lock: Iterable[str] = (),
) -> Demo:
    """Mute and mix the three channels of a picture, let it fade, and turn it to gray in two ways.

    Parameters
    ----------
    image : str or array, (H, W, 3)
        A picture's name, or values from 0 to 255.
    gains : (red, green, blue)
        What each channel is multiplied by, 0 to 2.
    alpha : float
        How opaque the picture is: 1 hides the ground, 0 shows nothing else.
    ground : {"white", "black"}
        What shines through.
    show : {"colour", "luma", "mean"}
        The mixture as it is, or in gray: by luma, or by the mean of the channels.
    hide, lock : str or iterable of str
        Controls to hide or to hold.

    Returns
    -------
    Demo
        With `output`, the mixture as numbers: (H, W, 3), or (H, W) in gray. Not rounded.

    Raises
    ------
    ValueError
        If the picture is not in colour, or a setting lies outside its control.

    Examples
    --------
    >>> demo = explore_channels([[[100, 200, 50]]], show="luma")
    >>> demo.output.round(1).tolist()
    [[153.0]]
    >>> demo.mute_green.value = True
    >>> demo.output.round(1).tolist()
    [[35.6]]
    """
    own = picture_of("explore_channels", image, colour=True)
    if own.ndim != 3:
        raise ValueError(
            f"explore_channels: image {own.shape} has one channel; give a colour picture (H, W, 3)"
        )
    first = image if isinstance(image, str) else OWN
    settings = {"photo": make.choice("picture", dict.fromkeys([*PHOTOS, first]), first)}
    settings |= {f"mute_{name}": make.tick(f"mute {name}") for name in CHANNELS}
    for name, gain in zip(CHANNELS, gains, strict=True):
        settings[name] = make.slider(name, float(gain), 0.0, 2.0, 0.1)
    settings |= {
        "show": make.switch("show", SHOWN, show),
        "alpha": make.slider("alpha", float(alpha), 0.0, 1.0, 0.05),
        "ground": make.switch("over", GROUNDS, ground),
        "row": Hidden(own.shape[0] // 2),
        "col": Hidden(own.shape[1] // 2),
    }
    view = partial(_view, own)
    return Demo("Channel mixer", "what is in each channel?", settings, view, hide=hide, lock=lock)


def _view(own, *, photo: str, show, alpha, ground, row, col, **mix) -> View:
    image = own if photo == OWN else picture(photo)
    row, col = min(row, image.shape[0] - 1), min(col, image.shape[1] - 1)
    gains = [mix[name] * (not mix[f"mute_{name}"]) for name in CHANNELS]
    mixed = np.clip(image * gains, 0, 255)
    toned = {COLOUR: lambda: mixed, BY_LUMA: lambda: luma(mixed), BY_MEAN: lambda: mixed.mean(-1)}[show]()
    output = over(toned, alpha, GROUNDS[ground])
    at = (row, col)
    return View(
        [*_panels(photo, show, output, mixed, gains, at)],
        _sentence(show, alpha, ground, mixed[at], output[at], at),
        aligned([*_sums(show, alpha, GROUNDS[ground], image[at], gains, mixed[at], toned[at], output[at])]),
        [Window("result", name, (1, 1)) for name in CHANNELS],
        output,
        lambda: _code(
            image_text(image, None if photo == OWN else photo), gains, show, alpha, GROUNDS[ground]
        ),
        remember={"row": row, "col": col},
    )


def _panels(name: str, show: str, output, mixed, gains, at) -> Iterable[Panel]:
    tone = "in colour" if show == COLOUR else f"gray by {show}"
    caption = f"{name}, {output.shape[0]} × {output.shape[1]}\n{tone}"
    yield photo_panel("result", output, caption, point="row col", cursor=at)
    for channel, (word, gain) in enumerate(zip(CHANNELS, gains, strict=True)):
        caption = f"{word} channel" + ("" if gain == 1 else f" × {number_text(gain)}" if gain else ", muted")
        yield gray(word, mixed[..., channel], caption, size=128)


def _sentence(show: str, alpha: float, ground: str, mixed: np.ndarray, output: np.ndarray, at) -> str:
    levels = [f"{word} {number_text(round(level))}" for word, level in zip(CHANNELS, mixed, strict=True)]
    start = f"In row {at[0]}, column {at[1]} the screen would mix {', '.join(levels[:2])} and {levels[2]}. "
    if not mixed.any():
        start = f"In row {at[0]}, column {at[1]} all three channels are 0: black. "
    toned = {
        COLOUR: "Each channel is a gray picture of its own: white where it holds much of that colour.",
        BY_LUMA: "Luma weighs green most and blue least, as the eye does.",
        BY_MEAN: "The mean weighs all three alike: blue comes out brighter than it looks, green darker.",
    }[show]
    if alpha == 1:
        return start + toned
    if alpha == 0:
        return f"{start}With alpha 0 nothing of it is left: all you see is the {ground} ground."
    toned = "" if show == COLOUR else f"{toned} "
    return f"{start}{toned}At alpha {number_text(alpha)} the {ground} ground shines through."


def _sums(show, alpha, ground, pixel, gains, mixed, toned, output) -> Iterable[list[tuple[str, str]]]:
    """Write how the selected pixel is made, from its channels to what is shown."""
    seen = zip(np.atleast_1d(toned), np.atleast_1d(output), strict=True)
    fades = [_fade(alpha, level, ground, total) for level, total in seen]
    if show == COLOUR:
        for i, word in enumerate(CHANNELS):
            clipped = f" → {number_text(mixed[i])}" if pixel[i] * gains[i] > 255 else ""
            yield [
                (f"{word:<6}", ""),
                (number_text(pixel[i]), "pixel"),
                ("·", ""),
                (number_text(gains[i]), "weight"),
                (" = ", ""),
                (number_text(pixel[i] * gains[i]) + clipped, "total"),
                *fades[i],
            ]
    else:
        weights = LUMA if show == BY_LUMA else np.full(3, 1 / 3)
        yield [*products(mixed, weights, toned), *fades[0]]


def _fade(alpha: float, level: float, ground: int, total: float) -> list[tuple[str, str]]:
    if alpha == 1:
        return []
    through = f"; {number_text(alpha)}·{number_text(level)} + {number_text(1 - alpha)}·{ground} = "
    return [(through, ""), (number_text(total), "total")]


def _code(image: str, gains: list[float], show: str, alpha: float, ground: int) -> dict[str, str]:
    weights = LUMA.tolist()
    fade = [f"result = {alpha} * mixed + (1 - {alpha}) * {ground}"]
    numpy = [
        *image_lines(image),
        f"mixed = np.clip(image * {gains}, 0, 255)",
        *{COLOUR: [], BY_LUMA: [f"mixed = mixed @ {weights}"], BY_MEAN: ["mixed = mixed.mean(-1)"]}[show],
        *fade,
    ]
    torch = [
        *image_lines(image, "import torch"),
        "image = torch.tensor(image, dtype=torch.float64)",
        f"mixed = (image * image.new_tensor({gains})).clip(0, 255)",
        *{
            COLOUR: [],
            BY_LUMA: [f"mixed = mixed @ mixed.new_tensor({weights})"],
            BY_MEAN: ["mixed = mixed.mean(-1)"],
        }[show],
        *fade,
    ]
    return {"NumPy": "\n".join(numpy), "PyTorch": "\n".join([*torch, "result = result.numpy()"])}
