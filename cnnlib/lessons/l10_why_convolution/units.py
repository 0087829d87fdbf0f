"""Lesson 10: a curve fitted by more and more hidden units, inside and outside of its range."""

from typing import Annotated

import numpy as np

from cnnlib.demo.axes import LINES, MUTED
from cnnlib.demo.chart import chart
from cnnlib.demo.declare import Choice, Slider, Switch, demo
from cnnlib.demo.numbers import number_text
from cnnlib.demo.view import Panel, View
from cnnlib.demo.words import capital, count_text
from cnnlib.lessons.l10_why_convolution.hidden_units import CURVES, Units, fit_units

POINTS, MOST = 201, 100  # fitted points, from -1 to 1; and hidden units
INSIDE, WHOLE = np.linspace(-1, 1, POINTS), np.linspace(-2, 2, 2 * POINTS - 1)
OUTSIDE = np.abs(WHOLE) > 1
TRIED = np.append(INSIDE, -1e-9)  # also just before 0: between two points, a fit could hide from the jump
LIMIT = 2.5  # of the y axis
NAMES = {"relu": "ReLU", "tanh": "tanh"}

START = """\
import numpy as np
from cnnlib.lessons.l10_why_convolution.hidden_units import CURVES, fit_units

x = np.linspace(-1, 1, {points})
y = CURVES[{curve!r}](x)
fit = fit_units(x, y, {count}, unit={unit!r}, seed={seed})
"""
NUMPY = START + "result = fit(np.linspace(-2, 2, {whole}))"
PYTORCH = (
    START.replace("import numpy as np\n", "import numpy as np\nimport torch\n")
    + """\
hidden = torch.nn.Linear(1, {count}).double()  # slopes and places as drawn, weights as solved
out = torch.nn.Linear({count}, 1).double()
with torch.no_grad():
    hidden.weight.copy_(torch.tensor(fit.slopes)[:, None])
    hidden.bias.copy_(torch.tensor(-fit.slopes * fit.places))
    out.weight.copy_(torch.tensor(fit.weights)[None])
    out.bias.fill_(fit.bias)
    new = torch.linspace(-2, 2, {whole}, dtype=torch.float64)[:, None]
    result = out(torch.{unit}(hidden(new)))[:, 0].numpy()"""
)


@demo("More units", "does a good fit know what comes next?", order="count seed")
def explore_units(
    count: Annotated[int, Slider(1, MOST, label="hidden units"), "Hidden units"] = 3,
    *,
    curve: Annotated[str, Choice(CURVES)] = "wave",
    unit: Annotated[str, Switch(NAMES.values(), check=lambda _, unit: NAMES.get(unit, unit))] = "relu",
    seed: Annotated[int, Slider(0, 9), "Draws the units"] = 0,
) -> View:
    """Fit a curve with more and more hidden units, and see what they do where nothing was fitted.

    Places of the units are drawn by chance and stay; the weights are solved for by least squares. The output
    is the values of the fit from -2 to 2.

    >>> demo = explore_units(100)
    >>> demo.text.split(". ")[0]
    '100 ReLU units: from −1 to 1 the fit is off by at most 0.00469, outside by at most 1.47'
    """
    kind = next(key for key, name in NAMES.items() if name == unit)
    true = CURVES[curve]
    fit = fit_units(INSIDE, true(INSIDE), count, unit=kind, seed=seed)
    values = fit(WHOLE)
    inside = np.abs(fit(TRIED) - true(TRIED)).max()
    outside = np.abs(values - true(WHOLE))[OUTSIDE].max()

    names = {"curve": curve, "count": count, "unit": kind, "seed": seed}
    names |= {"points": POINTS, "whole": len(WHOLE)}
    return View(
        panels=[_chart(curve, true(WHOLE), values, fit, inside, outside)],
        sentence=_sentence(curve, count, unit, inside, outside),
        output=values,
        code=lambda: {"NumPy": NUMPY.format(**names), "PyTorch": PYTORCH.format(**names)},
    )


def _chart(curve: str, true, values, fit: Units, inside: float, outside: float) -> Panel:
    def draw(axes) -> None:
        axes.set(xlabel="x", ylabel="y", xlim=(-2, 2), ylim=(-LIMIT, LIMIT))
        axes.axvspan(-1, 1, color=MUTED, alpha=0.12, linewidth=0)
        axes.plot(WHOLE, true, "-", label=curve, color=MUTED, linewidth=2)
        axes.plot(WHOLE, values, label="fit", color=LINES[0], linewidth=2, linestyle="--")
        axes.plot(
            fit.places,
            np.full(len(fit.places), -LIMIT),
            "|",
            label="where units bend",
            color=LINES[2],
            markersize=14,
        )

    caption = "shaded: where the curve was given; a bar for each unit"
    alt = (
        f"{curve} and its fit by {count_text(len(fit.places), 'unit')}: largest error "
        f"{_gap(inside)} from −1 to 1, {_gap(outside)} outside"
    )
    return chart("fit", draw, caption, size=(600, 320), alt=alt)


def _sentence(curve: str, count: int, unit: str, inside: float, outside: float) -> str:
    number = count_text(count, f"{unit} unit")
    text = f"{capital(number)}: from −1 to 1 the fit is off by {_gap(inside)}, outside by {_gap(outside)}. "
    if inside > 0.1 and curve == "step":
        return text + "The theorem is about continuous curves: at the jump, no number of units is enough."
    if inside > 0.1:
        return text + "More units come closer."
    if outside > 0.2:
        return text + "Close where it was fitted; outside, the theorem promises nothing."
    return text + "Here it happens to be close outside, too; the theorem does not promise that."


def _gap(size: float) -> str:
    return f"at most {number_text(size)}" if size >= 0.001 else "less than 0.001"
