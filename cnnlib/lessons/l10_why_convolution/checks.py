"""Lesson 10's checks: what three kinds of layer learn, and receptive fields."""

import numpy as np

from cnnlib.connections import KINDS, count_parameters
from cnnlib.exercises.check import Part, Ways, function_check
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


def _kinds(n, c, k, f, *, dense=None, local=None, shared=None, maps=None) -> np.ndarray:
    """Count as is right, but for one or two of the three kinds."""
    outputs = [(n - k + 1) ** 2 * f] * 2 if maps is None else maps(n, k, f)
    return np.array(
        [
            (dense or (lambda pixels, made: (pixels + 1) * made))(n * n * c, outputs[0]),
            (local or (lambda window, made: (window + 1) * made))(k * k * c, outputs[1]),
            shared(k * k * c, f) if shared else (k * k * c + 1) * f,
        ]
    )


_COUNTED = Ways(
    _kinds,
    {
        "maps": (
            (
                lambda n, k, f: [n * n * f, (n - k + 1) ** 2 * f],
                "The dense layer's outputs are counted as many as "
                "pixels: "
                "without padding there are n − k + 1 along each direction.",
            ),
            (
                lambda n, k, f: [(n - k + 1) ** 2 * f, n * n * f],
                "The locally connected layer's outputs are counted as "
                "many "
                "as pixels: without padding there are n − k + 1 along each direction.",
            ),
            (
                lambda n, k, f: [(n - k + 1) ** 2, (n - k + 1) ** 2 * f],
                "The dense layer makes all maps, not one.",
            ),
            (
                lambda n, k, f: [(n - k + 1) ** 2 * f, (n - k + 1) ** 2],
                "The locally connected layer makes all maps.",
            ),
            (
                lambda n, k, f: [f, (n - k + 1) ** 2 * f],
                "The dense layer makes all numbers of the maps, not one for each.",
            ),
            (lambda n, k, f: [(n - k) ** 2 * f] * 2, "n − k counts the steps. Places are one more."),
            (
                lambda n, k, f: [(n - k + 1) * f] * 2,
                "n − k + 1 is one row of outputs. There are as many rows.",
            ),
        ),
        "dense": (
            (
                lambda pixels, made: pixels * made,
                "The dense layer has no biases in your count: one for each output.",
            ),
            (
                lambda pixels, made: pixels * (made + 1),
                "The 1 stands beside the outputs of the dense layer. It "
                "counts "
                "the bias, so it belongs to the pixels that an output sees.",
            ),
            (
                lambda pixels, made: pixels * made + pixels,
                "The dense layer has a bias for each output, not each pixel.",
            ),
            (
                lambda pixels, made: pixels * made + 1,
                "The dense layer has one bias in your count: each output has one.",
            ),
            (
                lambda pixels, made: pixels + made,
                "Each pixel is connected with each output of the dense layer: multiply.",
            ),
            (lambda pixels, made: pixels, "That is one output of the dense layer."),
        ),
        "local": (
            (
                lambda window, made: window * made,
                "The locally connected layer has no biases in your count: each output has its own.",
            ),
            (
                lambda window, made: window * (made + 1),
                "The 1 stands beside the outputs of the locally connected layer.",
            ),
            (
                lambda window, made: window * made + 1,
                "The locally connected layer has a bias for each output, not one.",
            ),
            (lambda window, made: window, "That is one place of the locally connected layer."),
        ),
        "shared": (
            (
                lambda window, f: window * f,
                "The convolution has no biases in your count: one for each filter.",
            ),
            (lambda window, f: window + 1, "The convolution has several filters; you count one."),
            (
                lambda window, f: window,
                "The convolution has several filters, and a bias each; you count one, without.",
            ),
            (
                lambda window, f: window * (f + 1),
                "The 1 stands beside the filters of the convolution. It "
                "counts the "
                "bias, so it belongs to the weights of one filter.",
            ),
            (
                lambda window, f: window * f + 1,
                "The convolution has a bias for each filter, not one for all.",
            ),
            (lambda window, f: window * f + 2 * f, "The biases of the convolution are counted twice."),
            (
                lambda window, f: window + f,
                "The convolution's filters have weights of their own, not only biases.",
            ),
            (
                lambda window, f: window * f + window,
                "The convolution has one bias for each filter, not for each weight.",
            ),
            (lambda window, f: (window + 1) * f + 1, "There is a bias too many in the convolution."),
            (lambda window, f: 0, "A convolution learns as well: the weights and the bias of each filter."),
            (lambda window, f: f, "The convolution's weights are left out."),
        ),
    },
)


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
    elements=("dense layer", "locally connected layer", "convolution"),
    parts=(
        Part("The weights", lambda n, c, k, f: n * n * c * (n - k + 1) ** 2 * f, 0),
        Part("The biases", lambda n, c, k, f: (n - k + 1) ** 2 * f, 0),
        Part("The weights", lambda n, c, k, f: k * k * c * (n - k + 1) ** 2 * f, 1),
        Part("The biases", lambda n, c, k, f: (n - k + 1) ** 2 * f, 1),
        Part("The weights", lambda n, c, k, f: k * k * c * f, 2),
        Part("The biases", lambda n, c, k, f: f, 2),
    ),
    ways=[_COUNTED],
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


