"""Lesson 03, the convolution microscope: which pixels make this number?"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import ArrayLike

from cnnlib.demo import controls as make
from cnnlib.demo.controls import Cells, Hidden
from cnnlib.demo.frame import Demo, as_names
from cnnlib.demo.inputs import kernel_of, picture_of
from cnnlib.demo.view import View
from cnnlib.demo.volumes import TWO_BIASES, TWO_FILTERS, check_filters, filters_view
from cnnlib.lessons.l03_a_kernel_slides.microscope import kernel_view
from cnnlib.lessons.l03_a_kernel_slides.walk import walk_controls, wire_walk
from cnnlib.pictures import picture
from cnnlib.shapes import BORDERS, as_numbers

X_SHAPE = np.array([[1, 0, 1], [0, 1, 0], [1, 0, 1]])
LEFT_MINUS_RIGHT = np.array([[1, 0, -1]] * 3)
# A 5 x 5 x 3 kernel that answers where the left is redder and the right is bluer.
RED_TO_BLUE = np.stack([np.tile([1, 1, 0, -1, -1], (5, 1)) * side for side in (1, 0, -1)], axis=-1)

PRESETS = {
    "5×5, zeros and ones": ("binary 5x5", X_SHAPE),
    "4×4, gray": ("gray 4x4", LEFT_MINUS_RIGHT),
    "32×32, colour": ("flashlight", RED_TO_BLUE),
}
LAYER = "digits 5x5x3"  # the picture that brings two filters and their biases along
OWN = "my own numbers"
ADVANCED = ("stride", "padding", "dilation", "flip", "border")


def explore_convolution(
    image: str | ArrayLike = "binary 5x5",
    kernel: ArrayLike | None = None,
    *,
    bias: ArrayLike | None = None,
    at: tuple[int, int] = (0, 0),
    stride: int = 1,
    padding: int = 0,
    dilation: int = 1,
    flip: bool = False,
    border: str = "zero",
    whole: bool = False,
    show: Iterable[str] = (),
    hide: Iterable[str] = (),
    lock: Iterable[str] = (),
) -> Demo:
    """Slide a kernel over a picture by hand: step, play, or point at any number of the feature map.

    Parameters
    ----------
    image : str or array, (H, W) or (H, W, C)
        The name of a picture, or numbers. A learner can change each cell of a gray one.
    kernel : array, (KH, KW) or (KH, KW, C), or F filters (F, C, KH, KW), optional
        Default: the kernel of the preset that has this picture, else the X of lesson 03; for
        ``"digits 5x5x3"`` the two filters of lesson 08 and their biases.
    bias : array, (F,), optional
        One for each filter; default 0.
    at : tuple of int
        Row and column of the feature map to begin with.
    stride, padding, dilation, flip, border
        As in `cnnlib.conv2d` and `cnnlib.pad`.
    whole : bool
        Show the whole map from the start, not only the places reached so far.
    show : str or iterable of str
        Controls to show that are hidden at first: ``"stride"``, ``"padding"``, ``"dilation"``, ``"flip"``,
        ``"border"``.
    hide, lock : str or iterable of str
        Controls to hide or to hold.

    Returns
    -------
    Demo
        With `output`, the feature map; of filters, all their maps, (F, OH, OW).

    Raises
    ------
    ValueError
        If the kernel does not fit on the picture, biases and filters differ in number, or a name is unknown.

    Examples
    --------
    >>> demo = explore_convolution()
    >>> demo.output.tolist()
    [[4, 3, 4], [2, 4, 3], [2, 3, 4]]
    >>> demo.col.value = 1
    >>> demo.text
    'Row 0, column 1 of the feature map, place 2 of 9: the kernel lies on rows 0 to 2, columns 1 to 3. \
Its five ones meet three ones, so the sum is 3.'
    """
    name = image if isinstance(image, str) else None
    preset = {shown: label for label, (shown, _) in PRESETS.items()}.get(name, OWN)
    if kernel is None and bias is None and name == LAYER:
        bias = TWO_BIASES
    if kernel is None:
        kernel = TWO_FILTERS if name == LAYER else PRESETS[preset][1] if preset in PRESETS else X_SHAPE
    image = picture_of("explore_convolution", image, colour=True)
    kernel = kernel_of("explore_convolution", kernel, colour=True, filters=True)
    settings = {
        "preset": make.choice("picture", [*PRESETS, OWN], preset),
        "name": Hidden(name),
        "image": Cells(image),
        "kernel": Cells(kernel),
        "bias": _biases("explore_convolution", image, kernel, bias),
        **walk_controls(at, filters=len(kernel) if kernel.ndim == 4 else None),
        "whole": make.tick("show the whole map", whole),
        "stride": make.slider("stride", stride, 1, 4),
        "padding": make.slider("padding", padding, 0, 3),
        "dilation": make.slider("dilation", dilation, 1, 3),
        "flip": make.tick("flip the kernel", flip),
        "border": make.choice("border", BORDERS, border),
    }
    show = as_names(show)
    advanced = {*ADVANCED, "preset"} if kernel.ndim == 4 else {*ADVANCED}
    hide = ({*as_names(hide)} | advanced) - show | (show - set(settings))  # Demo refuses an unknown name
    question = "which pixels make this number?"
    demo = Demo("Convolution microscope", question, settings, _view, hide=hide, lock=lock)
    wire_walk(demo)
    _wire_presets(demo)
    return demo


def _biases(where: str, image: np.ndarray, kernel: np.ndarray, bias: ArrayLike | None) -> Cells | Hidden:
    """Return a bias for each filter; a single kernel has none here."""
    if kernel.ndim < 4:
        if bias is not None:
            raise ValueError(f"{where}: bias needs filters; give the kernel the shape (F, C, KH, KW)")
        return Hidden(None)
    check_filters(where, image, kernel)
    biases = np.zeros(len(kernel), int) if bias is None else as_numbers(where, bias)
    if biases.shape != (len(kernel),):
        raise ValueError(
            f"{where}: bias has shape {biases.shape}; give one for each filter, shape ({len(kernel)},)"
        )
    return Cells(biases[:, None])


def _wire_presets(demo: Demo) -> None:
    """Let the list of pictures fill the cells, and a change of a cell turn it to one's own numbers."""

    def choose(change) -> None:
        if change.new in PRESETS:
            name, kernel = PRESETS[change.new]
            image = picture(name)
        else:  # a sheet of squared paper, and the kernel that was there if it fits
            name, image, kernel = None, np.zeros((6, 6), int), demo.kernel.value
            kernel = kernel if kernel.ndim == 2 else X_SHAPE
        demo.set(name=name, image=image, kernel=kernel, row=0, col=0, reached=0)

    def edited(_change) -> None:
        name, kernel = PRESETS.get(demo.preset.value, (None, None))
        same = name and np.array_equal(demo.image.value, picture(name))
        if not (same and np.array_equal(demo.kernel.value, kernel)):
            demo.preset.value = OWN

    demo.when("preset", choose)
    demo.when("image", edited)
    demo.when("kernel", edited)


def _view(*, preset, speed, kernel, bias, filter, **settings) -> View:
    if kernel.ndim == 4:
        return filters_view(kernel=kernel, bias=bias, filter=filter, **settings)
    return kernel_view(kernel=kernel, **settings)
