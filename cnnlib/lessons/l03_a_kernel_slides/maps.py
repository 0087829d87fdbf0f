"""Lesson 03, after the microscope: what a kernel does to a whole map, and what one pixel does to it."""

from collections.abc import Iterable
from functools import partial

import numpy as np
from numpy.typing import ArrayLike

from cnnlib.convolution import conv2d
from cnnlib.demo import controls as make
from cnnlib.demo.code import convolution_code, image_text
from cnnlib.demo.colormaps import largest
from cnnlib.demo.controls import Cells
from cnnlib.demo.frame import Demo
from cnnlib.demo.inputs import kernel_of, picture_of
from cnnlib.demo.numbers import number_text
from cnnlib.demo.parts import kernel_panel
from cnnlib.demo.view import INVENTED, PLAIN, View, Window, gray, signed
from cnnlib.demo.words import count_text
from cnnlib.demo.zoo import OWN_KERNEL, wire_zoo
from cnnlib.drawing import shapes_image
from cnnlib.kernels import KERNELS

ROOM = 243  # CSS pixels: three panels fit side by side
ONE_TO_NINE = np.arange(1, 10).reshape(3, 3)


def explore_two_kernels(
    first: str = "Prewitt, columns",
    second: str = "Prewitt, rows",
    *,
    hide: Iterable[str] = (),
    lock: Iterable[str] = (),
) -> Demo:
    """Show two kernels, their two maps of one picture, and where the maps differ.

    Parameters
    ----------
    first, second : str
        Names from `cnnlib.KERNELS`; the learner can choose others and change each cell.
    hide, lock : str or iterable of str
        Controls to hide or to hold.

    Returns
    -------
    Demo
        With `output`, the first map minus the second.

    Raises
    ------
    ValueError
        If a name is unknown.

    Examples
    --------
    >>> explore_two_kernels("outline", "outline").text
    'The two maps are equal in every place: the two kernels hold the same numbers.'
    """
    zoo = [*(name for name, kernel in KERNELS.items() if kernel.matrix.shape == (3, 3)), OWN_KERNEL]
    settings = {
        "first": make.choice("kernel A", zoo, KERNELS[first].name),
        "second": make.choice("kernel B", zoo, KERNELS[second].name),
        "a": Cells(KERNELS[first].matrix),
        "b": Cells(KERNELS[second].matrix),
    }
    demo = Demo("Two kernels, two maps", "what does each one see?", settings, _two_maps, hide=hide, lock=lock)
    wire_zoo(demo, "first", "a")
    wire_zoo(demo, "second", "b")
    return demo


def _two_maps(*, a, b, **_) -> View:
    image = shapes_image(64)
    maps = conv2d(image, a), conv2d(image, b)
    difference = maps[0] - maps[1]
    limit = max(largest(m) for m in maps)
    more = {"size": 190, "limit": limit}
    panels = [
        gray("image", image, "the picture, 64 × 64", size=192),
        kernel_panel("a", a, "kernel A", edit="a"),
        signed("map a", maps[0], "map A", symbol="=", **more),
        kernel_panel("b", b, "kernel B", edit="b", new_row=True),
        signed("map b", maps[1], "map B", symbol="=", **more),
        signed("difference", difference, "map A − map B", **more),
    ]
    return View(panels, _compared(a, b, difference), output=difference)


def _compared(a: np.ndarray, b: np.ndarray, difference: np.ndarray) -> str:
    if not difference.any():
        why = "hold the same numbers" if np.array_equal(a, b) else "cannot be told apart on this picture"
        return f"The two maps are equal in every place: the two kernels {why}."
    share, most = np.mean(difference != 0), number_text(largest(difference))
    return (
        f"The maps differ in {round(100 * share)} of 100 places, by up to {most}. "
        "One picture, and each kernel makes its own map of it."
    )


def explore_shift(
    image: str | ArrayLike = "arrow", *, hide: Iterable[str] = (), lock: Iterable[str] = ()
) -> Demo:
    """Move the single 1 of a kernel, and see the picture move.

    Parameters
    ----------
    image : str or array, (H, W)
    hide, lock : str or iterable of str
        Controls to hide or to hold.

    Returns
    -------
    Demo
        With `output`, the moved picture, as large as the first.

    Examples
    --------
    >>> demo = explore_shift()
    >>> demo.col.value = 2
    >>> demo.text
    'The 1 sits right of the centre. Each output fetches the pixel right of it, so the picture moves left.'
    """
    name, image = image, picture_of("explore_shift", image)
    settings = {
        "row": make.slider("row of the 1", 1, 0, 2),
        "col": make.slider("column of the 1", 1, 0, 2),
    }
    view = partial(_shifted, name, image)
    question = "where does the picture go?"
    return Demo("The kernel with a single 1", question, settings, view, hide=hide, lock=lock)


