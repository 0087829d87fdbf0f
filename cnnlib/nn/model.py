"""A network as a list of layers: the output of each is the input of the next."""

from collections.abc import Iterator
from typing import Any, Protocol, Self

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from cnnlib.ledger import Ledger, ledger
from cnnlib.nn.layers import Array, Layer, Shape
from cnnlib.nn.splits import check_part

RECTIFIERS = {"ReLU", "LeakyReLU"}


class Labelled(Protocol):
    """Pictures and what is on them: a `Split`, or anything else with these two."""

    images: Array
    labels: Array


class Sequential:
    """Layers in a row.

    Parameters
    ----------
    *layers : Layer
        Each must be an object of its own: it remembers its input for `backward`.
    seed : int or None
        Draws the weights anew: He's way where a ReLU or LeakyReLU comes before the next layer with weights,
        else Glorot's. Frozen layers keep theirs, and with None all do.

    Raises
    ------
    ValueError
        If an argument is no layer, or the same layer comes twice.

    Notes
    -----
    `backward` is the chain rule from the last layer to the first: Rumelhart, Hinton and Williams (1986),
    *Learning representations by back-propagating errors*.

    Examples
    --------
    >>> from cnnlib.nn import Conv2D, Dense, Flatten, ReLU
    >>> model = Sequential(Conv2D(1, 4, 3), ReLU(), Flatten(), Dense(144, 10))
    >>> model(np.zeros((5, 1, 8, 8))).shape
    (5, 10)
    """

    def __init__(self, *layers: Layer, seed: int | None = 0) -> None:
        for index, layer in enumerate(layers):
            if not isinstance(layer, Layer):
                raise ValueError(
                    f"Sequential: argument {index} is {layer!r}, not a layer; "
                    "give layers one by one, as in Sequential(Flatten(), Dense(64, 10))"
                )
            if any(layer is other for other in layers[:index]):
                raise ValueError(f"Sequential: argument {index}, {layer!r}, comes twice; make a second one")
        self.layers = layers
        if seed is not None:
            self._initialise(seed)

    def _initialise(self, seed: int) -> None:
        for index, layer in enumerate(self.layers):
            if layer.weights and not layer.frozen:
                # A stream for each layer: a change of one leaves the weights of the others as they were.
                layer.initialise(np.random.default_rng([seed, index]), kind=self._kind(index))

    def _kind(self, index: int) -> str:
        for layer in self.layers[index + 1 :]:
            if type(layer).__name__ in RECTIFIERS:
                return "he"
            if layer.weights:
                break
        return "glorot"

    def forward(self, x: ArrayLike, *, training: bool = False) -> Array:
        """Run a batch through all layers.

        Parameters
        ----------
        x : array, (N, ...)
        training : bool
            True lets `Dropout` drop, and keeps what `backward` needs; else the memory is free at once.

        Returns
        -------
        array, (N, ...)

        Raises
        ------
        ValueError
            If a layer cannot take what comes to it.
        """
        for layer in self.layers:
            layer.training = training
            x = layer.forward(x)
            layer.training = False  # a layer asked by itself, later on, is asked for its prediction
            if not training:
                layer.forget()
        return x

    def __call__(self, x: ArrayLike) -> Array:
        """Run a batch through all layers, as `forward` does."""
        return self.forward(x)

    def backward(self, gradient: ArrayLike, *, input_gradient: bool = False) -> Array | None:
        """Set the gradients of all weights that are not frozen; once after each `forward`.

        Parameters
        ----------
        gradient : array, the shape of the output
            How the loss changes with each output.
        input_gradient : bool
            Whether to go on to the gradient for the model's input. Else the work ends at the first layer that
            learns something.

        Returns
        -------
        array, the shape of the input, or None

        Raises
        ------
        ValueError
            If no `forward` with ``training=True`` came before, or the shapes differ.
        """
        learning = [index for index, layer in enumerate(self.layers) if layer.weights and not layer.frozen]
        lowest = 0 if input_gradient else min(learning, default=len(self.layers))
        for index in reversed(range(lowest, len(self.layers))):
            layer = self.layers[index]
            gradient = layer.backward(gradient, input_gradient=input_gradient or index > lowest)
            layer.forget()
        return gradient if input_gradient else None

    def activations(self, x: ArrayLike) -> list[Array]:
        """Return the output of every layer for a batch, first layer first."""
        found = []
        for index in range(len(self)):
            found.append(self[index : index + 1](found[-1] if found else x))
        return found

    def outputs(self, x: ArrayLike, *, batch_size: int = 64) -> Array:
        """Return the output for any number of inputs, in batches that stay in the processor's cache."""
        x = np.asarray(x)
        return np.concatenate(
            [self(x[start : start + batch_size]) for start in range(0, max(len(x), 1), batch_size)]
        )

    def predict(self, x: ArrayLike) -> Array:
        """Return the class with the highest output for each input, as int64 (N,).

        Raises
        ------
        ValueError
            If the outputs are not one number per class.
        """
        outputs = self.outputs(x)
        if outputs.ndim != 2 or outputs.shape[1] < 2:
            raise ValueError(
                f"Sequential.predict: outputs {outputs.shape} are not one number per class (N, classes); "
                "call the model itself for its numbers"
            )
        return outputs.argmax(axis=1)

    def accuracy(self, data: Labelled) -> float:
        """Return the share of correct predictions, 0 to 1, on a part of a dataset, as ``data.test``.

        Raises
        ------
        ValueError
            If it is no part of a dataset, or the outputs are not one number per class.
        """
        check_part("Sequential.accuracy", data)
        return float(np.mean(self.predict(data.images) == data.labels))

    def output_shape(self, shape: Shape) -> Shape:
        """Return the shape of the output for one input, without the batch; ValueError if it does not fit."""
        shape = tuple(shape)
        for layer in self.layers:
            shape = layer.output_shape(shape)
        return shape

    def summary(self, input_shape: Shape) -> Ledger:
        """Return a table of all layers: shapes, parameters, multiplications and receptive fields.

        Parameters
        ----------
        input_shape : tuple
            Of one input, without the batch: ``(1, 28, 28)``.

        Raises
        ------
        ValueError
            If there is no layer, or one cannot take what comes to it.
        """
        if not self.layers:
            raise ValueError("summary: the model has no layers; give it at least one")
        return ledger(input_shape, self.layers)

    @property
    def weights(self) -> dict[str, Array]:
        """All weights by layer and name, as in ``weights["0.bias"]``: the arrays themselves, not copies."""
        return self._named("weights")

    @property
    def gradients(self) -> dict[str, Array]:
        """All gradients that the last `backward` set, by the same names as `weights`."""
        return self._named("gradients")

    def _named(self, which: str) -> dict[str, Any]:
        return {
            f"{index}.{name}": array
            for index, layer in enumerate(self.layers)
            for name, array in getattr(layer, which).items()
        }

    def astype(self, dtype: DTypeLike) -> Self:
        """Convert all weights, for example to float64; return the model itself."""
        for layer in self.layers:
            layer.astype(dtype)
        return self

    def __len__(self) -> int:
        return len(self.layers)

    def __iter__(self) -> Iterator[Layer]:
        return iter(self.layers)

    def __getitem__(self, index: int | slice) -> Any:
        """Return one layer; or, for a slice, a model of the same layer objects: ``model[:2](x)``."""
        return Sequential(*self.layers[index], seed=None) if isinstance(index, slice) else self.layers[index]

    def __repr__(self) -> str:
        return f"Sequential({', '.join(map(repr, self.layers))})"
