"""The analog-to-digital converter (ADC): voltages to whole-number codes and back, and what gets lost."""

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cnnlib.ranges import finite_above_0, whole, whole_codes
from cnnlib.shapes import as_numbers

MAX_BITS = 16
EDGE = 1e-9  # in steps: far above what floats round off at 16 bits, far below what one can see
PLACES = {"middle": 0.5, "lower": 0.0}


def quantization_step(bits: int, full_scale: float) -> float:
    """Return the width in volts of each level of an ADC: ``full_scale / 2**bits``.

    Parameters
    ----------
    bits : int
        1 to 16.
    full_scale : float
        Volts of the whole range.

    Returns
    -------
    float
        Volts.

    Raises
    ------
    ValueError
        If `bits` is not a whole number from 1 to 16, or `full_scale` not positive and finite.

    Examples
    --------
    >>> quantization_step(4, 5.0)
    0.3125
    """
    full_scale = finite_above_0("quantization_step", "full_scale", full_scale)
    return full_scale / 2 ** whole("quantization_step", "bits", bits, 1, MAX_BITS)


def quantize(volts: ArrayLike, bits: int, full_scale: float, *, ties: str = "up") -> NDArray[np.int64]:
    """Turn voltages into codes, as an ADC does: ``floor(volts / step)``, from 0 to ``2**bits - 1``.

    Code k stands for k to k + 1 steps. Below 0 V an ADC answers 0, from `full_scale` on its highest code.

    Parameters
    ----------
    volts : array of any shape
        Infinite voltages count as out of range.
    bits : int
        1 to 16.
    full_scale : float
        Volts of the whole range; ``step = full_scale / 2**bits``.
    ties : {"up", "down"}
        The code of a voltage on the edge between two: the upper one, or the lower one, so that the upper
        begins strictly above. Within a billionth of a step of an edge counts as on it, since floats
        round: 0.3 and 3 * 0.1 are not the same float, nor is either the decimal number.

    Returns
    -------
    ndarray of int64
        Codes, in the shape of `volts`.

    Raises
    ------
    ValueError
        For NaN, which no code stands for, or a setting that is out of its range.

    Notes
    -----
    Gray and Neuhoff (1998), *Quantization*, IEEE Transactions on Information Theory 44(6), section I.

    Examples
    --------
    >>> quantize([-1.0, 2.4, 2.5, 5.0], 3, 5.0)
    array([0, 3, 4, 7])
    >>> quantize([-1.0, 2.4, 2.5, 5.0], 3, 5.0, ties="down")
    array([0, 3, 3, 7])
    """
    volts = _voltages("quantize", volts)
    levels = 2 ** whole("quantize", "bits", bits, 1, MAX_BITS)
    full_scale = finite_above_0("quantize", "full_scale", full_scale)
    if ties not in ("up", "down"):
        raise ValueError(f"quantize: ties {ties!r} is unknown; use 'up' or 'down'")
    steps = np.clip(volts, 0, full_scale) / full_scale * levels
    edge = np.rint(steps)
    codes = np.where(np.abs(steps - edge) <= EDGE, edge - (ties == "down"), np.floor(steps))
    return np.clip(codes, 0, levels - 1).astype(np.int64)


def dequantize(codes: ArrayLike, bits: int, full_scale: float, *, at: str = "middle") -> NDArray[np.float64]:
    """Turn codes back into voltages: ``(code + 1/2) * step``, or ``code * step`` at the lower edge.

    Parameters
    ----------
    codes : array of ints, any shape
        From 0 to ``2**bits - 1``.
    bits, full_scale
        As for `quantize`.
    at : {"middle", "lower"}
        Where in its level the voltage is put. In the middle no voltage in range is missed by more than half
        a step, at the lower edge by up to a whole one.

    Returns
    -------
    ndarray of float64
        Volts, in the shape of `codes`.

    Raises
    ------
    ValueError
        For codes that are not whole or not in their range, or a setting that is out of its own.

    Examples
    --------
    >>> dequantize([0, 4, 7], 3, 5.0)
    array([0.3125, 2.8125, 4.6875])
    """
    bits = whole("dequantize", "bits", bits, 1, MAX_BITS)
    codes = whole_codes("dequantize", codes, bits)
    if at not in PLACES:
        raise ValueError(f"dequantize: at {at!r} is unknown; use 'middle' or 'lower'")
    step = finite_above_0("dequantize", "full_scale", full_scale) / 2**bits
    return (codes + PLACES[at]) * step


def quantization_error(
    volts: ArrayLike, bits: int, full_scale: float, *, ties: str = "up", at: str = "middle"
) -> NDArray[np.float64]:
    """Return what an ADC adds to each voltage: ``dequantize(quantize(volts)) - volts``.

    Parameters
    ----------
    volts, bits, full_scale, ties
        As for `quantize`.
    at
        As for `dequantize`.

    Returns
    -------
    ndarray of float64
        Volts, in the shape of `volts`.

    Raises
    ------
    ValueError
        As `quantize` and `dequantize`.

    Examples
    --------
    >>> quantization_error([2.5, 3.0], 3, 5.0)
    array([ 0.3125, -0.1875])
    """
    codes = quantize(volts, bits, full_scale, ties=ties)
    return dequantize(codes, bits, full_scale, at=at) - np.asarray(volts)


def sqnr(volts: ArrayLike, bits: int, full_scale: float, *, ties: str = "up", at: str = "middle") -> float:
    """Compare a signal with its quantization error: ``10 log10(variance / mean of error**2)``, in decibels.

    Parameters
    ----------
    volts, bits, full_scale, ties, at
        As for `quantization_error`; the voltages must be finite.

    Returns
    -------
    float
        Decibels: 6.02 more for each bit. Infinite without any error, minus infinity for a constant.

    Raises
    ------
    ValueError
        As `quantization_error`; also for infinite voltages, or none at all.

    Notes
    -----
    ``6.02 * bits`` for a ramp over the whole range. For a sine ``6.02 * bits + 1.76`` is the limit for many
    bits; with one bit it is 6.44. Bennett (1948), *Spectra of quantized signals*, Bell System Technical
    Journal 27(3).

    Examples
    --------
    >>> turn = np.arange(100_000) / 100_000 * 2 * np.pi
    >>> round(sqnr(2.5 + 2.5 * np.sin(turn), 8, 5.0), 2)
    49.79
    """
    volts = _voltages("sqnr", volts)
    if volts.size == 0 or not np.isfinite(volts).all():
        raise ValueError("sqnr: an infinite signal, or none, has no ratio; give finite voltages")
    noise = np.mean(quantization_error(volts, bits, full_scale, ties=ties, at=at) ** 2)
    if noise == 0:
        return math.inf
    signal = np.var(volts - volts.flat[0])  # so that a constant has no variance at all, not even by rounding
    return float(10 * np.log10(signal / noise)) if signal > 0 else -math.inf


def _voltages(where: str, volts: ArrayLike) -> NDArray[np.float64]:
    volts = as_numbers(where, volts).astype(np.float64)
    if np.isnan(volts).any():
        raise ValueError(f"{where}: the voltages hold NaN, for which there is no code; take it out first")
    return volts
