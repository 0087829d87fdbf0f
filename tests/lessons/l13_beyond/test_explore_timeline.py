"""The years of the ImageNet challenge: numbers as published, and a sentence for each entry."""

import numpy as np
import pytest

from cnnlib.explore import explore_timeline
from cnnlib.lessons.l13_beyond.architectures import ARCHITECTURES
from cnnlib.lessons.l13_beyond.timeline import IMAGENET, NAMES, PERSON, WINNERS

# As on the pages of results on image-net.org; 2014 and 2017 as in the winners' papers.
RESULTS = {
    (2010, 1): 0.28191,
    (2011, 1): 0.25770,
    (2012, 1): 0.15315,
    (2012, 2): 0.26172,
    (2013, 1): 0.11743,
    (2014, 1): 0.0667,
    (2014, 2): 0.073,
    (2015, 1): 0.03567,
    (2016, 1): 0.02991,
    (2017, 1): 0.02251,
}


def test_errors_as_published():
    assert {(entry.year, entry.place) for entry in IMAGENET} == set(RESULTS)
    for entry in IMAGENET:
        digits = 1 if entry.error > 7 else 2
        assert entry.error == round(100 * RESULTS[entry.year, entry.place], digits), entry


def test_every_year_has_a_winner_with_fewer_errors():
    assert [entry.year for entry in WINNERS] == [*range(2010, 2018)]
    assert (np.diff([entry.error for entry in WINNERS]) < 0).all()
    assert next(entry.year for entry in WINNERS if entry.error < PERSON) == 2015


def test_26_2_is_the_runner_up():
    """A published claim says 26 % to 15 % in 2012: that is second and first place of one year."""
    second, first = (entry for entry in IMAGENET if entry.year == 2012)
    assert (second.error, first.error) == (26.2, 15.3)
    assert (second.place, first.place) == (2, 1)


def test_sizes_agree_with_the_ledger():
    sizes = {entry.name: entry.parameters for entry in IMAGENET}
    assert sizes["GoogLeNet"] == ARCHITECTURES["GoogLeNet"].parameters
    assert sizes["VGG"] == ARCHITECTURES["VGG-16"].parameters
    assert sizes["AlexNet"] == round(ARCHITECTURES["AlexNet"].parameters, -7)
    assert sizes["GoogLeNet"] * 9 < sizes["AlexNet"]


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (
            "2010, NEC-UIUC",
            "came first: for 28.2 % of the pictures, the class was not among its five guesses.",
        ),
        ("2012, ISI", "It used hand-crafted features. That is 2 % more errors than the winner of 2011"),
        (
            "2012, AlexNet",
            "That is 41 % fewer errors than the winner of 2011 made. One such network has 60,000,000",
        ),
        (
            "2014, GoogLeNet",
            "That is 43 % fewer errors than the winner of 2013 made. One such network has 6,624,904",
        ),
        ("2017, SENet", "That is 25 % fewer errors than the winner of 2016 made."),
    ],
)
def test_sentences(entry, words):
    assert words in explore_timeline(entry).text


def test_the_chart_says_all():
    demo = explore_timeline()
    for name, entry in NAMES.items():
        assert f"{name} {entry.error:g} %" in demo.view.panels[0].alt
    assert demo.view.panels[0].caption.startswith("Source: Krizhevsky, Sutskever and Hinton (2012), ")
    np.testing.assert_array_equal(demo.output, [28.2, 25.8, 15.3, 11.7, 6.67, 3.57, 2.99, 2.25])
