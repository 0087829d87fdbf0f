"""Lesson 12: the ImageNet challenge year by year."""

from collections.abc import Iterable

import numpy as np
from matplotlib.axes import Axes

from cnnlib.demo import controls as make
from cnnlib.demo.axes import LINES, MUTED, TEXT, Words, mark, set_ticks
from cnnlib.demo.chart import chart
from cnnlib.demo.frame import Demo
from cnnlib.demo.numbers import number_text
from cnnlib.demo.view import Panel, View
from cnnlib.history import IMAGENET, PERSON, Entry

NAMES = {f"{entry.year}, {entry.name}": entry for entry in IMAGENET}
WINNERS = [entry for entry in IMAGENET if entry.place == 1]
# Where a name stands, in CSS pixels from its dot, and by which corner it is held.
BESIDE = 6, 5, "left", "bottom"
OTHERS = {"GoogLeNet": (-4, -16, "right", "top"), "ResNet-152": (4, 17, "left", "bottom")}
OTHERS["Trimps-Soushen"] = 0, -6, "center", "top"


def explore_timeline(
    entry: str = "2012, AlexNet", *, hide: Iterable[str] = (), lock: Iterable[str] = ()
) -> Demo:
    """Go through the entries of the ImageNet challenge, 2010 to 2017: errors, parameters, sources.

    Parameters
    ----------
    entry : str
        Year and name: ``"2010, NEC-UIUC"``, ``"2011, XRCE"``, ``"2012, ISI"``, ``"2012, AlexNet"``,
        ``"2013, Clarifai"``, ``"2014, VGG"``, ``"2014, GoogLeNet"``, ``"2015, ResNet-152"``,
        ``"2016, Trimps-Soushen"`` or ``"2017, SENet"``.
    hide, lock : str or iterable of str
        Controls to hide or to hold.

    Returns
    -------
    Demo
        With `output`, the winners' errors in percent, year by year.

    Raises
    ------
    ValueError
        If the entry is unknown.

    Examples
    --------
    >>> explore_timeline("2012, AlexNet").text.split(". ")[2]
    'That is 41 % fewer errors than the winner of 2011 made'
    """
    settings = {"entry": make.choice("entry", NAMES, entry)}
    question = "how fast did errors fall, and with what?"
    return Demo("ImageNet, 2010 to 2017", question, settings, _view, hide=hide, lock=lock)


def _view(*, entry: str) -> View:
    chosen = NAMES[entry]
    return View([_chart(chosen)], _sentence(chosen), output=np.array([one.error for one in WINNERS]))


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
