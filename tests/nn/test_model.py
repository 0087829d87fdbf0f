"""Networks: layers in a row, their first weights, what they make and cost and see."""

from types import SimpleNamespace

import numpy as np
import pytest

from cnnlib.nn import (
    Conv2D,
    Dense,
    Dropout,
    Flatten,
    GlobalAvgPool2D,
    LeakyReLU,
    MaxPool2D,
    ReLU,
    Sequential,
    Tanh,
    softmax_cross_entropy,
)


def lenet(seed=0):
    return Sequential(
        Conv2D(1, 6, 5, padding=2), ReLU(), MaxPool2D(2),
        Conv2D(6, 16, 5), ReLU(), MaxPool2D(2),
        Flatten(), Dense(400, 120), ReLU(), Dense(120, 84), ReLU(), Dense(84, 10),
        seed=seed,
    )  # fmt: skip


def small(seed=0):
    layers = Conv2D(1, 2, 3), ReLU(), MaxPool2D(2), Flatten(), Dropout(0.5), Dense(18, 3)
    return Sequential(*layers, seed=seed)


@pytest.fixture
def x():
    return np.random.default_rng(1).random((4, 1, 8, 8), dtype=np.float32)


def test_each_output_is_the_next_input(x):
    model = small()
    expected = x
    for layer, output in zip(model, model.activations(x), strict=True):
        expected = layer(expected)
        np.testing.assert_array_equal(output, expected)
    np.testing.assert_array_equal(model(x), expected)
    assert model.output_shape((1, 8, 8)) == expected.shape[1:] == (3,)


def test_is_a_row_of_layers():
    model = small()
    assert len(model) == 6
    assert list(model) == [model[i] for i in range(6)]
    assert isinstance(model[:2], Sequential)
    assert model[:2][0] is model[0]
    assert repr(model[3:]) == "Sequential(Flatten(), Dropout(0.5), Dense(18, 3))"


def test_a_slice_keeps_the_weights():
    model = small(seed=5)
    before = model[0].weights["weight"].copy()
    model[:1]
    assert (model[0].weights["weight"] == before).all()


def test_weights_are_the_layers_own():
    model = small()
    assert list(model.weights) == ["0.weight", "0.bias", "5.weight", "5.bias"]
    assert model.weights["5.bias"] is model[5].weights["bias"]


def test_the_seed_decides_on_the_weights():
    one, same, other = lenet(1), lenet(1), lenet(2)
    for name, weight in one.weights.items():
        assert (weight == same.weights[name]).all()
        assert name.endswith("bias") or (weight != other.weights[name]).any()


def test_a_layer_more_leaves_the_first_weights_alone():
    short, long = Sequential(Dense(4, 4), Tanh()), Sequential(Dense(4, 4), Tanh(), Dense(4, 4))
    assert (short.weights["0.weight"] == long.weights["0.weight"]).all()
    assert (long.weights["0.weight"] != long.weights["2.weight"]).any()


@pytest.mark.parametrize(
    ("after", "variance"),
    [
        ([ReLU()], 2 / 300),
        ([LeakyReLU()], 2 / 300),
        ([Dropout(0.5), ReLU()], 2 / 300),
        ([Tanh()], 2 / 500),
        ([], 2 / 500),
        ([Dense(200, 2), ReLU()], 2 / 500),
    ],
)
def test_he_before_rectifiers_glorot_elsewhere(after, variance):
    weight = Sequential(Dense(300, 200), *after).weights["0.weight"]
    assert weight.var() == pytest.approx(variance, rel=0.05)


def test_frozen_layers_and_seed_none_keep_their_weights():
    own, free = Dense(2, 2), Dense(2, 2)
    own.frozen = True
    for layer in (own, free):
        layer.weights["weight"][...] = 7
    Sequential(own, free, seed=None)
    assert (free.weights["weight"] == 7).all()
    Sequential(own, free)
    assert (own.weights["weight"] == 7).all()
    assert (free.weights["weight"] != 7).all()


