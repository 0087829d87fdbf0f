"""Files of weights: there and back, and whatever can be wrong with them."""

import io
import os
import pickle
import re
import zipfile

import numpy as np
import pytest

from cnnlib.nn import Conv2D, Dense, Flatten, ReLU, Sequential, load, save


def network(seed=0):
    return Sequential(Conv2D(1, 2, 3), ReLU(), Flatten(), Dense(72, 3), seed=seed)


def copies(model):
    return {name: array.copy() for name, array in model.weights.items()}


def same(one, other):
    return all((array == other[name]).all() for name, array in one.items())


@pytest.fixture
def file(tmp_path):
    """Return a good file."""
    save(network(1), tmp_path / "net.npz")
    return tmp_path / "net.npz"


def contents(file):
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rewrite(file, members, **settings):
    with zipfile.ZipFile(file, "w", **settings) as archive:
        for name, data in members.items():
            archive.writestr(name, data)


def npy(array, **settings):
    stream = io.BytesIO()
    np.lib.format.write_array(stream, np.asarray(array), **settings)
    return stream.getvalue()


def refused(file, words):
    """Check that the file is refused in one sentence, and leaves the model untouched."""
    model = network(2)
    before = copies(model)
    with pytest.raises(ValueError, match=f"^load: {words}") as caught:
        load(model, file)
    assert "\n" not in str(caught.value)
    assert "net.npz" in str(caught.value)
    assert same(before, model.weights)


def test_there_and_back(file):
    model = network(2)
    arrays = list(model.weights.values())
    load(model, file)
    assert same(network(1).weights, model.weights)
    assert all(now is then for now, then in zip(model.weights.values(), arrays, strict=True))
    load(model, str(file))


def test_saving_twice_gives_the_same_bytes(file, tmp_path):
    save(network(1), tmp_path / "again.npz")
    assert (tmp_path / "again.npz").read_bytes() == file.read_bytes()


def test_numpy_can_read_it_without_pickle(file):
    with np.load(file, allow_pickle=False) as arrays:
        assert arrays["layers"].tolist() == ["Conv2D(1, 2, 3)", "ReLU()", "Flatten()", "Dense(72, 3)"]
        assert (arrays["3.bias"] == 0).all()


def test_memory_order_does_not_matter(tmp_path):
    model, other = network(1), network(2)
    model[3].weights["weight"] = np.asfortranarray(model[3].weights["weight"])
    save(model, tmp_path / "net.npz")
    load(other, tmp_path / "net.npz")
    assert same(model.weights, other.weights)


def test_precision_is_the_models_own(tmp_path):
    save(network(1).astype("float64"), tmp_path / "net.npz")
    model = network(2)
    load(model, tmp_path / "net.npz")
    assert same(network(1).weights, model.weights)
    assert {array.dtype.name for array in model.weights.values()} == {"float32"}


def test_every_truncation_is_refused(file):
    whole = file.read_bytes()
    for length in [*range(0, len(whole), 97), len(whole) - 1]:
        file.write_bytes(whole[:length])
        refused(file, r"net.npz is damaged \(.*\); save the model again")


def test_every_changed_byte_is_refused_or_harmless(file):
    whole = file.read_bytes()
    for place in range(0, len(whole), 13):
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        model = network(2)
        before = copies(model)
        reason = _reason(model, file)
        assert reason is None or reason.startswith("load: ")
        assert same(network(1).weights if reason is None else before, model.weights)


def _reason(model, file):
    """Return why a file is refused, or None."""
    try:
        load(model, file)
    except ValueError as error:
        return str(error)
    return None


@pytest.mark.parametrize("layers", [5, "Conv2D(1, 2, 3)"])
def test_names_of_layers_that_are_no_list(file, layers):
    rewrite(file, contents(file) | {"layers.npy": npy(layers)})
    refused(file, r"net.npz is damaged \(layers is no list\); save the model again")


def test_a_missing_array_is_named(file):
    members = contents(file)
    del members["3.bias.npy"]
    rewrite(file, members)
    refused(file, r"net.npz is damaged \(.*3.bias.*\)")


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf, 1e300])
def test_what_is_no_number_is_refused(file, bad):
    rewrite(file, contents(file) | {"3.bias.npy": npy([0, bad, 0])})
    refused(file, r"3.bias holds NaN or infinity, so net.npz would be of no use; train the model again")


