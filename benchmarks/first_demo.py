"""Time the wait for the first demo of a lesson, and for a whole notebook of fourteen.

    python benchmarks/first_demo.py             about three minutes
    python benchmarks/first_demo.py --rounds 5

Each round opens a notebook in a fresh JupyterLab page with a fresh kernel that has imported nothing, and runs
it as a learner does: from the command to the frame in which its pictures are there.
Needs the test extra: pip install -e ".[test]"
"""

import argparse
import statistics
import tempfile
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook
from slider_latency import CALLS, FILTERS, MICROSCOPE, PEER, Lab, chromium, conditions

DEMO = ".cnn-demo .cnn-panel :is(canvas, svg)"
FOURTEEN = [
    f"import numpy as np\nfrom cnnlib.explore import *\n\n{call}" for call, _ in [*CALLS.values()][:14]
]
NOTEBOOKS = {  # cells, what is then seen, and how long it may take in seconds
    "interact + Matplotlib": ([PEER], ".widget-output img", None),
    "microscope": ([MICROSCOPE], DEMO, 1.0),
    "filter lab": ([FILTERS], DEMO, 1.0),
    "fourteen demos": (FOURTEEN, DEMO, 6.0),
}
# JupyterLab keeps cells far below out of the page: all cells must have run, and what is in the page be there.
RUN = """async ([command, seen]) => {
  await cnn.kernel.requestKernelInfo(); // JupyterLab has asked a new kernel for its widgets: not ours
  cnn.problems.length = 0;
  const start = performance.now();
  await jupyterapp.commands.execute(command);
  for (;;) {
    const now = await new Promise(requestAnimationFrame);
    const pictures = [...cnn.notebook.node.querySelectorAll(seen)];
    const there = (it) => it.localName === 'svg' || (it.localName === 'img' ? it.complete : it.width > 0);
    if (pictures.length && pictures.every(there)) return (now - start) / 1000;
    if (now - start > 60_000) throw new Error(`${seen}: no picture after a minute`);
  }
}"""


def wait(lab: Lab, cells: list[str], seen: str) -> tuple[float, str]:
    """Return the seconds from the command to run all cells to the picture, and what they depend on."""
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "first.ipynb"
        nbformat.write(
            new_notebook(cells=[*map(new_code_cell, cells)], metadata={"kernelspec": kernel}), path
        )
        page = lab.open(lab.server.add(path))
    seconds = page.tab.evaluate(RUN, ["notebook:run-all-cells", seen])
    if problems := page.problems():
        raise SystemExit("first_demo: the page reports errors:\n" + "\n".join(problems))
    told = conditions(page)
    page.close()
    return seconds, told


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args().rounds
    times = {name: [] for name in NOTEBOOKS}
    with chromium() as browser, Lab(browser) as lab:
        for _ in range(rounds):
            for name, (cells, seen, _) in NOTEBOOKS.items():
                seconds, told = wait(lab, cells, seen)
                times[name].append(seconds)
    print(f"{told}; {rounds} rounds\n\n| notebook | median s | longest s | target |\n|---|---|---|---|")
    for name, (_, _, target) in NOTEBOOKS.items():
        median = statistics.median(times[name])
        verdict = f"{target:.1f}{'' if median <= target else ', MISSED'}" if target else ""
        print(f"| {name} | {median:.2f} | {max(times[name]):.2f} | {verdict} |")


if __name__ == "__main__":
    main()
