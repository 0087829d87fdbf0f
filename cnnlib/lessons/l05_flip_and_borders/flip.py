"""Lesson 05, the flip: SciPy's correlate2d and convolve2d beside each other."""

from collections.abc import Iterable
from typing import Annotated

import numpy as np

from cnnlib.demo.code import array_text, image_lines, image_text
from cnnlib.demo.colormaps import largest
from cnnlib.demo.declare import Cells, Choice, Hidden, NamesOf, Place, Pointed, Switch, demo
from cnnlib.demo.inputs import kernel_of, picture_of
from cnnlib.demo.numbers import MINUS, number_text
from cnnlib.demo.parts import kernel_panel
from cnnlib.demo.view import Panel, Point, View, Window, gray, signed
from cnnlib.demo.words import aligned, products, size_text
from cnnlib.demo.zoo import OWN_KERNEL
from cnnlib.kernels import KERNELS

ONE = "a single 1"
IMPULSE = np.zeros((7, 7), int)
IMPULSE[3, 3] = 1
PICTURES = (ONE, "gray 4x4", "ramp 4x4", "arrow", "shapes")
STARTS = {"shapes": (34, 8)}  # on an edge
OWN = "my own"
KERNEL_CHOICES = {
    "1 to 9": np.arange(1, 10).reshape(3, 3),
    f"left {MINUS} right": np.array([[1, 0, -1]] * 3),
    f"right {MINUS} left": np.array([[-1, 0, 1]] * 3),
    **{name: KERNELS[name].matrix for name in ("emboss", "Gaussian blur")},
}
AS_IT_IS, FLIPPED = "as it is", "flipped by 180°"
IMAGE, MAP, LAID = 168, 130, 66  # CSS pixels


def _picture(where: str, image) -> np.ndarray:
    """Return a picture whose products with a kernel cannot wrap, as bytes would."""
    array = IMPULSE if isinstance(image, str) and image == ONE else picture_of(where, image)
    return array.astype(np.result_type(array, int))


def _named(where: str, image, _values: dict) -> dict:
    name = image if isinstance(image, str) else None
    return {
        "image": _picture(where, image),
        "name": name,
        "preset": name if name in PICTURES else OWN,
    }


def _known(where: str, kernel: str) -> None:
    if kernel not in KERNEL_CHOICES:
        raise ValueError(f"{where}: kernel {kernel!r} is unknown; use {', '.join(KERNEL_CHOICES)}")


@demo("Flip", "who flips the kernel?", order="preset chosen hand_over")
def explore_flip(
    image: Annotated[
        np.ndarray, Cells(spread=_named), f'"{ONE}", the name of a picture, or numbers (H, W)'
    ] = ONE,
    kernel: Annotated[
        np.ndarray, Cells(kernel_of), f"{', '.join(KERNEL_CHOICES)}, or weights (KH, KW)"
    ] = "1 to 9",
    *,
    hand_over: Annotated[
        str,
        Switch((AS_IT_IS, FLIPPED), label="hand over the kernel"),
        "Whether both functions get the kernel, or the kernel flipped first",
    ] = AS_IT_IS,
    at: Annotated[Place, Pointed, "The position in the maps to begin with"] = (1, 1),
    preset: Annotated[str, Choice([*PICTURES, OWN], label="picture", called=False)],
    chosen: Annotated[str, NamesOf(KERNEL_CHOICES, "kernel", OWN_KERNEL, label="kernel", check=_known)],
    name: Annotated[str | None, Hidden],
) -> View:
    """Show what SciPy's correlate2d and convolve2d make of one picture and kernel, and the difference.

    The output is both maps, (2, OH, OW): correlate2d's first.

    >>> explore_flip("gray 4x4", "left − right").output[:, 0, 0].tolist()
    [-150, 150]
    """
    from scipy.signal import convolve2d, correlate2d  # takes over a second: not at every lesson's first cell

    if any(k > n for k, n in zip(kernel.shape, image.shape, strict=True)):
        raise ValueError(
            f"explore_flip: the {size_text(kernel)} kernel is larger than the picture of {size_text(image)}; "
            "use a smaller kernel"
        )
    given = kernel[::-1, ::-1] if hand_over == FLIPPED else kernel
    maps = np.stack([function(image, given, "valid") for function in (correlate2d, convolve2d)])

    at = at.within(maps.shape)
    window = image[at.row :, at.col :][: kernel.shape[0], : kernel.shape[1]]
    laid = given, given[::-1, ::-1]
    return View(
        panels=[*_panels(image, kernel, laid, maps, at)],
        sentence=_sentence(image, kernel, given, maps, at),
        arithmetic=aligned(
            [
                products(window.ravel(), weights.ravel(), found[at])
                for weights, found in zip(laid, maps, strict=True)
            ]
        ),
        windows=[Window(of, "image", kernel.shape) for of in ("correlate", "convolve")],
        output=maps,
        code=lambda: _code(image, name, kernel, hand_over == FLIPPED),
    )


