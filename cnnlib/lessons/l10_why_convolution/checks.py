"""Lesson 10's checks: what three kinds of layer learn, and receptive fields."""

import numpy as np

from cnnlib.connections import KINDS, count_parameters
from cnnlib.exercises.check import function_check
from cnnlib.geometry import receptive_field


def _case(name: str, *numbers: int) -> tuple:
    return (name, *map(np.int64, numbers))


def _true_counts(size, channels, kernel, filters) -> np.ndarray:
    shape = int(channels), int(size), int(size)
    made = (count_parameters(kind, shape, int(filters), int(kernel)) for kind in KINDS)
    return np.array([count.parameters for count in made])


def _counts(n, c, k, f, *, pixels=None, window=None, outputs=None, maps=None, biases=None) -> np.ndarray:
    """Count as is right, but for what a mistake puts in place of a part."""
    pixels = n * n * c if pixels is None else pixels
    window = k * k * c if window is None else window
    outputs = (n - k + 1) ** 2 * f if outputs is None else outputs
    maps = f if maps is None else maps
    biases = (outputs, outputs, f) if biases is None else biases
    return np.array([pixels * outputs, window * outputs, window * maps]) + np.array(biases)


def _swap(order):
    return lambda n, c, k, f: _counts(n, c, k, f)[order]


_ORDER = "The three numbers are right, but in another order: dense, locally connected, convolution."

check_counts = function_check(
    "10-counts",
    makes="a learner's own count of what three kinds of layer learn",
    takes="Takes the side of a picture, its channels, the side of a window, and the number of filters; "
    "returns weights and biases of a dense layer, a locally connected one and a convolution that "
    "make the same maps, without padding.",
    example="""
    >>> print(check_counts(lambda n, c, k, f: [0, 0, k * k * c * f + f]).verdict)
    wrong
    """,
    call="counts(size, channels, kernel, filters)",
    errors=(
        ("unpack", "Return three numbers: dense, locally connected, convolution."),
        ("subscriptable", "size, channels, kernel and filters are single numbers."),
    ),
    cases=(
        _case("5 × 5 windows and 6 filters on 32 × 32 of one channel", 32, 1, 5, 6),
        _case("3 × 3 windows and 5 filters on 32 × 32 of three channels", 32, 3, 3, 5),
        _case("4 × 4 windows and one filter on 9 × 9 of two channels", 9, 2, 4, 1),
        _case("2 × 2 windows and 7 filters on 5 × 5 of four channels", 5, 4, 2, 7),
    ),
    truth=_true_counts,
    right="Your counts agree in four settings: 4,821,600, 122,304 and 156 for the first.",
    mistakes=(
        (
            "The biases are forgotten: each output has one, and where weights are shared, each filter.",
            lambda n, c, k, f: _counts(n, c, k, f, biases=(0, 0, 0)),
        ),
        (
            "You count a single bias for the layer. Each output has one, and in a convolution, each filter.",
            lambda n, c, k, f: _counts(n, c, k, f, biases=(1, 1, 1)),
        ),
        (
            "You count one bias for each filter everywhere. Where nothing is shared, each output has its "
            "own.",
            lambda n, c, k, f: _counts(n, c, k, f, biases=(f, f, f)),
        ),
        (
            "The locally connected layer shares no biases either: each output has its own.",
            lambda n, c, k, f: _counts(n, c, k, f, biases=((n - k + 1) ** 2 * f, f, f)),
        ),
        (
            "In a convolution, the bias is shared, too: there is one for each filter, not for each output.",
            lambda n, c, k, f: _counts(n, c, k, f, biases=((n - k + 1) ** 2 * f,) * 3),
        ),
        (
            "The convolution has one bias for each filter. You count one for each of its channels.",
            lambda n, c, k, f: _counts(
                n, c, k, f, biases=((n - k + 1) ** 2 * f, (n - k + 1) ** 2 * f, f * c)
            ),
        ),
        (
            "The channels are forgotten: windows reach through all of them, and so does a dense layer.",
            lambda n, c, k, f: _counts(n, c, k, f, pixels=n * n, window=k * k),
        ),
        (
            "The window reaches through all channels: it has k · k weights on each.",
            lambda n, c, k, f: _counts(n, c, k, f, window=k * k),
        ),
        (
            "The dense layer is connected with every channel of a pixel.",
            lambda n, c, k, f: _counts(n, c, k, f, pixels=n * n),
        ),
        (
            "A window of k × k has k · k weights on each channel; a single factor k came in. An introduction "
            "prints 32 · 32 · 5 · 3 = 15,360 in this way.",
            lambda n, c, k, f: _counts(n, c, k, f, window=k * c),
        ),
        (
            "You count as many outputs as pixels. Without padding, the window fits in n − k + 1 places along "
            "each direction.",
            lambda n, c, k, f: _counts(n, c, k, f, outputs=n * n * f),
        ),
        (
            "n − k counts the steps. Places are one more, along each direction.",
            lambda n, c, k, f: _counts(n, c, k, f, outputs=(n - k) ** 2 * f),
        ),
        (
            "n − k + 1 is one row of outputs. There are as many rows.",
            lambda n, c, k, f: _counts(n, c, k, f, outputs=(n - k + 1) * f),
        ),
        (
            "The filters are forgotten: each makes a map of its own.",
            lambda n, c, k, f: _counts(
                n, c, k, f, outputs=(n - k + 1) ** 2, maps=1, biases=((n - k + 1) ** 2,) * 2 + (1,)
            ),
        ),
        (
            "The locally connected layer shares nothing: it has filters of its own in every place.",
            lambda n, c, k, f: _counts(n, c, k, f)[[0, 2, 2]],
        ),
        (
            "In a convolution all places share their weights: the size of the map does not come in.",
            lambda n, c, k, f: _counts(n, c, k, f)[[0, 1, 1]],
        ),
        (
            "The dense layer has to make all numbers of the maps, not one for each filter.",
            lambda n, c, k, f: np.array([(n * n * c + 1) * f, *_counts(n, c, k, f)[1:]]),
        ),
        (_ORDER, _swap([2, 1, 0])),
        (_ORDER, _swap([1, 0, 2])),
        (_ORDER, _swap([0, 2, 1])),
    ),
)


