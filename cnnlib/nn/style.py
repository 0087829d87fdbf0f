"""Style in the small: which filters of a picture answer together, wherever they do.

A texture has no places: another piece of the same wood shows the grain elsewhere, and is wood. So forget the
places: multiply every two maps place by place and take the mean. What is left, a number for each pair of
filters, is the Gram matrix. Change a picture until it has that of a texture, and it has the texture's style.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cnnlib.nn.explaining import kept_forward, one_picture
from cnnlib.nn.layers import Array
from cnnlib.nn.model import Sequential
from cnnlib.ranges import finite_above_0, whole
from cnnlib.shapes import as_numbers


def gram(maps: ArrayLike) -> NDArray[np.float64]:
    """Say how much every two maps answer together: the mean, over all places, of their product.

    ``gram[i, j] = sum over places of maps[i] * maps[j] / (H * W)``

    Parameters
    ----------
    maps : array, (F, H, W)

    Returns
    -------
    ndarray of float64, (F, F)
        Symmetric. Whole-number maps are summed exactly, so that the order of the places does not matter to
        the last digit.

    Raises
    ------
    ValueError
        If the maps have not three axes with numbers on them.

    Notes
    -----
    Gatys, Ecker and Bethge (2016), *Image style transfer using convolutional neural networks*, equation 3,
    which is the sum; they divide by the places later, in equation 4. Here they are divided at once, so that
    pictures of different sizes can be compared.

    Examples
    --------
    >>> gram([[[1, 0, 3]], [[2, 5, 0]]])
    array([[3.33333333, 0.66666667],
           [0.66666667, 9.66666667]])
    """
    maps = as_numbers("gram", maps)
    if maps.ndim != 3 or maps.size == 0:
        raise ValueError(f"gram: maps {maps.shape} must be (F, H, W); give F maps of H rows and W columns")
    rows = maps.reshape(len(maps), -1)
    rows = rows.astype(np.int64 if rows.dtype.kind in "bui" else np.float64)
    return rows @ rows.T / rows.shape[1]


def match_gram(
    model: Sequential, picture: ArrayLike, target: ArrayLike, steps: int, *, high: float = 255
) -> Iterator[Array]:
    """Move a picture towards a Gram matrix by changing the pixels, not the filters: gradient descent.

    With the loss ``E``, the summed squares of ``gram(maps) - target``, each step takes ``E / |g|²`` times its
    gradient g off the picture; then all pixels are brought back to 0..high.

    Parameters
    ----------
    model : Sequential
        Maps come out of it: convolutions, and what lies between them. Its weights stay; its gradients are
        set on the way.
    picture : array, (C, H, W) or (H, W)
    target : array, (F, F)
        What `gram` makes of the texture's maps.
    steps : int
        How often, at least 1; one picture is yielded after each.
    high : float
        The brightest a pixel can be, above 0.

    Yields
    ------
    array, the shape of the picture
        A new one each time. It ends early only if the gradient is 0 everywhere.

    Raises
    ------
    ValueError
        At the first step: if the model makes no maps of the picture, or not as many as the target has rows;
        if picture or target hold NaN or infinity; if steps or high are out of range.

    Notes
    -----
    Gatys, Ecker and Bethge (2016), *Image style transfer using convolutional neural networks*, section 2.2.
    The step is Polyak's (1987), *Introduction to optimization*, section 5.3, for losses whose lowest value is
    known: here it is 0.

    Examples
    --------
    >>> from cnnlib.nn import Conv2D
    >>> model = Sequential(Conv2D(1, 1, 1)).astype(float)
    >>> model[0].weights["weight"][...] = 1
    >>> [round(float(now[0, 0]), 2) for now in match_gram(model, [[8]], [[100]], steps=3)]
    [9.12, 9.58, 9.8]
    """
    steps, high = whole("match_gram", "steps", steps), finite_above_0("match_gram", "high", high)
    now, target = one_picture("match_gram", model, picture), as_numbers("match_gram", target)
    if not (np.isfinite(now).all() and np.isfinite(target).all()):
        raise ValueError("match_gram: picture or target hold NaN or infinity; give finite numbers")
    for _ in range(steps):
        maps = kept_forward(model, now)
        if maps.ndim != 4 or target.shape != (maps.shape[1],) * 2:
            raise ValueError(
                f"match_gram: the model makes {maps.shape[1:]} of the picture, the target is {target.shape}; "
                "give a model that makes F maps, and a target (F, F)"
            )
        away = gram(maps[0]) - target
        slope = np.tensordot(4 * away / maps[0, 0].size, maps[0], axes=1)
        downhill = -model.backward(slope[None], input_gradient=True)
        if not (squared := np.sum(downhill**2)):
            return
        now = np.clip(now + np.sum(away**2) / squared * downhill, 0, high)
        yield now.reshape(np.shape(picture))
