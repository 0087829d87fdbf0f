"""Activations as layers: a function of each number by itself, so its gradient needs only itself.

If ``y = f(x)``, a small change of `x` changes `y` by ``f'(x)`` times as much, and the loss by
``gradient * f'(x)`` times as much: the chain rule. That product is the whole of every `backward` here.
"""

import numpy as np
from numpy.typing import ArrayLike

from cnnlib.activations import leaky_relu, relu, sigmoid, tanh
from cnnlib.nn.layers import Array, Layer


class ReLU(Layer):
    """Replace negative numbers by 0.

    ``y = max(x, 0)`` rises by 1 with `x` where it is positive, and not at all elsewhere: the gradient passes
    where ``y > 0``. At exactly 0, where there is a corner, it is stopped, as in PyTorch.

    Notes
    -----
    Nair and Hinton (2010), *Rectified linear units improve restricted Boltzmann machines*.

    Examples
    --------
    >>> layer = ReLU()
    >>> layer.forward([[-2, 3]])
    array([[0., 3.]], dtype=float32)
    >>> layer.backward([[10, 10]])
    array([[ 0., 10.]], dtype=float32)
    """

    def forward(self, x: ArrayLike) -> Array:
        """Cut off what is negative."""
        self._kept = y = relu(self._accept(x))
        return y

    def backward(self, gradient: ArrayLike, *, input_gradient: bool = True) -> Array | None:
        """Let the gradient through where the output is positive."""
        y = self._recall()
        return self._matching(gradient, y.shape) * (y > 0) if input_gradient else None


class LeakyReLU(Layer):
    """Shrink negative numbers instead of cutting them off.

    ``y = x`` where x > 0, else ``slope * x``; so the gradient passes whole, or times the slope.

    Parameters
    ----------
    slope : float
        Share of a negative number that is let through.

    Notes
    -----
    Maas, Hannun and Ng (2013), *Rectifier nonlinearities improve neural network acoustic models*.

    Examples
    --------
    >>> layer = LeakyReLU(0.1)
    >>> layer.forward([[-2, 3]])
    array([[-0.2,  3. ]], dtype=float32)
    >>> layer.backward([[10, 10]])
    array([[ 1., 10.]], dtype=float32)
    """

    def __init__(self, slope: float = 0.01) -> None:
        super().__init__()
        self.slope = float(slope)

    def forward(self, x: ArrayLike) -> Array:
        """Shrink what is negative."""
        self._kept = x = self._accept(x)
        return leaky_relu(x, self.slope)

    def backward(self, gradient: ArrayLike, *, input_gradient: bool = True) -> Array | None:
        """Shrink the gradient where the input is negative."""
        x = self._recall()
        gradient = self._matching(gradient, x.shape)
        return np.where(x > 0, gradient, gradient * self.slope) if input_gradient else None

    def _arguments(self) -> list[str]:
        return [] if self.slope == 0.01 else [str(self.slope)]


class Tanh(Layer):
    """Squeeze every number into -1 to 1.

    ``y = tanh(x)`` has the derivative ``1 - tanh(x)^2 = 1 - y^2``, at most 1 and nearly 0 where y is near -1
    or 1: a *saturated* number learns slowly.

    Notes
    -----
    LeCun et al. (1998), *Gradient-based learning applied to document recognition*: in LeNet-5, scaled.

    Examples
    --------
    >>> layer = Tanh()
    >>> layer.forward([[0.0, 1.0]]).round(4)
    array([[0.    , 0.7616]])
    >>> layer.backward([[1.0, 1.0]]).round(4)
    array([[1.  , 0.42]])
    """

    def forward(self, x: ArrayLike) -> Array:
        """Squeeze into -1 to 1."""
        self._kept = y = tanh(self._accept(x))
        return y

    def backward(self, gradient: ArrayLike, *, input_gradient: bool = True) -> Array | None:
        """Multiply the gradient by ``1 - y^2``."""
        y = self._recall()
        return self._matching(gradient, y.shape) * (1 - y * y) if input_gradient else None


class Sigmoid(Layer):
    """Squeeze every number into 0 to 1.

    ``y = 1 / (1 + exp(-x))`` has the derivative ``exp(-x) / (1 + exp(-x))^2 = y (1 - y)``, at most 1/4: each
    such layer shrinks the gradient at least fourfold, which is why deep networks gave it up for ReLU.

    Notes
    -----
    Goodfellow, Bengio and Courville (2016), *Deep Learning*, equation 3.30 and section 6.3.2.

    Examples
    --------
    >>> layer = Sigmoid()
    >>> layer.forward([[0.0, 1.0]]).round(4)
    array([[0.5   , 0.7311]])
    >>> layer.backward([[1.0, 1.0]]).round(4)
    array([[0.25  , 0.1966]])
    """

    def forward(self, x: ArrayLike) -> Array:
        """Squeeze into 0 to 1."""
        self._kept = y = sigmoid(self._accept(x))
        return y

    def backward(self, gradient: ArrayLike, *, input_gradient: bool = True) -> Array | None:
        """Multiply the gradient by ``y (1 - y)``."""
        y = self._recall()
        return self._matching(gradient, y.shape) * (y * (1 - y)) if input_gradient else None
