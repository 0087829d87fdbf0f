"""How the cost of a convolution grows, against the number of products counted and against PyTorch.

    python benchmarks/growth.py             about a minute; prints the table and writes growth.png
    python benchmarks/growth.py --rounds 5

One thing at a time is doubled. If the time grew as the count does, a product would cost the same at each
size; the plot shows what one costs. One thread each. Needs the extra: pip install -e ".[benchmarks]"
"""

import argparse
import os
import platform
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from convolution import Work, fastest
from lenet import layer_in_torch
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, LogLocator, NullLocator
from PIL import Image
from threadpoolctl import threadpool_limits

from cnnlib import conv2d
from cnnlib.nn import Conv2D

BEND = 1.25  # times as much as the cheapest product so far
COLORS = {"cnnlib": "#0b5cad", "PyTorch": "#c2560c"}
Case = tuple[int, int, dict[str, Work]]  # products, bytes read and written, who does it


def filtering(count: int, channels: int, filters: int, side: int, kernel: int) -> Case:
    """Slide filters over pictures, forward only."""
    rng = np.random.default_rng(0)
    x = rng.random((count, channels, side, side), np.float32)
    w = rng.random((filters, channels, kernel, kernel), np.float32)
    tx, tw = torch.from_numpy(x), torch.from_numpy(w)
    ours, theirs = lambda: conv2d(x, w), lambda: torch.nn.functional.conv2d(tx, tw)
    np.testing.assert_allclose(ours(), theirs().numpy(), rtol=1e-3)
    out = count * filters * (side - kernel + 1) ** 2
    return out * channels * kernel**2, 4 * (x.size + w.size + out), {"cnnlib": ours, "PyTorch": theirs}


def training(count: int, channels: int = 16, side: int = 14) -> Case:
    """Take a layer's forward and backward step."""
    rng, ours = np.random.default_rng(0), Conv2D(channels, channels, 3, padding=1)
    theirs = layer_in_torch(ours)
    x, g = (rng.standard_normal((count, channels, side, side), np.float32) for _ in range(2))
    mine = [np.ascontiguousarray(a.transpose(2, 3, 1, 0)).transpose(3, 2, 0, 1) for a in (x, g)]
    tx, tg = torch.from_numpy(x).requires_grad_(), torch.from_numpy(g)

    def by_torch() -> object:
        with torch.enable_grad():
            return torch.autograd.grad(theirs(tx), (tx, *theirs.parameters()), tg)

    work = {"cnnlib": lambda: (ours.forward(mine[0]), ours.backward(mine[1])), "PyTorch": by_torch}
    return 3 * count * ours.multiplications(x.shape[1:]), 4 * 4 * x.size, work


@dataclass
class Sweep:
    """One thing that is doubled; `make(size)` is the work of one size."""

    name: str
    beside: str
    sizes: list[int]
    make: Callable[[int], Case]
    cost: dict[str, list[float]] = field(default_factory=lambda: {"cnnlib": [], "PyTorch": []})
    products: list[int] = field(default_factory=list)
    bytes: list[int] = field(default_factory=list)

    def run(self, rounds: int) -> None:
        """Time all sizes."""
        for size in self.sizes:
            products, moved, work = self.make(size)
            self.products.append(products)
            self.bytes.append(moved)
            for who, seconds in fastest(work, rounds).items():
                self.cost[who].append(1e12 * seconds / products)  # picoseconds

    def growth(self, who: str | None = None) -> str:
        """Return how the count, or somebody's time, grows with each doubling, over the larger half."""
        half = len(self.sizes) // 2
        cost = self.cost[who] if who else [1] * len(self.sizes)
        total = (self.products[-1] * cost[-1]) / (self.products[half] * cost[half])
        return f"{total ** (1 / (len(self.sizes) - 1 - half)):.1f}"

    def bend(self) -> str:
        """Say from which size on a product of ours costs more than before."""
        cost = self.cost["cnnlib"]
        for i in range(1, len(cost)):
            if cost[i] > BEND * min(cost[:i]) and min(cost[i:]) > BEND * min(cost[:i]):
                least = self.sizes[cost.index(min(cost[:i]))]
                ratio = cost[i] / min(cost[:i])
                return f"{self.sizes[i]} ({size_text(self.bytes[i])}): {ratio:.1f} times that at {least}"
        return "none"


