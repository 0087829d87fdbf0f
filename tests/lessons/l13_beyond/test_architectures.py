"""The ledger and its networks: published counts, numbers by hand, and layers that really do the work."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnlib import nn
from cnnlib.ledger import ledger
from cnnlib.lessons.l13_beyond.architectures import ARCHITECTURES
from cnnlib.lessons.l13_beyond.layers import (
    Activation,
    Codes,
    Conv,
    Dense,
    Flatten,
    GlobalPool,
    Inception,
    Norm,
    Pool,
    Residual,
    Subsample,
    named_ledger,
)

# Parameters as published. LeNet-5 of 1998: LeCun et al. (1998), section II.B, trainable ones. AlexNet to
# ResNet-18: torchvision's documentation of `..._Weights.IMAGENET1K_V1`, num_params. The others by hand.
PUBLISHED = {
    "LeNet of this course": 156 + 2416 + 48_120 + 12_100 + 1010,
    "LeNet-5 of 1998": 60_000,
    "LeNet-5 of today": 156 + 2416 + 48_120 + 10_164 + 850,
    "AlexNet": 61_100_840,
    "VGG-16": 138_357_544,
    "GoogLeNet": 6_624_904,
    "ResNet-18": 11_689_512,
    "(conv, conv, pool) × 3": 280 + 5 * 910 + 1610,
}


def of(name):
    """Return the ledger of a network."""
    network = ARCHITECTURES[name]
    return ledger(network.input_shape, network.layers)


@pytest.mark.parametrize("name", ARCHITECTURES)
def test_published_parameters(name):
    assert of(name).parameters == ARCHITECTURES[name].parameters == PUBLISHED[name]


@pytest.mark.parametrize(
    ("name", "billions"),
    [("AlexNet", 0.714), ("VGG-16", 15.47), ("GoogLeNet", 1.498), ("ResNet-18", 1.814)],
)
def test_published_multiplications(name, billions):
    """Against torchvision's documentation of the same weights, "GFLOPS", which counts multiply-adds."""
    assert round(of(name).multiplications / 1e9, 3) == billions


def test_lenet_5_by_layers():
    """LeCun et al. (1998), section II.B, give parameters and connections of each layer."""
    rows = [row for row in of("LeNet-5 of 1998").rows if row.multiplications]
    assert [row.parameters for row in rows] == [156, 12, 1516, 32, 48_120, 10_164, 0]
    connections = [_connections(row) for row in rows]
    assert connections == [122_304, 5880, 151_600, 2000, 48_120, 10_164, 840]
    assert sum(connections) == 340_908


def _connections(row):
    """Count, as the paper does, each pixel and each bias that reaches a number."""
    numbers = math.prod(row.output_shape)
    if isinstance(row.layer, Subsample):
        return numbers * (row.layer.window**2 + 1)
    return row.multiplications + (0 if isinstance(row.layer, Codes) else numbers)


def test_shapes_of_lenet():
    shapes = [
        row.output_shape for row in of("LeNet of this course").rows if not isinstance(row.layer, Activation)
    ]
    assert shapes == [(6, 28, 28), (6, 14, 14), (16, 10, 10), (16, 5, 5), (400,), (120,), (100,), (10,)]


@pytest.mark.parametrize(("name", "percent"), [("LeNet of this course", 96.0), ("VGG-16", 89.4)])
def test_the_dense_layers_hold_the_most(name, percent):
    assert round(100 * dense_share(of(name)), 1) == percent


@pytest.mark.parametrize("name", ["GoogLeNet", "ResNet-18"])
def test_the_dense_layers_do_not_always_hold_the_most(name):
    assert dense_share(of(name)) < 0.16


def dense_share(found):
    """Return the share of the parameters in dense layers."""
    return sum(row.parameters for row in found.rows if isinstance(row.layer, Dense)) / found.parameters


@pytest.mark.parametrize(
    ("name", "shape", "field"),
    [
        ("LeNet of this course", (16, 5, 5), 16),
        ("(conv, conv, pool) × 3", (10, 4, 4), 36),
        # Araujo, Norris and Sim (2019), Computing receptive fields of convolutional neural networks, table 1:
        ("AlexNet", (256, 6, 6), 195),
        ("VGG-16", (512, 7, 7), 212),
    ],
)
def test_receptive_fields(name, shape, field):
    last = [row for row in of(name).rows if row.output_shape == shape][-1]
    assert last.receptive_field == (field, field)


def test_memory_is_four_bytes_a_number():
    first = of("VGG-16").rows[0]
    assert first.memory == 4 * 64 * 224 * 224 == 12_845_056
    assert of("LeNet of this course").memory == sum(row.memory for row in of("LeNet of this course").rows)


def test_global_average_frees_the_counts_from_the_picture():
    """Of a larger photo, ResNet-18 learns as much as before; VGG-16 does not."""
    for name, same in (("ResNet-18", True), ("GoogLeNet", True), ("VGG-16", False), ("AlexNet", False)):
        larger = ledger((3, 256, 256), ARCHITECTURES[name].layers)
        assert (larger.parameters == PUBLISHED[name]) is same


