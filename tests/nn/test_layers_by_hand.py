"""Every layer against numbers worked out on paper, forward and backward."""

import numpy as np
import pytest

from cnnlib import avg_pool2d, conv2d, max_pool2d
from cnnlib.nn import (
    AvgPool2D,
    Conv2D,
    Dense,
    Dropout,
    Flatten,
    GlobalAvgPool2D,
    LeakyReLU,
    LocallyConnected2D,
    MaxPool2D,
    ReLU,
    Sigmoid,
    Tanh,
    pooling,
)


def with_weights(layer, weight, bias):
    layer.weights["weight"][...] = weight
    layer.weights["bias"][...] = bias
    return layer


def check(layer, x, y, gradient, input_gradient):
    np.testing.assert_allclose(layer.forward(x), y, rtol=1e-6)
    np.testing.assert_allclose(layer.backward(gradient), input_gradient, rtol=1e-6)


def test_conv_two_channels_and_a_bias():
    layer = with_weights(Conv2D(2, 1, (1, 2)), [[[[1, 2]], [[-1, 3]]]], [10])
    x = [[[[1, 2, 0]], [[4, 5, 6]]]]
    check(layer, x, [[[[26, 25]]]], [[[[1, 2]]]], [[[[1, 4, 4]], [[-1, 1, 6]]]])
    assert layer.gradients["weight"].tolist() == [[[[5, 2]], [[14, 17]]]]
    assert layer.gradients["bias"].tolist() == [3]


def test_conv_with_stride_and_padding():
    layer = with_weights(Conv2D(1, 1, 2, stride=2, padding=1), [[[[1, 2], [3, 4]]]], [0])
    # Each window holds one pixel of the picture, in turn under the weights 4, 3, 2 and 1.
    check(
        layer,
        [[[[5, 6], [7, 8]]]],
        [[[[20, 18], [14, 8]]]],
        [[[[1, 10], [100, 1000]]]],
        [[[[4, 30], [200, 1000]]]],
    )
    assert layer.gradients["weight"].tolist() == [[[[8000, 700], [60, 5]]]]


def test_conv_adds_up_over_the_batch():
    layer = with_weights(Conv2D(1, 2, 1), [[[[2]]], [[[3]]]], [0, 0])
    layer.forward([[[[1]]], [[[10]]]])
    layer.backward([[[[1]], [[2]]], [[[3]], [[4]]]])
    assert layer.gradients["weight"].ravel().tolist() == [31, 42]
    assert layer.gradients["bias"].tolist() == [4, 6]


def test_conv_is_conv2d():
    rng = np.random.default_rng(0)
    layer = Conv2D(3, 4, (3, 2), stride=(2, 1), padding=(1, 0))
    layer.weights["bias"][...] = [1, 2, 3, 4]
    x = rng.normal(size=(5, 3, 8, 7)).astype("float32")
    expected = conv2d(x, layer.weights["weight"], bias=[1, 2, 3, 4], stride=(2, 1), padding=(1, 0))
    np.testing.assert_allclose(layer.forward(x), expected, rtol=1e-5, atol=1e-5)


def test_same_padding_of_an_even_kernel_lies_at_the_end():
    layer = Conv2D(1, 1, 2, padding="same")
    assert layer.sides == ((0, 1), (0, 1))
    assert layer.forward(np.ones((1, 1, 4, 5))).shape == (1, 1, 4, 5)


def test_locally_connected_has_filters_for_each_place():
    layer = LocallyConnected2D(1, 1, (1, 2), input_size=(1, 3))
    layer = with_weights(layer, np.reshape([1, 2, 3, 4], (1, 2, 1, 1, 1, 2)), np.reshape([10, 20], (1, 2, 1)))
    check(layer, [[[[5, 6, 7]]]], [[[[27, 66]]]], [[[[1, 2]]]], [[[[1, 2 + 6, 8]]]])
    assert layer.gradients["weight"].ravel().tolist() == [5, 6, 12, 14]
    assert layer.gradients["bias"].ravel().tolist() == [1, 2]


