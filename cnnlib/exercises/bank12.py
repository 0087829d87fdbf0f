"""Lesson 12's bank of LeNet's sizes: each wrong number with the sentence that names the mistake."""

from cnnlib.exercises.questions import Number

_PADDED = "That is with padding. LeNet has none: how many windows of 5 fit?"
_STEPS = "You counted the steps. Places are one more."
_OVERLAP = "That is pooling at stride 1. Unless one says otherwise, its stride is its window: 2."
_UNPOOLED = "That is the side before the pooling."
_SIDE = "The side of one map is asked for, not how many numbers there are."
_MAPS = "That is how many maps there are. How large is each?"


def _size(name: str, answer: int, hint: str, mistakes: dict[float, str]) -> Number:
    title = f"LeNet's sizes: {name}"
    return Number(id="12-sizes", title=title, answer=answer, why="", hint=hint, mistakes=mistakes)


SIZES = {
    "first convolution": _size(
        "the first convolution",
        28,
        "In how many places along a side of 32 does a window of 5 fit?",
        {
            32: _PADDED,
            27: _STEPS,
            24: "That is for MNIST's own 28 × 28. LeNet gets two more pixels of paper on each side: 32 × 32.",
            30: "That is a window of 3.",
            31: "Is that 32 − 1? The window is 5 wide.",
            7: "Those windows lie side by side. A convolution's stride is 1 here.",
            6: _MAPS,
            784: _SIDE,
            4704: _SIDE,
        },
    ),
    "first pooling": _size(
        "the first pooling",
        14,
        "Windows of 2 lie side by side along the side before.",
        {
            27: _OVERLAP,
            28: _UNPOOLED,
            13: "Windows side by side leave nothing over here: 28 / 2.",
            16: "That is half of 32. The convolution has no padding, so less than 32 comes to the pooling.",
            26: "That takes 2 away. Windows of 2 side by side halve the side.",
            7: "That is halved twice. One pooling halves the side.",
            6: _MAPS,
            196: _SIDE,
            1176: _SIDE,
        },
    ),
    "second convolution": _size(
        "the second convolution",
        10,
        "In how many places along the side before does a window of 5 fit?",
        {
            14: _PADDED,
            9: _STEPS,
            12: "That is a window of 3, or it begins from another side than 14.",
            24: "That is from 28: the pooling between the two convolutions is left out.",
            16: _MAPS,
            100: _SIDE,
            1600: _SIDE,
        },
    ),
    "second pooling": _size(
        "the second pooling",
        5,
        "Windows of 2 lie side by side along the side before.",
        {
            9: _OVERLAP,
            10: _UNPOOLED,
            4: "Windows side by side leave nothing over here: 10 / 2.",
            7: "That is half of 14. The second convolution has no padding either.",
            8: "That takes 2 away. Windows of 2 side by side halve the side.",
            16: _MAPS,
            25: _SIDE,
            400: _SIDE,
        },
    ),
    "flatten": _size(
        "flatten",
        400,
        "Flatten writes every number of every map in one row. How many maps are there?",
        {
            25: "That is one map of 5 · 5. Behind the second convolution there are 16 of them.",
            1600: "That is 16 · 10 · 10: the second pooling is left out.",
            80: "That is 16 · 5. A map has rows and columns: 5 · 5 numbers.",
            150: "That is 6 · 5 · 5. Behind the second convolution there are 16 maps, not 6.",
            2400: "The 6 maps do not multiply the 16: each filter reaches through all 6 and makes one map.",
            1024: "That is 16 · 8 · 8, with padding. LeNet has none.",
            120: "That is how many units come next. How many numbers do they get?",
            401: "A bias is a weight of the next layer, not a number that flatten writes.",
            5: "Flatten keeps no sides: how many numbers stand in the row?",
            16: "That is how many maps there are. Each has 5 · 5 numbers.",
        },
    ),
}

SIZES_RIGHT = "32, 28, 14, 10, 5: without padding each convolution takes 4 away, and each pooling halves."