def run_backward(model, x, **settings):
    _, gradient = softmax_cross_entropy(model.forward(x, training=True), np.zeros(len(x), int))
    return model.backward(gradient, **settings)


def test_backward_sets_all_gradients(x):
    model = small()
    assert run_backward(model, x) is None
    assert model.gradients.keys() == model.weights.keys()
    assert run_backward(model, x, input_gradient=True).shape == x.shape


def test_work_ends_below_the_first_layer_that_learns(x):
    model = small()
    model[0].frozen = True
    below = []
    for layer in model[:5]:
        layer.backward = lambda gradient, *, input_gradient=True, layer=layer: below.append(layer)
    run_backward(model, x)
    assert below == []
    assert list(model.gradients) == ["5.weight", "5.bias"]


def test_the_first_layer_is_not_asked_for_the_gradient_of_the_pictures(x):
    model, asked = small(), []
    backward = model[0].backward
    model[0].backward = lambda gradient, **settings: asked.append(settings) or backward(gradient, **settings)
    run_backward(model, x)
    run_backward(model, x, input_gradient=True)
    assert asked == [{"input_gradient": False}, {"input_gradient": True}]


def test_a_frozen_layer_between_passes_the_gradient_on():
    x = np.random.default_rng(0).normal(size=(5, 3))
    free, frozen = (Sequential(Dense(3, 4), Tanh(), Dense(4, 3), Tanh(), Dense(3, 2)) for _ in range(2))
    frozen[2].frozen = True
    run_backward(free, x)
    run_backward(frozen, x)
    assert "2.weight" not in frozen.gradients
    np.testing.assert_array_equal(frozen.gradients["0.weight"], free.gradients["0.weight"])


def test_backward_needs_a_forward_in_training(x):
    model = small()
    model(x)
    with pytest.raises(ValueError, match="backward has no forward before it"):
        model.backward(np.zeros((4, 3)))
    run_backward(model, x)
    with pytest.raises(ValueError, match="backward has no forward before it"):
        model.backward(np.zeros((4, 3)))


def test_dropout_drops_in_training_only(x):
    model = small()
    assert (model(x) == model(x)).all()
    assert (model.forward(x, training=True) != model.forward(x, training=True)).any()
    assert (model(x) == model.forward(x)).all()


def test_predictions_come_in_batches():
    model = lenet()
    images = np.random.default_rng(0).random((300, 1, 28, 28), dtype=np.float32)
    whole = model(images)
    sizes = []
    forward = model[0].forward
    model[0].forward = lambda x: sizes.append(len(x)) or forward(x)
    np.testing.assert_allclose(model.outputs(images), whole, atol=1e-5)
    assert sizes == [64, 64, 64, 64, 44]
    predicted = model.predict(images)
    assert predicted.dtype == np.int64
    assert (predicted == whole.argmax(axis=1)).all()

    class Data:
        labels = predicted.copy()

    Data.images = images
    Data.labels[:75] += 1
    assert model.accuracy(Data) == 0.75


def test_predict_needs_classes():
    with pytest.raises(
        ValueError, match=r"^Sequential.predict: outputs \(2, 1\) are not one number per class"
    ):
        Sequential(Dense(3, 1)).predict(np.zeros((2, 3)))


def test_nothing_to_predict_is_said():
    with pytest.raises(ValueError, match=r"Dense: input \(0, 3\) is no batch"):
        Sequential(Dense(3, 2)).predict(np.zeros((0, 3)))


def test_double_precision(x):
    model = small().astype("float64")
    assert {weight.dtype.name for weight in model.weights.values()} == {"float64"}
    assert model(x.astype("float64")).dtype == np.float64
    assert small()(x).dtype == np.float32


@pytest.mark.parametrize(
    ("layers", "words"),
    [
        ([Dense], "^Sequential: argument 0 is <class .*, not a layer; give layers one by one"),
        ([Flatten(), [Dense(2, 2)]], r"argument 1 is \[Dense\(2, 2\)\], not a layer"),
        ([Tanh()] * 2, r"argument 1, Tanh\(\), comes twice; make a second one"),
    ],
)
def test_what_is_no_row_of_layers(layers, words):
    with pytest.raises(ValueError, match=words):
        Sequential(*layers)


