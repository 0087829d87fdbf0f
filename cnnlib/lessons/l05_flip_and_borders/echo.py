"""Lesson 05, in one dimension: a sound goes into a room, and comes out with its echoes."""

from functools import partial
from typing import Annotated

import numpy as np

from cnnlib.demo.declare import Choice, Hidden, Slider, Tick, demo
from cnnlib.demo.numbers import number_text
from cnnlib.demo.view import View
from cnnlib.demo.words import count_text, products
from cnnlib.lessons.l05_flip_and_borders.sound import PER_MS, Array, clicks, impulse_response, tones, wav
from cnnlib.lessons.l05_flip_and_borders.tracks import Track, tracks_panel
from cnnlib.shapes import as_numbers

SOUNDS = {  # with the text that makes each
    "a click": (clicks(), "clicks()"),
    "two clicks": (clicks([1, 0.5]), "clicks([1, 0.5])"),
    "three notes": (tones([523, 659, 784]), "tones([523, 659, 784])"),
}
OWN = "my own"
LONGEST = 400  # milliseconds of a sound
SLOWEST, MOST = 150, 3  # milliseconds between echoes, and echoes
TAIL = SLOWEST * MOST
SPAN = (-TAIL, LONGEST + TAIL)  # milliseconds that are shown


def _own(where: str, sound, _values: dict) -> dict:
    if isinstance(sound, str):
        return {}
    array = as_numbers(where, sound).astype(float)
    most = LONGEST * PER_MS
    if array.ndim != 1 or not 0 < array.size <= most or not np.isfinite(array).all():
        raise ValueError(
            f"{where}: sound {array.shape} cannot be played here; give 1 to {most} finite samples"
        )
    array.setflags(write=False)
    return {"sound": OWN, "own": array}


@demo("A click in a room", "what comes back?")
def explore_echo(
    sound: Annotated[
        str,
        Choice(lambda own: SOUNDS if own is None else [OWN, *SOUNDS], label="input", spread=_own),
        f"{', '.join(SOUNDS)}, or an array (N,): 8,000 samples a second, at most 3,200, the loudest about 1",
    ] = "a click",
    *,
    delay: Annotated[int, Slider(20, SLOWEST, 10, label="echo every (ms)")] = 150,
    strength: Annotated[float, Slider(0.0, 0.9, 0.1), "Each echo over the one before"] = 0.6,
    echoes: Annotated[int, Slider(0, MOST)] = 3,
    moment: Annotated[
        int, Slider(*SPAN, 10, label="moment (ms)"), "At which one number of the output is written out"
    ] = 150,
    flip: Annotated[
        bool, Tick(label="flip the impulse response"), "Before it is laid on the input, as in a convolution"
    ] = True,
    own: Annotated[Array | None, Hidden],
) -> View:
    """Send a sound into a room with echoes; hear and see what comes out, and how one number of it is made.

    Nothing plays until its player is pressed. The output is the samples that come out.

    >>> demo = explore_echo("a click", delay=100, strength=0.5, echoes=2)
    >>> demo.output[[0, 800, 1600]].tolist()
    [1.0, 0.5, 0.25]
    """
    given = own if sound == OWN else SOUNDS[sound][0]
    room = impulse_response(delay, strength, echoes)
    output = np.convolve(given, room) if flip else np.correlate(given, room, "full")

    start = 0 if flip else 1 - len(room)  # of the output, in samples
    way = -1 if flip else 1
    taps = moment * PER_MS + way * delay * PER_MS * np.arange(echoes + 1)
    met = _at(given, taps)
    weights = room[:: delay * PER_MS]
    total = _at(output, np.array([moment * PER_MS - start]))[0]
    stems = {0: (taps / PER_MS, weights), 2: (np.array([moment]), np.array([total]))}
    return View(
        panels=[tracks_panel("sounds", _tracks(given, room, output, start, flip), SPAN, moment, stems)],
        sentence=_sentence(given, delay, strength, echoes, flip) + _moment(moment, taps // PER_MS),
        arithmetic=[(f"output at {number_text(moment)} ms = ", ""), *products(met, weights, total)],
        output=output,
        code=None if sound == OWN else partial(_code, sound, delay, strength, echoes, flip),
        sound={"heard": wav(given), "room": wav(room), "response": wav(output)},
    )


explore_echo.sound("heard", "hear input")
explore_echo.sound("room", "hear room")
explore_echo.sound("response", "hear output")


def _at(samples: Array, places: np.ndarray) -> Array:
    """Return the samples at some places; before the sound began and after it ended there is silence."""
    inside = (places >= 0) & (places < len(samples))
    return np.where(inside, samples[np.where(inside, places, 0)], 0.0)


def _tracks(given, room, output, start, flip) -> list[Track]:
    flipped = "flipped" if flip else "not flipped"
    return [
        Track(f"input, and on it in orange the impulse response, {flipped}", given),
        Track("the room's impulse response: what it makes of one click", room),
        Track("output, and in orange its value at this moment", output, start),
    ]


def _sentence(given: Array, delay: int, strength: float, echoes: int, flip: bool) -> str:
    room = count_text(echoes, "echo").replace("echos", "echoes")
    room += f", one every {delay} ms, each {number_text(strength)} of the one before" if echoes > 1 else ""
    if not echoes or not strength:
        return "Without an echo, the impulse response is a single 1, and the output is the input. "
    if not flip:
        return "Not flipped, the impulse response makes outputs look ahead: echoes come before their sound. "
    if np.count_nonzero(given) == 1:
        return f"One click goes in, and the room's impulse response comes out: {room}. "
    return f"Each sample sets off the whole impulse response, {room}; all of them add up. "


def _moment(moment: int, taps: np.ndarray) -> str:
    """Say where the number of one moment comes from."""
    *most, last = [number_text(tap) for tap in taps]
    when = f"{', '.join(most)} and {last}" if most else last
    return f"The output at {number_text(moment)} ms is made of the input at {when} ms."


def _code(sound: str, delay: int, strength: float, echoes: int, flip: bool) -> dict[str, str]:
    numpy = "np.convolve(sound, room)" if flip else 'np.correlate(sound, room, "full")'
    flipped = "[::-1].copy()" if flip else ""
    start = f"""\
import numpy as np
{{torch}}from cnnlib.lessons.l05_flip_and_borders.sound import clicks, impulse_response, tones

sound = {SOUNDS[sound][1]}
room = impulse_response({delay}, {strength}, {echoes})
"""
    torch = f"""\
x = torch.tensor(sound)[None, None]
w = torch.tensor(room{flipped})[None, None]  # conv1d does not flip
result = F.conv1d(x, w, padding=len(room) - 1)[0, 0].numpy()"""
    imports = "import torch\nimport torch.nn.functional as F\n"
    return {
        "NumPy": start.format(torch="") + f"result = {numpy}",
        "PyTorch": start.format(torch=imports).removeprefix("import numpy as np\n") + torch,
    }
