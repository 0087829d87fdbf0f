"""Optimisers: how the weights move, given their gradients."""

import math
from collections.abc import Iterator
from numbers import Real
from typing import Any

import numpy as np

from cnnlib.nn.layers import Array
from cnnlib.nn.model import Sequential


class Optimiser:
    """What `SGD` and `Adam` share: going through the weights, and remembering something for each of them.

    Attributes
    ----------
    model : Sequential
    learning_rate, weight_decay : float
        Can be changed between steps.
    """

    def __init__(self, model: Sequential, learning_rate: float, weight_decay: float) -> None:
        if not isinstance(model, Sequential):
            name = type(self).__name__
            raise ValueError(f"{name}: {model!r} is no Sequential; give the model first, as in {name}(model)")
        self._check("learning_rate", learning_rate, low=0, high=math.inf)
        self._check("weight_decay", weight_decay, low=0, high=math.inf)
        self.model = model
        self.learning_rate = learning_rate
        self.weight_decay = weight_decay
        self._memory: dict[str, dict[str, Any]] = {}

    def _check(self, name: str, value: float, low: float, high: float) -> None:
        if not isinstance(value, Real) or not low <= value < high:
            end = "" if high == math.inf else f", less than {high}"
            raise ValueError(
                f"{type(self).__name__}: {name} {value!r} must be a number of at least {low}{end}"
            )

    def reset(self) -> None:
        """Forget the earlier gradients, as if no step had been made."""
        self._memory.clear()

    def _moving(self) -> Iterator[tuple[Array, Array, dict[str, Any]]]:
        """Go through the weights that are not frozen, each with its gradient and what is remembered of it."""
        for index, layer in enumerate(self.model):
            for name, weight in () if layer.frozen else layer.weights.items():
                gradient = layer.gradients.get(name)
                if gradient is None:
                    raise ValueError(
                        f"{type(self).__name__}.step: layer {index}, {layer!r}, has no gradients yet; "
                        "call model.forward(x, training=True) and model.backward(gradient) first"
                    )
                if self.weight_decay:
                    gradient = gradient + float(self.weight_decay) * weight
                yield weight, gradient, self._memory.setdefault(f"{index}.{name}", {})


class SGD(Optimiser):
    """Stochastic gradient descent: a step downhill, and some of the step before.

    ``velocity = momentum * velocity + gradient + weight_decay * weight``, then
    ``weight = weight - learning_rate * velocity``.

    Parameters
    ----------
    model : Sequential
    learning_rate : float
    momentum : float
        Share of the last velocity that is kept, 0 up to 1.
    weight_decay : float
        Pull of every weight towards 0.

    Raises
    ------
    ValueError
        If a number is out of its range.

    Notes
    -----
    Sutskever et al. (2013), *On the importance of initialization and momentum in deep learning*; the velocity
    without the learning rate in it, as in PyTorch.

    Examples
    --------
    >>> from cnnlib.nn import Dense, Sequential
    >>> model = Sequential(Dense(2, 2))
    >>> model[0].gradients = {"weight": np.ones((2, 2)), "bias": np.array([1.0, 2.0])}
    >>> SGD(model, learning_rate=0.5).step()
    >>> model[0].weights["bias"]
    array([-0.5, -1. ], dtype=float32)
    """

    def __init__(
        self,
        model: Sequential,
        learning_rate: float = 0.05,
        momentum: float = 0.9,
        weight_decay: float = 0.0,
    ) -> None:
        super().__init__(model, learning_rate, weight_decay)
        self._check("momentum", momentum, low=0, high=1)
        self.momentum = momentum

    def step(self) -> None:
        """Move all weights that are not frozen, in place; ValueError if no `backward` came before."""
        for weight, gradient, memory in self._moving():
            if not memory:
                memory["velocity"] = np.zeros_like(weight)
            velocity = memory["velocity"]
            velocity *= float(self.momentum)
            velocity += gradient
            weight -= float(self.learning_rate) * velocity


def lower_rate(optimiser: str, rate: float) -> float:
    """Return a learning rate to try after one that was too large: Adam's ReLUs die from 0.1 on.

    Examples
    --------
    >>> lower_rate("SGD", 1), lower_rate("Adam", 1)
    (0.1, 0.01)
    """
    slower = float(f"{rate / 10:.12g}")
    return min(slower, 0.01) if optimiser == "Adam" else slower


class Adam(Optimiser):
    """Steps of much the same length for all weights, however large their gradients are.

    Two running means, of the gradients (m) and of their squares (v), each divided by how much of its sum has
    arrived after t steps: ``weight = weight - learning_rate * m / (sqrt(v) + epsilon)``.

    Parameters
    ----------
    model : Sequential
    learning_rate : float
    betas : (float, float)
        Share of each running mean that is kept at a step, 0 up to 1.
    epsilon : float
        Keeps the division from blowing up.
    weight_decay : float
        Added to the gradient as ``weight_decay * weight``, as in PyTorch's ``Adam`` (not ``AdamW``).

    Raises
    ------
    ValueError
        If a number is out of its range.

    Notes
    -----
    Kingma and Ba (2015), *Adam: a method for stochastic optimization*, algorithm 1.

    Examples
    --------
    >>> from cnnlib.nn import Dense, Sequential
    >>> model = Sequential(Dense(2, 2))
    >>> model[0].gradients = {"weight": np.ones((2, 2)), "bias": np.array([0.001, -2.0])}
    >>> Adam(model, learning_rate=0.5).step()
    >>> model[0].weights["bias"].round(3)
    array([-0.5,  0.5], dtype=float32)
    """

    def __init__(
        self,
        model: Sequential,
        learning_rate: float = 0.001,
        betas: tuple[float, float] = (0.9, 0.999),
        epsilon: float = 1e-8,
        weight_decay: float = 0.0,
    ) -> None:
        super().__init__(model, learning_rate, weight_decay)
        for beta in betas:
            self._check("betas", beta, low=0, high=1)
        self._check("epsilon", epsilon, low=0, high=math.inf)
        self.betas = betas
        self.epsilon = epsilon

    def step(self) -> None:
        """Move all weights that are not frozen, in place; ValueError if no `backward` came before."""
        keep_mean, keep_square = (float(beta) for beta in self.betas)
        for weight, gradient, memory in self._moving():
            if not memory:  # also a layer that was frozen until now starts at its own step 1
                memory.update(mean=np.zeros_like(weight), square=np.zeros_like(weight), steps=0)
            memory["steps"] += 1
            mean, square = memory["mean"], memory["square"]
            mean *= keep_mean
            mean += (1 - keep_mean) * gradient
            square *= keep_square
            square += (1 - keep_square) * gradient**2
            length = np.sqrt(square / (1 - keep_square ** memory["steps"])) + float(self.epsilon)
            weight -= float(self.learning_rate) / (1 - keep_mean ** memory["steps"]) * mean / length
