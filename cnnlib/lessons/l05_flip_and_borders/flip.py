"""Lesson 05, the flip: SciPy's correlate2d and convolve2d beside each other."""

from collections.abc import Iterable
from functools import partial

import numpy as np
from numpy.typing import ArrayLike

from cnnlib.demo import controls as make
from cnnlib.demo.code import array_text, image_lines, image_text
from cnnlib.demo.colormaps import largest
from cnnlib.demo.controls import Cells, Hidden
from cnnlib.demo.frame import Demo
from cnnlib.demo.inputs import kernel_of, picture_of
from cnnlib.demo.numbers import MINUS, number_text
from cnnlib.demo.parts import kernel_panel
from cnnlib.demo.view import Panel, View, Window, gray, signed
from cnnlib.demo.words import aligned, products, size_text
from cnnlib.demo.zoo import OWN_KERNEL
from cnnlib.kernels import KERNELS

ONE = "a single 1"
IMPULSE = np.zeros((7, 7), int)
IMPULSE[3, 3] = 1
PICTURES = (ONE, "gray 4x4", "ramp 4x4", "arrow", "shapes")
STARTS = {"shapes": (34, 8)}  # on an edge
OWN = "my own numbers"
KERNEL_CHOICES = {
    "1 to 9": np.arange(1, 10).reshape(3, 3),
    f"left {MINUS} right": np.array([[1, 0, -1]] * 3),
    f"right {MINUS} left": np.array([[-1, 0, 1]] * 3),
    **{name: KERNELS[name].matrix for name in ("emboss", "Gaussian blur")},
}
AS_IT_IS, TURNED = "as it is", "turned by 180°"
IMAGE, MAP, LAID = 168, 130, 66  # CSS pixels


def explore_flip(
    image: str | ArrayLike = ONE,
    kernel: str | ArrayLike = "1 to 9",
    *,
    hand_over: str = AS_IT_IS,
    at: tuple[int, int] = (1, 1),
    hide: Iterable[str] = (),
    lock: Iterable[str] = (),
) -> Demo:
    """Show what SciPy's correlate2d and convolve2d make of one picture and kernel, and the difference.

    Parameters
    ----------
    image : str or array, (H, W)
        ``"a single 1"``, the name of a picture, or numbers.
    kernel : str or array, (KH, KW)
        A name of the list, or weights; the learner can change each.
    hand_over : {"as it is", "turned by 180°"}
        Whether both functions get the kernel, or the kernel turned first.
    at : tuple of int
        Row and column of the maps to begin with.
    hide, lock : str or iterable of str
        Controls to hide or to hold.

    Returns
    -------
    Demo
        With `output`, both maps, (2, OH, OW): correlate2d's first.

    Raises
    ------
    ValueError
        If the kernel does not fit on the picture, or a name is unknown.

    Examples
    --------
    >>> explore_flip("gray 4x4", "left − right").output[:, 0, 0].tolist()
    [-150, 150]
    """
    name = image if isinstance(image, str) else None
    array = _picture(image)
    weights = kernel_of("explore_flip", _known_kernel(kernel))
    settings = {
        "preset": make.choice("picture", [*PICTURES, OWN], name if name in PICTURES else OWN),
        "name": Hidden(name),
        "image": Cells(array),
        "chosen": make.choice(
            "kernel", [*KERNEL_CHOICES, OWN_KERNEL], kernel if isinstance(kernel, str) else OWN_KERNEL
        ),
        "kernel": Cells(weights),
        "hand_over": make.switch("hand over the kernel", (AS_IT_IS, TURNED), hand_over),
        "row": Hidden(at[0]),
        "col": Hidden(at[1]),
    }
    demo = Demo("Flip", "who turns the kernel?", settings, _view, hide=hide, lock=lock)
    _wire(demo)
    return demo


def _picture(image: str | ArrayLike) -> np.ndarray:
    """Return a picture whose products with a kernel cannot wrap, as bytes would."""
    array = IMPULSE if isinstance(image, str) and image == ONE else picture_of("explore_flip", image)
    return array.astype(np.result_type(array, int))


def _known_kernel(kernel: str | ArrayLike) -> ArrayLike:
    if not isinstance(kernel, str):
        return kernel
    if kernel not in KERNEL_CHOICES:
        raise ValueError(f"explore_flip: kernel {kernel!r} is unknown; use {', '.join(KERNEL_CHOICES)}")
    return KERNEL_CHOICES[kernel]


