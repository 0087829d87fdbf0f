"""Lesson 13: the ImageNet challenge, 2010 to 2017: who won, with how many errors, how large a network."""

from typing import Annotated, NamedTuple

import numpy as np
from matplotlib.axes import Axes

from cnnlib.demo.axes import LINES, MUTED, TEXT, Words, mark, set_ticks
from cnnlib.demo.chart import chart
from cnnlib.demo.declare import Choice, demo
from cnnlib.demo.numbers import number_text
from cnnlib.demo.view import Panel, View


class Entry(NamedTuple):
    """One entry of the challenge's classification task.

    Attributes
    ----------
    year : int
    name : str
    place : int
    error : float
        Top-5 error in percent: of all test pictures, those whose class is not among five guesses of 1,000.
    parameters : int or None
        Of one network of the entry, where its authors or torchvision say it.
    how : str
        What made the guesses.
    source : str
        Of the error; the results of a year are on image-net.org.
    """

    year: int
    name: str
    place: int
    error: float
    parameters: int | None
    how: str
    source: str


# In percent, of one trained person: Russakovsky et al. (2015), ImageNet large scale visual recognition
# challenge.
PERSON = 5.1
_RESULTS = "image-net.org, results of ILSVRC {}"
_BY_HAND = "hand-crafted features"

IMAGENET = (
    Entry(2010, "NEC-UIUC", 1, 28.2, None, _BY_HAND, _RESULTS.format(2010)),
    Entry(2011, "XRCE", 1, 25.8, None, _BY_HAND, _RESULTS.format(2011)),
    Entry(2012, "ISI", 2, 26.2, None, _BY_HAND, _RESULTS.format(2012)),
    Entry(
        *(2012, "AlexNet", 1, 15.3, 60_000_000, "convolutional networks, also with further pictures"),
        "Krizhevsky, Sutskever and Hinton (2012), ImageNet classification with deep convolutional "
        "neural networks",
    ),
    Entry(2013, "Clarifai", 1, 11.7, None, "convolutional networks", _RESULTS.format(2013)),
    Entry(
        *(2014, "VGG", 2, 7.3, 138_357_544, "convolutional networks"),
        "Simonyan and Zisserman (2015), Very deep convolutional networks for large-scale image recognition",
    ),
    Entry(
        *(2014, "GoogLeNet", 1, 6.67, 6_624_904, "convolutional networks"),
        "Szegedy et al. (2015), Going deeper with convolutions",
    ),
    Entry(
        *(2015, "ResNet-152", 1, 3.57, 60_192_808, "residual networks"),
        "He, Zhang, Ren and Sun (2016), Deep residual learning for image recognition",
    ),
    Entry(2016, "Trimps-Soushen", 1, 2.99, None, "several kinds of networks", _RESULTS.format(2016)),
    Entry(
        *(2017, "SENet", 1, 2.25, None, "residual networks that weigh their channels"),
        "Hu, Shen and Sun (2018), Squeeze-and-excitation networks",
    ),
)

NAMES = {f"{entry.year}, {entry.name}": entry for entry in IMAGENET}
WINNERS = [entry for entry in IMAGENET if entry.place == 1]
# Where a name stands, in CSS pixels from its dot, and by which corner it is held.
BESIDE = 6, 5, "left", "bottom"
OTHERS = {"GoogLeNet": (-4, -16, "right", "top"), "ResNet-152": (4, 17, "left", "bottom")}
OTHERS["Trimps-Soushen"] = 0, -6, "center", "top"


@demo("ImageNet, 2010 to 2017", "how fast did errors fall, and with what?")
def explore_timeline(entry: Annotated[str, Choice(NAMES), "Year and name"] = "2012, AlexNet") -> View:
    """Go through the entries of the ImageNet challenge: errors, parameters, sources.

    The output is the winners' errors in percent, year by year.

    >>> explore_timeline("2012, AlexNet").text.split(". ")[2]
    'That is 41 % fewer errors than the winner of 2011 made'
    """
    chosen = NAMES[entry]
    return View(
        panels=[_chart(chosen)],
        sentence=_sentence(chosen),
        output=np.array([one.error for one in WINNERS]),
    )


def _chart(chosen: Entry) -> Panel:
    def draw(axes: Axes) -> None:
        axes.set(xlim=(2009.6, 2017.9), ylim=(0, 31), xlabel="year", ylabel="top-5 error (%)")
        set_ticks(axes.xaxis, {entry.year: str(entry.year) for entry in WINNERS})
        axes.axhline(PERSON, color=MUTED, linewidth=1, linestyle=":", snap=True)
        words = Words(axes)
        words.write(2010.1, PERSON + 0.4, f"a person: {PERSON} %", va="bottom")
        axes.plot(*_places(WINNERS), "-o", color=LINES[0], linewidth=2, markersize=6, label="first")
        second = [entry for entry in IMAGENET if entry.place == 2]
        axes.plot(*_places(second), "s", color=LINES[1], markersize=6, label="second")
        mark(axes, "", (chosen.year, chosen.error))
        for entry in IMAGENET:
            *shift, ha, va = OTHERS.get(entry.name, BESIDE)
            words.write(entry.year, entry.error, entry.name, TEXT, ha, va, shift=shift)

    alt = "; ".join(f"{name} {number_text(one.error)} %" for name, one in NAMES.items())
    caption = f"Source: {chosen.source}"
    return chart("errors", draw, caption, size=(700, 320), alt=f"top-5 error: {alt}; a person {PERSON} %")


def _places(entries: list[Entry]) -> tuple[list[int], list[float]]:
    return [entry.year for entry in entries], [entry.error for entry in entries]


def _sentence(entry: Entry) -> str:
    name = entry.name.replace("-", "\N{NON-BREAKING HYPHEN}")
    before = next((one for one in WINNERS if one.year == entry.year - 1), None)
    place = "first" if entry.place == 1 else "second"
    wrong = f"for {number_text(entry.error)} % of the pictures, the class was not among its five guesses"
    rest = f"{_change(entry, before)}{_size(entry)}".strip()
    return f"{entry.year}, {name} came {place}: {wrong}. It used {entry.how}. {rest}".strip()


def _change(entry: Entry, before: Entry | None) -> str:
    if before is None:
        return ""
    fewer = 100 * (1 - entry.error / before.error)
    more = "fewer" if fewer >= 0 else "more"
    return f"That is {abs(fewer):.0f} % {more} errors than the winner of {before.year} made. "


def _size(entry: Entry) -> str:
    return f"One such network has {entry.parameters:,} parameters. " if entry.parameters else ""
