"""Time a learner's move until its picture is seen: the demos against `interact` with inline Matplotlib.

    python benchmarks/slider_latency.py             about ten minutes
    python benchmarks/slider_latency.py --moves 20 --drags 3

One real JupyterLab in Chromium, one notebook. From the event's own time stamp to the first animation frame
in which the picture *that belongs to the new value* is there: in a first pass every value is visited and its
picture remembered, so an older or half-drawn one is not taken for the answer. All candidates take turns in
blocks of five moves, in a new random order every round; one more move before each block only warms up.
A further demo is one more row of `CALLS` or `POINTERS`; `--only echo print` times those beside interact. The
network view (`--only network`) has a twin of its own with as many pictures.
Needs the test extra: pip install -e ".[test]"
"""

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "browser"))
from lab import Lab, LabPage, chromium

# As a lesson begins: ipywidgets then sends no echo of a move back to the page, to interact's neither.
FIRST = "from cnnlib.explore import *"

PEER = """\
import matplotlib.pyplot as plt
import numpy as np
from ipywidgets import FloatSlider, interact
from cnnlib import KERNELS, conv2d
from cnnlib.lessons.l04_the_kernel_zoo.filters import gray_photo

photo, kernel = gray_photo("camera"), KERNELS["Sobel, columns"].matrix
limit = 0.7 * np.abs(conv2d(photo.astype(float), kernel)).max()

def show(gain):
    response = conv2d(photo.astype(float), gain * kernel)
    figure, (left, middle, right) = plt.subplots(1, 3, figsize=(7.3, 3.4), width_ratios=[2, 1, 2])
    left.imshow(photo, cmap="gray")
    left.set_title("camera, 256 × 256")
    middle.imshow(kernel, cmap="RdBu_r", vmin=-2, vmax=2)
    for (row, col), weight in np.ndenumerate(kernel):
        middle.text(col, row, weight, ha="center", va="center")
    middle.set_title("Sobel, columns")
    figure.colorbar(right.imshow(response, cmap="RdBu_r", vmin=-limit, vmax=limit), location="bottom")
    for axes in (left, right):
        axes.plot(101, 101, "s", color="orange", fillstyle="none")
    for axes in (left, middle, right):
        axes.set_axis_off()
    plt.show()
    pairs = zip(photo[100:103, 100:103].ravel(), kernel.ravel())
    print(" + ".join(f"{a}·{w * gain:.3g}" for a, w in pairs), "=", round(response[100, 100]))
    lie = np.mean((response < -0.5) | (response > 255.5))
    print(f"Values run from {response.min():.0f} to {response.max():.0f}.", end=" ")
    print(f"Stored as bytes, {100 * lie:.0f} of 100 pixels would lie.")

interact(show, gain=FloatSlider(1, min=0.1, max=4, step=0.1))"""

NETWORK_PEER = """\
import matplotlib.pyplot as plt
import numpy as np
from ipywidgets import IntSlider, interact
from cnnlib.activations import softmax
from cnnlib.nn import centre_digit, digits, pretrained_lenet

model, pictures = pretrained_lenet().astype(float), digits().test.images[:, 0]
layers = {"conv 1": (1, 3, 3), "pool 1": (2, 3, 3), "conv 2": (4, 4, 5), "pool 2": (5, 4, 5)}
layers |= {"dense 1": (8, 10, 4), "dense 2": (10, 10, 4)}

def sheet(maps, columns):
    if maps.ndim == 1:
        return maps.reshape(-1, columns)
    padded = np.pad(maps, ((0, 0), (0, 1), (0, 1)), constant_values=np.nan)
    return np.vstack([np.hstack(padded[i : i + columns]) for i in range(0, len(maps), columns)])

def show(digit):
    picture = centre_digit(pictures[digit])
    found = [output[0] for output in model.activations(picture[None, None])]
    figure, axes = plt.subplots(3, 4, figsize=(7.3, 7))
    axes[0, 0].imshow(pictures[digit], cmap="gray")
    axes[0, 0].set_title("canvas")
    axes[0, 1].imshow(picture, cmap="gray")
    axes[0, 1].set_title("picture")
    axes[0, 2].imshow(found[-1][:, None], cmap="RdBu_r", vmin=-10, vmax=10)
    axes[0, 2].set_title("scores")
    axes[0, 3].barh(np.arange(10), softmax(found[-1]))
    axes[0, 3].set_title("softmax")
    for place, (name, (number, columns, limit)) in zip(axes[1:].flat, layers.items()):
        place.imshow(sheet(found[number], columns), cmap="RdBu_r", vmin=-limit, vmax=limit)
        place.set_title(name)
    for place in axes.flat:
        place.set_axis_off()
    plt.show()
    row, col = np.unravel_index(found[1][0].argmax(), (28, 28))
    pairs = zip(picture[row : row + 5, col : col + 5].ravel(), model[0].weights["weight"][0, 0].ravel())
    print(" + ".join(f"{a:.3g}·{w:.3g}" for a, w in pairs), "=", f"{found[0][0, row, col]:.3g}")
    print(f"The network sees a {found[-1].argmax()}, {100 * softmax(found[-1]).max():.0f} % certain.")

interact(show, digit=IntSlider(8, 0, 354))"""

