"""Lesson 04, the filter lab: what does this kernel respond to?"""

from typing import Annotated

import numpy as np

from cnnlib.convolution import conv2d
from cnnlib.demo.code import convolution_code, image_text
from cnnlib.demo.colormaps import largest
from cnnlib.demo.declare import Cells, Choice, Hidden, Place, Pointed, Slider, Switch, Tick, Upload, demo
from cnnlib.demo.inputs import kernel_of, picture_of
from cnnlib.demo.numbers import MINUS, number_text
from cnnlib.demo.parts import kernel_panel
from cnnlib.demo.view import Panel, Point, View, Window, gray, signed
from cnnlib.demo.words import capital, count_text, lying_text, products, size_text
from cnnlib.demo.zoo import zoo
from cnnlib.display import LUMA, absolute, clipped, luma, normalised, sums_to_zero, wrapped
from cnnlib.images import load_image
from cnnlib.kernels import KERNELS
from cnnlib.pictures import picture

PHOTOS = ("camera", "chelsea", "coffee", "shapes")
OWN_PHOTO = "my picture"
SIDE = 256  # one pixel of a shipped photo is one pixel of the page: nothing is blurred by resizing

CHOOSE = "Choose a picture of your own with the button “use my own”; until then the last one stays. "

# How numbers of any size and sign are made visible: each is one way, and three of them show wrong values.
DISPLAYS = {"signed": None, "absolute": absolute, "clipped": clipped, "wrapped": wrapped}
FATES = {
    "signed": "Red is positive, blue negative; stored as bytes, {} would be wrong.",
    "absolute": "The sign is dropped and what exceeds 255 is white: {} are wrong.",
    "clipped": "Below 0 is black, above 255 is white: {} are wrong.",
    "wrapped": "Past 255 the count starts at 0 again (overflow): {} are wrong.",
}


def gray_photo(name: str) -> np.ndarray:
    """Return a picture of the course in gray, (H, W)."""
    return _in_gray(picture(name))


def _in_gray(photo: np.ndarray) -> np.ndarray:
    return clipped(luma(photo)) if photo.ndim == 3 else photo


def _photo(where: str, image, _values: dict) -> dict:
    if isinstance(image, str):
        return {"photo": image}
    return {"photo": OWN_PHOTO, "own": _in_gray(picture_of(where, image, colour=True))}


def _fits(where: str, kernel, values: dict) -> dict:
    kernel, image = kernel_of(where, kernel), values["own"]
    if image is not None and (np.array(kernel.shape) > image.shape).any():
        raise ValueError(
            f"{where}: the {size_text(kernel)} kernel is larger than the picture of {size_text(image)}; "
            "use a smaller kernel"
        )
    return {"kernel": kernel}


@demo("Filter lab", "what does this kernel respond to?", order="photo upload zoo display gain normalise")
def explore_filters(
    photo: Annotated[
        str,
        Choice(
            lambda photo: dict.fromkeys([*PHOTOS, photo, OWN_PHOTO]),
            label="picture",
            argument="image",
            spread=_photo,
        ),
        "A picture's name, or brightness from 0 to 255, (H, W) or (H, W, 3). Colour is turned to gray",
    ] = "camera",
    kernel: Annotated[
        np.ndarray, Cells(spread=_fits), "A name from `cnnlib.KERNELS`, or weights (KH, KW)"
    ] = "Sobel, columns",
    *,
    normalise: Annotated[
        bool | None,
        Tick(label="divide by the sum"),
        "Of the weights, where that is not 0: brightness is kept. Default: as the zoo does with this kernel",
    ] = None,
    gain: Annotated[float, Slider(0.1, 4.0, 0.1), "What the response is multiplied by"] = 1.0,
    display: Annotated[
        str | None,
        Switch(DISPLAYS, label="show"),
        "How numbers beyond 0..255 are shown. Default: signed for a kernel that sums to 0, else clipped",
    ] = None,
    at: Annotated[Place, Pointed, "The number of the response to begin with"] = (100, 100),
    zoo: Annotated[str, zoo("kernel")],
    upload: Annotated[tuple, Upload(label="use my own")],
    own: Annotated[np.ndarray | None, Hidden(kept=True)],
    file: Annotated[str, Hidden(kept=True)] = "",
    last: Annotated[str, Hidden] = "camera",
) -> View:
    """Filter a photo with a kernel of the zoo, or with one's own, and see its response.

    The output is the filtered picture in numbers, only where the whole kernel fits.

    >>> demo = explore_filters("camera", "identity")
    >>> demo.output.shape
    (254, 254)
    """
    missing = photo == OWN_PHOTO and own is None
    photo = last if missing else photo
    before = own if photo == OWN_PHOTO else gray_photo(photo)
    weights = gain * (normalised(kernel) if normalise else kernel)
    shown = {
        "panels": [
            gray("image", before, f"{photo}, {size_text(before)}"),
            _kernel_panel(zoo, kernel, normalise),
        ],
        "state": {"last": photo},
    }
    if why := _too_small(before, kernel):
        return View(**shown, sentence=f"{capital(why)}: it fits nowhere.")
    response = conv2d(before.astype(float), weights)

    at = at.within(response.shape)
    window = before[at.row :, at.col :][: kernel.shape[0], : kernel.shape[1]]
    result = _result_panel(response, display, gain, point=Point("at"), cursor=at, symbol="=")
    return View(
        panels=[*shown["panels"], result],
        state=shown["state"],
        sentence=(CHOOSE if missing else "") + _sentence(zoo, response, display),
        arithmetic=products(window.ravel(), weights.ravel(), response[at]),
        windows=[Window("result", "image", kernel.shape)],
        output=response,
        code=lambda: convolution_code(_image_code(photo, before, file), weights),
    )


