"""From light to numbers: a sensor's photosites (buckets for light), and the voltages they give.

What comes next can be had here too: samples (`cnnlib.sampling`) and codes (`cnnlib.quantization`).
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cnnlib.quantization import dequantize, quantization_error, quantization_step, quantize, sqnr
from cnnlib.ranges import finite, finite_above_0, whole
from cnnlib.sampling import alias_frequency, sample, stripe_wave
from cnnlib.shapes import as_numbers, pair

__all__ = [
    "alias_frequency",
    "bucket_means",
    "dequantize",
    "expose",
    "pixels_per_cm",
    "quantization_error",
    "quantization_step",
    "quantize",
    "sample",
    "sqnr",
    "stripe_wave",
    "summed_area_table",
    "table_means",
]


def bucket_means(scene: ArrayLike, buckets: int | Sequence[int]) -> NDArray[np.float64]:
    """Lay a grid of light-collecting buckets over a scene, and average the light that falls into each.

    Parameters
    ----------
    scene : array, (H, W) or (H, W, C)
        Brightness, at least 0.
    buckets : int or (rows, cols)
        Size of the grid. A pixel across the rim of a bucket counts by the share of it that lies inside.

    Returns
    -------
    ndarray of float64, (rows, cols) or (rows, cols, C)
        Mean brightness, exact to the last rounding for whole numbers.

    Raises
    ------
    ValueError
        For a scene of another shape, one with negative or infinite light or NaN, or no bucket.

    Examples
    --------
    >>> bucket_means([[0, 0, 60], [0, 0, 60], [0, 0, 60]], 2)
    array([[ 0., 40.],
           [ 0., 40.]])
    """
    return _means("bucket_means", _table("bucket_means", scene), buckets)


def summed_area_table(scene: ArrayLike) -> NDArray[np.float64]:
    """Add up the light above and left of each corner of a pixel, for the means of any grid of buckets.

    Parameters
    ----------
    scene : array, (H, W) or (H, W, C)
        Brightness, at least 0.

    Returns
    -------
    ndarray of float64, (H + 1, W + 1) or (H + 1, W + 1, C)
        Exact for whole numbers whose sum is below 2**53.

    Raises
    ------
    ValueError
        For a scene of another shape, or one with negative or infinite light or NaN.

    Notes
    -----
    F. Crow, *Summed-area tables for texture mapping*, SIGGRAPH 1984.

    Examples
    --------
    >>> summed_area_table([[1, 2], [3, 4]])
    array([[ 0.,  0.,  0.],
           [ 0.,  1.,  3.],
           [ 0.,  4., 10.]])
    """
    return _table("summed_area_table", scene)


def table_means(table: ArrayLike, buckets: int | Sequence[int]) -> NDArray[np.float64]:
    """Average the light of each bucket, as `bucket_means` does, from the scene's `summed_area_table`.

    Parameters
    ----------
    table : array, (H + 1, W + 1) or (H + 1, W + 1, C)
    buckets : int or (rows, cols)
        Size of the grid.

    Returns
    -------
    ndarray of float64, (rows, cols) or (rows, cols, C)
        Mean brightness.

    Raises
    ------
    ValueError
        For what is no such table, or no bucket.

    Examples
    --------
    >>> table_means(summed_area_table([[1, 2], [3, 4]]), 1)
    array([[2.5]])
    """
    table = as_numbers("table_means", table).astype(np.float64, copy=False)
    if table.ndim not in (2, 3) or min(table.shape[:2]) < 2 or table[0].any() or table[:, 0].any():
        raise ValueError(
            f"table_means: shape {table.shape} is no table, or its first row or column is not 0; give "
            "summed_area_table(scene)"
        )
    return _means("table_means", table, buckets)


def _table(where: str, scene: ArrayLike) -> NDArray[np.float64]:
    light = _brightness(where, scene)
    if light.ndim not in (2, 3) or 0 in light.shape:
        raise ValueError(f"{where}: shape {light.shape} is no scene; give (H, W) or (H, W, C) with pixels")
    table = np.zeros((light.shape[0] + 1, light.shape[1] + 1, *light.shape[2:]))
    np.cumsum(light, axis=0, out=table[1:, 1:])
    return np.cumsum(table, axis=1, out=table)


def _means(where: str, table: NDArray[np.float64], buckets: int | Sequence[int]) -> NDArray[np.float64]:
    rows, cols = pair(where, "buckets", buckets)
    height, width = table.shape[0] - 1, table.shape[1] - 1
    sums = table
    for axis, count in sorted(enumerate((rows, cols)), key=lambda each: each[1] / table.shape[each[0]]):
        sums = _between_rims(sums.swapaxes(0, axis), count).swapaxes(0, axis)  # first where most is left out
    return np.maximum(sums, 0) / (height * width)  # no light below 0 by rounding


def _between_rims(table: NDArray[np.float64], buckets: int) -> NDArray[np.float64]:
    """Return what each bucket adds to the sums down the first axis, each pixel `buckets` units long."""
    pixel, units = np.divmod(np.arange(buckets + 1) * (len(table) - 1), buckets)  # where the rims lie
    next_pixel = np.minimum(pixel + 1, len(table) - 1)
    units = units.reshape(-1, *[1] * (table.ndim - 1))
    at_rims = table[pixel]
    at_rims *= buckets - units  # in place: large new arrays take longer than sums
    at_rims += units * table[next_pixel]
    return at_rims[1:] - at_rims[:-1]


def expose(
    scene: ArrayLike,
    *,
    exposure: float = 5.0,
    noise: float = 0.0,
    full_well: float = 5.0,
    rng: "np.random.Generator | int | None" = None,  # quoted: numpy.random loads when it is used, not before
) -> NDArray[np.float64]:
    """Collect light in photosites and read their volts: ``brightness * exposure + noise``, 0 to `full_well`.

    Parameters
    ----------
    scene : array of any shape
        Brightness, at least 0.
    exposure : float
        Volts that brightness 1 gives: exposure (how long the shutter is open) and gain together.
    noise : float
        Standard deviation in volts of what chance adds to each photosite.
    full_well : float
        Volts of a full photosite; more light spills over and is lost.
    rng : numpy.random.Generator or int, optional
        Where the noise comes from, or its seed; needed if there is any.

    Returns
    -------
    ndarray of float64
        Volts, in the shape of `scene`. Saturated photosites hold exactly `full_well`, empty ones 0.

    Raises
    ------
    ValueError
        For negative or infinite light or NaN, a setting that is negative or not finite, a full well of 0,
        or noise without `rng`.

    Notes
    -----
    Normal noise of one size stands for all that a real sensor has; of those, shot noise grows with the
    square root of the light (European Machine Vision Association, *Standard 1288*, section 2).

    Examples
    --------
    >>> expose([0.0, 0.5, 2.0])
    array([0. , 2.5, 5. ])
    """
    volts = _brightness("expose", scene) * finite("expose", "exposure", exposure)
    full_well = finite_above_0("expose", "full_well", full_well)
    if finite("expose", "noise", noise) > 0:
        if rng is None:
            raise ValueError(f"expose: noise {noise} needs rng; give one such as np.random.default_rng(0)")
        volts = volts + np.random.default_rng(rng).normal(0, noise, volts.shape)
    return np.clip(volts, 0, full_well)


def pixels_per_cm(shape: Sequence[int], paper: Sequence[float]) -> tuple[float, float]:
    """Return how finely a picture is printed: pixels over centimetres, down and across.

    Parameters
    ----------
    shape : (H, W) or (H, W, C)
        Of the picture, in pixels.
    paper : (height, width)
        Of the print, in cm.

    Returns
    -------
    (down, across) : floats
        Pixels per cm; times 2.54 they are pixels per inch. Different numbers mean a picture out of shape.

    Raises
    ------
    ValueError
        If a size is missing or not above 0.

    Examples
    --------
    >>> pixels_per_cm((1200, 1800, 3), (10, 15))
    (120.0, 120.0)
    """
    if len(shape) < 2 or len(paper) != 2:
        raise ValueError(f"pixels_per_cm: shape {shape} or paper {paper} is no height and width; give both")
    height, width = (whole("pixels_per_cm", "each size", size) for size in shape[:2])
    down, across = (finite_above_0("pixels_per_cm", "each side of the paper", side) for side in paper)
    return height / down, width / across


def _brightness(where: str, scene: ArrayLike) -> NDArray[np.float64]:
    light = as_numbers(where, scene).astype(np.float64)
    if not (np.isfinite(light) & (light >= 0)).all():
        raise ValueError(
            f"{where}: the scene holds NaN, infinite or negative light; give finite numbers from 0"
        )
    return light
