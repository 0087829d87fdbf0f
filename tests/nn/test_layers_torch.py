"""Every layer against PyTorch's, forward and backward, where that is installed."""

import numpy as np
import pytest

from cnnlib.nn import (
    AvgPool2D,
    Conv2D,
    Dense,
    Flatten,
    GlobalAvgPool2D,
    LeakyReLU,
    LocallyConnected2D,
    MaxPool2D,
    ReLU,
    Sigmoid,
    Tanh,
)

torch = pytest.importorskip("torch")
F = torch.nn.functional
PICTURES = (4, 3, 8, 11)


def conv(**where):
    return lambda x, weight, bias: F.conv2d(x, weight, bias, **where)


def local(kernel, stride, padding):
    """Do what LocallyConnected2D does, with PyTorch's unfold."""

    def run(x, weight, bias):
        rows, cols, filters = bias.shape
        columns = F.unfold(x, kernel, padding=padding, stride=stride)  # (N, C * KH * KW, places)
        maps = torch.einsum("nkp,pfk->nfp", columns, weight.reshape(rows * cols, filters, -1))
        return maps.reshape(len(x), filters, rows, cols) + bias.permute(2, 0, 1)

    return run


CASES = [
    (Conv2D(3, 5, 3, padding=1), conv(padding=1), PICTURES),
    (Conv2D(3, 5, (3, 2), stride=(2, 3), padding=(1, 0)), conv(stride=(2, 3), padding=(1, 0)), PICTURES),
    (Conv2D(3, 2, (2, 4), padding="same"), conv(padding="same"), PICTURES),
    (Conv2D(1, 6, 5, padding=2), conv(padding=2), (1, 1, 28, 28)),
    (Conv2D(40, 70, 3), conv(), (2, 40, 12, 5)),
    (
        LocallyConnected2D(3, 2, (3, 2), input_size=(8, 11), stride=(2, 3), padding=(1, 0)),
        local((3, 2), (2, 3), (1, 0)),
        PICTURES,
    ),
    (Dense(7, 4), F.linear, (5, 7)),
    (Flatten(), lambda x: torch.flatten(x, 1), PICTURES),
    (MaxPool2D(2), lambda x: F.max_pool2d(x, 2), PICTURES),
    (MaxPool2D(3, stride=2, padding=1), lambda x: F.max_pool2d(x, 3, 2, 1), PICTURES),
    (MaxPool2D((2, 3), stride=1), lambda x: F.max_pool2d(x, (2, 3), 1), PICTURES),
    (AvgPool2D(2), lambda x: F.avg_pool2d(x, 2), PICTURES),
    (AvgPool2D(3, stride=2, padding=1), lambda x: F.avg_pool2d(x, 3, 2, 1), PICTURES),
    (GlobalAvgPool2D(), lambda x: F.adaptive_avg_pool2d(x, 1)[:, :, 0, 0], PICTURES),
    (ReLU(), F.relu, PICTURES),
    (LeakyReLU(0.2), lambda x: F.leaky_relu(x, 0.2), PICTURES),
    (Tanh(), torch.tanh, (3, 9)),
    (Sigmoid(), torch.sigmoid, (3, 9)),
]


def close(mine, theirs):
    theirs = theirs.detach().numpy()
    np.testing.assert_allclose(mine, theirs, rtol=1e-5, atol=1e-5 * max(1, np.abs(theirs).max()))


@pytest.mark.filterwarnings("ignore:Using padding='same'")
@pytest.mark.parametrize("ties", [False, True], ids=["distinct", "ties"])
@pytest.mark.parametrize(("layer", "function", "shape"), CASES, ids=[repr(case[0]) for case in CASES])
def test_agrees(layer, function, shape, ties):
    rng = np.random.default_rng(0)
    x = (rng.integers(-1, 2, shape) if ties else rng.normal(size=shape)).astype("float32")
    for array in layer.weights.values():
        array[...] = rng.normal(size=array.shape)
    tx = torch.from_numpy(x).requires_grad_()
    weights = {name: torch.tensor(array, requires_grad=True) for name, array in layer.weights.items()}
    y, ty = layer.forward(x), function(tx, *weights.values())
    close(y, ty)
    gradient = rng.normal(size=y.shape).astype("float32")
    ty.backward(torch.from_numpy(gradient))
    close(layer.backward(gradient), tx.grad)
    for name, tensor in weights.items():
        close(layer.gradients[name], tensor.grad)
