"""Lesson 02, colour: three channels mixed, muted, seen through, turned to gray, and as a sensor has them."""

from collections.abc import Iterable
from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike

from cnnlib.demo.code import image_lines, image_text
from cnnlib.demo.declare import Group, Hidden, Place, Pointed, Slider, Switch, Tick, demo
from cnnlib.demo.inputs import picture_of
from cnnlib.demo.numbers import number_text
from cnnlib.demo.parts import CHANNELS
from cnnlib.demo.view import Panel, Point, View, Window, gray
from cnnlib.demo.view import photo as photo_panel
from cnnlib.demo.words import aligned, products
from cnnlib.display import LUMA, luma, over
from cnnlib.lessons.l02_pixels_channels_bytes.photos import OWN, photo_list, photo_of

PHOTOS = ("flashlight", "chelsea", "coffee")
GROUNDS = {"white": 255, "black": 0}
COLOUR, BY_LUMA, BY_MEAN, MOSAIC = SHOWN = ("colour", "luma", "mean", "Bayer mosaic")
GAINS = Group(
    {name: Slider(0.0, 2.0, 0.1) for name in CHANNELS}, into=lambda red, green, blue: (red, green, blue)
)
MUTED = Group({f"mute_{name}": Tick() for name in CHANNELS}, called=False)


def _in_colour(where: str, image: str | ArrayLike) -> np.ndarray:
    array = picture_of(where, image, colour=True)
    if array.ndim != 3:
        raise ValueError(f"{where}: image {array.shape} has one channel; give a colour picture (H, W, 3)")
    return array


@demo("Channel mixer", "what is in each channel?", order="photo mute_red mute_green mute_blue")
def explore_channels(
    photo: Annotated[
        str, photo_list(PHOTOS, _in_colour), "A picture's name, or values from 0 to 255, (H, W, 3)"
    ] = "flashlight",
    gains: Annotated[tuple, GAINS, "What red, green and blue are multiplied by, 0 to 2"] = (1, 1, 1),
    *,
    show: Annotated[
        str,
        Switch(SHOWN),
        "The mixture as it is; in gray, by luma or by the mean of the channels; or what a sensor measures, "
        "which has one colour filter in front of each photosite",
    ] = COLOUR,
    alpha: Annotated[
        float, Slider(0.0, 1.0, 0.05), "How opaque: 1 hides the ground, 0 shows nothing else"
    ] = 1.0,
    ground: Annotated[str, Switch(GROUNDS, label="over"), "What shines through"] = "white",
    at: Annotated[Place | None, Pointed, "The pixel to begin with; default: in the middle"] = None,
    muted: Annotated[dict, MUTED],
    own: Annotated[np.ndarray | None, Hidden] = None,
) -> View:
    """Mute and mix the three channels of a picture, let it fade, turn it to gray, or into a Bayer mosaic.

    The output is the mixture as numbers: (H, W, 3), or (H, W) in gray. Not rounded.

    >>> demo = explore_channels([[[100, 200, 50]]], show="luma")
    >>> demo.output.round(1).tolist()
    [[153.0]]
    >>> demo.mute_green.value = True
    >>> demo.output.round(1).tolist()
    [[35.6]]
    """
    image = photo_of(photo, own)
    factors = [gain * (not mute) for gain, mute in zip(gains, muted.values(), strict=True)]
    mixed = np.clip(image * factors, 0, 255)
    measured = np.arange(3) == _filters(image.shape)[..., None]
    toned = {
        COLOUR: lambda: mixed,
        BY_LUMA: lambda: luma(mixed),
        BY_MEAN: lambda: mixed.mean(-1),
        MOSAIC: lambda: mixed * measured,
    }[show]()
    output = over(toned, alpha, GROUNDS[ground])

    at = at.within(image.shape[:2])
    one = {"measured": _filters(image.shape)[at], "pixel": image[at], "gains": factors}
    sums = _sums(show, alpha, GROUNDS[ground], **one, mixed=mixed[at], toned=toned[at], output=output[at])
    return View(
        panels=[*_panels(photo, show, output, mixed, factors, at)],
        sentence=_sentence(show, alpha, ground, mixed[at], output[at], at),
        arithmetic=aligned([*sums]),
        windows=[Window("result", name, (1, 1)) for name in CHANNELS],
        output=output,
        code=lambda: _code(
            image_text(image, None if photo == OWN else photo), factors, show, alpha, GROUNDS[ground]
        ),
    )