def _layers(name: str, *layers: tuple[int, int]) -> tuple:
    return (name, np.array(layers))


def _walk(layers, step) -> np.ndarray:
    """Go through the layers as `step(field, jump, kernel, stride)` does."""
    field, jump, fields = 1, 1, []
    for kernel, stride in layers:
        field, jump = step(field, jump, kernel, stride)
        fields.append(field)
    return np.array(fields)


check_fields = function_check(
    "10-fields",
    makes="a learner's own recursion for receptive fields",
    takes="Takes layers, each (kernel, stride), first layer first; returns the receptive field after each.",
    example="""
    >>> print(check_fields(lambda layers: [kernel for kernel, stride in layers]))
    Not yet: You return the kernels' sizes. That is the receptive field in the first layer only.
    """,
    call="fields(layers)",
    errors=(
        ("unpack", "`layers` has two columns: `for kernel, stride in layers`."),
        ("not iterable", "`layers` has two columns: `for kernel, stride in layers`."),
    ),
    cases=(
        _layers("LeNet: 5 and 1, 2 and 2, 5 and 1, 2 and 2", (5, 1), (2, 2), (5, 1), (2, 2)),
        _layers("three layers of 3 and 1", (3, 1), (3, 1), (3, 1)),
        _layers("three layers of 3 and 2", (3, 2), (3, 2), (3, 2)),
        _layers("3 and 1, 3 and 1, 2 and 2, three times", *[(3, 1), (3, 1), (2, 2)] * 3),
        _layers("a single layer of 7 and 4", (7, 4)),
        _layers("1 and 3, 4 and 1, 2 and 3", (1, 3), (4, 1), (2, 3)),
    ),
    truth=lambda layers: np.array(receptive_field([tuple(map(int, layer)) for layer in layers])),
    right="Your recursion follows six stacks, among them LeNet: 5, 6, 14, 16.",
    mistakes=(
        (
            "You return the kernels' sizes. That is the receptive field in the first layer only.",
            lambda layers: layers[:, 0],
        ),
        (
            "The kernels' sizes are added up. Neighbouring windows overlap: a layer adds k − 1 steps.",
            lambda layers: np.cumsum(layers[:, 0]),
        ),
        (
            "The kernels' sizes are multiplied. Neighbouring windows overlap: a layer adds k − 1 steps.",
            lambda layers: np.cumprod(layers[:, 0]),
        ),
        (
            "The strides are forgotten: behind one, neighbours look `jump` pixels apart.",
            lambda layers: _walk(layers, lambda r, j, k, s: (r + k - 1, j)),
        ),
        (
            "A layer's own stride counts for the layers behind it: first add (k − 1) · jump, then change "
            "jump.",
            lambda layers: _walk(layers, lambda r, j, k, s: (r + (k - 1) * j * s, j * s)),
        ),
        (
            "k numbers have k − 1 steps between them: add (k − 1) · jump.",
            lambda layers: _walk(layers, lambda r, j, k, s: (r + k * j, j * s)),
        ),
        (
            "Jumps multiply: behind two strides of 2, neighbours lie 4 pixels apart.",
            lambda layers: _walk(layers, lambda r, j, k, s: (r + (k - 1) * j, j + s)),
        ),
        (
            "Jumps multiply: behind two strides of 2, neighbours lie 4 pixels apart.",
            lambda layers: _walk(layers, lambda r, j, k, s: (r + (k - 1) * j, j + s - 1)),
        ),
        (
            "The jump is only the last stride. Jumps of earlier layers stay: multiply.",
            lambda layers: _walk(layers, lambda r, j, k, s: (r + (k - 1) * j, s)),
        ),
        (
            "A layer adds k − 1 jumps, not k − 1 of its own strides: the jump is the product of the strides "
            "before it.",
            lambda layers: _walk(layers, lambda r, j, k, s: (r + (k - 1) * s, j)),
        ),
        (
            "Begin with 1: a pixel sees itself.",
            lambda layers: _walk(layers, lambda r, j, k, s: (r + (k - 1) * j, j * s)) - 1,
        ),
        (
            "That is the last one alone. Return a list with the receptive field after each layer.",
            lambda layers: _walk(layers, lambda r, j, k, s: (r + (k - 1) * j, j * s))[-1:],
        ),
        (
            "That is the last one alone. Return a list with the receptive field after each layer.",
            lambda layers: _walk(layers, lambda r, j, k, s: (r + (k - 1) * j, j * s))[-1],
        ),
        (
            "Your list begins with the picture itself. Begin with the receptive field after the first layer.",
            lambda layers: np.append(1, _walk(layers, lambda r, j, k, s: (r + (k - 1) * j, j * s))),
        ),
    ),
)
