"""What a layer says of settings and inputs that it cannot take: one sentence, with the remedy."""

import re

import numpy as np
import pytest

from cnnlib.nn import AvgPool2D, Conv2D, Dense, GlobalAvgPool2D, LocallyConnected2D, MaxPool2D

SETTINGS = [
    (lambda: Conv2D(0, 8, 3), "Conv2D: in_channels must be a whole number of at least 1, not 0"),
    (lambda: Conv2D(1, 2.5, 3), "Conv2D: out_channels must be a whole number of at least 1, not 2.5"),
    (
        lambda: Conv2D(1, 2, 0),
        "Conv2D: kernel_size must be a whole number of at least 1, or a pair of them, not 0",
    ),
    (
        lambda: Conv2D(1, 2, 3, stride=0),
        "Conv2D: stride must be a whole number of at least 1, or a pair of them, not 0",
    ),
    (
        lambda: Conv2D(1, 2, 3, padding=-1),
        "Conv2D: padding must be a whole number of at least 0, or a pair of them, not -1",
    ),
    (lambda: Dense(4, 0), "Dense: outputs must be a whole number of at least 1, not 0"),
    (
        lambda: LocallyConnected2D(1, 2, 5, input_size=3),
        "LocallyConnected2D: the 5 × 5 kernel is larger than the padded image of 3 × 3; "
        "add padding or use a smaller kernel",
    ),
    (
        lambda: AvgPool2D(2, padding=2),
        "AvgPool2D: padding 2 is more than half of the 2 × 2 window; use at most 1",
    ),
    (
        lambda: Dense(1, 1).initialise(np.random.default_rng(0), "xavier"),
        "initialise: kind 'xavier' is unknown; use 'he' or 'glorot'",
    ),
]

INPUTS = [
    (
        Conv2D(1, 1, 5),
        (1, 3, 3),
        "Conv2D: the 5 × 5 kernel is larger than the padded image of 3 × 3; "
        "add padding or use a smaller kernel",
    ),
    (
        Conv2D(3, 8, 3),
        (1, 9, 9),
        "Conv2D: input (1, 9, 9) has 1 channels, but the filters span 3; make Conv2D(1, 8, ...)",
    ),
    (
        Conv2D(3, 8, 3),
        (9, 9),
        "Conv2D: input (9, 9) does not have the axes (C, H, W); give a batch (N, C, H, W)",
    ),
    (
        LocallyConnected2D(1, 2, 3, input_size=8),
        (1, 8, 9),
        "LocallyConnected2D: input (1, 8, 9) is not (8, 8) pixels, for which the weights are made; "
        "make a layer with input_size=(8, 9)",
    ),
    (
        Dense(4, 2),
        (5,),
        "Dense: input (5,) has 5 numbers, but the weights are made for 4; make Dense(5, 2)",
    ),
    (Dense(4, 2), (1, 2, 2), "Dense: input (1, 2, 2) is not a row of 4 numbers; put a Flatten() before it"),
    (
        MaxPool2D(4),
        (1, 3, 3),
        "MaxPool2D: the 4 × 4 window is larger than the padded image of 3 × 3; "
        "add padding or use a smaller window",
    ),
    (
        MaxPool2D(2),
        (4,),
        "MaxPool2D: input (4,) does not have the axes (C, H, W); give a batch (N, C, H, W)",
    ),
    (
        GlobalAvgPool2D(),
        (4,),
        "GlobalAvgPool2D: input (4,) does not have the axes (C, H, W); give a batch (N, C, H, W)",
    ),
]


@pytest.mark.parametrize(("make", "sentence"), SETTINGS, ids=[sentence for _, sentence in SETTINGS])
def test_settings(make, sentence):
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        make()


@pytest.mark.parametrize(("layer", "shape", "sentence"), INPUTS, ids=[sentence for *_, sentence in INPUTS])
def test_inputs(layer, shape, sentence):
    for ask in (lambda: layer.forward(np.ones((2, *shape))), lambda: layer.output_shape(shape)):
        with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
            ask()


def test_an_empty_batch_and_a_single_picture():
    with pytest.raises(ValueError, match=r"is no batch; give an array \(N, C, H, W\) with N at least 1"):
        Conv2D(1, 1, 3).forward(np.ones((0, 1, 9, 9)))
    with pytest.raises(ValueError, match=r"Dense: input \(4,\) is no batch; give an array \(N, inputs\)"):
        Dense(4, 2).forward(np.ones(4))
