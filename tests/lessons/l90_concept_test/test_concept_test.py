"""The concept test: two forms that ask the same, and of each item's options one is right, by computation."""

import re

import numpy as np
import pytest

from cnnlib import conv2d, layer_size, output_size, quantize
from cnnlib.composition import compose_kernels
from cnnlib.exercises import EXERCISES, commit, get_prediction, predict, previous, progress
from cnnlib.exercises.predictions import due, reminder
from cnnlib.pictures import picture
from cnnlib.transforms import shift

ITEMS = {name[3:]: asked for name, asked in EXERCISES.items() if name.startswith("90-")}
X = np.array([[1, 0, 1], [0, 1, 0], [1, 0, 1]])
PLUS = np.array([[0, 1, 0], [1, 1, 1], [0, 1, 0]])
IMAGE = picture("camera").astype(int)[:64, :64]
TABLES = {name: {key: np.array(rows) for key, rows in asked.tables.items()} for name, asked in ITEMS.items()}


def flat(gray, total):
    weights = np.random.default_rng(0).normal(size=(3, 3))
    return conv2d(np.full((3, 3), float(gray)), weights + (total - weights.sum()) / 9).item()


def parameters(filters, channels, side, *pictures):
    (count,) = {layer_size((channels, size, size), filters, side).parameters for size in pictures}
    return count


def side_of_both(first, second):
    return len(compose_kernels(np.ones((first, first)), np.ones((second, second))))


NUMBERS = {
    "a-index": TABLES["a-index"]["image"][1, 2],
    "b-index": TABLES["b-index"]["image"][1, 3],
    "a-code": quantize(2.6, 2, 4.0),
    "b-code": quantize(11.0, 3, 16.0),
    "a-byte": (np.array([200], np.uint8) + np.array([100], np.uint8)).item(),
    "b-byte": (np.array([10], np.uint8) - np.array([30], np.uint8)).item(),
    "a-sum": conv2d(*TABLES["a-sum"].values()).item(),
    "b-sum": conv2d(*TABLES["b-sum"].values()).item(),
    "a-flat": flat(80, 0),
    "b-flat": flat(50, 1),
    "a-size": output_size(8, 3, padding=1, stride=2),
    "b-size": output_size(10, 5, padding=2, stride=2),
    "a-share": parameters(10, 3, 3, 100, 200),
    "b-share": parameters(8, 1, 5, 28, 14),
    "a-bend": side_of_both(3, 3),
    "b-bend": side_of_both(3, 5),
}
ON = {
    "a-match": (X, {"all nine pixels are 3": 3, "an X of ones": X, "a plus of threes": 3 * PLUS}),
    "b-match": (PLUS, {"all nine pixels are 2": 2, "a plus of ones": PLUS, "an X of fours": 4 * X}),
}
MAPS = {"a-maps": ((3, 20, 20), 5), "b-maps": ((8, 12, 12), 3)}


def number(option):
    """Read the first number of an option, None if there is none."""
    found = re.search(r"[-−]?\d+", option)
    return float(found[0].replace("−", "-")) if found else None


def test_twelve_concepts_are_asked_in_two_forms_of_one_shape():
    concepts = [name[2:] for name in ITEMS if name.startswith("a-")]
    assert len(concepts) == 12
    assert list(ITEMS) == [f"{form}-{concept}" for concept in concepts for form in "ab"]
    for concept in concepts:
        a, b = ITEMS[f"a-{concept}"], ITEMS[f"b-{concept}"]
        assert len(a.options) == len(b.options)
        assert (a.question, a.tables) != (b.question, b.tables)
        assert a.kind == b.kind == "test"


@pytest.mark.parametrize("name", NUMBERS)
def test_one_number_is_right(name):
    options = ITEMS[name].options
    assert [option for option in options if number(option) == round(float(NUMBERS[name]), 9)] == [
        ITEMS[name].right
    ]


@pytest.mark.parametrize("name", ON)
def test_a_blank_window_gets_most(name):
    kernel, windows = ON[name]
    sums = {says: (kernel * window).sum() for says, window in windows.items()} | {"all nine pixels are 0": 0}
    most = max(sums, key=sums.get)
    assert list(sums.values()).count(sums[most]) == 1
    assert ITEMS[name].right == most
    assert all(any(option.startswith(says) for says in sums) for option in ITEMS[name].options)


@pytest.mark.parametrize("name", MAPS)
def test_one_filter_makes_one_map(name):
    shape, side = MAPS[name]
    maps = conv2d(np.ones(shape), np.ones((1, shape[0], side, side)))
    assert ITEMS[name].right == f"one map of {' × '.join(map(str, maps.shape[1:]))}"
    assert maps.shape[0] == 1


@pytest.mark.parametrize(
    ("name", "moved", "stride"), [("a-shift", {"right": 4}, 1), ("b-shift", {"down": 6}, 2)]
)
def test_the_map_moves_with_the_picture(name, moved, stride):
    before, after = (conv2d(image, X, stride=stride) for image in (IMAGE, shift(IMAGE, **moved)))
    steps = int(number(ITEMS[name].right))
    if "right" in moved:
        assert (after[:, steps:] == before[:, :-steps]).all()
    else:
        assert (after[steps:] == before[:-steps]).all()
    assert (after != before).any()


def test_an_item_reveals_nothing_and_the_first_answer_counts(monkeypatch, tmp_path):
    monkeypatch.setenv("CNNLIB_ANSWERS", str(tmp_path / "answers.json"))
    right, wrong = "90-a-byte", "90-a-size"
    told = [commit(right, "44"), commit(wrong, "8"), commit(wrong, "4")]
    assert {one.verdict for one in told} == {"not answered yet"}
    for one in told:
        assert not re.search("wrap|stride|right|wrong", f"{one.message} {one.note}", re.IGNORECASE)
    assert told[2].heading == told[1].heading == reminder(wrong).heading == "Your answer is kept: 8."
    assert previous(wrong) == "8"
    demo = predict(right)
    assert "44" in demo.text
    assert "wrap" not in demo.text
    assert due() == []
    assert "oncept" not in str(progress())


def test_a_reply_names_a_misconception_for_each_wrong_option():
    for name in ITEMS:
        asked = get_prediction(f"90-{name}")
        assert set(asked.replies) == {*asked.options} - {asked.right}
