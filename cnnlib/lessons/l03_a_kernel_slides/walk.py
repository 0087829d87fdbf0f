"""Walking over the places of a feature map: step, play, point, back to the start."""

import numpy as np

from cnnlib.demo import controls as make
from cnnlib.demo.controls import Hidden
from cnnlib.demo.frame import Demo

PLACE = ("filter", "row", "col")


def walk_controls(at: tuple[int, int] = (0, 0), filters: int | None = None) -> dict:
    """Return the controls of a walk, for a demo whose output is the map; `wire_walk` connects them.

    Where several filters make a map each, output (F, OH, OW), the walk goes on from map to map.

    Parameters
    ----------
    at : tuple of int
        Row and column of the map to begin with.
    filters : int, optional
        How many of them, where there are several maps.

    Returns
    -------
    dict
        With `row` and `col`, the place; `filter`, which map, hidden where there is but one; `reached`, the
        farthest place so far, which the view remembers; buttons and their speed.

    Examples
    --------
    >>> walk_controls((1, 2))["col"].value
    2
    """
    return {
        "reached": Hidden(0),
        "to_start": make.button("to start", "back to the first place"),
        "back": make.button("◀ step", "step back"),
        "forward": make.button("step ▶", "step forward"),
        "play": make.button("▷ play", "play or pause"),
        "speed": make.slider("steps a second", 3, 1, 20),
        "filter": make.whole_number("filter", 0, filters - 1) if filters else Hidden(0),
        "row": make.whole_number("row", at[0], 1000),
        "col": make.whole_number("column", at[1], 1000),
    }


def wire_walk(demo: Demo) -> None:
    """Connect the controls of a walk."""

    def names() -> tuple[str, ...]:
        return PLACE[-demo.output.ndim :]

    def go(place: int) -> bool:
        place = min(max(place, 0), demo.output.size - 1)
        index = map(int, np.unravel_index(place, demo.output.shape))
        demo.set(**dict(zip(names(), index, strict=True)))
        return place < demo.output.size - 1

    def here() -> int:
        return int(np.ravel_multi_index([demo.values[name] for name in names()], demo.output.shape))

    def places():
        last = here() == demo.output.size - 1
        while go(0 if last else here() + 1):
            last = False
            yield

    def restart() -> None:
        work.stop()
        demo.set(**dict.fromkeys(names(), 0), reached=0)

    work = demo.drive(places, play="play", speed="speed")
    demo.to_start.on_click(lambda _: restart())
    demo.back.on_click(lambda _: go(here() - 1))
    demo.forward.on_click(lambda _: go(here() + 1))
