"""The ledger of an architecture as a demo: rows, edits, refusals, and texts that build the same network."""

import importlib.util

import drive
import numpy as np
import pytest

from cnnlib.explore import explore_architecture
from cnnlib.ledger import ledger
from cnnlib.lessons.l13_beyond.architecture import KINDS, MOST, OWN, VISIBLE, first_shown
from cnnlib.lessons.l13_beyond.architectures import ARCHITECTURES
from cnnlib.lessons.l13_beyond.layers import GlobalPool, Pool

needs_torch = pytest.mark.skipif(importlib.util.find_spec("torch") is None, reason="PyTorch is not installed")
every_network = pytest.mark.parametrize("name", ARCHITECTURES)


@every_network
def test_it_shows_the_published_total(name):
    demo = explore_architecture(name)
    assert demo.output.sum() == ARCHITECTURES[name].parameters
    assert f" rows, {ARCHITECTURES[name].parameters:,} parameters" in demo.text
    assert f"all {len(demo.output)} rows: parameters {ARCHITECTURES[name].parameters:,}" in _table(demo).alt


def _table(demo):
    return next(panel for panel in demo.view.panels if panel.id == "table")


def _rows(demo):
    return next(panel for panel in demo.view.panels if panel.id == "rows")


@every_network
def test_each_row_is_read_out(name):
    demo = explore_architecture(name)
    for number, layer in enumerate(ARCHITECTURES[name].layers, 1):
        demo.row.value = number
        assert f"Row {number}, {layer.name}, gives " in demo.text
        assert f"\n{demo.output[number - 1]:,}" in "\n" + demo.view.arithmetic[1][0].strip()
        assert drive.owes(demo) == []


def test_the_sums_of_a_row():
    demo = explore_architecture("LeNet of this course", row=4)
    text = "".join(text for text, _ in demo.view.arithmetic)
    assert "16·(6·5·5 + 1) = 2,416" in text
    assert "2,400·10·10 = 240,000" in text
    assert "16·10·10·4 = 6,400" in text
    assert "Row 4, conv 5 × 5, 16, gives 16 × 10 × 10; receptive field 14 × 14 pixels." in demo.text
    demo.row.value = 8
    assert (
        "Row 8, dense 120, gives 120 numbers; receptive field 32 × 32 pixels, padding counted: the whole"
        in demo.text
    )
    demo.row.value = 0
    assert "Row 0 is the picture, 1 × 32 × 32." in demo.text


def test_where_the_parameters_sit():
    shares = {
        "LeNet of this course": "96.0 %",
        "VGG-16": "89.4 %",
        "GoogLeNet": "15.5 %",
        "ResNet-18": "4.4 %",
    }
    for name, share in shares.items():
        assert f", {share} of them in dense layers," in explore_architecture(name).text
    demo = explore_architecture("LeNet of this course")
    demo.side.value = 256
    assert ", over 99.9 % of them in dense layers," in demo.text


def test_insert_remove_move_and_back():
    demo = explore_architecture("LeNet of this course", row=5)
    demo.kind.value = "batch norm"
    assert "“Insert” puts batch norm after it." in demo.text
    drive.click(demo.insert)
    assert demo.output.tolist()[:7] == [156, 0, 0, 2416, 0, 32, 0]
    assert (demo.row.value, demo.network.value) == (6, OWN)
    assert demo.text.startswith("This network has 13 rows")
    drive.click(demo.earlier)
    assert demo.output.tolist()[:7] == [156, 0, 0, 2416, 32, 0, 0]
    drive.click(demo.later)
    drive.click(demo.remove)
    assert demo.network.value == "LeNet of this course"
    assert demo.output.sum() == 63_802


def test_global_average_in_place_of_flatten():
    """Row 6 is the last pooling: of 63,802 parameters, the 96 % in dense layers shrink to a few."""
    demo = explore_architecture("LeNet of this course", kind="global average", row=6)
    drive.click(demo.insert)
    assert demo.output.tolist()[6:9] == [0, 0, 120 * (16 + 1)]
    demo.row.value = 8
    drive.click(demo.remove)
    assert demo.problem == ""
    assert demo.layers.value[6] == GlobalPool()
    assert demo.output.sum() == 156 + 2416 + 120 * 17 + 12_100 + 1010


def test_what_cannot_be_built_is_refused_in_words():
    demo = explore_architecture("LeNet of this course", row=7)
    before, table = demo.text, _table(demo)
    drive.click(demo.remove)
    assert demo.problem == (
        "row 7, dense 120: 16 × 5 × 5 is not a row of numbers; put flatten or global average before it"
    )
    assert demo.text == before
    assert _table(demo) is table
    assert demo.layers.value == ARCHITECTURES["LeNet of this course"].layers
    demo.row.value = 10
    assert demo.problem == ""
    drive.click(demo.insert)
    assert demo.problem.startswith("row 11, conv 3 × 3, 16, p1: a row of 100 numbers has no maps; put this")
    assert len(demo.output) == 12


