"""What a lesson hands to a demo, checked before it is drawn."""

import numpy as np
from numpy.typing import ArrayLike

from cnnlib.pictures import picture
from cnnlib.shapes import as_numbers


def picture_of(where: str, image: str | ArrayLike, *, colour: bool = False) -> np.ndarray:
    """Return a picture given by its name or as numbers, which are copied.

    Parameters
    ----------
    where : str
        The demo that asks, for the error.
    image : str or array, (H, W), or (H, W, 3) where `colour` is allowed

    Raises
    ------
    ValueError
        If the name is unknown, the shape is another, or a number is NaN or infinite.

    Examples
    --------
    >>> picture_of("explore_shift", [[1, 2]])
    array([[1, 2]])
    """
    array = picture(image) if isinstance(image, str) else as_numbers(where, image).copy()
    shapes = "(H, W) or (H, W, 3)" if colour else "(H, W)"
    gray, in_colour = array.ndim == 2, array.ndim == 3 and array.shape[-1] == 3
    if not (gray or (colour and in_colour)) or array.size == 0:
        raise ValueError(f"{where}: image {array.shape} cannot be drawn; give one of shape {shapes}")
    if not np.isfinite(array).all():
        raise ValueError(f"{where}: image holds NaN or infinity; replace them, as np.nan_to_num does")
    return array


def kernel_of(where: str, kernel: ArrayLike, *, colour: bool = False) -> np.ndarray:
    """Return a kernel's weights; the arguments and errors are those of `picture_of`.

    Examples
    --------
    >>> kernel_of("explore_filters", [[-1, 1]])
    array([[-1,  1]])
    """
    try:
        return picture_of(where, as_numbers(where, kernel), colour=colour)
    except ValueError as error:
        raise ValueError(str(error).replace("image", "kernel")) from None
