"""Time the trainings a learner waits for: CPU seconds of one thread, whatever else runs.

Each lab is pressed as on the page. *First progress*: from the press to the first picture with a step in it.
*Page waits*: the longest that a message waited for its turn, as one sees it that comes every 10 ms.
"""

import argparse
import asyncio
import os
import time

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # before NumPy is imported

from cnnlib import explore
from cnnlib.demo.lab import Lab

MOST, FIRST, ANSWER = 15, 0.5, 0.1  # seconds
EVERY = 0.01  # seconds between two messages


def labs() -> list[str]:
    """Return the names of all demos that train."""
    names = [name for name in explore.__all__ if name.startswith("explore_")]
    return [name for name in names if isinstance(getattr(explore, name)(), Lab)]


async def timed(name: str) -> tuple[float, float, float]:
    """Train to the end; return the CPU seconds, the time to the first progress, and the longest wait."""
    demo = getattr(explore, name)()
    waits, seen, show = [], [], demo.grid.show

    def shown(view) -> None:
        show(view)
        if demo.run.number:
            seen.append(time.process_time())

    async def page() -> None:
        while True:
            asked = time.process_time()
            await asyncio.sleep(EVERY)
            waits.append(time.process_time() - asked)

    demo.grid.show = shown
    began = time.process_time()
    demo.play.click()
    asking = asyncio.create_task(page())
    await demo.finished()
    asking.cancel()
    return time.process_time() - began, seen[0] - began, max(waits)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--only", nargs="+", help="names of demos; default: all that train")
    asked = parser.parse_args()
    print(f"| training | CPU s (at most {MOST}) | first progress s ({FIRST}) | page waits s ({ANSWER}) |")
    print("|---|---|---|---|")
    for name in asked.only or labs():
        cpu, first, wait = asyncio.run(timed(name))
        print(f"| {name} | {cpu:.1f} | {first:.2f} | {wait:.2f} |", flush=True)


if __name__ == "__main__":
    main()
