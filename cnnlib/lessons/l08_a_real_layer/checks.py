"""Lesson 8's checks: one number of a layer, a whole layer, and what it learns."""

from collections.abc import Callable

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from cnnlib.activations import leaky_relu, relu, sigmoid
from cnnlib.convolution import conv2d, depthwise_conv2d
from cnnlib.exercises.check import Part, Ways, function_check
from cnnlib.exercises.ways import BENDS
from cnnlib.kernels import KERNELS
from cnnlib.ledger import layer_size
from cnnlib.pictures import picture

_COLOURS = np.moveaxis(picture("colours 3x3"), -1, 0)
_OUTLINE = np.stack([KERNELS["outline"].matrix] * 3)
_PREWITT = np.stack([KERNELS["Prewitt, columns"].matrix] * 3)

_FLIPPED = (
    "The kernels are turned by 180° before they are used. Here the upper left weight meets the upper left "
    "pixel."
)
_NOT_SUMMED = (
    "The channels are not added up: you keep a number for each of them. A filter spans all channels and "
    "makes one."
)
_ONE_CHANNEL = "Only one channel gets through: the others are left out, or overwritten. Add all of them up."
_BIAS_PER_CHANNEL = (
    "The bias is added once for each channel. It belongs to the filter: the sum over all channels gets it "
    "once."
)
_BIAS_PER_WEIGHT = "The bias is added to every product. The finished sum gets it, once."
_RELU_ON_PRODUCTS = "ReLU is applied to each product. Add all of them and the bias first: ReLU bends the sum."
_NO_BIAS = "The bias does not come in yet."
_SAME_KERNEL = (
    "The same kernel lies on all channels. A filter has a kernel of its own for each: give it the index of "
    "the channel."
)
_BYTES = (
    "The numbers stay in the image's own type of integer: negative and large ones wrap round. Collect them "
    "in floats."
)
_MEAN = "You take a mean of the channels. A filter adds them up."


def _number(window, filter, bias) -> np.ndarray:
    return relu((window.astype(float) * filter).sum() + bias)


def _sums(window, filter) -> np.ndarray:
    return (window.astype(float) * filter).sum(axis=(1, 2))


def _bends(number) -> tuple:
    """Return the mistakes of another bend than ReLU."""
    says = "That is {}. Here the bend is ReLU: what is negative becomes 0, all else stays."
    bends = {
        "the leaky ReLU, which lets a hundredth of the negative numbers through": lambda x: leaky_relu(x),
        "the leaky ReLU, which lets a tenth of the negative numbers through": lambda x: leaky_relu(x, 0.1),
        "the sigmoid, which squeezes everything into 0 to 1": sigmoid,
        "tanh, which squeezes everything into −1 to 1": np.tanh,
        "softplus, a ReLU with a round corner": lambda x: np.logaddexp(0, x),
        "the slope of ReLU, 0 or 1": lambda x: np.where(x > 0, 1, 0),
    }
    return tuple(
        (says.format(name), lambda *given, bend=bend: bend(number(*given))) for name, bend in bends.items()
    )


def _wrapped_number(window, filter, bias) -> float:
    return max(0, int((window * filter.astype(window.dtype)).sum(dtype=window.dtype)) + bias)


def _place(name: str, window, filter, bias: float) -> tuple:
    return (name, np.asarray(window), np.asarray(filter), np.array(bias))


def _answer(
    window,
    filter,
    bias,
    *,
    weights=lambda k: k,
    products=lambda w, k: w * k,
    total=np.sum,
    added=lambda b, w: b,
    bend=relu,
) -> np.ndarray:
    """Answer as is right, but for what a mistake puts in place of a part."""
    return bend(
        np.asarray(total(products(window.astype(float), weights(filter))) + added(bias, window), float)
    )


