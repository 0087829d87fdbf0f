"""Lesson 11's bank, backward: the update, ReLU and flatten, each known mistake with its sentence."""

from collections.abc import Callable

import numpy as np

from cnnlib.exercises.task import Case, Mistake, Task

UPDATE = Task(
    call="update(weight, gradient, learning_rate)",
    cases=(
        Case(
            "a 2 × 3 weight and learning rate 0.1",
            (
                np.array([[1.0, -2.0, 0.5], [0.25, 3.0, -1.0]]),
                np.array([[4.0, 1.0, -2.0], [0.0, -3.0, 0.5]]),
                np.float64(0.1),
            ),
        ),
        Case(
            "four biases and learning rate 0.5",
            (np.array([0.5, -1.5, 2.0, -0.25]), np.array([1.0, -2.0, 0.25, 3.0]), np.float64(0.5)),
        ),
        Case(
            "two 2 × 2 kernels and learning rate 0.01",
            (
                np.array([[[1.0, 2.0], [3.0, -4.0]], [[-0.5, 0.0], [1.5, 6.0]]]),
                np.array([[[-10.0, 5.0], [2.0, 30.0]], [[7.0, -8.0], [0.5, -60.0]]]),
                np.float64(0.01),
            ),
        ),
    ),
    truth=lambda weight, gradient, rate: weight - rate * gradient,
    right="Against the gradient, by the learning rate's share of it; the weights given stay as they were.",
    mistakes=(
        Mistake(
            lambda weight, gradient, rate: weight + rate * gradient,
            "The sign of the update is the wrong way round: the gradient points uphill, so this step makes "
            "the loss larger.",
        ),
        Mistake(
            lambda weight, gradient, rate: weight - rate * rate * gradient,
            "The learning rate is applied twice: its square is in the step. Once is enough.",
        ),
        Mistake(
            lambda weight, gradient, rate: weight - gradient,
            "The learning rate does not come in: the whole gradient is subtracted, far too long a step.",
        ),
        Mistake(
            lambda weight, gradient, rate: weight - gradient / rate,
            "You divide by the learning rate: the smaller it is, the longer the step. Multiply.",
        ),
        Mistake(
            lambda weight, gradient, rate: -rate * gradient,
            "That is the step alone. It has to be added to the weight.",
        ),
        Mistake(
            lambda weight, gradient, rate: rate * gradient,
            "That is the length of the step alone. It has to be subtracted from the weight.",
        ),
        Mistake(
            lambda weight, gradient, rate: rate * gradient - weight,
            "The two sides of the minus have changed places: the weight comes first.",
        ),
        Mistake(
            lambda weight, gradient, rate: weight - rate * gradient * weight,
            "The step is multiplied by the weight: a weight of 0 could never move.",
        ),
        Mistake(
            lambda weight, gradient, rate: weight - rate * gradient / gradient.size,
            "The step is divided by the number of weights. The gradient is a mean over the batch already; "
            "nothing more is to be divided.",
        ),
        Mistake(
            lambda weight, gradient, rate: weight - rate * np.sign(gradient),
            "Only the sign of the gradient counts here: steep or flat, each step is equally long.",
        ),
        Mistake(
            lambda weight, gradient, rate: weight - rate * np.abs(gradient),
            "The gradient's sign is dropped, so every weight sinks. Half of them should rise.",
        ),
        Mistake(
            lambda weight, gradient, rate: weight - rate * weight,
            "The weight shrinks by its own share: the gradient does not come in.",
        ),
        Mistake(
            lambda weight, gradient, rate: weight,
            "The weight comes back as it was: nothing is learned.",
        ),
    ),
)

# No x is 0 here: at the corner of ReLU both answers are right.
_X = np.array([[1.5, -2.0, 0.5, -0.25], [-3.0, 4.0, -1.0, 2.0]])
_G = np.array([[0.5, 3.0, -2.0, -1.0], [-0.5, 0.25, 4.0, -1.5]])

