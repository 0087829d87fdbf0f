"""LeNet: its sizes, its file, and what it makes of digits, MNIST's and drawn ones."""

import importlib.util
import os
import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strokes import LINES, draw

from cnnlib.nn import LENET_ACCURACY, Split, centre_digit, digits, lenet, mnist, pretrained, pretrained_lenet
from cnnlib.pictures import data_file

DATA = Path(__file__).parents[2] / "data"
NAMES = sorted(LINES)
NOT_IN_MNIST = "1 with a flag"  # its writers hardly draw one: some pens make it a 7
needs_mnist = pytest.mark.skipif(
    "CNNLIB_MNIST" not in os.environ, reason="CNNLIB_MNIST names no folder with MNIST"
)


@pytest.fixture(scope="module")
def model():
    return pretrained_lenet()


def classify(model, *drawings):
    return model.predict(np.stack([centre_digit(drawing) for drawing in drawings])[:, None]).tolist()


def test_sizes_of_its_maps_and_its_parameters():
    model = lenet()
    shapes = [model[:end].output_shape((1, 32, 32)) for end in range(1, len(model) + 1)]
    assert shapes[:3] == [(6, 28, 28), (6, 28, 28), (6, 14, 14)]
    assert shapes[3:7] == [(16, 10, 10), (16, 10, 10), (16, 5, 5), (400,)]
    assert shapes[7:] == [(120,), (120,), (100,), (100,), (10,)]
    sizes = [sum(array.size for array in layer.weights.values()) for layer in model]
    assert [size for size in sizes if size] == [156, 2_416, 48_120, 12_100, 1_010]
    assert sum(sizes) == 63_802
    assert model.summary((1, 32, 32)).parameters == 63_802


def test_each_call_gives_a_model_of_its_own(model):
    other = pretrained_lenet()
    other[0].weights["weight"][...] = 0
    assert model[0].weights["weight"].any()
    assert {array.dtype.name for array in model.weights.values()} == {"float32"}


@pytest.mark.parametrize("name", NAMES)
def test_a_plain_drawing_is_recognised(model, name):
    assert classify(model, draw(name)) == [int(name[0])]


@settings(max_examples=150)
@given(
    name=st.sampled_from([name for name in NAMES if name != NOT_IN_MNIST]),
    canvas=st.integers(40, 300),
    height=st.floats(0.4, 0.85),
    pen=st.floats(0.04, 0.18),
    down=st.floats(0, 1),
    right=st.floats(0, 1),
)
def test_off_centre_thin_thick_small_or_large_a_drawing_is_the_same_digit(model, name, **drawn):
    """Alike is: of the same class; for these lines, from 16 pixels high on, by a pen of 4 to 18 % of that."""
    assert classify(model, draw(name, **drawn)) == [int(name[0])]


def test_handwriting_of_others_coarsely_scanned_is_read_too(model):
    """8 x 8 pixels each, from another collection: below MNIST's 99 %, far above a guess."""
    dataset = digits()
    right = [
        np.array(classify(model, *part.images[:, 0])) == part.labels for part in (dataset.train, dataset.test)
    ]
    assert np.concatenate(right).mean() > 0.96


@needs_mnist
def test_the_accuracy_recorded_is_the_accuracy_on_the_test_pictures(model):
    test = mnist().test
    framed = np.pad(test.images, ((0, 0), (0, 0), (2, 2), (2, 2)))
    found = model.accuracy(Split(framed, test.labels))
    assert found == pytest.approx(LENET_ACCURACY, abs=1.5e-4)  # another BLAS may round one picture away


def test_the_readme_records_the_same_accuracy():
    said = re.search(r"(\d\d\.\d\d) % of the 10,000 test pictures", (DATA / "README.md").read_text("utf-8"))
    assert float(said[1]) == pytest.approx(100 * LENET_ACCURACY)
    assert LENET_ACCURACY >= 0.99


def test_a_missing_or_damaged_file_is_said_in_one_sentence(tmp_path, monkeypatch):
    file = tmp_path / "lenet.npz"
    monkeypatch.setattr(pretrained, "data_file", lambda name: tmp_path / name)
    said = r"^pretrained_lenet: the weights that ship cannot be read \([^;]+\); install cnnlib again$"
    with pytest.raises(ValueError, match=said):
        pretrained_lenet()
    whole = data_file("lenet.npz").read_bytes()
    middle = len(whole) // 2
    for damaged in (b"", whole[:-100], whole[:middle] + b"\0" * 9 + whole[middle + 9 :]):
        file.write_bytes(damaged)
        with pytest.raises(ValueError, match=said):
            pretrained_lenet()
    file.write_bytes(whole)
    assert len(pretrained_lenet()) == 12


def test_no_data_file_at_all_is_said_likewise(monkeypatch):
    monkeypatch.setattr(pretrained, "LENET", "lenet of another day.npz")
    with pytest.raises(
        ValueError, match=r"^pretrained_lenet: .*there is no data file.*; install cnnlib again$"
    ):
        pretrained_lenet()


@pytest.fixture
def maker():
    spec = importlib.util.spec_from_file_location("make_lenet", DATA / "make_lenet.py")
    maker = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(maker)
    return maker


@pytest.fixture
def some():
    """Return three digits as MNIST has them, (3, 1, 28, 28)."""
    return np.stack([centre_digit(draw(name))[None, 2:-2, 2:-2] for name in ("2", "5", "7")])


def test_without_any_variation_the_digits_stay_as_they_are(maker, some, monkeypatch):
    for name in ("TURN", "SLANT", "SCALE", "SHIFT", "THINNER", "THICKER"):
        monkeypatch.setattr(maker, name, 0)
    varied = maker.varied(some, np.random.default_rng(0))
    np.testing.assert_allclose(varied, np.pad(some, ((0, 0), (0, 0), (2, 2), (2, 2))), atol=1e-5)


def test_varied_digits_are_others_for_another_seed_alone(maker, some):
    once, again, other = (maker.varied(some, np.random.default_rng(seed)) for seed in (1, 1, 2))
    np.testing.assert_array_equal(once, again)
    assert once.shape == (3, 1, 32, 32)
    assert once.min() >= 0
    assert once.max() <= 1
    assert (np.abs(once - other).max(axis=(1, 2, 3)) > 0.1).all()


@pytest.mark.parametrize(("thinner", "thicker"), [(1, -1), (-1, 1)])
def test_a_whole_pixel_is_taken_off_or_put_on_at_each_side(maker, thinner, thicker, monkeypatch):
    monkeypatch.setattr(maker, "THINNER", thinner)
    monkeypatch.setattr(maker, "THICKER", thicker)  # the same amount for all: -1, or 1
    stroke = np.zeros((1, 28, 28), np.float32)
    stroke[0, :, 10:14] = 1
    expected = np.zeros((28, 28))
    expected[:, slice(11, 13) if thinner == 1 else slice(9, 15)] = 1
    np.testing.assert_allclose(maker.other_pen(stroke, np.random.default_rng(0))[0], expected, atol=1e-6)


def test_what_is_held_out_is_not_learned(maker):
    learned, held_out = (set(range(60_000)[part]) for part in maker.PARTS)
    assert len(learned) + len(held_out) == 60_000
    assert not learned & held_out