def _recursion(
    layers,
    *,
    add=lambda k, j, s: (k - 1) * j,
    jump=lambda j, s, i: j * s,
    start=1,
    first=1,
    late=True,
    order=1,
    told=lambda fields: fields,
) -> np.ndarray:
    """Walk as is right, but for what a mistake puts in place of a part."""
    field, step, fields = start, first, []
    for i, (kernel, stride) in enumerate(layers[::order]):
        step = step if late else jump(step, stride, i)
        field += add(kernel, step, stride)
        step = jump(step, stride, i) if late else step
        fields.append(field)
    return told(np.array(fields))


_FIELDS = Ways(
    _recursion,
    {
        "add": (
            (lambda k, j, s: k * j, "k numbers have k − 1 steps between them: add (k − 1) · jump."),
            (lambda k, j, s: (k - 1) * s, "A layer adds k − 1 jumps, not k − 1 of its own strides."),
            (
                lambda k, j, s: k - 1,
                "The jump does not come in: behind a stride, neighbours lie `jump` pixels apart.",
            ),
            (
                lambda k, j, s: k,
                "The kernels' sizes are added up. Neighbouring windows overlap: k − 1 steps.",
            ),
            (lambda k, j, s: (k + 1) * j, "k numbers have k − 1 steps between them, not k + 1."),
            (lambda k, j, s: 2 * (k - 1) * j, "Everything that a layer adds is counted twice: k − 1 jumps."),
            (
                lambda k, j, s: (k // 2) * j,
                "Only one half of the kernel is counted: it reaches to both sides.",
            ),
            (
                lambda k, j, s: k + j - 1,
                "The jump is added to the kernel. It multiplies the steps: (k − 1) · jump.",
            ),
            (lambda k, j, s: k * j - 1, "Only 1 is subtracted: (k − 1) · jump needs its parentheses."),
            (lambda k, j, s: k - j, "Only k − jump is added: (k − 1) · jump."),
        ),
        "jump": (
            (lambda j, s, i: s, "The jump is only the last stride. Jumps of earlier layers stay: multiply."),
            (
                lambda j, s, i: j + s,
                "Jumps are added. They multiply: behind two strides of 2, neighbours lie 4 apart.",
            ),
            (
                lambda j, s, i: j + s - 1,
                "Jumps are added. They multiply: behind two strides of 2, neighbours lie 4 apart.",
            ),
            (
                lambda j, s, i: 1,
                "The strides are forgotten: behind one, neighbours look `jump` pixels apart.",
            ),
            (
                lambda j, s, i: s ** (i + 1),
                "The jump is a power of the last stride: it is the product of all before.",
            ),
            (
                lambda j, s, i: s**i,
                "The jump is a power of the last stride: it is the product of all before.",
            ),
            (lambda j, s, i: j * s * s, "Each stride is in the jump twice."),
            (
                lambda j, s, i: j * 2,
                "The jump doubles with each layer, whatever its stride: multiply by the stride.",
            ),
            (lambda j, s, i: max(j, s), "The jump is the largest stride. They multiply."),
        ),
        "first": (
            (0, "The jump begins with 1, not 0: neighbouring pixels lie one pixel apart."),
            (2, "The jump begins with 1, not 2: neighbouring pixels lie one pixel apart."),
        ),
        "start": (
            (0, "Begin with 1: a pixel sees itself."),
            (2, "Begin with 1, not 2: a pixel sees itself."),
        ),
        "late": (
            (False, "A layer's own stride counts for the layers behind it: first add, then change the jump."),
        ),
        "order": (
            (-1, "You go from the last layer to the first. Strides of early layers widen the later ones."),
        ),
        "told": (
            (lambda fields: fields[::-1], "The list is in reverse order: the first layer comes first."),
            (
                lambda fields: fields[-1:],
                "That is the last one alone. Return the receptive field after each layer.",
            ),
            (
                lambda fields: fields[-1],
                "That is the last one alone. Return the receptive field after each layer.",
            ),
            (lambda fields: fields[:-1], "The last layer is missing: the list ends one too early."),
            (lambda fields: fields[1:], "The first layer is missing from your list."),
            (lambda fields: np.append(1, fields), "Your list begins with the picture itself."),
            (
                lambda fields: np.append(1, fields)[:-1],
                "Each layer's receptive field is that of the layer before.",
            ),
            (
                lambda fields: fields**2,
                "You return how many pixels lie in the square. Its side is asked for.",
            ),
            (
                lambda fields: np.diff(fields, prepend=1),
                "You return by how much the receptive field grows, not the field.",
            ),
            (np.cumsum, "The receptive fields are added up. Each belongs to its own layer."),
        ),
    },
)

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
    ways=[_FIELDS],
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
            "The larger of the kernels is taken. Each layer adds (k − 1) · jump to what is seen.",
            lambda layers: np.maximum.accumulate(layers[:, 0]),
        ),
        (
            "The field is multiplied by the stride. A stride widens the jump of the "
            "layers behind it, not the field.",
            lambda layers: _walk(layers, lambda r, j, k, s: (r * s + k - 1, j)),
        ),
        (
            "The field is multiplied by the stride, and the whole kernel is added.",
            lambda layers: _walk(layers, lambda r, j, k, s: (r * s + k, j)),
        ),
        (
            "That is the way back, from the last layer to the first: (r − 1) · s + k. "
            "From the first on, add (k − 1) · jump.",
            lambda layers: _walk(layers, lambda r, j, k, s: ((r - 1) * s + k, j)),
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
