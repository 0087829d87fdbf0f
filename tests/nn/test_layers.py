"""What every layer promises, whatever it computes."""

import copy
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cnnlib.nn import (
    AvgPool2D,
    Conv2D,
    Dense,
    Dropout,
    Flatten,
    GlobalAvgPool2D,
    Layer,
    LeakyReLU,
    LocallyConnected2D,
    MaxPool2D,
    PlainConv2D,
    ReLU,
    Sigmoid,
    Tanh,
    gradient_check,
)

PICTURE = (2, 5, 6)
EXAMPLES = [  # a layer, and the shape of one input
    (Conv2D(2, 3, 3), PICTURE),
    (Conv2D(2, 3, (3, 2), stride=(2, 3), padding=(1, 0)), PICTURE),
    (Conv2D(2, 1, 2, padding="same"), PICTURE),
    (Conv2D(2, 2, 1, stride=4), PICTURE),
    (PlainConv2D(2, 3, (3, 2), stride=(2, 3), padding=(1, 0)), PICTURE),
    (LocallyConnected2D(2, 3, (3, 2), input_size=(5, 6), stride=(1, 2), padding=1), PICTURE),
    (Dense(4, 3), (4,)),
    (Flatten(), PICTURE),
    (Dropout(0.5), PICTURE),
    (MaxPool2D(2), PICTURE),
    (MaxPool2D((3, 2), stride=1, padding=(1, 0)), PICTURE),
    (MaxPool2D((5, 3), stride=(1, 2), padding=1), PICTURE),  # a large window: see pooling.FEW
    (AvgPool2D(2), PICTURE),
    (AvgPool2D(3, stride=(1, 2), padding=1), PICTURE),
    (GlobalAvgPool2D(), PICTURE),
    (ReLU(), PICTURE),
    (LeakyReLU(0.2), PICTURE),
    (Tanh(), (7,)),
    (Sigmoid(), (7,)),
]
every_layer = pytest.mark.parametrize(
    ("example", "shape"), EXAMPLES, ids=[repr(layer) for layer, _ in EXAMPLES]
)


@pytest.fixture
def layer(example):
    return copy.deepcopy(example)


def batch(shape, count=3, seed=0, dtype="float32"):
    return np.random.default_rng(seed).normal(size=(count, *shape)).astype(dtype)


@every_layer
def test_backward_is_the_derivative(layer, shape):
    gradient_check(layer, batch(shape))


@every_layer
def test_shape_and_dtype_are_as_announced(layer, shape):
    for dtype in ("float32", "float64"):
        layer.astype(dtype)
        x = batch(shape, count=1, dtype=dtype)
        y = layer(x)
        assert y.shape == (1, *layer.output_shape(shape))
        gradient = layer.backward(np.ones_like(y))
        assert gradient.shape == x.shape
        assert {y.dtype, gradient.dtype, *(g.dtype for g in layer.gradients.values())} == {np.dtype(dtype)}
        assert {n: g.shape for n, g in layer.gradients.items()} == {
            n: w.shape for n, w in layer.weights.items()
        }


@every_layer
def test_memory_order_does_not_matter(layer, shape):
    x = batch(shape)
    y = layer.forward(x)
    g = batch(y.shape[1:], seed=1)
    expected = layer.backward(g), layer.gradients
    turned = [np.moveaxis(np.ascontiguousarray(np.moveaxis(a, 0, -1)), -1, 0) for a in (x, g)]
    spread = [np.repeat(a, 2, axis=-1)[..., ::2] for a in (x, g)]
    for other, gradient in (turned, spread):
        np.testing.assert_allclose(layer.forward(other), y, rtol=1e-5, atol=1e-6)
        np.testing.assert_allclose(layer.backward(gradient), expected[0], rtol=1e-5, atol=1e-6)
        for name, array in layer.gradients.items():
            np.testing.assert_allclose(array, expected[1][name], rtol=1e-4, atol=1e-5)


@every_layer
def test_pictures_do_not_mix(layer, shape):
    x = batch(shape)
    together = layer.forward(x)
    apart = np.concatenate([layer.forward(one[None]) for one in x])
    np.testing.assert_allclose(together, apart, rtol=1e-5, atol=1e-6)


@every_layer
def test_inputs_are_left_alone(layer, shape):
    x = batch(shape)
    y = layer.forward(x)
    g = batch(y.shape[1:], seed=1)
    x_before, g_before = x.copy(), g.copy()
    x.flags.writeable = g.flags.writeable = False
    layer.forward(x)
    layer.backward(g)
    assert (x == x_before).all()
    assert (g == g_before).all()


