"""Gradient check: does backward say what moving each number a little says?"""

import copy
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from cnnlib.nn.layers import Array, Layer
from cnnlib.nn.losses import Loss
from cnnlib.nn.model import Sequential
from cnnlib.shapes import as_numbers


class GradientMismatch(ValueError):
    """A derivative that backward has wrong; the message names it."""


@dataclass(frozen=True)
class GradientReport:
    """What a check has found right."""

    checked: int  # derivatives compared
    largest_difference: float  # between a derivative of backward and its finite difference
    where: str  # of that one, as in "Dense(4, 2) weight[0, 3]"

    def __str__(self) -> str:
        largest = f"{self.largest_difference:.1e}"
        return f"{self.checked} derivatives agree; largest difference {largest} at {self.where}"


def gradient_check(
    layer: Layer | Sequential,
    x: ArrayLike,
    targets: ArrayLike | None = None,
    *,
    loss: Loss | None = None,
    step: float = 1e-5,
    tolerance: float = 1e-5,
    samples: int = 100,
    seed: int = 0,
) -> GradientReport:
    """Compare backward with finite differences, ``(f(w + step) - f(w - step)) / (2 step)``, in float64.

    f is the loss; without one, the sum of all outputs, each times a random number. At a kink, such as ReLU's
    at 0, anything from the slope on the left to that on the right is right. Neither the layer nor x changes.

    Parameters
    ----------
    layer : Layer or Sequential
        Frozen layers pass without their weights.
    x : array, (N, ...)
        A batch; small is enough.
    targets : array, optional
        For the loss.
    loss : function, optional
        ``loss(outputs, targets) -> (loss, gradient)``, such as `softmax_cross_entropy`.
    step : float
        How far to move each number, up and down.
    tolerance : float
        Allowed difference, as a share of the larger derivative, or of 0.001 if that is more.
    samples : int
        How many numbers of each array to move at most, drawn by `seed`.
    seed : int

    Returns
    -------
    GradientReport

    Raises
    ------
    GradientMismatch
        For the first derivative that differs: layer, parameter, index, both values. Also if backward's answer
        is missing or of another shape.

    Notes
    -----
    Goodfellow, Bengio and Courville (2016), *Deep Learning*, section 11.5.

    Examples
    --------
    >>> from cnnlib.nn import Dense
    >>> gradient_check(Dense(3, 2), [[1.0, -2.0, 0.5]]).checked
    11
    """
    x = as_numbers("gradient_check", x).astype(np.float64)
    probe = _Probe(layer, x, targets, loss, np.random.default_rng(seed))
    found = []
    for name, array, gradient in probe.arrays():
        for index in _indices(array.shape, samples, probe.rng):
            backprop, where = float(gradient[index]), f"{name}[{', '.join(map(str, index))}]"
            numeric, left, right = probe.slopes(array, index, step)
            allowed = tolerance * max(1e-3, abs(numeric), abs(backprop))
            difference = abs(numeric - backprop)
            if difference > allowed:  # unless the slope changes just here
                difference = max(min(left, right) - backprop, backprop - max(left, right), 0.0)
            if not difference <= allowed:
                raise GradientMismatch(f"{where}: backprop {backprop:.6g}, finite differences {numeric:.6g}")
            found.append((difference, where))
    return GradientReport(len(found), *max(found))


class _Probe:
    """A float64 copy of the layer and its input, of which single numbers are moved."""

    def __init__(
        self,
        layer: Layer | Sequential,
        x: Array,
        targets: ArrayLike | None,
        loss: Loss | None,
        rng: np.random.Generator,
    ) -> None:
        whole = isinstance(layer, Sequential)
        self.model = copy.deepcopy(layer if whole else Sequential(layer, seed=None)).astype(np.float64)
        for part in self.model:
            part.forget()  # else there would be more to copy for each number
        self.names = [f"layer {i}, {part!r}" if whole else repr(part) for i, part in enumerate(self.model)]
        self.input_name = "Sequential input" if whole else f"{layer!r} input"
        self.x = x
        self.targets = targets
        self.rng = rng
        self.loss = loss or self._random_sum
        self.factors: Array | None = None
        self.value = 0.0

    def _random_sum(self, outputs: Array, targets: None) -> tuple[float, Array]:
        if self.factors is None:
            self.factors = self.rng.normal(size=outputs.shape)
        return float((outputs * self.factors).sum()), self.factors

    def _forward(self) -> tuple[Sequential, float, Array]:
        fresh = copy.deepcopy(self.model)  # so that Dropout drops the same numbers each time
        return fresh, *self.loss(fresh.forward(self.x, training=True), self.targets)

    def arrays(self) -> Iterator[tuple[str, Array, Array]]:
        """Yield the name, the array and backward's gradient: first of the input, then of all weights."""
        done, self.value, gradient = self._forward()
        yield _checked(self.input_name, self.x, done.backward(gradient, input_gradient=True))
        for place, layer, after in zip(self.names, self.model, done, strict=True):
            for name, weight in () if layer.frozen else layer.weights.items():
                yield _checked(f"{place} {name}", weight, after.gradients.get(name))

    def slopes(self, array: Array, index: tuple[int, ...], step: float) -> tuple[float, float, float]:
        """Return the slope across one number, and those on its left and on its right."""
        middle = array[index]
        array[index] = middle - step
        below = self._forward()[1]
        array[index] = middle + step
        above = self._forward()[1]
        array[index] = middle
        return (above - below) / (2 * step), (self.value - below) / step, (above - self.value) / step


def _checked(name: str, array: Array, gradient: Array | None) -> tuple[str, Array, Array]:
    shape = None if gradient is None else np.shape(gradient)
    if shape != array.shape:
        found = "no gradient" if shape is None else f"a gradient {shape}"
        raise GradientMismatch(
            f"{name}: backward gives {found} for {array.shape}; it needs one of that shape"
        )
    return name, array, np.asarray(gradient)


def _indices(shape: tuple[int, ...], samples: int, rng: np.random.Generator) -> Iterator[tuple[int, ...]]:
    size = int(np.prod(shape))
    chosen = np.arange(size) if size <= samples else np.sort(rng.choice(size, samples, replace=False))
    for flat in chosen:
        yield tuple(int(i) for i in np.unravel_index(flat, shape))
