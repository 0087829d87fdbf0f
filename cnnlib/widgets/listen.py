"""A control to be heard: the browser's own player, which starts only when the learner presses it."""

from base64 import b64encode
from html import escape

import ipywidgets

from cnnlib.widgets.controls import WIDE

PLAYER = (
    '<audio controls controlslist="nodownload noplaybackrate" preload="none" aria-label="{name}" '
    'title="{name}" style="display: block; width: 148px; height: 28px" '
    'src="data:audio/wav;base64,{data}"></audio>'
)


class Listen(ipywidgets.HTML):
    """A player for one sound: ``remember={"heard": player(label, wav)}`` of a view hands it the sound.

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
        super().__init__(description=label, style=WIDE)


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