@pytest.mark.parametrize(
    "array",
    [np.zeros(4), np.zeros((3, 1)), np.zeros(3, int), np.zeros(3, complex), np.zeros(3, "U1"), np.float32(0)],
)
def test_arrays_of_another_shape_or_kind_are_refused(file, array):
    rewrite(file, contents(file) | {"3.bias.npy": npy(array)})
    refused(file, r"in net.npz, 3.bias is .*, not float \(3,\); save the model again")


@pytest.mark.parametrize(
    ("layers", "words"),
    [
        (
            [Conv2D(1, 4, 3), ReLU(), Flatten(), Dense(144, 3)],
            r"Conv2D\(1, 4, 3\) where the model has Conv2D",
        ),
        ([Conv2D(1, 2, 3), ReLU(), Flatten()], r"no further layer where the model has Dense\(72, 3\)"),
        (
            [Conv2D(1, 2, 3), ReLU(), Flatten(), Dense(72, 3), ReLU()],
            r"ReLU\(\) where the model has no further",
        ),
    ],
)
def test_another_network_is_refused(file, layers, words):
    save(Sequential(*layers), file)
    refused(file, f"net.npz was saved from another network: it has {words}")


def test_pickles_are_not_opened(file):
    class Trap:
        def __reduce__(self):
            return os.mkdir, (str(file.with_name("trap")),)

    array = np.empty(3, object)
    array[:] = [Trap()] * 3
    rewrite(file, contents(file) | {"3.bias.npy": npy(array, allow_pickle=True)})
    refused(file, "net.npz is damaged")
    file.write_bytes(pickle.dumps(Trap()))
    refused(file, "net.npz is damaged")
    assert not file.with_name("trap").exists()


def test_a_zip_bomb_is_not_unpacked(file):
    rewrite(
        file,
        contents(file) | {"3.bias.npy": npy(np.zeros(3)) + bytes(10**7)},
        compression=zipfile.ZIP_DEFLATED,
    )
    refused(file, r"net.npz is damaged \(layers is compressed")
    rewrite(file, contents(file) | {"3.bias.npy": npy(np.zeros(3)) + bytes(10**5)})
    refused(file, r"net.npz is damaged \(3.bias is .*larger than \d+ bytes")


def test_a_header_cannot_ask_for_memory(file):
    stream = io.BytesIO()
    np.lib.format.write_array_header_1_0(stream, {"descr": "<f4", "fortran_order": False, "shape": (10**13,)})
    rewrite(file, contents(file) | {"3.bias.npy": stream.getvalue() + bytes(12)})
    refused(file, "net.npz is damaged")


def test_a_damaged_list_of_layers_is_refused(file):
    for data in (b"", npy([1, 2]), npy("ReLU()"), npy(np.zeros((2, 2), "U3"))):
        rewrite(file, contents(file) | {"layers.npy": data})
        refused(file, "net.npz ")


def test_a_file_of_something_else(file):
    for data in (b"", b"hello", npy(np.zeros(3))):
        file.write_bytes(data)
        refused(file, "net.npz is damaged")
    np.savez(file, a=np.zeros(3))
    refused(file, "net.npz is damaged")


def test_no_file(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"missing\.npz"):
        load(network(), tmp_path / "missing.npz")


def test_a_ruined_model_does_not_replace_a_good_file(file):
    before = file.read_bytes()
    model = network()
    model.weights["0.bias"][1] = np.nan
    with pytest.raises(
        ValueError, match=r"^save: 0.bias holds NaN or infinity, so net.npz would be of no use"
    ):
        save(model, file)
    assert file.read_bytes() == before


@pytest.mark.parametrize("moment", ["savez", "replace"])
@pytest.mark.parametrize("accident", [OSError("disk full"), KeyboardInterrupt()])
def test_an_accident_leaves_the_old_file_and_no_litter(file, monkeypatch, moment, accident):
    def fail(stream_or_path, *args, **arrays):
        if moment == "savez":
            stream_or_path.write(b"half")
        raise accident

    before = file.read_bytes()
    monkeypatch.setattr(np if moment == "savez" else os, moment, fail)
    with pytest.raises(type(accident)):
        save(network(2), file)
    assert file.read_bytes() == before
    assert os.listdir(file.parent) == ["net.npz"]


def test_the_sentence_says_what_to_do(file):
    file.write_bytes(b"")
    with pytest.raises(ValueError, match=re.escape("(File is not a zip file); save the model again")):
        load(network(), file)