def _wire(demo: Demo) -> None:
    """Let the two lists fill the cells, and changed cells turn the lists to one's own."""

    def choose_picture(change) -> None:
        if change.new != OWN:
            row, col = STARTS.get(change.new, (1, 1))
            demo.set(name=change.new, image=_picture(change.new), row=row, col=col)

    def edited_picture(change) -> None:
        if demo.preset.value != OWN and not np.array_equal(change.new, _picture(demo.preset.value)):
            demo.set(preset=OWN, name=None)

    def choose_kernel(change) -> None:
        if change.new in KERNEL_CHOICES:
            demo.set(kernel=KERNEL_CHOICES[change.new])

    def edited_kernel(change) -> None:
        if not np.array_equal(change.new, KERNEL_CHOICES.get(demo.chosen.value)):
            demo.set(chosen=OWN_KERNEL)

    demo.when("preset", choose_picture)
    demo.when("image", edited_picture)
    demo.when("chosen", choose_kernel)
    demo.when("kernel", edited_kernel)


def _view(*, preset, name, image, chosen, kernel, hand_over, row, col) -> View:
    from scipy.signal import convolve2d, correlate2d  # takes over a second: not at every lesson's first cell

    if any(k > n for k, n in zip(kernel.shape, image.shape, strict=True)):
        raise ValueError(
            f"explore_flip: kernel {kernel.shape} is larger than image {image.shape}; use a smaller kernel"
        )
    given = kernel[::-1, ::-1] if hand_over == TURNED else kernel
    maps = np.stack([function(image, given, "valid") for function in (correlate2d, convolve2d)])
    row, col = min(row, maps.shape[1] - 1), min(col, maps.shape[2] - 1)
    window = image[row : row + kernel.shape[0], col : col + kernel.shape[1]]
    lines = [
        products(window.ravel(), laid.ravel(), found[row, col])
        for laid, found in zip((given, given[::-1, ::-1]), maps, strict=True)
    ]
    return View(
        list(_panels(image, kernel, given, maps, (row, col))),
        _sentence(image, kernel, given, maps, (row, col)),
        aligned(lines),
        [Window(of, "image", kernel.shape) for of in ("correlate", "convolve")],
        maps,
        partial(_code, image, ONE if name is None else name, kernel, hand_over == TURNED),
    )


def _panels(image, kernel, given, maps, at) -> Iterable[Panel]:
    typed = {"edit": "image"} if IMAGE // max(image.shape) >= 16 else {}
    high = image.max() if 0 < image.max() < 16 else 255
    yield gray("image", image, f"picture {size_text(image)}", size=IMAGE, high=high, **typed)
    yield kernel_panel("kernel", kernel, "kernel: click a cell\nto change it", size=96, edit="kernel")
    more = {"size": MAP, "limit": largest(maps), "legend": False}
    held = {"size": LAID, "limit": largest(kernel), "new_row": True}
    for id, laid, found in zip(("correlate", "convolve"), (given, given[::-1, ::-1]), maps, strict=True):
        yield kernel_panel(f"laid by {id}", laid, f"{id}2d\nlays it so", **held)
        yield signed(id, found, f"{id}2d", symbol="=", point="row col", cursor=at, **more)
        held["new_row"] = False
    yield signed("difference", maps[0] - maps[1], "difference", symbol=MINUS, **more)


def _sentence(image, kernel, given, maps, at) -> str:
    first, second = (number_text(found[at]) for found in maps)
    here = f"At row {at[0]}, column {at[1]} correlate2d gives {first}, convolve2d {second}."
    turned = given is not kernel
    swapped = " Handed over turned, the kernel makes the two change places." if turned else ""
    if np.array_equal(kernel, kernel[::-1, ::-1]):
        return f"Half a turn leaves this kernel as it is, so the two agree in every place. {here}"
    if np.array_equal(image, IMPULSE) and max(kernel.shape) <= 4:
        wrote = ("the kernel turned", "the kernel itself")[:: -1 if turned else 1]
        return (
            f"From a single 1, correlate2d makes {wrote[0]}, convolve2d {wrote[1]}: impulse in, response out "
            f"is what convolution means.{swapped}"
        )
    if np.array_equal(kernel, -kernel[::-1, ::-1]):
        return f"Half a turn makes this kernel its own negative: the answers differ in sign. {here}{swapped}"
    differ = int(np.count_nonzero(maps[0] != maps[1]))
    return f"The two differ in {differ:,} of {maps[0].size:,} places. {here}{swapped}"


def _code(image, name, kernel, turned) -> dict[str, str]:
    text = image_text(image, name if name != ONE else None)
    text += ".astype(int)" if "picture(" in text else ""
    given = f"kernel = np.array({array_text(kernel)}){'[::-1, ::-1].copy()' if turned else ''}"
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
