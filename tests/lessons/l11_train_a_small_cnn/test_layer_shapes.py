"""A picture's way through a network: the shapes of LeNet's first part, and why they are so."""

import pytest

from cnnlib.explore import explore_layer_shapes
from cnnlib.lessons.l11_train_a_small_cnn.layer_shapes import STAGES


def said(demo):
    return "".join(text for text, _ in demo.view.arithmetic)


def test_the_sizes_of_lenet():
    demo = explore_layer_shapes(filters=(6, 16))
    assert demo.output.tolist() == [3072, 4704, 4704, 1176, 1600, 1600, 400, 400, 4]
    chain = "3 × 32 × 32 → 6 × 28 × 28 → 6 × 14 × 14 → 16 × 10 × 10 → 16 × 5 × 5 → 400 → 4."
    assert demo.text.endswith(chain)


@pytest.mark.parametrize(
    ("stage", "words", "sums"),
    [
        ("conv 1", "6·(3·5·5 + 1) = 456 weights", "rows: (32 − 5)/1 + 1 = 28"),
        ("ReLU 1", "nothing to learn", "6 · 28 · 28 = 4,704 numbers, before and after"),
        ("pool 1", "only the largest stays", "rows: (28 − 2)/2 + 1 = 14"),
        ("conv 2", "8·(6·5·5 + 1) = 1,208 weights", "rows: (14 − 5)/1 + 1 = 10"),
        ("ReLU 2", "nothing to learn", "8 · 10 · 10 = 800 numbers, before and after"),
        ("pool 2", "only the largest stays", "rows: (10 − 2)/2 + 1 = 5"),
        ("flatten", "no number is lost", "8 · 5 · 5 = 200"),
        ("dense", "200·4 + 4 = 804 weights", "200 numbers → 4 scores"),
    ],
)
def test_each_stage_is_explained(stage, words, sums):
    demo = explore_layer_shapes(stage=stage)
    assert words in demo.text
    assert said(demo) == sums
    (marked,) = (panel for panel in demo.view.panels if panel.caption.startswith("▸"))
    assert marked.id == stage


def test_padding_keeps_the_size():
    demo = explore_layer_shapes(padding="same")
    assert said(demo) == "rows: (32 + 2·2 − 5)/1 + 1 = 32"
    assert "3 × 32 × 32 → 6 × 32 × 32 → 6 × 16 × 16" in demo.text


def test_pooling_rounds_down():
    demo = explore_layer_shapes(kernel=3, stage="pool 2")
    assert said(demo) == "rows: (13 − 2)/2 + 1 = 6.5, rounded down to 6"


def test_the_maps_are_those_of_the_picture_and_the_weights():
    demo = explore_layer_shapes()

    def maps():
        return [panel.colors.tobytes() for panel in demo.view.panels]

    before = maps()
    assert len(before) == len(STAGES) + 1
    demo.image.value = "boat"
    assert all(a != b for a, b in zip(before, maps(), strict=True))
    demo.image.value, demo.seed.value = "cat", 1
    assert maps()[0] == before[0]
    assert all(a != b for a, b in zip(before[1:], maps()[1:], strict=True))


def test_unknown_settings_are_refused():
    with pytest.raises(ValueError, match="filters 1: 9 lies outside"):
        explore_layer_shapes(filters=(9, 8))
    with pytest.raises(ValueError, match="explain: 'conv 3' is unknown"):
        explore_layer_shapes(stage="conv 3")
