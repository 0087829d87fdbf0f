"""From digits to letters: trained for real, briefly; its sentences say what was measured."""

import asyncio

import numpy as np
import pytest

from cnnlib.exercises import get_prediction
from cnnlib.explore import explore_transfer
from cnnlib.lessons.l13_beyond.fine_tuning import WAYS
from cnnlib.lessons.l13_beyond.transfer import _verdict


@pytest.fixture(scope="module")
def trained():
    """Train with two and twenty labels, once."""

    async def scene():
        demo = explore_transfer(numbers=(2, 20), repeats=1, start=True)
        await demo.finished()
        return demo

    return asyncio.run(scene())


def panel(demo, name):
    (found,) = (panel for panel in demo.view.panels if panel.id == name)
    return found


def test_with_few_labels_digits_help_and_with_many_frozen_layers_hold_back(trained):
    assert [*trained.history] == [(0, number, way) for number in (2, 20) for way in WAYS]
    np.testing.assert_array_equal(trained.output, [*trained.history.values()])
    few, many = trained.output.reshape(2, 3)
    assert few[:2].min() > few[2] + 0.1
    assert get_prediction("12-predict-few").right == "the one with LeNet's layers"
    assert many[1:].min() > many[0] + 0.01
    for number, word, shares in ((2, "two", few), (20, "20", many)):
        trained.number.value = number
        frozen, tuned, scratch = (round(100 * share) for share in shares)
        assert trained.text.startswith(
            f"With {word} labelled pictures of each letter, accuracy on 300 others"
        )
        assert f"frozen {frozen} %, fine-tuned {tuned} %, from scratch {scratch} %." in trained.text
        side = "ahead of" if frozen > scratch else "behind"
        assert f"points {side} from scratch, in 1 of 1 repeat:" in trained.text
    assert trained.problem == ""


def test_what_the_frozen_layers_read_is_what_they_said(trained):
    for number in (2, 20):
        trained.number.value = number
        said = trained.run.outputs[0, number, "frozen"].argmax(axis=1)
        labels = trained.run._run.held_out.labels
        assert np.mean(said == labels) == trained.history[0, number, "frozen"]
        first = [np.flatnonzero(labels == label)[:2] for label in range(10)]
        wrong = [
            (label, said[i])
            for turn in (0, 1)
            for label in range(10)
            if said[i := first[label][turn]] != label
        ]
        names = "AEFHKMNRWX"
        told = [f"{names[label]} read as {names[other]}" for label, other in wrong]
        assert (
            panel(trained, "answers").alt == f"20 letters held out: {', '.join(told) or 'all read rightly'}"
        )


def test_the_text_trains_the_same():
    demo = explore_transfer(numbers=(3,), repeats=2, seed=4)
    demo.step.click()
    for _ in range(199):
        next(demo.run)
    demo.step.click()
    names = {}
    exec(demo.code["cnnlib.nn"], names)
    assert names["result"] == demo.output.tolist() == [demo.history[4, 3, "frozen"]]


@pytest.mark.parametrize("kept", ["all but the last layer", "the convolutions"])
def test_pytorch_finds_the_same(kept):
    pytest.importorskip("torch")
    demo = explore_transfer(kept=kept, numbers=(2,), repeats=1)
    for _ in demo.run:
        pass
    demo.redraw()
    names = {}
    exec(demo.code["PyTorch"], names)
    assert len(names["result"]) == 3
    np.testing.assert_allclose(names["result"], demo.output, atol=0.02)


def test_before_the_training_it_says_what_will_learn():
    demo = explore_transfer()
    assert "only the new layer learns, 1,010 parameters. Fine-tuned: all 63,802 do" in demo.text
    demo.kept.value = "the convolutions"
    assert "only the new layer learns, 4,010 parameters. Fine-tuned: all 6,582 do" in demo.text
    assert demo.run.total == 3 * 4 * 3 * 200
    assert explore_transfer(numbers=np.array([2, 20]), repeats=np.int64(1)).run.total == 2 * 3 * 200


def test_a_choice_made_meanwhile_waits_for_the_next_training():
    demo = explore_transfer(5, numbers=(5,), repeats=1)
    demo.step.click()
    assert demo.text.startswith("Nothing is measured yet with five labelled pictures of each letter.")
    demo.kept.value = "the convolutions"
    assert "goes on with transfer of all but the last layer; stop and train anew for the conv" in demo.text


def test_labelled_pictures_are_those_of_the_first_training():
    for number, caption in ((1, "the only"), (2, "all"), (20, "4 of the 20")):
        labelled = panel(explore_transfer(number), "labelled")
        assert labelled.caption.startswith(f"{caption} labelled picture")
        shown = (labelled.pixels[..., 3] > 0).any(axis=1).reshape(-1)
        assert shown[:28].all()
        assert shown[-1] == (number > 3)


@pytest.mark.parametrize(
    ("gap", "pairs", "told"),
    [
        (
            9,
            [(0.8, 0.7)] * 4 + [(0.7, 0.75)],
            "Frozen is nine points ahead of from scratch, in 4 of 5 repeats",
        ),
        (
            3,
            [(0.9, 0.8)] * 3 + [(0.8, 0.85)] * 2,
            "No clear winner: frozen is ahead of from scratch in 3 of 5 repeats.",
        ),
        (-1, [(0.9, 0.91)], "Frozen is one point behind from scratch, in 1 of 1 repeat: features"),
        (0, [(0.9, 0.9)] * 5, "No clear winner: frozen is ahead of from scratch in 0 of 5 repeats."),
    ],
)
def test_a_difference_counts_if_the_repeats_agree(gap, pairs, told):
    assert told in _verdict(gap, pairs)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"numbers": ()}, "numbers of none out of range; choose whole ones, 1 to 50"),
        ({"numbers": (1, 51)}, "numbers 1, 51 out of range"),
        ({"repeats": 0}, "repeats 0 out of range; choose whole ones, 1 to 10"),
        ({"numbers": (2.0,)}, "numbers 2.0 out of range; choose whole ones, 1 to 50"),
        ({"numbers": 99}, "numbers 99 out of range"),
        ({"seed": -1}, "explore_transfer: seed must be a whole number of at least 0, not -1"),
        ({"number": 0}, "0 is unknown; choose from 1, 2, 5, 20"),
        ({"number": 3}, "3 is unknown; choose from 1, 2, 5, 20"),
        ({"kept": "nothing"}, "'nothing' is unknown; choose from all but the last layer, the convolutions"),
    ],
)
def test_settings_out_of_range_are_refused(settings, message):
    with pytest.raises(ValueError, match=message):
        explore_transfer(**settings)
