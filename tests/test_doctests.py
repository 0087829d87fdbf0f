"""The examples in all of cnnlib's docstrings run, and print what they say."""

import doctest
import importlib
from pathlib import Path

import pytest

import cnnlib

ROOT = Path(cnnlib.__file__).parent
MODULES = sorted(
    ".".join(path.relative_to(ROOT.parent).with_suffix("").parts).removesuffix(".__init__")
    for path in ROOT.rglob("*.py")
)
ARITHMETIC = ["cnnlib.shapes", "cnnlib.convolution", "cnnlib.pooling", "cnnlib.activations", "cnnlib.kernels"]


@pytest.mark.parametrize("name", MODULES)
def test_examples(name, tmp_path, monkeypatch):
    monkeypatch.setenv("CNNLIB_ANSWERS", str(tmp_path / "answers.json"))  # never the learner's own file
    assert doctest.testmod(importlib.import_module(name)).failed == 0


@pytest.mark.parametrize("name", cnnlib.__all__)
def test_every_public_name_has_an_example(name):
    thing = getattr(cnnlib, name)
    documented = thing if isinstance(thing, type) or callable(thing) else type(thing)
    assert doctest.DocTestFinder(recurse=False).find(documented, name)[0].examples


def test_the_arithmetic_is_among_the_modules():
    assert set(ARITHMETIC) <= set(MODULES)