@every_layer
def test_gradients_are_replaced_not_added_to(layer, shape):
    for _ in range(2):
        layer.forward(batch(shape))
        layer.backward(np.ones((3, *layer.output_shape(shape))))
        found = {name: array.copy() for name, array in layer.gradients.items()}
    layer.forward(batch(shape))
    layer.backward(np.ones((3, *layer.output_shape(shape))))
    for name, array in layer.gradients.items():
        assert (array == found[name]).all()


@every_layer
def test_frozen_passes_the_gradient_and_keeps_none(layer, shape):
    free = copy.deepcopy(layer)
    layer.frozen = True
    for each in (free, layer):
        each.forward(batch(shape))
    ones = np.ones((3, *layer.output_shape(shape)))
    assert (layer.backward(ones) == free.backward(ones)).all()
    assert layer.gradients == {}


@every_layer
def test_no_input_gradient_where_nobody_asks(layer, shape):
    layer.forward(batch(shape))
    assert layer.backward(np.ones((3, *layer.output_shape(shape))), input_gradient=False) is None
    assert layer.gradients.keys() == layer.weights.keys()


@every_layer
def test_backward_needs_a_forward(layer, shape):
    gradient = np.ones((3, *layer.output_shape(shape)))
    with pytest.raises(ValueError, match=r"backward has no forward before it; call forward\(x\) first"):
        layer.backward(gradient)
    layer.forward(batch(shape))
    layer.forget()
    with pytest.raises(ValueError, match="no forward before it"):
        layer.backward(gradient)


@every_layer
def test_backward_needs_a_gradient_of_the_outputs_shape(layer, shape):
    y = layer.forward(batch(shape))
    with pytest.raises(ValueError, match=r"does not fit the output .*; give the gradient for the output"):
        layer.backward(np.ones((2, *y.shape[1:])))


@every_layer
def test_a_batch_needs_a_picture(layer, shape):
    name = type(layer).__name__
    for x in (np.float32(1), np.ones(4), np.ones((0, *shape))):
        with pytest.raises(ValueError, match=f"^{name}: input .* is no batch; give an array"):
            layer.forward(x)
    with pytest.raises(ValueError, match=f"^{name}: cannot work with complex"):
        layer.forward(batch(shape) * 1j)


@every_layer
def test_repr_makes_the_same_layer(layer, shape):
    again = eval(repr(layer))
    assert repr(again) == repr(layer)
    assert again.output_shape(shape) == layer.output_shape(shape)
    assert again.windows == layer.windows


@every_layer
def test_whole_numbers_are_taken_as_floats(layer, shape):
    x = np.arange(3 * np.prod(shape)).reshape(3, *shape) % 5
    assert layer(x).dtype == np.float32
    assert (layer(x) == layer(x.astype("float32"))).all()


sizes = st.integers(1, 4)
pairs = st.tuples(sizes, sizes)
pixels = st.tuples(st.integers(1, 7), st.integers(1, 7))
few = settings(max_examples=25)


@given(
    sizes, sizes, sizes, pixels, pairs, pairs, st.tuples(st.integers(0, 2), st.integers(0, 2)), st.booleans()
)
@few
def test_windows_of_any_shape(count, channels, filters, size, kernel, stride, padding, shared):
    assume(all(k <= n + 2 * p for k, n, p in zip(kernel, size, padding, strict=True)))
    where = {"stride": stride, "padding": padding}
    if shared:
        layer = Conv2D(channels, filters, kernel, **where)
    else:
        layer = LocallyConnected2D(channels, filters, kernel, input_size=size, **where)
    gradient_check(layer, batch((channels, *size), count), samples=20)


