"""Time the course as a site that needs no server, built by `python course.py site`, in Chromium on loopback.

    python benchmarks/site.py           every lesson
    python benchmarks/site.py 00 03 11  these

For the first start, in a browser that has nothing: the megabytes fetched (as the files lie on the disk: a
server that compresses sends less), and the seconds until Python answers and until the first demo has been
moved. For each lesson, in a browser that has the site's files: the seconds until Python answers, and those
that all its cells take. Last the memory that each lesson takes, with its Python: what the processes of the
browser's pages have for themselves alone. Needs the test extra: pip install -e ".[test]"
"""

import contextlib
import sys
import time
from pathlib import Path

import psutil

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "browser"))
from lab import chromium
from server import NOTEBOOKS, ROOT, served
from test_site import attached

SECONDS = 1200


def opened(visitor, name):
    """Open a lesson in a new tab; return its page, and the seconds until Python answers."""
    tab, start = visitor.new_page(), time.perf_counter()
    page = attached(tab, name)
    return page, time.perf_counter() - start


def first_start(visitor):
    """Return a table's row: megabytes, seconds to Python and to the first demo that was moved."""
    got = []
    visitor.on("requestfinished", lambda request: got.append(request.sizes()["responseBodySize"]))
    start = time.perf_counter()
    page, answers = opened(visitor, NOTEBOOKS[0].name)
    page.run_all(SECONDS)
    demo = page.demo(*page.demos()[-1])
    before = page.settle(demo)["picture"]
    demo.query_selector(".noUi-handle").focus()
    page.tab.keyboard.press("ArrowRight")
    if page.settle(demo)["picture"] == before:
        raise SystemExit("site: the demo did not move")
    took = time.perf_counter() - start
    page.close()
    return f"| {sum(got) / 1e6:.0f} | {answers:.0f} | {took:.0f} |"


def lesson(visitor, name):
    """Return a table's row: seconds to Python, and of all cells; an error stops the benchmark."""
    page, answers = opened(visitor, name)
    start = time.perf_counter()
    page.run_all(SECONDS)
    took = time.perf_counter() - start
    if problems := page.problems():
        raise SystemExit(f"site: {name}: {problems[0]}")
    page.close()
    return f"| {name.split('_')[0]} | {answers:.0f} | {took:.0f} |"


def megabytes():
    """Return the memory of all pages that are open."""
    found = 0
    for process in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.Error):
            if "--type=renderer" in process.cmdline():
                found += process.memory_full_info().uss / 1e6
    return found


def memory(visitor, names):
    """Open one lesson beside the other, and run it; yield a table's row for each."""
    start = visitor.new_page()
    start.goto("/")
    before = megabytes()
    yield f"| the first page alone | {before:.0f} | |"
    for name in names:
        page, _ = opened(visitor, name)
        page.run_all(SECONDS)
        now = megabytes()
        yield f"| and {name.split('_')[0]} | {now:.0f} | {now - before:.0f} |"
        before = now


def main(wanted):
    """Print the tables."""
    names = [path.name for path in NOTEBOOKS if path.name[:2].isdigit()]
    if wanted:
        names = [name for name in names if name[:2] in wanted]
    with served(ROOT / "site") as address, chromium() as browser:
        visitor = browser.new_context(base_url=address, reduced_motion="reduce")
        visitor.set_default_timeout(1000 * SECONDS)
        print(f"Chromium {browser.version}\n")
        print("| MB fetched | s to Python | s to the first demo moved |\n|---|---|---|")
        print(first_start(visitor), flush=True)
        print("\n| lesson | s to Python | s for all cells |\n|---|---|---|")
        for name in names:
            print(lesson(visitor, name), flush=True)
        print("\n| open | MB | more |\n|---|---|---|")
        for row in memory(visitor, names[:3]):
            print(row, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