SWEEPS = [
    Sweep("picture side", "one gray picture, 3 × 3", [2**k for k in range(5, 12)],
          lambda n: filtering(1, 1, 1, n, 3)),
    Sweep("kernel side", "one gray picture of 256 × 256", [2**k for k in range(7)],
          lambda n: filtering(1, 1, 1, 256, n)),
    Sweep("channels", "to 8 filters, 64 × 64, 3 × 3", [2**k for k in range(8)],
          lambda n: filtering(1, n, 8, 64, 3)),
    Sweep("filters", "on 8 channels, 64 × 64, 3 × 3", [2**k for k in range(8)],
          lambda n: filtering(1, 8, n, 64, 3)),
    Sweep("pictures", "gray, 64 × 64, 3 × 3", [2**k for k in range(8)],
          lambda n: filtering(n, 1, 1, 64, 3)),
    Sweep("batch", "a step of 16 to 16, 14 × 14, 3 × 3", [2**k for k in range(10)], training),
]  # fmt: skip


def size_text(count: float) -> str:
    """Write a number of bytes.

    >>> size_text(2048), size_text(3 * 2**20)
    ('2 kB', '3.0 MB')
    """
    return f"{count / 2**20:.1f} MB" if count >= 2**20 else f"{count / 2**10:.0f} kB"


def caches() -> str:
    """Return the sizes of this processor's caches, where Linux tells."""
    found = {}
    for place in sorted(Path("/sys/devices/system/cpu/cpu0/cache").glob("index*")):
        level, kind, size = ((place / name).read_text().strip() for name in ("level", "type", "size"))
        if kind != "Instruction":
            found[level] = f"L{level} {size}"
    return ", ".join(found.values()) or "unknown"


def table(sweeps: list[Sweep]) -> Iterator[str]:
    """Write a line for each sweep."""
    yield "| doubled | sizes | count | cnnlib | PyTorch | cnnlib / PyTorch | a product costs more from |"
    yield "|---|---|---|---|---|---|---|"
    for sweep in sweeps:
        ratios = [a / b for a, b in zip(*sweep.cost.values(), strict=True)]
        cells = [
            f"{sweep.name}: {sweep.beside}",
            f"{sweep.sizes[0]} … {sweep.sizes[-1]}",
            *(f"× {sweep.growth(who)}" for who in (None, *sweep.cost)),
            f"{ratios[0]:.2f} … {ratios[-1]:.2f}, at most {max(ratios):.2f}",
            sweep.bend(),
        ]
        yield f"| {' | '.join(cells)} |"


def plot(sweeps: list[Sweep], path: Path) -> None:
    """Draw what a product costs."""
    figure = Figure((9, 5), dpi=80, layout="constrained")
    for axes, sweep in zip(figure.subplots(2, 3).flat, sweeps, strict=True):
        for who, cost in sweep.cost.items():
            axes.loglog(sweep.sizes, cost, ".-", color=COLORS[who], label=who)
        axes.set_title(f"{sweep.name}\n{sweep.beside}", fontsize=8)
        axes.xaxis.set_major_locator(FixedLocator(sweep.sizes[::2]))
        axes.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
        for axis in (axes.xaxis, axes.yaxis):
            axis.set_major_formatter("{x:,.0f}")
            axis.set_minor_locator(NullLocator())
        axes.tick_params(labelsize=7)
        axes.grid(alpha=0.3)
    figure.axes[0].legend(fontsize=8)
    figure.supylabel("picoseconds for one product", fontsize=9)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB").quantize(16).save(path, optimize=True)


def main() -> None:
    """Time, print and draw."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=50)
    rounds = parser.parse_args().rounds
    torch.set_num_threads(1)
    with threadpool_limits(1), torch.no_grad():
        for sweep in SWEEPS:
            sweep.run(rounds)
    versions = f"NumPy {np.__version__}, PyTorch {torch.__version__}"
    print(f"Python {platform.python_version()}, {versions}; {os.cpu_count()} cores; caches {caches()}")
    print(f"one thread, minimum of {rounds} rounds\n")
    print("\n".join(table(SWEEPS)))
    plot(SWEEPS, Path(__file__).with_suffix(".png"))


if __name__ == "__main__":
    main()
