"""Lesson 13, a kernel in time: a 3-D kernel slides over a video, and tells directions apart."""

from functools import partial
from typing import Annotated

import numpy as np
from numpy.typing import NDArray

from cnnlib.convolution import conv2d
from cnnlib.demo.declare import Choice, Hidden, Place, Pointed, demo
from cnnlib.demo.numbers import number_text
from cnnlib.demo.view import Panel, Point, View, Window, gray, signed
from cnnlib.demo.words import products

KERNELS = {  # (frames, rows, columns)
    "moves right": [[[1, -1]], [[-1, 1]]],
    "moves left": [[[-1, 1]], [[1, -1]]],
    "stands still": [[[1]], [[1]]],
    "changes": [[[-1]], [[1]]],
}
MOVES = {1: "the dot that moves right", 3: "the dot that stands still", 5: "the dot that moves left"}
FRAMES, SHAPE = 4, (7, 8)
CELL = 17  # CSS pixels: large enough for a number


def _video() -> NDArray[np.int64]:
    """Return frames of three dots: one moves right, one stands still, one moves left."""
    video = np.zeros((FRAMES, *SHAPE), int)
    for t in range(FRAMES):
        video[t, [1, 3, 5], [2 + t, 3, 5 - t]] = 1
    return video


VIDEO = _video()
VIDEO.setflags(write=False)


def conv3d(video: NDArray, kernel: NDArray) -> NDArray:
    """Slide a kernel over rows, columns and time: (T, H, W) and (KT, KH, KW) give (OT, OH, OW).

    Examples
    --------
    >>> conv3d(np.array([[[0, 0, 5]], [[0, 5, 0]]]), np.array([[[-1, 1]], [[1, -1]]])).tolist()
    [[[-5, 10]]]
    """
    deep = len(kernel)
    return np.stack([conv2d(video[t : t + deep], kernel[None])[0] for t in range(len(video) - deep + 1)])


@demo("A kernel in time", "what does a kernel see that is two frames deep?")
def explore_motion(
    kernel: Annotated[
        str, Choice(KERNELS, label="kernel for what"), "What a pair of slices, one a frame, responds to most"
    ] = "moves right",
    *,
    time: Annotated[int, Hidden] = 0,
    at: Annotated[Place, Pointed, "The number of the output to begin with"] = (1, 2),
) -> View:
    """Slide a 3-D kernel over a video of three dots, and see which motion it responds to.

    The output is the responses, (3, OH, OW).

    >>> explore_motion("moves left").text.split(": ")[-1]
    'the dot that moves left.'
    """
    weights = np.array(KERNELS[kernel])
    maps = conv3d(VIDEO, weights)

    time = min(time, len(maps) - 1)
    at = at.within(maps.shape[1:])
    deep, rows, cols = weights.shape
    window = VIDEO[time : time + deep, at.row : at.row + rows, at.col : at.col + cols]
    total = maps[time, at.row, at.col]
    return View(
        panels=[*_frames(), *_kernel(weights), *_maps(maps, time, at)],
        sentence=f"Frames {time} and {time + 1}, row {at.row}, column {at.col}: the response is "
        f"{number_text(total)}. {_strongest(maps)}",
        arithmetic=products(window.ravel(), weights.ravel(), total),
        windows=[
            Window(f"map {t}", f"frame {t + later}", (rows, cols))
            for t in range(len(maps))
            for later in range(deep)
        ],
        output=maps,
        code=partial(_code, kernel),
    )


def _frames() -> list[Panel]:
    more = {"cell": CELL, "high": 1}
    return [gray(f"frame {t}", frame, f"frame {t}", **more) for t, frame in enumerate(VIDEO)]


def _kernel(weights: np.ndarray) -> list[Panel]:
    """Show the slices of the kernel, one a frame."""
    return [
        signed(f"slice {t}", one, caption, cell=26, new_row=t == 0, symbol="")
        for t, (one, caption) in enumerate(zip(weights, ("kernel: now", "and next"), strict=True))
    ]


def _maps(maps: np.ndarray, time: int, at: Place) -> list[Panel]:
    return [
        signed(
            f"map {t}",
            one,
            f"frames {t} and {t + 1}",
            cell=CELL,
            limit=2,
            point=Point("at", time=t),
            symbol="→" if t == 0 else "",
            **({"cursor": at} if t == time else {}),
        )
        for t, one in enumerate(maps)
    ]


def _strongest(maps: np.ndarray) -> str:
    """Say which dots get the largest response."""
    rows = [row for row in MOVES if maps[:, row].max() == maps.max()]
    return f"The largest, {number_text(maps.max())}, comes from: {', '.join(MOVES[row] for row in rows)}."


def _code(kernel: str) -> dict[str, str]:
    start = (
        "from cnnlib.lessons.l13_beyond.motion import VIDEO{more}\n\n"
        f"kernel = np.array({KERNELS[kernel]})  # frames, rows, columns\n"
    )
    torch = (
        "x, w = (torch.tensor(array).double()[None, None] for array in (VIDEO, kernel))\n"
        "result = F.conv3d(x, w)[0, 0].numpy()"
    )
    imports = "import numpy as np\nimport torch\nimport torch.nn.functional as F\n"
    return {
        "NumPy": f"import numpy as np\n{start.format(more=', conv3d')}result = conv3d(VIDEO, kernel)",
        "PyTorch": f"{imports}{start.format(more='')}{torch}",
    }