_BIASES = (
    (lambda b, w: 0, _NO_BIAS),
    (lambda b, w: -b, "The bias is subtracted. It is added, as one more weight whose pixel is always 1."),
    (lambda b, w: len(w) * b, _BIAS_PER_CHANNEL),
    (lambda b, w: w.size * b, _BIAS_PER_WEIGHT),
    (
        lambda b, w: w[0].size * b,
        "The bias is added once for each weight of a kernel. The finished sum gets it, once.",
    ),
    (lambda b, w: b * b, "The bias is squared."),
    (lambda b, w: abs(b), "The bias loses its sign."),
    (lambda b, w: 1, "1 is added in place of the bias."),
    (lambda b, w: b / len(w), "The bias is divided by the number of channels."),
    (lambda b, w: b / w.size, "The bias is divided by the number of weights."),
    (lambda b, w: max(b, 0), "A negative bias counts as 0."),
)
_ANSWERS = Ways(
    _answer,
    {
        "weights": (
            (lambda k: k[:, ::-1, ::-1], _FLIPPED),
            (lambda k: np.swapaxes(k, 1, 2), "Each kernel's rows and columns are swapped."),
            (lambda k: k[::-1], "The order of the channels is turned round: kernel c belongs to channel c."),
            (lambda k: k[:1] + 0 * k, _SAME_KERNEL),
            (np.abs, "The signs of the weights are dropped."),
            (lambda k: k - k.mean(), "The mean of the weights is subtracted."),
            (lambda k: -k, "The signs of the weights are turned."),
        ),
        "products": (
            (lambda w, k: np.abs(w * k), "The signs of the products are dropped."),
            (lambda w, k: relu(w * k), _RELU_ON_PRODUCTS),
            (lambda w, k: w**2 * k, "The pixels are squared."),
            (lambda w, k: w + k, "Pixel and weight are added. They are multiplied."),
            (
                lambda w, k: w @ k,
                "`@` is the matrix product. Each number meets the weight on top of it: `*`.",
            ),
            (lambda w, k: w, "The weights do not come in."),
            (lambda w, k: w / 255 * k, "The pixels are divided by 255."),
            (lambda w, k: (w * k) ** 2, "The products are squared."),
            (lambda w, k: relu((w * k).sum(axis=(1, 2))), "ReLU is applied to each channel: add them first."),
            (lambda w, k: (w - w.mean()) * k, "The mean of the window is subtracted."),
        ),
        "total": (
            (lambda p: p[0].sum(), _ONE_CHANNEL),
            (lambda p: p[-1].sum(), _ONE_CHANNEL),
            (np.mean, "The products are averaged. A filter adds them up."),
            (lambda p: p.sum() / len(p), _MEAN),
            (np.max, "The largest product is kept. All of them are added."),
            (
                lambda p: p.sum(axis=(1, 2)).max() if p.ndim > 1 else p.max(),
                "You keep the channel with the largest answer.",
            ),
            (
                lambda p: p.sum(axis=(1, 2)).prod() if p.ndim > 1 else p.prod(),
                "The channels' sums are multiplied: add them.",
            ),
            (lambda p: p.sum(axis=(1, 2)) if p.ndim > 1 else p, _NOT_SUMMED),
            (lambda p: p.sum(axis=0), "Only the channels are added up. All products of the window are."),
        ),
        "added": _BIASES,
        "bend": (
            *BENDS,
            (
                lambda x: np.minimum(x, 255) * (x > 0),
                "The answer is clipped to 0..255. ReLU has no upper end.",
            ),
            (lambda x: np.round(relu(x)), "The answer is rounded."),
        ),
    },
)
_EARLY = Ways(
    lambda window, filter, bias, *, bend, added=lambda b, w: b: (
        bend((window.astype(float) * filter).sum()) + added(bias, window)
    ),
    {
        "bend": ((relu, "ReLU comes too early: the bias is added first, for it decides what is above 0."),),
        "added": _BIASES,
    },
)

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
        _place("one channel and bias −3", [[[4, 2], [1, 3]]], [[[0.5, 1], [-1.5, 2]]], -3),
        _place("two channels and an answer below 1", [[[2, 1]], [[4, 3]]], [[[0.5, -2]], [[0.25, 1]]], -2.7),
    ),
    truth=_number,
    ways=[_ANSWERS, _EARLY],
    right="Three sums, one number: the bias once, and ReLU at the very end.",
    mistakes=(
        (
            "The sum and the bias are right, but what is negative has to become 0: ReLU is missing.",
            lambda window, filter, bias: (window.astype(float) * filter).sum() + bias,
        ),
        (
            "ReLU comes too early: the bias is added first, for it decides what is above 0.",
            lambda window, filter, bias: relu((window.astype(float) * filter).sum()) + bias,
        ),
        (
            "ReLU is applied to each channel. The three sums are parts of one number: add them first.",
            lambda window, filter, bias: relu(relu(_sums(window, filter)).sum() + bias),
        ),
        (
            "ReLU is applied to each channel. The three sums are parts of one number: add them first.",
            lambda window, filter, bias: relu(_sums(window, filter)).sum() + bias,
        ),
        (_RELU_ON_PRODUCTS, lambda window, filter, bias: relu(window.astype(float) * filter).sum() + bias),
        (_RELU_ON_PRODUCTS, lambda window, filter, bias: relu(window.astype(float) * filter + bias).sum()),
        (_NOT_SUMMED, lambda window, filter, bias: relu(_sums(window, filter) + bias)),
        (_NOT_SUMMED, lambda window, filter, bias: _sums(window, filter) + bias),
        (_NOT_SUMMED, lambda window, filter, bias: relu(_sums(window, filter))),
        (_BIAS_PER_CHANNEL, lambda window, filter, bias: relu((_sums(window, filter) + bias).sum())),
        (_BIAS_PER_CHANNEL, lambda window, filter, bias: (_sums(window, filter) + bias).sum()),
        (_BIAS_PER_WEIGHT, lambda window, filter, bias: relu((window.astype(float) * filter + bias).sum())),
        (_NO_BIAS, lambda window, filter, bias: relu(_sums(window, filter).sum())),
        (
            "The bias is subtracted. It is added, as one more weight whose pixel is always 1.",
            lambda window, filter, bias: relu(_sums(window, filter).sum() - bias),
        ),
        (_ONE_CHANNEL, lambda window, filter, bias: relu(_sums(window, filter)[0] + bias)),
        (_ONE_CHANNEL, lambda window, filter, bias: relu(_sums(window, filter)[-1] + bias)),
        (_MEAN, lambda window, filter, bias: relu(_sums(window, filter).mean() + bias)),
        (
            "You keep the channel with the largest answer. All of them are added.",
            lambda window, filter, bias: relu(_sums(window, filter).max() + bias),
        ),
        (_SAME_KERNEL, lambda window, filter, bias: relu(_sums(window, filter[:1]).sum() + bias)),
        (_FLIPPED, lambda window, filter, bias: _number(window, filter[:, ::-1, ::-1], bias)),
        (
            "The bias is added to every pixel, before the weights. The finished sum gets it, once.",
            lambda window, filter, bias: relu(((window.astype(float) + bias) * filter).sum()),
        ),
        (
            "The bias is added to every weight, before the pixels. The finished sum gets it, once.",
            lambda window, filter, bias: relu((window.astype(float) * (filter + bias)).sum()),
        ),
        (
            "The bias is multiplied with the sum. It is added.",
            lambda window, filter, bias: relu((window.astype(float) * filter).sum() * bias),
        ),
        *_bends(lambda window, filter, bias: (window.astype(float) * filter).sum() + bias),
        (
            "Window and filter are multiplied as matrices, `@`. Each number meets the "
            "weight on top of it: `*`.",
            lambda window, filter, bias: relu((window.astype(float) @ filter).sum() + bias),
        ),
        (
            "The largest product is kept. All of them are added.",
            lambda window, filter, bias: relu((window.astype(float) * filter).max() + bias),
        ),
        (
            "The products are averaged. A filter adds them up.",
            lambda window, filter, bias: relu((window.astype(float) * filter).mean() + bias),
        ),
        (
            "You drop the sign. ReLU makes 0 of everything negative.",
            lambda window, filter, bias: np.abs(_sums(window, filter).sum() + bias),
        ),
        (_BYTES, _wrapped_number),
    ),
)


