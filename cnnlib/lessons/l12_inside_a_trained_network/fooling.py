"""Lesson 12, fooling LeNet: the picture changes a little, and another digit is seen in it."""

from functools import lru_cache, partial
from typing import Annotated

import numpy as np

from cnnlib.activations import softmax
from cnnlib.demo.chart import bars
from cnnlib.demo.declare import Choice, Hidden, demo
from cnnlib.demo.numbers import number_text
from cnnlib.demo.view import View, gray, signed
from cnnlib.demo.words import certain_text, count_text
from cnnlib.lessons.l12_inside_a_trained_network.lenet_digit import (
    Digit,
    a_digit,
    digit_text,
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


def _steps(where: str, steps: int) -> int:
    if steps not in range(MOST + 1):
        raise ValueError(f"{where}: {steps} steps are out of range; choose 0 to {MOST}")
    return steps


@demo("Fooling LeNet", "how little turns one digit into another?", end={"steps": 20})
def explore_fooling(
    digit: Digit = 23,
    target: Annotated[int, Choice(range(10), label="to be seen as")] = 8,
    *,
    steps: Annotated[int, Hidden(called=True, check=_steps), "Steps taken at first, 0 to 60"] = 0,
) -> View:
    """Change a digit little by little, by gradient ascent, until LeNet sees another in it.

    The output is the changed picture, (32, 32).

    >>> demo = explore_fooling(steps=20)
    >>> "the network sees an 8" in demo.text
    True
    """
    way = _way(digit, target)
    start, _ = way.after(0)
    picture, probabilities = way.after(steps)
    difference = picture - start
    return View(
        panels=[
            gray("before", start, digit_text(digit), high=1, size=WIDE),
            gray("now", picture, f"after {count_text(steps, 'step')}", high=1, size=WIDE, symbol="→"),
            signed("difference", difference, "the difference", size=WIDE, limit=LIMIT),
            bars(
                "certainty",
                dict(zip("0123456789", 100 * probabilities, strict=True)),
                "how certain the network is of each digit",
                ylabel="percent",
                size=(420, 170),
                ylim=(0, 100),
                highlight=str(target),
                texts=(),
                new_row=True,
            ),
        ],
        sentence=_sentence(digit, target, steps, difference, probabilities),
        output=picture.copy(),
        code=partial(_code, digit, target, steps),
    )


@explore_fooling.plays("play", "▷ start", "start or pause changing the picture", speed=PACE)
def _(digit, target, steps, starting):
    if steps < MOST and _way(digit, target).after(steps)[1][target] < ENOUGH:
        return {"steps": steps + 1}
    return {"steps": 0} if starting and steps else {}


@explore_fooling.button("forward", "step ▶", "one step of gradient ascent")
def _(steps):
    return {"steps": min(steps + 1, MOST)}


@explore_fooling.button("stop", "start over", "back to the picture as it was", stops=True)
@explore_fooling.when("digit target", stops=True)
def _():
    return {"steps": 0}


class _Way:
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
def _way(digit: int, target: int) -> _Way:
    return _Way(digit, target)


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
