"""A convolution reads: places, sums and answers, and what a learner may type."""

import pytest

from cnnlib.explore import explore_text


def panel(demo, name):
    return next(panel for panel in demo.view.panels if panel.id == name)


def written(demo):
    return "".join(text for text, _ in demo.view.arithmetic)


def test_it_begins_at_the_first_find():
    demo = explore_text()
    assert demo.text == (
        "At position 5 the filter for “ing” lies on “ing”: 3 of 3 letters fit. "
        "The largest response is 1: the text has the pattern, at positions 5, 10 and 21."
    )
    assert written(demo) == "1·1 + 1·1 + 1·1 + 78 products with weight 0 = 3; 3 − 2 = 1; ReLU: 1"
    assert panel(demo, "text").labels == [*"the␣king␣sings␣in␣spring"]
    assert panel(demo, "sums").cursor == panel(demo, "answers").cursor == (0, 5)


def test_two_of_three_letters_are_not_enough():
    demo = explore_text()
    demo.set(place=15)
    assert "lies on “in␣”: 2 of 3 letters fit." in demo.text
    assert written(demo).endswith("= 2; 2 − 2 = 0; ReLU: 0")
    demo.differ.value = True
    assert written(demo).endswith("= 2; 2 − 1 = 1; ReLU: 1")
    assert demo.text.endswith("but for one letter at most, at positions 5, 10, 15 and 21.")


def test_one_kernel_wherever_the_word_stands():
    answers = [explore_text(" " * before + "king", "king").output for before in (0, 7, 20)]
    assert [found.argmax() for found in answers] == [0, 7, 20]
    assert all(found.sum() == 1 for found in answers)


def test_any_letter():
    demo = explore_text("sing sang sung song", "s.ng")
    assert demo.text.endswith("at positions 0, 5, 10 and 15.")
    assert panel(demo, "channels").colors.shape == (3, 19)
    assert panel(demo, "kernel").labels == [*"100000100001"]


def test_what_is_typed_begins_at_its_best_place():
    demo = explore_text()
    demo.set(place=0)
    demo.pattern.value = "spr"
    assert demo.text.startswith("At position 18 ")
    demo.line.value = "no such thing"
    assert demo.text.endswith("All responses are 0: the pattern is nowhere in the text.")
    demo.line.value = "no such sprout"
    assert demo.text.startswith("At position 8 ")


def test_behind_the_last_window_there_is_no_answer():
    demo = explore_text()
    demo.set(place=22)
    assert demo.text.startswith("From position 22 on, the filter would reach over the end of the text")
    assert not demo.view.arithmetic
    assert not demo.view.windows
    assert panel(demo, "sums").labels[-2:] == ["", ""]
    assert len(demo.output) == 22


def test_many_places_are_counted():
    assert explore_text("a" * 24, "aa").text.endswith("at 23 positions.")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"line": ""}, "the text has no letters; give 3 to 24"),
        ({"line": "x" * 25}, "the text has 25 letters; give 3 to 24"),
        ({"pattern": "i"}, "the pattern has one letter; give 2 to 5"),
        ({"pattern": "singing"}, "the pattern has seven letters; give 2 to 5"),
        ({"pattern": ".."}, "asks for no letter"),
        ({"pattern": "i9"}, "'9' has no channel"),
    ],
)
def test_what_cannot_be_read_is_said_and_the_last_picture_stays(typed, said):
    demo = explore_text()
    text = demo.text
    demo.set(**typed)
    assert said in demo.problem
    assert demo.text == text
    with pytest.raises(ValueError, match=said.replace(".", r"\.")):
        explore_text(**typed)
    demo.reset()
    assert demo.problem == ""
