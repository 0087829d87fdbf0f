"""Weights on the disk: written in one step, read with suspicion."""

import contextlib
import io
import itertools
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.lib import format as npy

from cnnlib.atomic import replacing
from cnnlib.nn.layers import Array
from cnnlib.nn.model import Sequential

ARCHITECTURE = "layers"
HEADER = 4096  # bytes, more than an array's header takes
MOST_TEXT = 2**20  # bytes for the names of the layers


def save(model: Sequential, path: str | os.PathLike[str]) -> None:
    """Write a model's weights to an ``.npz`` file, and the names of its layers.

    Written beside it first, then put in its place: a crash leaves the old file or the new one, never half.

    Parameters
    ----------
    model : Sequential
    path : path
        Used as it is; call it ``something.npz``.

    Raises
    ------
    ValueError
        If a weight is NaN or infinite; the file then stays as it was.

    Examples
    --------
    >>> import tempfile
    >>> from cnnlib.nn import Dense
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     save(Sequential(Dense(2, 3), seed=1), f"{folder}/small.npz")
    ...     model = Sequential(Dense(2, 3), seed=2)
    ...     load(model, f"{folder}/small.npz")
    >>> bool((model[0].weights["weight"] == Sequential(Dense(2, 3), seed=1)[0].weights["weight"]).all())
    True
    """
    path = Path(path)
    for name, weight in model.weights.items():
        _check_finite("save", path, name, weight)
    with replacing(path) as stream:
        np.savez(stream, **{ARCHITECTURE: np.array(_architecture(model))}, **model.weights)


def load(model: Sequential, path: str | os.PathLike[str]) -> None:
    """Read weights that `save` wrote into a model of the same layers.

    Nothing is unpickled, and no more is read than the model has room for.

    Parameters
    ----------
    model : Sequential
        Keeps its weights if anything is wrong with the file.
    path : path

    Raises
    ------
    ValueError
        If the file is damaged, belongs to other layers, or holds NaN or infinity.
    OSError
        If there is no such file, or it may not be read.

    Examples
    --------
    See `save`.
    """
    path = Path(path)
    with open(path, "rb") as stream:
        with _damage_explained(path):
            archive = zipfile.ZipFile(stream)
        found = dict(_read(model, archive, path))
    for name, weight in model.weights.items():
        weight[...] = found[name]


def _read(model: Sequential, archive: zipfile.ZipFile, path: Path) -> Iterator[tuple[str, Array]]:
    """Read the weights, each checked against the model's own."""
    with _damage_explained(path):
        stored = _member(archive, ARCHITECTURE, MOST_TEXT).tolist()
        if not isinstance(stored, list):
            raise ValueError(f"{ARCHITECTURE} is no list")
    if stored != (own := _architecture(model)):
        both = itertools.zip_longest(stored, own, fillvalue="no further layer")
        theirs, ours = next(pair for pair in both if pair[0] != pair[1])
        raise ValueError(
            f"load: {path.name} was saved from another network: it has {theirs} where the model has {ours}; "
            "build the model as it was"
        )
    for name, weight in model.weights.items():
        with _damage_explained(path):
            array = _member(archive, name, HEADER + 8 * weight.size)
        if array.shape != weight.shape or array.dtype.kind != "f":
            raise ValueError(
                f"load: in {path.name}, {name} is {array.dtype} {array.shape}, not float {weight.shape}; "
                "save the model again"
            )
        with np.errstate(over="ignore"):
            array = array.astype(weight.dtype)
        _check_finite("load", path, name, array)
        yield name, array


def _member(archive: zipfile.ZipFile, name: str, most: int) -> Array:
    """Read one array; any exception means that the file is damaged."""
    info = archive.getinfo(name + ".npy")
    if info.compress_type != zipfile.ZIP_STORED or info.file_size > most:  # nothing that unpacks to gigabytes
        raise ValueError(f"{name} is compressed, or larger than {most} bytes")
    data = io.BytesIO(archive.read(info))
    if npy.read_magic(data) != (1, 0):
        raise ValueError(f"{name} has an unknown version")
    shape, fortran, dtype = npy.read_array_header_1_0(data)
    return np.frombuffer(data.read(), dtype).reshape(shape, order="F" if fortran else "C")


@contextlib.contextmanager
def _damage_explained(path: Path) -> Iterator[None]:
    try:
        yield
    except Exception as error:  # zipfile and numpy have a dozen kinds for what may be wrong
        reason = str(error).strip("'\"")
        raise ValueError(f"load: {path.name} is damaged ({reason}); save the model again") from error


def _architecture(model: Sequential) -> list[str]:
    return [repr(layer) for layer in model]


def _check_finite(where: str, path: Path, name: str, weight: Array) -> None:
    if not np.isfinite(weight).all():
        raise ValueError(
            f"{where}: {name} holds NaN or infinity, so {path.name} would be of no use; train the model again"
        )