_COUNTS = ((1, 6, 5), (6, 16, 5), (3, 2, 3), (3, 64, 3), (64, 10, 1), (5, 5, 3))


def _count(change: Callable[[int, int, int], int]) -> Callable:
    return lambda channels, filters, kernel: np.asarray(change(int(channels), int(filters), int(kernel)))


def _summed(c, f, k, *, weights=lambda c, f, k: f * c * k * k, biases=lambda c, f, k: f) -> np.ndarray:
    """Count as is right, but for what a mistake puts in place of a part."""
    return np.asarray(weights(c, f, k) + biases(c, f, k))


_SUMS = Ways(
    _summed,
    {
        "weights": (
            (
                lambda c, f, k: f * k * k,
                "The channels are forgotten: a filter has a kernel for each of them.",
            ),
            (lambda c, f, k: c * k * k, "That is a single filter. There are several."),
            (
                lambda c, f, k: f * c * k,
                "The kernel is square: k rows and k columns make k · k weights, not k.",
            ),
            (lambda c, f, k: f * c * 2 * k, "The kernel's sides are added. They multiply: k · k weights."),
            (lambda c, f, k: f * c, "The weights of a kernel are forgotten: k · k of them."),
            (lambda c, f, k: f + c * k * k, "The filters are added. Each has all these weights: multiply."),
            (lambda c, f, k: f * (c + k * k), "The channels are added to the kernel. They multiply."),
            (
                lambda c, f, k: f * c * k**3,
                "One factor k is too much: a kernel has k · k weights on each channel.",
            ),
            (lambda c, f, k: f * c * c * k * k, "The channels are counted twice."),
            (lambda c, f, k: f * f * c * k * k, "The filters are counted twice."),
            (lambda c, f, k: k * k, "That is a single kernel. There is one for each channel of each filter."),
            (lambda c, f, k: f * c * (k - 1) ** 2, "The kernel's side is taken one too small."),
            (lambda c, f, k: f * (c * k) ** 2, "The channels are squared with the kernel's side: c · k · k."),
            (lambda c, f, k: f * 3 * k * k, "The channels are taken to be three, whatever is given."),
            (lambda c, f, k: 0, "The weights are left out."),
        ),
        "biases": (
            (lambda c, f, k: 0, "The biases are missing: one for each filter."),
            (lambda c, f, k: 1, "There is one bias for all. Each filter has its own."),
            (lambda c, f, k: c, "There is a bias for each channel. There is one for each filter."),
            (
                lambda c, f, k: f * c,
                "There is a bias for each kernel. A filter has one for all of its kernels together.",
            ),
            (lambda c, f, k: f * k, "There is a bias for each row of a kernel. A filter has one."),
            (lambda c, f, k: f * k * k, "There is a bias for each place of a kernel. A filter has one."),
            (lambda c, f, k: c * k * k, "The 1 stands beside the filters: it counts the bias of one filter."),
            (lambda c, f, k: k * k, "There is a bias for each place of a kernel. A filter has one."),
            (lambda c, f, k: k, "There is a bias for each row of a kernel. A filter has one."),
            (lambda c, f, k: f + c, "There is a bias for each channel, too. There is one for each filter."),
            (lambda c, f, k: f + 1, "There is a bias too many: one for each filter."),
            (lambda c, f, k: 2 * f, "The biases are counted twice."),
            (lambda c, f, k: f * f, "The filters are squared among the biases: one for each filter."),
            (lambda c, f, k: -f, "The biases are subtracted. They are learned as well: add them."),
        ),
    },
)

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
    truth=_count(lambda c, f, k: layer_size((c, k, k), f, k).parameters),
    ways=[_SUMS],
    parts=(
        Part("The weights", _count(lambda c, f, k: f * c * k * k)),
        Part("The biases", _count(lambda c, f, k: f)),
    ),
    right="156 and 2,416 for the first two layers of LeNet, and four more: a kernel for each channel, a "
    "bias for each filter.",
    mistakes=(
        ("The biases are missing: one for each filter.", _count(lambda c, f, k: f * c * k * k)),
        (
            "The channels are forgotten: a filter has a kernel for each of them.",
            _count(lambda c, f, k: f * (k * k + 1)),
        ),
        (
            "Channels and biases are forgotten: a filter has a kernel for each channel, and one bias.",
            _count(lambda c, f, k: f * k * k),
        ),
        (
            "There is a bias for each kernel. A filter has one for all of its kernels together.",
            _count(lambda c, f, k: f * c * (k * k + 1)),
        ),
        (
            "There is a bias for each channel. There is one for each filter.",
            _count(lambda c, f, k: f * c * k * k + c),
        ),
        ("There is one bias for all. Each filter has its own.", _count(lambda c, f, k: f * c * k * k + 1)),
        ("That is a single filter. There are several.", _count(lambda c, f, k: c * k * k + 1)),
        (
            "Every filter has its own bias, but all share the same weights here. Weights, too, are its own.",
            _count(lambda c, f, k: c * k * k + f),
        ),
        (
            "The kernel is square: k rows and k columns make k · k weights, not k.",
            _count(lambda c, f, k: f * (c * k + 1)),
        ),
        (
            "The 1 stands beside the filters. It counts the bias, so it belongs to the weights of one "
            "filter.",
            _count(lambda c, f, k: (f + 1) * c * k * k),
        ),
    ),
)