def test_locally_connected_with_equal_filters_is_conv():
    rng = np.random.default_rng(0)
    shared = Conv2D(2, 3, 3, stride=2, padding=1)
    shared.weights["bias"][...] = [1, 2, 3]
    own = LocallyConnected2D(2, 3, 3, input_size=(6, 8), stride=2, padding=1)
    own = with_weights(own, shared.weights["weight"], shared.weights["bias"])
    x = rng.normal(size=(4, 2, 6, 8)).astype("float32")
    np.testing.assert_allclose(own.forward(x), shared.forward(x), rtol=1e-5, atol=1e-5)
    gradient = rng.normal(size=(4, 3, 3, 4)).astype("float32")
    np.testing.assert_allclose(own.backward(gradient), shared.backward(gradient), rtol=1e-4, atol=1e-5)
    for name, array in own.gradients.items():
        np.testing.assert_allclose(array.sum(axis=(0, 1)), shared.gradients[name], rtol=1e-4, atol=1e-4)


def test_dense():
    layer = with_weights(Dense(2, 3), [[1, 2], [3, 4], [5, 6]], [1, 0, -1])
    check(layer, [[1, 1], [0, 2]], [[4, 7, 10], [5, 8, 11]], [[1, 0, 0], [0, 1, 1]], [[1, 2], [8, 10]])
    assert layer.gradients["weight"].tolist() == [[1, 1], [0, 2], [0, 2]]
    assert layer.gradients["bias"].tolist() == [1, 1, 1]


def test_flatten_writes_channel_by_channel_row_by_row():
    layer = Flatten()
    x = np.arange(16).reshape(2, 2, 2, 2)
    check(layer, x, x.reshape(2, 8), 10 * x.reshape(2, 8), 10 * x)


def test_flatten_of_a_conv_is_flatten_of_its_numbers():
    maps = Conv2D(1, 3, 2).forward(np.random.default_rng(0).random((5, 1, 4, 3)))
    assert (Flatten().forward(maps) == np.array(maps.tolist()).reshape(5, -1)).all()


def test_max_pool_gives_to_the_winner():
    layer = MaxPool2D(2)
    x = [[[[1, 2, 5, 5], [4, 3, 5, 5]]]]
    check(layer, x, [[[[4, 5]]]], [[[[10, 20]]]], [[[[0, 0, 20, 0], [10, 0, 0, 0]]]])


@pytest.mark.parametrize("more", [{}, {"stride": (1, 3)}, {"stride": (3, 2), "padding": (2, 1)}])
def test_max_pool_of_large_windows_does_what_it_does_cell_by_cell(more, monkeypatch):
    rng = np.random.default_rng(0)
    x = rng.integers(-3, 3, (2, 3, 11, 12)).astype(float)  # most windows have several winners
    layer, made = MaxPool2D((5, 4), **more), []
    for few in (0, 99):
        monkeypatch.setattr(pooling, "FEW", few)
        y = layer.forward(x)
        made.append((y, layer.backward(np.arange(y.size).reshape(y.shape))))
    for large, by_cell in zip(*made, strict=True):
        np.testing.assert_array_equal(large, by_cell)


def test_max_pool_adds_up_where_windows_overlap():
    check(MaxPool2D((1, 2), stride=1), [[[[1, 9, 2]]]], [[[[9, 9]]]], [[[[3, 4]]]], [[[[0, 7, 0]]]])


def test_max_pool_padding_never_wins():
    check(MaxPool2D(2, padding=1), [[[[-5]]]], [[[[-5]]]], [[[[3]]]], [[[[3]]]])


def test_max_pool_forgets_the_rest_of_an_odd_picture():
    check(MaxPool2D((1, 2)), [[[[1, 2, 9]]]], [[[[2]]]], [[[[3]]]], [[[[0, 3, 0]]]])


