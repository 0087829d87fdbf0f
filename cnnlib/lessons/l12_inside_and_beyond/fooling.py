"""Lesson 12, fooling LeNet: the picture changes a little, and another digit is seen in it."""

from collections.abc import Iterable
from functools import lru_cache, partial

import numpy as np

from cnnlib.activations import softmax
from cnnlib.demo import controls as make
from cnnlib.demo.chart import bars
from cnnlib.demo.controls import Hidden
from cnnlib.demo.frame import Demo
from cnnlib.demo.numbers import number_text
from cnnlib.demo.view import View, gray, signed
from cnnlib.demo.words import count_text
from cnnlib.lessons.l12_inside_and_beyond.lenet_digit import (
    a_digit,
    certain_text,
    digits_for_lenet,
    network,
    starts,
)
from cnnlib.nn.fooling import fool

MOST = 60  # steps
RATE, LIMIT = 0.1, 0.25
ENOUGH = 0.99  # certainty at which it has been fooled
PACE = 12  # steps a second
WIDE = 192  # CSS pixels of a picture


def explore_fooling(
    digit: int = 23, target: int = 8, *, steps: int = 0, hide: Iterable[str] = (), lock: Iterable[str] = ()
) -> Demo:
    """Change a digit little by little, by gradient ascent, until LeNet sees another in it.

    Parameters
    ----------
    digit : int
        Which test picture of `cnnlib.nn.digits`, 0 to 354.
    target : int
        The class to be seen, 0 to 9.
    steps : int
        Steps taken at first, 0 to 60.
    hide, lock : str or iterable of str
        Controls to hide or to hold.

    Returns
    -------
    Demo
        With `output`, the changed picture, (32, 32).

    Raises
    ------
    ValueError
        If there is no such digit or class, or the steps are out of range.

    Examples
    --------
    >>> demo = explore_fooling(steps=20)
    >>> "the network sees an 8" in demo.text
    True
    """
    if steps not in range(MOST + 1):
        raise ValueError(f"explore_fooling: {steps} steps are out of range; choose 0 to {MOST}")
    settings = {
        "digit": make.slider("test digit", digit, 0, len(digits_for_lenet()[0]) - 1),
        "target": make.choice("to be seen as", range(10), target),
        "play": make.button("▷ start", "start or pause changing the picture"),
        "forward": make.button("step ▶", "one step of gradient ascent"),
        "stop": make.button("start over", "back to the picture as it was"),
        "pace": Hidden(PACE),
        "steps": Hidden(steps),
    }
    settings["play"].layout.min_width = "6em"  # pause is shorter, and what follows would jump
    demo = Demo(
        "Fooling LeNet", "how little turns one digit into another?", settings, _view, hide=hide, lock=lock
    )
    _wire(demo)
    return demo


def _wire(demo: Demo) -> None:
    def done() -> bool:
        _, probabilities = _way(demo.digit.value, demo.target.value).after(demo.steps.value)
        return demo.steps.value == MOST or probabilities[demo.target.value] >= ENOUGH

    def steps():
        if demo.steps.value and done():
            yield {"steps": 0}
        while not done():
            yield {"steps": demo.steps.value + 1}

    def again(_) -> None:
        work.stop()
        demo.set(steps=0)

    work = demo.drive(steps, play="play", speed="pace")
    demo.forward.on_click(lambda _: demo.set(steps=min(demo.steps.value + 1, MOST)))
    for name in ("digit", "target"):
        demo.when(name, again)
    demo.stop.on_click(again)


class Way:
    """The pictures on the way from a digit to a class; each is made when it is first asked for."""

    def __init__(self, digit: int, target: int):
        picture = digits_for_lenet()[0][digit]
        self._made = [(picture, softmax(network()(picture[None, None]))[0])]
        self._steps = fool(network(), picture, target, MOST, RATE, limit=LIMIT)

    def after(self, steps: int) -> tuple[np.ndarray, np.ndarray]:
        """Return the picture after some steps, and the ten probabilities."""
        while len(self._made) <= steps:
            self._made.append(tuple(next(self._steps, self._made[-1])))
        return self._made[steps]


@lru_cache(8)
def _way(digit: int, target: int) -> Way:
    return Way(digit, target)


def _view(*, digit: int, target: int, steps: int, **_) -> View:
    way = _way(digit, target)
    start, _ = way.after(0)
    picture, probabilities = way.after(steps)
    difference = picture - start
    panels = [
        gray("before", start, f"test digit {digit}", high=1, size=WIDE),
        gray("now", picture, f"after {count_text(steps, 'step')}", high=1, size=WIDE, symbol="→"),
        signed("difference", difference, "the difference", size=WIDE, limit=LIMIT),
        bars(
            "certainty",
            dict(zip("0123456789", 100 * probabilities, strict=True)),
            "how certain the network is of each digit",
            **{"ylabel": "percent", "size": (420, 170), "ylim": (0, 100), "highlight": str(target)},
            **{"texts": (), "new_row": True},
        ),
    ]
    return View(
        panels,
        _sentence(digit, target, steps, difference, probabilities),
        output=picture.copy(),
        code=partial(_code, digit, target, steps),
    )


def _sentence(digit: int, target: int, steps: int, difference: np.ndarray, probabilities: np.ndarray) -> str:
    label, seen = int(digits_for_lenet()[1][digit]), int(probabilities.argmax())
    sees = f"the network sees {a_digit(seen)}, {certain_text(probabilities[seen])} certain"
    aim = "" if seen == target else f", and {certain_text(probabilities[target])} of {target}"
    if not steps:
        then = "Choose another to be seen" if seen == target else "Start changes the picture, not the weights"
        return f"A person wrote {a_digit(label)}; {sees}{aim}. {then}."
    largest, mean = (number_text(size, 2) for size in (np.abs(difference).max(), np.abs(difference).mean()))
    end = " That was the last step; start begins anew." if steps == MOST else ""
    return (
        f"After {count_text(steps, 'step')} {sees}{aim}. A pixel changed by {largest} at most and {mean} on "
        f"average, from paper, 0, to ink, 1; a person wrote {a_digit(label)}.{end}"
    )


def _code(digit: int, target: int, steps: int) -> dict[str, str]:
    numpy, torch = starts(digit, "fool")
    if not steps:
        return {"NumPy": f"{numpy}result = picture", "PyTorch": f"{torch}result = x[0, 0].numpy()"}
    loop = (
        f"low, high = (x - {LIMIT}).clamp(min=0), (x + {LIMIT}).clamp(max=1)\n"
        f"for _ in range({steps}):\n"
        "    x = x.detach().requires_grad_()\n"
        f"    torch.log_softmax(model(x), 1)[0, {target}].backward()\n"
        f"    x = (x + {RATE} * x.grad / x.grad.norm()).clamp(low, high)\n"
        "result = x.detach()[0, 0].numpy()"
    )
    call = f"fool(model, picture, {target}, steps={steps}, rate={RATE}, limit={LIMIT})"
    return {"NumPy": f"{numpy}*_, last = {call}\nresult = last.picture", "PyTorch": torch + loop}
