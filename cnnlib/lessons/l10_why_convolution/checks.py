"""Lesson 10's checks: what three kinds of layer learn, and receptive fields."""

import numpy as np

from cnnlib.exercises.check import function_check


def _case(name: str, *numbers: int) -> tuple:
    return (name, *map(np.int64, numbers))


def _counts(size, channels, kernel, filters):
    pixels = size * size * channels
    window = kernel * kernel * channels
    outputs = (size - kernel + 1) ** 2 * filters
    dense = (pixels + 1) * outputs
    local = (window + 1) * outputs
    shared = (window + 1) * filters
    return np.array([dense, local, shared])


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
    elements=("dense layer", "locally connected layer", "convolution"),
    right="Your counts agree in four settings: 4,821,600, 122,304 and 156 for the first.",
    truth=_counts,
    edits="""
        (pixels + 1) -> pixels ;; (window + 1) -> window
            The biases are forgotten: each output has one, and where weights are shared, each filter.
        (pixels + 1) * outputs -> pixels * outputs + 1 ;; (window + 1) * outputs -> window * outputs + 1
        ;; (window + 1) * filters -> window * filters + 1
            You count a single bias for the layer. Each output has one, and in a convolution, each filter.
        (pixels + 1) * outputs -> pixels * outputs + filters
        ;; (window + 1) * outputs -> window * outputs + filters
            You count one bias for each filter everywhere. Where nothing is shared, each output has its own.
        (window + 1) * outputs -> window * outputs + filters
            The locally connected layer shares no biases either: each output has its own.
        (window + 1) * filters -> window * filters + outputs
            In a convolution, the bias is shared, too: there is one for each filter, not for each output.
        (window + 1) * filters -> window * filters + filters * channels
            The convolution has one bias for each filter. You count one for each of its channels.
        size * size * channels -> size * size ;; kernel * kernel * channels -> kernel * kernel
            The channels are forgotten: windows reach through all of them, and so does a dense layer.
        kernel * kernel * channels -> kernel * kernel
            The window reaches through all channels: it has k · k weights on each.
        size * size * channels -> size * size
            The dense layer is connected with every channel of a pixel.
        kernel * kernel * channels -> kernel * channels
            A window of k × k has k · k weights on each channel; a single factor k came in. An introduction
            prints 32 · 32 · 5 · 3 = 15,360 in this way.
        (size - kernel + 1) ** 2 -> size**2
            You count as many outputs as pixels. Without padding, the window fits in n − k + 1 places along
            each direction.
        size - kernel + 1 -> size // kernel
            You count windows that lie side by side. They overlap: the window fits in n − k + 1 places.
        size - kernel + 1 -> size - kernel
            n − k counts the steps. Places are one more, along each direction.
        (size - kernel + 1) ** 2 -> (size - kernel + 1)
            n − k + 1 is one row of outputs. There are as many rows.
        outputs = (size - kernel + 1) ** 2 * filters -> filters = 1; outputs = (size - kernel + 1) ** 2
            The filters are forgotten: each makes a map of its own.
        (window + 1) * outputs -> (window + 1) * filters
            The locally connected layer shares nothing: it has filters of its own at every position.
        (window + 1) * filters -> (window + 1) * outputs
            In a convolution all places share their weights: the size of the map does not come in.
        (pixels + 1) * outputs -> (pixels + 1) * filters
            The dense layer has to make all numbers of the maps, not one for each filter.
        (pixels + 1) * outputs -> pixels * outputs
            The dense layer has no biases in your count: one for each output.
        (pixels + 1) * outputs -> pixels * (outputs + 1)
            The 1 stands beside the outputs of the dense layer. It counts the bias, so it belongs to the
            pixels that an output sees.
        (pixels + 1) * outputs -> pixels * outputs + 1
            The dense layer has one bias in your count: each output has one.
        (pixels + 1) * outputs -> (pixels + 1) * outputs // filters
            The dense layer makes all maps, not one.
        (window + 1) * outputs -> window * outputs
            The locally connected layer has no biases in your count: each output has its own.
        (window + 1) * outputs -> window * (outputs + 1)
            The 1 stands beside the outputs of the locally connected layer.
        (window + 1) * outputs -> window * outputs + 1
            The locally connected layer has a bias for each output, not one.
        (window + 1) * filters -> window * filters
            The convolution has no biases in your count: one for each filter.
        (window + 1) * filters -> (window + 1)
            The convolution has several filters; you count one.
        (window + 1) * filters -> window * (filters + 1)
            The 1 stands beside the filters of the convolution. It counts the bias, so it belongs to the
            weights of one filter.
        (window + 1) * filters -> window * filters + 1
            The convolution has a bias for each filter, not one for all.
        (window + 1) * filters -> (window + 2) * filters
            The biases of the convolution are counted twice.
        (window + 1) * filters -> window + filters
            The convolution's filters have weights of their own, not only biases.
        (window + 1) * filters -> (kernel * kernel + 1) * filters
            The channels are forgotten in the convolution: a filter has k · k weights on each.
        (window + 1) * filters -> 0
            A convolution learns as well: the weights and the bias of each filter.
        [dense, local, shared] -> [shared, local, dense]
        [dense, local, shared] -> [local, dense, shared]
        [dense, local, shared] -> [dense, shared, local]
            The three numbers are right, but in another order: dense, locally connected, convolution.
    """,
)


