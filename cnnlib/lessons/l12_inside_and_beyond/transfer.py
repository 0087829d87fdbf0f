"""Lesson 12: does what was learned from digits help with letters? Trained and measured while one watches."""

from collections.abc import Iterable, Mapping
from functools import cache, partial
from itertools import product

import numpy as np

from cnnlib.demo import controls as make
from cnnlib.demo.old_lab import Lab
from cnnlib.demo.progress import BROKEN, FRESH, Moment, progress, what_next
from cnnlib.demo.view import View
from cnnlib.demo.words import count_text, percent_text
from cnnlib.lessons.l12_inside_and_beyond.fine_tuning import (
    CONVOLUTIONS,
    LAST,
    STEPS,
    WAYS,
    learning_parameters,
    transfer,
    transferred,
)
from cnnlib.lessons.l12_inside_and_beyond.transfer_views import answers, chart_of, labelled
from cnnlib.nn.handwriting import letters
from cnnlib.nn.pretrained import pretrained_lenet
from cnnlib.nn.several import Series
from cnnlib.nn.splits import Dataset
from cnnlib.ranges import whole

NUMBERS = (1, 2, 5, 10, 20)
KEPT = {"all but the last layer": LAST, "the convolutions": CONVOLUTIONS}
LABELS = {"kept": "transfer of"}
MOST = 0.8  # of the repeats must agree before one way is called better
FROZEN, _, SCRATCH = WAYS

Scores = Mapping[tuple[int, int, str], float]


def explore_transfer(
    number: int | None = None,
    kept: str = "all but the last layer",
    *,
    numbers: Iterable[int] = NUMBERS,
    repeats: int = 5,
    seed: int = 0,
    start: bool = False,
    hide: Iterable[str] = (),
    lock: Iterable[str] = (),
) -> Lab:
    """Teach letters to LeNet's layers, which know digits: frozen, fine-tuned, and from scratch.

    Parameters
    ----------
    number : int
        For which number of labelled pictures of each letter the results are told; default: 2, or the first
        of those that are tried.
    kept : {"all but the last layer", "the convolutions"}
        What is taken from LeNet; a new last layer follows.
    numbers : iterable of int
        How many labelled pictures of each letter to try, 1 to 50.
    repeats : int
        Trainings of each kind, each with other pictures and random weights, 1 to 10.
    seed : int
        Of the first repeat.
    start : bool
        Train at once; a cell waits for it by ``await demo.finished()``.
    hide, lock : str or iterable of str
        Controls to hide or to hold.

    Returns
    -------
    Lab
        With `output`, the shares of right answers until now, by repeat, number and way; and `history`, these
        by (seed, number, way).

    Raises
    ------
    ValueError
        If a name or a number is out of range.

    Examples
    --------
    >>> explore_transfer(numbers=(2, 20), repeats=1).run.total
    1200
    """
    numbers = tuple(dict.fromkeys(numbers if isinstance(numbers, Iterable) else [numbers]))
    _check(numbers, repeats)
    numbers = tuple(map(int, numbers))
    number = (2 if 2 in numbers else numbers[0]) if number is None else number
    seed = whole("explore_transfer", "seed", seed, 0)
    settings = {"kept": make.choice(LABELS["kept"], KEPT, kept)}
    looking = {"number": make.switch("labels a letter", numbers, number)}
    seeds = range(seed, seed + repeats)
    view, begin = partial(_view, numbers, seeds), partial(_begin, numbers, seeds)
    title, question = "From digits to letters", "does it help to have learned something else before?"
    return Lab(title, question, settings, view, begin, looking=looking, start=start, hide=hide, lock=lock)


def _check(numbers: tuple[int, ...], repeats: int) -> None:
    most = len(_letters().train) // len(_letters().classes)
    for name, values, high in (("numbers", numbers, most), ("repeats", (repeats,), 10)):
        if not values or any(
            not isinstance(value, int | np.integer) or not 1 <= value <= high for value in values
        ):
            told = ", ".join(map(str, values)) or "of none"
            raise ValueError(f"explore_transfer: {name} {told} out of range; choose whole ones, 1 to {high}")


@cache
def _letters() -> Dataset:
    return letters()


def _begin(numbers: tuple[int, ...], seeds: range, *, kept: str) -> Series:
    return Series(partial(_train, kept), [*product(seeds, numbers, WAYS)], STEPS)


def _train(kept: str, key: tuple[int, int, str]):
    seed, number, way = key
    data = _letters()
    part = data.train.take(number * len(data.classes), seed)
    return transfer(way, part, data.test, kept=KEPT[kept], seed=seed)