FILTERS = """\
from cnnlib.explore import explore_filters

demo = explore_filters("camera", "Sobel, columns")
demo"""

MICROSCOPE = """\
from cnnlib.explore import explore_convolution

microscope = explore_convolution()
microscope"""


@dataclass
class Candidate:
    """One demo to be timed; `code` makes it, the selectors find it and the picture that answers."""

    name: str
    code: str
    root: str
    picture: str
    handle: str
    page: LabPage = None
    cell: str = ""
    times: list[float] = field(default_factory=list)
    drags: list[float] = field(default_factory=list)
    here: int = 0
    places: int = 11  # steps to and fro

    def show(self) -> None:
        """Bring the demo into view and hand its parts to the page."""
        demo = self.page.demo(self.cell, selector=self.root)
        self.page.tab.evaluate("bench.use", [demo, self.picture, self.handle, self.name])

    def aim(self) -> None:
        """Do what comes before the event that is timed."""

    def end(self) -> None:
        """Do what comes after it."""


class Slider(Candidate):
    """Moved one step with an arrow key; `handle` is the slider's."""

    def move(self) -> None:
        """Press the arrow towards the far end, turning round there."""
        step = self.here % (2 * self.places) < self.places
        self.here += 1
        self.page.tab.keyboard.press("ArrowRight" if step else "ArrowLeft")

    def focus(self) -> None:
        """Give the slider the keys."""
        self.page.tab.evaluate("() => bench.handle.focus()")


class Pointer(Candidate):
    """Pointed at with the mouse; `handle` is the panel that is pointed at, 3 by 3 cells."""

    def move(self) -> None:
        """Point at another cell."""
        self.here += 4  # no divisor in common with 9: every cell has its turn, none is next to the last
        row, col = divmod(self.here % 9, 3)
        box = self.page.tab.evaluate("() => bench.handle.getBoundingClientRect().toJSON()")
        x, y = box["x"] + (col + 0.5) / 3 * box["width"], box["y"] + (row + 0.5) / 3 * box["height"]
        self.page.tab.mouse.move(x, y)

    def focus(self) -> None:
        """Leave the panel, so that coming back is a move."""
        self.page.tab.mouse.move(1, 1)


class Stroke(Candidate):
    """Ink cells of the canvas one after the other, far from each other, then rub them out; `handle` is it."""

    cells = ((2, 2), (2, 21), (21, 2), (21, 21), (12, 1))

    def show(self) -> None:
        """Bring the whole canvas into view."""
        super().show()
        self.page.tab.evaluate("() => bench.handle.scrollIntoView({ block: 'center' })")

    def aim(self) -> None:
        """Move the mouse to the next cell."""
        number = self.here % (2 * len(self.cells))
        self.here += 1
        self.erase, which = divmod(number, len(self.cells))
        self.page.tab.evaluate("(step) => { bench.step = step; }", f"step {number}")
        box = self.page.tab.evaluate("() => bench.handle.getBoundingClientRect().toJSON()")
        row, col = self.cells[which]
        x, y = box["x"] + (col + 0.5) / 24 * box["width"], box["y"] + (row + 0.5) / 24 * box["height"]
        self.page.tab.mouse.move(x, y)
        if self.erase:
            self.page.tab.keyboard.down("Shift")

    def move(self) -> None:
        """Press the button; with shift it rubs out."""
        self.page.tab.mouse.down()

    def end(self) -> None:
        """Let it go."""
        self.page.tab.mouse.up()
        self.page.tab.keyboard.up("Shift")

    def focus(self) -> None:
        """Need no keys."""