def test_a_layer_asked_by_itself_after_training_drops_nothing(x):
    model = small()
    maps = model.forward(x, training=True)
    dropout = model[4]
    numbers = np.ones_like(maps)
    np.testing.assert_array_equal(dropout(numbers), numbers)


def test_accuracy_is_of_one_part(x):
    with pytest.raises(ValueError, match=r"^Sequential.accuracy: give one part of the dataset, data.train"):
        small().accuracy(SimpleNamespace(train=x, test=x))
    with pytest.raises(ValueError, match=r"^Sequential.accuracy: a tuple is no part of a dataset; give"):
        small().accuracy((x, np.zeros(len(x), int)))


def test_a_shape_may_be_a_list():
    assert small().output_shape([1, 8, 8]) == small().output_shape((1, 8, 8))


def test_a_shape_that_does_not_fit_is_said():
    with pytest.raises(ValueError, match=r"Dense: input \(98,\) has 98 numbers"):
        small().summary((1, 16, 16))


def test_lenet_in_numbers():
    summary = lenet().summary((1, 28, 28))
    assert [row.output_shape for row in summary.rows][::3] == [(6, 28, 28), (16, 10, 10), (400,), (84,)]
    assert [row.parameters for row in summary.rows if row.parameters] == [156, 2416, 48120, 10164, 850]
    counts = [row.multiplications for row in summary.rows if row.multiplications]
    assert counts == [6 * 25 * 784, 16 * 150 * 100, 48000, 10080, 840]
    assert summary.parameters == 61706
    assert summary.multiplications == sum(counts)
    fields = [row.receptive_field for row in summary.rows]
    assert fields[0] == (5, 5)
    assert fields[2:7] == [(6, 6), (14, 14), (14, 14), (16, 16), (16, 16)]
    assert set(fields[7:]) == {(32, 32)}  # 28 and the padding


def test_receptive_field_of_six_convolutions():
    layers = []
    for _ in range(3):
        layers += [Conv2D(1, 1, 3, padding=1), Conv2D(1, 1, 3, padding=1), MaxPool2D(2)]
    assert Sequential(*layers).summary((1, 32, 32)).rows[-1].receptive_field == (36, 36)


def test_receptive_field_is_where_the_input_matters():
    """The gradient of one output is not zero at the pixels which it sees."""
    layers = Conv2D(1, 1, (3, 2), stride=(2, 1)), Tanh(), Conv2D(1, 1, (1, 3)), GlobalAvgPool2D()
    x = np.random.default_rng(0).random((1, 1, 9, 9)).astype(np.float64)
    for count in (1, 2, 3, 4):
        model = Sequential(*layers[:count]).astype("float64")
        output = model.forward(x, training=True)
        gradient = np.zeros_like(output)
        gradient[(0,) * output.ndim] = 1
        rows, cols = np.nonzero(model.backward(gradient, input_gradient=True)[0, 0])
        reached = rows.max() + 1, cols.max() + 1
        assert model.summary((1, 9, 9)).rows[-1].receptive_field == reached


def test_summary_prints_a_table():
    lines = str(lenet().summary((1, 28, 28))).splitlines()
    first, second, *_, last = (" ".join(line.split()) for line in lines)
    assert first == "layer output shape parameters multiplications receptive field"
    assert second == "Conv2D(1, 6, 5, padding=2) 6 x 28 x 28 156 117,600 5 x 5"
    assert last == "all 10 61,706 416,520 32 x 32"
    assert len({len(line) for line in lines}) == 1


def test_summary_without_rows_and_columns():
    summary = Sequential(Dense(4, 2)).summary((4,))
    assert summary.rows[0].receptive_field is None
    assert str(summary).splitlines()[1].endswith("all")


def test_summary_of_nothing():
    with pytest.raises(ValueError, match="summary: the model has no layers"):
        Sequential().summary((1, 8, 8))
