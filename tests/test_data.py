"""The files of data/ are the ones its README describes, and can be rebuilt."""

import hashlib
import importlib.util
import re
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

DATA = Path(__file__).parents[1] / "data"


def load_maker(name="make_pictures"):
    spec = importlib.util.spec_from_file_location(name, DATA / f"{name}.py")
    maker = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(maker)
    return maker


def test_readme_lists_every_file_with_its_checksum():
    rows = re.findall(
        r"^\| `([^`]+)` \|.*\| `([0-9a-f]{64})` \|$", (DATA / "README.md").read_text("utf-8"), re.M
    )
    files = [f for f in DATA.iterdir() if f.is_file() and f.suffix not in (".md", ".py")]
    assert dict(rows) == {f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in files}


@pytest.mark.parametrize("name", ["camera", "chelsea", "coffee"])
def test_photographs_can_be_rebuilt_pixel_for_pixel(name):
    if importlib.util.find_spec("skimage") is None:
        pytest.skip("scikit-image is not installed: the SHA-256 of the README alone is compared")
    with Image.open(DATA / f"{name}.png") as shipped:
        np.testing.assert_array_equal(load_maker().build(name), np.asarray(shipped))


def test_digits_can_be_rebuilt_value_for_value():
    if importlib.util.find_spec("sklearn") is None:
        pytest.skip("scikit-learn is not installed: the SHA-256 of the README alone is compared")
    with np.load(DATA / "digits.npz") as shipped:
        for array, name in zip(load_maker("make_digits").build(), ("images", "labels"), strict=True):
            np.testing.assert_array_equal(array, shipped[name])


def test_the_drawing_can_be_rebuilt_pixel_for_pixel():
    with Image.open(DATA / "animal.png") as shipped:
        np.testing.assert_array_equal(load_maker("make_animal").build(), np.asarray(shipped))


def test_shrinking_keeps_the_mean_and_weighs_by_area():
    shrink = load_maker().shrink
    np.testing.assert_array_equal(shrink(np.array([[0, 90, 180]], np.uint8), (1, 2)), [[30, 150]])
    np.testing.assert_array_equal(
        shrink(np.array([[1, 2], [2, 1]], np.uint8), (1, 1)), [[2]]
    )  # 1.5 rounds up


@pytest.mark.parametrize(
    ("maker", "needed", "package"),
    [("make_pictures", "originals", "scikit-image"), ("make_digits", "original", "scikit-learn")],
)
def test_a_missing_package_is_said_in_one_sentence(maker, needed, package, monkeypatch):
    maker = load_maker(maker)
    monkeypatch.setattr(maker.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(SystemExit, match=f"pip install {package}"):
        getattr(maker, needed)()
