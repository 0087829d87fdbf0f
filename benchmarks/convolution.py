"""Time conv2d against PyTorch, SciPy, OpenCV and the machine's own limit; and `import cnnlib` against NumPy.

    python benchmarks/convolution.py            about a minute
    python benchmarks/convolution.py --rounds 9

All candidates run in this one process, one thread each, in a new random order every round; the minimum
counts. Before timing, all must agree on the result. Needs the extra: pip install -e ".[benchmarks]"
"""

import argparse
import platform
import random
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import cv2
import numpy as np
import scipy
import torch
from scipy import ndimage, signal
from threadpoolctl import threadpool_limits

from cnnlib import conv2d

SIZE = 512
TARGETS = {"gray 3x3": "0.6", "gray 7x7": "1.0"}  # of PyTorch's time
PEERS = ["PyTorch", "correlate2d", "ndimage", "fftconvolve", "OpenCV"]
Work = Callable[[], Any]


def fastest(candidates: dict[str, Work], rounds: int) -> dict[str, float]:
    """Return the seconds of each candidate's fastest run; one warm-up each."""
    best = dict.fromkeys(candidates, float("inf"))
    for work in candidates.values():
        work()
    names = list(candidates)
    for _ in range(rounds):
        random.shuffle(names)
        for name in names:
            start = time.perf_counter()
            candidates[name]()
            best[name] = min(best[name], time.perf_counter() - start)
    return best