RELU_BACKWARD = Task(
    call="relu_backward(gradient, x)",
    cases=(
        Case("a row of four inputs", (_G[:1], _X[:1])),
        Case("two rows", (_G, _X)),
        Case("feature maps, 1 × 2 × 2 × 2", (_G[::-1].reshape(1, 2, 2, 2), _X.reshape(1, 2, 2, 2))),
    ),
    truth=lambda gradient, x: gradient * (x > 0),
    right="Where the input was positive, the gradient passes whole, whatever its sign; elsewhere it stops.",
    mistakes=(
        Mistake(
            lambda gradient, x: gradient,
            "The gradient passes at negative inputs too. There ReLU is flat: moving the input a little "
            "changes nothing, so nothing goes back.",
        ),
        Mistake(
            lambda gradient, x: np.maximum(gradient, 0),
            "You look at the sign of the gradient. What counts is the input: was it cut off on the way "
            "forward? A gradient may well be negative.",
        ),
        Mistake(
            lambda gradient, x: np.maximum(gradient, 0) * (x > 0),
            "Negative gradients are cut off as well. Where the input was positive, every gradient passes: "
            "a negative one says that the output should grow.",
        ),
        Mistake(
            lambda gradient, x: gradient * np.maximum(x, 0),
            "The gradient is multiplied by the output. Multiply by ReLU's slope, and that is 1 wherever the "
            "input is positive, not its size.",
        ),
        Mistake(
            lambda gradient, x: gradient * x,
            "The gradient is multiplied by the input. What is needed is ReLU's slope: 1 or 0.",
        ),
        Mistake(
            lambda gradient, x: (x > 0).astype(float),
            "That is ReLU's slope. The chain rule is still missing: times the gradient that arrives.",
        ),
        Mistake(
            lambda gradient, x: np.maximum(x, 0),
            "That is the way forward, ReLU itself. Backward, it is the gradient that passes or stops.",
        ),
        Mistake(
            lambda gradient, x: gradient * (x < 0),
            "It is the wrong way round: the gradient stops at positive inputs and passes at negative ones.",
        ),
        Mistake(
            lambda gradient, x: gradient * np.sign(x),
            "At negative inputs the gradient comes back with its sign turned: that is the slope of the "
            "absolute value. ReLU is flat there.",
        ),
        Mistake(
            lambda gradient, x: x * (gradient > 0),
            "Input and gradient have changed places: the gradient is the first argument.",
        ),
        Mistake(
            lambda gradient, x: -gradient * (x > 0),
            "The sign is turned. That minus belongs to the update, not to a layer.",
        ),
        Mistake(
            lambda gradient, x: gradient * (x > 1),
            "You ask whether the input is above 1. The corner of ReLU is at 0.",
        ),
    ),
)


def _gradient_for(*shape: int) -> np.ndarray:
    rows = np.arange(np.prod(shape), dtype=float).reshape(shape[0], -1)
    return rows**2 % 19 - 7


def _inputs(*shape: int) -> np.ndarray:
    return (np.arange(np.prod(shape)) * 7 % 11 - 5.0).reshape(shape)


def _reshaped(*order: int) -> Callable:
    """Return a function that reads the row with the axes in another order."""
    back = tuple(np.argsort(order))
    return lambda gradient, x: gradient.reshape([x.shape[axis] for axis in order]).transpose(back)


_ROW_ORDER = (
    "The shape is right, but the numbers are in the wrong places. Flatten wrote channel by channel, each row "
    "by row; read in the same order."
)

FLATTEN_BACKWARD = Task(
    call="flatten_backward(gradient, x)",
    errors=(("cannot reshape", "How many numbers are there, and how many has the shape that you ask for?"),),
    cases=(
        Case("one picture of two 2 × 3 maps", (_gradient_for(1, 12), _inputs(1, 2, 2, 3))),
        Case("four pictures of three 2 × 2 maps", (_gradient_for(4, 12), _inputs(4, 3, 2, 2))),
        Case("two pictures of two 3 × 3 maps", (_gradient_for(2, 18), _inputs(2, 2, 3, 3))),
    ),
    truth=lambda gradient, x: gradient.reshape(x.shape),
    right="Flatten moves numbers and changes none: its gradient is put back into maps, and that is all.",
    mistakes=(
        Mistake(
            lambda gradient, x: gradient,
            "The gradient is still flat, one row per picture. The layer before made maps (N, C, H, W), and "
            "wants its gradient in that shape.",
        ),
        Mistake(
            lambda gradient, x: gradient.ravel(),
            "The gradient became one long row, even the pictures are mixed. It needs the shape of the input.",
        ),
        Mistake(_reshaped(0, 2, 3, 1), _ROW_ORDER),
        Mistake(_reshaped(0, 1, 3, 2), _ROW_ORDER),
        Mistake(_reshaped(1, 2, 3, 0), _ROW_ORDER),
        Mistake(lambda gradient, x: gradient.reshape(x.shape, order="F"), _ROW_ORDER),
        Mistake(lambda gradient, x: gradient.T.reshape(x.shape), _ROW_ORDER),
        Mistake(
            lambda gradient, x: x,
            "That is the input itself. Its shape is needed, but the numbers are the gradient's.",
        ),
        Mistake(
            lambda gradient, x: gradient.reshape(x.shape) * x,
            "The gradient is multiplied by the input. Flatten only moves numbers, so its slope is 1.",
        ),
        Mistake(
            lambda gradient, x: gradient.reshape(x.shape) * (x > 0),
            "The gradient stops at negative inputs: that is ReLU's. Flatten lets everything through.",
        ),
        Mistake(
            lambda gradient, x: gradient.mean(axis=0).reshape(x.shape[1:]),
            "The batch is averaged away. Each picture has a gradient of its own.",
        ),
        Mistake(
            lambda gradient, x: gradient.reshape(len(x), -1, *x.shape[3:]),
            "Channels and rows are still in one axis. The input has four: N, C, H, W.",
        ),
    ),
)
