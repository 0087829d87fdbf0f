"""Lesson 02, video: pictures in a row, which is one axis more."""

from collections.abc import Iterable
from functools import cache

import numpy as np

from cnnlib.demo import controls as make
from cnnlib.demo.controls import Hidden
from cnnlib.demo.frame import Demo
from cnnlib.demo.view import View, mosaic, rgb, signed
from cnnlib.display import luma
from cnnlib.drawing import bouncing_ball
from cnnlib.memory import storage


def explore_video(frame: int = 3, *, hide: Iterable[str] = (), lock: Iterable[str] = ()) -> Demo:
    """Step and play through a short video, and see what differs between two frames.

    Parameters
    ----------
    frame : int
        The frame to begin with, 0 to 11.
    hide, lock : str or iterable of str
        Controls to hide or to hold.

    Returns
    -------
    Demo
        With `output`, how much brighter each pixel is than in the frame before; all 0 in frame 0.

    Raises
    ------
    ValueError
        If there is no such frame.

    Examples
    --------
    >>> explore_video(0).text.split(". ")[0]
    'Frame 0 is the first of 12: there is nothing before it to compare with'
    """
    settings = {
        "frame": make.slider("frame", frame, 0, len(_video()) - 1),
        "play": make.button("▷ play", "play or pause"),
        "speed": make.slider("frames a second", 4, 1, 12),
        "strip": Hidden(0),
    }
    demo = Demo("Video", "what is one axis more?", settings, _view, hide=hide, lock=lock)

    def frames() -> Iterable[dict]:
        if demo.frame.value == len(_video()) - 1:
            yield {"frame": 0}
        while demo.frame.value < len(_video()) - 1:
            yield {"frame": demo.frame.value + 1}

    demo.drive(frames, play="play", speed="speed")
    return demo


@cache
def _video() -> np.ndarray:
    return bouncing_ball()


def _view(frame: int, **_) -> View:
    video = _video()
    count, *picture = video.shape
    now, before = video[frame], video[max(frame - 1, 0)]
    difference = luma(now) - luma(before)
    changed = int((now != before).any(-1).sum())
    many = picture[0] * picture[1]
    sentence = f"Frame {frame} is the first of {count}: there is nothing before it to compare with. "
    if frame:
        sentence = (
            f"From frame {frame - 1} to frame {frame}, {changed} of {many:,} pixels change: "
            "red became brighter, blue darker. "
        )
    held = storage(video.shape)
    shape = "·".join(map(str, video.shape))
    strip = f"all {count} frames, each {picture[0]} × {picture[1]} × {picture[2]}: point at one"
    return View(
        [
            rgb("frame", now, f"frame {frame}: video[{frame}]", size=240),
            signed(
                "difference",
                difference,
                f"frame {frame} − frame {max(frame - 1, 0)}, by luma",
                size=240,
                limit=100,
            ),
            mosaic(
                "film",
                video,
                strip,
                columns=count,
                kind="rgb",
                size=720,
                new_row=True,
                point="strip frame",
                cursor=(0, frame),
            ),
        ],
        f"{sentence}All else is stored again in every frame, which is what video formats avoid.",
        [(f"T·H·W·C = {shape} = ", ""), (f"{held.bytes:,} bytes", "total")],
        output=difference,
        code=lambda: _code(frame),
    )


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