@explore_filters.starts
def _fitting(kernel):
    return {"display": _fitting_display(kernel)}


@explore_filters.when("zoo")
def _brought_along(zoo):
    if zoo not in KERNELS:
        return {}
    kernel = KERNELS[zoo]
    return {"normalise": kernel.divisor != 1, "display": _fitting_display(kernel.matrix)}


@explore_filters.when("kernel")
def _follows(before, now):
    """When a change of a cell brings brightness back, or takes it away, the display follows."""
    return {} if sums_to_zero(before) == sums_to_zero(now) else {"display": _fitting_display(now)}


@explore_filters.when("upload")
def _opened(upload, kernel):
    if not upload:
        return {}
    (file,) = upload
    image = load_image(file["content"], mode="gray", max_side=SIDE)
    if why := _too_small(image, kernel):
        raise ValueError(f"{why}; the last picture stays")
    return {"photo": OWN_PHOTO, "own": image, "file": file["name"]}


def _too_small(image: np.ndarray, kernel: np.ndarray) -> str:
    """Say why a kernel does not fit, if it does not."""
    beyond = np.array(kernel.shape) > image.shape
    if not beyond.any():
        return ""
    axis = int(beyond.argmax())
    side, word, lines = image.shape[axis], ("high", "wide")[axis], ("row", "column")[axis]
    return (
        f"this picture is only {count_text(side, 'pixel')} {word}, and the kernel has "
        f"{count_text(kernel.shape[axis], lines)}"
    )


def _fitting_display(weights: np.ndarray) -> str:
    """Choose the display for a kernel: the response of one that sums to 0 has both signs."""
    return "signed" if sums_to_zero(weights) else "clipped"


def _kernel_panel(zoo: str, kernel: np.ndarray, normalise: bool) -> Panel:
    total = 0 if sums_to_zero(kernel) else kernel.sum()
    divided = f", divided by {number_text(total)}" if normalise and total else ""
    return kernel_panel("kernel", kernel, f"{zoo}\nsum {number_text(total)}{divided}", edit="kernel")


def _result_panel(response: np.ndarray, display: str, gain: float, **more) -> Panel:
    """Draw a response in one of the ways of `DISPLAYS`; the signed scale does not follow the gain."""
    if display == "signed":
        limit = largest(response) / gain * 0.7
        return signed("result", response, f"signed, {size_text(response)}", limit=limit, **more)
    return gray("result", DISPLAYS[display](response), f"{display}: 0 black, 255 white", **more)


def _sentence(zoo: str, response: np.ndarray, display: str) -> str:
    low, high = (number_text(round(v)) for v in (response.min(), response.max()))
    told = KERNELS[zoo].answers_to.replace(" -", f" {MINUS}") if zoo in KERNELS else ""
    start = f"{capital(zoo)} responds to {told}. " if told else ""
    return f"{start}Values run from {low} to {high}. {FATES[display].format(lying_text(response))}"


def _image_code(photo: str, before: np.ndarray, file: str) -> str:
    if photo == OWN_PHOTO and file:
        return f"load_image({file!r}, max_side={SIDE}).astype(float)"
    if photo == OWN_PHOTO:
        return f"{image_text(before)}.astype(float)"
    if picture(photo).ndim == 3:
        return f"np.rint(picture({photo!r}) @ {LUMA.tolist()})"
    return f"picture({photo!r}).astype(float)"