def test_blocks_by_hand():
    """A residual block of 64 maps: 2 of 64·64·9 and 4·64; with a new shape, a 1 x 1 convolution more."""
    plain, halving = Residual(64).size((64, 56, 56)), Residual(128, stride=2).size((64, 56, 56))
    assert plain.parameters == 2 * 64 * 64 * 9 + 4 * 64
    assert plain.multiplications == 2 * 64 * 64 * 9 * 56 * 56
    assert halving.output_shape == (128, 28, 28)
    assert halving.parameters == 64 * 128 * 9 + 128 * 128 * 9 + 64 * 128 + 6 * 128
    block = Inception(64, (96, 128), (16, 32), 32)
    paper = block.size((192, 28, 28))
    weights = 192 * 64 + 192 * 96 + 96 * 128 * 9 + 192 * 16 + 16 * 32 * 25 + 192 * 32
    assert paper.parameters == weights + 2 * (64 + 96 + 128 + 16 + 32 + 32)
    assert paper.multiplications == weights * 28 * 28
    assert block.windows == (((1, 1), (1, 1)), ((5, 5), (1, 1)))


@pytest.mark.parametrize(
    ("layers", "words"),
    [
        (
            [Dense(10)],
            "row 1, dense 10: 3 × 8 × 8 is not a row of numbers; put flatten or global average before",
        ),
        (
            [Flatten(), Conv(4, 3)],
            "row 2, conv 3 × 3, 4: a row of 192 numbers has no maps; put this layer before",
        ),
        (
            [Conv(4, 3), Conv(4, 7)],
            r"row 2, conv 7 × 7, 4: the 7 × 7 kernel is larger .* 6 × 6; add padding",
        ),
        ([Pool(2), Pool(5)], r"row 2, max pool 5 × 5: the 5 × 5 window is larger than .*; add padding or"),
        ([Pool(2, padding=2)], "row 1, max pool 2 × 2 p2: padding 2 is over half the window; use at most 1"),
        (
            [Conv(2, 3, spans=((0, 1), (3,)))],
            "row 1, conv 3 × 3, 2: the table of maps .*; give each filter its",
        ),
        ([Flatten(), Residual(8)], "row 2, residual 3 × 3, 8: a row of 192 numbers has no maps; put"),
        ([Conv(0, 3)], "row 1, conv 3 × 3, 0: filters must be a whole number of at least 1"),
        ([Pool(0)], "row 1, max pool 0 × 0: window must be a whole number of at least 1"),
        ([Flatten(), Dense(0)], "row 2, dense 0: units must be a whole number of at least 1"),
        ([Codes(3)], "row 1, distance to 3 codes: maps are not a row of numbers; put flatten"),
    ],
)
def test_what_cannot_be_built_is_named(layers, words):
    with pytest.raises(ValueError, match=words):
        named_ledger((3, 8, 8), layers)


def test_repr_is_code():
    layers = [*ARCHITECTURES["GoogLeNet"].layers, *ARCHITECTURES["LeNet-5 of 1998"].layers]
    assert [eval(repr(layer)) for layer in layers] == layers
    assert repr(Conv(6, 5)) == "Conv(6, 5)"
    assert repr(Conv(6, 5, stride=2, bias=False)) == "Conv(6, 5, stride=2, bias=False)"


def test_an_empty_ledger():
    assert ledger((3, 8, 8), []).output_shape == (3, 8, 8)
    assert ledger((3, 8, 8), [Norm(), Activation()]).rows[-1].receptive_field == (1, 1)


small = st.integers(1, 5)
MAPS = st.one_of(
    st.builds(Conv, small, small, stride=st.integers(1, 3), padding=st.integers(0, 2)),
    st.builds(Pool, small, stride=st.integers(1, 3), kind=st.sampled_from(["max", "average"])),
    st.builds(Activation),
)
HEADS = st.sampled_from(
    [[], [Flatten()], [Flatten(), Activation(), Dense(7)], [GlobalPool(), Dense(5), Dense(3)]]
)


@given(st.lists(MAPS, min_size=1, max_size=5), HEADS, st.integers(4, 14))
def test_the_same_as_layers_that_work(maps, head, side):
    layers = [*maps, *head]
    try:
        found = ledger((2, side, side), layers)
    except ValueError:
        with pytest.raises(ValueError, match="larger than the padded image"):
            _built(layers, (2, side, side))
        return
    rows = _built(layers, (2, side, side)).summary((2, side, side)).rows
    assert [row[1:] for row in found.rows] == [row[1:] for row in rows]


def _built(layers, shape):
    """Build the layers of `cnnlib.nn`."""
    model = []
    for layer in layers:
        match layer:
            case Conv(filters, kernel):
                model.append(nn.Conv2D(shape[0], filters, kernel, stride=layer.stride, padding=layer.padding))
            case Pool(window):
                kind = {"max": nn.MaxPool2D, "average": nn.AvgPool2D}[layer.kind]
                model.append(kind(window, stride=layer.step))
            case Dense(units):
                model.append(nn.Dense(shape[0], units))
            case _:
                model.append(
                    {Activation: nn.ReLU, Flatten: nn.Flatten, GlobalPool: nn.GlobalAvgPool2D}[type(layer)]()
                )
        shape = model[-1].output_shape(shape)
    return nn.Sequential(*model)