def _view(numbers: tuple[int, ...], seeds: range, *, at: Moment, kept: str, number: int) -> View:
    begun = at.begun.get("kept", kept)
    scores: Scores = at.run.scores if at.run else {}
    said = at.run.outputs.get((seeds[0], number, FROZEN)) if at.run else None
    panels = [
        progress(at, STEPS * len(WAYS) * len(numbers) * len(seeds)),
        chart_of(scores, numbers, number, len(_letters().classes)),
        labelled(_letters(), number, seeds[0]),
        answers(_letters(), said),
    ]
    panels[1].new_row = True
    return View(
        panels,
        _sentence(at, scores, begun, {"kept": kept}, number, len(seeds)),
        output=np.array([*scores.values()]),
        code=partial(_code, numbers, seeds, begun, len(scores)),
    )


def _sentence(at: Moment, scores: Scores, begun: str, settings: dict, number: int, repeats: int) -> str:
    by_way = {way: [share for (_, n, w), share in scores.items() if (n, w) == (number, way)] for way in WAYS}
    if all(by_way.values()):
        told = _found(by_way, number)
    elif at.state == FRESH:
        told = _plan(begun, repeats)
    else:
        told = f"Nothing is measured yet with {count_text(number, 'labelled picture')} of each letter."
    more = at.why if at.state == BROKEN else ""
    return " ".join(part for part in (told, more, what_next(at, LABELS, settings)) if part)


def _plan(kept: str, repeats: int) -> str:
    """Say what will be trained, before anything is."""
    head, all_ = (_learning(way, kept) for way in (FROZEN, SCRATCH))
    return (
        f"LeNet knows digits. A new network takes {kept} from it and gets a new last layer, for ten letters. "
        f"Frozen: only the new layer learns, {head:,} parameters. Fine-tuned: all {all_:,} do. From scratch: "
        f"all do, and begin with random numbers. Each is trained {count_text(repeats, 'time')} with each "
        f"number of labels, for {STEPS} steps, and asked about {len(_letters().test)} other letters."
    )


@cache
def _learning(way: str, kept: str) -> int:
    return learning_parameters(transferred(way, pretrained_lenet(), kept=KEPT[kept], classes=10))


def _found(by_way: Mapping[str, list[float]], number: int) -> str:
    """Tell the mean of each way, and whether the frozen features helped: by the numbers measured."""
    means = {way: float(np.mean(shares)) for way, shares in by_way.items()}
    told = ", ".join(f"{way} {percent_text(mean)}" for way, mean in means.items())
    pairs = list(zip(by_way[FROZEN], by_way[SCRATCH], strict=False))  # the last one may still lack its rival
    gap = round(100 * means[FROZEN]) - round(100 * means[SCRATCH])  # of the rounded, as a reader would
    return (
        f"With {count_text(number, 'labelled picture')} of each letter, so many of {len(_letters().test)} "
        f"others are right on average: {told}. {_verdict(gap, pairs)}"
    )


def _verdict(gap: int, pairs: list[tuple[float, float]]) -> str:
    ahead, behind = sum(a > b for a, b in pairs), sum(a < b for a, b in pairs)
    of = f"of {len(pairs)} repeat{'' if len(pairs) == 1 else 's'}"
    if gap > 0 and ahead >= MOST * len(pairs):
        ahead_by = f"{count_text(gap, 'point')} ahead of from scratch"
        return f"Frozen is {ahead_by}, in {ahead} {of}: what digits taught helps."
    if gap < 0 and behind >= MOST * len(pairs):
        return (
            f"Frozen is {count_text(-gap, 'point')} behind from scratch, in {behind} {of}: features made for "
            "digits stay as they are, while from scratch all can fit the letters."
        )
    return f"No clear winner: frozen is ahead of from scratch in {ahead} {of}."


def _code(numbers: tuple[int, ...], seeds: range, kept: str, done: int) -> dict[str, str]:
    """Write the trainings that are done; `result` holds their shares of right answers."""
    return {
        "NumPy": "from itertools import islice, product\n\n"
        "from cnnlib.nn import letters\n"
        "from cnnlib.lessons.l12_inside_and_beyond.fine_tuning import WAYS, transfer\n\n"
        "data = letters()\n"
        f"keys = product(range({seeds.start}, {seeds.stop}), {numbers}, WAYS)\n"
        "result = []\n"
        f"for seed, number, way in islice(keys, {done}):\n"
        f"    part = data.train.take({len(_letters().classes)} * number, seed)\n"
        f"    run = transfer(way, part, data.test, kept={KEPT[kept]}, seed=seed)\n"
        "    for step in run:\n"
        "        pass  # step.loss, step.accuracy\n"
        "    result.append(run.scores[run.total])"
    }