def _shifted(name: str | ArrayLike, image: np.ndarray, row: int, col: int) -> View:
    kernel = np.zeros((3, 3), int)
    kernel[row, col] = 1
    output = conv2d(image, kernel, padding=1)
    inside = conv2d(np.ones_like(image), kernel, padding=1)  # 0 where the 1 fetches an invented pixel
    marks = np.where(inside, PLAIN, INVENTED).astype(np.uint8)
    caption = (
        "the output; hatched cells lay outside\nthe picture and count as 0" if marks.any() else "the output"
    )
    more = {"size": min(27 * max(image.shape), ROOM), "high": max(image.max(), 1)}
    panels = [
        gray("image", image, "the picture", **more),
        kernel_panel("kernel", kernel, "kernel: point at a cell", point="row col", cursor=(row, col)),
        gray("output", output, caption, symbol="=", marks=marks, **more),
    ]
    return View(
        panels,
        _where_to(row - 1, col - 1),
        output=output,
        code=lambda: convolution_code(image_text(image, name), kernel, padding=1),
    )


def _where_to(down: int, right: int) -> str:
    if not (down or right):
        return "The 1 sits in the centre. Each output fetches its own pixel: the picture stays as it is."
    ways = [("above", "", "below")[down + 1], ("left of", "", "right of")[right + 1]]
    back = [("down", "", "up")[down + 1], ("right", "", "left")[right + 1]]
    where = " and ".join(way for way in ways if way)
    goes = " and ".join(way for way in back if way)
    fetches = f"Each output fetches the pixel {where} it, so the picture moves {goes}."
    return f"The 1 sits {where} the centre. {fetches}"


def explore_ripple(
    image: str | ArrayLike = "arrow",
    kernel: ArrayLike = ONE_TO_NINE,
    *,
    hide: Iterable[str] = (),
    lock: Iterable[str] = (),
) -> Demo:
    """Change one pixel, and see which numbers of the feature map change with it.

    Parameters
    ----------
    image : str or array, (H, W)
    kernel : array, (KH, KW)
    hide, lock : str or iterable of str
        Controls to hide or to hold.

    Returns
    -------
    Demo
        With `output`, how much each number of the map changes.

    Raises
    ------
    ValueError
        If the kernel does not fit on the picture.

    Examples
    --------
    >>> explore_ripple().output[2:5, 2:5].tolist()
    [[9, 8, 7], [6, 5, 4], [3, 2, 1]]
    """
    image = picture_of("explore_ripple", image)
    settings = {
        "amount": make.slider("add to the pixel", 1, -9, 9),
        "row": make.whole_number("row", image.shape[0] // 2, image.shape[0] - 1),
        "col": make.whole_number("column", image.shape[1] // 2, image.shape[1] - 1),
        "kernel": Cells(kernel_of("explore_ripple", kernel)),
    }
    view = partial(_ripple, image)
    return Demo("One pixel changes", "how far does it reach?", settings, view, hide=hide, lock=lock)


def _ripple(image: np.ndarray, amount: int, row: int, col: int, kernel: np.ndarray) -> View:
    changed = image.copy()
    changed[row, col] += amount
    difference = conv2d(changed, kernel) - conv2d(image, kernel)
    cell = min(25, ROOM / max(image.shape))
    height, width = kernel.shape
    panels = [
        gray(
            "image",
            changed,
            "point at a pixel",
            low=image.min() - 9,
            high=image.max() + 9,
            size=cell * max(image.shape),
            point="row col",
            cursor=(row, col),
        ),
        kernel_panel("kernel", kernel, "kernel: click a cell\nto change it", size=102, edit="kernel"),
        signed("change", difference, "change of the map", size=cell * max(difference.shape), symbol="→"),
    ]
    # A pixel is read by the windows that start up to one kernel above and left of it.
    reach = Window("image", "change", kernel.shape, start=(1 - height, 1 - width))
    touched = int(np.count_nonzero(difference))
    if amount == 0:
        unchanged = (
            f"Nothing is added to the pixel in row {row}, column {col}, so nothing changes in the map."
        )
        return View(panels, unchanged, windows=[reach], output=difference)
    sentence = (
        f"The pixel in row {row}, column {col} changes by {number_text(amount)}. "
        f"{count_text(touched, 'number').capitalize()} of the map's {difference.size} "
        f"{'changes' if touched == 1 else 'change'}; the others do not see it."
    )
    return View(panels, sentence, windows=[reach], output=difference)