def _layers(name: str, *layers: tuple[int, int]) -> tuple:
    return (name, np.array(layers))


def _fields(layers):
    field, jump, found = 1, 1, []
    for kernel, stride in layers:
        field += (kernel - 1) * jump
        jump *= stride
        found.append(field)
    return np.array(found)


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
    right="Your recursion follows six stacks, among them LeNet: 5, 6, 14, 16.",
    truth=_fields,
    edits="""
        return np.array(found) -> return layers[:, 0]
            You return the kernels' sizes. That is the receptive field in the first layer only.
        return np.array(found) -> return np.cumsum(layers[:, 0])
            The kernels' sizes are added up. Neighbouring windows overlap: a layer adds k − 1 steps.
        return np.array(found) -> return np.cumprod(layers[:, 0])
            The kernels' sizes are multiplied. Neighbouring windows overlap: a layer adds k − 1 steps.
        jump *= stride -> pass
            The strides are forgotten: behind one, neighbours look several pixels apart.
        field += (kernel - 1) * jump -> jump *= stride; field += (kernel - 1) * jump ;; jump *= stride -> pass
            A layer's own stride counts for the layers behind it: first add (k − 1) · jump, then change jump.
        (kernel - 1) * jump -> kernel * jump
            k numbers have k − 1 steps between them: add (k − 1) · jump.
        (kernel - 1) * jump -> (kernel + 1) * jump
            k numbers have k − 1 steps between them, not k + 1.
        jump *= stride -> jump += stride
        jump *= stride -> jump += stride - 1
            Jumps multiply: behind two strides of 2, neighbours lie 4 pixels apart.
        jump *= stride -> jump = stride
            The jump is only the last stride. Jumps of earlier layers stay: multiply.
        jump *= stride -> jump = stride ** (len(found) + 1)
        jump *= stride -> jump = stride ** len(found)
            The jump is a power of the last stride: it is the product of all before.
        (kernel - 1) * jump -> (kernel - 1) * stride ** (len(found) + 1)
        (kernel - 1) * jump -> (kernel - 1) * stride ** len(found)
            The jump is a power of the layer's own stride: it is the product of all strides before.
        jump *= stride -> jump *= 2
            The jump doubles with each layer, whatever its stride: multiply by the stride.
        (kernel - 1) * jump -> (kernel - 1) * stride
            A layer adds k − 1 jumps, not k − 1 of its own strides: the jump is the product of the strides
            before it.
        (kernel - 1) * jump -> kernel // 2 * jump
            Only one half of the kernel is counted: it reaches to both sides.
        (kernel - 1) * jump -> kernel + jump - 1
            The jump is added to the kernel. It multiplies the steps: (k − 1) · jump.
        (kernel - 1) * jump -> kernel * jump - 1
            Only 1 is subtracted: (k − 1) · jump needs its parentheses.
        field += (kernel - 1) * jump -> field = max(field, kernel)
            The larger of the kernels is taken. Each layer adds (k − 1) · jump to what is seen.
        field += (kernel - 1) * jump -> field = field * stride + kernel - 1
            The field is multiplied by the stride. A stride widens the jump of the layers behind it, not the
            field.
        field += (kernel - 1) * jump -> field = field * stride + kernel
            The field is multiplied by the stride, and the whole kernel is added.
        field += (kernel - 1) * jump -> field = (field - 1) * stride + kernel
            That is the way back, from the last layer to the first: (r − 1) · s + k. From the first on, add (k
            − 1) · jump.
        field, jump, found = 1, 1, [] -> field, jump, found = 0, 1, []
            Begin with 1: a pixel sees itself.
        field, jump, found = 1, 1, [] -> field, jump, found = 1, 0, []
            The jump begins with 1, not 0: neighbouring pixels lie one pixel apart.
        in layers -> in layers[::-1]
            You go from the last layer to the first. Strides of early layers widen the later ones.
        return np.array(found) -> return np.array(found)[-1:]
        return np.array(found) -> return np.array(found[-1])
            That is the last one alone. Return a list with the receptive field after each layer.
        found = 1, 1, [] -> found = 1, 1, [1]
            Your list begins with the picture itself. Begin with the receptive field after the first layer.
        return np.array(found) -> return np.array([1, *found[:-1]])
            Each layer's receptive field is that of the layer before.
        return np.array(found) -> return np.array(found) ** 2
            You return how many pixels lie in the square. Its side is asked for.
        return np.array(found) -> return np.diff(found, prepend=1)
            You return by how much the receptive field grows, not the field.
        return np.array(found) -> return np.cumsum(found)
            The receptive fields are added up. Each belongs to its own layer.
    """,
)