@explore_flip.when("preset")
def _choose(preset):
    if preset == OWN:
        return {}
    return {
        "image": _picture("explore_flip", preset),
        "name": preset,
        "at": STARTS.get(preset, (1, 1)),
    }


@explore_flip.when("image")
def _edited(preset, image):
    same = preset != OWN and np.array_equal(image, _picture("explore_flip", preset))
    return {} if same else {"preset": OWN}


def _panels(image, kernel, laid, maps, at) -> Iterable[Panel]:
    typed = {"edit": "image"} if IMAGE // max(image.shape) >= 16 else {}
    high = image.max() if 0 < image.max() < 16 else 255
    yield gray("image", image, f"picture {size_text(image)}", size=IMAGE, high=high, **typed)
    words = "kernel: click a cell\nto change it"
    yield kernel_panel("kernel", kernel, words, size=96, edit="kernel", symbol="")
    held = {"size": LAID, "limit": largest(kernel), "symbol": ""}
    more = {"size": MAP, "limit": largest(maps), "legend": False}
    for i, id in enumerate(("correlate", "convolve")):
        yield kernel_panel(f"laid by {id}", laid[i], f"{id}2d\nslides", new_row=i == 0, **held)
        caption = f"{id}2d:\n{('cross-correlation', 'convolution')[i]}"
        yield signed(id, maps[i], caption, symbol="→", point=Point("at"), cursor=at, **more)
    yield signed("difference", maps[0] - maps[1], "the difference", symbol="", **more)


def _sentence(image, kernel, given, maps, at) -> str:
    first, second = (number_text(found[at]) for found in maps)
    here = f"At row {at[0]}, column {at[1]} correlate2d gives {first}, convolve2d {second}."
    flipped = given is not kernel
    swapped = " Handed over flipped, the kernel makes the two swap results." if flipped else ""
    if np.array_equal(kernel, kernel[::-1, ::-1]):
        return f"Flipping leaves this kernel as it is, so the two agree everywhere. {here}"
    if np.array_equal(image, IMPULSE) and max(kernel.shape) <= 4:
        if flipped:
            start = "From a single 1, correlate2d makes the kernel itself, convolve2d the flipped kernel."
            return start + swapped
        return (
            "From a single 1, correlate2d makes the flipped kernel, convolve2d the kernel itself: "
            "impulse in, impulse response out, that is convolution."
        )
    if np.array_equal(kernel, -kernel[::-1, ::-1]):
        return f"Flipping makes this kernel its own negative: the maps differ in sign. {here}{swapped}"
    differ = int(np.count_nonzero(maps[0] != maps[1]))
    return f"The two differ at {differ:,} of {maps[0].size:,} positions. {here}{swapped}"


def _code(image, name, kernel, flipped) -> dict[str, str]:
    text = image_text(image, None if name == ONE else name)
    text += ".astype(int)" if "picture(" in text else ""
    given = f"kernel = np.array({array_text(kernel)}){'[::-1, ::-1].copy()' if flipped else ''}"
    scipy = image_lines(text, "from scipy.signal import convolve2d, correlate2d")
    torch = image_lines(text, "import torch", "import torch.nn.functional as F")
    functions = '[f(image, kernel, "valid") for f in (correlate2d, convolve2d)]'
    numpy = [*scipy, given, f"result = np.stack({functions})"]
    layers = [
        *torch,
        given,
        "x = torch.tensor(image, dtype=torch.float64)[None, None]",
        "w = torch.tensor(kernel, dtype=torch.float64)[None, None]",
        "result = torch.stack([F.conv2d(x, f)[0, 0] for f in (w, w.flip(2, 3))]).numpy()",
    ]
    return {"NumPy": "\n".join(numpy), "PyTorch": "\n".join(layers)}
