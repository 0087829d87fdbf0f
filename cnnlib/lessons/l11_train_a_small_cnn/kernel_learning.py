"""Lesson 11, the smallest training there is: one kernel learns itself from a picture before and after."""

from collections.abc import Iterable
from functools import partial
from typing import Annotated

import numpy as np

from cnnlib.convolution import conv2d
from cnnlib.demo.chart import lines
from cnnlib.demo.code import array_text
from cnnlib.demo.colormaps import largest
from cnnlib.demo.declare import Cells, Choice, Hidden, Slider, demo
from cnnlib.demo.numbers import number_text
from cnnlib.demo.view import Panel, View, gray, signed
from cnnlib.demo.words import count_text
from cnnlib.demo.zoo import zoo
from cnnlib.nn.one_kernel import Descent, descend, largest_rate, standardise
from cnnlib.pictures import picture

# 64 x 64 pixels each, so that hundreds of steps keep up with a slider; with each, the text to show as code.
SCENES = {
    "camera": (lambda: picture("camera")[::4, ::4], "picture('camera')[::4, ::4]"),
    "shapes": (lambda: picture("shapes")[::2, ::2], "picture('shapes')[::2, ::2]"),
    "stripes": (lambda: picture("stripes")[::2, ::2], "picture('stripes')[::2, ::2]"),
    "noise": (
        lambda: np.random.default_rng(2).normal(size=(64, 64)),
        "np.random.default_rng(2).normal(size=(64, 64))",
    ),
}
RATES = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0)
MOST = 400
CLOSE = 0.05  # a kernel this near in every weight counts as found
AXIS = np.array([1e-5, 110])  # ends of the error's axis, as shares of the first error: it stands still


@demo(
    "A kernel that learns itself",
    "can the kernel be found from its output?",
    order="image zoo rate seed to_start forward play speed steps",
    end={"steps": MOST},
)
def explore_kernel_learning(
    hidden: Annotated[
        np.ndarray, Cells(argument="kernel"), "A 3 x 3 kernel of `cnnlib.KERNELS` to hide, or weights"
    ] = "Sobel, columns",
    image: Annotated[
        str, Choice(SCENES, label="picture"), "What to learn from, brought to mean 0 and spread 1"
    ] = "camera",
    *,
    zoo: Annotated[str, zoo("hidden", side=3, label="hidden kernel")],
    rate: Annotated[float, Choice(RATES, label="learning rate", argument="learning_rate")] = 0.1,
    steps: Annotated[int, Slider(0, MOST, label="steps"), "Taken at first"] = 0,
    seed: Annotated[int, Slider(0, 9), "Which random kernel to begin with"] = 0,
    speed: Annotated[int, Slider(1, 50, label="steps a second")] = 20,
    ended: Annotated[bool, Hidden] = False,
) -> View:
    """Hide a kernel, and watch gradient descent find it from the picture before and after alone.

    The output is the learned kernel.

    >>> demo = explore_kernel_learning(image="noise", steps=60)
    >>> demo.output.round().astype(int).tolist()
    [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]
    """
    before = standardise(SCENES[image][0]())
    after = conv2d(before, hidden.astype(float))
    start = np.random.default_rng(seed).normal(size=(3, 3)).round(2)
    way = descend(before, after, start, learning_rate=rate, steps=steps)
    kernel, taken = way.kernels[-1], len(way.kernels) - 1
    return View(
        panels=[*_panels(before, hidden, kernel, after, way)],
        sentence=_found(way, hidden, rate, largest_rate(before, (3, 3))),
        output=kernel,
        code=partial(_code, image, hidden, start, rate, taken),
        state={"ended": way.diverged},
    )


explore_kernel_learning.when("zoo hidden image", lambda: {"steps": 0})
explore_kernel_learning.button("to_start", "to start", "back to the random kernel", stops=True)(
    lambda: {"steps": 0}
)


@explore_kernel_learning.button("forward", "step ▶", "one step of gradient descent")
def _forward(steps):
    return {"steps": min(steps + 1, MOST)}


@explore_kernel_learning.plays("play", "▷ play", speed="speed")
def _play(steps, ended):
    return {} if ended or steps == MOST else {"steps": steps + 1}


