"""Lesson 04, the filter lab: what does this kernel answer to?"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import ArrayLike

from cnnlib.convolution import conv2d
from cnnlib.explore.code import convolution_code
from cnnlib.explore.inputs import kernel_of, picture_of
from cnnlib.explore.words import products
from cnnlib.images import load_image
from cnnlib.kernels import KERNELS
from cnnlib.pictures import picture
from cnnlib.widgets import controls as make
from cnnlib.widgets.colormaps import largest
from cnnlib.widgets.controls import Cells
from cnnlib.widgets.demo import Demo
from cnnlib.widgets.numbers import number_text
from cnnlib.widgets.view import Panel, View, Window, gray, signed

PHOTOS = ("camera", "chelsea", "coffee", "shapes")
OWN_KERNEL, OWN_PHOTO = "my own", "my picture"
SIDE = 256  # one pixel of a shipped photo is one pixel of the page: nothing is blurred by resizing
LUMA = np.array([0.299, 0.587, 0.114])  # ITU-R BT.601: how bright red, green and blue look


def without_noise(response: np.ndarray) -> np.ndarray:
    """Round off the last digits of floats, which differ from run to run: 3.9999999 must not wrap like 3."""
    return np.round(response, 6)


# How numbers of any size and sign are made visible: each is one way, and three of them lie.
DISPLAYS = {
    "signed": None,
    "absolute": lambda response: np.clip(np.abs(response), 0, 255),
    "clipped": lambda response: np.clip(response, 0, 255),
    "wrapped": lambda response: np.mod(np.trunc(without_noise(response)), 256),
}

FATES = {
    "signed": "Red is positive, blue negative; stored as bytes, {} would lie.",
    "absolute": "The sign is dropped and what exceeds 255 is white: {} show another number than they are.",
    "clipped": "Below 0 is black, above 255 is white: {} lie.",
    "wrapped": "Past 255 the count starts at 0 again: {} lie.",
}


def explore_filters(
    image: str | ArrayLike = "camera",
    kernel: str | ArrayLike = "Sobel, columns",
    *,
    normalise: bool | None = None,
    gain: float = 1.0,
    display: str | None = None,
    hide: Iterable[str] = (),
    lock: Iterable[str] = (),
) -> Demo:
    """Filter a photo with a kernel of the zoo, or with one's own, and see the answer.

    Parameters
    ----------
    image : str or array, (H, W) or (H, W, 3)
        A picture's name, or brightness values from 0 to 255. Colour is turned to gray.
    kernel : str or array, (KH, KW)
        A name from `cnnlib.KERNELS`, or weights. The learner can change each cell.
    normalise : bool, optional
        Divide by the sum of the weights, where that is not 0, so that brightness is kept. Default: as
        the zoo does with this kernel.
    gain : float
        What the answer is multiplied by.
    display : {"signed", "absolute", "clipped", "wrapped"}, optional
        How numbers beyond 0..255 are shown. Default: signed for a kernel that sums to 0, else clipped.
    hide, lock : iterable of str
        Controls to hide or to hold.

    Returns
    -------
    Demo
        With `output`, the filtered picture in numbers; only places where the kernel fits.

    Raises
    ------
    ValueError
        If a name is unknown, or the kernel is larger than the picture.

    Examples
    --------
    >>> demo = explore_filters("camera", "identity")
    >>> demo.output.shape
    (254, 254)
    """
    named = isinstance(kernel, str)
    weights = KERNELS[kernel].matrix if named else kernel_of("explore_filters", kernel)
    if normalise is None:
        normalise = named and KERNELS[kernel].divisor != 1
    own = None if isinstance(image, str) else picture_of("explore_filters", image, colour=True)
    photos = [*PHOTOS, *([image] if isinstance(image, str) and image not in PHOTOS else [])]
    settings = {
        "photo": make.choice("picture", [*photos, OWN_PHOTO], image if own is None else OWN_PHOTO),
        "upload": make.upload("use my own"),
        "zoo": make.choice("kernel", [*KERNELS, OWN_KERNEL], kernel if named else OWN_KERNEL),
        "display": make.switch("show", DISPLAYS, display or fitting_display(weights)),
        "gain": make.slider("gain", float(gain), 0.1, 4.0, 0.1),
        "normalise": make.tick("divide by the sum", normalise),
        "kernel": Cells(weights),
        "row": make.whole_number("row", 100, 1000),
        "col": make.whole_number("column", 100, 1000),
    }
    demo = Demo(
        "Filter lab",
        "what does this kernel answer to?",
        settings,
        lambda **values: _view(own, **values),
        hide={*hide, "row", "col"},
        lock=lock,
    )
    _wire(demo)
    return demo


def fitting_display(weights: np.ndarray) -> str:
    """Choose the display for a kernel: one that sums to 0 answers with both signs."""
    return "signed" if abs(np.sum(weights)) < 1e-9 else "clipped"


def _wire(demo: Demo) -> None:
    def choose(change) -> None:
        if change.new in KERNELS:
            chosen = KERNELS[change.new]
            demo.set(
                kernel=chosen.matrix, normalise=chosen.divisor != 1, display=fitting_display(chosen.matrix)
            )

    def edited(change) -> None:
        name = demo.zoo.value
        if name in KERNELS and not np.array_equal(change.new, KERNELS[name].matrix):
            demo.zoo.value = OWN_KERNEL

    def uploaded(change) -> None:
        if change.new:
            demo.photo.value = OWN_PHOTO

    demo.when("zoo", choose)
    demo.when("kernel", edited)
    demo.when("upload", uploaded)


def gray_photo(name: str, own: np.ndarray | None = None, upload: tuple = ()) -> np.ndarray:
    """Return a picture in gray, (H, W), values 0 to 255: shipped, given as an array, or uploaded."""
    if name == OWN_PHOTO and upload:
        return load_image(upload[0]["content"], mode="gray", max_side=SIDE)
    if name == OWN_PHOTO and own is None:
        raise ValueError(
            "choose a picture of your own with the button “use my own”; until then the last one stays"
        )
    photo = own if name == OWN_PHOTO else picture(name)
    return np.rint(photo @ LUMA).astype(np.uint8) if photo.ndim == 3 else photo


def applied(kernel: np.ndarray, gain: float, normalise: bool) -> np.ndarray:
    """Return the weights that are really applied."""
    total = kernel.sum()
    return kernel * (gain / total if normalise and abs(total) > 1e-9 else gain)


def lying(response: np.ndarray) -> float:
    """Return the share of values that a byte, 0 to 255, cannot hold, even after rounding."""
    rounded = np.rint(response)
    return float(np.mean((rounded < 0) | (rounded > 255)))


def _view(own, *, photo, upload, zoo, display, gain, normalise, kernel, row, col) -> View:
    before = gray_photo(photo, own, upload)
    weights = applied(kernel, gain, normalise)
    response = conv2d(before.astype(float), weights)
    row, col = min(row, response.shape[0] - 1), min(col, response.shape[1] - 1)
    window = before[row : row + kernel.shape[0], col : col + kernel.shape[1]]
    return View(
        [
            gray("image", before, f"{photo}, {before.shape[0]} × {before.shape[1]}"),
            _kernel_panel(zoo, kernel, normalise),
            result_panel("result", response, display, gain, point="row col", cursor=(row, col), symbol="="),
        ],
        _sentence(zoo, response, display),
        products(window.ravel(), weights.ravel(), response[row, col]),
        [Window("result", "image", kernel.shape)],
        response,
        lambda: _code(photo, own, upload, weights),
        {"row": response.shape[0] - 1, "col": response.shape[1] - 1},
    )


def _kernel_panel(zoo: str, kernel: np.ndarray, normalise: bool) -> Panel:
    total = kernel.sum()
    divided = f", divided by {number_text(total)}" if normalise and abs(total) > 1e-9 else ""
    caption = f"{zoo}\nsum {number_text(total)}{divided}"
    return signed("kernel", kernel, caption, size=120, legend=False, edit="kernel", symbol="∗")


def result_panel(id: str, response: np.ndarray, display: str, gain: float = 1.0, **more) -> Panel:
    """Draw an answer in one of the ways of `DISPLAYS`; the signed scale does not follow the gain."""
    if display == "signed":
        return signed(
            id,
            response,
            f"signed, {response.shape[0]} × {response.shape[1]}",
            limit=largest(response) / gain * 0.7,
            **more,
        )
    return gray(id, DISPLAYS[display](response), f"{display}: 0 black, 255 white", **more)


def _sentence(zoo: str, response: np.ndarray, display: str) -> str:
    low, high = (number_text(round(v)) for v in (response.min(), response.max()))
    told = KERNELS[zoo].answers_to if zoo in KERNELS else ""
    start = f"{zoo[0].upper() + zoo[1:]} answers to {told}. " if told else ""
    return f"{start}Values run from {low} to {high}. {FATES[display].format(lying_text(response))}"


def lying_text(response: np.ndarray) -> str:
    """Write how many of 100 values a byte cannot hold."""
    share = lying(response)
    if 0 < share < 0.005:
        return "fewer than 1 of 100 pixels"
    return f"{round(100 * share)} of 100 pixels"


def _code(photo: str, own, upload: tuple, weights: np.ndarray) -> dict[str, str]:
    if photo == OWN_PHOTO and upload:
        image = f"load_image({upload[0]['name']!r}, max_side={SIDE}).astype(float)"
    elif photo == OWN_PHOTO:
        image = f"np.array({np.asarray(gray_photo(photo, own)).tolist()}, dtype=float)"
    elif picture(photo).ndim == 3:
        image = f"np.rint(picture({photo!r}) @ {LUMA.tolist()})"
    else:
        image = f"picture({photo!r}).astype(float)"
    return convolution_code(image, weights)
