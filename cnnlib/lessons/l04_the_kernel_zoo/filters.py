"""Lesson 04, the filter lab: what does this kernel answer to?"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import ArrayLike

from cnnlib.convolution import conv2d
from cnnlib.demo import controls as make
from cnnlib.demo.code import convolution_code, image_text
from cnnlib.demo.colormaps import largest
from cnnlib.demo.controls import Cells, Hidden
from cnnlib.demo.frame import Demo, as_names
from cnnlib.demo.inputs import kernel_of, picture_of
from cnnlib.demo.numbers import number_text
from cnnlib.demo.parts import kernel_panel
from cnnlib.demo.view import Panel, View, Window, gray, signed
from cnnlib.demo.words import lying_text, products
from cnnlib.demo.zoo import OWN_KERNEL, wire_zoo
from cnnlib.display import (
    LUMA,
    absolute,
    clipped,
    luma,
    normalised,
    sums_to_zero,
    wrapped,
)
from cnnlib.images import load_image
from cnnlib.kernels import KERNELS, Kernel
from cnnlib.pictures import picture

PHOTOS = ("camera", "chelsea", "coffee", "shapes")
OWN_PHOTO = "my picture"
NO_PHOTO = "choose a picture of your own with the button “use my own”; until then the last one stays"
SIDE = 256  # one pixel of a shipped photo is one pixel of the page: nothing is blurred by resizing

# How numbers of any size and sign are made visible: each is one way, and three of them lie.
DISPLAYS = {"signed": None, "absolute": absolute, "clipped": clipped, "wrapped": wrapped}
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
    hide, lock : str or iterable of str
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
    first, own = image, NO_PHOTO
    if not isinstance(image, str):
        first, own = OWN_PHOTO, _in_gray(picture_of("explore_filters", image, colour=True))
    settings = {
        "photo": make.choice("picture", dict.fromkeys([*PHOTOS, first, OWN_PHOTO]), first),
        "own": Hidden(own),
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
        _view,
        hide={*as_names(hide), "row", "col"},
        lock=lock,
    )
    wire_zoo(demo, "zoo", "kernel", _brought_along, _display_follows)

    def uploaded(change) -> None:
        if change.new:
            demo.set(photo=OWN_PHOTO, own=_opened(change.new[0]))

    demo.when("upload", uploaded)
    return demo


def fitting_display(weights: np.ndarray) -> str:
    """Choose the display for a kernel: one that sums to 0 answers with both signs."""
    return "signed" if sums_to_zero(weights) else "clipped"


def _brought_along(kernel: Kernel) -> dict:
    return {"normalise": kernel.divisor != 1, "display": fitting_display(kernel.matrix)}


def _display_follows(old: np.ndarray, new: np.ndarray) -> dict:
    """When a change of a cell brings brightness back, or takes it away, the display follows."""
    return {} if sums_to_zero(old) == sums_to_zero(new) else {"display": fitting_display(new)}


def _opened(file: dict) -> np.ndarray | str:
    """Open an uploaded file, once: that takes longer than filtering it. If it cannot be, say why."""
    try:
        return load_image(file["content"], mode="gray", max_side=SIDE)
    except ValueError as error:
        return str(error)


def gray_photo(name: str, own: np.ndarray | str = NO_PHOTO) -> np.ndarray:
    """Return a picture in gray, (H, W): a shipped one, or one's own; `own` may say why there is none."""
    if name != OWN_PHOTO:
        return _in_gray(picture(name))
    if isinstance(own, str):
        raise ValueError(own)
    return own


def _in_gray(photo: np.ndarray) -> np.ndarray:
    return clipped(luma(photo)) if photo.ndim == 3 else photo


def _view(*, photo, own, upload, zoo, display, gain, normalise, kernel, row, col) -> View:
    before = gray_photo(photo, own)
    weights = gain * (normalised(kernel) if normalise else kernel)
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
        lambda: convolution_code(_image_code(photo, before, upload), weights),
        {"row": response.shape[0] - 1, "col": response.shape[1] - 1},
    )


def _kernel_panel(zoo: str, kernel: np.ndarray, normalise: bool) -> Panel:
    total = kernel.sum()
    divided = f", divided by {number_text(total)}" if normalise and not sums_to_zero(kernel) else ""
    caption = f"{zoo}\nsum {number_text(total)}{divided}"
    return kernel_panel("kernel", kernel, caption, edit="kernel")


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


def _image_code(photo: str, before: np.ndarray, upload: tuple) -> str:
    if photo == OWN_PHOTO and upload:
        return f"load_image({upload[0]['name']!r}, max_side={SIDE}).astype(float)"
    if photo == OWN_PHOTO:
        return f"{image_text(before)}.astype(float)"
    if picture(photo).ndim == 3:
        return f"np.rint(picture({photo!r}) @ {LUMA.tolist()})"
    return f"picture({photo!r}).astype(float)"