@given(sizes, sizes, pixels, pairs, pairs, pairs, st.sampled_from([MaxPool2D, AvgPool2D]))
@few
def test_pools_of_any_shape(count, channels, size, window, stride, padding, kind):
    padding = tuple(min(p, w // 2) for p, w in zip(padding, window, strict=True))
    assume(all(w <= n + 2 * p for w, n, p in zip(window, size, padding, strict=True)))
    layer = kind(window, stride=stride, padding=padding)
    gradient_check(layer, batch((channels, *size), count), samples=20)


@given(sizes, sizes, sizes)
@few
def test_dense_of_any_shape(count, inputs, outputs):
    gradient_check(Dense(inputs, outputs), batch((inputs,), count))


@given(
    st.lists(st.integers(1, 4), min_size=1, max_size=4),
    st.sampled_from([ReLU, LeakyReLU, Tanh, Sigmoid, Flatten]),
)
@few
def test_layers_for_any_number_of_axes(shape, kind):
    gradient_check(kind(), batch(tuple(shape), 2), samples=20)


@given(sizes, pairs, pairs)
@few
def test_multiplications_are_those_of_a_loop(channels, kernel, stride):
    shape = (channels, 7, 9)
    layer, own = Conv2D(channels, 2, kernel, stride=stride), None
    own = LocallyConnected2D(channels, 2, kernel, input_size=(7, 9), stride=stride)
    starts = [range(0, n - k + 1, s) for n, k, s in zip(shape[1:], kernel, stride, strict=True)]
    count = sum(2 * channels * kernel[0] * kernel[1] for _ in starts[0] for _ in starts[1])
    assert layer.multiplications(shape) == own.multiplications(shape) == count
    assert own.weights["weight"].size == count


def test_costs():
    assert Dense(400, 120).multiplications((400,)) == 48000
    assert MaxPool2D(2).multiplications(PICTURE) == ReLU().multiplications(PICTURE) == 0


@pytest.mark.parametrize(
    ("layer", "fan_in", "fan_out"),
    [
        (Conv2D(8, 32, 5), 200, 800),
        (LocallyConnected2D(8, 4, 5, input_size=12), 200, 100),
        (Dense(300, 100), 300, 100),
    ],
)
def test_weights_are_drawn_as_he_and_glorot_say(layer, fan_in, fan_out):
    weight = layer.weights["weight"]
    for kind, variance in (("he", 2 / fan_in), ("glorot", 2 / (fan_in + fan_out))):
        layer.weights["bias"][...] = 1
        layer.initialise(np.random.default_rng(0), kind)
        assert weight is layer.weights["weight"]  # in place: an optimiser may hold it
        np.testing.assert_allclose(weight.var(), variance, rtol=0.05)
        assert abs(weight.mean()) < 0.03 * np.sqrt(variance)
        assert (layer.weights["bias"] == 0).all()
    assert np.abs(weight).max() <= np.sqrt(3 * variance)  # Glorot's are uniform


def test_a_new_layer_is_always_the_same():
    first, second = Conv2D(1, 2, 3), Conv2D(1, 2, 3)
    assert (first.weights["weight"] == second.weights["weight"]).all()
    assert first.weights["weight"].dtype == np.float32


def test_the_base_passes_its_input_on():
    layer = Layer()
    x = batch(PICTURE)
    assert (layer(x) == x).all()
    assert (layer.backward(2 * x) == 2 * x).all()


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_a_bad_pixel_reaches_only_the_windows_that_hold_it(bad):
    x = batch((1, 6, 6), 1)
    x[0, 0, 0, 5] = bad
    found = np.isfinite(Conv2D(1, 1, 2).forward(x))
    assert found.sum() == 24
    assert not found[0, 0, 0, 4]


@given(
    *(st.integers(1, 4) for _ in range(3)),
    st.tuples(st.integers(1, 4), st.integers(1, 4)),
    st.tuples(st.integers(1, 3), st.integers(1, 3)),
    st.tuples(*(st.tuples(st.integers(0, 2), st.integers(0, 2)) for _ in range(2))),
    st.tuples(st.integers(4, 9), st.integers(4, 9)),
    st.booleans(),
)
def test_the_fast_convolution_is_the_plain_one(count, channels, filters, kernel, stride, padding, size, blas):
    plain = PlainConv2D(channels, filters, kernel, stride=stride, padding=padding).astype("float64")
    fast = Conv2D(channels, filters, kernel, stride=stride, padding=padding).astype("float64")
    fast.weights["bias"][...] = plain.weights["bias"][...] = np.arange(filters)
    np.testing.assert_array_equal(fast.weights["weight"], plain.weights["weight"])
    x = batch((channels, *size), count, dtype="float64")
    y = plain.forward(x)
    gradient = batch(y.shape[1:], count, seed=1, dtype="float64")
    with patch("cnnlib.nn.layers.BLAS", blas), patch("cnnlib.nn.conv.BLAS", blas):
        np.testing.assert_allclose(fast.forward(x), y, rtol=1e-9, atol=1e-12)
        np.testing.assert_allclose(fast.backward(gradient), plain.backward(gradient), rtol=1e-9, atol=1e-12)
    for name, expected in plain.gradients.items():
        np.testing.assert_allclose(fast.gradients[name], expected, rtol=1e-9, atol=1e-12)
