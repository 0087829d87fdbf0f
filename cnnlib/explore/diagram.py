"""The small network of lesson 11 as a drawing: numbers in circles, weights on lines, gradients in purple."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Circle

from cnnlib.demo.axes import LINES, MUTED, TEXT, Words, pixels
from cnnlib.demo.numbers import number_text
from cnnlib.demo.painter import ORANGE
from cnnlib.explore.backprop_steps import Run

SIZE = (700, 284)
RADIUS = 27
GRADIENT = LINES[0]
# In CSS pixels from the lower left corner.
UP, DOWN, MIDDLE = 232, 82, 157
PLACES = {"x₁": (45, UP), "x₂": (45, DOWN), "z₁": (285, UP), "z₂": (285, DOWN)}
PLACES |= {"h₁": (385, UP), "h₂": (385, DOWN), "y": (530, MIDDLE), "L": (645, MIDDLE)}
# Where each weight is written, beside its line, and how far below it its gradient.
WEIGHTS = {
    ("x₁", "z₁"): ("W₁₁", (165, UP + 10), 20),
    ("x₂", "z₁"): ("W₁₂", (172, 123), 14),
    ("x₁", "z₂"): ("W₂₁", (172, 205), 14),
    ("x₂", "z₂"): ("W₂₂", (165, DOWN + 10), 20),
    ("h₁", "y"): ("v₁", (490, 220), 14),
    ("h₂", "y"): ("v₂", (474, 96), 14),
}
BIASES = {"z₁": "b₁", "z₂": "b₂", "y": "c"}
PLAIN_LINES = (("z₁", "h₁"), ("z₂", "h₂"), ("y", "L"))
# What each step makes, in order; from then on it is shown, and in its own step it is orange.
MADE = (
    ("z₁",),
    ("z₂",),
    ("h₁", "h₂"),
    ("y",),
    ("L",),
    ("∂y",),
    ("∂v₁", "∂v₂", "∂c"),
    ("∂h₁", "∂h₂"),
    ("∂z₁", "∂z₂"),
    ("∂W₁₁", "∂W₁₂", "∂b₁"),
    ("∂W₂₁", "∂W₂₂", "∂b₂"),
    ("new",),
)
EARNED = {name for made in MADE for name in made}  # the others are given from the start


def draw_network(axes: Axes, run: Run, stage: int) -> None:
    """Draw the network with all that is known after `stage` steps.

    Parameters
    ----------
    axes : matplotlib Axes
    run : Run
    stage : int
        1 to 12.

    Examples
    --------
    >>> len(MADE), MADE[0]
    (12, ('z₁',))
    """
    axes.set(xticks=[], yticks=[])
    known = {name for made in MADE[:stage] for name in made}
    fresh = set(MADE[stage - 1])
    values, slopes, new = _numbers(run)
    for ends in (*WEIGHTS, *PLAIN_LINES):
        _line(axes, *ends, fresh=_is_fresh(ends, fresh))
    for name, place, below in WEIGHTS.values():
        _weight(axes, name, place, below, values, slopes, new, known)
    for node, name in BIASES.items():
        col, row = PLACES[node]
        _weight(axes, name, (col, row - RADIUS - 10), 14, values, slopes, new, known)
    for name in PLACES:
        _node(axes, name, values, slopes, known, fresh)
    for row in (UP, DOWN):
        _write(axes, (335, row + 10), "ReLU", MUTED)
    _write(axes, (645, MIDDLE - RADIUS - 10), f"target t = {number_text(run.target)}")


def network_text(run: Run, stage: int) -> str:
    """Say in words what `draw_network` draws: all numbers that are known, by name."""
    known = {name for made in MADE[:stage] for name in made}
    values, slopes, new = _numbers(run)
    parts = [
        ", ".join(
            f"{name} {number_text(values[name])}" for name in values if name in known or name not in EARNED
        ),
        ", ".join(f"∂{name} {number_text(slope)}" for name, slope in slopes.items() if "∂" + name in known),
        ", ".join(
            f"{name} becomes {number_text(weight, 4)}" for name, weight in new.items() if "new" in known
        ),
    ]
    return f"the network after step {stage}: target {number_text(run.target)}; " + "; ".join(
        filter(None, parts)
    )


def _numbers(run: Run) -> tuple[dict, dict, dict]:
    """Return the values, the gradients and the new weights by name."""
    W, b, v, c = run.weights
    names = ("W₁₁", "W₁₂", "W₂₁", "W₂₂", "b₁", "b₂", "v₁", "v₂", "c")
    weights = dict(zip(names, [*W.ravel(), *b, *v, c], strict=True))
    found, made = run.found, run.made
    slopes = dict(zip(names, [*found.W.ravel(), *found.b, *found.v, found.c], strict=True))
    slopes |= dict(zip(("y", "h₁", "h₂", "z₁", "z₂"), [found.y, *found.h, *found.z], strict=True))
    values = dict(zip(("x₁", "x₂", "z₁", "z₂", "h₁", "h₂"), [*run.x, *made.z, *made.h], strict=True))
    W, b, v, c = run.new
    new = dict(zip(names, [*W.ravel(), *b, *v, c], strict=True))
    return weights | values | {"y": made.y, "L": made.loss}, slopes, new


def _is_fresh(ends: tuple[str, str], fresh: set[str]) -> bool:
    """Tell whether this step's numbers come along this line."""
    start, end = ends
    if ends in WEIGHTS and "∂" + WEIGHTS[ends][0] in fresh:
        return True
    return end in fresh or "∂" + start in fresh


def _line(axes: Axes, start: str, end: str, *, fresh: bool) -> None:
    """Draw a line from circle to circle; it stays outside of both, as they have no ground of their own."""
    ends = np.array([PLACES[start], PLACES[end]], float)
    step = ends[1] - ends[0]
    ends += np.outer([1, -1], step * (RADIUS / np.hypot(*step)))
    style = {"color": ORANGE, "linewidth": 3} if fresh else {"color": MUTED, "linewidth": 1}
    axes.add_line(Line2D(*ends.T, label="_line", clip_on=False, transform=pixels(axes.figure), **style))


def _weight(axes, name, place, below, values, slopes, new, known) -> None:
    # One digit more than elsewhere: an update often moves no other.
    change = f"→ {number_text(new[name], 4)}" if "new" in known else f"= {number_text(values[name], 4)}"
    _write(axes, place, f"{name} {change}")
    if "∂" + name in known:
        _write(axes, (place[0], place[1] - below), _slope(slopes[name]), GRADIENT)


def _node(axes, name, values, slopes, known, fresh) -> None:
    col, row = PLACES[name]
    lit = name in fresh or "∂" + name in fresh
    edge = {"edgecolor": ORANGE, "linewidth": 3} if lit else {"edgecolor": MUTED, "linewidth": 1.2}
    circle = Circle((col, row), RADIUS, clip_on=False, facecolor="none", **edge)
    circle.set_transform(pixels(axes.figure))
    axes.add_patch(circle)
    _write(axes, (col, row + RADIUS + 9), "L = (y − t)²" if name == "L" else name, MUTED)
    both = "∂" + name in known
    if name in known or name[0] == "x":
        _write(axes, (col, row + (8 if both else 0)), number_text(values[name]))
    if both:
        _write(axes, (col, row - 8), _slope(slopes[name]), GRADIENT)


def _write(axes: Axes, place: tuple[float, float], text: str, color: str = TEXT) -> None:
    Words(axes, pixels(axes.figure)).write(*place, text, color, "center")


def _slope(value: float) -> str:
    return "∂ " + number_text(value)