def _layer(x, filters, bias) -> np.ndarray:
    return conv2d(x.astype(float), filters, bias=bias)


def _with(change: Callable) -> Callable:
    """Return a layer whose maps, without bias, are changed by ``change(maps, x, filters, bias)``."""
    return lambda x, filters, bias: change(conv2d(x.astype(float), filters), x, filters, bias)


def _each(x, filters) -> np.ndarray:
    """Return the map of each channel for each filter, (F, C, OH, OW)."""
    return np.stack([depthwise_conv2d(x.astype(float), filter) for filter in filters])


def _tall(bias) -> np.ndarray:
    return np.asarray(bias)[:, None, None]


def _channel_bias(channels: int, bias) -> np.ndarray:
    """Return a bias for each channel, as the published formula has it; IndexError where there are too few."""
    return np.array([bias[c] for c in range(channels)])


def _numbers(seed: int, shape: tuple[int, ...], low: int, high: int) -> np.ndarray:
    return np.random.default_rng(seed).integers(low, high, shape)


def _volume(name: str, shape: tuple[int, int, int], filters: int, taps: tuple[int, int], bias: list) -> tuple:
    x, w = _numbers(1, shape, 0, 10), _numbers(2, (filters, shape[0], *taps), -3, 4)
    return (name, x, w, np.array(bias))


