"""A control to be heard: the browser's own player, which starts only when the learner presses it."""

import asyncio
from base64 import b64encode
from html import escape

import ipywidgets

from cnnlib.demo.controls import WIDE

REST = 0.5  # seconds without a newer sound until the page gets it
PLAYER = (
    '<audio controls controlslist="nodownload noplaybackrate" preload="none" aria-label="{name}" '
    'title="{name}" style="display: block; width: 148px; height: 28px" '
    'src="data:audio/wav;base64,{data}"></audio>'
)


class Listen(ipywidgets.HTML):
    """A player for one sound: ``sound={"heard": wav}`` of a view hands it the sound.

    While a slider is being drawn the page keeps the sound it has: nobody hears one that lasts a moment, and
    a browser takes longer to build three players than to draw a picture.

    Parameters
    ----------
    label : str
        Stands before the player.

    Examples
    --------
    >>> Listen("hear the room").description
    'hear the room'
    """

    def __init__(self, label: str):
        self._later = None
        super().__init__(description=label, style=WIDE)

    def send_state(self, key=None) -> None:
        """Send what has changed to the page; a new sound when no newer one has come for a moment."""
        if key is not None and key != "value":  # the sound that waits is not among what is sent
            super().send_state(key)
            return
        if self._later:
            self._later.cancel()
        try:
            wait = asyncio.get_running_loop().call_later
        except RuntimeError:  # a script, which waits for nobody
            wait = None
        if wait and key == "value":
            self._later = wait(REST, super().send_state, key)
        else:
            super().send_state(key)


def player(label: str, wav: bytes) -> str:
    """Return the value of a `Listen` that plays a WAV file of at most a second or two: all of it is sent.

    Parameters
    ----------
    label : str
        Its name for screen readers.
    wav : bytes

    Examples
    --------
    >>> "autoplay" in player("hear the room", b"RIFF")
    False
    """
    return PLAYER.format(name=escape(label), data=b64encode(wav).decode())