def test_avg_pool_counts_padding_as_zeros():
    layer = AvgPool2D(2, padding=1)
    x, quarter = [[[[4, 8], [12, 16]]]], [[[[1, 2], [3, 4]]]]
    check(layer, x, quarter, x, quarter)


def test_avg_pool_adds_up_where_windows_overlap():
    check(AvgPool2D((1, 2), stride=1), [[[[1, 3, 5]]]], [[[[2, 4]]]], [[[[10, 20]]]], [[[[5, 15, 10]]]])


@pytest.mark.parametrize(("layer", "function"), [(MaxPool2D, max_pool2d), (AvgPool2D, avg_pool2d)])
def test_pooling_is_the_pooling_of_lesson_six(layer, function):
    x = np.random.default_rng(0).normal(size=(2, 3, 8, 7)).astype("float32")
    settings = {"stride": (2, 1), "padding": (1, 0)}
    np.testing.assert_allclose(layer((3, 2), **settings)(x), function(x, (3, 2), **settings), rtol=1e-6)


def test_global_average():
    x = [[[[1, 2], [3, 6]], [[0, 0], [0, 4]]]]
    spread = [[[[1, 1], [1, 1]], [[2, 2], [2, 2]]]]
    check(GlobalAvgPool2D(), x, [[3, 1]], [[4, 8]], spread)


def test_activations():
    x, gradient = [[-2.0, 0.0, 3.0]], [[5.0, 5.0, 5.0]]
    check(ReLU(), x, [[0, 0, 3]], gradient, [[0, 0, 5]])
    check(LeakyReLU(0.1), x, [[-0.2, 0, 3]], gradient, [[0.5, 0.5, 5]])
    check(Tanh(), [[0.0, np.log(2)]], [[0, 0.6]], [[5, 5]], [[5, 3.2]])
    check(Sigmoid(), [[0.0, np.log(3)]], [[0.5, 0.75]], [[16, 16]], [[4, 3]])


def test_saturated_activations_stay_finite():
    for layer in (Tanh(), Sigmoid()):
        layer.forward([[-1e4, 1e4]])
        assert layer.backward([[1, 1]]).tolist() == [[0, 0]]


class TestDropout:
    def trained(self, **settings):
        layer = Dropout(0.3, **settings)
        layer.training = True
        return layer

    def test_drops_its_share_and_keeps_the_mean(self):
        found = self.trained().forward(np.ones((200, 500)))
        values, counts = np.unique(found, return_counts=True)
        np.testing.assert_allclose(values, [0, 1 / 0.7])
        assert abs(counts[0] / found.size - 0.3) < 0.01  # seven standard deviations
        assert abs(found.mean() - 1) < 0.015

    def test_gradient_meets_the_same_mask(self):
        layer = self.trained()
        assert (layer.forward(np.ones((4, 50))) == layer.backward(np.ones((4, 50)))).all()

    def test_every_batch_has_a_mask_of_its_own_and_the_seed_fixes_them(self):
        layer, again, other = self.trained(), self.trained(), self.trained(seed=1)
        x = np.ones((4, 50))
        first, second = layer.forward(x), layer.forward(x)
        assert not (first == second).all()
        assert (again.forward(x) == first).all()
        assert (again.forward(x) == second).all()
        assert not (other.forward(x) == first).all()

    def test_does_nothing_in_use(self):
        x = np.random.default_rng(0).normal(size=(3, 4))
        layer = Dropout(0.3)
        assert (layer.forward(x) == x).all()
        assert (layer.backward(x) == x).all()

    @pytest.mark.parametrize("share", [1, -0.1, 2, float("nan")])
    def test_refuses_other_shares(self, share):
        with pytest.raises(ValueError, match="at least 0 and less than 1"):
            Dropout(share)
