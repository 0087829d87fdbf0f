"""Lesson 8's checks: one number of a layer, a whole layer, and what it learns."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from cnnlib.convolution import depthwise_conv2d
from cnnlib.exercises.check import function_check
from cnnlib.kernels import KERNELS
from cnnlib.pictures import picture

_COLOURS = np.moveaxis(picture("colours 3x3"), -1, 0)
_OUTLINE = np.stack([KERNELS["outline"].matrix] * 3)
_PREWITT = np.stack([KERNELS["Prewitt, columns"].matrix] * 3)

_NOT_SUMMED = (
    "The channels are not added up: you keep a number for each of them. A filter spans all channels and "
    "makes one."
)


def _sums(window, filter) -> np.ndarray:
    return (window.astype(float) * filter).sum(axis=(1, 2))


def _place(name: str, window, filter, bias: float) -> tuple:
    return (name, np.asarray(window), np.asarray(filter), np.array(bias))


def _response(window, filter, bias):
    total = (window.astype(float) * filter).sum() + bias
    return np.maximum(total, 0)


check_response = function_check(
    "08-response",
    makes="a learner's own number at one place: all channels, the bias, the ReLU",
    takes="Takes a window ``(C, KH, KW)``, a filter of the same shape and a bias, a number; returns a "
    "number.",
    example="""
    >>> check_response(lambda window, filter, bias: bias).verdict
    'wrong'
    """,
    call="response(window, filter, bias)",
    cases=(
        _place("the nine colours, an outline filter and bias 0", _COLOURS, _OUTLINE, 0),
        _place("the nine colours, an outline filter and bias 500", _COLOURS, _OUTLINE, 500),
        _place("the nine colours, left − right and bias −100", _COLOURS, -_PREWITT, -100),
        _place(
            "two channels of 2 × 3, with bias 7",
            [[[5, 1, 4], [2, 8, 0]], [[3, 3, 1], [6, 0, 2]]],
            [[[1, -2, 0], [0, 3, -1]], [[-1, 2, 5], [1, 0, -2]]],
            7,
        ),
        _place(
            "bytes, weights from −1 to 2 and bias 3",
            np.array([[[10, 30], [220, 70]], [[200, 90], [40, 250]], [[60, 255], [5, 80]]], np.uint8),
            [[[1, 1], [2, -1]], [[2, -1], [0, 1]], [[-1, 2], [1, 0]]],
            3,
        ),
        _place("one channel, a sum below 0 and bias −3", [[[4, 2], [1, 3]]], [[[0.5, -1], [-1.5, 0]]], -3),
        _place("one channel and bias −3", [[[4, 2], [1, 3]]], [[[0.5, 1], [-1.5, 2]]], -3),
        _place("two channels and an answer below 1", [[[2, 1]], [[4, 3]]], [[[0.5, -2]], [[0.25, 1]]], -2.7),
    ),
    right="Three sums, one number: the bias once, and ReLU at the very end.",
    truth=_response,
    edits="""
        np.maximum(total, 0) -> total
            The sum and the bias are right, but what is negative has to become 0: ReLU is missing.
        np.maximum(total, 0) -> np.minimum(total, 0)
            The wrong half is cut off: what is positive passes, what is negative becomes 0.
        + bias -> + 0 ;; np.maximum(total, 0) -> np.maximum(total, 0) + bias
            ReLU comes too early: the bias is added first, for it decides what is above 0.
        (window.astype(float) * filter).sum() -> np.maximum(_sums(window, filter), 0).sum()
        (window.astype(float) * filter).sum() -> np.maximum(_sums(window, filter), 0).sum()
        ;; np.maximum(total, 0) -> total
            ReLU is applied to each channel. The three sums are parts of one number: add them first.
        (window.astype(float) * filter).sum() + bias -> np.maximum(_sums(window, filter) + bias, 0).sum()
            Bias and ReLU come in once for each channel. Add the channels first: the sum gets both, once.
        (window.astype(float) * filter).sum() -> np.maximum(window.astype(float) * filter, 0).sum()
        (window.astype(float) * filter).sum() + bias
        -> np.maximum(window.astype(float) * filter + bias, 0).sum()
        (window.astype(float) * filter).sum() -> np.maximum(window.astype(float) * filter, 0).sum()
        ;; np.maximum(total, 0) -> total
            ReLU is applied to each product. Add all of them and the bias first: ReLU bends the sum.
        (window.astype(float) * filter).sum() -> _sums(window, filter)
        (window.astype(float) * filter).sum() -> _sums(window, filter) ;; np.maximum(total, 0) -> total
        (window.astype(float) * filter).sum() + bias -> _sums(window, filter)
            The channels are not added up: you keep a number for each of them. A filter spans all channels and
            makes one.
        + bias -> + len(window) * bias
            The bias is added once for each channel. It belongs to the filter: the sum over all channels gets
            it once.
        + bias -> + window.size * bias
            The bias is added to every product. The finished sum gets it, once.
        + bias -> + window[0].size * bias
            The bias is added once for each weight of a kernel. The finished sum gets it, once.
        + bias -> + 0
            The bias does not come in yet.
        + bias -> - bias
            The bias is subtracted. It is added, as one more weight whose pixel is always 1.
        + bias -> + bias / len(window)
            The bias is divided by the number of channels. The finished sum gets it whole.
        (window.astype(float) * filter).sum() -> _sums(window, filter)[0]
        (window.astype(float) * filter).sum() -> _sums(window, filter)[-1]
            Only one channel gets through: the others are left out, or overwritten. Add all of them up.
        (window.astype(float) * filter).sum() -> _sums(window, filter).mean()
            You take a mean of the channels. A filter adds them up.
        (window.astype(float) * filter).sum() -> _sums(window, filter).max()
            You keep the channel with the largest answer. All of them are added.
        (window.astype(float) * filter).sum() -> _sums(window, filter).prod()
            The channels' sums are multiplied. A filter adds them up.
        * filter -> * filter[:1]
            The same kernel lies on all channels. A filter has a kernel of its own for each: give it the index
            of the channel.
        * filter -> * filter[::-1]
            The order of the channels is turned round: kernel c belongs to channel c.
        * filter -> * filter[:, ::-1, ::-1]
            The kernels are turned by 180° before they are used. Here the upper left weight meets the upper
            left pixel.
        * filter -> * np.swapaxes(filter, 1, 2)
            Each kernel's rows and columns are swapped.
        (window.astype(float) * filter).sum() + bias -> ((window.astype(float) + bias) * filter).sum()
            The bias is added to every pixel, before the weights. The finished sum gets it, once.
        (window.astype(float) * filter).sum() + bias -> (window.astype(float) * (filter + bias)).sum()
            The bias is added to every weight, before the pixels. The finished sum gets it, once.
        + bias -> * bias
            The bias is multiplied with the sum. It is added.
        window.astype(float) * filter -> window.astype(float) @ filter
            Window and filter are multiplied as matrices, `@`. Each number meets the weight on top of it: `*`.
        np.maximum(total, 0) -> np.clip(total, 0, 255)
            The answer is clipped to 0..255. ReLU has no upper end.
    """,
    mistakes=(
        (
            "The numbers stay in the image's own type of integer: negative and large ones wrap round. "
            "Collect them in floats.",
            lambda window, filter, bias: max(
                0, int((window * filter.astype(window.dtype)).sum(dtype=window.dtype)) + bias
            ),
        ),
    ),
)


_COUNTS = ((1, 6, 5), (6, 16, 5), (3, 2, 3), (3, 64, 3), (64, 10, 1), (5, 5, 3))


def _count_all(channels, filters, kernel):
    return filters * (channels * kernel * kernel + 1)


check_count = function_check(
    "08-count",
    makes="a learner's own count of what a layer learns",
    takes="Takes the numbers of channels and of filters, and the side of the square kernels; returns "
    "how many weights and biases there are.",
    example="""
    >>> print(check_count(lambda channels, filters, kernel: filters * channels * kernel**2))
    Not yet: The biases are missing: one for each filter.
    """,
    call="count(channels, filters, kernel)",
    cases=tuple(
        (f"{f} filters of {k} × {k} over {c} channel{'s' * (c > 1)}", *map(np.int64, (c, f, k)))
        for c, f, k in _COUNTS
    ),
    right="156 and 2,416 for the first two layers of LeNet, and four more: a kernel for each channel, a "
    "bias for each filter.",
    truth=_count_all,
    edits="""
        filters * (channels * kernel * kernel + 1) -> filters * channels * kernel * kernel
            The biases are missing: one for each filter.
        channels * kernel -> kernel
            The channels are forgotten: a filter has a kernel for each of them.
        filters * (channels * kernel * kernel + 1) -> (filters + channels) * kernel * kernel + filters
        filters * (channels * kernel * kernel + 1) -> (filters + channels) * kernel * kernel
            Channels and filters are added. They multiply: each filter has a kernel for each channel.
        filters * (channels * kernel * kernel + 1) -> filters * kernel * kernel
            Channels and biases are forgotten: a filter has a kernel for each channel, and one bias.
        filters * (channels * kernel * kernel + 1) -> filters * channels * (kernel * kernel + 1)
            There is a bias for each kernel. A filter has one for all of its kernels together.
        filters * (channels * kernel * kernel + 1) -> filters * channels * kernel * kernel + channels
            There is a bias for each channel. There is one for each filter.
        filters * (channels * kernel * kernel + 1) -> filters * channels * kernel * kernel + 1
            There is one bias for all. Each filter has its own.
        filters * (channels * kernel * kernel + 1) -> filters * channels * kernel * kernel + filters**2
            The filters are squared among the biases: one for each filter.
        filters * (channels * kernel * kernel + 1) -> (filters * channels * kernel * kernel + filters + 1)
            There is a bias too many: one for each filter.
        filters * (channels * kernel * kernel + 1) -> 2 * filters * channels * kernel * kernel
            There is a bias for each weight. A filter has one for all of its weights.
        filters * (channels * kernel * kernel + 1) -> (channels * kernel * kernel + 1)
            That is a single filter. There are several.
        filters * (channels * kernel * kernel + 1) -> channels * kernel * kernel + filters
            Every filter has its own bias, but all share the same weights here. Weights, too, are its own.
        kernel * kernel -> kernel
            The kernel is square: k rows and k columns make k · k weights, not k.
        kernel * kernel -> 2 * kernel
            The kernel's sides are added. They multiply: k · k weights.
        filters * (channels * kernel * kernel + 1) -> (filters + 1) * channels * kernel * kernel
            The 1 stands beside the filters. It counts the bias, so it belongs to the weights of one filter.
        channels * kernel * kernel -> (channels * kernel) ** 2
            The channels are squared with the kernel's side: c · k · k.
    """,
)


def _each(x, filters) -> np.ndarray:
    """Return the map of each channel for each filter, (F, C, OH, OW)."""
    return np.stack([depthwise_conv2d(x.astype(float), filter) for filter in filters])


def _numbers(seed: int, shape: tuple[int, ...], low: int, high: int) -> np.ndarray:
    return np.random.default_rng(seed).integers(low, high, shape)


def _volume(name: str, shape: tuple[int, int, int], filters: int, taps: tuple[int, int], bias: list) -> tuple:
    x, w = _numbers(1, shape, 0, 10), _numbers(2, (filters, shape[0], *taps), -3, 4)
    return (name, x, w, np.array(bias))


_ONE_BIAS = "If it is the bias: there is one number for each filter, and it belongs to all places of its map."


def _layer(x, filters, bias):
    windows = sliding_window_view(x.astype(float), filters.shape[2:], axis=(1, 2))
    out = np.zeros((len(filters), *windows.shape[1:3]))
    for k in range(len(filters)):
        kernels = filters[k][:, None, None]
        out[k] = (windows * kernels).sum(axis=(0, 3, 4)) + bias[k]
    return out


check_layer = function_check(
    "08-layer",
    makes="a learner's own layer, in which the published formula for the bias is repaired",
    takes="Takes a picture ``(C, H, W)``, filters ``(F, C, KH, KW)`` and biases ``(F,)``; returns the "
    "maps ``(F, H - KH + 1, W - KW + 1)``, before ReLU.",
    example="""
    >>> from cnnlib import conv2d
    >>> print(check_layer(lambda x, filters, bias: conv2d(x, filters)))
    Not yet: The bias does not come in yet.
    """,
    call="layer(x, filters, bias)",
    errors=(
        ("broadcast", _ONE_BIAS),
        ("setting an array element", _ONE_BIAS),
        (
            "out of bounds",
            "How many filters are there, how many channels, and which of them does an index count?",
        ),
    ),
    cases=(
        _volume("three channels of 5 × 6 and three filters of 3 × 3", (3, 5, 6), 3, (3, 3), [1, -20, 300]),
        _volume("two channels of 6 × 5 and three filters of 2 × 2", (2, 6, 5), 3, (2, 2), [40, 5, -6]),
        _volume("one channel of 4 × 7 and two filters of 3 × 2", (1, 4, 7), 2, (3, 2), [-7, 80]),
        _volume("three channels of 5 × 4 and two filters of 2 × 3", (3, 5, 4), 2, (2, 3), [9, 0.5]),
        (
            "a picture in bytes, four channels and four filters",
            _numbers(3, (4, 4, 5), 0, 256).astype(np.uint8),
            _numbers(4, (4, 4, 2, 2), -2, 3),
            np.array([3, 0, -50, 8]),
        ),
        _volume("three channels of 3 × 3 and two filters of 3 × 3", (3, 3, 3), 2, (3, 3), [2, -9]),
    ),
    right="Six layers with different numbers of channels and filters give the right maps. The formula is "
    "out[k, i, j] = b[k] + the sum over c, p and q: one bias for each filter, and no c is left over.",
    truth=_layer,
    edits="""
        + bias[k] -> + 0 ;; windows * kernels -> (windows + bias[k]) * kernels
            The bias is added to the window, so each weight multiplies it. The finished sum gets it, once.
        bias[k] -> sum(bias[c] for c in range(len(x)))
            The bias carries the index of the channel, as published, and is added with each: the sum then
            holds all of them. One bias belongs to each filter.
        bias[k] -> [bias[c] for c in range(len(x))][-1]
            Every map gets the bias with the last channel's index. After the sum over c there is no c left:
            the bias belongs to the filter.
        bias[k] -> len(x) * bias[k]
            The bias is added once for each channel. It belongs to the filter: the sum over all channels gets
            it once.
        bias[k] -> filters[0].size * bias[k]
            The bias is added to every product. The finished sum gets it, once.
        bias[k] -> filters[0, 0].size * bias[k]
            The bias is added once for each weight of a kernel. The finished sum gets it, once.
        bias[k] -> 0
            The bias does not come in yet.
        bias[k] -> bias[0]
            All maps get the first bias. Each filter has its own.
        bias[k] -> np.mean(bias)
            Every map gets the mean of the biases. Each filter has its own.
        bias[k] -> bias[-1]
            All maps get the last bias. Each filter has its own.
        bias[k] -> np.sum(bias)
            Every map gets all biases. Each filter has its own.
        bias[k] -> bias[len(bias) - 1 - k]
        bias[k] -> bias[k - 1]
        bias[k] -> bias[(k + 1) % len(bias)]
            The biases are in another order: bias k belongs to filter k.
        + bias[k] -> - bias[k]
            The bias is subtracted. It is added.
        + bias[k] -> * bias[k]
            The bias is multiplied with the sum. It is added.
        windows * kernels -> (windows * kernels)[:1]
        windows * kernels -> (windows * kernels)[-1:]
            Only one channel gets through: the others are left out, or overwritten. Add all of them up.
        (windows * kernels).sum(axis=(0, 3, 4)) -> (windows * kernels).sum(axis=(0, 3, 4)) / len(x)
            You take a mean of the channels. A filter adds them up.
        (windows * kernels).sum(axis=(0, 3, 4)) -> (windows * kernels).sum(axis=(3, 4)).max(axis=0)
            You keep the largest of the channels' maps. A filter adds them up.
        (windows * kernels).sum(axis=(0, 3, 4))
        -> np.maximum((windows * kernels).sum(axis=(3, 4)), 0).sum(axis=0)
            ReLU is applied to each channel: it is not asked for here, and it would bend the sum.
        (windows * kernels).sum(axis=(0, 3, 4)) -> np.maximum((windows * kernels).sum(axis=(0, 3, 4)), 0)
            ReLU comes before the bias, and is not asked for here.
        filters[k] -> filters[k][:1]
            The same kernel lies on all channels. A filter has a kernel of its own for each: give it the index
            of the channel.
        filters[k] -> filters[0]
            All maps are alike but for the bias: each comes from the first filter. Use the k-th for map k.
        filters[k] -> filters[k][:, ::-1, ::-1]
            The kernels are turned by 180° before they are used. Here the upper left weight meets the upper
            left pixel.
        filters[k] -> filters[k][::-1]
            The order of the channels is turned round: kernel c belongs to channel c.
        filters[k] -> filters[:, k]
            Filter and channel are swapped: filters[k, c] is the kernel of filter k for channel c.
        return out -> return out.sum(axis=0)
            The maps are added up. The sum runs over the channels, not over the filters: each filter keeps its
            map.
        return out -> return np.maximum(out, 0)
            What is negative has become 0. The formula ends with the bias; ReLU is the next step.
        return out -> return np.cumsum(out - bias[:, None, None], axis=0) + bias[:, None, None]
        return out -> return np.cumsum(out, axis=0)
            The maps are piled up: map k holds the sum of all maps before it, too. Begin each filter with a
            new sum.
        return out -> return np.moveaxis(out, 0, -1)
            The maps come last. The order asked for is filter, row, column.
        return out -> return np.trunc(out).astype(int).astype(x.dtype)
            The numbers stay in the image's own type of integer: negative and large ones wrap round. Collect
            them in floats.
    """,
    mistakes=(
        (
            "Each channel gets a bias and a map of its own. A filter adds its channels up to one map, with "
            "one bias.",
            lambda x, filters, bias: (
                _each(x, filters) + np.array([bias[c] for c in range(len(x))])[:, None, None]
            ),
        ),
        *(
            (
                _NOT_SUMMED,
                lambda x, filters, bias, own=own: _each(x, filters) + own * bias[:, None, None, None],
            )
            for own in (0, 1)
        ),
        (
            "There is a map for each channel: that is a depthwise convolution. Here, each filter makes one "
            "map of all channels.",
            lambda x, filters, bias: _each(x, filters[:1])[0],
        ),
        (
            "There is a map for each channel of each filter. A filter adds its channels up to one map.",
            lambda x, filters, bias: np.concatenate(_each(x, filters)),
        ),
    ),
)
