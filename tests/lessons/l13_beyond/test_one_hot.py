"""Text as channels: found where Python finds it, whatever stands around."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnlib import conv2d, relu
from cnnlib.lessons.l13_beyond.one_hot import ALPHABET, one_hot, pattern_filter

words = st.text(ALPHABET[:4] + " ", min_size=5, max_size=30)


def test_each_letter_has_one_channel():
    channels = one_hot("Zoo 7é")[:, 0]
    assert channels.shape == (27, 6)
    assert channels.sum(axis=0).tolist() == [1, 1, 1, 1, 0, 0]
    assert [ALPHABET[i] for i in channels[:, :4].argmax(axis=0)] == [*"zoo "]


def test_a_letter_that_is_two_when_it_is_small_keeps_its_column():
    assert one_hot("aİb").shape == (27, 1, 3)


@given(words, st.text(ALPHABET[:4] + " .", min_size=2, max_size=5).filter(lambda pattern: pattern.strip(".")))
def test_it_finds_what_a_regular_expression_finds(text, pattern):
    filters = pattern_filter(pattern)
    answers = relu(conv2d(one_hot(text), filters, bias=[1 - filters.sum()]))[0, 0]
    found = [match.start() for match in re.finditer(f"(?={pattern})", text)]
    assert np.flatnonzero(answers).tolist() == found
    assert answers.max() == bool(found)


@given(words, st.text(ALPHABET[:4], min_size=2, max_size=5))
def test_the_sum_counts_the_letters_that_fit(text, pattern):
    sums = conv2d(one_hot(text), pattern_filter(pattern))[0, 0]
    for place, total in enumerate(sums):
        assert total == sum(a == b for a, b in zip(text[place:], pattern, strict=False))


def test_both_signs_stand_for_any_letter():
    np.testing.assert_array_equal(pattern_filter("s.n?"), pattern_filter("S?n."))
    assert pattern_filter("s.n?")[0, :, 0].sum(axis=0).tolist() == [1, 0, 1, 0]


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: one_hot(""), "one_hot: '' is no text to read; give"),
        (lambda: one_hot(["ab", "c"]), r"one_hot: \['ab', 'c'\] is no text to read; give"),
        (lambda: pattern_filter(3), "pattern_filter: pattern 3 asks for no letter; give"),
        (lambda: pattern_filter(".?"), r"pattern_filter: pattern '\.\?' asks for no letter; give"),
        (lambda: pattern_filter(""), "pattern_filter: pattern '' asks for no letter"),
        (lambda: pattern_filter("a3"), "pattern_filter: '3' has no channel; use"),
    ],
)
def test_errors_name_the_remedy(call, said):
    with pytest.raises(ValueError, match=said):
        call()