HANDLE = ".widget-slider .noUi-handle"
INTERACT = "interact + Matplotlib"
# The first slider of each goes up from where it stands; the panel named is one that its move changes.
CALLS = {
    "channel mixer": ('explore_channels("chelsea", gains=(0.5, 1, 1), show="luma", alpha=0.9)', "result"),
    "ADC lab": ('explore_adc(2.5, bits=1, hide="volts")', "staircase"),
    "sensor": ("explore_sensor(size=4)", "sensor"),
    "sampling": ("explore_sampling(frequency=1)", "line"),
    "photo to codes": ("explore_conversion()", "volts"),
    "print": ("explore_print()", "square"),
    "integer arithmetic": ("explore_arithmetic(add=0)", "wrapped"),
    "byte": ("explore_byte(50)", "bits"),
    "memory": ('explore_index((0, 0), hide="row")', "memory"),
    "video": ("explore_video(0)", "frame"),
    "echo": ('explore_echo("three notes", delay=20)', "sounds"),
    "geometry view": (
        "explore_geometry(np.arange(144).reshape(12, 12), size=(1, 12), kernel=(1, 3))",
        "image",
    ),
    "stack": ('explore_stack(hide="count", size=20)', "map 1"),
    "activation": ("explore_activation()", "after"),
    "one filter": ("explore_one_filter()", "total"),
    "two orders": ("explore_equivariance(right=0)", "moved"),
    "parameters": ("explore_parameters(size=8)", "parameters"),
    "units": ("explore_units()", "fit"),
    "softmax": ("explore_softmax()", "probabilities"),
    "borders": ('explore_borders("photo, 96×96", side=1)', "output"),
    "covering": ('explore_learned("covering", digit=0)', "digit"),
    "style": ('explore_style("noise", "wood")', "picture0"),
}
PLACES = {"memory": 5, "borders": 7}  # where the slider has fewer
SLIDERS = [
    Slider(INTERACT, PEER, ".widget-interact", ".widget-output img", HANDLE),
    Slider("filter lab", FILTERS, ".cnn-demo", ".cnn-panel[data-panel=result] canvas", HANDLE),
    *(
        Slider(
            name,
            f"import numpy as np\nfrom cnnlib.explore import *\n\n{call}",
            ".cnn-demo",
            f".cnn-panel[data-panel='{panel}'] :is(canvas, svg)",
            HANDLE,
            places=PLACES.get(name, 11),
        )
        for name, (call, panel) in CALLS.items()
    ),
]
POINTERS = [
    Pointer(
        "microscope, pointing",
        MICROSCOPE,
        ".cnn-demo",
        ".cnn-panel[data-panel=image] canvas",
        ".cnn-panel[data-panel=map] canvas",
        places=9,
    ),
]
NETWORK = [
    Slider("network with interact", NETWORK_PEER, ".widget-interact", ".widget-output img", HANDLE),
    Stroke(
        "network view, a stroke",
        "from cnnlib.explore import explore_network\n\nnetwork = explore_network()\nnetwork",
        ".cnn-demo",
        ".cnn-panel[data-panel='dense 1'] canvas",
        ".cnn-panel[data-panel=canvas] canvas",
        places=len(Stroke.cells),
    ),
]
PEERS = {"network view, a stroke": "network with interact"}  # of whom it is a share, if not of `INTERACT`
TARGETS = {
    **dict.fromkeys(["filter lab", *CALLS], (1 / 6, 1 / 6, 1 / 4)),
    "microscope, pointing": (1 / 10, None, None),
    "network view, a stroke": (1 / 5, None, None),
}

BENCH = Path(__file__).with_name("slider_latency.js")


def prepare(lab: Lab, candidates: list[Candidate]) -> LabPage:
    """Write the notebook, run it, and remember the picture of every value of every candidate."""
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    cells = [new_code_cell(code) for code in (FIRST, *(candidate.code for candidate in candidates))]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "latency.ipynb"
        nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": kernel}), path)
        page = lab.open(lab.server.add(path))
    page.run_all()
    if problems := page.problems():
        raise SystemExit("slider_latency: the demos report errors:\n" + "\n".join(problems))
    page.tab.evaluate(BENCH.read_text(encoding="utf-8"))
    for candidate, cell in zip(candidates, page.cells()[1:], strict=True):
        candidate.page, candidate.cell = page, cell["id"]
        remember(candidate)
    if problems := page.problems():
        raise SystemExit("slider_latency: the demos report errors:\n" + "\n".join(problems))
    return page


def remember(candidate: Candidate) -> None:
    """Visit every value twice; its picture must be the same both times, and no other value's."""
    candidate.show()
    candidate.focus()
    passes = []
    for _ in range(2):
        for _ in range(2 * candidate.places):
            candidate.aim()
            candidate.move()
            settle(candidate.page)
            candidate.page.tab.evaluate("() => bench.remember()")
            candidate.end()
        passes.append(candidate.page.tab.evaluate("() => ({ ...bench.known })"))
    if passes[0] != passes[1] or len(set(passes[0].values())) < len(passes[0]):
        raise SystemExit(f"slider_latency: {candidate.name}: pictures and values do not belong together")


