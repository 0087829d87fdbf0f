"""Lesson 02's bank of gray pictures: the inputs, the truth, and each known mistake."""

from collections.abc import Callable

import numpy as np

from cnnlib.display import LUMA, luma
from cnnlib.exercises.bank02_places import scene
from cnnlib.exercises.task import Case, Mistake, Task

_PAINTS = np.array(
    [[[255, 0, 0], [0, 255, 0], [0, 0, 255]], [[255, 255, 255], [200, 100, 50], [90, 180, 240]]], np.uint8
)

_PARTS = "The numbers are too small by the same factor everywhere: the three weights already add up to 1."
_ONE_CHANNEL = (
    "You took the {} channel alone, so other colours come out black. All three count, by their weights."
)


def _weighted(*weights: float) -> Callable:
    return lambda image: image @ np.array(weights)


def _weights_as_bytes(image: np.ndarray) -> np.ndarray:
    return (image * LUMA).astype(np.uint8).sum(-1, dtype=np.uint8)


TO_GRAY = Task(
    call="to_gray(image)",
    errors=(
        ("matmul", "`@` meets the last axis of the picture: are there three weights?"),
        ("broadcast", "Three weights meet the last axis, which holds the channels."),
        ("out of bounds", "The channel is the last index: `image[..., 0]` is red."),
    ),
    cases=(
        Case("a 2 × 3 picture of pure colours", (_PAINTS,)),
        Case("a 3 × 4 colour picture", (scene(3, 4),)),
        Case("a 5 × 2 colour picture", (scene(5, 2)[::-1],)),
        Case("a 3 × 3 picture, as many rows as channels", (scene(3, 3),)),
    ),
    truth=luma,
    right="Green counts most and blue least, as the eye has it; white stays 255 and black 0.",
    mistakes=(
        Mistake(
            lambda image: image.mean(-1),
            "You took the mean. So pure blue gets as bright as pure green, which looks five times as "
            "bright: weigh the channels by 0.299, 0.587, 0.114.",
        ),
        Mistake(lambda image: image[..., 0], _ONE_CHANNEL.format("red")),
        Mistake(lambda image: image[..., 1], _ONE_CHANNEL.format("green")),
        Mistake(lambda image: image[..., 2], _ONE_CHANNEL.format("blue")),
        Mistake(
            lambda image: image[..., 0] + image[..., 1] + image[..., 2],
            "The channels are added as bytes, and the sum goes round in a circle of 256. Weigh them first: "
            "that makes floats.",
        ),
        Mistake(
            lambda image: (image[..., 0] + image[..., 1] + image[..., 2]) / 3,
            "The channels are added as bytes, and the sum goes round before it is divided: white comes out "
            "as 84. Weigh them first: that makes floats.",
        ),
        Mistake(
            lambda image: (image[..., 0] + image[..., 1] + image[..., 2]) // 3,
            "The channels are added as bytes, and the sum goes round before it is divided: white comes out "
            "as 84. Weigh them first: that makes floats.",
        ),
        Mistake(
            lambda image: image.sum(-1),
            "You added the channels, so white is 765. Weighed by 0.299, 0.587, 0.114, they stay within 255.",
        ),
        Mistake(
            lambda image: image.max(-1),
            "You took the largest channel of each pixel. That is no brightness: pure blue would be white.",
        ),
        Mistake(
            lambda image: (image.max(-1).astype(float) + image.min(-1)) / 2,
            "You took the middle between the largest and the smallest channel. The eye weighs all three.",
        ),
        Mistake(
            _weighted(0.114, 0.587, 0.299),
            "Red and blue have changed places: 0.299 is the weight of the first channel, red.",
        ),
        Mistake(
            _weighted(0.587, 0.299, 0.114),
            "Red and green have changed places: the largest weight belongs to green, the second channel.",
        ),
        Mistake(
            _weighted(0.2126, 0.7152, 0.0722),
            "Those are the weights of another standard (BT.709, for light itself). Here they are 0.299, "
            "0.587, 0.114.",
        ),
        Mistake(lambda image: luma(image) / 3, _PARTS),
        Mistake(
            lambda image: luma(image) / 255,
            "You scaled to 0..1. Here the brightness stays on the bytes' scale.",
        ),
        Mistake(
            _weights_as_bytes,
            "Each weighed channel is cut off to a whole number before they are added. Add first; nothing "
            "needs rounding.",
        ),
        Mistake(
            lambda image: luma(image).T,
            "Rows and columns are swapped: the gray picture lies on its side.",
        ),
        Mistake(
            lambda image: 0.299 * image[0] + 0.587 * image[1] + 0.114 * image[2],
            "You weighed three rows. The channels come last: `image[..., 0]` is red, `image[0]` a row.",
        ),
        Mistake(
            lambda image: LUMA @ image,
            "The weights meet the columns. As `image @ weights` they meet the last axis, the channels.",
        ),
        Mistake(
            lambda image: image.mean(0),
            "You averaged over the rows: the first axis. The channels are the last axis, −1.",
        ),
        Mistake(
            lambda image: image.mean(),
            "One number for the whole picture comes out. Only the channels are to be summed up: `axis=-1`.",
        ),
    ),
)