def test_the_picture_can_be_too_small():
    demo = explore_architecture("VGG-16")
    demo.side.value = 16
    assert demo.problem.startswith(
        "row 31, max pool 2 × 2: the 2 × 2 window is larger than the padded image of 1 × 1"
    )
    assert demo.output.sum() == 138_357_544
    demo.side.value = 32
    assert demo.problem == ""
    assert demo.output.sum() == ledger((3, 32, 32), ARCHITECTURES["VGG-16"].layers).parameters


@pytest.mark.parametrize("where", ["first", "last", "only"])
def test_ends_of_the_list(where):
    demo = explore_architecture("LeNet of this course", row=0 if where == "first" else 12)
    if where == "only":
        demo.set(layers=(Pool(2),), row=1)
    drive.click({"first": demo.earlier, "last": demo.later, "only": demo.remove}[where])
    assert "; choose another row to " in demo.problem


def test_there_is_room_for_so_many_rows():
    demo = explore_architecture("LeNet of this course", kind="ReLU")
    for _ in range(MOST):
        drive.click(demo.insert)
    assert demo.problem == f"there is room for {MOST} rows; remove one before you insert another"
    assert len(demo.output) == MOST


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_can_be_inserted_somewhere(kind):
    demo = explore_architecture("LeNet of this course", kind=kind, row=10 if kind == "dense" else 5)
    drive.click(demo.insert)
    if kind == "flatten":
        assert "row 7, max pool 2 × 2: a row of 1600 numbers has no maps" in demo.problem
        return
    if kind == "global average":
        assert "row 7, max pool 2 × 2: a row of 16 numbers has no maps" in demo.problem
        return
    assert demo.problem == ""
    assert len(demo.output) == 13
    assert demo.text.count(demo.layers.value[demo.row.value - 1].name) == 2  # the row, and the next to insert


def test_a_new_kind_brings_its_sizes():
    demo = explore_architecture()
    demo.kind.value = "max pooling"
    assert [demo.values[name] for name in ("window", "stride", "padding")] == [2, 2, 0]
    demo.window.value = 3
    assert "“Insert” puts max pool 3 × 3, s2 after it." in demo.text


def test_long_networks_scroll_with_the_chosen_row():
    demo = explore_architecture("VGG-16")
    assert len(_rows(demo).labels) == VISIBLE
    seen = []
    for row in [*range(1, 38), *reversed(range(38))]:
        demo.row.value = row
        rows = _rows(demo)
        assert rows.labels[rows.cursor[0]] == str(row)
        assert rows.origin == (int(rows.labels[0]), 0)
        neighbours = {str(n) for n in (row - 1, row + 1) if 0 <= n <= 37}
        assert neighbours <= set(rows.labels)
        seen.append(rows.origin[0])
    assert np.abs(np.diff(seen)).max() == 1  # it never jumps
    assert (max(seen), seen[-1]) == (38 - VISIBLE, 0)
    assert first_shown(30, 38, 0) == 30 + 2 - VISIBLE


def test_the_table_beside_the_strip():
    """The page centres both: a heading above and the sums below leave the rows beside their numbers."""
    for name in ARCHITECTURES:
        demo = explore_architecture(name)
        assert _table(demo).height - _rows(demo).height == 2 * 24
        assert _table(demo).width + _rows(demo).width + 32 <= 734


@every_network
def test_texts_name_what_they_need(name):
    code = explore_architecture(name).code
    own = {"LeNet of this course", "LeNet-5 of today", "(conv, conv, pool) × 3"}
    assert ("cnnlib.nn" in code) == (name in own)
    assert ("class Residual" in code["PyTorch"]) == (name == "ResNet-18")
    assert ("class Inception" in code["PyTorch"]) == (name == "GoogLeNet")
    for text in (text for language, text in code.items() if language != "PyTorch"):
        np.testing.assert_array_equal(drive.result_of(text), explore_architecture(name).output)


@needs_torch
@every_network
def test_pytorch_builds_the_same_network(name):
    import torch

    demo, names = explore_architecture(name), {}
    exec(demo.code["PyTorch"], names)
    assert names["result"].sum() == ARCHITECTURES[name].parameters
    np.testing.assert_array_equal(names["result"], demo.output)
    network = ARCHITECTURES[name]
    x = torch.zeros(1, *network.input_shape, device="meta")
    for module, row in zip(names["model"], ledger(*network[:2]).rows, strict=True):
        x = module(x)
        assert tuple(x.shape[1:]) == row.output_shape


@needs_torch
@pytest.mark.parametrize("kind", KINDS)
def test_pytorch_builds_what_was_inserted(kind):
    demo = explore_architecture("ResNet-18", kind=kind, row=14 if kind == "dense" else 5)
    for name, value in (("window", 2), ("stride", 2), ("padding", 1)):
        getattr(demo, name).value = value
    if kind in ("flatten", "global average"):
        demo.row.value = 12
    drive.click(demo.insert)
    np.testing.assert_array_equal(drive.result_of(demo.code["PyTorch"]), demo.output)


@pytest.mark.parametrize("wrong", [{"network": "AlexNet 2"}, {"network": OWN}, {"row": 13}, {"row": -1}])
def test_unknown_settings(wrong):
    with pytest.raises(ValueError, match=r"(is unknown; choose from|has no row .*; choose a network)"):
        explore_architecture(**wrong)
    with pytest.raises(ValueError, match="is unknown; choose from"):
        explore_architecture(kind="attention")
