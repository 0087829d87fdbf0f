"""Networks that made history, as descriptions whose counts agree with those that were published."""

from typing import NamedTuple

from cnnlib.lessons.l13_beyond.layers import (
    Activation,
    Codes,
    Conv,
    Dense,
    Flatten,
    GlobalPool,
    Inception,
    Layer,
    Norm,
    Pool,
    Residual,
    Subsample,
)


class Architecture(NamedTuple):
    """A network, and what was published about it."""

    input_shape: tuple[int, int, int]
    layers: tuple[Layer, ...]
    parameters: int  # as published, or counted by hand where nobody published it
    source: str
    note: str  # what else to know, in a sentence


def _lenet(units: int) -> tuple[Layer, ...]:
    return (
        *(Conv(6, 5), Activation(), Pool(2), Conv(16, 5), Activation(), Pool(2)),
        *(Flatten(), Dense(120), Activation(), Dense(units), Activation(), Dense(10)),
    )


# Table I of LeCun et al. (1998): three maps in a row, four in a row, four with a gap, all.
SPANS = (
    *(tuple((first + i) % 6 for i in range(3)) for first in range(6)),
    *(tuple((first + i) % 6 for i in range(4)) for first in range(6)),
    *((0, 1, 3, 4), (1, 2, 4, 5), (0, 2, 3, 5)),
    tuple(range(6)),
)
_LENET_1998 = (
    *(Conv(6, 5), Activation("tanh"), Subsample(2), Activation("tanh")),
    *(Conv(16, 5, spans=SPANS), Activation("tanh"), Subsample(2), Activation("tanh")),
    *(Conv(120, 5), Flatten(), Activation("tanh"), Dense(84), Activation("tanh"), Codes(10)),
)


def _filters(*filters: int) -> tuple[Layer, ...]:
    """Return 3 x 3 convolutions that keep the size, each with a ReLU, and a pooling."""
    convs = (layer for count in filters for layer in (Conv(count, 3, padding=1), Activation()))
    return (*convs, Pool(2))


_ALEXNET = (
    *(Conv(64, 11, stride=4, padding=2), Activation(), Pool(3, stride=2)),
    *(Conv(192, 5, padding=2), Activation(), Pool(3, stride=2)),
    *(Conv(384, 3, padding=1), Activation(), Conv(256, 3, padding=1), Activation()),
    *(Conv(256, 3, padding=1), Activation(), Pool(3, stride=2)),
    *(Flatten(), Dense(4096), Activation(), Dense(4096), Activation(), Dense(1000)),
)
_VGG = (
    *_filters(64, 64),
    *_filters(128, 128),
    *_filters(256, 256, 256),
    *_filters(512, 512, 512),
    *_filters(512, 512, 512),
    *(Flatten(), Dense(4096), Activation(), Dense(4096), Activation(), Dense(1000)),
)


def _inception(*numbers: int) -> Inception:
    """Return a block by the numbers in the order of the paper's table 1."""
    one, *four, pooled = numbers
    return Inception(one, tuple(four[:2]), tuple(four[2:]), pooled, side=3)


def _normed(filters: int, kernel: int, **more: int) -> tuple[Layer, ...]:
    return Conv(filters, kernel, **more, bias=False), Norm(), Activation()


_HALVE = Pool(3, stride=2, up=True)
_GOOGLENET = (
    *(*_normed(64, 7, stride=2, padding=3), _HALVE),
    *(*_normed(64, 1), *_normed(192, 3, padding=1), _HALVE),
    *(_inception(64, 96, 128, 16, 32, 32), _inception(128, 128, 192, 32, 96, 64), _HALVE),
    _inception(192, 96, 208, 16, 48, 64),
    _inception(160, 112, 224, 24, 64, 64),
    _inception(128, 128, 256, 24, 64, 64),
    _inception(112, 144, 288, 32, 64, 64),
    *(_inception(256, 160, 320, 32, 128, 128), Pool(2)),
    *(_inception(256, 160, 320, 32, 128, 128), _inception(384, 192, 384, 48, 128, 128)),
    *(GlobalPool(), Dense(1000)),
)
_RESNET = (
    *(*_normed(64, 7, stride=2, padding=3), Pool(3, stride=2, padding=1)),
    *(Residual(64), Residual(64), Residual(128, stride=2), Residual(128)),
    *(Residual(256, stride=2), Residual(256), Residual(512, stride=2), Residual(512)),
    *(GlobalPool(), Dense(1000)),
)
_LECUN = "LeCun, Bottou, Bengio and Haffner (1998), Gradient-based learning applied to document recognition"
_SIZE, _PHOTO = (1, 32, 32), (3, 224, 224)

ARCHITECTURES = {
    "LeNet of this course": Architecture(
        _SIZE,
        _lenet(100),
        63_802,
        "156 + 2,416 + 48,120 + 12,100 + 1,010",
        "It has 100 units where LeNet-5 has 84.",
    ),
    "LeNet-5 of 1998": Architecture(
        _SIZE,
        _LENET_1998,
        60_000,
        f"{_LECUN}, section II.B",
        "Its pooling learns; its second convolution has 60 kernels, not 96; its third is dense in effect.",
    ),
    "LeNet-5 of today": Architecture(
        _SIZE,
        _lenet(84),
        61_706,
        "156 + 2,416 + 48,120 + 10,164 + 850",
        "It has max pooling, ReLU and a whole second convolution.",
    ),
    "AlexNet": Architecture(
        _PHOTO,
        _ALEXNET,
        61_100_840,
        "torchvision, AlexNet_Weights.IMAGENET1K_V1",
        "This is torchvision's, of 2014, for one processor; that of 2012 was split in two.",
    ),
    "VGG-16": Architecture(
        _PHOTO,
        _VGG,
        138_357_544,
        "torchvision, VGG16_Weights.IMAGENET1K_V1",
        "All its windows are 3 × 3; two of them see 5 × 5, three 7 × 7, for fewer parameters.",
    ),
    "GoogLeNet": Architecture(
        _PHOTO,
        _GOOGLENET,
        6_624_904,
        "torchvision, GoogLeNet_Weights.IMAGENET1K_V1",
        "This is torchvision's: batch norm, 3 × 3 windows where the paper has 5 × 5. Up: sizes rounded up.",
    ),
    "ResNet-18": Architecture(
        _PHOTO,
        _RESNET,
        11_689_512,
        "torchvision, ResNet18_Weights.IMAGENET1K_V1",
        "Each block adds its input to its output, a skip connection; global averages leave one dense layer.",
    ),
    "(conv, conv, pool) × 3": Architecture(
        (3, 32, 32),
        (*_filters(10, 10), *_filters(10, 10), *_filters(10, 10), Flatten(), Dense(10)),
        6_440,
        "280 + 5·910 + 1,610",
        "Ten filters in each layer make a small one for small photos.",
    ),
}
