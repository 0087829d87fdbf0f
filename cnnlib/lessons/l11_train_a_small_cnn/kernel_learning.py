"""Lesson 11, the smallest training there is: one kernel learns itself from a picture before and after."""

from collections.abc import Iterable
from functools import partial

import numpy as np

from cnnlib.convolution import conv2d
from cnnlib.demo import controls as make
from cnnlib.demo.chart import lines
from cnnlib.demo.code import array_text
from cnnlib.demo.colormaps import largest
from cnnlib.demo.controls import Cells, Hidden
from cnnlib.demo.frame import Demo
from cnnlib.demo.numbers import number_text
from cnnlib.demo.view import Panel, View, gray, signed
from cnnlib.demo.words import count_text
from cnnlib.demo.zoo import OWN_KERNEL, wire_zoo
from cnnlib.kernels import KERNELS
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
CLOSE = 0.05  # a kernel this near in every cell counts as found
AXIS = np.array([1e-5, 110])  # ends of the error's axis, as shares of the first error: it stands still


def explore_kernel_learning(
    kernel: str = "Sobel, columns",
    image: str = "camera",
    *,
    learning_rate: float = 0.1,
    steps: int = 0,
    seed: int = 0,
    hide: Iterable[str] = (),
    lock: Iterable[str] = (),
) -> Demo:
    """Hide a kernel, and watch gradient descent find it from the picture before and after alone.

    Parameters
    ----------
    kernel : str
        A 3 x 3 kernel from `cnnlib.KERNELS` to hide; the learner can choose others and change each cell.
    image : {"camera", "shapes", "stripes", "noise"}
        What to learn from, brought to mean 0 and spread 1.
    learning_rate : float
        One of 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.
    steps : int
        Steps taken at first, 0 to 400.
    seed : int
        Which random kernel to begin with, 0 to 9.
    hide, lock : str or iterable of str
        Controls to hide or to hold.

    Returns
    -------
    Demo
        With `output`, the learned kernel.

    Raises
    ------
    ValueError
        If a name or a setting is unknown.

    Examples
    --------
    >>> demo = explore_kernel_learning(image="noise", steps=60)
    >>> demo.output.round().astype(int).tolist()
    [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]
    """
    zoo = [*(name for name, known in KERNELS.items() if known.matrix.shape == (3, 3)), OWN_KERNEL]
    settings = {
        "image": make.choice("picture", SCENES, image),
        "zoo": make.choice("hidden kernel", zoo, KERNELS[kernel].name),
        "hidden": Cells(KERNELS[kernel].matrix),
        "ended": Hidden(False),
        "rate": make.choice("learning rate", RATES, learning_rate),
        "seed": make.slider("seed", seed, 0, 9),
        "to_start": make.button("to start", "back to the random kernel"),
        "forward": make.button("step ▶", "one step of gradient descent"),
        "play": make.button("▷ play", "play or pause"),
        "speed": make.slider("steps a second", 20, 1, 50),
        "steps": make.slider("steps taken", steps, 0, MOST),
    }
    title = "A kernel that learns itself"
    demo = Demo(title, "can the kernel be found from its answer?", settings, _learning, hide=hide, lock=lock)
    _wire(demo)
    return demo


def _wire(demo: Demo) -> None:
    def on() -> bool:
        demo.set(steps=min(demo.steps.value + 1, MOST))
        return demo.steps.value < MOST and not demo.ended.value

    def steps():
        while on():
            yield

    def start() -> None:
        work.stop()
        demo.set(steps=0)

    again = {"steps": 0}
    wire_zoo(demo, "zoo", "hidden", lambda _: again, lambda _old, _new: again)
    demo.when("image", lambda _: demo.set(**again))
    demo.forward.on_click(lambda _: on())
    demo.to_start.on_click(lambda _: start())
    work = demo.drive(steps, play="play", speed="speed")


def _learning(*, image, hidden, rate, seed, steps, **_) -> View:
    before = standardise(SCENES[image][0]())
    after = conv2d(before, hidden.astype(float))
    start = np.random.default_rng(seed).normal(size=(3, 3)).round(2)
    way = descend(before, after, start, learning_rate=rate, steps=steps)
    kernel, taken = way.kernels[-1], len(way.kernels) - 1
    return View(
        [*_panels(before, hidden, kernel, after, way)],
        _found(way, hidden, rate, largest_rate(before, (3, 3))),
        output=kernel,
        code=partial(_code, image, hidden, start, rate, taken),
        remember={"ended": way.diverged},
    )


def _panels(before, hidden, kernel, after, way: Descent) -> Iterable[Panel]:
    limit = largest(after) or 1.0
    taken = count_text(len(way.kernels) - 1, "step")
    small, wide = {"size": 120, "legend": False}, {"size": 192, "limit": limit}
    yield gray("before", before, "the picture before, 64 × 64\nmean 0, spread 1", size=192, low=-2, high=2.5)
    yield signed("kernel", kernel.round(2), f"the kernel learned\nafter {taken}", symbol="∗", **small)
    yield signed("now", conv2d(before, kernel), "its answer now", symbol="=", **wide)
    at = {"edit": "hidden", "new_row": True}
    yield signed("hidden", hidden, "hidden kernel: click\na cell to change it", **small, **at)
    yield signed("after", after, "the picture after: its answer", symbol="→", **wide)
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
            f"The kernel is random, and its answer is wrong by {_little(first)}: the mean squared error. "
            "Nobody tells it the hidden kernel, only the picture before and after. A step takes away "
            f"{number_text(rate)} times the slope."
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
        return f"{so_far}. Every cell is within {CLOSE} of the hidden number: the kernel has found itself."
    return f"{so_far}. The cell furthest off still lacks {number_text(far)}."


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
