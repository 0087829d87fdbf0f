"""Lesson 02, video: pictures in a row, which is one axis more."""

from functools import cache
from typing import Annotated

import numpy as np

from cnnlib.demo.declare import Slider, demo
from cnnlib.demo.view import Point, View, mosaic, rgb, signed
from cnnlib.display import luma
from cnnlib.drawing import bouncing_ball
from cnnlib.memory import storage

LAST = 11  # of the twelve frames


@cache
def _video() -> np.ndarray:
    return bouncing_ball(LAST + 1)


@demo("Video", "what is one axis more?", order="frame play")
def explore_video(
    frame: Annotated[int, Slider(0, LAST), "The frame to begin with"] = 3,
    *,
    speed: Annotated[int, Slider(1, 12, label="frames a second")] = 4,
) -> View:
    """Step and play through a short video, and see what differs between two frames.

    The output is how much brighter each pixel is than in the frame before; all 0 in frame 0.

    >>> explore_video(0).text.split(". ")[0]
    'Frame 0 is the first of 12: there is nothing before it to compare with'
    """
    video = _video()
    now, before = video[frame], video[max(frame - 1, 0)]
    difference = luma(now) - luma(before)
    changed = int((now != before).any(-1).sum())

    count, height, width, channels = video.shape
    compared = f"Frame {frame} is the first of {count}: there is nothing before it to compare with. "
    rest = "Every frame is stored whole, although little changes, which is what video formats avoid."
    if frame:
        compared = (
            f"From frame {frame - 1} to frame {frame}, {changed} of {height * width:,} pixels change: "
            "red became brighter, blue darker. "
        )
        rest = "All else is stored again in every frame, which is what video formats avoid."
    return View(
        panels=[
            rgb("frame", now, f"frame {frame}: video[{frame}]", size=240),
            signed(
                "difference",
                difference,
                f"frame {frame} − frame {frame - 1}, by luma" if frame else "no frame before: all 0",
                size=240,
                limit=100,
            ),
            mosaic(
                "film",
                video,
                f"all {count} frames, each {height} × {width} × {channels}: point at one",
                columns=count,
                kind="rgb",
                size=720,
                new_row=True,
                point=Point("", "frame"),
                cursor=(0, frame),
            ),
        ],
        sentence=compared + rest,
        arithmetic=[
            (f"T·H·W·C = {count}·{height}·{width}·{channels} = ", ""),
            (f"{storage(video.shape).bytes:,} bytes", "total"),
        ],
        output=difference,
        code=lambda: _code(frame),
    )


@explore_video.plays("play", "▷ play", speed="speed")
def _next(frame, starting):
    return {"frame": frame + 1} if frame < LAST else {"frame": 0} if starting else {}


def _code(frame: int) -> dict[str, str]:
    steps = [
        "video = bouncing_ball()  # T, H, W, C",
        f"now, before = video[{frame}], video[{max(frame - 1, 0)}]",
    ]
    weights = "[0.299, 0.587, 0.114]"
    numpy = [
        "import numpy as np",
        "from cnnlib.drawing import bouncing_ball",
        "",
        *steps,
        f"luma = np.array({weights})",
        "result = now @ luma - before @ luma",
    ]
    torch = [
        "import torch",
        "from cnnlib.drawing import bouncing_ball",
        "",
        steps[0].replace("bouncing_ball()", "torch.from_numpy(bouncing_ball()).double()"),
        steps[1],
        f"luma = torch.tensor({weights}, dtype=torch.float64)",
        "result = (now @ luma - before @ luma).numpy()",
    ]
    return {"NumPy": "\n".join(numpy), "PyTorch": "\n".join(torch)}