def gray(rng: np.random.Generator, k: int) -> dict[str, Work]:
    """All ways to filter a gray float32 picture."""
    image, kernel = rng.random((SIZE, SIZE), np.float32), rng.random((k, k), np.float32)
    x, w = torch.from_numpy(image)[None, None], torch.from_numpy(kernel)[None, None]
    inner = np.s_[k // 2 : SIZE - k // 2, k // 2 : SIZE - k // 2]
    return {
        "cnnlib": lambda: conv2d(image, kernel),
        "PyTorch": lambda: torch.nn.functional.conv2d(x, w)[0, 0].numpy(),
        "correlate2d": lambda: signal.correlate2d(image, kernel, "valid"),
        "ndimage": lambda: ndimage.correlate(image, kernel, mode="constant")[inner],
        "fftconvolve": lambda: signal.fftconvolve(image, kernel[::-1, ::-1], "valid"),
        "OpenCV": lambda: cv2.filter2D(image, -1, kernel, borderType=cv2.BORDER_CONSTANT)[inner],
    }


def photo(rng: np.random.Generator) -> dict[str, Work]:
    """Exact whole numbers from a uint8 picture; PyTorch has no such convolution on the CPU."""
    image, kernel = rng.integers(0, 256, (SIZE, SIZE), np.uint8), rng.integers(-9, 10, (3, 3))
    wide, real, inner = image.astype(np.int64), kernel.astype(np.float32), np.s_[1:-1, 1:-1]
    return {
        "cnnlib": lambda: conv2d(image, kernel),
        "correlate2d": lambda: signal.correlate2d(wide, kernel, "valid"),
        "ndimage": lambda: ndimage.correlate(wide, kernel, mode="constant")[inner],
        "OpenCV": lambda: cv2.filter2D(image, cv2.CV_16S, real, borderType=cv2.BORDER_CONSTANT)[inner],
    }


def layer(rng: np.random.Generator, channels: int, filters: int, k: int) -> dict[str, Work]:
    """Run a layer on one picture of several channels; SciPy and OpenCV have no such call."""
    image = rng.random((channels, SIZE, SIZE), np.float32)
    kernels = rng.random((filters, channels, k, k), np.float32)
    x, w = torch.from_numpy(image)[None], torch.from_numpy(kernels)
    return {
        "cnnlib": lambda: conv2d(image, kernels),
        "PyTorch": lambda: torch.nn.functional.conv2d(x, w)[0].numpy(),
    }


def probes(rng: np.random.Generator) -> dict[str, Work]:
    """Return what the machine can do at best: copy one float32 picture, multiply two such matrices."""
    picture = rng.random((SIZE, SIZE), np.float32)
    copied, product = np.empty_like(picture), np.empty_like(picture)
    return {
        "copy": lambda: np.copyto(copied, picture),
        "sgemm": lambda: np.matmul(picture, picture, out=product),
    }


def agree(candidates: dict[str, Work]) -> None:
    """Stop if the candidates do not compute the same."""
    expected = candidates["cnnlib"]()
    for name, work in candidates.items():
        np.testing.assert_allclose(work(), expected, rtol=1e-4, atol=1e-3, err_msg=name)


def import_seconds(rounds: int) -> tuple[float, float]:
    """Return the seconds of `import numpy` and of `import cnnlib`, each in fresh processes."""
    script = "import time; t = time.perf_counter(); import {}; print(time.perf_counter() - t)"

    def seconds(module: str) -> float:
        return float(subprocess.check_output([sys.executable, "-c", script.format(module)]))

    both = [(seconds("numpy"), seconds("cnnlib")) for _ in range(rounds)]
    return min(a for a, _ in both), min(b for _, b in both)


def header(rounds: int) -> str:
    """Say what is run, and open the table."""
    versions = f"NumPy {np.__version__}, SciPy {scipy.__version__}, PyTorch {torch.__version__}"
    titles = ["ms", "limit", "cnnlib", *PEERS, "cnnlib / PyTorch", "target"]
    return "\n".join(
        [
            f"Python {platform.python_version()}, {versions}, OpenCV {cv2.__version__}",
            f"{SIZE}x{SIZE} pixels, one thread, minimum of {rounds} rounds",
            "",
            f"| {' | '.join(titles)} |",
            "|---" * len(titles) + "|",
        ]
    )


def row(name: str, best: dict[str, float], products: int, pictures: int) -> str:
    """Write one line; its limit is moving the data or doing the products, whichever takes longer."""
    limit = max(best["copy"] * pictures / 2, best["sgemm"] * products / SIZE)
    times = [limit, best["cnnlib"], *(best.get(peer) for peer in PEERS)]
    cells = [f"{1000 * t:.2f}" if t else "" for t in times]
    ratio = f"{best['cnnlib'] / best['PyTorch']:.2f}" if "PyTorch" in best else ""
    return f"| {' | '.join([name, *cells, ratio, TARGETS.get(name, '')])} |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=60)
    rounds = parser.parse_args().rounds
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    rng = np.random.default_rng(0)
    cases = {  # name: (candidates, multiply-adds per output pixel, pictures read and written)
        "gray 3x3": (gray(rng, 3), 9, 2),
        "gray 7x7": (gray(rng, 7), 49, 2),
        "uint8 3x3, exact": (photo(rng), 9, 2),
        "3 -> 8, 3x3": (layer(rng, 3, 8, 3), 216, 11),
        "8 -> 8, 3x3": (layer(rng, 8, 8, 3), 576, 16),
    }
    print(header(rounds))
    copy = sgemm = float("inf")
    with threadpool_limits(1), torch.inference_mode():
        for name, (candidates, products, pictures) in cases.items():
            agree(candidates)
            best = fastest(candidates | probes(rng), rounds)
            print(row(name, best, products, pictures), flush=True)
            copy, sgemm = min(copy, best["copy"]), min(sgemm, best["sgemm"])
    print(f"\nlimits: copying {8e-9 * SIZE**2 / copy:.0f} GB/s, sgemm {2e-9 * SIZE**3 / sgemm:.0f} GFLOP/s")
    numpy, ours = import_seconds(15)
    print(f"import numpy {1000 * numpy:.0f} ms, cnnlib {1000 * ours:.0f} ms")
    print(f"ratio {ours / numpy:.2f} (target 2)")


if __name__ == "__main__":
    main()
