"""Compare the browser's Python with the native one: LeNet, lesson 11, and their matrix products.

    python tests/browser/make_pyodide.py build/pyodide
    python benchmarks/in_browser.py build/pyodide

The same file runs here with one BLAS thread, and in Pyodide under Node, whose WebAssembly is Chromium's.
There NumPy multiplies matrices without BLAS, and `product` takes its place; SciPy has one.
"""

import argparse
import io
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import redirect_stdout
from functools import partial
from pathlib import Path

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # before NumPy is imported

import numpy as np
from lenet import BATCH, PICTURE, lenet
from scipy.linalg.blas import sgemm

from cnnlib import nn
from cnnlib.nn.layers import product

STEP, TARGET = "LeNet step, batch 64", 3
LESSON, SECONDS = "lesson 11's training cells", 10
PRODUCTS = {  # (rows, terms, columns, places): one product for each place, as the layers make them
    "first convolution": (6, 25, BATCH, 784),
    "second convolution": (16, 150, BATCH, 100),
    "first dense layer": (120, 400, BATCH, 1),
    "512 × 512": (512, 512, 512, 1),
}


def fastest(work: Callable[[], object], seconds: float = 1.0) -> float:
    """Return the least milliseconds that some work took, tried again and again for so long."""
    least, end = float("inf"), time.perf_counter() + seconds
    while time.perf_counter() < end:
        began = time.perf_counter()
        work()
        least = min(least, time.perf_counter() - began)
    return 1000 * least


def lenet_step() -> Callable[[], object]:
    """Return a step of LeNet without its update: forward and backward."""
    rng, model = np.random.default_rng(0), lenet()
    images, gradient = rng.random((BATCH, *PICTURE), np.float32), rng.standard_normal((BATCH, 10), np.float32)
    return lambda: (model.forward(images, training=True), model.backward(gradient))


def lesson() -> float:
    """Return the milliseconds of the cells in which lesson 11 makes its network and trains it."""
    notebook = Path(nn.__file__).parents[2] / "notebooks" / "11_train_a_small_cnn.ipynb"
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    made = next(number for number, text in enumerate(code) if "model = nn.Sequential(" in text)
    began = time.perf_counter()
    with redirect_stdout(io.StringIO()):
        exec("\n".join(code[made : made + 2]), {"np": np, "nn": nn})
    return 1000 * (time.perf_counter() - began)


def measure() -> dict[str, list[float]]:
    """Return milliseconds: of a step, of the lesson, and of products by NumPy, by cnnlib and by SciPy."""
    rng, found = np.random.default_rng(0), {STEP: [fastest(lenet_step())], LESSON: [lesson()]}
    for name, (rows, terms, columns, places) in PRODUCTS.items():
        a = rng.standard_normal((rows, terms), np.float32)
        b = rng.standard_normal((places, terms, columns), np.float32)
        turned = b.swapaxes(1, 2)  # as SciPy wants it, without a copy

        def by_scipy(a: np.ndarray = a, turned: np.ndarray = turned) -> list[np.ndarray]:
            return [sgemm(1, each, a.T) for each in turned]

        np.testing.assert_allclose(np.swapaxes(by_scipy(), 1, 2), a @ b, atol=1e-3)
        found[name] = [fastest(partial(by, a, b)) for by in (np.matmul, product)]
        found[name].append(fastest(by_scipy))
    return found


def main() -> None:
    """Measure here and there, and print."""
    form = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=form)
    parser.add_argument("pyodide", help="its folder")
    folder, here = os.path.abspath(parser.parse_args().pyodide), os.path.dirname(os.path.abspath(__file__))
    runner = [os.path.join(here, "in_browser.mjs"), folder, os.path.dirname(here), os.path.abspath(__file__)]
    native = measure()
    told = subprocess.run(["node", *runner], check=True, stdout=subprocess.PIPE, text=True).stdout
    browser = json.loads(told.splitlines()[-1])
    (ours,), (theirs,) = native[STEP], browser[STEP]
    ratio = theirs / ours
    print(f"{STEP}: native {ours:.1f} ms, in the browser's Python {theirs:.1f} ms, {ratio:.1f} times")
    print(f"target {TARGET}{'' if ratio <= TARGET else ', MISSED'}")
    ours, theirs = native[LESSON][0] / 1000, browser[LESSON][0] / 1000
    print(f"{LESSON}: native {ours:.1f} s, in the browser's Python {theirs:.1f} s")
    print(f"target {SECONDS} s{'' if theirs <= SECONDS else ', MISSED'}\n")
    print("| products, ms | native NumPy | browser's NumPy | cnnlib there | SciPy there | cnnlib / native |")
    print("|---|---|---|---|---|---|")
    for name in PRODUCTS:
        mine, times = native[name][0], browser[name]
        print(f"| {name} | {mine:.2f} | {' | '.join(f'{t:.2f}' for t in times)} | {times[1] / mine:.0f} |")


if sys.platform == "emscripten":
    print(json.dumps(measure()))
elif __name__ == "__main__":
    main()
