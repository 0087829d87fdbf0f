"""What a lesson hands to a demo, checked before it is drawn."""

import numpy as np
from numpy.typing import ArrayLike

from cnnlib.display import sums_to_zero
from cnnlib.pictures import picture
from cnnlib.shapes import as_numbers, wide

LONGEST_SIDE = 1024  # a larger picture answers too slowly to be played with


def picture_of(where: str, image: str | ArrayLike, *, colour: bool = False) -> np.ndarray:
    """Return a picture given by its name or as numbers, which are copied, in int64 or float64.

    Parameters
    ----------
    where : str
        The demo that asks, for the error.
    image : str or array, (H, W), or (H, W, 3) where `colour` is allowed
        No side longer than 1024.

    Raises
    ------
    ValueError
        If the name is unknown, the picture too large, the shape another, or a number NaN or infinite.

    Examples
    --------
    >>> picture_of("explore_shift", [[1, 2]])
    array([[1, 2]])
    """
    array = _grid(where, "image", picture(image) if isinstance(image, str) else image, colour)
    if max(array.shape) > LONGEST_SIDE:
        raise ValueError(
            f"{where}: image {array.shape} has a side longer than {LONGEST_SIDE} pixels; make it smaller, "
            "for example with load_image(file, max_side=512)"
        )
    return array


def named_picture(where: str, image: str | ArrayLike, values: dict, *, colour: bool = False) -> dict:
    """Return `picture_of` as a demo's `image`, and its `name`, if it has one, for the text to run."""
    name = image if isinstance(image, str) else None
    return {"image": picture_of(where, image, colour=colour), "name": name}


def kernel_of(where: str, kernel: ArrayLike, *, colour: bool = False, filters: bool = False) -> np.ndarray:
    """Return a kernel's weights, copied, in int64 or float64; the errors are those of `picture_of`.

    Weights that add up to 0 but for the rounding of a smaller float do so afterwards, too.
    Where `filters` are allowed, (F, 3, KH, KW) will do, too.

    Examples
    --------
    >>> kernel_of("explore_filters", [[-1, 1]])
    array([[-1,  1]])
    """
    array = _grid(where, "kernel", kernel, colour, filters)
    if sums_to_zero(as_numbers(where, kernel)):
        array[np.unravel_index(np.abs(array).argmax(), array.shape)] -= array.sum()
    return array


def _grid(where: str, what: str, values: ArrayLike, colour: bool, filters: bool = False) -> np.ndarray:
    """Return a copy of numbers in rows and columns, or in rows, columns and three colours."""
    array = wide(as_numbers(where, values))
    shapes = "(H, W) or (H, W, 3)" if colour else "(H, W)"
    shapes += ", or (F, 3, H, W) for F filters" if filters else ""
    gray, in_colour = array.ndim == 2, array.ndim == 3 and array.shape[-1] == 3
    many = array.ndim == 4 and array.shape[1] == 3
    if not (gray or (colour and in_colour) or (filters and many)) or array.size == 0:
        raise ValueError(f"{where}: {what} {array.shape} cannot be drawn; give one of shape {shapes}")
    if not np.isfinite(array).all():
        raise ValueError(f"{where}: {what} holds NaN or infinity; replace them, as np.nan_to_num does")
    return array