def _panels(before, hidden, kernel, after, way: Descent) -> Iterable[Panel]:
    limit = largest(after) or 1.0
    taken = count_text(len(way.kernels) - 1, "step")
    small, wide = {"size": 120, "legend": False}, {"size": 192, "limit": limit}
    yield gray("before", before, "the picture before, 64 × 64\nmean 0, spread 1", size=192, low=-2, high=2.5)
    yield signed("kernel", kernel.round(2), f"the kernel learned\nafter {taken}", symbol="⋆", **small)
    yield signed("now", conv2d(before, kernel), "its output now", symbol="=", **wide)
    at = {"edit": "hidden", "new_row": True}
    yield signed("hidden", hidden, "hidden kernel: click\na cell to change it", **small, **at)
    yield signed("after", after, "the picture after: its output", symbol="→", **wide)
    low, high = AXIS * max(way.errors[0], 1e-9)
    yield lines(
        "error",
        np.arange(len(way.errors)),
        {"error": np.clip(way.errors, low / 1e3, high)},
        xlabel="step",
        ylabel="mean squared error",
        size=(330, 210),
        xlim=(0, MOST),
        ylim=(low, high),
        log=True,
    )


def _found(way: Descent, hidden: np.ndarray, rate: float, most: float) -> str:
    """Say how far the kernel has come; if it runs away, why."""
    taken, first, last = len(way.errors) - 1, way.errors[0], way.errors[-1]
    far = float(np.abs(way.kernels[-1] - hidden).max())
    if taken == 0:
        return (
            f"The kernel is random; the mean squared error of its output is {_little(first)}. Nobody "
            f"tells it "
            "the hidden kernel, only the picture before and after. A step of gradient descent subtracts "
            f"{number_text(rate)} times the gradient."
        )
    so_far = f"After {count_text(taken, 'step')} the error has gone from {_little(first)} to {_little(last)}"
    if last > first:
        stopped = ", more than a hundredfold, and training was stopped" if way.diverged else ""
        return (
            f"{so_far}{stopped}. Each step lands beyond the goal, further away than it began: for this "
            f"picture every learning rate above {number_text(most, 2)} does so. {number_text(rate)} is too "
            "large; choose a smaller one."
        )
    if far < CLOSE:
        return f"{so_far}. Every weight is within {CLOSE} of the hidden one: the kernel is found."
    return f"{so_far}. The worst weight is still off by {number_text(far)}."


def _little(error: float) -> str:
    return "less than 0.0001" if error < 1e-4 else number_text(error)


def _code(image: str, hidden: np.ndarray, start: np.ndarray, rate: float, taken: int) -> dict[str, str]:
    made = SCENES[image][1]
    needs = "from cnnlib.pictures import picture\n" if "picture(" in made else ""
    data = (
        f"\nimage = {made}\n"
        "image = (image - image.mean()) / image.std()\n"
        f"hidden = np.array({array_text(hidden)}, dtype=float)\n"
        f"start = np.array({array_text(start)})\n"
    )
    numpy = (
        "windows = sliding_window_view(image, (3, 3)).reshape(-1, 9)\n"
        "after = windows @ hidden.ravel()\n"
        "kernel = start.ravel()\n"
        f"for step in range({taken}):\n"
        "    error = windows @ kernel - after\n"
        f"    kernel = kernel - {rate} * 2 * (error @ windows) / len(error)\n"
        "result = kernel.reshape(3, 3)"
    )
    torch = (
        "x, hidden, kernel = (torch.tensor(a)[None, None] for a in (image, hidden, start))\n"
        "after = F.conv2d(x, hidden)\n"
        "kernel.requires_grad_()\n"
        f"optimiser = torch.optim.SGD([kernel], lr={rate})\n"
        f"for step in range({taken}):\n"
        "    optimiser.zero_grad()\n"
        "    F.mse_loss(F.conv2d(x, kernel), after).backward()\n"
        "    optimiser.step()\n"
        "result = kernel.detach()[0, 0].numpy()"
    )
    views = "from numpy.lib.stride_tricks import sliding_window_view\n"
    torches = "import torch\nimport torch.nn.functional as F\n"
    return {
        "NumPy": f"import numpy as np\n{views}{needs}{data}{numpy}",
        "PyTorch": f"import numpy as np\n{torches}{needs}{data}{torch}",
    }
