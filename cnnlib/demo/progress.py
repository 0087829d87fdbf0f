"""How far a training is: in words, as a bar, and what would happen next."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from cnnlib.demo.numbers import number_text
from cnnlib.demo.view import Panel
from cnnlib.nn.training import TrainingDiverged

FRESH, RUNNING, PAUSED, STOPPED, DONE, BROKEN = range(6)
WIDTH, BAR = 140, 5  # cells of the progress bar, and their side in CSS pixels
DONE_COLOR, REST_COLOR = (47, 127, 214, 255), (150, 158, 170, 255)


@dataclass(frozen=True, eq=False)
class Moment:
    """How far a training is, when the picture is drawn.

    Attributes
    ----------
    run : Run, Race, Series or None
        None before the first step: the picture shows what the settings would begin with.
    state : int
        `FRESH`, `RUNNING`, `PAUSED`, `STOPPED`, `DONE` or `BROKEN`.
    begun : dict
        The settings that the training was begun with.
    left : float or None
        About how many seconds it will still take, while it runs.
    why : str
        What broke it.
    """

    run: Any = None
    state: int = FRESH
    begun: Mapping[str, Any] = field(default_factory=dict)
    left: float | None = None
    why: str = ""


def explained(error: Exception) -> str:
    """Say why a training ended before its time, for the sentence under the picture."""
    if not isinstance(error, TrainingDiverged):
        return f"{error}."
    rate, slower = number_text(error.learning_rate), number_text(error.learning_rate / 10)
    return (
        f"Training broke off at step {error.step}, because the loss exploded: with learning rate {rate} each "
        f"step jumps over the valley and lands higher up than before. Try {slower}."
    )


def progress(at: Moment, total: int, unit: str = "step") -> Panel:
    """Show how far a training is, as a bar; with the time left while it runs.

    Parameters
    ----------
    at : Moment
    total : int
        Steps of the whole training.
    unit : str
        What is counted.

    Examples
    --------
    >>> progress(Moment(), 40).caption
    '0 of 40 steps'
    """
    done = at.run.number if at.run else 0
    colors = np.empty((2, WIDTH, 4), np.uint8)
    colors[:] = REST_COLOR
    colors[:, : round(WIDTH * done / total)] = DONE_COLOR
    caption = f"{done:,} of {total:,} {unit}s"
    if at.left is not None:
        caption += f", {left_text(at.left)}"
    return Panel("progress", colors, caption, cell=BAR, alt=f"progress: {caption}")


def left_text(seconds: float) -> str:
    """Say how long something still takes, no more exactly than one can know.

    Examples
    --------
    >>> left_text(0.3), left_text(7.7), left_text(31), left_text(200)
    ('about a second left', 'about 8 seconds left', 'about 30 seconds left', 'about 3 minutes left')
    """
    if seconds < 1.5:
        return "about a second left"
    if seconds < 55:
        number = round(seconds) if seconds < 10 else 5 * round(seconds / 5)
        return f"about {number} seconds left"
    minutes = round(seconds / 60)
    return f"about {'a minute' if minutes == 1 else f'{minutes} minutes'} left"


def what_next(at: Moment, labels: Mapping[str, str], now: Mapping[str, Any]) -> str:
    """Say what the buttons would do, and that settings changed since the beginning wait for the next one.

    Parameters
    ----------
    at : Moment
    labels : dict of str to str
        What to call each setting.
    now : dict
        The present settings.

    Examples
    --------
    >>> what_next(Moment(1, RUNNING, {"rate": 0.1}), {"rate": "learning rate"}, {"rate": 0.3})
    'This training goes on with learning rate 0.1; stop and train anew for 0.3.'
    """
    old = {name: value for name, value in at.begun.items() if not np.array_equal(value, now[name])}
    if not old:
        return {PAUSED: "Paused: ▷ train goes on.", STOPPED: "Stopped: ▷ train begins anew."}.get(
            at.state, ""
        )
    was = ", ".join(f"{labels[name]} {_value(value)}" for name, value in old.items())
    new = ", ".join("the new one" if isinstance(now[name], np.ndarray) else _value(now[name]) for name in old)
    if at.state in (RUNNING, PAUSED):
        return f"This training goes on with {was}; stop and train anew for {new}."
    return f"This was trained with {was}; ▷ train begins anew with {new}."


def _value(value: Any) -> str:
    if isinstance(value, np.ndarray):
        return "as it was"
    return value if isinstance(value, str) else number_text(value)