def _filters(shape: tuple[int, ...]) -> np.ndarray:
    """Return the channel that each photosite of a Bayer mosaic measures: two in four are green."""
    rows, cols = np.indices(shape[:2]) % 2
    return rows + cols


@explore_channels.starts
def _middle(photo, own):
    height, width = photo_of(photo, own).shape[:2]
    return {"at": (height // 2, width // 2)}


def _panels(name: str, show: str, output, mixed, gains, at) -> Iterable[Panel]:
    tone = {COLOUR: "in colour", MOSAIC: "as the sensor measures it"}.get(show, f"gray by {show}")
    caption = f"{name}, {output.shape[0]} × {output.shape[1]}\n{tone}"
    yield photo_panel("result", output, caption, point=Point("at"), cursor=at)
    for channel, (word, gain) in enumerate(zip(CHANNELS, gains, strict=True)):
        caption = f"{word} channel" + ("" if gain == 1 else f" × {number_text(gain)}" if gain else ", muted")
        yield gray(word, mixed[..., channel], caption, size=128)


def _sentence(show: str, alpha: float, ground: str, mixed: np.ndarray, seen: np.ndarray, at: Place) -> str:
    levels = np.broadcast_to(seen, 3)  # a gray is mixed of three alike
    red, green, blue = (f"{w} {number_text(round(v))}" for w, v in zip(CHANNELS, levels, strict=True))
    start = f"In row {at.row}, column {at.col} the screen shows {red}, {green} and {blue}. "
    if not mixed.any() and alpha == 1:
        start = f"In row {at.row}, column {at.col} all three channels are 0: black. "
    toned = {
        COLOUR: "Each channel is a gray picture of its own: white where it holds much of that colour.",
        BY_LUMA: "Luma weighs green most and blue least, as the eye does.",
        BY_MEAN: "The mean weighs all three alike: blue comes out brighter than it looks, green darker.",
        MOSAIC: f"Behind its filter this photosite measures {CHANNELS[at.row % 2 + at.col % 2]} alone; "
        "the camera estimates the rest from its neighbours (demosaicing).",
    }[show]
    if alpha == 1:
        return start + toned
    if alpha == 0:
        return f"{start}With alpha 0 nothing of it is left: all you see is the {ground} ground."
    toned = "" if show == COLOUR else f"{toned} "
    return f"{start}{toned}At alpha {number_text(alpha)} the {ground} ground shines through."


def _sums(
    show, alpha, ground, measured, pixel, gains, mixed, toned, output
) -> Iterable[list[tuple[str, str]]]:
    """Write how the selected pixel is made, from its channels to what is shown."""
    seen = zip(np.atleast_1d(toned), np.atleast_1d(output), strict=True)
    fades = [_fade(alpha, level, ground, total) for level, total in seen]
    if show in (COLOUR, MOSAIC):
        for i, word in enumerate(CHANNELS):
            if show == MOSAIC and i != measured:
                continue
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
    height, width = "image.shape[0]", "image.shape[1]"
    masked = "mixed = mixed * ({0}.arange(3) == filters[..., None])"
    even = f"filters = {{0}}.arange({height})[:, None] % 2 + {{0}}.arange({width}) % 2"
    mosaic = {library: [line.format(library) for line in (even, masked)] for library in ("np", "torch")}
    numpy = [
        *image_lines(image),
        f"mixed = np.clip(image * {gains}, 0, 255)",
        *{
            COLOUR: [],
            BY_LUMA: [f"mixed = mixed @ {weights}"],
            BY_MEAN: ["mixed = mixed.mean(-1)"],
            MOSAIC: mosaic["np"],
        }[show],
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
            MOSAIC: mosaic["torch"],
        }[show],
        *fade,
    ]
    return {"NumPy": "\n".join(numpy), "PyTorch": "\n".join([*torch, "result = result.numpy()"])}