_ONE_BIAS = "If it is the bias: there is one number for each filter, and it belongs to all places of its map."


def _laid(
    x, filters, bias, *, weights=lambda k: k, joined=np.sum, added=None, after=lambda maps: maps
) -> np.ndarray:
    """Lay the filters as is right, but for what a mistake puts in place of a part."""
    windows = sliding_window_view(x.astype(float), filters.shape[2:], axis=(1, 2))
    maps = joined(np.einsum("chwij,fcij->fchw", windows, weights(filters)), axis=1)
    return after(maps + (_tall(bias) if added is None else added(bias, maps, x, filters)))


_LAYERS = Ways(
    _laid,
    {
        "weights": (
            (lambda k: k[..., ::-1, ::-1], _FLIPPED),
            (
                lambda k: k[:, ::-1],
                "The order of the channels is turned round: kernel c belongs to channel c.",
            ),
            (lambda k: k[::-1], "The order of the filters is turned round: filter k makes map k."),
            (lambda k: k[:, :1] + 0 * k, _SAME_KERNEL),
            (lambda k: k[:1] + 0 * k, "Each map comes from the first filter. Use the k-th for map k."),
            (np.abs, "The signs of the weights are dropped."),
            (lambda k: -k, "The signs of the weights are turned."),
        ),
        "joined": (
            (np.mean, _MEAN),
            (np.max, "You keep the largest of the channels' maps. A filter adds them up."),
            (lambda maps, axis: maps[:, 0], _ONE_CHANNEL),
            (lambda maps, axis: maps[:, -1], _ONE_CHANNEL),
            (lambda maps, axis: np.abs(maps).sum(axis=axis), "The signs of the channels' maps are dropped."),
            (
                lambda maps, axis: relu(maps).sum(axis=axis),
                "ReLU is applied to each channel: it is not asked for here.",
            ),
            (
                lambda maps, axis: np.cumsum(maps.sum(axis=1), axis=0),
                "The maps are piled up: begin each with a new sum.",
            ),
        ),
        "added": (
            (lambda b, maps, x, f: 0, _NO_BIAS),
            (lambda b, maps, x, f: -_tall(b), "The bias is subtracted. It is added."),
            (lambda b, maps, x, f: len(x) * _tall(b), _BIAS_PER_CHANNEL),
            (lambda b, maps, x, f: f[0].size * _tall(b), _BIAS_PER_WEIGHT),
            (
                lambda b, maps, x, f: f[0, 0].size * _tall(b),
                "The bias is added once for each weight of a kernel.",
            ),
            (lambda b, maps, x, f: b[0], "All maps get the first bias. Each filter has its own."),
            (lambda b, maps, x, f: b[-1], "All maps get the last bias. Each filter has its own."),
            (lambda b, maps, x, f: np.sum(b), "Every map gets all biases. Each filter has its own."),
            (
                lambda b, maps, x, f: np.mean(b),
                "Every map gets the mean of the biases. Each filter has its own.",
            ),
            (lambda b, maps, x, f: np.max(b), "Every map gets the largest bias. Each filter has its own."),
            (
                lambda b, maps, x, f: _tall(b[::-1]),
                "The biases are in reverse order: bias k belongs to filter k.",
            ),
            (
                lambda b, maps, x, f: _tall(np.roll(b, 1)),
                "The biases are moved by one: bias k belongs to filter k.",
            ),
            (
                lambda b, maps, x, f: _tall(np.roll(b, -1)),
                "The biases are moved by one: bias k belongs to filter k.",
            ),
            (lambda b, maps, x, f: _tall(b) / len(x), "The bias is divided by the number of channels."),
            (lambda b, maps, x, f: np.abs(_tall(b)), "The biases lose their signs."),
            (
                lambda b, maps, x, f: relu(maps) + _tall(b) - maps,
                "ReLU comes before the bias, and is not asked for here.",
            ),
        ),
        "after": (
            (relu, "What is negative has become 0. The formula ends with the bias; ReLU is the next step."),
            (np.abs, "The signs of the maps are dropped."),
            (lambda maps: maps[::-1], "The maps come in reverse order: map k belongs to filter k."),
            (lambda maps: maps.sum(axis=0), "The maps are added up. Each filter keeps its map."),
            (lambda maps: maps.mean(axis=0), "The maps are averaged. Each filter keeps its map."),
            (lambda maps: maps.max(axis=0), "The largest of the maps is kept. Each filter keeps its map."),
            (lambda maps: maps[0], "Only the first map is returned. Each filter makes one."),
            (lambda maps: maps[-1], "Only the last map is returned: the others are overwritten."),
            (lambda maps: maps[:-1], "The last map is missing."),
            (lambda maps: np.swapaxes(maps, 1, 2), "Rows and columns of the maps are swapped."),
            (
                lambda maps: np.moveaxis(maps, 0, -1),
                "The maps come last. The order asked for is filter, row, column.",
            ),
            (lambda maps: maps[:, :-1, :-1], "The last row and column of each map are missing."),
            (np.trunc, "The fractions are cut off: the maps are stored as integers."),
            (lambda maps: np.clip(maps, 0, 255), "The maps are clipped to 0..255."),
        ),
    },
)

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
    truth=_layer,
    ways=[_LAYERS],
    right="Six layers with different numbers of channels and filters give the right maps. The formula is "
    "out[k, i, j] = b[k] + the sum over c, p and q: one bias for each filter, and no c is left over.",
    mistakes=(
        (
            "The bias carries the index of the channel, as published, and is added with each: the sum then "
            "holds all of them. One bias belongs to each filter.",
            _with(lambda maps, x, filters, bias: maps + _channel_bias(len(x), bias).sum()),
        ),
        (
            "Every map gets the bias with the last channel's index. After the sum over c there is no c left: "
            "the bias belongs to the filter.",
            _with(lambda maps, x, filters, bias: maps + _channel_bias(len(x), bias)[-1]),
        ),
        (
            "Each channel gets a bias and a map of its own. A filter adds its channels up to one map, with "
            "one bias.",
            lambda x, filters, bias: _each(x, filters) + _tall(_channel_bias(len(x), bias)),
        ),
        (_BIAS_PER_CHANNEL, _with(lambda maps, x, filters, bias: maps + len(x) * _tall(bias))),
        (_BIAS_PER_WEIGHT, _with(lambda maps, x, filters, bias: maps + filters[0].size * _tall(bias))),
        (
            "The bias is added once for each weight of a kernel. The finished sum gets it, once.",
            _with(lambda maps, x, filters, bias: maps + filters[0, 0].size * _tall(bias)),
        ),
        (_NO_BIAS, _with(lambda maps, x, filters, bias: maps)),
        (
            "All maps get the first bias. Each filter has its own.",
            _with(lambda maps, x, filters, bias: maps + bias[0]),
        ),
        (
            "Every map gets all biases. Each filter has its own.",
            _with(lambda maps, x, filters, bias: maps + np.sum(bias)),
        ),
        ("The bias is subtracted. It is added.", _with(lambda maps, x, filters, bias: maps - _tall(bias))),
        (_NOT_SUMMED, lambda x, filters, bias: _each(x, filters)),
        (_NOT_SUMMED, lambda x, filters, bias: _each(x, filters) + _tall(bias)[:, None]),
        (
            "There is a map for each channel: that is a depthwise convolution. Here, each filter makes one "
            "map of all channels.",
            lambda x, filters, bias: _each(x, filters[:1])[0],
        ),
        (
            "There is a map for each channel of each filter. A filter adds its channels up to one map.",
            lambda x, filters, bias: _each(x, filters).reshape(-1, *_layer(x, filters, bias).shape[1:]),
        ),
        (_ONE_CHANNEL, lambda x, filters, bias: _layer(x[:1], filters[:, :1], bias)),
        (_ONE_CHANNEL, lambda x, filters, bias: _layer(x[-1:], filters[:, -1:], bias)),
        (_MEAN, lambda x, filters, bias: _each(x, filters).mean(axis=1) + _tall(bias)),
        (_SAME_KERNEL, lambda x, filters, bias: _layer(x, np.repeat(filters[:, :1], len(x), axis=1), bias)),
        (
            "All maps are alike but for the bias: each comes from the first filter. Use the k-th for map k.",
            lambda x, filters, bias: _layer(x, np.repeat(filters[:1], len(filters), axis=0), bias),
        ),
        (_FLIPPED, lambda x, filters, bias: _layer(x, filters[..., ::-1, ::-1], bias)),
        (
            "The order of the channels is turned round: kernel c belongs to channel c.",
            lambda x, filters, bias: _layer(x, filters[:, ::-1], bias),
        ),
        (
            "Filter and channel are swapped: filters[k, c] is the kernel of filter k for channel c.",
            lambda x, filters, bias: _layer(x, filters.swapaxes(0, 1), bias),
        ),
        (
            "The maps are added up. The sum runs over the channels, not over the filters: each filter "
            "keeps its map.",
            lambda x, filters, bias: _layer(x, filters, bias).sum(axis=0),
        ),
        (
            "What is negative has become 0. The formula ends with the bias; ReLU is the next step.",
            lambda x, filters, bias: relu(_layer(x, filters, bias)),
        ),
        (
            "The maps are piled up: map k holds the sum of all maps before it, too. "
            "Begin each filter with a new "
            "sum.",
            _with(lambda maps, x, filters, bias: np.cumsum(maps, axis=0) + _tall(bias)),
        ),
        (
            "The maps are piled up, biases and all: map k holds all maps before it, too. "
            "Begin each filter with a "
            "new sum.",
            lambda x, filters, bias: np.cumsum(_layer(x, filters, bias), axis=0),
        ),
        (
            "The bias is multiplied with the sum. It is added.",
            _with(lambda maps, x, filters, bias: maps * _tall(bias)),
        ),
        (
            "The maps come last. The order asked for is filter, row, column.",
            lambda x, filters, bias: np.moveaxis(_layer(x, filters, bias), 0, -1),
        ),
        (
            _BYTES,
            lambda x, filters, bias: np.trunc(_layer(x, filters, bias)).astype(np.int64).astype(x.dtype),
        ),
    ),
)