def settle(page: LabPage, milliseconds: int = 150) -> None:
    """Wait until the kernel is idle and the picture has not changed for a while."""
    page.wait_idle()
    before = page.tab.evaluate("() => bench.look()")
    while True:
        page.tab.wait_for_timeout(milliseconds)
        now = page.tab.evaluate("() => bench.look()")
        if now == before and now is not None:
            return
        before = now


def time_moves(candidate: Candidate, moves: int, rng: random.Random) -> None:
    """Time one block of moves; the one before it only warms up."""
    candidate.show()
    candidate.focus()
    for number in range(moves + 1):
        candidate.aim()
        candidate.page.tab.evaluate("() => { bench.answer = bench.next(); }")
        candidate.move()
        took = candidate.page.tab.evaluate("() => bench.answer")
        candidate.end()
        if number:
            candidate.times.append(took)
        settle(candidate.page, 50)
        time.sleep(rng.uniform(0, 0.05))  # no rhythm with the frames of the screen


def time_drag(candidate: Slider, moves: int = 60) -> None:
    """Drag the handle along its track; time from the last of its moves to the last change of the picture."""
    candidate.show()
    page, mouse = candidate.page, candidate.page.tab.mouse
    track = page.tab.evaluate("() => bench.handle.closest('.noUi-target').getBoundingClientRect().toJSON()")
    grip = page.tab.evaluate("() => bench.handle.getBoundingClientRect().toJSON()")
    start, y = grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2
    middle = track["x"] + track["width"] / 2
    end = track["x"] + track["width"] * (0.95 if start < middle else 0.05)
    mouse.move(start, y)
    mouse.down()
    page.tab.evaluate("() => bench.watch()")
    began = time.perf_counter()
    for number in range(1, moves + 1):
        mouse.move(start + (end - start) * number / moves, y)
        time.sleep(max(0.0, began + number / 60 - time.perf_counter()))  # one move a frame
    mouse.up()
    settle(page, 1000)
    log = page.tab.evaluate("() => bench.stop()")
    candidate.drags.append(max(0.0, log["painted"] - log["moved"]))


def measure(candidates: list[Candidate], moves: int, drags: int, seed: int) -> None:
    """Let all candidates take turns."""
    rng = random.Random(seed)
    for _ in range(moves // 5):
        for candidate in rng.sample(candidates, len(candidates)):
            time_moves(candidate, 5, rng)
    sliders = [candidate for candidate in candidates if isinstance(candidate, Slider)]
    for _ in range(drags):
        for candidate in rng.sample(sliders, len(sliders)):
            time_drag(candidate)


def figures(candidate: Candidate) -> tuple[float, float, float | None]:
    """Return median and 95th percentile of the moves, and the median of the drags, in milliseconds."""
    p95 = statistics.quantiles(candidate.times, n=20, method="inclusive")[-1]
    return statistics.median(candidate.times), p95, statistics.median(candidate.drags or [0]) or None


def report(candidates: list[Candidate]) -> str:
    """Return the table: milliseconds, and their ratios to interact's with the targets."""
    timed = {candidate.name: figures(candidate) for candidate in candidates}
    lines = [
        "| demo | moves | median ms | p95 ms | drag settles ms | median ratio | p95 ratio | drag ratio |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for candidate in candidates:
        own, peer = timed[candidate.name], timed[PEERS.get(candidate.name, INTERACT)]
        shown = ["" if value is None else f"{value:.0f}" for value in own]
        ratios = [""] * 3
        for place, target in enumerate(TARGETS.get(candidate.name, ())):
            if target:
                ratio = own[place] / peer[place]
                verdict = "" if ratio <= target else ", MISSED"
                ratios[place] = f"{ratio:.3f} (target 1/{1 / target:.0f} = {target:.3f}{verdict})"
        cells = [candidate.name, str(len(candidate.times)), *shown, *ratios]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def conditions(page: LabPage) -> str:
    """Return what the numbers depend on."""
    jupyterlab, chromium = page.tab.evaluate("() => jupyterapp.version"), page.tab.context.browser.version
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return f"JupyterLab {jupyterlab}, Chromium {chromium}, {os.cpu_count()} cores{load}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--moves", type=int, default=50, help="per candidate, in blocks of five")
    parser.add_argument("--drags", type=int, default=7, help="of 60 moves, per slider")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", nargs="*", help="words in the names of the demos to time")
    given = parser.parse_args()
    peer, *others = [*SLIDERS, *POINTERS, *NETWORK]
    chosen = [peer, *(c for c in others if not given.only or any(word in c.name for word in given.only))]
    with chromium() as browser, Lab(browser) as lab:
        page = prepare(lab, chosen)
        measure(chosen, given.moves, given.drags, given.seed)
        print(f"{conditions(page)}; {given.drags} drags")
    print(report(chosen))


if __name__ == "__main__":
    main()
